"""Whoever asks for a report does not wait for a queue that is away."""

import time

import pytest
from kombu.exceptions import OperationalError

from socialvalue.celery import app

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def test_a_ring_that_nobody_hears_gives_up_soon() -> None:
    started = time.monotonic()
    with app.connection(NOBODY_LISTENS) as connection, pytest.raises(OperationalError):
        app.send_task("reports.tasks.sweep", connection=connection)
    # Six seconds with Celery's own settings.
    assert time.monotonic() - started < 3

"""PostgreSQL, Redis and a Celery worker, real ones, stand together as in production."""

import subprocess

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from socialvalue.celery import app

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_the_driver_is_psycopg_2() -> None:
    connection.ensure_connection()
    assert isinstance(connection.connection, psycopg2.extensions.connection)


def test_a_worker_answers_over_redis(celery_worker: subprocess.Popen[bytes]) -> None:
    assert celery_worker.poll() is None
    assert [list(answer.values()) for answer in app.control.ping(timeout=5)] == [[{"ok": "pong"}]]


def test_a_worker_knows_the_tasks_that_beat_and_the_doors_send(celery_worker: subprocess.Popen[bytes]) -> None:
    (known,) = app.control.inspect(timeout=5).registered().values()
    sent = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sent | {"reports.tasks.render_report"} <= set(known)


def test_a_worker_runs_with_the_limits_of_the_settings(celery_worker: subprocess.Popen[bytes]) -> None:
    (conf,) = app.control.inspect(timeout=5).conf().values()
    assert conf["task_acks_late"] is True
    assert conf["worker_prefetch_multiplier"] == 1
    assert conf["task_time_limit"] == settings.CELERY_TASK_TIME_LIMIT
    assert conf["worker_max_memory_per_child"] == settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD

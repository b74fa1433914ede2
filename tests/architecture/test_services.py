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
    assert [list(answer.values()) for answer in app.control.ping(timeout=10, limit=1)] == [[{"ok": "pong"}]]


def test_a_worker_knows_the_tasks_that_beat_and_the_doors_send(celery_worker: subprocess.Popen[bytes]) -> None:
    (known,) = app.control.inspect(timeout=10, limit=1).registered().values()
    sent = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert sent | {"reports.tasks.render_report"} <= set(known)


def test_a_worker_runs_with_the_limits_of_the_settings(celery_worker: subprocess.Popen[bytes]) -> None:
    (worker,) = app.control.inspect(timeout=10, limit=1).stats().values()
    assert worker["prefetch_count"] == 1
    assert worker["pool"]["timeouts"] == [settings.CELERY_TASK_SOFT_TIME_LIMIT, settings.CELERY_TASK_TIME_LIMIT]
    assert worker["pool"]["max-tasks-per-child"] == settings.CELERY_WORKER_MAX_TASKS_PER_CHILD

"""Celery and Redis only wake a worker: with them a report is made at once, without them later, and none is lost."""

import datetime as dt
import logging
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from celery import Celery
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from reports import queue, tasks
from reports.models import JobState, RenderJob, Report
from tests import factories
from tests.reports import dying
from tests.worker import running_worker

PATIENCE = 90.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def with_celery(settings) -> None:
    """Let the doors and the sweep ring, as in production."""
    settings.JOBS = "celery"


@pytest.fixture
def redis_away(with_celery: None, monkeypatch) -> None:
    """Point the bell at a port on which nobody listens."""
    app = Celery("socialvalue without Redis", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        app.conf.broker_url = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
    monkeypatch.setattr(queue, "current_app", app)


def held(job: RenderJob) -> RenderJob:
    """Return the row as it stands now."""
    return RenderJob.objects.get(pk=job.pk)


def wait_until(happened: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < limit, f"waited in vain: {what}"
        time.sleep(0.05)


def wait_for(job: RenderJob, state: JobState) -> None:
    wait_until(lambda: held(job).state == state, f"{state}, and not {held(job).state}")


def test_a_person_can_ask_for_a_report_while_redis_is_away(redis_away: None, client: Client, caplog):
    account = factories.account()
    client.force_login(factories.member(Role.EDITOR, account.organisation))
    started = time.monotonic()
    with caplog.at_level(logging.WARNING, logger="reports.queue"):
        answer = client.post(reverse("reports:reports", args=[account.id]))
    job = RenderJob.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("reports:rendering", args=[job.id]))
    assert time.monotonic() - started < 5
    assert job.state == JobState.QUEUED
    assert [record.job for record in caplog.records if record.name == "reports.queue"] == [str(job.id)]


def test_a_sweep_while_redis_is_away_fails_at_nothing(redis_away: None, caplog):
    job = factories.queued()
    with caplog.at_level(logging.WARNING, logger="reports.queue"):
        assert tasks.sweep.apply().successful()
    assert held(job).state == JobState.QUEUED


@pytest.mark.services
def test_a_bell_that_is_heard_makes_the_report(with_celery: None, celery_worker: subprocess.Popen[bytes]):
    job = factories.queued()
    queue.ring(job.id)
    queue.ring(job.id)  # a message too many makes no report too many
    wait_for(job, JobState.DONE)
    assert (held(job).attempts, Report.objects.count()) == (1, 1)
    with Report.objects.get().file.open("rb") as file:
        assert file.read(8) == b"%PDF-1.7"


@pytest.mark.services
def test_a_job_whose_bell_was_not_heard_is_found_by_the_sweep(
    with_celery: None, celery_worker: subprocess.Popen[bytes]
):
    job = factories.queued()
    tasks.sweep.apply()
    wait_for(job, JobState.DONE)


@pytest.mark.services
def test_a_job_whose_worker_was_killed_is_made_by_the_next(with_celery: None, celery_worker: subprocess.Popen[bytes]):
    job = factories.queued(factories.account(factories.timebank_facts()))
    queue.ring(job.id)
    wait_until(lambda: held(job).stage == "typesetting", "the pages are being set")
    for child in psutil.Process(celery_worker.pid).children(recursive=True):
        os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: bool(psutil.Process(celery_worker.pid).children()), "there is another child")
    assert held(job).state == JobState.LEASED
    RenderJob.objects.filter(pk=job.pk).update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    tasks.sweep.apply()
    wait_for(job, JobState.DONE)
    assert (held(job).attempts, Report.objects.count()) == (2, 1)


@pytest.fixture(scope="module")
def mortal_worker(django_db_setup: None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker of our own, that makes small reports and dies where it is told to."""
    with running_worker("--include", "tests.reports.mortal_worker", "--queues", MORTAL) as process:
        yield process


MORTAL = "mortal"
"""A queue of its own, so that the worker of the other tests takes none of its jobs."""


@pytest.fixture
def to_the_mortal(monkeypatch: pytest.MonkeyPatch, with_celery: None) -> None:
    """Let bells ring in the queue of the worker that dies."""
    ring = queue.current_app.send_task
    monkeypatch.setattr(queue.current_app, "send_task", lambda *given, **named: ring(*given, **named, queue=MORTAL))


@pytest.mark.services
@pytest.mark.parametrize("point", dying.POINTS)
def test_wherever_a_worker_of_celery_is_killed_the_sweep_has_its_report_made_once_and_whole(
    point: str, to_the_mortal: None, mortal_worker: subprocess.Popen[bytes]
):
    before = dying.kept()
    job = factories.queued(factories.submitted().account)
    dying.arm(point)
    queue.ring(job.id)
    wait_until(dying.has_died, point)
    wait_until(lambda: held(job).state == JobState.LEASED, "its lease outlives it")
    tasks.sweep.apply()  # too early: whoever falls silent has its time
    assert (held(job).state, held(job).attempts) == (JobState.LEASED, 1)
    RenderJob.objects.filter(pk=job.pk).update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    tasks.sweep.apply()
    tasks.sweep.apply()  # a bell too many
    wait_for(job, JobState.DONE)
    assert (held(job).attempts, dying.is_whole(job)) == (2, True)
    assert dying.kept() - before == dying.known()

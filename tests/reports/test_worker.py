"""The embedded worker: it renders what waits, survives whatever happens to a rendering, and loses none."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.utils import timezone

from reports import document, pdf, services, tasks, worker
from reports.models import JobState, RenderJob, Report
from tests import factories
from tests.worker import environment

CONTENT = b"%PDF-1.7 of these tests " * 100
NAME = f"reports/{document.sha256(CONTENT)}.pdf"
PATIENCE = 90.0

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def made(monkeypatch) -> None:
    """Make a small file in the place of a real PDF, in our children too; begin without one from before."""
    default_storage.delete(NAME)
    monkeypatch.setattr(pdf, "make", lambda *_given, **_shape: SimpleNamespace(content=CONTENT, pages=2))


def held(job: RenderJob) -> RenderJob:
    """Return the row as it stands now."""
    return RenderJob.objects.get(pk=job.pk)


def never() -> bool:
    return False


def die(*_given: Any, **_named: Any) -> None:
    """End this process as the kernel does when memory runs out: with no word to anyone."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(what: Callable[..., Any]) -> Callable[..., Any]:
    def do_and_die(*given: Any, **named: Any) -> None:
        what(*given, **named)
        die()

    return do_and_die


def write_half_and_die(name: str, content: Any) -> None:
    whole = content.read()
    Path(default_storage.path(name)).write_bytes(whole[: len(whole) // 2])
    die()


POINTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "before it took the job": (services, "lease", die),
    "when it had taken the job": (services, "read_drawing", die),
    "while it set the pages": (pdf, "make", die),
    "when the pages were set": (services, "finish", die),
    "half through writing the file": (default_storage, "save", write_half_and_die),
    "between the file and the row": (Report.objects, "update_or_create", die),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_rendering_that_is_killed_is_done_by_the_next_once_and_whole(point: str, monkeypatch, caplog):
    job = factories.queued()
    with monkeypatch.context() as killing, caplog.at_level(logging.CRITICAL, logger="reports"):
        killing.setattr(*POINTS[point])
        worker.render(job.id, stopping=never)
    left = held(job)
    assert (left.state, left.fence, left.leased_until) == (JobState.QUEUED, None, None)
    assert left.attempts == (0 if point == "before it took the job" else 1)
    assert not Report.objects.exists()
    worker.render(job.id, stopping=never)
    assert held(job).state == JobState.DONE
    report = Report.objects.get()
    digest = report.sha256
    assert [name for name in default_storage.listdir("reports")[1] if digest in name] == [f"{digest}.pdf"]
    with default_storage.open(report.file.name) as file:
        assert document.sha256(file.read()) == digest


def test_a_rendering_that_is_killed_when_all_is_done_stays_done(monkeypatch):
    job = factories.queued()
    with monkeypatch.context() as killing:
        killing.setattr(services, "finish", die_after(services.finish))
        worker.render(job.id, stopping=never)
    assert (held(job).state, held(job).attempts, Report.objects.count()) == (JobState.DONE, 1, 1)


def test_a_rendering_that_is_killed_every_time_has_failed_visibly(monkeypatch, caplog):
    job = factories.queued()
    monkeypatch.setattr(pdf, "make", die)
    with caplog.at_level(logging.ERROR, logger="reports.worker"):
        for _attempt in range(services.ATTEMPTS):
            worker.render(job.id, stopping=never)
    assert (held(job).state, held(job).failure) == (JobState.FAILED, "the worker was lost")
    assert [record.exit for record in caplog.records] == [-signal.SIGKILL] * services.ATTEMPTS


def test_a_rendering_that_hangs_is_ended_at_the_time_limit(monkeypatch, settings, caplog):
    settings.CELERY_TASK_TIME_LIMIT = 0.5
    monkeypatch.setattr(pdf, "make", lambda *_given, **_shape: signal.pause())
    job = factories.queued()
    with caplog.at_level(logging.CRITICAL, logger="reports"):
        worker.render(job.id, stopping=never)
    assert (held(job).state, held(job).attempts, held(job).failure) == (JobState.QUEUED, 1, "the worker was lost")


def test_a_worker_that_is_to_stop_gives_its_job_back_as_if_it_had_never_taken_it(monkeypatch):
    monkeypatch.setattr(pdf, "make", lambda *_given, **_shape: signal.pause())
    job = factories.queued()
    worker.render(job.id, stopping=lambda: held(job).stage == "typesetting")
    assert (held(job).state, held(job).attempts, held(job).failure) == (JobState.QUEUED, 0, "")


def test_the_worker_renders_all_that_waits_the_oldest_first_and_stops_when_asked():
    jobs = [factories.queued() for _each in range(3)]
    worker.work(stopping=lambda: not services.waiting(timezone.now()))
    assert [held(job).state for job in jobs] == [JobState.DONE] * 3
    ends = [held(job).finished_at for job in jobs]
    assert ends == sorted(ends)


def test_the_worker_takes_over_from_one_that_fell_silent():
    job, lost = factories.leased()  # long ago, by the clock on the wall
    worker.work(stopping=lambda: not services.waiting(timezone.now()))
    assert (held(job).state, held(job).attempts) == (JobState.DONE, 2)
    assert not services.release(job.id, lost, now=timezone.now(), failure="late")


def test_a_worker_with_nothing_to_do_waits_and_asks_the_database_seldom(monkeypatch, django_assert_num_queries):
    pauses: list[float] = []
    monkeypatch.setattr(worker.time, "sleep", pauses.append)
    with django_assert_num_queries(2 + 3):  # one sweep, and a look for each pause
        worker.work(stopping=lambda: len(pauses) >= 3)
    assert pauses == [worker.PAUSE] * 3


def test_a_rendering_in_this_process_is_there_when_it_returns():
    job = factories.queued()
    worker.render_here(job.id)
    assert held(job).state == JobState.DONE


def test_a_rendering_in_this_process_waits_for_a_worker_that_was_quicker(monkeypatch):
    job, fence = factories.leased(now=timezone.now())
    rendering = services.Rendering(content=CONTENT, pages=2)

    def the_other_ends(_seconds: float) -> None:
        services.finish(job.id, fence, rendering, now=timezone.now())

    monkeypatch.setattr(worker.time, "sleep", the_other_ends)
    worker.render_here(job.id)
    assert (held(job).state, Report.objects.count()) == (JobState.DONE, 1)


def test_a_rendering_in_this_process_gives_up_after_three_attempts(monkeypatch, caplog):
    def fail(*_given: Any) -> None:
        raise ValueError

    monkeypatch.setattr(pdf, "make", fail)
    monkeypatch.setattr(worker.time, "sleep", lambda _seconds: None)
    job = factories.queued()
    with caplog.at_level(logging.CRITICAL, logger="reports"):
        worker.render_here(job.id)
    assert (held(job).state, held(job).attempts) == (JobState.FAILED, services.ATTEMPTS)


def test_the_task_is_the_very_one_that_celery_runs():
    assert tasks.render_report.name == "reports.tasks.render_report"
    assert tasks.render_report.app.main == "socialvalue"


def wait_for(job: RenderJob, state: JobState, process: subprocess.Popen[bytes]) -> None:
    """Wait until another process has brought a job to a state."""
    limit = time.monotonic() + PATIENCE
    while held(job).state != state:
        assert process.poll() is None, "the worker has ended"
        assert time.monotonic() < limit, f"the job is still {held(job).state}"
        time.sleep(0.1)


def test_the_worker_s_own_process_renders_a_real_report_and_stops_when_asked():
    job = factories.queued(factories.account(factories.timebank_facts()))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, **environment()},
    )
    try:
        wait_for(job, JobState.DONE, process)
        process.terminate()
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.wait()
    report = Report.objects.get(snapshot=job.snapshot)
    with report.file.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert document.sha256(content) == report.sha256
    assert report.pages > 3

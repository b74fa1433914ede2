"""What a worker does with one job: take it, render it, keep it; or give it back and say what went wrong."""

import datetime as dt
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from reports import pdf, queue, services, tasks
from reports.models import JobState, RenderJob, Report
from tests import factories

pytestmark = pytest.mark.django_db


def render(job: RenderJob, **given: Any) -> RenderJob:
    """Run the task as either kind of worker does, and return the row as it then stands."""
    tasks.render_report.apply(kwargs={"job_id": str(job.id), **given})
    return RenderJob.objects.get(pk=job.pk)


@pytest.fixture
def made(monkeypatch) -> list[tuple[dict[str, Any], str]]:
    """Make a small file in the place of a real PDF; return what it was made from."""
    seen: list[tuple[dict[str, Any], str]] = []

    def make(frozen: dict[str, Any], language: str, **_shape: Any) -> SimpleNamespace:
        seen.append((frozen, language))
        return SimpleNamespace(content=b"%PDF-1.7 of these tests", pages=2)

    monkeypatch.setattr(pdf, "make", make)
    return seen


def doing(what: Callable[[], None], monkeypatch) -> None:
    """Let something happen while the pages are set."""

    def make(*_given: Any, **_shape: Any) -> SimpleNamespace:
        what()
        return SimpleNamespace(content=b"%PDF-1.7 of these tests", pages=2)

    monkeypatch.setattr(pdf, "make", make)


def test_a_job_becomes_a_report_drawn_from_its_snapshot(made):
    job = factories.queued()
    done = render(job)
    assert (done.state, done.attempts, done.failure) == (JobState.DONE, 1, "")
    report = Report.objects.get(snapshot=job.snapshot)
    assert (report.pages, report.size) == (2, len(b"%PDF-1.7 of these tests"))
    ((frozen, language),) = made
    assert frozen["content"]["account_id"] == str(job.snapshot.account_id)
    assert language == "en-gb"


def test_a_job_that_is_asked_for_many_times_is_rendered_once(made):
    job = factories.queued()
    for _message in range(3):
        render(job)
    assert len(made) == 1
    assert Report.objects.count() == 1


def test_a_message_about_a_job_that_somebody_is_at_or_that_never_was_does_nothing(made):
    job, fence = factories.leased(now=timezone.now())
    assert render(job).fence == fence
    tasks.render_report.apply(args=[str(uuid4())])
    assert made == []


def test_the_page_can_see_how_far_a_rendering_is(monkeypatch):
    job, seen = factories.queued(), []
    doing(lambda: seen.append(RenderJob.objects.get(pk=job.pk).stage), monkeypatch)
    real = services.finish
    monkeypatch.setattr(
        services, "finish", lambda *args, **kw: (seen.append(RenderJob.objects.get().stage), real(*args, **kw))
    )
    render(job)
    assert seen == ["typesetting", "keeping"]


def test_a_fault_gives_the_job_back_and_is_named_and_logged_without_what_the_account_says(monkeypatch, caplog):
    def fail() -> None:
        raise ValueError("Mrs Jones of 3 High Street")

    doing(fail, monkeypatch)
    job = factories.queued()
    with caplog.at_level(logging.ERROR, logger="reports.tasks"):
        held = render(job)
    assert (held.state, held.attempts, held.failure) == (JobState.QUEUED, 1, "ValueError")
    (record,) = caplog.records
    assert (record.levelname, record.job) == ("ERROR", str(job.id))
    assert "Jones" not in record.getMessage()
    assert (render(job).state, render(job).state) == (JobState.QUEUED, JobState.FAILED)
    assert not Report.objects.exists()


def test_a_job_that_was_taken_over_meanwhile_is_left_to_the_other(monkeypatch, caplog):
    job, other = factories.queued(), uuid4()
    doing(lambda: RenderJob.objects.filter(pk=job.pk).update(fence=other), monkeypatch)
    with caplog.at_level(logging.WARNING, logger="reports.tasks"):
        held = render(job)
    assert (held.state, held.fence) == (JobState.LEASED, other)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert not Report.objects.exists()


def test_the_sweep_rings_for_every_job_that_nobody_is_at(monkeypatch):
    rung: list[UUID] = []
    monkeypatch.setattr(queue, "ring", rung.append)
    waiting = factories.queued()
    factories.leased(now=timezone.now())
    silent, _fence = factories.leased(now=timezone.now() - dt.timedelta(days=1))
    factories.failed()
    factories.report()
    tasks.sweep.apply()
    assert set(rung) == {waiting.id, silent.id}


def test_the_embedded_worker_needs_no_bell(settings, monkeypatch):
    settings.JOBS = "embedded"
    monkeypatch.setattr(queue.current_app, "send_task", lambda *_args, **_kw: pytest.fail("it polls"))
    queue.ring(uuid4())


def test_a_bell_names_the_task_and_the_job(settings, monkeypatch):
    settings.JOBS, sent, job = "celery", [], uuid4()
    monkeypatch.setattr(queue.current_app, "send_task", lambda name, args: sent.append((name, args)))
    queue.ring(job)
    assert sent == [(tasks.render_report.name, [str(job)])]

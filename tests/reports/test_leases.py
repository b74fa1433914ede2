"""A rendering is done once: one worker holds it at a time, and only the one that holds it can end it."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports import document, services
from reports.errors import NotReady
from reports.models import JobState, RenderJob, Report
from tests import factories
from tests.racing import race

NOW = factories.NOW
IN_TIME = NOW + services.LEASE
TOO_LATE = IN_TIME + dt.timedelta(seconds=1)
PDF = services.Rendering(content=b"%PDF-1.7 of these tests", pages=3)
NAME = f"reports/{document.sha256(PDF.content)}.pdf"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_file_from_before() -> None:
    default_storage.delete(NAME)


def held(job: RenderJob) -> RenderJob:
    """Return the row as it stands now."""
    return RenderJob.objects.get(pk=job.pk)


def lease(job: RenderJob, now: dt.datetime = NOW) -> UUID:
    fence = services.lease(job.id, now=now)
    assert fence is not None
    return fence


def content_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def test_a_lease_outlasts_any_rendering_under_the_time_limit():
    assert dt.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) <= services.LEASE


def test_a_worker_takes_a_job_for_a_while_and_nobody_else_can():
    job = factories.queued()
    fence = lease(job)
    taken = held(job)
    assert (taken.state, taken.fence, taken.leased_until, taken.attempts) == (JobState.LEASED, fence, IN_TIME, 1)
    assert services.lease(job.id, now=IN_TIME) is None
    assert held(job).fence == fence


def test_a_worker_may_bring_its_own_fence():
    job, fence = factories.queued(), uuid4()
    assert services.lease(job.id, fence=fence, now=NOW) == fence
    assert held(job).fence == fence


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_that_reach_for_a_job_one_gets_it():
    job = factories.queued()
    fences = race(*[lambda: services.lease(job.id, now=NOW)] * 4)
    (won,) = [each for each in fences if each is not None]
    assert (held(job).fence, held(job).attempts) == (won, 1)


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_that_reach_for_a_lease_that_ran_out_one_gets_it():
    job, _lost = factories.leased()
    fences = race(*[lambda: services.lease(job.id, now=TOO_LATE)] * 4)
    (won,) = [each for each in fences if each is not None]
    assert (held(job).fence, held(job).attempts) == (won, 2)


def test_what_waits_is_what_nobody_is_at_the_oldest_first():
    leased, _fence = factories.leased()
    factories.failed()
    factories.report()
    younger = factories.queued()
    RenderJob.objects.filter(pk=younger.pk).update(asked_at=NOW + dt.timedelta(hours=1))
    older = factories.queued()
    assert services.waiting(IN_TIME) == [older.id, younger.id]
    RenderJob.objects.filter(pk=leased.pk).update(asked_at=NOW - dt.timedelta(hours=1))
    assert services.waiting(TOO_LATE) == [leased.id, older.id, younger.id]


def test_a_job_is_under_way_until_it_is_over():
    leased, _fence = factories.leased()
    assert services.is_under_way(factories.queued().id)
    assert services.is_under_way(leased.id)
    assert not services.is_under_way(factories.failed().id)
    factories.report()
    assert not services.is_under_way(RenderJob.objects.get(state=JobState.DONE).id)


def test_a_word_from_the_worker_keeps_its_lease():
    job, fence = factories.leased()
    services.report_stage(job.id, fence, "typesetting", now=IN_TIME)
    assert (held(job).stage, held(job).leased_until) == ("typesetting", IN_TIME + services.LEASE)
    assert services.lease(job.id, now=TOO_LATE) is None


def test_the_finished_file_is_kept_under_its_hash_and_the_job_is_done():
    job, fence = factories.leased()
    report = services.finish(job.id, fence, PDF, now=IN_TIME)
    assert (report.snapshot, report.language, report.made_at) == (job.snapshot, "en-gb", IN_TIME)
    assert (report.sha256, report.size, report.pages) == (document.sha256(PDF.content), len(PDF.content), 3)
    assert (report.published_at, report.published_by) == (None, None)
    assert (report.file.name, content_of(NAME)) == (NAME, PDF.content)
    done = held(job)
    assert (done.state, done.finished_at, done.fence, done.leased_until) == (JobState.DONE, IN_TIME, None, None)


def test_a_worker_that_lost_its_lease_can_do_nothing_and_leaves_nothing():
    job, lost = factories.leased()
    fence = lease(job, now=TOO_LATE)
    before = held(job).__dict__ | {"_state": None}
    for attempt in (
        lambda: services.report_stage(job.id, lost, "keeping", now=TOO_LATE),
        lambda: services.finish(job.id, lost, PDF, now=TOO_LATE),
    ):
        with pytest.raises(NotReady):
            attempt()
    assert not services.release(job.id, lost, now=TOO_LATE, failure="late")
    services.put_back(job.id, lost)
    assert held(job).__dict__ | {"_state": None} == before
    assert not default_storage.exists(NAME)
    assert not Report.objects.exists()
    assert services.finish(job.id, fence, PDF, now=TOO_LATE).file.name == NAME


@pytest.mark.django_db(transaction=True)
def test_of_a_worker_that_ends_late_and_the_one_that_took_over_one_makes_the_report():
    job, lost = factories.leased()
    fence = lease(job, now=TOO_LATE)
    results = race(
        lambda: services.finish(job.id, lost, PDF, now=TOO_LATE),
        lambda: services.finish(job.id, fence, PDF, now=TOO_LATE),
        lambda: services.finish(job.id, fence, PDF, now=TOO_LATE),
    )
    assert sorted(type(each).__name__ for each in results) == ["NotReady", "NotReady", "Report"]
    assert Report.objects.count() == 1
    assert content_of(NAME) == PDF.content


def test_half_a_file_that_a_killed_worker_left_gives_way_to_the_whole():
    default_storage.save(NAME, ContentFile(PDF.content[:5]))
    job, fence = factories.leased()
    assert services.finish(job.id, fence, PDF, now=NOW).file.name == NAME
    assert content_of(NAME) == PDF.content


def test_a_whole_file_that_a_killed_worker_left_is_taken_as_it_is(monkeypatch):
    default_storage.save(NAME, ContentFile(PDF.content))
    job, fence = factories.leased()

    def refuse(*_given: object) -> None:
        raise AssertionError("it is there already")

    monkeypatch.setattr(default_storage, "save", refuse)
    assert services.finish(job.id, fence, PDF, now=NOW).file.name == NAME


def test_a_file_that_cannot_be_written_leaves_the_job_as_it_was(monkeypatch):
    job, fence = factories.leased()

    def full(*_given: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(OSError, match="No space"):
        services.finish(job.id, fence, PDF, now=NOW)
    assert (held(job).state, held(job).fence) == (JobState.LEASED, fence)
    assert not Report.objects.exists()


def test_a_job_is_tried_three_times_and_then_has_failed_and_says_why():
    job = factories.queued()
    for attempt in (1, 2, 3):
        assert held(job).state == JobState.QUEUED
        assert services.release(job.id, lease(job), now=NOW, failure=f"fault {attempt}")
    failed = held(job)
    assert (failed.state, failed.attempts, failed.failure, failed.finished_at) == (JobState.FAILED, 3, "fault 3", NOW)
    assert services.lease(job.id, now=TOO_LATE) is None
    assert services.waiting(TOO_LATE) == []


def test_a_job_whose_worker_fell_silent_three_times_has_failed():
    job, now = factories.queued(), NOW
    for _attempt in range(services.ATTEMPTS):
        lease(job, now)
        now = now + services.LEASE + dt.timedelta(seconds=1)
    assert services.waiting(now) == [job.id]
    assert services.lease(job.id, now=now) is None
    assert (held(job).state, held(job).failure) == (JobState.FAILED, "the worker was lost")
    assert services.waiting(now) == []


def test_being_asked_to_stop_is_no_attempt():
    job = factories.queued()
    for _restart in range(5):
        services.put_back(job.id, lease(job))
        assert (held(job).state, held(job).attempts, held(job).fence) == (JobState.QUEUED, 0, None)


def test_reaching_for_a_job_that_somebody_is_at_does_not_fail_it():
    job, _fence = factories.leased()
    RenderJob.objects.filter(pk=job.pk).update(attempts=services.ATTEMPTS)
    assert services.lease(job.id, now=IN_TIME) is None
    assert held(job).state == JobState.LEASED

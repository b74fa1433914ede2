"""Workers that are killed, one after another, at every point: no report is lost, none made twice, no file left over."""

import logging
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import timezone

from reports import pdf, services, tasks, worker
from reports.errors import AlreadyPublished
from reports.models import JobState, Listing, RenderJob, Report
from tests import factories
from tests.reports import dying
from tests.reports.signed import unsigned

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 4


@pytest.fixture(autouse=True)
def mortal(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Make small files, which are signed as all are; let our children die where a test says; and expect the log."""
    small = unsigned()
    monkeypatch.setattr(pdf, "make", lambda *_given, **_named: SimpleNamespace(content=small, pages=1))
    dying.make_mortal(monkeypatch.setattr)
    with caplog.at_level(logging.CRITICAL, logger="reports"):
        yield


def render(job: RenderJob) -> None:
    worker.render(job.id, stopping=lambda: False)


def state(job: RenderJob) -> tuple[str, int]:
    row = RenderJob.objects.get(pk=job.pk)
    return row.state, row.attempts


@pytest.mark.parametrize("point", dying.POINTS)
def test_a_worker_that_is_killed_leaves_its_report_to_the_next_which_makes_it_once_and_whole(point: str):
    before = dying.kept()
    jobs = [factories.queued(factories.submitted().account) for _kill in range(KILLS)]
    for job in jobs:
        dying.arm(point)
        render(job)
        assert dying.has_died()
        assert state(job) == (JobState.QUEUED, 1)
        assert not Report.objects.filter(drawn_from=job.drawn_from).exists()
        render(job)
        assert (state(job), dying.is_whole(job)) == ((JobState.DONE, 2), True)
    assert dying.kept() - before == dying.known()
    assert Report.objects.count() == KILLS


@pytest.mark.parametrize("point", dying.POINTS)
def test_a_message_that_comes_again_makes_nothing_again_and_nothing_is_published_twice(point: str):
    job = factories.queued(factories.submitted().account)
    dying.arm(point)
    render(job)
    render(job)
    report = Report.objects.get()
    for _again in range(2):
        tasks.render_report.apply(args=[str(job.id)])
    assert (Report.objects.get().sha256, state(job)) == (report.sha256, (JobState.DONE, 2))
    factories.publish(report, now=timezone.now())
    with pytest.raises(AlreadyPublished):
        factories.publish(report, now=timezone.now())
    assert Listing.objects.count() == 1
    assert dying.is_whole(job)


def test_one_that_is_killed_each_time_has_failed_in_sight_and_can_be_asked_for_again():
    job = factories.queued(factories.submitted().account)
    before = dying.kept()
    for point in list(dying.POINTS)[-services.ATTEMPTS :]:
        dying.arm(point)
        render(job)
    assert state(job) == (JobState.FAILED, services.ATTEMPTS)
    services.try_again(actor=None, job=job, now=timezone.now())
    render(job)
    assert (state(job), dying.is_whole(job)) == ((JobState.DONE, 1), True)
    assert dying.kept() - before == dying.known()


def test_a_point_is_one_of_those_that_are_there():
    with pytest.raises(KeyError):
        dying.arm("nowhere")

"""Snapshots, renderings, reports and grants: what the database itself refuses."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from reports.models import Grant, JobState, RenderJob, Report, Snapshot
from tests import factories

LATER = factories.NOW + dt.timedelta(minutes=5)
LEASE = {"leased_until": LATER, "fence": uuid4()}
NO_LEASE = {"leased_until": None, "fence": None}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ({"state": "lost"}, "job_"),
        ({"state": JobState.LEASED, **NO_LEASE, "finished_at": None}, "job_lease_when_leased"),
        ({"state": JobState.LEASED, **LEASE, "fence": None, "finished_at": None}, "job_lease_when_leased"),
        ({"state": JobState.LEASED, **LEASE, "leased_until": None, "finished_at": None}, "job_lease_when_leased"),
        ({"state": JobState.QUEUED, **LEASE, "finished_at": None}, "job_lease_when_leased"),
        ({"state": JobState.QUEUED, **NO_LEASE, "fence": uuid4(), "finished_at": None}, "job_lease_when_leased"),
        ({"state": JobState.DONE, **LEASE, "finished_at": LATER}, "job_lease_when_leased"),
        ({"state": JobState.DONE, **NO_LEASE, "finished_at": None}, "job_finished_when_over"),
        ({"state": JobState.FAILED, **NO_LEASE, "finished_at": None}, "job_finished_when_over"),
        ({"state": JobState.QUEUED, **NO_LEASE, "finished_at": LATER}, "job_finished_when_over"),
        ({"state": JobState.LEASED, **LEASE, "finished_at": LATER}, "job_finished_when_over"),
    ],
)
def test_a_rendering_has_a_lease_while_it_is_made_and_an_end_when_it_is_over(held, named):
    job = RenderJob.objects.filter(pk=factories.queued().pk)
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        job.update(**held)


@pytest.mark.parametrize(
    "held",
    [
        {"state": JobState.QUEUED, **NO_LEASE, "finished_at": None},
        {"state": JobState.LEASED, **LEASE, "finished_at": None},
        {"state": JobState.DONE, **NO_LEASE, "finished_at": LATER},
        {"state": JobState.FAILED, **NO_LEASE, "finished_at": LATER},
    ],
)
def test_a_rendering_in_each_of_its_states_is_taken(held):
    assert RenderJob.objects.filter(pk=factories.queued().pk).update(**held) == 1


@pytest.mark.parametrize("published", [{"published_at": LATER}, {"published_by": "somebody"}])
def test_a_report_is_published_at_a_time_by_somebody(published):
    report = factories.report()
    if "published_by" in published:
        published = {"published_by": factories.person()}
    with pytest.raises(IntegrityError, match="report_published_by_somebody"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**published)


def test_a_snapshot_is_rendered_once_in_a_language_and_numbered_once():
    report = factories.report()
    job = RenderJob.objects.get()
    snapshot = report.snapshot
    funder = factories.organisation()
    given = factories.grant(funder, snapshot.account)
    for model, row in ((Report, report), (RenderJob, job), (Snapshot, snapshot), (Grant, given)):
        row.pk = uuid4()
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            model.objects.bulk_create([row])


def test_one_snapshot_may_be_rendered_in_each_language():
    report = factories.report()
    report.pk, report.language, report.code = uuid4(), "cy", "another code"
    assert Report.objects.bulk_create([report])

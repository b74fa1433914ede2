"""What the doors read about snapshots, renderings and reports."""

import datetime as dt
from decimal import Decimal

import pytest

from reports import queries, services
from reports.models import RenderJob
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_renderings_of_an_account_come_the_latest_first_and_only_its_own():
    account = factories.account()
    first = factories.queued(account)
    later = factories.NOW + dt.timedelta(hours=1)
    second = services.ask_for_report(actor=None, account=account, language="cy", now=later)
    factories.queued()
    assert list(queries.renderings(account)) == [second, first]


def test_a_rendering_leads_to_its_report_and_its_bytes_once_there_are_any():
    waiting = factories.queued()
    assert (queries.report_of(waiting), queries.content_of(waiting)) == (None, None)
    report = factories.report(content=b"%PDF-1.7 of this test")
    job = RenderJob.objects.get(snapshot=report.snapshot)
    assert queries.report_of(job) == report
    assert queries.content_of(job) == b"%PDF-1.7 of this test"


def test_the_latest_snapshot_is_the_last_that_was_taken():
    account = factories.account()
    assert queries.latest_snapshot(account) is None
    taken = services.take_snapshot(actor=None, account=account, now=factories.NOW)
    assert queries.latest_snapshot(account) == taken


# --- What is frozen of an organisation -----------------------------------------------------------------------------


def test_what_an_organisation_has_not_said_of_itself_is_not_frozen() -> None:
    keeper = factories.organisation()
    assert set(queries.who_keeps_it(keeper)) == {"name", "slug", "type", "purpose", "reinvested_share"}


def test_what_an_organisation_says_of_itself_is_frozen_with_its_identifiers_and_the_answer_of_the_test() -> None:
    keeper = factories.organisation()
    keeper.language, keeper.well_being_is_core, keeper.reinvested_share = "cy", True, Decimal("0.8")
    keeper.save()
    keeper.registered_numbers.create(scheme="GB-COH", number="09506232")
    keeper.registered_numbers.create(scheme="GB-CHC", number="1090095")
    said = queries.who_keeps_it(keeper)
    assert (said["language"], said["well_being_is_core"], said["reinvested_share"]) == ("cy", True, "0.8")
    assert said["org_ids"] == ["GB-CHC-1090095", "GB-COH-09506232"]
    assert said["sector"]["verdict"] == "in"
    assert [each["params"] for each in said["sector"]["reasons"]][-1] == {"share": "80"}

"""Freeze, queue, publish: what is written once, what is recorded, and what is refused."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage

from accounts import audit
from accounts.models import Account, AccountState, AuditRecord, Person
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import Facts
from reports import document, services
from reports.errors import AlreadyPublished, FullReportFirst, NothingToReport, NotReady, WhyWanted
from reports.models import Edition, JobState, RenderJob, Report, Snapshot
from tests import factories
from tests.racing import race

LATER = factories.NOW + dt.timedelta(hours=3)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return factories.account()


@pytest.fixture
def approver(account: Account) -> Person:
    return factories.member(Role.APPROVER, account.organisation)


def say(account: Account, facts: Facts, now: dt.datetime = LATER) -> None:
    """Put other facts into the account."""
    outcome_services.replace_facts(
        actor=None, account=account, facts=facts, now=now, source="a test", reason="Counted again"
    )


def verbs(account: Account) -> list[str]:
    return list(AuditRecord.objects.filter(account=account).order_by("id").values_list("verb", flat=True))


def latest(account: Account) -> AuditRecord:
    return AuditRecord.objects.filter(account=account).latest("id")


# --- Freezing ----------------------------------------------------------------------------------------------------


def test_a_snapshot_holds_what_the_account_says_and_comes_to_with_its_hash(account: Account, approver: Person):
    snapshot = services.take_snapshot(actor=approver, account=account, now=LATER)
    held = json.loads(snapshot.document)
    assert held["content"]["account"]["account"]["name"] == "Some account"
    assert held["content"]["account_id"] == str(account.id)
    assert held["content"]["organisation"]["name"] == "Some group"
    assert (held["number"], held["taken_by"], held["taken_at"]) == (1, "The approver", "2026-11-23T12:30:00+00:00")
    assert snapshot.sha256 == document.sha256(snapshot.document) == document.sha256(document.canonical(held))
    record = latest(account)
    assert (record.verb, record.ref, record.person, record.at) == ("froze", "1", approver, LATER)
    assert record.after == {"sha256": snapshot.sha256}


def test_an_account_that_did_not_change_is_frozen_once(account: Account, approver: Person):
    first = services.take_snapshot(actor=approver, account=account, now=factories.NOW)
    assert services.take_snapshot(actor=None, account=account, now=LATER) == first
    assert verbs(account).count("froze") == 1


def test_a_changed_account_is_frozen_under_the_next_number_and_the_first_stays_as_it_was(account: Account):
    first = services.take_snapshot(actor=None, account=account, now=factories.NOW)
    say(account, factories.wide_facts(2))
    second = services.take_snapshot(actor=None, account=account, now=LATER)
    assert (first.number, second.number) == (1, 2)
    assert Snapshot.objects.get(pk=first.pk).document == first.document != second.document


def test_a_changed_name_of_the_organisation_is_another_content(account: Account):
    first = services.take_snapshot(actor=None, account=account, now=factories.NOW)
    account.organisation.name = "Renamed"
    account.organisation.save()
    assert services.take_snapshot(actor=None, account=account, now=LATER).number == first.number + 1


def test_an_account_that_cannot_be_worked_out_is_not_frozen_and_says_why():
    account = factories.account(factories.unworkable_facts())
    with pytest.raises(NothingToReport) as refused:
        services.ask_for_report(actor=None, account=account, language="en-gb", now=LATER)
    assert refused.value.params["trouble"]
    assert (Snapshot.objects.count(), RenderJob.objects.count(), verbs(account)) == (0, 0, ["opened"])


def test_a_snapshot_whose_record_cannot_be_written_is_not_taken(account: Account, monkeypatch):
    def fails(**_said: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError):
        services.ask_for_report(actor=None, account=account, language="en-gb", now=LATER)
    assert (Snapshot.objects.count(), RenderJob.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_account_frozen_by_several_at_once_has_one_snapshot_and_one_rendering(account: Account):
    def ask() -> RenderJob:
        mine = Account.objects.get(pk=account.pk)
        return services.ask_for_report(actor=None, account=mine, language="en-gb", now=LATER)

    jobs = race(*[ask] * 4)
    assert len({job.pk for job in jobs}) == 1
    assert (Snapshot.objects.count(), RenderJob.objects.count()) == (1, 1)
    assert sorted(verbs(account)) == ["asked for report", "froze", "opened"]


# --- Asking ------------------------------------------------------------------------------------------------------


def test_asking_queues_a_rendering_and_says_who_asked(account: Account, approver: Person):
    job = services.ask_for_report(actor=approver, account=account, language="en-gb", now=LATER)
    assert (job.state, job.attempts, job.asked_at, job.asked_by) == (JobState.QUEUED, 0, LATER, approver)
    record = latest(account)
    assert (record.verb, record.ref, record.person) == ("asked for report", "1", approver)


def test_asking_twice_gives_the_first(account: Account, approver: Person):
    first = services.ask_for_report(actor=approver, account=account, language="en-gb", now=factories.NOW)
    again = services.ask_for_report(actor=None, account=account, language="en-gb", now=LATER)
    assert (again.pk, again.asked_at) == (first.pk, factories.NOW)
    assert verbs(account).count("asked for report") == 1


def test_asking_in_another_language_renders_the_same_snapshot_again(account: Account):
    first = services.ask_for_report(actor=None, account=account, language="en-gb", now=LATER)
    other = services.ask_for_report(actor=None, account=account, language="cy", now=LATER)
    assert first.pk != other.pk
    assert first.snapshot == other.snapshot


def test_a_failed_rendering_can_be_asked_for_again_and_starts_afresh(account: Account, approver: Person):
    job = factories.failed(account)
    services.try_again(actor=approver, job=job, now=LATER)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.failure, job.finished_at) == (JobState.QUEUED, 0, "", None)
    assert (latest(account).verb, latest(account).person) == ("asked again for report", approver)
    with pytest.raises(NotReady):
        services.try_again(actor=approver, job=job, now=LATER)
    assert verbs(account).count("asked again for report") == 1


# --- Publishing --------------------------------------------------------------------------------------------------


def test_a_report_is_published_once_and_says_when_and_by_whom(account: Account, approver: Person):
    report = factories.submitted_report(account)
    services.publish(actor=approver, report=report, now=LATER)
    report.refresh_from_db()
    assert (report.published_at, report.published_by) == (LATER, approver)
    record = latest(account)
    assert (record.verb, record.ref, record.person, record.at) == ("published", "1", approver, LATER)
    assert record.after == {"sha256": report.sha256, "edition": "full"}
    with pytest.raises(AlreadyPublished):
        services.publish(actor=factories.person(), report=report, now=LATER + dt.timedelta(days=1))
    report.refresh_from_db()
    assert (report.published_at, report.published_by) == (LATER, approver)
    assert verbs(account).count("published") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(account: Account, approver: Person):
    report = factories.submitted_report(account)
    results = race(*[lambda: services.publish(actor=approver, report=report, now=LATER)] * 3)
    assert sorted(type(each).__name__ for each in results) == ["AlreadyPublished", "AlreadyPublished", "NoneType"]
    assert verbs(account).count("published") == 1


def test_an_account_is_published_with_its_report(account: Account, approver: Person):
    services.publish(actor=approver, report=factories.submitted_report(account), now=LATER)
    assert Account.objects.get(pk=account.pk).state == AccountState.PUBLISHED


def test_an_account_that_was_changed_since_stays_a_draft_when_another_edition_is_published(
    account: Account, approver: Person
):
    full = factories.submitted_report(account)
    services.publish(actor=approver, report=full, now=LATER)
    summary = factories.report(account, edition=Edition.SUMMARY)
    say(account, factories.wide_facts(2))
    services.publish(actor=approver, report=summary, now=LATER)
    summary.refresh_from_db()
    assert (summary.published_at, Account.objects.get(pk=account.pk).state) == (LATER, AccountState.DRAFT)


def test_the_other_editions_that_are_ready_are_published_with_the_full_report_and_never_before_it(
    account: Account, approver: Person
):
    full = factories.submitted_report(account)
    summary, easy = (factories.report(account, edition=each) for each in (Edition.SUMMARY, Edition.EASY_READ))
    in_welsh = factories.report(account, language="cy")
    assert len({each.code for each in (full, summary, easy, in_welsh)}) == 4
    with pytest.raises(FullReportFirst):
        services.publish(actor=approver, report=summary, now=LATER)
    services.publish(actor=approver, report=full, now=LATER)
    out = Report.objects.filter(published_at=LATER)
    assert set(out) == {full, summary, easy}


def test_a_report_that_takes_the_place_of_another_says_why(account: Account, approver: Person):
    factories.published(account)
    say(account, factories.wide_facts(2))
    later = factories.submitted_report(account)
    with pytest.raises(WhyWanted):
        services.publish(actor=approver, report=later, now=LATER, because="  ")
    services.publish(actor=approver, report=later, now=LATER, because=" Counted again ")
    later.refresh_from_db()
    assert (later.published_at, later.supersedes_because) == (LATER, "Counted again")
    assert latest(account).reason == "Counted again"


def test_a_published_report_stays_while_the_account_moves_on(account: Account, approver: Person):
    report = factories.published(account)
    say(account, factories.wide_facts(2))
    services.ask_for_report(actor=approver, account=account, language="en-gb", now=LATER)
    kept = Report.objects.get(pk=report.pk)
    assert (kept.published_at, kept.sha256) == (report.published_at, report.sha256)
    with default_storage.open(kept.file.name) as file:
        assert document.sha256(file.read()) == report.sha256


def test_a_rendering_draws_from_the_snapshot_alone(account: Account):
    job = factories.queued(account)
    renamed = replace(factories.small_facts(), account=replace(factories.small_facts().account, name="Changed since"))
    say(account, renamed)
    drawing = services.read_drawing(job.id)
    assert drawing.frozen["content"]["account"]["account"]["name"] == "Some account"
    assert (drawing.language, drawing.edition, drawing.statement) == ("en-gb", "full", None)

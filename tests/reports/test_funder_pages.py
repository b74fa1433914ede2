"""The funder's list: searched, narrowed, told what is new; and what is taken from it, which the organisation sees."""

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, AuditRecord, Organisation, Person
from accounts.nouns import AccountKind
from accounts.roles import Role
from outcomes import services as outcome_services, workbook
from outcomes.nouns import Facts
from reports import document, funding, services
from reports.models import Edition, Listing, Report
from reports.views import funder as pages
from tests import factories
from tests.doors.door import asked, browser, told
from tests.reports import assuring

pytestmark = pytest.mark.django_db

LIST = "/published/"
MINUTE = dt.timedelta(minutes=1)
Clock = Callable[[dt.timedelta], None]


@pytest.fixture
def foundation() -> Organisation:
    return factories.funder()


@pytest.fixture
def reader(foundation: Organisation) -> Person:
    return factories.member(Role.FUNDER, foundation)


@pytest.fixture
def client(reader: Person) -> Client:
    return browser(reader)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return what moves the clock of the page to so long after the time of the tests."""
    real = timezone.now()

    def move(after: dt.timedelta) -> None:
        monkeypatch.setattr(pages.timezone, "now", lambda: real + after)

    move(dt.timedelta())
    return move


def facts_of(name: str, **particulars: Any) -> Facts:
    facts = factories.small_facts(name)
    return replace(facts, account=replace(facts.account, **particulars))


def funded(foundation: Organisation, facts: Facts | None = None, *, keeper: str = "Some group", **grant: str) -> Report:
    """Return a published report of what this foundation funds."""
    account = factories.account(facts, keeper=factories.organisation(keeper))
    factories.grant(foundation, account, **grant)
    return factories.published(account)


def again(account: Account, *, now: dt.datetime = factories.NOW) -> Report:
    """Return another published report of an account, which has changed since the first."""
    outcome_services.replace_facts(
        actor=None, account=account, facts=factories.wide_facts(2), now=now, source="a test", reason="Counted again"
    )
    return factories.publish(factories.submitted_report(account), now=now)


def seen(client: Client, **wanted: str) -> list[str]:
    """Return the accounts on the list, as they stand there."""
    return [each["held"].listing.account for each in client.get(LIST, wanted).context["reports"]]


# --- What stands there ------------------------------------------------------------------------------------------------


def test_the_list_says_what_a_report_is_about_as_it_was_frozen_whatever_was_renamed_since(
    client: Client, foundation: Organisation
) -> None:
    given = {"period_start": dt.date(2024, 4, 1), "period_end": dt.date(2025, 3, 31)}
    facts = facts_of("Luncheon club", kind=AccountKind.EVALUATIVE, **given)
    report = funded(foundation, facts, keeper="Cinio Ogwen", title="Lunches", identifier="360G-sylfaen-1")
    Account.objects.update(name="A name that is still a draft")
    Organisation.objects.filter(name="Cinio Ogwen").update(name="Another name")
    page = client.get(LIST)
    assert "Luncheon club (PDF) Cinio Ogwen · Evaluative · 1 Apr 2024 – 31 Mar 2025 · report 1" in told(page)
    assert "Grant: Lunches (Sylfaen) · 360G-sylfaen-1" in told(page)
    assert "still a draft" not in page.text
    assert "Current" in told(page)
    assert reverse("reports:download", args=[report.id]) in page.text


def test_what_lists_show_of_a_report_is_never_changed_or_removed(foundation: Organisation) -> None:
    report = funded(foundation)
    listing = Listing.objects.filter(report=report)
    for attempt in (lambda: listing.update(account="Another"), listing.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert listing.get().account == "Some account"


def test_a_superseded_report_names_the_newer_one_and_leads_to_it(client: Client, foundation: Organisation) -> None:
    first = funded(foundation)
    newer = again(first.snapshot.account)
    page = client.get(LIST, {"state": "superseded"})
    (only,) = page.context["reports"]
    assert (only["held"].report, only["label"]) == (first, "Superseded")
    assert f'href="{reverse("reports:download", args=[newer.id])}"' in page.text
    assert f"A newer report took its place: report {newer.snapshot.number} (PDF)" in told(page)


def test_a_superseded_report_says_why_as_whoever_published_the_newer_one_said_it(
    client: Client, foundation: Organisation
) -> None:
    first = funded(foundation)
    again(first.snapshot.account)
    assert "report 2 (PDF) Why: “A test.”" in told(client.get(LIST, {"state": "superseded"}))


def test_a_version_is_one_entry_and_its_other_editions_are_further_downloads(
    client: Client, foundation: Organisation, clock: Clock
) -> None:
    account = factories.account()
    factories.grant(foundation, account)
    factories.submitted(account)
    summary = factories.report(account, edition=Edition.SUMMARY)
    full = factories.publish(factories.report(account))
    late = factories.report(account, edition=Edition.EASY_READ)
    page = client.get(LIST)
    (only,) = page.context["reports"]
    assert (only["held"].report, [*only["held"].others]) == (full, [summary])
    assert (page.context["page"].paginator.count, page.context["how_many_new"]) == (1, 1)
    assert f'href="{reverse("reports:download", args=[summary.id])}"' in page.text
    assert reverse("reports:download", args=[late.id]) not in page.text
    clock(100 * MINUTE)
    factories.publish(late, now=timezone.now() + MINUTE)
    later = client.get(LIST)
    assert "0 new since your last visit" in told(later)
    assert "Two-page summary (PDF)" in told(later)
    assert "Easy-read sheet (PDF)" in told(later)


def test_a_withdrawn_edition_is_no_further_download(client: Client, foundation: Organisation) -> None:
    account = factories.account()
    factories.grant(foundation, account)
    factories.submitted(account)
    summary = factories.report(account, edition=Edition.SUMMARY)
    factories.publish(factories.report(account))
    approver = factories.member(Role.APPROVER, account.organisation)
    services.withdraw(actor=approver, report=summary, reason="A figure was wrong", now=factories.NOW)
    assert "Two-page summary" not in told(client.get(LIST))


def test_what_is_taken_of_an_edition_is_called_by_its_name(client: Client, foundation: Organisation) -> None:
    account = factories.account()
    factories.grant(foundation, account)
    factories.submitted(account)
    sheet = factories.report(account, edition=Edition.EASY_READ)
    factories.publish(factories.report(account))
    answer, _content = content_of(client, "download", sheet)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="some-account-1-easy-read.pdf"'
    assert AuditRecord.objects.latest("id").after == {"funder": "Sylfaen", "what": "PDF, easy read"}


def judged(foundation: Organisation, conclusion: str = "assured") -> Report:
    """Return a published report on what an assurer judged."""
    held = assuring.judged()
    factories.grant(foundation, held.account)
    assuring.conclude(held, conclusion=conclusion)
    assuring.sign(held)
    return factories.publish(factories.report(Account.objects.get(pk=held.account.pk)), now=assuring.NOW)


def test_the_list_says_in_words_how_far_each_report_is_assured_and_is_narrowed_by_it(
    client: Client, foundation: Organisation
) -> None:
    alone, assured = funded(foundation), judged(foundation)
    words = told(client.get(LIST))
    assert "Self-assessed: nobody independent has judged it" in words
    assert "Independent assurer: Assured" in words

    def found(**wanted: str) -> list[Report]:
        return [each["held"].report for each in client.get(LIST, wanted).context["reports"]]

    assert found(level="self-assessed") == [alone]
    assert found(level="independent") == [assured]
    assert found(level="peer panel") == []
    assert found(conclusion="assured") == [assured]
    assert found(conclusion="not_assured") == []
    assert {*found(level="nonsense", conclusion="nonsense")} == {alone, assured}


def test_a_withdrawn_report_says_so_and_why(client: Client, foundation: Organisation) -> None:
    report = funded(foundation)
    approver = factories.member(Role.APPROVER, report.snapshot.account.organisation)
    services.withdraw(actor=approver, report=report, reason="A figure was <b>wrong</b>.", now=factories.NOW)
    page = client.get(LIST)
    assert "Withdrawn on 23 Nov 2026: “A figure was <b>wrong</b>.”" in told(page)
    assert seen(client, state="withdrawn") == ["Some account"]
    assert seen(client, state="current") == []


def test_a_newer_report_that_was_withdrawn_takes_nobodys_place(client: Client, foundation: Organisation) -> None:
    first = funded(foundation)
    newer = again(first.snapshot.account)
    approver = factories.member(Role.APPROVER, first.snapshot.account.organisation)
    services.withdraw(actor=approver, report=newer, reason="Wrong", now=factories.NOW)
    (current,) = client.get(LIST, {"state": "current"}).context["reports"]
    assert current["held"].report == first


# --- Searched and narrowed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"words": "ogwen"}, ["Lunches"]),
        ({"words": "LUNCH"}, ["Lunches"]),
        ({"words": "two a week"}, ["Lunches"]),
        ({"words": "360g-SYL-7"}, ["Garden"]),
        ({"words": "%"}, []),
        ({"organisation": "Gardd"}, ["Garden"]),
        ({"organisation": "No such"}, []),
        ({"year": "2024"}, ["Lunches"]),
        ({"year": "2025"}, ["Garden", "Lunches"]),
        ({"year": "1066"}, []),
        ({"year": "soon"}, ["Garden", "Lunches"]),
        ({"kind": "evaluative"}, ["Lunches"]),
        ({"kind": "forecast", "words": "ogwen"}, []),
        ({"state": "current"}, ["Garden", "Lunches"]),
        ({"state": "nonsense"}, ["Garden", "Lunches"]),
        ({}, ["Garden", "Lunches"]),
    ],
)
def test_the_list_is_searched_and_narrowed(
    client: Client, foundation: Organisation, wanted: dict[str, str], found: list[str]
) -> None:
    lunches = {"kind": AccountKind.EVALUATIVE, "period_start": dt.date(2024, 4, 1), "period_end": dt.date(2025, 3, 31)}
    funded(foundation, facts_of("Lunches", **lunches), keeper="Cinio Ogwen", title="Two a week")
    garden = {"period_start": dt.date(2025, 1, 1), "period_end": dt.date(2025, 12, 31)}
    funded(foundation, facts_of("Garden", **garden), keeper="Gardd", title="Spades", identifier="360G-syl-7")
    assert sorted(seen(client, **wanted)) == found


def test_a_grant_of_another_funder_is_neither_shown_nor_found(client: Client, foundation: Organisation) -> None:
    report = funded(foundation)
    factories.grant(factories.funder("Others"), report.snapshot.account, title="Their secret")
    assert "Their secret" not in client.get(LIST).text
    assert seen(client, words="Their secret") == []


def test_what_cannot_be_searched_for_is_said_and_narrows_nothing(client: Client, foundation: Organisation) -> None:
    funded(foundation)
    answer = client.get(LIST, {"words": "a\u202eb"})
    assert answer.status_code == 422
    assert len(answer.context["reports"]) == 1


def test_a_long_list_comes_page_by_page(
    client: Client, foundation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "REPORTS_A_PAGE", 2)
    for number in range(3):
        funded(foundation, facts_of(f"Account {number}"))
    assert (len(seen(client)), len(seen(client, page="2"))) == (2, 1)
    assert "page=2" in client.get(LIST, {"words": "Account"}).text


# --- New since the last visit -----------------------------------------------------------------------------------------


def test_at_the_first_visit_everything_is_new_and_later_only_what_came_since(
    client: Client, foundation: Organisation, clock: Clock
) -> None:
    first = funded(foundation)
    for minutes in (0, 10):
        clock(minutes * MINUTE)
        assert "This is your first visit, so everything is new." in told(client.get(LIST))
    clock(100 * MINUTE)
    assert "0 new since your last visit" in told(client.get(LIST))
    newer = again(first.snapshot.account, now=timezone.now() + 5 * MINUTE)
    clock(110 * MINUTE)
    page = client.get(LIST, {"changed": "on"})
    assert [each["held"].report for each in page.context["reports"]] == [newer]
    assert "1 new since your last visit" in told(page)
    clock(200 * MINUTE)
    assert "0 new since your last visit" in told(client.get(LIST))


def test_a_withdrawal_and_a_new_grant_are_news_too(foundation: Organisation, reader: Person) -> None:
    since = {foundation.id: factories.NOW}
    report = funded(foundation)
    assert not funding.published(reader, since, changed=True).exists()
    approver = factories.member(Role.APPROVER, report.snapshot.account.organisation)
    services.withdraw(actor=approver, report=report, reason="Wrong", now=factories.NOW + MINUTE)
    assert funding.published(reader, since, changed=True).get() == report
    older = factories.published()
    admin = factories.member(Role.ADMIN, older.snapshot.account.organisation)
    given = {"actor": admin, "account": older.snapshot.account, "title": "New"}
    services.add_grant(funder=foundation, now=factories.NOW + MINUTE, **given)
    assert set(funding.published(reader, since, changed=True)) == {report, older}


def test_each_funder_of_somebody_has_a_last_visit_of_its_own(reader: Person, foundation: Organisation) -> None:
    second = factories.funder("Second")
    now = factories.NOW
    assert services.note_visit(actor=reader, funders=[foundation.id], now=now) == {foundation.id: None}
    later = now + 60 * MINUTE
    both = services.note_visit(actor=reader, funders=[foundation.id, second.id], now=later)
    assert both == {foundation.id: now, second.id: None}
    same = services.note_visit(actor=reader, funders=[foundation.id], now=later + 20 * MINUTE)
    assert same == {foundation.id: now}


# --- Taken ------------------------------------------------------------------------------------------------------------


def content_of(client: Client, name: str, report: Report) -> tuple[Any, bytes]:
    answer: Any = client.get(reverse(f"reports:{name}", args=[report.id]))
    return answer, b"".join(answer.streaming_content)


def test_the_workbook_is_made_of_what_was_frozen_and_not_of_what_the_account_says_now(
    client: Client, foundation: Organisation
) -> None:
    report = funded(foundation)
    _answer, before = content_of(client, "workbook", report)
    outcome_services.replace_facts(
        actor=None,
        account=report.snapshot.account,
        facts=factories.wide_facts(2),
        now=factories.NOW,
        source="a test",
        reason="Counted again",
    )
    answer, after = content_of(client, "workbook", report)
    assert before == after
    assert answer.headers["Content-Disposition"] == 'attachment; filename="some-account-1.xlsx"'
    assert workbook.read(after) == factories.small_facts()
    assert "Value map" in openpyxl.load_workbook(io.BytesIO(after)).sheetnames


def test_the_data_are_the_frozen_document_to_the_last_character(client: Client, foundation: Organisation) -> None:
    report = funded(foundation)
    answer, content = content_of(client, "data", report)
    assert document.sha256(content) == report.snapshot.sha256
    assert json.loads(content)["content"]["account"]["account"]["name"] == "Some account"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_a_funder_takes_is_on_record_and_the_organisation_sees_it(
    client: Client, foundation: Organisation, reader: Person
) -> None:
    report = funded(foundation)
    account = report.snapshot.account
    for name, what in (("download", "PDF"), ("workbook", "xlsx"), ("data", "JSON")):
        content_of(client, name, report)
        record = AuditRecord.objects.latest("id")
        assert (record.verb, record.person, record.account, record.ref) == ("downloaded", reader, account, "1")
        assert record.after == {"funder": "Sylfaen", "what": what}
    inside = browser(factories.member(Role.VIEWER, account.organisation))
    history = told(inside.get(reverse("outcomes:history", args=[account.id])))
    assert "The funder downloaded report 1 for Sylfaen (PDF)." in history
    assert "The funder, for Sylfaen: report 1 (xlsx)" in told(inside.get(reverse("reports:funders", args=[account.id])))
    assert "Funders downloaded reports 3 times" in told(inside.get(reverse("reports:reports", args=[account.id])))


def test_what_is_looked_at_inside_or_only_asked_about_is_no_download(client: Client, foundation: Organisation) -> None:
    report = funded(foundation)
    inside = browser(factories.member(Role.VIEWER, report.snapshot.account.organisation))
    content_of(inside, "download", report)
    asked(client, "head", reverse("reports:download", args=[report.id]))
    assert not AuditRecord.objects.filter(verb="downloaded").exists()


@pytest.mark.parametrize("name", ["download", "workbook", "data"])
def test_nothing_is_taken_before_it_is_published_or_by_another_funder(
    client: Client, foundation: Organisation, name: str
) -> None:
    draft = factories.report()
    factories.grant(foundation, draft.snapshot.account)
    others = factories.published()
    for report in (draft, others):
        assert client.get(reverse(f"reports:{name}", args=[report.id])).status_code == 404
    assert not AuditRecord.objects.filter(verb="downloaded").exists()


def test_the_pdf_is_one_step_from_the_list(client: Client, foundation: Organisation) -> None:
    report = funded(foundation)
    front = client.get("/")
    assert f'href="{LIST}"' in front.text
    assert f'href="{reverse("reports:download", args=[report.id])}"' in client.get(LIST).text

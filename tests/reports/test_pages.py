"""Asking for a report, watching it come, publishing it; and what a funder sees."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from accounts.roles import Role
from outcomes import services as outcome_services
from reports import services
from reports.models import Edition, Grant, JobState, RenderJob, Report
from tests import factories
from tests.doors.door import browser, told
from tests.reports import assuring

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def account() -> Account:
    return factories.account()


def of(account: Account, role: Role) -> Client:
    """Return the browser of somebody with this role in the account's organisation."""
    return browser(factories.member(role, account.organisation))


def reports_of(account: Account) -> str:
    """Return the address of an account's reports."""
    return reverse("reports:reports", args=[account.id])


def watching(job: RenderJob) -> str:
    """Return the address at which a report is watched."""
    return reverse("reports:rendering", args=[job.id])


def publishing(report: Report) -> str:
    """Return the address at which a report is published."""
    return reverse("reports:publish", args=[report.id])


def download(report: Report) -> str:
    """Return the address of the PDF."""
    return reverse("reports:download", args=[report.id])


def funder_of(account: Account) -> tuple[Client, Grant]:
    """Return the browser of somebody at a funder of this account, and the grant."""
    funder = factories.organisation("Sylfaen")
    return browser(factories.member(Role.FUNDER, funder)), factories.grant(funder, account)


# --- Asked for, and watched -------------------------------------------------------------------------------------------


def test_asking_for_a_report_freezes_the_account_and_leads_to_where_it_is_watched(account: Account) -> None:
    answer = of(account, Role.EDITOR).post(reports_of(account))
    job = RenderJob.objects.get(snapshot__account=account)
    assert (job.state, answer.headers["Location"]) == (JobState.QUEUED, watching(job))


def test_while_it_comes_the_page_asks_again_by_itself_with_and_without_javascript(account: Account) -> None:
    job = factories.queued(account)
    page = of(account, Role.EDITOR).get(watching(job))
    assert f'hx-get="{watching(job)}" hx-trigger="every 1s"' in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert "waiting to start" in told(page)
    assert "You can leave this page" in told(page)


def test_htmx_is_given_only_the_part_that_changes(account: Account) -> None:
    job = factories.queued(account)
    part = of(account, Role.EDITOR).get(watching(job), headers=HTMX)
    assert "<html" not in part.text
    assert part.headers["Vary"].find("HX-Request") >= 0


@pytest.mark.parametrize(("stage", "now"), [("", "Pages set"), ("typesetting", "Pages set"), ("keeping", "File kept")])
def test_the_steps_say_how_far_it_is(account: Account, stage: str, now: str) -> None:
    job = factories.queued(account)
    fence = services.lease(job.id, now=factories.NOW)
    assert fence is not None
    services.report_stage(job.id, fence, stage, now=factories.NOW)
    page = of(account, Role.EDITOR).get(watching(job))
    assert f"{now} – now" in told(page)


def test_when_it_is_ready_it_can_be_downloaded_and_nothing_asks_again(account: Account) -> None:
    report = factories.submitted_report(account)
    job = RenderJob.objects.get(snapshot=report.snapshot)
    page = of(account, Role.EDITOR).get(watching(job))
    assert f'href="{download(report)}"' in page.text
    assert "hx-trigger" not in page.text
    assert "http-equiv" not in page.text
    assert report.sha256 in page.text
    assert "An approver of your organisation can publish it" in told(page)


def test_one_that_failed_can_be_tried_again_by_those_who_may_ask(account: Account) -> None:
    job = factories.failed(account)
    again = reverse("reports:try_again", args=[job.id])
    assert again not in of(account, Role.VIEWER).get(watching(job)).text
    editor = of(account, Role.EDITOR)
    assert "The account is safe and unchanged" in told(editor.get(watching(job)))
    assert editor.post(again).headers["Location"] == watching(job)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert "not at that step any more" in told(editor.post(again, follow=True))


def test_asking_twice_for_the_same_gives_the_first_and_says_so(account: Account) -> None:
    factories.report(account)
    answer = of(account, Role.EDITOR).post(reports_of(account), follow=True)
    assert RenderJob.objects.filter(snapshot__account=account).count() == 1
    assert "Nothing has changed since this report was asked for" in told(answer)


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_has_each_version_with_its_editions_and_what_came_of_each(account: Account) -> None:
    report = factories.report(account)
    page = of(account, Role.EDITOR).get(reports_of(account))
    words = told(page)
    assert re.search(
        r"Report 1 Draft Frozen on 23 November 2026, 09:30\. Full report – report 1 1 page · 15.bytes", words
    )
    assert re.search(r"Two-page summary For whoever has five minutes Not made yet Make it", words)
    assert f'href="{download(report)}"' in page.text
    assert publishing(report) not in page.text


def test_a_draft_says_what_has_to_come_first_and_leads_there(account: Account) -> None:
    report = factories.report(account)
    page = of(account, Role.APPROVER).get(reports_of(account))
    assert publishing(report) not in page.text
    assert "This is a draft. Only what an approver submitted can be published. Check and submit" in told(page)
    asked = of(account, Role.APPROVER).get(publishing(report))
    assert "It cannot be published as things stand" in told(asked)
    assert "<textarea" not in asked.text
    assert of(account, Role.APPROVER).post(publishing(report)).status_code == 409
    report.refresh_from_db()
    assert report.published_at is None


def test_an_account_without_a_report_says_what_one_holds(account: Account) -> None:
    assert "No report yet" in told(of(account, Role.VIEWER).get(reports_of(account)))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FUNDER])
def test_who_may_not_ask_is_refused_and_nothing_is_frozen(account: Account, role: Role) -> None:
    assert of(account, role).post(reports_of(account)).status_code in {403, 404}
    assert not RenderJob.objects.exists()


# --- The editions -----------------------------------------------------------------------------------------------------


def editions_of(report: Report) -> str:
    """Return the address at which another edition is asked for."""
    return reverse("reports:editions", args=[report.id])


@pytest.mark.parametrize("edition", [Edition.SUMMARY, Edition.EASY_READ])
def test_another_edition_is_asked_for_and_watched_under_its_own_name(account: Account, edition: Edition) -> None:
    report = factories.report(account)
    editor = of(account, Role.EDITOR)
    answer = editor.post(editions_of(report), {"edition": edition.value})
    job = RenderJob.objects.get(edition=edition)
    assert (job.snapshot, job.drawn_from, job.language) == (report.snapshot, report.drawn_from, report.language)
    assert answer.headers["Location"] == watching(job)
    assert f"Report 1: {edition.label}" in told(editor.get(watching(job)))
    assert editor.post(editions_of(report), {"edition": edition.value}).headers["Location"] == watching(job)
    assert RenderJob.objects.count() == 2


@pytest.mark.parametrize("typed", [{}, {"edition": "epic"}])
def test_an_edition_that_there_is_not_is_not_made(account: Account, typed: dict[str, str]) -> None:
    report = factories.report(account)
    answer = of(account, Role.EDITOR).post(editions_of(report), typed, follow=True)
    assert "There is no such edition, so none was made." in told(answer)
    assert RenderJob.objects.count() == 1


def test_who_may_not_ask_for_a_report_may_not_ask_for_an_edition(account: Account) -> None:
    report = factories.report(account)
    viewer = of(account, Role.VIEWER)
    assert viewer.post(editions_of(report), {"edition": "summary"}).status_code == 403
    assert editions_of(report) not in viewer.get(reports_of(account)).text
    assert RenderJob.objects.count() == 1


def test_the_editions_that_are_ready_go_out_with_the_full_report_and_a_later_one_has_its_own_way(
    account: Account,
) -> None:
    full = factories.submitted_report(account)
    summary = factories.report(account, edition=Edition.SUMMARY)
    approver = of(account, Role.APPROVER)
    asked = told(approver.get(publishing(full)))
    assert "Full report: 1 page" in asked
    assert "Two-page summary: 1 page" in asked
    assert "Easy-read sheet:" not in asked
    approver.post(publishing(full))
    summary.refresh_from_db()
    assert summary.published_at is not None
    late = factories.report(account, edition=Edition.EASY_READ)
    page = approver.get(reports_of(account))
    assert f'href="{publishing(late)}"' in page.text
    assert "Easy-read sheet: 1 page" in told(approver.get(publishing(late)))
    approver.post(publishing(late))
    late.refresh_from_db()
    assert late.published_at is not None


def test_a_short_edition_is_not_published_before_the_full_report(account: Account) -> None:
    factories.submitted_report(account)
    summary = factories.report(account, edition=Edition.SUMMARY)
    approver = of(account, Role.APPROVER)
    assert publishing(summary) not in approver.get(reports_of(account)).text
    assert "It is published with the full report, or after it." in told(approver.get(publishing(summary)))
    assert approver.post(publishing(summary)).status_code == 409


# --- Before and after the assurance -----------------------------------------------------------------------------------


def test_a_report_waits_for_its_assurance_and_is_made_again_with_the_statement() -> None:
    held = assuring.assigned()
    mine = Account.objects.get(pk=held.account.pk)
    early = factories.report(mine)
    approver = of(mine, Role.APPROVER)
    assert "Somebody assures it just now." in told(approver.get(reports_of(mine)))
    assuring.concluded(held)
    waiting = told(approver.get(reports_of(mine)))
    assert "This was made before its assurance was concluded" in waiting
    assert "Independent assurer: Assured." in waiting
    assert publishing(early) not in approver.get(reports_of(mine)).text
    approver.post(editions_of(early), {"edition": "full"})
    assert RenderJob.objects.filter(statement__isnull=False, edition=Edition.FULL).count() == 1
    late = factories.report(mine)
    page = approver.get(reports_of(mine))
    assert "What was made before its assurance was concluded" in told(page)
    assert publishing(late) in page.text
    assert "Independent assurer: Assured." in told(approver.get(publishing(late)))


# --- Published --------------------------------------------------------------------------------------------------------


def test_an_approver_is_told_what_is_published_and_then_publishes(account: Account) -> None:
    funder_of(account)
    report = factories.submitted_report(account)
    approver = of(account, Role.APPROVER)
    assert publishing(report) in approver.get(reports_of(account)).text
    asked = told(approver.get(publishing(report)))
    assert "Publish report 1 of “Some account”?" in asked
    assert "Full report: 1 page" in asked
    assert "Self-assessed: nobody independent has judged it." in asked
    assert "Whoever funds it: Sylfaen." in asked
    assert "takes the place" not in asked
    assert not Report.objects.filter(published_at__isnull=False).exists()
    done = approver.post(publishing(report), follow=True)
    assert "Published. The funders of this account can download it now." in told(done)
    assert "Report 1 Published" in told(done)
    assert "The approver published it on" in told(done)


def test_publishing_twice_changes_nothing_and_says_so(account: Account) -> None:
    report = factories.published(account)
    answer = of(account, Role.APPROVER).post(publishing(report))
    assert answer.status_code == 409
    assert "published already. Nothing was changed." in told(answer)


def superseding(account: Account) -> tuple[Report, Report]:
    """Return a published report of an account, and one that is to take its place."""
    first = factories.published(account)
    outcome_services.replace_facts(
        actor=None,
        account=account,
        facts=factories.wide_facts(2),
        now=factories.NOW,
        source="a test",
        reason="A second year",
    )
    return first, factories.submitted_report(account)


def test_what_takes_the_place_of_a_published_report_wants_a_reason_and_keeps_it(account: Account) -> None:
    first, second = superseding(account)
    approver = of(account, Role.APPROVER)
    asked = told(approver.get(publishing(second)))
    assert f"Report {first.snapshot.number}, published on 23 November 2026." in asked
    refused = approver.post(publishing(second), {"because": "  "})
    assert (refused.status_code, refused.text.count("Nothing was saved yet")) == (422, 1)
    assert "Say in a sentence or two why it takes the place of the one before." in told(refused)
    hidden = approver.post(publishing(second), {"because": "The second year\u202e"})
    assert (hidden.status_code, "The second year" in hidden.text) == (422, True)
    approver.post(publishing(second), {"because": "The second year is in it now."})
    second.refresh_from_db()
    assert second.supersedes_because == "The second year is in it now."
    listed = told(approver.get(reports_of(account)))
    assert re.search(r"Report 2 Published .* Report 1 Superseded", listed)


def test_a_reason_that_comes_too_late_is_shown_again(account: Account) -> None:
    _first, second = superseding(account)
    factories.publish(second)
    answer = of(account, Role.APPROVER).post(publishing(second), {"because": "The second year is in it now."})
    assert (answer.status_code, "The second year is in it now." in told(answer)) == (409, True)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER, Role.ADMIN])
def test_only_an_approver_publishes(account: Account, role: Role) -> None:
    report = factories.report(account)
    client = of(account, role)
    assert client.get(publishing(report)).status_code == 403
    assert client.post(publishing(report)).status_code == 403
    report.refresh_from_db()
    assert report.published_at is None


# --- The funder -------------------------------------------------------------------------------------------------------


def test_a_funder_sees_and_downloads_what_was_published_for_their_grant(account: Account) -> None:
    client, _grant = funder_of(account)
    report = factories.published(account)
    page = client.get(reverse("reports:published"))
    assert f'href="{download(report)}"' in page.text
    assert "Some account (PDF)" in told(page)
    answer: Any = client.get(download(report))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a test"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="some-account-1.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_funder_sees_nothing_that_is_not_published(account: Account) -> None:
    client, _grant = funder_of(account)
    report = factories.report(account)
    assert "Nothing is published for you yet" in told(client.get(reverse("reports:published")))
    job = RenderJob.objects.get(snapshot=report.snapshot)
    for address in (download(report), watching(job), reports_of(account), publishing(report)):
        assert client.get(address).status_code == 404
    assert client.get(reverse("outcomes:account", args=[account.id])).status_code == 404


def test_a_funder_of_others_sees_nothing_of_it(account: Account) -> None:
    report = factories.published(account)
    client, _grant = funder_of(factories.account())
    assert "Nothing is published for you yet" in told(client.get(reverse("reports:published")))
    assert client.get(download(report)).status_code == 404


def test_a_funder_is_offered_no_page_that_they_may_not_see(account: Account) -> None:
    client, _grant = funder_of(account)
    factories.published(account)
    page = client.get(reverse("reports:published")).text
    links = set(re.findall(r'href="(/[^"]*)"', page[page.index("<body") :]))
    answers = {link: client.get(link) for link in links}
    assert {link: answer.status_code for link, answer in answers.items() if answer.status_code != 200} == {}
    for answer in answers.values():
        answer.close()

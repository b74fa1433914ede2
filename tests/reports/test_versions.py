"""What changed from one version to the next: on the pages, in what is submitted after a publication, and on paper."""

import datetime as dt
import html
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Account, Person
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import Facts
from reports import differences, document, paper, pdf, queries, services
from reports.models import Level, Report, Snapshot, Submission
from reports.paper import _since
from stakeholders.nouns import Stakeholder
from tests import factories
from tests.architecture.gate import signed_in
from tests.outcomes.acting import facts_of, typed
from tests.reports import assuring, submitting
from tests.reports.frozen import frozen_of
from tests.reports.submitting import LATER, LATER_STILL

MUCH_LATER = LATER_STILL + dt.timedelta(days=1)
MENDED = "Counted again in June"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return factories.account(submitting.ready_facts())


@pytest.fixture
def editor(account: Account) -> Person:
    return factories.member(Role.EDITOR, account.organisation)


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def freeze(account: Account, now: dt.datetime = LATER) -> Snapshot:
    return services.ask_for_report(actor=None, account=fresh(account), language="en-gb", now=now).snapshot


def changed(
    account: Account, editor: Person, *, size: str = "70", now: dt.datetime = LATER, reason: str = MENDED
) -> None:
    """Say that there are more members, and why."""
    row: Any = facts_of(account).stakeholders[0]
    outcome_services.change_row(
        actor=editor,
        account=fresh(account),
        noun=Stakeholder,
        ref=row.ref,
        typed=typed(row, size=size),
        version=1,
        now=now,
        reason=reason,
    )


def two_versions(account: Account, editor: Person) -> None:
    freeze(account)
    changed(account, editor, now=LATER_STILL)
    freeze(account, MUCH_LATER)


def of(account: Account, role: Role = Role.VIEWER) -> Client:
    return signed_in(factories.member(role, account.organisation))


def page(client: Client, name: str, *arguments: object, status: int = 200) -> str:
    """Return the words of a page."""
    answer: Any = client.get(reverse(f"reports:{name}", args=arguments))
    assert answer.status_code == status, answer.status_code
    if status != 200:
        return ""
    body = answer.text[answer.text.index("<main") :]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body)))


# --- The pages -----------------------------------------------------------------------------------------------------


def test_a_page_tells_what_changed_between_two_versions_who_froze_them_and_why(account: Account, editor: Person):
    two_versions(account, editor)
    said = page(of(account), "difference", account.id, 1, 2)

    assert "What changed between report 1 and report 2" in said
    assert "Members S1 How many are there?" in said
    assert "Why: Counted again in June 62 70" in said
    assert "It was frozen as a draft on" in said


def test_the_result_is_told_in_sentences_the_range_before_the_ratio(account: Account):
    facts = submitting.ready_facts()
    freeze(account)
    replace_all(account, replace(facts, inputs=(replace(facts.inputs[0], amount=Decimal(20000)), *facts.inputs[1:])))
    freeze(account, MUCH_LATER)
    said = page(of(account), "difference", account.id, 1, 2)

    cautious, ratio = said.index("at the cautious end: £0.48 before, £0.47 now"), said.index("£1.29 before, £1.26 now")
    assert cautious < ratio
    assert "Worth £18,500.00 £20,000.00" in said


def replace_all(account: Account, facts: Facts) -> None:
    outcome_services.replace_facts(
        actor=None, account=fresh(account), facts=facts, now=LATER_STILL, source="a test", reason="Mended"
    )


def test_two_versions_that_say_the_same_are_told_to(account: Account):
    factories.submitted(account)
    submission = Submission.objects.get()
    services.take_back(
        actor=submission.submitted_by, account=fresh(account), reason="One group was left out", now=LATER
    )
    freeze(account, MUCH_LATER)
    said = page(of(account), "difference", account.id, 1, 2)

    assert "Nothing is different" in said
    assert "took it back on" in said
    assert "“One group was left out”" in said


@pytest.mark.parametrize(("earlier", "later"), [(2, 1), (1, 1), (1, 3), (0, 1), (1, 10**30)])
def test_versions_that_there_are_not_are_not_found(account: Account, editor: Person, earlier: int, later: int):
    two_versions(account, editor)

    page(of(account), "difference", account.id, earlier, later, status=404)


def test_a_version_of_another_account_is_not_found(account: Account, editor: Person):
    two_versions(account, editor)
    other = factories.account(keeper=account.organisation)
    client = of(account)

    page(client, "difference", other.id, 1, 2, status=404)
    page(client, "changed_since", other.id, 1, status=404)


def test_the_versions_are_listed_with_the_way_to_what_changed(account: Account, editor: Person):
    client = of(account)
    assert "Nothing was frozen yet" in page(client, "versions", account.id)
    two_versions(account, editor)
    listed = client.get(reverse("reports:versions", args=[account.id])).text

    assert reverse("reports:difference", args=[account.id, 1, 2]) in listed
    assert reverse("reports:changed_since", args=[account.id, 2]) in listed
    assert (
        reverse("reports:versions", args=[account.id]) in client.get(reverse("reports:reports", args=[account.id])).text
    )


def test_the_list_of_versions_reads_none_of_their_documents(account: Account, editor: Person):
    two_versions(account, editor)
    with CaptureQueriesContext(connection) as seen:
        queries.versions(account)

    assert '"document"' not in seen.captured_queries[0]["sql"]
    assert len(seen) == 1


def test_what_changed_since_a_version_is_told_of_the_account_as_it_stands(account: Account, editor: Person):
    freeze(account)
    client = of(account)
    assert "Nothing is different" in page(client, "changed_since", account.id, 1)
    changed(account, editor, now=LATER_STILL)
    said = page(client, "changed_since", account.id, 1)

    assert "What changed since report 1" in said
    assert "Why: Counted again in June 62 70" in said
    assert "One thing is different." in said


def test_an_account_that_cannot_be_worked_out_is_not_held_against_its_version(account: Account):
    freeze(account)
    replace_all(account, factories.unworkable_facts())

    assert "This cannot be told yet" in page(of(account), "changed_since", account.id, 1)


def test_long_lists_of_differences_come_page_by_page(account: Account):
    freeze(account)
    replace_all(account, factories.wide_facts(80))
    freeze(account, MUCH_LATER)
    client = of(account)
    address = reverse("reports:difference", args=[account.id, 1, 2])
    first, second = client.get(address).text, client.get(address, {"page": 2}).text

    assert 'rel="next"' in first
    assert 'id="of-result"' in first
    assert 'id="of-result"' not in second
    assert first.count('<th scope="row">') <= 200


def test_an_approver_finds_what_changed_since_the_last_submission_before_submitting_again(account: Account):
    approver = factories.member(Role.APPROVER, account.organisation)
    client = signed_in(approver)
    submit_page = reverse("reports:submit", args=[account.id])
    assert "/versions/" not in client.get(submit_page).text
    submitting.submit(account, approver)
    assert "/versions/" not in client.get(submit_page).text
    services.take_back(actor=approver, account=fresh(account), reason="One group was left out", now=LATER)

    assert reverse("reports:changed_since", args=[account.id, 1]) in client.get(submit_page).text
    submitting.submit(account, approver, now=MUCH_LATER)
    assert reverse("reports:difference", args=[account.id, 1, 2]) in client.get(submit_page).text


# --- The assurer ---------------------------------------------------------------------------------------------------


def test_an_assurer_of_a_first_submission_is_told_that_there_is_nothing_to_hold_it_against():
    held = assuring.declared()
    client = signed_in(held.assurer)
    changes = reverse("reports:changes", args=[held.engagement.id])

    assert "It was not submitted before" in page(client, "changes", held.engagement.id)
    assert changes not in client.get(reverse("reports:workbench", args=[held.engagement.id])).text


def test_an_assurer_sees_what_changed_since_the_submission_before_theirs_and_nothing_that_came_later():
    held = again_after_findings()
    client = signed_in(held.assurer)
    said = page(client, "changes", held.engagement.id)

    assert "returned it with findings" in said
    assert "“Count the members again”" in said
    assert "Why: Counted again in June 62 70" in said
    assert (
        reverse("reports:changes", args=[held.engagement.id])
        in client.get(reverse("reports:workbench", args=[held.engagement.id])).text
    )


def test_whoever_is_not_engaged_sees_nothing_of_it_and_who_has_not_declared_declares_first():
    held = again_after_findings(declare=False)
    another = factories.member(Role.ASSURER, held.forum)

    page(signed_in(another), "changes", held.engagement.id, status=404)
    answer: Any = signed_in(held.assurer).get(reverse("reports:changes", args=[held.engagement.id]))
    assert answer.url == reverse("reports:declare", args=[held.engagement.id])


def again_after_findings(*, declare: bool = True) -> assuring.Assurance:
    """Return an account that was returned with findings, mended, and submitted and assigned again."""
    first = assuring.declared()
    account = first.account
    services.return_with_findings(
        actor=first.assurer, engagement=first.engagement, reason="Count the members again", now=LATER_STILL
    )
    editor = factories.member(Role.EDITOR, first.keeper)
    changed(account, editor, now=LATER_STILL + dt.timedelta(hours=1))
    approver = factories.member(Role.APPROVER, first.keeper)
    submitting.submit(account, approver, now=MUCH_LATER)
    engagement = services.assign(
        actor=first.coordinator,
        account=fresh(account),
        assurer=first.assurer,
        level=Level(first.engagement.level),
        now=MUCH_LATER,
    )
    held = replace(first, engagement=engagement)
    return assuring.declared(held) if declare else held


# --- What is submitted after a publication --------------------------------------------------------------------------


def since_of(snapshot: Snapshot) -> Any:
    return document.parsed(snapshot.document).get("since")


def published_then_changed(account: Account, editor: Person) -> tuple[Report, Submission]:
    out = factories.published(account)
    changed(account, editor, now=LATER_STILL)
    return out, factories.submitted(fresh(account), now=MUCH_LATER)


def test_what_is_submitted_after_a_publication_keeps_what_changed_since_in_plain_figures(
    account: Account, editor: Person
):
    out, submission = published_then_changed(account, editor)
    kept = since_of(submission.snapshot)

    assert (kept["number"], kept["sha256"]) == (out.snapshot.number, out.snapshot.sha256)
    assert kept["taken_at"] == document.parsed(out.snapshot.document)["taken_at"]
    assert ("stakeholders", "S1", "size", 62, 70) in {
        (each["noun"], each["ref"], each["field"], each["before"], each["after"]) for each in kept["differences"]
    }


def test_a_first_submission_and_one_after_what_was_never_published_keep_nothing_of_the_kind(
    account: Account, editor: Person
):
    first = factories.submitted(account)
    services.take_back(actor=first.submitted_by, account=fresh(account), reason="One group was left out", now=LATER)
    changed(account, editor, now=LATER_STILL)
    second = factories.submitted(fresh(account), now=MUCH_LATER)

    assert since_of(first.snapshot) is None
    assert since_of(second.snapshot) is None


def test_a_draft_keeps_nothing_of_the_kind(account: Account, editor: Person):
    factories.published(account)
    changed(account, editor, now=LATER_STILL)

    assert since_of(freeze(account, MUCH_LATER)) is None


def test_nothing_is_held_against_a_report_that_was_withdrawn(account: Account, editor: Person):
    out = factories.published(account)
    approver = factories.member(Role.APPROVER, account.organisation)
    services.withdraw(actor=approver, report=out, reason="A name was in it", now=LATER)
    changed(account, editor, now=LATER_STILL)

    assert since_of(factories.submitted(fresh(account), now=MUCH_LATER).snapshot) is None


def test_a_report_of_it_is_drawn_from_the_document_alone_and_names_what_it_takes_the_place_of(
    account: Account, editor: Person
):
    _out, submission = published_then_changed(account, editor)
    frozen = json.loads(submission.snapshot.document)
    with override("en-gb"):
        drawn = pdf.html(frozen)

    assert '<section class="part" id="since">' in drawn
    assert "What changed since report 1" in drawn
    assert "Members S1How many are there?6270" in re.sub(r"<[^>]*>", "", drawn)


# --- On paper -------------------------------------------------------------------------------------------------------


def later_version(facts: Facts) -> dict[str, Any]:
    """Return a document that was submitted after the complete account was published."""
    before = frozen_of(factories.complete_facts())
    content = frozen_of(facts)["content"]
    kept = differences.since(before, document.sha256(document.canonical(before)), content)
    return {**frozen_of(facts), "since": kept}


def test_a_report_without_a_predecessor_has_no_such_part():
    frozen = frozen_of(factories.small_facts())

    assert _since.since(frozen) is None
    assert "since" not in {each["id"] for each in paper.context(frozen)["contents"]}


def test_the_part_has_its_place_in_the_contents_and_an_end_to_its_length():
    frozen = later_version(factories.wide_facts(80))
    told: Any = _since.since(frozen)
    contents = [each["id"] for each in paper.context(frozen)["contents"]]

    assert contents[contents.index("sensitivity") + 1] == "since"
    assert sum(len(group.rows) for group in told["groups"]) == _since.MOST
    assert told["count"] == _since.MOST + told["more"] + told["words"]
    assert told["more"] > 400


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_every_figure_that_the_part_tells_stands_in_the_report(language: str):
    facts = factories.complete_facts()
    other = replace(facts, inputs=(replace(facts.inputs[0], amount=Decimal(20000)), *facts.inputs[1:]))
    frozen = later_version(other)
    with override(language):
        told: Any = _since.since(frozen)
        said = html.unescape(pdf.html(frozen))
    part = said[said.index('<section class="part" id="since">') : said.index('id="principles"')]
    rows = [row for group in told["groups"] for row in group.rows]

    assert rows
    assert not told["more"]
    assert [row for row in rows if f"<td>{row.before}</td><td>{row.after}" not in part] == []


def test_what_was_taken_out_of_an_account_is_not_printed_again():
    facts = factories.complete_facts()
    secret = replace(facts, account=replace(facts.account, limitations="Mrs Hughes of Bethesda said so."))
    kept = differences.since(frozen_of(secret), "ab" * 32, frozen_of(facts)["content"])

    assert "Hughes" not in json.dumps(kept)
    with override("en-gb"):
        assert "Words that the organisation wrote read differently in one place." in pdf.html(
            {**frozen_of(facts), "since": kept}
        )

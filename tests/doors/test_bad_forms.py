"""What a person types wrongly: refused at its field in words, with all that was typed still there, and nothing kept."""

import html
import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.columns import Kind, columns
from accounts.models import Account, AuditRecord
from outcomes import queries
from outcomes.nouns import ROWS
from stakeholders import models as who
from stakeholders.nouns import Stakeholder
from tests import factories
from tests.core.intake.made_up import small
from tests.doors.door import Answer, editor_of, form_of, held, shows_no_trace, told

pytestmark = pytest.mark.django_db

MOST_SECONDS = 20


@pytest.fixture
def account() -> Account:
    """Return an account that must stay as it is."""
    return factories.account(small(), keeper=factories.organisation("Cinio Môn"))


@pytest.fixture
def editor(account: Account) -> Client:
    """Return the browser of somebody who may change it."""
    return editor_of(account.organisation)


def row_at(account: Account, slug: str, ref: str) -> str:
    """Return the address of one row."""
    return reverse("outcomes:entry", args=[account.id, slug, ref])


def refused(answer: Answer, field: str, says: str) -> bool:
    """Return whether an answer refuses one field, in the summary on top and at the field itself."""
    assert answer.status_code == 422
    assert shows_no_trace(answer)
    assert f'href="#id_{field}"' in answer.text
    assert says in told(answer), told(answer)
    assert "Nothing was saved" in told(answer)
    return True


BAD: dict[str, tuple[str, str, str, str, str]] = {
    "a negative quantity": ("outcomes", "O1", "quantity", "-5", "0 or more"),
    "words where a number belongs": ("outcomes", "O1", "quantity", "about ten", "“about ten” is not a number"),
    "not a number": ("outcomes", "O1", "quantity", "NaN", "“NaN” is not a number"),
    "infinity": ("outcomes", "O1", "quantity", "-Infinity", "is not a number"),
    "an error of a spreadsheet": ("outcomes", "O1", "quantity", "#REF!", "“#REF!” is not a number"),
    "a formula": ("outcomes", "O1", "quantity", "=1+1", "“=1+1” is not a number"),
    "an exponent": ("outcomes", "O1", "quantity", "1e400", "is not a number"),
    "figures of another alphabet": ("outcomes", "O1", "quantity", "١٢٣", "is not a number"),
    "underscores": ("outcomes", "O1", "quantity", "1_000", "is not a number"),
    "more digits than there is room for": ("outcomes", "O1", "quantity", "9" * 13, "too large"),
    "a number of a million digits": ("outcomes", "O1", "quantity", "9" * 1_000_000, "is not a number"),
    "more decimals than there is room for": ("outcomes", "O1", "quantity", "0.0000001", "too many decimals"),
    "money in another place": ("outcomes", "O1", "quantity", "£5", "without a currency sign"),
    "a duration of nothing": ("outcomes", "O1", "duration", "0", "from 1 to 100"),
    "half a year": ("outcomes", "O1", "duration", "1.5", "whole number"),
    "130 % of what is due to others": ("adjustments", "A1", "figure", "130%", "outside 0% to 100%"),
    "less than nothing due to others": ("adjustments", "A1", "figure", "-1%", "outside 0% to 100%"),
    "a range beside its figure": ("adjustments", "A1", "high", "10%", "is below the figure itself"),
    "a factor that there is not": ("adjustments", "A1", "factor", "luck", "Choose one of"),
    "a row that is not there": ("outcomes", "O1", "stakeholder", "S99", "There is no row “S99”"),
    "a row of another kind": ("outcomes", "O1", "stakeholder", "O2", "There is no row “O2”"),
    "a circle": ("chain-of-events", "L2", "effect", "O1", "lead to itself"),
    "a year of prices that is none": ("valuations", "W1", "price_period", "2024-29", "not a financial year"),
    "a link that is a program": ("valuations", "W1", "link", "javascript:alert(1)", "https://"),
    "a link of two lines": ("valuations", "W1", "link", "https://example.org/\r\nX: 1", "a line break"),
    "nothing where a name is needed": ("stakeholders", "S1", "name", "  ", "cannot be left blank"),
    "text that cannot be seen": ("stakeholders", "S1", "name", "\u200b\u2060", "invisible"),
    "text that reads backwards": ("stakeholders", "S1", "name", "Members\u202esrebmeM", "reverses the order"),
    "a character of nothing": ("stakeholders", "S1", "name", "a\x00b", "control character"),
    "more words than there is room for": ("outcomes", "O1", "description", "word " * 1_100, "room for 5000"),
    "a name of 5,000 characters": ("outcomes", "O1", "name", "n" * 5_000, "room for 200"),
    "a day that there is not": ("observations", "B1", "observed_on", "31/02/2025", "no such day"),
    "a year of two centuries": ("observations", "B1", "observed_on", "31/03/85", "Which year is “31/03/85”?"),
    "a date in words": ("observations", "B1", "observed_on", "last spring", "not a date"),
    "out of nothing": ("observations", "B1", "denominator", "0", "nothing can be out of none"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_taken_is_refused_at_its_field_and_stays_on_the_page(
    kind: str, account: Account, editor: Client
) -> None:
    slug, ref, field, typed, says = BAD[kind]
    page = row_at(account, slug, ref)
    before, began = held(), time.process_time()
    sent = {**form_of(editor, page), field: typed}
    answer = editor.post(page, sent)
    assert refused(answer, field, says)
    assert held() == before
    assert time.process_time() - began < MOST_SECONDS
    shown = {bound.html_name: bound.value() for bound in answer.context["form"]}
    assert shown == sent


def test_a_new_row_that_cannot_be_taken_stays_on_the_page(account: Account, editor: Client) -> None:
    page = reverse("outcomes:new_entry", args=[account.id, "outcomes"])
    sent = {**form_of(editor, page), "stakeholder": "S1", "name": "Warmer <b>homes</b>", "quantity": "130 %"}
    before = held()
    answer = editor.post(page, sent)
    assert refused(answer, "quantity", "without a percent sign")
    assert held() == before
    assert html.escape("Warmer <b>homes</b>") in answer.text
    assert {bound.html_name: bound.value() for bound in answer.context["form"]} == sent


def test_particulars_that_cannot_be_taken_stay_on_the_page(account: Account, editor: Client) -> None:
    page = reverse("outcomes:details", args=[account.id])
    sent = {**form_of(editor, page), "period_start": "1/4/2025", "period_end": "1/4/2024", "purpose": "Why we ask"}
    before = held()
    answer = editor.post(page, sent)
    assert refused(answer, "period_end", "")
    assert held() == before
    assert {bound.html_name: bound.value() for bound in answer.context["form"]} == sent


@pytest.mark.parametrize("noun", ROWS)
def test_a_row_of_nothing_but_nonsense_is_refused_for_every_noun(noun: Any, account: Account, editor: Client) -> None:
    page = reverse("outcomes:new_entry", args=[account.id, noun.slug])
    nonsense = {each.name: "\u202e%s%(x)s<b>" for each in columns(noun) if each.name != "ref"}
    before = held()
    answer = editor.post(page, nonsense)
    assert answer.status_code == 422
    assert shows_no_trace(answer)
    assert held() == before
    assert answer.text.count("\u202e%s%(x)s&lt;b&gt;") >= sum(each.kind is Kind.LONG_TEXT for each in columns(noun))


def test_a_field_that_no_form_has_changes_nothing_of_the_account(account: Account, editor: Client) -> None:
    other = factories.account(small())
    page = row_at(account, "stakeholders", "S1")
    planted = {"id": str(other.id), "account": str(other.id), "account_id": str(other.id), "ref": "S7", "position": "9"}
    planted |= {"organisation": other.organisation.slug, "state": "published"}
    sent = form_of(editor, page)
    editor.post(page, {**sent, "name": "Members of old", **planted})
    ours, theirs = queries.facts(account), queries.facts(other)
    account.refresh_from_db()
    assert ours.stakeholders[0].name == "Members of old"
    assert [each.ref for each in ours.stakeholders] == ["S1", "S2"]
    assert theirs == small()
    assert account.state == "draft"


def test_a_row_of_another_account_is_no_row_to_point_to(account: Account, editor: Client) -> None:
    other = factories.account(small(stakeholders=(*small().stakeholders, Stakeholder(ref="THEIRS", name="Them"))))
    page = row_at(account, "outcomes", "O1")
    for theirs in ("THEIRS", str(who.Stakeholder.objects.get(account=other, ref="THEIRS").id)):
        answer = editor.post(page, {**form_of(editor, page), "stakeholder": theirs})
        assert refused(answer, "stakeholder", "There is no row")
    assert "THEIRS" not in editor.get(page).text


NONSENSE = "\u202e%s%(x)s<b>"
PAGES_WITH_A_FORM: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "points": ("importance", [], {"by": "points", "given-O1": NONSENSE}),
    "places": ("importance", [], {"by": "ranking", "given-O1": NONSENSE}),
    "a factor": ("factor", ["O1"], {"factor": "drop_off", "drop_off-figure": NONSENSE, "drop_off-version": "1"}),
    "a factor that was not judged": ("factor", ["O1"], {"factor": "deadweight", "deadweight-figure": NONSENSE}),
    "a decision": ("ledger?noun=stakeholders&ref=S1", [], {"reason": NONSENSE, "version": "1"}),
    "a statement": ("co_production?statement=assets", [], {"explanation": NONSENSE}),
    "a goal": ("goals?outcome=O1", [], {"goal_cohesive": "on", "how_cohesive": NONSENSE, "seen": "G1:1"}),
    "a target": ("goals?outcome=O1", [], {"target": NONSENSE, "how": "So"}),
    "what was seen": ("indicator", ["I1"], {"moment": "after", "numerator": NONSENSE}),
    "evidence": ("new_evidence", [], {"name": "Minutes", "note": NONSENSE}),
}
"""Every page with a form of its own kind, and what is typed there that cannot be taken."""


@pytest.mark.parametrize("kind", PAGES_WITH_A_FORM)
def test_nonsense_is_refused_in_place_and_stays_on_the_page(kind: str, account: Account, editor: Client) -> None:
    door, rest, typed = PAGES_WITH_A_FORM[kind]
    name, _mark, asked = door.partition("?")
    before = held()
    answer = editor.post(f"{reverse(f'outcomes:{name}', args=[account.id, *rest])}?{asked}", typed)
    assert answer.status_code == 422
    assert shows_no_trace(answer)
    assert held() == before
    assert NONSENSE not in answer.text
    assert html.escape(NONSENSE) in answer.text


def test_a_step_that_leads_round_in_a_circle_is_refused_and_stays_chosen(account: Account, editor: Client) -> None:
    before = held()
    answer = editor.post(reverse("outcomes:theory_of_change", args=[account.id]), {"cause": "O2", "effect": "O1"})
    assert answer.status_code == 422
    assert held() == before
    assert re.findall(r'<option value="(\w+)" selected', answer.text) == ["O2", "O1"]
    assert "lead in a circle" in told(answer)


def test_an_account_that_cannot_be_started_like_that_is_asked_about_again(editor: Client, account: Account) -> None:
    before = held()
    page = reverse("outcomes:begin", args=[account.organisation.slug])
    answer = editor.post(page, {"name": NONSENSE, "kind": "forecast", "period_start": "last spring"})
    assert answer.status_code == 422
    assert shows_no_trace(answer)
    assert held() == before
    assert html.escape(NONSENSE) in answer.text
    assert "last spring" in answer.text


# --- Two people, two clicks -------------------------------------------------------------------------------------------


def test_a_row_that_somebody_else_changed_is_shown_beside_what_was_typed(account: Account, editor: Client) -> None:
    page = row_at(account, "stakeholders", "S1")
    mine = {**form_of(editor, page), "name": "My members"}
    editor.post(page, {**mine, "name": "Their members"})
    before = held()
    answer = editor.post(page, mine)
    assert answer.status_code == 409
    assert held() == before
    assert "My members" in told(answer)
    assert "Their members" in told(answer)
    again = {bound.html_name: "" if bound.value() is None else str(bound.value()) for bound in answer.context["form"]}
    assert editor.post(page, again).status_code == 302
    assert queries.facts(account).stakeholders[0].name == "My members"


@pytest.mark.parametrize("version", ["", "-1", "0", "2", "9" * 5_000, "one", "1.0", "\u0661"])
def test_a_form_that_does_not_know_its_version_never_overwrites(version: str, account: Account, editor: Client) -> None:
    page = row_at(account, "stakeholders", "S1")
    before = held()
    answer = editor.post(page, {**form_of(editor, page), "name": "Somebody else", "version": version})
    assert answer.status_code == 409
    assert held() == before
    assert "Somebody else" in answer.text


def test_what_was_typed_over_a_row_that_somebody_removed_is_still_on_the_page(account: Account, editor: Client) -> None:
    page = row_at(account, "evidence", "E1")
    mine = {**form_of(editor, page), "name": "Minutes of the meeting"}
    editor.post(reverse("outcomes:remove_entry", args=[account.id, "evidence", "E1"]))
    answer = editor.post(page, mine)
    assert answer.status_code == 409
    assert "Minutes of the meeting" in answer.text


def test_a_form_sent_twice_makes_one_row_and_one_record(account: Account, editor: Client) -> None:
    page = reverse("outcomes:new_entry", args=[account.id, "stakeholders"])
    sent = {**form_of(editor, page), "name": "Volunteers"}
    assert [editor.post(page, sent).status_code for _click in range(2)] == [302, 302]
    assert [each.name for each in queries.facts(account).stakeholders] == ["Members", "Neighbours", "Volunteers"]
    assert AuditRecord.objects.filter(verb="added").count() == 1


def test_a_row_that_others_point_to_is_not_removed(account: Account, editor: Client) -> None:
    for slug, ref in (("stakeholders", "S1"), ("outcomes", "O1"), ("outputs", "P1"), ("subgroups", "SG1")):
        before = held()
        answer = editor.post(reverse("outcomes:remove_entry", args=[account.id, slug, ref]))
        assert answer.status_code == 409
        assert "Nothing was changed" in told(answer)
        assert held() == before


# --- Too much at once -------------------------------------------------------------------------------------------------


def test_two_thousand_fields_are_read_and_what_belongs_is_saved(account: Account, editor: Client) -> None:
    page = row_at(account, "stakeholders", "S1")
    many = {f"row-{number}": "What would have happened anyway" for number in range(2_000)}
    assert editor.post(page, {**many, **form_of(editor, page), "name": "Members of old"}).status_code == 302
    assert queries.facts(account).stakeholders[0].name == "Members of old"


def test_more_fields_than_any_form_has_are_refused_in_words(account: Account, editor: Client) -> None:
    before = held()
    answer = editor.post(row_at(account, "stakeholders", "S1"), {f"row-{number}": "" for number in range(5_000)})
    assert answer.status_code == 400
    assert "Nothing was changed" in told(answer)
    assert shows_no_trace(answer)
    assert held() == before


def test_more_text_than_any_form_has_room_for_is_refused_in_words(account: Account, editor: Client) -> None:
    before = held()
    answer = editor.post(row_at(account, "stakeholders", "S1"), {"description": "w" * 9_000_000})
    assert answer.status_code == 413
    assert "Nothing was changed" in told(answer)
    assert shows_no_trace(answer)
    assert held() == before


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe%00%", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"no boundary at all", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"name=a", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"name=a", "application/x-www-form-urlencoded; charset=no-such-charset"),
    ],
)
def test_a_body_that_is_no_form_changes_nothing(body: bytes, kind: str, account: Account, editor: Client) -> None:
    before = held()
    answer = editor.generic("POST", row_at(account, "stakeholders", "S1"), body, kind)
    assert answer.status_code < 500
    assert shows_no_trace(answer)
    assert held() == before

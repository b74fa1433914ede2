"""Once an account was submitted for the first time, whoever moves a figure of it says why."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, Person
from outcomes import services
from outcomes.facts import read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import Adjustment, Link, Outcome, Valuation
from stakeholders.nouns import Input, Stakeholder
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, everything, facts_of, latest, typed
from tests.outcomes.reading import at

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WHY = services.CHANGE_REASON


@pytest.fixture
def submitted(account: Account) -> Account:
    """Return an account that was submitted before, and is open again."""
    Account.objects.filter(pk=account.pk).update(first_submitted_at=factories.NOW)
    account.refresh_from_db()
    return account


@pytest.fixture
def client(submitted: Account, editor: Person) -> Client:
    """Return the browser of the account's editor."""
    return browser(editor)


def each_figure(account: Account, editor: Person, reason: str) -> dict[str, Any]:
    """Return one call of each way in which a figure of an account moves."""
    facts = facts_of(account)
    by: dict[str, Any] = {"actor": editor, "account": account, "now": LATER, "reason": reason}
    about, row = facts.account, facts.outcomes[0]
    other = replace(facts, inputs=(replace(facts.inputs[0], amount=Decimal(600)),))
    return {
        "a figure is changed": lambda: services.change_row(
            **by, noun=Outcome, ref="O1", version=1, typed=typed(row, quantity="12")
        ),
        "a figure is taken out": lambda: services.change_row(
            **by, noun=Adjustment, ref="A1", version=1, typed=typed(facts.adjustments[0], figure="")
        ),
        "a row with a figure is added": lambda: services.add_row(
            **by, noun=Input, typed={"description": "Rooms", "amount": "0"}
        ),
        "a row with a figure is removed": lambda: services.remove_row(**by, noun=Valuation, ref="W1", version=1),
        "a row with a figure is copied": lambda: services.copy_row(**by, noun=Stakeholder, ref="S1", version=1),
        "the rate is changed": lambda: services.change_details(
            **by, version=account.version, typed=typed(about, discount_rate="4%")
        ),
        "a convention is changed": lambda: services.change_details(
            **by, version=account.version, typed=typed(about, year_one_is_discounted="yes")
        ),
        "a workbook moves a figure": lambda: services.replace_facts(**by, facts=other, source="club.xlsx"),
    }


FIGURES = [
    "a figure is changed",
    "a figure is taken out",
    "a row with a figure is added",
    "a row with a figure is removed",
    "a row with a figure is copied",
    "the rate is changed",
    "a convention is changed",
    "a workbook moves a figure",
]


@pytest.mark.parametrize("way", FIGURES)
def test_no_figure_moves_without_a_reason(submitted: Account, editor: Person, way: str):
    before = everything(submitted)
    with pytest.raises(Unacceptable) as refused:
        each_figure(submitted, editor, "  \n ")[way]()
    assert [each.field for each in refused.value.reasons] == [WHY]
    assert everything(submitted) == before


@pytest.mark.parametrize("way", FIGURES)
def test_a_figure_moves_with_a_reason_which_the_history_keeps(submitted: Account, editor: Person, way: str):
    each_figure(submitted, editor, " Counted again ")[way]()
    assert latest(submitted).reason == "Counted again"


@pytest.mark.parametrize("way", FIGURES)
def test_before_the_first_submission_nobody_is_asked_why(account: Account, editor: Person, way: str):
    before = facts_of(account)
    each_figure(account, editor, "")[way]()
    assert facts_of(account) != before


def test_words_are_mended_and_rows_moved_without_a_reason(submitted: Account, editor: Person):
    by: dict[str, Any] = {"actor": editor, "account": submitted, "now": LATER}
    facts = facts_of(submitted)
    services.change_row(**by, noun=Outcome, ref="O1", version=1, typed=typed(facts.outcomes[0], name="Mended"))
    services.change_details(**by, version=submitted.version, typed=typed(facts.account, purpose="Mended"))
    added = services.add_row(**by, noun=Outcome, typed={"name": "Eats better", "stakeholder": "S1"})
    services.add_row(**by, noun=Link, typed={"cause": "O1", "effect": "O2"})
    services.move_row(**by, noun=Outcome, ref=added.ref, seen=1, to=0)
    assert [each.name for each in facts_of(submitted).outcomes] == ["Eats better", "Mended"]


def test_a_removal_is_undone_without_a_reason(submitted: Account, editor: Person):
    before = facts_of(submitted)
    services.remove_row(actor=editor, account=submitted, noun=Input, ref="N1", version=1, now=LATER, reason="A mistake")
    services.restore_row(actor=editor, account=submitted, record_id=latest(submitted).id, now=LATER)
    assert facts_of(submitted) == before


def test_a_reason_that_hides_something_is_refused_at_its_field(submitted: Account, editor: Person):
    for reason in ("\u202ebackwards", "x" * 1_001, "\u200b"):
        with pytest.raises(Unacceptable) as refused:
            each_figure(submitted, editor, reason)["a figure is changed"]()
        assert [each.field for each in refused.value.reasons] == [WHY]


def test_all_that_is_wrong_is_said_at_once(submitted: Account, editor: Person):
    row = facts_of(submitted).outcomes[0]
    changed = typed(row, quantity="12", quantity_low="13")
    with pytest.raises(Unacceptable) as refused:
        services.change_row(
            actor=editor, account=submitted, noun=Outcome, ref="O1", version=1, typed=changed, now=LATER
        )
    assert [each.field for each in refused.value.reasons] == ["quantity_low", WHY]


# --- On the screen ----------------------------------------------------------------------------------------------------


def test_forms_of_figures_ask_why_from_the_start_and_forms_of_words_do_not(submitted: Account, client: Client):
    asked = "Why are you changing this?"
    for page in (
        at(submitted, "details"),
        at(submitted, "entry", "outcomes", "O1"),
        at(submitted, "new_entry", "inputs"),
    ):
        assert asked in told(client.get(page))
    only = f"{at(submitted, 'entry', 'valuations', 'W1')}?only=value&from=value-map"
    assert asked in told(client.get(only, headers=HTMX))
    assert asked not in told(client.get(at(submitted, "new_entry", "chain-of-events")))
    assert asked not in told(client.get(f"{at(submitted, 'entry', 'outcomes', 'O1')}?only=name"))


def test_a_figure_is_corrected_in_place_with_its_reason(submitted: Account, client: Client):
    address = f"{at(submitted, 'entry', 'valuations', 'W1')}?only=value&from=value-map"
    refused = client.post(address, {"value": "120", "version": "1"}, headers=HTMX)
    assert refused.status_code == 422
    assert 'value="120"' in refused.text
    assert "Say why" in told(refused)
    client.post(address, {"value": "120", "version": "1", WHY: "A newer price"}, headers=HTMX)
    assert facts_of(submitted).valuations[0].value == 120
    assert latest(submitted).reason == "A newer price"


def test_a_reason_that_was_typed_is_still_there_when_something_else_is_wrong(submitted: Account, client: Client):
    answer = client.post(
        f"{at(submitted, 'entry', 'valuations', 'W1')}?only=value",
        {"value": "much", "version": "1", WHY: "Newer price"},
    )
    assert answer.status_code == 422
    assert "Newer price" in answer.text


def test_a_form_that_was_open_at_the_first_submission_asks_why_when_it_is_sent(account: Account, editor: Person):
    client = browser(editor)
    assert "Why are you changing this?" not in told(client.get(at(account, "entry", "inputs", "N1")))
    Account.objects.filter(pk=account.pk).update(first_submitted_at=factories.NOW)
    sent = {**typed(facts_of(account).inputs[0], amount="700"), "version": "1"}
    answer = client.post(at(account, "entry", "inputs", "N1"), sent)
    assert answer.status_code == 422
    assert 'href="#id_change_reason"' in answer.text
    assert 'value="700"' in answer.text


def test_a_stale_form_keeps_the_reason_and_shows_both_versions(submitted: Account, client: Client, editor: Person):
    each_figure(submitted, editor, "Counted again")["a figure is changed"]()
    sent = {"quantity": "13", "version": "1", WHY: "Counted thrice"}
    answer = client.post(f"{at(submitted, 'entry', 'outcomes', 'O1')}?only=quantity", sent)
    assert answer.status_code == 409
    assert "Counted thrice" in answer.text
    assert "12" in told(answer)
    assert read_versions(submitted, Outcome)["O1"][1] == 2


def test_the_page_of_a_removal_asks_why_and_keeps_what_was_typed(submitted: Account, client: Client):
    page = at(submitted, "remove_entry", "inputs", "N1")
    assert "Why is it removed?" in told(client.get(page))
    assert client.post(page, {"version": "1"}).status_code == 422
    client.post(page, {"version": "1", WHY: "Counted twice"})
    assert facts_of(submitted).inputs == ()
    assert latest(submitted).reason == "Counted twice"


def test_removing_an_outcome_or_a_group_asks_why_even_before_the_first_submission(account: Account, editor: Person):
    client = browser(editor)
    for slug, ref in (("outcomes", "O1"), ("stakeholders", "S1")):
        assert "Why is it removed?" in told(client.get(at(account, "remove_entry", slug, ref)))
    assert "Why is it removed?" not in told(client.get(at(account, "remove_entry", "inputs", "N1")))

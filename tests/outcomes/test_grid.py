"""Many rows are typed at once: each is saved by itself, and none is lost because of another."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.columns import Noun, columns
from accounts.models import Account, AuditRecord, Person
from outcomes import services
from outcomes.facts import MODELS, read_versions
from outcomes.nouns import ROWS, Outcome
from outcomes.views.grid import ROWS_A_PAGE
from outcomes.views.wording.grid import columns_of
from stakeholders.nouns import Input
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, change, everything, facts_of, latest
from tests.outcomes.reading import at, editing, links, reading

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(account: Account, editor: Person) -> Client:
    """Return the browser of the account's editor."""
    return browser(editor)


def forms_in(answer: Any) -> list[dict[str, str]]:
    """Return what each row of a grid would send as it stands, with the address under `action`."""
    found = []
    for form in re.findall(r'<form class="grid-row".*?</form>', answer.text, re.DOTALL):
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', form))
        fields |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)', form))
        for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
            fields[name] = chosen[1] if chosen else ""
        action = re.search(r'action="([^"]+)"', form)
        found.append({**fields, "action": action[1].replace("&amp;", "&") if action else ""})
    return found


def save(client: Client, row: dict[str, str], **typed: str) -> Any:
    """Save a row of a grid by itself."""
    sent = {name: value for name, value in row.items() if name not in {"action", "csrfmiddlewaretoken"}} | typed
    return client.post(row["action"], sent, headers=HTMX)


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_every_noun_has_a_grid_in_which_a_row_can_be_saved_as_it_is(noun: type[Noun]):
    account = factories.account(factories.complete_facts())
    client, before = editing(account), everything(account)
    answer = client.get(at(account, "grid", noun.slug))
    assert answer.status_code == 200
    rows = forms_in(answer)
    assert len(rows) == MODELS[noun].objects.filter(account=account).count() + 1
    for row in rows[:-1]:
        assert save(client, row).status_code == 200
    assert everything(account) == before


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_a_new_row_can_be_typed_whole_enough_to_be_saved(noun: type[Noun]):
    required = {each.name for each in columns(noun) if each.required} - {"ref"}
    assert required <= set(columns_of(noun))
    assert noun.shown_by in {*columns_of(noun), "ref"}


def test_ids_are_there_once_however_many_rows_there_are():
    account = factories.account(factories.wide_facts(20))
    answer = editing(account).get(at(account, "grid", "outcomes"))
    ids = re.findall(r'\bid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_row_is_saved_by_itself_and_comes_back_with_its_new_version(account: Account, client: Client):
    row = forms_in(client.get(at(account, "grid", "outcomes")))[0]
    answer = save(client, row, quantity="1,234")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Saved" in told(answer)
    assert facts_of(account).outcomes[0].quantity == 1234
    (again,) = forms_in(answer)
    assert (again["version"], again["quantity"]) == ("2", "1234")
    assert save(client, again, quantity="5").status_code == 200


def test_what_the_grid_does_not_show_stays(client: Client, account: Account):
    before = facts_of(account).valuations[0]
    save(client, forms_in(client.get(at(account, "grid", "valuations")))[0], value="120")
    after = facts_of(account).valuations[0]
    assert (after.value, after.proxy, after.outcome) == (120, before.proxy, before.outcome)


def test_without_javascript_a_saved_row_leads_back_to_its_place(account: Account, client: Client):
    row = forms_in(client.get(at(account, "grid", "inputs")))[0]
    answer = client.post(row["action"], {**row, "amount": "700"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{at(account, 'grid', 'inputs')}#row-N1"


def test_a_row_that_cannot_be_taken_comes_back_alone_with_all_that_was_typed(account: Account, client: Client):
    row = forms_in(client.get(at(account, "grid", "inputs")))[0]
    answer = save(client, row, amount="a lot", description="Rooms and heating")
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert 'value="a lot"' in answer.text
    assert 'value="Rooms and heating"' in answer.text
    assert 'data-guard="unsaved"' in answer.text
    assert 'href="#row-N1_amount"' in answer.text
    assert 'id="row-N1_amount"' in answer.text
    assert facts_of(account).inputs[0].amount == 500


def test_a_row_is_added_once_and_a_blank_one_follows_it(account: Account, client: Client):
    blank = forms_in(client.get(at(account, "grid", "inputs")))[-1]
    for _time in range(2):
        answer = save(client, blank, description="Rooms", amount="25")
        assert answer.status_code == 200
        added, next_blank = forms_in(answer)
        assert (added["description"], added["version"]) == ("Rooms", "1")
        assert not next_blank.get("description")
    assert [each.description for each in facts_of(account).inputs] == ["Grant", "Rooms"]


def test_a_new_row_that_cannot_be_taken_is_still_a_new_row(account: Account, client: Client):
    blank = forms_in(client.get(at(account, "grid", "inputs")))[-1]
    answer = save(client, blank, amount="25")
    assert answer.status_code == 422
    (row,) = forms_in(answer)
    assert save(client, row, description="Rooms").status_code == 200
    assert facts_of(account).inputs[1].amount == 25


# --- What a second person did meanwhile -------------------------------------------------------------------------------


def test_a_row_that_somebody_changed_shows_both_versions_and_may_be_saved_over(account, client, editor):
    row = forms_in(client.get(at(account, "grid", "outcomes")))[0]
    change(account, editor, facts_of(account).outcomes[0], quantity="77")
    answer = save(client, row, quantity="88")
    assert answer.status_code == 409
    words = told(answer)
    assert "88" in words
    assert "77" in words
    assert facts_of(account).outcomes[0].quantity == 77
    (again,) = forms_in(answer)
    assert again["quantity"] == "88"
    assert save(client, again).status_code == 200
    assert facts_of(account).outcomes[0].quantity == 88


def test_a_row_that_somebody_removed_can_be_added_again_as_it_was_typed(account, client, editor):
    row = forms_in(client.get(at(account, "grid", "inputs")))[0]
    services.remove_row(actor=editor, account=account, noun=Input, ref="N1", version=1, now=LATER)
    answer = save(client, row, amount="750")
    assert answer.status_code == 409
    assert "<html" not in answer.text
    (again,) = forms_in(answer)
    assert save(client, again).status_code == 200
    assert [(each.ref, each.amount) for each in facts_of(account).inputs] == [("N2", 750)]


def test_a_row_that_somebody_moved_is_no_conflict(client, account, editor):
    services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    row = forms_in(client.get(at(account, "grid", "inputs")))[0]
    services.move_row(actor=editor, account=account, noun=Input, ref="N1", seen=0, to=1, now=LATER)
    assert save(client, row, amount="750").status_code == 200


def test_a_figure_of_an_account_that_was_submitted_before_wants_its_reason_in_the_row(account, client):
    Account.objects.filter(pk=account.pk).update(first_submitted_at=factories.NOW)
    row = forms_in(client.get(at(account, "grid", "inputs")))[0]
    assert services.CHANGE_REASON in row
    assert save(client, row, amount="750").status_code == 422
    assert save(client, row, amount="750", **{services.CHANGE_REASON: "Paid late"}).status_code == 200
    assert latest(account).reason == "Paid late"


# --- Very many --------------------------------------------------------------------------------------------------------


def test_two_thousand_inputs_are_on_pages_of_forms_that_are_each_small():
    account = factories.account(factories.wide_facts(340))
    client = editing(account)
    count = 0
    for number in range(1, 340 // ROWS_A_PAGE + 2):
        rows = forms_in(client.get(at(account, "grid", "outcomes"), {"page": number}))[:-1]
        assert all(len(row) < 20 for row in rows)
        count += sum(len(columns_of(Outcome)) for _row in rows)
        last = rows[-1]
    assert count > 2_000
    assert save(client, last, name="The very last").status_code == 200
    assert facts_of(account).outcomes[-1].name == "The very last"
    assert f"page={number}" in last["action"]
    assert read_versions(account, Outcome)[facts_of(account).outcomes[-1].ref][1] == 2


def test_the_grid_is_for_those_who_may_write(account: Account):
    assert reading(account).get(at(account, "grid", "inputs")).status_code == 403


# --- The list: order, copy, remove, undo ------------------------------------------------------------------------------


def test_a_row_is_moved_from_its_list_and_the_list_says_where_it_is_now(
    account: Account, client: Client, editor: Person
):
    services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    answer = client.post(at(account, "move_entry", "inputs", "N2"), {"seen": "1", "to": "0"}, headers=HTMX)
    assert answer.status_code == 200
    assert "N2 is now at place 1 of 2." in told(answer)
    assert answer.text.index('id="row-N2"') < answer.text.index('id="row-N1"')
    assert 'id="up-N2" aria-disabled="true"' in answer.text
    plain = client.post(at(account, "move_entry", "inputs", "N2"), {"seen": "0", "to": "1"})
    assert plain.headers["Location"] == f"{at(account, 'entries', 'inputs')}#row-N2"


@pytest.mark.parametrize("sent", [{}, {"seen": "x", "to": "0"}, {"seen": "9" * 30, "to": "-1"}])
def test_a_move_from_nowhere_is_refused_with_the_list_as_it_is(account: Account, client: Client, editor: Person, sent):
    services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    answer = client.post(at(account, "move_entry", "inputs", "N2"), sent, headers=HTMX)
    assert answer.status_code == 409
    assert "Somebody changed the order" in told(answer)


def test_a_move_of_what_somebody_removed_shows_the_list_without_it(account: Account, client: Client, editor: Person):
    services.remove_row(actor=editor, account=account, noun=Input, ref="N1", version=1, now=LATER)
    answer = client.post(at(account, "move_entry", "inputs", "N1"), {"seen": "0", "to": "1"}, headers=HTMX)
    assert answer.status_code == 409
    assert "removed in the meantime" in told(answer)


def test_a_removal_offers_its_undo_and_the_undo_works_once(account: Account, client: Client):
    answer = client.post(at(account, "remove_entry", "inputs", "N1"), {"version": "1"}, follow=True)
    assert "Removed: N1 Grant. Undo" in told(answer)
    undo = at(account, "undo", AuditRecord.objects.get(account=account, verb="removed").id)
    assert undo in answer.text
    assert "Put back: N1 Grant." in told(client.post(undo, follow=True))
    assert facts_of(account).inputs[0].ref == "N1"
    again = client.post(undo)
    assert again.status_code == 409
    assert "was put back already" in told(again)


def test_an_undo_of_another_account_is_not_found(account: Account, client: Client, editor: Person):
    other = factories.account()
    services.remove_row(actor=editor, account=other, noun=Input, ref="N1", version=1, now=LATER)
    record = latest(other).id
    assert client.post(at(account, "undo", record)).status_code == 404
    assert "Removed:" not in told(client.get(at(account, "entries", "inputs"), {"removed": record}))


def test_a_removal_of_what_somebody_changed_meanwhile_is_asked_again(account: Account, client: Client, editor: Person):
    change(account, editor, facts_of(account).inputs[0], amount="700")
    answer = client.post(at(account, "remove_entry", "inputs", "N1"), {"version": "1"})
    assert answer.status_code == 409
    assert "Somebody changed this row while you were looking at it" in told(answer)
    assert 'name="version" value="2"' in answer.text
    assert facts_of(account).inputs[0].amount == 700


def test_an_outcome_is_copied_with_what_was_chosen_and_the_copy_opens(account: Account, client: Client):
    page = client.get(at(account, "copy_entry", "outcomes", "O1"))
    assert "Valuations" in told(page)
    sent = {"version": "1", "along": ["adjustments", "stakeholders", "nonsense"]}
    answer = client.post(at(account, "copy_entry", "outcomes", "O1"), sent)
    assert answer.headers["Location"] == at(account, "entry", "outcomes", "O2")
    facts = facts_of(account)
    assert (len(facts.adjustments), len(facts.valuations), len(facts.stakeholders)) == (2, 1, 1)


def test_a_copy_of_what_somebody_changed_meanwhile_is_asked_again(account: Account, client: Client, editor: Person):
    change(account, editor, facts_of(account).inputs[0], amount="700")
    answer = client.post(at(account, "copy_entry", "inputs", "N1"), {"version": "1"})
    assert answer.status_code == 409
    assert len(facts_of(account).inputs) == 1


def test_what_there_can_be_only_one_of_is_copied_in_a_form(account: Account, client: Client):
    listed = client.get(at(account, "entries", "valuations"))
    (address,) = [link for link in links(listed) if "copy=W1" in link]
    form = client.get(address)
    assert 'value="A visit"' in form.text
    assert 'name="ref" value="W2"' in form.text
    assert not re.search(r'<option value="O1" selected', form.text)

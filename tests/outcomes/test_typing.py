"""What a person types: taken as they mean it, given back if it cannot be taken, never lost, never saved twice."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.columns import columns
from accounts.models import Account, Person
from accounts.nouns import AccountDetails
from accounts.roles import Role
from outcomes import forms, queries, services
from outcomes.nouns import ROWS, Facts, Outcome, rows
from outcomes.views.wording.entries import GROUPS, TELLING
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, facts_of, typed
from tests.outcomes.reading import at, editing, links, main_of, reading

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
NOUNS = [AccountDetails, *ROWS]


@pytest.fixture
def client(account: Account, editor: Person) -> Client:
    """Return the browser of the account's editor."""
    return browser(editor)


def version_in(answer: Any) -> str:
    """Return the version of the row that a form was opened on."""
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found is not None
    return found[1]


def form_of(noun: Any, facts: Facts) -> forms.RowForm:
    """Return the form of the first row of a noun."""
    row = facts.account if noun is AccountDetails else rows(facts, noun)[0]
    return forms.RowForm(noun, facts, row=row)


# --- The forms --------------------------------------------------------------------------------------------------------


BY_ITSELF = {"ref", "file_name", "file_sha256"}
"""What nobody types: a row gets its ref, and a file brings its name and its hash."""


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.slug)
def test_a_form_shows_every_field_of_its_row_once(noun: Any) -> None:
    form = form_of(noun, factories.complete_facts())
    in_sight = [field.name for part in form.parts for fields in part.rows for field in fields]
    hidden = {field.name for field in form.hidden_fields()}
    assert len(in_sight) == len(set(in_sight))
    assert {*in_sight, *hidden} == {each.name for each in columns(noun)} - BY_ITSELF | {"version"}


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.slug)
def test_a_row_that_is_saved_as_it_is_shown_stays_as_it_is(noun: Any) -> None:
    form = form_of(noun, factories.complete_facts())
    sent = {name: str(form[name].value() or "") for name in form.fields}
    assert form.row is not None
    again = forms.RowForm(noun, factories.complete_facts(), row=form.row, typed=sent)
    assert again.says(form.row)
    assert again.differences(form.row) == []


def open_parts(form: forms.RowForm) -> list[str]:
    return [part.title for part in form.parts if part.is_open]


def test_of_a_new_outcome_only_the_first_part_is_open() -> None:
    form = forms.RowForm(Outcome, factories.small_facts(), about={"stakeholder": "S1"})
    assert form.is_long
    assert open_parts(form) == ["The change"]
    assert [(part.answered, part.count) for part in form.parts][:2] == [(1, 8), (0, 5)]


def test_a_part_is_open_that_says_something_saved_or_typed() -> None:
    row = replace(factories.small_facts().outcomes[0], counterfactual="", duration=None, decision=None)
    assert open_parts(forms.RowForm(Outcome, factories.small_facts(), row=row))[:2] == ["The change", "How much"]
    typed = {"counterfactual": "He had no trouble before."}
    form = forms.RowForm(Outcome, factories.small_facts(), typed=typed)
    assert open_parts(form) == ["The change", "Would it have happened anyway?"]


def test_a_part_with_something_wrong_is_open(account: Account, client: Client) -> None:
    sent = {"name": "Rests", "stakeholder": "S1", "duration": "", "quantity_low": "5", "quantity_high": "4"}
    answer = client.post(at(account, "new_entry", "outcomes"), sent)
    assert answer.status_code == 422
    form = answer.context["form"]
    wrong = {name for name in form.errors if name in form.fields}
    assert wrong
    shut = [part for part in form.parts if not part.is_open]
    assert not wrong & {each.name for part in shut for fields in part.rows for each in fields}
    assert shut


def test_a_short_form_does_not_fold(account: Account, client: Client) -> None:
    assert "form-folded" not in client.get(at(account, "new_entry", "stakeholders")).text
    assert client.get(at(account, "new_entry", "outcomes")).text.count('<details class="form-part form-folded"') == 5


def test_every_part_of_a_form_names_fields_that_there_are() -> None:
    for noun, parts in forms.PARTS.items():
        named = [name for part in parts for row in part.fields for name in ([row] if isinstance(row, str) else row)]
        assert set(named) == {each.name for each in columns(noun)} - {"ref"}
        assert len(named) == len(set(named))


def test_every_noun_has_its_place_in_the_contents_and_tells_of_itself_in_a_list() -> None:
    assert sorted(noun.slug for _title, nouns in GROUPS for noun in nouns) == sorted(noun.slug for noun in ROWS)
    assert set(TELLING) == set(ROWS)


def test_units_stand_inside_the_field() -> None:
    facts = factories.complete_facts()
    units = {
        (noun.slug, name): (field.prefix, field.suffix)
        for noun in NOUNS
        for name, field in form_of(noun, facts).fields.items()
        if hasattr(field, "prefix")
    }
    assert units["outcomes", "quantity"] == ("", "people")
    assert units["outcomes", "duration"] == ("", "years")
    assert units["valuations", "value"] == ("£", "")
    assert units["adjustments", "figure"] == ("", "%")
    assert units["observations", "numerator"] == ("", "people")
    assert units["observations", "denominator"] == ("", "")


def test_the_published_tables_are_offered_by_name_and_one_that_is_not_there_stays() -> None:
    facts = factories.complete_facts()
    offered = form_of(AccountDetails, facts)["price_series"]
    assert "gdp-deflator-2025-12" in str(offered)
    of_old = replace(facts.account, price_series="a-table-of-old")
    unknown = forms.RowForm(AccountDetails, facts, row=of_old)
    assert 'value="a-table-of-old" selected' in str(unknown["price_series"])


# --- Taken as it is meant ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [("12", Decimal("0.12")), ("12%", Decimal("0.12")), (" 0.5 ", Decimal("0.005")), ("", None), ("100", Decimal(1))],
)
def test_a_share_is_typed_in_percent_as_its_field_says(
    said: str, meant: Decimal | None, account: Account, client: Client
) -> None:
    address = f"{at(account, 'entry', 'adjustments', 'A1')}?only=figure"
    client.post(address, {"figure": said, "version": "1"})
    assert facts_of(account).adjustments[0].figure == meant


def test_what_people_write_is_understood(account: Account, client: Client) -> None:
    address = f"{at(account, 'entry', 'valuations', 'W1')}?only=value"
    client.post(address, {"value": "£1,250.50", "version": "1"})
    assert facts_of(account).valuations[0].value == Decimal("1250.5")


def test_a_new_row_gets_the_next_ref_and_is_there_once_however_often_it_is_sent(
    account: Account, client: Client
) -> None:
    page = client.get(at(account, "new_entry", "stakeholders"))
    assert 'name="ref" value="S2"' in page.text
    sent = {"ref": "S2", "name": "Volunteers", "size": "1,0" + "00"}
    for _time in range(2):
        answer = client.post(at(account, "new_entry", "stakeholders"), sent)
        assert answer.headers["Location"] == at(account, "entries", "stakeholders")
    assert [(row.ref, row.name, row.size) for row in facts_of(account).stakeholders][1:] == [("S2", "Volunteers", 1000)]


def test_the_ref_of_a_row_that_was_removed_is_not_given_again(account: Account, client: Client) -> None:
    client.post(at(account, "new_entry", "stakeholders"), {"ref": "S2", "name": "Volunteers"})
    client.post(at(account, "remove_entry", "stakeholders", "S2"))
    assert 'name="ref" value="S3"' in client.get(at(account, "new_entry", "stakeholders")).text


def test_two_people_who_add_at_once_both_get_their_row(account: Account, client: Client) -> None:
    for name in ("Volunteers", "Families"):
        client.post(at(account, "new_entry", "stakeholders"), {"ref": "S2", "name": name})
    assert [(row.ref, row.name) for row in facts_of(account).stakeholders][1:] == [
        ("S2", "Volunteers"),
        ("S3", "Families"),
    ]


def test_a_form_for_a_new_row_is_filled_in_from_the_link_that_led_to_it(account: Account, client: Client) -> None:
    page = client.get(at(account, "new_entry", "adjustments"), {"outcome": "O1", "factor": "drop_off"})
    assert '<option value="O1" selected>' in page.text
    assert '<option value="drop_off" selected>' in page.text


def test_a_reason_is_asked_for_in_the_words_of_its_check(account: Account, client: Client) -> None:
    answer = client.get(at(account, "principles"))
    way = next(link for link in links(answer) if "explanations/new" in link)
    page = client.get(way)
    question = re.search(r'<p class="lead">([^<]+\?)</p>', page.text)
    assert question is not None
    assert re.search(r'<input type="hidden" name="check_name" value="[a-z-]+"', page.text)


# --- Given back -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_taken_is_on_the_page_again_with_the_reason_at_its_field(
    account: Account, client: Client
) -> None:
    address = at(account, "entry", "outcomes", "O1")
    sent = {"name": "Less lonely", "stakeholder": "S1", "quantity": "about ten", "description": "Her <words>"}
    answer = client.post(address, {**sent, "version": "1"})
    assert answer.status_code == 422
    assert 'value="about ten"' in answer.text
    assert "Her &lt;words&gt;" in answer.text
    assert 'href="#id_quantity"' in answer.text
    assert "How many, or how much – “about ten” is not a number that we can read." in told(answer)
    assert "row 1" not in told(answer)
    assert 'data-guard="unsaved"' in answer.text
    assert facts_of(account).outcomes == factories.small_facts().outcomes


def test_a_rule_that_is_broken_in_another_row_is_said_on_top_with_that_row(account: Account, client: Client) -> None:
    services.add_row(
        actor=account.audit_records.get().person,
        account=account,
        noun=Outcome,
        typed={"stakeholder": "S1", "name": "Worse off", "direction": "negative"},
        now=LATER,
    )
    sent = {"ref": "W2", "outcome": "O2", "proxy": "A visit", "value": "50"}
    answer = client.post(at(account, "new_entry", "valuations"), sent)
    assert answer.status_code == 422
    assert main_of(answer).count('class="errorlist') == 1


def test_a_field_that_the_form_does_not_show_has_its_reason_on_top(account: Account, client: Client) -> None:
    address = f"{at(account, 'entry', 'outcomes', 'O1')}?only=quantity_low"
    answer = client.post(address, {"quantity_low": "11", "version": "1"})
    assert answer.status_code == 422
    assert "11" in main_of(answer)
    assert 'role="alert"' in main_of(answer)


def test_a_hundred_and_thirty_percent_is_refused_with_the_bounds(account: Account, client: Client) -> None:
    address = f"{at(account, 'entry', 'adjustments', 'A1')}?only=figure"
    answer = client.post(address, {"figure": "130", "version": "1"})
    assert "130% is outside 0% to 100%" in told(answer)


# --- Never lost: somebody else was quicker ----------------------------------------------------------------------------


def test_a_stale_form_shows_both_versions_and_may_be_saved_over_the_newer(account: Account, client: Client) -> None:
    address = at(account, "entry", "outcomes", "O1")
    opened = version_in(client.get(address))
    row = facts_of(account).outcomes[0]
    person = account.audit_records.get().person
    services.change_row(
        actor=person,
        account=account,
        noun=Outcome,
        ref="O1",
        typed=typed(row, quantity="11", decision="excluded"),
        version=int(opened),
        now=LATER,
    )
    mine = {**typed(row, quantity="12", description="My own words"), "version": opened}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    words = told(answer)
    assert "Nothing of yours is lost" in words
    assert "How many, or how much 12 11" in words
    assert "Included or left out Included Left out" in words
    assert facts_of(account).outcomes[0].quantity == 11
    again = client.post(address, {**mine, "version": version_in(answer)})
    assert again.status_code == 302
    assert facts_of(account).outcomes[0].quantity == 12


def test_a_stale_form_of_the_account_itself_shows_both_versions(account: Account, client: Client) -> None:
    address = f"{at(account, 'details')}?only=name"
    opened = version_in(client.get(address))
    client.post(address, {"name": "Their title", "version": opened})
    answer = client.post(address, {"name": "My title", "version": opened})
    assert answer.status_code == 409
    assert "Title My title Their title" in told(answer)


def test_what_was_typed_over_a_row_that_is_gone_can_be_added_as_a_new_one(account: Account, client: Client) -> None:
    address = at(account, "entry", "inputs", "N1")
    sent = {**typed(facts_of(account).inputs[0], description="A bigger grant"), "version": "1"}
    client.post(at(account, "remove_entry", "inputs", "N1"))
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "What you typed is still on the page." in told(answer)
    assert f'action="{at(account, "new_entry", "inputs")}"' in answer.text
    client.post(at(account, "new_entry", "inputs"), {**sent, "ref": ""})
    assert [row.description for row in facts_of(account).inputs] == ["A bigger grant"]


def test_a_row_that_others_need_is_not_removed_unasked_and_says_who_needs_it(account: Account, client: Client) -> None:
    answer = client.post(at(account, "remove_entry", "outcomes", "O1"))
    assert answer.status_code == 409
    assert "Something else belongs to this row by now." in told(answer)
    assert at(account, "entry", "valuations", "W1") in links(answer)
    assert facts_of(account).outcomes


def test_a_date_with_a_short_year_is_saved_as_it_is_meant(account: Account, client: Client) -> None:
    sent = {"stakeholder": "S1", "method": "interviews", "held_on": "14/11/24", "ref": "V9"}
    client.post(at(account, "new_entry", "involvement"), sent)
    assert [each.held_on for each in facts_of(account).involvement if each.ref == "V9"] == [dt.date(2024, 11, 14)]


# --- In place ---------------------------------------------------------------------------------------------------------


def test_a_correction_on_the_value_map_comes_back_to_its_line(account: Account, client: Client) -> None:
    address = f"{at(account, 'entry', 'valuations', 'W1')}?only=value&from=value-map"
    answer = client.post(address, {"value": "200", "version": "1"})
    assert answer.headers["Location"] == f"{at(account, 'value_map')}?correct=1#line-O1"
    words = told(client.get(at(account, "value_map")))
    assert "Saved: A visit. For each £1 put in: £1.80 before, £3.60 now." in words


def test_htmx_is_given_the_form_for_the_line_and_then_the_value_map_anew(account: Account, client: Client) -> None:
    address = f"{at(account, 'entry', 'valuations', 'W1')}?only=value&from=value-map"
    form = client.get(address, headers=HTMX)
    assert form.text.strip().startswith('<tr class="correction">')
    assert "autofocus" in form.text
    wrong = client.post(address, {"value": "two hundred", "version": "1"}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="two hundred"' in wrong.text
    saved = client.post(address, {"value": "200", "version": "1"}, headers=HTMX)
    assert (saved.headers["HX-Retarget"], saved.headers["HX-Reswap"]) == ("#value-map-part", "outerHTML")
    assert saved.text.count("autofocus") == 1
    assert "For each £1 put in: £1.80 before, £3.60 now." in told(saved)
    assert 'id="messages" hx-swap-oob="innerHTML"' in saved.text


def test_a_correction_of_a_figure_comes_back_to_the_figure_or_to_the_value_map_if_it_is_gone(
    account: Account, client: Client
) -> None:
    address = f"{at(account, 'entry', 'outcomes', 'O1')}?only=quantity&from=O1.quantity"
    answer = client.post(address, {"quantity": "20", "version": "1"})
    assert answer.headers["Location"] == at(account, "figure", "O1.quantity")
    answer = client.post(address, {"quantity": "", "version": "2"})
    assert answer.headers["Location"] == f"{at(account, 'value_map')}?correct=1#line-O1"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "../../../sign-out/", "a/b", "%0d%0a"]
)
def test_a_correction_comes_back_to_this_account_whatever_the_address_says(
    elsewhere: str, account: Account, client: Client
) -> None:
    address = f"{at(account, 'entry', 'outcomes', 'O1')}?only=quantity"
    page = client.get(address, {"only": "quantity", "from": elsewhere})
    assert page.status_code == 200
    assert "evil.example" not in page.text.replace("%2F", "/") or f"/accounts/{account.id}/figures/" in page.text
    answer = client.post(f"{address}&from={elsewhere}", {"quantity": "20", "version": "1"})
    assert answer.headers["Location"].startswith(f"/accounts/{account.id}/")


def test_a_correction_that_leaves_the_account_unworkable_says_so(account: Account, client: Client) -> None:
    client.post(
        f"{at(account, 'details')}?only=price_base&only=price_series",
        {"price_base": "2024-25", "price_series": "gdp-deflator-2025-12", "version": "1"},
    )
    address = f"{at(account, 'entry', 'valuations', 'W1')}?only=price_period&from=value-map"
    answer = client.post(address, {"price_period": "1901-02", "version": "1"}, headers=HTMX)
    words = told(answer)
    assert answer.status_code in {200, 422}
    assert "1901-02" in words


# --- Lists, and who may not write -------------------------------------------------------------------------------------


def test_a_list_shows_each_row_with_what_tells_most_of_it() -> None:
    account = factories.account(factories.complete_facts())
    words = told(reading(account).get(at(account, "entries", "outcomes")))
    assert "O1 Less lonely S1 Members For the better 20 people 2 Included" in words


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_every_list_and_every_row_can_be_read_and_opened(noun: Any) -> None:
    account = factories.account(factories.complete_facts())
    row: Any = rows(factories.complete_facts(), noun)[0]
    for client in (reading(account), editing(account)):
        assert row.ref in told(client.get(at(account, "entries", noun.slug)))
        assert client.get(at(account, "entry", noun.slug, row.ref)).status_code == 200


def test_an_empty_list_says_what_belongs_there_and_how_it_is_added(account: Account, client: Client) -> None:
    page = client.get(at(account, "entries", "indicators"))
    assert "Nothing here yet" in told(page)
    assert "How you can tell that a change happened." in told(page)
    assert links(page).count(at(account, "new_entry", "indicators")) == 2


def test_the_page_of_a_row_leads_to_what_belongs_to_it(account: Account, client: Client) -> None:
    page = client.get(at(account, "entry", "outcomes", "O1"))
    assert {at(account, "entry", "valuations", "W1"), at(account, "entry", "adjustments", "A1")} <= set(links(page))
    assert f"{at(account, 'new_entry', 'indicators')}?outcome=O1" in links(page)


def test_who_may_only_read_sees_all_that_a_row_says_and_cannot_write(account: Account) -> None:
    client = reading(account)
    page = client.get(at(account, "entry", "outcomes", "O1"))
    assert "What changes Less lonely" in told(page)
    assert "<form" not in main_of(page)
    before = facts_of(account)
    for address in (
        at(account, "entry", "outcomes", "O1"),
        at(account, "details"),
        at(account, "new_entry", "outcomes"),
        at(account, "remove_entry", "outcomes", "O1"),
        at(account, "workbook"),
    ):
        assert client.post(address, {"name": "Mine", "version": "1"}).status_code == 403
    assert facts_of(account) == before


def test_rows_of_others_and_rows_that_never_were_are_not_found_alike(account: Account, client: Client) -> None:
    theirs = factories.account()
    for address in (
        at(theirs, "entry", "outcomes", "O1"),
        at(account, "entry", "outcomes", "O99"),
        at(account, "entries", "wishes"),
        at(account, "new_entry", "wishes"),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine"}).status_code in {404, 405}


def test_a_change_is_in_the_history_with_its_person(account: Account, client: Client, editor: Person) -> None:
    client.post(f"{at(account, 'entry', 'inputs', 'N1')}?only=amount", {"amount": "600", "version": "1"})
    assert f"{editor} changed input N1. Worth: from 500 to 600" in told(client.get(at(account, "history")))


def test_an_approver_reads_and_does_not_write(account: Account) -> None:
    client = browser(factories.member(Role.APPROVER, account.organisation))
    address = reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])
    assert client.post(address, {"name": "Mine", "version": "1"}).status_code == 403
    assert queries.standing(account).workings is not None

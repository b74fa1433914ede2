"""What each verb that changes an account writes and records, and over what it refuses to write."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.columns import Noun, columns
from accounts.errors import Gone, Stale, StillNeeded
from accounts.models import Account, AccountState, Person
from accounts.nouns import AccountDetails
from accounts.roles import Role
from outcomes import services
from outcomes.coherence import incoherences
from outcomes.facts import MODELS, read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import (
    ROWS,
    Adjustment,
    Evidence,
    Factor,
    Facts,
    Indicator,
    Link,
    Outcome,
    Valuation,
    every_row,
    rows,
)
from stakeholders.nouns import Input, Output, Stakeholder, Subgroup
from tests import factories
from tests.core.intake import made_up
from tests.outcomes.acting import LATER, change, everything, facts_of, latest, typed

pytestmark = pytest.mark.django_db


def test_a_row_is_added_as_typed_and_recorded(account: Account, editor: Person):
    added = services.add_row(
        actor=editor,
        account=account,
        noun=Input,
        typed={"description": "Rooms", "amount": "£1,250.50", "stakeholder": "S1", "nonsense": "x"},
        now=LATER,
        reason="Forgotten",
    )
    assert added == Input(ref="N2", description="Rooms", amount=Decimal("1250.50"), stakeholder="S1")
    assert facts_of(account).inputs == (*factories.small_facts().inputs, added)
    record = latest(account)
    assert (record.verb, record.noun, record.ref, record.reason) == ("added", "inputs", "N2", "Forgotten")
    assert (record.person, record.organisation, record.at) == (editor, account.organisation, LATER)
    assert record.before == {}
    assert (record.after["amount"], record.after["description"]) == ("1250.5", "Rooms")


def test_a_row_may_bring_its_own_ref(account: Account, editor: Person):
    given = {"ref": "MINE", "description": "Rooms"}
    assert services.add_row(actor=editor, account=account, noun=Input, typed=given, now=LATER).ref == "MINE"
    with pytest.raises(Unacceptable) as refused:
        services.add_row(actor=editor, account=account, noun=Input, typed=given | {"ref": "mine"}, now=LATER)
    assert {reason.field for reason in refused.value.reasons} == {"ref"}


def test_the_ref_of_a_row_that_was_removed_is_not_given_to_another(account: Account, editor: Person):
    def add() -> str:
        return services.add_row(
            actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER
        ).ref

    assert [add(), add()] == ["N2", "N3"]
    services.remove_row(actor=editor, account=account, noun=Input, ref="N3", version=1, now=LATER)
    assert add() == "N4"


@pytest.mark.parametrize(
    ("held", "expected"),
    [("N7", "N8"), ("n7", "N8"), ("N" + "9" * 39, "N1"), ("GRANT", "N1"), ("N007", "N8")],
)
def test_the_next_ref_is_free_whatever_the_others_are_called(held: str, expected: str, editor: Person):
    small = factories.small_facts()
    account = factories.account(replace(small, inputs=(replace(small.inputs[0], ref=held),)))
    given = {"description": "Rooms"}
    assert services.add_row(actor=editor, account=account, noun=Input, typed=given, now=LATER).ref == expected


def test_the_next_ref_is_none_that_a_row_of_another_noun_has(editor: Person):
    """A cause may be an output or an outcome: were both called P1, it would be neither."""
    small = factories.small_facts()
    second = replace(small.outcomes[0], ref="P1", name="Eats better")
    link = Link(ref="L1", cause="P1", effect="O1")
    account = factories.account(replace(small, outcomes=(*small.outcomes, second), chain_of_events=(link,)))
    added = services.add_row(actor=editor, account=account, noun=Output, typed={"description": "Meals"}, now=LATER)
    assert added.ref == "P2"


def test_a_row_is_changed_as_typed_and_only_what_moved_is_recorded(account: Account, editor: Person):
    changed = change(account, editor, facts_of(account).outcomes[0], quantity="12")
    assert facts_of(account).outcomes == (replace(factories.small_facts().outcomes[0], quantity=Decimal(12)),)
    assert changed == facts_of(account).outcomes[0]
    assert read_versions(account, Outcome)["O1"][1] == 2
    record = latest(account)
    assert (record.verb, record.noun, record.ref, record.reason) == ("changed", "outcomes", "O1", "Counted again")
    assert (record.before, record.after) == ({"quantity": "10"}, {"quantity": "12"})


def test_a_ref_stays_whatever_is_typed(account: Account, editor: Person):
    assert change(account, editor, facts_of(account).outcomes[0], ref="O99", name="Changed").ref == "O1"


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_any_row_of_any_noun_can_be_typed_again_and_stays_the_same(noun: type[Noun], editor: Person):
    account = factories.account(factories.complete_facts())
    before = everything(account)
    for row in rows(factories.complete_facts(), noun):
        assert change(account, editor, row) == row
    assert everything(account) == before


def test_the_second_click_of_a_double_click_is_no_conflict(account: Account, editor: Person):
    row = facts_of(account).outcomes[0]
    first = change(account, editor, row, version=1, quantity="12")
    after_first = everything(account)
    assert change(account, editor, row, version=1, quantity="12") == first
    assert everything(account) == after_first


def test_a_change_over_a_version_that_is_no_more_is_refused_and_nothing_is_written(account: Account, editor: Person):
    row = facts_of(account).outcomes[0]
    change(account, editor, row, quantity="12")
    before = everything(account)
    with pytest.raises(Stale):
        change(account, editor, row, version=1, quantity="13")
    with pytest.raises(Stale):
        services.remove_row(actor=editor, account=account, noun=Valuation, ref="W1", version=7, now=LATER)
    assert everything(account) == before


def test_a_change_of_a_row_that_is_gone_is_refused_and_nothing_is_written(account: Account, editor: Person):
    row = facts_of(account).inputs[0]
    services.remove_row(actor=editor, account=account, noun=Input, ref=row.ref, version=1, now=LATER)
    before = everything(account)
    with pytest.raises(Gone):
        change(account, editor, row, amount="7")
    with pytest.raises(Gone):
        services.remove_row(actor=editor, account=account, noun=Input, ref=row.ref, version=1, now=LATER)
    assert everything(account) == before


def test_the_particulars_are_changed_as_typed_and_recorded(account: Account, editor: Person):
    given = typed(facts_of(account).account, currency="EUR", discount_rate="4%")
    changed = services.change_details(
        actor=editor, account=account, typed=given, version=1, now=LATER, reason="As the funder asks"
    )
    assert (changed.currency, changed.discount_rate, changed.version) == ("EUR", Decimal("0.04"), 2)
    assert changed.changed_at == LATER
    record = latest(account)
    assert (record.verb, record.noun, record.ref, record.person) == ("changed", "account", "", editor)
    assert record.before == {"currency": "GBP", "discount_rate": "0.035"}
    assert record.after == {"currency": "EUR", "discount_rate": "0.04"}


def test_the_particulars_are_not_changed_over_a_version_that_is_no_more(account: Account, editor: Person):
    given = typed(facts_of(account).account)
    for currency in ("EUR", "EUR"):  # a double click
        services.change_details(
            actor=editor, account=account, typed=given | {"currency": currency}, version=1, now=LATER
        )
    before = everything(account)
    with pytest.raises(Stale):
        services.change_details(actor=editor, account=account, typed=given | {"currency": "USD"}, version=1, now=LATER)
    assert everything(account) == before


def test_a_row_is_removed_and_the_record_keeps_what_it_said(account: Account, editor: Person):
    services.remove_row(
        actor=editor, account=account, noun=Adjustment, ref="A1", version=1, now=LATER, reason="Not asked"
    )
    assert facts_of(account).adjustments == ()
    record = latest(account)
    assert (record.verb, record.noun, record.ref, record.reason) == ("removed", "adjustments", "A1", "Not asked")
    assert (record.before["figure"], record.before["factor"], record.after) == ("0.1", "deadweight", {})


def needed(facts: Facts) -> dict[tuple[type[Noun], str], set[str]]:
    """Return the rows that others point to, with the refs of those others, worked out another way."""
    pointing: dict[tuple[type[Noun], str], set[str]] = {}
    for noun, row in every_row(facts):
        for column in columns(noun):
            for slug in column.refers_to:
                for other in ROWS:
                    if other.slug == slug and getattr(row, column.name) in {each.ref for each in rows(facts, other)}:
                        pointing.setdefault((other, getattr(row, column.name)), set()).add(row.ref)
    return pointing


def test_a_row_that_others_point_to_stays_and_they_are_named(editor: Person):
    account = factories.account(factories.complete_facts())
    before, pointing = everything(account), needed(factories.complete_facts())
    assert {noun for noun, _ref in pointing} >= {Stakeholder, Subgroup, Output, Outcome, Indicator, Input}
    for (noun, ref), others in pointing.items():
        with pytest.raises(StillNeeded) as refused:
            services.remove_row(actor=editor, account=account, noun=noun, ref=ref, version=1, now=LATER)
        named = refused.value.params["refs"].split(", ")
        assert set(named) - {"…"} <= others
        assert len(named) == min(len(others), 6)
        assert ("…" in named) == (len(others) > 5)
    assert everything(account) == before


def test_evidence_about_a_row_keeps_it_from_being_removed(account: Account, editor: Person):
    given = {"name": "Minutes", "about_row": "N1"}
    services.add_row(actor=editor, account=account, noun=Evidence, typed=given, now=LATER)
    with pytest.raises(StillNeeded, match="E1"):
        services.remove_row(actor=editor, account=account, noun=Input, ref="N1", version=1, now=LATER)


def test_an_account_can_be_taken_apart_row_by_row_and_holds_together_all_the_way(editor: Person):
    account = factories.account(made_up.small())
    for noun in reversed(list(MODELS)):
        for row in rows(made_up.small(), noun):
            services.remove_row(actor=editor, account=account, noun=noun, ref=row.ref, version=1, now=LATER)
            assert not list(incoherences(facts_of(account)))
    assert not list(every_row(facts_of(account)))


def test_opening_an_account_is_recorded_with_where_its_facts_came_from():
    keeper = factories.organisation()
    editor = factories.member(Role.EDITOR, keeper)
    account = services.open_account(
        actor=editor, organisation=keeper, facts=factories.small_facts(), now=LATER, source="club.xlsx"
    )
    assert (account.state, account.created_at, account.changed_at) == (AccountState.DRAFT, LATER, LATER)
    record = latest(account)
    assert (record.verb, record.person, record.organisation, record.at) == ("opened", editor, keeper, LATER)
    assert record.after == {
        "source": "club.xlsx",
        "stakeholders": 1,
        "inputs": 1,
        "outcomes": 1,
        "valuations": 1,
        "adjustments": 1,
    }


def test_replacing_is_recorded_with_how_much_there_was_and_is(account: Account, editor: Person):
    facts = factories.wide_facts(3)
    services.replace_facts(actor=editor, account=account, facts=facts, now=LATER, source="club.xlsx")
    record = latest(account)
    assert (record.verb, record.person) == ("replaced", editor)
    assert (record.before["outcomes"], record.after["outcomes"], record.after["source"]) == (1, 3, "club.xlsx")


def test_the_rows_of_another_account_are_out_of_reach(account: Account, editor: Person):
    """A ref is resolved inside the account: the same ref elsewhere stays as it is."""
    other = factories.account()
    before = everything(other)
    change(account, editor, facts_of(account).outcomes[0], quantity="12")
    services.remove_row(actor=editor, account=account, noun=Adjustment, ref="A1", version=1, now=LATER)
    services.replace_facts(actor=editor, account=account, facts=factories.wide_facts(2), now=LATER, source="a test")
    assert everything(other) == before


def test_a_factor_that_wears_off_can_be_added_beside_the_others(account: Account, editor: Person):
    given = {"outcome": "O1", "factor": "Drop-off", "figure": "12.5%"}
    added = services.add_row(actor=editor, account=account, noun=Adjustment, typed=given, now=LATER)
    assert added == Adjustment(ref="A2", outcome="O1", factor=Factor.DROP_OFF, figure=Decimal("0.125"))


def test_what_stands_in_the_particulars_comes_back_as_typed(account: Account):
    assert facts_of(account).account == factories.small_facts().account
    assert isinstance(facts_of(account).account, AccountDetails)

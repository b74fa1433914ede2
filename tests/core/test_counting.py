"""Which outcomes count, and what the valuation is told about them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes.counting import (
    DEFAULT_RATE,
    Why,
    holds_no_money,
    is_counted,
    is_material,
    left_out,
    valuation_inputs,
    worth_of,
)
from outcomes.nouns import Facts, Moved, Outcome, ScenarioChange, Valuation
from outcomes.valuation import AccountInputs, Assumption, Change, InvalidInput, Line, Range, to_places, value_account
from stakeholders.nouns import Consideration, Input
from tests.core.principles.cases import add, drop, edit, particulars, sound_account, timebank

SOUND = sound_account()


def line(facts: Facts, key: str) -> Line:
    return next(each for each in valuation_inputs(facts).lines if each.key == key)


def keys(inputs: AccountInputs) -> list[str]:
    return [each.key for each in inputs.lines]


def change(ref: str, scenario: str, assumption: Moved, figure: str, outcome: str = "") -> ScenarioChange:
    return ScenarioChange(ref=ref, scenario=scenario, outcome=outcome, assumption=assumption, figure=Decimal(figure))


@pytest.mark.parametrize(
    ("relevant", "significant", "material"),
    [(None, None, True), (True, True, True), (True, None, True), (False, True, False), (True, False, False)],
)
def test_an_outcome_is_material_unless_relevance_or_significance_was_answered_no(
    relevant: bool | None, significant: bool | None, material: bool
) -> None:
    assert is_material(replace(SOUND.outcomes[0], relevant=relevant, significant=significant)) is material


@pytest.mark.parametrize(
    ("decision", "counted"), [(Consideration.INCLUDED, True), (Consideration.EXCLUDED, False), (None, False)]
)
def test_an_outcome_counts_when_it_is_included(decision: Consideration | None, counted: bool) -> None:
    assert is_counted(replace(SOUND.outcomes[0], decision=decision)) is counted


def test_an_included_outcome_that_is_not_material_does_not_count() -> None:
    assert not is_counted(replace(SOUND.outcomes[0], relevant=False))


def test_only_outcomes_that_count_and_have_a_quantity_become_lines() -> None:
    assert keys(valuation_inputs(SOUND)) == ["O1", "O2", "O3"]
    assert keys(valuation_inputs(edit(SOUND, "outcomes", "O1", quantity=None))) == ["O2", "O3"]


def test_other_outcomes_can_be_valued_as_though_they_counted() -> None:
    assert keys(valuation_inputs(SOUND, also=[SOUND.outcomes[3]])) == ["O1", "O2", "O3", "O4"]


@pytest.mark.parametrize(
    ("changes", "why", "reason"),
    [
        ({"decision": Consideration.EXCLUDED, "decision_reason": "Too small."}, Why.EXCLUDED, "Too small."),
        ({"decision": None}, Why.UNDECIDED, ""),
        ({"relevant": False, "relevance_reason": "Nobody minds."}, Why.NOT_RELEVANT, "Nobody minds."),
        ({"significant": False, "significance_reason": "Tiny."}, Why.NOT_SIGNIFICANT, "Tiny."),
        ({"significant": False, "significance_reason": "", "decision_reason": "No."}, Why.NOT_SIGNIFICANT, "No."),
        ({"quantity": None}, Why.NO_QUANTITY, ""),
    ],
)
def test_what_is_left_out_is_listed_with_the_reason(changes: dict[str, object], why: Why, reason: str) -> None:
    facts = edit(drop(SOUND, "outcomes", "O4"), "outcomes", "O2", **changes)
    assert [(each.outcome.ref, each.why, each.reason) for each in left_out(facts)] == [("O2", why, reason)]


def test_every_outcome_is_either_a_line_or_left_out() -> None:
    lines = set(keys(valuation_inputs(SOUND)))
    assert lines | {each.outcome.ref for each in left_out(SOUND)} == {each.ref for each in SOUND.outcomes}
    assert lines.isdisjoint(each.outcome.ref for each in left_out(SOUND))


def test_a_line_holds_all_that_is_stated_of_its_outcome() -> None:
    assert line(SOUND, "O1") == Line(
        key="O1",
        label="More social contact",
        stakeholder="S1",
        quantity=Decimal(60),
        value_each=Decimal("600.00"),
        price_period="2023-24",
        weight=Decimal(8),
        is_anchor=False,
        harm=False,
        deadweight=Decimal("0.10"),
        displacement=Decimal("0.05"),
        attribution=Decimal("0.20"),
        drop_off=Decimal("0.50"),
        duration=2,
        first_year=1,
    )


def test_a_change_for_the_worse_is_harm() -> None:
    assert line(SOUND, "O3").harm


def test_what_is_not_stated_counts_as_nothing_taken_off_for_one_year_from_the_first() -> None:
    facts = drop(edit(SOUND, "outcomes", "O1", duration=None, first_year=None), "adjustments", "A1")
    bare = line(edit(facts, "adjustments", "A2", figure=None), "O1")
    assert (bare.deadweight, bare.displacement, bare.duration, bare.first_year) == (0, 0, 1, 1)


def test_an_outcome_without_a_valuation_is_a_line_without_a_value() -> None:
    bare = line(drop(SOUND, "valuations", "W1"), "O1")
    assert (bare.value_each, bare.weight, bare.price_period, bare.is_anchor) == (None, None, None, False)


def test_the_anchor_is_passed_on() -> None:
    assert line(edit(SOUND, "valuations", "W1", anchor=True), "O1").is_anchor


def test_the_first_of_two_valuations_counts() -> None:
    again = Valuation(ref="W9", outcome="O1", value=Decimal(1))
    assert line(add(SOUND, "valuations", again), "O1").value_each == 600


def test_without_a_price_base_values_are_taken_as_they_stand() -> None:
    facts = particulars(SOUND, price_base="")
    assert line(facts, "O1").price_period is None
    assert valuation_inputs(facts).price_base is None


def test_ranges_are_passed_on_and_an_end_that_is_not_stated_is_the_figure_itself() -> None:
    facts = edit(SOUND, "outcomes", "O1", quantity_high=None)
    facts = edit(facts, "valuations", "W1", value_high=Decimal(700))
    facts = edit(facts, "adjustments", "A1", low=Decimal("0.05"), high=Decimal("0.30"))
    ranges = {key[1]: stated for key, stated in valuation_inputs(facts).ranges.items() if key[0] == "O1"}
    assert ranges == {
        Assumption.QUANTITY: Range(low=Decimal(30), high=Decimal(60)),
        Assumption.VALUE: Range(low=Decimal(600), high=Decimal(700)),
        Assumption.DEADWEIGHT: Range(low=Decimal("0.05"), high=Decimal("0.30")),
    }


def test_a_figure_that_is_not_stated_has_no_range() -> None:
    facts = edit(SOUND, "valuations", "W1", value=None, value_low=Decimal(1), value_high=Decimal(2))
    facts = edit(facts, "adjustments", "A1", figure=None, low=Decimal("0.05"), high=Decimal("0.30"))
    assert {key[1] for key in valuation_inputs(facts).ranges if key[0] == "O1"} == {Assumption.QUANTITY}


def test_a_range_that_does_not_hold_the_figure_is_refused_not_mended() -> None:
    facts = edit(SOUND, "outcomes", "O1", quantity_low=Decimal(70), quantity_high=Decimal(80))
    with pytest.raises(InvalidInput):
        valuation_inputs(facts)


def test_a_range_that_does_not_run_up_names_the_outcome_and_the_figure() -> None:
    with pytest.raises(InvalidInput) as caught:
        valuation_inputs(edit(SOUND, "outcomes", "O1", quantity_low=Decimal(70), quantity_high=Decimal(50)))
    assert (caught.value.line, caught.value.field) == ("O1", "quantity")


def test_a_scenario_that_cannot_be_names_its_row() -> None:
    with pytest.raises(InvalidInput) as caught:
        valuation_inputs(add(SOUND, "scenarios", change("X1", "What if", Moved.DEADWEIGHT, "3")))
    assert (caught.value.line, caught.value.field) == ("X1", "figure")


def test_inputs_become_investments_of_the_first_year_unless_they_say_otherwise() -> None:
    facts = edit(SOUND, "inputs", "N2", year=3)
    found = valuation_inputs(facts).investments
    assert [(each.key, each.amount, each.year) for each in found] == [("N1", 24000, 1), ("N2", 6000, 3)]
    assert [(each.label, each.stakeholder) for each in found] == [("Grant", "S3"), ("Hours", "S2")]


def test_an_input_without_an_amount_is_no_investment_and_zero_is() -> None:
    unknown = edit(SOUND, "inputs", "N1", amount=None)
    assert [each.key for each in valuation_inputs(unknown).investments] == ["N2"]
    nothing = edit(SOUND, "inputs", "N1", amount=Decimal(0))
    assert [each.amount for each in valuation_inputs(nothing).investments] == [0, 6000]


def test_a_schedule_comes_before_a_rate_and_a_rate_before_the_default() -> None:
    both = particulars(SOUND, rate_schedule="green-book-2022", discount_rate=Decimal("0.05"))
    assert valuation_inputs(both).rates.slug == "green-book-2022"
    one = particulars(SOUND, discount_rate=Decimal("0.05"))
    assert [each.rate for each in valuation_inputs(one).rates.bands] == [Decimal("0.05")]
    none = particulars(SOUND, discount_rate=None)
    assert [each.rate for each in valuation_inputs(none).rates.bands] == [DEFAULT_RATE]
    zero = particulars(SOUND, discount_rate=Decimal(0))
    assert [each.rate for each in valuation_inputs(zero).rates.bands] == [0]


def test_the_conventions_of_the_account_are_passed_on() -> None:
    inputs = valuation_inputs(particulars(SOUND, year_one_is_discounted=False))
    assert not inputs.year_one_is_discounted
    assert inputs.price_base == "2024-25"
    assert inputs.price_series is not None
    assert inputs.price_series.slug == "gdp-deflator-2025-12"


@pytest.mark.parametrize("field", ["rate_schedule", "price_series"])
def test_a_table_that_nobody_knows_is_refused_by_name(field: str) -> None:
    with pytest.raises(InvalidInput, match="no-such-table"):
        valuation_inputs(particulars(SOUND, **{field: "no-such-table"}))


def test_rows_that_share_a_name_make_one_scenario() -> None:
    facts = add(
        SOUND,
        "scenarios",
        change("X1", "Fades faster", Moved.DROP_OFF, "0.8"),
        change("X2", "Dearer", Moved.INPUTS, "40000"),
        change("X3", "Fades faster", Moved.VALUE, "500", outcome="O1"),
    )
    first, second = valuation_inputs(facts).scenarios
    assert (first.key, first.name, second.key) == ("X1", "Fades faster", "X2")
    assert first.changes == (
        Change(assumption=Assumption.DROP_OFF, figure=Decimal("0.8"), line=None),
        Change(assumption=Assumption.VALUE, figure=Decimal(500), line="O1"),
    )


def test_a_scenario_leaves_alone_what_does_not_count_or_has_no_figure() -> None:
    unknown = replace(change("X2", "What if", Moved.VALUE, "1", outcome="O1"), figure=None)
    facts = add(SOUND, "scenarios", change("X1", "What if", Moved.VALUE, "1", outcome="O4"), unknown)
    assert [each.changes for each in valuation_inputs(facts).scenarios] == [()]


def test_the_timebank_study_comes_out_at_its_published_total() -> None:
    workings = value_account(valuation_inputs(timebank()))
    assert to_places(workings.total_present_value, 2) == Decimal("803184.47")
    assert workings.ratio is not None
    assert to_places(workings.ratio, 2) == Decimal("16.06")


def test_an_outcome_is_told_by_its_ref_not_by_its_name() -> None:
    twin: Outcome = replace(SOUND.outcomes[0], ref="O9")
    assert keys(valuation_inputs(add(SOUND, "outcomes", twin))) == ["O1", "O2", "O3", "O9"]


@pytest.mark.parametrize(
    ("amount", "hours", "rate", "worth"),
    [
        ("100", None, None, "100"),
        (None, "620", "12.60", "7812"),
        ("7812", "620", "12.60", "7812"),
        ("0", "620", None, "0"),
        (None, "620", None, None),
        (None, None, "12.60", None),
        (None, "0", "12.60", "0"),
    ],
)
def test_time_is_worth_its_hours_where_nothing_else_is_stated(
    amount: str | None, hours: str | None, rate: str | None, worth: str | None
) -> None:
    given = {"amount": amount, "hours": hours, "hourly_rate": rate}
    figures = {name: None if figure is None else Decimal(figure) for name, figure in given.items()}
    row = Input(ref="N9", description="Time", **figures)
    assert worth_of(row) == (None if worth is None else Decimal(worth))
    investments = valuation_inputs(replace(SOUND, inputs=(row,))).investments
    assert [each.amount for each in investments] == ([] if worth is None else [Decimal(worth)])


def test_an_account_holds_no_money_once_all_that_counts_is_in_points_alone() -> None:
    assert not holds_no_money(SOUND)
    points = tuple(replace(each, value=None, anchor=None, weight=Decimal(5)) for each in SOUND.valuations)
    in_points = replace(SOUND, valuations=points)
    assert holds_no_money(in_points)
    assert not holds_no_money(replace(in_points, valuations=()))
    one = (replace(points[0], value=Decimal(3)), *points[1:])
    assert not holds_no_money(replace(in_points, valuations=one))

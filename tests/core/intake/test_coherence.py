"""Rules that need more than one cell: each says which cell breaks it, and nothing else."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings

from outcomes.coherence import RULES, incoherences
from outcomes.intake import said, sentence
from outcomes.nouns import (
    Adjustment,
    Direction,
    Evidence,
    Factor,
    Indicator,
    Link,
    Measure,
    Moved,
    Outcome,
    State,
    Valuation,
)
from outcomes.reference import rate_schedules
from stakeholders.nouns import CoProduction, Involvement, Output, Stakeholder, Statement
from tests.core.intake.made_up import SCHEDULE, SERIES, random_facts, small


def cells(facts):
    return [(each.noun, each.row, each.field) for each in incoherences(facts)]


def only(facts):
    (reason,) = incoherences(facts)
    return reason


def account(**changes):
    return small(account=replace(small().account, **changes))


def outcome(**changes):
    return small(outcomes=(replace(small().outcomes[0], **changes), small().outcomes[1]))


def valued(**changes):
    return small(valuations=(replace(small().valuations[0], **changes), small().valuations[1]))


def observed(**changes):
    return small(observations=(replace(small().observations[0], **changes),))


def scenario(**changes):
    return small(scenarios=(replace(small().scenarios[0], **changes),))


def test_an_account_that_holds_together_has_nothing_against_it():
    assert cells(small()) == []


@settings(max_examples=40)
@given(random_facts())
def test_random_accounts_that_hold_together_have_nothing_against_them(facts):
    assert [sentence(each) for each in incoherences(facts)] == []


def test_every_rule_is_asked_once():
    assert len(set(RULES)) == len(RULES)


# --- The account ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("currency", ["gbp", "GB", "£", "G1P", ""])
def test_a_currency_is_three_capital_letters(currency):
    assert cells(account(currency=currency)) == [("account", 0, "currency")]


def test_a_period_does_not_end_before_it_starts():
    start = dt.date(2025, 4, 1)
    assert cells(account(period_start=start, period_end=start)) == []
    assert cells(account(period_end=start)) == []
    assert cells(account(period_start=start, period_end=dt.date(2025, 3, 31))) == [("account", 0, "period_end")]


def test_one_rate_or_a_schedule_is_given_and_not_both():
    assert cells(account(discount_rate=Decimal("0.035"))) == []
    assert cells(account(rate_schedule=SCHEDULE)) == []
    assert cells(account(discount_rate=Decimal(0), rate_schedule=SCHEDULE)) == [("account", 0, "rate_schedule")]


def test_a_schedule_that_is_not_known_is_refused_with_those_that_are():
    reason = only(account(rate_schedule="green-book-1066"))
    assert reason.field == "rate_schedule"
    assert "“green-book-1066” is not known" in said(reason)
    assert all(slug in said(reason) for slug in rate_schedules())


def test_a_schedule_reaches_as_far_as_the_outcomes_last():
    ending = "green-book-health-2022"
    assert rate_schedules()[ending].last_year == 30
    facts = account(rate_schedule=ending)
    for first, duration, year_one, expected in [
        (1, 30, True, []),
        (None, None, True, []),
        (1, 31, True, [("outcomes", 0, "duration")]),
        (21, 11, True, [("outcomes", 0, "duration")]),
        (1, 31, False, []),
        (1, 32, False, [("outcomes", 0, "duration")]),
    ]:
        lasting = replace(facts.outcomes[0], first_year=first, duration=duration)
        held = replace(facts.account, year_one_is_discounted=year_one)
        assert cells(replace(facts, account=held, outcomes=(lasting, facts.outcomes[1]))) == expected


# --- Prices -----------------------------------------------------------------------------------------------------------


def priced(base, series, period, value=Decimal(10)):
    held = replace(small().account, price_base=base, price_series=series)
    return replace(valued(value=value, price_period=period), account=held)


def test_values_in_the_prices_of_the_base_need_no_index():
    assert cells(priced("2024-25", "", "2024-25")) == []
    assert cells(priced("2024-25", "", "")) == []
    assert cells(priced("", "", "2019")) == []
    assert cells(priced("2030", SERIES, "")) == []


def test_values_in_other_prices_need_an_index():
    reason = only(priced("2024-25", "", "2019-20"))
    assert (reason.noun, reason.field) == ("account", "price_series")
    assert "2019-20" in said(reason)
    assert "2024-25" in said(reason)


def test_an_importance_without_money_needs_no_index():
    assert cells(priced("2024-25", "", "2019-20", value=None)) == []


def test_a_price_year_that_the_index_does_not_have_is_named_at_its_cell():
    reason = only(priced("2024-25", SERIES, "1999-00"))
    assert (reason.noun, reason.row, reason.field) == ("valuations", 0, "price_period")
    assert "has no figure for 1999-00: it runs from 2015-16 to 2024-25" in said(reason)
    assert cells(priced("2030-31", SERIES, "2019-20")) == [("account", 0, "price_base")]
    assert cells(priced("2024-25", SERIES, "2019-20")) == []


def test_a_calendar_year_is_not_found_in_an_index_of_financial_years():
    assert cells(priced("2024-25", SERIES, "2019")) == [("valuations", 0, "price_period")]


def test_an_index_that_is_not_known_is_refused_with_those_that_are():
    reason = only(priced("2024-25", "retail-prices", "2019-20"))
    assert (reason.noun, reason.field) == ("account", "price_series")
    assert SERIES in said(reason)


# --- Refs and pointers ------------------------------------------------------------------------------------------------


def test_rows_that_share_a_ref_are_all_marked():
    rows = (Stakeholder(ref="S1", name="Members"), Stakeholder(ref="s1", name="Staff"), Stakeholder(ref="S2", name="X"))
    assert cells(small(stakeholders=rows)) == [("stakeholders", 0, "ref"), ("stakeholders", 1, "ref")]


def test_the_same_ref_may_stand_for_rows_of_two_nouns():
    assert cells(small(outputs=(Output(ref="P1", description="a"), Output(ref="S1", description="b")))) == []


def test_an_outcome_cannot_be_called_like_a_figure_of_the_account():
    row = replace(small().outcomes[1], ref="ratio")
    facts = small(outcomes=(small().outcomes[0], row), chain_of_events=(), valuations=())
    assert cells(facts) == [("outcomes", 1, "ref")]


def test_a_pointer_must_lead_to_a_row():
    reason = only(outcome(stakeholder="S9", subgroup=""))
    assert (reason.noun, reason.row, reason.ref, reason.field) == ("outcomes", 0, "O1", "stakeholder")
    assert said(reason) == "There is no row “S9” in Stakeholders. Enter the ref of a row that is there."


def test_a_pointer_must_lead_to_a_row_of_the_right_noun():
    facts = small(evidence=(Evidence(ref="E1", about_row="E1", name="Minutes"),))
    assert cells(facts) == [("evidence", 0, "about_row")]
    assert "Stakeholders, Subgroups, Involvement" in said(only(facts))


def test_a_pointer_is_held_letter_by_letter():
    assert cells(outcome(stakeholder="s1", subgroup="")) == [("outcomes", 0, "stakeholder")]


def test_a_pointer_to_two_rows_is_refused_with_the_sheets_that_they_are_in():
    facts = small(
        outputs=(Output(ref="P1", description="Lunches"), Output(ref="O1", description="Trips")),
        evidence=(),
        chain_of_events=(Link(ref="L1", cause="O1", effect="O2"),),
    )
    assert "more than one row: in Outputs, Outcomes" in said(only(facts))


def test_a_subgroup_is_part_of_the_group_that_the_outcome_is_for():
    reason = only(outcome(stakeholder="S2"))
    assert (reason.noun, reason.field) == ("outcomes", "subgroup")
    assert said(reason) == "Subgroup SG1 is part of S1, and this outcome is for S2."


# --- Chain of events --------------------------------------------------------------------------------------------------


def chain(*steps):
    outcomes = tuple(Outcome(ref=f"O{n}", stakeholder="S1", name=f"Change {n}") for n in range(1, 6))
    links = tuple(Link(ref=f"L{n}", cause=cause, effect=effect) for n, (cause, effect) in enumerate(steps, start=1))
    return small(outcomes=outcomes, chain_of_events=links, subgroups=())


def test_a_step_cannot_lead_to_itself():
    assert cells(chain(("O1", "O1"), ("O1", "O2"))) == [("chain-of-events", 0, "effect")]


def test_a_step_is_there_once():
    assert cells(chain(("O1", "O2"), ("O2", "O3"), ("O1", "O2"))) == [
        ("chain-of-events", 0, "effect"),
        ("chain-of-events", 2, "effect"),
    ]


def test_a_circle_is_shown_on_each_of_its_steps_and_on_no_other():
    facts = chain(("P1", "O1"), ("O1", "O2"), ("O2", "O3"), ("O3", "O1"), ("O3", "O4"))
    reasons = list(incoherences(facts))
    assert [each.row for each in reasons] == [1, 2, 3]
    circle = reasons[0].params["circle"].split(" → ")
    assert circle[0] == circle[-1]
    assert sorted(circle[:-1]) == ["O1", "O2", "O3"]
    steps = {(each.cause, each.effect) for each in facts.chain_of_events}
    assert set(pairwise(circle)) <= steps


def test_two_ways_to_the_same_change_are_no_circle():
    assert cells(chain(("P1", "O1"), ("P1", "O2"), ("O1", "O3"), ("O2", "O3"))) == []


# --- Figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "figure", "high", "fields"),
    [
        ("1", "2", "3", []),
        ("2", "2", "2", []),
        (None, "2", "3", []),
        ("1", "2", None, []),
        ("3", "2", None, ["low"]),
        (None, "2", "1", ["high"]),
        ("3", "2", "1", ["low", "high"]),
        ("1", None, "3", ["figure"]),
        (None, None, "3", ["figure"]),
        (None, None, None, []),
    ],
)
def test_a_range_runs_up_around_its_figure(low, figure, high, fields):
    low, figure, high = (None if each is None else Decimal(each) for each in (low, figure, high))
    names = {"low": "quantity_low", "figure": "quantity", "high": "quantity_high"}
    facts = outcome(quantity_low=low, quantity=figure, quantity_high=high)
    assert cells(facts) == [("outcomes", 0, names[each]) for each in fields]
    names = {"low": "value_low", "figure": "value", "high": "value_high"}
    facts = valued(value_low=low, value=figure, value_high=high)
    assert cells(facts) == [("valuations", 0, names[each]) for each in fields]
    low, figure, high = (None if each is None else each / 10 for each in (low, figure, high))
    rows = (Adjustment(ref="A1", outcome="O1", factor=Factor.DEADWEIGHT, low=low, figure=figure, high=high),)
    assert cells(small(adjustments=rows)) == [("adjustments", 0, each) for each in fields]


def test_no_more_take_part_than_there_are():
    def occasion(took_part, out_of):
        row = Involvement(ref="V1", stakeholder="S1", method="Talk", took_part=took_part, out_of=out_of)
        return small(involvement=(row,))

    assert cells(occasion(12, 12)) == []
    assert cells(occasion(12, None)) == []
    assert cells(occasion(13, 12)) == [("involvement", 0, "took_part")]
    assert said(only(occasion(13, 12))) == "13 out of 12 is more than all. Check both figures."


def test_what_was_measured_has_both_figures():
    assert cells(observed(numerator=None)) == [("observations", 0, "numerator")]
    assert cells(observed(denominator=None)) == [("observations", 0, "denominator")]


@pytest.mark.parametrize("state", [State.NOT_YET, State.NOT_APPLICABLE, State.WITHHELD])
def test_what_was_not_measured_has_neither_figure(state):
    assert cells(observed(state=state)) == [("observations", 0, "numerator"), ("observations", 0, "denominator")]
    assert cells(observed(state=state, numerator=None, denominator=None)) == []


def test_nothing_is_counted_out_of_none():
    assert cells(observed(numerator=Decimal(0), denominator=Decimal(0))) == [("observations", 0, "denominator")]


def test_a_count_lies_within_its_total_and_an_average_need_not():
    assert cells(observed(numerator=Decimal(8))) == []
    assert cells(observed(numerator=Decimal(9))) == [("observations", 0, "numerator")]
    assert cells(observed(numerator=Decimal(-1))) == [("observations", 0, "numerator")]
    for measure in (Measure.AVERAGE, Measure.AMOUNT, None):
        indicators = (Indicator(ref="I1", outcome="O1", name="Score", measure=measure),)
        assert cells(replace(observed(numerator=Decimal(90)), indicators=indicators)) == []
        assert cells(replace(observed(numerator=Decimal(-1)), indicators=indicators)) == []


# --- Worth ------------------------------------------------------------------------------------------------------------


def test_an_outcome_has_one_valuation():
    rows = (*small().valuations, Valuation(ref="W3", outcome="O1", value=Decimal(1)))
    assert cells(small(valuations=rows)) == [("valuations", 0, "outcome"), ("valuations", 2, "outcome")]
    reasons = list(incoherences(small(valuations=rows)))
    assert said(reasons[0]) == "Outcome O1 has more than one valuation: W1, W3. Keep one."


def test_an_outcome_has_one_adjustment_of_each_kind():
    rows = (*small().adjustments, Adjustment(ref="A3", outcome="O1", factor=Factor.ATTRIBUTION))
    assert cells(small(adjustments=rows)) == [("adjustments", 0, "factor"), ("adjustments", 2, "factor")]


def test_there_is_one_anchor_with_a_value_and_a_weight():
    assert cells(valued(anchor=True, weight=Decimal(5))) == []
    assert cells(valued(anchor=True, weight=None)) == [("valuations", 0, "weight")]
    assert cells(valued(anchor=True, weight=Decimal(0))) == [("valuations", 0, "weight")]
    assert cells(valued(anchor=True, weight=Decimal(5), value=None)) == [("valuations", 0, "value")]
    rows = tuple(replace(each, anchor=True, weight=Decimal(5)) for each in small().valuations)
    assert cells(small(valuations=rows)) == [("valuations", 0, "anchor"), ("valuations", 1, "anchor")]


@pytest.mark.parametrize(
    ("direction", "value", "fits"),
    [
        (Direction.POSITIVE, "5", True),
        (Direction.POSITIVE, "0", True),
        (Direction.POSITIVE, "-5", False),
        (Direction.NEGATIVE, "-5", True),
        (Direction.NEGATIVE, "0", True),
        (Direction.NEGATIVE, "5", False),
        (None, "5", True),
        (None, "-5", True),
    ],
)
def test_a_value_has_the_sign_of_its_direction(direction, value, fits):
    facts = replace(valued(value=Decimal(value)), outcomes=outcome(direction=direction).outcomes)
    assert cells(facts) == ([] if fits else [("valuations", 0, "value")])


# --- Scenarios and statements -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assumption", "good", "bad"),
    [
        (Moved.QUANTITY, ["0", "12.5"], ["-1"]),
        (Moved.VALUE, ["-5", "0", "5"], []),
        (Moved.DEADWEIGHT, ["0", "1", "0.35"], ["35", "-0.1", "1.01"]),
        (Moved.DISPLACEMENT, ["0", "1"], ["35", "-0.1"]),
        (Moved.ATTRIBUTION, ["0", "1"], ["35", "-0.1"]),
        (Moved.DROP_OFF, ["0", "1"], ["35", "-0.1"]),
        (Moved.DURATION, ["1", "100"], ["0", "1.5", "101"]),
        (Moved.INPUTS, ["0", "50000"], ["-1"]),
        (Moved.DISCOUNT_RATE, ["0", "0.05"], ["5", "-0.01"]),
    ],
)
def test_a_scenario_sets_a_figure_that_its_assumption_can_have(assumption, good, bad):
    name = "" if assumption in {Moved.INPUTS, Moved.DISCOUNT_RATE} else "O1"
    for figure in good:
        assert cells(scenario(assumption=assumption, outcome=name, figure=Decimal(figure))) == []
    for figure in bad:
        facts = scenario(assumption=assumption, outcome=name, figure=Decimal(figure))
        assert cells(facts) == [("scenarios", 0, "figure")]
        assert figure in said(only(facts))
    assert cells(scenario(assumption=assumption, outcome=name, figure=None)) == []


def test_every_assumption_can_be_changed_by_a_scenario():
    for assumption in Moved:
        name = "" if assumption in {Moved.INPUTS, Moved.DISCOUNT_RATE} else "O1"
        assert cells(scenario(assumption=assumption, outcome=name, figure=Decimal(1))) == []


@pytest.mark.parametrize("assumption", [Moved.INPUTS, Moved.DISCOUNT_RATE])
def test_what_belongs_to_the_account_names_no_outcome(assumption):
    assert cells(scenario(assumption=assumption)) == [("scenarios", 0, "outcome")]


def test_one_value_for_every_outcome_is_refused_and_one_share_is_not():
    assert cells(scenario(assumption=Moved.VALUE, outcome="")) == [("scenarios", 0, "outcome")]
    assert cells(scenario(outcome="")) == []


def test_a_scenario_changes_a_thing_once():
    row = small().scenarios[0]
    assert cells(small(scenarios=(row, replace(row, ref="X2")))) == [
        ("scenarios", 0, "assumption"),
        ("scenarios", 1, "assumption"),
    ]
    others = (
        replace(row, ref="X2", scenario="Lasts"),
        replace(row, ref="X3", outcome="O2"),
        replace(row, ref="X4", assumption=Moved.DEADWEIGHT),
    )
    assert cells(small(scenarios=(row, *others))) == []


def test_a_statement_of_co_production_is_answered_once():
    rows = tuple(CoProduction(ref=f"C{n}", statement=Statement.ASSETS) for n in (1, 2))
    assert cells(small(co_production=rows)) == [("co-production", 0, "statement"), ("co-production", 1, "statement")]


def test_a_long_list_of_culprits_is_cut_short():
    rows = tuple(CoProduction(ref=f"C{n}", statement=Statement.ASSETS) for n in range(1, 20))
    assert said(next(iter(incoherences(small(co_production=rows))))).endswith("C1, C2, C3, C4, C5, C6, …. Keep one.")

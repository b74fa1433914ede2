"""Where the rules of principles 5 to 7 draw their lines: cases on either side of each."""

from decimal import Decimal

import pytest

from outcomes.nouns import (
    Dimension,
    Direction,
    Evidence,
    Indicator,
    Link,
    Measure,
    Moment,
    Moved,
    Observation,
    ScenarioChange,
    State,
)
from stakeholders.nouns import Subgroup
from tests.core.principles.cases import (
    add,
    addresses,
    drop,
    edit,
    edit_all,
    findings,
    is_met,
    items_of,
    particulars,
    sound_account,
    timebank,
)

SOUND = sound_account()
SAME_PEOPLE = edit(SOUND, "outcomes", "O2", stakeholder="S1")


def test_two_outcomes_are_enough_for_one_set_of_percentages_and_one_is_not() -> None:
    two = drop(timebank(), "outcomes", "O3", "O4")
    one = drop(timebank(), "outcomes", "O2", "O3", "O4")
    assert items_of(two, "percentages-differ-by-outcome") == ["AO1-deadweight", "AO2-deadweight"]
    assert findings(one, "percentages-differ-by-outcome") == []


def test_one_figure_that_differs_is_not_one_set_of_percentages() -> None:
    facts = edit(timebank(), "adjustments", "AO1-deadweight", figure=Decimal("0.15"))
    assert is_met(facts, "percentages-differ-by-outcome")
    assert [each.aspect.split(":")[0] for each in findings(facts, "no-factor-is-a-blanket-figure")[0].items] == [
        "Displacement",
        "Attribution",
        "Drop-off",
    ]


@pytest.mark.parametrize("check", ["percentages-differ-by-outcome", "something-is-taken-off", "others-had-a-part"])
def test_nothing_is_said_of_how_factors_compare_before_all_are_judged(check: str) -> None:
    assert findings(timebank(), check)
    unjudged = drop(timebank(), "adjustments", "AO1-deadweight", "AO2-attribution")
    assert findings(unjudged, check) == []


def test_attribution_is_compared_once_it_is_judged_whatever_else_is_not() -> None:
    facts = edit_all(SOUND, "adjustments", figure=Decimal(0))
    facts = drop(edit(facts, "adjustments", "A1", figure=Decimal("0.1")), "adjustments", "A5")
    assert items_of(facts, "others-had-a-part") == ["A3", "A7", "A11"]


@pytest.mark.parametrize(
    ("noun", "ref", "end"),
    [
        ("outcomes", "O1", "quantity_low"),
        ("outcomes", "O1", "quantity_high"),
        ("valuations", "W1", "value_low"),
        ("valuations", "W1", "value_high"),
        ("adjustments", "A1", "low"),
        ("adjustments", "A1", "high"),
    ],
)
def test_one_end_of_one_range_is_a_range(noun: str, ref: str, end: str) -> None:
    row = next(each for each in getattr(SOUND, noun) if each.ref == ref)
    figure = getattr(row, end.removesuffix("_low").removesuffix("_high") if "_" in end else "figure")
    bare = edit_all(SOUND, "outcomes", quantity_low=None, quantity_high=None)
    assert items_of(edit(bare, noun, ref, **{end: figure}), "pessimistic-case-is-stated") == ["O2", "O3"]


def test_where_all_four_factors_are_alike_none_of_them_is_called_different() -> None:
    assert findings(timebank(), "no-factor-is-a-blanket-figure") == []


def test_where_nothing_is_taken_off_no_part_is_put_down_to_others() -> None:
    nothing = edit_all(timebank(), "adjustments", figure=Decimal(0))
    assert findings(nothing, "others-had-a-part") == []
    assert findings(nothing, "percentages-differ-by-outcome") == []


def test_nothing_displaced_anywhere_is_no_blanket_figure() -> None:
    facts = edit(SOUND, "adjustments", "A2", figure=Decimal(0))
    assert is_met(facts, "no-factor-is-a-blanket-figure")


def test_values_overlap_only_for_the_same_people() -> None:
    assert is_met(SOUND, "values-do-not-overlap")
    assert not is_met(SAME_PEOPLE, "values-do-not-overlap")


def test_values_in_different_parts_of_well_being_do_not_overlap() -> None:
    facts = edit(SAME_PEOPLE, "outcomes", "O2", dimension=Dimension.ECONOMIC)
    assert is_met(facts, "values-do-not-overlap")
    assert not is_met(edit(facts, "outcomes", "O1", dimension=None), "values-do-not-overlap")


def test_the_same_proxy_overlaps_in_any_part_of_well_being() -> None:
    facts = edit(SAME_PEOPLE, "outcomes", "O2", dimension=Dimension.ECONOMIC)
    assert not is_met(edit(facts, "valuations", "W2", proxy="member of a SOCIAL group "), "values-do-not-overlap")


def test_different_subgroups_are_different_people_but_part_of_the_whole_group() -> None:
    facts = add(SAME_PEOPLE, "subgroups", Subgroup(ref="SG3", stakeholder="S1", name="Couples"))
    facts = edit(edit(facts, "outcomes", "O1", subgroup="SG1"), "outcomes", "O2", subgroup="SG3")
    assert is_met(facts, "values-do-not-overlap")
    assert not is_met(edit(facts, "outcomes", "O2", subgroup=""), "values-do-not-overlap")


def test_gain_and_harm_do_not_overlap() -> None:
    assert SOUND.outcomes[2].direction is Direction.NEGATIVE
    assert SOUND.outcomes[2].stakeholder == SOUND.outcomes[0].stakeholder
    assert is_met(SOUND, "values-do-not-overlap")


def test_a_value_below_zero_is_harm_also_where_the_direction_is_not_stated() -> None:
    assert is_met(edit(SOUND, "outcomes", "O3", direction=None), "values-do-not-overlap")


def test_an_overlap_is_resolved_when_each_outcome_says_why() -> None:
    half = edit(SAME_PEOPLE, "outcomes", "O1", overlap_reason="One is about friends.")
    assert items_of(half, "values-do-not-overlap") == ["O2"]
    assert is_met(edit(half, "outcomes", "O2", overlap_reason="The other about work."), "values-do-not-overlap")


def test_a_value_in_points_does_not_overlap_with_one_in_money() -> None:
    assert is_met(edit(SAME_PEOPLE, "valuations", "W2", value=None), "values-do-not-overlap")


def test_a_chain_is_followed_through_outcomes_that_have_no_value() -> None:
    facts = edit(SAME_PEOPLE, "outcomes", "O2", dimension=Dimension.ECONOMIC)
    steps = (Link(ref="L8", cause="O1", effect="O4"), Link(ref="L9", cause="O4", effect="O2"))
    assert is_met(facts, "chains-are-valued-once")
    assert items_of(add(facts, "chain_of_events", *steps), "chains-are-valued-once") == ["O1", "O2"]


def test_a_chain_from_one_group_to_another_is_not_valued_twice() -> None:
    assert is_met(edit(SOUND, "chain_of_events", "L2", cause="O1"), "chains-are-valued-once")


def test_the_same_name_for_other_people_is_another_change() -> None:
    assert is_met(edit(SOUND, "outcomes", "O2", name="More social contact"), "no-change-is-claimed-twice")


@pytest.mark.parametrize(("unit", "met"), [("people", False), ("", False), ("volunteers", False), ("visits", True)])
def test_only_numbers_of_people_are_held_against_the_size_of_the_group(unit: str, met: bool) -> None:
    facts = edit(SOUND, "outcomes", "O2", quantity=Decimal(90), quantity_high=None, quantity_unit=unit)
    assert is_met(facts, "no-change-is-for-more-people-than-there-are") is met


def test_the_size_of_the_subgroup_counts_where_there_is_one() -> None:
    facts = edit(SOUND, "outcomes", "O2", subgroup="SG2")
    assert items_of(facts, "no-change-is-for-more-people-than-there-are") == ["O2"]


def test_a_quantity_may_be_what_was_observed_taken_of_the_whole_group() -> None:
    # 75 of 80 less 20 of 80 before, of 95 members: 65.3, so at most 66.
    check = "quantities-follow-from-what-was-observed"
    unbounded = edit(SOUND, "outcomes", "O1", quantity_low=None, quantity_high=None)
    assert is_met(edit(unbounded, "outcomes", "O1", quantity=Decimal(66)), check)
    assert items_of(edit(unbounded, "outcomes", "O1", quantity=Decimal(67)), check) == ["O1"]


def test_only_those_observed_count_where_the_size_of_the_group_is_unknown() -> None:
    check = "quantities-follow-from-what-was-observed"
    facts = edit(SOUND, "stakeholders", "S2", size=None)
    assert is_met(facts, check)
    more = edit(facts, "outcomes", "O2", quantity=Decimal(11), quantity_high=None)
    assert items_of(more, check) == ["O2"]


@pytest.mark.parametrize("changes", [{"state": State.NOT_YET}, {"numerator": None}, {"denominator": Decimal(0)}])
def test_what_was_not_measured_bears_out_nothing_and_refutes_nothing(changes: dict[str, object]) -> None:
    facts = edit(SOUND, "observations", "B3", **{"numerator": Decimal(5), **changes})
    assert is_met(facts, "quantities-follow-from-what-was-observed")


def test_an_average_bears_out_no_number_of_people() -> None:
    facts = edit(SOUND, "observations", "B3", numerator=Decimal(5))
    assert is_met(edit(facts, "indicators", "I2", measure=Measure.AVERAGE), "quantities-follow-from-what-was-observed")


def test_the_indicator_that_shows_most_bears_out_the_quantity() -> None:
    facts = edit(SOUND, "observations", "B3", numerator=Decimal(5))
    facts = add(facts, "indicators", Indicator(ref="I9", outcome="O2", name="Another sign", measure=Measure.COUNT))
    seen = Observation(
        ref="B9",
        indicator="I9",
        moment=Moment.AFTER,
        state=State.MEASURED,
        numerator=Decimal(12),
        denominator=Decimal(12),
        source="Rota",
    )
    assert is_met(add(facts, "observations", seen), "quantities-follow-from-what-was-observed")


def test_a_schedule_of_rates_is_a_stated_discount_rate() -> None:
    facts = particulars(SOUND, discount_rate=None, rate_schedule="green-book-2022")
    assert is_met(facts, "the-discount-rate-is-stated")


def test_a_figure_that_cannot_be_valued_says_what_the_valuation_says() -> None:
    facts = edit(SOUND, "valuations", "W1", price_period="1999-00")
    (found,) = findings(facts, "the-account-can-be-worked-out")
    assert addresses(found) == [("valuations", "W1", "price_period")]
    assert "1999-00" in found.say()
    assert found.stops


def test_a_scenario_that_cannot_be_is_found() -> None:
    change = ScenarioChange(ref="X1", scenario="What if", outcome="O1", assumption=Moved.DEADWEIGHT, figure=Decimal(3))
    (found,) = findings(add(SOUND, "scenarios", change), "the-account-can-be-worked-out")
    assert addresses(found) == [("scenarios", "X1", "figure")]


def test_a_range_that_does_not_run_up_is_found() -> None:
    facts = edit(SOUND, "valuations", "W1", value_low=Decimal(700), value_high=Decimal(500))
    (found,) = findings(facts, "the-account-can-be-worked-out")
    assert addresses(found) == [("valuations", "W1", "value")]


def test_a_ref_that_stands_twice_is_found() -> None:
    facts = add(SOUND, "inputs", SOUND.inputs[0])
    (found,) = findings(facts, "the-account-can-be-worked-out")
    assert addresses(found) == [("inputs", "N1", "ref")]


def test_a_schedule_of_rates_that_ends_too_early_is_found() -> None:
    facts = particulars(SOUND, rate_schedule="green-book-health-2022")
    (found,) = findings(edit(facts, "outcomes", "O1", duration=40), "the-account-can-be-worked-out")
    assert addresses(found) == [("account", "", "rate_schedule")]


def test_evidence_of_any_kind_is_something_to_look_at() -> None:
    facts = add(drop(SOUND, "evidence"), "evidence", Evidence(ref="E2", name="Photographs"))
    assert is_met(facts, "evidence-is-listed")

"""Where the rules draw their lines: cases on either side of each."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes.nouns import (
    Dimension,
    Direction,
    Evidence,
    Facts,
    Indicator,
    Link,
    Measure,
    Moment,
    Moved,
    Observation,
    ScenarioChange,
    State,
)
from outcomes.principles import Status, judge
from outcomes.principles._shares import counted_parts
from stakeholders.nouns import Consideration, Subgroup
from tests.core.principles.cases import (
    add,
    addresses,
    drop,
    edit,
    edit_all,
    empty_account,
    findings,
    particulars,
    sound_account,
    timebank,
    worked_out,
)

SOUND = sound_account()
SAME_PEOPLE = edit(SOUND, "outcomes", "O2", stakeholder="S1")


def is_met(facts: Facts, check: str) -> bool:
    return [each.status for each in findings(facts, check)] == [Status.MET]


def items_of(facts: Facts, check: str) -> list[str]:
    return [item.ref for finding in findings(facts, check) for item in finding.items]


def test_one_occasion_with_a_yes_is_enough_for_a_group() -> None:
    unanswered = replace(SOUND.involvement[0], ref="V9", informed_what=None, asked_negative=False)
    assert is_met(add(SOUND, "involvement", unanswered), "stakeholders-shaped-what-is-counted")
    assert is_met(add(SOUND, "involvement", unanswered), "bad-and-unexpected-changes-were-asked-for")


def test_a_group_that_nobody_asked_is_reported_once_not_once_for_every_question() -> None:
    facts = drop(SOUND, "involvement", "V2")
    for check in ("stakeholders-shaped-what-is-counted", "bad-and-unexpected-changes-were-asked-for"):
        assert is_met(facts, check)


def test_a_group_of_which_somebody_came_once_was_asked() -> None:
    nobody = replace(SOUND.involvement[1], ref="V9", took_part=0)
    assert is_met(add(SOUND, "involvement", nobody), "every-included-group-was-asked")


def test_a_chain_of_two_steps_starts_with_what_was_done() -> None:
    facts = edit(SOUND, "chain_of_events", "L2", cause="O1")
    assert is_met(facts, "every-chain-starts-with-what-you-do")


def test_a_long_way_round_is_a_circle_too_and_its_steps_are_named() -> None:
    around = (
        Link(ref="L7", cause="O1", effect="O2"),
        Link(ref="L8", cause="O2", effect="O3"),
        Link(ref="L9", cause="O3", effect="O1"),
    )
    (found,) = findings(add(SOUND, "chain_of_events", *around), "no-chain-goes-round")
    assert {ref for _noun, ref, _field in addresses(found)} == {"L7", "L8", "L9"}
    assert " → " in found.say()


def test_outcomes_that_are_left_out_need_no_indicator() -> None:
    assert SOUND.outcomes[3].decision is Consideration.EXCLUDED
    assert is_met(SOUND, "every-outcome-has-an-indicator")
    included = edit(SOUND, "outcomes", "O4", decision=Consideration.INCLUDED, significant=True)
    assert not is_met(included, "every-outcome-has-an-indicator")


def test_outcomes_that_nobody_decided_on_are_asked_about_like_those_that_count() -> None:
    facts = drop(edit(SOUND, "outcomes", "O1", decision=None), "indicators", "I1")
    assert not is_met(facts, "every-outcome-has-an-indicator")


def test_a_note_on_an_observation_without_a_figure_is_the_reason() -> None:
    changes = {"state": State.NOT_YET, "numerator": None, "denominator": None, "note": "We ask in May."}
    (found,) = findings(edit(SOUND, "observations", "B3", **changes), "every-outcome-was-observed")
    assert found.status is Status.NEEDS_REASON
    assert not found.is_open
    assert found.items[0].reason == "We ask in May."


def test_a_baseline_will_do_where_no_counterfactual_is_written() -> None:
    assert is_met(edit(SOUND, "outcomes", "O1", counterfactual=""), "every-outcome-has-a-baseline-or-counterfactual")
    without = drop(edit(SOUND, "outcomes", "O1", counterfactual=""), "observations", "B1")
    assert not is_met(without, "every-outcome-has-a-baseline-or-counterfactual")


@pytest.mark.parametrize("said", ["None.", "none", "Nothing", "n/a", "DIM BYD"])
def test_nothing_said_about_bad_changes_needs_no_outcome(said: str) -> None:
    facts = edit(SOUND, "involvement", "V2", said_negative=said)
    assert is_met(facts, "what-was-said-about-bad-changes-is-followed-up")


def test_a_value_is_sourced_by_a_web_address_alone() -> None:
    facts = edit(SOUND, "valuations", "W1", source="", link="https://example.org/prices")
    assert is_met(facts, "every-value-has-a-source")


def test_a_factor_is_sourced_by_who_said_so() -> None:
    assert is_met(edit(SOUND, "adjustments", "A1", source="", judged_by="12 members"), "every-factor-has-a-source")


def test_zero_is_a_judgement_of_a_factor() -> None:
    assert is_met(edit(SOUND, "adjustments", "A1", figure=Decimal(0)), "every-factor-has-a-figure")


def test_points_beside_money_are_no_trouble_once_there_is_an_anchor() -> None:
    in_points = edit(SOUND, "valuations", "W2", value=None)
    assert not is_met(in_points, "importance-can-be-set-against-money")
    assert is_met(edit(in_points, "valuations", "W1", anchor=True), "importance-can-be-set-against-money")


def test_an_account_in_points_alone_needs_no_anchor() -> None:
    assert is_met(edit_all(SOUND, "valuations", value=None), "importance-can-be-set-against-money")


def test_equal_points_may_have_different_values() -> None:
    assert is_met(edit(SOUND, "valuations", "W3", weight=Decimal("8.0")), "values-agree-with-importance")


def test_one_outcome_alone_needs_no_comparison_of_importance() -> None:
    facts = drop(edit_all(SOUND, "valuations", weight=None), "outcomes", "O3")
    assert is_met(facts, "importance-was-asked-for")


def test_an_outcome_at_the_threshold_is_significant() -> None:
    workings = worked_out(SOUND)
    assert workings is not None
    values = {each.line.key: abs(each.present_value or 0) for each in workings.lines}
    share = values["O2"] / sum(values.values())
    above = share.quantize(Decimal("0.0001")) + Decimal("0.0001")
    below = above - Decimal("0.0002")
    check = "what-is-included-is-above-the-threshold"
    assert "O2" in items_of(particulars(SOUND, significance_threshold=above), check)
    assert "O2" not in items_of(particulars(SOUND, significance_threshold=below), check)


def test_harm_adds_to_all_value_when_shares_are_told() -> None:
    workings = worked_out(SOUND)
    parts = {each.outcome.ref: each for each in counted_parts(SOUND, workings)}
    assert parts["O3"].size > 0
    assert {each.whole for each in parts.values()} == {sum(each.size for each in parts.values())}
    assert workings is not None
    assert workings.total_present_value < parts["O1"].whole


def test_importance_tells_significance_where_nothing_is_in_money() -> None:
    in_points = particulars(edit_all(SOUND, "valuations", value=None), significance_threshold=Decimal("0.5"))
    assert items_of(in_points, "what-is-included-is-above-the-threshold") == ["O2", "O3"]
    many = edit(in_points, "outcomes", "O4", quantity=Decimal(10_000), quantity_low=None, quantity_high=None)
    assert items_of(many, "what-is-left-out-is-below-the-threshold") == ["O4"]


def test_the_reason_for_a_decision_is_the_reason_that_the_threshold_asks_for() -> None:
    facts = edit(SOUND, "outcomes", "O4", quantity=Decimal(900), quantity_low=None, quantity_high=None)
    (found,) = findings(facts, "what-is-left-out-is-below-the-threshold")
    assert found.items[0].reason == "Three people only."
    assert not found.is_open
    (found,) = findings(edit(facts, "outcomes", "O4", decision_reason="", significance_reason=""), found.check)
    assert found.is_open


def test_an_outcome_that_nobody_decided_on_is_not_called_left_out() -> None:
    assert is_met(edit(SOUND, "outcomes", "O2", decision=None), "what-is-left-out-is-below-the-threshold")


def test_what_cannot_be_worked_out_is_not_called_significant_or_insignificant() -> None:
    facts = edit(particulars(SOUND, price_series="no-such-series"), "outcomes", "O4", quantity=Decimal(900))
    for check in ("what-is-left-out-is-below-the-threshold", "what-is-included-is-above-the-threshold"):
        assert is_met(facts, check)


def test_workings_of_another_account_are_not_judged_by() -> None:
    assert [each for each in judge(empty_account(), worked_out(SOUND)) if each.check.startswith("what-is")] == []


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

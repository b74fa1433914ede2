"""Where the rules of principles 1 to 4 draw their lines: cases on either side of each."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes.nouns import (
    Link,
    State,
)
from outcomes.principles import Status, judge
from outcomes.principles._shares import counted_parts
from stakeholders.nouns import Consideration
from tests.core.principles.cases import (
    add,
    addresses,
    drop,
    edit,
    edit_all,
    empty_account,
    findings,
    is_met,
    items_of,
    particulars,
    sound_account,
    worked_out,
)

SOUND = sound_account()


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


@pytest.mark.parametrize("changes", [{"decision": Consideration.EXCLUDED}, {"relevant": False}, {"significant": False}])
def test_an_outcome_is_not_asked_about_once_it_is_left_out_or_judged_not_to_matter(changes: dict[str, object]) -> None:
    facts = drop(SOUND, "indicators", "I1")
    assert not is_met(facts, "every-outcome-has-an-indicator")
    assert is_met(edit(facts, "outcomes", "O1", **changes), "every-outcome-has-an-indicator")


@pytest.mark.parametrize(
    "check",
    [
        "every-chain-starts-with-what-you-do",
        "every-outcome-was-observed",
        "every-factor-has-a-reason",
        "every-factor-has-a-source",
        "pessimistic-case-is-stated",
        "something-is-taken-off",
        "chains-are-valued-once",
        "quantities-follow-from-what-was-observed",
    ],
)
def test_a_check_of_outcomes_that_count_is_silent_while_none_does(check: str) -> None:
    assert findings(SOUND, check)
    assert findings(edit_all(SOUND, "outcomes", decision=Consideration.EXCLUDED), check) == []


@pytest.mark.parametrize(
    ("check", "noun"),
    [
        ("every-included-group-has-a-change", "stakeholders"),
        ("every-included-group-has-a-change", "outcomes"),
        ("every-chain-starts-with-what-you-do", "chain_of_events"),
        ("every-outcome-was-observed", "indicators"),
        ("every-observation-has-a-source", "observations"),
        ("every-factor-has-a-reason", "adjustments"),
        ("chains-are-valued-once", "chain_of_events"),
        ("quantities-follow-from-what-was-observed", "observations"),
        ("stakeholders-shaped-what-is-counted", "involvement"),
        ("inputs-at-zero-are-explained", "inputs"),
    ],
)
def test_a_check_is_silent_while_there_is_nothing_that_it_could_judge(check: str, noun: str) -> None:
    assert findings(SOUND, check)
    assert findings(drop(SOUND, noun), check) == []


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


@pytest.mark.parametrize(
    "check", ["what-is-included-is-above-the-threshold", "what-is-left-out-is-below-the-threshold"]
)
def test_nothing_is_said_of_the_threshold_before_it_is_stated(check: str) -> None:
    assert findings(SOUND, check)
    assert findings(particulars(SOUND, significance_threshold=None), check) == []


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

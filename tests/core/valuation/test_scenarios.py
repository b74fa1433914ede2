"""Many assumptions moved at once: named scenarios, and the ends of all stated ranges."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, strategies as st

from outcomes.valuation import (
    AccountInputs,
    Assumption,
    Change,
    InvalidInput,
    Line,
    Range,
    RateBand,
    RateSchedule,
    Scenario,
    flat_rate,
    optimistic,
    pessimistic,
    run_scenarios,
    value_account,
    with_changes,
)
from tests.core.valuation.examples import account, line, put_in, timebank
from tests.core.valuation.strategies import a_hundred

NO_RATE = flat_rate(Decimal(0))


def span(low: str, high: str) -> Range:
    return Range(low=Decimal(low), high=Decimal(high))


def change(assumption: Assumption, figure: str, key: str | None = None) -> Change:
    return Change(assumption=assumption, figure=Decimal(figure), line=key)


def after(inputs: AccountInputs, *changes: Change) -> AccountInputs:
    return with_changes(inputs, changes)


def test_a_scenario_makes_all_its_changes_at_once() -> None:
    half = Scenario(
        key="half",
        name="Half of it would have happened anyway, at twice the cost",
        changes=(change(Assumption.DEADWEIGHT, "0.5"), change(Assumption.INPUTS, "1000")),
    )
    (found,) = run_scenarios(account(line(), line("O2"), rates=NO_RATE, scenarios=(half,)))
    assert (found.scenario, found.ratio, found.difference) == (half, 1, -3)
    assert [each.line.deadweight for each in found.workings.lines] == [Decimal("0.5")] * 2
    assert found.as_plain() == {
        "scenario": {
            "key": "half",
            "name": half.name,
            "changes": [
                {"assumption": "deadweight", "figure": "0.5", "line": None},
                {"assumption": "inputs", "figure": "1000", "line": None},
            ],
        },
        "total_present_value": "1000",
        "total_inputs": "1000",
        "net_present_value": "0",
        "ratio": "1",
        "why_no_ratio": None,
        "difference": "-3",
    }


def test_a_scenario_may_leave_no_ratio() -> None:
    free = Scenario(key="free", name="It costs nothing", changes=(change(Assumption.INPUTS, "0"),))
    (found,) = run_scenarios(account(line(), scenarios=(free,)))
    assert (found.ratio, found.difference) == (None, None)


def test_a_change_of_one_line_goes_before_a_change_of_all() -> None:
    changed = after(
        account(line(), line("O2")), change(Assumption.QUANTITY, "7", "O2"), change(Assumption.QUANTITY, "3")
    )
    assert [each.quantity for each in changed.lines] == [3, 7]


def test_new_inputs_are_shared_out_in_proportion() -> None:
    inputs = account(investments=(put_in("100"), put_in("300", year=2, key="I2")))
    changed = after(inputs, change(Assumption.INPUTS, "1000"))
    assert [(each.amount, each.year) for each in changed.investments] == [(250, 1), (750, 2)]


@pytest.mark.parametrize("investments", [(), (put_in("0"),)])
def test_new_inputs_where_there_were_none_are_of_the_first_year(investments: tuple[object, ...]) -> None:
    changed = after(account(line(), rates=NO_RATE, investments=investments), change(Assumption.INPUTS, "1000"))
    assert value_account(changed).ratio == 1


def test_a_new_discount_rate_keeps_the_shape_of_the_schedule() -> None:
    bands = tuple(RateBand(from_year=year, rate=Decimal(rate)) for year, rate in [(1, "0.035"), (31, "0.030")])
    schedule = RateSchedule(slug="s", title="t", source="s", published="", bands=bands)
    changed = after(account(rates=schedule), change(Assumption.DISCOUNT_RATE, "0.07"))
    assert [(band.from_year, band.rate) for band in changed.rates.bands] == [
        (1, Decimal("0.07")),
        (31, Decimal("0.06")),
    ]


def test_a_first_rate_of_nothing_has_no_proportion_to_keep() -> None:
    bands = (RateBand(from_year=1, rate=Decimal(0)), RateBand(from_year=3, rate=Decimal("0.02")))
    schedule = RateSchedule(slug="s", title="t", source="s", published="", bands=bands)
    changed = after(account(rates=schedule), change(Assumption.DISCOUNT_RATE, "0.07"))
    assert [band.rate for band in changed.rates.bands] == [Decimal("0.07"), Decimal("0.02")]


def test_what_was_changed_keeps_no_ranges() -> None:
    inputs = account(line(), ranges={("O1", Assumption.QUANTITY): span("5", "15")})
    assert after(inputs, change(Assumption.QUANTITY, "100", "O1")).ranges == {}


def test_a_line_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(InvalidInput) as caught:
        after(account(line()), change(Assumption.QUANTITY, "1", "O9"))
    assert caught.value.line == "O9"


def test_all_ranges_at_their_worse_and_at_their_better_end() -> None:
    ranges = {
        ("O1", Assumption.QUANTITY): span("5", "20"),
        ("O1", Assumption.DEADWEIGHT): span("0", "0.5"),
        (None, Assumption.INPUTS): span("400", "1000"),
    }
    inputs = account(line(), rates=NO_RATE, ranges=ranges)
    assert pessimistic(inputs).ratio == Decimal("0.25")
    assert optimistic(inputs).ratio == 5


def test_for_harm_a_high_quantity_is_pessimistic() -> None:
    ranges = {("O2", Assumption.QUANTITY): span("0", "10"), ("O2", Assumption.DEADWEIGHT): span("0", "0.5")}
    harm = line("O2", value_each="-50", quantity="5", deadweight="0.2")
    inputs = account(line(), harm, rates=NO_RATE, ranges=ranges)
    assert pessimistic(inputs).line("O2").line.quantity == 10
    assert pessimistic(inputs).line("O2").line.deadweight == 0
    assert optimistic(inputs).line("O2").line.quantity == 0


def test_without_ranges_the_ends_are_the_account_itself() -> None:
    central = value_account(timebank())
    assert pessimistic(timebank()).ratio == optimistic(timebank()).ratio == central.ratio


def test_without_a_ratio_the_ends_are_ordered_by_value() -> None:
    inputs = account(line(), investments=(), ranges={("O1", Assumption.QUANTITY): span("5", "20")}, rates=NO_RATE)
    assert (pessimistic(inputs).total_present_value, optimistic(inputs).total_present_value) == (500, 2000)


@pytest.mark.parametrize("find", [pessimistic, optimistic])
def test_an_end_without_inputs_is_passed_over_while_another_has_a_ratio(find: object) -> None:
    inputs = account(line(), rates=NO_RATE, ranges={(None, Assumption.INPUTS): span("0", "1000")})
    assert find(inputs).ratio == 1


def spread(line: Line, low: str, high: str, assumption: Assumption) -> Range:
    """Return a range around the figure of the line, as far down and up as is told and can be."""
    central = getattr(line, "value_each" if assumption is Assumption.VALUE else assumption.value)
    ends = Decimal(central) - Decimal(low), Decimal(central) + Decimal(high)
    if assumption is Assumption.VALUE:
        return Range(low=ends[0], high=ends[1])
    most = Decimal(1) if assumption is Assumption.DROP_OFF else ends[1]
    least = Decimal(1) if assumption is Assumption.DURATION else Decimal(0)
    return Range(low=max(ends[0], least), high=min(ends[1], most))


@a_hundred
@given(
    st.lists(st.sampled_from(["-20", "0", "10"]), min_size=2, max_size=2),
    st.booleans(),
    st.sampled_from([("5", "0"), ("0", "15"), ("30", "30")]),
)
def test_the_ends_are_the_lowest_and_the_highest_of_all_combinations_of_ends(
    values: list[str], anchored: bool, reach: tuple[str, str]
) -> None:
    first = line("A", value_each=values[0], duration=2, drop_off="0.2", weight="2", is_anchor=anchored)
    second = line("B", value_each=None if anchored else values[1], weight="3", harm=True, quantity="4")
    moved = [(first, Assumption.VALUE), (first, Assumption.DROP_OFF), (first, Assumption.DURATION)]
    moved += (
        [(second, Assumption.QUANTITY)] if anchored else [(second, Assumption.QUANTITY), (second, Assumption.VALUE)]
    )
    ranges = {(each.key, assumption): spread(each, *reach, assumption) for each, assumption in moved}
    ranges[None, Assumption.INPUTS] = span("300", "900")
    inputs = account(first, second, ranges=ranges)
    corners = [
        [Change(assumption=place[1], figure=end, line=place[0]) for place, end in zip(ranges, ends, strict=True)]
        for ends in product(*((each.low, each.high) for each in ranges.values()))
    ]
    ratios = [ratio for each in corners if (ratio := value_account(with_changes(inputs, each)).ratio) is not None]
    assert pessimistic(inputs).ratio == min(ratios)
    assert optimistic(inputs).ratio == max(ratios)

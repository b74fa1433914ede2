"""For every assumption, the figure at which the ratio is 1: put back into the account, it must give just that."""

from decimal import Decimal

import pytest
from hypothesis import given

from outcomes.reference import price_series, rate_schedule
from outcomes.valuation import (
    AccountInputs,
    Assumption,
    BreakEven,
    Change,
    Line,
    break_even,
    flat_rate,
    value_account,
    with_changes,
)
from tests.core.valuation.examples import account, employment, line, put_in, timebank
from tests.core.valuation.strategies import a_hundred, accounts

NO_EFFECT = "Moving this does not move the ratio."
STAYS_ABOVE = "Whatever this is, the ratio stays above 1."
STAYS_BELOW = "Whatever this is, the ratio stays below 1."


def of(inputs: AccountInputs, assumption: Assumption, key: str | None = "O1") -> BreakEven:
    return next(each for each in break_even(inputs) if (each.line, each.assumption) == (key, assumption))


def ratio_at(inputs: AccountInputs, found: BreakEven) -> Decimal:
    assert found.figure is not None
    change = Change(assumption=found.assumption, figure=found.figure, line=found.line)
    ratio = value_account(with_changes(inputs, [change])).ratio
    assert ratio is not None
    return ratio


def test_every_assumption_of_every_line_and_of_the_account_is_tried() -> None:
    found = [(each.line, each.assumption) for each in break_even(timebank())]
    of_lines = [each for each in Assumption if each not in {Assumption.INPUTS, Assumption.DISCOUNT_RATE}]
    expected = [(f"O{number}", each) for number in range(1, 5) for each in of_lines]
    assert found == [*expected, (None, Assumption.INPUTS), (None, Assumption.DISCOUNT_RATE)]


# The employment programme breaks even at 250,000 of 359,069.57: at 0.69624… times its impact.
@pytest.mark.parametrize(
    ("assumption", "expected"),
    [
        (Assumption.QUANTITY, "41.77463492601652"),
        (Assumption.VALUE, "5918.073281185673"),
        (Assumption.DEADWEIGHT, "0.5822536507398348"),
        (Assumption.DISPLACEMENT, "0.3037560845663914"),
        (Assumption.ATTRIBUTION, "0.512629259196474"),
        (Assumption.DROP_OFF, "0.8270168067226891"),
    ],
)
def test_the_employment_programme_breaks_even_where_a_calculator_says(assumption: Assumption, expected: str) -> None:
    found = of(employment(), assumption)
    assert found.figure is not None
    assert abs(found.figure - Decimal(expected)) < Decimal("1e-11")
    assert abs(ratio_at(employment(), found) - 1) < Decimal("1e-9")


def test_the_inputs_break_even_at_the_total_present_value() -> None:
    found = of(employment(), Assumption.INPUTS, None)
    assert found.figure is not None
    assert abs(found.figure - Decimal("359069.5652173913")) < Decimal("1e-9")
    assert found.change is not None
    assert abs(found.change - Decimal("0.4362782608695652")) < Decimal("1e-15")


def test_inputs_of_several_years_break_even_in_proportion() -> None:
    inputs = account(line(duration=2), investments=(put_in("400"), put_in("300", year=2, key="I2")))
    found = of(inputs, Assumption.INPUTS, None)
    assert abs(ratio_at(inputs, found) - 1) < Decimal("1e-40")


def test_a_discount_rate_is_found_by_search() -> None:
    inputs = account(line(value_each="60", duration=3), investments=(put_in("1500"),))
    found = of(inputs, Assumption.DISCOUNT_RATE, None)
    assert found.central == Decimal("0.035")
    assert abs(ratio_at(inputs, found) - 1) < Decimal("1e-9")


def test_a_declining_schedule_keeps_its_shape_when_its_first_rate_is_sought() -> None:
    inputs = account(
        line(value_each="10", duration=40), investments=(put_in("2000"),), rates=rate_schedule("green-book-2022")
    )
    found = of(inputs, Assumption.DISCOUNT_RATE, None)
    assert found.figure is not None
    assert Decimal("0.035") < found.figure < Decimal("0.045")
    assert abs(ratio_at(inputs, found) - 1) < Decimal("1e-9")


@pytest.mark.parametrize(("rate", "expected"), [("0.035", "0.05"), ("0.14", "0.05"), ("0.16", "0.25"), ("0.3", "0.25")])
def test_of_two_discount_rates_the_nearest_is_given(rate: str, expected: str) -> None:
    lines = (
        line(value_each="150"),
        line("O2", value_each="-230", first_year=2),
        line("O3", value_each="131.25", first_year=3),
    )
    inputs = account(*lines, rates=flat_rate(Decimal(rate)), year_one_is_discounted=False)
    assert of(inputs, Assumption.DISCOUNT_RATE, None).figure == Decimal(expected)


@pytest.mark.parametrize(
    ("lines", "amount", "expected"),
    [
        ([line(duration=5)], "2500", 3),
        ([line(duration=2)], "2500", 3),
        ([line(duration=2)], "3000", 3),
        ([line(duration=2)], "1000", 1),
        ([line(value_each="-100", duration=4), line("O2", value_each="400")], "1500", 2),
        ([line(first_year=3), line("O2")], "2999", 2),
    ],
)
def test_a_duration_is_the_whole_number_of_years_next_to_break_even(
    lines: list[Line], amount: str, expected: int
) -> None:
    inputs = account(*lines, investments=(put_in(amount),), rates=flat_rate(Decimal(0)))
    found = of(inputs, Assumption.DURATION)
    assert found.figure == expected
    assert ratio_at(inputs, found) >= 1


@pytest.mark.parametrize(
    ("lines", "amount", "assumption", "why"),
    [
        ([line(), line("O2", quantity="100")], "500", Assumption.QUANTITY, STAYS_ABOVE),
        ([line(), line("O2", quantity="100")], "500", Assumption.VALUE, STAYS_ABOVE),
        ([line(), line("O2", quantity="100")], "500", Assumption.DEADWEIGHT, STAYS_ABOVE),
        ([line()], "5000", Assumption.ATTRIBUTION, STAYS_BELOW),
        ([line(duration=3)], "500", Assumption.DROP_OFF, STAYS_ABOVE),
        ([line(duration=3)], "5000", Assumption.DROP_OFF, STAYS_BELOW),
        ([line()], "500", Assumption.DROP_OFF, NO_EFFECT),
        ([line(drop_off="1")], "500", Assumption.DURATION, NO_EFFECT),
        ([line()], "500", Assumption.DURATION, STAYS_ABOVE),
        ([line(quantity="0"), line("O2")], "500", Assumption.VALUE, NO_EFFECT),
        ([line(value_each=None), line("O2")], "500", Assumption.QUANTITY, NO_EFFECT),
        ([line(value_each="-1"), line("O2")], "5000", Assumption.VALUE, STAYS_BELOW),
    ],
)
def test_a_figure_out_of_reach_says_why(lines: list[Line], amount: str, assumption: Assumption, why: str) -> None:
    found = of(account(*lines, investments=(put_in(amount),)), assumption)
    assert (found.figure, found.change, found.why_none) == (None, None, why)


@pytest.mark.parametrize("value", ["-1", "0"])
def test_no_inputs_are_so_low_that_harm_or_nothing_pays(value: str) -> None:
    found = of(account(line(value_each=value)), Assumption.INPUTS, None)
    assert (found.figure, found.why_none) == (None, STAYS_BELOW)


def test_a_discount_rate_that_cannot_matter_says_so() -> None:
    found = of(account(line(), year_one_is_discounted=False), Assumption.DISCOUNT_RATE, None)
    assert (found.figure, found.why_none) == (None, NO_EFFECT)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        (account(line(), investments=()), "Nothing was put in, so there is nothing to hold the value against."),
        (account(line(value_each=None)), "No outcome is valued in money."),
    ],
)
def test_without_a_ratio_nothing_breaks_even(inputs: AccountInputs, why: str) -> None:
    assert {(each.figure, each.why_none) for each in break_even(inputs)} == {(None, why)}


def test_a_line_without_a_value_is_told_what_it_would_have_to_be_worth() -> None:
    inputs = account(line(value_each=None), line("O2", value_each="10"), rates=flat_rate(Decimal(0)))
    found = of(inputs, Assumption.VALUE)
    assert (found.central, found.figure, found.change) == (None, 40, None)


def test_a_value_is_given_in_the_prices_in_which_it_was_entered() -> None:
    series = price_series("gdp-deflator-2025-12")
    inputs = account(line(price_period="2019-20"), price_base="2024-25", price_series=series)
    found = of(inputs, Assumption.VALUE)
    assert abs(ratio_at(inputs, found) - 1) < Decimal("1e-40")


@pytest.mark.parametrize(("value", "harm"), [("100", False), ("-100", True)])
def test_the_value_of_an_anchor_takes_its_followers_along(value: str, harm: bool) -> None:
    anchor = line(value_each=value, weight="4", is_anchor=True, harm=harm)
    inputs = account(anchor, line("O2", value_each=None, weight="6", quantity="100"))
    found = of(inputs, Assumption.VALUE)
    assert abs(ratio_at(inputs, found) - 1) < Decimal("1e-40")


@a_hundred
@given(accounts())
def test_whatever_breaks_even_gives_a_ratio_of_one_when_it_is_put_back(inputs: AccountInputs) -> None:
    for found in break_even(inputs):
        assert (found.figure is None) is (found.why_none is not None)
        if found.figure is None or abs(found.figure) >= 10**15:
            continue
        ratio = ratio_at(inputs, found)
        if found.assumption is Assumption.DURATION:
            assert ratio > Decimal(1) - Decimal("1e-9")
        elif found.assumption in {Assumption.DROP_OFF, Assumption.DISCOUNT_RATE}:
            assert abs(ratio - 1) < Decimal("1e-6") * (1 + abs(value_account(inputs).ratio or 0))
        else:
            assert abs(ratio - 1) < Decimal("1e-25") * (1 + abs(value_account(inputs).ratio or 0))


def test_it_is_said_plainly() -> None:
    said = of(employment(), Assumption.INPUTS, None).as_plain()
    assert said == {
        "line": None,
        "assumption": "inputs",
        "central": "250000",
        "figure": "359069.5652173913043478260869565217391304347826087",
        "change": "0.4362782608695652173913043478260869565217391304348",
        "why_none": None,
    }

"""The three worked examples, at every figure that is given for them."""

from decimal import Decimal

import pytest

from outcomes.valuation import Workings, to_pence, value_account
from tests.core.valuation.examples import WHEELS, employment, timebank, wheels

TIMEBANK = {
    "gross_value": "854175.00",
    "year.1": "622693.58",
    "impact": "622693.58",
    "year.2": "186808.07",
    "year.2.present_value": "180490.89",
    "total_present_value": "803184.47",
    "net_present_value": "753184.47",
    "ratio": "16.06",
}
EMPLOYMENT = {
    "gross_value": "510000.00",
    "O1.impact": "214200.00",
    "O1.year.1": "214200.00",
    "O1.year.2": "149940.00",
    "total_present_value": "359069.57",
    "ratio": "1.44",
}
WHEELS_TOTALS = {
    "inputs": "42375.00",
    "total_present_value": "81741.93",
    "net_present_value": "39366.93",
    "ratio": "1.93",
}


def shown(workings: Workings, name: str) -> str:
    amount = workings.figure(name).amount
    assert amount is not None
    return str(to_pence(amount))


@pytest.mark.parametrize(("name", "expected"), TIMEBANK.items())
def test_the_time_bank_comes_out_as_published(name: str, expected: str) -> None:
    assert shown(value_account(timebank()), name) == expected


@pytest.mark.parametrize(("name", "expected"), EMPLOYMENT.items())
def test_the_employment_programme_comes_out_as_published(name: str, expected: str) -> None:
    assert shown(value_account(employment()), name) == expected


@pytest.mark.parametrize(("name", "expected"), WHEELS_TOTALS.items())
def test_the_luncheon_club_comes_out_as_remembered(name: str, expected: str) -> None:
    assert shown(value_account(wheels()), name) == expected


def test_every_impact_of_the_luncheon_club_comes_out() -> None:
    workings = value_account(wheels())
    expected = [row[-1] for row in WHEELS]
    assert [shown(workings, f"O{number}.impact") for number in range(1, 9)] == expected


def test_totals_are_not_rounded_on_the_way() -> None:
    workings = value_account(timebank())
    assert workings.impact == Decimal("622693.575")
    assert workings.impact_by_year == (Decimal("622693.575"), Decimal("186808.0725"))


def test_the_two_conventions_of_the_first_year_differ_by_one_plus_the_rate() -> None:
    undiscounted, discounted = value_account(timebank()), value_account(timebank(year_one_is_discounted=True))
    assert undiscounted.ratio is not None
    assert discounted.ratio is not None
    assert abs(undiscounted.ratio - discounted.ratio * Decimal("1.035")) < Decimal("1e-25")

"""How long it lasts, how it wears off, what a later year is worth today, and when it has paid back."""

from decimal import Decimal

import pytest

from outcomes.reference import rate_schedule
from outcomes.valuation import InvalidInput, RateBand, RateMissing, RateSchedule, flat_rate, to_places, value_account
from tests.core.valuation.examples import account, line, put_in, timebank

NO_RATE = flat_rate(Decimal(0))

# From the Green Book's rates, the rate of year k applied to step k: 1 divided by the discount factor.
GREEN_BOOK = {
    1: "0.966184", 2: "0.933511", 3: "0.901943", 5: "0.841973", 10: "0.708919", 20: "0.502566", 30: "0.356278",
    31: "0.345901", 50: "0.197263", 75: "0.094214", 76: "0.091916", 100: "0.050818",
}  # fmt: skip
HEALTH = {1: "0.985222", 5: "0.928260", 10: "0.861667", 30: "0.639762"}


def one_worth(slug: str, years: int) -> tuple[Decimal | None, ...]:
    """Return what 1 in each of so many years is worth today."""
    lasting = line(quantity="1", value_each="1", duration=years)
    return value_account(account(lasting, rates=rate_schedule(slug))).line("O1").present_values


@pytest.mark.parametrize(("slug", "expected"), [("green-book-2022", GREEN_BOOK), ("green-book-health-2022", HEALTH)])
def test_the_published_schedules_give_their_factors(slug: str, expected: dict[int, str]) -> None:
    worth = one_worth(slug, max(expected))
    assert {year: str(to_places(worth[year - 1] or Decimal(0), 6)) for year in expected} == expected


def test_the_rate_for_health_ends_with_year_thirty() -> None:
    with pytest.raises(RateMissing, match="have no rate for year 31") as caught:
        one_worth("green-book-health-2022", 31)
    assert caught.value.year == 31


def test_an_undiscounted_first_year_gives_a_schedule_that_ends_one_year_more() -> None:
    lasting = line(duration=31)
    inputs = account(lasting, rates=rate_schedule("green-book-health-2022"), year_one_is_discounted=False)
    assert value_account(inputs).years == 31


def test_a_benefit_that_starts_later_is_discounted_longer_and_has_not_worn_off() -> None:
    late = line(first_year=3, duration=2, drop_off="0.5")
    worked = value_account(account(late, rates=flat_rate(Decimal(1)))).line("O1")
    assert worked.by_year == (0, 0, 1000, 500)
    assert worked.present_values == (0, 0, 125, Decimal("31.25"))


def test_a_benefit_that_wears_off_at_once_is_counted_in_its_first_year() -> None:
    worked = value_account(account(line(drop_off="1", duration=3), rates=NO_RATE)).line("O1")
    assert worked.by_year == (1000, 0, 0)


@pytest.mark.parametrize("convention", [True, False])
def test_inputs_of_the_first_year_are_never_discounted_and_those_of_later_ones_are(convention: bool) -> None:
    investments = (put_in("100"), put_in("100", year=2, key="I2"), put_in("100", year=3, key="I3"))
    rates = RateSchedule(
        slug="s",
        title="t",
        source="s",
        published="",
        bands=(RateBand(from_year=1, rate=Decimal(1)), RateBand(from_year=2, rate=Decimal("0.25"))),
    )
    inputs = account(line(), investments=investments, rates=rates, year_one_is_discounted=convention)
    workings = value_account(inputs)
    assert workings.discounted_inputs == (100, 50, 40)
    assert workings.total_inputs == 190


def test_years_reach_to_the_last_year_of_the_last_outcome() -> None:
    workings = value_account(account(line(duration=2), line("O2", first_year=4)))
    assert workings.years == 4
    assert len(workings.discount_factors) == len(workings.impact_by_year) == len(workings.line("O1").by_year) == 4


@pytest.mark.parametrize(
    ("lines", "amount", "expected"),
    [
        ([line()], "250", "0.25"),
        ([line()], "1000", "1"),
        ([line()], "1000.01", None),
        ([line(duration=4)], "2500", "2.5"),
        ([line(first_year=3)], "500", "2.5"),
        ([line(), line("O2", value_each="-60", first_year=2)], "800", "0.8"),
        ([line(duration=3), line("O2", value_each="-200", first_year=2)], "1500", None),
        ([line(duration=4), line("O2", value_each="-200", first_year=2)], "1500", "3.5"),
        ([line(value_each="-1")], "10", None),
        ([line()], "0", "0"),
        ([line(value_each="-1")], "0", "0"),
        ([], "10", None),
    ],
)
def test_payback_is_the_first_moment_at_which_the_inputs_are_reached(
    lines: list[object], amount: str, expected: str | None
) -> None:
    workings = value_account(account(*lines, investments=(put_in(amount),), rates=NO_RATE))
    assert workings.payback == (None if expected is None else Decimal(expected))


def test_the_time_bank_pays_back_within_its_first_month() -> None:
    payback = value_account(timebank()).payback
    assert payback is not None
    assert to_places(payback, 4) == Decimal("0.0803")


def test_a_rate_out_of_its_range_is_refused_by_the_short_form_too() -> None:
    with pytest.raises(InvalidInput):
        flat_rate(Decimal("3.5"))

"""How long it lasts, how it wears off, and what a later year is worth today.

Benefit year t of the account is divided by D(e): the product of (1 + rate) over e elapsed years. e is t where the first
year is discounted (the convention of the field's guide), t − 1 where it is not. What was put in during year y is
divided by D(y − 1) in either case.
"""

from collections.abc import Sequence
from decimal import Decimal

from outcomes.valuation._checks import MOST_YEARS
from outcomes.valuation._errors import RateMissing
from outcomes.valuation._inputs import Line, RateSchedule
from outcomes.valuation._money import added, divide
from outcomes.valuation._written import Amount

NOTHING = Decimal(0)
NOT_DISCOUNTED = Decimal(1)


def worn_off(last_year: Amount, drop_off: Amount) -> Amount:
    """Return what is left a year later. Over the years this is impact × (1 − drop-off)^(years since the first)."""
    return last_year * (1 - drop_off)


def first_step(rate: Amount) -> Amount:
    """Return the discount factor of one elapsed year."""
    return 1 + rate


def next_step(factor: Amount, rate: Amount) -> Amount:
    """Return the discount factor of one more elapsed year."""
    return factor * (1 + rate)


def discounted(amount: Amount, factor: Amount) -> Amount:
    """Return the present value of an amount."""
    return divide(amount, factor)


def paid_back_in_first_year(put_in: Amount, present_value: Amount) -> Amount:
    """Return the part of the first year after which its present value reaches what was put in."""
    return divide(put_in, present_value)


def paid_back_later(whole_years: Amount, put_in: Amount, reached: Amount, present_value: Amount) -> Amount:
    """Return the years until what was put in is reached, after so many whole years that reached less."""
    return whole_years + divide(put_in - reached, present_value)


def rate_in_year(schedule: RateSchedule, year: int) -> Decimal:
    """Return the rate of one elapsed year (1 is the first); raise RateMissing beyond the end of the schedule."""
    if schedule.last_year is not None and year > schedule.last_year:
        raise RateMissing(year=year, schedule=schedule.title)
    return next(band.rate for band in reversed(schedule.bands) if band.from_year <= year)


def last_year_with_rate(schedule: RateSchedule, *, year_one_is_discounted: bool) -> int:
    """Return the last benefit year of the account that the schedule can discount."""
    if schedule.last_year is None:
        return MOST_YEARS
    return min(schedule.last_year + (0 if year_one_is_discounted else 1), MOST_YEARS)


def factors_by_elapsed_years(schedule: RateSchedule, elapsed: int) -> tuple[Decimal, ...]:
    """Return D(0), D(1) … D(elapsed)."""
    factors = [NOT_DISCOUNTED]
    for year in range(1, elapsed + 1):
        factors.append(next_step(factors[-1], rate_in_year(schedule, year)))
    return tuple(factors)


def elapsed_years(year: int, *, year_one_is_discounted: bool) -> int:
    """Return over how many years a benefit of this year of the account is discounted."""
    return year if year_one_is_discounted else year - 1


def benefit_factors(schedule: RateSchedule, years: int, *, year_one_is_discounted: bool) -> tuple[Decimal, ...]:
    """Return the discount factor of each benefit year, that of year t at index t − 1."""
    if not years:
        return ()
    elapsed = elapsed_years(years, year_one_is_discounted=year_one_is_discounted)
    factors = factors_by_elapsed_years(schedule, elapsed)
    return factors[1:] if year_one_is_discounted else factors


def by_year(line: Line, impact: Decimal, years: int) -> tuple[Decimal, ...]:
    """Return the impact of a line in each year of the account, 0 outside the years in which it is counted."""
    counted = [impact]
    for _later in range(1, line.duration):
        counted.append(worn_off(counted[-1], line.drop_off))
    return (NOTHING,) * (line.first_year - 1) + tuple(counted) + (NOTHING,) * (years - line.last_year)


def present_values(line: Line, yearly: Sequence[Decimal], factors: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return the present value of each year of a line."""
    first, last = line.first_year - 1, line.last_year
    counted = map(discounted, yearly[first:last], factors[first:last])
    return (NOTHING,) * first + tuple(counted) + (NOTHING,) * (len(yearly) - last)


def payback_year(put_in: Decimal, present_value_by_year: Sequence[Decimal]) -> int | None:
    """Return the year of the account in which cumulative present value first reaches what was put in; None if never."""
    reached = NOTHING
    for year, present_value in enumerate(present_value_by_year, start=1):
        reached += present_value
        if reached >= put_in:
            return year
    return None


def payback(put_in: Decimal, present_value_by_year: Sequence[Decimal]) -> Decimal | None:
    """Return the years until cumulative present value first reaches what was put in, evenly within a year.

    Nothing put in is paid back at once: 0. None if it is not reached within the years of benefit.
    """
    if put_in == 0:
        return NOTHING
    year = payback_year(put_in, present_value_by_year)
    if year is None:
        return None
    if year == 1:
        return paid_back_in_first_year(put_in, present_value_by_year[0])
    reached = added(present_value_by_year[: year - 1])
    return paid_back_later(Decimal(year - 1), put_in, reached, present_value_by_year[year - 1])

"""The valuation once more, in fractions and straight from the formulas of the design: nothing of the core is used.

It knows closed forms only: drop-off as a power, a discount factor as a product over the elapsed years.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from outcomes.valuation import AccountInputs, Line, RateSchedule

ONE = Fraction(1)


@dataclass(frozen=True)
class Worth:
    """One line: its impact, that of each year, and what each year is worth today."""

    gross: Fraction
    impact: Fraction
    by_year: list[Fraction]
    present_values: list[Fraction]


@dataclass(frozen=True)
class Answer:
    """All lines and the totals of an account."""

    lines: list[Worth | None]
    total_present_value: Fraction
    total_inputs: Fraction
    ratio: Fraction | None
    payback: Fraction | None
    sizes: Fraction
    """The present values without their signs, added: what a difference has to be small against."""


def discount(schedule: RateSchedule, elapsed: int) -> Fraction:
    factor = ONE
    for year in range(1, elapsed + 1):
        rate = Decimal(0)
        for band in schedule.bands:
            if band.from_year <= year:
                rate = band.rate
        factor *= 1 + Fraction(rate)
    return factor


def value_each(inputs: AccountInputs, line: Line) -> Fraction | None:
    if line.value_each is not None:
        own = Fraction(line.value_each)
        if line.price_period is None or line.price_period == inputs.price_base:
            return own
        assert inputs.price_series is not None
        assert inputs.price_base is not None
        index = inputs.price_series.values
        return own * Fraction(index[inputs.price_base]) / Fraction(index[line.price_period])
    for anchor in inputs.lines:
        if anchor.is_anchor and line.weight is not None and anchor.weight is not None:
            worth = value_each(inputs, anchor)
            assert worth is not None
            size = abs(worth) * Fraction(line.weight) / Fraction(anchor.weight)
            return -size if line.harm else size
    return None


def worth_of(inputs: AccountInputs, line: Line, years: int) -> Worth | None:
    each = value_each(inputs, line)
    if each is None:
        return None
    gross = Fraction(line.quantity) * each
    kept = ONE
    for share in (line.deadweight, line.displacement, line.attribution):
        kept *= 1 - Fraction(share)
    by_year, present_values = [], []
    for year in range(1, years + 1):
        since = year - line.first_year
        counted = 0 <= since < line.duration
        amount = gross * kept * (1 - Fraction(line.drop_off)) ** since if counted else Fraction(0)
        elapsed = year if inputs.year_one_is_discounted else year - 1
        by_year.append(amount)
        present_values.append(amount / discount(inputs.rates, elapsed))
    return Worth(gross=gross, impact=gross * kept, by_year=by_year, present_values=present_values)


def payback(inputs: Fraction, yearly: list[Fraction]) -> Fraction | None:
    """Return the first moment at which the line through the yearly sums reaches the inputs."""
    if inputs == 0:
        return Fraction(0)
    before = Fraction(0)
    for passed, amount in enumerate(yearly):
        if before < inputs <= before + amount:
            return passed + (inputs - before) / amount
        before += amount
    return None


def answer(inputs: AccountInputs) -> Answer:
    years = max((line.first_year + line.duration - 1 for line in inputs.lines), default=0)
    lines = [worth_of(inputs, line, years) for line in inputs.lines]
    valued = [line for line in lines if line is not None]
    total = sum((value for line in valued for value in line.present_values), Fraction(0))
    put_in = sum(
        (Fraction(each.amount) / discount(inputs.rates, each.year - 1) for each in inputs.investments), Fraction(0)
    )
    yearly = [sum((line.present_values[year] for line in valued), Fraction(0)) for year in range(years)]
    has_ratio = put_in != 0 and (valued or not lines)
    return Answer(
        lines=lines,
        total_present_value=total,
        total_inputs=put_in,
        ratio=total / put_in if has_ratio else None,
        payback=payback(put_in, yearly),
        sizes=sum((abs(value) for line in valued for value in line.present_values), Fraction(0)),
    )

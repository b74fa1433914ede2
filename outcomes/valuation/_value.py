"""What an account is worth: the steps, one line each."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from accounts.words import gettext_noop as _n
from outcomes.valuation import _time as time
from outcomes.valuation._inputs import AccountInputs, Line
from outcomes.valuation._money import added, divide, exactly
from outcomes.valuation._overclaim import gross, importance, importance_of_harm, less
from outcomes.valuation._prices import in_base_prices, is_uprated
from outcomes.valuation._result import Workings
from outcomes.valuation._return import net, per_unit_put_in
from outcomes.valuation._weights import anchor_of, proportion
from outcomes.valuation._worked import ValueSource, WorkedLine

NO_INPUTS = _n("Nothing was put in, so there is nothing to hold the value against.")
NO_MONEY = _n("No outcome is valued in money.")


class ValueEach(NamedTuple):
    """What one unit of a line is worth in the account's price base, and where that comes from."""

    amount: Decimal | None
    source: ValueSource


def value_account(inputs: AccountInputs) -> Workings:
    """Return what the account is worth, with all its workings.

    Raises PriceMissing or PeriodsMixed where a value cannot be uprated, RateMissing where the schedule of discount
    rates ends too early. The inputs themselves were checked when they were made.
    """
    with exactly():
        years = max((line.last_year for line in inputs.lines), default=0)
        factors = time.benefit_factors(inputs.rates, years, year_one_is_discounted=inputs.year_one_is_discounted)
        sizes = added(abs(points) for line in inputs.lines if (points := importance_of(line)) is not None)
        lines = tuple(
            work_line(line, value, factors, sizes)
            for line, value in zip(inputs.lines, values_each(inputs), strict=True)
        )
        return _totals(inputs, lines, factors, sizes)


def values_each(inputs: AccountInputs) -> tuple[ValueEach, ...]:
    """Return what one unit of each line is worth: as entered, uprated, or in proportion to the anchor."""
    anchor = anchor_of(inputs)
    anchor_value = in_base_prices(inputs, anchor) if anchor else None
    return tuple(_value_each(inputs, line, anchor, anchor_value) for line in inputs.lines)


def _value_each(inputs: AccountInputs, line: Line, anchor: Line | None, anchor_value: Decimal | None) -> ValueEach:
    if line.value_each is not None:
        source = ValueSource.UPRATED if is_uprated(inputs, line) else ValueSource.ENTERED
        return ValueEach(in_base_prices(inputs, line), source)
    if anchor and anchor.weight and anchor_value is not None and line.weight is not None:
        return ValueEach(proportion(anchor_value, line)(anchor_value, line.weight, anchor.weight), ValueSource.ANCHOR)
    return ValueEach(None, ValueSource.NONE)


def importance_of(line: Line) -> Decimal | None:
    """Return the line's points of relative importance after the three factors, below 0 for harm."""
    if line.weight is None:
        return None
    points = importance_of_harm if line.harm else importance
    return points(line.quantity, line.weight, line.deadweight, line.displacement, line.attribution)


def worth(line: Line, value_each: Decimal | None, factors: Sequence[Decimal]) -> Decimal:
    """Return the present value of a line alone, 0 if it is not valued; `factors` reach its last year at least."""
    if value_each is None:
        return time.NOTHING
    impact = gross(line.quantity, value_each)
    for share in (line.deadweight, line.displacement, line.attribution):
        impact = less(impact, share)
    return added(time.present_values(line, time.by_year(line, impact, line.last_year), factors))


def work_line(line: Line, value: ValueEach, factors: Sequence[Decimal], sizes: Decimal) -> WorkedLine:
    """Return the line worked out; `factors` are the account's, `sizes` is the importance of all lines together."""
    points = importance_of(line)
    share = None if points is None or not sizes else divide(points, sizes)
    if value.amount is None:
        unknown = (None,) * len(factors)
        return WorkedLine(line=line, by_year=unknown, present_values=unknown, importance=points, importance_share=share)
    whole = gross(line.quantity, value.amount)
    after_deadweight = less(whole, line.deadweight)
    after_displacement = less(after_deadweight, line.displacement)
    impact = less(after_displacement, line.attribution)
    yearly = time.by_year(line, impact, len(factors))
    present_values = time.present_values(line, yearly, factors)
    return WorkedLine(
        line=line,
        value_from=value.source,
        value_each=value.amount,
        gross=whole,
        after_deadweight=after_deadweight,
        after_displacement=after_displacement,
        impact=impact,
        by_year=yearly,
        present_values=present_values,
        present_value=added(present_values),
        importance=points,
        importance_share=share,
    )


def _totals(
    inputs: AccountInputs, lines: tuple[WorkedLine, ...], factors: tuple[Decimal, ...], sizes: Decimal
) -> Workings:
    impact_by_year = tuple(_added_known(year) for year in zip(*(worked.by_year for worked in lines), strict=True))
    present_value_by_year = tuple(map(time.discounted, impact_by_year, factors))
    input_factors = time.factors_by_elapsed_years(
        inputs.rates, max((investment.year - 1 for investment in inputs.investments), default=0)
    )
    discounted_inputs = tuple(time.discounted(each.amount, input_factors[each.year - 1]) for each in inputs.investments)
    total_present_value = _added_known(worked.present_value for worked in lines)
    total_inputs = added(discounted_inputs)
    net_present_value = net(total_present_value, total_inputs)
    why_no_ratio = _why_no_ratio(lines, total_inputs)
    return Workings(
        inputs=inputs,
        lines=lines,
        years=len(factors),
        discount_factors=factors,
        input_factors=input_factors,
        impact_by_year=impact_by_year,
        present_value_by_year=present_value_by_year,
        gross_value=_added_known(worked.gross for worked in lines),
        after_deadweight=_added_known(worked.after_deadweight for worked in lines),
        after_displacement=_added_known(worked.after_displacement for worked in lines),
        impact=_added_known(worked.impact for worked in lines),
        total_present_value=total_present_value,
        discounted_inputs=discounted_inputs,
        total_inputs=total_inputs,
        net_present_value=net_present_value,
        ratio=None if why_no_ratio else per_unit_put_in(total_present_value, total_inputs),
        net_ratio=None if why_no_ratio else per_unit_put_in(net_present_value, total_inputs),
        why_no_ratio=why_no_ratio,
        payback=time.payback(total_inputs, present_value_by_year),
        importance=sizes,
    )


def _added_known(amounts: Iterable[Decimal | None]) -> Decimal:
    """Return the sum of the lines that are valued in money."""
    return added(amount for amount in amounts if amount is not None)


def _why_no_ratio(lines: tuple[WorkedLine, ...], total_inputs: Decimal) -> str | None:
    if total_inputs == 0:
        return NO_INPUTS
    if lines and all(worked.value_each is None for worked in lines):
        return NO_MONEY
    return None

"""From the prices of one year to another, by an index that is data with a source. A missing year is an error."""

from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.valuation._checks import period_kind
from outcomes.valuation._errors import InvalidInput, PeriodsMixed, PriceMissing
from outcomes.valuation._inputs import AccountInputs, Line, PriceSeries
from outcomes.valuation._money import divide
from outcomes.valuation._written import Amount


def uprated(value: Amount, index_of_base: Amount, index_of_period: Amount) -> Amount:
    """Return the value in the prices of the base."""
    return divide(value * index_of_base, index_of_period)


def is_uprated(inputs: AccountInputs, line: Line) -> bool:
    """Return whether the value of the line has to be carried to the prices of another year."""
    return line.value_each is not None and line.price_period not in (None, inputs.price_base)


def index_in(series: PriceSeries, period: str, line: str | None) -> Decimal:
    """Return the index of a period; raise PriceMissing if there is none, PeriodsMixed if it is another kind of year."""
    index = series.values.get(period)
    if index is not None:
        return index
    for other in series.values:
        if period_kind(other) is not period_kind(period, line):
            raise PeriodsMixed(period=period, other=other, line=line)
    raise PriceMissing(period=period, series=series.title, line=line)


def price_periods(inputs: AccountInputs, line: Line) -> tuple[str, str]:
    """Return the account's price base and the period of a line whose value is uprated.

    Raises InvalidInput if either is not stated, PeriodsMixed if they are years of two kinds.
    """
    base, period = inputs.price_base, line.price_period
    if base is None or period is None:
        message = _n(
            "The value is in the prices of %(period)s, and the account does not say in which year's prices it is."
        )
        raise InvalidInput(message, line=line.key, field="price_period", period=str(period))
    if period_kind(base) is not period_kind(period):
        raise PeriodsMixed(period=period, other=base, line=line.key)
    return base, period


def in_base_prices(inputs: AccountInputs, line: Line) -> Decimal | None:
    """Return the line's own value in the account's price base, None if it has none.

    Raises PriceMissing, PeriodsMixed, or InvalidInput if the account names no price base or no series to get there.
    """
    if line.value_each is None or not is_uprated(inputs, line):
        return line.value_each
    base, period = price_periods(inputs, line)
    if inputs.price_series is None:
        message = _n("The value is in the prices of %(period)s, and the account names no price series to uprate it.")
        raise InvalidInput(message, line=line.key, field="price_period", period=period)
    series = inputs.price_series
    return uprated(line.value_each, index_in(series, base, line.key), index_in(series, period, line.key))

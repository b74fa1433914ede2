"""The account's own conventions: its period, its currency, its discount rates and its prices."""

import re
from collections.abc import Iterable, Iterator

from accounts.columns import Noun
from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, at
from outcomes.nouns import Facts, Valuation
from outcomes.reference import all_price_series, rate_schedules
from outcomes.valuation import PriceSeries

_CURRENCY = re.compile("[A-Z]{3}")


def the_currency_is_a_code(facts: Facts) -> Iterator[Reason]:
    """Yield a currency that is not three capital letters."""
    if not _CURRENCY.fullmatch(facts.account.currency):
        yield at(facts.account, 0, "currency", _n("Write the currency in three capital letters, such as GBP."))


def the_period_runs_forward(facts: Facts) -> Iterator[Reason]:
    """Yield the end of a period that lies before its start."""
    start, end = facts.account.period_start, facts.account.period_end
    if start and end and end < start:
        yield at(facts.account, 0, "period_end", _n("The period ends before it starts. Check both dates."))


def one_way_to_discount(facts: Facts) -> Iterator[Reason]:
    """Yield a schedule of rates that is not known, or that stands beside one rate for all years."""
    account = facts.account
    if not account.rate_schedule:
        return
    if account.discount_rate is not None:
        yield at(account, 0, "rate_schedule", _n("Give one discount rate or the name of a schedule, not both."))
    if account.rate_schedule not in rate_schedules():
        yield _unknown(facts, "rate_schedule", rate_schedules())


def rates_reach_far_enough(facts: Facts) -> Iterator[Reason]:
    """Yield the durations of outcomes that go on after the schedule of rates has ended."""
    schedule = rate_schedules().get(facts.account.rate_schedule)
    if schedule is None or schedule.last_year is None:
        return
    for position, outcome in enumerate(facts.outcomes):
        last = (outcome.first_year or 1) + (outcome.duration or 1) - 1
        elapsed = last if facts.account.year_one_is_discounted else last - 1
        if elapsed > schedule.last_year:
            message = _n("“%(schedule)s” has rates for %(rates)s years, and this outcome lasts until year %(last)s.")
            found = {"schedule": schedule.title, "rates": schedule.last_year, "last": last}
            yield at(outcome, position, "duration", message, **found)


def prices_can_be_brought_together(facts: Facts) -> Iterator[Reason]:
    """Yield what is missing to bring values from the prices of other years to the account's price base."""
    account = facts.account
    series = all_price_series().get(account.price_series)
    if account.price_series and series is None:
        yield _unknown(facts, "price_series", all_price_series())
    others = list(_in_other_prices(facts))
    if others and not account.price_series:
        message = _n(
            "Name a price index: some values are in the prices of %(period)s, the account in those of %(base)s."
        )
        found = {"period": others[0][1].price_period, "base": account.price_base}
        yield at(account, 0, "price_series", message, **found)
    if others and series is not None:
        yield from _missing(account, 0, "price_base", series)
        for position, row in others:
            yield from _missing(row, position, "price_period", series)


def _in_other_prices(facts: Facts) -> Iterator[tuple[int, Valuation]]:
    """Yield the valuations in money whose prices have to be brought to the account's base."""
    base = facts.account.price_base
    for position, row in enumerate(facts.valuations):
        if base and row.value is not None and row.price_period not in {"", base}:
            yield position, row


def _missing(row: Noun, position: int, field: str, series: PriceSeries) -> Iterator[Reason]:
    period = getattr(row, field)
    if period not in series.values:
        message = _n("The price index “%(series)s” has no figure for %(period)s: it runs from %(first)s to %(last)s.")
        span = {"first": min(series.values), "last": max(series.values)}
        yield at(row, position, field, message, series=series.title, period=period, **span)


def _unknown(facts: Facts, field: str, known: Iterable[str]) -> Reason:
    message = _n("“%(name)s” is not known here. Choose one of: %(known)s.")
    return at(facts.account, 0, field, message, name=getattr(facts.account, field), known=", ".join(known))

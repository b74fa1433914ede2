"""The same account with some assumptions moved."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from accounts.words import gettext_noop as _n
from outcomes.valuation._errors import InvalidInput
from outcomes.valuation._inputs import (
    FIELD_OF,
    OF_THE_ACCOUNT,
    AccountInputs,
    Assumption,
    Change,
    Investment,
    Line,
    RateSchedule,
)
from outcomes.valuation._money import divide, exactly


def with_changes(inputs: AccountInputs, changes: Iterable[Change]) -> AccountInputs:
    """Return the inputs with all changes made at once, without their stated ranges and scenarios.

    A change of one line goes before a change of all lines. New inputs (in total, as entered) are shared out in
    proportion to the old ones; if nothing was put in, they are all of the first year. A new discount rate is that of
    the first years; the later bands of a schedule keep their proportion to it. Raises InvalidInput for a line that is
    not there.
    """
    for_all: dict[str, Decimal] = {}
    by_line: dict[str, dict[str, Decimal]] = {}
    of_account: dict[Assumption, Decimal] = {}
    for change in changes:
        if change.assumption in OF_THE_ACCOUNT:
            of_account[change.assumption] = change.figure
        elif change.line is None:
            for_all[FIELD_OF[change.assumption]] = change.figure
        else:
            by_line.setdefault(change.line, {})[FIELD_OF[change.assumption]] = change.figure
    _check_known(by_line, inputs)
    changed = replace(
        inputs,
        lines=tuple(_with_figures(line, for_all | by_line.get(line.key, {})) for line in inputs.lines),
        ranges={},
        scenarios=(),
    )
    return _with_account_figures(changed, of_account)


def changed_line(line: Line, change: Change) -> Line:
    """Return the line with one of its assumptions changed."""
    return _with_figures(line, {FIELD_OF[change.assumption]: change.figure})


def _check_known(keys: Iterable[str], inputs: AccountInputs) -> None:
    known = {line.key for line in inputs.lines}
    for key in keys:
        if key not in known:
            raise InvalidInput(_n("There is no outcome “%(found)s” to change."), line=key, field="key", found=key)


def _with_figures(line: Line, figures: dict[str, Decimal]) -> Line:
    """Return the line with these figures in these fields; a duration becomes a whole number."""
    fields: dict[str, Any] = dict(figures)
    if "duration" in fields:
        fields["duration"] = int(fields["duration"])
    return replace(line, **fields) if fields else line


def _with_account_figures(inputs: AccountInputs, figures: dict[Assumption, Decimal]) -> AccountInputs:
    with exactly():
        if Assumption.INPUTS in figures:
            inputs = replace(inputs, investments=_shared_out(inputs, figures[Assumption.INPUTS]))
        if Assumption.DISCOUNT_RATE in figures:
            inputs = replace(inputs, rates=with_first_rate(inputs.rates, figures[Assumption.DISCOUNT_RATE]))
    return inputs


def _shared_out(inputs: AccountInputs, total: Decimal) -> tuple[Investment, ...]:
    entered = inputs.entered_inputs
    if entered:
        return tuple(replace(each, amount=divide(each.amount * total, entered)) for each in inputs.investments)
    return (Investment(key="all", label="", stakeholder="", amount=total),)


def with_first_rate(schedule: RateSchedule, rate: Decimal) -> RateSchedule:
    """Return the schedule with this rate in its first band, the later ones in proportion.

    After a first rate of 0 there is no proportion: the later bands stay as they are.
    """
    first, *later = schedule.bands
    if first.rate:
        later = [replace(band, rate=divide(band.rate * rate, first.rate)) for band in later]
    return replace(schedule, bands=(replace(first, rate=rate), *later))


def highest_first_rate(schedule: RateSchedule) -> Decimal:
    """Return the highest rate that the first band can have with no band above 1."""
    rates = [band.rate for band in schedule.bands]
    return divide(rates[0], max(rates)) if rates[0] else Decimal(1)

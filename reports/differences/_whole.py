"""What changed in the whole of an account: its results, the rates used, how it stands, whose it is."""

from collections.abc import Iterator
from dataclasses import replace

from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from reports.differences._difference import (
    ORGANISATION,
    PRINCIPLES,
    RESULT,
    Difference,
    Unit,
    Value,
    Way,
)
from reports.differences._side import Side
from reports.differences._words import excerpts

_TOTALS = (
    ("ratio", _n("Social return for each 1 put in"), Unit.MONEY),
    ("net_ratio", _n("Net social return for each 1 put in"), Unit.MONEY),
    ("total_present_value", _n("Total present value"), Unit.MONEY),
    ("total_inputs", _n("Inputs, at today’s value"), Unit.MONEY),
    ("net_present_value", _n("Net present value"), Unit.MONEY),
    ("gross_value", _n("Gross value of all outcomes"), Unit.MONEY),
    ("impact", _n("Impact of all outcomes, each in its first year of benefit"), Unit.MONEY),
    ("payback", _n("Payback, in years"), Unit.NUMBER),
    ("importance", _n("Relative importance of all outcomes"), Unit.NUMBER),
)
_ENDS = (
    ("pessimistic", _n("Social return for each 1 put in, at the cautious end")),
    ("optimistic", _n("Social return for each 1 put in, at the hopeful end")),
)


def of_result(old: Side, new: Side) -> Iterator[Difference]:
    """Yield what the account comes to, where that differs: the range beside the ratio."""
    was, became = (side.content["workings"]["totals"] for side in (old, new))
    ends_before, ends_after = (side.content.get("sensitivity") or {} for side in (old, new))
    if ends_before and ends_after:
        for end, label in _ENDS:
            pair = (ends_before[end]["ratio"], ends_after[end]["ratio"])
            yield from _figure(RESULT, f"{end}_ratio", label, Unit.MONEY, *pair)
    for name, label, unit in _TOTALS:
        yield from _figure(RESULT, name, label, unit, was.get(name), became.get(name))


def of_rates(old: Side, new: Side) -> Iterator[Difference]:
    """Yield the rates that were used and are not told by the account's own rate already."""
    was, became = (
        {band["from_year"]: band["rate"] for band in side.content["workings"]["inputs"]["rates"]["bands"]}
        for side in (old, new)
    )
    entered = tuple(side.account.get("discount_rate") for side in (old, new))
    for year in sorted(was.keys() | became.keys()):
        pair = (was.get(year), became.get(year))
        if pair != entered:
            found = _figure(AccountDetails.slug, f"rate_from_year_{year}", _RATE_USED, Unit.SHARE, *pair)
            yield from (replace(each, called=str(year)) for each in found)


_RATE_USED = _n("Discount rate that was used, from year")
_STANDING = _n("How it stands")


def of_principles(old: Side, new: Side) -> Iterator[Difference]:
    """Yield the principles with which the account stands in another way."""
    was, became = ({each["principle"]: each for each in side.content["readiness"]} for side in (old, new))
    for number in sorted(was.keys() | became.keys()):
        held = became.get(number) or was[number]
        pair = (was.get(number, {}).get("status"), became.get(number, {}).get("status"))
        about = {"ref": str(number), "aspect": held["title"]}
        yield from _figure(PRINCIPLES, "status", _STANDING, Unit.ANSWER, *pair, **about)


_OF_ORGANISATION = (
    ("name", _n("Name"), Unit.WORDS),
    ("type", _n("What kind of organisation it is"), Unit.ANSWER),
    ("purpose", _n("Purpose"), Unit.WORDS),
    ("reinvested_share", _n("Share of any profit that is re-invested"), Unit.SHARE),
    ("well_being_is_core", _n("Is well-being its core purpose?"), Unit.YES_NO),
)


def of_organisation(old: Side, new: Side) -> Iterator[Difference]:
    """Yield what the organisation says of itself in another way."""
    was, became = (side.content["organisation"] for side in (old, new))
    for name, label, unit in _OF_ORGANISATION:
        pair = (_said(was.get(name)), _said(became.get(name)))
        yield from _figure(ORGANISATION, name, label, unit, *pair)


def _said(value: Value) -> Value:
    return None if value == "" else value


def _figure(
    noun: str, field: str, label: str, unit: Unit, before: Value, after: Value, *, ref: str = "", aspect: str = ""
) -> Iterator[Difference]:
    """Yield the difference of one value that belongs to no row, if it is one."""
    if before == after:
        return
    if unit is Unit.WORDS:
        before, after = excerpts(before, after)
    yield Difference(
        noun=noun,
        ref=ref,
        called="",
        aspect=aspect,
        field=field,
        label=label,
        unit=unit,
        way=Way.CHANGED,
        before=before,
        after=after,
    )

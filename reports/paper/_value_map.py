"""The value map: what each counted outcome comes to, step by step; by group, year by year, and in total."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from outcomes import shown
from outcomes.valuation import ValueSource
from reports.paper._frozen import Figures, Frozen, Line, added
from reports.paper._words import amount, lasting, shortened

YEARS_ABREAST = 8
"""How many columns of money a page turned on its side has room for."""
MOST_YEARS = 3 * YEARS_ABREAST
"""Beyond this, each outcome's years are left to the attached workbook; the account's own are still printed."""

LONGEST_NAME = 60
"""Of an outcome in the table of its years; the value map beside it has the whole name."""
FEW_YEARS = 4
"""How many of them an upright page has room for."""

Cells = dict[str, Any]


def groups(frozen: Frozen) -> list[Cells]:
    """Return the lines of the value map under their stakeholder groups, each group with what it comes to."""
    return [_group(frozen, ref) for ref in dict.fromkeys(line.stakeholder for line in frozen.lines)]


def _group(frozen: Frozen, ref: str) -> Cells:
    lines = [line for line in frozen.lines if line.stakeholder == ref]
    return {
        "name": frozen.groups.get(ref, ref),
        "rows": [_row(frozen, line) for line in lines],
        "gross": amount(added(line.gross for line in lines), frozen.currency),
        "impact": amount(added(line.impact for line in lines), frozen.currency),
        "present_value": amount(added(line.present_value for line in lines), frozen.currency),
    }


def _row(frozen: Frozen, line: Line) -> Cells:
    currency, told = frozen.currency, line.told
    return {
        "name": line.label,
        "ref": line.key,
        "quantity": shown.number(Decimal(told["quantity"])),
        "unit": frozen.outcome_by_ref[line.key].quantity_unit,
        "value_each": amount(line.value_each, currency),
        "value_from": _VALUE_FROM[ValueSource(line.value_from)](),
        "gross": amount(line.gross, currency),
        "after_deadweight": amount(line.after_deadweight, currency),
        "after_displacement": amount(line.after_displacement, currency),
        "impact": amount(line.impact, currency),
        "present_value": amount(line.present_value, currency),
        "deadweight": _less(told["deadweight"]),
        "displacement": _less(told["displacement"]),
        "attribution": _less(told["attribution"]),
        "lasts": lasting(told["duration"]),
        "starts": _("from year %(year)s") % {"year": told["first_year"]} if told["first_year"] > 1 else "",
        "drop_off": _("less %(share)s a year") % {"share": shown.share(Decimal(told["drop_off"]))}
        if Decimal(told["drop_off"])
        else "",
    }


_VALUE_FROM = {
    ValueSource.ENTERED: lambda: "",
    ValueSource.UPRATED: lambda: _("uprated"),
    ValueSource.ANCHOR: lambda: _("by importance"),
    ValueSource.NONE: lambda: _("not in money"),
}


def _less(share: str) -> str:
    return _("less %(share)s") % {"share": shown.share(Decimal(share))}


def importance(frozen: Frozen) -> list[Cells]:
    """Return what each counted outcome weighs with those affected; none where nobody was asked for weights."""
    return [
        {
            "name": line.label,
            "group": frozen.groups.get(line.stakeholder, line.stakeholder),
            "quantity": shown.number(Decimal(line.told["quantity"])),
            "weight": shown.number(Decimal(line.told["weight"])),
            "points": shown.number(line.importance, 2),
            "share": shown.share(line.importance_share),
        }
        for line in frozen.lines
        if line.importance is not None
    ]


def spans_of_years(frozen: Frozen) -> list[Cells]:
    """Return the years of each outcome in tables of as many columns as a page holds; none if they are too many."""
    count = len(frozen.years)
    if not frozen.is_in_money or not 1 < count <= MOST_YEARS:
        return []
    tables = -(-count // YEARS_ABREAST)
    wide = -(-count // tables)
    return [_span(frozen, start, min(start + wide, count)) for start in range(0, count, wide)]


def years_are_few(frozen: Frozen) -> bool:
    """Return whether the years of each outcome fit on an upright page."""
    return len(frozen.years) <= FEW_YEARS


def _span(frozen: Frozen, start: int, end: int) -> Cells:
    return {
        "first": start + 1,
        "last": end,
        "years": range(start + 1, end + 1),
        "rows": [
            {
                "name": shortened(line.label, LONGEST_NAME),
                "ref": line.key,
                "cells": _cells(frozen, line.by_year[start:end], line.present_values[start:end]),
            }
            for line in frozen.lines
        ],
    }


def _cells(frozen: Frozen, impacts: Figures, values: Figures) -> list[Cells]:
    """Return, for each year, the impact and its present value; nothing where a year is not one of benefit."""
    pairs = zip(impacts, values, strict=True)
    return [
        {"impact": amount(impact, frozen.currency), "present_value": amount(value, frozen.currency)}
        if impact
        else {"impact": "", "present_value": "–"}
        for impact, value in pairs
    ]


def years(frozen: Frozen) -> list[Cells]:
    """Return what all outcomes come to in each year, and what that is divided by."""
    return [
        {
            "year": each.year,
            "impact": amount(each.impact, frozen.currency),
            "discount_factor": shown.number(each.discount_factor, 6),
            "present_value": amount(each.present_value, frozen.currency),
        }
        for each in frozen.years
    ]


def totals(frozen: Frozen) -> list[Cells]:
    """Return what the account comes to, each figure with its name."""
    return list(_totals(frozen)) if frozen.is_in_money else []


def _totals(frozen: Frozen) -> Iterator[Cells]:
    held, currency = frozen.totals, frozen.currency
    yield _named(_("Gross value, in the first year of benefit"), amount(held["gross_value"], currency))
    yield _named(_("Left after deadweight"), amount(held["after_deadweight"], currency))
    yield _named(_("Left after displacement"), amount(held["after_displacement"], currency))
    yield _named(_("Left after attribution: the impact"), amount(held["impact"], currency))
    yield _named(_("Impact of all years"), amount(added(year.impact for year in frozen.years), currency))
    yield _named(_("Total present value, over all years"), amount(held["total_present_value"], currency))
    yield _named(_("Inputs, at today’s value"), amount(held["total_inputs"], currency))
    yield _named(_("Net present value"), amount(held["net_present_value"], currency))
    yield _named(_("Payback"), _payback(frozen))
    if held["ratio"] is not None:
        yield _named(_("Net ratio: gain for each 1 put in"), amount(held["net_ratio"], currency))
        yield _named(_("Ratio: value for each 1 put in"), amount(held["ratio"], currency), main=True)


def _named(name: str, figure: str, *, main: bool = False) -> Cells:
    return {"name": name, "figure": figure, "main": main}


def _payback(frozen: Frozen) -> str:
    payback = frozen.totals["payback"]
    return _("not within the benefit period") if payback is None else shown.years(payback)


def uprated(frozen: Frozen) -> dict[str, Any] | None:
    """Return how values in older prices were brought to the price base; None if none had to be."""
    lines = [line for line in frozen.lines if line.value_from == ValueSource.UPRATED]
    if not lines:
        return None
    series, base = frozen.told["price_series"], frozen.told["price_base"]
    return {
        "series": series,
        "base": base,
        "rows": [_uprating(frozen, line, series["values"], base) for line in lines],
        "index": "; ".join(
            f"{period}: {shown.number(Decimal(value))}" for period, value in sorted(series["values"].items())
        ),
    }


def _uprating(frozen: Frozen, line: Line, index: dict[str, str], base: str) -> Cells:
    proxy = next((row.proxy for row in frozen.facts.valuations if row.outcome == line.key), "")
    return {
        "name": line.label,
        "proxy": proxy,
        "value": amount(Decimal(line.told["value_each"]), frozen.currency),
        "period": line.told["price_period"],
        "then": shown.number(Decimal(index[line.told["price_period"]])),
        "now": shown.number(Decimal(index[base])),
        "uprated": amount(line.value_each, frozen.currency),
    }


def anchored(frozen: Frozen) -> dict[str, Any] | None:
    """Return how values follow from one outcome in money by their importance; None if none do."""
    if not frozen.totals["is_anchored"]:
        return None
    anchor = next(line for line in frozen.lines if line.told["is_anchor"])
    following = [line for line in frozen.lines if line.value_from == ValueSource.ANCHOR]
    return {
        "anchor": anchor.label,
        "value": shown.money(anchor.value_each, frozen.currency),
        "anchor_value": amount(anchor.value_each, frozen.currency),
        "weight": shown.number(Decimal(anchor.told["weight"])),
        "count": len(following),
        "rows": [_following(frozen, line) for line in following],
    }


def _following(frozen: Frozen, line: Line) -> Cells:
    return {
        "name": line.label,
        "weight": shown.number(Decimal(line.told["weight"])),
        "value": amount(line.value_each, frozen.currency),
    }


def unvalued(lines: Sequence[Line]) -> list[str]:
    """Return the names of the counted outcomes that have no value in money."""
    return [line.label for line in lines if line.value_each is None]

"""The calculation done again, as a reader follows it: the whole first, then year by year, then change by change."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from outcomes.valuation import NoSuchFigure
from reports import recalculation
from reports.views.wording.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure with its words: as the report shows it, and both sides with all their digits where they differ."""

    label: str
    shown: str
    about: str
    """The code of a question about it."""
    is_equal: bool
    frozen: str
    now: str


def compared(frozen: Frozen) -> list[dict[str, Any]]:
    """Return every figure in groups, each as it was frozen and as it comes out now."""
    figures = recalculation.recalculated(frozen.document, frozen.workings)
    parts = {part: list(own) for part, own in groupby(sorted(figures, key=_part), key=_part)}
    groups: list[dict[str, Any]] = [
        {"title": _("The account as a whole"), "rows": _rows(frozen, parts.get("totals", []))}
    ]
    groups.append({"title": _("Year by year"), "rows": _rows(frozen, parts.get("years", []))})
    for key, own in groupby(parts.get("lines", []), key=lambda each: each.name.partition(".")[0]):
        line = frozen.workings.line_by_key.get(key)
        groups.append({"title": f"{key} {line.line.label}" if line else key, "rows": _rows(frozen, own)})
    return [group | {"differing": sum(not each.is_equal for each in group["rows"])} for group in groups]


def _part(figure: recalculation.Recalculated) -> str:
    return figure.where.partition(".")[0]


def _rows(frozen: Frozen, figures: Iterable[recalculation.Recalculated]) -> list[Compared]:
    order = {name: place for place, name in enumerate(frozen.workings.names())}
    return [_compared(frozen, each) for each in sorted(figures, key=lambda each: order.get(each.name, len(order)))]


def _compared(frozen: Frozen, figure: recalculation.Recalculated) -> Compared:
    try:
        worked = frozen.workings.figure(figure.name)
    except NoSuchFigure:
        label, shown = figure.where, figure.frozen
    else:
        label, shown = frozen.figure_label(worked), frozen.figure_shown(worked)
    return Compared(
        label=label,
        shown=shown,
        about=f"figure:{figure.name}",
        is_equal=figure.is_equal,
        frozen=figure.frozen,
        now=figure.now,
    )

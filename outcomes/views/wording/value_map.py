"""The value map: one line for each outcome that counts, each figure with its explanation; and what it comes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes import shown
from outcomes.counting import left_out
from outcomes.nouns import Facts
from outcomes.queries import Standing
from outcomes.valuation import Figure, Workings
from outcomes.views.pages import entry_url
from outcomes.views.wording.figures import Cell, Entered, entered, figure_url, title, unit
from outcomes.views.wording.overview import return_shown

VALUE_MAP = "value-map"
"""What an address says to come back to the value map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One outcome of the value map."""

    ref: str
    name: str
    stakeholder: str
    url: str
    cells: tuple[Cell, ...]

    @property
    def is_here(self) -> bool:
        """Return whether the reader has just corrected one of its figures."""
        return any(cell.is_here for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the account comes to in one respect; `words` instead of a figure where there is none."""

    label: str
    shown: str
    url: str
    words: str = ""
    range: str = ""


def rows(held: Standing, account: Any, corrected: tuple[str, str, str] | None = None) -> list[Line]:
    """Return the value map. `corrected` is the noun, ref and field of the figure that was just corrected, if any."""
    workings = held.workings
    if workings is None:
        return []
    groups = {row.ref: row.name for row in held.facts.stakeholders}
    heads = _heads(workings)
    return [
        Line(
            ref=each.line.key,
            name=each.line.label,
            stakeholder=groups.get(each.line.stakeholder, ""),
            url=entry_url(account.id, "outcomes", each.line.key),
            cells=tuple(_cells(heads, workings, each.line.key, held.facts, account, corrected)),
        )
        for each in workings.lines
    ]


def _heads(workings: Workings) -> dict[str, str]:
    """Return the columns: in money where the account holds any, in points of importance where it does not."""
    factors = {"deadweight": _("Deadweight"), "displacement": _("Displacement"), "attribution": _("Attribution")}
    if not workings.is_in_money:
        importance = {"importance": _("Importance, in points"), "importance_share": _("Share of all")}
        return {"quantity": _("Quantity"), "weight": _("Importance of one"), **factors, **importance}
    lasting = {"drop_off": _("Drop-off"), "duration": _("Years")}
    worth = {"impact": _("Impact"), "present_value": _("Present value")}
    return {"quantity": _("Quantity"), "value_each": _("Value of one"), **factors, **lasting, **worth}


def _cells(
    heads: Mapping[str, str],
    workings: Workings,
    key: str,
    facts: Facts,
    account: Any,
    corrected: tuple[str, str, str] | None,
) -> Iterator[Cell]:
    for name, label in heads.items():
        worked = workings.figure(f"{key}.{name}")
        typed = _typed(worked)
        held = entered(typed, facts, account.id) if typed else None
        yield Cell(
            label=label,
            shown=shown.number(worked.amount) if name == "duration" else shown.figure(worked, account.currency),
            url=figure_url(account.id, worked.name),
            unit=_starts(workings, key) if name == "duration" else _under(worked, held, facts),
            negative=worked.amount is not None and worked.amount < 0,
            correct_url=held.correct_url(VALUE_MAP) if held else "",
            correct_words=f"{label}, {worked.about}",
            in_place=held is not None and held.is_there,
            is_here=held is not None and (held.noun, held.ref, held.field) == corrected,
        )


def _typed(worked: Figure) -> Figure | None:
    """Return the figure that somebody typed: this one, or the value that was brought to the account's prices."""
    if worked.is_entered:
        return worked
    first = worked.parts[0] if worked.name.endswith(".value_each") and worked.parts else None
    return first if first is not None and first.is_entered and first.line == worked.line else None


def _under(worked: Figure, held: Entered | None, facts: Facts) -> str:
    """Return what stands under a figure: its unit; or that nobody gave it, where the account is worked out without."""
    if held is not None and not held.is_there and worked.amount is not None:
        return _("no figure yet")
    return unit(worked, facts)


def _starts(workings: Workings, key: str) -> str:
    first = workings.line(key).line.first_year
    return _("from year %(year)s") % {"year": first} if first > 1 else ""


def sums(held: Standing, account: Any) -> list[Cell]:
    """Return the last line of the value map: the sums below the columns that can be added up."""
    workings = held.workings
    if workings is None:
        return []
    added = {"impact": "impact", "present_value": "total_present_value", "importance": "importance"}
    return [
        _sum(workings.figure(added[name]), label, account) if name in added else Cell(label=label, shown="")
        for name, label in _heads(workings).items()
    ]


def _sum(worked: Figure, label: str, account: Any) -> Cell:
    return Cell(
        label=label,
        shown=shown.figure(worked, account.currency),
        url=figure_url(account.id, worked.name),
        negative=worked.amount is not None and worked.amount < 0,
    )


_TOTALS = ("gross_value", "impact", "total_present_value", "inputs", "net_present_value", "net_ratio", "payback")


def totals(held: Standing, account: Any) -> list[Total]:
    """Return what the account comes to, each total with its explanation; the ratio last, after its range."""
    workings = held.workings
    if workings is None:
        return []
    put_in = ("inputs",) if workings.inputs.investments else ()  # without money, they may well be named and not valued
    names = (*_TOTALS, "ratio") if workings.is_in_money else ("importance", *put_in)
    return [_total(workings.figure(name), held, account) for name in names]


def _total(worked: Figure, held: Standing, account: Any) -> Total:
    words = _(worked.why_undefined) % worked.params if worked.why_undefined else ""
    return Total(
        label=title(worked, account.currency),
        shown=shown.figure(worked, account.currency),
        url=figure_url(account.id, worked.name),
        words=words,
        range=_range(held, account.currency) if worked.name == "ratio" else "",
    )


def _range(held: Standing, currency: str) -> str:
    """Return the range of the ratio, “£1.40 to £2.30”; nothing where none is stated."""
    found = return_shown(held, currency)
    return _("%(low)s to %(high)s") % {"low": found.low, "high": found.high} if found and found.low else ""


def counted(held: Standing) -> str:
    """Return how many outcomes count, of how many."""
    lines = len(held.workings.lines) if held.workings else 0
    every = len(held.facts.outcomes)
    if lines == every:
        return ngettext("%(count)s outcome, and it counts.", "%(count)s outcomes, and all of them count.", every) % {
            "count": every
        }
    return _("%(lines)s of %(every)s outcomes count.") % {"lines": lines, "every": every}


def left_out_shown(facts: Facts, account: Any) -> list[dict[str, str]]:
    """Return the outcomes that do not count, each with why and the reason given."""
    return [
        {
            "ref": each.outcome.ref,
            "name": each.outcome.name,
            "why": _(each.why.label),
            "reason": each.reason,
            "url": entry_url(account.id, "outcomes", each.outcome.ref, "decision"),
        }
        for each in left_out(facts)
    ]

"""A frozen document as the parts of the report read it: facts, and figures as decimals again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.columns import Choice, Noun
from outcomes import format as account_format, shown
from outcomes.charts.figure import Voice
from outcomes.nouns import Facts, Outcome, every_row

Plain = Mapping[str, Any]
Figures = tuple[Decimal | None, ...]

_ENOUGH_DIGITS = 200
"""More than any frozen figure has: adding them up rounds nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One counted outcome, worked out. A figure that is not defined is None."""

    key: str
    label: str
    stakeholder: str
    value_from: str
    """Where the value of one comes from: entered, uprated, anchor or none."""
    value_each: Decimal | None
    gross: Decimal | None
    after_deadweight: Decimal | None
    after_displacement: Decimal | None
    impact: Decimal | None
    present_value: Decimal | None
    importance: Decimal | None
    importance_share: Decimal | None
    by_year: Figures
    present_values: Figures
    told: Plain
    """What the valuation was told of it: quantity, shares, duration, as they were entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of the account: what all outcomes come to in it, and what that is worth today."""

    year: int
    impact: Decimal
    discount_factor: Decimal
    present_value: Decimal


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """One frozen document, read."""

    document: Plain
    facts: Facts
    lines: tuple[Line, ...]
    years: tuple[Year, ...]
    totals: Mapping[str, Any]
    """Each total by its name: a decimal, None where it is not defined, or an answer of yes or no."""
    tested: Plain
    told: Plain
    """What the valuation was told of the account: rates, price series, investments."""

    @property
    def content(self) -> Plain:
        """Return what was frozen, apart from when and by whom."""
        content: Plain = self.document["content"]
        return content

    @property
    def currency(self) -> str:
        """Return the three letters of the account's currency."""
        return self.facts.account.currency

    @cached_property
    def voice(self) -> Voice:
        """Return how figures are told in the language that is active."""
        return shown.voice(self.currency)

    @property
    def is_in_money(self) -> bool:
        """Return whether any outcome is valued in money, or there is none at all."""
        return bool(self.totals["is_in_money"])

    @cached_property
    def line_by_key(self) -> Mapping[str, Line]:
        """Return each line by the ref of its outcome."""
        return {line.key: line for line in self.lines}

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """Return the name of each stakeholder group by its ref."""
        return {row.ref: row.name for row in self.facts.stakeholders}

    @cached_property
    def outcome_by_ref(self) -> Mapping[str, Outcome]:
        """Return each outcome by its ref."""
        return {row.ref: row for row in self.facts.outcomes}

    @cached_property
    def row_by_ref(self) -> Mapping[str, Noun]:
        """Return each row of the account by its ref; of two nouns that use one ref, the first."""
        rows: dict[str, Noun] = {}
        for _noun, row in every_row(self.facts):
            rows.setdefault(getattr(row, "ref", ""), row)
        return rows

    def called(self, ref: str) -> str:
        """Return what a person would call the row of this ref."""
        row = self.row_by_ref.get(ref)
        if row is None:
            return ref
        name = getattr(row, row.shown_by)
        return _(name.label) if isinstance(name, Choice) else str(name or ref)

    def worth(self, line: Line) -> Decimal | None:
        """Return what a line weighs in the result: money, or points in an account that holds none."""
        return line.present_value if self.is_in_money else line.importance

    def size(self, ref: str) -> Decimal:
        """Return how much an outcome weighs in the result, either way; less than nothing if it does not count."""
        line = self.line_by_key.get(ref)
        return Decimal(-1) if line is None else abs(self.worth(line) or Decimal(0))


def read(document: Plain) -> Frozen:
    """Return the document, read. Raises Unacceptable if the account in it is none."""
    content = document["content"]
    workings = content["workings"]
    told = {line["key"]: line for line in workings["inputs"]["lines"]}
    return Frozen(
        document=document,
        facts=account_format.from_frozen(content["account"]),
        lines=tuple(_line(each, told[each["key"]]) for each in workings["lines"]),
        years=tuple(_year(each) for each in workings["years"]),
        totals={name: _total(value) for name, value in workings["totals"].items() if name != "why_no_ratio"},
        tested=content["sensitivity"],
        told=workings["inputs"],
    )


def decimal(plain: str | None) -> Decimal | None:
    """Return a frozen figure as a decimal."""
    return None if plain is None else Decimal(plain)


def added(figures: Iterable[Decimal | None]) -> Decimal:
    """Return the sum of those figures that are defined; nothing is rounded."""
    with localcontext(prec=_ENOUGH_DIGITS):
        return sum((figure for figure in figures if figure is not None), Decimal(0))


def _line(plain: Plain, told: Plain) -> Line:
    held: dict[str, Any] = {name: _READERS.get(name, decimal)(value) for name, value in plain.items()}
    return Line(**held, told=told)


def _decimals(plain: list[str | None]) -> Figures:
    return tuple(map(decimal, plain))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "key": str,
    "label": str,
    "stakeholder": str,
    "value_from": str,
    "by_year": _decimals,
    "present_values": _decimals,
}
"""How the parts of a line are read that are not single figures: words stay words, also those that look like numbers."""


def _year(plain: Plain) -> Year:
    return Year(
        year=plain["year"],
        impact=Decimal(plain["impact"]),
        discount_factor=Decimal(plain["discount_factor"]),
        present_value=Decimal(plain["present_value"]),
    )


def _total(plain: Any) -> Decimal | bool | None:
    return plain if isinstance(plain, bool) else decimal(plain)

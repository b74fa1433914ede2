"""What changed, put into the words and figures of the reader's language: on the page of two versions, and on paper."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _, gettext_noop as _n, pgettext

from accounts.columns import Choice, columns
from accounts.models import OrganisationType
from accounts.nouns import AccountDetails
from outcomes import shown
from outcomes.nouns import BY_SLUG
from reports.differences import ORGANISATION, PRINCIPLES, RESULT, WORKED_VALUE, Difference, Unit, Value, Way
from reports.paper._words import day, yes_or_no

Currencies = tuple[str, str]
"""The currency of the earlier document and that of the later one."""

NOTHING = "–"
_NOT_IN_ROWS = {
    RESULT: _n("The result"),
    AccountDetails.slug: _n("What it covers, and its settings"),
    PRINCIPLES: _n("The principles"),
    ORGANISATION: _n("The organisation"),
}
_STANDS = {"met": _n("Ready"), "needs_reason": _n("Needs a reason"), "missing": _n("Missing")}
_OF_WHAT_COUNTS = frozenset({"impact", "present_value", "importance", WORKED_VALUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One difference, ready to be shown."""

    name: str
    """What it is about: the row, and which part of it; "" where the field says it all."""
    ref: str
    field: str
    before: str
    after: str
    way: str
    is_figure: bool
    is_words: bool
    is_row: bool
    """Whether the row itself came or went."""
    is_tiny: bool
    """Whether the two figures look alike when they are rounded."""
    is_again: bool = False
    """Whether the same row was named just before."""
    reasons: tuple[str, ...] = ()
    """Why it was changed, where that was said."""

    @property
    def sentence(self) -> str:
        """Return both values in one sentence."""
        return _("%(before)s before, %(after)s now") % {"before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What changed in one noun."""

    slug: str
    title: str
    rows: tuple[Told, ...]


Reasons = Mapping[tuple[str, str], tuple[str, ...]]


def grouped(found: Iterable[Difference], currencies: Currencies, reasons: Reasons | None = None) -> list[Group]:
    """Return the differences noun by noun, in their order. `reasons` are those that were given, by noun and ref."""
    return [
        Group(slug=slug, title=title_of(slug), rows=_with_reasons(list(rows), currencies, reasons or {}))
        for slug, rows in groupby(found, key=lambda each: each.noun)
    ]


def _with_reasons(rows: list[Difference], currencies: Currencies, reasons: Reasons) -> tuple[Told, ...]:
    """Return the rows of a noun; the reasons for changing one stand with the first of what is told of it."""
    before = [None, *(each.ref for each in rows)]
    return tuple(
        replace(told(each, currencies), is_again=bool(each.ref))
        if each.ref == named
        else replace(told(each, currencies), reasons=reasons.get((each.noun, each.ref), ()))
        for named, each in zip(before, rows, strict=False)
    )


def title_of(slug: str) -> str:
    """Return what a noun is called, or what is told beside the nouns."""
    return _(_NOT_IN_ROWS[slug]) if slug in _NOT_IN_ROWS else _(BY_SLUG[slug].title)


def told(found: Difference, currencies: Currencies) -> Told:
    """Return one difference in the reader's words."""
    before, after = _sides(found, currencies)
    return Told(
        name=_name(found),
        ref="" if found.noun == PRINCIPLES else found.ref,
        field=_field(found),
        before=before,
        after=after,
        way=found.way.value,
        is_figure=found.is_figure,
        is_words=found.unit is Unit.WORDS,
        is_row=not found.field,
        is_tiny=found.is_figure and before == after,
    )


def _name(found: Difference) -> str:
    if found.noun == PRINCIPLES:
        return f"{found.ref}. {_(found.aspect)}"
    parts = [part for part in (found.called, _(found.aspect) if found.aspect else "") if part]
    return ": ".join(parts) if found.noun != AccountDetails.slug else ""


def _field(found: Difference) -> str:
    label = _(found.label)
    return f"{label} {found.called}" if found.noun == AccountDetails.slug and found.called else label


def _sides(found: Difference, currencies: Currencies) -> tuple[str, str]:
    if not found.field:
        came = found.way is Way.ADDED
        return (NOTHING, pgettext("a row", "Added")) if came else (pgettext("a row", "It was there"), _("Taken out"))
    if found.unit is Unit.WORDS and found.before is None and found.after is None:
        return NOTHING, _("Reads differently")
    return _side(found, found.before, currencies[0]), _side(found, found.after, currencies[1])


def _side(found: Difference, value: Value, currency: str) -> str:
    return _absent(found) if value is None else _said(found, value, currency)


def _absent(found: Difference) -> str:
    """Return what stands for a value that is not there: never a nought."""
    if found.way is not Way.CHANGED:
        return NOTHING
    if found.noun == RESULT:
        return _("No figure")
    if found.field in _OF_WHAT_COUNTS:
        return _("Not counted")
    return _("Not given")


def _said(found: Difference, value: Value, currency: str) -> str:
    if found.unit is Unit.MONEY:
        return shown.money(Decimal(str(value)), currency)
    if found.unit is Unit.ANSWER:
        return _answer(found, str(value))
    return _BY_UNIT[found.unit](value)


_BY_UNIT: Mapping[Unit, Callable[[Value], str]] = {
    Unit.SHARE: lambda value: shown.share(Decimal(str(value))),
    Unit.NUMBER: lambda value: shown.number(Decimal(str(value))),
    Unit.YES_NO: lambda value: yes_or_no(answer=bool(value)),
    Unit.DATE: lambda value: day(dt.date.fromisoformat(str(value))),
    Unit.CODE: str,
    Unit.WORDS: lambda value: f"“{value}”",
}


def _answer(found: Difference, value: str) -> str:
    if found.noun == PRINCIPLES:
        return _(_STANDS[value]) if value in _STANDS else value
    if found.noun == ORGANISATION:
        return next((str(kind.label) for kind in OrganisationType if kind.value == value), value)
    return next((_(choice.label) for choice in _choices(found) if choice.value == value), value)


def _choices(found: Difference) -> Iterable[Choice]:
    noun = AccountDetails if found.noun == AccountDetails.slug else BY_SLUG[found.noun]
    column = next((each for each in columns(noun) if each.name == found.field), None)
    return (column.choices or ()) if column else ()

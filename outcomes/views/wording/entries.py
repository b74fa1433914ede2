"""The rows of an account: in groups, in tables of what tells most of each, in full, and with what belongs to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import NUMERIC, Choice, Column, Kind, Noun, column, columns
from outcomes import forms, shown
from outcomes.counting import worth_of
from outcomes.nouns import (
    ROWS,
    Adjustment,
    Evidence,
    Explanation,
    Facts,
    Indicator,
    Link,
    Observation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
    rows as rows_of,
)
from outcomes.principles import CHECKS
from outcomes.views.pages import entry_url
from stakeholders.nouns import CoProduction, Input, Involvement, Output, Stakeholder, Subgroup

Names = Mapping[tuple[str, str], str]
"""What a person would call each row, by the slug of its noun and its ref."""

GROUPS: tuple[tuple[str, tuple[type[Noun], ...]], ...] = (
    (_n("Who it is about"), (Stakeholder, Subgroup, Involvement, CoProduction)),
    (_n("What goes in, and what is done"), (Input, Output)),
    (_n("What changes, and how you know"), (Outcome, Link, Indicator, Observation)),
    (_n("What it is worth, and how much of it is yours to claim"), (Valuation, Adjustment, ScenarioChange)),
    (_n("Where it fits in Wales and the world"), (WellBeingGoal, SdgTarget)),
    (_n("What bears it out"), (Evidence, Explanation)),
)
"""Every noun that comes in rows, as a reader would look for it."""

TELLING: Mapping[type[Noun], tuple[str, ...]] = {
    Stakeholder: ("size", "decision", "reason"),
    Subgroup: ("stakeholder", "size"),
    Involvement: ("stakeholder", "held_on", "took_part", "out_of"),
    CoProduction: ("extent", "explanation"),
    Input: ("stakeholder", "kind", "amount", "year"),
    Output: ("stakeholder", "quantity"),
    Outcome: ("stakeholder", "direction", "quantity", "duration", "decision"),
    Link: ("cause", "effect"),
    Indicator: ("outcome", "measure", "unit"),
    Observation: ("indicator", "moment", "observed_on", "state", "numerator", "denominator"),
    Valuation: ("outcome", "value", "price_period", "weight"),
    Adjustment: ("outcome", "figure", "low", "high", "reason"),
    ScenarioChange: ("outcome", "assumption", "figure"),
    WellBeingGoal: ("outcome", "how"),
    SdgTarget: ("outcome", "how"),
    Evidence: ("about_row", "kind", "dated"),
    Explanation: ("item", "reason"),
}
"""What the list of a noun shows of each row; the row's own page shows all of it."""

_LONGEST = 120
"""How much of a long text a list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One field of a row in words, for `components/summary_list.html` and the tables of rows."""

    key: str
    value: str
    set_as: str = ""
    """"number" for a figure, "words" for a text of some length, blank for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row in a list."""

    ref: str
    name: str
    url: str
    answers: tuple[Answer, ...]


def contents_shown(facts: Facts, account_id: UUID) -> list[dict[str, Any]]:
    """Return everything that the account holds, group by group, with how many rows of each."""
    return [{"title": _(title), "tasks": [_task(noun, facts, account_id) for noun in nouns]} for title, nouns in GROUPS]


def _task(noun: type[Noun], facts: Facts, account_id: UUID) -> dict[str, str]:
    count = len(rows_of(facts, noun))
    return {
        "title": _(noun.title),
        "hint": _(noun.about),
        "url": reverse("outcomes:entries", args=[account_id, noun.slug]),
        "words": shown.number(count) if count else _("None yet"),
    }


def rows_shown(noun: type[Noun], facts: Facts, account: Any) -> list[Row]:
    """Return the rows of a noun as a list shows them."""
    names = names_of(facts)
    told = [column(noun, name) for name in TELLING[noun]]
    return [
        Row(
            ref=_ref(row),
            name=row_name(row),
            url=entry_url(account.id, noun.slug, _ref(row)),
            answers=tuple(_answer(each, row, names, account.currency) for each in told),
        )
        for row in rows_of(facts, noun)
    ]


def _answer(declared: Column, row: Noun, names: Names, currency: str) -> Answer:
    words = value_shown(declared, row, names, currency)
    if not words and isinstance(row, Input) and declared.name == "amount":
        words = _worth_of_time(row, currency)
    if words and declared.name == "quantity":
        words = f"{words} {getattr(row, 'quantity_unit', '') or getattr(row, 'unit', '')}".strip()
    cut = f"{words[:_LONGEST].rstrip()}…" if len(words) > _LONGEST else words
    return Answer(key=_(declared.label), value=cut, set_as=_set_as(declared.kind))


def _worth_of_time(row: Input, currency: str) -> str:
    """Return what an input is worth that states hours alone, and that it was worked out."""
    worth = worth_of(row)
    return "" if worth is None else _("%(worth)s, from the hours") % {"worth": shown.money(worth, currency)}


def _set_as(kind: Kind) -> str:
    return "number" if kind in NUMERIC else "words" if kind is Kind.LONG_TEXT else ""


def in_full(noun: type[Noun], row: Noun, facts: Facts, currency: str) -> list[dict[str, Any]]:
    """Return everything that a row says, part by part as its form has it, for those who may not change it."""
    names = names_of(facts)
    return [
        {
            "title": part.title,
            "answers": [
                Answer(key=str(field.label), value=value_shown(column(noun, field.name), row, names, currency))
                for fields in part.rows
                for field in fields
            ],
        }
        for part in forms.RowForm(noun, facts, row=row).parts
    ]


def value_shown(declared: Column, row: Noun, names: Names, currency: str) -> str:
    """Return what a row holds in a column, as a reader wants to see it."""
    value = getattr(row, declared.name)
    if value is None or value == "":
        return ""
    if declared.refers_to:
        return next((names[slug, value] for slug in declared.refers_to if (slug, value) in names), str(value))
    if declared.name == "check_name" and value in CHECKS:
        return _(CHECKS[value].question)
    if declared.kind in NUMERIC:
        return _figure_shown(declared.kind, value, currency)
    return _(value.label) if isinstance(value, Choice) else _in_words(declared, row, value)


def _figure_shown(kind: Kind, value: Any, currency: str) -> str:
    if kind is Kind.MONEY:
        return shown.money(value, currency)
    return shown.share(value) if kind is Kind.SHARE else shown.number(value)


def _in_words(declared: Column, row: Noun, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return forms.shown_value(declared, row)


def row_name(row: Noun) -> str:
    """Return what a person would call a row; nothing where that is its ref."""
    if row.shown_by == "ref":
        return ""
    return value_shown(column(type(row), row.shown_by), row, {}, "")


def names_of(facts: Facts) -> Names:
    """Return what a person would call each row."""
    return {(noun.slug, _ref(row)): ref_and_name(row) for noun in ROWS for row in rows_of(facts, noun)}


def ref_and_name(row: Noun) -> str:
    """Return the ref of a row, and what a person would call it."""
    return " ".join(word for word in (_ref(row), row_name(row)) if word)


def related(noun: type[Noun], ref: str, facts: Facts, account_id: UUID) -> list[dict[str, Any]]:
    """Return the rows that point to this one, noun by noun, with the way to add another."""
    return [
        {
            "title": _(other.title),
            "rows": [
                {"name": ref_and_name(row), "url": entry_url(account_id, other.slug, _ref(row))}
                for row in rows_of(facts, other)
                if getattr(row, pointer) == ref
            ],
            "add_url": f"{reverse('outcomes:new_entry', args=[account_id, other.slug])}?{urlencode({pointer: ref})}",
            "add_words": _("Add: %(noun)s") % {"noun": _(other.singular).lower()},
        }
        for other, pointer in _pointers_to(noun)
    ]


def _pointers_to(noun: type[Noun]) -> Iterator[tuple[type[Noun], str]]:
    """Yield each noun that may point to this one and to no other noun, and the column that does."""
    for other in ROWS:
        for each in columns(other):
            if each.refers_to == (noun.slug,) and other not in {ScenarioChange, Link}:
                yield other, each.name


def _ref(row: Noun) -> str:
    return str(getattr(row, "ref", ""))

"""The field of a column: where its value is typed, with its unit, its example and the right keyboard."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import Column, Kind, Noun
from accounts.words import gettext_noop as _n
from outcomes import glossary, reference, shown
from outcomes.forms._choosing import Choosing
from outcomes.nouns import (
    BY_SLUG,
    Adjustment,
    Evidence,
    Explanation,
    Facts,
    Observation,
    Outcome,
    called,
    rows as rows_of,
)
from outcomes.principles import CHECKS

_KEYBOARDS = {
    Kind.NUMBER: "decimal",
    Kind.MONEY: "decimal",
    Kind.SHARE: "decimal",
    Kind.WHOLE: "numeric",
    Kind.LINK: "url",
}
_MOST_BUTTONS = 3
"""A question with so many answers or fewer shows them all; one with more opens a list."""


def shown_value(column: Column, row: Noun | None) -> str:
    """Return what the row holds in a column as a person would type it."""
    value = getattr(row, column.name, None)
    if column.kind is Kind.DATE and value is not None:
        return str(value.strftime("%d/%m/%Y"))
    return parsing.show(column, value)


def field_value(column: Column, row: Noun | None) -> str:
    """Return what the field of a column shows: the value, without the unit that stands in the field beside it."""
    value = shown_value(column, row)
    return value.removesuffix("%") if column.kind is Kind.SHARE else value


def ref_of(row: Noun | None) -> str:
    """Return the ref of a row; blank for one that is not there yet, and for the account itself."""
    return str(getattr(row, "ref", ""))


class Answer(forms.ChoiceField):
    """One of some answers. What else was sent is for the service to judge, in its own words."""

    widget = Choosing

    def valid_value(self, value: Any) -> bool:
        """Take any answer."""
        return isinstance(value, str)


def field(column: Column, facts: Facts, row: Noun | None, value: str, *, noun: type[Noun]) -> forms.Field:
    """Return the field of a column of a noun, for a row that holds this value there."""
    made: Any = _kind_of_field(column, facts, value)
    made.required = False  # the service judges; a browser that stopped a save would hide the reason
    made.label = _(column.label)
    made.help_text = _helped(noun, column, made)
    example = glossary.example_of(noun, column)
    made.example = _(example) if example else ""
    made.term = _explained(_term(noun, column, row))
    made.prefix, made.suffix = _units(column, facts, row)
    if column.kind is Kind.SHARE:
        made.example = made.example.removesuffix("%")
    return made


_ON_SCREEN: Mapping[tuple[type[Noun], str], str] = {
    (Outcome, "duration"): _n("Counting the first year of benefit."),
    (Evidence, "about_row"): _n("Leave this as it is if it bears out the account as a whole."),
    (Explanation, "check_name"): _n("Which question of the seven principles does your reason answer?"),
}
"""What helps at a field where the words of the column are about a cell of a workbook."""


def _helped(noun: type[Noun], column: Column, made: Any) -> str:
    """Return what helps to fill in a field; where it has no answers to choose from yet, where those are added."""
    words = _ON_SCREEN.get((noun, column.name), column.help)
    if column.refers_to and column.required and len(made.choices) == 1:
        where = " / ".join(_(BY_SLUG[slug].title) for slug in column.refers_to)
        return _("There is nothing to choose from yet. Add it first, under “%(where)s”.") % {"where": where}
    return _(words) if words else ""


def _term(noun: type[Noun], column: Column, row: Noun | None) -> glossary.Term | None:
    """Return the term that is explained at a field: of a factor's figure, that of the factor."""
    if isinstance(row, Adjustment) and column.name == "figure":
        return glossary.of_factor(row.factor)
    return glossary.beside(noun, column.name)


def _explained(term: glossary.Term | None) -> dict[str, str] | None:
    """Return a term as `components/help.html` shows it."""
    if term is None:
        return None
    words = _(term.words)
    return {"question": _(term.question), "words": f"{words[0].upper()}{words[1:]}.", "example": _(term.example)}


def _units(column: Column, facts: Facts, row: Noun | None) -> tuple[str, str]:
    """Return the unit that stands inside the field, before or after what is typed."""
    if column.kind is Kind.MONEY:
        return shown.symbol(facts.account.currency).strip(), ""
    if column.kind is Kind.SHARE:
        return "", "%"
    in_words = {"duration": _("years"), "weight": _("points"), "denominator": ""}
    if column.name in in_words:
        return "", in_words[column.name]
    return "", _unit_of(row, facts) if column.kind is Kind.NUMBER else ""


def _unit_of(row: Noun | None, facts: Facts) -> str:
    """Return what the quantities of a row are counted in, if anybody said so."""
    if isinstance(row, Observation):
        return next((each.unit for each in facts.indicators if each.ref == row.indicator), "")
    return str(getattr(row, "quantity_unit", "") or getattr(row, "unit", ""))


def _kind_of_field(column: Column, facts: Facts, value: str) -> forms.Field:
    if column.name == "check_name":
        return _check(value)
    if column.refers_to:
        return Answer(choices=[("", _("Choose")), *_targets(column, facts)])
    if column.name in _TABLES:
        return Answer(choices=[("", _("None")), *_tables(column, value)])
    if column.kind in {Kind.CHOICE, Kind.YES_NO}:
        return _question(column)
    if column.kind is Kind.LONG_TEXT:
        return forms.CharField(strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    keyboard = _KEYBOARDS.get(column.kind, "text")
    return forms.CharField(strip=False, widget=forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"}))


def _check(value: str) -> forms.Field:
    """Return the check that a reason answers: hidden where it is given, else to be chosen by its question."""
    if value in CHECKS:
        return forms.CharField(widget=forms.HiddenInput)
    held = [(value, value)] if value else []
    questions = [(slug, _(each.question)) for slug, each in CHECKS.items()]
    return Answer(choices=[("", _("Choose")), *held, *questions])


def _question(column: Column) -> forms.Field:
    """Return a question with its answers: all in sight if they are few, in a list if they are many."""
    yes_no = [("yes", _("Yes")), ("no", _("No"))]
    answers = [(option.value, _(option.label)) for option in column.choices] if column.choices else yes_no
    few = len(answers) <= _MOST_BUTTONS
    widget = forms.RadioSelect(attrs={"class": "in-a-row"}) if few else Choosing()
    return Answer(choices=[("", _("Not answered")), *answers], widget=widget)


_TABLES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "rate_schedule": reference.rate_schedules,
    "price_series": reference.all_price_series,
}


def _tables(column: Column, value: str) -> list[tuple[str, str]]:
    """Return the published tables that there are; one that the account names and that is not among them stays."""
    known = {slug: f"{table.title} ({slug})" for slug, table in _TABLES[column.name]().items()}
    return list({**({value: value} if value else {}), **known}.items())


def _targets(column: Column, facts: Facts) -> list[tuple[str, str]]:
    """Return the rows that a column may point to."""
    pointed_at = (row for slug in column.refers_to for row in rows_of(facts, BY_SLUG[slug]))
    outcomes = {each.ref: each.name for each in facts.outcomes}
    return [(ref_of(row), f"{ref_of(row)} {_told(row, outcomes)}") for row in pointed_at]


def _told(row: Noun, outcomes: Mapping[str, str]) -> str:
    """Return what a person would call a row; of one that has no name of its own, what it is and of which outcome."""
    if row.shown_by == "name":
        return called(row)
    name = called(row)
    what = _(row.singular) if name == ref_of(row) else _(name)
    return " – ".join(filter(None, [what, outcomes.get(getattr(row, "outcome", ""), "")]))

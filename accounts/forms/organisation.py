"""What an organisation says of itself: one form, from the declaration of its particulars, with its numbers below."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import Column, Kind, columns
from accounts.identifiers import SHAPES, Scheme, read_number
from accounts.sector import Particulars

_BARE_FIGURE = re.compile(r"\s*[-+−]?[\d.,\s]*\d[\d.,\s]*")
_FEW = 3
"""A question with so many answers or fewer shows them side by side."""


class Answer(forms.ChoiceField):
    """One of some answers. What else was sent is judged by the one reader of all that is typed."""

    def valid_value(self, value: Any) -> bool:
        """Take any answer."""
        return isinstance(value, str)


class About(forms.Form):
    """What an organisation is, what it is there for, the two questions of the sector test, and its numbers."""

    marks_optional = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        held: Particulars,
        numbers: Mapping[Scheme, str],
        *,
        version: int,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """Show what is held; with `typed`, what a person typed over it."""
        shown = {each.name: _in_field(each, held) for each in columns(Particulars)}
        registered = {field_of(scheme): number for scheme, number in numbers.items()}
        super().__init__(data=typed, initial={**shown, **registered, "version": version})
        for column in columns(Particulars):
            self.fields[column.name] = _field(column)
        for scheme in Scheme:
            self.fields[field_of(scheme)] = _number_field(scheme)
        self.said: Particulars | None = None
        self.numbers: dict[Scheme, str] = {}

    @property
    def particulars(self) -> list[forms.BoundField]:
        """Return the fields of what the organisation says of itself."""
        return [self[column.name] for column in columns(Particulars)]

    @property
    def registers(self) -> list[forms.BoundField]:
        """Return the fields of its numbers."""
        return [self[field_of(scheme)] for scheme in Scheme]

    def clean(self) -> None:
        """Read everything with the one reader; `said` and `numbers` are what was understood."""
        read = dict(self._read_particulars())
        self.numbers = dict(self._read_numbers())
        if not self.errors:
            self.said = Particulars(**read)

    def _read_particulars(self) -> Iterator[tuple[str, Any]]:
        for column in columns(Particulars):
            try:
                yield column.name, parsing.read(column, self._typed(column))
            except parsing.Refused as refused:
                self.add_error(column.name, _(refused.message) % refused.params)

    def _read_numbers(self) -> Iterator[tuple[Scheme, str]]:
        for scheme in Scheme:
            try:
                yield scheme, read_number(scheme, self.data.get(field_of(scheme), ""))
            except parsing.Refused as refused:
                self.add_error(field_of(scheme), _(refused.message) % refused.params)

    def _typed(self, column: Column) -> str:
        """Return what was typed, with the percent sign that stands beside a field; a form without a field left it."""
        typed = str(self.data.get(column.name, ""))
        bare = column.kind is Kind.SHARE and _BARE_FIGURE.fullmatch(typed)
        return f"{typed.strip()}%" if bare else typed

    def differences(self, theirs: Particulars, their_numbers: Mapping[Scheme, str]) -> list[dict[str, str]]:
        """Return each field in which what was typed differs from what somebody else saved meanwhile."""
        mine_and_theirs = [
            *(
                (
                    _(each.label),
                    _said(each, self._typed(each)),
                    _said(each, parsing.show(each, getattr(theirs, each.name))),
                )
                for each in columns(Particulars)
            ),
            *(
                (_(scheme.label), self.data.get(field_of(scheme), ""), their_numbers.get(scheme, ""))
                for scheme in Scheme
            ),
        ]
        return [
            {"label": label, "mine": mine, "theirs": saved} for label, mine, saved in mine_and_theirs if mine != saved
        ]


def field_of(scheme: str) -> str:
    """Return the name of the field in which the number in a register is typed."""
    return scheme.lower().replace("-", "_")


def version_of(typed: Mapping[str, Any]) -> int:
    """Return the version that a form was opened on; 0, which there is none of, if it does not say."""
    said = str(typed.get("version", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _in_field(column: Column, held: Particulars) -> str:
    return parsing.show(column, getattr(held, column.name)).removesuffix("%")


def _said(column: Column, value: str) -> str:
    """Return one side of a difference in words: the label of an answer instead of its code, one end of lines."""
    labels = {option.value: _(option.label) for option in column.choices or ()}
    if column.kind is Kind.YES_NO:
        labels = {"yes": _("Yes"), "no": _("No")}
    return labels.get(value, value.replace("\r\n", "\n"))


def _field(column: Column) -> forms.Field:
    made: Any = _kind_of_field(column)
    made.required = False  # the reader judges; a browser that stopped a save would hide the reason
    made.label = _(column.label)
    made.help_text = _(column.help) if column.help else ""
    made.example = _(column.example).removesuffix("%") if column.example else ""
    made.suffix = "%" if column.kind is Kind.SHARE else ""
    return made


def _kind_of_field(column: Column) -> forms.Field:
    if column.kind is Kind.CHOICE:
        return _question([(option.value, _(option.label)) for option in column.choices or ()], needed=column.required)
    if column.kind is Kind.YES_NO:
        return _question([("yes", _("Yes")), ("no", _("No"))], needed=column.required)
    if column.kind is Kind.LONG_TEXT:
        return forms.CharField(strip=False, widget=forms.Textarea(attrs={"rows": 4}))
    keyboard = "decimal" if column.kind is Kind.SHARE else "text"
    return forms.CharField(strip=False, widget=forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"}))


def _question(answers: list[tuple[str, str]], *, needed: bool) -> forms.Field:
    offered = answers if needed else [("", _("Not answered")), *answers]
    few = len(offered) <= _FEW
    return Answer(choices=offered, widget=forms.RadioSelect(attrs={"class": "in-a-row"} if few else {}))


def _number_field(scheme: Scheme) -> forms.Field:
    made: Any = forms.CharField(
        required=False, strip=False, label=_(scheme.label), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    made.help_text = _("Its code is %(scheme)s.") % {"scheme": scheme.value}
    made.example = SHAPES[scheme].example
    return made

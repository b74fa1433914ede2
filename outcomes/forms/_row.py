"""The form of one row of any noun, or of some of its fields."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import Column, Kind, Noun, column, columns
from accounts.nouns import AccountDetails
from outcomes import bands, intake
from outcomes.forms._choosing import Choosing
from outcomes.forms._fields import field, field_value, ref_of, shown_value
from outcomes.forms._parts import PARTS, Part
from outcomes.nouns import BY_SLUG, Adjustment, Facts, Observation, State, every_row, rows as rows_of
from outcomes.services import CHANGE_REASON, figures_of

NOT_TYPED = frozenset({"ref", "file_name", "file_sha256"})
"""What a row gets by itself, or with a file that is kept."""
_LONGEST_NUMBER = 9
_BARE_FIGURE = re.compile(r"\s*[-+−]?[\d.,\s]*\d[\d.,\s]*")


_BEGINS_AS: Mapping[type[Noun], Mapping[str, str]] = {Observation: {"state": State.MEASURED.value}}
"""What a new row says before anybody answers: whoever adds an observation mostly has its figure."""


_LONG = 16
"""From how many questions on the parts of a form can be folded away."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as the page shows it: its heading, and its fields row by row."""

    title: str
    rows: tuple[tuple[forms.BoundField, ...], ...]
    is_first: bool = False

    @property
    def count(self) -> int:
        """Return how many questions it asks."""
        return sum(len(fields) for fields in self.rows)

    @property
    def answered(self) -> int:
        """Return how many of them say something, typed or saved."""
        return sum(each.value() not in (None, "", False) for fields in self.rows for each in fields)

    @property
    def is_open(self) -> bool:
        """Return whether it is open from the start: the first one, and any that says something, or something wrong."""
        return self.is_first or bool(self.answered) or any(each.errors for fields in self.rows for each in fields)


class RowForm(forms.Form):
    """One row of a noun, or some of its fields."""

    marks_optional = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        noun: type[Noun],
        facts: Facts,
        *,
        row: Noun | None = None,
        only: Sequence[str] = (),
        typed: Mapping[str, Any] | None = None,
        about: Mapping[str, str] | None = None,
        version: int | None = None,
        gone: Iterable[str] = (),
        asks_why: bool = False,
    ) -> None:
        """Show a row (or a new one, filled in from `about`); with `typed`, what a person typed over it.

        `gone` are the refs of rows that were removed: a new row does not get one of them. `asks_why` says that a figure
        does not move without a reason.
        """
        self.noun, self.row, self._facts = noun, row, facts
        held = (
            {each.name: field_value(each, row) for each in columns(noun)}
            if row
            else {**_BEGINS_AS.get(noun, {}), **(about or {})}
        )
        super().__init__(data=typed, initial={**held, "version": version})
        for each in columns(noun):
            if each.name not in NOT_TYPED and (not only or each.name in only):
                self.fields[each.name] = field(each, facts, row, str(held.get(each.name, "")), noun=noun)
        if row is None:
            self._propose_ref(gone)
        elif only:
            self._stand_alone(only[0])
        if asks_why and not figures_of(noun).isdisjoint(self.fields):
            self._ask_why()

    def _ask_why(self) -> None:
        """Ask why a figure moves. What is asked is none of the row's own columns, some of which are reasons too."""
        self.fields[CHANGE_REASON] = forms.CharField(
            required=False,
            strip=False,
            label=_("Why are you changing this?"),
            help_text=_("A figure of an account that was submitted before changes with a reason. History keeps it."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def why(self) -> str:
        """Return the reason for the change, as typed: what the service is to be given as `reason`."""
        return str(self.data.get(CHANGE_REASON, ""))

    def in_a_grid(self, name: str) -> "RowForm":
        """Return the form as one row of many on a page: its ids are its own, every answer takes one line."""
        self.auto_id = f"{name}_%s"
        for each in self.fields.values():
            each.widget.attrs.pop("autofocus", None)
            _shorten(each)
            if isinstance(each.widget, forms.RadioSelect):
                answers: Any = each
                answers.widget = Choosing(choices=answers.choices)
            elif isinstance(each.widget, forms.Textarea):
                each.widget.attrs["rows"] = 1
        return self

    def _propose_ref(self, gone: Iterable[str]) -> None:
        """Send the ref that is free now: a form that is sent twice then names the same row twice."""
        self.fields["ref"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["ref"] = free_ref(self.noun, [*(ref_of(row) for _noun, row in every_row(self._facts)), *gone])

    def _stand_alone(self, name: str) -> None:
        """Let a field that is shown without the rest take the focus, and say which factor it is the figure of."""
        if isinstance(self.row, Adjustment) and name == "figure":
            self.fields[name].label = _(self.row.factor.label)
        widget = self.fields[name].widget
        if not isinstance(widget, forms.RadioSelect):
            widget.attrs["autofocus"] = True

    @property
    def parts(self) -> list[ShownPart]:
        """Return the fields that are shown, part by part; a field that no part names comes last."""
        declared = PARTS.get(self.noun, ())
        placed = {name for part in declared for row in part.fields for name in _names(row)}
        rest = tuple(each.name for each in columns(self.noun) if each.name not in placed)
        every = [*declared, Part("", (*rest, CHANGE_REASON))]
        shown = [(_(part.title) if part.title else "", rows) for part in every if (rows := self._rows(part))]
        return [ShownPart(title, rows, is_first=place == 0) for place, (title, rows) in enumerate(shown)]

    @property
    def is_long(self) -> bool:
        """Return whether it asks so much that its parts can be folded away."""
        return len(self.visible_fields()) >= _LONG

    def _rows(self, part: Part) -> tuple[tuple[forms.BoundField, ...], ...]:
        rows = (tuple(self[name] for name in _names(row) if name in self.fields) for row in part.fields)
        return tuple(row for row in rows if row and not row[0].is_hidden)

    def whole(self) -> dict[str, Any]:
        """Return the whole row as typed: fields that the form does not show keep what the row holds."""
        held = {each.name: shown_value(each, self.row) for each in columns(self.noun)} if self.row else {}
        return self._settled({**held, **dict(self._typed())})

    def _settled(self, whole: dict[str, Any]) -> dict[str, Any]:
        """Drop the sentence that a figure was chosen by, if another figure was typed and the sentence is not shown."""
        if not isinstance(self.row, Adjustment) or "sentence" in self.fields:
            return whole
        try:
            figure = parsing.read(column(Adjustment, "figure"), whole["figure"])
        except parsing.Refused:
            return whole
        return whole if bands.fits(self.row.factor, figure, self.row.sentence) else {**whole, "sentence": ""}

    def _typed(self) -> Iterator[tuple[str, Any]]:
        kinds = {column.name: column.kind for column in columns(self.noun)}
        for name in self.fields:
            if name in self.data:
                typed = self.data.get(name)
                yield name, _in_percent(str(typed)) if kinds.get(name) is Kind.SHARE else typed

    def says(self, row: Noun) -> bool:
        """Return whether what was typed is what this row holds: the same form, sent a second time."""
        whole = self.whole()
        try:
            return all(
                parsing.read(column, whole.get(column.name)) == getattr(row, column.name)
                for column in columns(self.noun)
                if column.name != "ref"
            )
        except parsing.Refused:
            return False

    def differences(self, theirs: Noun) -> list[dict[str, str]]:
        """Return each field in which what was typed differs from the row as somebody else saved it."""
        mine = self.whole()
        return [
            {"label": _(column.label), "mine": _said(column, typed), "theirs": _said(column, saved)}
            for column in columns(self.noun)
            if column.name in self.fields
            if (typed := _one_line_end(mine.get(column.name))) != (saved := shown_value(column, theirs))
        ]

    def explain(self, reasons: Iterable[intake.Reason]) -> None:
        """Put each reason at its field; one about another row, or a field that is not shown, stands at the top."""
        self.is_valid()
        for reason in reasons:
            if reason.field == CHANGE_REASON and CHANGE_REASON not in self.fields:
                self._ask_why()  # it was submitted for the first time while this form was open
            if self._is_here(reason):
                self.add_error(reason.field, intake.said(reason, _))
            else:
                self.add_error(None, f"{_place(reason)}: {intake.said(reason, _)}")

    def _is_here(self, reason: intake.Reason) -> bool:
        """Return whether a reason is about this row, and a field that the form shows."""
        rows = rows_of(self._facts, self.noun) if self.noun.slug in BY_SLUG else ()
        others = {ref_of(each) for each in rows} - {ref_of(self.row)}
        in_sight = reason.field in self.fields and not self[reason.field].is_hidden
        return in_sight and reason.noun == self.noun.slug and reason.ref not in others


def _shorten(shown: Any) -> None:
    """Leave out what a form explains at a field, and units in words: in a grid the heads of the columns say enough."""
    shown.help_text, shown.example, shown.term = "", "", None
    if len(getattr(shown, "suffix", "")) > 1:
        shown.suffix = ""


def as_typed(row: Noun, *, without: Iterable[str] = ()) -> dict[str, str]:
    """Return what the fields of a row hold, to fill in the form of another; its ref is its own."""
    left_out = {"ref", *without}
    return {each.name: field_value(each, row) for each in columns(type(row)) if each.name not in left_out}


def free_ref(noun: type[Noun], taken: Iterable[str]) -> str:
    """Return the ref after the highest of those taken that begin as the refs of this noun do."""
    tails = (ref.removeprefix(noun.prefix) for ref in taken)
    numbers = (int(tail) for tail in tails if tail.isascii() and tail.isdecimal() and len(tail) <= _LONGEST_NUMBER)
    return f"{noun.prefix}{max(numbers, default=0) + 1}"


def version_of(typed: Mapping[str, Any]) -> int:
    """Return the version of the row that the form was opened on; 0, which no row has, if it does not say."""
    said = str(typed.get("version", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _in_percent(typed: str) -> str:
    """Return a share as typed, with the percent sign that stands beside its field; nothing is added to other words."""
    return f"{typed.strip()}%" if _BARE_FIGURE.fullmatch(typed) else typed


def _names(row: str | tuple[str, ...]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else row


def _one_line_end(typed: Any) -> str:
    return str(typed or "").replace("\r\n", "\n")


def _said(column: Column, value: str) -> str:
    """Return one side of a difference in words: the label of an answer instead of its code."""
    labels = {option.value: _(option.label) for option in column.choices or ()}
    return labels.get(value, value)


def _place(reason: intake.Reason) -> str:
    """Return where a reason belongs that is about no field of the form: the row, and its field."""
    noun = AccountDetails if reason.noun == AccountDetails.slug else BY_SLUG[reason.noun]
    labels = {column.name: _(column.label) for column in columns(noun)}
    words = [_(noun.singular), reason.ref, labels.get(reason.field, "")]
    return " ".join(word for word in words if word)

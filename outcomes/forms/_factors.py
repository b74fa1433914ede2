"""The form of one factor of one outcome: a sentence of five, or a figure; its range, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import Kind, column
from outcomes import bands, intake
from outcomes.bands import Band
from outcomes.forms._fields import Answer, field, field_value, shown_value
from outcomes.nouns import Adjustment, Factor, Facts, Outcome
from outcomes.services import CHANGE_REASON

_FIELDS = ("figure", "low", "high", "reason", "source", "judged_by")
_NEITHER = ""


class FactorForm(forms.Form):
    """One factor, judged for one outcome. Four of them stand on one page, each with its own prefix."""

    marks_optional = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        factor: Factor,
        outcome: Outcome,
        facts: Facts,
        *,
        row: Adjustment | None,
        version: int,
        typed: Mapping[str, Any] | None = None,
        asks_why: bool = False,
    ) -> None:
        """Show what was judged so far; with `typed`, what a person typed over it."""
        self.factor, self.outcome, self.row = factor, outcome, row
        self.judged = bands.Judged(None)
        held = {name: field_value(column(Adjustment, name), row) for name in _FIELDS}
        chosen = bands.chosen(factor, row.figure, row.sentence) if row is not None else None
        band = _value_of(chosen) if chosen is not None else _NEITHER
        super().__init__(data=typed, prefix=factor.value, initial={**held, "band": band, "version": version})
        self.fields["band"] = _picker(factor)
        for name in _FIELDS:
            self.fields[name] = _field(name, facts, row, held[name])
        self.fields["figure"].label = _("Figure")
        self.fields["figure"].widget.attrs["data-figure"] = ""
        if asks_why:
            self.fields[CHANGE_REASON] = _why()

    def whole(self) -> dict[str, Any]:
        """Return the whole row as typed, a band and a figure settled into one figure and its sentence."""
        typed = {name: self._typed(name) for name in _FIELDS if name != "figure"}
        return {"outcome": self.outcome.ref, "factor": self.factor.value, **typed, **self._settled()}

    @property
    def why(self) -> str:
        """Return the reason for the change, where one is asked for."""
        return str(self.data.get(self.add_prefix(CHANGE_REASON), ""))

    @property
    def seen(self) -> str:
        """Return the version of the row that the form was opened on, as it came."""
        return str(self.data.get(self.add_prefix("version"), ""))

    def _typed(self, name: str) -> str:
        typed = str(self.data.get(self.add_prefix(name), ""))
        return _in_percent(typed) if column(Adjustment, name).kind is Kind.SHARE else typed

    def _settled(self) -> dict[str, str]:
        figure = column(Adjustment, "figure")
        typed = self._typed("figure")
        try:
            stated = parsing.read(figure, typed)
        except parsing.Refused:
            return {"figure": typed}  # the service says what is wrong with it
        picked = _band_of(self.factor, str(self.data.get(self.add_prefix("band"), "")))
        self.judged = bands.settled(self.factor, picked=picked, figure=stated, before=self.row)
        return {"figure": parsing.show(figure, self.judged.figure), "sentence": self.judged.sentence}

    def says(self, row: Adjustment) -> bool:
        """Return whether what was typed is what this row holds: the same form, sent a second time."""
        whole = self.whole()
        return all(_read(name, whole.get(name, "")) == getattr(row, name) for name in (*_FIELDS, "sentence"))

    def differences(self, theirs: Adjustment) -> list[dict[str, str]]:
        """Return each field in which what was typed differs from the row as somebody else saved it."""
        mine = self.whole()
        found = []
        for name in ("figure", "sentence", "low", "high", "reason", "source", "judged_by"):
            declared = column(Adjustment, name)
            typed, saved = str(mine.get(name, "")).replace("\r\n", "\n"), shown_value(declared, theirs)
            if typed != saved:
                told = [_(each) if name == "sentence" and each else each for each in (typed, saved)]
                found.append({"label": _(declared.label), "mine": told[0], "theirs": told[1]})
        return found

    def over(self, version: int) -> None:
        """Let what was typed be saved over the version that is there now, if the person still wants it."""
        self.data = {**{name: self.data.get(name) for name in self.data}, self.add_prefix("version"): str(version)}

    def explain(self, reasons: Iterable[intake.Reason]) -> None:
        """Put each reason at its field; what is about none of them stands at the top."""
        self.is_valid()
        for reason in reasons:
            name = "band" if reason.field == "sentence" else reason.field
            is_here = reason.noun == Adjustment.slug and name in self.fields
            self.add_error(name if is_here else None, intake.said(reason, _))


def _field(name: str, facts: Facts, row: Adjustment | None, value: str) -> forms.Field:
    made: Any = field(column(Adjustment, name), facts, row, value, noun=Adjustment)
    made.term = None  # the question above says what it is
    if name == "reason":
        made.example = ""  # the one that there is speaks of one factor alone
    return made


def _picker(factor: Factor) -> forms.Field:
    answers = [(_value_of(band), f"{int(band.figure * 100)}% – {_(band.sentence)}") for band in bands.BANDS[factor]]
    picker: Any = Answer(
        choices=[*answers, (_NEITHER, _("None of these: I give a figure of my own"))],
        widget=forms.RadioSelect(attrs={"data-band": ""}),
        required=False,
        label=_("Which sentence comes closest?"),
    )
    picker.help_text = _("Choosing one sets the figure, and the sentence is kept with it.")
    return picker


def _why() -> forms.Field:
    return forms.CharField(
        required=False,
        strip=False,
        label=_("Why it changes"),
        help_text=_("This account was submitted before: whoever moves a figure says why. It goes into the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _value_of(band: Band) -> str:
    return str(int(band.figure * 100))


def _band_of(factor: Factor, value: str) -> Band | None:
    return next((band for band in bands.BANDS[factor] if _value_of(band) == value), None)


def _read(name: str, typed: str) -> Any:
    try:
        return parsing.read(column(Adjustment, name), typed)
    except parsing.Refused:
        return typed


def _in_percent(typed: str) -> str:
    """Return a share as typed, with the percent sign that stands beside its field."""
    bare = typed.strip()
    return f"{bare}%" if bare and (bare[-1].isdigit() or bare[-1] == ".") else bare

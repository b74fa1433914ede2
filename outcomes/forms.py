"""A form for any noun, made from the declaration of its columns.

A form only shows: what was typed goes to the service as it stands, and the reasons that the service gives come back to
the fields. So there is one reader of what people type, and nothing typed is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts import parsing
from accounts.columns import Column, Kind, Noun, columns
from outcomes import intake
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import BY_SLUG, Facts, called, rows as rows_of

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_KEYBOARDS = {
    Kind.NUMBER: "decimal",
    Kind.MONEY: "decimal",
    Kind.SHARE: "decimal",
    Kind.WHOLE: "numeric",
    Kind.LINK: "url",
}


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
    ) -> None:
        """Show a row (or a new one, filled in from `about`); with `typed`, what a person typed over it."""
        self.noun, self.row = noun, row
        shown = {column.name: shown_value(column, row) for column in columns(noun)} if row else dict(about or {})
        super().__init__(data=typed, initial={**shown, "version": version})
        for column in columns(noun):
            if column.name != "ref" and (not only or column.name in only):
                self.fields[column.name] = _field(column, facts)

    def whole(self) -> dict[str, Any]:
        """Return the whole row as typed: fields that the form does not show keep what the row holds."""
        held = {column.name: shown_value(column, self.row) for column in columns(self.noun)} if self.row else {}
        typed = {name: self.data.get(name) for name in self.fields if name in self.data}
        return {**held, **typed}

    def differences(self, theirs: Noun) -> list[dict[str, str]]:
        """Return each field in which what was typed differs from the row as somebody else saved it."""
        mine = self.whole()
        return [
            {"label": _(column.label), "mine": str(mine.get(column.name) or ""), "theirs": shown_value(column, theirs)}
            for column in columns(self.noun)
            if column.name in self.fields and str(mine.get(column.name) or "") != shown_value(column, theirs)
        ]

    def explain(self, reasons: Iterable[intake.Reason]) -> None:
        """Put each reason at its field; one about a field that is not shown stands at the top."""
        self.is_valid()
        for reason in reasons:
            field = reason.field if reason.field in self.fields else None
            self.add_error(field, intake.sentence(reason, _))


def version_of(typed: Mapping[str, Any]) -> int:
    """Return the version of the row that the form was opened on; 0, which no row has, if it does not say."""
    said = str(typed.get("version", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def shown_value(column: Column, row: Noun | None) -> str:
    """Return what the row holds in a column as a person would type it."""
    value = getattr(row, column.name, None)
    if column.kind is Kind.DATE and value is not None:
        return str(value.strftime("%d/%m/%Y"))
    return parsing.show(column, value)


def _field(column: Column, facts: Facts) -> forms.Field:
    field = _kind_of_field(column, facts)
    field.required = False  # the service judges; a browser that stopped a save would hide the reason
    field.label = _(column.label)
    field.help_text = _(column.help) if column.help else ""
    field.example = _(column.example) if column.example else ""  # type: ignore[attr-defined]
    if column.kind is Kind.MONEY:
        field.prefix = _SYMBOLS.get(facts.account.currency, facts.account.currency)  # type: ignore[attr-defined]
    return field


def _kind_of_field(column: Column, facts: Facts) -> forms.Field:
    if column.refers_to:
        return forms.ChoiceField(choices=[("", _("Choose")), *_targets(column, facts)])
    if column.kind is Kind.CHOICE:
        options = [(option.value, _(option.label)) for option in column.choices or ()]
        return forms.ChoiceField(choices=[("", _("Not answered")), *options])
    if column.kind is Kind.YES_NO:
        answers = [("", _("Not answered")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(choices=answers, widget=forms.RadioSelect)
    if column.kind is Kind.LONG_TEXT:
        return forms.CharField(strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    keyboard = _KEYBOARDS.get(column.kind, "text")
    return forms.CharField(strip=False, widget=forms.TextInput(attrs={"inputmode": keyboard, "autocomplete": "off"}))


def _targets(column: Column, facts: Facts) -> list[tuple[str, str]]:
    return [
        (str(getattr(row, "ref", "")), f"{getattr(row, 'ref', '')} {called(row)}")
        for slug in column.refers_to
        for row in rows_of(facts, BY_SLUG[slug])
    ]


class WorkbookForm(forms.Form):
    """A filled workbook, and how its figures are meant where it does not say so itself."""

    workbook = forms.FileField(
        label=gettext_lazy("Your workbook"),
        help_text=gettext_lazy("An .xlsx file made from our template, 10 MB at most."),
        error_messages={
            "required": gettext_lazy("Choose the workbook that you want to bring in."),
            "empty": gettext_lazy("This file is empty. Choose the workbook that you filled in."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    attribution = forms.ChoiceField(
        label=gettext_lazy("What do your attribution figures say?"), required=False, widget=forms.RadioSelect
    )
    duration = forms.ChoiceField(
        label=gettext_lazy("How are your years of duration counted?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the two ways of each, and first of all what the workbook itself says."""
        super().__init__(*args, **kwargs)
        as_said = ("", _("As the workbook itself says"))
        for name, dialect in (("attribution", AttributionDialect), ("duration", DurationDialect)):
            self.fields[name].choices = [as_said, *((way.value, _(way.label)) for way in dialect)]  # type: ignore[attr-defined]

    def dialects(self) -> dict[str, Any]:
        """Return what was answered, for `workbook.read`."""
        said = self.cleaned_data
        return {
            "attribution": AttributionDialect(said["attribution"]) if said["attribution"] else None,
            "duration": DurationDialect(said["duration"]) if said["duration"] else None,
        }

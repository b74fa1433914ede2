"""The form that brings a workbook in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from outcomes.intake import AttributionDialect, DurationDialect, Reason, said
from outcomes.services import CHANGE_REASON


class WorkbookForm(forms.Form):
    """A filled workbook, and how its figures are meant where it does not say so itself."""

    marks_optional = False
    workbook = forms.FileField(
        label=gettext_lazy("Your workbook"),
        help_text=gettext_lazy("An .xlsx file made from our template, 10 MB at most."),
        error_messages={
            "required": gettext_lazy("Choose the workbook that you want to bring in."),
            "empty": gettext_lazy("This file is empty. Choose the workbook that you filled in."),
            "invalid": gettext_lazy("No file came with this form. Choose the workbook again."),
            "max_length": gettext_lazy("The name of this file is too long. Give it a shorter one and choose it again."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    attribution = forms.ChoiceField(
        label=gettext_lazy("What do your attribution figures say?"), required=False, widget=forms.RadioSelect
    )
    duration = forms.ChoiceField(
        label=gettext_lazy("How are your years of duration counted?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asks_why: bool = False, **kwargs: Any) -> None:
        """Offer the two ways of each, and first of all what the workbook itself says; ask why, if a reason is due."""
        super().__init__(*args, **kwargs)
        if asks_why:
            self._ask_why()
        as_said = ("", _("As the workbook itself says"))
        for name, dialect in (("attribution", AttributionDialect), ("duration", DurationDialect)):
            field: Any = self.fields[name]
            field.choices = [as_said, *((way.value, _(way.label)) for way in dialect)]

    def _ask_why(self) -> None:
        self.fields[CHANGE_REASON] = forms.CharField(
            required=False,
            strip=False,
            label=_("Why are you changing this?"),
            help_text=_("A figure of an account that was submitted before changes with a reason. History keeps it."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def why(self) -> str:
        """Return the reason for what the workbook changes, as typed."""
        return str(self.data.get(CHANGE_REASON, ""))

    def explain(self, reasons: Iterable[Reason]) -> None:
        """Put what is wrong with the reason at its field, which may not have been there."""
        if CHANGE_REASON not in self.fields:
            self._ask_why()
        for reason in reasons:
            nothing = _("Nothing was brought in. Choose your workbook again, too.")
            self.add_error(CHANGE_REASON, f"{said(reason, _)} {nothing}")

    def dialects(self) -> dict[str, Any]:
        """Return what was answered, for `workbook.read`."""
        said = self.cleaned_data
        return {
            "attribution": AttributionDialect(said["attribution"]) if said["attribution"] else None,
            "duration": DurationDialect(said["duration"]) if said["duration"] else None,
        }

"""The form that brings a workbook in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from outcomes.intake import AttributionDialect, DurationDialect


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the two ways of each, and first of all what the workbook itself says."""
        super().__init__(*args, **kwargs)
        as_said = ("", _("As the workbook itself says"))
        for name, dialect in (("attribution", AttributionDialect), ("duration", DurationDialect)):
            field: Any = self.fields[name]
            field.choices = [as_said, *((way.value, _(way.label)) for way in dialect)]

    def dialects(self) -> dict[str, Any]:
        """Return what was answered, for `workbook.read`."""
        said = self.cleaned_data
        return {
            "attribution": AttributionDialect(said["attribution"]) if said["attribution"] else None,
            "duration": DurationDialect(said["duration"]) if said["duration"] else None,
        }

"""A code or a file, to see whether it is ours."""

from typing import Any

from django import forms
from django.utils.translation import gettext as __, gettext_lazy as _

from reports import codes


class CodeToCheck(forms.Form):
    """The code that stands on the last page of a report."""

    marks_optional = False

    code = forms.CharField(
        label=_("The code on the last page"),
        max_length=40,
        error_messages={"required": _("Type the code of the report.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-typed"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what a code looks like."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.example = "7K3M-9QXD-2R4F"

    def clean_code(self) -> str:
        """Return the code as we write it, however it was typed."""
        try:
            return codes.read(self.cleaned_data["code"])
        except codes.NotACode as refused:
            raise forms.ValidationError(__(refused.message)) from refused


class FileToCheck(forms.Form):
    """The file itself."""

    marks_optional = False

    file = forms.FileField(
        label=_("The PDF file"),
        help_text=_("The file is looked at and forgotten. It is not kept."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the PDF file of the report.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

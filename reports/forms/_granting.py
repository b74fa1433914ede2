"""Who funds what an account covers."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __, gettext_lazy as _

from reports.forms._fields import Line

_IDENTIFIER = re.compile(r"360G-[^\s-]+-\S(.*\S)?", re.IGNORECASE)


class Funding(forms.Form):
    """Who funds what an account covers, and by which grant."""

    marks_optional = False
    funder = Line(
        label=_("Name of the funder"),
        help_text=_("Exactly as the funder goes by on this site. If you are not sure, ask them."),
        error_messages={"required": _("Type the name of the funder.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = Line(
        label=_("What the grant is called"),
        error_messages={"required": _("Say what the grant is called. Its letter of award does.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identifier = Line(
        label=_("360Giving identifier"),
        required=False,
        help_text=_("If the funder publishes its grants, each has one. Leave it blank if you do not know it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, typed: Mapping[str, Any] | None = None) -> None:
        """Show an example of each answer."""
        super().__init__(data=typed)
        examples = {
            "funder": "Sylfaen Foundation",
            "title": __("Two lunches a week, 2024-25"),
            "identifier": "360G-sylfaen-2024-017",
        }
        for name, example in examples.items():
            field: Any = self.fields[name]
            field.example = example

    def clean_identifier(self) -> str:
        """Return the identifier as 360Giving writes it: 360G, the funder's prefix, and what the funder calls it."""
        typed = str(self.cleaned_data["identifier"])
        if typed and not _IDENTIFIER.fullmatch(typed):
            raise ValidationError(
                __("“%(typed)s” is no 360Giving identifier: those look like 360G-prefix-number.") % {"typed": typed}
            )
        return f"360G{typed[4:]}" if typed else ""

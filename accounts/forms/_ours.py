"""Allauth's forms in our words: labels above, help before the field, nothing inside it."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _(
    "At least 12 characters. Three or four words that have nothing to do with each other make a good one."
)

FILL_IN = _("Fill this in.")


class InOurWords:
    """Goes in front of a form of allauth's and says what its fields are called."""

    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}
    fields: dict[str, Any]
    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]
            field.label, field.help_text = label, self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = FILL_IN


def at_most(field: forms.Field, characters: int) -> None:
    """Let nobody send a book where a word is asked for."""
    field.validators.append(MaxLengthValidator(characters))
    field.widget.attrs["maxlength"] = characters

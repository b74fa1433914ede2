"""The fields that these forms share: words as every other door reads them, and one of a few answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __

from accounts import parsing
from accounts.columns import column
from outcomes.nouns import Explanation

_LONGEST = 200


class Words(forms.CharField):
    """Words as every other door reads them: what cannot be taken is refused in the same sentence."""

    def clean(self, value: Any) -> Any:
        """Return the words that were typed."""
        try:
            words = parsing.read(column(Explanation, "reason"), value)
        except parsing.Refused as refused:
            raise ValidationError(__(refused.message) % refused.params) from refused
        if self.required and not words:
            raise ValidationError(self.error_messages["required"])
        return words


class Line(forms.CharField):
    """One line of words, as every other door reads it."""

    def clean(self, value: Any) -> Any:
        """Return the words that were typed."""
        try:
            line = parsing.words(value or "", longest=_LONGEST)
        except parsing.Refused as refused:
            raise ValidationError(__(refused.message) % refused.params) from refused
        if self.required and not line:
            raise ValidationError(self.error_messages["required"])
        return line


def said(label: Any, wanted: Any, *, rows: int = 4, help_text: Any = "", required: bool = True) -> Words:
    """Return a field for a few sentences."""
    return Words(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": wanted},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def one_of(label: Any, codes: Mapping[str, str], wanted: Any) -> forms.ChoiceField:
    """Return a field for one of a few answers."""
    return forms.ChoiceField(
        label=label,
        choices=lambda: [(code, __(words)) for code, words in codes.items()],
        widget=forms.RadioSelect,
        error_messages={"required": wanted, "invalid_choice": wanted},
    )

"""What people say of themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy as _

from accounts import parsing
from accounts.models import Person

LANGUAGE = _("Language of the pages")


class Name(forms.CharField):
    """A name as it is read: no hidden characters, and not empty to the eye."""

    default_error_messages = {"required": _("Enter your name.")}

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.widget.attrs |= {"autocomplete": "name"}

    def to_python(self, value: Any) -> str:
        """Return the name in one normal form."""
        try:
            return parsing.words(value or "", longest=self.max_length or 200)
        except parsing.Refused as refused:
            raise ValidationError(gettext(refused.message) % refused.params) from refused


class You(forms.Form):
    """Name and language."""

    name = Name(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=LANGUAGE, choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, sent: Any = None, *, person: Person, language: str) -> None:
        super().__init__(sent, initial={"name": person.name, "language": person.language or language})

"""Signing in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignIn(AuthenticationForm):
    """An e-mail address and a password. Whoever gets it wrong learns no more than that it was wrong."""

    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, "inputmode": "email"}),
    )
    error_messages = {
        "invalid_login": _("That e-mail address and password do not go together. Check both and try again."),
        "inactive": _("That e-mail address and password do not go together. Check both and try again."),
    }
    marks_optional = False

    def clean_username(self) -> Any:
        """Take an address in capitals for the same address."""
        return self.cleaned_data["username"].lower()

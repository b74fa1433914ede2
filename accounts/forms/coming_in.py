"""Coming in: signing in, joining by invitation, and the password."""

import datetime as dt
from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy as _

from accounts import services
from accounts.forms._ours import PASSWORD_HELP, InOurWords, at_most
from accounts.forms.you import LANGUAGE, Name
from accounts.models import Invitation, Person

_TWICE = {"password1": _("New password"), "password2": _("New password again")}
_HELP = {"password1": PASSWORD_HELP}


class SignIn(InOurWords, allauth.LoginForm):
    """An e-mail address and a password. Whoever gets it wrong learns no more than that it was wrong."""

    labels: ClassVar[dict[str, Any]] = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True, "inputmode": "email"}
        at_most(self.fields["password"], 4_096)


class Join(InOurWords, allauth.SignupForm):
    """Whoever was invited says their name, their language and a password; the address is the invited one."""

    labels: ClassVar[dict[str, Any]] = {"password1": _("Password"), "password2": _("Password again")}
    helps: ClassVar[dict[str, Any]] = _HELP

    name = Name(label=_("Your name"), max_length=200, help_text=_("As others in your organisation know you."))
    language = forms.ChoiceField(label=LANGUAGE, choices=settings.LANGUAGES, widget=forms.RadioSelect)
    field_order = ("email", "name", "language", "password1", "password2")

    def __init__(self, *args: Any, invitation: Invitation, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation, self.now = invitation, now
        self.initial |= {"email": invitation.email, "language": get_language()}
        self.fields["email"].disabled = True
        self.fields["email"].widget = forms.HiddenInput()

    @transaction.atomic
    def save(self, request: Any) -> Person:
        """Make the person, and give them what they were invited to: both or neither."""
        person: Any = super().save(request)
        services.change_profile(
            actor=person, name=self.cleaned_data["name"], language=self.cleaned_data["language"], now=self.now
        )
        services.accept_invitation(actor=person, invitation=self.invitation, now=self.now)
        return person


class SayPasswordAgain(InOurWords, allauth.ReauthenticateForm):
    """The password, before something grave."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}


class ForgottenPassword(InOurWords, allauth.ResetPasswordForm):
    """Where to send the link for a new password."""

    labels: ClassVar[dict[str, Any]] = {"email": _("E-mail address")}


class NewPassword(InOurWords, allauth.ResetPasswordKeyForm):
    """A new password, by the link that was sent."""

    labels: ClassVar[dict[str, Any]] = _TWICE
    helps: ClassVar[dict[str, Any]] = _HELP


class ChangePassword(InOurWords, allauth.ChangePasswordForm):
    """A new password, by somebody who knows the old one."""

    labels: ClassVar[dict[str, Any]] = {"oldpassword": _("Current password"), **_TWICE}
    helps: ClassVar[dict[str, Any]] = _HELP


class FirstPassword(InOurWords, allauth.SetPasswordForm):
    """A password for somebody who has none yet."""

    labels: ClassVar[dict[str, Any]] = _TWICE
    helps: ClassVar[dict[str, Any]] = _HELP


class AnotherAddress(InOurWords, allauth.AddEmailForm):
    """One more e-mail address."""

    labels: ClassVar[dict[str, Any]] = {"email": _("Another e-mail address")}

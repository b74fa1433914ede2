"""Codes and passkeys."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms._ours import InOurWords, at_most

_CODE = {"code": _("Code")}
_OF_EITHER_KIND = {"code": _("Six digits from your app, or one of your recovery codes.")}


class _Once:
    """A code counts once, for as long as it would be good."""

    user: Any

    def clean_code(self) -> str:
        """Return the code; refuse one that was taken already."""
        code: str = super().clean_code()  # type: ignore[misc]
        good_for = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 2)
        bare = "".join(character for character in code if character.isalnum())
        if not cache.add(f"accounts.code:{self.user.pk}:{bare}", "used", timeout=good_for):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _AsNumbers(InOurWords):
    """One field for a code, with the keyboard for numbers."""

    labels: ClassVar[dict[str, Any]] = _CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}
        at_most(self.fields["code"], 40)


class ActivateApp(_Once, _AsNumbers, app.ActivateTOTPForm):
    """The first code of an app, to see that it works."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code from the app")}
    helps: ClassVar[dict[str, Any]] = {"code": _("Six digits. The app shows a new code every half minute.")}


class SignInCode(_Once, _AsNumbers, codes.AuthenticateForm):
    """The code after the password."""

    helps: ClassVar[dict[str, Any]] = _OF_EITHER_KIND


class CodeAgain(_Once, _AsNumbers, codes.ReauthenticateForm):
    """A code, before something grave."""

    helps: ClassVar[dict[str, Any]] = _OF_EITHER_KIND


# What comes of reading bytes that no device made, deep inside the library.
_NONSENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)


@contextmanager
def _said_by_a_device() -> Iterator[None]:
    """Refuse in words what is no passkey, or is one that does not fit."""
    try:
        yield
    except _NONSENSE as nonsense:
        raise get_adapter().validation_error("incorrect_passkey") from nonsense
    except ValidationError as refused:
        if refused.code != "incorrect_code":
            raise
        raise get_adapter().validation_error("incorrect_passkey") from refused


class _Passkey(InOurWords):
    """A passkey that is shown."""

    def clean_credential(self) -> Any:
        """Return the passkey that was shown."""
        with _said_by_a_device():
            return super().clean_credential()  # type: ignore[misc]


class SignInPasskey(_Passkey, passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAlone(_Passkey, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyAgain(_Passkey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey, before something grave."""


class AddPasskey(InOurWords, passkeys.AddWebAuthnForm):
    """A passkey, and what to call it."""

    labels: ClassVar[dict[str, Any]] = {
        "name": _("What to call it"),
        "passwordless": _("Let me sign in with it instead of a password"),
    }
    helps: ClassVar[dict[str, Any]] = {
        "name": _("Something that you will know it by, such as “my phone”."),
        "passwordless": _("Your device will ask for your finger, your face or its PIN."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        at_most(self.fields["name"], 60)

    def clean(self) -> Any:
        """Take the passkey that the device made."""
        with _said_by_a_device():
            return super().clean()


class RenamePasskey(InOurWords, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    labels: ClassVar[dict[str, Any]] = {"name": _("What to call it")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_most(self.fields["name"], 60)

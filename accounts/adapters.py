"""Where allauth asks us: who may join, what is said, whose address counts, and how secrets are kept."""

import base64
import logging
import secrets
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as GIVEN
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_client_ip_address
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext, gettext_lazy as _, override

from accounts import queries
from accounts.models import Invitation, Person

log = logging.getLogger(__name__)

INVITATION = "invitation"
"""Where the session of somebody who followed an invitation names it."""


def name_that_was_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the address that somebody tries to sign in with, one for all its spellings: axes locks by it."""
    given = credentials or request.POST
    tried = given.get("email") or given.get("login") or given.get("username") or ""
    return str(tried).strip().lower()


def invitation_followed(request: HttpRequest) -> Invitation | None:
    """Return the invitation that this visitor followed, if it is still open."""
    named = request.session.get(INVITATION)
    return queries.open_invitation(named, timezone.now()) if named else None


class ComingIn(DefaultAccountAdapter):
    """Signing in and joining: by invitation only, and with the same answer for whoever is unknown."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "cannot_remove_primary_email": _("You sign in with this address. Make another one your main address first."),
        "duplicate_email": _("This address is in your list already."),
        "email_password_mismatch": _("That e-mail address and password do not go together. Check both and try again."),
        "enter_current_password": _("That is not your current password. Check it and try again."),
        "incorrect_password": _("That is not your password. Check it and try again."),
        "invalid_password_reset": _("This link is no longer good."),
        "max_email_addresses": _("You can have %d addresses. Remove one first."),
        "rate_limited": _("That was tried too often. Wait a few minutes and try again."),
        "too_many_login_attempts": _("That was tried too often. Wait a quarter of an hour and try again."),
        "unverified_primary_email": _("Confirm this address first: open the link in the e-mail that we sent to it."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let in whoever was invited."""
        return invitation_followed(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Take the invited address as confirmed: the invitation was read there."""
        invitation = invitation_followed(request)
        return invitation is not None and invitation.email.lower() == email.lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting of wrong passwords to axes: it locks the guesser out, and not the person."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the person; nobody for somebody who may no longer sign in, the same as for a stranger."""
        person = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def pre_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse | None:
        """Take the address that an operator gave somebody as confirmed."""
        Person.objects.confirm_address(user)
        return super().pre_login(request, user, **about)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign the person in; what they gave for it counts for a while, so that nobody is asked twice in a row."""
        super().login(request, user)
        given = request.session.get(GIVEN)
        if given:
            request.session[GIVEN] = [*given[:-1], {**given[-1], "reauthenticated": True}]

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        """Let the browser keep the language of whoever signed in, for the pages before the next sign-in."""
        answer = super().post_login(request, user, **about)
        keep_language(answer, user.language)
        return answer

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Send somebody who may no longer sign in back, without a word about it."""
        messages.error(request, str(self.error_messages["email_password_mismatch"]))
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the lock-out goes by, too."""
        return str(get_client_ip_address(request))

    def send_notification_mail(self, *about: Any, **more: Any) -> None:
        """Write what was changed; it was changed, whether or not the mail server takes the letter."""
        try:
            super().send_notification_mail(*about, **more)
        except (SMTPException, OSError):
            log.exception("A letter about a change to how somebody signs in could not be sent.")

    def format_email_subject(self, subject: str) -> str:
        """Say first from where the letter comes."""
        return f"{gettext('Accounts of social value')}: {subject}"

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Write to people in their language."""
        language = getattr(context.get("user"), "language", "")
        with override(language or get_language()):
            return super().render_mail(template_prefix, email, context, headers)


def keep_language(answer: HttpResponse, language: str) -> None:
    """Let the browser keep a person's language; nothing if they have not chosen one."""
    if language:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


class SecondFactor(DefaultMFAAdapter):
    """Codes and passkeys. Their secrets lie in the database under a lock whose key does not."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Take your second factor off before you add an address, and set it up again afterwards."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes come with an app or a passkey. Set one of them up first."),
        "incorrect_code": _("That code is not right, or it was used already. Wait for the next one and try again."),
        "incorrect_passkey": _("That passkey does not fit. Try again, or take another way."),
    }

    def encrypt(self, text: str) -> str:
        """Lock a secret away."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; one that nothing fits if the key is no longer the one that it was locked with."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return what a passkey is called until its person names it."""
        return gettext("This device")


def _lock() -> MultiFernet:
    """Return the lock: made from the installation's key, and openable with those that it had before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [salted_hmac("accounts.second_factor", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in made])

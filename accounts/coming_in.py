"""The addresses of signing in, by the names that allauth's code knows them by; what is not here is not offered."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_http_methods

from accounts.views import coming_in, you

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Take what a page asks and what a form sends, and nothing else."""
    return require_http_methods(["GET", "HEAD", "OPTIONS", "POST"])(view)


def form(view: View) -> View:
    """Say in the status that what was typed is back on the page, as every other form of ours does (422)."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == HTTPStatus.OK:
            answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer

    return door(answered)


class _WithoutDash(StringConverter):
    """Whose link it is; the dash begins the rest."""

    regex = "[0-9A-Za-z]+"


register_converter(_WithoutDash, "without_dash")

urlpatterns = [
    path("sign-in/", coming_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second-factor/", form(coming_in.SecondFactor.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", door(coming_in.PasskeySignIn.as_view()), name="mfa_login_webauthn"),
    path("sign-out/", coming_in.SignOut.as_view(), name="account_logout"),
    path("me/join/", form(coming_in.Join.as_view()), name="account_signup"),
    path("me/again/", form(account.reauthenticate), name="account_reauthenticate"),
    path("me/again/code/", form(factors.reauthenticate), name="mfa_reauthenticate"),
    path("me/again/passkey/", door(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    # E-mail addresses
    path("me/email/", form(account.email), name="account_email"),
    path("me/email/sent/", door(account.email_verification_sent), name="account_email_verification_sent"),
    path("me/email/confirm/<str:key>/", door(account.confirm_email), name="account_confirm_email"),
    # The password
    path("me/password/", form(account.password_change), name="account_change_password"),
    path("me/password/first/", form(account.password_set), name="account_set_password"),
    path("me/password/forgotten/", form(account.password_reset), name="account_reset_password"),
    path("me/password/forgotten/sent/", door(account.password_reset_done), name="account_reset_password_done"),
    path(
        "me/password/new/<without_dash:uidb36>-<str:key>/",
        form(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("me/password/new/", door(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    # The second factor
    path("me/second-factor/", door(factors.index), name="mfa_index"),
    path("me/second-factor/app/", form(app.activate_totp), name="mfa_activate_totp"),
    path("me/second-factor/app/remove/", form(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", door(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("me/second-factor/codes/new/", form(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("me/second-factor/codes/download/", door(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("me/second-factor/passkeys/", door(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("me/second-factor/passkeys/new/", form(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/", form(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/remove/", form(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("me/sessions/", door(you.Sessions.as_view()), name="usersessions_list"),
]

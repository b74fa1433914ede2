"""What holds for every page: the language of whoever has signed in, what they are, and a rule that said no."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import reswap, retarget

from accounts import queries
from accounts.errors import Refusal
from accounts.http import Kept, is_part, words

_OPEN_WITHOUT_A_SECOND_FACTOR = frozenset(
    {
        "accounts:second_factor_first",
        "accounts:sign_out",
        "account_logout",
        # Setting one up, and what may be asked on the way: the password again.
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)


class InTheirLanguage(MiddlewareMixin):
    """Answer people in the language that they chose, on whichever machine they are."""

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> None:
        """Set the language of this answer; pages for everyone ask nothing of the database and keep the browser's."""
        if not _is_for_somebody(request, view):
            return
        language = getattr(request.user, "language", "")
        if translation.check_for_language(language):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()


class SecondFactorFirst(MiddlewareMixin):
    """Lead whoever must have a second factor, and has none, to set one up before anything else.

    Whether they must is read from their roles on every request, so that it holds from the moment a role is given. What
    was read stays with the request as `known`, for the head of the page; who is not asked for costs no question.
    """

    def process_request(self, request: Any) -> None:
        """Have what is known of this person ready for whoever asks first."""
        request.known = SimpleLazyObject(lambda: queries.known_of(request.user))

    def process_view(self, request: Any, view: Callable[..., Any], *_given: Any) -> HttpResponse | None:
        """Return the way to the set-up, or nothing."""
        if not _is_for_somebody(request, view) or _is_open(request):
            return None
        if not request.known.lacks_second_factor:
            return None
        if is_part(request):
            return HttpResponse(status=403)
        return redirect("accounts:second_factor_first")


class RefusedInWords(MiddlewareMixin):
    """Say why a rule said no where the page that asked does not say it itself: a sentence, never a trace.

    A page that knows better what to do catches the refusal; this is for the one that was forgotten.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that says it, with what was typed and a way back; nothing for any other fault."""
        if not isinstance(exception, Refusal):
            return None
        kept = Kept.sent(request)
        said = {"sentence": words(exception), "typed": kept.typed if kept else [], "back_url": _way_back(request)}
        answer = render(request, "409.html", said, status=HTTPStatus.CONFLICT)
        return reswap(retarget(answer, "body"), "innerHTML") if is_part(request) else answer


def _way_back(request: HttpRequest) -> str:
    """Return the page of this site that asked; the first page where the browser does not tell."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if ours else "/"


def _is_for_somebody(request: HttpRequest, view: Callable[..., Any]) -> bool:
    return getattr(view, "login_required", True) and request.user.is_authenticated


def _is_open(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and found.view_name in _OPEN_WITHOUT_A_SECOND_FACTOR

"""The few shapes of answer that every door gives, and what happens to somebody who is not signed in (any more)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from accounts.errors import Refusal
from accounts.forms import coming_in as forms

_PART = "HX-Request"
_CARRIED, _TARGET = "typed:", "typed_for"


def is_part(request: HttpRequest) -> bool:
    """Return whether htmx asks, for a part of a page."""
    return request.headers.get(_PART) == "true"


def page_or_part(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return the whole page, or to htmx only its part: one view, one context, two templates."""
    answer = render(request, part if is_part(request) else page, dict(context), status=status)
    patch_vary_headers(answer, [_PART])
    return answer


def part_in_place_of(request: HttpRequest, part: str, context: Mapping[str, Any], selector: str) -> HttpResponse:
    """Return to htmx a part that takes the place of another than it asked for."""
    answer = render(request, part, dict(context))
    return reswap(retarget(answer, selector), "outerHTML")


def back_to(
    request: HttpRequest, name: str, *args: Any, anchor: str = "", asked: Mapping[str, str] | None = None
) -> HttpResponse:
    """Send the browser on to a page after something was done, with or without htmx."""
    answer: HttpResponseRedirect = redirect(name, *args)
    address = answer.url + (f"?{urlencode(asked)}" if asked else "") + (f"#{anchor}" if anchor else "")
    return HttpResponseClientRedirect(address) if is_part(request) else redirect(address)


def leaves_no_trace(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody in between keep the answer, no site learn where its reader came from, and no engine list it."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return told


def words(refusal: Refusal) -> str:
    """Return why a rule said no, as a sentence in the reader's language."""
    return _(refusal.message) % refusal.params


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way back up; the page itself comes last and has no address."""

    title: str
    url: str = ""


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """Return the way back up from titles and addresses."""
    return [Crumb(title=title, url=url) for title, url in steps]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What somebody typed and sent after they were signed out: no file, no password.

    It goes along with the sign-in form as hidden fields, and is kept nowhere.
    """

    path: str
    """Where it was sent: an address of this site."""
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def sent(cls, request: HttpRequest) -> Self | None:
        """Return what was typed into a form that is refused now; None if nothing was."""
        fields = [(name, value) for name, values in request.POST.lists() for value in values if _may_be_kept(name)]
        worth_it = request.method == "POST" and any(value.strip() for _name, value in fields)
        return cls(path=request.get_full_path(), fields=tuple(fields)) if worth_it else None

    @classmethod
    def carried(cls, sent: QueryDict) -> Self | None:
        """Return what came along with a sign-in form; None if nothing did, or if it was meant for another site."""
        path = sent.get(_TARGET, "")
        if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            return None
        named = [name for name in sent if name.startswith(_CARRIED)]
        fields = [(name.removeprefix(_CARRIED), value) for name in named for value in sent.getlist(name)]
        return cls(path=path, fields=tuple(fields))

    @classmethod
    def taken_out(cls, request: HttpRequest) -> Self | None:
        """Return what came along with a sign-in form, and leave the form without it.

        Whoever keeps a record of sign-ins that failed keeps what was sent: none of these words may be among it.
        """
        kept = cls.carried(request.POST)
        rest: Any = request.POST.copy()
        for name in [name for name in rest if name == _TARGET or name.startswith(_CARRIED)]:
            del rest[name]
        request.POST = rest
        return kept

    @property
    def to_carry(self) -> list[tuple[str, str]]:
        """Return the hidden fields of the sign-in form."""
        return [(_TARGET, self.path), *((f"{_CARRIED}{name}", value) for name, value in self.fields)]

    @property
    def typed(self) -> list[str]:
        """Return everything that a person typed or chose, without what the form sent by itself."""
        return [value for name, value in self.fields if value.strip() and name not in _BY_ITSELF]

    @property
    def in_sight(self) -> list[str]:
        """Return what a person will know again as their own: sentences rather than the codes of answers."""
        return [value for _name, value in self.fields if len(value.split()) > 1]


_BY_ITSELF = frozenset({"version", "ref", "next", "key", "read"})
"""What a form sends that nobody typed."""


def _may_be_kept(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name.casefold()


class SignInFirst(LoginRequiredMiddleware):
    """Ask whoever is not signed in to sign in first, and give back what they had typed."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        """Return the sign-in page with what was typed along; without anything typed, the way to that page."""
        if is_part(request):
            return _unauthorised(HttpResponse())  # static/js/trouble.js then sends the same without htmx
        kept = Kept.sent(request)
        if kept is None:
            return super().handle_no_permission(request, view_func)
        page = {"form": forms.SignIn(request=request), "kept": kept}
        return _unauthorised(render(request, "accounts/sign_in.html", page))


def _unauthorised(answer: HttpResponse) -> HttpResponse:
    answer.status_code = 401
    answer["WWW-Authenticate"] = f'Cookie form-action="{reverse("accounts:sign_in")}"'
    answer["Cache-Control"] = "no-store"
    return answer

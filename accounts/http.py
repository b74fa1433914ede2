"""The few shapes of answer that every door gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounts.errors import Refusal


def page_or_part(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return the whole page, or to htmx only its part: one view, one context, two templates."""
    template = part if request.headers.get("HX-Request") == "true" else page
    return render(request, template, dict(context), status=status)


def back_to(request: HttpRequest, name: str, *args: Any, anchor: str = "") -> HttpResponse:
    """Send the browser on to a page after something was done, with or without htmx."""
    answer: HttpResponseRedirect = redirect(name, *args)
    address = answer.url + (f"#{anchor}" if anchor else "")
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") == "true" else redirect(address)


def words(refusal: Refusal) -> str:
    """Return why a rule said no, as a sentence in the reader's language."""
    return _(refusal.message) % refusal.params


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way back up; the page itself comes last and has no address."""

    title: str
    url: str = ""


def crumbs(*steps: tuple[str, str]) -> list[Crumb]:
    """Return the way back up from titles and addresses."""
    return [Crumb(title, url) for title, url in steps]

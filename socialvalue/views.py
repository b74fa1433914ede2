"""What a person sees when something went wrong: a sentence, what to do next, and a reference; never a trace."""

import sys
from contextlib import suppress
from functools import partial
from itertools import islice

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from accounts.http import Kept
from socialvalue.logging import request_id

# Seconds after which it is worth trying again.
SOON = "10"
_CHUNK, _CHUNKS_AT_MOST = 64 * 1024, 1_024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent is too large, or cannot be understood."""
    _hear_out(request)
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


def open_for_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is from before somebody signed in or out, and give back to copy what was typed into it."""
    kept = Kept.sent(request)
    return render(request, "403_csrf.html", {"typed": kept.typed if kept else []}, status=403)


def _hear_out(request: HttpRequest) -> None:
    """Read on to the end of what is being sent, up to 64 MB, and forget it.

    A server that answers and hangs up halfway is shown by browsers as a connection that broke, not as our page.
    """
    with suppress(UnreadablePostError):
        for _chunk in islice(iter(partial(request.read, _CHUNK), b""), _CHUNKS_AT_MOST):
            pass


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; or, when the database is away or takes too long, that it is worth trying again.

    These pages ask nothing of the database, the session or the person, since any of those may be what failed.
    """
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    page, status = ("503.html", 503) if away else ("500.html", 500)
    response = HttpResponse(render_to_string(page, {"reference": request_id()}), status=status)
    if away:
        response.headers["Retry-After"] = SOON
    return response

"""What a person sees when something went wrong: a sentence, what to do next, and a reference; never a trace."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from socialvalue.logging import request_id

# Seconds after which it is worth trying again.
SOON = "10"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent is too large, or cannot be understood."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


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

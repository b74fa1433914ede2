"""Structured logs: one JSON object a line in production, plain lines on a desk, each with the id of its request."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from logging import Filter, LogRecord
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from pythonjsonlogger.core import RESERVED_ATTRS

HEADER = "X-Request-ID"
# What a proxy may hand us: long enough to be unique, and nothing that could forge a second line of the log.
ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def request_id() -> str:
    """Return the id of the request that is being answered, or "-" outside one; error pages show it as the reference."""
    return _request_id.get()


class RequestId(Filter):
    """Put the request's id on every record, so that its lines are found by the reference on an error page."""

    def filter(self, record: LogRecord) -> bool:
        """Set `record.request_id`; let every record pass."""
        record.request_id = request_id()
        return True


class RequestIdMiddleware:
    """Give each request an id: the proxy's if it is sound, else a new one; hand it back in the response's header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next door."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with its id set for the time that it takes."""
        given = request.headers.get(HEADER, "")
        token = _request_id.set(given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request_id()
        finally:
            _request_id.reset(token)
        return response


def configuration(*, form: str, level: str) -> dict[str, Any]:
    """Return the `LOGGING` setting, all to standard error as containers expect; `form` is "json" or "plain"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "socialvalue.logging.RequestId"}},
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{name}{message}{request_id}",
                "style": "{",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                # Django adds the request, whose address holds what somebody searched for or typed.
                "reserved_attrs": [*RESERVED_ATTRS, "request"],
            },
            "plain": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["request_id"]},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django gives this one a handler of its own for its development server; ours is enough.
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            # Every scanner asks under a name that is not ours, and each would be an error with a trace.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # It greets at the start of every command.
            "axes.apps": {"level": "WARNING"},
            # WeasyPrint and fontTools tell every table of every font at INFO.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }


def reference(request: HttpRequest) -> dict[str, str]:
    """Give every template the request's id as `reference`, which a person quotes when they ask for help."""
    return {"reference": request_id()}

"""Ask for the second factor again, for what a password alone is not enough."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the second factor and back; None if it was given again within the last minutes."""
    given: Any = get_authentication_records(request, request.user)
    latest = max((each["at"] for each in given if _is_second(each)), default=0.0)
    if timezone.now().timestamp() - latest < app_settings.REAUTHENTICATION_TIMEOUT:
        return None
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _is_second(record: Any) -> bool:
    return record.get("method") == "mfa" and bool(record.get("reauthenticated"))

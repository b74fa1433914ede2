"""A browser in front of a door, what it was told, and what is held behind it."""

import html
import re
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.models import Account, Organisation, Person
from accounts.roles import Role
from outcomes.models import RefusedWorkbook
from tests import factories

OURS = ("accounts", "stakeholders", "outcomes", "reports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Answer = Any
"""A response as the test client gives it, with what it adds."""


def browser(person: Person | None = None) -> Client:
    """Return a browser, of somebody who has signed in; it is shown what a person is shown when something fails."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def editor_of(place: Organisation) -> Client:
    """Return the browser of an editor of this organisation."""
    return browser(factories.member(Role.EDITOR, place))


def held() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of ours; a marked workbook that is kept for its sender is nobody's account."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models() if model is not RefusedWorkbook]
    return {model._meta.label: sorted(model.objects.values_list(), key=str) for model in models}


def start_at(place: Organisation) -> str:
    """Return the address at which an account of this organisation starts from a workbook."""
    return reverse("outcomes:start", args=[place.slug])


def replace_at(account: Account) -> str:
    """Return the address at which a workbook takes the place of what this account says."""
    return reverse("outcomes:workbook", args=[account.id])


def upload(client: Client, address: str, content: bytes, *, name: str = "account.xlsx", **said: str) -> Answer:
    """Send a workbook to a door."""
    return client.post(address, {"workbook": SimpleUploadedFile(name, content, XLSX), **said})


def asked(client: Client, method: str, address: str, sent: dict[str, Any] | None = None) -> Answer:
    """Return the answer to a request, with whatever file it opened closed again."""
    answer = getattr(client, method)(address, sent) if sent is not None else getattr(client, method)(address)
    request_finished.disconnect(close_old_connections)  # the database of a test stays open, as Django's client has it
    answer.close()
    request_finished.connect(close_old_connections)
    return answer


def form_of(client: Client, page: str) -> dict[str, str]:
    """Return what the form of a page would send as it stands."""
    form = client.get(page).context["form"]
    return {bound.html_name: "" if bound.value() is None else str(bound.value()) for bound in form}


def told(answer: HttpResponseBase) -> str:
    """Return the words of a page, without its marks."""
    words = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", words)).split())


def shows_no_trace(answer: HttpResponseBase) -> bool:
    """Return whether a page keeps to itself how it is made."""
    return not re.search(r"Traceback|\.py\b|Exception|DoesNotExist|line \d+, in ", answer.text)


def marked_at(answer: Answer) -> str:
    """Return the address of the marked workbook that an answer offers."""
    found = re.search(r'href="(/workbook/marked/[^"]+)"', answer.text)
    assert found is not None
    return found[1]

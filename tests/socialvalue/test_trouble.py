"""Trouble is told in a sentence with a reference, and never shows a trace."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from socialvalue import urls

FAULTS = {
    "broken": RuntimeError("s3cret"),
    "away": OperationalError("s3cret"),
    "large": RequestDataTooBig("s3cret"),
    "odd": SuspiciousOperation("s3cret"),
}


@login_not_required
def fail(request: HttpRequest, fault: str) -> HttpResponse:
    """Fail as asked."""
    raise FAULTS[fault]


# Our own doors, with one that fails beside them.
urlpatterns = [path("fail/<str:fault>", fail), path("", include("socialvalue.urls"))]
handler400 = urls.handler400
handler500 = urls.handler500


@pytest.fixture
def site(settings: Settings, client: Client) -> Client:
    """Return a client that is shown what a person would be shown."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("fault", "status"), [("broken", 500), ("away", 503)])
def test_our_own_fault_is_told_with_a_reference_and_without_a_query(site: Client, fault: str, status: int) -> None:
    answer = site.get(f"/fail/{fault}")
    assert answer.status_code == status
    assert answer.headers["X-Request-ID"] in answer.text
    assert "s3cret" not in answer.text


@pytest.mark.parametrize(("fault", "status"), [("large", 413), ("odd", 400)])
def test_what_cannot_be_taken_is_refused_with_a_reference(site: Client, fault: str, status: int) -> None:
    answer = site.get(f"/fail/{fault}")
    assert answer.status_code == status
    assert answer.headers["X-Request-ID"] in answer.text
    assert "s3cret" not in answer.text


def test_a_database_that_is_away_is_worth_another_try(site: Client) -> None:
    assert int(site.get("/fail/away").headers["Retry-After"]) > 0
    assert "Retry-After" not in site.get("/fail/broken").headers

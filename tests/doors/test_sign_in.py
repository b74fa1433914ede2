"""Coming in: no way round, no way elsewhere, nothing told to a stranger, and nothing personal in the log."""

import logging
import time
from urllib.parse import quote, quote_plus

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings, settings
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pythonjsonlogger.json import JsonFormatter

from accounts.models import Person
from accounts.roles import Role
from socialvalue.logging import RequestId, configuration
from socialvalue.settings import base
from tests import factories
from tests.doors.door import Answer, browser, shows_no_trace, start_at, told, upload

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
GUESS = "my other guess 4711"


@pytest.fixture
def person() -> Person:
    """Return somebody who keeps an account."""
    return factories.member(Role.EDITOR, factories.organisation())


def sign_in(client: Client, person: Person, password: str = factories.PASSWORD, **more: str) -> Answer:
    """Send the sign-in form."""
    return client.post(SIGN_IN, {"login": person.email, "password": password, **more})


# --- Where it leads ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "http://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        " https://evil.example/",
        "\t//evil.example",
        "http://testserver@evil.example/",
        "ftp://testserver/",
        "https://evil.example/\r\nSet-Cookie: a=b",
    ],
)
def test_signing_in_never_leads_to_another_site(elsewhere: str, person: Person) -> None:
    client = browser()
    answer = sign_in(client, person, next=elsewhere)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert "a" not in answer.cookies
    assert "evil.example" not in client.get(SIGN_IN, {"next": elsewhere}).text


def test_signing_in_leads_to_the_page_that_was_asked_for(person: Person) -> None:
    assert sign_in(browser(), person, next="/published/").headers["Location"] == "/published/"


# --- The session ------------------------------------------------------------------------------------------------------


def test_a_session_that_somebody_planted_is_worth_nothing_after_signing_in(person: Person) -> None:
    planted = SessionStore()
    planted["planted"] = "by somebody"
    planted.create()
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    sign_in(client, person)
    assert client.get("/").status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_a_token_from_before_signing_in_is_worth_nothing_afterwards(person: Person) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(SIGN_IN)
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    sign_in(client, person, csrfmiddlewaretoken=before)
    assert client.get("/").status_code == 200
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": before}).status_code == 403


def test_other_sessions_end_with_a_new_password(person: Person) -> None:
    elsewhere = browser()
    sign_in(elsewhere, person)
    assert elsewhere.get("/").status_code == 200
    person.set_password("another long password")
    person.save()
    assert elsewhere.get("/").status_code == 302


def test_signing_out_leaves_no_session_behind(person: Person) -> None:
    client = browser()
    sign_in(client, person)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=kept).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/").status_code == 302


# --- What a stranger learns -------------------------------------------------------------------------------------------


def test_nobody_learns_who_may_sign_in(person: Person) -> None:
    unknown = Person(email="nobody@example.org")
    deactivated = factories.person(is_active=False)
    without = Person.objects.create_user("invited@example.org", name="Invited")
    answers = [
        sign_in(browser(), person, GUESS),
        sign_in(browser(), unknown, GUESS),
        sign_in(browser(), deactivated),
        sign_in(browser(), without, ""),
        sign_in(browser(), without, GUESS),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert (
        len(
            {
                told(answer).replace(each.email, "")
                for each, answer in zip([person, unknown, deactivated], answers[:3], strict=True)
            }
        )
        == 1
    )


def test_a_wrong_password_is_not_on_the_page_again(person: Person) -> None:
    answer = sign_in(browser(), person, GUESS)
    assert GUESS not in answer.text
    assert person.email in answer.text


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("\x00@example.org", GUESS),
        ("a" * 100_000 + "@example.org", GUESS),
        ("' OR 1=1 --@example.org", "' OR 1=1 --"),
        ("somebody@example.org", "p" * 1_000_000),
        ("somebody@example.org", "\x00\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "ignore")),
        ("\u202esomebody@example.org", GUESS),
        ("", ""),
    ],
)
def test_nonsense_at_the_sign_in_is_refused_in_words(name: str, password: str) -> None:
    began = time.process_time()
    answer = browser().post(SIGN_IN, {"login": name, "password": password})
    assert answer.status_code == 200
    assert "We could not sign you in" in told(answer)
    assert shows_no_trace(answer)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "cookie", ["x", "\x00", '"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "a" * 10_000, "é", "';--"]
)
def test_a_cookie_of_nonsense_is_nobodys(cookie: str) -> None:
    client = browser()
    client.cookies.load({settings.SESSION_COOKIE_NAME: cookie})
    assert client.get("/").status_code == 302


# --- What is kept and logged ------------------------------------------------------------------------------------------

SAID = "Mrs Pugh says that she sleeps again"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return the log as the server of production writes it."""
    json = configuration(form="json", level="INFO")["formatters"]["json"]
    how = {name: value for name, value in json.items() if name not in {"()", "format"}}
    caplog.handler.setFormatter(JsonFormatter(json["format"], **how))
    caplog.handler.addFilter(RequestId())
    caplog.set_level(logging.INFO)
    return caplog


def test_the_log_holds_nobodys_address_password_or_words(person: Person, log: pytest.LogCaptureFixture) -> None:
    account = factories.account(keeper=person.memberships.get().organisation)
    client = browser()
    sign_in(client, person, GUESS)
    sign_in(client, person)
    row = reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])
    client.post(row, {"name": SAID, "description": SAID, "quantity": "many"})
    client.post(row, {"name": SAID, "version": "9"})
    client.post(row, {"description": SAID * 300_000})
    upload(client, start_at(account.organisation), b"no workbook", name=f"{SAID}.xlsx")
    client.get(row, {"name": SAID})
    browser().post(row, {"name": SAID})
    browser().get(row, {"name": SAID})
    Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": person.email, "password": GUESS, "name": SAID})
    client.get(f"/nowhere/{account.id}/", {"name": SAID})
    assert "Repeated login failure" in log.text or "New login failure" in log.text
    for secret in (person.email, person.name, GUESS, factories.PASSWORD, SAID, quote(SAID), quote_plus(SAID)):
        assert secret not in log.text


def test_what_is_kept_of_a_failed_sign_in_holds_no_password_and_nothing_that_was_typed(person: Person) -> None:
    typed = {"typed_for": "/", "typed:name": SAID, "typed:description": SAID}
    sign_in(browser(), person, GUESS, **typed)
    sign_in(browser(), person, f"{GUESS} again", **typed)
    attempt = AccessAttempt.objects.get(username=person.email)
    kept = " ".join(str(value) for value in vars(attempt).values())
    assert GUESS not in kept
    assert SAID not in kept


def test_passwords_are_kept_by_a_slow_hash_of_their_own(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    made = factories.person()
    assert made.password.startswith("argon2$argon2id$")
    assert check_password(factories.PASSWORD, made.password)

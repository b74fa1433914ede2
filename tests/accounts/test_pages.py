"""Coming in, the list of accounts, and what becomes of typing that was sent after the session had ended."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.http import Kept
from accounts.models import Account, Person
from accounts.roles import Role
from tests import factories
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


class _Fields(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.held: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden":
            self.held.append((said["name"] or "", said.get("value") or ""))


def hidden(answer: Any) -> dict[str, str]:
    """Return the hidden fields of the main part of a page, as a browser would send them."""
    main = answer.text[answer.text.index("<main") :]
    return dict(_Fields(main).held)


def sign_in(client: Client, person: Person, password: str = factories.PASSWORD, **also: str) -> Any:
    """Send the sign-in form."""
    return client.post(SIGN_IN, {"login": person.email.upper(), "password": password, **also})


# --- In and out -------------------------------------------------------------------------------------------------------


def test_an_address_in_capitals_is_the_same_address() -> None:
    person = factories.person()
    assert sign_in(browser(), person).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_person_are_told_the_same() -> None:
    person, stranger = factories.person(), Person(email="nobody@example.org")
    wrong, unknown = (sign_in(browser(), each, "not the password") for each in (person, stranger))
    assert "do not go together" in told(wrong)
    # The page says back the address that was typed, and nothing else differs but what guards the form.
    strip = r'value="[^"]*"'
    assert re.sub(strip, "", wrong.text) == re.sub(strip, "", unknown.text)


def test_signing_out_takes_a_button_and_ends_the_session() -> None:
    client = browser(factories.person())
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == SIGN_IN
    assert client.get("/").headers["Location"] == f"{SIGN_IN}?next=/"


# --- My accounts ------------------------------------------------------------------------------------------------------


def test_an_editor_sees_their_accounts_and_how_to_start_another() -> None:
    account = factories.account()
    page = browser(factories.member(Role.EDITOR, account.organisation)).get("/")
    assert reverse("outcomes:account", args=[account.id]) in page.text
    assert reverse("outcomes:start", args=[account.organisation.slug]) in page.text
    assert "Draft" in told(page)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.APPROVER])
def test_who_may_not_write_is_not_offered_to_start_an_account(role: Role) -> None:
    account = factories.account()
    page = browser(factories.member(role, account.organisation)).get("/")
    assert account.name in told(page)
    assert "Start an account" not in told(page)


def test_a_funder_is_led_to_what_was_published() -> None:
    page = browser(factories.member(Role.FUNDER, factories.organisation())).get("/")
    assert 'href="/published/"' in page.text[page.text.index("<main") :]


def test_an_assurer_is_led_to_what_they_are_engaged_for() -> None:
    page = browser(factories.member(Role.ASSURER, factories.forum())).get("/")
    assert 'href="/assurance/"' in page.text[page.text.index("<main") :]
    assert "You have no accounts of your own" in told(page)


def test_the_accounts_of_others_are_not_in_the_list() -> None:
    theirs = factories.account(factories.small_facts("A secret account"))
    page = browser(factories.member(Role.EDITOR, factories.organisation())).get("/")
    assert theirs.name not in page.text
    assert "There are no accounts here yet" in told(page)


# --- Nothing typed is lost when the session has ended -----------------------------------------------------------------


@pytest.fixture
def gate(settings: LazySettings) -> None:
    """Stand our own gate where Django's stands, if it does not stand there already."""
    theirs = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [each if each != theirs else "accounts.http.SignInFirst" for each in settings.MIDDLEWARE]


@pytest.fixture
def account() -> Account:
    return factories.account()


@pytest.fixture
def editor(account: Account) -> Person:
    return factories.member(Role.EDITOR, account.organisation)


def outcome_of(account: Account) -> str:
    """Return the address of the first outcome of an account."""
    return reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])


TYPED = {"name": "Less lonely & “stronger”", "description": "One line\r\nand another", "quantity": "12", "version": "1"}


@pytest.mark.usefixtures("gate")
def test_what_was_typed_before_the_session_ended_is_saved_after_signing_in(account: Account, editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(outcome_of(account))
    typed = {**hidden(form), **TYPED, "stakeholder": "S1", "decision": "included", "duration": "1"}
    del client.cookies["sessionid"]

    refused = client.post(outcome_of(account), typed)
    assert refused.status_code == 401
    assert "What you typed is not lost" in told(refused)

    wrong = client.post(SIGN_IN, {**hidden(refused), "login": editor.email, "password": "not the password"})
    assert wrong.status_code == 200
    kept = client.post(SIGN_IN, {**hidden(wrong), "login": editor.email, "password": factories.PASSWORD})
    assert "Here is what you typed" in told(kept)
    assert "Less lonely & “stronger”" in told(kept)
    assert f'action="{outcome_of(account)}"' in kept.text

    sent = client.post(outcome_of(account), hidden(kept))
    assert sent.status_code == 302
    saved = told(client.get(outcome_of(account)))
    assert "Less lonely & “stronger”" in saved
    assert "One line and another" in saved


@pytest.mark.usefixtures("gate")
def test_no_password_is_carried_along(account: Account) -> None:
    refused = browser().post(outcome_of(account), {"name": "Less lonely", "new_password": "a secret"})
    assert "Less lonely" in refused.text
    assert "a secret" not in refused.text


@pytest.mark.usefixtures("gate")
def test_a_form_without_typing_leads_to_the_sign_in_page_as_a_link_does(account: Account) -> None:
    for answer in (browser().post(outcome_of(account), {"name": " "}), browser().get(outcome_of(account))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{SIGN_IN}?next=/accounts/")


@pytest.mark.usefixtures("gate")
def test_a_part_of_a_page_says_in_its_status_that_nobody_is_signed_in(account: Account) -> None:
    answer = browser().post(outcome_of(account), {"name": "Less lonely"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.text) == (401, "")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "accounts/", ""])
def test_typing_is_not_carried_to_another_site(elsewhere: str, editor: Person) -> None:
    answer = sign_in(browser(), editor, **{"typed_for": elsewhere, "typed:name": "Less lonely"})
    assert answer.headers["Location"] == "/"


def test_nobody_is_shown_typing_without_a_password(editor: Person) -> None:
    answer = sign_in(browser(), editor, "not the password", **{"typed_for": "/", "typed:name": "Less lonely"})
    assert "Here is what you typed" not in told(answer)


def test_an_empty_form_is_not_worth_keeping() -> None:
    request = browser().get(SIGN_IN).wsgi_request
    assert Kept.sent(request) is None


# --- The head of every page -------------------------------------------------------------------------------------------


def test_the_head_leads_funders_to_what_is_published_and_nobody_else() -> None:
    link = 'href="/published/"'
    funder = factories.member(Role.FUNDER, factories.organisation())
    for page in ("/me/", "/verify/", "/no-such-page/"):
        assert link in head_of(browser(funder).get(page)), page
    for role in (Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN):
        assert link not in head_of(browser(factories.member(role, factories.organisation())).get("/me/")), role


def test_the_address_of_what_is_published_answers_everybody_who_has_signed_in() -> None:
    answer = browser(factories.person()).get("/published/")
    assert answer.status_code == 200
    assert "/published/" not in head_of(answer)


def head_of(answer: Any) -> str:
    """Return the head of a page as people see it: where one can go, and who is signed in."""
    return answer.text[answer.text.index("<header") : answer.text.index("</header>")]

"""The second factor: who must have one, what counts as one, and that nothing goes round it."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.models import Account, Membership, Person
from accounts.roles import NEED_A_SECOND_FACTOR, Role
from tests import factories
from tests.accounts.test_pages import TYPED, hidden, outcome_of
from tests.codes import code
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db

SIGN_IN, CODE, FIRST = "/sign-in/", "/sign-in/second-factor/", "/me/second-factor/first/"
SET_UP_APP, SET_UP_PASSKEY = "/me/second-factor/app/", "/me/second-factor/passkeys/new/"


def after_the_password(person: Person) -> Client:
    """Return the browser of somebody who has given their password, and whose second factor is asked for."""
    client = browser()
    answer = client.post(SIGN_IN, {"login": person.email, "password": factories.PASSWORD})
    assert answer.headers["Location"] == CODE
    return client


def in_with(person: Person) -> Client:
    """Return the browser of somebody who has signed in with a password and whatever else it takes."""
    client = browser()
    client.post(SIGN_IN, {"login": person.email, "password": factories.PASSWORD})
    return client


def without(person: Person) -> Person:
    """Take somebody's second factor away."""
    Authenticator.objects.filter(user=person).delete()
    return person


@pytest.fixture
def owner() -> Person:
    """Return somebody who has an app that shows codes."""
    made = factories.person()
    factories.second_factor(made)
    return made


# --- Who must have one ------------------------------------------------------------------------------------------------


def those_who_must() -> dict[str, Person]:
    """Return one of each."""
    forum = factories.forum()
    return {"operator": factories.operator(), **{role: factories.member(role, forum) for role in NEED_A_SECOND_FACTOR}}


def test_whoever_must_have_one_and_has_none_reaches_nothing_else() -> None:
    forum = factories.forum()
    account = factories.account(keeper=factories.organisation(forum=forum))
    place = reverse("outcomes:account", args=[account.id])
    coordinator = without(factories.member(Role.COORDINATOR, forum))
    client = browser(coordinator)
    for address in ("/", place, "/published/", "/me/", "/me/sessions/", "/me/second-factor/", "/admin/"):
        assert client.get(address).headers["Location"] == FIRST, address
        assert client.post(address).headers["Location"] == FIRST, address
    part = client.get(place, headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (403, b"")
    # With one, the same person reaches the same page: it is the second factor that was missing.
    factories.second_factor(coordinator)
    assert client.get(place).status_code == 200


def test_it_is_asked_of_every_one_of_them() -> None:
    for who, person in those_who_must().items():
        assert not queries.known_of(person).lacks_second_factor, who
        assert queries.known_of(without(person)).lacks_second_factor, who
        assert browser(person).get("/").headers["Location"] == FIRST, who


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN, Role.FUNDER])
def test_nobody_else_must(role: Role) -> None:
    assert browser(factories.member(role, factories.organisation())).get("/").status_code == 200


def test_it_is_asked_for_from_the_moment_of_the_role_and_no_longer_than_it() -> None:
    person = factories.person()
    client = browser(person)
    assert client.get("/").status_code == 200
    role = Membership.objects.create(person=person, forum=factories.forum(), role=Role.COORDINATOR)
    assert client.get("/").headers["Location"] == FIRST
    role.delete()
    assert client.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor() -> None:
    coordinator = without(factories.member(Role.COORDINATOR, factories.forum()))
    RecoveryCodes.activate(coordinator)
    assert browser(coordinator).get("/").headers["Location"] == FIRST


def test_without_the_guard_the_coordinator_would_come_through(settings: LazySettings) -> None:
    guard = "accounts.middleware.SecondFactorFirst"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != guard]
    assert browser(without(factories.member(Role.COORDINATOR, factories.forum()))).get("/").status_code == 200


def test_what_it_takes_to_set_one_up_stays_open() -> None:
    coordinator = without(factories.member(Role.COORDINATOR, factories.forum()))
    client = in_with(coordinator)
    assert "stolen password" in told(client.get(FIRST))
    assert client.get(SET_UP_APP).status_code == 200
    assert client.get(SET_UP_PASSKEY).status_code == 200
    assert client.post("/sign-out/").headers["Location"] == SIGN_IN


def test_the_administration_site_has_no_sign_in_of_its_own() -> None:
    operator = factories.operator()
    client = browser()
    assert client.get("/admin/login/?next=/admin/").headers["Location"].startswith(f"{SIGN_IN}?next=")
    client.post("/admin/login/", {"username": operator.email, "password": factories.PASSWORD})
    assert client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in client.session
    client = after_the_password(operator)
    client.post(CODE, {"code": code()})
    assert client.get("/admin/").status_code == 200


# --- Setting one up ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_brings_recovery_codes_and_a_letter() -> None:
    client = in_with(factories.person())
    page = client.get(SET_UP_APP)
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.text
    assert secret in told(page)
    wrong = client.post(SET_UP_APP, {"code": "000000"})
    assert wrong.status_code == 422
    assert secret in told(wrong)
    answer = client.post(SET_UP_APP, {"code": code(secret)}, follow=True)
    assert "Your recovery codes" in told(answer)
    assert len(answer.context["unused_codes"]) == 10
    assert mail.outbox[-1].subject == "Accounts of social value: An app was set up"
    download = client.get("/me/second-factor/codes/download/")
    assert download.headers["Content-Disposition"].startswith("attachment; ")
    assert all(each in download.text for each in answer.context["unused_codes"])


def test_what_touches_the_second_factor_asks_for_the_password_again(owner: Person) -> None:
    client = browser(owner)
    for address in (SET_UP_PASSKEY, "/me/second-factor/app/remove/", "/me/second-factor/codes/new/"):
        assert client.post(address).headers["Location"].startswith("/me/again/"), address
    assert Authenticator.objects.filter(user=owner).count() == 1
    refused = client.post("/me/again/", {"password": "a guess"})
    assert refused.status_code == 422
    assert "That is not your password" in told(refused)
    client.post("/me/again/?next=/me/second-factor/app/remove/", {"password": factories.PASSWORD})
    client.post("/me/second-factor/app/remove/")
    assert not Authenticator.objects.filter(user=owner).exists()


def test_the_passkeys_of_others_are_not_found() -> None:
    theirs = Authenticator.objects.create(user=factories.person(), type="webauthn", data={"name": "Theirs"})
    client = in_with(factories.person())
    for address in (f"/me/second-factor/passkeys/{theirs.pk}/", f"/me/second-factor/passkeys/{theirs.pk}/remove/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_secrets_lie_locked_in_the_database(owner: Person) -> None:
    app = Authenticator.objects.get(user=owner)
    assert factories.APP_SECRET not in str(app.data)
    RecoveryCodes.activate(owner)
    codes = Authenticator.objects.get(user=owner, type="recovery_codes")
    assert len(codes.data["seed"]) > 80
    assert codes.wrap().get_unused_codes()[0] not in str(codes.data)


def test_another_key_fits_no_code_unless_it_stands_among_the_former(owner: Person, settings: LazySettings) -> None:
    app = TOTP(Authenticator.objects.get(user=owner))
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert not app.validate_code(code())
    settings.SECRET_KEY_FALLBACKS = [former]
    assert app.validate_code(code())


# --- Signing in with it -----------------------------------------------------------------------------------------------


def test_the_password_alone_does_not_sign_in(owner: Person) -> None:
    client = after_the_password(owner)
    assert client.get("/").headers["Location"].startswith(SIGN_IN)
    answer = client.post(CODE, {"code": code()})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_second_factor_leads_to_the_page_that_was_asked_for(owner: Person) -> None:
    client = browser()
    client.post(SIGN_IN, {"login": owner.email, "password": factories.PASSWORD, "next": "/published/"})
    assert client.post(CODE, {"code": code()}).headers["Location"] == "/published/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_counts_once(owner: Person, steps: int) -> None:
    shown = code(steps=steps)
    assert after_the_password(owner).post(CODE, {"code": f"{shown[:3]} {shown[3:]}"}).status_code == 302
    again = after_the_password(owner)
    refused = again.post(CODE, {"code": shown})
    assert refused.status_code == 422
    assert "was used already" in told(refused)
    assert again.get("/").status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_does_not_count(owner: Person, steps: int) -> None:
    assert after_the_password(owner).post(CODE, {"code": code(steps=steps)}).status_code == 422


def test_a_recovery_code_works_once(owner: Person) -> None:
    one = RecoveryCodes.activate(owner).get_unused_codes()[0]
    first = after_the_password(owner)
    assert first.post(CODE, {"code": one}).status_code == 302
    assert first.get("/").status_code == 200
    second = after_the_password(owner)
    assert second.post(CODE, {"code": one}).status_code == 422
    assert second.get("/").status_code == 302


def test_codes_cannot_be_guessed_one_after_another(owner: Person) -> None:
    client = after_the_password(owner)
    answers = [client.post(CODE, {"code": f"{number:06}"}) for number in range(11)]
    assert "tried too often" in told(answers[-1])
    assert client.post(CODE, {"code": code()}).status_code == 422


def test_nonsense_instead_of_a_passkey_is_refused(owner: Person) -> None:
    for sent in ("", "{}", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "not json"):
        assert browser().post("/sign-in/passkey/", {"credential": sent}).status_code == 302
        client = after_the_password(owner)
        assert client.post(CODE, {"credential": sent}).status_code == 422, sent
        assert client.get("/").status_code == 302


def test_nonsense_for_a_new_passkey_is_refused(owner: Person) -> None:
    client = in_with(factories.person())
    client.get(SET_UP_PASSKEY)
    for sent in ("{}", "[]", '{"response": {"clientDataJSON": "AA", "attestationObject": "AA"}}', "not json"):
        refused = client.post(SET_UP_PASSKEY, {"name": "My phone", "credential": sent})
        assert refused.status_code == 422, sent
        assert "My phone" in refused.text


# --- What was typed before --------------------------------------------------------------------------------------------


@pytest.fixture
def account() -> Account:
    """Return a small account."""
    return factories.account()


@pytest.fixture
def editor(account: Account) -> Person:
    """Return somebody who keeps it, with an app."""
    made = factories.member(Role.EDITOR, account.organisation)
    factories.second_factor(made)
    return made


def test_what_was_typed_is_given_back_after_the_second_factor(account: Account, editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(outcome_of(account))
    typed = {**hidden(form), **TYPED, "stakeholder": "S1", "decision": "included", "duration": "1"}
    del client.cookies["sessionid"]

    refused = client.post(outcome_of(account), typed)
    asked = client.post(SIGN_IN, {**hidden(refused), "login": editor.email, "password": factories.PASSWORD})
    assert "Your second factor" in told(asked)
    assert "Less lonely" not in str(dict(client.session))
    wrong = client.post(CODE, {**_sent(asked), "code": "000000"})
    assert wrong.status_code == 422
    kept = client.post(CODE, {**_sent(wrong), "code": code()})
    assert "Less lonely & “stronger”" in told(kept)
    assert client.post(outcome_of(account), hidden(kept)).status_code == 302
    assert "Less lonely & “stronger”" in told(client.get(outcome_of(account)))


def test_nobody_is_shown_typing_without_the_second_factor(editor: Person) -> None:
    client = after_the_password(editor)
    answer = client.post(CODE, {"code": "000000", "typed_for": "/", "typed:name": "Less lonely"})
    assert "Here is what you typed" not in told(answer)


def test_a_passkey_that_fails_loses_nothing_that_was_typed() -> None:
    answer = browser().post("/sign-in/passkey/", {"credential": "{}", "typed_for": "/", "typed:name": "Less lonely"})
    assert "What you typed is not lost" in told(answer)
    assert 'value="Less lonely"' in answer.text


def _sent(page: Any) -> dict[str, str]:
    """Return the hidden fields of the form for a code; that for a passkey has one more."""
    return {name: value for name, value in hidden(page).items() if name != "credential"}

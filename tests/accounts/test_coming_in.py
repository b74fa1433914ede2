"""Coming in: letters, passwords, sessions, languages, and joining by invitation."""

import datetime as dt
import hashlib
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.adapters import INVITATION
from accounts.models import AuditRecord, Invitation, Membership, Person
from accounts.roles import Role
from tests import factories
from tests.codes import code
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db

SIGN_IN, FORGOTTEN, JOIN = "/sign-in/", "/me/password/forgotten/", "/me/join/"
ANOTHER = "four other long words"


def sign_in(person: Person, password: str = factories.PASSWORD, client: Client | None = None) -> Client:
    """Return a browser in which somebody has sent the sign-in form."""
    client = client or browser()
    client.post(SIGN_IN, {"login": person.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    """Return whether the browser's person is signed in."""
    return bool(client.get("/").status_code == 200)


def link_in(letter: Any) -> str:
    """Return the path of the link that a letter holds."""
    (found,) = re.findall(r"http://testserver(/\S+)", letter.body)
    return str(found)


# --- A forgotten password ---------------------------------------------------------------------------------------------


def new_password(client: Client, link: str, password: str = ANOTHER) -> Any:
    """Follow the link, and send the form that it leads to."""
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_the_link_for_a_new_password_works_once_and_ends_every_session() -> None:
    person = factories.person()
    elsewhere = sign_in(person)
    assert is_in(elsewhere)
    browser().post(FORGOTTEN, {"email": person.email})
    (letter,) = mail.outbox
    link = link_in(letter)
    assert new_password(browser(), link).status_code == 302
    assert not is_in(elsewhere)
    assert is_in(sign_in(person, ANOTHER))
    assert not is_in(sign_in(person))
    again = browser().get(link)
    assert "This link is no longer good" in told(again)
    assert new_password(browser(), link, "yet another long one").status_code == 422
    assert is_in(sign_in(person, ANOTHER))


def test_a_new_password_that_is_too_easy_is_refused_in_words() -> None:
    person = factories.person()
    browser().post(FORGOTTEN, {"email": person.email})
    answer = new_password(browser(), link_in(mail.outbox[0]), "short")
    assert answer.status_code == 422
    assert "too short" in told(answer)
    assert is_in(sign_in(person))


def test_whoever_asks_for_a_new_password_is_told_the_same_whether_or_not_they_are_known() -> None:
    known, unknown = (
        browser().post(FORGOTTEN, {"email": email}, follow=True)
        for email in (factories.person().email, "nobody@example.org")
    )
    assert told(known) == told(unknown)
    # Both get a letter, so that neither the answer nor its time says who is known.
    assert [len(re.findall("/me/password/new/", letter.body)) for letter in mail.outbox] == [1, 0]


def test_a_letter_is_plain_text_and_says_where_it_comes_from() -> None:
    person = factories.person()
    browser().post(FORGOTTEN, {"email": person.email})
    (letter,) = mail.outbox
    assert letter.subject == "Accounts of social value: A new password"
    assert "&" not in letter.body
    assert letter.to == [person.email]


def test_a_stranger_a_wrong_password_and_somebody_deactivated_cost_the_same_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known, former = factories.person(), factories.person(is_active=False)
    worked: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        worked.append(password)
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email, password in (
        (known.email, "a wrong password"),
        ("nobody@example.org", "a wrong password"),
        (former.email, factories.PASSWORD),
    ):
        worked.clear()
        assert browser().post(SIGN_IN, {"login": email, "password": password}).status_code == 200
        counts.append(len(worked))
    assert counts == [1, 1, 1]


# --- The password, changed --------------------------------------------------------------------------------------------


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    person = factories.person()
    here, elsewhere = sign_in(person), sign_in(person)
    sent = {"oldpassword": factories.PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert here.post("/me/password/", sent).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert "Your password was changed" in mail.outbox[-1].subject


def test_a_password_is_not_changed_without_the_old_one() -> None:
    person = factories.person()
    here = sign_in(person)
    refused = here.post("/me/password/", {"oldpassword": "a guess", "password1": ANOTHER, "password2": ANOTHER})
    assert refused.status_code == 422
    assert "That is not your current password" in told(refused)
    assert ANOTHER not in refused.text
    assert is_in(sign_in(person))


def test_a_password_is_changed_even_if_no_letter_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: Any, **_more: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.EmailMessage, "send", away)
    person = factories.person()
    here = sign_in(person)
    sent = {"oldpassword": factories.PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert here.post("/me/password/", sent).status_code == 302
    assert is_in(sign_in(person, ANOTHER))


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_whoever_an_operator_makes_is_confirmed_and_can_sign_in() -> None:
    person = factories.person()
    assert EmailAddress.objects.get(user=person).verified
    by_hand = Person(email="By.Hand@example.org", name="By hand")
    by_hand.set_password(factories.PASSWORD)
    by_hand.save()
    assert is_in(sign_in(by_hand))


def test_another_address_counts_once_its_link_was_opened() -> None:
    person = factories.person()
    client = sign_in(person)
    client.post("/me/email/", {"email": "new@example.org", "action_add": ""})
    assert client.post("/me/email/", {"email": "new@example.org", "action_primary": ""}).status_code == 302
    person.refresh_from_db()
    assert person.email != "new@example.org"
    link = link_in(mail.outbox[-1])
    assert "Is new@example.org your address?" in told(client.get(link))
    client.post(link)
    client.post("/me/email/", {"email": "new@example.org", "action_primary": ""})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert is_in(sign_in(person))


def test_whoever_has_a_second_factor_may_add_an_address() -> None:
    person = factories.member(Role.COORDINATOR, factories.forum())
    client = sign_in(person)
    client.post("/sign-in/second-factor/", {"code": code()})
    client.post("/me/email/", {"email": "second@example.org", "action_add": ""})
    assert EmailAddress.objects.filter(user=person, email="second@example.org").exists()
    assert client.get("/me/second-factor/passkeys/new/").status_code == 200


def test_an_address_that_somebody_else_claims_still_leads_to_its_owner() -> None:
    person, victim = factories.person(), factories.person()
    client = sign_in(person)
    client.post("/me/email/", {"email": victim.email, "action_add": ""})
    stranger = browser()
    stranger.post(SIGN_IN, {"login": victim.email, "password": factories.PASSWORD})
    assert stranger.get("/me/").context["user"] == victim
    # Adding it told nobody that it is taken.
    assert EmailAddress.objects.filter(user=person, email=victim.email, verified=False).exists()


# --- Sessions ---------------------------------------------------------------------------------------------------------

PHONE = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"


def test_sessions_are_listed_in_words_and_ended_elsewhere() -> None:
    person = factories.person()
    here = sign_in(person)
    phone = Client(headers={"User-Agent": PHONE})
    sign_in(person, client=phone)
    page = told(here.get("/me/sessions/"))
    assert "Chrome on Android" in page
    assert "(this browser)" in page
    assert here.post("/me/sessions/").status_code == 302
    assert is_in(here)
    assert not is_in(phone)
    assert UserSession.objects.filter(user=person).count() == 1


def test_nobody_sees_or_ends_the_sessions_of_others() -> None:
    person, other = factories.person(), factories.person()
    theirs, mine = Client(headers={"User-Agent": PHONE}), sign_in(person)
    sign_in(other, client=theirs)
    assert "Android" not in told(mine.get("/me/sessions/"))
    mine.post("/me/sessions/")
    assert is_in(theirs)


# --- Oneself ----------------------------------------------------------------------------------------------------------


def test_a_name_and_a_language_are_saved_and_recorded() -> None:
    person = factories.person("Mair")
    client = sign_in(person)
    assert client.post("/me/", {"name": " Mair  Thomas ", "language": "cy"}).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.language) == ("Mair  Thomas", "cy")
    record = AuditRecord.objects.get(person=person)
    assert (record.verb, record.noun, record.after["language"]) == ("changed", "person", "cy")


@pytest.mark.parametrize("name", ["", "\u200b", "Mair\u202e", "x" * 201])
def test_a_name_that_nobody_can_read_is_refused_and_given_back(name: str) -> None:
    client = sign_in(factories.person("Mair"))
    refused = client.post("/me/", {"name": name, "language": "cy"})
    assert refused.status_code == 422
    assert refused.context["form"]["language"].value() == "cy"


def test_pages_are_in_the_language_that_their_reader_chose_on_every_machine() -> None:
    person = factories.person()
    client = sign_in(person)
    assert '<html lang="en-gb">' in client.get("/").text
    client.post("/me/", {"name": "Mair", "language": "cy"})
    elsewhere = browser(person)
    assert settings.LANGUAGE_COOKIE_NAME not in elsewhere.cookies
    assert '<html lang="cy">' in elsewhere.get("/", headers={"Accept-Language": "en"}).text
    # The browser keeps it, for the pages before the next sign-in and those that are not found.
    assert '<html lang="cy">' in client.get("/nowhere/").text


def test_a_language_that_there_is_not_changes_nothing() -> None:
    person = factories.person()
    Person.objects.filter(pk=person.pk).update(language="xx")
    assert '<html lang="en-gb">' in browser(person).get("/").text


# --- Joining by invitation --------------------------------------------------------------------------------------------

NEW = {"name": "Mair Thomas", "language": "cy", "password1": ANOTHER, "password2": ANOTHER}


def invitation(email: str = "mair@example.org", **more: Any) -> Invitation:
    """Return an open invitation to keep accounts."""
    place = factories.organisation("Cinio Ogwen")
    now = timezone.now()
    said = {"sent_at": now, "expires_at": now + dt.timedelta(days=14), **more}
    return Invitation.objects.create(
        organisation=place,
        email=email,
        role=Role.EDITOR,
        token_hash=hashlib.sha256(email.encode()).hexdigest(),
        invited_by=factories.member(Role.ADMIN, place),
        **said,
    )


def invited(to: Invitation) -> Client:
    """Return the browser of somebody who followed an invitation."""
    client = browser()
    session = client.session
    session[INVITATION] = str(to.id)
    session.save()
    return client


def test_whoever_was_invited_joins_with_the_invited_address_and_is_in() -> None:
    to = invitation()
    client = invited(to)
    page = client.get(JOIN)
    assert "Join Cinio Ogwen" in told(page)
    assert "mair@example.org" in told(page)
    assert client.post(JOIN, {**NEW, "email": "another@example.org"}).headers["Location"] == "/"
    person = Person.objects.get(name="Mair Thomas")
    assert (person.email, person.language, person.is_staff) == ("mair@example.org", "cy", False)
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(person=person).organisation == to.organisation
    assert is_in(client)
    assert mail.outbox == []
    to.refresh_from_db()
    assert to.accepted_by == person
    assert INVITATION not in client.session


def test_nobody_joins_without_an_invitation_that_is_open() -> None:
    gone = [
        browser(),
        invited(invitation("late@example.org", expires_at=timezone.now() - dt.timedelta(days=1))),
        invited(invitation("back@example.org", withdrawn_at=timezone.now())),
    ]
    before = Person.objects.count()
    for client in gone:
        assert "You join by invitation" in told(client.get(JOIN))
        assert "You join by invitation" in told(client.post(JOIN, {**NEW, "email": "mair@example.org"}))
    assert Person.objects.count() == before


def test_an_invitation_makes_one_person_and_no_more() -> None:
    to = invitation()
    first, second = invited(to), invited(to)
    first.post(JOIN, NEW)
    assert "You join by invitation" in told(second.post(JOIN, {**NEW, "name": "Another"}))
    assert not Person.objects.filter(name="Another").exists()


def test_what_was_typed_wrongly_when_joining_is_given_back_and_nobody_is_made() -> None:
    to = invitation()
    client = invited(to)
    refused = client.post(JOIN, {**NEW, "password1": "short", "password2": "short"})
    assert refused.status_code == 422
    assert "Mair Thomas" in refused.text
    assert "too short" in told(refused)
    assert "Enter your name." in told(client.post(JOIN, {**NEW, "name": " "}))
    assert not Person.objects.filter(email=to.email).exists()

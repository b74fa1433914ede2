"""The people of an organisation, at their doors: who sees them, who changes them, and what is refused in words."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import queries
from accounts.models import Invitation, Membership, Organisation, OrganisationType, Person
from accounts.roles import Role
from tests import factories
from tests.doors.door import browser, form_of, shows_no_trace, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("Clwb cinio")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


@pytest.fixture
def client(admin: Person) -> Client:
    return browser(admin)


def people(keeper: Organisation, *more: object) -> str:
    return "/".join([f"/organisations/{keeper.slug}/people", *map(str, more), ""])


def roles(keeper: Organisation, person: Person) -> set[str]:
    return set(keeper.memberships.filter(person=person).values_list("role", flat=True))


# --- The list ---------------------------------------------------------------------------------------------------------


def test_each_person_stands_there_once_with_all_that_they_are(keeper: Organisation, client: Client) -> None:
    person = factories.member(Role.EDITOR, keeper)
    Membership.objects.create(person=person, organisation=keeper, role=Role.APPROVER)
    factories.member(Role.VIEWER, keeper, is_active=False)
    words = told(client.get(people(keeper)))
    assert "3 people are in it" in words
    assert words.count(person.email) == 1
    assert "Editor, Approver" in words
    assert "(you)" in words
    assert "May not sign in" in words


def test_who_may_only_look_sees_names_and_no_addresses_or_invitations(keeper: Organisation, client: Client) -> None:
    client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": "viewer"})
    person = factories.member(Role.VIEWER, keeper)
    shown = browser(person).get(people(keeper))
    assert "The admin" in told(shown)
    assert "@example.org" not in shown.text
    assert "Invite somebody" not in told(shown)


def test_whoever_is_alone_is_told_why_two_are_better(keeper: Organisation, client: Client) -> None:
    assert "You are here alone" in told(client.get(people(keeper)))
    factories.member(Role.APPROVER, keeper)
    assert "You are here alone" not in told(client.get(people(keeper)))


def test_the_list_asks_as_often_for_thirty_as_for_three(keeper: Organisation, client: Client) -> None:
    counted = []
    for wanted in (3, 30):
        while keeper.memberships.count() < wanted:
            factories.member(Role.EDITOR, keeper)
            number = Invitation.objects.count()
            address = f"new{number}@example.org"
            client.post(people(keeper, "invite"), {"email": address, "role": "viewer"})
        client.get(people(keeper))  # says what was sent, once
        with CaptureQueriesContext(connection) as seen:
            assert client.get(people(keeper)).status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert counted[0] <= 8


# --- Inviting ---------------------------------------------------------------------------------------------------------


def test_an_invitation_goes_out_by_letter_and_stands_in_the_list(keeper: Organisation, client: Client) -> None:
    answer = client.post(people(keeper, "invite"), {"email": " Sian@Example.org ", "role": "approver"}, follow=True)
    assert "The invitation was sent to sian@example.org." in told(answer)
    assert "Good until" in told(answer)
    (letter,) = mail.outbox
    assert letter.to == ["sian@example.org"]
    assert letter.subject == "Clwb cinio invites you"
    link = next(line for line in letter.body.splitlines() if "/invitations/" in line)
    assert link.startswith("http://testserver/invitations/")
    token = link.rstrip("/").rpartition("/")[2]
    assert queries.invitation_by_token(token) == Invitation.objects.get()
    assert token not in answer.text


def test_a_letter_says_a_name_as_it_is_and_no_name_makes_a_heading(keeper: Organisation, client: Client) -> None:
    Organisation.objects.filter(pk=keeper.pk).update(name="Tea & <cake>\nBcc: all@example.org")
    client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": "viewer"})
    (letter,) = mail.outbox
    assert letter.subject == "Tea & <cake> Bcc: all@example.org invites you"
    assert "with Tea & <cake>" in letter.body
    assert letter.recipients() == ["sian@example.org"]


def test_two_clicks_send_one_letter(keeper: Organisation, client: Client) -> None:
    for _click in range(2):
        answer = client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": "viewer"}, follow=True)
    assert len(mail.outbox) == 1
    assert "has just been sent" in told(answer)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter the e-mail address"),
        ("sian", "Write it like name@example.org"),
        ("a" * 288 + "@example.org", "254 characters at most"),
        ("sian@exam\u200bple.org", "Write it like name@example.org"),
        ("si\u202ean@example.org", "Write it like name@example.org"),
        ("sian@example.org\nbcc: all@example.org", "Write it like name@example.org"),
        ("<script>@example.org", "Write it like name@example.org"),
        ("\x00", "Null characters are not allowed"),
    ],
)
def test_what_is_no_address_is_refused_and_stays_on_the_page(
    keeper: Organisation, client: Client, email: str, said: str
) -> None:
    answer = client.post(people(keeper, "invite"), {"email": email, "role": "viewer"})
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["email"])
    assert answer.context["form"]["email"].value() == email
    assert not mail.outbox
    assert not Invitation.objects.exists()
    assert shows_no_trace(answer)


@pytest.mark.parametrize("role", ["", "coordinator", "assurer", "funder", "owner", "admin viewer"])
def test_a_role_that_nobody_may_have_there_is_refused(keeper: Organisation, client: Client, role: str) -> None:
    answer = client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": role})
    assert answer.status_code == 422
    assert answer.context["form"].errors["role"]
    assert not Invitation.objects.exists()


def test_a_funder_may_invite_funders(keeper: Organisation, client: Client) -> None:
    assert "Funder" not in told(client.get(people(keeper, "invite")))
    Organisation.objects.filter(pk=keeper.pk).update(type=OrganisationType.FUNDER)
    assert "Funder: reads the published reports" in told(client.get(people(keeper, "invite")))


def test_a_member_is_not_invited_again(keeper: Organisation, client: Client) -> None:
    person = factories.member(Role.VIEWER, keeper)
    answer = client.post(people(keeper, "invite"), {"email": person.email.upper(), "role": "viewer"})
    assert answer.status_code == 422
    assert "is in this organisation already" in told(answer)


def test_a_letter_that_cannot_be_sent_is_said_and_nothing_is_lost(
    keeper: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(*_given: object, **_named: object) -> None:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("accounts.views.members.send_mail", refuses)
    answer = client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": "viewer"}, follow=True)
    assert "could not be sent" in told(answer)
    assert shows_no_trace(answer)
    assert Invitation.objects.count() == 1
    assert "was not sent" in caplog.text
    assert "/invitations/" not in caplog.text


def test_an_invitation_is_sent_again_with_a_new_link_and_withdrawn(keeper: Organisation, client: Client) -> None:
    client.post(people(keeper, "invite"), {"email": "sian@example.org", "role": "viewer"})
    first = Invitation.objects.get()
    Invitation.objects.update(sent_at=factories.NOW)
    at = f"/organisations/{keeper.slug}/invitations"
    assert "was sent to sian" in told(client.post(f"{at}/{first.id}/send-again/", follow=True))
    assert len(mail.outbox) == 2
    assert "not open any more" in told(client.post(f"{at}/{first.id}/send-again/", follow=True))
    second = Invitation.objects.get(withdrawn_at=None)
    for _click in range(2):
        assert "was withdrawn" in told(client.post(f"{at}/{second.id}/withdraw/", follow=True))
    assert queries.invitations_of(keeper) == []
    assert len(mail.outbox) == 2


def test_the_invitations_of_others_are_not_found(keeper: Organisation, client: Client) -> None:
    other = factories.organisation("Elsewhere")
    theirs = browser(factories.member(Role.ADMIN, other))
    theirs.post(people(other, "invite"), {"email": "sian@example.org", "role": "viewer"})
    invitation = Invitation.objects.get()
    for verb in ("withdraw", "send-again"):
        address = f"/organisations/{keeper.slug}/invitations/{invitation.id}/{verb}/"
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405
    assert queries.invitations_of(other) == [invitation]


# --- Changing and removing --------------------------------------------------------------------------------------------


def test_what_is_ticked_takes_the_place_of_what_was(keeper: Organisation, client: Client) -> None:
    person = factories.member(Role.EDITOR, keeper)
    at = people(keeper, person.id)
    shown = client.get(at).context["form"]
    assert shown["roles"].value() == ["editor"]
    answer = client.post(at, {"seen": "editor", "roles": ["viewer", "approver"]}, follow=True)
    assert f"Saved: what {person} may do." in told(answer)
    assert roles(keeper, person) == {"viewer", "approver"}


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ([], "Choose at least one role"),
        (["coordinator"], "Nobody can have that role"),
        (["funder"], "Nobody can have that role"),
        (["owner", "editor"], "Nobody can have that role"),
    ],
)
def test_ticks_that_cannot_be_taken_are_refused(
    keeper: Organisation, client: Client, ticked: list[str], said: str
) -> None:
    person = factories.member(Role.EDITOR, keeper)
    answer = client.post(people(keeper, person.id), {"seen": "editor", "roles": ticked})
    assert answer.status_code == 422
    assert said in told(answer)
    assert roles(keeper, person) == {"editor"}


def test_roles_that_somebody_else_changed_are_shown_beside_the_ticks(keeper: Organisation, client: Client) -> None:
    person = factories.member(Role.VIEWER, keeper)
    answer = client.post(people(keeper, person.id), {"seen": "editor", "roles": ["approver"]})
    assert answer.status_code == 409
    assert answer.context["differences"] == [{"label": "What they may do", "mine": "Approver", "theirs": "Viewer"}]
    assert answer.context["form"]["roles"].value() == ["approver"]
    again = {"seen": answer.context["form"]["seen"].value(), "roles": ["approver"]}
    assert client.post(people(keeper, person.id), again).status_code == 302
    assert roles(keeper, person) == {"approver"}


def test_somebody_is_removed_after_a_question_and_once(keeper: Organisation, client: Client) -> None:
    person = factories.member(Role.EDITOR, keeper)
    at = people(keeper, person.id, "remove")
    assert "Remove The editor from Clwb cinio?" in told(client.get(at))
    assert roles(keeper, person) == {"editor"}
    assert "is no longer in Clwb cinio" in told(client.post(at, follow=True))
    assert "not in this organisation any more" in told(client.post(at, follow=True))
    assert client.get(at).status_code == 404
    assert browser(person).get(f"/organisations/{keeper.slug}/").status_code == 404


def test_the_last_administrator_stays(keeper: Organisation, admin: Person, client: Client) -> None:
    removed = client.post(people(keeper, admin.id, "remove"))
    assert removed.status_code == 409
    assert "is the only administrator" in told(removed)
    demoted = client.post(people(keeper, admin.id), {"seen": "admin", "roles": ["viewer"]})
    assert demoted.status_code == 422
    assert "is the only administrator" in told(demoted)
    assert demoted.context["form"]["roles"].value() == ["viewer"]
    assert roles(keeper, admin) == {"admin"}


def test_whoever_takes_themselves_out_goes_to_their_own_accounts(
    keeper: Organisation, admin: Person, client: Client
) -> None:
    factories.member(Role.ADMIN, keeper)
    answer = client.post(people(keeper, admin.id, "remove"))
    assert answer.headers["Location"] == "/"
    assert client.get(people(keeper)).status_code == 404


def test_whoever_gives_up_looking_after_it_goes_on_to_the_list(
    keeper: Organisation, admin: Person, client: Client
) -> None:
    factories.member(Role.ADMIN, keeper)
    answer = client.post(people(keeper, admin.id), {"seen": "admin", "roles": ["viewer"]})
    assert answer.headers["Location"] == people(keeper)
    assert client.get(people(keeper, "invite")).status_code == 403


def test_somebody_who_is_not_in_it_is_not_found(keeper: Organisation, client: Client) -> None:
    elsewhere = factories.member(Role.ADMIN, factories.organisation("Elsewhere"))
    for who in (elsewhere.id, uuid4()):
        assert client.get(people(keeper, who)).status_code == 404
        answer = client.post(people(keeper, who), {"roles": ["viewer"]}, follow=True)
        assert "not in this organisation any more" in told(answer)
        assert elsewhere.email not in answer.text
    assert not keeper.memberships.filter(person=elsewhere).exists()


def test_every_form_sends_what_it_shows(keeper: Organisation, admin: Person, client: Client) -> None:
    assert form_of(client, people(keeper, admin.id))["seen"] == "admin"

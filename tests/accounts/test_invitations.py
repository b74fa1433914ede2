"""Following an invitation: every state that it may be in, and every person who may hold the link."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AuditRecord, Organisation, OrganisationType, Person
from accounts.roles import Role
from tests import factories
from tests.doors.door import browser, form_of, told

pytestmark = pytest.mark.django_db
ADDRESS = "sian@example.org"


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("Clwb cinio")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


def invited(admin: Person, keeper: Organisation, role: Role = Role.EDITOR, ago: dt.timedelta = dt.timedelta()) -> str:
    """Return the address of an invitation that was sent some time ago."""
    _invitation, token = services.invite(
        actor=admin, organisation=keeper, email=ADDRESS, role=role, now=timezone.now() - ago
    )
    return f"/invitations/{token}/"


def invitee() -> Person:
    return Person.objects.create_user(ADDRESS, factories.PASSWORD, name="Siân")


def followed(client: Client, link: str) -> str:
    """Follow the link of a letter, and return the address of the page that it leads to."""
    answer = client.get(link)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_the_address_with_the_token_says_nothing_to_anybody(keeper: Organisation, admin: Person) -> None:
    for link in (invited(admin, keeper), "/invitations/none/"):
        answer = browser().get(link)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
    page = browser()
    assert "no-store" in page.get(followed(page, invited(admin, keeper, Role.VIEWER))).headers["Cache-Control"]


@pytest.mark.parametrize("token", ["none", "0" * 64, "é", "%00", "a" * 3_000, "../../admin"])
def test_every_wrong_token_leads_to_one_and_the_same_page(keeper: Organisation, admin: Person, token: str) -> None:
    invited(admin, keeper)
    answer = browser().get(f"/invitations/{token}/")
    assert answer.status_code == 404
    if "/" not in token:
        assert "No invitation here" in told(answer)
        assert told(answer) == told(browser().get("/invitations/wrong/"))


def test_a_hash_from_the_database_opens_nothing(keeper: Organisation, admin: Person) -> None:
    invited(admin, keeper)
    assert browser().get(f"/invitations/{keeper.invitations.get().token_hash}/").status_code == 404


def test_without_a_link_there_is_nothing_to_accept() -> None:
    assert "No invitation here" in told(browser().get("/invitation/"))
    assert "No invitation here" in told(browser(factories.person()).post("/invitation/"))


def test_somebody_new_is_shown_what_it_is_and_led_to_join(keeper: Organisation, admin: Person) -> None:
    client = browser()
    page = followed(client, invited(admin, keeper))
    shown = told(client.get(page))
    assert "You are invited to Clwb cinio" in shown
    assert "By The admin For sian@example.org As Editor" in shown
    assert "say your name and choose a password" in shown
    assert client.post(page).headers["Location"] == reverse("account_signup")
    assert client.session["invitation"] == str(keeper.invitations.get().id)


def test_somebody_new_joins_and_is_in_the_organisation(keeper: Organisation, admin: Person) -> None:
    client = browser()
    client.post(followed(client, invited(admin, keeper)))
    join = reverse("account_signup")
    said = {"name": "Siân", "language": "cy", "password1": factories.PASSWORD, "password2": factories.PASSWORD}
    assert client.post(join, {**form_of(client, join), **said}).status_code == 302
    person = Person.objects.get(email=ADDRESS)
    assert [membership.role for membership in keeper.memberships.filter(person=person)] == [Role.EDITOR]
    assert client.get(f"/organisations/{keeper.slug}/").status_code == 200


def test_somebody_who_has_been_here_signs_in_and_comes_back(keeper: Organisation, admin: Person) -> None:
    person, client = invitee(), browser()
    page = followed(client, invited(admin, keeper))
    assert "has been here before" in told(client.get(page))
    assert client.post(page).headers["Location"] == f"{reverse('accounts:sign_in')}?next=/invitation/"
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert "Accept the invitation" in told(client.get(page))


def test_whoever_is_invited_accepts_with_one_button_and_a_second_click_does_no_harm(
    keeper: Organisation, admin: Person
) -> None:
    person, link = invitee(), invited(admin, keeper)
    client, other_window = browser(person), browser(person)
    pages = [followed(each, link) for each in (client, other_window)]
    answers = [each.post(page) for each, page in zip((client, other_window), pages, strict=True)]
    assert {answer.headers["Location"] for answer in answers} == {f"/organisations/{keeper.slug}/"}
    assert "Welcome: you are in Clwb cinio now." in told(client.get(answers[0].headers["Location"]))
    assert AuditRecord.objects.filter(verb="accepted").count() == 1
    assert client.get(followed(client, link)).headers["Location"] == f"/organisations/{keeper.slug}/"


def test_a_funders_person_is_led_to_where_they_may_look(keeper: Organisation, admin: Person) -> None:
    Organisation.objects.filter(pk=keeper.pk).update(type=OrganisationType.FUNDER)
    client = browser(invitee())
    page = followed(client, invited(admin, keeper, Role.FUNDER))
    assert client.post(page).headers["Location"] == "/"


def test_somebody_else_is_told_how_to_go_on_and_gets_nothing(keeper: Organisation, admin: Person) -> None:
    invitee()
    other = factories.person("Somebody else")
    client = browser(other)
    page = followed(client, invited(admin, keeper))
    shown = client.get(page)
    assert "You are signed in as somebody else" in told(shown)
    assert "Accept the invitation" not in told(shown)
    refused = client.post(page)
    assert refused.status_code == 409
    assert "You are signed in as somebody else" in told(refused)
    assert not other.memberships.exists()


def test_an_invitation_that_is_over_says_so(keeper: Organisation, admin: Person) -> None:
    client = browser(invitee())
    page = followed(client, invited(admin, keeper, ago=dt.timedelta(days=15)))
    shown = client.get(page)
    assert shown.status_code == 410
    assert "This invitation was good until" in told(shown)
    assert client.post(page).status_code == 409
    assert not keeper.memberships.filter(role=Role.EDITOR).exists()


def test_an_invitation_that_was_withdrawn_says_so_to_whoever_is_not_signed_in_too(
    keeper: Organisation, admin: Person
) -> None:
    client = browser()
    page = followed(client, invited(admin, keeper))
    services.withdraw_invitation(actor=admin, invitation=keeper.invitations.get(), now=timezone.now())
    assert "was withdrawn" in told(client.get(page))


def test_an_invitation_that_somebody_used_is_used(keeper: Organisation, admin: Person) -> None:
    person, link = invitee(), invited(admin, keeper)
    client = browser(person)
    client.post(followed(client, link))
    services.remove_member(actor=admin, organisation=keeper, person=person, now=timezone.now())
    for holder in (client, browser()):
        shown = holder.get(followed(holder, link))
        assert shown.status_code == 410
        assert "was used already" in told(shown)
    assert not person.memberships.exists()

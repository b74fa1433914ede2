"""The pages of an organisation: what they show to whom, and what becomes of what is typed there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import queries
from accounts.identifiers import Scheme
from accounts.models import Organisation, Person, RegisteredNumber
from accounts.roles import Role
from accounts.sector import Type
from tests import factories
from tests.doors.door import browser, form_of, told

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Clwb cinio",
    "type": "charity",
    "purpose": "Neb ar ei ben ei hun.\r\nByth.",
    "language": "cy",
    "well_being_is_core": "yes",
    "reinvested_share": "80",
    "gb_chc": "gb-chc-1090095",
    "gb_coh": "09506232",
}


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("Some group")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


@pytest.fixture
def client(admin: Person) -> Client:
    return browser(admin)


def page(keeper: Organisation) -> str:
    return f"/organisations/{keeper.slug}/"


def about(keeper: Organisation) -> str:
    return f"{page(keeper)}about/"


# --- To read ----------------------------------------------------------------------------------------------------------


def test_it_shows_what_it_is_its_accounts_and_its_people(keeper: Organisation, client: Client) -> None:
    factories.account(factories.small_facts("Luncheon club"), keeper=keeper)
    client.post(about(keeper), {**form_of(client, about(keeper)), **TYPED})
    shown = client.get(page(keeper))
    words = told(shown)
    assert "In the social value sector." in words
    assert "re-invests 80 of every 100 of any profit: most of it" in words
    assert "GB-CHC-1090095" in words
    assert "GB-COH-09506232" in words
    assert "Luncheon club" in words
    assert "The admin: Administrator" in words
    assert '<p class="lead" lang="cy">Neb ar ei ben ei hun.<br>Byth.</p>' in shown.text


def test_an_organisation_that_has_said_nothing_is_taught_what_to_say(keeper: Organisation, client: Client) -> None:
    words = told(client.get(page(keeper)))
    assert "Cannot tell yet." in words
    assert "It keeps no account yet" in words
    assert "Start an account" in words
    assert "No registered number is given." in words


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER])
def test_who_may_only_look_is_offered_no_change(keeper: Organisation, role: Role) -> None:
    shown = browser(factories.member(role, keeper)).get(page(keeper))
    assert shown.status_code == 200
    assert about(keeper) not in shown.text
    assert "See who may do what" in told(shown)
    assert ("Start an account" in told(shown)) == (role is Role.EDITOR)


def test_my_accounts_lead_to_my_organisations(keeper: Organisation, admin: Person, client: Client) -> None:
    admin.memberships.create(organisation=keeper, role=Role.APPROVER)
    admin.memberships.create(organisation=factories.organisation("Only funds"), role=Role.FUNDER)
    first = client.get("/")
    assert f'href="{page(keeper)}"' in first.text
    assert "Approver, Administrator" in told(first)
    assert "Only funds" not in told(first)
    assert "My organisations" not in told(browser(factories.person()).get("/"))


# --- To change --------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_shown_again_to_be_changed(keeper: Organisation, client: Client) -> None:
    answer = client.post(about(keeper), {**form_of(client, about(keeper)), **TYPED})
    assert answer.headers["Location"] == page(keeper)
    again = form_of(client, about(keeper))
    assert again["reinvested_share"] == "80"
    assert (again["gb_chc"], again["gb_coh"]) == ("1090095", "09506232")
    assert again["version"] == "2"
    held = queries.particulars_of(Organisation.objects.get(pk=keeper.pk))
    assert (held.type, held.purpose) == (Type.CHARITY, "Neb ar ei ben ei hun.\nByth.")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "cannot be left blank"),
        ("name", "\u200b\u200b", "only invisible characters"),
        ("name", "Clwb\u202ecinio", "reverses the order of reading"),
        ("name", "A" * 300, "300 characters long"),
        ("type", "", "cannot be left blank"),
        ("type", "bank", "Choose one of: Voluntary organisation"),
        ("purpose", "x" * 6_000, "6000 characters long"),
        ("language", "de", "Choose one of"),
        ("well_being_is_core", "perhaps", "Answer yes or no."),
        ("reinvested_share", "120", "outside 0% to 100%"),
        ("reinvested_share", "most", "is not a number"),
        ("reinvested_share", "-1", "outside 0% to 100%"),
        ("gb_chc", "12", "6 or 7 digits"),
        ("gb_coh", "9506232", "zeros in front"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field_and_stays_on_the_page(
    keeper: Organisation, client: Client, field: str, typed: str, said: str
) -> None:
    sent = {**form_of(client, about(keeper)), **TYPED, "name": "Kept as <b>typed</b>", field: typed}
    answer = client.post(about(keeper), sent)
    assert answer.status_code == 422
    assert any(said in error for error in answer.context["form"].errors[field])
    for name, value in sent.items():
        assert (answer.context["form"][name].value() or "") == value, name
    if field != "name":
        assert "Kept as &lt;b&gt;typed&lt;/b&gt;" in answer.text
    assert Organisation.objects.get(pk=keeper.pk).version == 1


def test_a_number_of_another_organisation_is_refused_at_its_field(keeper: Organisation, client: Client) -> None:
    other = factories.organisation("A secret group")
    RegisteredNumber.objects.create(organisation=other, scheme=Scheme.COMPANY, number="09506232")
    answer = client.post(about(keeper), {**form_of(client, about(keeper)), **TYPED})
    assert answer.status_code == 422
    assert "Another organisation here has this number" in str(answer.context["form"].errors["gb_coh"])
    assert "A secret group" not in answer.text


def test_a_change_over_a_newer_version_shows_both_and_keeps_what_was_typed(
    keeper: Organisation, client: Client
) -> None:
    mine = {**form_of(client, about(keeper)), **TYPED}
    client.post(about(keeper), {**mine, "name": "Theirs", "reinvested_share": "20", "gb_chc": ""})
    answer = client.post(about(keeper), mine)
    assert answer.status_code == 409
    rows = {each["label"]: (each["mine"], each["theirs"]) for each in answer.context["differences"]}
    assert rows == {
        "Name": ("Clwb cinio", "Theirs"),
        "How much of any profit do you re-invest in that?": ("80%", "20%"),
        "Charity Commission for England and Wales": ("gb-chc-1090095", ""),
    }
    again = {bound.html_name: bound.value() or "" for bound in answer.context["form"]}
    assert again["purpose"] == TYPED["purpose"]
    assert client.post(about(keeper), again).status_code == 302
    assert Organisation.objects.get(pk=keeper.pk).name == "Clwb cinio"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 20])
def test_a_form_that_does_not_know_its_version_never_overwrites(
    keeper: Organisation, client: Client, version: str
) -> None:
    assert client.post(about(keeper), {**TYPED, "version": version}).status_code == 409
    assert Organisation.objects.get(pk=keeper.pk).name == "Some group"


def test_a_field_that_the_form_does_not_have_changes_nothing(keeper: Organisation, client: Client) -> None:
    client.post(about(keeper), {**form_of(client, about(keeper)), **TYPED, "slug": "stolen", "forums": "1"})
    assert Organisation.objects.get(pk=keeper.pk).slug == keeper.slug


# --- How often they ask -----------------------------------------------------------------------------------------------


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_pages_ask_as_often_for_thirty_as_for_three(keeper: Organisation, client: Client) -> None:
    def grow(to: int) -> None:
        while keeper.memberships.count() < to:
            factories.member(Role.EDITOR, keeper)
            factories.account(keeper=keeper)

    addresses = (page(keeper), about(keeper), f"{page(keeper)}people/", "/")
    grow(3)
    few = [asked(client, address) for address in addresses]
    grow(30)
    assert [asked(client, address) for address in addresses] == few
    assert max(few) <= 10, few


def test_every_field_has_its_label_and_its_example(keeper: Organisation, client: Client) -> None:
    shown = client.get(about(keeper)).text
    assert len(re.findall(r"For example, \d", shown)) == 4  # the share, and the numbers that begin with a digit
    assert "For example, SC042386" in shown

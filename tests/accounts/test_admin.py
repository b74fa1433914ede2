"""What an operator can change on the administration site, and what is only to be read there."""

import pytest
from django.test import Client

from accounts import services
from accounts.identifiers import Scheme
from accounts.models import Invitation, Organisation, OrganisationType
from accounts.roles import Role
from tests import factories
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    return browser(factories.operator())


@pytest.fixture
def keeper() -> Organisation:
    made = factories.organisation("Clwb cinio")
    Organisation.objects.filter(pk=made.pk).update(purpose="Company")
    made.registered_numbers.create(scheme=Scheme.COMPANY, number="09506232")
    return made


def inline(prefix: str) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}


def test_an_operator_makes_an_organisation(operator: Client) -> None:
    made = {
        "name": "New",
        "slug": "new",
        "type": OrganisationType.CHARITY,
        "forums": [],
        **inline("registered_numbers"),
    }
    assert operator.post("/admin/accounts/organisation/add/", made).status_code == 302
    assert Organisation.objects.get(slug="new").name == "New"


def test_an_operator_gives_an_organisation_its_address_and_its_forums_and_no_word(
    operator: Client, keeper: Organisation
) -> None:
    network = factories.forum()
    at = f"/admin/accounts/organisation/{keeper.pk}/change/"
    assert "GB-COH-09506232" in told(operator.get(at))
    sent = {"slug": "clwb", "forums": [str(network.pk)], "name": "Planted", "purpose": "Planted"}
    assert operator.post(at, {**sent, **inline("registered_numbers")}).status_code == 302
    held = Organisation.objects.get(pk=keeper.pk)
    assert (held.slug, held.name, held.purpose) == ("clwb", "Clwb cinio", "Company")
    assert list(held.forums.all()) == [network]
    assert held.registered_numbers.count() == 1


def test_invitations_are_only_to_be_read_and_show_no_hash(operator: Client, keeper: Organisation) -> None:
    invitation, _token = services.invite(
        actor=factories.member(Role.ADMIN, keeper),
        organisation=keeper,
        email="sian@example.org",
        role=Role.VIEWER,
        now=factories.NOW,
    )
    at = f"/admin/accounts/invitation/{invitation.pk}"
    shown = operator.get(f"{at}/change/")
    assert "sian@example.org" in shown.text
    assert invitation.token_hash not in shown.text
    assert operator.get("/admin/accounts/invitation/").status_code == 200
    for address in (f"{at}/change/", f"{at}/delete/", "/admin/accounts/invitation/add/"):
        assert operator.post(address, {"email": "planted@example.org", "post": "yes"}).status_code == 403
    assert Invitation.objects.get().email == "sian@example.org"

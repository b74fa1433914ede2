"""Who funds an account: added and ended by its administrator, on record, and what it lets a funder read."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AuditRecord, Organisation
from accounts.roles import Role
from reports import queries, services
from reports.errors import AlreadyFunded, NotAFunder
from reports.models import Grant
from tests import factories
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db

NAME = "Cronfa Foundation"
LATER = factories.NOW + dt.timedelta(days=1)


@pytest.fixture
def account() -> Account:
    return factories.account()


@pytest.fixture
def funder() -> Organisation:
    return factories.funder(NAME)


@pytest.fixture
def admin(account: Account) -> Client:
    return browser(factories.member(Role.ADMIN, account.organisation))


def page_of(account: Account) -> str:
    return reverse("reports:funders", args=[account.id])


def typed(**other: str) -> dict[str, str]:
    return {"funder": NAME, "title": "Two lunches a week", "identifier": "360G-sylfaen-017"} | other


# --- Added ------------------------------------------------------------------------------------------------------------


def test_an_administrator_adds_a_grant_and_its_funder_can_read_what_is_published(
    account: Account, funder: Organisation, admin: Client
) -> None:
    report = factories.published(account)
    reader = browser(factories.member(Role.FUNDER, funder))
    assert reader.get(reverse("reports:download", args=[report.id])).status_code == 404
    answer = admin.post(page_of(account), typed(funder=" cronfa foundation "), follow=True)
    assert "Cronfa Foundation can now read what is published of this account." in told(answer)
    grant = Grant.objects.get()
    assert (grant.funder, grant.identifier, grant.ended_at) == (funder, "360G-sylfaen-017", None)
    download = reader.get(reverse("reports:download", args=[report.id]))
    assert download.status_code == 200
    download.close()


def test_adding_a_grant_stands_in_the_history_in_words(account: Account, funder: Organisation, admin: Client) -> None:
    admin.post(page_of(account), typed())
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.account, record.after["funder"]) == ("added grant", account, NAME)
    history = told(admin.get(reverse("outcomes:history", args=[account.id])))
    assert "The admin said that Cronfa Foundation funds this: “Two lunches a week”." in history


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("360G-sylfaen-017", "360G-sylfaen-017"),
        (" 360g-sylfaen-A/1 b ", "360G-sylfaen-A/1 b"),
        ("", ""),
    ],
)
def test_an_identifier_is_taken_as_360giving_writes_it(
    account: Account, funder: Organisation, admin: Client, given: str, kept: str
) -> None:
    assert admin.post(page_of(account), typed(identifier=given)).status_code == 302
    assert Grant.objects.get().identifier == kept


@pytest.mark.parametrize("given", ["017", "360G", "360G-", "360G-sylfaen", "360G-sylfaen-", "360-sylfaen-1", "x" * 201])
def test_what_is_no_identifier_is_refused_and_everything_typed_comes_back(
    account: Account, funder: Organisation, admin: Client, given: str
) -> None:
    answer = admin.post(page_of(account), typed(identifier=given))
    assert answer.status_code == 422
    assert f'value="{given}"' in answer.text
    assert 'value="Two lunches a week"' in answer.text
    assert not Grant.objects.exists()


def test_a_funder_is_found_by_the_whole_name_alone_and_no_list_is_given(
    account: Account, funder: Organisation, admin: Client
) -> None:
    factories.organisation("Cronfa Group")
    assert NAME not in admin.get(page_of(account)).text
    for name in ("Cronfa", "Cronfa%", "Cronfa Group"):
        answer = admin.post(page_of(account), typed(funder=name))
        assert answer.status_code == 422
        assert f"No funder here is called “{name}”." in told(answer)
        assert NAME not in answer.text
    assert not Grant.objects.exists()


def test_of_two_funders_with_one_name_none_is_guessed(account: Account, funder: Organisation, admin: Client) -> None:
    factories.funder(NAME)
    assert "More than one funder here is called" in told(admin.post(page_of(account), typed()))
    assert not Grant.objects.exists()


def test_the_second_click_gives_the_first_result_and_another_title_is_a_clash(
    account: Account, funder: Organisation, admin: Client
) -> None:
    for _click in range(2):
        assert admin.post(page_of(account), typed()).status_code == 302
    assert AuditRecord.objects.filter(verb="added grant").count() == 1
    clash = admin.post(page_of(account), typed(title="Another"))
    assert clash.status_code == 422
    assert "is on the list already. Nothing was changed." in told(clash)
    assert admin.post(page_of(account), typed(title="Another", identifier="360G-sylfaen-018")).status_code == 302


def test_only_a_funder_can_fund(account: Account) -> None:
    actor = factories.member(Role.ADMIN, account.organisation)
    with pytest.raises(NotAFunder):
        services.add_grant(actor=actor, account=account, funder=account.organisation, title="x", now=factories.NOW)
    funder = factories.funder()
    services.add_grant(actor=actor, account=account, funder=funder, title="x", now=factories.NOW)
    with pytest.raises(AlreadyFunded):
        services.add_grant(actor=actor, account=account, funder=funder, title="y", now=factories.NOW)


# --- Ended ------------------------------------------------------------------------------------------------------------


def test_an_administrator_is_asked_and_then_ends_a_grant_which_shuts_the_funder_out(
    account: Account, funder: Organisation, admin: Client
) -> None:
    report, grant = factories.published(account), factories.grant(funder, account, title="Lunches")
    reader = browser(factories.member(Role.FUNDER, funder))
    ending = reverse("reports:end_grant", args=[grant.id])
    assert "End the grant “Lunches” of Cronfa Foundation?" in told(admin.get(ending))
    assert queries.readers(account).funders == (NAME,)
    assert "has ended" in told(admin.post(ending, follow=True))
    for name in ("download", "workbook", "data"):
        assert reader.get(reverse(f"reports:{name}", args=[report.id])).status_code == 404
    assert "Nothing is published for you yet" in told(reader.get(reverse("reports:published")))
    assert queries.readers(account).funders == ()
    admin.post(ending)
    assert AuditRecord.objects.filter(verb="ended grant").count() == 1


def test_a_grant_that_ended_can_be_added_again(account: Account, funder: Organisation, admin: Client) -> None:
    for _time in range(2):
        admin.post(page_of(account), typed())
        running = Grant.objects.get(ended_at__isnull=True)
        admin.post(reverse("reports:end_grant", args=[running.id]))
    assert Grant.objects.filter(ended_at__isnull=False).count() == 2


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER])
def test_others_of_the_organisation_see_who_funds_it_and_change_nothing(
    account: Account, funder: Organisation, role: Role
) -> None:
    grant = factories.grant(funder, account)
    client = browser(factories.member(role, account.organisation))
    page = client.get(page_of(account))
    assert NAME in page.text
    assert "Add a grant" not in told(page)
    assert client.post(page_of(account), typed()).status_code == 403
    assert client.post(reverse("reports:end_grant", args=[grant.id])).status_code == 403
    assert Grant.objects.filter(ended_at__isnull=True).count() == 1


def test_the_funder_itself_and_strangers_find_no_such_page(account: Account, funder: Organisation) -> None:
    grant = factories.grant(funder, account)
    for person in (factories.member(Role.FUNDER, funder), factories.member(Role.ADMIN, funder), factories.person()):
        client = browser(person)
        assert client.get(page_of(account)).status_code == 404
        assert client.post(page_of(account), typed()).status_code == 404
        assert client.post(reverse("reports:end_grant", args=[grant.id])).status_code == 404


# --- On record --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"account": None}, {"funder": None}, {"added_at": LATER}])
def test_whom_a_grant_lets_in_is_never_changed(
    account: Account, funder: Organisation, change: dict[str, object]
) -> None:
    grant = factories.grant(funder, account)
    others = {"account": factories.account(), "funder": factories.funder("Another")}
    given = {name: value or others[name] for name, value in change.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**given)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).delete()


def test_how_a_grant_ended_is_never_changed(account: Account, funder: Organisation) -> None:
    grant, actor = factories.grant(funder, account), factories.member(Role.ADMIN, account.organisation)
    services.end_grant(actor=actor, grant=grant, now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(ended_at=None, ended_by=None)


def test_an_operator_adds_a_grant_which_stands_in_the_history_and_removes_none(
    account: Account, funder: Organisation
) -> None:
    operator = browser(factories.operator())
    operator.post(
        reverse("admin:reports_grant_add"),
        {"funder": str(funder.id), "account": str(account.id), "title": "Lunches", "identifier": ""},
    )
    grant = Grant.objects.get()
    record = AuditRecord.objects.get(verb="added grant")
    assert (grant.title, record.account) == ("Lunches", account)
    assert operator.post(reverse("admin:reports_grant_delete", args=[grant.id]), {"post": "yes"}).status_code == 403
    change = reverse("admin:reports_grant_change", args=[grant.id])
    operator.post(change, {"title": "Lunches, 2024-25", "identifier": "360G-sylfaen-1"})
    grant.refresh_from_db()
    assert (grant.title, grant.identifier) == ("Lunches, 2024-25", "360G-sylfaen-1")

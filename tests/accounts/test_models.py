"""People, organisations, memberships and accounts: what the database itself refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from accounts.models import Account, Membership, Organisation, Person
from accounts.roles import MAY, OF_A_FORUM, OF_AN_ORGANISATION, Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_role_belongs_to_an_organisation_or_to_a_forum_and_says_what_it_may_do():
    assert OF_AN_ORGANISATION | OF_A_FORUM == set(Role) == set(MAY)
    assert not OF_AN_ORGANISATION & OF_A_FORUM


@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_in_its_own_kind_of_place_only(role: Role):
    who, group, network = factories.person(), factories.organisation(), factories.forum()
    right, wrong = {"organisation": group}, {"forum": network}
    if role in OF_A_FORUM:
        right, wrong = wrong, right
    Membership.objects.create(person=who, role=role, **right)
    for place in (wrong, {}, {"organisation": group, "forum": network}):
        with pytest.raises(IntegrityError, match="accounts_membership_place_and_role"), transaction.atomic():
            Membership.objects.bulk_create([Membership(person=who, role=role, **place)])
        with pytest.raises(IntegrityError, match="accounts_membership_place_and_role"), transaction.atomic():
            Membership.objects.filter(person=who).update(**{"organisation": None, "forum": None, **place})


def test_a_role_that_does_not_exist_cannot_be_held():
    with pytest.raises(IntegrityError, match="accounts_membership_place_and_role"), transaction.atomic():
        Membership.objects.create(person=factories.person(), organisation=factories.organisation(), role="owner")


@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_once_in_a_place(role: Role):
    place = factories.forum() if role in OF_A_FORUM else factories.organisation()
    who = factories.member(role, place)
    (held,) = who.memberships.all()
    held.pk = None
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Membership.objects.bulk_create([held])


def test_an_e_mail_address_in_other_capitals_is_the_same_address():
    Person.objects.create_user("Mair@Example.org", "a long enough password", name="Mair")
    assert Person.objects.get().email == "mair@example.org"
    with pytest.raises(IntegrityError, match=r"(?i)unique|accounts_person_one_address"), transaction.atomic():
        Person.objects.bulk_create([Person(email="MAIR@example.org", name="Another")])


def test_somebody_whose_address_was_written_in_capitals_can_sign_in():
    """The administration site keeps an address as the operator types it."""
    person = Person.objects.create_user("mair@example.org", factories.PASSWORD, name="Mair")
    Person.objects.filter(pk=person.pk).update(email="Mair@Example.org")
    for typed in ("mair@example.org", "MAIR@example.org"):
        client = Client()
        answer = client.post(reverse("accounts:sign_in"), {"login": typed, "password": factories.PASSWORD})
        assert answer.status_code == 302
        assert client.get("/").status_code == 200


def test_a_person_without_a_password_cannot_sign_in_by_one():
    assert not Person.objects.create_user("new@example.org", name="New").has_usable_password()


@pytest.mark.parametrize("share", [Decimal("-0.01"), Decimal("1.01")])
def test_an_organisation_re_invests_between_none_and_all_of_its_profit(share: Decimal):
    held = Organisation.objects.filter(pk=factories.organisation().pk)
    with pytest.raises(IntegrityError, match="accounts_organisation_reinvested"), transaction.atomic():
        held.update(reinvested_share=share)
    assert held.update(reinvested_share=Decimal(1)) == 1


def test_an_organisation_is_of_a_known_type():
    with pytest.raises(IntegrityError, match="accounts_organisation_type"), transaction.atomic():
        Organisation.objects.filter(pk=factories.organisation().pk).update(type="bank")


def test_a_short_name_names_one_organisation_and_one_forum():
    group, network = factories.organisation(), factories.forum()
    for place in (group, network):
        another = type(place)(name="Another", slug=place.slug)
        if place is group:
            another.type = place.type
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            type(place).objects.bulk_create([another])


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"state": "lost"}, "accounts_account_state"),
        (
            {"period_start": dt.date(2025, 4, 1), "period_end": dt.date(2025, 3, 31)},
            "accounts_account_period_runs_forward",
        ),
        ({"discount_rate": Decimal("0.03"), "rate_schedule": "green-book-2022"}, "accounts_account_one_kind_of_rate"),
    ],
)
def test_the_database_refuses_an_account_that_contradicts_itself(changed, named):
    account = factories.account()
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"period_start": dt.date(2025, 4, 1), "period_end": dt.date(2025, 4, 1)},
        {"period_start": dt.date(2025, 4, 1), "period_end": None},
        {"discount_rate": None, "rate_schedule": "green-book-2022"},
        {"discount_rate": None, "rate_schedule": ""},
    ],
)
def test_an_account_in_order_is_taken(changed):
    assert Account.objects.filter(pk=factories.account().pk).update(**changed) == 1


def test_an_organisation_that_keeps_an_account_cannot_be_removed():
    account = factories.account()
    with pytest.raises(ProtectedError):
        account.organisation.delete()


def test_a_person_who_did_something_cannot_be_removed_from_the_history():
    keeper = factories.organisation()
    editor = factories.member(Role.EDITOR, keeper)
    factories.account(keeper=keeper, actor=editor)
    with pytest.raises(ProtectedError):
        editor.delete()

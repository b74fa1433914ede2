"""What the doors read about people, organisations and the list of accounts."""

import datetime as dt
from uuid import uuid4

import pytest

from accounts import queries
from accounts.models import Account, Membership
from accounts.roles import Role
from outcomes import services
from stakeholders.nouns import Input
from tests import factories

pytestmark = pytest.mark.django_db


def test_my_accounts_come_the_last_changed_first():
    keeper = factories.organisation()
    viewer = factories.member(Role.VIEWER, keeper)
    accounts = [factories.account(keeper=keeper) for _each in range(3)]
    factories.account()
    for days, account in enumerate(accounts):
        Account.objects.filter(pk=account.pk).update(changed_at=factories.NOW + dt.timedelta(days=days))
    assert list(queries.my_accounts(viewer)) == list(reversed(accounts))


def test_an_account_is_started_for_the_organisations_that_one_writes_for():
    first, second = factories.organisation("A first"), factories.organisation("A second")
    person = factories.member(Role.EDITOR, second)
    Membership.objects.create(person=person, organisation=first, role=Role.ADMIN)
    Membership.objects.create(person=person, organisation=factories.organisation("A third"), role=Role.VIEWER)
    assert queries.may_start_accounts_for(person) == [first, second]


def test_the_history_of_a_row_comes_the_latest_first_with_how_all_came_in():
    account = factories.account()
    for name in ("Rooms", "Time"):
        services.add_row(
            actor=factories.person(), account=account, noun=Input, typed={"description": name}, now=factories.NOW
        )
    assert [(each.verb, each.ref) for each in queries.history_of(account, "inputs", "N2")] == [
        ("added", "N2"),
        ("opened", ""),
    ]


def test_the_refs_of_removed_rows_are_remembered_by_noun_and_account():
    account, other = factories.account(), factories.account()
    for of in (account, other):
        services.add_row(
            actor=factories.person(), account=of, noun=Input, typed={"description": "Rooms"}, now=factories.NOW
        )
    services.remove_row(actor=factories.person(), account=account, noun=Input, ref="N2", version=1, now=factories.NOW)
    assert queries.refs_removed(account, "inputs") == ["N2"]
    assert queries.refs_removed(account, "outcomes") == []
    assert queries.refs_removed(other, "inputs") == []


def test_operators_find_organisations_and_accounts_by_name_and_key():
    account = factories.account()
    assert queries.organisation_named(account.organisation.slug) == account.organisation
    assert queries.organisation_named("nobody") is None
    assert queries.account_by_id(account.id) == account
    assert queries.account_by_id(uuid4()) is None


def test_the_roles_of_a_person_are_those_of_every_place():
    person = factories.member(Role.FUNDER, factories.organisation())
    Membership.objects.create(person=person, forum=factories.forum(), role=Role.ASSURER)
    assert queries.known_of(person).roles == {Role.FUNDER, Role.ASSURER}
    assert queries.known_of(factories.person()).roles == set()

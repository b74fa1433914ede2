"""The one gate: which accounts a person reaches, and what they may do there."""

from collections.abc import Callable
from itertools import product
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import access
from accounts.models import Account, Forum, Membership, Organisation, Person
from accounts.roles import MAY, OF_A_FORUM, Action, Role, may
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Forum:
    return factories.forum()


@pytest.fixture
def keeper(network: Forum) -> Organisation:
    return factories.organisation(forum=network)


@pytest.fixture
def account(keeper: Organisation) -> Account:
    return factories.account(keeper=keeper)


def of_role(role: Role, keeper: Organisation) -> Person:
    """Return somebody with this role towards an organisation: in it, or in its forum."""
    return factories.member(role, keeper.forums.get() if role in OF_A_FORUM else keeper)


def outcome_of(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Http404:
        return "not found"
    except PermissionDenied:
        return "refused"
    return "given"


def expected(role: Role, action: Action) -> str:
    if Action.VIEW not in MAY[role]:
        return "not found"
    return "given" if action in MAY[role] else "refused"


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_each_role_may_do_to_an_account_what_the_table_says_and_no_more(account: Account, role: Role, action: Action):
    person = of_role(role, account.organisation)
    slug = account.organisation.slug
    assert outcome_of(lambda: access.account_for(person, account.id, action)) == expected(role, action)
    assert outcome_of(lambda: access.organisation_for(person, slug, action)) == expected(role, action)
    assert (action in access.allowed(person, account)) == (action in MAY[role])


@pytest.mark.parametrize("role", Role)
def test_no_role_elsewhere_opens_anything_here(account: Account, role: Role):
    other_forum = factories.forum()
    elsewhere = factories.organisation(forum=other_forum)
    person = of_role(role, elsewhere)
    for action in Action:
        assert outcome_of(lambda action=action: access.account_for(person, account.id, action)) == "not found"
        assert account not in access.accounts_for(person, action)
        assert account.organisation not in access.organisations_for(person, action)
    assert access.allowed(person, account) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_somebody_deactivated_reaches_nothing(account: Account, role: Role):
    person = of_role(role, account.organisation)
    person.is_active = False
    person.save()
    assert access.roles_for(person, account.organisation) == frozenset()
    assert not access.accounts_for(person).exists()
    assert not access.organisations_for(person, Action.READ_PUBLISHED).exists()
    for action in Action:
        assert outcome_of(lambda action=action: access.account_for(person, account.id, action)) == "not found"


@pytest.mark.parametrize("role", Role)
def test_the_lists_hold_just_what_the_gate_opens(account: Account, role: Role):
    person = of_role(role, account.organisation)
    factories.account()
    for action in Action:
        opened = may(frozenset({role}), action)
        assert list(access.organisations_for(person, action)) == ([account.organisation] if opened else [])
        assert list(access.accounts_for(person, action)) == ([account] if opened else [])


def test_an_account_that_never_was_is_not_found_by_anyone(keeper: Organisation):
    for role in Role:
        person = of_role(role, keeper)
        assert outcome_of(lambda person=person: access.account_for(person, uuid4(), Action.VIEW)) == "not found"
        assert outcome_of(lambda person=person: access.organisation_for(person, "nobody", Action.VIEW)) == "not found"


def test_roles_add_up_in_one_place_and_do_not_spill_into_another(account: Account, keeper: Organisation):
    other = factories.account()
    person = factories.member(Role.VIEWER, keeper)
    Membership.objects.create(person=person, organisation=keeper, role=Role.APPROVER)
    Membership.objects.create(person=person, organisation=other.organisation, role=Role.EDITOR)
    assert access.allowed(person, account) == MAY[Role.VIEWER] | MAY[Role.APPROVER]
    assert access.allowed(person, other) == MAY[Role.EDITOR]
    assert Action.EDIT not in access.allowed(person, account)
    assert outcome_of(lambda: access.account_for(person, account.id, Action.EDIT)) == "refused"


def test_a_coordinator_sees_the_members_of_the_forum_and_changes_nothing(account: Account, network: Forum):
    other = factories.account(keeper=factories.organisation(forum=network))
    outside = factories.account()
    coordinator = factories.member(Role.COORDINATOR, network)
    assert set(access.accounts_for(coordinator)) == {account, other}
    assert outcome_of(lambda: access.account_for(coordinator, outside.id, Action.VIEW)) == "not found"
    changing = {Action.EDIT, Action.IMPORT, Action.FREEZE, Action.PUBLISH}
    assert not changing & access.allowed(coordinator, account)


def test_a_member_that_left_the_forum_is_out_of_the_coordinator_s_reach_at_once(account: Account, network: Forum):
    coordinator = factories.member(Role.COORDINATOR, network)
    assert outcome_of(lambda: access.account_for(coordinator, account.id, Action.VIEW)) == "given"
    network.organisations.remove(account.organisation)
    assert outcome_of(lambda: access.account_for(coordinator, account.id, Action.VIEW)) == "not found"
    assert not access.accounts_for(coordinator).exists()


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(account: Account):
    editor = factories.member(Role.EDITOR, account.organisation)
    assert outcome_of(lambda: access.account_for(editor, account.id, Action.EDIT)) == "given"
    editor.memberships.all().delete()
    assert outcome_of(lambda: access.account_for(editor, account.id, Action.EDIT)) == "not found"


def test_an_account_is_listed_once_however_many_roads_lead_to_it(account: Account, network: Forum):
    second = factories.forum()
    second.organisations.add(account.organisation)
    person = factories.member(Role.COORDINATOR, network)
    Membership.objects.create(person=person, forum=second, role=Role.COORDINATOR)
    Membership.objects.create(person=person, organisation=account.organisation, role=Role.VIEWER)
    Membership.objects.create(person=person, organisation=account.organisation, role=Role.EDITOR)
    assert list(access.accounts_for(person)) == [account]
    assert list(access.organisations_for(person, Action.VIEW)) == [account.organisation]


def test_an_operator_is_nobody_at_the_gate(account: Account):
    """Operators look after the machine; being one opens no account."""
    operator = Person.objects.create_superuser("operator@example.org", "a long enough password", name="Operator")
    assert outcome_of(lambda: access.account_for(operator, account.id, Action.VIEW)) == "not found"
    assert not access.accounts_for(operator).exists()


def test_nobody_who_has_not_signed_in_gets_past_the_gate(account: Account):
    nobody = AnonymousUser()
    assert outcome_of(lambda: access.account_for(nobody, account.id, Action.VIEW)) == "not found"
    assert not access.accounts_for(nobody).exists()

"""Changing what people may do, and removing them; the last administrator stays."""

import datetime as dt
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from accounts import access, audit, queries, services
from accounts.errors import LastAdministrator, NoRole, NotAMember, RoleNotHere, Stale
from accounts.models import AuditRecord, Membership, Organisation, OrganisationType, Person
from accounts.roles import Role
from tests import factories
from tests.racing import race

pytestmark = pytest.mark.django_db
LATER = factories.NOW + dt.timedelta(hours=1)


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("Clwb cinio")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


def change(keeper: Organisation, person: Person, *roles: Role, seen: set[Role] | None = None) -> None:
    services.change_roles(
        actor=person,
        organisation=keeper,
        person=person,
        roles=frozenset(roles),
        seen=frozenset(seen) if seen is not None else held(keeper, person),
        now=LATER,
    )


def remove(keeper: Organisation, person: Person) -> None:
    services.remove_member(actor=person, organisation=keeper, person=person, now=LATER)


def held(keeper: Organisation, person: Person) -> frozenset[Role]:
    member = queries.member_of(keeper, person.id)
    return member.roles if member else frozenset()


def test_roles_are_exchanged_and_the_record_says_from_what_to_what(keeper: Organisation, admin: Person) -> None:
    person = factories.member(Role.EDITOR, keeper)
    change(keeper, person, Role.VIEWER, Role.APPROVER)
    assert held(keeper, person) == {Role.VIEWER, Role.APPROVER}
    assert access.roles_for(person, keeper) == {Role.VIEWER, Role.APPROVER}
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.noun, record.ref) == ("changed", "member", str(person.id))
    assert (record.before, record.after) == ({"roles": ["editor"]}, {"roles": ["viewer", "approver"]})


def test_changing_nothing_records_nothing(keeper: Organisation, admin: Person) -> None:
    change(keeper, admin, Role.ADMIN, seen={Role.VIEWER})
    assert not AuditRecord.objects.exists()


def test_a_change_over_roles_that_somebody_else_changed_is_refused(keeper: Organisation, admin: Person) -> None:
    person = factories.member(Role.EDITOR, keeper)
    with pytest.raises(Stale):
        change(keeper, person, Role.APPROVER, seen={Role.VIEWER})
    assert held(keeper, person) == {Role.EDITOR}


def test_somebody_has_a_role_or_is_removed(keeper: Organisation, admin: Person) -> None:
    person = factories.member(Role.EDITOR, keeper)
    with pytest.raises(NoRole):
        change(keeper, person)
    remove(keeper, person)
    remove(keeper, person)
    assert held(keeper, person) == frozenset()
    assert AuditRecord.objects.filter(verb="removed").count() == 1
    with pytest.raises(NotAMember):
        change(keeper, person, Role.EDITOR)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ASSURER, Role.FUNDER])
def test_a_role_that_nobody_may_have_there_is_not_given(keeper: Organisation, admin: Person, role: Role) -> None:
    with pytest.raises(RoleNotHere):
        change(keeper, admin, Role.ADMIN, role)
    assert held(keeper, admin) == {Role.ADMIN}


def test_a_role_from_when_the_organisation_was_a_funder_may_stay(keeper: Organisation, admin: Person) -> None:
    Organisation.objects.filter(pk=keeper.pk).update(type=OrganisationType.FUNDER)
    change(keeper, admin, Role.ADMIN, Role.FUNDER)
    Organisation.objects.filter(pk=keeper.pk).update(type=OrganisationType.CHARITY)
    change(keeper, admin, Role.ADMIN, Role.FUNDER, Role.EDITOR)
    assert held(keeper, admin) == {Role.ADMIN, Role.FUNDER, Role.EDITOR}


def test_the_roles_of_other_places_stay(keeper: Organisation, admin: Person) -> None:
    elsewhere, network = factories.organisation("Elsewhere"), factories.forum()
    factories.member(Role.ADMIN, keeper)
    Membership.objects.create(person=admin, organisation=elsewhere, role=Role.ADMIN)
    Membership.objects.create(person=admin, forum=network, role=Role.COORDINATOR)
    remove(keeper, admin)
    assert held(elsewhere, admin) == {Role.ADMIN}
    assert queries.known_of(admin).roles == {Role.ADMIN, Role.COORDINATOR}


# --- The last administrator -------------------------------------------------------------------------------------------


def test_the_last_administrator_is_neither_removed_nor_demoted(keeper: Organisation, admin: Person) -> None:
    factories.member(Role.EDITOR, keeper)
    with pytest.raises(LastAdministrator, match=admin.name):
        remove(keeper, admin)
    with pytest.raises(LastAdministrator):
        change(keeper, admin, Role.EDITOR)
    assert held(keeper, admin) == {Role.ADMIN}
    factories.member(Role.ADMIN, keeper)
    change(keeper, admin, Role.EDITOR)
    assert held(keeper, admin) == {Role.EDITOR}


def test_an_administrator_who_may_not_sign_in_is_none_to_leave_it_to(keeper: Organisation, admin: Person) -> None:
    gone = factories.member(Role.ADMIN, keeper, is_active=False)
    with pytest.raises(LastAdministrator):
        remove(keeper, admin)
    remove(keeper, gone)
    assert held(keeper, admin) == {Role.ADMIN}


def test_an_administrator_of_another_organisation_is_none_to_leave_it_to(keeper: Organisation, admin: Person) -> None:
    factories.member(Role.ADMIN, factories.organisation("Elsewhere"))
    with pytest.raises(LastAdministrator):
        remove(keeper, admin)


def test_of_two_administrators_who_leave_at_once_one_stays(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = factories.organisation()
    one, other = factories.member(Role.ADMIN, keeper), factories.member(Role.ADMIN, keeper)
    both_have_looked, look = Barrier(2), services._must_leave_an_administrator

    def look_before_the_other_has_left(organisation: Organisation, person: Person) -> None:
        look(organisation, person)
        with suppress(BrokenBarrierError):  # whoever is second waits for the first, and so never comes here
            both_have_looked.wait(0.5)

    monkeypatch.setattr(services, "_must_leave_an_administrator", look_before_the_other_has_left)
    outcomes = race(lambda: remove(keeper, one), lambda: change(keeper, other, Role.VIEWER, seen={Role.ADMIN}))
    assert sum(isinstance(each, LastAdministrator) for each in outcomes) == 1
    assert keeper.memberships.filter(role=Role.ADMIN).count() == 1


def test_a_change_whose_record_cannot_be_written_is_not_made(
    keeper: Organisation, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = factories.member(Role.EDITOR, keeper)

    def fails(**_given: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(audit, "record", fails)
    for attempt in (lambda: remove(keeper, person), lambda: change(keeper, person, Role.VIEWER)):
        with pytest.raises(RuntimeError, match="the disk is full"):
            attempt()
    assert held(keeper, person) == {Role.EDITOR}


def test_the_people_of_an_organisation_are_told_by_name_each_once(keeper: Organisation, admin: Person) -> None:
    Membership.objects.create(person=admin, organisation=keeper, role=Role.VIEWER)
    person = factories.member(Role.EDITOR, keeper)
    factories.member(Role.EDITOR, factories.organisation("Elsewhere"))
    found = queries.members_of(keeper)
    assert [(each.person, each.in_order) for each in found] == [
        (admin, [Role.VIEWER, Role.ADMIN]),
        (person, [Role.EDITOR]),
    ]

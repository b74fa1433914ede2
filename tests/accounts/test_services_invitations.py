"""Inviting people: what is kept of an invitation, who can accept it, once, and for how long."""

import datetime as dt
import hashlib

import pytest

from accounts import queries, services
from accounts.errors import (
    AlreadyMember,
    InvitationExpired,
    InvitationForSomebodyElse,
    InvitationUsed,
    InvitationWithdrawn,
    Refusal,
    RoleNotHere,
    TooManyInvitations,
)
from accounts.models import AuditRecord, Invitation, Membership, Organisation, OrganisationType, Person
from accounts.roles import Role
from tests import factories
from tests.racing import race

pytestmark = pytest.mark.django_db
NOW, LATER = factories.NOW, factories.NOW + dt.timedelta(hours=1)
FORTNIGHT = dt.timedelta(days=14)
ADDRESS = "sian@example.org"


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("Clwb cinio")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


def invited(
    admin: Person, keeper: Organisation, email: str = ADDRESS, role: Role = Role.EDITOR, now: dt.datetime = NOW
) -> tuple[Invitation, str]:
    return services.invite(actor=admin, organisation=keeper, email=email, role=role, now=now)


def invitee(email: str = ADDRESS) -> Person:
    return Person.objects.create_user(email, factories.PASSWORD, name="Siân")


def accept(person: Person, invitation: Invitation, now: dt.datetime = LATER) -> Membership:
    return services.accept_invitation(actor=person, invitation=invitation, now=now)


def verbs(keeper: Organisation) -> list[str]:
    return list(AuditRecord.objects.filter(organisation=keeper, noun="invitation").values_list("verb", flat=True))


# --- Inviting ---------------------------------------------------------------------------------------------------------


def test_only_the_hash_of_the_token_is_kept(keeper: Organisation, admin: Person) -> None:
    invitation, token = invited(admin, keeper, "  Sian@Example.ORG ")
    held = Invitation.objects.get()
    assert held == invitation
    assert held.email == ADDRESS
    assert held.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 43  # 256 bits
    assert token not in str(list(Invitation.objects.values())) + str(list(AuditRecord.objects.values()))
    assert (held.sent_at, held.expires_at, held.invited_by) == (NOW, NOW + FORTNIGHT, admin)
    assert queries.invitation_by_token(token) == held
    assert queries.invitation_by_token(held.token_hash) is None
    assert verbs(keeper) == ["invited"]


def test_inviting_an_address_again_replaces_the_open_invitation(keeper: Organisation, admin: Person) -> None:
    first, old = invited(admin, keeper)
    second, new = invited(admin, keeper, role=Role.VIEWER)
    assert old != new
    assert list(queries.invitations_of(keeper)) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    with pytest.raises(InvitationWithdrawn):
        accept(invitee(), first)


def test_the_second_click_sends_nothing_more(keeper: Organisation, admin: Person) -> None:
    first, token = invited(admin, keeper)
    again = invited(admin, keeper, ADDRESS.upper(), now=NOW + dt.timedelta(seconds=59))
    assert again == (first, "")
    assert verbs(keeper) == ["invited"]
    later, other = invited(admin, keeper, now=NOW + dt.timedelta(minutes=1))
    assert later != first
    assert other not in {"", token}


def test_one_invitation_is_open_however_many_send_it_at_once(transactional_db: None) -> None:
    keeper = factories.organisation()
    admin = factories.member(Role.ADMIN, keeper)
    made = race(*[lambda: invited(admin, keeper)] * 4)
    assert len({invitation.pk for invitation, _token in made}) == 1
    assert sorted(bool(token) for _invitation, token in made) == [False, False, False, True]
    assert Invitation.objects.count() == 1


def test_who_is_in_the_organisation_is_not_invited(keeper: Organisation, admin: Person) -> None:
    member = factories.member(Role.VIEWER, keeper)
    with pytest.raises(AlreadyMember, match=member.email):
        invited(admin, keeper, member.email.upper())
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ASSURER, Role.FUNDER])
def test_a_role_that_nobody_may_have_there_is_not_offered(keeper: Organisation, admin: Person, role: Role) -> None:
    with pytest.raises(RoleNotHere):
        invited(admin, keeper, role=role)
    assert not Invitation.objects.exists()


def test_a_funder_invites_funders(keeper: Organisation, admin: Person) -> None:
    Organisation.objects.filter(pk=keeper.pk).update(type=OrganisationType.FUNDER)
    invitation, _token = invited(admin, keeper, role=Role.FUNDER)
    assert accept(invitee(), invitation).role == Role.FUNDER


def test_nobody_writes_to_the_whole_town(keeper: Organisation, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_OPEN", 2)
    invited(admin, keeper, "one@example.org")
    invited(admin, keeper, "two@example.org")
    with pytest.raises(TooManyInvitations, match="2 invitations"):
        invited(admin, keeper, "three@example.org")
    invited(admin, keeper, "two@example.org", now=LATER)  # one that replaces another is no more
    invited(admin, keeper, "three@example.org", now=LATER + FORTNIGHT)  # those that have expired do not count


# --- Accepting --------------------------------------------------------------------------------------------------------


def test_whoever_accepts_gets_the_role_once(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    person = invitee()
    made = accept(person, invitation)
    assert (made.person, made.organisation, made.role) == (person, keeper, Role.EDITOR)
    assert accept(person, invitation, LATER + FORTNIGHT) == made
    held = Invitation.objects.get()
    assert (held.accepted_at, held.accepted_by) == (LATER, person)
    assert verbs(keeper) == ["invited", "accepted"]
    assert not queries.invitations_of(keeper)


def test_a_role_that_somebody_got_meanwhile_is_no_obstacle(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    person = invitee()
    made = Membership.objects.create(person=person, organisation=keeper, role=Role.EDITOR)
    assert accept(person, invitation) == made


def test_an_invitation_has_one_winner_among_many_clicks(transactional_db: None) -> None:
    keeper = factories.organisation()
    admin, person = factories.member(Role.ADMIN, keeper), invitee()
    invitation, _token = invited(admin, keeper)
    made = race(*[lambda: accept(person, invitation)] * 4)
    assert len({membership.pk for membership in made}) == 1
    assert verbs(keeper) == ["invited", "accepted"]


def test_accepting_and_withdrawing_at_once_has_one_winner(transactional_db: None) -> None:
    keeper = factories.organisation()
    admin, person = factories.member(Role.ADMIN, keeper), invitee()
    invitation, _token = invited(admin, keeper)
    outcomes = race(
        lambda: accept(person, invitation),
        lambda: services.withdraw_invitation(actor=admin, invitation=invitation, now=LATER),
    )
    assert sum(isinstance(each, Refusal) for each in outcomes) == 1
    held = Invitation.objects.get()
    assert (held.accepted_at is None) != (held.withdrawn_at is None)
    assert keeper.memberships.filter(person=person).exists() == (held.accepted_at is not None)


def test_an_invitation_ends_after_a_fortnight(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    person = invitee()
    assert queries.open_invitation(invitation.id, NOW + FORTNIGHT) is None
    with pytest.raises(InvitationExpired, match="7 Dec 2026"):
        accept(person, invitation, NOW + FORTNIGHT)
    almost = NOW + FORTNIGHT - dt.timedelta(seconds=1)
    assert queries.open_invitation(str(invitation.id), almost) == invitation
    assert accept(person, invitation, almost)


def test_an_invitation_is_for_its_address_alone(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    with pytest.raises(InvitationForSomebodyElse, match=ADDRESS.replace(".", r"\.")):
        accept(admin, invitation)
    person = invitee()
    accept(person, invitation)
    services.remove_member(actor=admin, organisation=keeper, person=person, now=LATER)
    with pytest.raises(InvitationUsed):
        accept(person, invitation)
    assert not keeper.memberships.filter(person=person).exists()


# --- Withdrawing ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_invitation_cannot_be_accepted(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    for _twice in range(2):
        services.withdraw_invitation(actor=admin, invitation=invitation, now=LATER)
    assert verbs(keeper) == ["invited", "withdrew"]
    assert queries.open_invitation(invitation.id, NOW) is None
    with pytest.raises(InvitationWithdrawn):
        accept(invitee(), invitation)


def test_an_invitation_that_was_accepted_is_not_withdrawn(keeper: Organisation, admin: Person) -> None:
    invitation, _token = invited(admin, keeper)
    accept(invitee(), invitation)
    with pytest.raises(InvitationUsed):
        services.withdraw_invitation(actor=admin, invitation=invitation, now=LATER)

"""Every way in which accounts, as a whole, organisations and their people change. Each verb is one transaction.

What changes an organisation first takes hold of it, so that two at once follow each other: the last administrator
cannot be lost between two that each see another one left.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from accounts import audit
from accounts.columns import columns
from accounts.errors import (
    AlreadyMember,
    InvitationForSomebodyElse,
    InvitationUsed,
    LastAdministrator,
    NoRole,
    NotAMember,
    NumberTaken,
    RoleNotHere,
    Stale,
    TooManyInvitations,
)
from accounts.identifiers import Scheme
from accounts.models import Account, AccountState, Invitation, Membership, Organisation, Person, RegisteredNumber
from accounts.queries import numbers_of, particulars_of, roles_offered, token_hash, why_closed
from accounts.roles import Role
from accounts.rows import difference, stored_value
from accounts.sector import Particulars

INVITATIONS_LAST = dt.timedelta(days=14)
JUST_SENT = dt.timedelta(minutes=1)
"""The same invitation again within this time is the second click of a double click."""
MOST_OPEN = 100
"""How many invitations of one organisation may be open: nobody sends letters to the whole town in its name."""
_TOKEN_BYTES = 32


# --- Accounts as a whole ----------------------------------------------------------------------------------------------


@transaction.atomic
def set_state(*, account: Account, state: AccountState, now: dt.datetime) -> None:
    """Move an account on from the state in which it was read, and date its first submission. Raises Stale.

    Whoever calls it asked the table of moves first (`reports/assurance.py`), and records who did it, and why.
    """
    read = Account.objects.filter(id=account.id, state=account.state)
    first = {"first_submitted_at": Coalesce("first_submitted_at", Value(now))}
    if not read.update(state=state, **(first if state == AccountState.SUBMITTED else {})):
        raise Stale
    account.refresh_from_db(fields=["state", "first_submitted_at"])


# --- The organisation -------------------------------------------------------------------------------------------------


@transaction.atomic
def change_organisation(
    *,
    actor: Person,
    organisation: Organisation,
    said: Particulars,
    numbers: Mapping[Scheme, str],
    version: int,
    now: dt.datetime,
) -> Organisation:
    """Change what an organisation says of itself, and its numbers in registers. Raises Stale or NumberTaken.

    An organisation that is as it is asked to be stays so: the second click of a double click is no conflict.
    """
    held = _hold(organisation)
    before, numbers_before = particulars_of(held), numbers_of(held)
    wanted = {scheme: number for scheme, number in numbers.items() if number}
    if (said, wanted) == (before, numbers_before):
        return held
    if held.version != version:
        raise Stale
    Organisation.objects.filter(pk=held.pk).update(**_columns(said), version=F("version") + 1)
    _set_numbers(held, numbers_before, wanted)
    was, became = difference(before, said)
    audit.record(
        actor=actor,
        now=now,
        organisation=held,
        verb="changed",
        noun="organisation",
        before=was | _moved(numbers_before, wanted),
        after=became | _moved(wanted, numbers_before),
    )
    held.refresh_from_db()
    return held


def _columns(said: Particulars) -> dict[str, Any]:
    return {each.name: stored_value(each, getattr(said, each.name)) for each in columns(Particulars)}


def _set_numbers(organisation: Organisation, before: Mapping[Scheme, str], wanted: Mapping[Scheme, str]) -> None:
    for scheme in _differ(before, wanted):
        organisation.registered_numbers.filter(scheme=scheme.value).delete()
        if scheme in wanted:
            _add_number(organisation, scheme, wanted[scheme])


def _add_number(organisation: Organisation, scheme: Scheme, number: str) -> None:
    try:
        with transaction.atomic():
            RegisteredNumber.objects.create(organisation=organisation, scheme=scheme.value, number=number)
    except IntegrityError as taken:
        raise NumberTaken(scheme) from taken


def _differ(one: Mapping[Scheme, str], other: Mapping[Scheme, str]) -> list[Scheme]:
    return [scheme for scheme in Scheme if one.get(scheme) != other.get(scheme)]


def _moved(these: Mapping[Scheme, str], those: Mapping[Scheme, str]) -> dict[str, str]:
    return {scheme.value: these.get(scheme, "") for scheme in _differ(these, those)}


# --- Invitations ------------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *, actor: Person, organisation: Organisation, email: str, role: Role, now: dt.datetime
) -> tuple[Invitation, str]:
    """Offer somebody a role in an organisation, and return the invitation with the token for its link.

    An open invitation of the same address is replaced. If it was sent just now, with the same role, it stands and there
    is no new token. The token is kept nowhere: whoever calls this sends it. Raises AlreadyMember, RoleNotHere or
    TooManyInvitations.
    """
    held, address = _hold(organisation), email.strip().lower()
    if role not in roles_offered(held):
        raise RoleNotHere
    if held.memberships.filter(person__email__iexact=address).exists():
        raise AlreadyMember(email=address)
    standing = held.invitations.filter(email=address, accepted_at=None, withdrawn_at=None).first()
    if standing and standing.role == role.value and standing.sent_at > now - JUST_SENT:
        return standing, ""
    _make_room(held, standing, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    made = Invitation.objects.create(
        organisation=held,
        email=address,
        role=role.value,
        token_hash=token_hash(token),
        invited_by=actor,
        sent_at=now,
        expires_at=now + INVITATIONS_LAST,
    )
    _record(actor, made, now, "invited")
    return made, token


def _make_room(organisation: Organisation, standing: Invitation | None, now: dt.datetime) -> None:
    """Withdraw the invitation that a new one replaces; refuse a new one where too many are open. Old ones count not."""
    if standing:
        Invitation.objects.filter(pk=standing.pk).update(withdrawn_at=now)
        return
    count = organisation.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now).count()
    if count >= MOST_OPEN:
        raise TooManyInvitations(count=count)


@transaction.atomic
def withdraw_invitation(*, actor: Person, invitation: Invitation, now: dt.datetime) -> None:
    """Take an invitation back. Raises InvitationUsed; withdrawing twice changes nothing."""
    _hold(invitation.organisation)
    asked = Invitation.objects.get(pk=invitation.pk)
    if asked.accepted_at is not None:
        raise InvitationUsed
    if asked.withdrawn_at is None:
        Invitation.objects.filter(pk=asked.pk).update(withdrawn_at=now)
        _record(actor, asked, now, "withdrew")


@transaction.atomic
def accept_invitation(*, actor: Person, invitation: Invitation, now: dt.datetime) -> Membership:
    """Give somebody the role that they were invited to; accepting twice gives the first result.

    Raises InvitationForSomebodyElse, InvitationUsed, InvitationWithdrawn or InvitationExpired.
    """
    held = _hold(invitation.organisation)
    asked = Invitation.objects.get(pk=invitation.pk)
    if asked.email.lower() != actor.email.lower():
        raise InvitationForSomebodyElse(email=asked.email, mine=actor.email)
    place = Membership.objects.filter(person=actor, organisation=held, role=asked.role)
    if asked.accepted_at is not None:
        made = place.first() if asked.accepted_by_id == actor.pk else None
        if made is None:
            raise InvitationUsed
        return made
    closed = why_closed(asked, now)
    if closed:
        raise closed
    membership = place.first() or Membership.objects.create(person=actor, organisation=held, role=asked.role)
    Invitation.objects.filter(pk=asked.pk).update(accepted_at=now, accepted_by=actor)
    _record(actor, asked, now, "accepted")
    return membership


def _record(actor: Person, invitation: Invitation, now: dt.datetime, verb: str) -> None:
    audit.record(
        actor=actor,
        now=now,
        organisation=invitation.organisation,
        verb=verb,
        noun="invitation",
        ref=str(invitation.pk),
        after={"email": invitation.email, "role": invitation.role},
    )


# --- Members ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_roles(
    *,
    actor: Person,
    organisation: Organisation,
    person: Person,
    roles: frozenset[Role],
    seen: frozenset[Role],
    now: dt.datetime,
) -> None:
    """Give one of an organisation's people these roles, in the place of those that were `seen`.

    Raises NoRole, RoleNotHere, LastAdministrator; NotAMember or Stale if somebody else was quicker.
    """
    held = _hold(organisation)
    before = _roles(held, person)
    if not before:
        raise NotAMember
    if roles == before:
        return
    if seen != before:
        raise Stale
    if not roles:
        raise NoRole
    if not roles - before <= set(roles_offered(held)):
        raise RoleNotHere
    if Role.ADMIN not in roles:
        _must_leave_an_administrator(held, person)
    held.memberships.filter(person=person, role__in=_values(before - roles)).delete()
    Membership.objects.bulk_create(
        Membership(person=person, organisation=held, role=role) for role in _values(roles - before)
    )
    _record_member(actor, held, person, now, before, roles)


@transaction.atomic
def remove_member(*, actor: Person, organisation: Organisation, person: Person, now: dt.datetime) -> None:
    """Take somebody out of an organisation; who is not in it stays out. Raises LastAdministrator."""
    held = _hold(organisation)
    before = _roles(held, person)
    if not before:
        return
    _must_leave_an_administrator(held, person)
    held.memberships.filter(person=person).delete()
    _record_member(actor, held, person, now, before, frozenset())


def _must_leave_an_administrator(organisation: Organisation, person: Person) -> None:
    """Refuse to lose an administrator unless another is left who may sign in."""
    administrators = organisation.memberships.filter(role=Role.ADMIN.value)
    is_one = administrators.filter(person=person).exists()
    if is_one and not administrators.filter(person__is_active=True).exclude(person=person).exists():
        raise LastAdministrator(name=str(person))


def _record_member(
    actor: Person,
    organisation: Organisation,
    person: Person,
    now: dt.datetime,
    before: frozenset[Role],
    after: frozenset[Role],
) -> None:
    audit.record(
        actor=actor,
        now=now,
        organisation=organisation,
        verb="changed" if after else "removed",
        noun="member",
        ref=str(person.pk),
        before={"roles": _values(before)},
        after={"roles": _values(after)},
    )


def _roles(organisation: Organisation, person: Person) -> frozenset[Role]:
    held = organisation.memberships.filter(person=person).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def _values(roles: frozenset[Role]) -> list[str]:
    return [role.value for role in Role if role in roles]


def _hold(organisation: Organisation) -> Organisation:
    """Take the organisation for a change, in the running transaction, and return it as it is now.

    SQLite locks no row and need not: there a transaction begins as the only writer.
    """
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


# --- Oneself ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_profile(*, actor: Person, name: str, language: str, now: dt.datetime) -> None:
    """Call somebody as they want to be called, in the language that they chose."""
    before = {"name": actor.name, "language": actor.language}
    after = {"name": name, "language": language}
    if before == after:
        return
    actor.name, actor.language = name, language
    actor.save(update_fields=["name", "language"])
    ref = str(actor.pk)
    audit.record(actor=actor, now=now, verb="changed", noun="person", ref=ref, before=before, after=after)

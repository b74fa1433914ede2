"""What the doors read about people, organisations and the list of accounts."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from accounts import access, identifiers, sector
from accounts.errors import InvitationExpired, InvitationUsed, InvitationWithdrawn, Refusal
from accounts.models import Account, AuditRecord, Invitation, Membership, Organisation, OrganisationType, Person
from accounts.nouns import Language
from accounts.roles import NEED_A_SECOND_FACTOR, OF_AN_ORGANISATION, Action, Role


def my_accounts(person: Person) -> QuerySet[Account]:
    """Return the accounts that this person may see, the last changed first."""
    return access.accounts_for(person).order_by("-changed_at")


def may_start_accounts_for(person: Person) -> Sequence[Organisation]:
    """Return the organisations for which this person may bring in a new account, by name."""
    return list(access.organisations_for(person, Action.IMPORT).order_by("name"))


def history_of(account: Account, noun: str, ref: str) -> QuerySet[AuditRecord]:
    """Return who did what to one row; without any record of its own, how the account's rows came in."""
    of_row = account.audit_records.filter(noun=noun, ref=ref)
    whole = account.audit_records.filter(verb__in=["opened", "replaced"])
    return (of_row | whole).select_related("person").order_by("-id")[:10]


def refs_removed(account: Account, noun: str) -> list[str]:
    """Return the refs of the rows of a noun that were removed from an account one by one."""
    return list(account.audit_records.filter(noun=noun, verb="removed").values_list("ref", flat=True))


def organisation_named(slug: str) -> Organisation | None:
    """Return the organisation with this slug: for operators, who are past the gate."""
    return Organisation.objects.filter(slug=slug).first()


def account_by_id(account_id: UUID) -> Account | None:
    """Return the account with this id: for operators, who are past the gate."""
    return Account.objects.select_related("organisation").filter(id=account_id).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is asked of everybody who has signed in, on every page."""

    roles: frozenset[Role]
    """Every role that they have anywhere."""
    lacks_second_factor: bool
    """Whether they must have a second factor, for a role or as an operator, and have none."""

    @property
    def is_funder(self) -> bool:
        """Return whether they read what is published for a funder."""
        return Role.FUNDER in self.roles


def known_of(person: Person) -> Known:
    """Return what a person is, anywhere. One question."""
    factors = Authenticator.objects.filter(
        user=OuterRef("pk"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    rows = list(Person.objects.filter(pk=person.pk).values_list(Exists(factors), "is_staff", "memberships__role"))
    roles = frozenset(Role(role) for *_rest, role in rows if role)
    lacks = any((is_staff or roles & NEED_A_SECOND_FACTOR) and not has_one for has_one, is_staff, _role in rows)
    return Known(roles=roles, lacks_second_factor=lacks)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsInWith:
    """All that a person signs in with: how many of each."""

    email: str
    waiting: int
    """How many addresses wait to be confirmed."""
    app: bool
    passkeys: int
    sessions: int


def signs_in_with(person: Person) -> SignsInWith:
    """Return what there is to show of how a person signs in."""
    factors = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return SignsInWith(
        email=person.email,
        waiting=EmailAddress.objects.filter(user=person, verified=False).count(),
        app=Authenticator.Type.TOTP in factors,
        passkeys=factors.count(Authenticator.Type.WEBAUTHN),
        sessions=len(UserSession.objects.purge_and_list(person)),
    )


# --- An organisation and its people -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in an organisation, with every role that they have there."""

    person: Person
    roles: frozenset[Role]

    @property
    def in_order(self) -> list[Role]:
        """Return the roles as they are always told: who looks first, who administers last."""
        return [role for role in Role if role in self.roles]


def members_of(organisation: Organisation) -> list[Member]:
    """Return everybody who is in an organisation, by name: one query."""
    return _members(organisation.memberships.all())


def member_of(organisation: Organisation, person_id: UUID) -> Member | None:
    """Return one of an organisation's people, or None if they are not among them."""
    return next(iter(_members(organisation.memberships.filter(person_id=person_id))), None)


def _members(memberships: QuerySet[Membership]) -> list[Member]:
    found: dict[Person, set[Role]] = {}
    for each in memberships.select_related("person").order_by("person__name", "person__email"):
        found.setdefault(each.person, set()).add(Role(each.role))
    return [Member(person=person, roles=frozenset(roles)) for person, roles in found.items()]


def roles_offered(organisation: Organisation) -> list[Role]:
    """Return the roles that somebody can be given in an organisation: only a funder's people are funders."""
    funds = organisation.type == OrganisationType.FUNDER
    return [role for role in Role if role in OF_AN_ORGANISATION and (funds or role is not Role.FUNDER)]


def places_of(person: Person) -> Sequence[Membership]:
    """Return every role that a person has anywhere, with its organisation, by name."""
    return list(person.memberships.select_related("organisation").order_by("organisation__name"))


def accounts_of(organisation: Organisation) -> Sequence[Account]:
    """Return the accounts that an organisation keeps, the last changed first."""
    return list(organisation.accounts.order_by("-changed_at"))


def numbers_of(organisation: Organisation) -> dict[identifiers.Scheme, str]:
    """Return the numbers under which registers know an organisation, in the order of the registers."""
    held = dict(organisation.registered_numbers.values_list("scheme", "number"))
    return {scheme: held[scheme.value] for scheme in identifiers.Scheme if scheme.value in held}


def particulars_of(organisation: Organisation) -> sector.Particulars:
    """Return what an organisation says of itself, as plain facts."""
    return sector.Particulars(
        name=organisation.name,
        type=sector.Type(organisation.type),
        purpose=organisation.purpose,
        language=Language(organisation.language) if organisation.language else None,
        well_being_is_core=organisation.well_being_is_core,
        reinvested_share=organisation.reinvested_share,
    )


# --- Invitations ------------------------------------------------------------------------------------------------------


def token_hash(token: str) -> str:
    """Return what is kept of the token of an invitation: it has 256 random bits, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation whose link holds this token, open or not."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(token_hash=token_hash(token)).first()


def invitation_by_id(invitation_id: UUID | str) -> Invitation | None:
    """Return the invitation that somebody followed, open or not."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(id=invitation_id).first()


def why_closed(invitation: Invitation, now: dt.datetime) -> Refusal | None:
    """Return why an invitation cannot be accepted any more; None while it can."""
    if invitation.accepted_at is not None:
        return InvitationUsed()
    if invitation.withdrawn_at is not None:
        return InvitationWithdrawn()
    if invitation.expires_at <= now:
        last = invitation.expires_at.astimezone(get_current_timezone())
        return InvitationExpired(day=date_format(last, "DATE_FORMAT"))
    return None


def open_invitation(invitation_id: UUID | str, now: dt.datetime) -> Invitation | None:
    """Return an invitation that can still be accepted, or None."""
    return (
        Invitation.objects.select_related("organisation", "invited_by")
        .filter(id=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=now)
        .first()
    )


def invitations_of(organisation: Organisation) -> Sequence[Invitation]:
    """Return the invitations of an organisation that nobody has accepted or withdrawn, the latest first."""
    waiting = organisation.invitations.filter(accepted_at=None, withdrawn_at=None)
    return list(waiting.select_related("invited_by").order_by("-sent_at"))


def invitation_of(organisation: Organisation, invitation_id: UUID) -> Invitation | None:
    """Return one invitation of an organisation, in whatever state."""
    return organisation.invitations.select_related("invited_by").filter(id=invitation_id).first()


def has_account(email: str) -> bool:
    """Return whether somebody signs in with this address."""
    return Person.objects.filter(email__iexact=email).exists()

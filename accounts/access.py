"""The one gate: which accounts a person reaches, and what they may do there.

What a person may not know of is not found (404), the same as what never existed; what they may see but not do is
refused (403). Roles are read from the database on every request.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import Account, Membership, Organisation, Person
from accounts.roles import MAY, OF_A_FORUM, OF_AN_ORGANISATION, Action, Role, may


def account_for(person: Person, account_id: UUID, action: Action) -> Account:
    """Return the account if this person may do this to it.

    Raises Http404 if they may not know that it exists, PermissionDenied if they may see it but not do this.
    """
    account = Account.objects.select_related("organisation").filter(id=account_id).first()
    if account is None:
        raise Http404
    held = roles_for(person, account.organisation)
    if not may(held, Action.VIEW):
        raise Http404
    if not may(held, action):
        raise PermissionDenied
    return account


def roles_for(person: Person, organisation: Organisation) -> frozenset[Role]:
    """Return the roles that a person has towards an organisation: in it, or in a forum that it belongs to."""
    if not person.is_active:
        return frozenset()
    held = Membership.objects.filter(
        Q(organisation=organisation, role__in=_values(OF_AN_ORGANISATION))
        | Q(forum__organisations=organisation, role__in=_values(OF_A_FORUM)),
        person=person,
    )
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def accounts_for(person: Person, action: Action = Action.VIEW) -> QuerySet[Account]:
    """Return every account to which this person may do this."""
    return Account.objects.filter(organisation__in=organisations_for(person, action)).select_related("organisation")


def organisations_for(person: Person, action: Action) -> QuerySet[Organisation]:
    """Return every organisation to whose accounts this person may do this."""
    allowed = [role.value for role in Role if action in MAY[role]]
    if not person.is_active:
        return Organisation.objects.none()
    inside = Q(memberships__person=person, memberships__role__in=allowed)
    above = Q(forums__memberships__person=person, forums__memberships__role__in=allowed)
    return Organisation.objects.filter(inside | above).distinct()


def organisation_for(person: Person, slug: str, action: Action) -> Organisation:
    """Return the organisation if this person may do this to its accounts.

    Raises Http404 if they may see none of its accounts, PermissionDenied if they may see but not do this.
    """
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise Http404
    held = roles_for(person, organisation)
    if not may(held, Action.VIEW):
        raise Http404
    if not may(held, action):
        raise PermissionDenied
    return organisation


def _values(roles: frozenset[Role]) -> list[str]:
    return sorted(role.value for role in roles)


def allowed(person: Person, account: Account) -> frozenset[Action]:
    """Return everything that this person may do to an account: which buttons to offer."""
    held = roles_for(person, account.organisation)
    return frozenset(action for action in Action if may(held, action))

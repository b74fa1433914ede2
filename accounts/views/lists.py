"""The list of accounts that somebody finds first."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.roles import MAY, Action, Role


@require_safe
def my_accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that this person may see, how to start one, and the organisations that they are in."""
    person: Any = request.user
    places = queries.places_of(person)
    roles = {Role(place.role) for place in places}
    context = {
        "accounts": queries.my_accounts(person),
        "organisations": _with_roles(places),
        "may_start": queries.may_start_accounts_for(person),
        "is_only_funder": roles == {Role.FUNDER},
        "is_assurer": Role.ASSURER in roles,
        "is_only_assurer": roles == {Role.ASSURER},
    }
    return render(request, "accounts/my_accounts.html", context)


def _with_roles(places: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the organisations into which these roles let somebody look, each with what they are there."""
    found: dict[Any, set[Role]] = {}
    for place in places:
        if place.organisation is not None:
            found.setdefault(place.organisation, set()).add(Role(place.role))
    return [
        {"held": organisation, "roles": [_(role.label) for role in Role if role in roles]}
        for organisation, roles in found.items()
        if any(Action.VIEW in MAY[role] for role in roles)
    ]

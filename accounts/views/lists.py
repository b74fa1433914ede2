"""The list of accounts that somebody finds first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.roles import Role


@require_safe
def my_accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that this person may see, and how to start one."""
    person: Any = request.user
    roles = queries.roles_of(person)
    context = {
        "accounts": queries.my_accounts(person),
        "may_start": queries.may_start_accounts_for(person),
        "is_only_funder": roles == {Role.FUNDER},
        "is_only_assurer": roles == {Role.ASSURER},
    }
    return render(request, "accounts/my_accounts.html", context)

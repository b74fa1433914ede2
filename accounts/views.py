"""Come in, go out, and see which accounts there are."""

from typing import Any

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import forms, queries
from accounts.roles import Role


class SignIn(auth.LoginView):
    """Sign in, and go on to the page that was asked for."""

    template_name = "accounts/sign_in.html"
    authentication_form = forms.SignIn
    redirect_authenticated_user = False


class SignOut(auth.LogoutView):
    """Sign out; only by POST, so that no stray link can do it."""

    http_method_names = ["post", "options"]


@require_safe
def my_accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that this person may see, and how to start one."""
    person: Any = request.user
    context = {
        "accounts": queries.my_accounts(person),
        "may_start": queries.may_start_accounts_for(person),
        "is_only_funder": queries.roles_of(person) == {Role.FUNDER},
        "is_only_assurer": queries.roles_of(person) == {Role.ASSURER},
    }
    return render(request, "accounts/my_accounts.html", context)

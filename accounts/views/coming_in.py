"""Come in and go out."""

from typing import Any

from django.contrib.auth import login, views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from accounts.forms import coming_in as forms
from accounts.http import Kept


class SignIn(auth.LoginView):
    """Sign in, and go on to the page that was asked for; or give back what was typed before the session ended."""

    template_name = "accounts/sign_in.html"
    authentication_form = forms.SignIn
    redirect_authenticated_user = False
    kept: Kept | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lay what was typed aside before anybody is signed in or refused."""
        self.kept = Kept.taken_out(request)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry what was typed through a wrong password, too."""
        return super().get_context_data(**kwargs) | {"kept": self.kept}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show what was typed, to be sent once more by the person who has just signed in."""
        if self.kept is None:
            return super().form_valid(form)
        login(self.request, form.get_user())
        answer = render(self.request, "accounts/kept.html", {"kept": self.kept})
        add_never_cache_headers(answer)
        return answer


class SignOut(auth.LogoutView):
    """Sign out; only by POST, so that no stray link can do it."""

    http_method_names = ["post", "options"]

"""Come in and go out. What somebody had typed before their session ended goes with them, and is given back."""

from copy import copy
from typing import Any, ClassVar

from allauth.account import views as allauth
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from accounts.adapters import INVITATION, invitation_followed
from accounts.errors import Refusal
from accounts.http import Kept, words


def _shown(view: Any, request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return a page of this view as the answer to something that was sent to another, with what was typed along."""
    asking = copy(request)
    asking.method, asking.POST = "GET", QueryDict()
    answer: Any = view.as_view(kept=kept)(asking)
    return answer.render() if hasattr(answer, "render") else answer


@method_decorator(login_not_required, name="dispatch")
class _Keeping:
    """Carries what was typed from one step of coming in to the next, and gives it back at the end."""

    request: HttpRequest
    kept: Kept | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lay what was typed aside before anybody is signed in or refused."""
        if request.method == "POST":
            self.kept = Kept.taken_out(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry what was typed through a wrong password or code, too."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"kept": self.kept, "next": get_next_redirect_url(self.request) or ""}

    def given_back(self, answer: HttpResponse) -> HttpResponse:
        """Show what was typed, to be sent once more by the person who has just signed in; else go on."""
        if self.kept is None or not self.request.user.is_authenticated:
            return answer
        shown = render(self.request, "accounts/kept.html", {"kept": self.kept})
        shown.cookies = answer.cookies
        add_never_cache_headers(shown)
        return shown


class SignIn(_Keeping, allauth.LoginView):
    """Sign in, and go on to the page that was asked for; by way of the second factor, for whoever has one."""

    template_name = "accounts/sign_in.html"
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on; with something typed to carry, the second factor is asked for in the same breath."""
        answer = super().form_valid(form)
        if self.kept is None or self.request.user.is_authenticated:
            return self.given_back(answer)
        return _shown(SecondFactor, self.request, self.kept)


class SecondFactor(_Keeping, AuthenticateView):
    """Ask for the second factor after the password."""

    template_name = "mfa/authenticate.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Give back what was typed, or go on."""
        return self.given_back(super().form_valid(form))


class PasskeySignIn(_Keeping, LoginWebAuthnView):
    """Sign in with a passkey alone: it is both factors in one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign the person in, and go on to the page that was asked for."""
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return self.given_back(perform_passwordless_login(self.request, passkey, login))

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask for the password instead, with what was typed along."""
        answer = super().form_invalid(form)
        return answer if self.kept is None else _shown(SignIn, self.request, self.kept)


class SignOut(allauth.LogoutView):
    """Sign out; only by POST, so that no stray link can do it."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take whoever is signed in; allauth would take everybody."""
        return super().dispatch(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class Join(allauth.SignupView):
    """Join by an invitation: say one's name, language and password. Without one, say what it takes."""

    template_name = "account/signup.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send on whoever has joined already."""
        if request.user.is_authenticated:
            return redirect("accounts:my_accounts")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the form what the person was invited to."""
        return super().get_form_kwargs() | {"invitation": invitation_followed(self.request), "now": timezone.now()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the person and sign them in; an invitation that was taken back meanwhile is told in words."""
        try:
            answer = super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, words(refusal))
            return self.form_invalid(form)
        self.request.session.pop(INVITATION, None)
        return answer

"""What somebody sees of themselves: their name and language, and all that they sign in with."""

from typing import Any

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries, services
from accounts.adapters import keep_language
from accounts.forms.you import You

# The first that fits: browsers name those before them, and Android says that it is Linux.
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux")


@require_http_methods(["GET", "HEAD", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """Show and change one's name and language; lead to the rest."""
    person: Any = request.user
    sent = request.POST if request.method == "POST" else None
    form = You(sent, person=person, language=get_language() or "")
    if form.is_valid():
        services.change_profile(actor=person, now=timezone.now(), **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Your name and language are saved."))
        answer = redirect("accounts:you")
        keep_language(answer, person.language)
        return answer
    page = {"form": form, "signs_in_with": queries.signs_in_with(person)}
    return render(request, "accounts/you.html", page, status=422 if form.is_bound else 200)


@require_safe
def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Say why a second factor is wanted before anything else, and how to set one up."""
    person: Any = request.user
    if not queries.known_of(person).lacks_second_factor:
        return redirect("accounts:my_accounts")
    return render(request, "accounts/you_second_factor_first.html")


class Sessions(ListUserSessionsView):
    """Show where somebody is signed in, in words; sign them out everywhere else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name each browser and what it runs on."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.words = _in_words(session.user_agent)
        return context


def _in_words(said: str) -> str:
    """Return what a browser says of itself as a person would say it; browsers may say anything."""
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    system = next((name for name in _SYSTEMS if name in said), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that does not say which")

"""Start an account on the screen: a few questions, then the task list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.http import back_to, crumbs
from accounts.roles import Action
from outcomes import forms, services
from outcomes.intake import Unacceptable


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, organisation: str) -> HttpResponse:
    """Start an account by answering what it is called, what it is about, of which kind, and for which months."""
    person: Any = request.user
    keeper = access.organisation_for(person, organisation, Action.EDIT)
    context = {
        "organisation": keeper,
        "workbook_url": reverse("outcomes:start", args=[keeper.slug]),
        "breadcrumbs": crumbs((_("My accounts"), reverse("accounts:my_accounts")), (_("Start an account"), "")),
    }
    if request.method != "POST":
        return render(request, "outcomes/start.html", context | {"form": forms.StartForm()})
    form = forms.StartForm(request.POST)
    try:
        account = services.start_account(
            actor=person,
            organisation=keeper,
            typed=form.typed(forms.language_of(get_language() or "")),
            key=form.key_sent(),
            now=timezone.now(),
            source=_("the form on this site"),
        )
    except Unacceptable as refused:
        form.explain(refused.reasons, _)
        return render(request, "outcomes/start.html", context | {"form": form}, status=422)
    messages.success(request, _("“%(account)s” is started. Begin where you like.") % {"account": account.name})
    return back_to(request, "outcomes:steps", account.id)

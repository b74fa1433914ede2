"""For those who keep an account: who funds it, and who took its published reports."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access as account_access
from accounts.errors import Refusal
from accounts.http import back_to, crumbs, words
from accounts.roles import Action
from reports import access, forms, funding, services

DOWNLOADS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def funders(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show who funds an account and who took its reports; on POST add a grant."""
    person: Any = request.user
    action = Action.MANAGE if request.method == "POST" else Action.VIEW
    account = account_access.account_for(person, account_id, action)
    form = forms.Funding(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _add(request, account, form):
        return back_to(request, "reports:funders", account.id)
    context = {
        "account": account,
        "breadcrumbs": _way(account, (_("Funders"), "")),
        "section": request.path,
        "may_manage": Action.MANAGE in account_access.allowed(person, account),
        "form": form,
        "grants": funding.grants_to(account),
        "downloads": funding.downloads_of(account)[:DOWNLOADS_SHOWN],
    }
    return render(request, "reports/grants.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, account: Any, form: forms.Funding) -> bool:
    """Add the grant that was typed, and return whether that was done; why not stands at the field."""
    person: Any = request.user
    typed = form.cleaned_data
    found = funding.funders_called(typed["funder"])
    if len(found) != 1:
        form.add_error("funder", _nobody(typed["funder"]) if not found else _several(typed["funder"]))
        return False
    given = {"title": typed["title"], "identifier": typed["identifier"], "now": timezone.now()}
    try:
        services.add_grant(actor=person, account=account, funder=found[0], **given)
    except Refusal as refused:
        form.add_error("identifier", words(refused))
        return False
    messages.success(request, _("%(funder)s can now read what is published of this account.") % {"funder": found[0]})
    return True


def _nobody(name: str) -> str:
    said = _(
        "No funder here is called “%(name)s”. Check the name with them, or ask whoever looks after this site to add"
        " them."
    )
    return said % {"name": name}


def _several(name: str) -> str:
    said = _("More than one funder here is called “%(name)s”. Ask whoever looks after this site to add the grant.")
    return said % {"name": name}


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Ask, then end a grant: its funder reads nothing of the account by it any more."""
    person: Any = request.user
    grant = access.grant_for(person, grant_id, Action.MANAGE)
    account, about = grant.account, {"funder": grant.funder.name, "title": grant.title}
    above = (_("Funders"), reverse("reports:funders", args=[account.id]))
    if request.method == "POST":
        services.end_grant(actor=person, grant=grant, now=timezone.now())
        messages.success(request, _("The grant of %(funder)s has ended: “%(title)s”.") % about)
        return back_to(request, "reports:funders", account.id)
    context = {
        "account": account,
        "breadcrumbs": _way(account, above, (_("End a grant"), "")),
        "question": _("End the grant “%(title)s” of %(funder)s?") % about,
        "consequence": _(
            "The funder can then no longer read the published reports of this account here, unless another grant of"
            " theirs runs. What they downloaded stays with them. You can add the grant again."
        ),
        "action": _("End it"),
        "danger": True,
        "back_url": above[1],
    }
    return render(request, "confirm.html", context)


def _way(account: Any, *further: tuple[str, str]) -> list[Any]:
    return crumbs(
        (_("My accounts"), reverse("accounts:my_accounts")),
        (account.name, reverse("outcomes:account", args=[account.id])),
        *further,
    )

"""The ledger: everything that was ever raised, why it was kept or dropped, and the decision made right there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Gone
from accounts.http import back_to, page_or_part
from accounts.roles import Action
from outcomes import queries
from outcomes.nouns import called
from outcomes.views import in_place
from outcomes.views.pages import account_page, contents_above
from outcomes.views.wording import ledger as told

_BY_SLUG = {noun.slug: noun for noun in told.DECIDED_BY}


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show everything raised; with a noun and a ref, the decision on that one to be made."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    above = contents_above(account_id)
    account, context = account_page(request, account_id, action, _("Everything that was raised"), above=above)
    may_not = request.method != "POST" and not context["may_edit"]
    if "noun" not in request.GET or may_not:
        return _page(request, context, queries.standing(account), status=422 if request.method == "POST" else 200)
    return _decide(request, account, context)


def _decide(request: HttpRequest, account: Any, context: dict[str, Any]) -> HttpResponse:
    """Open the decision on one row; on POST save it."""
    noun = _BY_SLUG.get(request.GET["noun"])
    if noun is None:
        raise Http404
    ref = request.GET.get("ref", "")
    address = reverse("outcomes:ledger", args=[account.id])
    place = in_place.opened(account, noun, ref, told.DECIDED_BY[noun])
    if place is None:
        if request.method == "POST":
            return in_place.gone(request, context, noun, address)
        raise Http404
    key = f"raised-{noun.slug}-{ref}"
    context |= {"open_key": key, "form": place.form(), "action": request.get_full_path()}
    context["back_url"] = f"{address}#{key}"
    if request.method != "POST":
        return _page(request, context, queries.appraise(place.facts))
    try:
        refused = in_place.change(request, account, place)
    except Gone:
        return in_place.gone(request, context, noun, address)
    if refused:
        context |= {"form": refused.form, "conflict": refused.conflict, "differences": refused.differences}
        return _page(request, context, queries.appraise(place.facts), status=refused.status)
    messages.success(request, _("Saved: %(row)s.") % {"row": called(place.row)})
    return back_to(request, "outcomes:ledger", account.id, anchor=key)


def _page(request: HttpRequest, context: dict[str, Any], held: queries.Standing, *, status: int = 200) -> HttpResponse:
    """Return the ledger; to htmx, which asks for one row, only that one with its form open."""
    account = context["account"]
    asked = next((each for each in told.Show if each == request.GET.get("show")), told.Show.ALL)
    groups = told.ledger_shown(held, queries.removals(account, _BY_SLUG), account)
    context |= {
        "groups": told.only(groups, asked),
        "shows": told.counts(groups, account.id, asked),
        "threshold": held.facts.account.significance_threshold is not None,
    }
    context["one"] = next(
        (each for group in groups for each in group["raised"] if each.key == context.get("open_key")), None
    )
    if context["one"] is None:
        return render(request, "outcomes/ledger.html", context, status=status)
    return page_or_part(request, "outcomes/ledger.html", "outcomes/ledger_row.html", context, status=status)

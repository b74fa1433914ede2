"""One indicator over time, and where what was seen next is typed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Gone, Refusal
from accounts.http import back_to, words
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts, Indicator, Observation, State
from outcomes.views import in_place
from outcomes.views.pages import account_page, entry_url
from outcomes.views.wording import indicator as told

_TYPED = ("moment", "observed_on", "numerator", "denominator", "source")


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, account_id: UUID, indicator_ref: str) -> HttpResponse:
    """Show an indicator over time; on POST add what was seen."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    ref = indicator_ref
    account, context = account_page(request, account_id, action, ref, above=told.above(account_id))
    facts = queries.facts(account)
    row = told.indicator_of(facts, ref)
    if row is None:
        return _gone(request, context, facts)
    context |= told.over_time_shown(row, facts, account)
    context |= {"indicator": row, "row_url": entry_url(account.id, Indicator.slug, ref), "action": request.path}
    if request.method != "POST":
        if context["may_edit"]:
            context["form"] = observation_form(account, facts)
        return render(request, "outcomes/indicator.html", context)
    context["form"] = form = observation_form(account, facts, typed=request.POST)
    return _added(request, context, facts, form) or _done(request, account, ref)


def observation_form(account: Any, facts: Facts, *, typed: Any = None) -> forms.RowForm:
    """Return the short form of an observation that was measured: when, how many, out of how many, and from where."""
    return forms.RowForm(
        Observation,
        facts,
        only=_TYPED,
        typed=typed,
        gone=refs_removed(account, Observation.slug),
        asks_why=services.asks_why(account),
    )


def _added(request: HttpRequest, context: dict[str, Any], facts: Facts, form: forms.RowForm) -> HttpResponse | None:
    """Add what was seen; return the page again if that cannot be. Sent twice it is there once."""
    person: Any = request.user
    account, row = context["account"], context["indicator"]
    typed = {**form.whole(), "indicator": row.ref, "state": State.MEASURED.value}
    typed.pop(services.CHANGE_REASON, None)
    try:
        services.add_row(
            actor=person, account=account, noun=Observation, typed=typed, now=timezone.now(), reason=form.why()
        )
    except Unacceptable as refused:
        if _is_there(facts, typed, refused):
            return None
        form.explain(refused.reasons)
        return render(request, "outcomes/indicator.html", context, status=422)
    except Refusal as refused:
        return render(request, "outcomes/indicator.html", context | {"conflict": words(refused)}, status=409)
    return None


def _is_there(facts: Facts, typed: dict[str, Any], refused: Unacceptable) -> bool:
    """Return whether the ref that the form brought along is taken by the same observation: a second click."""
    same = next((each for each in facts.observations if each.ref == typed.get("ref")), None)
    if same is None or {each.field for each in refused.reasons} != {"ref"}:
        return False
    return forms.RowForm(Observation, facts, row=same, typed=typed).says(same)


def _done(request: HttpRequest, account: Any, ref: str) -> HttpResponse:
    messages.success(request, _("Added what was seen. The chart is drawn anew."))
    return back_to(request, "outcomes:indicator", account.id, ref)


def _gone(request: HttpRequest, context: dict[str, Any], facts: Facts) -> HttpResponse:
    """Keep what was typed about an indicator that somebody removed."""
    if request.method != "POST":
        raise Http404
    context["conflict"] = words(Gone())
    return in_place.gone(request, context, Observation, told.above(context["account"].id)[1])

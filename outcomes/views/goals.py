"""Where the changes fit in Wales and the world: the seven well-being goals, and the targets of the United Nations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Gone, Refusal, Stale
from accounts.http import back_to, page_or_part, words
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts, SdgTarget, WellBeingGoal
from outcomes.views.pages import account_page, contents_above
from outcomes.views.wording import goals as told

_TARGET = ("target", "how")


@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show what each outcome relates to; with an outcome, the boxes to tick, and on POST what was ticked."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    above = contents_above(account_id)
    account, context = account_page(request, account_id, action, _("Well-being goals"), above=above)
    versions = queries.versions(account, WellBeingGoal)
    facts = queries.facts(account)
    asked = request.GET.get("outcome")
    if asked is None or (request.method != "POST" and not context["may_edit"]):
        return _page(request, context, facts, status=422 if request.method == "POST" else 200)
    if all(each.ref != asked for each in facts.outcomes):
        return _no_outcome(request, context, facts)
    context |= {"open_ref": asked, "action": request.get_full_path(), "back_url": f"{request.path}#goals-{asked}"}
    context["form"] = forms.GoalsForm(facts, asked, versions)
    context["target_form"] = _target_form(account, facts)
    if request.method != "POST":
        return _page(request, context, facts)
    save = _add_target if "target" in request.POST else _relate
    return save(request, context, facts, versions) or _saved(request, account, asked)


def _relate(
    request: HttpRequest, context: dict[str, Any], facts: Facts, versions: dict[str, int]
) -> HttpResponse | None:
    """Save which goals the outcome relates to; return the page again if that cannot be."""
    person: Any = request.user
    account, outcome = context["account"], context["open_ref"]
    context["form"] = form = forms.GoalsForm(facts, outcome, versions, typed=request.POST)
    if not form.is_valid():
        return _page(request, context, facts, status=422)
    try:
        services.relate_goals(
            actor=person,
            account=account,
            outcome=outcome,
            goals=form.chosen(),
            seen=form.versions_seen(),
            now=timezone.now(),
        )
    except (Stale, Gone) as refused:
        newer, now = queries.versions(account, WellBeingGoal), queries.facts(account)
        context["saved_now"] = next((each for each in told.related(now, account) if each.ref == outcome), None)
        form.data = {**request.POST.dict(), "seen": forms.GoalsForm(now, outcome, newer)["seen"].value()}
        return _page(request, context | {"conflict": words(refused)}, now, status=409)
    except Refusal as refused:
        return _page(request, context | {"conflict": words(refused)}, facts, status=409)
    return None


def _add_target(
    request: HttpRequest, context: dict[str, Any], facts: Facts, _versions: dict[str, int]
) -> HttpResponse | None:
    """Add a target of the United Nations; return the page again if that cannot be. Sent twice it is there once."""
    person: Any = request.user
    account, outcome = context["account"], context["open_ref"]
    context["target_form"] = form = _target_form(account, facts, typed=request.POST)
    typed = {**form.whole(), "outcome": outcome, "ref": ""}
    same = (outcome, str(typed.get("target", "")).strip(), str(typed.get("how", "")).strip())
    if any((each.outcome, each.target, each.how) == same for each in facts.sdg_targets):
        return None
    try:
        services.add_row(actor=person, account=account, noun=SdgTarget, typed=typed, now=timezone.now())
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _page(request, context, facts, status=422)
    except Refusal as refused:
        return _page(request, context | {"target_conflict": words(refused)}, facts, status=409)
    return None


def _target_form(account: Any, facts: Facts, *, typed: Any = None) -> forms.RowForm:
    gone = refs_removed(account, SdgTarget.slug)
    form = forms.RowForm(SdgTarget, facts, only=_TARGET, typed=typed, gone=gone)
    form.auto_id = "id_sdg_%s"
    return form


def _saved(request: HttpRequest, account: Any, outcome: str) -> HttpResponse:
    messages.success(request, _("Saved: %(row)s.") % {"row": outcome})
    return back_to(request, "outcomes:goals", account.id, anchor=f"goals-{outcome}")


def _no_outcome(request: HttpRequest, context: dict[str, Any], facts: Facts) -> HttpResponse:
    """Say that the outcome is not there (any more); what was typed about it stays on the page."""
    if request.method != "POST":
        raise Http404
    typed = [str(value) for name, value in request.POST.items() if name.startswith("how_") or name == "how"]
    context |= {"conflict": words(Gone()), "typed": [each for each in typed if each.strip()]}
    return render(request, "outcomes/goals.html", context | _all(facts, context["account"]), status=409)


def _page(request: HttpRequest, context: dict[str, Any], facts: Facts, *, status: int = 200) -> HttpResponse:
    """Return the page; to htmx, which asks for one outcome, only that one with its boxes."""
    context |= _all(facts, context["account"])
    one = next((each for each in context["outcomes"] if each.ref == context.get("open_ref")), None)
    if one is None:
        return render(request, "outcomes/goals.html", context, status=status)
    context["one"] = one
    return page_or_part(request, "outcomes/goals.html", "outcomes/goals_of_one.html", context, status=status)


def _all(facts: Facts, account: Any) -> dict[str, Any]:
    return {"goals": told.named(facts), "outcomes": told.related(facts, account)}

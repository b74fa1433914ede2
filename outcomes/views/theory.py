"""How change happens: the chain of events as a diagram that grows step by step, and in words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.http import back_to, is_part, page_or_part, words
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import forms, pictures, queries, services, shown
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts, Link
from outcomes.records import last_removal
from outcomes.views.pages import account_page
from outcomes.views.wording import entries as rows, theory as told

_MOST_DIGITS = 15


@require_http_methods(["GET", "HEAD", "POST"])
def theory_of_change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show what leads to what, and what was measured before and after; on POST add, remove or put back a step."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    _account, context = account_page(request, account_id, action, _("How change happens"))
    if request.method != "POST":
        return _page(request, context)
    if "remove" in request.POST:
        return _removed(request, context)
    return _put_back(request, context) if "put_back" in request.POST else _added(request, context)


def _added(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Add a step. Sent twice it is there once."""
    account, person = context["account"], _person(request)
    facts = queries.facts(account)
    form = _form(account, facts, typed=request.POST)
    step = (request.POST.get("cause", ""), request.POST.get("effect", ""))
    if all(step) and any((each.cause, each.effect) == step and form.says(each) for each in facts.chain_of_events):
        return _done(request, context, _("This step is there."))
    try:
        services.add_row(
            actor=person, account=account, noun=Link, typed={**form.whole(), "ref": ""}, now=timezone.now()
        )
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _page(request, context | {"form": form}, status=422)
    except Refusal as refused:
        return _page(request, context | {"form": form, "conflict": words(refused)}, status=409)
    return _done(request, context, _("The step is added, and the diagram drawn anew."))


def _removed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Remove a step, and offer to put it back."""
    account, person, ref = context["account"], _person(request), request.POST["remove"]
    version = forms.version_of(request.POST)
    try:
        services.remove_row(actor=person, account=account, noun=Link, ref=ref, version=version, now=timezone.now())
    except Refusal as refused:
        return _page(request, context | {"refused": words(refused)}, status=409)
    if is_part(request):
        return _page(request, context | _undo(account))
    return back_to(request, "outcomes:theory_of_change", account.id, anchor="theory-part", asked={"removed": ref})


def _put_back(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Put back a step that was removed."""
    account, person, sent = context["account"], _person(request), request.POST["put_back"]
    number = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < _MOST_DIGITS else 0
    try:
        services.restore_row(actor=person, account=account, record_id=number, now=timezone.now())
    except Unacceptable:
        gone = _("This step could not be put back: what it leads from or to is not there any more.")
        return _page(request, context | {"refused": gone}, status=409)
    except Refusal as refused:
        return _page(request, context | {"refused": words(refused)}, status=409)
    return _done(request, context, _("The step is back."))


def _done(request: HttpRequest, context: dict[str, Any], said: str) -> HttpResponse:
    """Return to htmx the diagram as it is now, and others to the page."""
    if is_part(request):
        return _page(request, context | {"said": said})
    messages.success(request, said)
    return back_to(request, "outcomes:theory_of_change", context["account"].id, anchor="theory-part")


def _undo(account: Any) -> dict[str, Any]:
    """Return the way back from the last removal of a step."""
    record = last_removal(account, Link.slug)
    return {"undo_id": record.id, "removed_ref": record.ref} if record else {}


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    account = context["account"]
    versions = queries.versions(account, Link)
    facts, voice = queries.facts(account), shown.voice(account.currency)
    asked = request.GET.get("removed")
    if asked and context["may_edit"] and asked not in versions:
        undo = _undo(account)
        context |= undo if undo.get("removed_ref") == asked else {}
    context |= {
        "has_steps": bool(facts.outcomes),
        "diagram": pictures.of_change(facts, voice),
        "measured": pictures.of_measurement(facts, voice) if facts.observations else None,
        "steps": told.steps(facts, versions, rows.names_of(facts), account.id),
        "action": request.path,
    }
    if context["may_edit"] and "form" not in context:
        context["form"] = _form(account, facts)
    return page_or_part(request, "outcomes/theory_of_change.html", "outcomes/theory_part.html", context, status=status)


def _form(account: Any, facts: Facts, *, typed: Any = None) -> forms.RowForm:
    return forms.RowForm(Link, facts, typed=typed, gone=refs_removed(account, Link.slug))


def _person(request: HttpRequest) -> Any:
    return request.user

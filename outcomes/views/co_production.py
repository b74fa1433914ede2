"""The five statements of co-production on one page, each answered by itself."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
from outcomes.nouns import Facts
from outcomes.views import in_place
from outcomes.views.in_place import InPlace, Refused
from outcomes.views.pages import account_page, contents_above
from outcomes.views.wording import co_production as told
from stakeholders.nouns import CoProduction, Statement


@require_http_methods(["GET", "HEAD", "POST"])
def co_production(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the five statements; on POST save the answer to one of them."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    above = contents_above(account_id)
    account, context = account_page(request, account_id, action, _("Co-production"), above=above)
    versions = queries.versions(account, CoProduction)
    facts = queries.facts(account)
    if request.method != "POST":
        return _page(request, context, facts, versions)
    statement = next((each for each in Statement if each == request.GET.get("statement")), None)
    if statement is None:
        return _page(request, context, facts, versions, status=422)
    try:
        refused = _save(request, account, facts, versions, statement)
    except Gone:
        return in_place.gone(request, context, CoProduction, request.path)
    if refused:
        return _page(request, context, facts, versions, (statement, refused), status=refused.status)
    messages.success(request, _("Saved: %(row)s.") % {"row": _(statement.label)})
    return back_to(request, "outcomes:co_production", account.id, anchor=f"statement-{statement.value}")


def _save(
    request: HttpRequest, account: Any, facts: Facts, versions: dict[str, int], statement: Statement
) -> Refused | None:
    """Save the answer to a statement: over the row that holds it, or as a new one."""
    row = told.row_of(facts, statement)
    if row is not None:
        place = InPlace(noun=CoProduction, facts=facts, row=row, version=versions[row.ref], only=told.ANSWERED_BY)
        return in_place.change(request, account, place)
    if forms.version_of(request.POST):
        raise Gone  # it was there when the page was opened
    person: Any = request.user
    form = _new_form(facts, statement, gone=[], typed=request.POST)
    typed = {**form.whole(), "statement": statement.value, "ref": ""}
    try:
        services.add_row(actor=person, account=account, noun=CoProduction, typed=typed, now=timezone.now())
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return Refused(form=form, status=422)
    except Refusal as refused:
        return Refused(form=form, status=409, conflict=words(refused))
    return None


def _new_form(facts: Facts, statement: Statement, *, gone: list[str], typed: Any = None) -> forms.RowForm:
    about = {"statement": statement.value}
    return forms.RowForm(CoProduction, facts, only=told.ANSWERED_BY, about=about, typed=typed, gone=gone)


def _page(
    request: HttpRequest,
    context: dict[str, Any],
    facts: Facts,
    versions: dict[str, int],
    back: tuple[Statement, Refused] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the page; `back` is the statement whose answer could not be saved, with why."""
    account = context["account"]
    shown = told.answered(facts, account)
    if context["may_edit"] or back:
        gone = refs_removed(account, CoProduction.slug)
        shown = [replace(each, form=_form(facts, Statement(each.slug), versions, gone)) for each in shown]
    if back:
        statement, refused = back
        refused.form.auto_id = f"id_{statement.value}_%s"
        again: dict[str, Any] = {
            "form": refused.form,
            "conflict": refused.conflict,
            "differences": refused.differences,
        }
        shown = [replace(each, **again) if each.slug == statement.value else each for each in shown]
    context["statements"] = shown
    return render(request, "outcomes/co_production.html", context, status=status)


def _form(facts: Facts, statement: Statement, versions: dict[str, int], gone: list[str]) -> forms.RowForm:
    row = told.row_of(facts, statement)
    if row is None:
        form = _new_form(facts, statement, gone=gone)
    else:
        version = versions.get(row.ref, 0)
        form = InPlace(noun=CoProduction, facts=facts, row=row, version=version, only=told.ANSWERED_BY).form()
    form.auto_id = f"id_{statement.value}_%s"
    return form

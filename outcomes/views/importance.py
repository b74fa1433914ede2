"""Say which changes matter more than others: by points shared out, by a ranking, or held against one value in money."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import parsing
from accounts.errors import Refusal, Stale
from accounts.http import back_to, words
from accounts.nouns import ImportanceBy
from accounts.roles import Action
from outcomes import queries, services
from outcomes.facts import read_versions
from outcomes.forms import ImportanceForm, version_of
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts, Valuation
from outcomes.views.pages import account_page
from outcomes.views.wording import importance as told
from outcomes.views.wording.factors import outcomes_of


@require_http_methods(["GET", "HEAD", "POST"])
def importance(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the outcomes next to each other, and take what people said of their importance, all at once."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    account, context = account_page(request, account_id, action, _("Which changes matter more?"))
    versions = {ref: version for ref, (_key, version) in read_versions(account, Valuation).items()}  # before the rows
    facts = queries.facts(account)
    by = _by(request, facts)
    if request.method == "POST":
        return _share(request, context, _form(account, facts, by, versions, request.POST))
    return _page(request, context, _form(account, facts, by, versions, pool=request.GET.get("of", "")))


def _by(request: HttpRequest, facts: Facts) -> ImportanceBy:
    """Return the way that is asked for, or else that of the account, or else points."""
    asked = request.POST.get("by") or request.GET.get("by", "")
    if asked in {each.value for each in ImportanceBy}:
        return ImportanceBy(asked)
    return facts.account.importance_by or ImportanceBy.POINTS


def _form(
    account: Any, facts: Facts, by: ImportanceBy, versions: dict[str, int], typed: Any = None, *, pool: str = ""
) -> ImportanceForm:
    return ImportanceForm(
        by,
        outcomes_of(facts),
        facts,
        seen=_seen(facts, versions),
        version=account.version,
        typed=typed,
        asks_why=services.asks_why(account),
        pool=pool,
    )


def _seen(facts: Facts, versions: dict[str, int]) -> dict[str, int]:
    return {each.outcome: versions.get(each.ref, 0) for each in reversed(facts.valuations)}


def _share(request: HttpRequest, context: dict[str, Any], form: ImportanceForm) -> HttpResponse:
    """Save what was typed; what cannot be saved comes back with all of it."""
    account = context["account"]
    person: Any = request.user
    try:
        services.share_importance(
            actor=person,
            account=account,
            shares=form.shares,
            seen=form.seen,
            version=version_of(request.POST),
            now=timezone.now(),
            reason=form.why,
        )
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _page(request, context, form, status=422)
    except Stale as stale:
        return _both(request, context, form.by, stale)
    except Refusal as refused:
        return _page(request, context, form, status=409, conflict=words(refused))
    messages.success(request, " ".join(filter(None, [_("Saved."), told.left(form)])))
    pool = {"of": parsing.plain(form.to_share)} if form.by is ImportanceBy.POINTS else {}
    return back_to(request, "outcomes:importance", account.id, asked={"by": form.by.value} | pool)


def _both(request: HttpRequest, context: dict[str, Any], by: ImportanceBy, refused: Refusal) -> HttpResponse:
    """Show both versions: saving again, now over the newer ones, is the person's choice."""
    account = context["account"]
    account.refresh_from_db()
    versions = {ref: version for ref, (_key, version) in read_versions(account, Valuation).items()}
    facts = queries.facts(account)
    form = _form(account, facts, by, versions, request.POST)
    form.over(_seen(facts, versions), account.version)
    return _page(request, context, form, status=409, conflict=words(refused), differences=form.differences())


def _page(
    request: HttpRequest,
    context: dict[str, Any],
    form: ImportanceForm,
    *,
    status: int = 200,
    conflict: str = "",
    differences: Any = (),
) -> HttpResponse:
    context |= {
        "form": form,
        "ways": told.ways(context["account"].id, form.by),
        "how": told.how(form.by),
        "said": told.as_said(form.facts, list(form.outcomes)),
        "left": told.left(form),
        "under": told.under(),
        "over": told.over(),
        "conflict": conflict,
        "differences": differences,
    }
    return render(request, "outcomes/importance.html", context, status=status)

"""Judge the four factors: how much of each change would have happened anyway, moved, is due to others, or wears off."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Gone, Refusal, Stale
from accounts.http import back_to, is_part, words
from accounts.roles import Action
from outcomes import queries, services
from outcomes.facts import read_versions
from outcomes.forms import FactorForm, version_of
from outcomes.intake import Unacceptable
from outcomes.nouns import Adjustment, Factor, Facts, Outcome
from outcomes.views.pages import account_page
from outcomes.views.wording import factors as told


@require_safe
def overview(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show every outcome with its four factors, what is missing marked."""
    account, context = account_page(request, account_id, Action.VIEW, _title())
    lines = told.lines(queries.facts(account), account.id)
    context |= {"lines": lines, "heads": told.heads(), "counted": told.counted(lines), "next": told.next_line(lines)}
    return render(request, "outcomes/factors.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An outcome with its factors as they were read, each with its version."""

    account: Any
    facts: Facts
    outcome: Outcome
    rows: dict[Factor, Adjustment]
    versions: dict[str, int]

    def version(self, factor: Factor) -> int:
        """Return the version of a factor; 0 if nothing was judged of it yet."""
        return self.versions.get(self.rows[factor].ref, 0) if factor in self.rows else 0

    def form(self, factor: Factor, typed: Any = None) -> FactorForm:
        """Return the form of a factor, with what was typed over it."""
        return FactorForm(
            factor,
            self.outcome,
            self.facts,
            row=self.rows.get(factor),
            version=self.version(factor),
            typed=typed,
            asks_why=services.asks_why(self.account),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest, account_id: UUID, ref: str) -> HttpResponse:
    """Show the four factors of an outcome, each to be judged and saved by itself."""
    action = Action.EDIT if request.method == "POST" else Action.VIEW
    above = (_title(), reverse("outcomes:factors", args=[account_id]))
    account, context = account_page(request, account_id, action, ref, above=above)
    opened = _opened(account, ref)
    lines = told.lines(opened.facts, account.id)
    context |= {"outcome": opened.outcome, "next": told.next_line(lines, after=ref), "back_url": above[1]}
    if request.method == "POST":
        return _judge(request, context, opened)
    return _page(request, context, opened)


def _title() -> str:
    return _("What would have happened anyway?")


def _opened(account: Any, ref: str) -> _Opened:
    versions = {row: version for row, (_key, version) in read_versions(account, Adjustment).items()}  # before the rows
    facts = queries.facts(account)
    outcome = next((each for each in facts.outcomes if each.ref == ref), None)
    if outcome is None:
        raise Http404
    return _Opened(account=account, facts=facts, outcome=outcome, rows=told.judged(facts, ref), versions=versions)


def _judge(request: HttpRequest, context: dict[str, Any], opened: _Opened) -> HttpResponse:
    """Save one factor; what cannot be saved comes back with all that was typed."""
    which = _which(request)
    if which is None:
        messages.error(request, _("Nothing was saved: it did not come with which of the four it is about."))
        return _page(request, context, opened, status=422)
    form = opened.form(which, request.POST)
    try:
        _save(request, opened, form)
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _page(request, context, opened, form, status=422)
    except (Stale, Gone) as refused:
        return _both(request, context, opened, form, refused)
    except Refusal as refused:
        return _page(request, context, opened, form, status=409, conflict=words(refused))
    said = " ".join(filter(None, [_("Saved."), told.dropped(form.judged)]))
    if is_part(request):
        return _part(request, context, _opened(opened.account, opened.outcome.ref), which, said)
    messages.success(request, f"{told.question(which).question} {said}")
    where = f"factor-{which.value}"
    return back_to(request, "outcomes:factor", opened.account.id, opened.outcome.ref, anchor=where)


def _which(request: HttpRequest) -> Factor | None:
    sent = request.POST.get("factor", "")
    return Factor(sent) if sent in {each.value for each in Factor} else None


def _save(request: HttpRequest, opened: _Opened, form: FactorForm) -> None:
    """Add or change the row of a factor. Raises Unacceptable, Stale, Gone, or another Refusal."""
    person: Any = request.user
    seen, row = version_of({"version": form.seen}), form.row
    doing: dict[str, Any] = {
        "actor": person,
        "account": opened.account,
        "noun": Adjustment,
        "typed": form.whole(),
        "now": timezone.now(),
        "reason": form.why,
    }
    if row is None and seen:
        raise Gone
    if row is None:
        services.add_row(**doing)
    elif seen or not form.says(row):
        services.change_row(**doing, ref=row.ref, version=seen)


def _both(
    request: HttpRequest, context: dict[str, Any], opened: _Opened, form: FactorForm, refused: Refusal
) -> HttpResponse:
    """Show both versions: saving again, now over the newer one, is the person's choice."""
    now = _opened(opened.account, opened.outcome.ref)
    theirs = now.rows.get(form.factor)
    form.over(now.version(form.factor))
    differences = form.differences(theirs) if theirs is not None else []
    return _page(request, context, now, form, status=409, conflict=words(refused), differences=differences)


def _page(
    request: HttpRequest,
    context: dict[str, Any],
    opened: _Opened,
    form: FactorForm | None = None,
    *,
    status: int = 200,
    conflict: str = "",
    differences: Any = (),
) -> HttpResponse:
    """Return the page of an outcome; to htmx only the factor that it sent."""
    own = {"conflict": conflict, "differences": differences}
    if form is not None and is_part(request):
        part = _shown(opened, form.factor, form) | own
        return render(request, "outcomes/factors_one.html", context | {"each": part}, status=status)
    context["factors"] = [
        _shown(opened, each, form) | own if form is not None and each is form.factor else _shown(opened, each)
        for each in told.ASKED
    ]
    context["wrong"] = form
    return render(request, "outcomes/factors_of_one.html", context, status=status)


def _shown(opened: _Opened, which: Factor, form: FactorForm | None = None) -> dict[str, Any]:
    row = opened.rows.get(which)
    return {
        "asked": told.question(which),
        "form": form if form is not None else opened.form(which),
        "answers": told.in_words(row),
    }


def _part(request: HttpRequest, context: dict[str, Any], now: _Opened, which: Factor, said: str) -> HttpResponse:
    each = _shown(now, which) | {"said": said}
    return render(request, "outcomes/factors_one.html", context | {"each": each})

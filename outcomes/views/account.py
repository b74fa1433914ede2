"""Read an account: how it stands, its value map, how sure it is, where each figure comes from."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import queries as account_queries
from accounts.roles import Action
from outcomes import pictures, queries, shown
from outcomes.principles import PRINCIPLES, co_production
from outcomes.queries import Standing
from outcomes.valuation import NoSuchFigure, Workings
from outcomes.views.pages import account_page, value_map_above
from outcomes.views.wording import (
    figures,
    history as told,
    overview as stands,
    principles as judged,
    sensitivity as moved,
    value_map as worth,
)


@require_safe
def overview(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how the account stands: the range before the ratio, the seven principles, and what to do next."""
    account, context = account_page(request, account_id, Action.VIEW)
    held = queries.standing(account)
    context |= {
        "standing": held,
        "trouble": figures.trouble_shown(held, account.id),
        "return_on_investment": stands.return_shown(held, account.currency),
        "readiness": stands.readiness_shown(held, reverse("outcomes:principles", args=[account.id])),
        "next_step": stands.next_step(held, account.id),
        "pictures": _value_in_pictures(held, account),
    }
    return render(request, "outcomes/account.html", context)


def _value_in_pictures(held: Standing, account: Any) -> list[Any]:
    if held.workings is None or not held.workings.lines:
        return []
    return pictures.of_value(held.workings.as_plain(), held.facts, shown.voice(account.currency))


@require_safe
def value_map(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the table that works it all out, each figure a link to its explanation, or to where it is corrected."""
    account, context = account_page(request, account_id, Action.VIEW, _("Value map"))
    context |= value_map_shown(queries.standing(account), account)
    context["correcting"] = context["may_edit"] and "correct" in request.GET
    return render(request, "outcomes/value_map.html", context)


def value_map_shown(held: Standing, account: Any, corrected: tuple[str, str, str] | None = None) -> dict[str, Any]:
    """Return what the value map shows. `corrected` is the noun, ref and field that were just corrected, if any."""
    return {
        "standing": held,
        "trouble": figures.trouble_shown(held, account.id),
        "rows": worth.rows(held, account, corrected),
        "sums": worth.sums(held, account),
        "totals": worth.totals(held, account),
        "counted": worth.counted(held),
        "left_out": worth.left_out_shown(held.facts, account),
    }


@require_safe
def sensitivity(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how far the result would move if the assumptions were otherwise."""
    account, context = account_page(request, account_id, Action.VIEW, _("How sure is it?"))
    held = queries.standing(account)
    context |= {"standing": held, "trouble": figures.trouble_shown(held, account.id)}
    if held.workings is not None and held.workings.ratio is not None:
        context |= _tested(held, held.workings, account)
    return render(request, "outcomes/sensitivity.html", context)


def _tested(held: Standing, workings: Workings, account: Any) -> dict[str, Any]:
    """Return what the tests of an account with a ratio show."""
    tested, voice = queries.tested(workings), shown.voice(account.currency)
    found = moved.break_even_shown(tested, held.facts, voice)
    return {
        "return_on_investment": stands.return_shown(held, account.currency),
        "pictures": pictures.of_sensitivity(tested, workings.as_plain(), held.facts, voice),
        "without_range": moved.without_range(tested),
        "below_one": moved.below_one(tested, voice),
        "break_even": found[: moved.MOST_SHOWN],
        "more_break_even": found[moved.MOST_SHOWN :],
        "no_break_even": moved.no_break_even(tested, held.facts, voice),
        "scenarios": moved.scenarios_shown(tested, held.facts, voice),
    }


@require_safe
def principles(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show every check of the seven principles and the five statements of co-production, with the fields that mend."""
    account, context = account_page(request, account_id, Action.VIEW, _("The seven principles"))
    held = queries.standing(account)
    context |= {
        "readiness": stands.readiness_shown(held, ""),
        "principles": [judged.principle_shown(each, held, account.id) for each in PRINCIPLES],
        "co_production": [judged.statement_shown(each, account.id) for each in co_production(held.facts)],
    }
    return render(request, "outcomes/principles.html", context)


@require_safe
def figure(request: HttpRequest, account_id: UUID, name: str) -> HttpResponse:
    """Explain one figure: its formula, the figures that it came from, its source, and who entered it and when."""
    here, above = _("Where a figure comes from"), value_map_above(account_id)
    account, context = account_page(request, account_id, Action.VIEW, here, above=above)
    held = queries.standing(account)
    if held.workings is None:
        context["trouble"] = figures.trouble_shown(held, account.id)
        return render(request, "outcomes/figure.html", context)
    try:
        found = held.workings.figure(name)
    except NoSuchFigure as fault:
        raise Http404 from fault
    context["figure"] = explained = figures.figure_shown(found, held, account)
    if found.is_entered:
        entered = explained["entered"]
        records = account_queries.history_of(account, entered.noun, entered.ref)
        context["entered_by"] = told.of_figure(records, entered.field)
        context["correct_url"] = entered.correct_url(name)
    return render(request, "outcomes/figure.html", context)

"""Read an account: how it stands, its value map, how sure it is, how change happens, where each figure comes from."""

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
from outcomes.valuation import NoSuchFigure
from outcomes.views import wording
from outcomes.views.pages import account_page, trouble_shown


@require_safe
def overview(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how the account stands: the range before the ratio, the seven principles, and what to do next."""
    account, context = account_page(request, account_id, Action.VIEW)
    held = queries.standing(account)
    context |= {
        "standing": held,
        "trouble": trouble_shown(account.id, held.trouble),
        "return_on_investment": wording.return_shown(held, account.currency),
        "readiness": wording.readiness_shown(held, reverse("outcomes:principles", args=[account.id])),
        "next_step": wording.next_step(held, account.id),
        "pictures": pictures.of_value(held.workings.as_plain(), held.facts, shown.voice(account.currency))
        if held.workings
        else [],
    }
    return render(request, "outcomes/account.html", context)


@require_safe
def value_map(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the table that works it all out, each figure a link to its explanation."""
    account, context = account_page(request, account_id, Action.VIEW, _("Value map"))
    held = queries.standing(account)
    context |= {
        "standing": held,
        "trouble": trouble_shown(account.id, held.trouble),
        "rows": wording.value_map_rows(held, account),
        "totals": wording.totals(held, account),
        "left_out": wording.left_out_shown(held.facts),
    }
    return render(request, "outcomes/value_map.html", context)


@require_safe
def sensitivity(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how far the result would move if the assumptions were otherwise."""
    account, context = account_page(request, account_id, Action.VIEW, _("How sure is it?"))
    held = queries.standing(account)
    context |= {"standing": held, "trouble": trouble_shown(account.id, held.trouble)}
    if held.workings is not None:
        tested, voice = queries.tested(held.workings), shown.voice(account.currency)
        context |= {
            "return_on_investment": wording.return_shown(held, account.currency),
            "pictures": pictures.of_sensitivity(tested, held.workings.as_plain(), held.facts, voice),
            "break_even": wording.break_even_shown(tested, held.facts, voice),
            "scenarios": wording.scenarios_shown(tested, voice),
        }
    return render(request, "outcomes/sensitivity.html", context)


@require_safe
def theory_of_change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show what leads to what, as a diagram and in words."""
    account, context = account_page(request, account_id, Action.VIEW, _("How change happens"))
    held = queries.standing(account)
    context |= {"standing": held, "diagram": pictures.of_change(held.facts, shown.voice(account.currency))}
    return render(request, "outcomes/theory_of_change.html", context)


@require_safe
def principles(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show every check of the seven principles and the five statements of co-production, with the fields that mend."""
    account, context = account_page(request, account_id, Action.VIEW, _("The seven principles"))
    held = queries.standing(account)
    context |= {
        "standing": held,
        "principles": [wording.principle_shown(each, held, account.id) for each in PRINCIPLES],
        "co_production": [wording.statement_shown(each, account.id) for each in co_production(held.facts)],
    }
    return render(request, "outcomes/principles.html", context)


@require_safe
def figure(request: HttpRequest, account_id: UUID, name: str) -> HttpResponse:
    """Explain one figure: its formula, the figures that it came from, its source, and who entered it and when."""
    account, context = account_page(request, account_id, Action.VIEW, _("Where a figure comes from"))
    held = queries.standing(account)
    if held.workings is None:
        context["trouble"] = trouble_shown(account.id, held.trouble)
        return render(request, "outcomes/figure.html", context)
    try:
        found = held.workings.figure(name)
    except NoSuchFigure as fault:
        raise Http404 from fault
    context["figure"] = shown_figure = wording.figure_shown(found, held, account)
    if shown_figure["entered"]:
        entered = shown_figure["entered"]
        context["entered_by"] = [
            wording.record_shown(each) for each in account_queries.history_of(account, entered.noun, entered.ref)
        ]
    return render(request, "outcomes/figure.html", context)


@require_safe
def history(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show who changed what, the latest first."""
    account, context = account_page(request, account_id, Action.VIEW, _("History"))
    context["records"] = [wording.record_shown(each) for each in account_queries.history(account)[:200]]
    return render(request, "outcomes/history.html", context)

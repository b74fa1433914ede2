"""The guided account: the task list by stage, and one stage with its help, its rows and what is still open."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Action
from outcomes import queries
from outcomes.stages import BY_SLUG, stages_of
from outcomes.views.pages import account_page
from outcomes.views.wording import figures, steps as told


@require_safe
def steps(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the nine stages: what is done, what needs a reason, what is missing."""
    account, context = account_page(request, account_id, Action.VIEW, _("Steps"))
    held = queries.standing(account)
    standings = stages_of(held.findings, held.facts)
    context |= {
        "trouble": figures.trouble_shown(held, account.id),
        "tasks": told.tasks(standings, account.id),
        "progress": told.progress(standings),
        "go_on": told.go_on(standings, account.id),
    }
    return render(request, "outcomes/steps.html", context)


@require_safe
def step(request: HttpRequest, account_id: UUID, stage: str) -> HttpResponse:
    """Show one stage."""
    if stage not in BY_SLUG:
        raise Http404
    found = BY_SLUG[stage]
    above = _("Steps"), told.steps_url(account_id)
    account, context = account_page(request, account_id, Action.VIEW, _(found.title), above=above)
    context |= told.stage_shown(found, queries.standing(account), account, may_edit=context["may_edit"])
    return render(request, "outcomes/stage.html", context)

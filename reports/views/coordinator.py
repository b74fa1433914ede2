"""Of one account's assurance: a coordinator assigns the assurer, the organisation reads along and answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access as account_access
from accounts.errors import Refusal
from accounts.http import back_to, words
from accounts.roles import Action
from outcomes.views.pages import account_page
from reports import access, assurance as life, forms, queries, services
from reports.views.wording import assuring as told
from reports.views.wording.frozen import Frozen

ASSURANCE = "reports:assurance"
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def assurance(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show how the assurance of an account stands; on POST assign an assurer."""
    if request.method != "POST":
        account, context = _page(request, account_id, Action.VIEW)
        return _shown(request, account, context, forms.Assignment(_offered(account, context)))
    account, context = _page(request, account_id, Action.ASSIGN)
    people = {str(each.pk): each for each in queries.assurers_for(account)}
    form = forms.Assignment(people.values(), request.POST)
    if not form.is_valid():
        return _shown(request, account, context, form, status=UNPROCESSABLE)
    assurer = people[form.cleaned_data["assurer"]]
    person: Any = request.user
    try:
        services.assign(
            actor=person, account=account, assurer=assurer, level=form.cleaned_data["level"], now=timezone.now()
        )
    except Refusal as refused:
        account.refresh_from_db()
        return _shown(request, account, context, form, refused=words(refused), status=409)
    messages.success(request, _("Assigned: %(name)s. The account is in assurance now.") % {"name": assurer})
    return back_to(request, ASSURANCE, account.id)


@require_POST
def relieve(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """End the engagement of an assurer, so that another can be assigned."""
    account, context = _page(request, account_id, Action.ASSIGN)
    form = forms.Relief(request.POST)
    again = forms.Assignment(_offered(account, context))
    if not form.is_valid():
        return _shown(request, account, context, again, relief=form, status=UNPROCESSABLE)
    person: Any = request.user
    try:
        services.relieve(actor=person, account=account, reason=form.cleaned_data["reason"], now=timezone.now())
    except Refusal as refused:
        return _shown(request, account, context, again, relief=form, refused=words(refused), status=409)
    messages.success(request, _("The assurer is relieved. You can assign another."))
    return back_to(request, ASSURANCE, account.id)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show a question of the assurer; on POST answer it."""
    question = access.question_for(_person(request), question_id, Action.EDIT)
    account_id = question.engagement.submission.account_id
    above = (_("Assurance"), reverse(ASSURANCE, args=[account_id]))
    account, context = account_page(request, account_id, Action.EDIT, _("Answer"), above=above)
    form = forms.Answering(request.POST if request.method == "POST" else None)
    frozen = Frozen(question.engagement)
    context |= {"thread": told.thread(question.engagement, frozen, question), "form": form, "locked": ""}
    if request.method != "POST":
        return render(request, "reports/assurance_answer.html", context)
    if not form.is_valid():
        return render(request, "reports/assurance_answer.html", context, status=UNPROCESSABLE)
    try:
        services.answer(actor=_person(request), question=question, text=form.cleaned_data["text"], now=timezone.now())
    except Refusal as refused:
        context["problems"] = [{"text": words(refused), "url": ""}]
        return render(request, "reports/assurance_answer.html", context, status=409)
    messages.success(request, _("Answered. The assurer can read it now."))
    return back_to(request, ASSURANCE, account.id)


def _person(request: HttpRequest) -> Any:
    return request.user


def _page(request: HttpRequest, account_id: UUID, action: Action) -> tuple[Any, dict[str, Any]]:
    account, context = account_page(request, account_id, action, _("Assurance"))
    may = account_access.allowed(_person(request), account)
    return account, context | {"may_assign": Action.ASSIGN in may, "may_answer": Action.EDIT in may}


def _offered(account: Any, context: dict[str, Any]) -> list[Any]:
    """Return whom a coordinator can assign just now."""
    wanted = context["may_assign"] and account.state == life.State.SUBMITTED
    return list(queries.assurers_for(account)) if wanted else []


def _shown(
    request: HttpRequest,
    account: Any,
    context: dict[str, Any],
    form: forms.Assignment,
    *,
    relief: forms.Relief | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    engagements = queries.engagements(account)
    latest = engagements[0] if engagements else None
    context |= {
        "form": form if relief is None else relief,
        "assignment": form,
        "relief": relief or forms.Relief(),
        "can_assign": context["may_assign"] and account.state == life.State.SUBMITTED,
        "can_relieve": context["may_assign"] and account.state == life.State.IN_ASSURANCE,
        "problems": [{"text": refused, "url": ""}] if refused else [],
        "engagement": latest,
        "earlier": engagements[1:],
        "judged": told.judged(latest) if latest else [],
        "threads": told.threads(latest) if latest else [],
        "levels": told.levels() if context["may_assign"] or not latest else [],
        "signed": told.signed(latest) if latest else [],
    }
    return render(request, "reports/assurance.html", context, status=status)

"""The right of reply, seen from inside: make codes to hand out, read what came, answer what is objected to."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, qr, typed_codes
from accounts.errors import Refusal
from accounts.http import back_to, words
from accounts.roles import Action
from outcomes import forms, queries, replies as right, services
from outcomes.nouns import Facts
from outcomes.views.pages import account_page
from outcomes.views.wording import replies as told
from stakeholders import queries as stakeholder_queries

_OPEN_FOR = dt.timedelta(weeks=4)
"""For how long codes are good unless somebody says otherwise."""
_MASK = 3
"""Which mask the QR codes have: to seek the best for each of five hundred would take a minute."""


@require_safe
def replies(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the rounds of each group: how many codes there are, what came, and what is objected to."""
    account, context = account_page(request, account_id, Action.VIEW, _("Right of reply"))
    facts, today = queries.facts(account), timezone.localdate()
    rounds = list(stakeholder_queries.rounds(account))
    said = stakeholder_queries.replies_with_words(rounds)
    context["groups"] = told.groups_shown(facts, rounds, said, today)
    context["may_ask"] = _may_ask(request, account)
    return render(request, "outcomes/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_replies(request: HttpRequest, account_id: UUID, group_ref: str) -> HttpResponse:
    """Show what a group will be shown, and make codes; on POST show them, this once."""
    account, context = account_page(request, account_id, Action.EDIT, _("Make codes"), above=_above(account_id))
    facts = queries.facts(account)
    group = next((each for each in facts.stakeholders if each.ref == group_ref), None)
    if group is None:
        raise Http404
    if group_ref not in {each.ref for each in right.may_reply(facts)}:
        return _nobody(request, context, facts, group_ref)
    context |= {
        "group": group,
        "told": told.told_shown(right.shown(facts, group_ref, account.organisation.name)),
        "form": _round_form(request, facts, group_ref),
    }
    if request.method != "POST":
        return render(request, "outcomes/replies_new.html", context)
    return _opened(request, context)


def _opened(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Make the codes, and show them; the same form sent again is told that they were shown."""
    account, form, person = context["account"], context["form"], _person(request)
    if not form.is_valid():
        return render(request, "outcomes/replies_new.html", context, status=422)
    try:
        made = services.open_replies(
            actor=person,
            account=account,
            group=context["group"].ref,
            codes=form.cleaned_data["codes"],
            closes_on=form.cleaned_data["closes_on"],
            key=form.key_sent(),
            now=timezone.now(),
        )
    except services.CodesShownBefore as refused:
        messages.warning(request, words(refused))
        return back_to(request, "outcomes:replies", account.id)
    except services.NoSuchLastDay as refused:
        form.add_error("closes_on", words(refused))
        return render(request, "outcomes/replies_new.html", context, status=422)
    except Refusal as refused:
        context["conflict"] = words(refused)
        return render(request, "outcomes/replies_new.html", context, status=409)
    context |= {"slips": [_slip(request, each) for each in made.codes], "round": made.round}
    context["page"] = _address(request, reverse("outcomes:reply"))
    answer = render(request, "outcomes/replies_slips.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _slip(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return what stands on one slip of paper: the code, and the same as squares for a telephone."""
    shown = typed_codes.shown(code)
    return {
        "code": shown,
        "squares": qr.squares(_address(request, reverse("outcomes:reply_code", args=[shown])), mask=_MASK),
    }


def _address(request: HttpRequest, path: str) -> str:
    """Return where people find a page of ours, whoever printed it."""
    return f"{settings.PUBLIC_ADDRESS}{path}" if settings.PUBLIC_ADDRESS else request.build_absolute_uri(path)


def _round_form(request: HttpRequest, facts: Facts, group: str) -> forms.RoundForm:
    day = (timezone.localdate() + _OPEN_FOR).strftime("%d/%m/%Y")
    typed = request.POST if request.method == "POST" else None
    return forms.RoundForm(wanted=right.codes_for(facts, group), day=day, typed=typed)


def _nobody(request: HttpRequest, context: dict[str, Any], facts: Facts, group: str) -> HttpResponse:
    context["why_not"] = told.why_nobody_can(facts, group)
    return render(request, "outcomes/replies_new.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_reply(request: HttpRequest, account_id: UUID, reply_id: UUID) -> HttpResponse:
    """Say what was done about an objection."""
    account, context = account_page(request, account_id, Action.EDIT, _("Answer"), above=_above(account_id))
    objection = stakeholder_queries.objection(account, reply_id)
    if objection is None:
        raise Http404
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    context |= {"objection": objection, "answers": list(objection.answers.all()), "form": form}
    if request.method != "POST":
        return render(request, "outcomes/replies_answer.html", context)
    if not form.is_valid():
        return render(request, "outcomes/replies_answer.html", context, status=422)
    services.answer_objection(
        actor=_person(request), account=account, reply=objection, text=form.cleaned_data["text"], now=timezone.now()
    )
    messages.success(request, _("Saved. It stands beside the objection."))
    return back_to(request, "outcomes:replies", account.id)


def _may_ask(request: HttpRequest, account: Any) -> bool:
    """Return whether this person may open a round: also of an account that was submitted, since no figure moves."""
    return Action.EDIT in access.allowed(_person(request), account)


def _person(request: HttpRequest) -> Any:
    return request.user


def _above(account_id: UUID) -> tuple[str, str]:
    return _("Right of reply"), reverse("outcomes:replies", args=[account_id])

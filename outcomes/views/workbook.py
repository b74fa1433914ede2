"""The workbook: the template, an account as a workbook, and a filled one brought in or given back marked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.http import back_to, crumbs
from accounts.roles import Action
from outcomes import forms, queries, services, workbook
from outcomes.intake import sentence
from outcomes.nouns import BY_SLUG, Facts
from outcomes.views.pages import account_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the blank workbook."""
    return _download(workbook.template(), "account-of-social-value.xlsx")


@require_safe
def export(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give the account as a workbook, with a value map of live formulas."""
    person: Any = request.user
    account = access.account_for(person, account_id, Action.EXPORT)
    held = queries.standing(account)
    return _download(workbook.write(held.facts, held.workings), f"{slugify(account.name)[:60] or 'account'}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, organisation: str) -> HttpResponse:
    """Start an account from a workbook."""
    person: Any = request.user
    keeper = access.organisation_for(person, organisation, Action.IMPORT)
    title = _("Start an account from a workbook")
    context = {
        "organisation": keeper,
        "title": title,
        "breadcrumbs": crumbs((_("My accounts"), reverse("accounts:my_accounts")), (title, "")),
    }

    def take(facts: Facts, source: str) -> HttpResponse:
        account = services.open_account(
            actor=person, organisation=keeper, facts=facts, now=timezone.now(), source=source
        )
        messages.success(request, _("“%(account)s” is here. This is how it stands.") % {"account": account.name})
        return back_to(request, "outcomes:account", account.id)

    return _upload(request, context, take)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Put a workbook in the place of all that the account holds."""
    account, context = account_page(request, account_id, Action.VIEW, _("Workbook"))
    context["title"] = _("Bring in a workbook")
    if request.method == "POST":
        account_page(request, account_id, Action.IMPORT)

    def take(facts: Facts, source: str) -> HttpResponse:
        services.replace_facts(actor=request.user, account=account, facts=facts, now=timezone.now(), source=source)
        messages.success(request, _("The account now says what the workbook says. The history keeps what was there."))
        return back_to(request, "outcomes:account", account.id)

    return _upload(request, context, take)


@require_safe
def marked(request: HttpRequest, refused_id: UUID) -> HttpResponse:
    """Give back a workbook with its bad cells marked, to the person who sent it."""
    person: Any = request.user
    kept = queries.refused_workbook(person, refused_id)
    if kept is None:
        raise Http404
    return FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=_("marked %(name)s") % {"name": kept.name}, content_type=XLSX
    )


def _upload(request: HttpRequest, context: dict[str, Any], take: Callable[[Facts, str], HttpResponse]) -> HttpResponse:
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    context["form"] = form
    if request.method != "POST":
        return render(request, "outcomes/workbook.html", context)
    if not form.is_valid():
        return render(request, "outcomes/workbook.html", context, status=422)
    sent = form.cleaned_data["workbook"]
    if sent.size > workbook.MOST_BYTES:
        form.add_error("workbook", _("This file is larger than 10 MB. Nothing was brought in. Send a smaller one."))
        return render(request, "outcomes/workbook.html", context, status=413)
    try:
        facts = workbook.read(sent.read(), **form.dialects())
    except workbook.UnreadableWorkbook as refused:
        form.add_error("workbook", _(refused.message) % refused.params)
        return render(request, "outcomes/workbook.html", context, status=422)
    except workbook.BadCells as refused:
        return _give_back(request, context, sent.name, refused)
    return take(facts, sent.name)


def _give_back(request: HttpRequest, context: dict[str, Any], name: str, refused: workbook.BadCells) -> HttpResponse:
    person: Any = request.user
    kept = services.keep_refused(person=person, name=name, marked=refused.marked, now=timezone.now())
    context |= {
        "marked_url": reverse("outcomes:marked_workbook", args=[kept.id]),
        "count": len(refused.reasons),
        "reasons": [_told(reason) for reason in refused.reasons[:100]],
    }
    return render(request, "outcomes/workbook_refused.html", context, status=422)


def _told(reason: Any) -> dict[str, str]:
    noun = BY_SLUG.get(reason.noun)
    return {"sheet": _(noun.title) if noun else _("Account"), "ref": reason.ref, "words": sentence(reason, _)}


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

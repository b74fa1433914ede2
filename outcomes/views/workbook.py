"""The workbook: the template, an account as a workbook, and a filled one brought in or given back marked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.errors import Locked
from accounts.http import back_to, crumbs, words
from accounts.roles import Action
from outcomes import forms, queries, services, workbook
from outcomes.intake import Unacceptable, said
from outcomes.nouns import Facts
from outcomes.views.pages import account_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_KEPT = {"Cache-Control": "private, no-store"}
_NAMED_AT_MOST = 100
_NOTES_AT_MOST = 5

Take = Callable[[Facts, str, str], HttpResponse]
"""What is done with a workbook that could be read: takes what it says, the name of its file, and why it comes."""


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
        "may_edit": True,
        "breadcrumbs": crumbs((_("My accounts"), reverse("accounts:my_accounts")), (title, "")),
    }

    def take(facts: Facts, source: str, _why: str) -> HttpResponse:
        account = services.open_account(
            actor=person, organisation=keeper, facts=facts, now=timezone.now(), source=source
        )
        messages.success(request, _("“%(account)s” is here. This is how it stands.") % {"account": account.name})
        return back_to(request, "outcomes:account", account.id)

    return _upload(request, context, take)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Put a workbook in the place of all that the account holds."""
    action = Action.IMPORT if request.method == "POST" else Action.VIEW
    account, context = account_page(request, account_id, action, _("Workbook"))
    context["title"] = _("This account as a workbook")

    context["asks_why"] = services.asks_why(account)

    def take(facts: Facts, source: str, why: str) -> HttpResponse:
        person: Any = request.user
        services.replace_facts(
            actor=person, account=account, facts=facts, now=timezone.now(), source=source, reason=why
        )
        messages.success(request, _("The account now says what the workbook says. The history keeps what was there."))
        return back_to(request, "outcomes:account", account.id)

    return _upload(request, context, take)


@require_safe
def marked(request: HttpRequest, refused_id: UUID) -> FileResponse:
    """Give back a workbook with its bad cells marked, to the person who sent it."""
    person: Any = request.user
    kept = queries.refused_workbook(person, refused_id)
    if kept is None:
        raise Http404
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as fault:  # its day ended a moment ago
        raise Http404 from fault
    return FileResponse(
        content,
        as_attachment=True,
        filename=_("marked %(name)s") % {"name": kept.name},
        content_type=XLSX,
        headers=_NOT_KEPT,
    )


def _upload(request: HttpRequest, context: dict[str, Any], take: Take) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, context, _form(context))
    form = _form(context, request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, context, form, status=422)
    sent = form.cleaned_data["workbook"]
    if sent.size > workbook.MOST_BYTES:
        form.add_error("workbook", _("This file is larger than 10 MB. Nothing was brought in. Send a smaller one."))
        return _ask(request, context, form, status=413)
    try:
        read = workbook.reading(sent.read(), **form.dialects(), translate=_)
    except workbook.UnreadableWorkbook as refused:
        form.add_error("workbook", f"{_(refused.message) % refused.params} {_('Nothing was brought in.')}")
        return _ask(request, context, form, status=422)
    except workbook.BadCells as refused:
        return _give_back(request, context, form, refused)
    for note in read.notes[:_NOTES_AT_MOST]:
        messages.info(request, _(note.message) % note.params)
    return _taken(request, context, form, lambda: take(read.facts, sent.name, form.why()))


def _taken(
    request: HttpRequest, context: dict[str, Any], form: forms.WorkbookForm, take: Callable[[], HttpResponse]
) -> HttpResponse:
    try:
        return take()
    except Unacceptable as refused:
        form.explain(refused.reasons)
        return _ask(request, context, form, status=422)
    except Locked as locked:
        context["locked"] = words(locked)
        return _ask(request, context, form, status=409)


def _form(context: dict[str, Any], *sent: Any, **more: Any) -> forms.WorkbookForm:
    return forms.WorkbookForm(*sent, asks_why=context.get("asks_why", False), **more)


def _ask(request: HttpRequest, context: dict[str, Any], form: forms.WorkbookForm, *, status: int = 200) -> HttpResponse:
    context["form"] = form
    page = "outcomes/workbook_of_account.html" if "account" in context else "outcomes/workbook.html"
    return render(request, page, context, status=status)


def _give_back(
    request: HttpRequest, context: dict[str, Any], form: forms.WorkbookForm, refused: workbook.BadCells
) -> HttpResponse:
    """Give the workbook back marked, with its cells listed, and ask for the mended one on the same page."""
    person: Any = request.user
    name = form.cleaned_data["workbook"].name
    kept = services.keep_refused(person=person, name=name, marked=refused.marked, now=timezone.now())
    context |= {
        "marked_url": reverse("outcomes:marked_workbook", args=[kept.id]),
        "count": len(refused.mends),
        "mends": [_told(mend) for mend in refused.mends[:_NAMED_AT_MOST]],
        "form": _form(context, initial=form.dialects() | {services.CHANGE_REASON: form.why()}),
    }
    return render(request, "outcomes/workbook_refused.html", context, status=422)


def _told(mend: workbook.Mend) -> dict[str, str]:
    """Return one cell to mend: where it is, what was typed there, and why it cannot be taken."""
    return {
        "place": f"{mend.sheet} {mend.cell}".strip(),
        "label": _(mend.label) if mend.label else "",
        "typed": mend.typed,
        "why": said(mend.reason, _),
    }


def _download(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition, **_NOT_KEPT})

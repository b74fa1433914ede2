"""Evidence on an item: add a link or a file, and give a file back to those who may see the account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.columns import Noun
from accounts.errors import Refusal
from accounts.http import back_to, words
from accounts.queries import refs_removed
from accounts.roles import Action
from outcomes import file_kinds, forms, queries, services
from outcomes.intake import Unacceptable
from outcomes.nouns import Evidence, Facts, called, every_row
from outcomes.views.pages import account_page, entry_url
from outcomes.views.wording import entries as rows
from outcomes.views.wording.evidence import MAY_HAVE

_PAGES = {"co-production": "outcomes:co_production"}
"""The pages, besides that of the row, from which one comes to add evidence."""
_NOT_KEPT = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Add a link or a file to an item, or to the account as a whole."""
    account, context = account_page(request, account_id, Action.EDIT, _("Add evidence"), above=_above(account_id))
    facts = queries.facts(account)
    about = request.GET.get("about", "")
    context |= {"about": _about(facts, about), "back_url": _back_url(request, account_id, facts, about)}
    if request.method != "POST":
        context["form"] = forms.EvidenceForm(facts, about={"about_row": about}, gone=_gone(account))
        return render(request, "outcomes/evidence_new.html", context)
    form = forms.EvidenceForm(facts, typed=request.POST, sent=request.FILES, gone=_gone(account))
    context["form"] = form
    if not form.is_valid():
        return render(request, "outcomes/evidence_new.html", context, status=422)
    try:
        row = _added(request, account, form)
    except Unacceptable as refused:
        form.explain(refused.reasons)
        form.ask_for_file_again()
        return render(request, "outcomes/evidence_new.html", context, status=422)
    except file_kinds.NotTaken as refused:
        form.refuse_file(words(refused))
        status = 413 if isinstance(refused, file_kinds.TooLarge) else 422
        return render(request, "outcomes/evidence_new.html", context, status=status)
    except Refusal as refused:
        form.ask_for_file_again()
        return render(request, "outcomes/evidence_new.html", context | {"conflict": words(refused)}, status=409)
    messages.success(request, _("Saved: %(row)s.") % {"row": called(row)})
    return back_to(request, *_back(request, account_id, facts, str(getattr(row, "about_row", ""))))


def _added(request: HttpRequest, account: Any, form: forms.EvidenceForm) -> Noun:
    """Add the evidence, with its file if one came. Sent twice it is there once."""
    person: Any = request.user
    typed, now, sent = form.whole(), timezone.now(), form.cleaned_data["file"]
    if not sent:
        return _row_added(person, account, form, typed)
    if sent.size > file_kinds.MOST_BYTES:  # of what is larger than any door takes, only the size was kept
        raise file_kinds.TooLarge
    typed["ref"] = ""
    return services.keep_file(actor=person, account=account, typed=typed, content=sent.read(), name=sent.name, now=now)


def _row_added(person: Any, account: Any, form: forms.EvidenceForm, typed: dict[str, Any]) -> Noun:
    """Add evidence without a file; the ref that the form brings along tells whether it was sent before."""
    now = timezone.now()
    try:
        return services.add_row(actor=person, account=account, noun=Evidence, typed=typed, now=now)
    except Unacceptable as refused:
        there = queries.entry(account, Evidence, str(typed.get("ref", "")))
        if there is None or all(reason.field != "ref" for reason in refused.reasons):
            raise
        if form.says(there[1]):
            return there[1]
        return services.add_row(actor=person, account=account, noun=Evidence, typed={**typed, "ref": ""}, now=now)


@require_safe
def download(request: HttpRequest, account_id: UUID, sha256: str) -> FileResponse:
    """Give a file back, to be kept and never to be shown or run in the browser."""
    person: Any = request.user
    account = access.account_for(person, account_id, Action.VIEW)
    kept = queries.evidence_file(account, sha256)
    kind = file_kinds.kind_named(kept.name) if kept else None
    if kept is None or kind is None:
        raise Http404
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as fault:
        raise Http404 from fault
    return FileResponse(
        content,
        as_attachment=True,
        filename=kept.name,
        content_type=file_kinds.CONTENT_TYPES[kind],
        headers=_NOT_KEPT,
    )


def _gone(account: Any) -> list[str]:
    return refs_removed(account, Evidence.slug)


def _above(account_id: UUID) -> tuple[str, str]:
    return _(Evidence.title), reverse("outcomes:entries", args=[account_id, Evidence.slug])


def _found(facts: Facts, ref: str) -> tuple[type[Noun], Noun] | None:
    """Return the row that has this ref, among those that evidence may be about."""
    rows_with_ref = ((noun, row) for noun, row in every_row(facts) if getattr(row, "ref", "") == ref)
    return next((each for each in rows_with_ref if each[0].slug in MAY_HAVE), None)


def _about(facts: Facts, ref: str) -> str:
    found = _found(facts, ref) if ref else None
    return " ".join(each for each in (_(found[0].singular), ref, rows.row_name(found[1])) if each) if found else ""


def _back(request: HttpRequest, account_id: UUID, facts: Facts, ref: str) -> tuple[Any, ...]:
    """Return where one goes on: to the page that one came from, the row that it is about, or the list of evidence."""
    page = _PAGES.get(request.GET.get("from", ""))
    if page:
        return page, account_id
    found = _found(facts, ref) if ref else None
    if found:
        return "outcomes:entry", account_id, found[0].slug, ref
    return "outcomes:entries", account_id, Evidence.slug


def _back_url(request: HttpRequest, account_id: UUID, facts: Facts, ref: str) -> str:
    page = _PAGES.get(request.GET.get("from", ""))
    if page:
        return reverse(page, args=[account_id])
    found = _found(facts, ref) if ref else None
    return entry_url(account_id, found[0].slug, ref) if found else _above(account_id)[1]

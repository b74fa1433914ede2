"""For funders, and everyone else who may read a report: the list of what is published, the files, the letters."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from accounts.http import back_to, crumbs, words
from accounts.nouns import AccountKind
from accounts.roles import Action
from reports import access, codes, document, editions, forms, funding, letters as letter, services, statement
from reports.views.wording import sheets as wording

REPORTS_A_PAGE = 20
_PDF, _JSON = "application/pdf", "application/json"
_CALLED = {"full": "PDF", "summary": "PDF, summary", "easy_read": "PDF, easy read"}
"""What the record of a download calls each edition."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- The list ---------------------------------------------------------------------------------------------------------


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show the published reports of what this person's funders fund: all of it, or what was asked for."""
    person: Any = request.user
    grants = funding.grants_of(person)
    if not grants:
        return render(request, "reports/published.html", {"funders": funding.funders_of(person)})
    funders = {each.funder_id: each.funder for each in grants}
    since = services.note_visit(actor=person, funders=funders, now=timezone.now())
    form = forms.Published(request.GET, **funding.offered(person), levels=_levels(), conclusions=_conclusions())
    wanted = form.wanted()
    page = Paginator(funding.published(person, since, **wanted), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "funders": list(funders.values()),
        "form": form,
        "is_narrow": form.is_narrow,
        "is_filtered": form.is_filtered,
        "page": page,
        "reports": [_as_told(each) for each in funding.shown(list(page), grants)],
        "last_visit": max((moment for moment in since.values() if moment), default=None),
        "how_many_new": funding.published(person, since, changed=True).count(),
    }
    return render(request, "reports/published.html", context, status=422 if form.errors else 200)


def _as_told(funded: funding.Funded) -> dict[str, Any]:
    """Return a report with its state and its kind in words."""
    states = {
        funding.CURRENT: ("published", _("Current")),
        funding.SUPERSEDED: ("superseded", _("Superseded")),
        funding.WITHDRAWN: ("failed", _("Withdrawn")),
    }
    state, label = states[funded.state]
    kinds = {AccountKind.FORECAST.value: _("Forecast"), AccountKind.EVALUATIVE.value: _("Evaluative")}
    return {
        "held": funded,
        "state": state,
        "label": label,
        "kind": kinds.get(funded.listing.kind, ""),
        "assured": wording.assured(funded.report.statement, is_submitted=True),
    }


def _levels() -> dict[str, str]:
    """Return who may stand behind a report, in words."""
    named = {funding.SELF_ASSESSED: _("Self-assessed"), **{code: _(name) for code, name in statement.LEVELS.items()}}
    return {code: named[code] for code in funding.LEVELS}


def _conclusions() -> dict[str, str]:
    """Return what an assurer may conclude, in words."""
    return {code: _(statement.CONCLUSIONS[code]) for code in funding.CONCLUSIONS}


# --- The files --------------------------------------------------------------------------------------------------------


@require_safe
def download(request: HttpRequest, report_id: UUID) -> FileResponse:
    """Give the PDF to whoever may read it: before it is published, only to those inside."""
    report = _taken(request, report_id)
    return _file(report, report.file.open("rb"), "pdf", _PDF)


@require_safe
def workbook(request: HttpRequest, report_id: UUID) -> FileResponse:
    """Give what was frozen for a report as a workbook, with its value map as live formulas."""
    report = _taken(request, report_id, "xlsx")
    made = editions.as_workbook(document.parsed(report.snapshot.document))
    return _file(report, io.BytesIO(made), "xlsx", _XLSX)


@require_safe
def data(request: HttpRequest, report_id: UUID) -> FileResponse:
    """Give the frozen document of a report, character for character as its SHA-256 was taken."""
    report = _taken(request, report_id, "JSON")
    return _file(report, io.BytesIO(report.snapshot.document.encode()), "json", _JSON)


def _taken(request: HttpRequest, report_id: UUID, what: str = "") -> Any:
    """Return the report if this person may read it; what is taken for a funder is written down."""
    person: Any = request.user
    report = access.report_for(person, report_id, Action.READ_PUBLISHED)
    funders = funding.funders_by(person, report.snapshot.account) if report.published_at else []
    if funders and request.method == "GET":
        taken = what or _CALLED[report.edition]
        services.record_download(actor=person, report=report, funders=funders, what=taken, now=timezone.now())
    return report


def _file(report: Any, content: Any, ending: str, kind: str) -> FileResponse:
    called = editions.listed(document.parsed(report.snapshot.document))["account"]
    edition = f"-{report.edition.replace('_', '-')}" if ending == "pdf" and report.edition != codes.FULL else ""
    name = f"{slugify(called)[:60] or 'report'}-{report.snapshot.number}{edition}.{ending}"
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    answer["Cache-Control"] = "private, no-store"
    return answer


# --- The letters ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Show for which funders somebody gets letters; on POST start or stop those for one."""
    person: Any = request.user
    funders = funding.funders_of(person)
    if request.method == "POST":
        return _change_letters(request, funders)
    wanted = funding.subscribed(person)
    context = {
        "breadcrumbs": crumbs((_("Published reports"), reverse("reports:published")), (_("Letters"), "")),
        "funders": [{"held": each, "is_wanted": each.id in wanted} for each in funders],
    }
    return render(request, "reports/subscriptions.html", context)


def _change_letters(request: HttpRequest, funders: Any) -> HttpResponse:
    person: Any = request.user
    funder = next((each for each in funders if str(each.id) == request.POST.get("funder")), None)
    if funder is None:
        messages.warning(request, _("You read no reports for that funder. Nothing was changed."))
    elif request.POST.get("wanted") == "yes":
        _start_letters(request, funder)
    else:
        services.unsubscribe(person=person.pk, funder=funder.id)
        messages.success(request, _("You get no more letters about what %(funder)s funds.") % {"funder": funder.name})
    return back_to(request, "reports:letters")


def _start_letters(request: HttpRequest, funder: Any) -> None:
    person: Any = request.user
    try:
        services.subscribe(actor=person, funder=funder, now=timezone.now())
    except Refusal as refused:
        messages.warning(request, words(refused))
    else:
        said = _("We will write to %(email)s when something is published that %(funder)s funds.")
        messages.success(request, said % {"email": person.email, "funder": funder.name})


@csrf_exempt  # the link itself says who asks: mail programs stop letters by sending to it, and know no form of ours
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever followed the link in a letter, then stop those letters: without a sign-in, and only those."""
    found = letter.stopping(token)
    done = found is not None and request.method == "POST"
    if found is not None and done:
        services.unsubscribe(person=found.person, funder=found.funder)
    answer = render(request, "reports/subscription_stop.html", {"known": found is not None, "done": done})
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer

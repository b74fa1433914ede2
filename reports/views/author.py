"""For those who keep the account: ask for a report, watch it come, publish it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access as account_access
from accounts.errors import Refusal
from accounts.http import back_to, crumbs, page_or_part, words
from accounts.roles import Action
from reports import access, codes, forms, funding, queries, queue, services, sheets
from reports.views.wording import sheets as wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a rendering, for `components/progress.html`."""

    title: str
    state: str


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show the reports of an account; on POST freeze it as it stands and ask for one."""
    person: Any = request.user
    account = account_access.account_for(person, account_id, Action.READ_REPORT)
    may = account_access.allowed(person, account)
    if request.method == "POST":
        account_access.account_for(person, account_id, Action.FREEZE)
        return _ask(request, account)
    context = {
        "account": account,
        "breadcrumbs": _way(account, (_("Reports"), "")),
        "section": request.path,
        "versions": list(wording.told(sheets.versions(account), account, may_publish=Action.PUBLISH in may)),
        "downloads": funding.downloads_counted(account),
        "may_freeze": Action.FREEZE in may,
        "may_publish": Action.PUBLISH in may,
    }
    return render(request, "reports/reports.html", context)


@require_safe
def rendering(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show how far a rendering is: a page that loads itself again, or just the part that changes."""
    person: Any = request.user
    job = access.job_for(person, job_id)
    account = job.snapshot.account
    report = queries.report_of(job)
    may = account_access.allowed(person, account)
    above = (_("Reports"), reverse("reports:reports", args=[account.id]))
    called = _("Report %(number)s") % {"number": job.snapshot.number}
    context = {
        "account": account,
        "job": job,
        "report": report,
        "breadcrumbs": _way(account, above, (called, "")),
        "called": called if job.edition == codes.FULL else f"{called}: {job.get_edition_display()}",
        "section": above[1],
        "going": job.state in {"queued", "leased"},
        "sentence": _sentence(job.state),
        "steps": _steps(job),
        "why_not": _why_not(report),
        "may_freeze": Action.FREEZE in may,
        "may_publish": Action.PUBLISH in may,
    }
    return page_or_part(request, "reports/rendering.html", "reports/rendering_progress.html", context)


@require_POST
def try_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Queue a failed rendering once more."""
    person: Any = request.user
    job = access.job_for(person, job_id)
    account_access.account_for(person, job.snapshot.account_id, Action.FREEZE)
    try:
        services.try_again(actor=person, job=job, now=timezone.now())
    except Refusal as refused:
        messages.warning(request, words(refused))
    queue.ring(job.id)
    return back_to(request, "reports:rendering", job.id)


@require_POST
def editions(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask for another edition of what a report says, or for the report with what its assurer said since."""
    person: Any = request.user
    report = access.report_for(person, report_id, Action.FREEZE)
    edition = sheets.edition_called(request.POST.get("edition", ""))
    if edition is None:
        messages.warning(request, _("There is no such edition, so none was made. Choose one below."))
        return back_to(request, "reports:reports", report.snapshot.account_id)
    job = services.ask_for_edition(actor=person, report=report, edition=edition, now=timezone.now())
    queue.ring(job.id)
    return back_to(request, "reports:rendering", job.id)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say what will be published, how it is assured and who can read it; on POST publish it to the funders."""
    person: Any = request.user
    report = access.report_for(person, report_id, Action.PUBLISH)
    before, full = queries.superseded_by(report), sheets.published_full(report)
    because = full.supersedes_because if full is not None else ""
    typed = request.POST if request.method == "POST" else None
    form = forms.Publishing(typed, supersedes=before is not None, because=because)
    context = _asked_before_publishing(report) | {"form": form, "before": before}
    if request.method != "POST":
        return render(request, "reports/publish.html", context)
    if not form.is_valid():
        return render(request, "reports/publish.html", context, status=422)
    try:
        services.publish(actor=person, report=report, because=form.reason, now=timezone.now())
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "reports/publish.html", context, status=409)
    messages.success(request, _("Published. The funders of this account can download it now."))
    return back_to(request, "reports:reports", report.snapshot.account_id)


def _asked_before_publishing(report: Any) -> dict[str, Any]:
    """Return what an approver reads before a report is published."""
    account, above = report.snapshot.account, reverse("reports:reports", args=[report.snapshot.account_id])
    told = {"number": report.snapshot.number, "account": account.name}
    hindrance = sheets.hindrance(report)
    return {
        "account": account,
        "breadcrumbs": _way(account, (_("Reports"), above), (_("Publish"), "")),
        "question": _("Publish report %(number)s of “%(account)s”?") % told,
        "consequence": _(
            "The funders of this account can then read and download it. A published report stays as it is."
        ),
        "action": _("Publish it"),
        "back_url": above,
        "report": report,
        "with_it": sheets.with_it(report),
        "assured": wording.assured(queries.signed_statement(report.snapshot), is_submitted=True),
        "readers": queries.readers(account),
        "why_not": "" if hindrance in (None, sheets.Hindrance.PUBLISHED) else _(wording.WHY_NOT[hindrance]),
        "is_published": hindrance is sheets.Hindrance.PUBLISHED,
        "is_draft": hindrance is sheets.Hindrance.DRAFT,
    }


def _why_not(report: Any) -> str:
    """Return why a report that is ready and signed cannot be published; nothing if it can, or is out."""
    hindrance = sheets.hindrance(report) if report is not None else None
    known = hindrance not in (None, sheets.Hindrance.PUBLISHED, sheets.Hindrance.UNSIGNED)
    return _(wording.WHY_NOT[hindrance]) if known and hindrance is not None else ""


def _ask(request: HttpRequest, account: Any) -> HttpResponse:
    person: Any = request.user
    language, now = "cy" if (get_language() or "").startswith("cy") else "en-gb", timezone.now()
    try:
        job = services.ask_for_report(actor=person, account=account, language=language, now=now)
    except Refusal as refused:
        messages.error(request, words(refused))
        return back_to(request, "reports:reports", account.id)
    if job.asked_at != now and job.state == "done":
        messages.info(
            request, _("Nothing has changed since this report was asked for, so there is no need of another.")
        )
    queue.ring(job.id)
    return back_to(request, "reports:rendering", job.id)


def _way(account: Any, *further: tuple[str, str]) -> list[Any]:
    return crumbs(
        (_("My accounts"), reverse("accounts:my_accounts")),
        (account.name, reverse("outcomes:account", args=[account.id])),
        *further,
    )


def _sentence(state: str) -> str:
    return {
        "queued": _("Your report is waiting to start. The account is frozen already: nothing can get lost."),
        "leased": _("Your report is being made. This takes a few seconds."),
        "done": _("Your report is ready."),
        "failed": _("The report could not be made. The account is safe and unchanged; try again, or ask for help."),
    }[state]


def _steps(job: Any) -> list[Step]:
    """Return the steps of a rendering and how each stands."""
    titles = [_("Account frozen"), _("Pages set"), _("File kept"), _("Ready")]
    reached = {"queued": 1, "leased": 1, "done": 4, "failed": 1}[job.state]
    if job.state == "leased" and job.stage == "keeping":
        reached = 2
    here = {"failed": "failed"}.get(job.state, "now")
    return [
        Step(title=title, state="done" if at < reached else here if at == reached else "later")
        for at, title in enumerate(titles)
    ]

"""For the assurer: what they are engaged for, and the workbench, one step a page; it reads the frozen account alone."""

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from accounts.http import back_to, words
from reports import forms, queries, services, statement
from reports.views._bench import Page
from reports.views._second_factor import ask_again
from reports.views.wording import assuring as told, calculation as worked, items

UNPROCESSABLE = 422
door = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def engagements(request: HttpRequest) -> HttpResponse:
    """Show what somebody is engaged for."""
    person: Any = request.user
    return render(request, "reports/assurance_list.html", {"engagements": queries.engagements_of(person)})


@require_safe
def workbench(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show what there is to do, and what comes next."""
    page = Page(request, engagement_id, "")
    if not page.is_declared:
        return redirect("reports:declare", engagement_id)
    return page.shown("workbench", progress=page.progress)


@door
def declare(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Ask how independent the assurer is, before anything else."""
    page = Page(request, engagement_id, _("Your independence"))
    form = forms.Declaration(page.typed, is_panel=page.engagement.level == "peer panel")
    explained = _(statement.LEVELS_EXPLAINED[page.engagement.level])
    if not page.is_sent(form):
        return page.asked("declare", form, explained=explained)

    def do() -> None:
        services.declare(
            **page.said,
            independence=form.cleaned_data["independence"],
            interests=form.cleaned_data["interests"],
            panel=form.cleaned_data.get("panel", ""),
            conflict=form.cleaned_data["conflict"] == "yes",
        )

    there = reverse("reports:engagements") if form.cleaned_data["conflict"] == "yes" else ""
    return page.done("declare", form, do, _("Kept: what you declared."), there, explained=explained)


@door
def judge(request: HttpRequest, engagement_id: UUID, principle: int) -> HttpResponse:
    """Show a principle with its criteria and the frozen account beside it; on POST judge it."""
    page = Page(request, engagement_id, _("Principle %(number)s") % {"number": principle})
    found = page.frozen.principle(principle)
    if found is None:
        raise Http404
    last = queries.judgements(page.engagement).get(principle)
    initially: dict[str, Any] = {"version": last.version if last else 0}
    if last:
        initially |= {"verdict": last.verdict, "finding": last.finding, "recommendation": last.recommendation}
    form = forms.Judging(page.typed, initial=initially)
    beside = _beside(page, found) | {"last": last, "differences": told.differences(form, last)}
    if not page.is_sent(form):
        return page.asked("judge", form, **beside)

    def do() -> None:
        services.judge(**page.said, principle=principle, **form.cleaned_data)

    thanks = _("Kept: your judgement of principle %(number)s.") % {"number": principle}
    return page.done("judge", form, do, thanks, lambda: page.progress_now.after(principle), **beside)


def _beside(page: Page, principle: Any) -> dict[str, Any]:
    """Return what stands beside the judgement of a principle, and the ways to the ones before and after it."""
    number = principle.number
    findings = told.findings(page.frozen, number)
    return {
        "principle": principle,
        "title": _(principle.title),
        "gist": _(principle.gist),
        "criteria": told.criteria(number),
        "told": [each for each in findings if each["state"] != "met"],
        "met": [each for each in findings if each["state"] == "met"],
        "beside": told.beside(page.frozen, number),
        "evidence": told.evidence_beside(page.frozen, number),
        "progress": page.progress,
        "before": page.frozen.principle(number - 1),
        "after": page.frozen.principle(number + 1),
        "here_title": f"{number}. {_(principle.title)}",
        "about": f"principle:{number}",
    }


@door
def sample(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the sample of evidence; on POST draw it."""
    page = Page(request, engagement_id, _("Sample of evidence"))
    traces = queries.traces(page.engagement)
    context: dict[str, Any] = {
        "traces": traces,
        "pieces": told.pieces_drawn(page.frozen, traces),
        "facts": page.frozen.facts.evidence,
        "progress": page.progress,
        "are_followed": all(each.traced_at for each in traces),
    }
    if request.method != "POST":
        return page.shown("sample", **context)

    def do() -> None:
        services.sample(**page.said, seed=secrets.randbelow(10**9))

    thanks = _("Drawn. The seed is kept, so that anybody can draw the same.")
    return page.done("sample", None, do, thanks, page.address("sample"), **context)


@door
def trace(request: HttpRequest, engagement_id: UUID, number: int) -> HttpResponse:
    """Show a drawn piece of evidence; on POST keep what came of following it."""
    page = Page(request, engagement_id, _("Follow evidence"), above="sample")
    traces = queries.traces(page.engagement)
    drawn = next((each for each in traces if each.number == number), None)
    if drawn is None:
        raise Http404
    form = forms.Tracing(page.typed, initial={"result": drawn.result, "traced": drawn.traced})
    context: dict[str, Any] = {
        "drawn": drawn,
        "drawn_in_all": len(traces),
        "piece": told.evidence_shown(page.frozen, drawn.ref),
        "borne_out": items.of_evidence(page.frozen, drawn.ref),
    }
    if not page.is_sent(form):
        return page.asked("trace", form, **context)

    def do() -> None:
        services.trace(**page.said, number=number, **form.cleaned_data)

    left = next((each for each in traces if each.traced_at is None and each.number != number), None)
    there = page.address("trace", left.number) if left else page.address("sample")
    return page.done("trace", form, do, _("Kept: what you saw."), there, **context)


@require_safe
def calculation(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show every figure as it was frozen, and as it comes out when it is worked out again."""
    page = Page(request, engagement_id, _("The calculation, done again"))
    groups = worked.compared(page.frozen)
    figures = sum(len(each["rows"]) for each in groups)
    differing = sum(each["differing"] for each in groups)
    return page.shown("calculation", groups=groups, figures=figures, differing=differing, progress=page.progress)


@door
def ask(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the questions and their answers; on POST ask another."""
    page = Page(request, engagement_id, _("Questions"))
    chosen = str((page.typed or request.GET).get("about", ""))[:200]
    offered = items.choices(page.frozen, chosen)
    form = forms.Asking(offered, page.typed, initial={"about": chosen})
    context: dict[str, Any] = {
        "threads": told.threads(page.engagement),
        "chosen": items.item(page.frozen, chosen),
    }
    if not page.is_sent(form):
        return page.asked("ask", form, **context)

    def do() -> None:
        services.ask(**page.said, **form.asked)

    return page.done("ask", form, do, _("Asked. The organisation can answer now."), page.address("ask"), **context)


@door
def thread(request: HttpRequest, engagement_id: UUID, question_id: UUID) -> HttpResponse:
    """Show one question beside the item that it is about, and what was said since; on POST write again."""
    page = Page(request, engagement_id, _("Question"), above="ask")
    asked = page.question(question_id)
    page.here = _("Question %(number)s") % {"number": asked.number}
    form = forms.FollowingUp(page.typed)
    context = told.thread(page.engagement, page.frozen, asked)
    context |= {"thread_shown": context}
    if not page.is_sent(form):
        return page.asked("thread", form, **context)

    def do() -> None:
        services.follow_up(actor=page.person, question=asked, text=form.cleaned_data["text"], now=timezone.now())

    thanks = _("Sent. The organisation can answer now.")
    return page.done("thread", form, do, thanks, page.address("thread", question_id), **context)


@require_POST
def close(request: HttpRequest, engagement_id: UUID, question_id: UUID) -> HttpResponse:
    """Close a question."""
    page = Page(request, engagement_id, _("Questions"))
    asked = page.question(question_id)
    try:
        services.close(actor=page.person, question=asked, now=timezone.now())
    except Refusal as refused:
        messages.warning(request, words(refused))
    else:
        messages.success(request, _("Closed: question %(number)s.") % {"number": asked.number})
    return back_to(request, "reports:ask", engagement_id)


@door
def give_back(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Ask what has to be mended, then give the account back."""
    page = Page(request, engagement_id, _("Return it with findings"))
    form = forms.Returning(page.typed)
    if not page.is_sent(form):
        return page.asked("return", form)

    def do() -> None:
        services.return_with_findings(**page.said, reason=form.cleaned_data["reason"])

    return page.done("return", form, do, _("Returned. The organisation can mend it now."))


@door
def conclude(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the statement as it is drafted; on POST draft it from the record."""
    page = Page(request, engagement_id, _("The statement"))
    form = forms.Concluding(page.typed)
    held = queries.statement_of(page.engagement)
    context: dict[str, Any] = {
        "statement": held,
        "elements": told.statement_shown(held) if held else [],
        "left": page.progress.before_the_statement,
        "fitting": told.fitting(page.engagement),
    }
    if not page.is_sent(form):
        return page.asked("statement", form, **context)

    def do() -> None:
        years = int(form.cleaned_data["years"])
        services.conclude(
            **page.said,
            conclusion=form.cleaned_data["conclusion"],
            summary=form.cleaned_data["summary"],
            valid_until=timezone.localdate() + dt.timedelta(days=365 * years),
        )

    return page.done(
        "statement", form, do, _("Drafted. Read it below, then sign it."), page.address("conclude"), **context
    )


@door
def sign(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the statement for the last time, after the second factor; on POST sign what was read."""
    page = Page(request, engagement_id, _("Sign"), above="conclude")
    held = queries.statement_of(page.engagement)
    if held is None or held.signed_at:
        return redirect("reports:conclude", engagement_id)
    again = ask_again(request)
    if again is not None:
        return again
    context: dict[str, Any] = {
        "statement": held,
        "elements": told.statement_shown(held),
        "read": statement.fingerprint(held.snapshot_sha256, held.sha256),
    }
    if request.method != "POST":
        return page.shown("sign", **context)

    def do() -> None:
        services.sign_statement(**page.said, read=str(request.POST.get("read", "")))

    return page.done("sign", None, do, _("Signed. The assurance is concluded."), **context)

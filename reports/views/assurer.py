"""For the assurer: what they are engaged for, and the workbench, one step a page; it reads the frozen account alone."""

import datetime as dt
import secrets
from collections.abc import Callable
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
from accounts.http import back_to, crumbs, words
from reports import access, document, forms, queries, recalculation, services, statement
from reports.views._second_factor import ask_again
from reports.views.wording import assuring as told

WORKBENCH = "reports:workbench"
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
    page = _Page(request, engagement_id, "")
    if not page.is_declared:
        return redirect("reports:declare", engagement_id)
    return page.shown("workbench", tasks=told.tasks(page.engagement), next_url=told.next_url(page.engagement))


@door
def declare(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Ask how independent the assurer is, before anything else."""
    page = _Page(request, engagement_id, _("Your independence"))
    form = forms.Declaration(page.typed)
    if not page.is_sent(form):
        return page.asked("declare", form)

    def do() -> None:
        services.declare(
            **page.said,
            independence=form.cleaned_data["independence"],
            interests=form.cleaned_data["interests"],
            conflict=form.cleaned_data["conflict"] == "yes",
        )

    there = "reports:engagements" if form.cleaned_data["conflict"] == "yes" else WORKBENCH
    return page.done("declare", form, do, _("Kept: what you declared."), there)


@door
def judge(request: HttpRequest, engagement_id: UUID, principle: int) -> HttpResponse:
    """Show a principle with its criteria and the frozen account beside it; on POST judge it."""
    page = _Page(request, engagement_id, _("Principle %(number)s") % {"number": principle})
    found = told.principle_of(principle)
    if found is None:
        raise Http404
    last = queries.judgements(page.engagement).get(principle)
    initially: dict[str, Any] = {"version": last.version if last else 0}
    if last:
        initially |= {"verdict": last.verdict, "finding": last.finding, "recommendation": last.recommendation}
    form = forms.Judging(page.typed, initial=initially)
    beside: dict[str, Any] = {
        "principle": found,
        "last": last,
        "title": _(found.title),
        "gist": _(found.gist),
        "criteria": told.criteria(principle),
        "findings": told.findings(page.engagement, principle),
        "beside": told.beside(page.engagement, principle),
    }
    if not page.is_sent(form):
        return page.asked("judge", form, **beside)

    def do() -> None:
        services.judge(**page.said, principle=principle, **form.cleaned_data)

    thanks = _("Kept: your judgement of principle %(number)s.") % {"number": principle}
    return page.done("judge", form, do, thanks, **beside)


@door
def sample(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the sample of evidence; on POST draw it."""
    page = _Page(request, engagement_id, _("Sample of evidence"))
    context: dict[str, Any] = {
        "traces": queries.traces(page.engagement),
        "facts": told.facts_of(page.engagement).evidence,
    }
    if request.method != "POST":
        return page.shown("sample", **context)

    def do() -> None:
        services.sample(**page.said, seed=secrets.randbelow(10**9))

    thanks = _("Drawn. The seed is kept, so that anybody can draw the same.")
    return page.done("sample", None, do, thanks, "reports:sample", **context)


@door
def trace(request: HttpRequest, engagement_id: UUID, number: int) -> HttpResponse:
    """Show a drawn piece of evidence; on POST keep what came of following it."""
    page = _Page(request, engagement_id, _("Follow evidence"), above="reports:sample")
    drawn = next((each for each in queries.traces(page.engagement) if each.number == number), None)
    if drawn is None:
        raise Http404
    initially = {"result": drawn.result, "traced": drawn.traced}
    form = forms.Tracing(page.typed, initial=initially)
    context: dict[str, Any] = {"drawn": drawn, "piece": told.evidence_shown(page.engagement, drawn.ref)}
    if not page.is_sent(form):
        return page.asked("trace", form, **context)

    def do() -> None:
        services.trace(**page.said, number=number, **form.cleaned_data)

    return page.done("trace", form, do, _("Kept: what you saw."), "reports:sample", **context)


@require_safe
def calculation(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show every figure as it was frozen, and as it comes out when it is worked out again."""
    page = _Page(request, engagement_id, _("The calculation, done again"))
    frozen = document.parsed(page.engagement.submission.snapshot.document)
    figures = recalculation.recalculated(frozen)
    return page.shown("calculation", figures=figures, differing=[each for each in figures if not each.is_equal])


@door
def ask(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the questions and their answers; on POST ask another."""
    page = _Page(request, engagement_id, _("Questions"))
    form = forms.Asking(page.typed, initial={"about": request.GET.get("about", "")[:200]})
    context: dict[str, Any] = {"questions": queries.questions(page.engagement)}
    if not page.is_sent(form):
        return page.asked("ask", form, **context)

    def do() -> None:
        services.ask(**page.said, **form.cleaned_data)

    return page.done("ask", form, do, _("Asked. The organisation can answer now."), "reports:ask", **context)


@require_POST
def close(request: HttpRequest, engagement_id: UUID, question_id: UUID) -> HttpResponse:
    """Close a question."""
    page = _Page(request, engagement_id, _("Questions"))
    asked = next((each for each in queries.questions(page.engagement) if each.id == question_id), None)
    if asked is None:
        raise Http404
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
    page = _Page(request, engagement_id, _("Return it with findings"))
    form = forms.Returning(page.typed)
    if not page.is_sent(form):
        return page.asked("return", form)

    def do() -> None:
        services.return_with_findings(**page.said, reason=form.cleaned_data["reason"])

    return page.done("return", form, do, _("Returned. The organisation can mend it now."))


@door
def conclude(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the statement as it is drafted; on POST draft it from the record."""
    page = _Page(request, engagement_id, _("The statement"))
    form = forms.Concluding(page.typed)
    held = queries.statement_of(page.engagement)
    context: dict[str, Any] = {"statement": held, "elements": told.statement_shown(held) if held else []}
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

    return page.done("statement", form, do, _("Drafted. Read it below, then sign it."), "reports:conclude", **context)


@door
def sign(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show the statement for the last time, after the second factor; on POST sign what was read."""
    page = _Page(request, engagement_id, _("Sign"), above="reports:conclude")
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


class _Page:
    """A page of the workbench, for the assurer who is engaged."""

    def __init__(self, request: HttpRequest, engagement_id: UUID, here: str, *, above: str = "") -> None:
        """Find the engagement of this person."""
        person: Any = request.user
        self.person, self.request, self.here, self.above = person, request, here, above
        self.engagement: Any = access.engagement_for(person, engagement_id)

    @property
    def is_declared(self) -> bool:
        """Return whether the assurer said how independent they are."""
        return self.engagement.declared_at is not None

    @property
    def typed(self) -> Any:
        """Return what was sent, if something was."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def said(self) -> dict[str, Any]:
        """Return what every service is told."""
        return {"actor": self.person, "engagement": self.engagement, "now": timezone.now()}

    def is_sent(self, form: Any) -> bool:
        """Return whether a form was sent that can be taken."""
        return self.request.method == "POST" and form.is_valid()

    def asked(self, name: str, form: Any, **context: Any) -> HttpResponse:
        """Return the page with its form, refused if it was sent."""
        return self.shown(name, form=form, status=UNPROCESSABLE if self.request.method == "POST" else 200, **context)

    def done(
        self, name: str, form: Any, do: Callable[[], None], thanks: str, there: str = WORKBENCH, **context: Any
    ) -> HttpResponse:
        """Do it and go on; or return the page with why not, and everything that was typed."""
        try:
            do()
        except Refusal as refused:
            self.engagement.refresh_from_db()
            problems = [{"text": words(refused), "url": ""}]
            return self.shown(name, form=form, problems=problems, status=409, **context)
        messages.success(self.request, thanks)
        args = [] if there == "reports:engagements" else [self.engagement.id]
        return back_to(self.request, there, *args)

    def shown(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page of the workbench."""
        if not self.is_declared and name != "declare":
            return redirect("reports:declare", self.engagement.id)
        account = self.engagement.submission.account
        way = [(_("Assurance"), reverse("reports:engagements"))]
        way.append((account.name, reverse(WORKBENCH, args=[self.engagement.id]) if self.here else ""))
        if self.above:
            titles = {"reports:sample": _("Sample of evidence"), "reports:conclude": _("The statement")}
            way.append((titles[self.above], reverse(self.above, args=[self.engagement.id])))
        if self.here:
            way.append((self.here, ""))
        context |= {
            "engagement": self.engagement,
            "account": account,
            "is_open": self.engagement.ended_at is None,
            "breadcrumbs": crumbs(*way),
            "here": self.here,
        }
        return render(self.request, f"reports/assuring_{name}.html", context, status=status)

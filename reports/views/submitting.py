"""For the approver: read the account, see what will be frozen, submit it, take it back."""

from collections.abc import Mapping
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
from accounts.errors import Refusal, Stale
from accounts.http import back_to, words
from accounts.roles import Action
from outcomes.intake import Unacceptable
from outcomes.principles import CHECKS
from outcomes.services import explain as give_reason
from outcomes.views.pages import account_page
from outcomes.views.wording.figures import trouble_shown
from outcomes.views.wording.principles import check_asked
from reports import assurance, forms, queries, services
from reports.errors import ChangedSinceRead, NotYourOwnWork
from reports.views.wording import submitting as told

SUBMIT = "reports:submit"
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show what an approver reads before submitting, or what was submitted; on POST submit it."""
    if request.method == "POST":
        return _submit(request, _Page(request, account_id, Action.SUBMIT))
    page = _Page(request, account_id, Action.VIEW)
    return page.to_read(page.form())


def _submit(request: HttpRequest, page: "_Page") -> HttpResponse:
    person: Any = request.user
    form, read = page.form(request.POST), str(request.POST.get("read", ""))
    if page.moved_since(read):
        return page.again(words(ChangedSinceRead()))
    if not form.is_valid() and page.reading is not None:
        return page.to_read(form, status=UNPROCESSABLE)
    try:
        services.submit(actor=person, account=page.account, read=read, reasons=form.reasons, now=timezone.now())
    except (ChangedSinceRead, assurance.NotFromHere, NotYourOwnWork) as refused:
        return page.again(words(refused), status=403 if isinstance(refused, NotYourOwnWork) else 409)
    except (Refusal, Unacceptable) as refused:
        return page.to_read(form, refused=_words(refused), status=UNPROCESSABLE)
    messages.success(request, _("Submitted. Nothing in the account can be changed now."))
    return back_to(request, SUBMIT, page.account.id)


def _words(refused: Refusal | Unacceptable) -> str:
    if isinstance(refused, Refusal):
        return words(refused)
    return " ".join(_(each.message) % each.params for each in refused.reasons)


@require_POST
def explain(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Keep the reasons that were given, without submitting."""
    person: Any = request.user
    page = _Page(request, account_id, Action.EXPLAIN)
    form = forms.Reasons(page.asked(), request.POST)
    if page.spare():
        return page.again(words(Stale()))
    if not form.is_valid():
        return page.to_read(form, status=UNPROCESSABLE)
    try:
        give_reason(actor=person, account=page.account, reasons=form.reasons, now=timezone.now())
    except Refusal as refused:
        return page.again(words(refused))
    if form.reasons:
        messages.success(request, _("Saved: your reasons. They go into the report."))
    else:
        messages.info(request, _("Nothing was typed, so nothing was saved."))
    return back_to(request, SUBMIT, page.account.id)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask why, then make a submitted account a draft again."""
    person: Any = request.user
    url = reverse(SUBMIT, args=[account_id])
    above = (_("Check and submit"), url)
    account, context = account_page(request, account_id, Action.SUBMIT, _("Take it back"), above=above)
    form = forms.TakingBack(request.POST if request.method == "POST" else None)
    context |= {
        "question": _("Take “%(account)s” back?") % {"account": account.name},
        "consequence": _(
            "It is a draft again, and can be changed. What was frozen stays as it is, but no report of it is published."
        ),
        "action": _("Take it back"),
        "back_url": url,
        "form": form,
    }
    if request.method != "POST":
        return render(request, "confirm.html", context)
    if not form.is_valid():
        return render(request, "confirm.html", context, status=UNPROCESSABLE)
    try:
        services.take_back(actor=person, account=account, reason=form.cleaned_data["reason"], now=timezone.now())
    except Refusal as refused:
        messages.error(request, words(refused))
        return render(request, "confirm.html", context, status=409)
    messages.success(request, _("Taken back. The account is a draft again."))
    return back_to(request, SUBMIT, account.id)


class _Page:
    """The page of one account on which it is read and submitted: whoever may see the account may see the page."""

    def __init__(self, request: HttpRequest, account_id: UUID, action: Action) -> None:
        """Read the account for somebody who may do this to it."""
        person: Any = request.user
        self.request, self.person = request, person
        self.account, self.context = account_page(request, account_id, action, _("Check and submit"))
        self._read()

    def _read(self) -> None:
        self.submission = queries.open_submission(self.account)
        self.reading = queries.reading(self.account) if self.submission is None else None

    def moved_since(self, read: str) -> bool:
        """Return whether the account says something else than what was read."""
        return self.reading is not None and self.reading.fingerprint != read

    def asked(self) -> dict[str, str]:
        """Return the checks that want a reason: the question of each, by its slug."""
        return told.questions(self.reading.standing) if self.reading is not None else {}

    def spare(self) -> list[dict[str, str]]:
        """Return the reasons that were typed for what needs none any more: they are shown, so that none is lost."""
        typed, asked = forms.typed_reasons(self.request.POST, CHECKS), self.asked()
        return [{"question": check_asked(slug), "text": text} for slug, text in typed.items() if slug not in asked]

    def form(
        self, typed: Mapping[str, Any] | None = None, initially: Mapping[str, Any] | None = None
    ) -> forms.Submission:
        """Return the form with what was typed over it, to be judged; or, `initially`, not yet to be judged."""
        read = self.reading.fingerprint if self.reading is not None else ""
        name = self.account.organisation.name
        return forms.Submission(self.asked(), typed, initially=initially, read=read, organisation=name)

    def again(self, refused: str, *, status: int = 409) -> HttpResponse:
        """Return the page as things stand now, with everything that was typed; the tick has to be set anew."""
        self.account.refresh_from_db()
        self._read()
        typed = {name: value for name, value in self.request.POST.items() if name != "in_our_name"}
        form = self.form(initially=typed)
        return self.to_read(form, refused=refused, status=status)

    def to_read(self, form: forms.Reasons, *, refused: str = "", status: int = 200) -> HttpResponse:
        """Return what is read before submitting."""
        problems = [{"text": refused, "url": "#missing" if status == UNPROCESSABLE else ""}] if refused else []
        self.context |= {"problems": problems, "spare": self.spare()}
        if self.reading is None:
            return self.submitted(status=status)
        held, account = self.reading.standing, self.account
        may = account_access.allowed(self.person, account)
        self.context |= {
            "trouble": trouble_shown(held, account.id),
            "form": form,
            "final": form if isinstance(form, forms.Submission) else self.form(),
            "missing": told.missing(held, account.id),
            "asked": told.asked(held, account.id, form if Action.EXPLAIN in may else None),
            "frozen": told.frozen_shown(held),
            "fingerprint": self.reading.fingerprint,
            "readers": queries.readers(account),
            "submitted_before": queries.last_submitted(account),
            **told.result_shown(held, account, reverse("outcomes:principles", args=[account.id])),
            **self._who(may),
        }
        return render(self.request, "reports/submit.html", self.context, status=status)

    def _who(self, may: frozenset[Action]) -> dict[str, Any]:
        """Return who may submit the account, and whether this person may."""
        duties = queries.duties(self.account)
        url = self.request.build_absolute_uri(reverse(SUBMIT, args=[self.account.id]))
        approvers = duties.others(self.person)
        return {
            "may_explain": Action.EXPLAIN in may,
            "may_submit": Action.SUBMIT in may,
            "is_draft": self.account.state == assurance.State.DRAFT,
            "barred": duties.bars(self.person),
            "alone": duties.is_alone(self.person),
            "approvers": approvers,
            "letter": told.letter_to([each.email for each in approvers], self.account, url),
        }

    def submitted(self, *, status: int = 200) -> HttpResponse:
        """Return what happened, and what comes next."""
        may = account_access.allowed(self.person, self.account)
        self.context |= {
            "submission": self.submission,
            "readers": queries.readers(self.account),
            "submitted_before": queries.last_submitted(self.account, self.submission),
            "may_submit": Action.SUBMIT in may,
        }
        return render(self.request, "reports/submitted.html", self.context, status=status)

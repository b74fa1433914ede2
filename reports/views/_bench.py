"""A page of the workbench: who may open it, what it reads, and how it answers."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.http import crumbs, words
from reports import access, queries
from reports.errors import EngagementOver, NotIndependent
from reports.views.wording import assuring as told
from reports.views.wording.frozen import Frozen

UNPROCESSABLE = 422


class Page:
    """A page of the workbench, for the assurer who is engaged."""

    def __init__(self, request: HttpRequest, engagement_id: UUID, here: str, *, above: str = "") -> None:
        """Find the engagement of this person."""
        person: Any = request.user
        self.person, self.request, self.here, self.above = person, request, here, above
        self.engagement: Any = _engaged(person, engagement_id, is_sent=request.method == "POST")

    @cached_property
    def frozen(self) -> Frozen:
        """Return the frozen account."""
        return Frozen(self.engagement)

    @property
    def progress_now(self) -> told.Progress:
        """Return how far the engagement has come by now."""
        return told.progress(self.engagement, self.frozen)

    @cached_property
    def progress(self) -> told.Progress:
        """Return how far the engagement had come when the page was asked for."""
        return self.progress_now

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

    def address(self, name: str, *args: Any) -> str:
        """Return the address of a page of this workbench."""
        return reverse(f"reports:{name}", args=[self.engagement.id, *args])

    def question(self, question_id: UUID) -> Any:
        """Return a question of this engagement; Http404 if there is none such."""
        found = next((each for each in queries.questions(self.engagement) if each.id == question_id), None)
        if found is None:
            raise Http404
        return found

    def is_sent(self, form: Any) -> bool:
        """Return whether a form was sent that can be taken."""
        return self.request.method == "POST" and form.is_valid()

    def asked(self, name: str, form: Any, **context: Any) -> HttpResponse:
        """Return the page with its form, refused if it was sent."""
        return self.shown(name, form=form, status=UNPROCESSABLE if self.request.method == "POST" else 200, **context)

    def done(
        self,
        name: str,
        form: Any,
        do: Callable[[], None],
        thanks: str,
        there: str | Callable[[], str] = "",
        **context: Any,
    ) -> HttpResponse:
        """Do it and go on; or return the page with why not, and everything that was typed."""
        try:
            do()
        except Refusal as refused:
            self.engagement.refresh_from_db()
            problems = [{"text": words(refused), "url": ""}]
            return self.shown(name, form=form, problems=problems, status=409, **context)
        messages.success(self.request, thanks)
        return redirect((there if isinstance(there, str) else there()) or self.address("workbench"))

    def shown(self, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page of the workbench."""
        if not self.is_declared and name != "declare":
            return redirect("reports:declare", self.engagement.id)
        context = {"here": self.here} | context
        account = self.engagement.submission.account
        context |= {
            "engagement": self.engagement,
            "account": account,
            "is_open": self.engagement.ended_at is None,
            "breadcrumbs": crumbs(*self._way(account, context.pop("here_title", self.here))),
        }
        return render(self.request, f"reports/assuring_{name}.html", context, status=status)

    def _way(self, account: Any, here: str) -> Iterator[tuple[str, str]]:
        yield _("Assurance"), reverse("reports:engagements")
        yield account.name, self.address("workbench") if here else ""
        if self.above:
            titles = {"sample": _("Sample of evidence"), "conclude": _("The statement"), "ask": _("Questions")}
            yield titles[self.above], self.address(self.above)
        if here:
            yield here, ""


def _engaged(person: Any, engagement_id: UUID, *, is_sent: bool) -> Any:
    """Return the engagement of this person.

    Raises Http404 for what they may not know of; and why it is theirs no more, so that whoever was engaged reads a
    sentence and gets back what they typed.
    """
    try:
        return access.engagement_for(person, engagement_id)
    except Http404:
        lost = access.lost_by(person, engagement_id)
        if lost is None or not person.is_active:
            raise
        if lost.ended_at is None and access.belongs_to(person, lost):
            raise NotIndependent from None
        if is_sent:
            raise EngagementOver from None
        raise

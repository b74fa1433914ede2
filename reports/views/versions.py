"""From one version to the next: which there are, and what changed between two of them, or since one of them."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import crumbs
from accounts.roles import Action
from outcomes.views.pages import account_page
from reports import access, document, queries
from reports.differences import RESULT, differences
from reports.paper import compared

A_PAGE = 200
"""How many differences are shown at once."""


@require_safe
def versions(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show every version of an account that was frozen, each with the way to what changed since the one before."""
    above = (_("Reports"), reverse("reports:reports", args=[account_id]))
    account, context = account_page(request, account_id, Action.READ_REPORT, _("Versions"), above=above)
    found = [_told(each) for each in queries.versions(account)]
    for version, before in pairwise(found):
        version["before"] = before["number"]
    context |= {"versions": found, "stands_apart": account.state == "draft"}
    return render(request, "reports/versions.html", context)


@require_safe
def difference(request: HttpRequest, account_id: UUID, earlier: int, later: int) -> HttpResponse:
    """Show what changed between two versions."""
    said = _("From report %(earlier)s to report %(later)s") % {"earlier": earlier, "later": later}
    account, context = _page(request, account_id, said)
    before, after = queries.version(account, earlier), queries.version(account, later)
    if before is None or after is None or earlier >= later:
        raise Http404
    reasons = queries.reasons_between(account, before.taken_at, after.taken_at)
    context |= _between(request, before, document.parsed(after.document), reasons)
    return render(request, "reports/difference.html", context | {"later": _told(after)})


@require_safe
def changed_since(request: HttpRequest, account_id: UUID, earlier: int) -> HttpResponse:
    """Show what changed in an account as it stands since one of its versions was frozen."""
    account, context = _page(request, account_id, _("Since report %(earlier)s") % {"earlier": earlier})
    before = queries.version(account, earlier)
    if before is None:
        raise Http404
    context |= {"earlier": _told(before), "later": None}
    now = queries.read_now(account)
    if now is not None:
        context |= _between(request, before, now, queries.reasons_between(account, before.taken_at))
    return render(request, "reports/difference.html", context)


@require_safe
def changes(request: HttpRequest, engagement_id: UUID) -> HttpResponse:
    """Show an assurer what changed since the submission before the one that they are engaged for."""
    person: Any = request.user
    engagement = access.engagement_for(person, engagement_id)
    if engagement.declared_at is None:
        return redirect("reports:declare", engagement_id)
    submission = engagement.submission
    before = queries.submission_before(submission)
    here = _("What changed since it was submitted before")
    account = submission.account
    above = (account.name, reverse("reports:workbench", args=[engagement_id]))
    context: dict[str, Any] = {
        "engagement": engagement,
        "account": account,
        "is_open": engagement.ended_at is None,
        "here": here,
        "breadcrumbs": crumbs((_("Assurance"), reverse("reports:engagements")), above, (here, "")),
        "later": _told(submission.snapshot),
    }
    if before is not None:
        reasons = queries.reasons_between(account, before.submitted_at, submission.submitted_at)
        after = document.parsed(submission.snapshot.document)
        context |= _between(request, before.snapshot, after, reasons)
    return render(request, "reports/assuring_changes.html", context)


def _page(request: HttpRequest, account_id: UUID, here: str) -> tuple[Any, dict[str, Any]]:
    above = (_("Reports"), reverse("reports:reports", args=[account_id]))
    account, context = account_page(request, account_id, Action.READ_REPORT, here, above=above)
    return account, context | {"here": here}


def _told(snapshot: Any) -> dict[str, Any]:
    """Return what a version is, by whom it was frozen or submitted, and how that ended."""
    return {
        "number": snapshot.number,
        "taken_at": snapshot.taken_at,
        "taken_by": snapshot.taken_by,
        "submission": getattr(snapshot, "submission", None),
        "before": None,
    }


def _between(request: HttpRequest, before: Any, after: document.Plain, reasons: compared.Reasons) -> dict[str, Any]:
    """Return what changed from a version to another document, one page of it."""
    was = document.parsed(before.document)
    found = differences(was, after)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    currencies = (_currency(was), _currency(after))
    groups = compared.grouped(page.object_list, currencies, reasons)
    return {
        "earlier": _told(before),
        "count": len(found),
        "page": page,
        "results": [row for group in groups if group.slug == RESULT for row in group.rows],
        "groups": [group for group in groups if group.slug != RESULT],
    }


def _currency(frozen: document.Plain) -> str:
    return str(frozen["content"]["account"]["account"]["currency"])

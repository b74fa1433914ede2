"""Publish a report to the funders of its account, and withdraw it, saying why."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction

from accounts import audit
from accounts.errors import Refusal
from accounts.models import Account, AccountState, Person
from accounts.services import set_state
from reports import assurance, document, editions, letters, sheets
from reports.errors import (
    AlreadyPublished,
    DrawnBeforeAssurance,
    FullReportFirst,
    NoReasonGiven,
    NotPublished,
    NotSigned,
    WasTakenBack,
    WhyWanted,
)
from reports.models import Ending, Listing, Report
from reports.queries import open_submission, superseded_by
from reports.services._freezing import hold
from reports.services._submitting import end
from reports.sheets import Hindrance


@transaction.atomic
def publish(*, actor: Person, report: Report, now: dt.datetime, because: str = "") -> None:
    """Publish a report: from now on the funders of the account can read it, and those who wish it get a letter.

    The other editions of it that are ready are published with it. If it takes the place of a published report,
    `because` says why. Raises NotFromHere, AlreadyPublished, NotSigned, WasTakenBack, DrawnBeforeAssurance,
    FullReportFirst or WhyWanted; nothing is published then.
    """
    account = report.snapshot.account
    hold(account)
    _must_be_publishable(report)
    why = _why(report, because.strip())
    for each in (report, *sheets.with_it(report)):
        _publish_one(actor, each, why, now)
    _move_on(actor, report, now)
    transaction.on_commit(partial(letters.tell_readers, report.id), robust=True)


_REFUSED: Mapping[Hindrance, Callable[[Report], Refusal]] = {
    Hindrance.PUBLISHED: lambda _report: AlreadyPublished(),
    Hindrance.UNSIGNED: lambda report: NotSigned(why=report.unsigned_because),
    Hindrance.DRAFT: lambda _report: assurance.NotFromHere(assurance.PUBLISH),
    Hindrance.TAKEN_BACK: lambda _report: WasTakenBack(),
    Hindrance.IN_ASSURANCE: lambda _report: assurance.NotFromHere(assurance.PUBLISH),
    Hindrance.BEFORE_ASSURANCE: lambda _report: DrawnBeforeAssurance(),
    Hindrance.FULL_FIRST: lambda _report: FullReportFirst(),
}


def _must_be_publishable(report: Report) -> None:
    """Refuse what the page would not offer to publish either."""
    held = Report.objects.select_related("snapshot__account").get(id=report.id)
    hindrance = sheets.hindrance(held)
    if hindrance is not None:
        raise _REFUSED[hindrance](held)


def _why(report: Report, because: str) -> str:
    """Return why a report takes the place of the one before; nothing if there is none. Raises WhyWanted."""
    if superseded_by(report) is None:
        return ""
    if not because:
        raise WhyWanted
    return because


def _publish_one(actor: Person, report: Report, why: str, now: dt.datetime) -> None:
    """Publish one edition. Raises AlreadyPublished for one that is, whoever was quicker."""
    unpublished = Report.objects.filter(id=report.id, published_at__isnull=True, signed_at__isnull=False)
    if not unpublished.update(published_at=now, published_by=actor, supersedes_because=why):
        raise AlreadyPublished
    Listing.objects.create(report=report, **editions.listed(document.parsed(report.snapshot.document)))
    audit.record(
        actor=actor,
        now=now,
        account=report.snapshot.account,
        verb="published",
        ref=str(report.snapshot.number),
        after={"sha256": report.sha256, "edition": report.edition},
        reason=why,
    )


@transaction.atomic
def withdraw(*, actor: Person, report: Report, reason: str, now: dt.datetime) -> None:
    """Withdraw a published report: it stays where it is, and whoever looks it up reads the reason.

    Raises NoReasonGiven, or NotPublished for what is not published or withdrawn already.
    """
    reason = reason.strip()
    if not reason:
        raise NoReasonGiven
    standing = Report.objects.filter(id=report.id, published_at__isnull=False, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=now, withdrawn_by=actor, withdrawn_because=reason):
        raise NotPublished
    audit.record(
        actor=actor,
        now=now,
        account=report.snapshot.account,
        verb="withdrew",
        ref=str(report.snapshot.number),
        after={"reason": reason},
    )


def _move_on(actor: Person, report: Report, now: dt.datetime) -> None:
    """End the submission that is published, and move the account on, unless something else became of it since."""
    account: Account = report.snapshot.account
    submission = open_submission(account)
    if submission is not None and submission.snapshot_id == report.snapshot_id:
        end(submission, Ending.PUBLISHED, by=actor, at=now)
    elif submission is not None or account.state != AccountState.PUBLISHED:
        return
    made = assurance.move(assurance.State(account.state), assurance.PUBLISH)
    set_state(account=account, state=AccountState(made.end), now=now)

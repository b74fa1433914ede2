"""Publish a report to the funders of its account, and withdraw it, saying why."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import Account, AccountState, Person
from accounts.services import set_state
from reports import assurance, document, editions, letters
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
from reports.models import Edition, Ending, Listing, Report, Submission
from reports.queries import open_submission, signed_statement, superseded_by
from reports.services._freezing import hold
from reports.services._submitting import end


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
    if not _publish_one(actor, report, why, now):
        raise NotSigned(why=report.unsigned_because)
    for other in _other_editions(report):
        _publish_one(actor, other, why, now)
    _move_on(actor, report, now)
    transaction.on_commit(partial(letters.tell_readers, report.id), robust=True)


def _must_be_publishable(report: Report) -> None:
    """Refuse what is out, was not submitted, is so no more, or does not say what its assurer has said since."""
    if Report.objects.filter(id=report.id, published_at__isnull=False).exists():
        raise AlreadyPublished
    submission = Submission.objects.filter(snapshot=report.snapshot_id).first()
    if submission is None:
        raise assurance.NotFromHere(assurance.PUBLISH)
    if submission.ended_as in (Ending.TAKEN_BACK, Ending.RETURNED):
        raise WasTakenBack
    signed = signed_statement(report.snapshot)
    if report.statement_id != (signed.pk if signed else None):
        raise DrawnBeforeAssurance
    if report.edition != Edition.FULL and not _editions(report).filter(**_FULL_IS_OUT).exists():
        raise FullReportFirst


def _why(report: Report, because: str) -> str:
    """Return why a report takes the place of the one before; nothing if there is none. Raises WhyWanted."""
    if superseded_by(report) is None:
        return ""
    if not because:
        raise WhyWanted
    return because


def _publish_one(actor: Person, report: Report, why: str, now: dt.datetime) -> bool:
    """Publish one edition, if it is signed and not published yet; return whether it was."""
    unpublished = Report.objects.filter(id=report.id, published_at__isnull=True, signed_at__isnull=False)
    if not unpublished.update(published_at=now, published_by=actor, supersedes_because=why):
        return False
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
    return True


_FULL_IS_OUT = {"edition": Edition.FULL, "published_at__isnull": False}


def _editions(report: Report) -> QuerySet[Report]:
    return Report.objects.filter(drawn_from=report.drawn_from, language=report.language)


def _other_editions(report: Report) -> Iterable[Report]:
    """Return the editions that are published with a full report."""
    return _editions(report).exclude(id=report.id) if report.edition == Edition.FULL else ()


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

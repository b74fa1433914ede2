"""Publish a report to the funders of its account, and withdraw it, saying why."""

import datetime as dt
from functools import partial

from django.db import transaction

from accounts import audit
from accounts.models import Account, AccountState, Person
from accounts.services import set_state
from reports import assurance, document, editions, letters
from reports.errors import AlreadyPublished, NoReasonGiven, NotPublished, NotSigned, WasTakenBack
from reports.models import Ending, Listing, Report, Submission
from reports.queries import open_submission
from reports.services._freezing import hold
from reports.services._submitting import end


@transaction.atomic
def publish(*, actor: Person, report: Report, now: dt.datetime) -> None:
    """Publish a report: from now on the funders of the account can read it, and those who wish it get a letter.

    Raises AlreadyPublished, NotSigned, or WasTakenBack for a report of what was submitted and is so no more.
    The account itself counts as published unless it was changed after it was frozen for this report, or something
    else was submitted of it.
    """
    hold(report.snapshot.account)
    unpublished = Report.objects.filter(id=report.id, published_at__isnull=True)
    if not unpublished.filter(signed_at__isnull=False).update(published_at=now, published_by=actor):
        raise NotSigned(why=report.unsigned_because) if unpublished.exists() else AlreadyPublished
    if Submission.objects.filter(
        snapshot=report.snapshot_id, ended_as__in=[Ending.TAKEN_BACK, Ending.RETURNED]
    ).exists():
        raise WasTakenBack
    Listing.objects.create(report=report, **editions.listed(document.parsed(report.snapshot.document)))
    _move_on(actor, report, now)
    audit.record(
        actor=actor,
        now=now,
        account=report.snapshot.account,
        verb="published",
        ref=str(report.snapshot.number),
        after={"sha256": report.sha256},
    )
    transaction.on_commit(partial(letters.tell_readers, report.id), robust=True)


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
    account: Account = report.snapshot.account
    submission = open_submission(account)
    if submission is not None and submission.snapshot_id == report.snapshot_id:
        end(submission, Ending.PUBLISHED, by=actor, at=now)
    elif submission is not None or account.changed_at > report.snapshot.taken_at:
        return
    made = assurance.move(assurance.State(account.state), assurance.PUBLISH)
    set_state(account=account, state=AccountState(made.end), now=now)

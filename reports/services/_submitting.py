"""Submit an account in its organisation's name, and take it back."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts import audit
from accounts.models import Account, AccountState, Person
from accounts.services import set_state
from outcomes.queries import Standing
from outcomes.services import explain
from reports import assurance
from reports.errors import ChangedSinceRead, NotYourOwnWork, ReasonsWanted, StillMissing
from reports.models import Ending, Submission
from reports.queries import Duties, duties, open_submission, reading, submissions, wants_reason
from reports.services._freezing import content_of, freeze, hold


@transaction.atomic
def submit(
    *, actor: Person, account: Account, read: str, now: dt.datetime, reasons: Mapping[str, str] | None = None
) -> Submission:
    """Freeze what the approver read, in the organisation's name. A second click gives what the first one gave.

    `read` is the fingerprint of what was read; `reasons` are those given with it, by the slug of their check.
    Raises NotFromHere, NotYourOwnWork, ChangedSinceRead, Unacceptable, StillMissing, ReasonsWanted or NothingToReport;
    nothing is frozen then, and no reason is kept.
    """
    hold(account)
    before = open_submission(account)
    if before is not None and (before.submitted_by_id, before.read_sha256) == (actor.id, read):
        return before
    made = assurance.move(assurance.State(account.state), assurance.SUBMIT)
    held_duties = duties(account)
    _must_be_somebody_elses_work(actor, held_duties)
    held = _must_be_what_was_read(account, read)
    if reasons:
        explain(actor=actor, account=account, reasons=reasons, now=now)
        held = reading(account).standing
    _must_be_ready(held)
    submission = _freeze_for(actor, account, held, read, now, alone=held_duties.is_alone(actor))
    set_state(account=account, state=AccountState(made.end), now=now)
    return submission


@transaction.atomic
def take_back(*, actor: Person, account: Account, reason: str, now: dt.datetime) -> None:
    """Make a submitted account a draft again. Raises NotFromHere or ReasonWanted. What was frozen stays."""
    hold(account)
    made = assurance.move(assurance.State(account.state), assurance.TAKE_BACK, reason=reason)
    submission = open_submission(account)
    if submission is None:
        raise assurance.NotFromHere(assurance.TAKE_BACK)
    end(submission, Ending.TAKEN_BACK, by=actor, at=now, because=reason.strip())
    set_state(account=account, state=AccountState(made.end), now=now)
    ref = str(submission.snapshot.number)
    audit.record(actor=actor, now=now, account=account, verb="took back", ref=ref, reason=reason.strip())


def end(submission: Submission, ending: Ending, *, by: Person, at: dt.datetime, because: str = "") -> None:
    """Write how a submission ended, in the running transaction."""
    still_open = Submission.objects.filter(id=submission.id, ended_at__isnull=True)
    still_open.update(ended_at=at, ended_by=by, ended_as=ending, ended_because=because)


def _must_be_somebody_elses_work(actor: Person, held: Duties) -> None:
    """Refuse who changed the account, where somebody else could submit it."""
    if held.bars(actor):
        raise NotYourOwnWork(names=", ".join(str(each) for each in held.others(actor)))


def _must_be_what_was_read(account: Account, read: str) -> Standing:
    """Return how the account stands, if it is still what somebody read."""
    now_read = reading(account)
    if now_read.fingerprint != read:
        raise ChangedSinceRead
    return now_read.standing


def _must_be_ready(held: Standing) -> None:
    missing = [each for each in held.findings if each.stops]
    if missing:
        raise StillMissing(count=len(missing))
    unexplained = [each for each in held.findings if wants_reason(each)]
    if unexplained:
        raise ReasonsWanted(count=len(unexplained))


def _freeze_for(
    actor: Person, account: Account, held: Standing, read: str, now: dt.datetime, *, alone: bool
) -> Submission:
    """Freeze the account as submitted, and keep who did it, when, and in whose name."""
    number, name = len(submissions(account)) + 1, account.organisation.name
    said = {"number": number, "by": str(actor), "in_the_name_of": name, "alone": alone}
    snapshot = freeze(actor=actor, account=account, content=content_of(account, held), now=now, submission=said)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="submitted",
        ref=str(snapshot.number),
        after={"sha256": snapshot.sha256, "in_the_name_of": name, "alone": alone},
    )
    return Submission.objects.create(
        account=account,
        snapshot=snapshot,
        number=number,
        submitted_at=now,
        submitted_by=actor,
        in_the_name_of=name,
        alone=alone,
        read_sha256=read,
    )

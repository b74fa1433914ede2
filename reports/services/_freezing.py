"""Freeze an account as it stands, and ask for it on paper."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import Account, AccountState, Person
from outcomes.queries import Standing, standing
from reports import differences, document, statement
from reports.errors import NothingToReport
from reports.models import Edition, RenderJob, Report, Snapshot
from reports.queries import frozen_content, issued, latest_published, latest_snapshot, open_submission, signed_statement


@transaction.atomic
def take_snapshot(*, actor: Person | None, account: Account, now: dt.datetime) -> Snapshot:
    """Freeze the account as it stands. If nothing changed since the last snapshot, that one is returned.

    While an account is submitted, what was submitted is what is frozen of it.
    Raises NothingToReport if the account cannot be worked out.
    """
    hold(account)
    submitted = open_submission(account)
    if submitted is not None:
        return submitted.snapshot
    content = content_of(account, standing(account))
    last = latest_snapshot(account)
    if last is not None and _says_the_same(last, content, account):
        return last
    return freeze(actor=actor, account=account, content=content, now=now)


@transaction.atomic
def ask_for_report(
    *, actor: Person | None, account: Account, language: str, now: dt.datetime, edition: Edition = Edition.FULL
) -> RenderJob:
    """Freeze the account and queue its rendering. Asking twice for the same gives the first."""
    snapshot = take_snapshot(actor=actor, account=account, now=now)
    return _queue(actor, snapshot, language, edition, now)


@transaction.atomic
def ask_for_edition(*, actor: Person | None, report: Report, edition: Edition, now: dt.datetime) -> RenderJob:
    """Queue another edition of what a report says. Asking twice for the same gives the first."""
    hold(report.snapshot.account)
    return _queue(actor, report.snapshot, report.language, edition, now)


def _queue(actor: Person | None, snapshot: Snapshot, language: str, edition: Edition, now: dt.datetime) -> RenderJob:
    """Queue the rendering of a snapshot, with the statement that was signed on it if there is one."""
    signed = signed_statement(snapshot)
    job, made = RenderJob.objects.get_or_create(
        drawn_from=statement.drawn_from(snapshot.sha256, issued(signed)),
        language=language,
        edition=edition,
        defaults={"snapshot": snapshot, "statement": signed, "asked_at": now, "asked_by": actor},
    )
    if made:
        ref, after = str(snapshot.number), {"edition": str(edition)}
        audit.record(actor=actor, now=now, account=snapshot.account, verb="asked for report", ref=ref, after=after)
    return job


def hold(account: Account) -> None:
    """Take the write lock, so that numbers never collide, and read the account afresh."""
    Account.objects.filter(id=account.id).update(version=F("version"))
    account.refresh_from_db()


def content_of(account: Account, held: Standing) -> document.Plain:
    """Return all that is frozen of an account. Raises NothingToReport if it cannot be worked out."""
    if held.workings is None:
        raise NothingToReport(trouble=held.trouble.message % held.trouble.params if held.trouble else "")
    return frozen_content(account, held, held.workings)


def freeze(
    *,
    actor: Person | None,
    account: Account,
    content: document.Plain,
    now: dt.datetime,
    submission: document.Plain | None = None,
) -> Snapshot:
    """Write the next snapshot of an account, in the running transaction."""
    last = latest_snapshot(account)
    number = last.number + 1 if last is not None else 1
    taken_by = actor.name if actor else ""
    since = _since_published(account, content) if submission is not None else None
    frozen = document.frozen(
        content, number=number, taken_at=now, taken_by=taken_by, submission=submission, since=since
    )
    text = document.canonical(frozen)
    made = Snapshot.objects.create(
        account=account,
        number=number,
        taken_at=now,
        taken_by=actor,
        schema_version=document.SCHEMA_VERSION,
        document=text,
        sha256=document.sha256(text),
    )
    audit.record(actor=actor, now=now, account=account, verb="froze", ref=str(number), after={"sha256": made.sha256})
    return made


def _since_published(account: Account, content: document.Plain) -> dict[str, Any] | None:
    """Return what changed since the last snapshot of the account that is out as a report; None if there is none."""
    before = latest_published(account)
    if before is None:
        return None
    return differences.since(document.parsed(before.document), before.sha256, content)


def _says_the_same(last: Snapshot, content: document.Plain, account: Account) -> bool:
    """Return whether a snapshot still says what the account is: a draft is not shown as what was once submitted."""
    if account.state == AccountState.DRAFT and document.parsed(last.document)["status"] != document.DRAFT:
        return False
    return document.same_content(last.document, content)

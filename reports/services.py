"""Freeze an account, have it rendered once and only once, and publish the result."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from accounts import audit
from accounts.models import Account, AccountState, Person
from accounts.parsing import plain
from outcomes.queries import standing, tested
from reports import document
from reports.errors import AlreadyPublished, NothingToReport, NotReady
from reports.models import JobState, RenderJob, Report, Snapshot
from reports.queries import latest_snapshot

LEASE = dt.timedelta(minutes=6)
"""How long a worker may keep a job without a word; longer than any task may run (CELERY_TASK_TIME_LIMIT)."""
ATTEMPTS = 3


@transaction.atomic
def take_snapshot(*, actor: Person | None, account: Account, now: dt.datetime) -> Snapshot:
    """Freeze the account as it stands. If nothing changed since the last snapshot, that one is returned.

    Raises NothingToReport if the account cannot be worked out.
    """
    Account.objects.filter(id=account.id).update(version=F("version"))  # takes the write lock: numbers never collide
    account.refresh_from_db()
    held = standing(account)
    if held.workings is None:
        raise NothingToReport(trouble=held.trouble.message % held.trouble.params if held.trouble else "")
    content = document.content(
        facts=held.facts,
        workings=held.workings,
        tested=tested(held.workings),
        findings=held.findings,
        readiness=held.readiness,
        organisation=_who_keeps_it(account),
        account_id=str(account.id),
    )
    last = latest_snapshot(account)
    if last is not None and document.same_content(last.document, content):
        return last
    number = last.number + 1 if last is not None else 1
    text = document.canonical(
        document.frozen(content, number=number, taken_at=now, taken_by=actor.name if actor else "")
    )
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


@transaction.atomic
def ask_for_report(*, actor: Person | None, account: Account, language: str, now: dt.datetime) -> RenderJob:
    """Freeze the account and queue its rendering. Asking twice for the same gives the first."""
    snapshot = take_snapshot(actor=actor, account=account, now=now)
    job, made = RenderJob.objects.get_or_create(
        snapshot=snapshot, language=language, defaults={"asked_at": now, "asked_by": actor}
    )
    if made:
        audit.record(actor=actor, now=now, account=account, verb="asked for report", ref=str(snapshot.number))
    return job


def waiting(now: dt.datetime) -> list[UUID]:
    """Return the jobs that a worker may take, the oldest first: queued, or leased by a worker that fell silent."""
    free = Q(state=JobState.QUEUED) | Q(state=JobState.LEASED, leased_until__lt=now)
    return list(RenderJob.objects.filter(free).order_by("asked_at").values_list("id", flat=True))


def is_under_way(job_id: UUID) -> bool:
    """Return whether a job still waits, or is being rendered."""
    return RenderJob.objects.filter(id=job_id, state__in=[JobState.QUEUED, JobState.LEASED]).exists()


@transaction.atomic
def lease(job_id: UUID, *, fence: UUID | None = None, now: dt.datetime) -> UUID | None:
    """Take a job, if it is free and has attempts left, and return the fence to finish it with; None otherwise.

    One UPDATE decides who has it, on either database. A job whose last attempt fell silent fails here, visibly.
    """
    fence = fence or uuid4()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.LEASED, leased_until__lt=now)
    job = RenderJob.objects.filter(free, id=job_id)
    taken = job.filter(attempts__lt=ATTEMPTS).update(
        state=JobState.LEASED, leased_until=now + LEASE, fence=fence, attempts=F("attempts") + 1, stage=""
    )
    if not taken:
        job.filter(attempts__gte=ATTEMPTS).update(**_over(JobState.FAILED, now), failure="the worker was lost")
    return fence if taken else None


def report_stage(job_id: UUID, fence: UUID, stage: str, *, now: dt.datetime) -> None:
    """Say how far the rendering is, and keep the lease. Raises NotReady if the job is no longer ours."""
    mine = RenderJob.objects.filter(id=job_id, fence=fence)
    if not mine.update(stage=stage, leased_until=now + LEASE):
        raise NotReady


def release(job_id: UUID, fence: UUID, *, now: dt.datetime, failure: str) -> bool:
    """Give a job back after a failed attempt, and return whether it was ours to give back.

    After the last attempt it has failed, and shows why.
    """
    mine = RenderJob.objects.filter(id=job_id, fence=fence)
    again = mine.filter(attempts__lt=ATTEMPTS)
    queued = again.update(**_QUEUED, failure=failure)
    return bool(queued or mine.update(**_over(JobState.FAILED, now), failure=failure))


def put_back(job_id: UUID, fence: UUID) -> None:
    """Give a job back because we are asked to stop: that is no attempt, however often it happens."""
    RenderJob.objects.filter(id=job_id, fence=fence).update(**_QUEUED, attempts=F("attempts") - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A rendered report, before it is kept."""

    content: bytes
    pages: int


@transaction.atomic
def finish(job_id: UUID, fence: UUID, rendering: Rendering, *, now: dt.datetime) -> Report:
    """Keep the file and say that the job is done, if it is still ours; otherwise raise NotReady and keep nothing.

    The file is written inside the transaction that proves the job to be ours. It is named by its hash: a worker that
    dies between the two leaves a file that the next try finds, and takes for its own.
    """
    if not RenderJob.objects.filter(id=job_id, fence=fence).update(**_over(JobState.DONE, now), failure=""):
        raise NotReady
    job = RenderJob.objects.select_related("snapshot").get(id=job_id)
    digest = document.sha256(rendering.content)
    return Report.objects.create(
        snapshot=job.snapshot,
        language=job.language,
        file=_kept(f"reports/{digest}.pdf", rendering.content),
        sha256=digest,
        size=len(rendering.content),
        pages=rendering.pages,
        made_at=now,
    )


@transaction.atomic
def try_again(*, actor: Person | None, job: RenderJob, now: dt.datetime) -> None:
    """Queue a failed rendering once more. Raises NotReady if it has not failed."""
    failed = RenderJob.objects.filter(id=job.id, state=JobState.FAILED)
    if not failed.update(**_QUEUED, attempts=0, finished_at=None, failure=""):
        raise NotReady
    audit.record(actor=actor, now=now, account=job.snapshot.account, verb="asked again for report")


@transaction.atomic
def publish(*, actor: Person, report: Report, now: dt.datetime) -> None:
    """Publish a report: from now on the funders of the account can read it. Raises AlreadyPublished.

    The account itself counts as published unless it was changed after it was frozen for this report.
    """
    unpublished = Report.objects.filter(id=report.id, published_at__isnull=True)
    if not unpublished.update(published_at=now, published_by=actor):
        raise AlreadyPublished
    account = report.snapshot.account
    unchanged = Account.objects.filter(id=account.id, changed_at__lte=report.snapshot.taken_at)
    unchanged.update(state=AccountState.PUBLISHED)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="published",
        ref=str(report.snapshot.number),
        after={"sha256": report.sha256},
    )


def read_document(job_id: UUID) -> tuple[Mapping[str, Any], str]:
    """Return the frozen document of a job, and the language to draw it in."""
    job = RenderJob.objects.select_related("snapshot").get(id=job_id)
    return document.parsed(job.snapshot.document), job.language


def _kept(name: str, content: bytes) -> str:
    """Write a file and return its name; half a file, which a worker left that was killed, gives way to the whole."""
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            if file.read() == content:
                return name
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


_QUEUED: Mapping[str, Any] = {"state": JobState.QUEUED, "leased_until": None, "fence": None, "stage": ""}


def _over(state: JobState, now: dt.datetime) -> dict[str, Any]:
    return {"state": state, "finished_at": now, "leased_until": None, "fence": None, "stage": ""}


def _who_keeps_it(account: Account) -> dict[str, str]:
    keeper = account.organisation
    return {
        "name": keeper.name,
        "slug": keeper.slug,
        "type": keeper.type,
        "purpose": keeper.purpose,
        "reinvested_share": "" if keeper.reinvested_share is None else plain(keeper.reinvested_share),
    }

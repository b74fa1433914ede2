"""The rendering of a frozen account: a job that a worker leases, and finishes once and only once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from accounts import audit
from accounts.models import Person
from reports import codes, document
from reports.errors import NotReady
from reports.models import JobState, RenderJob, Report
from reports.queries import issued

LEASE = dt.timedelta(minutes=6)
"""How long a worker may keep a job without a word; longer than any task may run (CELERY_TASK_TIME_LIMIT)."""
ATTEMPTS = 3


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
    """A rendered report, before it is kept: signed by a certificate, or not, because of something."""

    content: bytes
    pages: int
    signed_by: str = ""
    unsigned_because: str = ""


@transaction.atomic
def finish(job_id: UUID, fence: UUID, rendering: Rendering, *, now: dt.datetime) -> Report:
    """Keep the file and say that the job is done, if it is still ours; otherwise raise NotReady and keep nothing.

    The file is written inside the transaction that proves the job to be ours. It is named by its hash, or once it is
    signed, which gives other bytes each time, by its code: a worker that dies between the two leaves a file that the
    next try finds, and takes for its own or replaces. A report that could not be signed
    gives way to one that is; the database lets nothing else of it change.
    """
    if not RenderJob.objects.filter(id=job_id, fence=fence).update(**_over(JobState.DONE, now), failure=""):
        raise NotReady
    job = RenderJob.objects.get(id=job_id)
    drawn = {"drawn_from": job.drawn_from, "language": job.language, "edition": job.edition}
    code = codes.code_of(**drawn)
    made = _file(rendering, code) | _signature(rendering, now) | {"made_at": now}
    before = Report.objects.filter(**drawn).first()
    kept, _new = Report.objects.update_or_create(
        **drawn,
        defaults=made,
        create_defaults=made | {"snapshot_id": job.snapshot_id, "statement_id": job.statement_id, "code": code},
    )
    if before is not None and before.file.name and before.file.name != kept.file.name:
        transaction.on_commit(partial(default_storage.delete, before.file.name))
    return kept


def _file(rendering: Rendering, code: str) -> dict[str, Any]:
    digest = document.sha256(rendering.content)
    return {
        "file": _kept(f"reports/{code if rendering.signed_by else digest}.pdf", rendering.content),
        "sha256": digest,
        "size": len(rendering.content),
        "pages": rendering.pages,
    }


def _signature(rendering: Rendering, now: dt.datetime) -> dict[str, Any]:
    return {
        "signed_at": now if rendering.signed_by else None,
        "signed_by": rendering.signed_by,
        "unsigned_because": rendering.unsigned_because,
    }


@transaction.atomic
def try_again(*, actor: Person | None, job: RenderJob, now: dt.datetime) -> None:
    """Queue a rendering once more that failed, or whose report could not be signed. Raises NotReady otherwise."""
    made = Report.objects.filter(drawn_from=job.drawn_from, language=job.language, edition=job.edition)
    unsigned = made.filter(signed_at__isnull=True, published_at__isnull=True)
    over = [JobState.FAILED, JobState.DONE] if unsigned.exists() else [JobState.FAILED]
    again = RenderJob.objects.filter(id=job.id, state__in=over)
    if not again.update(**_QUEUED, attempts=0, finished_at=None, failure=""):
        raise NotReady
    audit.record(actor=actor, now=now, account=job.snapshot.account, verb="asked again for report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a job draws: the frozen document, the statement signed on it if there is one, and in which shape."""

    frozen: Mapping[str, Any]
    statement: Mapping[str, Any] | None
    language: str
    edition: str


def read_drawing(job_id: UUID) -> Drawing:
    """Return what a job draws."""
    job = RenderJob.objects.select_related("snapshot", "statement__signed_by").get(id=job_id)
    frozen = document.parsed(job.snapshot.document)
    return Drawing(frozen=frozen, statement=issued(job.statement), language=job.language, edition=job.edition)


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

"""What was published here, as anybody may know it: read from the frozen document and the report, and no live table."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from reports import document, editions, queries
from reports.models import Edition, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A published report. Nothing in it that the report itself does not say, but what became of it."""

    code: str
    sha256: str
    account: str
    organisation: str
    number: int
    edition: Edition
    language: str
    pages: int
    kind: str
    """Whether the account is a forecast, or of what has happened."""
    period_start: dt.date | None
    period_end: dt.date | None
    status: str
    """The status that the document was frozen with."""
    assured: Mapping[str, Any] | None
    """The statement that an assurer signed on it, as it stands in the report; None for a self-assessed one."""
    signed_at: dt.datetime | None
    published_at: dt.datetime
    signed_by: str
    """The fingerprint of the certificate."""
    withdrawn_at: dt.datetime | None
    withdrawn_because: str
    supersedes_because: str
    """Why it took the place of the one before; nothing if there was none."""
    superseded_by: Self | None
    """The latest report of the account in this language, if this one is not the latest."""

    @property
    def valid_until(self) -> dt.date | None:
        """Return until when the assurer's statement holds; None without one."""
        return None if self.assured is None else dt.date.fromisoformat(self.assured["document"]["valid_until"])

    @property
    def stands(self) -> bool:
        """Return whether it is the latest word: neither withdrawn nor superseded."""
        return self.withdrawn_at is None and self.superseded_by is None


def by_sha256(sha256: str) -> Registered | None:
    """Return what was published with these very bytes, or None."""
    return _one(_published().filter(sha256=sha256))


def by_code(code: str) -> Registered | None:
    """Return what was published under a code, or None: also for what exists and is not published."""
    return _one(_published().filter(code=code))


def published() -> Iterator[Report]:
    """Yield every published report, withdrawn ones too, in the order of publication."""
    return _published().order_by("published_at", "id").iterator(chunk_size=20)


def _published() -> QuerySet[Report]:
    return Report.objects.filter(published_at__isnull=False).select_related("snapshot", "statement__signed_by")


def _one(found: QuerySet[Report]) -> Registered | None:
    report = found.first()
    return _registered(report, _latest_after(report)) if report is not None else None


def _latest_after(report: Report) -> Registered | None:
    """Return the latest full report on the account of this one, in its language; None if none was published later."""
    later = _published().filter(
        edition=Edition.FULL,
        snapshot__account=report.snapshot.account_id,
        snapshot__number__gt=report.snapshot.number,
        language=report.language,
        withdrawn_at__isnull=True,
    )
    latest = later.order_by("-snapshot__number").first()
    return _registered(latest, None) if latest is not None else None


def _registered(report: Report, latest: Registered | None) -> Registered:
    frozen: Mapping[str, Any] = document.parsed(report.snapshot.document)
    if report.published_at is None:  # the filter of every query here
        raise ValueError("not published")
    return Registered(
        code=report.code,
        sha256=report.sha256,
        **editions.listed(frozen),
        number=report.snapshot.number,
        edition=Edition(report.edition),
        language=report.language,
        pages=report.pages,
        status=frozen["status"],
        assured=queries.issued(report.statement),
        signed_at=report.signed_at,
        published_at=report.published_at,
        signed_by=report.signed_by,
        withdrawn_at=report.withdrawn_at,
        withdrawn_because=report.withdrawn_because,
        supersedes_because=report.supersedes_because,
        superseded_by=latest,
    )

"""What was made of an account on paper: each frozen version with its editions, and what keeps one from publication."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from accounts.models import Account, AccountState
from reports.models import Edition, Ending, RenderJob, Report, Snapshot, Statement, Submission
from reports.queries import signed_statement, submissions

SHORT = (Edition.SUMMARY, Edition.EASY_READ)
"""The editions that are made beside a full report, in their order."""


class Hindrance(StrEnum):
    """Why a report cannot be published as things stand."""

    PUBLISHED = "published"
    UNSIGNED = "unsigned"
    DRAFT = "draft"
    TAKEN_BACK = "taken back"
    IN_ASSURANCE = "in assurance"
    BEFORE_ASSURANCE = "before assurance"
    FULL_FIRST = "full first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One edition: what was asked for, and what came of it; nothing of either before anybody asked."""

    edition: Edition
    job: RenderJob | None
    report: Report | None


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The editions, in one language, that are drawn from the same: a frozen account, with a statement or without."""

    snapshot: Snapshot
    language: str
    statement: Statement | None
    submission: Submission | None
    full: Sheet
    others: tuple[Sheet, ...]
    signed: Statement | None
    """The statement that was signed on this version by now, whether the bundle holds it or not."""

    @property
    def anchor(self) -> Report | None:
        """Return a report of the bundle from which another edition can be asked for."""
        return next((each.report for each in (self.full, *self.others) if each.report is not None), None)

    @property
    def is_before_assurance(self) -> bool:
        """Return whether an assurer has signed a statement since this was drawn."""
        return self.signed is not None and self.statement is None

    @cached_property
    def published(self) -> Report | None:
        """Return the full report, if it is published."""
        report = self.full.report
        return report if report is not None and report.published_at is not None else None

    def hindrance(self, sheet: Sheet, account: Account) -> Hindrance | None:
        """Return why this edition, which is ready, cannot be published; None if it can."""
        if sheet.report is None:
            raise ValueError("an edition that is not made yet has nothing to publish")
        return _hindrance(sheet.report, account, self.submission, self.signed, is_full_out=self.published is not None)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One frozen version of an account: how it was submitted, if it was, and what was made of it, the latest first."""

    snapshot: Snapshot
    submission: Submission | None
    signed: Statement | None
    bundles: tuple[Bundle, ...]


def hindrance(report: Report) -> Hindrance | None:
    """Return why a report cannot be published as things stand; None if it can."""
    submission = Submission.objects.filter(snapshot=report.snapshot_id).first()
    full = Report.objects.filter(drawn_from=report.drawn_from, language=report.language, edition=Edition.FULL)
    out = full.filter(published_at__isnull=False).exists()
    signed = signed_statement(report.snapshot)
    return _hindrance(report, report.snapshot.account, submission, signed, is_full_out=out)


def _hindrance(
    report: Report, account: Account, submission: Submission | None, signed: Statement | None, *, is_full_out: bool
) -> Hindrance | None:
    found = {
        Hindrance.PUBLISHED: report.published_at is not None,
        Hindrance.DRAFT: submission is None,
        Hindrance.TAKEN_BACK: submission is not None and submission.ended_as in (Ending.TAKEN_BACK, Ending.RETURNED),
        Hindrance.BEFORE_ASSURANCE: signed is not None and report.statement_id != signed.pk,
        Hindrance.IN_ASSURANCE: _is_in_assurance(account, submission),
        Hindrance.UNSIGNED: report.signed_at is None,
        Hindrance.FULL_FIRST: report.edition != Edition.FULL and not is_full_out,
    }
    return next((each for each, holds in found.items() if holds), None)


def _is_in_assurance(account: Account, submission: Submission | None) -> bool:
    is_open = submission is not None and submission.ended_at is None
    return is_open and account.state == AccountState.IN_ASSURANCE


def with_it(report: Report) -> Sequence[Report]:
    """Return the other editions that are published with a full report: those that are ready and signed."""
    if report.edition != Edition.FULL:
        return []
    same = Report.objects.filter(drawn_from=report.drawn_from, language=report.language, published_at__isnull=True)
    found = {each.edition: each for each in same.filter(signed_at__isnull=False).exclude(id=report.id)}
    return [found[edition] for edition in SHORT if edition in found]


def edition_called(code: str) -> Edition | None:
    """Return the edition of this code, if there is one."""
    return next((each for each in Edition if each.value == code), None)


def published_full(report: Report) -> Report | None:
    """Return the published full report that an edition belongs to, if it is published."""
    same = Report.objects.filter(drawn_from=report.drawn_from, language=report.language, edition=Edition.FULL)
    return same.filter(published_at__isnull=False).first()


# --- Every version of an account --------------------------------------------------------------------------------------


def versions(account: Account) -> list[Version]:
    """Return every version of an account that was submitted or set on paper, the latest first. Four queries."""
    jobs = RenderJob.objects.filter(snapshot__account=account).select_related("snapshot", "asked_by")
    made = Report.objects.filter(snapshot__account=account).select_related("statement__engagement", "published_by")
    of = _Drawn(
        jobs=list(jobs.defer("snapshot__document").order_by("-asked_at")),
        reports={(each.drawn_from, each.language, each.edition): each for each in made},
        submissions={each.snapshot_id: each for each in submissions(account)},
        signed={each.engagement.submission.snapshot_id: each for each in _signed(account)},
    )
    return list(of.versions())


def _signed(account: Account) -> Sequence[Statement]:
    found = Statement.objects.filter(engagement__submission__account=account, signed_at__isnull=False)
    return list(found.select_related("engagement__submission"))


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """All that was asked for and made of an account, and what was submitted and signed."""

    jobs: Sequence[RenderJob]
    reports: Mapping[tuple[str, str, str], Report]
    submissions: Mapping[object, Submission]
    signed: Mapping[object, Statement]

    def versions(self) -> Iterator[Version]:
        """Yield each version, the latest first."""
        submitted = {each.snapshot_id: each.snapshot for each in self.submissions.values()}
        drawn = {each.snapshot_id: each.snapshot for each in self.jobs}
        for snapshot in sorted((submitted | drawn).values(), key=lambda each: -each.number):
            yield Version(
                snapshot=snapshot,
                submission=self.submissions.get(snapshot.id),
                signed=self.signed.get(snapshot.id),
                bundles=tuple(self._bundles(snapshot)),
            )

    def _bundles(self, snapshot: Snapshot) -> Iterator[Bundle]:
        drawn: dict[tuple[str, str], dict[str, RenderJob]] = defaultdict(dict)
        for job in self.jobs:
            if job.snapshot_id == snapshot.id:
                drawn[job.drawn_from, job.language][job.edition] = job
        for (drawn_from, language), jobs in drawn.items():
            sheets = {each: self._sheet(each, jobs.get(each), drawn_from, language) for each in Edition}
            signed = self.signed.get(snapshot.id)
            has_statement = any(job.statement_id for job in jobs.values())
            yield Bundle(
                snapshot=snapshot,
                language=language,
                statement=signed if has_statement else None,
                submission=self.submissions.get(snapshot.id),
                full=sheets[Edition.FULL],
                others=tuple(sheets[each] for each in SHORT),
                signed=signed,
            )

    def _sheet(self, edition: Edition, job: RenderJob | None, drawn_from: str, language: str) -> Sheet:
        return Sheet(edition=edition, job=job, report=self.reports.get((drawn_from, language, edition)))

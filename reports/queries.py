"""What the doors read about snapshots, submissions, renderings and reports."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts import identifiers, sector
from accounts.models import Account, Organisation, Person
from accounts.parsing import plain
from accounts.queries import particulars_of
from accounts.roles import Role
from outcomes import format as account_format
from outcomes.principles import Finding, Status
from outcomes.queries import Standing, standing, tested
from outcomes.valuation import Workings
from reports import access, document
from reports.models import (
    Edition,
    Engagement,
    Judgement,
    Question,
    RenderJob,
    Report,
    Snapshot,
    Statement,
    Submission,
    Trace,
)


def renderings(account: Account) -> Sequence[RenderJob]:
    """Return every rendering that was asked for of an account, the latest first."""
    return list(
        RenderJob.objects.filter(snapshot__account=account).select_related("snapshot", "asked_by").order_by("-asked_at")
    )


def report_of(job: RenderJob) -> Report | None:
    """Return what a rendering made, or None while there is nothing yet."""
    made = Report.objects.filter(drawn_from=job.drawn_from, language=job.language, edition=job.edition)
    return made.select_related("snapshot").first()


def content_of(job: RenderJob) -> bytes | None:
    """Return the bytes of the PDF that a rendering made, or None while there is nothing yet."""
    report = report_of(job)
    if report is None:
        return None
    with report.file.open("rb") as file:
        return bytes(file.read())


def latest_snapshot(account: Account) -> Snapshot | None:
    """Return the last snapshot that was taken of an account."""
    return account.snapshots.order_by("-number").first()


def signed_statement(snapshot: Snapshot) -> Statement | None:
    """Return the statement that an assurer signed on a snapshot, if there is one."""
    signed = Statement.objects.filter(engagement__submission__snapshot=snapshot, signed_at__isnull=False)
    return signed.select_related("signed_by").first()


def superseded_by(report: Report) -> Report | None:
    """Return the latest published full report on the account of this one that it takes the place of, if there is one.

    One in another language does not count: it says the same to others.
    """
    before = Report.objects.filter(
        snapshot__account=report.snapshot.account_id,
        snapshot__number__lt=report.snapshot.number,
        language=report.language,
        edition=Edition.FULL,
        published_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return before.select_related("snapshot").order_by("-snapshot__number").first()


def issued(signed: Statement | None) -> dict[str, Any] | None:
    """Return all that a report tells of a signed statement, as plain data; None without one."""
    if signed is None or signed.signed_at is None:
        return None
    return {
        "document": json.loads(signed.document),
        "sha256": signed.sha256,
        "signed_at": signed.signed_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "signed_by": str(signed.signed_by),
    }


# --- Submitting --------------------------------------------------------------------------------------------------


def submissions(account: Account) -> Sequence[Submission]:
    """Return every submission of an account, the latest first."""
    found = account.submissions.select_related("snapshot", "submitted_by", "ended_by")
    return list(found.order_by("-number"))


def open_submission(account: Account) -> Submission | None:
    """Return the submission that has not ended, if there is one."""
    return account.submissions.filter(ended_at__isnull=True).select_related("snapshot", "submitted_by").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An account as it is read before it is submitted, and the fingerprint of all that was read."""

    standing: Standing
    fingerprint: str


def reading(account: Account) -> Reading:
    """Return the account as it stands, to be read. What cannot be worked out has the fingerprint of its facts alone."""
    held = standing(account)
    content = (
        _content(account, held, held.workings, {})
        if held.workings is not None
        else {"account": account_format.to_plain(held.facts)}
    )
    return Reading(standing=held, fingerprint=document.fingerprint(content))


def frozen_content(account: Account, held: Standing, workings: Workings) -> dict[str, Any]:
    """Return all that is frozen of an account that can be worked out."""
    return _content(account, held, workings, tested(workings))


def _content(account: Account, held: Standing, workings: Workings, tested: Mapping[str, Any]) -> dict[str, Any]:
    return document.content(
        facts=held.facts,
        workings=workings,
        tested=tested,
        findings=held.findings,
        readiness=held.readiness,
        organisation=who_keeps_it(account.organisation),
        account_id=str(account.id),
    )


def who_keeps_it(keeper: Organisation) -> dict[str, Any]:
    """Return what is frozen of an organisation: what it has not said is not there."""
    return {
        "name": keeper.name,
        "slug": keeper.slug,
        "type": keeper.type,
        "purpose": keeper.purpose,
        "reinvested_share": "" if keeper.reinvested_share is None else plain(keeper.reinvested_share),
        **({"language": keeper.language} if keeper.language else {}),
        **({} if keeper.well_being_is_core is None else {"well_being_is_core": keeper.well_being_is_core}),
        **_registered(keeper),
        **_sector(keeper),
    }


def _registered(keeper: Organisation) -> dict[str, list[str]]:
    numbers = keeper.registered_numbers.order_by("scheme").values_list("scheme", "number")
    known = [identifiers.org_id(scheme, number) for scheme, number in numbers]
    return {"org_ids": known} if known else {}


def _sector(keeper: Organisation) -> dict[str, Any]:
    """Return the answer of the sector test with its reasons, once it can be told."""
    answer = sector.judge(particulars_of(keeper))
    if answer.verdict is sector.Verdict.CANNOT_TELL:
        return {}
    reasons = [{"message": each.message, "params": dict(each.params)} for each in answer.reasons]
    return {"sector": {"verdict": answer.verdict.value, "reasons": reasons}}


def wants_reason(finding: Finding) -> bool:
    """Return whether a finding needs a reason and has none."""
    return finding.is_open and finding.status is Status.NEEDS_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who may submit an account, and who changed it since it was last published."""

    approvers: tuple[Person, ...]
    changed_by: frozenset[UUID]

    def others(self, person: Person) -> list[Person]:
        """Return the approvers beside this person; those who changed nothing, if there are any."""
        beside = [each for each in self.approvers if each.id != person.id]
        return [each for each in beside if each.id not in self.changed_by] or beside

    def bars(self, person: Person) -> bool:
        """Return whether this person changed the account, and somebody else could submit it."""
        return person.id in self.changed_by and bool(self.others(person))

    def is_alone(self, person: Person) -> bool:
        """Return whether this person changed the account, and nobody else could submit it."""
        return person.id in self.changed_by and not self.others(person)


CHANGE_NO_FIGURE = frozenset(
    {
        "froze",
        "asked for report",
        "asked again for report",
        "published",
        "withdrew",
        "submitted",
        "took back",
        "explained",
        "assigned assurer",
        "relieved assurer",
        "declared",
        "judged",
        "drew sample",
        "traced",
        "asked",
        "answered",
        "closed question",
        "returned",
        "drafted statement",
        "signed statement",
        "added grant",
        "ended grant",
        "downloaded",
    }
)
"""The verbs of records that tell of no change: whoever did nothing else did not edit. A new verb counts as one."""


def duties(account: Account) -> Duties:
    """Return who may submit an account, and who changed it in this cycle."""
    may = Person.objects.filter(
        is_active=True, memberships__organisation=account.organisation, memberships__role=Role.APPROVER.value
    )
    return Duties(approvers=tuple(may.order_by("name", "email")), changed_by=_changed_by(account))


def _changed_by(account: Account) -> frozenset[UUID]:
    """Return who changed an account since what was last published of it was frozen, or since it was opened."""
    since = account.audit_records.filter(id__gt=_last_out(account), person__isnull=False)
    return frozenset(since.exclude(verb__in=CHANGE_NO_FIGURE).values_list("person_id", flat=True).distinct())


def _last_out(account: Account) -> int:
    """Return the record of freezing what was last published: what came later is in no published report."""
    published = Report.objects.filter(snapshot__account=account, published_at__isnull=False)
    number = published.aggregate(last=Max("snapshot__number"))["last"]
    froze = account.audit_records.filter(verb="froze", ref=str(number)).order_by("id")
    return froze.values_list("id", flat=True).first() or 0 if number else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who sees what is frozen of an account, beside the people of its organisation."""

    forums: tuple[str, ...]
    """Whose coordinators see it at once."""
    funders: tuple[str, ...]
    """Who can read a report of it once that is published."""


def readers(account: Account) -> Readers:
    """Return who sees what is frozen of an account."""
    running = account.grants.filter(ended_at__isnull=True)
    funders = running.order_by("funder__name").values_list("funder__name", flat=True)
    forums = account.organisation.forums.order_by("name").values_list("name", flat=True)
    return Readers(forums=tuple(forums), funders=tuple(dict.fromkeys(funders)))


# --- Assuring ----------------------------------------------------------------------------------------------------


def assurers_for(account: Account) -> QuerySet[Person]:
    """Return who can be assigned to assure an account: assurers of its forums with no role in its organisation."""
    keeper = account.organisation
    found = Person.objects.filter(
        is_active=True, memberships__role=Role.ASSURER.value, memberships__forum__organisations=keeper
    )
    return found.exclude(memberships__organisation=keeper).distinct().order_by("name", "email")


def engagements(account: Account) -> Sequence[Engagement]:
    """Return every engagement for an account, the latest first."""
    found = Engagement.objects.filter(submission__account=account)
    return list(
        found.select_related("assurer", "assigned_by", "submission__snapshot", "statement").order_by("-assigned_at")
    )


def open_engagement(account: Account) -> Engagement | None:
    """Return the engagement for an account that has not ended, if there is one."""
    found = Engagement.objects.filter(submission__account=account, ended_at__isnull=True)
    return found.select_related("assurer", "submission__snapshot", "submission__account").first()


def engagements_of(person: Person) -> Sequence[Engagement]:
    """Return what somebody is engaged for, what is still open first."""
    return list(access.engagements_of(person).order_by("ended_at", "-assigned_at"))


def judgements(engagement: Engagement) -> dict[int, Judgement]:
    """Return the last judgement of each principle that was judged, by its number and in their order."""
    found = engagement.judgements.order_by("principle", "version")
    return {each.principle: each for each in found}


def questions(engagement: Engagement) -> Sequence[Question]:
    """Return every question of an engagement with its answers, in the order of asking."""
    return list(engagement.questions.prefetch_related("answers__answered_by").order_by("number"))


def traces(engagement: Engagement) -> Sequence[Trace]:
    """Return the pieces of evidence that were drawn, in the order of the draw."""
    return list(engagement.traces.order_by("number"))


def statement_of(engagement: Engagement) -> Statement | None:
    """Return the statement of an engagement, draft or signed, if there is one."""
    return Statement.objects.filter(engagement=engagement).first()


# --- From one version to the next --------------------------------------------------------------------------------


def latest_published(account: Account) -> Snapshot | None:
    """Return the last snapshot of an account that is out as a report. One that was withdrawn is not out any more."""
    out = Report.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return account.snapshots.filter(id__in=out.values("snapshot")).order_by("-number").first()


def versions(account: Account) -> Sequence[Snapshot]:
    """Return every snapshot of an account, the latest first. Their documents are long, so they are not among it."""
    found = account.snapshots.select_related("taken_by", "submission__submitted_by", "submission__ended_by")
    return list(found.defer("document").order_by("-number"))


def version(account: Account, number: int) -> Snapshot | None:
    """Return the snapshot of an account that has this number, if there is one."""
    found = account.snapshots.select_related("taken_by", "submission__submitted_by", "submission__ended_by")
    return found.filter(number=number).first()


def last_submitted(account: Account, before: Submission | None = None) -> int | None:
    """Return the number of the version that was submitted last, or last before this submission; None without one."""
    found = account.submissions.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before.number)
    return found.values_list("snapshot__number", flat=True).first()


def submission_before(submission: Submission) -> Submission | None:
    """Return the submission of the same account that came before this one, if there is one."""
    found = Submission.objects.filter(account=submission.account_id, number__lt=submission.number)
    return found.select_related("snapshot", "submitted_by", "ended_by").order_by("-number").first()


def read_now(account: Account) -> dict[str, Any] | None:
    """Return the account as it stands as if it were frozen, but for how far it would move; None if it has no result."""
    held = standing(account)
    return None if held.workings is None else {"content": _content(account, held, held.workings, {})}


def reasons_between(
    account: Account, start: dt.datetime, end: dt.datetime | None = None
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the reasons that were given for changes after one moment and up to another, by noun and ref."""
    found = account.audit_records.filter(at__gt=start).exclude(noun="").exclude(reason="").order_by("id")
    if end is not None:
        found = found.filter(at__lte=end)
    reasons: dict[tuple[str, str], tuple[str, ...]] = {}
    for noun, ref, reason in found.values_list("noun", "ref", "reason"):
        held = reasons.get((noun, ref), ())
        reasons[noun, ref] = held if reason in held else (*held, reason)
    return reasons

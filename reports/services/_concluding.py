"""Bring an assurance to its end: return the account with findings, or draft the statement and sign it."""

import datetime as dt
from collections import Counter

from django.db import transaction

from accounts import audit
from accounts.models import AccountState, Person
from accounts.services import set_state
from reports import assurance, document, letters, recalculation, statement
from reports.errors import ConclusionDoesNotFit, NotConcludable, ReadDiffers
from reports.models import Conclusion, Ending, Engagement, EngagementEnding, Judgement, Statement, Traced
from reports.queries import judgements
from reports.services._assuring import at_work, end_engagement, evidence_refs, principles_of, tell
from reports.services._submitting import end


@transaction.atomic
def return_with_findings(*, actor: Person, engagement: Engagement, reason: str, now: dt.datetime) -> None:
    """Give an account back to be mended: a draft again. Raises ReasonWanted or what `at_work` raises."""
    held = at_work(actor, engagement)
    account, submission = held.submission.account, held.submission
    made = assurance.move(assurance.State(account.state), assurance.RETURN, reason=reason)
    because = reason.strip()
    end_engagement(held, EngagementEnding.RETURNED, now, because=because)
    end(submission, Ending.RETURNED, by=actor, at=now, because=because)
    set_state(account=account, state=AccountState(made.end), now=now)
    ref = str(submission.snapshot.number)
    audit.record(actor=actor, now=now, account=account, verb="returned", ref=ref, reason=because)
    tell(letters.returned, held.id)


@transaction.atomic
def conclude(
    *,
    actor: Person,
    engagement: Engagement,
    conclusion: Conclusion,
    summary: str,
    valid_until: dt.date,
    now: dt.datetime,
) -> Statement:
    """Draft the statement from the record; drafting it again replaces the draft.

    Raises NotConcludable, ConclusionDoesNotFit, or what `at_work` raises.
    """
    held = at_work(actor, engagement)
    _must_be_concludable(held)
    if not statement.fits(conclusion, [each.verdict for each in judgements(held).values()]):
        raise ConclusionDoesNotFit
    draft = Statement(
        engagement=held, conclusion=conclusion, summary=summary.strip(), valid_until=valid_until, drafted_at=now
    )
    draft.document = _drafted(held, draft)
    draft.sha256 = document.sha256(draft.document)
    draft.snapshot_sha256 = held.submission.snapshot.sha256
    draft.save()
    _record(actor, held, draft, now, "drafted statement")
    return draft


@transaction.atomic
def sign_statement(*, actor: Person, engagement: Engagement, read: str, now: dt.datetime) -> Statement:
    """Sign the statement that was read: the assurance is concluded. `read` is the fingerprint of what was read.

    Raises ReadDiffers if the frozen account, the record or the draft is not what was read any more; or what `at_work`
    raises, so that of two who sign one does.
    """
    held = at_work(actor, engagement)
    _must_be_concludable(held)
    draft = Statement.objects.filter(engagement=held, signed_at__isnull=True).first()
    if draft is None or not _is_as_read(held, draft, read):
        raise ReadDiffers
    account = held.submission.account
    made = assurance.move(assurance.State(account.state), assurance.CONCLUDE)
    Statement.objects.filter(engagement=held, signed_at__isnull=True).update(signed_at=now, signed_by=actor)
    end_engagement(held, EngagementEnding.CONCLUDED, now)
    set_state(account=account, state=AccountState(made.end), now=now)
    _record(actor, held, draft, now, "signed statement")
    tell(letters.signed, held.id)
    draft.refresh_from_db()
    return draft


def _is_as_read(held: Engagement, draft: Statement, read: str) -> bool:
    """Return whether the draft still says what the record does, of the very document that was read."""
    snapshot = held.submission.snapshot
    return (
        document.sha256(snapshot.document) == snapshot.sha256 == draft.snapshot_sha256
        and document.sha256(_drafted(held, draft)) == draft.sha256
        and statement.fingerprint(draft.snapshot_sha256, draft.sha256) == read
    )


def _must_be_concludable(held: Engagement) -> None:
    principles = len(principles_of(held)) - len(judgements(held))
    wanted = min(len(evidence_refs(held)), statement.SAMPLE)
    pieces = wanted - held.traces.filter(traced_at__isnull=False).count()
    questions = held.questions.filter(closed_at__isnull=True).count()
    if principles or pieces or questions:
        raise NotConcludable(principles=principles, pieces=pieces, questions=questions)


def _drafted(held: Engagement, draft: Statement) -> str:
    return document.canonical(statement.drafted(_record_of(held, draft)))


def _record_of(held: Engagement, draft: Statement) -> statement.Record:
    """Return all that the statement of an engagement is drafted from."""
    submission, snapshot = held.submission, held.submission.snapshot
    frozen = document.parsed(snapshot.document)
    traces = list(held.traces.order_by("number"))
    results = Counter(each.result for each in traces)
    return statement.Record(
        organisation=submission.in_the_name_of,
        account=frozen["content"]["account"]["account"]["name"],
        snapshot_number=snapshot.number,
        snapshot_sha256=snapshot.sha256,
        submitted_by=frozen["submission"]["by"],
        assurer=str(held.assurer),
        assigned_by=str(held.assigned_by),
        level=held.level,
        edition=statement.edition_of(frozen["content"]),
        independence=held.independence,
        interests=held.interests,
        judged=tuple(_judged(each) for each in judgements(held).values()),
        evidence=len(evidence_refs(held)),
        seed=traces[0].seed if traces else None,
        sampled=len(traces),
        agreed=results[Traced.AGREES],
        differed=results[Traced.DIFFERS],
        not_seen=results[Traced.NOT_SEEN],
        questions=held.questions.count(),
        figures_differing=sum(not each.is_equal for each in recalculation.recalculated(frozen)),
        conclusion=draft.conclusion,
        summary=draft.summary,
        valid_until=draft.valid_until,
    )


def _judged(judgement: Judgement) -> statement.Judged:
    return statement.Judged(
        principle=judgement.principle,
        verdict=judgement.verdict,
        finding=judgement.finding,
        recommendation=judgement.recommendation,
    )


def _record(actor: Person, held: Engagement, draft: Statement, now: dt.datetime, verb: str) -> None:
    audit.record(
        actor=actor,
        now=now,
        account=held.submission.account,
        verb=verb,
        ref=str(held.submission.snapshot.number),
        after={"conclusion": str(draft.conclusion), "sha256": draft.sha256},
    )

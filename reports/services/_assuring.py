"""Assure a submission: assign, declare, judge, sample, trace, ask and answer."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.errors import Stale
from accounts.models import Account, AccountState, Membership, Person
from accounts.services import set_state
from outcomes.principles import Principle
from reports import assurance, document, letters, statement
from reports.errors import (
    CannotBeAssigned,
    DeclaredAlready,
    EngagementOver,
    NoSuchPrinciple,
    NotDeclared,
    NothingToSample,
    NotIndependent,
    NotTheAssurer,
    PanelWanted,
    QuestionClosed,
    RecommendationWanted,
    SampleDrawn,
)
from reports.models import (
    Answer,
    Engagement,
    EngagementEnding,
    Judgement,
    Level,
    Question,
    Trace,
    Traced,
    Verdict,
)
from reports.queries import assurers_for, open_engagement, open_submission
from reports.services._freezing import hold


@transaction.atomic
def assign(*, actor: Person, account: Account, assurer: Person, level: Level, now: dt.datetime) -> Engagement:
    """Engage an assurer for what was submitted of an account. Raises NotFromHere or CannotBeAssigned."""
    hold(account)
    made = assurance.move(assurance.State(account.state), assurance.ASSIGN)
    submission = open_submission(account)
    if submission is None:
        raise assurance.NotFromHere(assurance.ASSIGN)
    if not assurers_for(account).filter(id=assurer.id).exists():
        raise CannotBeAssigned(name=str(assurer))
    engagement = Engagement.objects.create(
        submission=submission, assurer=assurer, level=level, assigned_at=now, assigned_by=actor
    )
    set_state(account=account, state=AccountState(made.end), now=now)
    _record(actor, engagement, now, "assigned assurer", after={"assurer": str(assurer), "level": str(level)})
    tell(letters.assigned, engagement.id)
    return engagement


@transaction.atomic
def relieve(*, actor: Person, account: Account, reason: str, now: dt.datetime) -> None:
    """End the engagement of an assurer, so that another can be assigned. Raises NotFromHere or ReasonWanted."""
    hold(account)
    made = assurance.move(assurance.State(account.state), assurance.RELIEVE, reason=reason)
    engagement = open_engagement(account)
    if engagement is None:
        raise assurance.NotFromHere(assurance.RELIEVE)
    end_engagement(engagement, EngagementEnding.RELIEVED, now, because=reason.strip())
    set_state(account=account, state=AccountState(made.end), now=now)
    _record(actor, engagement, now, "relieved assurer", reason=reason.strip())
    tell(letters.relieved, engagement.id)


@transaction.atomic
def declare(
    *,
    actor: Person,
    engagement: Engagement,
    independence: str,
    interests: str,
    conflict: bool,
    now: dt.datetime,
    panel: str = "",
) -> Engagement:
    """Say how independent an assurer is. A conflict of interest ends the engagement.

    `panel` names the members of a peer panel; what is declared of their independence begins with their names.
    Raises NotTheAssurer, EngagementOver, NotIndependent, DeclaredAlready or PanelWanted.
    """
    held = _engaged(actor, engagement)
    if held.declared_at is not None:
        raise DeclaredAlready
    names = panel.strip() if held.level == Level.PEER_PANEL else ""
    if held.level == Level.PEER_PANEL and not names and not conflict:
        raise PanelWanted
    held.declared_at, held.conflict = now, conflict
    held.independence = "\n".join(filter(None, [names, independence.strip()]))
    held.interests = interests.strip()
    declared = {"declared_at": now, "conflict": conflict, "independence": held.independence}
    over = {"ended_at": now, "ended_as": EngagementEnding.CONFLICT, "ended_because": held.independence}
    Engagement.objects.filter(id=held.id).update(**declared, interests=held.interests, **(over if conflict else {}))
    if conflict:
        _step_aside(held, now)
    held.refresh_from_db()
    _record(actor, held, now, "declared", after={"conflict": conflict})
    return held


def _step_aside(held: Engagement, now: dt.datetime) -> None:
    account = held.submission.account
    made = assurance.move(assurance.State(account.state), assurance.STEP_ASIDE, reason=held.independence)
    set_state(account=account, state=AccountState(made.end), now=now)
    tell(letters.stepped_aside, held.id)


@transaction.atomic
def judge(
    *,
    actor: Person,
    engagement: Engagement,
    principle: int,
    verdict: Verdict,
    finding: str,
    recommendation: str,
    version: int,
    now: dt.datetime,
) -> Judgement:
    """Judge a principle, or judge it anew: the earlier versions stay. `version` is the one that was read, 0 for none.

    Raises NoSuchPrinciple, RecommendationWanted, Stale, or what `at_work` raises.
    """
    held = at_work(actor, engagement)
    if principle not in {each.number for each in principles_of(held)}:
        raise NoSuchPrinciple
    advice = "" if verdict == Verdict.MET else recommendation.strip()
    if verdict != Verdict.MET and not advice:
        raise RecommendationWanted
    last = held.judgements.filter(principle=principle).order_by("-version").first()
    if (last.version if last else 0) != version:
        raise Stale
    made = Judgement.objects.create(
        engagement=held,
        principle=principle,
        version=version + 1,
        verdict=verdict,
        finding=finding.strip(),
        recommendation=advice,
        judged_at=now,
    )
    before = {"verdict": last.verdict} if last else None
    _record(actor, held, now, "judged", what=str(principle), before=before, after={"verdict": str(verdict)})
    return made


@transaction.atomic
def sample(*, actor: Person, engagement: Engagement, seed: int, now: dt.datetime) -> list[Trace]:
    """Draw a random sample of the evidence that the frozen account lists; the seed is kept.

    Raises SampleDrawn, NothingToSample, or what `at_work` raises.
    """
    held = at_work(actor, engagement)
    if held.traces.exists():
        raise SampleDrawn
    refs = evidence_refs(held)
    if not refs:
        raise NothingToSample
    drawn = statement.sample(refs, seed)
    made = Trace.objects.bulk_create(
        Trace(engagement=held, number=number, seed=seed, ref=ref) for number, ref in enumerate(drawn, start=1)
    )
    _record(actor, held, now, "drew sample", after={"seed": str(seed), "drawn": drawn})
    return made


def evidence_refs(engagement: Engagement) -> list[str]:
    """Return the refs of the evidence that the frozen account lists."""
    return [str(each["ref"]) for each in _frozen(engagement)["account"].get("evidence", [])]


def principles_of(engagement: Engagement) -> tuple[Principle, ...]:
    """Return the principles by which the frozen account is judged: those of the edition that it is kept against."""
    return statement.principles_of(_frozen(engagement))


def _frozen(engagement: Engagement) -> document.Plain:
    content: document.Plain = document.parsed(engagement.submission.snapshot.document)["content"]
    return content


@transaction.atomic
def trace(*, actor: Person, engagement: Engagement, number: int, result: Traced, traced: str, now: dt.datetime) -> None:
    """Say what came of following a drawn piece of evidence to its source. Raises Trace.DoesNotExist for none such."""
    held = at_work(actor, engagement)
    drawn = held.traces.get(number=number)
    before = {"result": drawn.result} if drawn.result else None
    held.traces.filter(number=number).update(result=result, traced=traced.strip(), traced_at=now)
    _record(actor, held, now, "traced", what=drawn.ref, before=before, after={"result": str(result)})


@transaction.atomic
def ask(*, actor: Person, engagement: Engagement, about: str, text: str, now: dt.datetime) -> Question:
    """Ask the organisation about something in what it submitted."""
    held = at_work(actor, engagement)
    number = held.questions.count() + 1
    made = Question.objects.create(engagement=held, number=number, about=about.strip(), text=text.strip(), asked_at=now)
    _record(actor, held, now, "asked", what=str(number), after={"about": made.about})
    tell(letters.asked, made.id)
    return made


@transaction.atomic
def answer(*, actor: Person, question: Question, text: str, now: dt.datetime) -> Answer:
    """Answer a question, as somebody of the organisation. Raises EngagementOver or QuestionClosed."""
    account = question.engagement.submission.account
    hold(account)
    question.refresh_from_db()
    question.engagement.refresh_from_db()
    if question.engagement.ended_at is not None:
        raise EngagementOver
    if question.closed_at is not None:
        raise QuestionClosed
    made = Answer.objects.create(question=question, text=text.strip(), answered_at=now, answered_by=actor)
    _record(actor, question.engagement, now, "answered", what=str(question.number))
    tell(letters.answered, question.id)
    return made


@transaction.atomic
def follow_up(*, actor: Person, question: Question, text: str, now: dt.datetime) -> Answer:
    """Ask further in the thread of a question, as its assurer. Raises QuestionClosed or what `at_work` raises."""
    held = at_work(actor, question.engagement)
    question.refresh_from_db()
    if question.closed_at is not None:
        raise QuestionClosed
    made = Answer.objects.create(question=question, text=text.strip(), answered_at=now, answered_by=actor)
    _record(actor, held, now, "asked", what=str(question.number), after={"further": True})
    tell(letters.asked, question.id)
    return made


@transaction.atomic
def close(*, actor: Person, question: Question, now: dt.datetime) -> None:
    """Close a question: it is answered, or needs no answer any more. Raises QuestionClosed or what `at_work` does."""
    held = at_work(actor, question.engagement)
    if not held.questions.filter(id=question.id, closed_at__isnull=True).update(closed_at=now):
        raise QuestionClosed
    _record(actor, held, now, "closed question", what=str(question.number))


def at_work(actor: Person, engagement: Engagement) -> Engagement:
    """Take the lock, and return the engagement afresh if this person may work in it now.

    Raises NotTheAssurer, EngagementOver, NotIndependent or NotDeclared.
    """
    held = _engaged(actor, engagement)
    if held.declared_at is None:
        raise NotDeclared
    return held


def tell(letter: Callable[[UUID], None], about: UUID) -> None:
    """Have a letter sent once the running transaction is kept; what goes wrong then undoes nothing."""
    transaction.on_commit(partial(letter, about), robust=True)


def end_engagement(engagement: Engagement, ending: EngagementEnding, now: dt.datetime, *, because: str = "") -> None:
    """Write how an engagement ended, in the running transaction."""
    still_open = Engagement.objects.filter(id=engagement.id, ended_at__isnull=True)
    still_open.update(ended_at=now, ended_as=ending, ended_because=because)


def _engaged(actor: Person, engagement: Engagement) -> Engagement:
    hold(engagement.submission.account)
    held = Engagement.objects.select_related(
        "assurer",
        "assigned_by",
        "submission__snapshot",
        "submission__submitted_by",
        "submission__account__organisation",
    ).get(id=engagement.id)
    if held.assurer_id != actor.id:
        raise NotTheAssurer
    if held.ended_at is not None:
        raise EngagementOver
    if Membership.objects.filter(person=actor, organisation=held.submission.account.organisation).exists():
        raise NotIndependent
    return held


def _record(
    actor: Person,
    engagement: Engagement,
    now: dt.datetime,
    verb: str,
    *,
    what: str = "",
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> None:
    submission = engagement.submission
    ref = what or str(submission.snapshot.number)
    audit.record(
        actor=actor, now=now, account=submission.account, verb=verb, ref=ref, before=before, after=after, reason=reason
    )

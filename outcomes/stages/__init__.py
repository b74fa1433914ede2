"""The guided account: nine stages, each a question that a person would ask, and how an account stands with each (pure).

A stage gathers nouns, answers of other nouns, and checks of the rule book: every noun and every check belongs to one
stage. Stages suggest an order and hold nobody to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.nouns import AccountDetails
from outcomes.nouns import Facts, rows as rows_of
from outcomes.principles import CoProductionStanding, Finding, Item, Status, co_production
from outcomes.stages._list import STAGES
from outcomes.stages._stage import Door, Stage
from stakeholders.nouns import CoProduction

__all__ = [
    "BY_SLUG",
    "STAGES",
    "Door",
    "Open",
    "Stage",
    "StageStanding",
    "State",
    "is_started",
    "next_stage",
    "stage_of_check",
    "stages_of",
]


class State(StrEnum):
    """How an account stands with a stage."""

    DONE = "done"
    NEEDS_REASON = "needs_reason"
    MISSING = "missing"
    NOT_STARTED = "not_started"


BY_SLUG: Mapping[str, Stage] = {stage.slug: stage for stage in STAGES}

_BY_CHECK: Mapping[str, Stage] = {check: stage for stage in STAGES for check in stage.checks}

# What an account is opened with: that it is there says nothing of whether anybody has been at a stage.
_CONVENTIONS = frozenset(
    {"currency", "discount_rate", "year_one_is_discounted", "significance_threshold", "price_base", "price_series"}
)


def stage_of_check(slug: str) -> Stage:
    """Return the stage that a check belongs to."""
    return _BY_CHECK[slug]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something that a stage still wants: the finding, or the statement of co-production, and the fields that mend."""

    status: Status
    finding: Finding | None
    """None for a statement of co-production, which no check judges."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStanding:
    """How an account stands with one stage, in numbers of checks and of statements."""

    stage: Stage
    state: State
    missing: int
    unexplained: int
    explained: int
    met: int
    later: int
    """What only assurance after submission can meet."""
    open: tuple[Open, ...]
    """What is still wanted: what is missing first."""


def stages_of(findings: Iterable[Finding], facts: Facts) -> tuple[StageStanding, ...]:
    """Return how an account with these facts stands with each stage, given what the checks found."""
    found: dict[str, list[Finding]] = {stage.slug: [] for stage in STAGES}
    for finding in findings:
        found[stage_of_check(finding.check).slug].append(finding)
    statements = co_production(facts)
    return tuple(
        _standing(stage, found[stage.slug], statements if CoProduction in stage.nouns else (), facts)
        for stage in STAGES
    )


def next_stage(standings: Iterable[StageStanding]) -> StageStanding | None:
    """Return the stage to go on with: the first in their order that wants something; None if none does."""
    return next((each for each in standings if each.state is not State.DONE), None)


def _standing(
    stage: Stage, found: list[Finding], statements: tuple[CoProductionStanding, ...], facts: Facts
) -> StageStanding:
    wanted = (*_wanted(found), *_unanswered(statements))
    missing = tuple(each for each in wanted if each.status is Status.MISSING)
    unexplained = tuple(each for each in wanted if each.status is Status.NEEDS_REASON)
    return StageStanding(
        stage=stage,
        state=_state(len(missing), len(unexplained), is_started=is_started(stage, facts)),
        missing=len(missing),
        unexplained=len(unexplained),
        explained=sum(each.is_explained for each in found),
        met=sum(each.status is Status.MET for each in found) + sum(each.mends is None for each in statements),
        later=sum(each.status is Status.MISSING and not each.stops for each in found),
        open=(*missing, *unexplained),
    )


def _wanted(found: Iterable[Finding]) -> Iterator[Open]:
    """Yield what somebody can do something about now: what waits for assurance holds nothing up."""
    for finding in found:
        if finding.stops or (finding.is_open and finding.status is Status.NEEDS_REASON):
            yield Open(status=finding.status, finding=finding, items=finding.items)


def _unanswered(statements: Iterable[CoProductionStanding]) -> Iterator[Open]:
    for each in statements:
        if each.mends is not None:
            status = Status.NEEDS_REASON if each.is_answered else Status.MISSING
            yield Open(status=status, finding=None, items=(each.mends,))


def _state(missing: int, unexplained: int, *, is_started: bool) -> State:
    if not is_started:
        return State.NOT_STARTED
    if missing:
        return State.MISSING
    return State.NEEDS_REASON if unexplained else State.DONE


def is_started(stage: Stage, facts: Facts) -> bool:
    """Return whether anybody has been at a stage: a row of it, or an answer beyond what an account is opened with."""
    if any(rows_of(facts, noun) for noun in (*stage.nouns, *stage.optional)):
        return True
    return any(
        getattr(row, name) not in {None, ""}
        for noun, names in stage.answers.items()
        for row in ([facts.account] if noun is AccountDetails else rows_of(facts, noun))
        for name in names
        if name not in _CONVENTIONS
    )

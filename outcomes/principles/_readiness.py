"""How ready an account is, principle by principle: what all findings come down to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from accounts.words import gettext_noop as _n
from outcomes.nouns import Facts
from outcomes.principles._finding import Check, Finding, Status
from outcomes.valuation import Workings


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """One of the Principles of Social Value, and what this system asks of an account for it."""

    number: int
    slug: str
    title: str
    gist: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How an account stands with one principle before it is submitted, in numbers of findings."""

    principle: Principle
    status: Status
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    met: int
    explained: int
    """Findings that need a reason and have one."""
    unexplained: int
    """Findings that need a reason and have none yet."""
    missing: int
    """Findings that stop submission."""
    later: int
    """Findings that only assurance after submission can meet."""
    first: Finding | None
    """What to do first, if anything."""

    def say(self, translate: Callable[[str], str] = str) -> str:
        """Return how it stands as a sentence; a door hands in its own `translate`."""
        return translate(self.message) % self.params


def findings_of(principles: Iterable[Principle], facts: Facts, workings: Workings | None) -> tuple[Finding, ...]:
    """Return what every check finds, in the order of the principles and of their checks."""
    return tuple(
        finding for principle in principles for check in principle.checks for finding in check(facts, workings)
    )


def readiness_of(principle: Principle, findings: Iterable[Finding]) -> Readiness:
    """Return how the account stands with one principle. What has to wait for assurance holds nothing up."""
    own = [finding for finding in findings if finding.principle == principle.number]
    missing = [finding for finding in own if finding.stops]
    unexplained = [finding for finding in own if finding.is_open and finding.status is Status.NEEDS_REASON]
    explained = [finding for finding in own if finding.is_explained]
    met = [finding for finding in own if finding.status is Status.MET]
    status, message = _standing(missing=len(missing), unexplained=len(unexplained), explained=len(explained))
    return Readiness(
        principle=principle,
        status=status,
        message=message,
        params={"missing": len(missing), "unexplained": len(unexplained), "explained": len(explained), "met": len(met)},
        met=len(met),
        explained=len(explained),
        unexplained=len(unexplained),
        missing=len(missing),
        later=len(own) - len(missing) - len(unexplained) - len(explained) - len(met),
        first=next(iter(missing + unexplained), None),
    )


def _standing(*, missing: int, unexplained: int, explained: int) -> tuple[Status, str]:
    if missing and unexplained:
        return Status.MISSING, _n("Still missing: %(missing)s. Still to be explained: %(unexplained)s.")
    if missing:
        return Status.MISSING, _n("Still missing: %(missing)s.")
    if unexplained:
        return Status.NEEDS_REASON, _n("Nothing is missing. Still to be explained: %(unexplained)s.")
    if explained:
        return Status.MET, _n("Ready. Met: %(met)s. Explained instead: %(explained)s.")
    return Status.MET, _n("Ready. Everything asked for is there.")

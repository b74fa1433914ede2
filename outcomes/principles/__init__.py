"""The rule book: each principle as a set of named checks over an account as plain data (pure).

`judge` gives the findings, `readiness` what they come down to, `co_production` the five statements beside them.
The checks are listed, in plain words, in docs/principles.md.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from accounts.words import gettext_noop as _n
from outcomes.nouns import Facts
from outcomes.principles import (
    p1_involve_stakeholders,
    p2_understand_what_changes,
    p3_value_the_things_that_matter,
    p4_only_include_what_is_material,
    p5_do_not_over_claim,
    p6_be_transparent,
    p7_verify_the_result,
)
from outcomes.principles._co_production import CoProductionStanding, co_production
from outcomes.principles._finding import Check, Finding, Item, Status
from outcomes.principles._readiness import Principle, Readiness, findings_of, readiness_of
from outcomes.principles._shares import Part, counted_parts, left_out_parts
from outcomes.valuation import Workings

__all__ = [
    "CHECKS",
    "PRINCIPLES",
    "Check",
    "CoProductionStanding",
    "Finding",
    "Item",
    "Part",
    "Principle",
    "Readiness",
    "Status",
    "co_production",
    "counted_parts",
    "judge",
    "left_out_parts",
    "readiness",
]

PRINCIPLES: tuple[Principle, ...] = (
    Principle(
        number=1,
        slug="involve-stakeholders",
        title=_n("Involve stakeholders"),
        gist=_n("Those affected say which changes matter, how to tell that they happened, and what they are worth."),
        checks=p1_involve_stakeholders.CHECKS,
    ),
    Principle(
        number=2,
        slug="understand-what-changes",
        title=_n("Understand what changes"),
        gist=_n("Say what changed, for better and worse, planned or not, and how you know."),
        checks=p2_understand_what_changes.CHECKS,
    ),
    Principle(
        number=3,
        slug="value-the-things-that-matter",
        title=_n("Value the things that matter"),
        gist=_n("Say how much each change matters, as seen by those who live with it."),
        checks=p3_value_the_things_that_matter.CHECKS,
    ),
    Principle(
        number=4,
        slug="only-include-what-is-material",
        title=_n("Only include what is material"),
        gist=_n("Count what would mislead if it were left out, and nothing else."),
        checks=p4_only_include_what_is_material.CHECKS,
    ),
    Principle(
        number=5,
        slug="do-not-over-claim",
        title=_n("Do not over-claim"),
        gist=_n("Claim only what would not have happened without you."),
        checks=p5_do_not_over_claim.CHECKS,
    ),
    Principle(
        number=6,
        slug="be-transparent",
        title=_n("Be transparent"),
        gist=_n("Show what the account rests on, so that a reader could work it out again."),
        checks=p6_be_transparent.CHECKS,
    ),
    Principle(
        number=7,
        slug="verify-the-result",
        title=_n("Verify the result"),
        gist=_n("Have the result checked by those it is about, and by somebody independent."),
        checks=p7_verify_the_result.CHECKS,
    ),
)

CHECKS: Mapping[str, Check] = MappingProxyType(
    {check.slug: check for principle in PRINCIPLES for check in principle.checks}
)
"""Every check by its slug: the name that a reason given in an account refers to."""


def judge(facts: Facts, workings: Workings | None) -> tuple[Finding, ...]:
    """Return what every check finds. `workings` is the account worked out, None if it cannot be."""
    return findings_of(PRINCIPLES, facts, workings)


def readiness(findings: Iterable[Finding]) -> tuple[Readiness, ...]:
    """Return how the account stands with each principle."""
    found = tuple(findings)
    return tuple(readiness_of(principle, found) for principle in PRINCIPLES)

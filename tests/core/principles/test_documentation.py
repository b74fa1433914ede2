"""docs/principles.md lists every check in the words of the rule book."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from outcomes.principles import PRINCIPLES, Principle, Status
from tests.core.principles.faults import FAULTS

PAGE = Path(__file__).parents[3] / "docs" / "principles.md"
CALLED = {Status.NEEDS_REASON: "needs a reason", Status.MISSING: "missing"}


def table(principle: Principle) -> Iterator[str]:
    """Yield the lines of the table that the page must have for a principle."""
    yield "| An assessor would ask | Name of the check | If not |"
    yield "|---|---|---|"
    for check in principle.checks:
        statuses = {fault.status for fault in FAULTS if fault.check == check.slug}
        outcome = " or ".join(called for status, called in CALLED.items() if status in statuses)
        if not check.before_submission:
            outcome += ", until after submission"
        yield f"| {check.question} | `{check.slug}` | {outcome} |"


@pytest.mark.parametrize("principle", PRINCIPLES, ids=lambda each: each.slug)
def test_the_page_lists_every_check_of_a_principle(principle: Principle) -> None:
    heading = f"### {principle.number}. {principle.title}"
    section = PAGE.read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    assert [line for line in section.splitlines() if line.startswith("|")] == list(table(principle))
    assert principle.gist in section

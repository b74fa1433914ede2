"""What outcomes relate to in Wales and the world: each goal and each target once for an outcome."""

import re
from collections.abc import Iterator

from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, at, sharing
from outcomes.nouns import Facts

_GOAL_OR_TARGET = re.compile(r"(1[0-7]|[1-9])(\.([1-9][0-9]?|[a-z]))?", re.IGNORECASE)
"""The form of a number alone: how many targets each goal has is not checked."""


def goals_are_named_once(facts: Facts) -> Iterator[Reason]:
    """Yield the rows that relate an outcome to a goal to which another row relates it too."""
    for position, row, refs in sharing(facts.well_being_goals, lambda row: row.outcome and (row.outcome, row.goal)):
        message = _n("Outcome %(outcome)s relates to this goal more than once: %(refs)s. Keep one.")
        yield at(row, position, "goal", message, outcome=row.outcome, refs=refs)


def targets_are_named_once(facts: Facts) -> Iterator[Reason]:
    """Yield the rows that relate an outcome to a target to which another row relates it too."""
    for position, row, refs in sharing(
        facts.sdg_targets, lambda row: row.outcome and (row.outcome, row.target.casefold())
    ):
        message = _n("Outcome %(outcome)s relates to this goal or target more than once: %(refs)s. Keep one.")
        yield at(row, position, "target", message, outcome=row.outcome, refs=refs)


def targets_have_the_number_of_a_goal(facts: Facts) -> Iterator[Reason]:
    """Yield what is neither a goal from 1 to 17 nor a target of one."""
    for position, row in enumerate(facts.sdg_targets):
        if row.target and not _GOAL_OR_TARGET.fullmatch(row.target):
            message = _n(
                "“%(target)s” is not a goal or a target. Write a goal from 1 to 17, or a target like 3.4 or 3.a."
            )
            yield at(row, position, "target", message, target=row.target)

"""Say all at once which well-being goals of Wales an outcome relates to."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import rows
from accounts.errors import Gone, Stale
from accounts.models import Account, Person
from outcomes.facts import read_facts, read_versions
from outcomes.nouns import Facts, Goal, WellBeingGoal
from outcomes.services._changes import add_row, change_row
from outcomes.services._removing import remove_row


@transaction.atomic
def relate_goals(
    *,
    actor: Person,
    account: Account,
    outcome: str,
    goals: Mapping[Goal, str],
    seen: Mapping[str, int],
    now: dt.datetime,
) -> None:
    """Make an outcome relate to these goals and to no others, each with how it does; all of it or nothing.

    `seen` are the versions, by ref, of the outcome's goals as the page showed them. Raises Stale if somebody changed
    them since to something else; Gone if there is no such outcome; StillNeeded, Unacceptable or Locked.
    """
    rows.hold(account)
    facts = read_facts(account)
    if all(each.ref != outcome for each in facts.outcomes):
        raise Gone
    held = goals_of(facts, outcome)
    wanted = {goal: how.replace("\r\n", "\n").strip() for goal, how in goals.items()}
    if {goal: row.how for goal, row in held.items()} == wanted:
        return
    versions = {ref: version for ref, (_key, version) in read_versions(account, WellBeingGoal).items()}
    if {row.ref: versions[row.ref] for row in held.values()} != dict(seen):
        raise Stale
    doing: dict[str, Any] = {"actor": actor, "account": account, "noun": WellBeingGoal, "now": now}
    for goal, row in held.items():
        if goal not in wanted:
            remove_row(**doing, ref=row.ref, version=versions[row.ref])
    for goal, how in wanted.items():
        typed = {"outcome": outcome, "goal": goal.value, "how": how}
        if goal not in held:
            add_row(**doing, typed=typed)
        elif held[goal].how != how:
            change_row(**doing, typed=typed, ref=held[goal].ref, version=versions[held[goal].ref])


def goals_of(facts: Facts, outcome: str) -> dict[Goal, WellBeingGoal]:
    """Return the goals that an outcome relates to."""
    return {each.goal: each for each in facts.well_being_goals if each.outcome == outcome}

"""What changed from one frozen document to the next, figure by figure (pure).

Rows are matched by their refs, so that a group that was given another name is still that group. What did not change is
not there; a true zero is not a blank. Nothing is ranked: the order is that of the account, figures before words.
"""

from typing import Any

from accounts.columns import Noun
from accounts.nouns import AccountDetails
from outcomes.nouns import (
    Adjustment,
    Evidence,
    Explanation,
    Indicator,
    Link,
    Observation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
)
from reports.differences import _rows, _whole
from reports.differences._difference import (
    FIGURES,
    ORGANISATION,
    PRINCIPLES,
    RESULT,
    Difference,
    Plain,
    Unit,
    Value,
    Way,
    from_plain,
)
from reports.differences._rows import WORKED_VALUE, WORTH
from reports.differences._side import Side
from reports.differences._words import excerpts
from stakeholders.nouns import CoProduction, Input, Involvement, Output, Stakeholder, Subgroup

__all__ = [
    "FIGURES",
    "ORDER",
    "ORGANISATION",
    "PRINCIPLES",
    "RESULT",
    "WORKED_VALUE",
    "WORTH",
    "Difference",
    "Unit",
    "Value",
    "Way",
    "differences",
    "excerpts",
    "from_plain",
    "since",
]

ORDER: tuple[type[Noun], ...] = (
    Outcome,
    Valuation,
    Adjustment,
    Input,
    Stakeholder,
    Subgroup,
    Involvement,
    Indicator,
    Observation,
    Output,
    Link,
    ScenarioChange,
    CoProduction,
    WellBeingGoal,
    SdgTarget,
    Evidence,
    Explanation,
)
"""What is told first: what the result is made of, then who was asked, and what it rests on."""


def differences(before: Plain, after: Plain) -> tuple[Difference, ...]:
    """Return what changed from one frozen document to the next: results first, then settings, then noun by noun."""
    old, new = Side(before["content"]), Side(after["content"])
    return (
        *_whole.of_result(old, new),
        *_rows.of_fields(AccountDetails, old.account, new.account, (old, new)),
        *_whole.of_rates(old, new),
        *(found for noun in ORDER for found in _rows.of_noun(noun, old, new)),
        *_whole.of_principles(old, new),
        *_whole.of_organisation(old, new),
    )


def since(before: Plain, sha256: str, content: Plain) -> dict[str, Any]:
    """Return what a document keeps of how it differs from one that was published before it.

    Of words it keeps that they changed, not how they read: what was taken out of an account is not published again.
    """
    found = differences(before, {"content": content})
    return {
        "number": before["number"],
        "sha256": sha256,
        "taken_at": before["taken_at"],
        "currency": Side(before["content"]).account["currency"],
        "differences": [_without_words(each.as_plain()) for each in found],
    }


def _without_words(plain: dict[str, Any]) -> dict[str, Any]:
    return {**plain, "before": None, "after": None} if plain["unit"] == Unit.WORDS else plain

"""Read an account once, as plain facts, in a fixed number of queries: one for each noun, one for what was replied."""

from typing import Any
from uuid import UUID

from accounts import rows
from accounts.columns import Noun
from accounts.models import Account, AccountOwned
from outcomes import models
from outcomes.nouns import ROWS, Facts, attribute
from stakeholders import models as who, queries as stakeholder_queries

_MODELS: tuple[type[AccountOwned], ...] = (
    who.Stakeholder,
    who.Subgroup,
    who.Involvement,
    who.Input,
    who.Output,
    models.Outcome,
    models.Link,
    models.Indicator,
    models.Observation,
    models.Valuation,
    models.Adjustment,
    models.ScenarioChange,
    who.CoProduction,
    models.WellBeingGoal,
    models.SdgTarget,
    models.Evidence,
    models.Explanation,
)
MODELS: dict[type[Noun], type[AccountOwned]] = {model.noun: model for model in _MODELS}
"""The table behind each noun, in the order in which rows must be written: what is pointed to comes first."""


def read_facts(account: Account) -> Facts:
    """Return everything that the account holds. `account` must be fresh: its own fields are taken as they are."""
    held: dict[str, Any] = {attribute(noun): rows.read(MODELS[noun], account) for noun in ROWS}
    replies = stakeholder_queries.group_replies(account)
    return Facts(account=rows.read_details(account), replies=replies, **held)


def read_versions(account: Account, noun: type[Noun]) -> dict[str, tuple[UUID, int]]:
    """Return the key and the version of each row of one noun, by ref."""
    return rows.versions(MODELS[noun], account)

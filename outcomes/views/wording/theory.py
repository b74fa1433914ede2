"""The chain of events, step by step in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from outcomes.nouns import Facts, Link, Outcome
from outcomes.views.pages import entry_url
from stakeholders.nouns import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what leads to what, and how anybody knows."""

    ref: str
    cause: str
    effect: str
    why: str
    url: str
    version: int


def steps(
    facts: Facts, versions: Mapping[str, int], names: Mapping[tuple[str, str], str], account_id: UUID
) -> list[Step]:
    """Return the steps in the order in which they were entered."""
    return [
        Step(
            ref=each.ref,
            cause=names.get((Outcome.slug, each.cause)) or names.get((Output.slug, each.cause)) or each.cause,
            effect=names.get((Outcome.slug, each.effect)) or each.effect,
            why=each.why,
            url=entry_url(account_id, Link.slug, each.ref),
            version=versions.get(each.ref, 0),
        )
        for each in facts.chain_of_events
    ]

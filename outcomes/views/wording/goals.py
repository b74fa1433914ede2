"""Which well-being goals of Wales, and which targets of the United Nations, the outcomes of an account relate to."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from outcomes.nouns import Facts, Goal, Outcome, SdgTarget
from outcomes.views.pages import entry_url
from outcomes.wales import ENGLISH, WELSH


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A goal by both its names, with those that relate to it and how: outcomes, or for an outcome one entry."""

    english: str
    welsh: str
    related: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One outcome with the goals and targets that it relates to."""

    ref: str
    name: str
    url: str
    open_url: str
    goals: tuple[dict[str, str], ...]
    targets: tuple[dict[str, str], ...]

    @property
    def key(self) -> str:
        """Return what tells it from the others on the page."""
        return f"goals-{self.ref}"


def named(facts: Facts) -> list[Named]:
    """Return the seven goals, each with the outcomes that relate to it."""
    names = {each.ref: each.name for each in facts.outcomes}
    return [
        Named(
            english=ENGLISH[goal],
            welsh=WELSH[goal],
            related=tuple(
                {"ref": each.outcome, "name": names.get(each.outcome, ""), "url": f"#goals-{each.outcome}"}
                for each in facts.well_being_goals
                if each.goal is goal
            ),
        )
        for goal in Goal
    ]


def related(facts: Facts, account: Any) -> list[Related]:
    """Return the outcomes, each with what it relates to."""
    address = reverse("outcomes:goals", args=[account.id])
    return [
        Related(
            ref=outcome.ref,
            name=outcome.name,
            url=entry_url(account.id, Outcome.slug, outcome.ref),
            open_url=f"{address}?{urlencode({'outcome': outcome.ref})}",
            goals=tuple(
                {"english": ENGLISH[each.goal], "welsh": WELSH[each.goal], "how": each.how}
                for each in facts.well_being_goals
                if each.outcome == outcome.ref
            ),
            targets=tuple(
                {"target": each.target, "how": each.how, "url": entry_url(account.id, SdgTarget.slug, each.ref)}
                for each in facts.sdg_targets
                if each.outcome == outcome.ref
            ),
        )
        for outcome in facts.outcomes
    ]

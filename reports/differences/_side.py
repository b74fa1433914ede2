"""One of the two documents: its rows by their refs, and what each is called."""

from collections.abc import Iterable, Mapping

from accounts.columns import Noun, columns
from accounts.nouns import AccountDetails
from outcomes.nouns import (
    ROWS,
    Adjustment,
    Explanation,
    Indicator,
    Link,
    Observation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
    attribute,
)
from outcomes.principles import CHECKS
from reports.differences._difference import Plain
from stakeholders.nouns import CoProduction, Output


class Side:
    """What was frozen on one side, with each row by its ref."""

    def __init__(self, content: Plain) -> None:
        self.content = content
        self.rows = {
            noun.slug: {row["ref"]: row for row in content["account"].get(attribute(noun)) or ()} for noun in ROWS
        }
        self.lines = {line["key"]: line for line in content["workings"]["lines"]}
        self.account: Plain = content["account"][AccountDetails.slug]
        self.investments = {each["key"]: each for each in content["workings"]["inputs"]["investments"]}

    def called(self, noun: type[Noun], row: Plain) -> str:
        """Return what a person would call a row: by its own words, or by those of the row that it belongs to."""
        if noun is Link:
            return f"{self.pointed(row.get('cause'), _CAUSES)} → {self.pointed(row.get('effect'), _CAUSES)}"
        if noun in _BELONGS:
            field, other = _BELONGS[noun]
            return self.pointed(row.get(field), (other.slug,))
        return "" if noun in _UNNAMED else str(row.get(noun.shown_by) or row["ref"])

    def pointed(self, ref: str | None, slugs: Iterable[str]) -> str:
        """Return the name of the row that a ref points to; the ref where there is none."""
        row, noun = next(
            ((self.rows[slug][ref], _BY_SLUG[slug]) for slug in slugs if ref in self.rows[slug]), (None,) * 2
        )
        return str((row or {}).get(noun.shown_by) or ref) if noun else str(ref or "")


_CAUSES = (Output.slug, Outcome.slug)
_BY_SLUG: Mapping[str | None, type[Noun]] = {noun.slug: noun for noun in ROWS}
_BELONGS: Mapping[type[Noun], tuple[str, type[Noun]]] = {
    Valuation: ("outcome", Outcome),
    Adjustment: ("outcome", Outcome),
    WellBeingGoal: ("outcome", Outcome),
    SdgTarget: ("outcome", Outcome),
    Observation: ("indicator", Indicator),
}
"""Rows that are called by the row that they belong to: a factor, say, by its outcome."""
_UNNAMED = frozenset({CoProduction, Explanation})
"""Rows that are called by their aspect alone."""
_ASPECTS: Mapping[type[Noun], str] = {
    Adjustment: "factor",
    Observation: "moment",
    ScenarioChange: "assumption",
    CoProduction: "statement",
    WellBeingGoal: "goal",
}


def aspect(noun: type[Noun], row: Plain) -> str:
    """Return which part of a thing a row is about, marked for translation."""
    if noun is Explanation:
        slug = str(row.get("check_name", ""))
        return CHECKS[slug].question if slug in CHECKS else slug
    named = _ASPECTS.get(noun)
    if named is None:
        return ""
    column = next(each for each in columns(noun) if each.name == named)
    return next((choice.label for choice in column.choices or () if choice.value == row.get(named)), "")

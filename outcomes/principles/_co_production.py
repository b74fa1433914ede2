"""The five statements of co-production: how the account answers each, next to the principles."""

from dataclasses import dataclass

from outcomes.nouns import Evidence, Facts
from outcomes.principles._finding import Item
from outcomes.principles._lookup import new_row, says_nothing
from stakeholders.nouns import CoProduction, Extent, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CoProductionStanding:
    """How the account answers one of the five statements."""

    statement: Statement
    extent: Extent | None
    explanation: str
    evidence: str
    """What the account says bears it out, in its own words."""
    listed: tuple[Evidence, ...]
    """The pieces of evidence that are listed for it."""
    mends: Item | None
    """The field to fill in next: the answer, or what bears it out, or why it is not so yet; None if all is there."""

    @property
    def is_answered(self) -> bool:
        """Return whether the account says how far it holds."""
        return self.extent is not None


def co_production(facts: Facts) -> tuple[CoProductionStanding, ...]:
    """Return how the account answers each of the five statements, in their order; the first answer to each counts."""
    rows = {each.statement: each for each in reversed(facts.co_production)}
    return tuple(_standing(facts, statement, rows.get(statement)) for statement in Statement)


def _standing(facts: Facts, statement: Statement, row: CoProduction | None) -> CoProductionStanding:
    listed = tuple(each for each in facts.evidence if row is not None and each.about_row == row.ref)
    return CoProductionStanding(
        statement=statement,
        extent=row.extent if row else None,
        explanation=row.explanation.strip() if row else "",
        evidence=row.evidence.strip() if row else "",
        listed=listed,
        mends=_mends(statement, row, listed),
    )


def _mends(statement: Statement, row: CoProduction | None, listed: tuple[Evidence, ...]) -> Item | None:
    if row is None:
        return new_row(CoProduction, "extent", aspect=statement.label, statement=str(statement))
    field = _lacking(row, listed)
    # The row is called by its statement, which is a label for translation, not the account's own words.
    return Item(noun=row.slug, ref=row.ref, field=field, aspect=statement.label) if field else None


def _lacking(row: CoProduction, listed: tuple[Evidence, ...]) -> str:
    if row.extent is None:
        return "extent"
    if row.extent is Extent.NOT_YET:
        return "explanation" if says_nothing(row.explanation) else ""
    return "" if listed or not says_nothing(row.evidence) else "evidence"

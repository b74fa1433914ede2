"""The five statements of co-production, each with its answer, what bears it out, and where more is added."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.columns import column
from outcomes.nouns import Evidence, Facts
from outcomes.principles import CoProductionStanding, co_production
from outcomes.views.wording.entries import Answer
from outcomes.views.wording.evidence import Piece, add_url, pieces
from stakeholders.nouns import CoProduction, Statement

ANSWERED_BY = ("extent", "explanation", "evidence")
"""The fields by which a statement is answered."""

PAGE = "co-production"
"""What the page is called where somebody comes from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One statement as the page shows it."""

    slug: str
    title: str
    action: str
    state: str
    """How it stands, as `components/verdict.html` has it."""
    answers: tuple[Answer, ...]
    evidence: tuple[Piece, ...]
    add_url: str
    """Where evidence is added; blank until there is an answer that it can be about."""
    form: Any = None
    conflict: str = ""
    differences: Any = ()

    @property
    def key(self) -> str:
        """Return what tells it from the others on the page."""
        return f"statement-{self.slug}"


def row_of(facts: Facts, statement: Statement) -> CoProduction | None:
    """Return the row that answers a statement: the first."""
    return next((each for each in facts.co_production if each.statement is statement), None)


def answered(facts: Facts, account: Any) -> list[Answered]:
    """Return the five statements, in their order."""
    standing = {each.statement: each for each in co_production(facts)}
    kept = _kept(standing, account)
    return [_answered(facts, standing[statement], kept, account) for statement in Statement]


def _kept(standing: dict[Statement, CoProductionStanding], account: Any) -> dict[str, Piece]:
    """Return every piece of evidence that is listed for a statement, by its ref."""
    listed: list[Evidence] = [piece for each in standing.values() for piece in each.listed]
    return {piece.ref: piece for piece in pieces(listed, account)}


def _answered(facts: Facts, standing: CoProductionStanding, kept: dict[str, Piece], account: Any) -> Answered:
    row = row_of(facts, standing.statement)
    slug = standing.statement.value
    address = reverse("outcomes:co_production", args=[account.id])
    values = (_(standing.extent.label) if standing.extent else "", standing.explanation, standing.evidence)
    return Answered(
        slug=slug,
        title=_(standing.statement.label),
        action=f"{address}?{urlencode({'statement': slug})}#statement-{slug}",
        state="missing" if standing.mends else "met",
        answers=tuple(
            Answer(key=_(column(CoProduction, name).label), value=value)
            for name, value in zip(ANSWERED_BY, values, strict=True)
        ),
        evidence=tuple(kept[each.ref] for each in standing.listed),
        add_url=add_url(account.id, row.ref, back=PAGE) if row else "",
    )

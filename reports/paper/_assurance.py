"""How far a report is assured, in the words that stand on each of its pages: by whom, and with what result (pure).

It follows from the status that the account was frozen with and from the signed statement, and from nothing else. Words
are marked here and translated where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from accounts.words import gettext_noop as _n
from reports import document
from reports.statement import LEVELS as STATED_LEVELS

Plain = Mapping[str, Any]

SELF_ASSESSED = "self-assessed"
PEER_PANEL, INDEPENDENT = "peer panel", "independent"
ASSURED, RECOMMENDATIONS, NOT_ASSURED = "assured", "assured_with_recommendations", "not_assured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Who stands behind a report, and what a reader may take from that."""

    code: str
    name: str
    means: str


LEVELS: Mapping[str, Level] = MappingProxyType(
    {
        each.code: each
        for each in (
            Level(
                code=SELF_ASSESSED,
                name=_n("Self-assessed"),
                means=_n("The organisation’s own word. Nobody from outside has judged how the account was made."),
            ),
            Level(
                code=PEER_PANEL,
                name=STATED_LEVELS[PEER_PANEL],
                means=_n("People from other members of the forum have judged it, principle by principle."),
            ),
            Level(
                code=INDEPENDENT,
                name=STATED_LEVELS[INDEPENDENT],
                means=_n("Somebody with no part in the organisation has judged it, principle by principle."),
            ),
        )
    }
)
"""The three levels in their order, by code."""

STATUSES: Mapping[str, str] = MappingProxyType(
    {document.DRAFT: _n("Draft: not assured"), document.SUBMITTED: _n("Self-assessed: not assured")}
)
"""What a report without a statement is, by the status that its account was frozen with."""

CONCLUDED: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (ASSURED, INDEPENDENT): _n("Assured by an independent assurer"),
        (ASSURED, PEER_PANEL): _n("Assured by a peer panel of forum members"),
        (RECOMMENDATIONS, INDEPENDENT): _n("Assured with recommendations by an independent assurer"),
        (RECOMMENDATIONS, PEER_PANEL): _n("Assured with recommendations by a peer panel of forum members"),
        (NOT_ASSURED, INDEPENDENT): _n("Not assured: judged by an independent assurer, who did not confirm it"),
        (NOT_ASSURED, PEER_PANEL): _n("Not assured: judged by a peer panel of forum members, who did not confirm it"),
    }
)
"""What a report with a statement is, by its conclusion and its level."""

_LOOKS: Mapping[str, str] = MappingProxyType(
    {ASSURED: "assured", RECOMMENDATIONS: "assured", NOT_ASSURED: "not-assured"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """What a report is: the words of its status, how that looks, and its level."""

    words: str
    look: str
    """draft, unassured, assured or not-assured: the colour of the status in the style sheet."""
    level: Level
    conclusion: str
    """The code of the conclusion; nothing without a statement."""


def assurance(status: str, issued: Plain | None) -> Assurance:
    """Return what a report on a document of this status is, with the statement that was issued on it, if any was."""
    if issued is None:
        look = "draft" if status == document.DRAFT else "unassured"
        return Assurance(words=STATUSES[status], look=look, level=LEVELS[SELF_ASSESSED], conclusion="")
    conclusion, level = issued["document"]["conclusion"], issued["document"]["level"]
    return Assurance(
        words=CONCLUDED[conclusion, level], look=_LOOKS[conclusion], level=LEVELS[level], conclusion=conclusion
    )

"""What a published report is and how far it was assured, in the words of the page on which anybody checks one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.nouns import AccountKind
from reports import paper
from reports.registry import Registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One of the three levels of assurance, and whether it is that of the report."""

    name: str
    means: str
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the assurer of a report says, as far as the page tells it."""

    by: str
    signed_on: dt.date
    valid_until: dt.date
    has_passed: bool
    confirms: bool
    """Whether the assurer confirmed the account, with recommendations or without."""
    opinion: str
    not_covered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about, and how far it was assured."""

    edition: str
    kind: str
    period: str
    assurance: str
    levels: tuple[Level, ...]
    statement: Statement | None

    @property
    def level(self) -> Level:
        """Return the level of the report."""
        return next(each for each in self.levels if each.is_this)


def scope(found: Registered, *, today: dt.date) -> Scope:
    """Return what is told of a published report, and nothing that it does not say itself."""
    held = paper.assurance(found.status, found.assured)
    return Scope(
        edition=str(found.edition.label),
        kind=_(AccountKind(found.kind).label),
        period=_period(found),
        assurance=_(held.words),
        levels=tuple(
            Level(name=_(each.name), means=_(each.means), is_this=each.code == held.level.code)
            for each in paper.LEVELS.values()
        ),
        statement=_statement(found, today),
    )


def _period(found: Registered) -> str:
    if found.period_start is None or found.period_end is None:
        return ""
    ends = {"start": date_format(found.period_start, "j F Y"), "end": date_format(found.period_end, "j F Y")}
    return _("%(start)s to %(end)s") % ends


def _statement(found: Registered, today: dt.date) -> Statement | None:
    issued, until = found.assured, found.valid_until
    if issued is None or until is None:
        return None
    document: Any = issued["document"]
    return Statement(
        by=document["assurer"],
        signed_on=dt.datetime.fromisoformat(issued["signed_at"]).date(),
        valid_until=until,
        has_passed=until < today,
        confirms=document["conclusion"] != "not_assured",
        opinion=paper.opinion(document),
        not_covered=tuple(paper.sentence(said) for said in paper.not_covered(document)),
    )

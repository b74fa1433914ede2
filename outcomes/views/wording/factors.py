"""The four factors in words: what was judged of each outcome, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from outcomes import bands, shown
from outcomes.bands import ASKED, ELSEWHERE, ELSEWHERE_OUT_OF, ELSEWHERE_SOURCE
from outcomes.counting import may_count
from outcomes.nouns import Adjustment, Factor, Facts, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One factor of one outcome in the overview."""

    label: str
    figure: str
    lacks: str
    """What is still wanted beside the figure, in words."""
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One outcome in the overview."""

    ref: str
    name: str
    group: str
    url: str
    cells: tuple[Cell, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is wanted of it."""
        return all(cell.figure and not cell.lacks for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A factor as its page asks for it."""

    slug: str
    question: str
    term: str
    help: str
    elsewhere: str
    source: str


def outcomes_of(facts: Facts) -> list[Outcome]:
    """Return the outcomes whose factors are asked for: those that count, or will."""
    return [each for each in facts.outcomes if may_count(each)]


def judged(facts: Facts, outcome: str) -> dict[Factor, Adjustment]:
    """Return what was judged of an outcome."""
    return {each.factor: each for each in reversed(facts.adjustments) if each.outcome == outcome}


def factor_url(account_id: UUID, ref: str, factor: Factor | None = None) -> str:
    """Return the address of the factors of an outcome, and there of one of them."""
    address = reverse("outcomes:factor", args=[account_id, ref])
    return f"{address}#factor-{factor.value}" if factor is not None else address


def lines(facts: Facts, account_id: UUID) -> list[Line]:
    """Return each outcome with its four factors."""
    groups = {each.ref: each.name for each in facts.stakeholders}
    by_outcome: dict[str, dict[Factor, Adjustment]] = {}
    for row in reversed(facts.adjustments):
        by_outcome.setdefault(row.outcome, {})[row.factor] = row
    return [
        Line(
            ref=each.ref,
            name=each.name,
            group=groups.get(each.stakeholder, ""),
            url=factor_url(account_id, each.ref),
            cells=tuple(_cells(by_outcome.get(each.ref, {}), account_id, each.ref)),
        )
        for each in outcomes_of(facts)
    ]


def heads() -> list[dict[str, str]]:
    """Return the heads of the columns of the overview."""
    return [{"question": _(asked.question), "term": _(asked.term)} for asked in ASKED.values()]


def _cells(rows: dict[Factor, Adjustment], account_id: UUID, ref: str) -> Iterator[Cell]:
    for factor, asked in ASKED.items():
        row = rows.get(factor)
        yield Cell(
            label=_(asked.term).capitalize(),
            figure=shown.share(row.figure) if row is not None else "",
            lacks=_lacks(row) if row is not None and row.figure is not None else "",
            url=factor_url(account_id, ref, factor),
        )


def _lacks(row: Adjustment) -> str:
    """Return what the rule book still asks for beside a figure."""
    no_reason = not row.reason.strip()
    no_source = not (row.source.strip() or row.judged_by.strip())
    if no_reason and no_source:
        return _("no reason, no source")
    if no_reason:
        return _("no reason")
    return _("no source") if no_source else ""


def counted(found: list[Line]) -> dict[str, int]:
    """Return how many of how many factors have a figure."""
    cells = [cell for line in found for cell in line.cells]
    return {"judged": sum(bool(cell.figure) for cell in cells), "of": len(cells)}


def next_line(found: list[Line], after: str = "") -> Line | None:
    """Return the next outcome of which something is wanted, after this one and then from the start."""
    refs = [line.ref for line in found]
    start = refs.index(after) + 1 if after in refs else 0
    rest = [line for line in (*found[start:], *found[:start]) if line.ref != after]
    return next((line for line in rest if not line.is_complete), None)


def question(factor: Factor) -> Question:
    """Return a factor in plain words, with where published reports ended up."""
    asked = ASKED[factor]
    return Question(
        slug=factor.value,
        question=_(asked.question),
        term=_(asked.term),
        help=_(asked.help),
        elsewhere=_elsewhere(factor),
        source=ELSEWHERE_SOURCE,
    )


def _elsewhere(factor: Factor) -> str:
    found = ELSEWHERE.get(factor)
    if found is None:
        return ""
    words = {
        "reports": found.reports,
        "all": ELSEWHERE_OUT_OF,
        "median": shown.number(found.median),
        "low": shown.number(found.low),
        "high": shown.number(found.high),
    }
    return (
        _(
            "%(reports)s of %(all)s published reports state one. The middle figure was %(median)s%%; half of them lay"
            " between %(low)s%% and %(high)s%%. A program read these out of the reports, and nobody checked each."
            " They are about other people and places: yours comes from asking your own."
        )
        % words
    )


def in_words(row: Adjustment | None) -> list[dict[str, Any]]:
    """Return what was judged, for those who may not change it, for `components/summary_list.html`."""
    if row is None or row.figure is None:
        return [{"key": _("Figure"), "value": _("Not judged yet")}]
    told = [
        (_("Figure"), shown.share(row.figure)),
        (_("In words"), _(row.sentence) if row.sentence else ""),
        (_("At least"), shown.share(row.low)),
        (_("At most"), shown.share(row.high)),
        (_("Reason"), row.reason),
        (_("Source"), row.source),
        (_("Who said so"), row.judged_by),
    ]
    return [{"key": key, "value": value} for key, value in told if value]


def dropped(found: bands.Judged) -> str:
    """Return that a sentence was given up, as a sentence; nothing if none was."""
    if not found.dropped:
        return ""
    return _("“%(sentence)s” stands for another figure, so it was not kept.") % {"sentence": _(found.dropped)}

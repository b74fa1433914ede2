"""The drawings of the report, each laid out for its place, so that the words in all of them are of one size.

A figure whose numbers stand in a table nearby, or in an annex, leaves its own table out.
"""

from collections.abc import Iterable
from dataclasses import replace

from outcomes import pictures
from outcomes.charts.figure import Figure
from outcomes.nouns import Facts, Indicator
from reports.paper._frozen import Frozen

COLUMN = 716
"""The column of an A4 page, in units of a drawing: their words are then set in 9.5 points."""
HALF = 340
"""Half of it, for two abreast, or for a drawing with its table beside it."""
MOST_STACKED = 4
"""More groups than this, and there is no room for another drawing under theirs."""
MOST_ABREAST = 9
"""More bars than this would make the two drawings of the summary taller than the page has room for."""
UPRIGHT, TURNED = (COLUMN, 870.0), (1_150.0, 560.0)
"""The room for a drawing on an upright page, and on one turned on its side."""
SMALL = 0.9
"""A drawing that an upright page would shrink to less than this share goes on a page turned on its side."""
TALLEST_IN_CROWD = 470
"""A taller drawing, half a column wide, would be too small to read in what a crowded summary has room for."""
SMALLEST = 0.65
"""Words that are set smaller than this share of their size cannot be read on paper."""
FEWER_IN_DIAGRAM = (30, 24, 18, 12, 8)
MOST_MEASURED = 12
"""How many indicators one drawing shows before and after."""


def of_summary(frozen: Frozen, *, is_crowded: bool) -> list[list[Figure]]:
    """Return the drawings of the summary in columns, two or one: by group, by outcome if they fit, and the spread.

    In a crowded summary, or below many groups, there is no room for one drawing under another, nor for a tall one.
    """
    drawn = [draw for draw in (_by_group, _by_outcome_if_few, _spread) if draw(frozen, HALF)]
    if is_crowded:
        drawn = [draw for draw in drawn if _height(draw(frozen, HALF)) <= TALLEST_IN_CROWD] or drawn[:1]
    if is_crowded or len({line.stakeholder for line in frozen.lines}) > MOST_STACKED:
        drawn = drawn[:2]
    if len(drawn) < 2:
        return [[without_data(figure)] for draw in drawn if (figure := draw(frozen, COLUMN))]
    figures = [without_data(figure) for draw in drawn if (figure := draw(frozen, HALF))]
    return [[figures[0], *figures[2:]], [figures[1]]]


def _height(figure: Figure | None) -> float:
    return figure.drawing.height if figure is not None and figure.drawing is not None else 0


def of_value(frozen: Frozen) -> dict[str, Figure | None]:
    """Return the drawings of the value map: every outcome, if the summary had no room for that, and gross to net."""
    plain = frozen.content["workings"]
    if not frozen.lines:
        return {"by_outcome": None, "gross_to_net": None}
    few = len(frozen.lines) <= MOST_ABREAST
    return {
        "by_outcome": None if few else without_data(_by_outcome(frozen, COLUMN)),
        "gross_to_net": pictures.gross_to_net(plain, frozen.voice, width=HALF) if frozen.is_in_money else None,
    }


def of_sensitivity(frozen: Frozen) -> dict[str, Figure | None]:
    """Return how far the ratio moves: one assumption at a time (its table is the annex), and all of them at once."""
    plain, facts, voice = frozen.content["workings"], frozen.facts, frozen.voice
    wide = pictures.of_sensitivity(frozen.tested, plain, facts, voice, width=COLUMN)
    narrow = pictures.of_sensitivity(frozen.tested, plain, facts, voice, width=HALF)
    if not wide:
        return {"tornado": None, "spread": None}
    return {"tornado": without_data(wide[0]), "spread": narrow[1]}


def of_measurement(frozen: Frozen) -> Figure:
    """Return how indicators moved: all of them, or those of the outcomes that weigh most if there are many."""
    chosen = tuple(_by_weight(frozen))[:MOST_MEASURED]
    facts = replace(frozen.facts, indicators=tuple(row for row in frozen.facts.indicators if row in chosen))
    return without_data(pictures.of_measurement(facts, frozen.voice, width=COLUMN))


def of_change(frozen: Frozen) -> tuple[Figure, int | None]:
    """Return the theory of change, and how many outcomes it was cut down to so that it can be read, if it was.

    What leads to what stands in a table below it, in full.
    """
    whole = pictures.of_change(frozen.facts, frozen.voice, width=COLUMN)
    if _is_legible(whole):
        return without_data(whole), None
    for most in FEWER_IN_DIAGRAM:
        part = pictures.of_change(_with_outcomes(frozen, most), frozen.voice, width=COLUMN)
        if _is_legible(part):
            break
    return without_data(part), most


def is_wide(figure: Figure) -> bool:
    """Return whether a drawing is larger on a page turned on its side."""
    return _scale(figure, UPRIGHT) < SMALL and _scale(figure, UPRIGHT) < _scale(figure, TURNED)


def _is_legible(figure: Figure) -> bool:
    return figure.drawing is None or max(_scale(figure, UPRIGHT), _scale(figure, TURNED)) >= SMALLEST


def _scale(figure: Figure, page: tuple[float, float]) -> float:
    """Return by how much a drawing has to shrink, or may grow, to fill a page."""
    drawing = figure.drawing
    return min(page[0] / drawing.width, page[1] / drawing.height) if drawing else 1.0


def _with_outcomes(frozen: Frozen, most: int) -> Facts:
    """Return the account with those outcomes alone that weigh most, and the outputs that lead to them."""
    ranked = sorted(frozen.facts.outcomes, key=lambda row: -frozen.size(row.ref))
    kept = {row.ref for row in ranked[:most]}
    causes = {link.cause for link in frozen.facts.chain_of_events if link.effect in kept}
    return replace(
        frozen.facts,
        outcomes=tuple(row for row in frozen.facts.outcomes if row.ref in kept),
        outputs=tuple(row for row in frozen.facts.outputs if row.ref in causes),
    )


def without_data(figure: Figure) -> Figure:
    """Return the figure without its table or list."""
    return replace(figure, table=None, story=None)


def _by_group(frozen: Frozen, width: float) -> Figure | None:
    """Return what the value is for each stakeholder group, where there are several."""
    if not frozen.is_in_money or len({line.stakeholder for line in frozen.lines}) < 2:
        return None
    return pictures.by_stakeholder(frozen.content["workings"], frozen.facts, frozen.voice, width=width)


def _by_outcome_if_few(frozen: Frozen, width: float) -> Figure | None:
    return _by_outcome(frozen, width) if 0 < len(frozen.lines) <= MOST_ABREAST else None


def _by_outcome(frozen: Frozen, width: float) -> Figure:
    draw = pictures.by_outcome if frozen.is_in_money else pictures.by_importance
    return draw(frozen.content["workings"], frozen.facts, frozen.voice, width=width)


def _spread(frozen: Frozen, width: float) -> Figure | None:
    """Return how far the ratio spreads, where ranges are stated; under a name of its own, as it is drawn again."""
    plain, facts, voice = frozen.content["workings"], frozen.facts, frozen.voice
    figures = pictures.of_sensitivity(frozen.tested, plain, facts, voice, width=width)
    return replace(figures[1], id="summary-spread") if figures and figures[1].drawing else None


def _by_weight(frozen: Frozen) -> Iterable[Indicator]:
    """Return the indicators, those of the outcomes that weigh most first; those of outcomes that do not count last."""
    seen = {row.indicator for row in frozen.facts.observations}
    observed = [row for row in frozen.facts.indicators if row.ref in seen]
    return sorted(observed, key=lambda row: -frozen.size(row.outcome))

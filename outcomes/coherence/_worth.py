"""What outcomes are worth, and how much of it may be claimed."""

from collections.abc import Iterator

from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes import bands
from outcomes.coherence._reason import Reason, Terms, at, sharing
from outcomes.nouns import Direction, Facts


def one_valuation_for_each_outcome(facts: Facts) -> Iterator[Reason]:
    """Yield the valuations of an outcome that has another one."""
    for position, row, refs in sharing(facts.valuations, lambda row: row.outcome):
        message = _n("Outcome %(outcome)s has more than one valuation: %(refs)s. Keep one.")
        yield at(row, position, "outcome", message, outcome=row.outcome, refs=refs)


def one_adjustment_for_each_factor(facts: Facts) -> Iterator[Reason]:
    """Yield the adjustments of an outcome by a factor by which another one adjusts it too."""
    for position, row, refs in sharing(facts.adjustments, lambda row: row.outcome and (row.outcome, row.factor)):
        message = _n("Outcome %(outcome)s has this factor more than once: %(refs)s. Keep one.")
        yield at(row, position, "factor", message, outcome=row.outcome, refs=refs)


def sentences_stand_beside_their_figure(facts: Facts) -> Iterator[Reason]:
    """Yield the sentences of ours that stand beside another figure than their own."""
    for position, row in enumerate(facts.adjustments):
        meant = bands.stands_for(row.factor, row.sentence) if row.factor else None
        if meant is not None and meant != row.figure:
            message = _n("“%(sentence)s” stands for %(meant)s%%. Choose a sentence that fits the figure, or clear it.")
            yield at(row, position, "sentence", message, sentence=Terms([row.sentence]), meant=plain(meant * 100))


def one_anchor_with_value_and_weight(facts: Facts) -> Iterator[Reason]:
    """Yield the anchors if there are several, and what an anchor lacks."""
    for position, row, refs in sharing(facts.valuations, lambda row: row.anchor):
        yield at(row, position, "anchor", _n("Only one outcome can be the anchor; these are: %(refs)s."), refs=refs)
    for position, row in enumerate(facts.valuations):
        if row.anchor and row.value is None:
            yield at(row, position, "value", _n("The anchor needs a value in money."))
        if row.anchor and not row.weight:
            yield at(row, position, "weight", _n("The anchor needs a relative importance above 0."))


def values_have_the_sign_of_their_direction(facts: Facts) -> Iterator[Reason]:
    """Yield the values that say better where the outcome says worse, or the other way round."""
    directions = {each.ref: each.direction for each in facts.outcomes}
    for position, row in enumerate(facts.valuations):
        if row.value is None:
            continue
        direction = directions.get(row.outcome)
        if direction is Direction.NEGATIVE and row.value > 0:
            message = _n("The outcome is for the worse, so its value is below zero: %(value)s.")
            yield at(row, position, "value", message, value=plain(-row.value))
        if direction is Direction.POSITIVE and row.value < 0:
            message = _n("A value below zero is a harm, and the outcome is for the better. Change one of the two.")
            yield at(row, position, "value", message)

"""The four factors of the material outcomes: what was judged, and what is alike on all of them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from outcomes.nouns import Adjustment, Factor, Facts, Outcome
from outcomes.principles._finding import Item
from outcomes.principles._lookup import item, material_outcomes, says_nothing


def judged_factors(facts: Facts) -> Iterator[tuple[Outcome, Factor, Adjustment | None]]:
    """Yield each of the four factors of each material outcome, with what was judged of it."""
    adjustments = {(each.outcome, each.factor): each for each in reversed(facts.adjustments)}
    for outcome in material_outcomes(facts):
        for factor in Factor:
            yield outcome, factor, adjustments.get((outcome.ref, factor))


def without(facts: Facts, *fields: str) -> list[Item]:
    """Return an item for each factor that has a figure but says nothing in any of these fields."""
    return [
        item(judged, fields[0], called_by=outcome.name, aspect=factor.label)
        for outcome, factor, judged in judged_factors(facts)
        if judged is not None
        and judged.figure is not None
        and all(says_nothing(getattr(judged, field)) for field in fields)
    ]


def figures_of(facts: Facts, factor: Factor) -> list[Item]:
    """Return an item for the figure of a factor on each outcome where it was judged."""
    return [
        item(judged, "figure", called_by=outcome.name, aspect=each.label)
        for outcome, each, judged in judged_factors(facts)
        if each is factor and judged is not None
    ]


def alike_on_all(facts: Facts) -> Mapping[Factor, Decimal]:
    """Return the figure of each factor that was judged on every material outcome and is the same on all."""
    found: dict[Factor, set[Decimal | None]] = {factor: set() for factor in Factor}
    for _outcome, factor, judged in judged_factors(facts):
        found[factor].add(None if judged is None else judged.figure)
    ones = {factor: figures.pop() for factor, figures in found.items() if len(figures) == 1}
    return {factor: figure for factor, figure in ones.items() if figure is not None}


def are_judged(facts: Facts, *chosen: Factor) -> bool:
    """Return whether these factors, or all four if none is named, have a figure on every material outcome."""
    judged = [
        adjustment is not None and adjustment.figure is not None
        for _outcome, factor, adjustment in judged_factors(facts)
        if not chosen or factor in chosen
    ]
    return bool(judged) and all(judged)


def is_set(alike: Mapping[Factor, Decimal]) -> bool:
    """Return whether all four factors are alike on all outcomes: one set of percentages."""
    return len(alike) == len(Factor)


def is_nothing(alike: Mapping[Factor, Decimal]) -> bool:
    """Return whether all four factors are 0 on all outcomes."""
    return is_set(alike) and not any(alike.values())

"""Whether a change is said to have happened to more people than there are, or than were seen to change."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal

from outcomes.nouns import Facts, Indicator, Measure, Moment, Observation, Outcome, State
from outcomes.principles._lookup import grouped, indicators_by_outcome, material_outcomes, normal

_PEOPLE = frozenset({"", "people", "person", "persons", "pobl"})
"""Units in which a quantity is a number of people; so is the name of the group itself."""


def for_more_people_than_there_are(facts: Facts) -> Iterator[Outcome]:
    """Yield each material outcome whose quantity is of people, and above the number in its group."""
    sizes = _sizes(facts)
    for outcome, quantity in _numbers_of_people(facts):
        size = sizes[outcome.ref]
        if size is not None and quantity > size:
            yield outcome


def above_what_was_observed(facts: Facts) -> Iterator[Outcome]:
    """Yield each material outcome whose quantity of people is more than its observations bear out.

    They bear out the share of those observed who changed, taken of the whole group (of those observed, if the number in
    the group is not known), rounded up to a whole person. With several indicators, the highest share counts.
    """
    sizes = _sizes(facts)
    indicators = indicators_by_outcome(facts)
    observed = grouped(facts.observations, lambda each: each.indicator)
    for outcome, quantity in _numbers_of_people(facts):
        size = sizes[outcome.ref]
        borne_out = [
            number
            for indicator in indicators.get(outcome.ref, [])
            for number in _borne_out(indicator, observed.get(indicator.ref, []), size)
        ]
        if borne_out and quantity > max(borne_out):
            yield outcome


def _borne_out(indicator: Indicator, observations: list[Observation], size: int | None) -> Iterator[Decimal]:
    """Yield to how many people a counting indicator shows that the change happened, for each time it was looked at."""
    if indicator.measure is not Measure.COUNT:
        return
    before = [share for each in observations if each.moment is Moment.BEFORE for share in _share(each)]
    for each in observations:
        if each.moment is not Moment.BEFORE and each.denominator is not None:
            for share in _share(each):
                changed = max((abs(share - baseline) for baseline in before), default=share)
                whole = each.denominator if size is None else Decimal(size)
                yield (changed * whole).to_integral_value(ROUND_CEILING)


def _share(observation: Observation) -> Iterator[Decimal]:
    if observation.state is State.MEASURED and observation.numerator is not None and observation.denominator:
        yield observation.numerator / observation.denominator


def _numbers_of_people(facts: Facts) -> Iterator[tuple[Outcome, Decimal]]:
    names = {each.ref: normal(each.name) for each in facts.stakeholders}
    for outcome in material_outcomes(facts):
        unit = normal(outcome.quantity_unit)
        if outcome.quantity is not None and (unit in _PEOPLE or unit == names.get(outcome.stakeholder)):
            yield outcome, outcome.quantity


def _sizes(facts: Facts) -> Mapping[str, int | None]:
    """Return the number of people in the subgroup, or else in the group, of each outcome; None if not stated."""
    groups = {each.ref: each.size for each in facts.stakeholders}
    parts = {each.ref: each.size for each in facts.subgroups}
    return {
        each.ref: groups.get(each.stakeholder) if parts.get(each.subgroup) is None else parts[each.subgroup]
        for each in facts.outcomes
    }

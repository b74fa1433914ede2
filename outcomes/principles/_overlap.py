"""Which outcomes may be the same change counted twice: for the same people, with values or words that are alike."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from outcomes.nouns import Direction, Facts, Outcome, Valuation
from outcomes.principles._chain import causes, effects, passed_on
from outcomes.principles._lookup import grouped, material_outcomes, normal, valued_in_money

Worth = tuple[Outcome, Valuation]
Key = tuple[str, ...]
"""What two rows are compared by; an empty part fits every other."""
Row = TypeVar("Row")


def overlapping_values(facts: Facts) -> set[str]:
    """Return the refs of outcomes whose value in money may overlap with that of another outcome.

    Two overlap if they are for the same people (the same group; the same subgroup, or one for the whole group), both
    gains or both harm, and in the same part of well-being (or one does not say in which) or with the same proxy.
    """
    found: set[str] = set()
    for pool in grouped(valued_in_money(facts), lambda each: f"{_is_harm(each)} {each[0].stakeholder}").values():
        found.update(_alike(pool, lambda each: (each[0].subgroup, str(each[0].dimension or ""))))
        proxies = grouped((each for each in pool if normal(each[1].proxy)), lambda each: normal(each[1].proxy))
        for same in proxies.values():
            found.update(_alike(same, lambda each: (each[0].subgroup,)))
    return found


def same_changes(facts: Facts) -> set[str]:
    """Return the refs of outcomes that have the same name as another one for the same people."""
    found: set[str] = set()
    named = grouped(material_outcomes(facts), lambda each: f"{each.stakeholder} {normal(each.name)}")
    for same in named.values():
        found.update(outcome.ref for outcome in _having_another(same, lambda each: (each.subgroup,)))
    return found


def valued_along_a_chain(facts: Facts) -> set[str]:
    """Return the refs of outcomes in money that lead to, or follow from, another one for the same group."""
    groups = {outcome.ref: outcome.stakeholder for outcome, _valuation in valued_in_money(facts)}
    before, after = passed_on(groups, effects(facts)), passed_on(groups, causes(facts))
    return {ref for ref, group in groups.items() if group in before.get(ref, ()) or group in after.get(ref, ())}


def _is_harm(worth: Worth) -> bool:
    outcome, valuation = worth
    return outcome.direction is Direction.NEGATIVE or (valuation.value or 0) < 0


def _alike(pool: Sequence[Worth], key: Callable[[Worth], Key]) -> Iterator[str]:
    return (outcome.ref for outcome, _valuation in _having_another(pool, key))


def _having_another(pool: Sequence[Row], key: Callable[[Row], Key]) -> Iterator[Row]:
    """Yield each row whose key fits that of another row. The keys are few, however many rows there are."""
    counts = Counter(map(key, pool))
    fitting = {mine: sum(number for other, number in counts.items() if _fit(mine, other)) for mine in counts}
    return (row for row in pool if fitting[key(row)] > 1)


def _fit(one: Key, other: Key) -> bool:
    return all(mine == theirs or not mine or not theirs for mine, theirs in zip(one, other, strict=True))

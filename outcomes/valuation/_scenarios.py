"""The account under other assumptions, all at once: its named scenarios, and the ends of its stated ranges."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from outcomes.valuation._change import with_changes
from outcomes.valuation._inputs import FACTORS, AccountInputs, Assumption, Change, Line, Scenario
from outcomes.valuation._money import exactly
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._result import Workings
from outcomes.valuation._value import value_account, values_each
from outcomes.valuation._weights import anchor_of

_MORE_IS_LESS = frozenset({*FACTORS, Assumption.DROP_OFF})
_OF_SIZE = (Assumption.QUANTITY, *FACTORS, Assumption.DROP_OFF, Assumption.DURATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """What the account would be worth in one scenario."""

    scenario: Scenario
    workings: Workings
    difference: Decimal | None
    """Its ratio less the central one; None if either is undefined."""

    @property
    def ratio(self) -> Decimal | None:
        """Return the ratio in this scenario, None if it is undefined."""
        return self.workings.ratio

    def as_plain(self) -> Plain:
        """Return it as plain data: the scenario, and what it comes to."""
        return {
            "scenario": plain(self.scenario),
            "total_present_value": plain(self.workings.total_present_value),
            "total_inputs": plain(self.workings.total_inputs),
            "net_present_value": plain(self.workings.net_present_value),
            "ratio": plain(self.ratio),
            "why_no_ratio": plain(self.workings.why_no_ratio),
            "difference": plain(self.difference),
        }


def run_scenarios(inputs: AccountInputs) -> tuple[ScenarioResult, ...]:
    """Return what each named scenario comes to, in their order."""
    with exactly():
        central = value_account(inputs).ratio if inputs.scenarios else None
        return tuple(_result(inputs, scenario, central) for scenario in inputs.scenarios)


def _result(inputs: AccountInputs, scenario: Scenario, central: Decimal | None) -> ScenarioResult:
    workings = value_account(with_changes(inputs, scenario.changes))
    return ScenarioResult(
        scenario=scenario,
        workings=workings,
        difference=None if workings.ratio is None or central is None else workings.ratio - central,
    )


def pessimistic(inputs: AccountInputs) -> Workings:
    """Return the account with every stated range at the end that lowers the ratio: for harm, a high quantity."""
    return _extreme(inputs, lowest=True)


def optimistic(inputs: AccountInputs) -> Workings:
    """Return the account with every stated range at the end that raises the ratio."""
    return _extreme(inputs, lowest=False)


def _extreme(inputs: AccountInputs, *, lowest: bool) -> Workings:
    """Return the lowest or highest of all combinations of the ends of the stated ranges.

    What reaches all outcomes (inputs, discount rate, the anchor's value) is tried in each combination. Then each
    outcome stands alone, and its own ends follow from its sign.
    """
    with exactly():
        tried = [value_account(with_changes(inputs, changes)) for changes in _combinations(inputs, lowest=lowest)]
    with_ratio = [workings for workings in tried if workings.ratio is not None]
    ordered = sorted(with_ratio or tried, key=_standing)
    return ordered[0] if lowest else ordered[-1]


def _standing(workings: Workings) -> Decimal:
    """Return what orders the combinations: the ratio where there is one, else the total present value."""
    return workings.total_present_value if workings.ratio is None else workings.ratio


def _combinations(inputs: AccountInputs, *, lowest: bool) -> Iterator[list[Change]]:
    anchor = anchor_of(inputs)
    places: list[tuple[str | None, Assumption]] = [(None, Assumption.INPUTS), (None, Assumption.DISCOUNT_RATE)]
    if anchor:
        places.append((anchor.key, Assumption.VALUE))
    wide = [place for place in places if place in inputs.ranges]
    for ends in product((False, True), repeat=len(wide)):
        reaching_all = [_end(inputs, *place, high=high) for place, high in zip(wide, ends, strict=True)]
        values = values_each(with_changes(inputs, reaching_all))
        own = (
            change
            for line, value in zip(inputs.lines, values, strict=True)
            for change in _own_ends(inputs, line, value.amount, lowest=lowest)
        )
        yield [*reaching_all, *own]


def _own_ends(inputs: AccountInputs, line: Line, value: Decimal | None, *, lowest: bool) -> Iterator[Change]:
    """Yield the ends of the line's own ranges: of its value, then of what makes its worth larger or smaller."""
    place = (line.key, Assumption.VALUE)
    if place in inputs.ranges and not line.is_anchor:
        change = _end(inputs, *place, high=not lowest)
        value = change.figure
        yield change
    if value is None:
        return
    larger = (value < 0) is lowest
    for assumption in _OF_SIZE:
        if (line.key, assumption) in inputs.ranges:
            yield _end(inputs, line.key, assumption, high=larger is not (assumption in _MORE_IS_LESS))


def _end(inputs: AccountInputs, line: str | None, assumption: Assumption, *, high: bool) -> Change:
    stated = inputs.ranges[line, assumption]
    return Change(assumption=assumption, figure=stated.high if high else stated.low, line=line)

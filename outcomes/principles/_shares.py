"""How much of all value one outcome makes up: what significance is judged by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from outcomes.counting import Why, is_counted, left_out, valuation_inputs
from outcomes.nouns import Facts, Outcome
from outcomes.valuation import InvalidInput, WorkedLine, Workings, value_account


class Part(NamedTuple):
    """An outcome's size and that of all that it is part of: present values, or points of importance; harm adds too."""

    outcome: Outcome
    size: Decimal
    whole: Decimal

    def is_at_least(self, share: Decimal) -> bool:
        """Return whether it makes up at least this share of the whole."""
        return self.size >= share * self.whole


def counted_parts(facts: Facts, workings: Workings | None) -> Iterator[Part]:
    """Yield the part of each counted outcome that is valued; none if the account cannot be worked out."""
    if workings is None:
        return
    money, points = _wholes(workings.lines)
    outcomes = {each.ref: each for each in facts.outcomes if is_counted(each)}
    for line in workings.lines:
        if line.line.key in outcomes:
            yield from _part(outcomes[line.line.key], line, money, points)


def left_out_parts(facts: Facts) -> Iterator[Part]:
    """Yield what part each outcome that is left out would make up, had it alone been counted with the others.

    Outcomes without a quantity or a value cannot be told; none can if a figure keeps the account from being worked out.
    Those that nobody has decided on are not left out yet.
    """
    outcomes = {
        each.outcome.ref: each.outcome
        for each in left_out(facts)
        if each.why is not Why.UNDECIDED and each.outcome.quantity is not None
    }
    if not outcomes:
        return
    try:
        inputs = valuation_inputs(facts, also=outcomes.values())
        lines = value_account(replace(inputs, ranges={}, scenarios=())).lines
    except InvalidInput:
        return
    money, points = _wholes(line for line in lines if line.line.key not in outcomes)
    for line in lines:
        if line.line.key in outcomes:
            own_money, own_points = _wholes([line])
            yield from _part(outcomes[line.line.key], line, money + own_money, points + own_points)


def _wholes(lines: Iterable[WorkedLine]) -> tuple[Decimal, Decimal]:
    """Return the sizes of all lines together, in money and in points."""
    money = points = Decimal(0)
    for line in lines:
        money += abs(line.present_value or Decimal(0))
        points += abs(line.importance or Decimal(0))
    return money, points


def _part(outcome: Outcome, line: WorkedLine, money: Decimal, points: Decimal) -> Iterator[Part]:
    if line.present_value is not None and money:
        yield Part(outcome, abs(line.present_value), money)
    elif line.present_value is None and line.importance is not None and points:
        yield Part(outcome, abs(line.importance), points)

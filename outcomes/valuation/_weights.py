"""Anchor-and-weight: one outcome valued in money is the anchor, and others follow from it by relative importance.

One unit of a line is worth anchor value × weight of the line ÷ weight of the anchor: with the anchor's sign where both
are changes for the better or both for the worse, with the other sign where one of them is. A line that has a money
value of its own keeps it. Without an anchor, lines without a money value stay unvalued; their importance is still
reported.
"""

from collections.abc import Callable
from decimal import Decimal

from outcomes.valuation._inputs import AccountInputs, Line
from outcomes.valuation._money import divide
from outcomes.valuation._written import Amount


def in_proportion(anchor_value: Amount, weight: Amount, anchor_weight: Amount) -> Amount:
    """Return the value of one unit of a change in the same direction as the anchor."""
    return divide(anchor_value * weight, anchor_weight)


def against_proportion(anchor_value: Amount, weight: Amount, anchor_weight: Amount) -> Amount:
    """Return the value of one unit of a change in the opposite direction."""
    return -in_proportion(anchor_value, weight, anchor_weight)


def anchor_of(inputs: AccountInputs) -> Line | None:
    """Return the anchor, if the account has one (it never has two: its own check sees to that)."""
    return next((line for line in inputs.lines if line.is_anchor), None)


def follows_anchor(line: Line) -> bool:
    """Return whether the line's value follows from its weight, if the account has an anchor."""
    return line.value_each is None and line.weight is not None


def proportion(anchor_value: Decimal, line: Line) -> Callable[[Decimal, Decimal, Decimal], Decimal]:
    """Return the formula for a line that follows an anchor of this value: which sign it takes."""
    return in_proportion if line.harm is (anchor_value < 0) else against_proportion

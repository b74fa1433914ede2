"""The figures of a valuation as plain frozen numbers: per line, per year and in total."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from outcomes.valuation._inputs import AccountInputs, Line


class ValueSource(StrEnum):
    """Where the value of one unit of a line comes from."""

    ENTERED = "entered"
    UPRATED = "uprated"
    ANCHOR = "anchor"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedLine:
    """One line, worked out. Every figure of money is None if the line is not valued in money."""

    line: Line
    by_year: tuple[Decimal | None, ...]
    """Impact in each year of the account: 0 in a year that is not counted."""
    present_values: tuple[Decimal | None, ...]
    """Present value of each year of the account."""
    value_from: ValueSource = ValueSource.NONE
    value_each: Decimal | None = None
    """Money for one unit in the account's price base, after uprating or from the anchor."""
    gross: Decimal | None = None
    after_deadweight: Decimal | None = None
    after_displacement: Decimal | None = None
    impact: Decimal | None = None
    """In the first year of benefit, before it wears off and before discounting."""
    present_value: Decimal | None = None
    importance: Decimal | None = None
    """Relative importance after the three factors, in points; below 0 for harm; None if no weight was asked for."""
    importance_share: Decimal | None = None
    """Its size as a share of the sizes of all; below 0 for harm; None without a weight, or if all are 0."""


@dataclass(frozen=True, kw_only=True)
class Worked:
    """An account, worked out. Years are years of the account; year t stands at index t − 1."""

    inputs: AccountInputs
    lines: tuple[WorkedLine, ...]
    years: int
    """The last year in which any line is counted; 0 without lines."""
    discount_factors: tuple[Decimal, ...]
    input_factors: tuple[Decimal, ...]
    """What the inputs of each year are divided by, as far as the last year with an input."""
    impact_by_year: tuple[Decimal, ...]
    present_value_by_year: tuple[Decimal, ...]
    gross_value: Decimal
    after_deadweight: Decimal
    after_displacement: Decimal
    impact: Decimal
    """The sum of the lines' impacts, each in its own first year of benefit."""
    total_present_value: Decimal
    discounted_inputs: tuple[Decimal, ...]
    """The present value of each investment, in their order."""
    total_inputs: Decimal
    """Discounted."""
    net_present_value: Decimal
    ratio: Decimal | None
    net_ratio: Decimal | None
    why_no_ratio: str | None
    """Why there is no ratio, marked for translation; None if there is one."""
    payback: Decimal | None
    """Years; None if what was put in is not reached within the years of benefit."""
    importance: Decimal
    """The sizes of all lines' relative importance added together, in points."""

    @property
    def is_anchored(self) -> bool:
        """Return whether the value of any line follows from the anchor by weight: the account must say so."""
        return any(worked.value_from is ValueSource.ANCHOR for worked in self.lines)

    @property
    def is_in_money(self) -> bool:
        """Return whether any line is valued in money, or there is no line at all."""
        return not self.lines or any(worked.value_each is not None for worked in self.lines)

    @cached_property
    def line_by_key(self) -> dict[str, WorkedLine]:
        """Return each worked line by its key."""
        return {worked.line.key: worked for worked in self.lines}

    def line(self, key: str) -> WorkedLine:
        """Return the worked line of this key; raise KeyError if there is none."""
        return self.line_by_key[key]

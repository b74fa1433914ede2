"""The frozen facts that a valuation needs, and nothing else.

Shares (deadweight, displacement, attribution, drop-off, rates) are fractions of 1: 0.10 is 10 %.
`attribution` is always the share that *others* brought about. `duration` always counts the first year of benefit.
Money is in the account's currency. Every check of a range happens here, so the formulas may trust what they get.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Assumption(StrEnum):
    """Each figure that a sensitivity test may move."""

    QUANTITY = "quantity"
    VALUE = "value"
    DEADWEIGHT = "deadweight"
    DISPLACEMENT = "displacement"
    ATTRIBUTION = "attribution"
    DROP_OFF = "drop_off"
    DURATION = "duration"
    INPUTS = "inputs"
    DISCOUNT_RATE = "discount_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One counted outcome: how many, what one is worth, how much of it is ours, how long it lasts."""

    key: str
    label: str
    stakeholder: str
    quantity: Decimal
    value_each: Decimal | None
    """Money for one unit, in the prices of `price_period`; negative for harm; None if not valued in money."""
    price_period: str | None = None
    """The period whose prices `value_each` is in; None if already in the account's price base."""
    weight: Decimal | None = None
    """Relative importance of one unit to those affected, ≥ 0, in points; None if not asked."""
    is_anchor: bool = False
    """Whether this outcome's money value is the one that the weights of the others are held against."""
    harm: bool = False
    """Whether the change is for the worse: gives the sign of a value that follows from a weight."""
    deadweight: Decimal = Decimal(0)
    displacement: Decimal = Decimal(0)
    attribution: Decimal = Decimal(0)
    drop_off: Decimal = Decimal(0)
    duration: int = 1
    first_year: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """What somebody put in, in money's worth, in one year of the account (1 = the first)."""

    key: str
    label: str
    stakeholder: str
    amount: Decimal
    year: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBand:
    """From this elapsed year on, this rate."""

    from_year: int
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSchedule:
    """A discount rate by elapsed year: one band is a flat rate, several a declining schedule."""

    slug: str
    title: str
    source: str
    published: str
    bands: tuple[RateBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSeries:
    """An index of prices by period ("2024-25" or "2024"), with its source and its vintage."""

    slug: str
    title: str
    source: str
    base: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What the account says an assumption could reasonably be; low ≤ central ≤ high."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Set one assumption to a figure: on one line, or (line None) on all lines or the whole account."""

    assumption: Assumption
    figure: Decimal
    line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named set of changes, all made at once."""

    key: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInputs:
    """All that the valuation of one account rests on."""

    lines: tuple[Line, ...]
    investments: tuple[Investment, ...]
    rates: RateSchedule
    year_one_is_discounted: bool = True
    price_base: str | None = None
    price_series: PriceSeries | None = None
    ranges: Mapping[tuple[str | None, Assumption], Range] = field(default_factory=dict)
    """Stated ranges, by (line key, assumption); the key is None for the whole account (inputs, discount rate).

    For INPUTS the range is of the total of the inputs as entered (undiscounted); for DISCOUNT_RATE of the first band's rate.
    """
    scenarios: tuple[Scenario, ...] = ()

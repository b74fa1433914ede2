"""The frozen facts that a valuation needs, and nothing else.

Shares (deadweight, displacement, attribution, drop-off, rates) are fractions of 1: 0.10 is 10 %.
`attribution` is always the share that *others* brought about. `duration` always counts the first year of benefit.
Money is in the account's currency. Every check of a range happens here, so the formulas may trust what they get:
each class raises `InvalidInput` when it is made from a figure that cannot be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from accounts.words import gettext_noop as _n
from outcomes.valuation import _checks as check
from outcomes.valuation._errors import AnchorUnclear, InvalidInput, PeriodsMixed
from outcomes.valuation._money import added, exactly


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


OF_THE_ACCOUNT = frozenset({Assumption.INPUTS, Assumption.DISCOUNT_RATE})
"""The assumptions of the whole account; all others belong to a line."""

FACTORS = (Assumption.DEADWEIGHT, Assumption.DISPLACEMENT, Assumption.ATTRIBUTION)
"""The three factors against over-claiming that act in the first year of benefit."""

_CHECK_OF: Mapping[Assumption, check.Check] = MappingProxyType(
    {
        Assumption.QUANTITY: check.not_negative,
        Assumption.VALUE: check.any_number,
        Assumption.DEADWEIGHT: check.share,
        Assumption.DISPLACEMENT: check.share,
        Assumption.ATTRIBUTION: check.share,
        Assumption.DROP_OFF: check.share,
        Assumption.DURATION: check.whole_number_of_years,
        Assumption.INPUTS: check.not_negative,
        Assumption.DISCOUNT_RATE: check.share,
    }
)


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

    def __post_init__(self) -> None:
        """Raise InvalidInput for a figure out of its range."""
        check.line_key(self.key)
        check.not_negative(self.quantity, self.key, "quantity")
        if self.value_each is not None:
            check.number(self.value_each, self.key, "value_each")
        if self.weight is not None:
            check.not_negative(self.weight, self.key, "weight")
        if self.price_period is not None:
            check.period_kind(self.price_period, self.key)
        for name in ("deadweight", "displacement", "attribution", "drop_off"):
            check.share(getattr(self, name), self.key, name)
        check.whole_years(self.first_year, self.key, "first_year")
        check.whole_years(self.duration, self.key, "duration")
        check.whole_years(self.last_year, self.key, "duration")
        self._check_anchor()

    def _check_anchor(self) -> None:
        if self.is_anchor and (self.value_each is None or not self.weight):
            message = _n(
                "The anchor needs a value in money and a weight above 0, so that weights can be held against it."
            )
            raise AnchorUnclear(message, line=self.key, field="is_anchor")

    @property
    def last_year(self) -> int:
        """Return the last year of the account in which the benefit is counted."""
        return self.first_year + self.duration - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """What somebody put in, in money's worth, in one year of the account (1 = the first)."""

    key: str
    label: str
    stakeholder: str
    amount: Decimal
    year: int = 1

    def __post_init__(self) -> None:
        """Raise InvalidInput for an amount below 0 or a year that is not one."""
        check.key(self.key)
        check.not_negative(self.amount, self.key, "amount")
        check.whole_years(self.year, self.key, "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBand:
    """From this elapsed year on, this rate."""

    from_year: int
    rate: Decimal
    source: str = ""
    """Where this band is from, if not from the source of the whole schedule."""

    def __post_init__(self) -> None:
        """Raise InvalidInput for a rate outside 0 to 1 or a year below 1."""
        check.whole_years(self.from_year, None, "rates")
        check.share(self.rate, None, "discount_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSchedule:
    """A discount rate by elapsed year: one band is a flat rate, several a declining schedule."""

    slug: str
    title: str
    source: str
    published: str
    bands: tuple[RateBand, ...]
    last_year: int | None = None
    """The last year that the schedule speaks of; a later one is an error. None if its last band never ends."""
    note: str = ""
    """What whoever chooses the schedule should know."""

    def __post_init__(self) -> None:
        """Raise InvalidInput unless the bands start in year 1 and follow one another."""
        starts = [band.from_year for band in self.bands]
        if not starts or starts[0] != 1 or starts != sorted(set(starts)):
            raise InvalidInput(_n("Discount rates must start in year 1, each from a later year."), field="rates")
        if self.last_year is not None and self.last_year < starts[-1]:
            raise InvalidInput(_n("Discount rates cannot end before their last rate starts."), field="rates")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSeries:
    """An index of prices by period ("2024-25" or "2024"), with its source and its vintage."""

    slug: str
    title: str
    source: str
    base: str
    values: Mapping[str, Decimal] = field(hash=False)
    published: str = ""

    def __post_init__(self) -> None:
        """Raise InvalidInput for an index that is not above 0, PeriodsMixed if the years are of two kinds."""
        periods = list(self.values)
        for period in periods:
            if check.period_kind(period, field="price_series") is not check.period_kind(periods[0]):
                raise PeriodsMixed(period=period, other=periods[0])
            if check.number(self.values[period], None, "price_series") <= 0:
                raise InvalidInput(_n("The index for %(period)s must be above 0."), field="price_series", period=period)
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What the account says an assumption could reasonably be; low ≤ central ≤ high."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        """Raise InvalidInput unless both ends are numbers in order."""
        check.number(self.low, None, "low")
        check.number(self.high, None, "high")
        if self.low > self.high:
            message = _n("The low figure, %(low)s, is above the high figure, %(high)s.")
            raise InvalidInput(message, field="low", low=f"{self.low:f}", high=f"{self.high:f}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Set one assumption to a figure: on one line, or (line None) on all lines or the whole account."""

    assumption: Assumption
    figure: Decimal
    line: str | None = None

    def __post_init__(self) -> None:
        """Raise InvalidInput if the assumption could not have this figure, or not there."""
        _CHECK_OF[self.assumption](self.figure, self.line, self.assumption.value)
        if self.assumption in OF_THE_ACCOUNT and self.line is not None:
            message = _n("This belongs to the whole account, not to one outcome.")
            raise InvalidInput(message, line=self.line, field=self.assumption.value)
        if self.assumption is Assumption.VALUE and self.line is None:
            message = _n("Name the outcome whose value changes: one value for all outcomes would turn harm into gain.")
            raise InvalidInput(message, field=self.assumption.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named set of changes, all made at once."""

    key: str
    name: str
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        """Raise InvalidInput if the same assumption of the same line is changed twice."""
        check.key(self.key)
        places = [(change.line, change.assumption) for change in self.changes]
        for place in places:
            if places.count(place) > 1:
                message = _n("The scenario “%(scenario)s” changes this twice.")
                raise InvalidInput(message, line=place[0], field=place[1].value, scenario=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInputs:
    """All that the valuation of one account rests on."""

    lines: tuple[Line, ...]
    investments: tuple[Investment, ...]
    rates: RateSchedule
    year_one_is_discounted: bool = True
    price_base: str | None = None
    price_series: PriceSeries | None = None
    ranges: Mapping[tuple[str | None, Assumption], Range] = field(default_factory=dict, hash=False)
    """Stated ranges, by (line key, assumption); the key is None for the whole account (inputs, discount rate).

    For INPUTS the range is of the total of the inputs as entered (undiscounted); for DISCOUNT_RATE of the first band's
    rate.
    """
    scenarios: tuple[Scenario, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidInput for a key used twice, or a range or scenario that does not fit the figures."""
        check.unique(line.key for line in self.lines)
        check.unique(investment.key for investment in self.investments)
        check.unique(scenario.key for scenario in self.scenarios)
        if self.price_base is not None:
            check.period_kind(self.price_base, field="price_base")
        self._check_one_anchor()
        self._check_ranges()
        self._check_scenarios()
        object.__setattr__(self, "ranges", MappingProxyType(dict(self.ranges)))

    @property
    def entered_inputs(self) -> Decimal:
        """Return the sum of all that was put in, as entered: not discounted."""
        with exactly():
            return added(investment.amount for investment in self.investments)

    def _check_one_anchor(self) -> None:
        anchors = [line.key for line in self.lines if line.is_anchor]
        if len(anchors) > 1:
            message = _n("Only one outcome can be the anchor; these are: %(anchors)s.")
            raise AnchorUnclear(message, line=anchors[1], field="is_anchor", anchors=", ".join(anchors))

    def _check_ranges(self) -> None:
        lines = {line.key: line for line in self.lines}
        for (key, assumption), stated in self.ranges.items():
            central = self._central(lines, key, assumption)
            for end in (stated.low, stated.high):
                _CHECK_OF[assumption](end, key, assumption.value)
            if not stated.low <= central <= stated.high:
                message = _n("The range from %(low)s to %(high)s does not contain the figure itself, %(central)s.")
                found = {"low": f"{stated.low:f}", "high": f"{stated.high:f}", "central": f"{central:f}"}
                raise InvalidInput(message, line=key, field=assumption.value, **found)

    def _central(self, lines: Mapping[str, Line], key: str | None, assumption: Assumption) -> Decimal:
        """Return the figure that a range is about; raise InvalidInput if there is none."""
        if (key is None) is not (assumption in OF_THE_ACCOUNT):
            message = _n("A range is of one outcome's figure, or of the inputs or the discount rate of the account.")
            raise InvalidInput(message, line=key, field=assumption.value)
        if key is None:
            return account_figure(self, assumption)
        central = line_figure(lines[key], assumption) if key in lines else None
        if central is None:
            raise InvalidInput(
                _n("A range is stated for a figure that is not there."), line=key, field=assumption.value
            )
        return central

    def _check_scenarios(self) -> None:
        keys = {line.key for line in self.lines}
        for scenario in self.scenarios:
            for change in scenario.changes:
                if change.line is not None and change.line not in keys:
                    message = _n("The scenario “%(scenario)s” changes an outcome that is not in the account.")
                    raise InvalidInput(message, line=change.line, field=change.assumption.value, scenario=scenario.name)


def account_figure(inputs: AccountInputs, assumption: Assumption) -> Decimal:
    """Return the figure of an assumption of the whole account, as entered."""
    return inputs.entered_inputs if assumption is Assumption.INPUTS else inputs.rates.bands[0].rate


FIELD_OF: Mapping[Assumption, str] = MappingProxyType(
    {assumption: assumption.value for assumption in Assumption if assumption not in OF_THE_ACCOUNT}
    | {Assumption.VALUE: "value_each"}
)
"""The attribute of a line in which each of its assumptions stands."""


def line_figure(line: Line, assumption: Assumption) -> Decimal | None:
    """Return the figure of an assumption of a line, as entered; None for a value that was not."""
    figure = getattr(line, FIELD_OF[assumption])
    return figure if figure is None else Decimal(figure)


def flat_rate(rate: Decimal) -> RateSchedule:
    """Return a schedule of one rate for all years."""
    return RateSchedule(
        slug="flat",
        title=_n("One rate for all years"),
        source=_n("Entered in the account"),
        published="",
        bands=(RateBand(from_year=1, rate=rate),),
    )

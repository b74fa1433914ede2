"""How far the ratio spreads when every assumption with a stated range is drawn at once, many times, from a seed.

Each figure is drawn from a triangle with its low, central and high figure; a duration in whole years. Drawing is in
floating point and leaves as decimals of six places. Every range has a stream of its own, made from the seed, the key of
the line and the assumption: so a seed gives the same figures whatever the order of the lines, and a range that is added
leaves the draws of the others as they were. Draws are independent of one another.
"""

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from accounts.words import gettext_noop as _n
from outcomes.valuation import _time as time
from outcomes.valuation._errors import InvalidInput
from outcomes.valuation._inputs import FACTORS, AccountInputs, Assumption, Line, account_figure, line_figure
from outcomes.valuation._money import divide, exactly, from_float, to_places
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._prices import in_base_prices
from outcomes.valuation._result import Workings
from outcomes.valuation._value import value_account
from outcomes.valuation._weights import anchor_of
from outcomes.valuation._worked import ValueSource, WorkedLine

PERCENTS = (5, 10, 25, 50, 75, 90, 95)
PLACES = 6
DOTS = 50
BINS = 40
_HARDLY = 1e-6
MOST_DRAWS = 1_000_000
COULD_BE_NOTHING = _n("By its range the total put in could be 0, and then there is no ratio.")

Draws = NDArray[np.float64]
Drawn = float | Draws
"""One figure for all draws, or one for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile:
    """The ratio that so many of 100 draws do not exceed."""

    percent: int
    ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """How many draws gave a ratio from `low` up to `high` (the last bin includes its end)."""

    low: Decimal
    high: Decimal
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What came of the draws. All ratios have six decimal places, and none is there if the ratio is undefined."""

    draws: int
    seed: int
    ranges: int
    """How many stated ranges were drawn from; with 0 every draw is the central ratio."""
    places: int
    why_undefined: str | None
    """Why there is no spread, marked for translation; None if there is one."""
    mean: Decimal | None = None
    below_one: Decimal | None = None
    """The share of draws with a ratio below 1."""
    percentiles: tuple[Percentile, ...] = ()
    dots: tuple[Decimal, ...] = ()
    """Ratios that stand for equal parts of the draws, in order: for a chart of dots that can be counted."""
    bins: tuple[Bin, ...] = ()

    def percentile(self, percent: int) -> Decimal | None:
        """Return the percentile, None if it is not among those worked out."""
        return next((each.ratio for each in self.percentiles if each.percent == percent), None)

    def as_plain(self) -> Plain:
        """Return it as plain data, decimals as strings."""
        return plain(self)


def simulate(inputs: AccountInputs, *, draws: int = 10_000, seed: int) -> Spread:
    """Return the spread of the ratio over so many draws. The same inputs, draws and seed give the same spread.

    Raises InvalidInput for a number of draws outside 1 to 1,000,000 or a seed below 0, and what `value_account` raises.
    """
    if not 1 <= draws <= MOST_DRAWS:
        message = _n("The number of draws must be from 1 to %(most)s; it is %(found)s.")
        raise InvalidInput(message, field="draws", most=str(MOST_DRAWS), found=str(draws))
    if seed < 0:
        raise InvalidInput(_n("The seed must be 0 or more; it is %(found)s."), field="seed", found=str(seed))
    workings = value_account(inputs)
    why = workings.why_no_ratio or _why_could_be_undefined(inputs)
    if why:
        return Spread(draws=draws, seed=seed, ranges=len(inputs.ranges), places=PLACES, why_undefined=why)
    ratios = _Simulation(workings, draws, seed).ratios()
    return _spread(ratios, seed=seed, ranges=len(inputs.ranges))


def _why_could_be_undefined(inputs: AccountInputs) -> str | None:
    stated = inputs.ranges.get((None, Assumption.INPUTS))
    return COULD_BE_NOTHING if stated and stated.low == 0 else None


class _Simulation:
    """The value map once more, with one figure for each draw in the place of each figure that has a range."""

    def __init__(self, workings: Workings, draws: int, seed: int) -> None:
        self.workings = workings
        self.inputs = workings.inputs
        self.draws = draws
        self.seed = seed
        self.anchor = anchor_of(self.inputs)
        self.factors = self._factors()

    def ratios(self) -> Draws:
        """Return the ratio of each draw."""
        total: Drawn = 0.0
        for worked in self.workings.lines:
            if worked.value_each is not None:
                total = total + self._present_value(worked)
        return np.broadcast_to(np.asarray(total / self._put_in(), dtype=np.float64), (self.draws,))

    def _present_value(self, worked: WorkedLine) -> Drawn:
        line = worked.line
        impact = self._drawn(line, Assumption.QUANTITY) * self._value_each(worked)
        for factor in FACTORS:
            impact = impact * (1.0 - self._drawn(line, factor))
        return impact * self._worth_of_one(line)

    def _value_each(self, worked: WorkedLine) -> Drawn:
        if self.anchor and worked.value_from is ValueSource.ANCHOR:
            anchor_value = self._value_each(self.workings.line(self.anchor.key))
            in_proportion = float(worked.line.weight or 0) / float(self.anchor.weight or 0)
            return np.abs(anchor_value) * (-in_proportion if worked.line.harm else in_proportion)
        if (worked.line.key, Assumption.VALUE) not in self.inputs.ranges:
            return float(worked.value_each or 0)
        return self._drawn(worked.line, Assumption.VALUE) * self._price_ratio(worked.line)

    def _price_ratio(self, line: Line) -> float:
        with exactly():
            return float(in_base_prices(self.inputs, replace(line, value_each=Decimal(1))) or 0)

    def _worth_of_one(self, line: Line) -> Drawn:
        """Return the present value, over the years of the line, of an impact of 1 in the first of them."""
        duration = self._drawn(line, Assumption.DURATION)
        kept = 1.0 - self._drawn(line, Assumption.DROP_OFF)
        left: Drawn = 1.0
        total: Drawn = 0.0
        for year in range(self._longest(line)):
            benefit_year = line.first_year + year
            total = total + np.where(year < duration, left / self.factors[self._elapsed(benefit_year)], 0.0)
            left = left * kept
        return total

    def _longest(self, line: Line) -> int:
        stated = self.inputs.ranges.get((line.key, Assumption.DURATION))
        return int(stated.high) if stated else line.duration

    def _elapsed(self, year: int) -> int:
        return time.elapsed_years(year, year_one_is_discounted=self.inputs.year_one_is_discounted)

    def _factors(self) -> list[Drawn]:
        """Return the discount factor of 0, 1, 2 … elapsed years, as far as any benefit or input needs it."""
        last = max((line.first_year + self._longest(line) - 1 for line in self.inputs.lines), default=1)
        years = max(self._elapsed(last), len(self.workings.input_factors) - 1)
        factors: list[Drawn] = [1.0]
        for year in range(1, years + 1):
            factors.append(factors[-1] * (1.0 + self._rate(year)))
        return factors

    def _rate(self, year: int) -> Drawn:
        """Return the discount rate of a year; later bands keep their proportion to a first one that is drawn."""
        schedule = self.inputs.rates
        rate, first = time.rate_in_year(schedule, year), schedule.bands[0].rate
        if (None, Assumption.DISCOUNT_RATE) not in self.inputs.ranges or (not first and rate):
            return float(rate)
        return self._drawn(None, Assumption.DISCOUNT_RATE) * (float(rate / first) if first else 1.0)

    def _put_in(self) -> Drawn:
        entered = float(self.inputs.entered_inputs)
        scale = self._drawn(None, Assumption.INPUTS) / entered
        total: Drawn = 0.0
        for each in self.inputs.investments:
            total = total + float(each.amount) * scale / self.factors[each.year - 1]
        return total

    def _drawn(self, line: Line | None, assumption: Assumption) -> Drawn:
        """Return the figure of an assumption in each draw, or one for all if no range is stated."""
        central = line_figure(line, assumption) if line else account_figure(self.inputs, assumption)
        middle = float(central or 0)
        key = line.key if line else None
        stated = self.inputs.ranges.get((key, assumption))
        if stated is None or stated.low == stated.high:
            return middle
        uniform = _stream(self.seed, key or "", assumption).random(self.draws)
        if assumption is Assumption.DURATION:
            return _whole_triangle(uniform, float(stated.low), middle, float(stated.high))
        return _triangle(uniform, float(stated.low), middle, float(stated.high))


def _stream(seed: int, key: str, assumption: Assumption) -> np.random.Generator:
    """Return the source of the draws of one range: PCG64, seeded by the seed and the name of the range."""
    name = hashlib.sha256(f"{key} {assumption.value}".encode()).digest()
    words = [int.from_bytes(name[at : at + 4], "big") for at in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def _triangle(uniform: Draws, low: float, central: float, high: float) -> Draws:
    """Return draws from a triangle, from draws between 0 and 1, by the inverse of its distribution."""
    width = high - low
    rising = low + np.sqrt(uniform * (width * (central - low)))
    falling = high - np.sqrt((1.0 - uniform) * (width * (high - central)))
    return np.where(uniform * width < central - low, rising, falling)


def _whole_triangle(uniform: Draws, low: float, central: float, high: float) -> Draws:
    """Return whole draws from low to high, each as likely as the part of the wider triangle that rounds to it."""
    drawn = _triangle(uniform, low - 0.5, central, high + 0.5)
    return np.clip(np.floor(drawn + 0.5), low, high)


def _spread(ratios: Draws, *, seed: int, ranges: int) -> Spread:
    draws = len(ratios)
    percentiles = np.percentile(ratios, PERCENTS)
    dots = np.quantile(ratios, (np.arange(DOTS) + 0.5) / DOTS)
    with exactly():
        below_one = divide(Decimal(int(np.count_nonzero(ratios < 1.0))), Decimal(draws))
    return Spread(
        draws=draws,
        seed=seed,
        ranges=ranges,
        places=PLACES,
        why_undefined=None,
        mean=from_float(float(np.mean(ratios)), PLACES),
        below_one=to_places(below_one, PLACES),
        percentiles=tuple(
            Percentile(percent=percent, ratio=from_float(ratio, PLACES))
            for percent, ratio in zip(PERCENTS, percentiles, strict=True)
        ),
        dots=tuple(from_float(ratio, PLACES) for ratio in dots),
        bins=_bins(ratios),
    )


def _bins(ratios: Draws) -> tuple[Bin, ...]:
    """Return the draws counted in bins of equal width; one bin if they hardly differ."""
    narrow = float(np.ptp(ratios)) < _HARDLY
    counts, edges = np.histogram(ratios, bins=1 if narrow else BINS)
    ends = [from_float(edge, PLACES) for edge in edges]
    return tuple(
        Bin(low=low, high=high, count=int(count)) for (low, high), count in zip(pairwise(ends), counts, strict=True)
    )

"""For each assumption, the figure at which the ratio is 1: all others as they stand.

The total present value is a straight line in a quantity, a value, deadweight, displacement and attribution: two points
give the figure in closed form. So it does for the inputs. Drop-off and the discount rate are searched for, to twelve
places; a duration is a whole number of years.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate, pairwise

from accounts.words import gettext_noop as _n
from outcomes.valuation import _time as time
from outcomes.valuation._change import highest_first_rate, with_first_rate
from outcomes.valuation._inputs import FACTORS, AccountInputs, Assumption, Change, Line, account_figure, line_figure
from outcomes.valuation._money import added, divide, exactly, to_places
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._retest import Retest
from outcomes.valuation._worked import WorkedLine

NO_EFFECT = _n("Moving this does not move the ratio.")
STAYS_ABOVE = _n("Whatever this is, the ratio stays above 1.")
STAYS_BELOW = _n("Whatever this is, the ratio stays below 1.")

SEARCHED_PLACES = 12
LONGEST_SEARCHED = 100
"""No duration above so many years is looked at."""

_STEPS = 44
_NONE, _ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Where one assumption would bring the ratio to 1. `line` is None for the inputs and the discount rate."""

    line: str | None
    assumption: Assumption
    central: Decimal | None
    """The figure as it stands, None for a value that is not stated."""
    figure: Decimal | None
    """The figure at which the ratio is 1; a duration is the one nearest to that at which it is at least 1."""
    change: Decimal | None
    """How far the figure is from the central one, as a share of it: −0.25 is a quarter less."""
    why_none: str | None
    """Why there is no such figure, marked for translation."""

    def as_plain(self) -> Plain:
        """Return it as plain data, decimals as strings."""
        return plain(self)


def break_even(inputs: AccountInputs) -> tuple[BreakEven, ...]:
    """Return the break-even figure of each assumption: line by line, then of the inputs and the discount rate."""
    with exactly():
        return tuple(_Search(inputs).all())


class _Search:
    """The search for the figures of one account."""

    def __init__(self, inputs: AccountInputs) -> None:
        self.inputs = inputs
        self.retest = Retest(inputs)
        self.workings = self.retest.workings

    def all(self) -> Iterator[BreakEven]:
        for worked in self.workings.lines:
            for assumption in (Assumption.QUANTITY, Assumption.VALUE, *FACTORS):
                yield self.found(worked.line, assumption, partial(self.straight, worked, assumption))
            yield self.found(worked.line, Assumption.DROP_OFF, partial(self.drop_off, worked.line))
            yield self.found(worked.line, Assumption.DURATION, partial(self.duration, worked))
        yield self.found(None, Assumption.INPUTS, self.put_in)
        yield self.found(None, Assumption.DISCOUNT_RATE, self.rate)

    def found(self, line: Line | None, assumption: Assumption, search: Callable[[], Decimal | str]) -> BreakEven:
        """Return what the search gives, a figure or the reason why there is none."""
        central = line_figure(line, assumption) if line else account_figure(self.inputs, assumption)
        found = self.workings.why_no_ratio or search()
        figure = found if isinstance(found, Decimal) else None
        return BreakEven(
            line=line.key if line else None,
            assumption=assumption,
            central=central,
            figure=figure,
            change=None if figure is None or not central else divide(figure - central, abs(central)),
            why_none=found if isinstance(found, str) else None,
        )

    @property
    def out_of_reach(self) -> str:
        """Return the reason why no figure that an assumption can have brings the ratio to 1."""
        return STAYS_ABOVE if self.workings.net_present_value > 0 else STAYS_BELOW

    def gap_if(self, line: str, assumption: Assumption, figure: Decimal) -> Decimal:
        """Return by how much the total present value would exceed the inputs."""
        change = Change(assumption=assumption, figure=figure, line=line)
        return self.retest.total_if(change) - self.workings.total_inputs

    def straight(self, worked: WorkedLine, assumption: Assumption) -> Decimal | str:
        """Return where the straight line through the gaps at 0 and at 1 (−1 for a harm's value) is 0."""
        unit = -_ALL if assumption is Assumption.VALUE and _is_harm(worked) else _ALL
        at_none, at_unit = (self.gap_if(worked.line.key, assumption, figure) for figure in (_NONE, unit))
        if at_none == at_unit:
            return NO_EFFECT
        units = divide(-at_none, at_unit - at_none)
        if units < 0 or (assumption in FACTORS and units > 1):
            return self.out_of_reach
        return units * unit

    def drop_off(self, line: Line) -> Decimal | str:
        """Return the drop-off at which the gap is 0."""
        gap = partial(self.gap_if, line.key, Assumption.DROP_OFF)
        return self.root(gap, [_NONE, _ALL], near=line.drop_off)

    def duration(self, worked: WorkedLine) -> Decimal | str:
        """Return the duration at which the ratio is 1, or the one next to it at which it is above 1."""
        gaps = self.gaps_by_duration(worked)
        if len(set(gaps)) == 1:
            return NO_EFFECT
        if 0 in gaps:
            return Decimal(gaps.index(_NONE) + 1)
        above = [gap > 0 for gap in gaps]
        if len(set(above)) == 1:
            return self.out_of_reach
        return Decimal(above.count(True) if above[0] else above.index(True) + 1)

    def gaps_by_duration(self, worked: WorkedLine) -> list[Decimal]:
        """Return by how much total present value would exceed the inputs if the line lasted 1, 2, 3 … years."""
        longest = min(LONGEST_SEARCHED, self.retest.last_year - worked.line.first_year + 1)
        line = self.retest.with_duration(worked.line, longest)
        impact, own = (_NONE if known is None else known for known in (worked.impact, worked.present_value))
        yearly = time.by_year(line, impact, line.last_year)
        values = time.present_values(line, yearly, self.retest.factors_to(line.last_year))[line.first_year - 1 :]
        rest = self.workings.net_present_value - own
        return [rest + so_far for so_far in accumulate(values)]

    def put_in(self) -> Decimal | str:
        """Return the total of the inputs, as entered, at which their present value is that of the outcomes."""
        total = self.workings.total_present_value
        if total <= 0:
            return self.out_of_reach
        return divide(self.inputs.entered_inputs * total, self.workings.total_inputs)

    def rate(self) -> Decimal | str:
        """Return the first band's discount rate nearest to the one that stands; later bands keep their proportion."""
        highest = highest_first_rate(self.inputs.rates)
        grid = [highest * step / 100 for step in range(101)]
        return self.root(self.gap_at, grid, near=self.inputs.rates.bands[0].rate)

    def root(self, gap: Callable[[Decimal], Decimal], grid: list[Decimal], *, near: Decimal) -> Decimal | str:
        """Return where the gap is 0, to twelve places, of several the nearest to `near`; or why it is nowhere."""
        gaps = [(figure, gap(figure)) for figure in grid]
        if all(found == gaps[0][1] for _figure, found in gaps):
            return NO_EFFECT
        roots = [figure for figure, found in gaps if found == 0]
        for (low, at_low), (high, at_high) in pairwise(gaps):
            if at_low * at_high < 0:
                roots.append(_halved(gap, low, high))
        return min(roots, key=lambda root: abs(root - near)) if roots else self.out_of_reach

    def gap_at(self, rate: Decimal) -> Decimal:
        """Return by how much total present value would exceed the inputs at this discount rate."""
        schedule = with_first_rate(self.inputs.rates, rate)
        years, convention = self.workings.years, self.inputs.year_one_is_discounted
        factors = time.benefit_factors(schedule, years, year_one_is_discounted=convention)
        input_factors = time.factors_by_elapsed_years(schedule, len(self.workings.input_factors) - 1)
        put_in = (divide(each.amount, input_factors[each.year - 1]) for each in self.inputs.investments)
        return added(map(divide, self.workings.impact_by_year, factors)) - added(put_in)


def _is_harm(worked: WorkedLine) -> bool:
    """Return whether the value of the line is below 0, or would be if it had one."""
    return worked.value_each < 0 if worked.value_each else worked.line.harm


def _halved(gap: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """Return where the gap changes its sign between two figures, by halving the span."""
    below_at_low = gap(low) < 0
    for _step in range(_STEPS):
        middle = to_places((low + high) / 2, SEARCHED_PLACES + 3)
        if (gap(middle) < 0) is below_at_low:
            low = middle
        else:
            high = middle
    return to_places(high, SEARCHED_PLACES)

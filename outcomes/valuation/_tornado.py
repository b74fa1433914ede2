"""Which assumption the ratio hangs on: each moved to its low and to its high figure, all others as they stand.

Where a range is stated, its ends are the figures. Assumptions without one are tested too, and marked as not stated: one
kind at a time, on all outcomes that state no range for it, since nobody said which of them is the less certain. Each
figure moves by a tenth of itself either way (a share of all stays at all), a duration by one year (one year stays one).
A factor of 0 does not move: only a stated range can tell how far it could be from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from outcomes.valuation._change import highest_first_rate
from outcomes.valuation._inputs import (
    FACTORS,
    OF_THE_ACCOUNT,
    AccountInputs,
    Assumption,
    Change,
    Line,
    account_figure,
    line_figure,
)
from outcomes.valuation._money import exactly
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._retest import Retest

A_TENTH_LESS, A_TENTH_MORE = Decimal("0.9"), Decimal("1.1")

_SHARES = frozenset({*FACTORS, Assumption.DROP_OFF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How far the ratio moves with one assumption.

    `line` is None for the inputs, for the discount rate, and for one assumption of many outcomes at once; `low` and
    `high` are the figures that it was set to, None where they are many.
    """

    line: str | None
    assumption: Assumption
    stated: bool
    """Whether the account states this range; if not, it is a tenth either way."""
    low: Decimal | None
    high: Decimal | None
    ratio_low: Decimal | None
    """The ratio at the low figure, which may be the higher ratio; None where it is undefined (inputs of 0)."""
    ratio_high: Decimal | None

    @property
    def width(self) -> Decimal | None:
        """Return how far apart the two ratios are; None if one is undefined, which is as wide as can be."""
        if self.ratio_low is None or self.ratio_high is None:
            return None
        with exactly():
            return abs(self.ratio_high - self.ratio_low)

    def as_plain(self) -> Plain:
        """Return it as plain data, decimals as strings."""
        return {**_fields(self), "width": plain(self.width)}


def tornado(inputs: AccountInputs) -> tuple[Swing, ...]:
    """Return the swings, the widest first; none if the account has no ratio."""
    with exactly():
        retest = Retest(inputs)
        if retest.workings.ratio is None:
            return ()
        swings = [*_stated(retest), *_not_stated(retest)]
        return tuple(sorted(swings, key=_widest_first))


def _fields(swing: Swing) -> dict[str, Plain]:
    said = plain(swing)
    return said if isinstance(said, dict) else {}


def _widest_first(swing: Swing) -> Decimal:
    return Decimal("-Infinity") if swing.width is None else -swing.width


def _stated(retest: Retest) -> Iterator[Swing]:
    """Yield a swing for each stated range: by line, then by assumption."""
    inputs = retest.inputs
    for key in (*(line.key for line in inputs.lines), None):
        for assumption in Assumption:
            if stated := inputs.ranges.get((key, assumption)):
                low, high = (Change(assumption=assumption, figure=end, line=key) for end in (stated.low, stated.high))
                yield _swing(retest, [low], [high], stated=True)


def _not_stated(retest: Retest) -> Iterator[Swing]:
    """Yield a swing for each assumption that is not covered by ranges, if it moves the ratio at all."""
    for assumption in Assumption:
        lows, highs = (list(_moved(retest, assumption, factor)) for factor in (A_TENTH_LESS, A_TENTH_MORE))
        if lows:
            swing = _swing(retest, lows, highs, stated=False)
            if swing.width != 0:
                yield swing


def _moved(retest: Retest, assumption: Assumption, factor: Decimal) -> Iterator[Change]:
    """Yield the change of each figure of this assumption that has no stated range."""
    inputs = retest.inputs
    if assumption in OF_THE_ACCOUNT:
        if (None, assumption) not in inputs.ranges:
            figure = account_figure(inputs, assumption) * factor
            capped = min(figure, highest_first_rate(inputs.rates)) if assumption is Assumption.DISCOUNT_RATE else figure
            yield Change(assumption=assumption, figure=capped)
        return
    for line in inputs.lines:
        central = line_figure(line, assumption)
        if central is not None and (line.key, assumption) not in inputs.ranges:
            yield Change(assumption=assumption, figure=_near(retest, line, assumption, factor), line=line.key)


def _near(retest: Retest, line: Line, assumption: Assumption, factor: Decimal) -> Decimal:
    """Return the figure a tenth (or a year) away."""
    if assumption is Assumption.DURATION:
        most = max(line.duration, retest.last_year - line.first_year + 1)
        return Decimal(min(max(line.duration + (1 if factor > 1 else -1), 1), most))
    figure = (line_figure(line, assumption) or Decimal(0)) * factor
    return min(figure, Decimal(1)) if assumption in _SHARES else figure


def _swing(retest: Retest, lows: list[Change], highs: list[Change], *, stated: bool) -> Swing:
    single = stated or lows[0].assumption in OF_THE_ACCOUNT
    return Swing(
        line=lows[0].line if stated else None,
        assumption=lows[0].assumption,
        stated=stated,
        low=lows[0].figure if single else None,
        high=highs[0].figure if single else None,
        ratio_low=retest.ratio_if(*lows),
        ratio_high=retest.ratio_if(*highs),
    )

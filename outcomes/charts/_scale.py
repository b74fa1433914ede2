"""From figures to places on a drawing, and the round figures that an axis is marked with."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_ROUND_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `low` is drawn at `start`, `high` at `end`. `low` must be below `high`."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def at(self, figure: Decimal) -> float:
        """Return where a figure is drawn; one beyond the scale is drawn at its end."""
        inside = min(max(figure, self.low), self.high)
        return self.start + float((inside - self.low) / (self.high - self.low)) * (self.end - self.start)

    def holds(self, figure: Decimal) -> bool:
        """Say whether a figure lies on the scale."""
        return self.low <= figure <= self.high


def scale(figures: Iterable[Decimal], start: float, end: float, *, from_zero: bool = False) -> Scale:
    """Return the scale from the least to the greatest figure, with room to either side of a single one.

    `from_zero` takes zero in, as bars need: their length is their meaning.
    """
    known = [*figures, *([Decimal(0)] if from_zero else [])]
    low, high = min(known), max(known)
    if low == high:
        room = abs(low) / 2 or Decimal(1)
        low, high = (low, high + room) if from_zero else (low - room, high + room)
    return Scale(low, high, start, end)


def nice_ticks(low: Decimal, high: Decimal, most: int = 5) -> tuple[Decimal, ...]:
    """Return the round figures from `low` to `high` in even steps of 1, 2 or 5 times a power of ten, at most `most`."""
    if low >= high or most < 2:
        return ()
    rough = (high - low) / most
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(each for each in _steps(power) if _count(low, high, each) <= most)
    first = (low / step).to_integral_value(ROUND_CEILING)
    return tuple((first + index) * step for index in range(_count(low, high, step)))


def _steps(power: Decimal) -> Iterable[Decimal]:
    while True:
        yield from (power * each for each in _ROUND_STEPS)
        power *= 10


def _count(low: Decimal, high: Decimal, step: Decimal) -> int:
    last = (high / step).to_integral_value(ROUND_FLOOR)
    first = (low / step).to_integral_value(ROUND_CEILING)
    return int(last - first) + 1


def widened(span: Scale, share: Decimal) -> Scale:
    """Return the scale with room on both sides: that share of its length each."""
    room = (span.high - span.low) * share
    return Scale(span.low - room, span.high + room, span.start, span.end)

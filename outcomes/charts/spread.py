"""How far the ratio spreads when all assumptions move at once: one dot for each equal part of the runs.

Dots can be counted: of fifty, each stands for two runs in a hundred. A dot below a ratio of one is a ring.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._marks import Circle, Drawing, Line
from outcomes.charts._scale import Scale, scale, widened
from outcomes.charts._sheet import Flag, Sheet
from outcomes.charts.figure import Figure, Frame, Head, Row, Table, Voice, complete, nothing

ONE = Decimal(1)
_TALLEST = 170.0
_WIDEST_DOT = 0.03
"""How wide a dot is at most, as a share of the sheet."""
_NARROWEST_DOT = 3.0
_SHRINK = 0.5
_ROOM = Decimal("0.06")
_SPACE = 6.0
_CAP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The ratio in many runs: its quantiles, evenly spaced, in order; and what is said of them."""

    dots: tuple[Decimal, ...]
    central: Decimal
    low: Decimal
    """Five runs in a hundred fall below it."""
    high: Decimal
    """Five runs in a hundred lie above it."""
    below_one: Decimal
    """The share of the runs with a ratio below one."""
    runs: int


def figure(spread: Spread | None, frame: Frame, voice: Voice) -> Figure:
    """Return the spread as a figure; None where the ratio is not defined or no range is stated."""
    if spread is None or not spread.dots:
        return nothing(
            frame,
            voice.say(_n("The ratio has no spread yet. Give assumptions a low and a high figure to see it here.")),
        )
    if min(spread.dots) == max(spread.dots):
        return nothing(frame, voice.say(_n("Every run gives a ratio of %(ratio)s."), ratio=voice.ratio(spread.dots[0])))
    return complete(
        frame,
        finding=nine_in_ten(spread, voice),
        description=_described(spread, voice),
        drawing=_drawing(spread, frame.width, voice),
        table=_table(spread, frame, voice),
    )


def nine_in_ten(spread: Spread, voice: Voice) -> str:
    """Return the finding: between which ratios 90 of 100 runs lie."""
    return voice.say(
        _n("In 90 of 100 runs the ratio lies between %(low)s and %(high)s."),
        low=voice.ratio(spread.low),
        high=voice.ratio(spread.high),
    )


def _drawing(spread: Spread, width: float, voice: Voice) -> Drawing:
    sheet = Sheet(width)
    across = _across(spread, sheet)
    named = [(_n("Central: %(ratio)s"), spread.central, _paint.CENTRE)]
    if across.holds(ONE):
        named.append((_n("Value equals cost: %(ratio)s"), ONE, _paint.LIMIT))
    tops = sheet.flags(
        Flag(text=voice.say(message, ratio=voice.ratio(ratio)), x=across.at(ratio), bold=index == 0)
        for index, (message, ratio, _) in enumerate(named)
    )
    sheet.down(_SPACE)
    _dots(sheet, across, spread)
    for (_, ratio, paint), top in zip(named, tops, strict=True):
        sheet.upright(across.at(ratio), top, sheet.y, paint)
    _range(sheet, across, spread)
    sheet.axis(across, voice.ratio)
    sheet.centred(voice.say(_n("Ratio")))
    _notes(sheet, spread, voice, shows_one=across.holds(ONE))
    return sheet.finished()


def _across(spread: Spread, sheet: Sheet) -> Scale:
    """Return the scale of the dots, taken as far as a ratio of one if that no more than doubles it."""
    inset = sheet.room * _WIDEST_DOT / 2
    figures = [*spread.dots, spread.central, spread.low, spread.high]
    across = widened(scale(figures, sheet.left + inset, sheet.right - inset), _ROOM)
    with_one = widened(scale([*figures, ONE], sheet.left + inset, sheet.right - inset), _ROOM)
    return with_one if with_one.high - with_one.low <= 2 * (across.high - across.low) else across


def _dots(sheet: Sheet, across: Scale, spread: Spread) -> None:
    """Stack the dots in columns as wide as a dot, which is as large as lets the highest column stay in its room."""
    size = sheet.room * _WIDEST_DOT
    while size > _NARROWEST_DOT and _highest(across, spread, size) * size > _TALLEST:
        size -= _SHRINK
    rise = min(size, _TALLEST / _highest(across, spread, size))
    sheet.down(rise * (_highest(across, spread, size) - 1) + size)
    stacked: Counter[int] = Counter()
    for dot in spread.dots:
        column = _column(across, dot, size)
        middle = sheet.y - size / 2 - stacked[column] * rise
        stacked[column] += 1
        sheet.add(_dot(across.start + (column + 0.5) * size, middle, size, below_one=dot < ONE))
    sheet.down(1)


def _dot(x: float, y: float, size: float, *, below_one: bool) -> Circle:
    paint = _paint.DOT_HARM if below_one else _paint.GAIN
    return Circle(x=x, y=y, radius=size * 0.42, paint=paint)


def _column(across: Scale, dot: Decimal, size: float) -> int:
    last = int((across.end - across.start) / size) - 1
    return min(int((across.at(dot) - across.start) / size), last)


def _highest(across: Scale, spread: Spread, size: float) -> int:
    return max(Counter(_column(across, dot, size) for dot in spread.dots).values())


def _range(sheet: Sheet, across: Scale, spread: Spread) -> None:
    """Draw the range of ninety in a hundred runs as a bar with closed ends, between dots and axis."""
    sheet.down(_CAP + 2)
    left, right = across.at(spread.low), across.at(spread.high)
    sheet.add(Line(x1=left, y1=sheet.y, x2=right, y2=sheet.y, paint=_paint.RANGE))
    for end in (left, right):
        sheet.upright(end, sheet.y - _CAP, sheet.y + _CAP, _paint.RANGE)
    sheet.down(_CAP + 4)


def _notes(sheet: Sheet, spread: Spread, voice: Voice, *, shows_one: bool) -> None:
    sheet.down(_SPACE)
    sheet.paragraph(
        voice.say(
            _n("Bar: 90 of 100 runs, %(low)s to %(high)s. Each dot: %(share)s of the runs."),
            low=voice.ratio(spread.low),
            high=voice.ratio(spread.high),
            share=voice.share(1 / Decimal(len(spread.dots))),
        )
    )
    if not shows_one:
        side = _n("A ratio of one, where value equals cost, lies to the left of this drawing.")
        other = _n("A ratio of one, where value equals cost, lies to the right of this drawing.")
        sheet.paragraph(voice.say(side if spread.central > ONE else other))


def _described(spread: Spread, voice: Voice) -> str:
    return voice.say(
        _n("%(dots)s dots, one above another where runs agree, around the central ratio of %(central)s."),
        dots=voice.number(Decimal(len(spread.dots))),
        central=voice.ratio(spread.central),
    )


def _table(spread: Spread, frame: Frame, voice: Voice) -> Table:
    rows = (
        (_n("Central figures"), voice.ratio(spread.central)),
        (_n("5 of 100 runs fall below"), voice.ratio(spread.low)),
        (_n("Half of the runs fall below"), voice.ratio(_middle(spread.dots))),
        (_n("5 of 100 runs lie above"), voice.ratio(spread.high)),
        (_n("Share of runs with a ratio below one"), voice.share(spread.below_one)),
        (_n("Number of runs"), voice.number(Decimal(spread.runs))),
    )
    return Table(
        caption=frame.caption,
        label_head=voice.say(_n("Figure")),
        heads=(Head(voice.say(_n("Ratio"))),),
        rows=tuple(Row(label=voice.say(label), cells=(cell,)) for label, cell in rows),
    )


def _middle(dots: tuple[Decimal, ...]) -> Decimal:
    """Return the median of the quantiles, which is that of the runs."""
    half = len(dots) // 2
    return dots[half] if len(dots) % 2 else (dots[half - 1] + dots[half]) / 2

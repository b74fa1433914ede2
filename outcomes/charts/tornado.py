"""Which assumptions the ratio hangs on: for each, the ratio at its lowest and at its highest figure.

The greatest swing comes first. A range that the account does not state, but that was taken for the test, is hollow
and dashed. The figures at the ends of a bar are those that the assumption was set to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._marks import ABOVE, Drawing, Words
from outcomes.charts._scale import Scale, scale
from outcomes.charts._sheet import GAP, LEADING, SMALL, Flag, Sheet, spans
from outcomes.charts._text import text_width, wrap
from outcomes.charts.figure import Figure, Frame, Head, Row, Table, Voice, complete, nothing

MOST = 12
ONE = Decimal(1)
_HEIGHT = 15.0
_SPACE = 10.0
_STUB = 5.0
_OVERHANG = 3.0
_MOST_FOR_ENDS = 0.4
"""The share of the width that the figures at both ends may take; longer ones stand below their bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One assumption at its low and its high figure (as words), and the ratio at each."""

    label: str
    low: str
    high: str
    ratio_low: Decimal
    ratio_high: Decimal
    stated: bool = True

    @property
    def size(self) -> Decimal:
        """Return how far the ratio moves."""
        return abs(self.ratio_high - self.ratio_low)

    @property
    def ends(self) -> tuple[str, str]:
        """Return the figures at the left and at the right end of the bar."""
        return (self.low, self.high) if self.ratio_low <= self.ratio_high else (self.high, self.low)


def figure(swings: Sequence[Swing], central: Decimal, frame: Frame, voice: Voice, *, most: int = MOST) -> Figure:
    """Return the swings around the central ratio as a figure: the `most` greatest drawn, all of them in the table."""
    if not swings:
        return nothing(
            frame, voice.say(_n("No assumption has a range yet. Give some a low and a high figure to see them here."))
        )
    ranked = sorted(swings, key=lambda swing: -swing.size)
    return complete(
        frame,
        finding=most_sensitive(swings, voice),
        description=_described(central, voice),
        drawing=_drawing(ranked[:most], central, frame.width, voice, left_out=len(ranked) - most),
        table=_table(ranked, frame, voice),
    )


def most_sensitive(swings: Sequence[Swing], voice: Voice) -> str:
    """Return the finding: the assumption that moves the ratio most, and between which ratios."""
    first = max(swings, key=lambda swing: swing.size)
    if not first.size:
        return voice.say(_n("None of these assumptions moves the ratio."))
    low, high = sorted((first.ratio_low, first.ratio_high))
    return voice.say(
        _n("“%(label)s” moves the ratio most: from %(low)s to %(high)s."),
        label=first.label,
        low=voice.ratio(low),
        high=voice.ratio(high),
    )


def _drawing(swings: list[Swing], central: Decimal, width: float, voice: Voice, *, left_out: int) -> Drawing:
    sheet = Sheet(width)
    beside = _room_at_ends(swings, sheet.room)
    ratios = [central, *(ratio for swing in swings for ratio in (swing.ratio_low, swing.ratio_high))]
    across = scale(ratios, sheet.left + (beside or 0.0), sheet.right - (beside or 0.0))
    shows_one = across.holds(ONE) and central != ONE
    _flags(sheet, across, central, voice, shows_one=shows_one)
    for swing in swings:
        _row(sheet, across, swing, central, beside=beside is not None, shows_one=shows_one)
    sheet.axis(across, voice.ratio)
    _notes(sheet, swings, voice, left_out)
    return sheet.finished()


def _flags(sheet: Sheet, across: Scale, central: Decimal, voice: Voice, *, shows_one: bool) -> None:
    """Name the central line and that of a ratio of one, with a stub of each under its name."""
    named = [(_n("Central: %(ratio)s"), central, _paint.CENTRE)]
    if shows_one:
        named.append((_n("Value equals cost: %(ratio)s"), ONE, _paint.LIMIT))
    tops = sheet.flags(
        Flag(text=voice.say(message, ratio=voice.ratio(ratio)), x=across.at(ratio), bold=ratio == central)
        for message, ratio, _ in named
    )
    sheet.down(_STUB)
    for (_, ratio, paint), top in zip(named, tops, strict=True):
        sheet.upright(across.at(ratio), top, sheet.y, paint)
    sheet.down(_STUB)


def _room_at_ends(swings: list[Swing], room: float) -> float | None:
    """Return the room to keep free on each side for the figures at the ends, or None if they must stand below."""
    widest = max(text_width(end, SMALL) for swing in swings for end in swing.ends)
    return widest + GAP / 2 if 2 * widest + GAP <= room * _MOST_FOR_ENDS else None


def _row(sheet: Sheet, across: Scale, swing: Swing, central: Decimal, *, beside: bool, shows_one: bool) -> None:
    sheet.heading(swing.label)
    sheet.down(_OVERHANG)
    left, right = sorted((across.at(swing.ratio_low), across.at(swing.ratio_high)))
    sheet.bar(left, right, _HEIGHT, _paint.GAIN if swing.stated else _paint.UNSTATED)
    ends = _ends_beside(sheet.y, swing, left, right) if beside else ()
    sheet.add(*ends)
    lines = [(central, _paint.CENTRE), *([(ONE, _paint.LIMIT)] if shows_one else [])]
    for x, paint in ((across.at(ratio), paint) for ratio, paint in lines):
        if not any(spans(end, x) for end in ends):
            sheet.upright(x, sheet.y - _OVERHANG, sheet.y + _HEIGHT + _OVERHANG, paint)
    sheet.down(_HEIGHT)
    if not beside:
        sheet.down(_OVERHANG)
        _ends_below(sheet, swing, left, right)
    sheet.down(_SPACE)


def _ends_beside(top: float, swing: Swing, left_end: float, right_end: float) -> tuple[Words, Words]:
    """Return the figures to the left and to the right of a bar."""
    y = top + _HEIGHT / 2 + SMALL * 0.35
    left, right = swing.ends
    return (
        Words(text=left, x=left_end - GAP / 2, y=y, size=SMALL, anchor="end"),
        Words(text=right, x=right_end + GAP / 2, y=y, size=SMALL),
    )


def _ends_below(sheet: Sheet, swing: Swing, left_end: float, right_end: float) -> None:
    """Write the figures below the ends of the bar, as near to them as leaves both on the sheet and apart."""
    room = (sheet.room - GAP) / 2
    left, right = ("".join(wrap(end, room, SMALL, most=1)) for end in swing.ends)
    left_width, right_width = text_width(left, SMALL), text_width(right, SMALL)
    left_x = min(left_end, sheet.right - right_width - GAP - left_width)
    right_x = min(max(right_end - right_width, left_x + left_width + GAP), sheet.right - right_width)
    y = sheet.y + ABOVE * SMALL
    sheet.add(Words(text=left, x=left_x, y=y, size=SMALL), Words(text=right, x=right_x, y=y, size=SMALL))
    sheet.down(LEADING * SMALL)


def _notes(sheet: Sheet, swings: list[Swing], voice: Voice, left_out: int) -> None:
    sheet.centred(voice.say(_n("Ratio")))
    if not all(swing.stated for swing in swings):
        sheet.paragraph(voice.say(_n("Dashed: the account states no range, so one was taken for this test.")))
    if left_out > 0:
        sheet.paragraph(
            voice.say(
                _n("The assumptions that move it least (%(count)s) are in the table only."),
                count=voice.number(Decimal(left_out)),
            )
        )


def _described(central: Decimal, voice: Voice) -> str:
    return voice.say(
        _n("Bars around the central ratio of %(central)s, the greatest swing first. Each is in the table."),
        central=voice.ratio(central),
    )


def _table(ranked: list[Swing], frame: Frame, voice: Voice) -> Table:
    heads = (_n("Low figure"), _n("Ratio at the low figure"), _n("High figure"), _n("Ratio at the high figure"))
    stated = voice.say(_n("Stated in the account")), voice.say(_n("Taken for the test"))
    rows = tuple(
        Row(
            label=swing.label,
            cells=(
                swing.low,
                voice.ratio(swing.ratio_low),
                swing.high,
                voice.ratio(swing.ratio_high),
                stated[0] if swing.stated else stated[1],
            ),
        )
        for swing in ranked
    )
    return Table(
        caption=frame.caption,
        label_head=voice.say(_n("Assumption")),
        heads=(*(Head(voice.say(head)) for head in heads), Head(voice.say(_n("Range")), is_figure=False)),
        rows=rows,
    )

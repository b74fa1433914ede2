"""Change from the baseline: where an indicator stood before and after, always with how many of how many.

Each row is a track: from none to all of those asked where the indicator is a share, else from zero to the greatest
figure of the row. A ring is before, a full dot is after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._marks import ABOVE, Circle, Drawing, Line, Words
from outcomes.charts._scale import Scale, scale
from outcomes.charts._sheet import GAP, LEADING, SMALL, Sheet
from outcomes.charts._text import text_width, wrap
from outcomes.charts.figure import Figure, Frame, Head, Row, Table, Voice, complete, nothing

_RADIUS = 6.0
_SPACE = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an indicator showed at one time: how many, out of how many (None where nothing is counted over)."""

    numerator: Decimal
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One indicator before and after; None is not measured."""

    label: str
    before: Reading | None
    after: Reading | None
    is_share: bool = True
    """Whether the reading is a share of those asked; else it is an average or an amount for one."""


def figure(changes: Sequence[Change], frame: Frame, voice: Voice) -> Figure:
    """Return the changes as a figure, in the order given."""
    if not changes:
        return nothing(
            frame, voice.say(_n("Nothing has been measured yet. Each indicator will show its before and after here."))
        )
    return complete(
        frame,
        finding=moved(changes, voice),
        description=_described(changes, voice),
        drawing=_drawing(changes, frame.width, voice),
        table=_table(changes, frame, voice),
    )


def moved(changes: Sequence[Change], voice: Voice) -> str:
    """Return the finding: the indicator with the greatest change among the shares, from what to what."""
    shares = [each for each in changes if each.is_share and _difference(each) is not None]
    if not shares:
        return voice.say(_n("Indicators before and after: %(count)s."), count=voice.number(Decimal(len(changes))))
    first = max(shares, key=lambda each: abs(_difference(each) or Decimal(0)))
    return voice.say(
        _n("“%(label)s” moved most: from %(before)s to %(after)s."),
        label=first.label,
        before=voice.share(_value(first, first.before) or Decimal(0)),
        after=voice.share(_value(first, first.after) or Decimal(0)),
    )


def _difference(change: Change) -> Decimal | None:
    before, after = _value(change, change.before), _value(change, change.after)
    return None if before is None or after is None else after - before


def _value(change: Change, reading: Reading | None) -> Decimal | None:
    """Return the figure that is drawn, or None if there is none: nobody asked, or nothing to be a share of."""
    if reading is None or reading.denominator == 0 or (change.is_share and reading.denominator is None):
        return None
    return reading.numerator / (reading.denominator or Decimal(1))


def _drawing(changes: Sequence[Change], width: float, voice: Voice) -> Drawing:
    sheet = Sheet(width)
    _legend(sheet, voice)
    for change in changes:
        _row(sheet, change, voice)
    sheet.down(-_SPACE)
    return sheet.finished()


def _legend(sheet: Sheet, voice: Voice) -> None:
    middle = sheet.y + ABOVE * SMALL - 0.35 * SMALL
    x = sheet.left
    for text, ring in ((voice.say(_n("Before")), True), (voice.say(_n("After")), False)):
        name = "".join(wrap(text, sheet.room / 2 - 3 * GAP, SMALL, most=1))
        sheet.add(_dot(x + _RADIUS, middle, ring=ring))
        sheet.add(Words(text=name, x=x + 2 * _RADIUS + GAP / 2, y=sheet.y + ABOVE * SMALL, size=SMALL))
        x += 2 * _RADIUS + GAP / 2 + text_width(name, SMALL) + 2 * GAP
    sheet.down(LEADING * SMALL + GAP)


def _dot(x: float, y: float, *, ring: bool) -> Circle:
    paint, radius = (_paint.DOT_BEFORE, _RADIUS - 1) if ring else (_paint.GAIN, _RADIUS)
    return Circle(x=x, y=y, radius=radius, paint=paint)


def _row(sheet: Sheet, change: Change, voice: Voice) -> None:
    sheet.heading(change.label)
    sheet.down(_RADIUS + 3)
    before, after = _value(change, change.before), _value(change, change.after)
    across = _across(change, [each for each in (before, after) if each is not None], sheet)
    _track(sheet, across)
    if before is not None and after is not None:
        _step(sheet, across.at(before), across.at(after))
    sheet.add(
        *(
            _dot(across.at(each), sheet.y, ring=ring)
            for each, ring in ((before, True), (after, False))
            if each is not None
        )
    )
    sheet.down(_RADIUS + 3)
    _readings(sheet, change, voice)
    sheet.down(_SPACE)


def _across(change: Change, known: list[Decimal], sheet: Sheet) -> Scale:
    whole = [Decimal(1)] if change.is_share else []
    return scale([*known, *whole], sheet.left + _RADIUS, sheet.right - _RADIUS, from_zero=True)


def _track(sheet: Sheet, across: Scale) -> None:
    sheet.add(Line(x1=across.start, y1=sheet.y, x2=across.end, y2=sheet.y, paint=_paint.GRID))
    for x in sorted({across.start, across.at(Decimal(0)), across.end}):
        sheet.upright(x, sheet.y - _RADIUS / 2, sheet.y + _RADIUS / 2, _paint.GRID)


def _step(sheet: Sheet, before: float, after: float) -> None:
    """Draw the way from the ring to the dot, outside the ring."""
    away = _RADIUS if after > before else -_RADIUS
    if abs(after - before) > _RADIUS:
        sheet.add(Line(x1=before + away, y1=sheet.y, x2=after, y2=sheet.y, paint=_paint.STEP))


def _readings(sheet: Sheet, change: Change, voice: Voice) -> None:
    """Write both readings below the track, side by side if they fit."""
    before = voice.say(_n("Before: %(reading)s"), reading=_told(change, change.before, voice))
    after = voice.say(_n("After: %(reading)s"), reading=_told(change, change.after, voice))
    if text_width(before, SMALL) + text_width(after, SMALL) + GAP > sheet.room:
        sheet.paragraph(before)
        sheet.paragraph(after)
        return
    y = sheet.y + ABOVE * SMALL
    sheet.add(
        Words(text=before, x=sheet.left, y=y, size=SMALL),
        Words(text=after, x=sheet.right, y=y, size=SMALL, anchor="end"),
    )
    sheet.down(LEADING * SMALL)


def _told(change: Change, reading: Reading | None, voice: Voice) -> str:
    """Return a reading with what it is of: never a bare percentage."""
    if reading is None:
        return voice.say(_n("not measured"))
    value = _value(change, reading)
    if reading.denominator is None:
        return voice.number(reading.numerator)
    if not change.is_share:
        mean = voice.number(value) if value is not None else voice.say(_n("no figure"))
        return voice.say(_n("%(mean)s (n = %(n)s)"), mean=mean, n=voice.number(reading.denominator))
    of = {"numerator": voice.number(reading.numerator), "denominator": voice.number(reading.denominator)}
    if value is None:
        return voice.say(_n("%(numerator)s of %(denominator)s"), **of)
    return voice.say(_n("%(numerator)s of %(denominator)s (%(share)s)"), share=voice.share(value), **of)


def _described(changes: Sequence[Change], voice: Voice) -> str:
    return voice.say(
        _n("Indicators: %(count)s, a row each, with a ring for before and a full dot for after. All are in the table."),
        count=voice.number(Decimal(len(changes))),
    )


def _table(changes: Sequence[Change], frame: Frame, voice: Voice) -> Table:
    rows = tuple(
        Row(label=each.label, cells=(_told(each, each.before, voice), _told(each, each.after, voice)))
        for each in changes
    )
    heads = (Head(voice.say(_n("Before"))), Head(voice.say(_n("After"))))
    return Table(caption=frame.caption, label_head=voice.say(_n("Indicator")), heads=heads, rows=rows)

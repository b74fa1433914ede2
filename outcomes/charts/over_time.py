"""An indicator over time: what it showed each time that somebody looked, always with how many of how many.

Time runs down the sheet: each reading is a row with its date, and a track on which it stands. A ring is the baseline, a
full dot what came after, a dashed line the target. All tracks share one scale, so the dots wander as the figure does.
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

MOST_DRAWN = 24
"""How many readings are drawn: the first and the latest of them. All are in the table."""
_RADIUS = 6.0
_SPACE = 12.0
_DASH = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an indicator showed one time: how many, out of how many. `when` is the date in the reader's words."""

    when: str
    numerator: Decimal
    denominator: Decimal
    is_baseline: bool = False

    @property
    def value(self) -> Decimal:
        """Return the figure that is drawn: a share of those asked, or an average."""
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with its readings from the first to the last, and the target, if one was set."""

    label: str
    seen: tuple[Seen, ...]
    is_share: bool
    """Whether a reading is a share of those asked; the target is then how many of them. Else both are averages."""
    target: Decimal | None = None

    def target_at(self, seen: Seen) -> Decimal | None:
        """Return the target on the scale of the readings: of those asked that time, where it is a number of them."""
        if self.target is None:
            return None
        return self.target / seen.denominator if self.is_share else self.target


def figure(measured: Measured, frame: Frame, voice: Voice) -> Figure:
    """Return the readings as a figure. Each denominator must be above zero."""
    if not measured.seen:
        return nothing(frame, voice.say(_n("Nothing has been measured yet. Each reading will stand here by its date.")))
    return complete(
        frame,
        finding=went(measured, voice),
        description=_described(measured, voice),
        drawing=_drawing(measured, frame.width, voice),
        table=_table(measured, frame, voice),
    )


def went(measured: Measured, voice: Voice) -> str:
    """Return the finding: from what the indicator went to what, and how that compares with the target."""
    first, last = measured.seen[0], measured.seen[-1]
    if len(measured.seen) == 1:
        said = voice.say(
            _n("“%(label)s” stood at %(reading)s."), label=measured.label, reading=_told(measured, last, voice)
        )
    else:
        said = voice.say(
            _n("“%(label)s” went from %(first)s to %(last)s."),
            label=measured.label,
            first=_told(measured, first, voice),
            last=_told(measured, last, voice),
        )
    target = measured.target_at(last)
    if target is None:
        return said
    beside = _n("The target of %(target)s is reached.") if last.value >= target else _n("The target is %(target)s.")
    return f"{said} {voice.say(beside, target=voice.number(measured.target or Decimal(0)))}"


def _told(measured: Measured, seen: Seen, voice: Voice) -> str:
    """Return a reading with what it is of: never a bare percentage."""
    of = {"numerator": voice.number(seen.numerator), "denominator": voice.number(seen.denominator)}
    if measured.is_share:
        return voice.say(_n("%(numerator)s of %(denominator)s (%(share)s)"), share=voice.share(seen.value), **of)
    return voice.say(_n("%(mean)s (n = %(n)s)"), mean=voice.number(seen.value), n=of["denominator"])


def _drawing(measured: Measured, width: float, voice: Voice) -> Drawing:
    sheet = Sheet(width)
    _legend(sheet, measured, voice)
    drawn = measured.seen
    if len(drawn) > MOST_DRAWN:
        drawn = (drawn[0], *drawn[1 - MOST_DRAWN :])
    across = _across(measured, drawn, sheet)
    for seen in drawn:
        _row(sheet, measured, seen, across, voice)
    sheet.down(-_SPACE)
    return sheet.finished()


def _legend(sheet: Sheet, measured: Measured, voice: Voice) -> None:
    """Write what the marks stand for, each in a line of its own."""
    entries = [(voice.say(_n("Before: the baseline")), True), (voice.say(_n("Later")), False)]
    shown = [entry for entry in entries if any(seen.is_baseline is entry[1] for seen in measured.seen)]
    for text, ring in shown:
        _named(sheet, text, _dot(sheet.left + _RADIUS, _middle(sheet), ring=ring))
    if measured.target is not None:
        text = voice.say(_n("Target: %(target)s"), target=voice.number(measured.target))
        middle = _middle(sheet)
        upright = Line(
            x1=sheet.left + _RADIUS,
            y1=middle - _RADIUS,
            x2=sheet.left + _RADIUS,
            y2=middle + _RADIUS,
            paint=_paint.LIMIT,
        )
        _named(sheet, text, upright)
    sheet.down(GAP)


def _middle(sheet: Sheet) -> float:
    return sheet.y + ABOVE * SMALL - 0.35 * SMALL


def _named(sheet: Sheet, text: str, mark: Circle | Line) -> None:
    left = sheet.left + 2 * _RADIUS + GAP / 2
    name = "".join(wrap(text, sheet.right - left, SMALL, most=1))
    sheet.add(mark, Words(text=name, x=left, y=sheet.y + ABOVE * SMALL, size=SMALL))
    sheet.down(LEADING * SMALL)


def _dot(x: float, y: float, *, ring: bool) -> Circle:
    paint, radius = (_paint.DOT_BEFORE, _RADIUS - 1) if ring else (_paint.GAIN, _RADIUS)
    return Circle(x=x, y=y, radius=radius, paint=paint)


def _across(measured: Measured, drawn: Sequence[Seen], sheet: Sheet) -> Scale:
    """Return the one scale of all tracks: from none to all where readings are shares, else as far as they go."""
    targets = [target for seen in drawn if (target := measured.target_at(seen)) is not None]
    whole = [Decimal(1)] if measured.is_share else []
    values = [seen.value for seen in drawn]
    return scale([*values, *targets, *whole], sheet.left + _RADIUS, sheet.right - _RADIUS, from_zero=True)


def _row(sheet: Sheet, measured: Measured, seen: Seen, across: Scale, voice: Voice) -> None:
    _heading(sheet, seen.when, _told(measured, seen, voice))
    sheet.down(_DASH / 2)
    sheet.add(Line(x1=across.start, y1=sheet.y, x2=across.end, y2=sheet.y, paint=_paint.GRID))
    for x in sorted({across.start, across.at(Decimal(0)), across.end}):
        sheet.upright(x, sheet.y - _RADIUS / 2, sheet.y + _RADIUS / 2, _paint.GRID)
    target = measured.target_at(seen)
    if target is not None:
        sheet.upright(across.at(target), sheet.y - _DASH / 2, sheet.y + _DASH / 2, _paint.LIMIT)
    sheet.add(_dot(across.at(seen.value), sheet.y, ring=seen.is_baseline))
    sheet.down(_DASH / 2 + _SPACE)


def _heading(sheet: Sheet, when: str, told: str) -> None:
    """Write the date, and the reading at the right of it if both fit in a line, else below."""
    if text_width(when, SMALL) + text_width(told, SMALL, bold=True) + GAP > sheet.room:
        sheet.paragraph(when, most=1)
        sheet.lines(wrap(told, sheet.room, SMALL, bold=True), sheet.left, SMALL, bold=True)
        return
    y = sheet.y + ABOVE * SMALL
    sheet.add(
        Words(text=when, x=sheet.left, y=y, size=SMALL),
        Words(text=told, x=sheet.right, y=y, size=SMALL, anchor="end", bold=True),
    )
    sheet.down(LEADING * SMALL)


def _described(measured: Measured, voice: Voice) -> str:
    count = voice.number(Decimal(len(measured.seen)))
    if len(measured.seen) <= MOST_DRAWN:
        return voice.say(_n("Readings by date, the first on top: %(count)s. All are in the table."), count=count)
    return voice.say(
        _n("Readings by date, the first on top: %(count)s, of which the first and the latest are drawn."), count=count
    )


def _table(measured: Measured, frame: Frame, voice: Voice) -> Table:
    head = voice.say(_n("How many of how many")) if measured.is_share else voice.say(_n("Average, and of how many"))
    rows = tuple(Row(label=seen.when, cells=(_told(measured, seen, voice),)) for seen in measured.seen)
    return Table(caption=frame.caption, label_head=voice.say(_n("When")), heads=(Head(head),), rows=rows)

"""Value by stakeholder or by outcome: horizontal bars, the greatest first, harm to the left of zero.

The figure of a bar stands at the end of its row, all of them in one column, where they can be compared to the penny.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._marks import Drawing
from outcomes.charts._scale import scale
from outcomes.charts._sheet import Sheet
from outcomes.charts.figure import Figure, Frame, Head, Row, Table, Voice, complete, nothing

MOST = 15
_HEIGHT = 15.0
_OVERHANG = 2.0
_SPACE = 12.0
_NAMED_IN_DESCRIPTION = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount of money, below zero for harm, and what it is the value of."""

    label: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Drawn:
    bar: Bar
    paint: _paint.Paint


def figure(bars: Sequence[Bar], frame: Frame, voice: Voice, *, head: str, most: int = MOST) -> Figure:
    """Return the bars as a figure; `head` says what they are ("Outcome"). More than `most` share one bar in the end."""
    if not bars:
        return nothing(frame, voice.say(_n("Nothing has been valued yet. Each value will have a bar here.")))
    ranked = sorted(bars, key=lambda bar: -bar.amount)
    return complete(
        frame,
        finding=largest(bars, voice),
        description=_described(ranked, voice),
        drawing=_drawing(_gathered(ranked, voice, most), frame.width, voice),
        table=_table(ranked, frame, voice, head),
    )


def largest(bars: Sequence[Bar], voice: Voice) -> str:
    """Return the finding: which is the largest, its share of all that is gained, and any harm."""
    if not any(bar.amount for bar in bars):
        return voice.say(_n("Every value here is zero."))
    first = max(bars, key=lambda bar: bar.amount)
    gained = sum((bar.amount for bar in bars if bar.amount > 0), Decimal(0))
    lost = sum((bar.amount for bar in bars if bar.amount < 0), Decimal(0))
    if not gained:
        return voice.say(_n("Nothing is gained here: the harm comes to %(lost)s."), lost=voice.money(lost))
    part = {
        "label": first.label,
        "amount": voice.money(first.amount),
        "gained": voice.money(gained),
        "share": voice.share(first.amount / gained),
    }
    if not lost:
        return voice.say(_n("“%(label)s” makes up %(amount)s of %(gained)s (%(share)s)."), **part)
    message = _n("“%(label)s” makes up %(amount)s of the %(gained)s gained (%(share)s); harm takes %(lost)s away.")
    return voice.say(message, **part, lost=voice.money(-lost))


def _gathered(ranked: list[Bar], voice: Voice, most: int) -> list[_Drawn]:
    """Return what is drawn: the largest either way, then the rest as one bar, its gains and its harm apart."""
    if len(ranked) <= most:
        return [_Drawn(bar, _paint_of(bar)) for bar in ranked]
    by_size = sorted(range(len(ranked)), key=lambda index: -abs(ranked[index].amount))
    kept = set(by_size[: most - 2])
    rest = [bar for index, bar in enumerate(ranked) if index not in kept]
    gains = [bar for bar in rest if bar.amount >= 0]
    harms = [bar for bar in rest if bar.amount < 0]
    together = [_together(_n("Others together (%(count)s)"), gains, voice)] if gains else []
    if harms:
        together.append(_together(_n("Other harm together (%(count)s)"), harms, voice))
    return [_Drawn(ranked[index], _paint_of(ranked[index])) for index in sorted(kept)] + together


def _together(message: str, rest: list[Bar], voice: Voice) -> _Drawn:
    label = voice.say(message, count=voice.number(Decimal(len(rest))))
    return _Drawn(Bar(label=label, amount=sum((bar.amount for bar in rest), Decimal(0))), _paint.OTHERS)


def _paint_of(bar: Bar) -> _paint.Paint:
    return _paint.HARM if bar.amount < 0 else _paint.GAIN


def _drawing(drawn: list[_Drawn], width: float, voice: Voice) -> Drawing:
    sheet = Sheet(width)
    across = scale((each.bar.amount for each in drawn), sheet.left, sheet.right, from_zero=True)
    zero = across.at(Decimal(0))
    for each in drawn:
        sheet.heading(each.bar.label, voice.money(each.bar.amount), each.bar.note)
        sheet.down(_OVERHANG)
        sheet.upright(zero, sheet.y - _OVERHANG, sheet.y + _HEIGHT + _OVERHANG)
        sheet.bar(zero, across.at(each.bar.amount), _HEIGHT, each.paint)
        sheet.down(_HEIGHT + _SPACE)
    sheet.down(_OVERHANG - _SPACE)
    return sheet.finished()


def _described(ranked: list[Bar], voice: Voice) -> str:
    named = "; ".join(f"{bar.label}: {voice.money(bar.amount)}" for bar in ranked[:_NAMED_IN_DESCRIPTION])
    if len(ranked) <= _NAMED_IN_DESCRIPTION:
        return voice.say(_n("Bars of value, the largest first: %(named)s."), named=named)
    return voice.say(
        _n("Bars of value, the largest first: %(named)s; down to %(last)s: %(amount)s. All are in the table."),
        named=named,
        last=ranked[-1].label,
        amount=voice.money(ranked[-1].amount),
    )


def _table(ranked: list[Bar], frame: Frame, voice: Voice, head: str) -> Table:
    noted = any(bar.note for bar in ranked)
    heads = (Head(voice.say(_n("Value"))), *((Head(voice.say(_n("Note")), is_figure=False),) if noted else ()))
    rows = tuple(
        Row(label=bar.label, cells=(voice.money(bar.amount), *((bar.note,) if noted else ()))) for bar in ranked
    )
    return Table(caption=frame.caption, label_head=head, heads=heads, rows=rows)

"""From gross value to what may be claimed: each step takes away from, or adds to, what the step before left.

Drawn lying down: what is carried over is pale, what a step takes away is grey behind it, what it adds is in colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._marks import Drawing
from outcomes.charts._scale import Scale, scale
from outcomes.charts._sheet import Sheet
from outcomes.charts.figure import Figure, Frame, Head, Row, Table, Voice, complete, nothing

_HEIGHT = 15.0
_OVERHANG = 2.0
_SPACE = 12.0


class Kind(StrEnum):
    """What a step of the waterfall is."""

    TOTAL = "total"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Step:
    """A total reached, or a change to it: below zero takes away."""

    label: str
    amount: Decimal
    kind: Kind = Kind.CHANGE


@dataclass(frozen=True, slots=True)
class _Drawn:
    step: Step
    before: Decimal
    after: Decimal


def figure(steps: Sequence[Step], frame: Frame, voice: Voice) -> Figure:
    """Return the steps as a figure, in the order given; the first should be a total."""
    if not steps:
        return nothing(frame, voice.say(_n("Nothing has been valued yet. The steps to the total will be here.")))
    return complete(
        frame,
        finding=kept(steps, voice),
        description=_described(steps, voice),
        drawing=_drawing(_followed(steps), frame.width, voice),
        table=_table(steps, frame, voice),
    )


def kept(steps: Sequence[Step], voice: Voice) -> str:
    """Return the finding: how much of the first total is left at the next one, and what the last step comes to."""
    total = voice.money(_followed(steps)[-1].after)
    reached = [step.amount for step in steps if step.kind is Kind.TOTAL]
    if len(reached) < 2 or reached[0] <= 0 or not 0 <= reached[1] <= reached[0]:
        return voice.say(_n("The total comes to %(total)s."), total=total)
    return voice.say(
        _n(
            "%(claimed)s of the %(gross)s gross value (%(share)s) may be claimed in the first year of benefit; "
            "the total comes to %(total)s."
        ),
        claimed=voice.money(reached[1]),
        gross=voice.money(reached[0]),
        share=voice.share(reached[1] / reached[0]),
        total=total,
    )


def _followed(steps: Sequence[Step]) -> list[_Drawn]:
    """Return the steps with the running total before and after each."""
    drawn: list[_Drawn] = []
    running = Decimal(0)
    for step in steps:
        after = step.amount if step.kind is Kind.TOTAL else running + step.amount
        drawn.append(_Drawn(step, running, after))
        running = after
    return drawn


def _drawing(drawn: list[_Drawn], width: float, voice: Voice) -> Drawing:
    sheet = Sheet(width)
    across = scale((each.after for each in drawn), sheet.left, sheet.right, from_zero=True)
    zero = across.at(Decimal(0))
    for each in drawn:
        sheet.heading(each.step.label, voice.money(each.step.amount))
        sheet.down(_OVERHANG)
        _step(sheet, across, each)
        sheet.upright(zero, sheet.y - _OVERHANG, sheet.y + _HEIGHT + _OVERHANG)
        sheet.down(_HEIGHT + _SPACE)
    sheet.down(_OVERHANG - _SPACE)
    return sheet.finished()


def _step(sheet: Sheet, across: Scale, each: _Drawn) -> None:
    if each.step.kind is Kind.TOTAL:
        sheet.bar(across.at(Decimal(0)), across.at(each.after), _HEIGHT, _total_paint(each.after))
        return
    sheet.bar(across.at(Decimal(0)), across.at(_carried(each)), _HEIGHT, _paint.CARRIED)
    changed = _paint.OTHERS if each.step.amount < 0 else _paint.GAIN
    sheet.bar(across.at(each.before), across.at(each.after), _HEIGHT, changed)


def _total_paint(total: Decimal) -> _paint.Paint:
    return _paint.HARM if total < 0 else _paint.GAIN


def _carried(each: _Drawn) -> Decimal:
    """Return how much of the total before is still there after: nothing if the step crosses zero."""
    if (each.before < 0) != (each.after < 0):
        return Decimal(0)
    return min(each.before, each.after, key=abs)


def _described(steps: Sequence[Step], voice: Voice) -> str:
    named = "; ".join(f"{step.label}: {voice.money(step.amount)}" for step in steps)
    return voice.say(_n("Steps from gross value to the total: %(named)s."), named=named)


def _table(steps: Sequence[Step], frame: Frame, voice: Voice) -> Table:
    rows = tuple(
        Row(label=each.step.label, cells=(voice.money(each.step.amount), voice.money(each.after)))
        for each in _followed(steps)
    )
    heads = (Head(voice.say(_n("Amount"))), Head(voice.say(_n("Total so far"))))
    return Table(caption=frame.caption, label_head=voice.say(_n("Step")), heads=heads, rows=rows)

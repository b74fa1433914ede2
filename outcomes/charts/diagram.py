"""The theory of change as a diagram: outputs on the left, the changes that they lead to on their right.

Boxes say by outline and by words, not by colour alone, what is counted, what is left out and what is for the worse.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.words import gettext_noop as _n
from outcomes.charts import _paint
from outcomes.charts._layers import Cell, Columns, Link, Route, columns, middles
from outcomes.charts._marks import ABOVE, Drawing, Path, Piece, Point, Rectangle, Words
from outcomes.charts._sheet import EDGE, LEADING, SMALL, Sheet
from outcomes.charts._text import wrap
from outcomes.charts.figure import Figure, Frame, Step, Story, Voice

WIDTH = 720.0
"""The least width that a diagram is laid out for: a page of text on screen, portrait A4 on paper."""
MOST_IN_COLUMN = 14
_SIZE = 14.0
_PADDING = 8.0
_NARROWEST = 130.0
_WIDEST = 260.0
_GUTTER = 42.0
_BETWEEN = 14.0
_BETWEEN_ARROWS = 8.0
_MOST_LINES = 6
_CORNER = 5.0
_ARROW = 7.0
_MARK = 9.0
"""How wide the mark of a change for the worse is."""
_HEAD_SPACE = 12.0


class Kind(StrEnum):
    """What a box of the diagram is."""

    OUTPUT = "output"
    COUNTED = "counted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An output or an outcome."""

    ref: str
    label: str
    kind: Kind
    worse: bool = False
    """Whether it is a change for the worse."""


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    lines: tuple[str, ...]
    remarks: tuple[str, ...]
    width: float

    @property
    def height(self) -> float:
        text = len(self.lines) * _SIZE + len(self.remarks) * SMALL
        return LEADING * text + 2 * _PADDING


def figure(nodes: Sequence[Node], links: Sequence[Link], frame: Frame, voice: Voice) -> Figure:
    """Return the diagram as a figure; links are pairs of refs, from a cause to its effect."""
    if not nodes:
        description = voice.say(_n("No outputs or outcomes yet. Each will have a box here, with arrows between them."))
        return Figure(id=frame.id, finding=frame.finding or frame.caption, description=description, drawing=None)
    return Figure(
        id=frame.id,
        finding=frame.finding or reach(nodes, voice),
        description=_described(nodes, links, voice),
        drawing=_drawing(nodes, links, frame.width, voice),
        source=frame.source,
        story=told(nodes, links, frame, voice),
    )


def reach(nodes: Sequence[Node], voice: Voice) -> str:
    """Return the finding: how what was done leads to what changed, and whether any of it is for the worse."""
    if any(node.worse for node in nodes):
        return voice.say(_n("How what was done leads to what changed, for better and for worse"))
    return voice.say(_n("How what was done leads to what changed"))


def told(nodes: Sequence[Node], links: Sequence[Link], frame: Frame, voice: Voice) -> Story:
    """Return the diagram in words: each cause with what it leads to, in the order of the nodes."""
    named = {node.ref: _named(node, voice) for node in nodes}
    kept = _kept(nodes, links)
    steps = (
        Step(cause=named[node.ref], effects=tuple(named[effect] for cause, effect in kept if cause == node.ref))
        for node in nodes
    )
    touched = {end for link in kept for end in link}
    return Story(
        caption=frame.caption,
        steps=tuple(step for step in steps if step.effects),
        unlinked=tuple(named[node.ref] for node in nodes if node.ref not in touched),
    )


def _kept(nodes: Sequence[Node], links: Sequence[Link]) -> list[Link]:
    """Return the links that can be drawn: once each, between two of the nodes."""
    known = {node.ref for node in nodes}
    return [(a, b) for a, b in dict.fromkeys(links) if a != b and a in known and b in known]


def _named(node: Node, voice: Voice) -> str:
    remarks = _remarks(node, voice)
    return f"{node.label} ({', '.join(remarks)})" if remarks else node.label


def _remarks(node: Node, voice: Voice) -> tuple[str, ...]:
    worse = (voice.say(_n("for the worse")),) if node.worse else ()
    left_out = (voice.say(_n("not counted")),) if node.kind is Kind.LEFT_OUT else ()
    return worse + left_out


def _described(nodes: Sequence[Node], links: Sequence[Link], voice: Voice) -> str:
    outputs = sum(node.kind is Kind.OUTPUT for node in nodes)
    return voice.say(
        _n("Boxes with arrows. Outputs: %(outputs)s. Outcomes: %(outcomes)s. Arrows: %(links)s. A list follows."),
        outputs=outputs,
        outcomes=len(nodes) - outputs,
        links=len(_kept(nodes, links)),
    )


def _drawing(nodes: Sequence[Node], links: Sequence[Link], width: float, voice: Voice) -> Drawing:
    outputs = [node.ref for node in nodes if node.kind is Kind.OUTPUT]
    others = [node.ref for node in nodes if node.kind is not Kind.OUTPUT]
    laid = columns(outputs, others, _kept(nodes, links), most=MOST_IN_COLUMN)
    count = max(len(laid.columns), 1)
    sheet = Sheet(max(width, WIDTH, 2 * EDGE + count * _NARROWEST + (count - 1) * _GUTTER))
    box_width = min(_WIDEST, (sheet.room - (count - 1) * _GUTTER) / count)
    boxes = {node.ref: _box(node, box_width, voice) for node in nodes}
    if laid.columns:
        _chain(sheet, laid, boxes, voice)
    placed = {cell.key for column in laid.columns for cell in column if not cell.link}
    _apart(sheet, [boxes[node.ref] for node in nodes if node.ref not in placed], voice, linked=bool(placed))
    sheet.down(EDGE)
    return sheet.finished()


def _box(node: Node, width: float, voice: Voice) -> _Box:
    room = width - 2 * _PADDING
    remarks = tuple(
        line for remark in _remarks(node, voice) for line in wrap(remark, room - _MARK - _PADDING / 2, SMALL)
    )
    return _Box(node, wrap(node.label, room, _SIZE, most=_MOST_LINES), remarks, width)


def _chain(sheet: Sheet, laid: Columns, boxes: dict[str, _Box], voice: Voice) -> None:
    """Draw the columns with their heads, arrows and boxes."""
    box_width = next(iter(boxes.values())).width
    gutter = (sheet.room - len(laid.columns) * box_width) / max(len(laid.columns) - 1, 1)
    lefts = [sheet.left + index * (box_width + gutter) for index in range(len(laid.columns))]
    _heads(sheet, laid, boxes, lefts, voice)
    sheet.down(_BETWEEN)
    places = _places(sheet, laid, boxes, lefts)
    for arrow in _arrows(laid, places):
        _draw_arrow(sheet, arrow)
    for cell, place in places.items():
        if not cell.link:
            _draw(sheet, boxes[cell.key], place.left, place.top)
    sheet.down(max(place.top + place.height for place in places.values()) - sheet.y)


def _heads(sheet: Sheet, laid: Columns, boxes: dict[str, _Box], lefts: list[float], voice: Voice) -> None:
    """Write over the first column of each what stands there: outputs, outcomes."""
    kinds = [{boxes[cell.key].node.kind is Kind.OUTPUT for cell in column if not cell.link} for column in laid.columns]
    top = sheet.y
    for is_output, text in ((True, voice.say(_n("Outputs"))), (False, voice.say(_n("Outcomes")))):
        index = next((index for index, kind in enumerate(kinds) if is_output in kind), None)
        if index is not None:
            width = next(iter(boxes.values())).width
            sheet.y = top
            sheet.lines(wrap(text, width, SMALL, bold=True, most=1), lefts[index], SMALL, bold=True)


@dataclass(frozen=True, slots=True)
class _Place:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _places(sheet: Sheet, laid: Columns, boxes: dict[str, _Box], lefts: list[float]) -> dict[Cell, _Place]:
    def height(cell: Cell) -> float:
        return 0.0 if cell.link else boxes[cell.key].height

    def apart(above: Cell, below: Cell) -> float:
        gap = _BETWEEN_ARROWS if above.link and below.link else _BETWEEN
        return (height(above) + height(below)) / 2 + gap

    middle = middles(laid, apart)
    rise = sheet.y - min(at - height(cell) / 2 for cell, at in middle.items())
    width = next(iter(boxes.values())).width
    return {
        cell: _Place(left, middle[cell] + rise - height(cell) / 2, width, height(cell))
        for left, column in zip(lefts, laid.columns, strict=True)
        for cell in column
    }


@dataclass(frozen=True, slots=True)
class _Arrow:
    """Where an arrow leaves the left box, the cells that it passes, and where it meets the right box."""

    start: Point
    passed: tuple[_Place, ...]
    end: Point
    back: bool


def _arrows(laid: Columns, places: dict[Cell, _Place]) -> list[_Arrow]:
    leaving = _ports(laid.routes, places, at=0, next_to=1)
    arriving = _ports(laid.routes, places, at=-1, next_to=-2)
    return [
        _Arrow(
            start=(places[route.cells[0]].right, leaving[route]),
            passed=tuple(places[cell] for cell in route.cells[1:-1]),
            end=(places[route.cells[-1]].left, arriving[route]),
            back=route.back,
        )
        for route in laid.routes
    ]


def _ports(routes: Sequence[Route], places: dict[Cell, _Place], *, at: int, next_to: int) -> dict[Route, float]:
    """Return how far down each arrow meets its box, so that those of one box lie side by side and do not cross."""
    meeting: defaultdict[Cell, list[Route]] = defaultdict(list)
    for route in sorted(routes, key=lambda route: places[route.cells[next_to]].middle):
        meeting[route.cells[at]].append(route)
    return {
        route: places[cell].top + places[cell].height * (index + 1) / (len(met) + 1)
        for cell, met in meeting.items()
        for index, route in enumerate(met)
    }


def _draw_arrow(sheet: Sheet, arrow: _Arrow) -> None:
    """Draw a line from box to box, level where it passes a column, with its head on the effect."""
    tip, way = (arrow.start, _ARROW) if arrow.back else (arrow.end, -_ARROW)
    (start_x, start_y), (end_x, end_y) = arrow.start, arrow.end
    start_x, end_x = (start_x + _ARROW, end_x) if arrow.back else (start_x, end_x - _ARROW)
    pieces: list[Piece] = [("M", ((start_x, start_y),))]
    here = (start_x, start_y)
    for place in arrow.passed:
        pieces += [_curve(here, (place.left, place.middle)), ("L", ((place.right, place.middle),))]
        here = (place.right, place.middle)
    pieces.append(_curve(here, (end_x, end_y)))
    head: tuple[Piece, ...] = (
        ("M", (tip,)),
        ("L", ((tip[0] + way, tip[1] - _ARROW / 2), (tip[0] + way, tip[1] + _ARROW / 2))),
        ("Z", ()),
    )
    line = _paint.LINK_BACK if arrow.back else _paint.LINK
    sheet.add(Path(pieces=tuple(pieces), paint=line), Path(pieces=head, paint=_paint.ARROW))


def _curve(start: Point, end: Point) -> Piece:
    half = (start[0] + end[0]) / 2
    return "C", ((half, start[1]), (half, end[1]), end)


def _draw(sheet: Sheet, box: _Box, left: float, top: float) -> None:
    sheet.add(Rectangle(x=left, y=top, width=box.width, height=box.height, round=_CORNER, paint=_paint_of(box.node)))
    y = top + _PADDING
    for line in box.lines:
        sheet.add(Words(text=line, x=left + _PADDING, y=y + ABOVE * _SIZE, size=_SIZE))
        y += LEADING * _SIZE
    indent = _PADDING + (_MARK + _PADDING / 2 if box.node.worse else 0.0)
    if box.node.worse:
        sheet.add(_worse(left + _PADDING, y + SMALL * 0.4))
    for line in box.remarks:
        sheet.add(Words(text=line, x=left + indent, y=y + ABOVE * SMALL, size=SMALL))
        y += LEADING * SMALL


def _worse(x: float, y: float) -> Path:
    """Return the mark of a change for the worse: a triangle that points down."""
    corners = ((x + _MARK, y), (x + _MARK / 2, y + _MARK * 0.9))
    return Path(pieces=(("M", ((x, y),)), ("L", corners), ("Z", ())), paint=_paint.HARM)


def _paint_of(node: Node) -> _paint.Paint:
    if node.worse:
        return _paint.BOX_HARM_LEFT_OUT if node.kind is Kind.LEFT_OUT else _paint.BOX_HARM
    return _PAINTS[node.kind]


_PAINTS = {
    Kind.OUTPUT: _paint.BOX_OUTPUT,
    Kind.COUNTED: _paint.BOX_COUNTED,
    Kind.LEFT_OUT: _paint.BOX_LEFT_OUT,
}


def _apart(sheet: Sheet, boxes: Sequence[_Box], voice: Voice, *, linked: bool) -> None:
    """Draw what no arrow touches below the chain, row by row, under a line that says so."""
    if not boxes:
        return
    if linked:
        sheet.down(_HEAD_SPACE * 2)
    caption = _n("Not linked to anything yet") if linked else _n("Nothing is linked yet")
    sheet.lines(wrap(voice.say(caption), sheet.room, SMALL, bold=True), sheet.left, SMALL, bold=True)
    sheet.down(_BETWEEN / 2)
    step = boxes[0].width + _BETWEEN
    in_row = max(1, int((sheet.room + _BETWEEN) / step))
    for start in range(0, len(boxes), in_row):
        row = boxes[start : start + in_row]
        for index, box in enumerate(row):
            _draw(sheet, box, sheet.left + index * step, sheet.y)
        sheet.down(max(box.height for box in row) + _BETWEEN)
    sheet.down(-_BETWEEN)

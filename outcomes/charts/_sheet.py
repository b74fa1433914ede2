"""A sheet that is filled from the top: words, bars and axes at the place that is reached.

Every chart is compact: what a bar stands for is written above it, so that the same drawing reads well on a phone, in
half a column on paper, and beside its table on a wide screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from outcomes.charts._marks import ABOVE, Drawing, Line, Mark, Rectangle, Words
from outcomes.charts._paint import AXIS, Paint
from outcomes.charts._scale import Scale, nice_ticks
from outcomes.charts._text import text_width, wrap

LABEL = 15.0
"""The size of labels and figures; on paper and page the drawing is scaled so that it is that of the text around it."""
SMALL = 13.0
LEADING = 1.28
"""From line to line, in em: more than letters rise and hang together."""
GAP = 10.0
EDGE = 3.0
"""What is left free on both sides, for thick lines and for fonts that lean out."""
_TICK = 5.0
_MOST_LABEL_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """The name of a vertical line, and where the line is."""

    text: str
    x: float
    bold: bool = False


class Sheet:
    """The marks so far, and how far down they reach."""

    def __init__(self, width: float) -> None:
        self.left = EDGE
        self.right = width - EDGE
        self.y = 0.0
        self._width = width
        self._marks: list[Mark] = []

    @property
    def room(self) -> float:
        """Return how wide words may be."""
        return self.right - self.left

    def add(self, *marks: Mark) -> None:
        """Add marks that have their place already."""
        self._marks.extend(marks)

    def down(self, by: float) -> None:
        """Leave a space."""
        self.y += by

    def lines(
        self, lines: Iterable[str], x: float, size: float = LABEL, *, anchor: str = "start", bold: bool = False
    ) -> None:
        """Write lines of words one under another, and go below them."""
        for line in lines:
            self._marks.append(Words(text=line, x=x, y=self.y + ABOVE * size, size=size, anchor=anchor, bold=bold))
            self.y += LEADING * size

    def paragraph(self, text: str, size: float = SMALL, *, most: int = 4) -> None:
        """Write words across the sheet in as many lines as it takes, up to `most`."""
        self.lines(wrap(text, self.room, size, most=most), self.left, size)

    def heading(self, label: str, figure: str = "", note: str = "") -> None:
        """Write what the next bar stands for, and its figure on the right: in the last line if it fits, else below."""
        figures = wrap(figure, self.room, LABEL, bold=True)
        taken = text_width(figures[0], LABEL, bold=True) + GAP if figures else 0.0
        lines = self._label(label, taken)
        self.lines(lines, self.left)
        if lines and figures and text_width(lines[-1], LABEL) + taken <= self.room:
            self.down(-LEADING * LABEL)
        self.lines(figures, self.right, anchor="end", bold=True)
        self.lines(wrap(note, self.room, SMALL), self.left, SMALL)

    def _label(self, label: str, taken: float) -> tuple[str, ...]:
        """Return the lines of a label, broken so that the last leaves room for a figure where that loses no words."""
        lines = wrap(label, self.room, LABEL)
        narrow = wrap(label, self.room - taken, LABEL, most=_MOST_LABEL_LINES + 1)
        fits = not lines or text_width(lines[-1], LABEL) + taken <= self.room
        return lines if fits or len(narrow) > _MOST_LABEL_LINES else narrow

    def bar(self, one_end: float, other_end: float, height: float, paint: Paint) -> None:
        """Draw a bar between two places, at the height that is reached; a bar of no length leaves no mark."""
        left, right = sorted((one_end, other_end))
        if right > left:
            self.add(Rectangle(x=left, y=self.y, width=right - left, height=height, paint=paint))

    def upright(self, x: float, top: float, bottom: float, paint: Paint = AXIS) -> None:
        """Draw a vertical line."""
        self.add(Line(x1=x, y1=top, x2=x, y2=bottom, paint=paint))

    def centred(self, text: str, size: float = SMALL) -> None:
        """Write words in the middle of the sheet."""
        self.lines(wrap(text, self.room, size), self.left + self.room / 2, size, anchor="middle")

    def flags(self, flags: Iterable[Flag]) -> list[float]:
        """Write the name of each vertical line above it, beside one another where there is room.

        Returns how far up each line may be drawn without running through a name.
        """
        names = [self._name(flag) for flag in flags]
        rows = _stacked(names)
        tops = []
        for index, (flag_x, name) in enumerate(names):
            below = [rows[other] for other, (_, above) in enumerate(names) if other > index and spans(above, flag_x)]
            tops.append(self.y + LEADING * SMALL * (1 + max([rows[index], *below])))
            self.add(replace(name, y=self.y + LEADING * SMALL * rows[index] + ABOVE * SMALL))
        self.down(LEADING * SMALL * (1 + max(rows, default=-1)))
        return tops

    def _name(self, flag: Flag) -> tuple[float, Words]:
        text = "".join(wrap(flag.text, self.room, SMALL, bold=flag.bold, most=1))
        half = text_width(text, SMALL, bold=flag.bold) / 2
        middle = min(max(flag.x, self.left + half), self.right - half)
        return flag.x, Words(text=text, x=middle, y=0.0, size=SMALL, anchor="middle", bold=flag.bold)

    def axis(self, scale: Scale, label: Callable[[Decimal], str]) -> None:
        """Draw an axis with as many round figures below it as have room."""
        self.add(Line(x1=scale.start, y1=self.y, x2=scale.end, y2=self.y, paint=AXIS))
        marked = self._marked(scale, label)
        for x, _, _ in marked:
            self.upright(x, self.y, self.y + _TICK)
        self.down(_TICK + 1)
        for _, middle, text in marked:
            self.add(Words(text=text, x=middle, y=self.y + ABOVE * SMALL, size=SMALL, anchor="middle"))
        self.down(LEADING * SMALL)

    def _marked(self, scale: Scale, label: Callable[[Decimal], str]) -> list[tuple[float, float, str]]:
        """Return where each round figure is, where its words are centred, and the words: as many as do not touch."""
        for most in (6, 5, 4, 3, 2):
            marked = [self._tick(scale.at(each), label(each)) for each in nice_ticks(scale.low, scale.high, most)]
            if marked and _apart(marked):
                return marked
        return []

    def _tick(self, x: float, text: str) -> tuple[float, float, str]:
        half = text_width(text, SMALL) / 2
        return x, min(max(x, self.left + half), self.right - half), text

    def finished(self) -> Drawing:
        """Return the drawing, as high as it has become."""
        return Drawing(width=self._width, height=self.y, marks=tuple(self._marks))


def _apart(marked: list[tuple[float, float, str]]) -> bool:
    ends = [(middle, text_width(text, SMALL) / 2) for _, middle, text in marked]
    pairs = pairwise(ends)
    return all(left + half + GAP / 2 <= right - other_half for (left, half), (right, other_half) in pairs)


def _stacked(names: list[tuple[float, Words]]) -> list[int]:
    """Return the row of each name: the first in which it does not touch one before it."""
    rows: list[int] = []
    for index, (_, name) in enumerate(names):
        taken = {rows[other] for other in range(index) if _touch(names[other][1], name)}
        rows.append(next(row for row in range(len(names)) if row not in taken))
    return rows


def _touch(one: Words, other: Words) -> bool:
    left, _, right, _ = one.box()
    other_left, _, other_right, _ = other.box()
    return left < other_right + GAP and other_left < right + GAP


def spans(words: Words, x: float) -> bool:
    """Say whether a vertical line at `x` would run through the words."""
    left, _, right, _ = words.box()
    return left <= x <= right

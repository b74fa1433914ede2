"""What a drawing is made of: a few shapes with a place, a size and a paint, in units of the drawing.

x grows to the right, y downwards. Every number is written with at most two decimals and a point, in any language, so
that the same drawing is the same bytes.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from outcomes.charts._paint import WORDS, Paint
from outcomes.charts._text import text_width

ABOVE = 0.95
"""How far letters with accents rise above the line that they stand on, in em."""
BELOW = 0.25
"""How far letters hang below it."""

Attributes = tuple[tuple[str, str], ...]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Point = tuple[float, float]
Piece = tuple[str, tuple[Point, ...]]
"""A letter of the SVG path language (M, L, C, Z) and its points."""


def written(number: float) -> str:
    """Return a number as SVG wants it: a point, at most two decimals, no minus zero."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(ABC):
    """A shape of one paint."""

    tag: ClassVar[str]
    paint: Paint

    @abstractmethod
    def box(self) -> Box:
        """Return the smallest upright rectangle around the shape, lines taken as thin."""

    @abstractmethod
    def place(self) -> Attributes:
        """Return the attributes that say where it is and how large."""

    def attributes(self) -> Attributes:
        """Return all the SVG attributes of the element."""
        return self.place() + self.paint.attributes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle(Mark):
    """An upright rectangle, its corners rounded by `round`."""

    tag: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    round: float = 0.0

    def box(self) -> Box:
        """Return the rectangle itself."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def place(self) -> Attributes:
        """Return corner and size."""
        sides = (("x", self.x), ("y", self.y), ("width", self.width), ("height", self.height))
        corners = (("rx", self.round),) if self.round else ()
        return tuple((name, written(value)) for name, value in (*sides, *corners))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Mark):
    """A straight line."""

    tag: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float

    def box(self) -> Box:
        """Return the rectangle that the line is a diagonal of."""
        return min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2)

    def place(self) -> Attributes:
        """Return both ends."""
        ends = (("x1", self.x1), ("y1", self.y1), ("x2", self.x2), ("y2", self.y2))
        return tuple((name, written(value)) for name, value in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle(Mark):
    """A dot or a ring."""

    tag: ClassVar[str] = "circle"
    x: float
    y: float
    radius: float

    def box(self) -> Box:
        """Return the square around the circle."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius

    def place(self) -> Attributes:
        """Return centre and radius."""
        return (("cx", written(self.x)), ("cy", written(self.y)), ("r", written(self.radius)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Mark):
    """A line or an outline of several pieces."""

    tag: ClassVar[str] = "path"
    pieces: tuple[Piece, ...]

    def box(self) -> Box:
        """Return the rectangle around all points, those that only pull a curve included."""
        xs = [x for _, points in self.pieces for x, _ in points]
        ys = [y for _, points in self.pieces for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def place(self) -> Attributes:
        """Return the path."""
        return (("d", " ".join(_piece(letter, points) for letter, points in self.pieces)),)


def _piece(letter: str, points: tuple[Point, ...]) -> str:
    return letter + " ".join(f"{written(x)},{written(y)}" for x, y in points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Mark):
    """One line of text; `y` is the line that the letters stand on, `anchor` is start, middle or end."""

    tag: ClassVar[str] = "text"
    text: str
    x: float
    y: float
    size: float
    anchor: str = "start"
    bold: bool = False
    paint: Paint = WORDS

    def box(self) -> Box:
        """Return the room that the words take at most."""
        width = text_width(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - ABOVE * self.size, left + width, self.y + BELOW * self.size

    def place(self) -> Attributes:
        """Return where the words stand and how large they are."""
        weight = (("font-weight", "600"),) if self.bold else ()
        anchor = (("text-anchor", self.anchor),) if self.anchor != "start" else ()
        return (("x", written(self.x)), ("y", written(self.y)), ("font-size", written(self.size)), *anchor, *weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished drawing: its size and its marks, those drawn first lowest."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def view_box(self) -> str:
        """Return the `viewBox` of the drawing."""
        return f"0 0 {written(self.width)} {written(self.height)}"

    @property
    def natural_width(self) -> str:
        """Return the width in pixels at which its words have their own size."""
        return written(self.width)

"""What stands on the page or the sheet of paper: a drawing with its finding, its figures and its source."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from outcomes.charts._marks import Drawing

WIDTH = 340.0
"""The width that charts are laid out for: a phone's, or half a column on paper. A wider one gives longer bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How the reader is spoken to: the language, and how figures are written in it. The door brings it along."""

    translate: Callable[[str], str]
    money: Callable[[Decimal], str]
    ratio: Callable[[Decimal], str]
    share: Callable[[Decimal], str]
    """Writes a fraction of 1 as a percentage."""
    number: Callable[[Decimal], str]

    def say(self, message: str, **params: object) -> str:
        """Return a message in the reader's language, its %(names)s filled in."""
        spoken = self.translate(message)
        return spoken % params if params else spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the door says around a drawing, in the reader's language."""

    id: str
    """Unique on the page: the ids inside the drawing begin with it."""
    caption: str
    """What the figures are, over their table: "Value by outcome"."""
    source: str = ""
    """Where the figures come from, and of how many people: written beneath."""
    finding: str = ""
    """What the drawing shows, as a sentence; blank takes the chart's own."""
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; figures are set to the right, words to the left."""

    text: str
    is_figure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: what it is about, and a cell for each head."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The same figures as the drawing, all of them, for those who read rather than look."""

    caption: str
    label_head: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]

    @property
    def body(self) -> list[tuple[str, list[tuple[Head, str]]]]:
        """Return the rows, each cell beside the head of its column."""
        return [(row.label, list(zip(self.heads, row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One cause of a chain of events and what it leads to, as words."""

    cause: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A diagram in words: what leads to what, and what is linked to nothing."""

    caption: str
    steps: tuple[Step, ...]
    unlinked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart or a diagram, ready for the template `charts/figure.html`."""

    id: str
    finding: str
    description: str
    drawing: Drawing | None
    """None where there is nothing to draw: then `description` says so."""
    source: str = ""
    table: Table | None = None
    story: Story | None = None


def nothing(frame: Frame, sentence: str) -> Figure:
    """Return the figure of no figures: a sentence that says what will be here."""
    return Figure(id=frame.id, finding=frame.finding or frame.caption, description=sentence, drawing=None)


def complete(frame: Frame, *, finding: str, description: str, drawing: Drawing, table: Table) -> Figure:
    """Return a chart in its frame; the frame's own finding goes before the chart's."""
    return Figure(
        id=frame.id,
        finding=frame.finding or finding,
        description=description,
        drawing=drawing,
        source=frame.source,
        table=table,
    )

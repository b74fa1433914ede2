"""What the eye asks of any drawing, and the figures and labels that try it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from hypothesis import strategies as st

from outcomes.charts import Frame, Voice
from outcomes.charts._marks import Box, Drawing, Mark, Words

NEAR = 0.01


def money(amount: Decimal) -> str:
    """Write an amount as the page does."""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


VOICE = Voice(
    translate=str,
    money=money,
    ratio=money,
    share=lambda part: f"{part * 100:.0f}%",
    number=lambda figure: f"{figure:,f}",
)
FRAME = Frame(id="drawn", caption="Value by outcome", source="Source: this account.")

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
ratios = st.decimals(min_value=-50, max_value=500, places=4)
labels = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=120) | st.sampled_from(
    [
        "More social contact",
        "W" * 200,
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "Longer journeys and less time for the family of those who work shifts at night in another town",
    ]
)
widths = st.sampled_from([340.0, 480.0, 640.0])


def words(drawing: Drawing) -> list[Words]:
    """Return the lines of text of a drawing."""
    return [mark for mark in drawing.marks if isinstance(mark, Words)]


def text_of(drawing: Drawing) -> str:
    """Return all the words of a drawing, in the order in which they are drawn."""
    return " ".join(mark.text for mark in words(drawing))


def outside(drawing: Drawing) -> list[Mark]:
    """Return the marks that are not wholly on the sheet."""
    return [mark for mark in drawing.marks if not _within(mark.box(), drawing)]


def overlapping(drawing: Drawing) -> list[tuple[Words, Words]]:
    """Return the pairs of lines of text that run into each other."""
    return [(a, b) for a, b in combinations(words(drawing), 2) if meet(a.box(), b.box())]


def struck(drawing: Drawing, *kinds: type[Mark]) -> Iterator[tuple[Words, Mark]]:
    """Yield each line of text that a mark of one of these kinds is drawn over, with the mark."""
    for line in words(drawing):
        for mark in drawing.marks:
            if isinstance(mark, kinds) and meet(line.box(), mark.box()):
                yield line, mark


def meet(one: Box, other: Box) -> bool:
    """Say whether two boxes have more in common than an edge; a line is taken as a little thick."""
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = _thick(one), _thick(other)
    across = min(right, other_right) - max(left, other_left)
    down = min(bottom, other_bottom) - max(top, other_top)
    return across > NEAR and down > NEAR


def _thick(box: Box) -> Box:
    left, top, right, bottom = box
    aside, above = (NEAR if right - left < NEAR else 0.0), (NEAR if bottom - top < NEAR else 0.0)
    return left - aside, top - above, right + aside, bottom + above


def _within(box: Box, drawing: Drawing) -> bool:
    left, top, right, bottom = box
    return left >= -NEAR and top >= -NEAR and right <= drawing.width + NEAR and bottom <= drawing.height + NEAR


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)

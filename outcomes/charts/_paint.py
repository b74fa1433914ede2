"""The few ways in which a mark is painted: every colour of every drawing is here.

A drawing stands on white paper, on a light page and on a dark one. Words and axes take the colour of the text around
them (`currentColor`); each fill below has a contrast of at least 3:1 against both backgrounds. Nothing is said by
colour alone: what is not counted or not stated is dashed as well, what is for the worse lies to the left or is named.
Presentation attributes only: a strict content policy forbids styles, and they are what WeasyPrint draws by.
"""

from dataclasses import dataclass

TEXT = "currentColor"
ACCENT = "#1a7f90"
DANGER = "#c4504a"
NEUTRAL = "#7d8583"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """How a shape is filled and outlined."""

    fill: str = "none"
    stroke: str = ""
    width: str = ""
    dash: str = ""
    opacity: str = ""
    """How much of the fill is seen, for tints under words; blank is all of it."""

    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Return the SVG attributes, those without a value left out."""
        named = (
            ("fill", self.fill),
            ("fill-opacity", self.opacity),
            ("stroke", self.stroke),
            ("stroke-width", self.width),
            ("stroke-dasharray", self.dash),
        )
        return tuple((name, value) for name, value in named if value)


WORDS = Paint(fill=TEXT)
AXIS = Paint(stroke=TEXT, width="1")
GRID = Paint(stroke=NEUTRAL, width="1")
LIMIT = Paint(stroke=TEXT, width="1.5", dash="5 3")
CENTRE = Paint(stroke=TEXT, width="2")

GAIN = Paint(fill=ACCENT)
HARM = Paint(fill=DANGER)
OTHERS = Paint(fill=NEUTRAL)
CARRIED = Paint(fill=ACCENT, opacity="0.25")
UNSTATED = Paint(stroke=ACCENT, width="1.5", dash="4 3")
RANGE = Paint(stroke=ACCENT, width="3")
DOT_BEFORE = Paint(stroke=TEXT, width="2")
DOT_HARM = Paint(stroke=DANGER, width="1.5")
STEP = Paint(stroke=ACCENT, width="4")

BOX_OUTPUT = Paint(fill=NEUTRAL, opacity="0.18", stroke=NEUTRAL, width="1.5")
BOX_COUNTED = Paint(fill=ACCENT, opacity="0.14", stroke=ACCENT, width="1.5")
BOX_LEFT_OUT = Paint(stroke=NEUTRAL, width="1.5", dash="5 3")
BOX_HARM = Paint(fill=DANGER, opacity="0.10", stroke=DANGER, width="2.5")
BOX_HARM_LEFT_OUT = Paint(stroke=DANGER, width="2", dash="5 3")
LINK = Paint(stroke=NEUTRAL, width="1.5")
LINK_BACK = Paint(stroke=NEUTRAL, width="1.5", dash="4 3")
ARROW = Paint(fill=NEUTRAL)

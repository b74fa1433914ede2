"""The look of the report: whoever reads it can tell the words from the ground that they stand on."""

import re

import pytest

from reports.typesetting import ASSET_FOLDER

PAPER = (ASSET_FOLDER / "paper.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", PAPER))
WORDS_ON_GROUNDS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "accent-ground"),
    ("ink", "warning-ground"),
    ("ink", "danger-ground"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "ground"),
    ("accent", "paper"),
    ("accent", "accent-ground"),
    ("warning", "paper"),
    ("warning", "warning-ground"),
    ("danger", "paper"),
    ("danger", "danger-ground"),
    ("on-accent", "accent"),
    ("on-accent-quiet", "accent"),
]
# Lines, and what they stand on; never words.
LINES = {"rule", "rule-strong"}


@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUNDS)
def test_words_stand_out_from_their_ground_by_four_and_a_half_to_one(words: str, ground: str) -> None:
    lighter, darker = sorted((_luminance(COLOURS[words]), _luminance(COLOURS[ground])), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_colour_of_words_is_tried() -> None:
    tried = {words for words, _ in WORDS_ON_GROUNDS}
    used = set(re.findall(r"[^-]color: var\(--([a-z-]+)\)", PAPER)) - {"status"}

    assert used == tried
    assert not used & LINES


def test_every_colour_has_a_name() -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"--[a-z-]+: #[0-9a-f]{6};", "", PAPER))


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

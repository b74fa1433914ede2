"""Words are never taken for narrower than they are drawn on paper, and break where they should."""

from pathlib import Path

import pytest
import weblate_fonts
from fontTools.ttLib import TTFont
from hypothesis import given, strategies as st

from outcomes.charts._text import text_width, wrap

FONTS = Path(weblate_fonts.__path__[0]) / "static" / "weblate_fonts" / "source-sans" / "ttf"
SAMPLES = (
    "More social contact",
    "Gwell iechyd a lles i bobl ifanc yr ardal; ŵ, ŷ, â, ô",
    "WWW MMM @@@ %%% ——",
    "−£1,234,567,890.12",
    "“Fewer days in hospital”: 12 of 80 (15%) / year?",
    "The quick brown fox jumps over the lazy dog",
    "€1.40 to €2.30 & £16.06 + 3 × 4 = 12…",
    "illicit jilting, fifty-fifty",
)


def drawn_width(text: str, face: str) -> float:
    """Return the width of the text in em, as the font itself says."""
    with TTFont(FONTS / face) as font:
        names, widths = font.getBestCmap(), font["hmtx"].metrics
        return float(sum(widths[names[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm)


@pytest.mark.parametrize("text", SAMPLES)
def test_words_are_taken_for_at_least_as_wide_as_paper_draws_them(text: str) -> None:
    assert text_width(text, 1) >= drawn_width(text, "SourceSans3-Regular.ttf")
    assert text_width(text, 1, bold=True) >= drawn_width(text, "SourceSans3-Semibold.ttf")


@pytest.mark.parametrize("text", SAMPLES)
def test_words_are_not_taken_for_much_wider_than_they_are(text: str) -> None:
    assert text_width(text, 1) <= 1.4 * drawn_width(text, "SourceSans3-Regular.ttf")


def test_width_grows_with_size_and_weight() -> None:
    assert text_width("lunch", 20) == pytest.approx(2 * text_width("lunch", 10))
    assert text_width("lunch", 10, bold=True) > text_width("lunch", 10)


def test_an_accent_takes_no_room_and_other_scripts_take_more() -> None:
    assert text_width("ŵ", 10) == text_width("w", 10) == text_width("w\u0302", 10)
    assert text_width("社会", 10) > text_width("so", 10)
    assert text_width("😀", 10) > text_width("M", 10)
    assert text_width("Ж", 10) > text_width("ж", 10)


@given(st.text(max_size=200), st.floats(30, 400), st.booleans(), st.integers(1, 4))
def test_no_line_is_wider_than_asked_and_no_more_lines_come_than_asked(
    text: str, width: float, bold: bool, most: int
) -> None:
    lines = wrap(text, width, 15, bold=bold, most=most)
    assert len(lines) <= most
    assert all(text_width(line, 15, bold=bold) <= width for line in lines)


@given(st.text(max_size=200), st.floats(30, 400))
def test_no_letter_is_lost_when_there_are_lines_enough(text: str, width: float) -> None:
    lines = wrap(text, width, 15, most=1_000)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_between_words() -> None:
    assert wrap("More social contact", 100, 15) == ("More social", "contact")


def test_what_is_left_over_ends_in_an_ellipsis() -> None:
    first, second = wrap("Young people who are in work twelve months after the course ends", 150, 15)
    assert first == "Young people who"
    assert second.startswith("are in")
    assert second.endswith("…")


def test_a_word_too_long_for_a_line_is_broken() -> None:
    lines = wrap("W" * 30, 100, 15, most=9)
    assert len(lines) > 1
    assert "".join(lines) == "W" * 30


def test_an_accent_stays_with_its_letter_where_a_word_is_broken() -> None:
    assert all(not line.startswith("\u0302") for line in wrap("w\u0302" * 40, 50, 15, most=99))


def test_blank_words_make_no_lines() -> None:
    assert wrap("  \n ", 100, 15) == ()

"""What stands in the report for a character that no font can draw."""

import pytest
from hypothesis import given, strategies

from reports.glyphs import drawable_code_points, spell_out

FLAG_OF_WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


def test_text_that_can_be_drawn_is_left_alone() -> None:
    text = "Tŷ'r Gwŷr, £1,234.50 – “½ ✓ ⚠”\n\tZażółć gęślą jaźń, Дуже дякую, شكرا, धन्यवाद, 非常感谢, 고맙습니다"

    assert spell_out(text).text == text
    assert spell_out(text).replaced == ()


@pytest.mark.parametrize(
    ("text", "spelled", "names"),
    [
        ("Great day 😀", "Great day [grinning face]", ("grinning face",)),
        (
            "😀😀 😂",
            "[grinning face][grinning face] [face with tears of joy]",
            ("grinning face", "face with tears of joy"),
        ),
        ("Cymru " + FLAG_OF_WALES, "Cymru [flag: GB-WLS]", ("flag: GB-WLS",)),
        ("\U0001f645\U0001f3fd\u200d\u2640\ufe0f", "[face with no good gesture]♀", ("face with no good gesture",)),
        ("\U0001fae9", "[U+1FAE9]", ("U+1FAE9",)),
        ("\ue000", "[U+E000]", ("U+E000",)),
        ("\ud83d", "[U+D83D]", ("U+D83D",)),
    ],
)
def test_what_no_font_has_is_spelled_out_by_name(text: str, spelled: str, names: tuple[str, ...]) -> None:
    drawable = spell_out(text)

    assert drawable.text == spelled
    assert drawable.replaced == names


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("❤\ufe0f", "❤"),
        ("\ufeffHello", "Hello"),
        ("a\x08b\x00c", "abc"),
        ("👍\U0001f3fd", "👍"),
        ("one\u2028two\u2029three\ffour", "one two three four"),
    ],
)
def test_what_would_not_be_seen_goes_without_a_word(text: str, kept: str) -> None:
    assert spell_out(text).text == kept
    assert spell_out(text).replaced == ()


@given(strategies.text())
def test_what_is_spelled_out_can_always_be_drawn(text: str) -> None:
    once = spell_out(text)

    assert spell_out(once.text).text == once.text
    assert all(ord(character) in drawable_code_points() for character in once.text if character not in "\t\n\r")

"""Every colour of a drawing can be told from the page, light or dark, and words keep the colour of the text."""

import pytest

from outcomes.charts import _paint
from outcomes.charts._paint import TEXT, Paint
from tests.core.charts.looking import contrast

WHITE, DARK = "#ffffff", "#14181c"
INKS = {WHITE: "#20272a", DARK: "#ece7dd"}
PAINTS = {name: value for name, value in vars(_paint).items() if isinstance(value, Paint)}
COLOURS = sorted({colour for paint in PAINTS.values() for colour in (paint.fill, paint.stroke)} - {"", "none", TEXT})
TINTED = {name: paint for name, paint in PAINTS.items() if paint.opacity}


def tint(paint: Paint, ground: str) -> str:
    """Return what is seen of a fill through which the ground shines."""
    share = float(paint.opacity)
    mixed = (
        round(share * int(paint.fill[start : start + 2], 16) + (1 - share) * int(ground[start : start + 2], 16))
        for start in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", [WHITE, DARK])
@pytest.mark.parametrize("colour", COLOURS)
def test_shapes_stand_out_from_a_light_and_a_dark_page(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("ground", [WHITE, DARK])
@pytest.mark.parametrize("name", sorted(TINTED))
def test_words_can_be_read_on_a_tinted_box(name: str, ground: str) -> None:
    assert contrast(INKS[ground], tint(TINTED[name], ground)) >= 4.5


def test_words_take_the_colour_of_the_text_around_them() -> None:
    assert _paint.WORDS.fill == TEXT == "currentColor"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BOX_COUNTED", "BOX_LEFT_OUT"),
        ("BOX_HARM", "BOX_HARM_LEFT_OUT"),
        ("GAIN", "UNSTATED"),
        ("LINK", "LINK_BACK"),
        ("CENTRE", "LIMIT"),
    ],
)
def test_what_differs_in_meaning_differs_by_more_than_colour(one: str, other: str) -> None:
    assert not PAINTS[one].dash
    assert PAINTS[other].dash


def test_a_paint_writes_only_what_it_has() -> None:
    assert Paint(stroke="#123456", dash="4 3").attributes() == (
        ("fill", "none"),
        ("stroke", "#123456"),
        ("stroke-dasharray", "4 3"),
    )

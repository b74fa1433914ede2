"""Bars: sorted, harm to the left of zero, the rest together, and what the finding says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes.charts import Figure, _paint, bars
from outcomes.charts._marks import Line, Rectangle
from outcomes.charts.bars import Bar
from tests.core.charts.looking import FRAME, VOICE, outside, text_of, words
from tests.core.charts.samples import MIXED, TIMEBANK


def rectangles(figure: Figure) -> list[Rectangle]:
    assert figure.drawing is not None
    return [mark for mark in figure.drawing.marks if isinstance(mark, Rectangle)]


def drawn(values: list[Bar], most: int = bars.MOST) -> Figure:
    return bars.figure(values, FRAME, VOICE, head="Outcome", most=most)


def test_bars_are_drawn_the_greatest_first() -> None:
    widths = [mark.width for mark in rectangles(drawn(TIMEBANK))]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] / widths[0] == pytest.approx(237691.80 / 301458.38)


def test_harm_lies_to_the_left_of_zero_and_gain_to_the_right() -> None:
    figure = drawn(MIXED)
    assert figure.drawing is not None
    zero = next(mark.x1 for mark in figure.drawing.marks if isinstance(mark, Line))
    gain, other, harm = rectangles(figure)
    assert gain.x == other.x == pytest.approx(zero)
    assert harm.x + harm.width == pytest.approx(zero)
    assert (gain.paint, harm.paint) == (_paint.GAIN, _paint.HARM)


def test_each_figure_stands_at_the_end_of_its_row() -> None:
    figure = drawn(TIMEBANK)
    assert figure.drawing is not None
    figures = [mark for mark in words(figure.drawing) if mark.text.startswith("£")]
    assert {mark.anchor for mark in figures} == {"end"}
    assert [mark.text for mark in figures] == ["£301,458.38", "£237,691.80", "£41,990.40", "£41,553.00"]
    labels = {mark.text: mark.y for mark in words(figure.drawing)}
    assert labels["Feel more included"] == labels["£301,458.38"]


def test_a_figure_too_long_to_stand_beside_anything_is_broken() -> None:
    wordy = replace(VOICE, money=lambda _: "nine hundred thousand million euro and no cents at all")
    long = bars.figure([Bar("Lunch", Decimal(1))], FRAME, wordy, head="Outcome")
    assert long.drawing is not None
    assert outside(long.drawing) == []
    assert len(words(long.drawing)) == 3


def test_zeros_leave_a_tick_and_no_bar() -> None:
    figure = drawn([Bar("A", Decimal(0)), Bar("B", Decimal(0))])
    assert rectangles(figure) == []
    assert figure.drawing is not None
    assert sum(isinstance(mark, Line) for mark in figure.drawing.marks) == 2
    assert figure.finding == "Every value here is zero."


def test_more_bars_than_there_is_room_for_share_one_in_the_end_gains_and_harm_apart() -> None:
    many = [Bar(f"Outcome {index}", Decimal(1_000 - index)) for index in range(40)]
    harms = [Bar(f"Harm {index}", Decimal(-index)) for index in range(1, 4)] + [Bar("Great harm", Decimal(-5_000))]
    figure = drawn([*many, *harms])
    assert len(rectangles(figure)) == bars.MOST
    assert figure.drawing is not None
    text = text_of(figure.drawing)
    assert "Others together (28)" in text
    assert "Other harm together (3)" in text
    assert "Great harm" in text
    assert figure.table is not None
    assert len(figure.table.rows) == 44


def test_what_is_drawn_adds_up_to_what_was_given() -> None:
    many = [Bar(f"Outcome {index}", Decimal(1_000 - index)) for index in range(40)]
    widths = [mark.width for mark in rectangles(drawn(many))]
    together = sum((bar.amount for bar in many[bars.MOST - 2 :]), Decimal(0))
    assert widths[-1] / widths[0] == pytest.approx(float(together / 1_000))


def test_the_finding_names_the_largest_and_its_share() -> None:
    assert drawn(TIMEBANK).finding == "“Feel more included” makes up £301,458.38 of £622,693.58 (48%)."


def test_the_finding_does_not_hide_harm() -> None:
    assert drawn(MIXED).finding == (
        "“In work after twelve months” makes up £412,300.00 of the £424,300.00 gained (97%); "
        "harm takes £61,200.00 away."
    )
    assert drawn(MIXED[1:2]).finding == "Nothing is gained here: the harm comes to −£61,200.00."


def test_the_table_has_all_figures_sorted_and_the_notes_if_there_are_any() -> None:
    table = drawn(TIMEBANK).table
    assert table is not None
    assert table.rows[0].label == "Feel more included"
    assert [head.text for head in table.heads] == ["Value"]
    noted = drawn([Bar("A", Decimal(1), note="O1")]).table
    assert noted is not None
    assert noted.rows[0].cells == ("£1.00", "O1")
    assert [head.is_figure for head in noted.heads] == [True, False]


def test_the_description_names_the_first_and_the_last() -> None:
    assert drawn(TIMEBANK).description == (
        "Bars of value, the largest first: Feel more included: £301,458.38; More social contact: £237,691.80; "
        "Greater independence: £41,990.40; down to Better health and well-being: £41,553.00. All are in the table."
    )

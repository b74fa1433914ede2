"""An indicator over time: what is drawn where, and what the finding says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from outcomes.charts import _paint, over_time
from outcomes.charts._marks import Circle, Drawing, Line
from outcomes.charts.over_time import Measured, Seen
from tests.core.charts.looking import FRAME, VOICE, labels, outside, overlapping, struck, text_of, widths

FRIENDS = Measured(
    label="Meets friends",
    seen=(
        Seen(when="1 April 2024", numerator=Decimal(32), denominator=Decimal(80), is_baseline=True),
        Seen(when="31 March 2025", numerator=Decimal(60), denominator=Decimal(80)),
    ),
    is_share=True,
    target=Decimal(56),
)
AT_EASE = Measured(
    label="At ease, from 0 to 10",
    seen=(Seen(when="May 2025", numerator=Decimal(84), denominator=Decimal(12)),),
    is_share=False,
    target=Decimal(8),
)


def drawn(measured: Measured) -> Drawing:
    drawing = over_time.figure(measured, FRAME, VOICE).drawing
    assert drawing is not None
    return drawing


def dots(measured: Measured) -> list[Circle]:
    """Return the dots of the readings, without those of the legend."""
    found = [mark for mark in drawn(measured).marks if isinstance(mark, Circle)]
    return found[len(found) - len(measured.seen) :]


def test_nothing_measured_gives_a_sentence_and_no_drawing() -> None:
    figure = over_time.figure(replace(FRIENDS, seen=()), FRAME, VOICE)
    assert (figure.drawing, figure.table, figure.finding) == (None, None, FRAME.caption)
    assert figure.description.endswith("here by its date.")


def test_the_finding_says_from_what_to_what_each_with_how_many_of_how_many() -> None:
    assert over_time.went(FRIENDS, VOICE) == (
        "“Meets friends” went from 32 of 80 (40%) to 60 of 80 (75%). The target of 56 is reached."
    )
    assert over_time.went(replace(FRIENDS, target=Decimal(70)), VOICE).endswith("The target is 70.")
    assert over_time.went(AT_EASE, VOICE) == "“At ease, from 0 to 10” stood at 7 (n = 12). The target is 8."
    assert "arget" not in over_time.went(replace(FRIENDS, target=None), VOICE)


def test_each_reading_stands_where_its_share_is_the_baseline_a_ring() -> None:
    before, after = dots(FRIENDS)
    assert before.paint == _paint.DOT_BEFORE
    assert after.paint == _paint.GAIN
    assert (after.x - 9) / (before.x - 9) == pytest.approx(75 / 40)
    assert before.y < after.y


def test_the_target_is_a_dashed_line_in_every_row_at_its_share_of_those_asked() -> None:
    fewer = Seen(when="June 2025", numerator=Decimal(30), denominator=Decimal(112))
    measured = replace(FRIENDS, seen=(*FRIENDS.seen, fewer))
    lines = [mark for mark in drawn(measured).marks if isinstance(mark, Line) and mark.paint == _paint.LIMIT][1:]
    first, second, third = lines
    assert first.x1 == second.x1
    assert (third.x1 - 9) / (first.x1 - 9) == pytest.approx((56 / 112) / (56 / 80))
    assert not [
        mark
        for mark in drawn(replace(FRIENDS, target=None)).marks
        if isinstance(mark, Line) and mark.paint == _paint.LIMIT
    ]


def test_every_reading_has_its_n_in_the_drawing_and_in_the_table() -> None:
    figure = over_time.figure(FRIENDS, FRAME, VOICE)
    assert figure.table is not None
    for reading in ("32 of 80 (40%)", "60 of 80 (75%)"):
        assert reading in text_of(drawn(FRIENDS))
        assert reading in [cell for row in figure.table.rows for cell in row.cells]


def test_of_very_many_readings_the_first_and_the_latest_are_drawn_and_all_are_in_the_table() -> None:
    seen = tuple(Seen(when=f"day {day}", numerator=Decimal(day), denominator=Decimal(100)) for day in range(60))
    figure = over_time.figure(replace(FRIENDS, seen=seen), FRAME, VOICE)
    assert figure.drawing is not None
    assert figure.table is not None
    assert len(figure.table.rows) == 60
    assert len([mark for mark in figure.drawing.marks if isinstance(mark, Circle)]) == over_time.MOST_DRAWN + 1
    text = text_of(figure.drawing)
    assert "day 0 " in text
    assert "day 59 " in text
    assert "day 20 " not in text
    assert "60, of which the first and the latest are drawn" in figure.description


figures = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
several = st.builds(
    Measured,
    label=labels,
    seen=st.lists(
        st.builds(
            Seen,
            when=labels,
            numerator=figures,
            denominator=st.decimals(min_value="0.01", max_value=10**9, places=2),
            is_baseline=st.booleans(),
        ),
        min_size=1,
        max_size=30,
    ).map(tuple),
    is_share=st.booleans(),
    target=st.none() | figures,
)


@settings(max_examples=60)
@given(several, widths)
def test_readings_stay_on_the_sheet_and_clear_of_words(measured: Measured, width: float) -> None:
    drawing = over_time.figure(measured, replace(FRAME, width=width), VOICE).drawing
    assert drawing is not None
    assert outside(drawing) == []
    assert overlapping(drawing) == []
    assert list(struck(drawing, Circle, Line)) == []

"""Waterfall, tornado, spread and change: what is drawn where, and what the finding says."""

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from outcomes.charts import Figure, _paint, bars, change, diagram, spread, tornado, waterfall
from outcomes.charts._marks import Circle, Line, Mark, Rectangle
from outcomes.charts.change import Change, Reading
from outcomes.charts.tornado import Swing
from outcomes.charts.waterfall import Kind, Step
from tests.core.charts.looking import FRAME, VOICE, struck, text_of, words
from tests.core.charts.samples import CHANGES, GROSS_TO_NET, RUNS, SWINGS

M = TypeVar("M", bound=Mark)


def marks(figure: Figure, kind: type[M]) -> list[M]:
    assert figure.drawing is not None
    return [mark for mark in figure.drawing.marks if isinstance(mark, kind)]


def test_no_figures_give_a_sentence_and_no_drawing() -> None:
    figures = [
        bars.figure([], FRAME, VOICE, head="Outcome"),
        waterfall.figure([], FRAME, VOICE),
        tornado.figure([], Decimal(1), FRAME, VOICE),
        spread.figure(None, FRAME, VOICE),
        change.figure([], FRAME, VOICE),
        diagram.figure([], [], FRAME, VOICE),
    ]
    for figure in figures:
        assert figure.drawing is None
        assert figure.table is None
        assert figure.finding == FRAME.caption
        assert figure.description.endswith("here.") or "box here" in figure.description


def test_the_finding_of_the_frame_stands_instead_of_the_chart_s_own() -> None:
    said = replace(FRAME, finding="Lunches bring people together")
    assert waterfall.figure(GROSS_TO_NET, said, VOICE).finding == "Lunches bring people together"


# --- Waterfall


def test_each_step_of_a_waterfall_begins_where_the_one_before_ended() -> None:
    gross, kept, lost = marks(waterfall.figure(GROSS_TO_NET, FRAME, VOICE), Rectangle)[:3]
    assert kept.paint == _paint.CARRIED
    assert lost.paint == _paint.OTHERS
    assert kept.x + kept.width == pytest.approx(lost.x)
    assert lost.x + lost.width == pytest.approx(gross.x + gross.width)
    assert lost.width / gross.width == pytest.approx(0.1)


def test_a_step_that_adds_is_drawn_beyond_what_was_there() -> None:
    impact, carried, added = marks(waterfall.figure(GROSS_TO_NET, FRAME, VOICE), Rectangle)[7:10]
    assert carried.width == pytest.approx(impact.width)
    assert added.x == pytest.approx(impact.x + impact.width)
    assert added.paint == _paint.GAIN


def test_a_step_across_zero_carries_nothing_over() -> None:
    steps = [
        Step("Gross", Decimal(100), Kind.TOTAL),
        Step("Harm", Decimal(-150)),
        Step("Total", Decimal(-50), Kind.TOTAL),
    ]
    gross, harm, total = marks(waterfall.figure(steps, FRAME, VOICE), Rectangle)
    assert harm.width == pytest.approx(1.5 * gross.width)
    assert total.paint == _paint.HARM
    assert total.x + total.width == pytest.approx(gross.x)


def test_the_finding_of_a_waterfall_is_what_is_left_and_the_total() -> None:
    assert waterfall.figure(GROSS_TO_NET, FRAME, VOICE).finding == (
        "£622,693.58 of the £854,175.00 gross value (73%) may be claimed in the first year of benefit; "
        "the total comes to £803,184.47."
    )
    assert waterfall.kept([Step("Gross", Decimal(0), Kind.TOTAL)], VOICE) == "The total comes to £0.00."


def test_the_table_of_a_waterfall_has_the_total_so_far() -> None:
    table = waterfall.figure(GROSS_TO_NET, FRAME, VOICE).table
    assert table is not None
    assert table.rows[1].cells == ("−£85,417.50", "£768,757.50")


# --- Tornado


def test_the_greatest_swing_comes_first_around_one_central_line() -> None:
    figure = tornado.figure(SWINGS, Decimal("16.06"), FRAME, VOICE)
    widths = [mark.width for mark in marks(figure, Rectangle)]
    assert widths == sorted(widths, reverse=True)
    assert len({mark.x1 for mark in marks(figure, Line) if mark.paint == _paint.CENTRE}) == 1
    assert figure.finding == "“Drop-off” moves the ratio most: from £12.45 to £18.47."


def test_a_range_that_the_account_does_not_state_is_hollow_and_dashed_and_said() -> None:
    figure = tornado.figure(SWINGS, Decimal("16.06"), FRAME, VOICE)
    assert [mark.paint for mark in marks(figure, Rectangle)] == [_paint.GAIN, _paint.UNSTATED, _paint.GAIN]
    assert figure.drawing is not None
    assert "Dashed: the account states no range" in text_of(figure.drawing)
    assert figure.table is not None
    assert [row.cells[-1] for row in figure.table.rows] == [
        "Stated in the account",
        "Taken for the test",
        "Stated in the account",
    ]
    stated = tornado.figure(SWINGS[:2], Decimal("16.06"), FRAME, VOICE)
    assert stated.drawing is not None
    assert "Dashed" not in text_of(stated.drawing)


def test_the_figure_that_gives_the_lower_ratio_stands_on_the_left() -> None:
    figure = tornado.figure(SWINGS, Decimal("16.06"), FRAME, VOICE)
    assert figure.drawing is not None
    place = {mark.text: mark.x for mark in words(figure.drawing)}
    assert place["100%"] < place["50%"]


def test_a_ratio_of_one_is_marked_where_the_bars_reach_it() -> None:
    low = Swing(label="Value", low="£1", high="£9", ratio_low=Decimal("0.5"), ratio_high=Decimal("2.5"))
    with_one = tornado.figure([low], Decimal("1.4"), FRAME, VOICE)
    assert any(mark.paint == _paint.LIMIT for mark in marks(with_one, Line))
    assert with_one.drawing is not None
    assert "Value equals cost: £1.00" in text_of(with_one.drawing)
    without = tornado.figure(SWINGS, Decimal("16.06"), FRAME, VOICE)
    assert not any(mark.paint == _paint.LIMIT for mark in marks(without, Line))


def test_no_line_is_drawn_through_the_figures_at_the_ends() -> None:
    beyond = Swing(label="Inputs", low="1%", high="90%", ratio_low=Decimal("1.1"), ratio_high=Decimal(2))
    wide = Swing(label="Value", low="2%", high="80%", ratio_low=Decimal("0.2"), ratio_high=Decimal(3))
    figure = tornado.figure([beyond, wide], Decimal("1.5"), FRAME, VOICE)
    assert figure.drawing is not None
    assert list(struck(figure.drawing, Line)) == []


def test_the_least_swings_are_in_the_table_only_and_that_is_said() -> None:
    many = [replace(SWINGS[0], label=f"Assumption {index}") for index in range(tornado.MOST + 3)]
    figure = tornado.figure(many, Decimal("16.06"), FRAME, VOICE)
    assert len(marks(figure, Rectangle)) == tornado.MOST
    assert figure.table is not None
    assert len(figure.table.rows) == tornado.MOST + 3
    assert figure.drawing is not None
    assert "(3) are in the table only" in " ".join(text_of(figure.drawing).split())


def test_assumptions_that_move_nothing_are_said_to() -> None:
    still = replace(SWINGS[0], ratio_low=Decimal(2), ratio_high=Decimal(2))
    assert tornado.most_sensitive([still], VOICE) == "None of these assumptions moves the ratio."


# --- Spread


def test_each_quantile_is_a_dot_and_one_below_a_ratio_of_one_is_a_ring() -> None:
    dots = marks(spread.figure(RUNS, FRAME, VOICE), Circle)
    assert len(dots) == len(RUNS.dots)
    rings = [dot for dot in dots if dot.paint == _paint.DOT_HARM]
    assert len(rings) == sum(dot < 1 for dot in RUNS.dots) == 13
    assert max(dot.x for dot in rings) <= min(dot.x for dot in dots if dot.paint == _paint.GAIN)


def test_dots_of_runs_that_agree_are_stacked_without_touching() -> None:
    dots = tuple(sorted([Decimal("1.20")] * 30 + [Decimal("1.10"), Decimal("1.90")]))
    places = {(dot.x, dot.y) for dot in marks(spread.figure(replace(RUNS, dots=dots), FRAME, VOICE), Circle)}
    assert len(places) == 32


@pytest.mark.parametrize("count", [50, 100])
def test_a_high_stack_keeps_to_its_room_and_its_dots_are_as_large_as_that_allows(count: int) -> None:
    agreeing = replace(RUNS, dots=(Decimal("1.20"),) * (count - 1) + (Decimal("1.90"),))
    dots = marks(spread.figure(agreeing, FRAME, VOICE), Circle)
    height = max(dot.y + dot.radius for dot in dots) - min(dot.y - dot.radius for dot in dots)
    assert 120 < height <= 171
    spread_out = marks(spread.figure(RUNS, FRAME, VOICE), Circle)
    assert spread_out[0].radius > dots[0].radius


def test_the_range_of_ninety_in_a_hundred_runs_is_a_bar_and_a_sentence() -> None:
    figure = spread.figure(RUNS, FRAME, VOICE)
    assert figure.finding == "In 90 of 100 runs the ratio lies between £0.70 and £2.00."
    assert sum(mark.paint == _paint.RANGE for mark in marks(figure, Line)) == 3
    assert figure.drawing is not None
    assert "90 of 100 runs, £0.70 to £2.00" in text_of(figure.drawing)


def test_a_ratio_of_one_far_from_the_dots_is_said_not_drawn() -> None:
    far = replace(
        RUNS, dots=tuple(dot + 15 for dot in RUNS.dots), central=Decimal("16.06"), low=Decimal(15), high=Decimal(17)
    )
    figure = spread.figure(far, FRAME, VOICE)
    assert not any(mark.paint == _paint.LIMIT for mark in marks(figure, Line))
    assert figure.drawing is not None
    assert "lies to the left of this drawing" in " ".join(text_of(figure.drawing).split())
    below = replace(
        RUNS, dots=tuple(dot - 15 for dot in RUNS.dots), central=Decimal(-14), low=Decimal(-15), high=Decimal(-13)
    )
    drawing = spread.figure(below, FRAME, VOICE).drawing
    assert drawing is not None
    assert "lies to the right of this drawing" in " ".join(text_of(drawing).split())


def test_runs_that_all_agree_are_a_sentence() -> None:
    figure = spread.figure(replace(RUNS, dots=(Decimal(2),) * 50), FRAME, VOICE)
    assert figure.drawing is None
    assert figure.description == "Every run gives a ratio of £2.00."


def test_the_table_of_a_spread_gives_the_chance_of_a_ratio_below_one() -> None:
    table = spread.figure(RUNS, FRAME, VOICE).table
    assert table is not None
    assert {row.label: row.cells[0] for row in table.rows} == {
        "Central figures": "£1.40",
        "5 of 100 runs fall below": "£0.70",
        "Half of the runs fall below": "£1.36",
        "5 of 100 runs lie above": "£2.00",
        "Share of runs with a ratio below one": "26%",
        "Number of runs": "10,000",
    }


# --- Change


def test_before_is_a_ring_and_after_a_dot_on_a_track_from_none_to_all() -> None:
    figure = change.figure(CHANGES, FRAME, VOICE)
    before, after = marks(figure, Circle)[2:4]
    track = next(mark for mark in marks(figure, Line) if mark.y1 == mark.y2)
    assert (before.paint, after.paint) == (_paint.DOT_BEFORE, _paint.GAIN)
    length = track.x2 - track.x1
    assert [(dot.x - track.x1) / length for dot in (before, after)] == [pytest.approx(0.30), pytest.approx(0.75)]


def test_every_share_is_told_with_how_many_of_how_many() -> None:
    drawing = change.figure(CHANGES, FRAME, VOICE).drawing
    assert drawing is not None
    text = text_of(drawing)
    assert "Before: 24 of 80 (30%)" in text
    assert "After: 60 of 80 (75%)" in text
    assert "Before: 20 (n = 80)" in text
    assert "Before: not measured" in text


def test_what_was_not_measured_has_no_dot() -> None:
    legend, dots = 2, 5
    assert len(marks(change.figure(CHANGES, FRAME, VOICE), Circle)) == legend + dots


def test_none_of_none_is_told_and_not_drawn() -> None:
    none = Change(label="Asked nobody", before=Reading(numerator=Decimal(0), denominator=Decimal(0)), after=None)
    figure = change.figure([none], FRAME, VOICE)
    assert len(marks(figure, Circle)) == 2
    assert figure.drawing is not None
    assert "Before: 0 of 0" in text_of(figure.drawing)


def test_the_finding_of_change_is_the_share_that_moved_most() -> None:
    assert change.moved(CHANGES, VOICE) == "“Meets friends weekly” moved most: from 30% to 75%."
    assert change.moved(CHANGES[1:], VOICE) == "Indicators before and after: 2."

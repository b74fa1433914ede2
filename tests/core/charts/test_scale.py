"""From figures to places, and to the round figures of an axis."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from outcomes.charts._scale import nice_ticks, scale, widened

figures = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


def test_the_ends_of_a_scale_are_its_least_and_greatest_figures() -> None:
    across = scale([Decimal(5), Decimal(1), Decimal(3)], 10, 110)
    assert (across.at(Decimal(1)), across.at(Decimal(3)), across.at(Decimal(5))) == (10, 60, 110)


def test_a_figure_beyond_the_scale_is_drawn_at_its_end() -> None:
    across = scale([Decimal(0), Decimal(1)], 0, 100)
    assert (across.at(Decimal(-9)), across.at(Decimal(9))) == (0, 100)
    assert not across.holds(Decimal(9))
    assert across.holds(Decimal(1))


def test_bars_begin_at_zero() -> None:
    assert scale([Decimal(50), Decimal(100)], 0, 100, from_zero=True).at(Decimal(50)) == 50
    assert scale([Decimal(-50), Decimal(-100)], 0, 100, from_zero=True).at(Decimal(-50)) == 50


def test_nothing_but_zero_is_drawn_at_the_start() -> None:
    assert scale([Decimal(0)], 0, 100, from_zero=True).at(Decimal(0)) == 0


def test_a_single_figure_is_drawn_in_the_middle() -> None:
    assert scale([Decimal(16)], 0, 100).at(Decimal(16)) == 50


def test_a_widened_scale_has_room_on_both_sides() -> None:
    wider = widened(scale([Decimal(0), Decimal(10)], 0, 120), Decimal("0.1"))
    assert (wider.at(Decimal(0)), wider.at(Decimal(10))) == (10, 110)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        ("0", "1", 6, "0 0.2 0.4 0.6 0.8 1"),
        ("0", "1", 5, "0 0.5 1"),
        ("12.36", "18.47", 5, "14 16 18"),
        ("-3", "7", 5, "-2 0 2 4 6"),
        ("0.02", "0.021", 6, "0.02 0.0202 0.0204 0.0206 0.0208 0.021"),
        ("0", "854175", 5, "0 200000 400000 600000 800000"),
        ("1.1", "1.9", 2, "1.5"),
    ],
)
def test_ticks_are_round_figures(low: str, high: str, most: int, ticks: str) -> None:
    assert list(nice_ticks(Decimal(low), Decimal(high), most)) == list(map(Decimal, ticks.split()))


@given(figures, figures, st.integers(2, 9))
def test_ticks_lie_within_in_even_round_steps(one: Decimal, other: Decimal, most: int) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high, most)
    assert len(ticks) <= most
    assert all(low <= tick <= high for tick in ticks)
    steps = {after - before for before, after in pairwise(ticks)}
    assert len(steps) <= 1
    assert all(step.normalize().as_tuple().digits in {(1,), (2,), (5,)} for step in steps)


def test_no_room_between_the_ends_gives_no_ticks() -> None:
    assert nice_ticks(Decimal(3), Decimal(3)) == ()

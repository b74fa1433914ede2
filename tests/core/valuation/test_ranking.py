"""From a ranking to points: the order is kept, ties share, and the points add up."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from outcomes.valuation import points_of_places
from tests.core.valuation.documented import tables

PLACES = st.lists(st.integers(1, 1_000), max_size=40)


def points_of(row: dict[str, str]) -> list[Decimal]:
    return [Decimal(each) for each in row["Points"].split(", ")]


@pytest.mark.parametrize("row", tables()["From a ranking to points"], ids=lambda row: row["Places"])
def test_the_points_are_as_the_page_says(row: dict[str, str]):
    places = [int(each) for each in row["Places"].split(", ")]
    found = points_of_places(places)
    assert [found[place] for place in places] == points_of(row)
    assert sum(points_of(row)) == Decimal(row["Together"])


@given(PLACES)
def test_all_points_together_are_those_of_so_many_outcomes_without_ties(places: list[int]):
    points = points_of_places(places)
    assert sum(points[place] for place in places) * 2 == len(places) * (len(places) + 1)


@given(PLACES)
def test_whoever_stands_before_has_more_points(places: list[int]):
    points = points_of_places(places)
    assert sorted(points, key=lambda place: -points[place]) == sorted(points)
    assert len(set(points.values())) == len(points)


@given(PLACES, st.randoms(use_true_random=False))
def test_only_the_order_counts(places: list[int], dealer):
    shuffled = dealer.sample(places, len(places))
    assert points_of_places(shuffled) == points_of_places(places)
    wider = points_of_places(place * 3 + 7 for place in places)
    assert {place * 3 + 7: points for place, points in points_of_places(places).items()} == wider


def test_nobody_ranked_is_nobodys_points():
    assert points_of_places([]) == {}

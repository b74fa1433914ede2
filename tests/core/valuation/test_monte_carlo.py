"""Every assumption with a stated range drawn at once, many times, from a seed."""

import math
from decimal import Decimal

import pytest

from outcomes.reference import price_series, rate_schedule
from outcomes.valuation import (
    SEED,
    AccountInputs,
    Assumption,
    InvalidInput,
    Range,
    Spread,
    flat_rate,
    optimistic,
    pessimistic,
    sensitivity_as_plain,
    simulate,
    to_places,
    value_account,
)
from tests.core.valuation.examples import account, line, put_in, timebank, wheels

NO_RATE = flat_rate(Decimal(0))


def span(low: str, high: str) -> Range:
    return Range(low=Decimal(low), high=Decimal(high))


def everything() -> AccountInputs:
    """Return an account in which each kind of figure has a range, and values are uprated and anchored."""
    anchor = line("A", value_each="90", price_period="2019-20", weight="4", is_anchor=True, duration=3, drop_off="0.2")
    harm = line("B", value_each=None, weight="2", harm=True, attribution="0.2", displacement="0.1")
    late = line("C", first_year=2, duration=2, deadweight="0.3")
    ranges = {
        ("A", Assumption.VALUE): span("60", "100"),
        ("A", Assumption.DROP_OFF): span("0.1", "0.5"),
        ("A", Assumption.DURATION): span("1", "5"),
        ("B", Assumption.QUANTITY): span("0", "30"),
        ("B", Assumption.ATTRIBUTION): span("0.1", "0.6"),
        ("B", Assumption.DISPLACEMENT): span("0", "0.2"),
        ("C", Assumption.DEADWEIGHT): span("0.3", "0.5"),
        (None, Assumption.INPUTS): span("400", "3000"),
        (None, Assumption.DISCOUNT_RATE): span("0.01", "0.06"),
    }
    return account(
        anchor,
        harm,
        late,
        investments=(put_in("2000"), put_in("100", year=3, key="I2")),
        price_base="2024-25",
        price_series=price_series("gdp-deflator-2025-12"),
        ranges=ranges,
        rates=rate_schedule("green-book-2022"),
    )


def ratios_of(found: Spread) -> list[Decimal]:
    return [each.ratio for each in found.percentiles]


def test_a_seed_gives_the_same_spread_again_and_another_seed_another() -> None:
    again = simulate(everything(), draws=500, seed=7)
    assert simulate(everything(), draws=500, seed=7) == again
    assert simulate(everything(), draws=500, seed=8) != again


def test_the_spread_of_a_seed_stays_as_it_was() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.QUANTITY): span("5", "25")})
    found = simulate(inputs, draws=1000, seed=2017)
    expected = ["1.411284", "1.594476", "1.996406", "2.511870", "3.202508", "3.882140", "4.253740"]
    assert [str(ratio) for ratio in ratios_of(found)] == expected


@pytest.mark.parametrize("inputs", [timebank(), wheels(), account(line("A"), line("B", value_each="-9"))])
def test_without_ranges_every_draw_is_the_central_ratio(inputs: AccountInputs) -> None:
    ratio = value_account(inputs).ratio
    assert ratio is not None
    found = simulate(inputs, draws=50, seed=1)
    assert set(ratios_of(found)) == {to_places(ratio, 6)} == {found.mean}
    assert found.ranges == 0
    assert [each.count for each in found.bins] == [50]


def test_ranges_of_no_width_give_the_central_ratio_too() -> None:
    inputs = everything()
    narrow = {
        (key, assumption): Range(low=central, high=central)
        for (key, assumption), central in {
            ("A", Assumption.VALUE): Decimal(90),
            ("A", Assumption.DURATION): Decimal(3),
            ("B", Assumption.QUANTITY): Decimal(10),
            (None, Assumption.INPUTS): Decimal(2100),
            (None, Assumption.DISCOUNT_RATE): Decimal("0.035"),
        }.items()
    }
    settings = {"investments": inputs.investments, "price_base": "2024-25", "price_series": inputs.price_series}
    narrowed = account(*inputs.lines, ranges=narrow, rates=inputs.rates, **settings)
    ratio = value_account(inputs).ratio
    assert ratio is not None
    assert set(ratios_of(simulate(narrowed, draws=20, seed=3))) == {to_places(ratio, 6)}


def test_no_draw_lies_beyond_the_ends_of_all_ranges() -> None:
    found = simulate(everything(), draws=2000, seed=4)
    low, high = pessimistic(everything()).ratio, optimistic(everything()).ratio
    assert low is not None
    assert high is not None
    assert low <= found.bins[0].low <= found.bins[-1].high <= high
    assert found.bins[-1].high - found.bins[0].low > (high - low) / 3


@pytest.mark.parametrize(
    "place",
    [(None if each in {Assumption.INPUTS, Assumption.DISCOUNT_RATE} else "A", each) for each in Assumption],
)
def test_each_range_alone_spreads_the_ratio_between_its_own_ends(place: tuple[str | None, Assumption]) -> None:
    ends = {Assumption.QUANTITY: ("5", "15"), Assumption.VALUE: ("50", "150"), Assumption.DURATION: ("1", "4")}
    ends |= {Assumption.INPUTS: ("400", "900"), Assumption.DISCOUNT_RATE: ("0.01", "0.2")}
    ranges = {place: span(*ends.get(place[1], ("0.1", "0.6")))}
    shares = {"deadweight": "0.3", "displacement": "0.3", "attribution": "0.3", "drop_off": "0.3"}
    inputs = account(line("A", duration=2, **shares), ranges=ranges)
    low, high = pessimistic(inputs).ratio, optimistic(inputs).ratio
    assert low is not None
    assert high is not None
    found = simulate(inputs, draws=4000, seed=5)
    width = high - low
    assert low <= found.bins[0].low + Decimal("0.000001") < low + width / 5
    assert high >= found.bins[-1].high - Decimal("0.000001") > high - width / 5


def test_draws_follow_the_triangle() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.QUANTITY): span("5", "25")})
    found = simulate(inputs, draws=100_000, seed=6)
    low, central, high = 1.0, 2.0, 5.0
    assert found.mean is not None
    assert abs(float(found.mean) - (low + central + high) / 3) < 0.01
    for each in found.percentiles:
        share = each.percent / 100
        below = low + math.sqrt(share * (high - low) * (central - low))
        above = high - math.sqrt((1 - share) * (high - low) * (high - central))
        expected = below if share < (central - low) / (high - low) else above
        assert abs(float(each.ratio) - expected) < 0.02


def test_years_are_drawn_whole() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.DURATION): span("1", "3")})
    found = simulate(inputs, draws=3000, seed=9)
    assert set(found.dots) == {2, 4, 6}


def test_the_share_below_one_is_counted() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.QUANTITY): span("0", "10")})
    found = simulate(inputs, draws=100_000, seed=10)
    assert found.below_one is not None
    assert abs(found.below_one - Decimal("0.25")) < Decimal("0.01")


def test_dots_and_bins_hold_all_draws() -> None:
    found = simulate(everything(), draws=2000, seed=11)
    assert sum(each.count for each in found.bins) == 2000
    assert list(found.dots) == sorted(found.dots)
    assert len(found.dots) == 50
    assert all(one.high == other.low for one, other in zip(found.bins, found.bins[1:], strict=False))
    assert found.percentile(50) == sorted(ratios_of(found))[3]
    assert found.percentile(51) is None


def test_the_order_of_lines_and_other_ranges_leave_draws_as_they_were() -> None:
    inputs = everything()
    settings = {"price_base": "2024-25", "price_series": inputs.price_series, "rates": inputs.rates}
    turned = account(*reversed(inputs.lines), investments=inputs.investments, ranges=inputs.ranges, **settings)
    assert simulate(turned, draws=500, seed=12) == simulate(inputs, draws=500, seed=12)


def test_a_range_that_changes_nothing_changes_no_draw() -> None:
    ranges = {("O1", Assumption.QUANTITY): span("5", "25")}
    alone = account(line(), line("O2", value_each="0"), ranges=ranges)
    beside = account(
        line(), line("O2", value_each="0"), ranges={**ranges, ("O2", Assumption.QUANTITY): span("5", "25")}
    )
    assert ratios_of(simulate(alone, draws=500, seed=13)) == ratios_of(simulate(beside, draws=500, seed=13))


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        (account(line(), investments=()), "Nothing was put in, so there is nothing to hold the value against."),
        (account(line(value_each=None)), "No outcome is valued in money."),
        (
            account(line(), ranges={(None, Assumption.INPUTS): span("0", "600")}),
            "By its range the total put in could be 0, and then there is no ratio.",
        ),
    ],
)
def test_where_the_ratio_is_or_could_be_undefined_so_is_its_spread(inputs: AccountInputs, why: str) -> None:
    found = simulate(inputs, draws=10, seed=1)
    assert (found.why_undefined, found.mean, found.below_one) == (why, None, None)
    assert (found.percentiles, found.dots, found.bins) == ((), (), ())


def test_an_account_without_outcomes_spreads_around_nothing() -> None:
    assert set(ratios_of(simulate(account(), draws=10, seed=1))) == {0}


@pytest.mark.parametrize(("draws", "seed", "field"), [(0, 1, "draws"), (1_000_001, 1, "draws"), (10, -1, "seed")])
def test_draws_and_seeds_that_cannot_be_are_refused(draws: int, seed: int, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        simulate(account(line()), draws=draws, seed=seed)
    assert caught.value.field == field


def test_all_tests_of_sensitivity_are_said_plainly_together() -> None:
    said = sensitivity_as_plain(everything(), draws=200)
    assert list(said) == ["pessimistic", "optimistic", "break_even", "tornado", "scenarios", "spread"]
    spread = said["spread"]
    assert isinstance(spread, dict)
    assert (spread["seed"], spread["draws"], spread["places"], spread["ranges"]) == (SEED, 200, 6, 9)
    assert said["scenarios"] == []

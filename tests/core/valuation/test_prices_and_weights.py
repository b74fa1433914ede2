"""From the prices of one year to another, and from one value in money to the others by importance."""

from decimal import Decimal
from typing import Any

import pytest

from outcomes.reference import price_series
from outcomes.valuation import (
    AccountInputs,
    AnchorUnclear,
    InvalidInput,
    PeriodsMixed,
    PriceMissing,
    ValueSource,
    to_pence,
    value_account,
)
from tests.core.valuation.examples import account, line

DEFLATOR = price_series("gdp-deflator-2025-12")
CPI = price_series("cpi-2026-03")


def wellby(period: str | None, **settings: Any) -> AccountInputs:
    """Return one year of one more point of life satisfaction, at 13,000 in the prices of a period."""
    return account(line(quantity="1", value_each="13000", price_period=period), **settings)


def value_of(inputs: AccountInputs, key: str = "O1") -> Decimal:
    value = value_account(inputs).line(key).value_each
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("period", "base", "series", "expected"),
    [("2019-20", "2024-25", DEFLATOR, "16072.48"), ("2019", "2024", CPI, "16147.50")],
)
def test_a_value_is_carried_to_the_price_base(period: str, base: str, series: Any, expected: str) -> None:
    inputs = wellby(period, price_base=base, price_series=series)
    assert str(to_pence(value_of(inputs))) == expected
    assert value_account(inputs).line("O1").value_from is ValueSource.UPRATED


@pytest.mark.parametrize(
    ("period", "settings"),
    [
        (None, {}),
        (None, {"price_base": "2024-25"}),
        ("2024-25", {"price_base": "2024-25"}),
        ("1950-51", {"price_base": "1950-51", "price_series": DEFLATOR}),
    ],
)
def test_a_value_in_the_prices_of_the_base_stays(period: str | None, settings: dict[str, Any]) -> None:
    assert value_of(wellby(period, **settings)) == 13000
    assert value_account(wellby(period, **settings)).line("O1").value_from is ValueSource.ENTERED


@pytest.mark.parametrize(
    ("period", "base", "missing"), [("2014-15", "2024-25", "2014-15"), ("2019-20", "2025-26", "2025-26")]
)
def test_a_year_without_an_index_is_named_with_its_series(period: str, base: str, missing: str) -> None:
    with pytest.raises(PriceMissing) as caught:
        value_account(wellby(period, price_base=base, price_series=DEFLATOR))
    assert (caught.value.period, caught.value.series, caught.value.line) == (missing, DEFLATOR.title, "O1")
    assert str(caught.value) == f"O1, price_period: The price series “{DEFLATOR.title}” has no figure for {missing}."


@pytest.mark.parametrize(
    ("period", "base", "series"),
    [("2019", "2024-25", DEFLATOR), ("2019-20", "2024", DEFLATOR), ("2019-20", "2024-25", CPI)],
)
def test_financial_and_calendar_years_are_never_mixed(period: str, base: str, series: Any) -> None:
    with pytest.raises(PeriodsMixed) as caught:
        value_account(wellby(period, price_base=base, price_series=series))
    assert caught.value.line == "O1"


@pytest.mark.parametrize("settings", [{"price_series": DEFLATOR}, {"price_base": "2024-25"}])
def test_a_value_in_other_prices_needs_a_base_and_a_series(settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        value_account(wellby("2019-20", **settings))
    assert (caught.value.line, caught.value.field) == ("O1", "price_period")


def anchored(anchor_value: str = "100", *, anchor_harm: bool = False, **settings: Any) -> AccountInputs:
    """Return an anchor of weight 4, a gain of weight 6, a harm of weight 2, one with its own value, one unasked."""
    return account(
        line("A", value_each=anchor_value, weight="4", is_anchor=True, harm=anchor_harm),
        line("B", value_each=None, weight="6"),
        line("C", value_each=None, weight="2", harm=True),
        line("D", value_each="7", weight="9"),
        line("E", value_each=None),
        **settings,
    )


@pytest.mark.parametrize(("anchor_value", "harm"), [("100", False), ("-100", True)])
def test_other_values_follow_from_the_anchor_in_proportion_to_their_weights(anchor_value: str, harm: bool) -> None:
    workings = value_account(anchored(anchor_value, anchor_harm=harm))
    assert [each.value_each for each in workings.lines[1:]] == [150, -50, 7, None]
    assert [each.value_from for each in workings.lines] == ["entered", "anchor", "anchor", "entered", "none"]
    assert workings.is_anchored


def test_the_anchor_is_uprated_before_others_follow_from_it() -> None:
    lines = (
        line("A", value_each="13000", price_period="2019-20", weight="2", is_anchor=True),
        line("B", value_each=None, weight="1"),
    )
    inputs = account(*lines, price_base="2024-25", price_series=DEFLATOR)
    assert str(to_pence(value_of(inputs, "B"))) == "8036.24"


def test_without_an_anchor_weights_give_no_money() -> None:
    workings = value_account(account(line("A", weight="4"), line("B", value_each=None, weight="6")))
    assert workings.line("B").value_each is None
    assert not workings.is_anchored


@pytest.mark.parametrize("figures", [{"value_each": None}, {"weight": None}, {"weight": "0"}])
def test_an_anchor_needs_a_value_and_a_weight_above_nothing(figures: dict[str, Any]) -> None:
    with pytest.raises(AnchorUnclear) as caught:
        line(**{"weight": "4", "is_anchor": True} | figures)
    assert (caught.value.line, caught.value.field) == ("O1", "is_anchor")


def test_an_account_has_one_anchor() -> None:
    with pytest.raises(AnchorUnclear, match="Only one outcome can be the anchor; these are: A, B"):
        account(line("A", weight="4", is_anchor=True), line("B", weight="4", is_anchor=True))


def test_importance_is_reported_without_any_money() -> None:
    gain = line("A", quantity="10", value_each=None, weight="6", deadweight="0.5")
    harm = line("B", quantity="5", value_each=None, weight="2", harm=True, attribution="0", displacement="0")
    workings = value_account(account(gain, harm, line("C", value_each=None)))
    assert [each.importance for each in workings.lines] == [30, -10, None]
    assert [each.importance_share for each in workings.lines] == [Decimal("0.75"), Decimal("-0.25"), None]
    assert workings.importance == 40
    assert not workings.is_in_money
    assert (workings.ratio, workings.payback) == (None, None)
    assert workings.why_no_ratio == "No outcome is valued in money."


def test_shares_of_no_importance_at_all_are_undefined() -> None:
    workings = value_account(account(line(weight="0")))
    assert (workings.line("O1").importance, workings.line("O1").importance_share) == (0, None)

"""A figure that cannot be is refused where it enters, in a sentence that names the line and the field."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from outcomes.valuation import (
    AccountInputs,
    Assumption,
    Change,
    InvalidInput,
    Investment,
    PeriodsMixed,
    PriceSeries,
    Range,
    RateBand,
    RateSchedule,
    Scenario,
    value_account,
)
from tests.core.valuation.examples import account, line, put_in

NOT_NUMBERS = [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"), 0.5, 3, None]


def refused(make: Callable[..., object], *args: Any, **figures: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        make(*args, **figures)
    return caught.value


def deadweights(low: str, high: str) -> AccountInputs:
    stated = Range(low=Decimal(low), high=Decimal(high))
    return account(line(deadweight="0.2"), ranges={("O1", Assumption.DEADWEIGHT): stated})


@pytest.mark.parametrize("field", ["deadweight", "displacement", "attribution", "drop_off"])
@pytest.mark.parametrize(("figure", "percent"), [("1.3", "130"), ("-0.1", "-10"), ("1.0000001", "100.00001")])
def test_a_factor_outside_nothing_to_all_is_refused(field: str, figure: str, percent: str) -> None:
    error = refused(line, **{field: figure})
    assert (error.line, error.field) == ("O1", field)
    assert str(error) == f"O1, {field}: This must lie between 0 and 100 percent; it is {percent} percent."


@pytest.mark.parametrize("figure", NOT_NUMBERS)
@pytest.mark.parametrize("field", ["quantity", "value_each", "deadweight", "drop_off", "weight"])
def test_what_is_not_a_number_is_refused(field: str, figure: object) -> None:
    if figure is None and field in {"value_each", "weight"}:
        assert getattr(line(**{field: None}), field) is None
        return
    error = refused(line, **{field: figure})
    assert (error.line, error.field) == ("O1", field)
    assert error.message % error.params == f"This must be a number; it is “{figure}”."


@pytest.mark.parametrize("field", ["quantity", "weight"])
def test_a_negative_quantity_or_weight_is_refused(field: str) -> None:
    error = refused(line, **{field: "-1"})
    assert str(error) == f"O1, {field}: This must be 0 or more; it is -1."


@pytest.mark.parametrize("field", ["duration", "first_year"])
@pytest.mark.parametrize("figure", [0, -1, 501, Decimal(2), 1.5, True])
def test_years_are_whole_numbers_from_one(field: str, figure: object) -> None:
    assert refused(line, **{field: figure}).field == field


def test_a_benefit_that_would_end_after_500_years_is_refused() -> None:
    assert line(first_year=1, duration=500).last_year == 500
    assert refused(line, first_year=2, duration=500).field == "duration"


@pytest.mark.parametrize("figure", ["1e15", "-1e15", "1e400"])
def test_a_number_too_large_to_be_meant_is_refused(figure: str) -> None:
    assert refused(line, value_each=figure).field == "value_each"
    assert line(value_each="999999999999999.99").value_each == Decimal("999999999999999.99")


def test_a_number_with_more_places_than_can_be_worked_is_refused() -> None:
    assert refused(line, quantity="1e-101").field == "quantity"


@pytest.mark.parametrize("key", ["", "O 1", "O.1", "Ö1", "a" * 65, "O1\n", "ratio", "year", "input"])
def test_a_key_that_could_not_name_a_figure_is_refused(key: str) -> None:
    assert refused(line, key).field == "key"


@pytest.mark.parametrize("period", ["24", "2024/25", "2024-26", "2024-2025", "", "1999-01"])
def test_a_period_that_is_no_year_is_refused(period: str) -> None:
    assert refused(line, price_period=period).field == "price_period"
    assert refused(account, price_base=period).field == "price_base"


def test_a_financial_year_may_end_a_century() -> None:
    assert line(price_period="1999-00").price_period == "1999-00"


@pytest.mark.parametrize(
    ("figures", "field"), [({"amount": "-1"}, "amount"), ({"year": 0}, "year"), ({"key": "I 1"}, "key")]
)
def test_an_input_that_cannot_be_is_refused(figures: dict[str, Any], field: str) -> None:
    assert refused(put_in, **figures).field == field


@pytest.mark.parametrize("starts", [(), (2,), (1, 1), (1, 31, 30)])
def test_discount_rates_start_in_year_one_and_follow_one_another(starts: tuple[int, ...]) -> None:
    bands = tuple(RateBand(from_year=year, rate=Decimal("0.03")) for year in starts)
    assert refused(RateSchedule, slug="s", title="t", source="s", published="", bands=bands).field == "rates"


def test_a_schedule_cannot_end_before_its_last_rate() -> None:
    bands = (RateBand(from_year=1, rate=Decimal("0.03")), RateBand(from_year=31, rate=Decimal("0.02")))
    error = refused(RateSchedule, slug="s", title="t", source="s", published="", bands=bands, last_year=30)
    assert error.field == "rates"


@pytest.mark.parametrize("rate", ["-0.01", "1.01", "NaN"])
def test_a_discount_rate_outside_nothing_to_all_is_refused(rate: str) -> None:
    assert refused(RateBand, from_year=1, rate=Decimal(rate)).field == "discount_rate"


@pytest.mark.parametrize("index", ["0", "-1", "NaN"])
def test_a_price_index_is_above_nothing(index: str) -> None:
    error = refused(PriceSeries, slug="s", title="t", source="s", base="b", values={"2024": Decimal(index)})
    assert error.field == "price_series"


def test_a_price_series_has_years_of_one_kind() -> None:
    values = {"2024": Decimal(100), "2024-25": Decimal(101)}
    with pytest.raises(PeriodsMixed, match="2024-25 and 2024 are two kinds of year"):
        PriceSeries(slug="s", title="t", source="s", base="b", values=values)


def test_two_lines_cannot_have_one_key() -> None:
    assert str(refused(account, line(), line())) == "O1, key: The key “O1” is used twice."


def test_two_inputs_cannot_have_one_key() -> None:
    assert refused(account, investments=(put_in(), put_in())).line == "I1"


@pytest.mark.parametrize(("low", "high"), [("0.3", "0.4"), ("0.1", "0.15")])
def test_a_range_that_does_not_contain_the_figure_is_refused(low: str, high: str) -> None:
    error = refused(deadweights, low, high)
    assert (error.line, error.field) == ("O1", "deadweight")
    assert error.message % error.params == f"The range from {low} to {high} does not contain the figure itself, 0.2."


def test_a_range_runs_from_low_to_high() -> None:
    assert refused(Range, low=Decimal(2), high=Decimal(1)).field == "low"


def test_a_range_ends_where_the_figure_could_be() -> None:
    assert refused(deadweights, "0.1", "1.1").field == "deadweight"


def test_a_range_of_years_has_whole_ends() -> None:
    stated = Range(low=Decimal(1), high=Decimal("2.5"))
    assert refused(account, line(), ranges={("O1", Assumption.DURATION): stated}).field == "duration"


@pytest.mark.parametrize(
    "place",
    [
        ("O9", Assumption.QUANTITY),
        (None, Assumption.QUANTITY),
        ("O1", Assumption.INPUTS),
        ("O1", Assumption.DISCOUNT_RATE),
        ("O2", Assumption.VALUE),
    ],
)
def test_a_range_of_a_figure_that_is_not_there_is_refused(place: tuple[str | None, Assumption]) -> None:
    stated = Range(low=Decimal(0), high=Decimal(1))
    assert refused(account, line(), line("O2", value_each=None), ranges={place: stated}).field == place[1].value


@pytest.mark.parametrize(
    ("assumption", "figure", "key"),
    [
        (Assumption.DEADWEIGHT, "1.1", "O1"),
        (Assumption.QUANTITY, "-1", None),
        (Assumption.DURATION, "0", "O1"),
        (Assumption.DURATION, "1.5", "O1"),
        (Assumption.INPUTS, "-1", None),
        (Assumption.INPUTS, "1", "O1"),
        (Assumption.DISCOUNT_RATE, "NaN", None),
        (Assumption.VALUE, "5", None),
    ],
)
def test_a_change_to_what_cannot_be_is_refused(assumption: Assumption, figure: str, key: str | None) -> None:
    assert refused(Change, assumption=assumption, figure=Decimal(figure), line=key).field == assumption.value


def test_a_scenario_changes_a_figure_once() -> None:
    change = Change(assumption=Assumption.QUANTITY, figure=Decimal(1), line="O1")
    assert refused(Scenario, key="s", name="Twice", changes=(change, change)).line == "O1"


def test_a_scenario_changes_lines_that_are_there() -> None:
    change = Change(assumption=Assumption.QUANTITY, figure=Decimal(1), line="O9")
    scenario = Scenario(key="s", name="Elsewhere", changes=(change,))
    assert refused(account, line(), scenarios=(scenario,)).line == "O9"


def test_ranges_and_prices_are_frozen() -> None:
    stated = {("O1", Assumption.QUANTITY): Range(low=Decimal(1), high=Decimal(20))}
    inputs = account(line(), ranges=stated)
    stated.clear()
    assert ("O1", Assumption.QUANTITY) in inputs.ranges
    with pytest.raises(TypeError):
        inputs.ranges["O1", Assumption.QUANTITY] = Range(low=Decimal(0), high=Decimal(1))


def test_an_account_of_no_outcomes_is_worth_nothing() -> None:
    workings = value_account(account())
    assert (workings.ratio, workings.total_present_value, workings.years) == (0, 0, 0)
    assert workings.net_present_value == -500
    assert workings.payback is None
    assert workings.why_no_ratio is None


@pytest.mark.parametrize("investments", [(), (put_in("0"),)])
def test_without_inputs_there_is_no_ratio_and_it_says_why(investments: tuple[Investment, ...]) -> None:
    workings = value_account(account(line(), investments=investments))
    assert (workings.ratio, workings.net_ratio) == (None, None)
    assert workings.why_no_ratio == "Nothing was put in, so there is nothing to hold the value against."
    assert workings.figure("ratio").why_undefined == workings.why_no_ratio
    assert workings.total_present_value > 0

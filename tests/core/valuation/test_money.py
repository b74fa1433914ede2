"""Rounding has one place, and the arithmetic a precision of its own."""

from decimal import ROUND_DOWN, Context, Decimal, localcontext

import pytest

from outcomes.valuation import flat_rate, plain_number, to_pence, to_places, value_account
from tests.core.valuation.examples import account, line, timebank


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.0049999", "0.00"),
        ("-0.005", "-0.01"),
        ("2.675", "2.68"),
        ("622693.575", "622693.58"),
        ("1e3", "1000.00"),
        ("-0", "0.00"),
        ("-0.004", "0.00"),
        ("123456789012345678901234567890.125", "123456789012345678901234567890.13"),
    ],
)
def test_money_is_rounded_half_up_to_the_penny(amount: str, expected: str) -> None:
    assert str(to_pence(Decimal(amount))) == expected


def test_a_context_set_elsewhere_does_not_round_otherwise() -> None:
    with localcontext(Context(prec=3, rounding=ROUND_DOWN)):
        assert str(to_pence(Decimal("622693.575"))) == "622693.58"
        assert str(to_places(Decimal("16.06369"), 1)) == "16.1"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.10", "0.1"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("-0", "0"),
        ("-0.000", "0"),
        ("0E+5", "0"),
        ("1e-7", "0.0000001"),
    ],
)
def test_a_plain_number_is_digits_without_needless_noughts(amount: str, expected: str) -> None:
    assert plain_number(Decimal(amount)) == expected


def test_a_quotient_has_fifty_digits_and_a_product_all_of_its_own() -> None:
    thirds = value_account(account(line(value_each="1", quantity="1"), rates=flat_rate(Decimal("0.5"))))
    assert thirds.total_present_value == Decimal("0." + "6" * 49 + "7")
    factors = {"deadweight": "0.123456789012345678901", "displacement": "0.234567890123456789012"}
    exact = value_account(
        account(line(value_each="1.00000000000000000001", quantity="1.00000000000000000001", **factors))
    )
    assert len(exact.impact.as_tuple().digits) > 80


def test_harm_that_is_all_deadweight_is_nothing_and_not_minus_nothing() -> None:
    workings = value_account(account(line(value_each="-5", deadweight="1")))
    assert str(to_pence(workings.impact)) == "0.00"
    assert plain_number(workings.impact) == "0"
    assert workings.figure("O1.impact").shown == "0.00"


def test_plain_figures_are_unrounded_and_in_one_order() -> None:
    said = value_account(timebank()).as_plain()
    assert list(said) == ["inputs", "lines", "years", "discounted_inputs", "totals"]
    totals = said["totals"]
    assert isinstance(totals, dict)
    assert totals["impact"] == "622693.575"
    assert totals["ratio"] == "16.063689326086956521739130434782608695652173913043"
    assert totals["why_no_ratio"] is None
    assert said["years"] == [
        {"year": 1, "impact": "622693.575", "discount_factor": "1", "present_value": "622693.575"},
        {
            "year": 2,
            "impact": "186808.0725",
            "discount_factor": "1.035",
            "present_value": "180490.89130434782608695652173913043478260869565217",
        },
    ]
    assert said["discounted_inputs"] == {"I1": "50000"}

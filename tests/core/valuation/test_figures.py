"""Every figure has a name, a formula written by the code that ran, and the figures that it came from."""

from decimal import Decimal

import pytest

from outcomes.valuation import (
    RESERVED,
    AccountInputs,
    Assumption,
    NoSuchFigure,
    Unit,
    Workings,
    shown,
    value_account,
)
from tests.core.valuation.examples import account, employment, line, put_in, timebank, wheels
from tests.core.valuation.strategies import PRICES


@pytest.fixture
def workings() -> Workings:
    return value_account(timebank())


def rich() -> AccountInputs:
    """Return an account with everything in it: uprated, anchored, unvalued, late, harmful, paid back in year 3."""
    lines = (
        line("A", value_each="90", price_period="2019-20", weight="4", is_anchor=True, duration=4, drop_off="0.1"),
        line("B", value_each=None, weight="2", harm=True, attribution="0.2"),
        line("C", value_each=None),
        line("D", first_year=2, duration=2, deadweight="0.3"),
    )
    investments = (put_in("2500"), put_in("300", year=3, key="I2"))
    return account(*lines, investments=investments, price_base="2024-25", price_series=PRICES)


def test_the_ratio_is_explained_down_to_what_was_entered(workings: Workings) -> None:
    ratio = workings.figure("ratio")
    assert ratio.formula == "total present value ÷ total inputs"
    assert ratio.working == "803,184.47 ÷ 50,000.00"
    assert [part.name for part in ratio.parts] == ["total_present_value", "inputs"]
    found = ratio
    while found.parts:
        found = found.parts[0]
    assert (found.name, found.line, found.assumption, found.is_entered) == (
        "O1.quantity",
        "O1",
        Assumption.QUANTITY,
        True,
    )


@pytest.mark.parametrize(
    ("name", "formula", "working"),
    [
        ("O1.gross", "quantity × value of one", "95 × 3,432.00"),
        ("O1.after_deadweight", "gross value × (1 − deadweight)", "326,040.00 × (1 − 10%)"),
        ("O1.after_displacement", "value after deadweight × (1 − displacement)", "293,436.00 × (1 − 10%)"),
        ("O1.impact", "value after displacement × (1 − attribution to others)", "264,092.40 × (1 − 10%)"),
        ("O1.year.1", "impact", "237,683.16"),
        ("O1.year.2", "impact in year 1 × (1 − drop-off)", "237,683.16 × (1 − 70%)"),
        ("O1.year.2.present_value", "impact in year 2 ÷ discount factor of year 2", "71,304.95 ÷ 1.035000"),
        ("discount.2", "discount factor of year 1 × (1 + discount rate of year 1)", "1.000000 × (1 + 3.5%)"),
        ("payback", "total inputs ÷ present value of year 1", "50,000.00 ÷ 622,693.58"),
        ("net_present_value", "total present value − total inputs", "803,184.47 − 50,000.00"),
    ],
)
def test_a_formula_is_shown_with_its_terms_and_with_its_numbers(
    workings: Workings, name: str, formula: str, working: str
) -> None:
    figure = workings.figure(name)
    assert (figure.formula, figure.working) == (formula, working)


def test_uprating_anchoring_and_late_payback_are_explained() -> None:
    workings = value_account(rich())
    uprated, anchored, payback = (workings.figure(name) for name in ("A.value_each", "B.value_each", "payback"))
    assert uprated.formula == "value as entered × price index of 2024-25 ÷ price index of 2019-20"
    assert uprated.working == "90.00 × 100 ÷ 80.8836"
    assert anchored.formula == "−(value of the anchor × importance of one ÷ importance of the anchor)"
    assert anchored.working == "−(111.27 × 2 ÷ 4)"
    assert payback.formula == (
        "whole years before + (total inputs − present value of the years before) ÷ present value of year 3"
    )


@pytest.mark.parametrize("inputs", [timebank(), employment(), wheels(), rich(), account(), account(investments=())])
def test_each_figure_is_found_by_its_name_and_follows_from_its_parts(inputs: AccountInputs) -> None:
    workings = value_account(inputs)
    names = list(workings.names())
    assert len(set(names)) == len(names)
    for name in names:
        figure = workings.figure(name)
        assert figure.name == name
        assert (figure.amount is None) is (figure.why_undefined is not None), name
        again = figure.reworked()
        if figure.part_names and figure.amount is not None:
            assert again is not None, name
            assert abs(again - figure.amount) < Decimal("1e-25"), name
            assert figure.formula, name
            assert figure.working, name
        else:
            assert (again, figure.working) == (None, "")


@pytest.mark.parametrize("inputs", [timebank(), wheels(), rich()])
def test_every_figure_but_conventions_leads_to_what_was_entered(inputs: AccountInputs) -> None:
    workings = value_account(inputs)
    for name in workings.names():
        figure = workings.figure(name)
        assert (
            figure.part_names or figure.is_entered or figure.note or figure.why_undefined or figure.amount in {0, 1, 2}
        )


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "nothing", "O1", "O1.", "O1.nothing", "O9.impact", "O1.year", "O1.year.0", "O1.year.3", "O1.year.02",
        "O1.year.two", "O1.year.1.nothing", "O1.value_entered", "year.3", "year.1.nothing", "discount.3", "discount",
        "discount.1.2", "rate.2", "rate", "input.I9", "input.I1.nothing", "input", "price.2024-25", "price",
        "payback.years_before", "payback.nothing", "inputs.I1", "ratio.1", "O1.year.1.present_value.1",
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_refused(workings: Workings, name: str) -> None:
    with pytest.raises(NoSuchFigure):
        workings.figure(name)


def test_no_key_of_a_line_can_hide_a_figure_of_the_account() -> None:
    inputs = rich()
    workings = value_account(inputs)
    keys = {each.key for each in inputs.lines}
    assert {name.partition(".")[0] for name in workings.names()} - keys == RESERVED


def test_a_year_outside_those_counted_is_nothing_and_says_which_years_are_counted() -> None:
    figure = value_account(rich()).figure("D.year.1")
    assert (figure.amount, figure.parts) == (0, ())
    assert figure.note is not None
    assert figure.note % figure.params == "This outcome is counted from year 2 to year 3."


def test_an_outcome_without_a_value_says_so_at_each_of_its_figures() -> None:
    workings = value_account(rich())
    for name in ("value_each", "gross", "impact", "present_value", "year.1", "year.1.present_value"):
        figure = workings.figure(f"C.{name}")
        assert (figure.amount, figure.shown) == (None, None)
        assert figure.why_undefined == "This outcome is not valued in money."


def test_a_formula_is_written_in_any_language() -> None:
    welsh = {"total present value": "cyfanswm gwerth presennol", "total inputs": "cyfanswm mewnbynnau"}
    figure = value_account(timebank()).figure("ratio")
    assert figure.formula_in(welsh.__getitem__) == "cyfanswm gwerth presennol ÷ cyfanswm mewnbynnau"


def test_a_long_sum_is_written_with_its_first_terms_and_its_last() -> None:
    working = value_account(wheels()).figure("gross_value").working
    assert working == "658.00 + 34,748.00 + 50,540.00 + … + (−1,375.00)"


def test_payback_that_is_lost_again_says_so() -> None:
    benefit, harm = line(), line("O2", value_each="-90", first_year=2)
    figure = value_account(account(benefit, harm)).figure("payback")
    assert figure.amount is not None
    assert figure.note == "Later years take the value below what was put in again."


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1234567.885", Unit.MONEY, "1,234,567.89"),
        ("-1306.25", Unit.MONEY, "−1,306.25"),
        ("-0.001", Unit.MONEY, "0.00"),
        ("0.035", Unit.SHARE, "3.5%"),
        ("1", Unit.SHARE, "100%"),
        ("0.12345", Unit.SHARE, "12.35%"),
        ("95", Unit.QUANTITY, "95"),
        ("1200.50", Unit.QUANTITY, "1,200.5"),
        ("0.0803", Unit.YEARS, "0.08"),
        ("16.0637", Unit.RATIO, "16.06"),
        ("1.0350", Unit.FACTOR, "1.035000"),
        ("80.8836", Unit.INDEX, "80.8836"),
        ("100", Unit.INDEX, "100"),
        ("-4.50", Unit.POINTS, "−4.5"),
    ],
)
def test_figures_are_written_by_what_they_are_figures_of(amount: str, unit: Unit, expected: str) -> None:
    assert shown(Decimal(amount), unit) == expected

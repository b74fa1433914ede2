"""`docs/valuation.md` is true: each of its worked tables, number for number."""

from decimal import Decimal

import pytest

from outcomes.reference import all_price_series, rate_schedules
from outcomes.valuation import (
    SEED,
    Unit,
    break_even,
    optimistic,
    pessimistic,
    plain_number,
    run_scenarios,
    shown,
    simulate,
    to_places,
    tornado,
    value_account,
)
from tests.core.valuation.documented import ACCOUNTS, DOCUMENT, Row, figures, tables
from tests.core.valuation.examples import employment, timebank

EMPTY = ""


def plain(figure: Decimal | None) -> str:
    return EMPTY if figure is None else plain_number(figure)


def rounded(figure: Decimal | None, places: int) -> str:
    return EMPTY if figure is None else str(to_places(figure, places))


@pytest.mark.parametrize(
    ("heading", "row"), figures(), ids=lambda each: each["Name"] if isinstance(each, dict) else each
)
def test_each_figure_has_the_words_the_formula_the_working_and_the_amount_that_the_page_says(
    heading: str, row: Row
) -> None:
    figure = value_account(ACCOUNTS[heading]).figure(row["Name"].strip("`"))
    assert row == {
        "What": figure.label % figure.params,
        "Name": f"`{figure.name}`",
        "Formula": figure.formula,
        "Working": figure.working,
        "Amount": figure.shown,
    }


def test_every_example_of_the_page_is_worked_through() -> None:
    assert set(ACCOUNTS) <= set(tables())
    assert {heading for heading, _row in figures()} <= set(ACCOUNTS)
    assert len(figures()) > 60


def test_the_two_conventions_are_as_the_page_says() -> None:
    accounts = {"timebank": timebank, "employment": employment}
    found = tables()["Two conventions of the first year"]
    assert len(found) == 4
    for row in found:
        workings = value_account(accounts[row["Account"]](year_one_is_discounted=row["First year discounted"] == "yes"))
        assert row["Total present value"] == shown(workings.total_present_value, Unit.MONEY)
        assert row["Ratio"] == rounded(workings.ratio, 2)


def test_break_even_is_as_the_page_says() -> None:
    expected = [
        {
            "Outcome": each.line or EMPTY,
            "Assumption": each.assumption.value,
            "As it stands": plain(each.central),
            "Breaks even at": rounded(each.figure, 4),
            "If not, why": each.why_none or EMPTY,
        }
        for each in break_even(ACCOUNTS["Break-even"])
    ]
    assert tables()["Break-even"] == expected


def test_the_tornado_is_as_the_page_says() -> None:
    expected = [
        {
            "Outcome": each.line or EMPTY,
            "Assumption": each.assumption.value,
            "Stated": "yes" if each.stated else "no",
            "Low": plain(each.low),
            "High": plain(each.high),
            "Ratio at low": rounded(each.ratio_low, 2),
            "Ratio at high": rounded(each.ratio_high, 2),
            "Width": rounded(each.width, 2),
        }
        for each in tornado(ACCOUNTS["One assumption at a time"])
    ]
    assert tables()["One assumption at a time"] == expected


def test_the_ends_and_the_spread_are_as_the_page_says() -> None:
    inputs = ACCOUNTS["All ranges at their ends, and all at once"]
    spread = simulate(inputs, seed=SEED)
    expected = {f"{each.percent} % of the draws are below": each.ratio for each in spread.percentiles}
    expected |= {"pessimistic": pessimistic(inputs).ratio, "optimistic": optimistic(inputs).ratio}
    expected |= {"mean": spread.mean, "central": value_account(inputs).ratio}
    found = {row["What"]: row["Ratio"] for row in tables()["All ranges at their ends, and all at once"]}
    assert found == {what: rounded(ratio, 2) for what, ratio in expected.items()}
    assert spread.below_one is not None
    assert f"{shown(spread.below_one, Unit.SHARE).replace('%', ' %')} of the draws are below 1." in DOCUMENT.read_text(
        "utf-8"
    )


def test_the_scenario_is_as_the_page_says() -> None:
    (result,) = run_scenarios(ACCOUNTS["Named scenarios"])
    assert result.difference is not None
    assert tables()["Named scenarios"] == [
        {
            "Scenario": result.scenario.name,
            "Ratio": rounded(result.ratio, 2),
            "Difference": shown(result.difference, Unit.RATIO),
        }
    ]


def test_the_tables_that_the_page_lists_are_those_that_there_are() -> None:
    listed = {row["Table"].strip("`") for row in tables()["Where the tables come from"]}
    assert listed == {*rate_schedules(), *all_price_series()}

"""The worked cases come out to the penny at every figure that is given for them."""

import json
from decimal import Decimal

import pytest

from outcomes.counting import valuation_inputs
from outcomes.format import loads, to_plain
from outcomes.nouns import Direction, Factor, Facts
from outcomes.valuation import Workings, to_pence, value_account
from tests import worked_examples


def workings_of(name: str) -> Workings:
    return value_account(valuation_inputs(worked_examples.facts(name)))


def pence(figures):
    return [str(to_pence(each)) for each in figures]


FIGURES = {
    "gross_value": lambda worked: worked.gross_value,
    "total_inputs": lambda worked: worked.total_inputs,
    "total_present_value": lambda worked: worked.total_present_value,
    "net_present_value": lambda worked: worked.net_present_value,
    "ratio": lambda worked: worked.ratio,
    "year_1_impact": lambda worked: worked.impact_by_year[0],
    "year_2_impact": lambda worked: worked.impact_by_year[1],
    "year_2_present_value": lambda worked: worked.present_value_by_year[1],
}
STATED = [
    (name, figure, stated)
    for name in worked_examples.NAMES
    for figure, stated in worked_examples.expected(name).items()
    if figure != "outcomes"
]


@pytest.mark.parametrize(("name", "figure", "stated"), STATED)
def test_the_figures_of_the_account_come_out_to_the_penny(name, figure, stated):
    assert to_pence(FIGURES[figure](workings_of(name))) == Decimal(stated)


@pytest.mark.parametrize("name", ["employment_programme", "wheels_to_meals"])
def test_the_impact_of_each_outcome_comes_out_to_the_penny(name):
    lines = {worked.line.key: worked for worked in workings_of(name).lines}
    stated = worked_examples.expected(name)["outcomes"]
    assert {key: str(to_pence(worked.impact)) for key, worked in lines.items()} == {
        key: each["impact"] for key, each in stated.items()
    }
    for key, each in stated.items():
        if "by_year" in each:
            assert pence(lines[key].by_year) == each["by_year"]


def test_the_time_bank_comes_out_at_the_figures_that_were_published():
    worked = workings_of("timebank_ireland_2023")
    assert pence(worked.impact_by_year) == ["622693.58", "186808.07"]
    assert pence(worked.present_value_by_year) == ["622693.58", "180490.89"]
    assert pence([worked.total_present_value, worked.net_present_value, worked.ratio]) == [
        "803184.47",
        "753184.47",
        "16.06",
    ]


def test_every_figure_that_is_stated_is_compared():
    assert {figure for _, figure, _ in STATED} == set(FIGURES)
    assert len(STATED) == 14


@pytest.mark.parametrize(
    ("name", "year_one", "currency"),
    [("employment_programme", False, "GBP"), ("timebank_ireland_2023", False, "EUR"), ("wheels_to_meals", True, "GBP")],
)
def test_the_conventions_are_those_of_the_case(name, year_one, currency):
    account = worked_examples.facts(name).account
    assert account.year_one_is_discounted is year_one
    assert account.currency == currency
    assert account.discount_rate == Decimal("0.035")


@pytest.mark.parametrize("name", worked_examples.NAMES)
def test_every_outcome_counts_with_all_four_factors_judged(name):
    facts = worked_examples.facts(name)
    assert {line.key for line in valuation_inputs(facts).lines} == {each.ref for each in facts.outcomes}
    for outcome in facts.outcomes:
        assert [each.factor for each in facts.adjustments if each.outcome == outcome.ref] == list(Factor)


@pytest.mark.parametrize("name", worked_examples.NAMES)
def test_each_case_says_what_it_is(name):
    about = worked_examples.about(name)
    assert about["kind"]
    assert about["source"]


def test_the_recollected_case_says_so_in_the_account_itself():
    facts = worked_examples.facts("wheels_to_meals")
    assert "never cite" in worked_examples.about("wheels_to_meals")["kind"]
    assert "never cite it as published" in facts.account.limitations


def test_the_harm_to_neighbours_is_negative_and_was_not_intended():
    facts = worked_examples.facts("wheels_to_meals")
    harms = [each for each in facts.outcomes if each.direction is Direction.NEGATIVE]
    assert [(each.ref, each.intended) for each in harms] == [("O8", False)]


@pytest.mark.parametrize("name", worked_examples.NAMES)
def test_a_worked_case_goes_out_as_it_came_in(name):
    facts: Facts = worked_examples.facts(name)
    assert loads(json.dumps(to_plain(facts))) == facts

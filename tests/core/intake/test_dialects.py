"""What attribution and duration mean is asked, and turned into ours."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from accounts import parsing
from outcomes.intake import AttributionDialect, DurationDialect, Unacceptable, assemble, said
from outcomes.nouns import Factor, Moved

ACCOUNT = {"name": "x", "kind": "forecast", "currency": "GBP", "year_one_is_discounted": "yes"}
RETAINED, AFTER = AttributionDialect.RETAINED, DurationDialect.YEARS_AFTER_ACTIVITY


def typed(outcome=(), adjustments=(), scenarios=(), **dialects):
    outcomes = [
        {"ref": f"O{n}", "stakeholder": "S1", "name": "x", **each} for n, each in enumerate(outcome or [{}], start=1)
    ]
    return assemble(
        {
            "account": [ACCOUNT],
            "stakeholders": [{"ref": "S1", "name": "Members"}],
            "outcomes": outcomes,
            "adjustments": [{"outcome": "O1", **each} for each in adjustments],
            "scenarios": [{"scenario": "What if", **each} for each in scenarios],
        },
        parsing.read,
        **dialects,
    )


def refused(**given_rows):
    with pytest.raises(Unacceptable) as fault:
        typed(**given_rows)
    return [(each.noun, each.row, each.field) for each in fault.value.reasons], said(fault.value.reasons[0])


def test_a_share_that_is_kept_becomes_the_share_due_to_others_with_its_range_turned_round():
    stated = {"factor": "attribution", "figure": "80%", "low": "70%", "high": "95%"}
    (row,) = typed(adjustments=[stated], attribution=RETAINED).adjustments
    assert (row.low, row.figure, row.high) == (Decimal("0.05"), Decimal("0.2"), Decimal("0.3"))


def test_a_share_due_to_others_stays_as_it_is():
    (row,) = typed(adjustments=[{"factor": "attribution", "figure": "80%"}]).adjustments
    assert row.figure == Decimal("0.8")


@pytest.mark.parametrize("factor", [each for each in Factor if each is not Factor.ATTRIBUTION])
def test_the_other_factors_are_the_same_in_every_dialect(factor):
    (row,) = typed(adjustments=[{"factor": factor.value, "figure": "80%"}], attribution=RETAINED).adjustments
    assert row.figure == Decimal("0.8")


def test_a_blank_share_and_half_a_range_stay_blank_and_half():
    stated = [{"factor": "attribution", "figure": "80%", "low": "70%"}]
    (row,) = typed(adjustments=stated, attribution=RETAINED).adjustments
    assert (row.low, row.figure, row.high) == (None, Decimal("0.2"), Decimal("0.3"))
    (row,) = typed(adjustments=[{"factor": "attribution"}], attribution=RETAINED).adjustments
    assert row.figure is None


def test_a_scenario_about_attribution_is_turned_too_and_others_are_not():
    rows = [{"assumption": "attribution", "figure": "90%"}, {"assumption": "deadweight", "figure": "90%"}]
    turned = typed(scenarios=rows, attribution=RETAINED).scenarios
    assert [each.figure for each in turned] == [Decimal("0.1"), Decimal("0.9")]


def test_a_range_that_runs_down_is_told_at_the_cell_that_was_typed():
    stated = {"factor": "attribution", "figure": "80%", "low": "90%"}
    places, sentence = refused(adjustments=[stated], attribution=RETAINED)
    assert places == [("adjustments", 0, "low")]
    assert "0.9" in sentence


@given(st.decimals(0, 1, places=8))
def test_turning_a_share_twice_gives_the_share_again(share):
    stated = {"factor": "attribution", "figure": parsing.plain(share * 100) + "%"}
    once = typed(adjustments=[stated], attribution=RETAINED).adjustments[0].figure
    stated["figure"] = parsing.plain(once * 100) + "%"
    assert typed(adjustments=[stated], attribution=RETAINED).adjustments[0].figure == share


@pytest.mark.parametrize(
    ("first_year", "years_after", "duration"),
    [
        ("", "0", 1),
        ("1", "0", 1),
        ("1", "4", 5),
        ("2", "1", 1),
        ("2", "4", 4),
        ("3", "2", 2),
        ("1", "", None),
        ("2", "", None),
    ],
)
def test_years_after_the_activity_become_years_of_benefit(first_year, years_after, duration):
    (row,) = typed(outcome=[{"first_year": first_year, "duration": years_after}], duration=AFTER).outcomes
    assert row.duration == duration


def test_years_of_benefit_stay_as_they_are():
    (row,) = typed(outcome=[{"duration": "4"}]).outcomes
    assert row.duration == 4


def test_no_years_of_benefit_are_refused():
    places, _ = refused(outcome=[{"duration": "0"}])
    assert places == [("outcomes", 0, "duration")]
    places, sentence = refused(outcome=[{"duration": "0", "first_year": "2"}], duration=AFTER)
    assert places == [("outcomes", 0, "duration")]
    assert sentence == "This makes 0 years of benefit in all. It must be from 1 to 100."
    places, _ = refused(outcome=[{"duration": "100"}], duration=AFTER)
    assert places == [("outcomes", 0, "duration")]
    places, _ = refused(outcome=[{"duration": "-1"}], duration=AFTER)
    assert places == [("outcomes", 0, "duration")]


def test_a_scenario_about_duration_is_counted_as_its_outcome_is():
    outcomes = [{"first_year": "1"}, {"first_year": "2"}]
    rows = [
        {"outcome": "o1", "assumption": "duration", "figure": "0"},
        {"outcome": "O2", "assumption": "duration", "figure": "3"},
        {"outcome": "O2", "assumption": "quantity", "figure": "3"},
    ]
    turned = typed(outcome=outcomes, scenarios=rows, duration=AFTER).scenarios
    assert [(each.assumption, each.figure) for each in turned] == [
        (Moved.DURATION, 1),
        (Moved.DURATION, 3),
        (Moved.QUANTITY, 3),
    ]


def test_a_scenario_about_every_duration_is_counted_if_all_outcomes_start_alike():
    rows = [{"assumption": "duration", "figure": "3"}]
    for starts, figure in [(["1", ""], 4), (["2", "3"], 3)]:
        facts = typed(outcome=[{"first_year": each} for each in starts], scenarios=rows, duration=AFTER)
        assert facts.scenarios[0].figure == figure
    places, sentence = refused(outcome=[{"first_year": "1"}, {"first_year": "2"}], scenarios=rows, duration=AFTER)
    assert places == [("scenarios", 0, "outcome")]
    assert "Name the outcome" in sentence


def test_durations_that_cannot_be_read_are_told_in_any_dialect():
    places, _ = refused(
        outcome=[{"duration": "long"}], scenarios=[{"assumption": "duration", "figure": "long"}], duration=AFTER
    )
    assert places == [("outcomes", 0, "duration"), ("scenarios", 0, "figure")]

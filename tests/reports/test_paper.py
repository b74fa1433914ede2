"""What the report says: sentences made from the figures, and each figure with what it rests on."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.utils import translation

from outcomes.nouns import Facts, Measure, Observation, State
from reports import paper
from reports.paper._words import reading, shortened, whole
from stakeholders.nouns import Involvement
from tests import factories
from tests.reports import accounts
from tests.reports.frozen import frozen_of


@cache
def context(facts: Facts) -> dict[str, Any]:
    """Return what the template of a report is told of an account."""
    with translation.override("en-gb"):
        return paper.context(frozen_of(facts))


# --- The summary --------------------------------------------------------------------------------------------------


def test_the_summary_says_what_changed_in_sentences_made_from_the_figures() -> None:
    said = context(factories.complete_facts())["summary"]

    assert said["gains"] == [
        {
            "name": "A free day, and less worry",
            "sentence": "22 families (Families and carers). It is worth £26,859: 35% of all that is gained.",
        },
        {"name": "Less lonely", "sentence": "20 people (Members). It is worth £22,196: 29% of all that is gained."},
        {
            "name": "Belong somewhere, and are known",
            "sentence": "34 people (Members). It is worth £14,821: 19% of all that is gained.",
        },
        {"name": "", "sentence": "2 more changes for the better are worth £13,805 together."},
    ]


def test_harm_is_named_with_what_it_takes_away() -> None:
    assert context(factories.complete_facts())["summary"]["harms"] == [
        {"name": "Tired on the day after", "sentence": "5 people (Members). It takes £1,304 away."},
        {"name": "Back strain from lifting", "sentence": "1 people (Volunteers). It takes £196 away."},
    ]


def test_harm_that_does_not_count_is_named_with_the_reason() -> None:
    facts = accounts.harmful()
    gain, harm = facts.outcomes
    unimportant = replace(facts, outcomes=(gain, replace(harm, significant=False)))

    (sentence,) = context(unimportant)["summary"]["harms"]

    assert sentence["name"] == "Back strain"
    assert sentence["sentence"].endswith("It is not counted: judged not significant.")


def test_harm_without_a_value_is_named_and_takes_nothing_away() -> None:
    facts = accounts.harmful()
    (sentence,) = context(replace(facts, valuations=facts.valuations[:1]))["summary"]["harms"]

    assert sentence["sentence"].endswith("It has no value in this account, so it takes nothing away.")


def test_a_change_that_came_out_below_zero_is_a_harm_whatever_it_was_called() -> None:
    facts = accounts.harmful()
    gain, harm = facts.outcomes
    undecided = replace(facts, outcomes=(gain, replace(harm, direction=None)))

    assert [each["name"] for each in context(undecided)["summary"]["harms"]] == ["Back strain"]


def test_of_many_harms_the_first_have_a_sentence_each_and_the_others_are_named_in_one() -> None:
    first, second, rest = context(accounts.long())["summary"]["harms"]

    assert first["name"].startswith("Change 45:")
    assert second["name"].startswith("Change 36:")
    assert [number for number in (9, 18, 27, 54) if f"Change {number}:" in rest["sentence"]] == [9, 18, 27, 54]


@pytest.mark.parametrize(("asked", "words"), [(True, "People were asked"), (None, "does not say that anybody was")])
def test_where_no_harm_is_named_the_summary_says_whether_anybody_was_asked(asked: bool | None, words: str) -> None:
    facts = accounts.harmful()
    harmless = replace(
        facts,
        outcomes=facts.outcomes[:1],
        valuations=facts.valuations[:1],
        involvement=(Involvement(ref="V1", stakeholder="S1", method="Talk", asked_negative=asked),),
    )

    (sentence,) = context(harmless)["summary"]["harms"]

    assert words in sentence["sentence"]


def test_the_summary_says_how_many_of_how_many_were_asked() -> None:
    said = context(factories.complete_facts())["summary"]

    assert said["asked"][0] == {"group": "Members", "size": "62", "occasions": "3", "took_part": "51 of 62"}
    assert said["not_asked"] == "Local health services; Cafés in the village"


def test_a_group_that_nobody_asked_is_in_the_summary_too() -> None:
    assert context(accounts.harmful())["summary"]["asked"][0]["took_part"] == "nobody"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short enough.", "Short enough."),
        ("One sentence that ends. Another one that is too long.", "One sentence that ends. …"),
        ("Words without an end in sight, on and on", "Words without an end in sight …"),
        ("Llanfairpwllgwyngyllgogerychwyrndrobwll", "Llanfairpwllgwyngyllgogerychwy …"),
    ],
)
def test_a_long_text_is_cut_where_a_sentence_or_a_word_ends(text: str, shown: str) -> None:
    assert shortened(text, 30) == shown


@pytest.mark.parametrize(
    ("figure", "shown"), [("76181.5", "£76,182"), ("-195.65", "−£196"), ("-0.4", "£0"), (None, "–")]
)
def test_the_summary_has_whole_pounds(figure: str | None, shown: str) -> None:
    assert whole(None if figure is None else Decimal(figure), "GBP") == shown


# --- What a result rests on ---------------------------------------------------------------------------------------


def test_a_range_stands_with_the_ratio_and_none_where_none_is_stated() -> None:
    stated = context(factories.complete_facts())["range"]

    assert round(stated["low"], 2) == Decimal("0.48")
    assert round(stated["high"], 2) == Decimal("2.46")
    assert context(factories.timebank_facts())["range"] is None


@pytest.mark.parametrize(("discounted", "words"), [(True, "is discounted"), (False, "is not discounted")])
def test_the_convention_of_the_first_year_is_told(discounted: bool, words: str) -> None:
    facts = accounts.harmful()
    account = replace(facts.account, year_one_is_discounted=discounted)

    assert words in context(replace(facts, account=account))["convention"]


def test_a_value_in_older_prices_is_shown_with_its_year_both_indices_and_what_it_became() -> None:
    uprated = context(factories.complete_facts())["uprated"]

    assert uprated["base"] == "2024-25"
    assert uprated["series"]["title"].startswith("GDP deflator")
    assert uprated["rows"][0] == {
        "name": "Less lonely",
        "proxy": "A befriending visit each week for a year",
        "value": "1,040.00",
        "period": "2022-23",
        "then": "91.3107",
        "now": "100",
        "uprated": "1,138.97",
    }
    assert context(factories.timebank_facts())["uprated"] is None


def test_values_that_follow_an_anchor_say_so_with_their_points() -> None:
    anchored = context(accounts.anchored())["anchored"]

    assert (anchored["anchor"], anchored["value"], anchored["weight"]) == ("Less lonely", "£400.00", "8")
    assert [(row["name"], row["value"]) for row in anchored["rows"]] == [
        ("Walk further", "250.00"),
        ("Tired on the day after", "−100.00"),
    ]
    assert context(factories.complete_facts())["anchored"] is None


def test_an_account_without_money_shows_points_and_no_pounds() -> None:
    said = context(accounts.importance_only())

    assert said["total_rows"] == []
    assert [(row["points"], row["share"]) for row in said["importance"]] == [
        ("80", "33.33%"),
        ("100", "41.67%"),
        ("−60", "−25%"),
    ]
    assert "£" not in str(said["summary"]["gains"]) + str(said["summary"]["harms"])


def test_each_group_of_the_value_map_has_its_own_total() -> None:
    groups = context(factories.complete_facts())["value_groups"]

    assert [(group["name"], group["present_value"]) for group in groups] == [
        ("Members", "46,188.96"),
        ("Volunteers", "3,133.60"),
        ("Families and carers", "26,859.13"),
    ]


@pytest.mark.parametrize(("years", "tables"), [(1, []), (4, [4]), (9, [5, 4]), (24, [8, 8, 8]), (25, [])])
def test_the_years_of_each_outcome_are_in_as_many_tables_as_their_pages_have_room_for(
    years: int, tables: list[int]
) -> None:
    facts = accounts.harmful()
    first, second = facts.outcomes
    lasting = replace(facts, outcomes=(replace(first, duration=years), second))

    assert [len(span["years"]) for span in context(lasting)["spans"]] == tables


def test_break_even_has_only_assumptions_with_a_figure_and_those_with_the_least_way_to_go_first() -> None:
    nearest = context(factories.complete_facts())["nearest"]

    assert len(nearest) == 10
    assert nearest[0] == {
        "label": "Total of the inputs",
        "central": "£59,136.00",
        "figure": "£76,181.69",
        "change": "28.82% more",
    }
    assert all(each["figure"] for each in nearest)
    assert [each["label"] for each in context(factories.timebank_facts())["nearest"]] == ["Total of the inputs"]


def test_every_assumption_has_its_figure_range_test_reason_and_source() -> None:
    whole_account, first, *_others = context(factories.complete_facts())["assumptions"]

    assert whole_account["rows"][0]["figure"] == "3.5%"
    assert next(row for row in first["rows"] if row["label"] == "Deadweight") == {
        "label": "Deadweight",
        "figure": "20%",
        "range": "15% to 30%",
        "ratio": "£1.24 to £1.31",
        "break_even": "81.44%",
        "way": "307.18% more",
        "reason": "Eight of 41 said that they would have found company elsewhere.",
        "source": "Survey of February 2025. 51 members",
        "is_long": False,
    }


def test_where_there_is_no_ratio_no_assumption_is_held_against_it() -> None:
    said = context(accounts.without_inputs())

    assert not said["is_tested"]
    assert {row["ratio"] for each in said["assumptions"] for row in each["rows"]} == {""}


def test_the_assumptions_of_an_outcome_that_is_left_out_are_shown_and_marked() -> None:
    left_out = next(each for each in context(factories.complete_facts())["assumptions"] if not each["counts"])

    assert left_out["name"] == "Walk further"
    assert all(row["figure"] for row in left_out["rows"])


# --- What was asked and found -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "state", "shown"),
    [
        (Measure.COUNT, 9, 41, State.MEASURED, "9 of 41 (21.95%)"),
        (None, 9, 41, State.MEASURED, "9 of 41 (21.95%)"),
        (Measure.COUNT, 0, 0, State.MEASURED, "0 of 0"),
        (Measure.COUNT, 9, None, State.MEASURED, "9"),
        (Measure.AVERAGE, 54, 11, State.MEASURED, "4.91 (total 54, n = 11)"),
        (Measure.AMOUNT, 54, 0, State.MEASURED, "no figure (total 54, n = 0)"),
        (Measure.COUNT, None, None, State.WITHHELD, "Withheld"),
        (Measure.COUNT, None, None, State.NOT_YET, "Not yet measured"),
    ],
)
def test_an_observation_is_told_with_how_many_it_is_of(
    measure: Measure | None, numerator: int | None, denominator: int | None, state: State, shown: str
) -> None:
    row = Observation(
        ref="B1",
        indicator="I1",
        state=state,
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )

    assert reading(row, measure) == shown


def test_what_only_assurance_can_meet_does_not_pass_for_met() -> None:
    readiness = context(factories.complete_facts())["readiness"]

    assert [each["status"] for each in readiness] == ["met"] * 6 + ["waiting"]
    assert readiness[6]["sentence"] == "Ready. Met: 2. Explained instead: 1. 1 question waits for assurance."
    assert context(accounts.nothing())["readiness"][6]["status"] == "missing"


def test_a_finding_names_what_it_is_about_and_what_was_explained() -> None:
    findings = [finding for each in context(accounts.long())["principles"] for finding in each["findings"]]

    assert any(finding["items"].endswith("; and 54 more") for finding in findings)
    explained = [
        finding
        for each in context(factories.complete_facts())["principles"]
        for finding in each["findings"]
        if finding["state"] == "explained"
    ]
    assert len(explained) == 4
    assert explained[0]["reasons"][0]["name"] == "Volunteers"


def test_a_long_list_is_told_in_its_first_few_drawings() -> None:
    said = context(accounts.long())

    assert said["theory_shows"] in {8, 12, 18, 24, 30}
    assert len(said["chain"]) == 60
    assert said["measured"].drawing is not None
    assert said["measured"].drawing.height < 900
    assert context(factories.complete_facts())["theory_shows"] is None

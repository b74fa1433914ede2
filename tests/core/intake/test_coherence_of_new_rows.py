"""Hours, sentences, goals, targets and files: what does not go together is said at the cell that breaks it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes.bands import BANDS
from outcomes.coherence import incoherences
from outcomes.intake import said
from outcomes.nouns import Adjustment, Evidence, Factor, Facts, Goal, SdgTarget, WellBeingGoal
from stakeholders.nouns import Input
from tests.core.intake.made_up import small

SHA256 = "0a" * 32


def cells(facts: Facts) -> list[tuple[str, int, str]]:
    return [(each.noun, each.row, each.field) for each in incoherences(facts)]


def only(facts: Facts) -> str:
    (reason,) = incoherences(facts)
    return said(reason)


def time(amount: str | None, hours: str | None = "620", rate: str | None = "12.60") -> Facts:
    hours_, rate_, amount_ = (None if each is None else Decimal(each) for each in (hours, rate, amount))
    return small(inputs=(Input(ref="N1", description="Time", hours=hours_, hourly_rate=rate_, amount=amount_),))


@pytest.mark.parametrize("amount", [None, "7812", "7812.00", "7812.004"])
def test_the_worth_of_time_is_left_blank_or_agrees_to_the_penny(amount: str | None):
    assert cells(time(amount)) == []


def test_a_worth_that_is_not_what_the_hours_come_to_is_said_with_both_figures():
    assert cells(time("7800")) == [("inputs", 0, "amount")]
    assert only(time("7800")).startswith("620 hours at 12.6 come to 7812, not 7800.")


@pytest.mark.parametrize(("hours", "rate"), [(None, "12.60"), ("620", None)])
def test_hours_or_a_rate_alone_say_nothing_about_the_worth(hours: str | None, rate: str | None):
    assert cells(time("7800", hours, rate)) == []


def judged(figure: str | None, sentence: str) -> Facts:
    stated = None if figure is None else Decimal(figure)
    row = Adjustment(ref="A1", outcome="O1", factor=Factor.ATTRIBUTION, figure=stated, sentence=sentence)
    return small(adjustments=(row,))


def test_a_sentence_of_ours_stands_beside_its_own_figure():
    band = BANDS[Factor.ATTRIBUTION][1]
    assert cells(judged("0.25", band.sentence)) == []
    assert cells(judged("0.3", "Two of seven members said so")) == []
    assert cells(judged(None, band.sentence)) == [("adjustments", 0, "sentence")]
    assert cells(judged("0.3", band.sentence)) == [("adjustments", 0, "sentence")]
    assert only(judged("0.3", band.sentence)).startswith(f"“{band.sentence}” stands for 25%.")


def test_an_outcome_relates_to_a_goal_once():
    rows = tuple(WellBeingGoal(ref=f"G{number}", outcome="O1", goal=Goal.HEALTHIER) for number in (1, 2))
    assert cells(small(well_being_goals=rows)) == [
        ("well-being-goals", 0, "goal"),
        ("well-being-goals", 1, "goal"),
    ]
    other = replace(rows[1], outcome="O2")
    assert cells(small(well_being_goals=(rows[0], other))) == []


def target(*numbers: str) -> Facts:
    rows = tuple(SdgTarget(ref=f"T{at}", outcome="O1", target=number) for at, number in enumerate(numbers, start=1))
    return small(sdg_targets=rows)


@pytest.mark.parametrize("number", ["1", "17", "3.4", "3.a", "3.A", "17.19"])
def test_a_goal_or_a_target_has_a_number(number: str):
    assert cells(target(number)) == []


@pytest.mark.parametrize("number", ["0", "18", "3.", "3.0", "3.ab", "3,4", "a.3", "03", "3.4.1", "health"])
def test_what_is_no_goal_and_no_target_is_refused(number: str):
    assert cells(target(number)) == [("sdg-targets", 0, "target")]
    assert number in only(target(number))


def test_an_outcome_relates_to_a_target_once_whatever_the_capitals():
    assert cells(target("3.a", "3.A", "3")) == [("sdg-targets", 0, "target"), ("sdg-targets", 1, "target")]


@pytest.mark.parametrize(
    ("name", "sha256", "field"),
    [
        ("", "", None),
        ("notes.pdf", SHA256, None),
        ("notes.pdf", SHA256.upper(), None),
        ("notes.pdf", "", "file_sha256"),
        ("", SHA256, "file_name"),
        ("notes.pdf", SHA256[:-1], "file_sha256"),
        ("notes.pdf", "z" + SHA256[1:], "file_sha256"),
    ],
)
def test_a_file_has_a_name_and_a_hash_or_neither(name: str, sha256: str, field: str | None):
    row = Evidence(ref="E1", name="Notes", file_name=name, file_sha256=sha256)
    assert cells(small(evidence=(row,))) == ([("evidence", 0, field)] if field else [])

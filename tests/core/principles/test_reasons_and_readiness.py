"""Comply or explain: what a reason does, how findings come down to readiness, and the five statements beside them."""

from outcomes.nouns import Evidence
from outcomes.principles import PRINCIPLES, Item, Status, co_production, readiness
from stakeholders.nouns import CoProduction, Extent, Statement
from tests.core.principles.cases import (
    add,
    drop,
    edit,
    edit_all,
    empty_account,
    explain,
    findings,
    sound_account,
    timebank,
)

SOUND = sound_account()
UNEXPLAINED = edit_all(SOUND, "valuations", reason="")
CHECK = "every-value-says-why"


def test_a_reason_for_all_items_closes_a_finding_that_keeps_its_status() -> None:
    (found,) = findings(explain(UNEXPLAINED, CHECK, reason=" We took what we had. "), CHECK)
    assert found.status is Status.NEEDS_REASON
    assert found.reason == "We took what we had."
    assert found.is_explained
    assert not found.is_open


def test_reasons_item_by_item_close_a_finding_when_every_item_has_one() -> None:
    facts = explain(explain(UNEXPLAINED, CHECK, "W1", "From the list."), CHECK, "W2", "Nearest course.")
    (found,) = findings(facts, CHECK)
    assert [each.reason for each in found.items] == ["From the list.", "Nearest course.", ""]
    assert found.is_open
    (found,) = findings(explain(facts, CHECK, "W3", "The usual fare."), CHECK)
    assert not found.is_open


def test_a_reason_for_a_row_that_is_to_be_added_names_the_row_that_lacks_it() -> None:
    facts = drop(SOUND, "subgroups", "SG2")
    (found,) = findings(facts, "subgroups-were-considered")
    assert [each.subject for each in found.items] == ["S2"]
    (found,) = findings(explain(facts, "subgroups-were-considered", "S2"), "subgroups-were-considered")
    assert not found.is_open


def test_a_reason_without_words_is_no_reason() -> None:
    (found,) = findings(explain(UNEXPLAINED, CHECK, reason="  "), CHECK)
    assert found.is_open


def test_a_reason_for_another_check_is_no_reason_for_this_one() -> None:
    (found,) = findings(explain(UNEXPLAINED, "evidence-is-listed"), CHECK)
    assert found.is_open


def test_the_name_of_the_check_may_be_typed_in_capitals() -> None:
    (found,) = findings(explain(UNEXPLAINED, f" {CHECK.upper()} "), CHECK)
    assert not found.is_open


def test_what_is_missing_cannot_be_explained_away() -> None:
    (found,) = findings(
        explain(edit(SOUND, "valuations", "W1", source=""), "every-value-has-a-source"), "every-value-has-a-source"
    )
    assert found.status is Status.MISSING
    assert found.is_open
    assert found.stops


def test_what_needs_a_reason_does_not_stop_submission() -> None:
    (found,) = findings(UNEXPLAINED, CHECK)
    assert not found.stops


def test_the_assurer_who_comes_later_stops_nothing() -> None:
    (found,) = findings(SOUND, "an-independent-assurer-judged-it")
    assert found.status is Status.MISSING
    assert found.is_open
    assert not found.stops


def test_findings_are_said_in_the_language_of_the_reader() -> None:
    (found,) = findings(UNEXPLAINED, CHECK)
    assert found.say(lambda english: "Gwerthoedd: %(count)s." if "Values" in english else english) == "Gwerthoedd: 3."


def test_an_item_of_the_account_itself_is_no_new_row() -> None:
    assert not Item(noun="account", field="purpose").is_new
    assert Item(noun="account", field="purpose").label == "Purpose"
    assert Item(noun="outcomes", field="name").is_new


def test_a_sound_account_is_ready_under_every_principle_before_assurance() -> None:
    ready = readiness(findings(SOUND))
    assert [each.principle for each in ready] == list(PRINCIPLES)
    assert {each.status for each in ready} == {Status.MET}
    assert {each.say() for each in ready} == {"Ready. Everything asked for is there."}
    assert [each.later for each in ready] == [0, 0, 0, 0, 0, 0, 1]
    assert [each.met for each in ready] == [len(each.checks) for each in PRINCIPLES[:6]] + [3]
    assert [each.first for each in ready] == [None] * 7


def test_an_empty_account_is_ready_under_no_principle() -> None:
    assert {each.status for each in readiness(findings(empty_account()))} == {Status.MISSING}


def test_readiness_counts_what_is_missing_and_what_is_to_be_explained() -> None:
    third = readiness(findings(edit(UNEXPLAINED, "valuations", "W1", source="")))[2]
    assert (third.missing, third.unexplained, third.explained, third.met) == (1, 1, 0, 8)
    assert third.status is Status.MISSING
    assert third.say() == "Still missing: 1. Still to be explained: 1."
    assert third.first is not None
    assert third.first.check == "every-value-has-a-source"


def test_readiness_needs_a_reason_when_nothing_is_missing() -> None:
    third = readiness(findings(UNEXPLAINED))[2]
    assert third.status is Status.NEEDS_REASON
    assert third.say() == "Nothing is missing. Still to be explained: 1."


def test_an_account_that_explains_is_ready() -> None:
    third = readiness(findings(explain(UNEXPLAINED, CHECK)))[2]
    assert third.status is Status.MET
    assert third.explained == 1
    assert third.say() == "Ready. Met: 9. Explained instead: 1."
    assert third.first is None


def test_only_what_is_missing_is_counted_when_nothing_is_to_be_explained() -> None:
    third = readiness(findings(edit(SOUND, "valuations", "W1", source="")))[2]
    assert third.say() == "Still missing: 1."


def test_the_timebank_study_lacks_something_under_every_principle() -> None:
    assert {each.status for each in readiness(findings(timebank()))} == {Status.MISSING}


def test_the_five_statements_of_co_production_stand_in_their_order() -> None:
    assert [each.statement for each in co_production(empty_account())] == list(Statement)
    assert [each.statement for each in co_production(SOUND)] == list(Statement)


def test_a_statement_without_a_row_asks_for_one() -> None:
    first = co_production(empty_account())[0]
    assert not first.is_answered
    assert first.mends is not None
    assert first.mends.is_new
    assert (first.mends.noun, first.mends.field, first.mends.about) == (
        "co-production",
        "extent",
        {"statement": "assets"},
    )


def test_a_statement_that_is_answered_and_borne_out_asks_for_nothing() -> None:
    for each in co_production(SOUND):
        assert each.is_answered
        assert each.mends is None


def test_a_statement_that_holds_wants_evidence_and_one_that_does_not_wants_to_say_why() -> None:
    unproved = co_production(edit(SOUND, "co_production", "C1", evidence=""))[0]
    assert unproved.mends is not None
    assert (unproved.mends.ref, unproved.mends.field) == ("C1", "evidence")
    not_yet = co_production(edit(SOUND, "co_production", "C2", extent=Extent.NOT_YET, explanation=""))[1]
    assert not_yet.mends is not None
    assert not_yet.mends.field == "explanation"
    unanswered = co_production(edit(SOUND, "co_production", "C3", extent=None))[2]
    assert unanswered.mends is not None
    assert unanswered.mends.field == "extent"


def test_listed_evidence_bears_out_a_statement() -> None:
    facts = edit(SOUND, "co_production", "C1", evidence="")
    first = co_production(add(facts, "evidence", Evidence(ref="E9", about_row="C1", name="Minutes of the circle")))[0]
    assert [each.name for each in first.listed] == ["Minutes of the circle"]
    assert first.mends is None


def test_the_first_answer_to_a_statement_counts() -> None:
    again = CoProduction(ref="C9", statement=Statement.ASSETS, extent=Extent.NOT_YET)
    assert co_production(add(SOUND, "co_production", again))[0].extent is Extent.YES

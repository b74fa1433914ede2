"""The right of reply: what a group is shown of an account, and the codes with which its people reply."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes import replies
from outcomes.nouns import Direction, Facts
from outcomes.replies import ALPHABET, LENGTH
from stakeholders.nouns import FEWEST_CODES, MOST_CODES, Consideration
from tests.core.principles.cases import drop, edit, edit_all, sound_account

SOUND = sound_account()


def changes(facts: Facts, group: str = "S1") -> dict[str, dict[str, object]]:
    """Return what is told of each change of a group, by its name."""
    return {each["name"]: each for each in replies.told(facts, group)["changes"]}


# --- What is shown ------------------------------------------------------------------------------------------------


def test_a_group_is_shown_how_it_was_asked_and_what_changed_for_it_and_nothing_of_others() -> None:
    told = replies.told(SOUND, "S2")
    assert told["group"]["name"] == "Volunteers"
    assert [(each["how"], each["took_part"], each["out_of"]) for each in told["asked"]] == [("Group talk", 10, 12)]
    assert told["asked"][0]["said_negative"] == "None."
    assert told["asked"][0]["learned"] == "That travel is part of the day."
    assert list(changes(SOUND, "S2")) == ["Feel useful"]
    assert "social contact" not in replies.canonical(told)


def test_a_change_is_told_with_how_many_of_how_many_how_it_matters_and_what_it_is_put_at() -> None:
    told = changes(SOUND)["More social contact"]
    assert (told["quantity"], told["out_of"], told["unit"]) == ("60", 95, "")
    assert (told["points"], told["worth"], told["proxy"]) == ("8", "600", "Member of a social group")
    assert (told["direction"], told["left_out"]) == ("positive", "")
    assert changes(SOUND)["See family less"]["direction"] == Direction.NEGATIVE


def test_what_is_left_out_is_told_with_the_reason() -> None:
    told = changes(SOUND)["Eat better"]
    assert (told["left_out"], told["left_out_because"]) == ("not_significant", "It is small.")


def test_of_a_part_of_the_group_as_many_are_told_as_are_in_the_part() -> None:
    told = changes(edit(SOUND, "outcomes", "O1", subgroup="SG1"))["More social contact"]
    assert (told["part"], told["out_of"]) == ("Members who live alone", 30)


def test_what_is_not_counted_in_people_is_not_told_as_some_of_them() -> None:
    told = changes(edit(SOUND, "outcomes", "O1", quantity_unit="meals"))["More social contact"]
    assert (told["unit"], told["out_of"]) == ("meals", None)


def test_what_was_never_said_is_told_as_nothing() -> None:
    bare = edit_all(edit_all(SOUND, "involvement", held_on=None, took_part=None), "outcomes", quantity=None)
    told = replies.told(drop(bare, "valuations"), "S1")
    assert (told["asked"][0]["when"], told["asked"][0]["took_part"]) == ("", None)
    assert {(each["quantity"], each["points"], each["worth"]) for each in told["changes"]} == {("", "", "")}


@pytest.mark.parametrize(
    "facts",
    [
        edit(SOUND, "involvement", "V1", took_part=41),
        edit(SOUND, "outcomes", "O1", quantity=Decimal(61)),
        edit(SOUND, "outcomes", "O4", significance_reason="Smaller still."),
        edit(SOUND, "valuations", "W1", value=Decimal(601)),
        edit(SOUND, "stakeholders", "S1", name="Diners"),
        drop(SOUND, "outcomes", "O3"),
        replace(SOUND, account=replace(SOUND.account, name="Another name")),
    ],
)
def test_the_fingerprint_moves_with_whatever_is_told(facts: Facts) -> None:
    assert replies.told_sha256(facts, "S1") != replies.told_sha256(SOUND, "S1")


@pytest.mark.parametrize(
    "facts",
    [
        edit(SOUND, "outcomes", "O2", quantity=Decimal(9)),
        edit(SOUND, "adjustments", "A1", figure=Decimal("0.3")),
        edit(SOUND, "stakeholders", "S2", name="Helpers"),
        drop(SOUND, "evidence"),
    ],
)
def test_the_fingerprint_stays_where_only_others_are_concerned(facts: Facts) -> None:
    assert replies.told_sha256(facts, "S1") == replies.told_sha256(SOUND, "S1")


def test_what_is_shown_is_one_text_that_names_the_organisation() -> None:
    text = replies.canonical(replies.shown(SOUND, "S1", "Clwb Cinio Môn"))
    held = json.loads(text)
    assert held["organisation"] == "Clwb Cinio Môn"
    assert held["told"] == replies.told(SOUND, "S1")
    assert replies.canonical(held) == text
    assert "Clwb Cinio Môn" in text


# --- Who may reply ------------------------------------------------------------------------------------------------


def test_a_group_may_reply_once_it_was_asked_by_one_code_for_each_who_took_part() -> None:
    assert [each.ref for each in replies.may_reply(SOUND)] == ["S1", "S2"]
    assert replies.codes_for(SOUND, "S1") == 40
    assert replies.codes_for(edit(SOUND, "involvement", "V1", took_part=None), "S1") == FEWEST_CODES
    assert replies.codes_for(edit(SOUND, "involvement", "V1", took_part=9_000), "S1") == MOST_CODES


def test_a_group_of_which_each_would_be_known_may_not() -> None:
    few = edit(SOUND, "involvement", "V2", took_part=FEWEST_CODES - 1)
    assert [each.ref for each in replies.may_reply(few)] == ["S1"]
    assert replies.codes_for(few, "S2") == 0


def test_a_group_that_was_left_out_and_asked_may_reply_too() -> None:
    facts = edit(SOUND, "stakeholders", "S2", decision=Consideration.EXCLUDED)
    assert [each.ref for each in replies.may_reply(facts)] == ["S1", "S2"]


# --- Codes --------------------------------------------------------------------------------------------------------


def test_a_code_has_sixty_bits_and_no_letter_that_is_taken_for_another() -> None:
    codes = {replies.new_code() for _each in range(300)}
    assert len(codes) == 300
    assert {len(each) for each in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)
    assert len(set(ALPHABET)) ** LENGTH >= 2**60
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["7K3M-9QXD-2R40", "7k3m9qxd2r40", " 7K3M 9QXD 2R4O ", "7K3M–9QXD–2R4o"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert replies.tidy(typed) == "7K3M-9QXD-2R40"
    assert replies.code_hash(typed) == hashlib.sha256(b"7K3M9QXD2R40").hexdigest()


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9QXD-2R4", "7K3M-9QXD-2R40-0", "7K3M-9QXD-2R4U", "../../etc/pass", "é" * 12]
)
def test_what_can_be_no_code_is_the_hash_of_none(typed: str) -> None:
    assert replies.code_hash(typed) == ""

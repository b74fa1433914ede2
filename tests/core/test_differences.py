"""What changed from one frozen document to the next: all that did, nothing that did not, and never the wrong way."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from outcomes.nouns import Facts
from reports import differences, document
from reports.differences import RESULT, Difference, Unit, Way
from stakeholders.nouns import Input
from tests import factories
from tests.reports.frozen import WHEN, content_of, frozen_of

COMPLETE = frozen_of(factories.complete_facts())


def _changed(facts: Facts, **account: Any) -> dict[str, Any]:
    return frozen_of(replace(facts, **account))


def _found(before: dict[str, Any], after: dict[str, Any], noun: str, field: str) -> list[Difference]:
    return [each for each in differences.differences(before, after) if (each.noun, each.field) == (noun, field)]


def _leaves(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(plain, dict | list):
        for name, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from _leaves(value, (*path, name))
    else:
        yield path


ACCOUNT = COMPLETE["content"]["account"]
LEAVES = [
    path
    for path in _leaves(ACCOUNT)
    if path[-1] != "ref" and path[0] not in {"schema_version", "attribution_is", "duration_counts"}
]


def _moved(value: Any) -> Any:
    """Return another value of the same sort: one more, the other answer, other words."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    try:
        return str(Decimal(value) + 1)
    except ArithmeticError:
        return f"{value} and more"


def _with(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    made = copy.deepcopy(COMPLETE)
    held: Any = made["content"]["account"]
    for step in path[:-1]:
        held = held[step]
    if value is None:
        del held[path[-1]]
    else:
        held[path[-1]] = value
    return made


# --- What always holds ---------------------------------------------------------------------------------------------


def test_a_document_does_not_differ_from_itself() -> None:
    assert differences.differences(COMPLETE, copy.deepcopy(COMPLETE)) == ()


@given(st.sampled_from(LEAVES))
@settings(max_examples=120)
def test_a_change_of_any_one_entry_is_told_and_nothing_else(path: tuple[Any, ...]) -> None:
    held: Any = ACCOUNT
    for step in path:
        held = held[step]
    found = differences.differences(COMPLETE, _with(path, _moved(held)))

    assert path[-1] in {each.field for each in found}
    assert {each.field for each in found} <= {path[-1], "rate_from_year_1", differences.WORKED_VALUE, differences.WORTH}


@given(st.sampled_from(LEAVES), st.sampled_from(LEAVES))
@settings(max_examples=60)
def test_the_other_way_round_what_was_before_comes_after(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    before, after = _with(one, None), _with(other, None)
    there = {_key(each): (each.before, each.after) for each in differences.differences(before, after)}
    back = {_key(each): (each.after, each.before) for each in differences.differences(after, before)}

    assert there == back


def _key(each: Difference) -> tuple[str, str, str, str]:
    return each.noun, each.ref, each.field, each.unit


def test_rows_that_came_one_way_went_the_other_way() -> None:
    fewer = frozen_of(_without_the_last_outcome())
    came = [each for each in differences.differences(fewer, COMPLETE) if each.way is Way.ADDED]
    went = [each for each in differences.differences(COMPLETE, fewer) if each.way is Way.REMOVED]

    assert {(each.noun, each.field, each.after) for each in came} == {
        (each.noun, each.field, each.before) for each in went
    }
    assert ("outcomes", "", "O8") in {(each.noun, each.field, each.after) for each in came}
    assert not [each for each in came if each.before is not None]


def _without_the_last_outcome() -> Facts:
    facts = factories.complete_facts()
    gone = facts.outcomes[-1].ref
    indicators = tuple(row for row in facts.indicators if row.outcome != gone)
    counted = {row.ref for row in indicators}
    return replace(
        facts,
        outcomes=facts.outcomes[:-1],
        indicators=indicators,
        observations=tuple(row for row in facts.observations if row.indicator in counted),
        chain_of_events=tuple(row for row in facts.chain_of_events if gone not in {row.cause, row.effect}),
        adjustments=tuple(row for row in facts.adjustments if row.outcome != gone),
    )


@pytest.mark.parametrize("other", [factories.small_facts(), factories.timebank_facts(), _without_the_last_outcome()])
def test_every_value_that_is_told_stands_in_one_of_the_two_documents(other: Facts) -> None:
    before, after = COMPLETE, frozen_of(other)
    for each in differences.differences(before, after):
        for side, value in ((before, each.before), (after, each.after)):
            if value is not None and each.unit is not Unit.WORDS:
                assert _stands(side["content"], value), each


def _stands(content: dict[str, Any], value: Any) -> bool:
    """Return whether a value is a leaf of the content; a ref is told with the name of what it points to."""
    ref = str(value).rpartition("(")[2].rstrip(")")
    leaves = {_at(content, path) for path in _leaves(content)}
    return value in leaves or ref in leaves


def _at(plain: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        plain = plain[step]
    return plain


def test_what_is_kept_as_plain_data_is_read_back_as_it_was() -> None:
    for each in differences.differences(COMPLETE, frozen_of(factories.small_facts())):
        assert differences.from_plain(each.as_plain()) == each


# --- What is told --------------------------------------------------------------------------------------------------


def test_a_factor_is_called_by_its_outcome_and_told_with_all_that_follows_from_it() -> None:
    facts = factories.complete_facts()
    less = (replace(facts.adjustments[0], figure=Decimal("0.25")), *facts.adjustments[1:])
    after = _changed(facts, adjustments=less)
    factor = _found(COMPLETE, after, "adjustments", "figure")[0]

    assert (factor.called, factor.aspect) == ("Less lonely", "Deadweight: would have happened anyway")
    assert (factor.before, factor.after, factor.unit) == ("0.2", "0.25", Unit.SHARE)
    ratio = _found(COMPLETE, after, RESULT, "ratio")[0]
    assert (ratio.before, ratio.after) == tuple(
        each["content"]["workings"]["totals"]["ratio"] for each in (COMPLETE, after)
    )
    assert [each.ref for each in _found(COMPLETE, after, "outcomes", "present_value")] == ["O1"]


def test_the_range_is_told_before_the_ratio() -> None:
    after = _changed(factories.complete_facts(), inputs=factories.complete_facts().inputs[:2])
    fields = [each.field for each in differences.differences(COMPLETE, after) if each.noun == RESULT]

    assert fields[:3] == ["pessimistic_ratio", "optimistic_ratio", "ratio"]


def test_a_true_zero_is_not_a_blank() -> None:
    facts = factories.complete_facts()
    unjudged = replace(facts.adjustments[1], figure=None, low=None, high=None)
    assert facts.adjustments[1].figure == 0
    found = _found(
        COMPLETE,
        _changed(facts, adjustments=(facts.adjustments[0], unjudged, *facts.adjustments[2:])),
        "adjustments",
        "figure",
    )

    assert [(each.before, each.after) for each in found] == [("0", None)]


def test_a_row_that_has_another_name_is_still_that_row() -> None:
    facts = factories.complete_facts()
    found = _found(
        COMPLETE,
        _changed(facts, stakeholders=(replace(facts.stakeholders[0], name="Diners"), *facts.stakeholders[1:])),
        "stakeholders",
        "name",
    )

    assert [(each.ref, each.way, each.before, each.after) for each in found] == [
        ("S1", Way.CHANGED, "Members", "Diners")
    ]


def test_an_outcome_that_counts_no_more_tells_what_it_counted_for() -> None:
    facts = factories.complete_facts()
    out = replace(facts.outcomes[0], decision=facts.outcomes[-1].decision, significant=False)
    after = _changed(facts, outcomes=(out, *facts.outcomes[1:]))
    value = _found(COMPLETE, after, "outcomes", "present_value")[0]

    assert str(value.before).startswith("22196.18")
    assert value.after is None
    assert _found(COMPLETE, after, "outcomes", "decision")[0].after == "excluded"


def test_an_input_that_is_hours_is_told_in_money_too() -> None:
    facts = factories.complete_facts()
    at = next(place for place, row in enumerate(facts.inputs) if row.hours)
    more = replace(facts.inputs[at], hours=Decimal(1), hourly_rate=Decimal("13.5"), amount=None)
    worth = _found(
        COMPLETE, _changed(facts, inputs=(*facts.inputs[:at], more, *facts.inputs[at + 1 :])), Input.slug, "worth"
    )

    assert [(each.after, each.unit) for each in worth] == [("13.5", Unit.MONEY)]


def test_figures_come_before_words_in_a_row() -> None:
    facts = factories.complete_facts()
    other = replace(facts.outcomes[0], name="Another name", quantity=Decimal(21), description="Other words")
    found = differences.differences(COMPLETE, _changed(facts, outcomes=(other, *facts.outcomes[1:])))
    units = [each.unit for each in found if each.ref == "O1" and each.noun == "outcomes"]

    assert Unit.WORDS in units
    assert units == sorted(units, key=lambda unit: unit is Unit.WORDS)


def test_settings_tell_the_rate_that_was_used_where_none_was_entered() -> None:
    facts = factories.complete_facts()
    scheduled = replace(
        facts.account, discount_rate=None, rate_schedule="green-book-2022", year_one_is_discounted=False
    )
    found = {
        each.field: (each.before, each.after)
        for each in differences.differences(COMPLETE, _changed(facts, account=scheduled))
        if each.noun == "account"
    }

    assert found["discount_rate"] == ("0.035", None)
    assert found["rate_schedule"] == (None, "green-book-2022")
    assert found["year_one_is_discounted"] == (True, False)
    assert found["rate_from_year_31"] == (None, "0.03")
    assert "rate_from_year_1" not in found


def test_how_it_stands_with_a_principle_is_told() -> None:
    found = _found(COMPLETE, _changed(factories.complete_facts(), involvement=()), "principles", "status")

    assert ("1", "Involve stakeholders", "missing") in {(each.ref, each.aspect, each.after) for each in found}


def test_an_account_that_was_read_and_not_tested_is_compared_without_its_range() -> None:
    frozen = frozen_of(factories.small_facts())
    read = {"content": {**frozen["content"], "sensitivity": {}}}

    assert frozen["content"]["sensitivity"]
    assert differences.differences(frozen, read) == ()


# --- Words ---------------------------------------------------------------------------------------------------------


def test_a_long_text_is_shortened_to_where_it_is_different() -> None:
    same = "What members told us in the talk of May was written down and read back to them. " * 10
    before, after = differences.excerpts(f"{same}Nobody objected.", f"{same}Two objected.{same}")

    assert before is not None
    assert after is not None
    assert before.endswith("Nobody objected.")
    assert "Two objected." in after
    assert max(len(before), len(after)) <= 202
    assert before.startswith("…")
    assert after.endswith("…")


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400))
def test_two_texts_that_differ_never_look_the_same(same: str, one: str, other: str) -> None:
    before, after = differences.excerpts(f"{same}a{one}", f"{same}b{other}")

    assert before != after


# --- What a document keeps -----------------------------------------------------------------------------------------


def test_what_a_document_keeps_names_what_it_is_held_against_and_repeats_no_words() -> None:
    after = content_of(factories.small_facts())
    kept = differences.since(COMPLETE, "ab" * 32, after)

    assert (kept["number"], kept["sha256"], kept["currency"]) == (1, "ab" * 32, "GBP")
    assert kept["taken_at"] == WHEN.isoformat()
    assert len(kept["differences"]) == len(differences.differences(COMPLETE, {"content": after}))
    words = [each for each in kept["differences"] if each["unit"] == "words"]
    assert words
    assert {(each["before"], each["after"]) for each in words} == {(None, None)}


def test_a_document_without_a_predecessor_is_as_it_was_and_one_with_it_says_the_same() -> None:
    content = content_of(factories.small_facts())
    told: dict[str, Any] = {"number": 2, "taken_at": WHEN, "taken_by": ""}
    alone = document.frozen(content, **told)
    kept = document.frozen(content, **told, since=differences.since(COMPLETE, "ab" * 32, content))

    assert "since" not in alone
    assert {**kept, "since": None} == {**alone, "since": None}
    assert document.same_content(document.canonical(kept), content)
    assert document.fingerprint(kept["content"]) == document.fingerprint(content)
    assert document.parsed(document.canonical(kept)) == kept

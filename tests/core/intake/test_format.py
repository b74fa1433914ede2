"""The JSON form of an account: canonical on the way out, strict on the way in."""

import copy
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from accounts import parsing
from accounts.columns import columns
from accounts.nouns import AccountDetails
from outcomes.format import SCHEMA_VERSION, dumps, from_frozen, from_plain, json_schema, loads, to_plain
from outcomes.format.__main__ import MANUAL, SCHEMA, manual_file, schema_file
from outcomes.intake import Unacceptable, sentence
from outcomes.nouns import ROWS, Facts, attribute
from tests import worked_examples
from tests.core.intake.made_up import random_facts, small

VALIDATOR = jsonschema.Draft202012Validator(json_schema(), format_checker=jsonschema.FormatChecker())


def plain(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(to_plain(small())), **changes}


def changed(noun, row, **fields):
    document = plain()
    document[noun][row].update(fields)
    return document


def sentences(document):
    """Return what is said against a document: bytes, text or parsed JSON."""
    with pytest.raises(Unacceptable) as fault:
        loads(document) if isinstance(document, bytes | str) else from_plain(document)
    return [sentence(each) for each in fault.value.reasons]


def accepts(document):
    try:
        from_plain(document)
    except Unacceptable:
        return False
    return True


# --- There and back ---------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(random_facts())
def test_an_account_comes_back_as_it_went_and_equal_accounts_give_equal_bytes(facts):
    document, written = to_plain(facts), dumps(facts)
    assert from_plain(document) == facts
    assert loads(written) == facts
    again = loads(json.dumps(json.loads(written), indent=4, ensure_ascii=True))
    assert dumps(again) == written
    VALIDATOR.validate(document)


def test_canonical_bytes_are_sorted_compact_utf_8_with_a_line_end():
    facts = small(account=replace(small().account, name="Clwb cinio Llŷn", activity="a\nb"))
    written = dumps(facts)
    assert written.endswith(b"}\n")
    assert "Llŷn".encode() in written
    assert b'": ' not in written
    document = json.loads(written)
    assert list(document) == sorted(document)
    assert list(document["outcomes"][0]) == sorted(document["outcomes"][0])


def test_a_figure_written_in_two_ways_gives_the_same_bytes():
    valued = tuple(replace(each, value=each.value.quantize(Decimal("0.0001"))) for each in small().valuations)
    assert dumps(small(valuations=valued)) == dumps(small())


def test_decimals_are_strings_and_blanks_are_left_out():
    document = plain()
    assert document["schema_version"] == SCHEMA_VERSION == 1
    assert document["attribution_is"] == "share_due_to_others"
    assert document["duration_counts"] == "first_year_of_benefit"
    assert document["outcomes"][0] == {
        "ref": "O1",
        "stakeholder": "S1",
        "subgroup": "SG1",
        "name": "More friends",
        "quantity": "10",
        "duration": 2,
    }
    assert document["valuations"][0]["value"] == "48.25"
    assert document["account"]["year_one_is_discounted"] is True
    assert document["involvement"] == []


def test_a_part_that_is_absent_or_null_has_no_rows_and_a_null_is_blank():
    document = plain(evidence=None)
    del document["involvement"]
    document["stakeholders"][0]["size"] = None
    document["stakeholders"][0]["description"] = ""
    assert from_plain(document) == small(evidence=())
    VALIDATOR.validate(document)


def test_a_byte_order_mark_is_passed_over():
    assert loads(b"\xef\xbb\xbf" + dumps(small())) == small()
    assert loads("\ufeff" + dumps(small()).decode()) == small()


def test_what_was_frozen_is_not_judged_by_rules_across_cells_but_each_cell_is():
    frozen = changed("outcomes", 0, quantity_low="11")
    assert sentences(frozen)
    assert from_frozen(frozen).outcomes[0].quantity_low == 11
    assert from_frozen(plain()) == small()
    for bad in (changed("outcomes", 0, quantity="many"), plain(schema_version=2)):
        with pytest.raises(Unacceptable):
            from_frozen(bad)


# --- Dialects ---------------------------------------------------------------------------------------------------------


def test_a_document_in_another_dialect_becomes_ours():
    document = plain(attribution_is="share_retained", duration_counts="years_after_activity")
    document["adjustments"][0]["figure"] = "0.80"
    document["outcomes"][0]["duration"] = 1
    document["outcomes"][1]["duration"] = 0
    facts = from_plain(document)
    assert facts.adjustments[0].figure == Decimal("0.2")
    assert [each.duration for each in facts.outcomes] == [2, 1]
    VALIDATOR.validate(document)


def test_no_years_are_a_duration_in_one_dialect_only():
    document = changed("outcomes", 0, duration=0)
    assert not VALIDATOR.is_valid(document)
    assert sentences(document) == ["Outcomes, row 1 (O1), How many years it lasts: Enter a number from 1 to 100."]
    assert VALIDATOR.is_valid({**document, "duration_counts": "years_after_activity"})


@pytest.mark.parametrize("name", ["attribution_is", "duration_counts"])
@pytest.mark.parametrize("stated", [None, "", "due to others", 1, ["share_retained"]])
def test_the_dialects_are_stated_and_never_guessed(name, stated):
    document = plain(**{name: stated})
    assert sentences(document)[0].startswith(f"{name}: State what the figures mean, as one of:")
    del document[name]
    assert "It is never guessed." in sentences(document)[0]
    assert not VALIDATOR.is_valid(document)


# --- Bad documents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [None, 0, 2, "1", 1.0, True, [1]])
def test_a_document_of_another_version_is_refused(version):
    assert sentences(plain(schema_version=version)) == [
        "schema_version: This must be 1: the one version of the format that is read here."
    ]


@pytest.mark.parametrize("document", [None, [], "x", 1, True])
def test_a_document_that_is_no_object_is_refused(document):
    assert sentences(json.dumps(document)) == ["An account is a JSON object: it starts with { and ends with }."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "This is not a JSON document: line 1, column 1"),
        (b"{", "This is not a JSON document"),
        (b'{"a": 1,}', "This is not a JSON document"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"PK\x03\x04 a workbook", "This is not a JSON document"),
        (b'{"account": {"discount_rate": NaN}}', "NaN is not a number that JSON has."),
        (b'{"account": {"discount_rate": Infinity}}', "Infinity is not a number that JSON has."),
        (b'{"account": {"discount_rate": -Infinity}}', "-Infinity is not a number that JSON has."),
        (b'{"account": {"name": "a", "name": "b"}}', "name: This name stands twice in one object."),
        (b'{"a": ' + b"9" * 5_000 + b"}", "too many digits"),
        (b"[" * 51 + b"]" * 51, "nested too deeply"),
        (b"[" * 10_000_000, "nested too deeply"),
        (b'{"a":' * 1_000_000, "nested too deeply"),
        (b'"' + b"[" * 1_000_000 + b'"', "An account is a JSON object"),
        (b'"\\"' + b"[" * 60 + b'"', "An account is a JSON object"),
        (b'"' + b'\\"' * 1_000_000, "This is not a JSON document"),
        (b'"' + b"\\", "This is not a JSON document"),
        (b"[" + b"[]," * 100_001 + b"[]]", "more than 100000 rows"),
        (b" " * 20_000_001, "larger than 20 megabytes"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_text_that_is_no_account_is_refused_with_a_sentence(text, said):
    (spoken,) = sentences(text)
    assert said in spoken


def test_brackets_inside_words_are_no_nesting():
    facts = small(account=replace(small().account, activity="[{" * 100 + '"\\'))
    assert loads(dumps(facts)) == facts


def test_parts_and_rows_of_the_wrong_make_are_refused_by_name():
    assert sentences(plain(account=[])) == ["Account: This must be there, as an object of fields."]
    assert sentences(plain(outcomes={})) == ["outcomes: This must be a list of rows."]
    assert sentences(plain(outcomes=["O1", {}, 5])) == [
        "Outcomes, row 1: Each row must be an object of fields.",
        "Outcomes, row 3: Each row must be an object of fields.",
    ]
    assert len(sentences(plain(outcomes=[None] * 1_000))) == 20
    assert sentences(plain(colours=[])) == ["colours: An account has no part of this name."]
    document = plain()
    del document["account"]
    assert sentences(document) == ["Account: This must be there, as an object of fields."]


@pytest.mark.parametrize(
    ("noun", "row", "fields", "said"),
    [
        ("adjustments", 0, {"figure": "1.3"}, "Adjustments, row 1 (A1), Figure: 130% is outside 0% to 100%."),
        ("adjustments", 0, {"figure": "-0.1"}, "Adjustments, row 1 (A1), Figure: -10% is outside 0% to 100%."),
        ("outcomes", 1, {"quantity": "-3"}, "Outcomes, row 2 (O2), How many, or how much: Enter a number that is 0"),
        (
            "outcomes",
            0,
            {"quantity": "ten"},
            "Outcomes, row 1 (O1), How many, or how much: This must be a decimal number",
        ),
        ("outcomes", 0, {"quantity": 10}, "How many, or how much: This must be a decimal number in a string"),
        ("outcomes", 0, {"quantity": "NaN"}, "This must be a decimal number in a string"),
        ("outcomes", 0, {"quantity": "1e5"}, "This must be a decimal number in a string"),
        ("outcomes", 0, {"quantity": "1,000"}, "This must be a decimal number in a string"),
        ("outcomes", 0, {"quantity": {"a": 1}}, "This must be a decimal number in a string"),
        ("outcomes", 0, {"duration": 1.5}, "How many years it lasts: This must be a whole number"),
        ("outcomes", 0, {"duration": 101}, "How many years it lasts: Enter a number from 1 to 100."),
        ("outcomes", 0, {"stakeholder": "S7"}, "For whom: There is no row “S7” in Stakeholders."),
        ("outcomes", 0, {"name": ""}, "What changes: Enter an answer here: it cannot be left blank."),
        ("outcomes", 0, {"name": "a\u202eb"}, "reverses the order of reading"),
        ("outcomes", 0, {"name": "\u200b"}, "only invisible characters"),
        ("outcomes", 0, {"name": "a" * 201}, "201 characters long"),
        ("outcomes", 0, {"direction": "up"}, "For better or worse: Choose one of"),
        ("outcomes", 0, {"intended": "yes"}, "Was it intended?: This must be true or false."),
        ("outcomes", 0, {"impact": "5"}, "Outcomes, row 1 (O1), impact: There is no field of this name here."),
        ("valuations", 0, {"price_period": "last year"}, "In the prices of: Write the period as a financial year"),
        ("valuations", 0, {"link": "javascript:alert(1)"}, "Web address of the source: Enter a web address"),
        ("observations", 0, {"denominator": "0"}, "Out of how many: Enter a number above 0"),
        ("observations", 0, {"observed_on": "31/03/2025"}, "Date: This must be a date such as 2026-03-31."),
        ("stakeholders", 1, {"ref": "S1"}, "Stakeholders, row 2 (S1), Ref: Another row has the ref “S1” too."),
    ],
)
def test_bad_input_gets_a_sentence_that_names_row_and_field(noun, row, fields, said):
    assert any(said in each for each in sentences(changed(noun, row, **fields)))


def test_a_missing_price_year_is_named():
    document = changed("valuations", 0, price_period="1999-00")
    document["account"].update(price_base="2024-25", price_series="gdp-deflator-2025-12")
    (spoken,) = sentences(document)
    assert spoken.startswith("Valuations, row 1 (W1), In the prices of: The price index")
    assert "has no figure for 1999-00" in spoken


def test_formulas_in_words_are_words():
    facts = from_plain(changed("outcomes", 0, name='=HYPERLINK("https://example.org")'))
    assert facts.outcomes[0].name == '=HYPERLINK("https://example.org")'


_json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_whatever_stands_in_a_cell_gives_an_account_or_sentences(data):
    document = plain()
    place = data.draw(st.sampled_from(["account", *map(attribute, ROWS)]))
    rows = [document[place]] if isinstance(document[place], dict) else document[place] or [document]
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(_json_values)
    assert accepts(document) or sentences(document)


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_the_text_is_it_gives_sentences(text):
    assert sentences(text)


# --- The schema -------------------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema_and_fits_the_worked_examples():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    for name in worked_examples.NAMES:
        VALIDATOR.validate(json.loads(worked_examples.document(name)))


_figures = st.from_regex(r"\A-?[0-9]{1,14}(\.[0-9]{0,9})?\Z") | st.sampled_from(
    [
        "",
        "0",
        "1",
        "-0",
        "0.0",
        "-0.00",
        "1.0",
        "1.00000001",
        "0.123456780",
        "0.123456789",
        "+1",
        ".5",
        "5.",
        "007",
        "1e2",
        "x",
    ]
)
_cells = {
    ("outcomes", 0, "quantity"): _figures,
    ("outcomes", 0, "duration"): st.integers(-1, 102) | st.sampled_from([1.5, "1", True, None]),
    ("valuations", 0, "value"): _figures,
    ("valuations", 0, "price_period"): st.sampled_from(["", "2024", "2024/25", "24", None, 2024]),
    ("valuations", 0, "link"): st.sampled_from(
        ["", "https://a", "HTTP://a/b", "ftp://a", "https://", "https://a b", None]
    ),
    ("adjustments", 1, "figure"): _figures | st.sampled_from([None, 0, 1]),
    ("adjustments", 0, "factor"): st.sampled_from(["deadweight", "Deadweight", "", None, 1]),
    ("observations", 0, "observed_on"): st.sampled_from(
        ["2025-03-31", "2025-3-31", "2025-02-30", "1899-12-31", "2199-12-31", "2200-01-01", "", None, 5]
    ),
    ("stakeholders", 1, "ref"): st.sampled_from(["S2", "S 2", "", "-", None, 2, "S" * 41]),
    ("stakeholders", 0, "size"): st.integers(-1, 2) | st.just(10**9 + 1),
    ("outcomes", 0, "subgroup"): st.sampled_from(["", "SG1", None, "S G"]),
    ("outcomes", 0, "name"): st.sampled_from(["", " ", "a", "a" * 200, "a" * 201, None, 5]),
    ("outcomes", 0, "intended"): st.sampled_from([True, False, None, 0, "", "yes"]),
}


@settings(max_examples=200)
@given(st.data())
def test_the_schema_takes_a_cell_exactly_if_the_reader_does(data):
    noun, row, field = data.draw(st.sampled_from(sorted(_cells)))
    document = changed(noun, row, **{field: data.draw(_cells[noun, row, field])})
    if noun == "stakeholders" and field == "ref":
        document["outcomes"][1]["stakeholder"] = "S1"
    if field == "value":
        document["valuations"][0].pop("value_low", None)
    assert VALIDATOR.is_valid(document) == accepts(document), document[noun][row]


def test_the_schema_knows_every_field_of_every_noun():
    properties = json_schema()["properties"]
    assert set(properties["account"]["properties"]) == {each.name for each in columns(AccountDetails)}
    for noun in ROWS:
        row = properties[attribute(noun)]["items"]
        assert set(row["properties"]) == {each.name for each in columns(noun)}
        assert set(row["required"]) == {each.name for each in columns(noun) if each.required}


def test_the_schema_can_say_the_range_of_every_number():
    for noun in (AccountDetails, *ROWS):
        for each in columns(noun):
            if each.kind in {"number", "money"}:
                assert (each.minimum, each.maximum) in {(None, None), (0, None)}, (noun.slug, each.name)


def test_the_years_of_the_schema_are_those_of_the_reader():
    pattern = re.compile(json_schema()["properties"]["account"]["properties"]["period_start"]["pattern"])
    for year in (parsing.FIRST_YEAR, parsing.LAST_YEAR):
        assert pattern.search(f"{year}-06-30")
    for year in (parsing.FIRST_YEAR - 1, parsing.LAST_YEAR + 1):
        assert not pattern.search(f"{year}-06-30")


# --- The manual -------------------------------------------------------------------------------------------------------


def test_the_schema_file_is_what_the_declarations_make():
    assert SCHEMA.read_text(encoding="utf-8") == schema_file(), "run: python -m outcomes.format"


def test_the_tables_of_the_manual_are_what_the_declarations_make():
    standing = MANUAL.read_text(encoding="utf-8")
    assert standing == manual_file(standing), "run: python -m outcomes.format"


def test_the_document_that_the_manual_shows_is_an_account():
    blocks = re.findall(r"```json\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    assert isinstance(loads(blocks[0]), Facts)

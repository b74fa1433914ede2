"""What a snapshot says: one text for one content, read back as it was written, and refused where it is not known."""

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcomes import format as account_format, reference
from outcomes.nouns import Facts
from reports import differences, document, statement
from reports.document import UnknownDocument
from tests import factories
from tests.reports.frozen import WHEN, content_of, frozen_of
from tests.reports.issued import issued_on


@pytest.fixture(scope="module")
def facts() -> Facts:
    return factories.complete_facts()


@pytest.fixture(scope="module")
def frozen(facts: Facts) -> dict[str, Any]:
    return frozen_of(facts)


@pytest.fixture(scope="module")
def text(frozen: dict[str, Any]) -> str:
    return document.canonical(frozen)


# --- One text -------------------------------------------------------------------------------------------------------


def test_equal_facts_are_frozen_as_the_same_text(facts: Facts, text: str) -> None:
    assert document.canonical(frozen_of(account_format.loads(account_format.dumps(facts)))) == text


def test_the_order_in_which_a_document_was_put_together_does_not_show(text: str) -> None:
    assert document.canonical(_backwards(json.loads(text))) == text


def _backwards(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _backwards(value[name]) for name in reversed(value)}
    return [_backwards(each) for each in value] if isinstance(value, list) else value


def test_a_document_that_is_read_is_written_as_the_same_text(text: str) -> None:
    assert document.canonical(document.parsed(text)) == text


def test_letters_with_accents_stay_letters() -> None:
    assert document.canonical({"enw": "Dŵr y Felin"}) == '{"enw":"Dŵr y Felin"}'


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_what_json_has_no_number_for_is_not_written(figure: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        document.canonical({"ratio": figure})


def test_the_hash_is_sha_256_of_the_text_in_utf_8() -> None:
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    assert document.sha256("abc") == document.sha256(b"abc") == known
    assert document.sha256("ŵ") == document.sha256("ŵ".encode())


# --- What it says ---------------------------------------------------------------------------------------------------


def test_no_figure_is_a_number_with_a_point_since_that_would_be_rounded(text: str) -> None:
    def refuse(digits: str) -> None:
        raise AssertionError(digits)

    json.loads(text, parse_float=refuse)


def test_the_account_in_a_document_is_the_account_that_was_frozen(facts: Facts, text: str) -> None:
    assert account_format.from_frozen(document.parsed(text)["content"]["account"]) == facts


def test_a_document_holds_the_results_the_findings_and_what_was_left_out(frozen: dict[str, Any]) -> None:
    content = frozen["content"]

    assert content["workings"]["totals"]["ratio"].startswith("1.288")
    assert content["sensitivity"]["pessimistic"]["ratio"].startswith("0.482")
    assert [each["principle"] for each in content["readiness"]] == [1, 2, 3, 4, 5, 6, 7]
    assert {each["status"] for each in content["findings"]} == {"met", "needs_reason", "missing"}
    assert next(each["statement"] for each in content["co_production"]) == "assets"
    assert content["left_out"] == [
        {"outcome": "O8", "reason": "Six people, and the walk itself is short.", "why": "not_significant"}
    ]


def test_a_document_holds_the_tables_that_were_used_row_by_row_with_their_names_and_sources(facts: Facts) -> None:
    on_schedule = replace(facts.account, discount_rate=None, rate_schedule="green-book-2022")
    used = content_of(replace(facts, account=on_schedule))["workings"]["inputs"]
    rates, index = used["rates"], used["price_series"]
    schedule, series = reference.rate_schedule("green-book-2022"), reference.price_series(facts.account.price_series)

    assert (rates["slug"], rates["title"], rates["published"]) == (schedule.slug, schedule.title, schedule.published)
    assert rates["source"] == schedule.source != ""
    assert [(each["from_year"], Decimal(each["rate"])) for each in rates["bands"]] == [
        (band.from_year, band.rate) for band in schedule.bands
    ]
    assert (index["slug"], index["title"], index["published"]) == (series.slug, series.title, series.published)
    assert index["source"] == series.source != ""
    assert {period: Decimal(figure) for period, figure in index["values"].items()} == dict(series.values)


def test_a_rate_of_the_account_s_own_says_that_it_is_that_and_no_index_says_that_there_is_none() -> None:
    used = content_of(factories.small_facts())["workings"]["inputs"]

    assert (used["rates"]["slug"], used["rates"]["source"]) == ("flat", "Entered in the account")
    assert used["price_series"] is None


def test_a_document_names_the_edition_of_the_principles(frozen: dict[str, Any]) -> None:
    assert frozen["content"]["account"]["account"]["edition"] == "seven"
    assert statement.edition_of(frozen["content"]) == "seven"


def test_a_finding_says_which_part_of_a_thing_it_means(facts: Facts) -> None:
    unjudged = replace(facts, adjustments=facts.adjustments[1:])
    findings = content_of(unjudged)["findings"]
    items = [item for finding in findings if finding["status"] == "missing" for item in finding["items"]]

    assert {"Deadweight: would have happened anyway"} <= {item["aspect"] for item in items}


def test_the_moment_of_freezing_is_kept_in_universal_time() -> None:
    in_summer = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))

    assert document.frozen({}, number=1, taken_at=in_summer, taken_by="")["taken_at"] == "2026-06-01T08:30:00+00:00"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        document.frozen({}, number=1, taken_at=WHEN.replace(tzinfo=None), taken_by="")


def test_what_was_submitted_says_by_whom_in_whose_name_and_a_draft_says_nothing_of_it(frozen: dict[str, Any]) -> None:
    said = {"number": 1, "by": "Mair Elis", "in_the_name_of": "Cinio Ogwen", "alone": False}
    submitted = document.frozen({}, number=2, taken_at=WHEN, taken_by="Mair Elis", submission=said)

    assert (submitted["status"], submitted["submission"]) == ("submitted", said)
    assert frozen["status"] == "draft"
    assert "submission" not in frozen
    assert document.parsed(document.canonical(submitted)) == submitted


def test_the_fingerprint_is_of_everything_that_was_read_but_for_what_follows_from_it(facts: Facts) -> None:
    content = content_of(facts)
    others = [{**content, name: "changed"} for name in content]
    alike = [name for name, other in zip(content, others, strict=True) if _same(other, content)]

    assert alike == ["sensitivity"]


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return document.fingerprint(one) == document.fingerprint(other)


# --- What is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None])
def test_a_version_that_is_not_known_is_refused_rather_than_guessed(frozen: dict[str, Any], version: Any) -> None:
    with pytest.raises(UnknownDocument, match="schema version"):
        document.parsed(json.dumps({**frozen, "schema_version": version}))


@pytest.mark.parametrize("text", ["{}", "[]", '"snapshot"', '{"schema": "something-else", "schema_version": 1}'])
def test_json_that_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(UnknownDocument, match="not a snapshot"):
        document.parsed(text)


@pytest.mark.parametrize("text", ["", "not JSON", '{"schema": ', "[" * 100_000])
def test_a_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(UnknownDocument, match="not JSON"):
        document.parsed(text)


# --- Whether anything changed ---------------------------------------------------------------------------------------


def test_the_same_content_is_known_again_whenever_and_by_whomever_it_was_frozen(facts: Facts) -> None:
    later = document.frozen(content_of(facts), number=7, taken_at=WHEN + dt.timedelta(days=9), taken_by="Somebody else")

    assert document.same_content(document.canonical(later), content_of(facts))


def test_the_smallest_change_of_a_figure_is_another_content(facts: Facts, text: str) -> None:
    first, *others = facts.inputs
    assert first.amount is not None
    changed = replace(facts, inputs=(replace(first, amount=first.amount + Decimal("0.01")), *others))

    assert not document.same_content(text, content_of(changed))


def test_another_name_of_the_organisation_is_another_content(facts: Facts, text: str) -> None:
    assert not document.same_content(text, content_of(facts, name="Cinio Ogwen Cyf."))


# --- The manual -----------------------------------------------------------------------------------------------------


def test_the_manual_names_every_part_of_a_document_and_no_other(frozen: dict[str, Any]) -> None:
    manual = Path(__file__).resolve().parents[2] / "docs" / "snapshot-format.md"
    rows = [line for line in manual.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}

    since = differences.since(frozen, "ab" * 32, content_of(factories.small_facts()))
    submitted = document.frozen({}, number=1, taken_at=WHEN, taken_by="", submission={}, since=since)
    of_since = set(since) | set(since["differences"][0])
    of_statement = set(issued_on(frozen)["document"])
    assert named == set(frozen) | set(submitted) | set(frozen["content"]) | of_since | of_statement

"""How far a report is assured, on each page of it: by the status of the account and the statement that was signed."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from django.utils import translation

from reports import document, paper, pdf, statement
from tests import factories
from tests.reports import accounts
from tests.reports.frozen import frozen_of
from tests.reports.issued import FINDINGS, issued_on, judged, submitted_of
from tests.reports.test_report_html import said

HOSTILE = (
    '<script>alert(1)</script><img src="http://127.0.0.1:9/x"> <style>@import url(file:///etc/passwd)</style> '
    "</p></li></section> {{ 7|add:7 }} %(name)s 50 % \u202etfel\u202c 😀 非常感谢 شكرا https://example.org/?a=1&b=2 "
)
WORDS = {
    ("assured", "independent"): "Assured by an independent assurer",
    ("assured", "peer panel"): "Assured by a peer panel of forum members",
    ("assured_with_recommendations", "independent"): "Assured with recommendations by an independent assurer",
    ("assured_with_recommendations", "peer panel"): "Assured with recommendations by a peer panel of forum members",
    ("not_assured", "independent"): "Not assured: judged by an independent assurer, who did not confirm it",
    ("not_assured", "peer panel"): "Not assured: judged by a peer panel of forum members, who did not confirm it",
}


@cache
def submitted() -> dict[str, Any]:
    return submitted_of(factories.complete_facts())


def drawn(frozen: Mapping[str, Any], issued: Mapping[str, Any] | None) -> Element:
    with translation.override("en-gb"):
        return tinyhtml5.parse(pdf.html(frozen, statement=issued), namespace_html_elements=False)


@cache
def assured(conclusion: str = "assured_with_recommendations", level: str = "independent") -> Element:
    return drawn(submitted(), issued_on(submitted(), conclusion=conclusion, level=level))


@cache
def self_assessed() -> Element:
    return drawn(submitted(), None)


def told(frozen: Mapping[str, Any], issued: Mapping[str, Any] | None) -> dict[str, Any]:
    with translation.override("en-gb"):
        return paper.context(frozen, statement=issued)


def part(page: Element, name: str) -> str:
    return said(page.find(f".//section[@id='{name}']"))


def status(page: Element) -> tuple[str | None, str | None]:
    """Return what each page will say, and how it looks."""
    body = page.find("body")
    assert body is not None
    return body.get("data-status-words"), page.get("data-status")


# --- The status -------------------------------------------------------------------------------------------------------


def test_without_a_statement_the_status_is_that_of_the_account() -> None:
    assert status(drawn(frozen_of(accounts.nothing()), None)) == ("Draft: not assured", "draft")
    assert status(self_assessed()) == ("Self-assessed: not assured", "unassured")


@pytest.mark.parametrize(("conclusion", "level"), WORDS)
def test_with_a_statement_the_status_says_who_judged_it_and_with_what_result(conclusion: str, level: str) -> None:
    page = assured(conclusion, level)
    look = "not-assured" if conclusion == "not_assured" else "assured"

    assert status(page) == (WORDS[conclusion, level], look)
    assert said(page.find(".//section[@class='cover']//p[@class='status']")) == WORDS[conclusion, level]
    assert WORDS[conclusion, level] in part(page, "summary")
    assert part(page, "statement").startswith(f"The assurance statement {WORDS[conclusion, level]}.")


def test_every_conclusion_of_every_level_has_its_words() -> None:
    assert set(WORDS) == {(each, level) for each in statement.CONCLUSIONS for level in statement.LEVELS}
    for (conclusion, level), words in WORDS.items():
        held = paper.assurance(document.SUBMITTED, {"document": {"conclusion": conclusion, "level": level}})
        assert (held.words, held.level.code) == (words, level)


@pytest.mark.parametrize(
    ("level", "name", "means"),
    [
        (None, "Self-assessed", "The organisation’s own word."),
        ("peer panel", "Peer panel of forum members", "People from other members of the forum have judged it"),
        ("independent", "Independent assurer", "Somebody with no part in the organisation has judged it"),
    ],
)
def test_the_cover_names_the_level_and_says_what_it_means(level: str | None, name: str, means: str) -> None:
    page = assured("assured", level) if level else self_assessed()
    facts = page.find(".//section[@class='cover']//dl")
    assert facts is not None
    names = [said(each) for each in facts.iterfind("dt")]

    cell = said(facts.findall("dd")[names.index("Level of assurance")])

    assert cell.startswith(f"{name}{means}")


def test_the_three_levels_are_in_every_report_and_one_is_that_of_the_report() -> None:
    names = ["Self-assessed", "Peer panel of forum members", "Independent assurer"]
    for page, this in (
        (self_assessed(), "Self-assessed"),
        (assured(), "Independent assurer"),
        (assured("assured", "peer panel"), "Peer panel of forum members"),
    ):
        table = page.find(".//table[@class='sheet compact levels keep-together']")
        assert table is not None
        told_of = [said(row[0]) for row in table.iterfind("tbody/tr")]
        assert told_of == [f"{name} this report" if name == this else name for name in names]


def test_a_report_without_a_statement_says_plainly_what_that_means() -> None:
    words = part(self_assessed(), "statement")

    assert "There is no assurance statement on this report. Its level is: Self-assessed." in words
    assert "nobody but the organisation says" in words
    assert "It was submitted in the organisation’s name" in words
    assert "It is a draft as well" in part(drawn(frozen_of(accounts.nothing()), None), "statement")


# --- The summary ------------------------------------------------------------------------------------------------------


def test_the_summary_has_the_assurers_verdict_before_any_figure() -> None:
    words = part(assured(), "summary")
    verdict = words[: words.index("Value for each")]

    assert "“A careful account that claims less than it could." in verdict
    assert "Dr Siân Rowlands signed the statement on 24 November 2026. It holds until 30 November 2027." in verdict
    assert "Of 7 principles 5 are met, 2 with a recommendation." in verdict
    assert "To improve: Value the things that matter: Ask members again next year" in verdict
    assert "Nobody independent" not in words


def test_what_is_not_met_is_named_first_and_what_does_not_fit_is_counted() -> None:
    many = tuple(
        statement.Judged(principle=number, verdict=verdict, finding="So", recommendation=f"Mend {number}")
        for number, verdict in enumerate(["recommendation"] * 3 + ["not met"] + ["recommendation"] * 3, start=1)
    )
    held = told(submitted(), issued_on(submitted(), conclusion="not_assured", judged=many))["summary"]["verdict"]

    assert [each["words"] for each in held["advice"]] == ["Mend 4", "Mend 1"]
    assert held["more_advice"] == 5
    assert held["counts"] == "Of 7 principles 0 are met, 6 with a recommendation, 1 not met."


def test_the_verdict_on_each_principle_stands_beside_the_standing_of_its_checks() -> None:
    table = assured().find(".//table[@class='sheet compact readiness readiness--judged']")
    assert table is not None
    rows = [[said(cell) for cell in row] for row in table.iterfind("tbody/tr")]

    assert [row[1] for row in rows] == ["met", "met", "met, with advice", "met", "met, with advice", "met", "met"]
    assert len(rows[0]) == 4
    assert self_assessed().find(".//table[@class='sheet compact readiness readiness--judged']") is None


@pytest.mark.parametrize(
    ("level", "standing", "sentence"),
    [
        ("independent", "met", "An independent assurer has judged it."),
        ("peer panel", "peers", "A peer panel has judged it, and nobody independent."),
    ],
)
def test_principle_7_follows_the_statement(level: str, standing: str, sentence: str) -> None:
    held = told(submitted(), issued_on(submitted(), level=level))
    finding = held["principles"][6]["findings"][-1]

    assert held["readiness"][6]["status"] == standing
    assert held["readiness"][6]["sentence"].endswith(sentence)
    assert (finding["state"], finding["sentence"]) == (standing, sentence)
    assert "waits for assurance" in told(submitted(), None)["readiness"][6]["sentence"]


# --- The statement, word for word -------------------------------------------------------------------------------------


def test_all_twelve_elements_are_there_in_their_order() -> None:
    held = assured().find(".//div[@class='statement']")
    assert held is not None

    assert [said(each) for each in held.iter("h4")] == [
        f"{number}. {title}" for number, title in enumerate(statement.ELEMENTS, start=1)
    ]


def test_every_sentence_is_told_in_the_readers_words() -> None:
    words = part(assured(), "statement")

    for sentence in (
        "Dr Siân Rowlands, assigned by Huw Morgan. Level: Independent assurer.",
        "Interests declared: My aunt ate at the club twice in 2019.",
        "Of 11 pieces of evidence 8 were drawn at random (seed 48213)",
        "Principle 3, Value the things that matter: Met, with a recommendation.",
        "Overall: Assured with recommendations. A careful account",
        "Valid until 30 November 2027, for this report alone.",
    ):
        assert sentence in words
    assert all(finding in words for _verdict, finding, _advice in FINDINGS.values())


def test_the_same_statement_is_told_in_another_language() -> None:
    issued = issued_on(submitted())
    with translation.override("cy"):
        welsh = paper.elements(issued["document"])

    assert [len(each["sentences"]) for each in welsh] == [
        len(each["sentences"]) for each in issued["document"]["elements"]
    ]


def test_who_signed_when_and_which_statement_it_was_are_told() -> None:
    issued = issued_on(submitted())
    words = part(assured(), "statement")

    assert "Dr Siân Rowlands, on 24 November 2026, 15:05 UTC, with a second factor on this site" in words
    assert issued["sha256"] in words
    attached = {each.name: each.content for each in pdf.attachments(submitted(), statement=issued)}
    assert document.sha256(attached["statement.json"]) == issued["sha256"]
    assert json.loads(attached["statement.json"]) == issued["document"]


@pytest.mark.parametrize("number", range(1, 8))
def test_each_principle_leads_to_its_judgement_and_the_judgement_to_the_principle(number: int) -> None:
    page = assured()
    anchors = {each.get("id"): said(each) for each in page.iter() if each.get("id")}
    links = [str(each.get("href")) for each in page.iter("a")]

    assert anchors[f"judged-{number}"].startswith(f"Principle {number}, ")
    assert f"#judged-{number}" in links
    assert f"#principle-{number}" in links


def test_every_link_inside_the_document_leads_somewhere() -> None:
    for page in (assured(), self_assessed()):
        names = {each.get("id") for each in page.iter()}
        assert {str(each.get("href"))[1:] for each in page.iter("a") if str(each.get("href")).startswith("#")} <= names


def test_each_principle_and_each_statement_of_co_production_says_where_to_look() -> None:
    held = told(submitted(), None)

    assert all(each["places"] for each in (*held["principles"], *held["co_production"]))
    assert held["principles"][3]["places"] == [{"id": "material", "title": "What counts, what is left out, and why"}]


# --- What was left out ------------------------------------------------------------------------------------------------


def test_everything_that_was_left_out_is_in_one_ledger_with_its_reason() -> None:
    left = told(submitted(), None)["left_out"]

    assert [(each["kind"], each["name"], each["why"]) for each in left] == [
        ("Group", "Local health services", "left out"),
        ("Group", "Cafés in the village", "left out"),
        ("Outcome", "Walk further", "judged not significant"),
    ]
    assert all(each["reason"] for each in left)


# --- What an assurer typed --------------------------------------------------------------------------------------------


def hostile(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement in which every word that somebody typed is hostile, and some have no end."""
    words = HOSTILE + accounts.ENDLESS
    return issued_on(
        frozen,
        assurer=words[:250],
        assigned_by=words[:250],
        submitted_by=words[:250],
        organisation=words[:250],
        account=words[:250],
        independence=words,
        interests=words,
        summary=words,
        judged=judged(finding=words, recommendation=words, verdict="not met"),
        conclusion="not_assured",
    )


@cache
def poisoned() -> dict[str, Any]:
    """Return a submitted account in which every word is hostile: its rows, its organisation, and who submitted it."""
    frozen = submitted_of(accounts.hostile(), name=(HOSTILE * 2)[:200], purpose=HOSTILE + accounts.ENDLESS)
    submission = {**frozen["submission"], "by": HOSTILE[:150], "in_the_name_of": (HOSTILE * 2)[:200], "alone": True}
    return {**frozen, "taken_by": HOSTILE[:150], "submission": submission}


def test_hostile_words_in_every_field_of_the_account_and_of_the_statement_stay_words() -> None:
    known = {str(each.tag) for each in assured().iter()}
    page = drawn(poisoned(), hostile(poisoned()))

    assert {str(each.tag) for each in page.iter()} <= known
    for name in ("scope", "stakeholders", "outcomes", "assumptions", "check"):
        assert "<script>alert(" in part(page, name)
    shown = part(page, "statement")
    assert shown.count("<script>alert(1)</script>") >= 20
    assert "{{ 7|add:7 }} %(name)s 50 %" in shown
    assert accounts.ENDLESS in shown
    links = {str(each.get("href")) for each in page.iter("a")}
    assert {each for each in links if each.startswith("#")} == {
        str(each.get("href")) for each in assured().iter("a") if str(each.get("href")).startswith("#")
    }
    assert not {each for each in links if not each.startswith(("#", "http", "mailto:"))}

"""The report as HTML, before it is set: whole and well-formed for every kind of account, whatever people typed."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from django.utils import translation

from outcomes.nouns import Facts
from reports import paper, pdf
from tests import factories
from tests.reports import accounts
from tests.reports.frozen import frozen_of

SVG = "{http://www.w3.org/2000/svg}"
ACCOUNTS: Mapping[str, Callable[[], Facts]] = {
    "complete": factories.complete_facts,
    "a study with little": factories.timebank_facts,
    "nothing": accounts.nothing,
    "without inputs": accounts.without_inputs,
    "importance only": accounts.importance_only,
    "anchored": accounts.anchored,
    "harmful": accounts.harmful,
    "long": accounts.long,
    "hostile": accounts.hostile,
}


@cache
def html(name: str, language: str = "en-gb") -> str:
    with translation.override(language):
        return pdf.html(frozen_of(ACCOUNTS[name]()))


@cache
def page(name: str) -> Element:
    return tinyhtml5.parse(html(name), namespace_html_elements=False)


@pytest.fixture(params=ACCOUNTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# --- For every kind of account ----------------------------------------------------------------------------------------


def test_the_contents_name_every_part_with_its_own_title_in_its_order(name: str) -> None:
    contents = [(link.get("href"), said(link)) for link in page(name).iterfind(".//nav[@class='contents']//a")]
    parts = [(f"#{part.get('id')}", said(part.find("h2"))) for part in page(name).iterfind(".//section[@id]")]

    assert contents == parts
    assert [anchor for anchor, _title in parts] == ["#summary", *(f"#{each}" for each in paper.PARTS)]


def test_headings_start_with_the_title_and_skip_no_level(name: str) -> None:
    levels = [int(each.tag[1]) for each in page(name).iter() if re.fullmatch("h[1-6]", str(each.tag))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_every_head_says_what_it_is_the_head_of(name: str) -> None:
    for table in page(name).iter("table"):
        caption = table.find("caption")
        assert caption is not None
        assert said(caption)
        assert {each.get("scope") for each in table.iterfind("thead//th")} == {"col"}
        assert {each.get("scope") for each in table.iterfind("tbody//th")} <= {"row", "rowgroup"}
        assert all(row[0].tag == "th" for row in table.iterfind("tbody/tr"))


def test_every_row_of_a_table_has_as_many_cells_as_its_head(name: str) -> None:
    for table in page(name).iter("table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, said(table)


def test_every_drawing_says_first_what_it_shows(name: str) -> None:
    for drawing in page(name).iter(f"{SVG}svg"):
        assert drawing[0].tag == f"{SVG}title"
        assert said(drawing[0])


def test_no_two_things_have_the_same_name_and_every_name_that_is_used_exists(name: str) -> None:
    names = Counter(each.get("id") for each in page(name).iter() if each.get("id"))
    used = {
        target
        for each in page(name).iter()
        for attribute in ("aria-labelledby", "aria-describedby")
        for target in each.get(attribute, "").split()
    }

    assert set(names.values()) == {1}
    assert used <= set(names)


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "hostile"])
def test_nothing_of_the_template_or_of_python_is_left_in_the_words(name: str) -> None:
    left = r"\{[{%#]|%\(\w+\)|\bNone\b(?!\.| that)|\bTrue\b|\bFalse\b|<[a-z]|datetime|Decimal"

    assert re.findall(left, said(page(name))) == []


def test_every_page_will_say_what_the_document_is(name: str) -> None:
    body = page(name).find("body")
    assert body is not None
    assert body.get("data-status-words") == "Draft: not assured"
    assert said(page(name).find(".//section[@class='cover']//p[@class='status']")) == "Draft: not assured"


def test_the_summary_has_a_verdict_before_any_figure(name: str) -> None:
    summary = said(page(name).find(".//section[@id='summary']"))
    figures = [found.start() for found in re.finditer("[£€]", summary)]

    assert 0 < summary.index("Draft: not assured") < min(figures, default=len(summary))


# --- What people typed ------------------------------------------------------------------------------------------------


def test_what_looks_like_markup_stays_words() -> None:
    known = {str(each.tag) for each in page("complete").iter()}
    hostile = page("hostile")

    assert {str(each.tag) for each in hostile.iter()} <= known
    assert '<script>alert("1")</script> & </td></table> {{ 7|add:7 }} %(name)s %s 50 %' in said(hostile)


def test_a_name_that_is_a_number_stays_as_it_was_typed() -> None:
    facts = accounts.harmful()
    first, second = facts.outcomes
    named = replace(facts, outcomes=(replace(first, name="0020.50"), second))
    with translation.override("en-gb"):
        words = said(tinyhtml5.parse(pdf.html(frozen_of(named)), namespace_html_elements=False))

    assert "0020.50 O1" in words


def test_characters_that_no_typeface_has_are_told_of() -> None:
    check = said(page("hostile").find(".//section[@id='check']"))

    assert "Their names stand in their place, in brackets: grinning face" in check
    assert "in brackets" not in said(page("complete").find(".//section[@id='check']"))


# --- Languages --------------------------------------------------------------------------------------------------------


def test_a_report_can_be_drawn_in_the_other_language_too() -> None:
    welsh = tinyhtml5.parse(html("complete", "cy"), namespace_html_elements=False)

    assert len(list(welsh.iter("table"))) == len(list(page("complete").iter("table")))

"""The short editions: two pages, and two to four in easy words, from the very document that the full report is from."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import tinyhtml5
from django.utils import translation

from outcomes.nouns import Facts
from reports import codes, document, pdf
from reports.models import Edition
from reports.typesetting import Typeset
from tests import factories
from tests.doors.extremes import EXTREMES
from tests.pdf_validation import ACCESSIBLE, ARCHIVAL, Validator
from tests.pdf_validation.text import text_of_pages
from tests.reports import accounts, issued
from tests.reports.frozen import frozen_of
from tests.reports.test_report_html import ACCOUNTS

pytest_plugins = ["tests.pdf_validation.plugin"]

SUMMARY, EASY_READ = "summary", "easy_read"
CANNOT_BE_FROZEN = {"a missing price year", "a missing price series"}
EVERY_ACCOUNT: Mapping[str, Callable[[], Facts]] = {
    **ACCOUNTS,
    "wide": factories.wide_facts,
    **{name: facts for name, facts in EXTREMES.items() if name not in CANNOT_BE_FROZEN},
}
WORDY = "All of it was read, and much of it was good, but some of it was not, and we say why further on. " * 20


@cache
def frozen(name: str) -> dict[str, Any]:
    if name == "submitted":
        return issued.submitted_of(factories.complete_facts())
    return frozen_of(EVERY_ACCOUNT[name]())


@cache
def made(name: str, edition: str) -> Typeset:
    return pdf.make(frozen(name), "en-gb", edition=edition)


@cache
def assured(edition: str, **said: str) -> Typeset:
    on = frozen("submitted")
    return pdf.make(on, "en-gb", statement=issued.issued_on(on, **said), edition=edition)


def words(content: bytes) -> str:
    """Return the words of a PDF, as one line."""
    return " ".join(" ".join(text_of_pages(content)).split())


# --- How many pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY_ACCOUNT)
def test_the_summary_has_two_pages_whatever_the_account_holds(name: str) -> None:
    first, second = text_of_pages(made(name, SUMMARY).content)

    assert "Put in" in first or "This account holds no money" in " ".join(first.split())
    assert "Is this sheet genuine?" in second


@pytest.mark.parametrize("name", EVERY_ACCOUNT)
def test_the_easy_read_sheet_has_two_to_four_pages_whatever_the_account_holds(name: str) -> None:
    assert 2 <= made(name, EASY_READ).pages <= 4


@pytest.mark.parametrize(("edition", "most"), [(SUMMARY, 2), (EASY_READ, 4)])
def test_a_statement_of_many_words_adds_no_page(edition: str, most: int) -> None:
    made = assured(edition, conclusion="not_assured", summary=WORDY)

    assert 2 <= made.pages <= most
    assert "All of it was read" in words(made.content)


def test_what_does_not_fit_is_set_closer_and_smaller_words_are_the_last_way_out() -> None:
    with translation.override("en-gb"):
        fits = [pdf.html(frozen("complete"), edition=EASY_READ, fit=fit) for fit in (0, 1, 2)]

    assert [re.findall(r'data-fit="(\d)"', each) for each in fits] == [["0"], ["1"], ["2"]]
    assert len(fits[0]) > len(fits[1]) > len(fits[2])


# --- What they say ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
def test_every_page_says_how_far_it_is_assured(edition: str) -> None:
    status = "Assured with recommendations by an independent assurer"
    for page in text_of_pages(assured(edition, conclusion="assured_with_recommendations").content):
        assert status in " ".join(page.split())
    for page in text_of_pages(made("complete", edition).content):
        assert "Draft: not assured" in page


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
@pytest.mark.parametrize("name", ["complete", "importance only"])
def test_every_figure_of_a_short_edition_is_one_of_the_full_report(name: str, edition: str) -> None:
    told = figures(words(made(name, edition).content))
    full = set(figures(words(made(name, codes.FULL).content)))

    assert len(told) > 3
    assert [each for each in told if each not in full] == []


FIGURE = re.compile(r"[£€−-]*\d+(?:,\d{3})*(?:\.\d+)?%?")


def figures(text: str) -> list[str]:
    """Return the figures in a text, without pages, codes and addresses, and without how many more there are."""
    text = re.sub(
        r"Page \d+ of \d+|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\d+ more\b|Considered and left out.*?\.", "", text
    )
    return FIGURE.findall(text)


def test_the_range_comes_before_the_ratio_and_harm_stands_on_the_front() -> None:
    front = " ".join(text_of_pages(made("complete", SUMMARY).content)[0].split())

    assert front.index("£0.48 to £2.46") < front.index("central figure £1.29")
    assert "For the worse" in front
    assert "Tired on the day after" in front
    assert "51 of 62" in front


def test_the_back_of_the_summary_says_what_it_cannot_say_and_where_the_rest_is() -> None:
    back = " ".join(text_of_pages(made("complete", SUMMARY).content)[1].split())

    assert "What it cannot say Half of what we know about health comes from what people told us" in back
    assert f"type its code: {code(codes.FULL)}" in back
    assert code(SUMMARY) in back


def test_the_easy_read_sheet_asks_names_harm_and_says_what_to_do_without_any_ratio() -> None:
    text = words(made("complete", EASY_READ).content)

    for said in (
        "Members 51 of 62 told us what they think.",
        "What got worse Tired on the day after For: Members (5 people).",
        "What we did not count",
        "Nobody from outside has checked it.",
        "When: 24 June 2025.",
        "Tell us if something is wrong. Talk to Cinio Ogwen.",
        "Did we give you a code? It shows you what we wrote about your group. You can say if it is right or wrong.",
        "Go to https://value.example.org/reply/",
        code(EASY_READ),
    ):
        assert said in text
    assert "£" not in text
    assert not re.search("ratio|deadweight|stakeholder|proxy|outcome", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"conclusion": "assured"}, "They said: the report was made in the right way."),
        ({"conclusion": "not_assured"}, "They said: the report was not made in the right way."),
        ({"level": "peer panel"}, "A panel of people from other groups like ours looked at our report."),
        ({"summary": "A careful piece of work."}, "In their own words: “A careful piece of work.”"),
    ],
)
def test_the_easy_read_sheet_says_who_checked_it_and_what_they_said(said: dict[str, str], wanted: str) -> None:
    assert wanted in words(assured(EASY_READ, **said).content)


def test_the_sentences_of_the_easy_read_sheet_are_short() -> None:
    ours = without_words_of_others(frozen("complete"))
    lengths = {each: len(each.split()) for each in ours}

    assert len(lengths) > 15
    assert {each: length for each, length in lengths.items() if length > 15} == {}


def without_words_of_others(on: Mapping[str, Any]) -> list[str]:
    """Return the sentences of the sheet that are ours: neither the plan nor the reasons of the organisation."""
    with translation.override("en-gb"):
        page = tinyhtml5.parse(pdf.html(on, edition=EASY_READ), namespace_html_elements=False)
    said = [" ".join("".join(each.itertext()).split()) for each in page.iterfind(".//div[@class='words']/p")]
    return [each for each in said if not each.startswith(("Why:", "This is our plan:"))]


def code(edition: str) -> str:
    """Return the code of an edition of the complete account, as people read it."""
    sha256 = document.sha256(document.canonical(frozen("complete")))
    return codes.shown(codes.code_of(sha256, "en-gb", edition))


# --- What people typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
def test_what_looks_like_markup_stays_words(edition: str) -> None:
    with translation.override("en-gb"):
        known, hostile = (
            tinyhtml5.parse(pdf.html(frozen(name), edition=edition), namespace_html_elements=False)
            for name in ("complete", "hostile")
        )

    assert {str(each.tag) for each in hostile.iter()} <= {str(each.tag) for each in known.iter()}
    assert '<script>alert("1")</script>' in "".join(hostile.itertext())


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
def test_no_short_edition_refers_to_a_page_that_only_the_full_report_has(edition: str) -> None:
    on = frozen("submitted")
    with translation.override("en-gb"):
        text = pdf.html(on, statement=issued.issued_on(on), edition=edition)
    page = tinyhtml5.parse(text, namespace_html_elements=False)
    there = {each.get("id") for each in page.iter()}

    assert {each.get("href") for each in page.iter("a")} <= {f"#{each}" for each in there}


# --- The file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
def test_a_short_edition_says_its_language_and_its_title_and_holds_no_files(edition: str) -> None:
    with pikepdf.open(BytesIO(made("complete", edition).content)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo.Title).startswith("Cinio Ogwen luncheon club, 2024-25 – Cinio Ogwen: ")
        assert len(opened.attachments) == 0


@pytest.mark.parametrize("edition", [SUMMARY, EASY_READ])
def test_equal_documents_give_equal_bytes(edition: str) -> None:
    first, second = (pdf.make(frozen_of(accounts.nothing()), "en-gb", edition=edition) for _time in range(2))

    assert first.content == second.content


def test_short_editions_keep_every_rule_of_pdf_a_3a_and_of_pdf_ua_1(pdf_validator: Validator) -> None:
    files = {
        f"{name}, {edition}": made(name, edition).content
        for name in ("complete", "nothing", "hostile")
        for edition in (SUMMARY, EASY_READ)
    }

    assert pdf_validator.failures(files) == {name: {ARCHIVAL: {}, ACCESSIBLE: {}} for name in files}


def test_every_edition_has_a_shape() -> None:
    assert set(pdf.SHAPES) == set(Edition.values)

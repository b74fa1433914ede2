"""The report as a PDF: every figure of the frozen document on paper, the files inside, the standards kept."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.utils import translation

from outcomes import format as account_format, shown
from reports import document, paper, pdf, signing
from reports.typesetting import Typeset, typeset
from tests import factories
from tests.pdf_validation import ACCESSIBLE, ARCHIVAL, Validator
from tests.pdf_validation.text import text_of_pages
from tests.reports import accounts
from tests.reports.frozen import frozen_of
from tests.reports.issued import issued_on, submitted_of
from tests.reports.sample import page_with
from tests.reports.signed import NOW, key
from tests.reports.test_paper_assurance import hostile, poisoned as poisoned_account
from tests.reports.test_report_html import ACCOUNTS

pytest_plugins = ["tests.pdf_validation.plugin"]

STATUS = "Draft: not assured"
FULL = ("complete", "a study with little")


@cache
def frozen(name: str) -> dict[str, Any]:
    return frozen_of(ACCOUNTS[name]())


@cache
def made(name: str) -> Typeset:
    return pdf.make(frozen(name), "en-gb")


@cache
def submitted(name: str) -> dict[str, Any]:
    return poisoned_account() if name == "hostile" else submitted_of(ACCOUNTS[name]())


@cache
def assured() -> bytes:
    """Return the report on the luncheon club as it was submitted and assured."""
    held = submitted("complete")
    return pdf.make(held, "en-gb", statement=issued_on(held)).content


@cache
def poisoned() -> bytes:
    """Return a report in which every word that anybody typed is hostile, those of its assurer too."""
    held = submitted("hostile")
    return pdf.make(held, "en-gb", statement=hostile(held)).content


@cache
def pages(name: str) -> list[str]:
    return text_of_pages(made(name).content)


@pytest.fixture(scope="module")
def opened() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(made("complete").content)) as found:
        yield found


# --- Every figure -----------------------------------------------------------------------------------------------------


def figures(name: str) -> Iterator[tuple[str, str]]:
    """Yield each figure of the totals, the lines and the years of a frozen document, as paper shows it."""
    workings = frozen(name)["content"]["workings"]
    for total, figure in workings["totals"].items():
        if isinstance(figure, str):
            yield f"total {total}", shown.years(Decimal(figure)) if total == "payback" else money(figure)
    for line in workings["lines"]:
        yield from figures_of_line(line)
    for year in workings["years"]:
        yield f"impact of year {year['year']}", money(year["impact"])
        yield f"present value of year {year['year']}", money(year["present_value"])
        yield f"divisor of year {year['year']}", shown.number(Decimal(year["discount_factor"]), 6)


def figures_of_line(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each figure of one outcome; a year without benefit is not one."""
    for name in ("value_each", "gross", "after_deadweight", "after_displacement", "impact", "present_value"):
        yield f"{line['key']} {name}", money(line[name])
    for name in ("by_year", "present_values"):
        for year, figure in enumerate(line[name], start=1):
            if Decimal(figure):
                yield f"{line['key']} {name} {year}", money(figure)
    if line["importance"] is not None:
        yield f"{line['key']} importance", shown.number(Decimal(line["importance"]), 2)
        yield f"{line['key']} share", shown.share(Decimal(line["importance_share"]))


def money(figure: str) -> str:
    """Return an amount as a column without a sign has it."""
    return shown.money(Decimal(figure), "GBP").replace("£", "")


@pytest.mark.parametrize("name", FULL)
def test_every_figure_of_the_frozen_document_is_on_paper(name: str) -> None:
    with translation.override("en-gb"):
        wanted = dict(figures(name))
    words = {word for page in pages(name) for word in page.splitlines()}
    text = "\n".join(pages(name))

    assert len(wanted) > 40
    assert {what: figure for what, figure in wanted.items() if figure not in words and figure not in text} == {}


def test_the_published_figures_of_the_study_are_on_paper() -> None:
    text = "\n".join(pages("a study with little"))

    for figure in ("622,693.58", "186,808.07", "180,490.89", "803,184.47", "753,184.47", "16.06"):
        assert figure in text


# --- On every page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FULL, "hostile"])
def test_every_page_says_that_it_is_a_draft_and_which_of_how_many_it_is(name: str) -> None:
    count = made(name).pages

    assert len(pages(name)) == count
    for number, page in enumerate(pages(name), start=1):
        assert STATUS in page
        assert number == 1 or f"Page {number} of {count}" in page


@pytest.mark.parametrize("status", ["Self-assessed: not assured", "Assured with recommendations by an"])
def test_every_page_says_how_far_it_is_assured(status: str) -> None:
    with_statement = status.startswith("Assured")
    found = text_of_pages(assured() if with_statement else pdf.make(submitted("complete"), "en-gb").content)

    assert len(found) > 20
    assert [number for number, page in enumerate(found, start=1) if status not in page] == []


EDGES = ("complete", "nothing", "importance only", "anchored", "long", "hostile")


@pytest.mark.parametrize(
    ("name", "statement"),
    [("complete", "short"), *((name, statement) for name in EDGES for statement in (None, "hostile"))],
)
def test_the_summary_is_two_pages_whatever_the_account_and_the_statement_hold(name: str, statement: str | None) -> None:
    held = {**submitted(name), "submission": {**submitted(name)["submission"], "alone": True}}
    issued = {None: lambda: None, "short": lambda: issued_on(held), "hostile": lambda: hostile(held)}[statement]()
    with translation.override("en-gb"):
        whole = pdf.html(held, statement=issued)
    front = whole.partition('<section class="part" id="scope">')[0] + "</body></html>"

    found = text_of_pages(typeset(front, language="en-GB").content)

    assert ["Contents" in page.splitlines() for page in found].index(True) == 3
    assert "How the account stands with the seven principles" in found[2]


def test_hostile_words_of_an_assurer_stay_on_their_pages_and_fetch_nothing() -> None:
    found = text_of_pages(poisoned())
    letters = "".join("".join(found).replace("\u200b", "").split())
    assert letters.count("<script>alert(1)</script>") >= 20
    assert accounts.ENDLESS in letters
    assert max(len(line) for page in found for line in page.splitlines()) < 250  # a word without end is broken
    with pikepdf.open(BytesIO(poisoned())) as file:
        assert not [each for each in file.Root.get("/Names", {}) if str(each) == "/JavaScript"]


def test_a_value_map_too_wide_for_an_upright_page_lies_on_its_side(opened: pikepdf.Pdf) -> None:
    widths = {round(float(page.mediabox[2])): text for page, text in zip(opened.pages, pages("complete"), strict=True)}

    assert set(widths) == {595, 842}
    assert "How to check this document" in widths[595]


def test_every_part_has_a_bookmark(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        (title,) = outline.root
        names = [each.title for each in title.children]
    with translation.override("en-gb"):
        parts = [str(words) for words in paper.PARTS.values()]

    assert title.title == "Cinio Ogwen luncheon club, 2024-25"
    assert names == ["Summary", "Contents", *parts]


def test_the_contents_and_every_reference_tell_the_page_on_which_a_part_begins() -> None:
    """A reference that changes the flow of a page moves what it refers to, and is not set again by the typesetter."""
    found = text_of_pages(assured())
    begins = {title: page for title, page in parts_by_page(assured()) if title not in {"Summary", "Contents"}}
    contents = found[3].splitlines()
    (of_principle_7,) = (page for page in found if "7. Verify the result" in page.splitlines() and "Question" in page)

    assert contents[1 : contents.index("Contents")] == [str(page) for page in begins.values()]
    assert f", page {begins['The assurance statement']}" in found[1].splitlines()
    for title in ("Where to look: the evidence", "The assurance statement", "How to check this document"):
        assert f", page {begins[title]}" in of_principle_7.splitlines()


def parts_by_page(content: bytes) -> list[tuple[str, int]]:
    """Return the bookmark of each part, and the number of the page that it leads to."""
    with pikepdf.open(BytesIO(content)) as file:
        numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
        with file.open_outline() as outline:
            (title,) = outline.root
            return [(each.title, numbers[each.destination[0].objgen]) for each in title.children]


def test_a_word_without_end_is_broken_into_lines_and_whole() -> None:
    (page,) = text_of_pages(typeset(page_with(f"<p>{accounts.ENDLESS}</p>"), language="en").content)

    letters = "".join(page.replace("\u200b", "").split())
    assert accounts.ENDLESS in letters
    assert len([line for line in page.splitlines() if "gogoch" in line]) > 10


# --- Inside the file --------------------------------------------------------------------------------------------------


def attached(found: pikepdf.Pdf, name: str) -> bytes:
    return found.attachments[name].get_file().read_bytes()


def test_the_account_its_workbook_and_the_frozen_document_travel_inside(opened: pikepdf.Pdf) -> None:
    files = {name: opened.attachments[name] for name in opened.attachments}

    assert {name: str(file.relationship) for name, file in files.items()} == {
        "account.json": "/Data",
        "account.xlsx": "/Source",
        "snapshot.json": "/Data",
    }
    assert all(file.description for file in files.values())
    assert {file.get_file().mod_date for file in files.values()} == {dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)}


def test_the_attached_account_is_the_account(opened: pikepdf.Pdf) -> None:
    assert account_format.loads(attached(opened, "account.json")) == factories.complete_facts()


def test_the_attached_workbook_opens_and_works_the_value_map_out_again(opened: pikepdf.Pdf) -> None:
    book = openpyxl.load_workbook(BytesIO(attached(opened, "account.xlsx")))
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    assert len(formulas) > 50


def test_the_attached_snapshot_has_the_hash_that_the_report_gives(opened: pikepdf.Pdf) -> None:
    content = attached(opened, "snapshot.json")

    assert json.loads(content) == frozen("complete")
    assert document.sha256(content) in pages("complete")[-1]


def test_the_file_says_its_language_and_its_title(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "en-GB"
    assert str(opened.docinfo.Title) == "Cinio Ogwen luncheon club, 2024-25 – Cinio Ogwen"


# --- The same every time, and to the standards ------------------------------------------------------------------------


def test_equal_documents_give_equal_bytes() -> None:
    first, second = (pdf.make(frozen_of(accounts.nothing()), "en-gb") for _time in range(2))

    assert first.content == second.content


def test_an_equal_statement_gives_equal_bytes_and_another_one_others() -> None:
    held = submitted("nothing")
    first, second, other = (
        pdf.make(held, "en-gb", statement=issued_on(held, summary=summary)).content
        for summary in ("Well kept", "Well kept", "Well said")
    )

    assert first == second
    assert first != other


def test_the_files_inside_are_the_same_bytes_every_time() -> None:
    first, second = (pdf.attachments(frozen_of(factories.complete_facts())) for _time in range(2))

    assert first == second


def test_reports_keep_every_rule_of_pdf_a_3a_and_of_pdf_ua_1(pdf_validator: Validator) -> None:
    files = {name: made(name).content for name in FULL}

    assert pdf_validator.failures(files) == {name: {ARCHIVAL: {}, ACCESSIBLE: {}} for name in FULL}


def test_the_signed_and_assured_report_keeps_them_too(pdf_validator: Validator) -> None:
    files = {
        name: signing.sign(made, key(), now=NOW) for name, made in (("assured", assured()), ("hostile", poisoned()))
    }

    assert pdf_validator.failures(files) == {name: {ARCHIVAL: {}, ACCESSIBLE: {}} for name in files}

"""The report on paper: archival, accessible, the same bytes every time, and nothing in it from outside."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from reports import fonts
from reports.typesetting import Typeset, Untypesettable, typeset
from tests.pdf_validation import ACCESSIBLE, ARCHIVAL, Failures, Validator
from tests.pdf_validation.text import text_of_pages
from tests.reports.canary import WAYS_OUT, Canary, listening
from tests.reports.sample import DATA, WHEN, WORKBOOK, WORKBOOK_TYPE, page_with, sample_report

pytest_plugins = ["tests.pdf_validation.plugin"]

ROOT = Path(__file__).resolve().parents[2]
STATUS = "Draft: not assured"
# Written in the report's text by people with phones, and by people who write from right to left.
FLAG_OF_WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
ODD_TEXT = f"😀 {FLAG_OF_WALES} ❤\ufe0f \ufeff\u2028 \ue000 عربي 中文 日本語 한국어 हिन्दी ŵŷâ"


@pytest.fixture(scope="module")
def report() -> Typeset:
    """Return the sample report with two files attached, not in the order of their names."""
    return typeset(sample_report(), language="en-GB", attachments=[WORKBOOK, DATA])


@pytest.fixture(scope="module")
def pdf(report: Typeset) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(report.content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(report: Typeset) -> list[str]:
    return text_of_pages(report.content)


@pytest.fixture(scope="module")
def failures(report: Typeset, pdf_validator: Validator) -> Failures:
    """Return what veraPDF says of good and of broken documents, all asked at once."""
    untitled_drawing = '<svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    broken = {
        "plain": weasyprint.HTML(string="<p>x</p>").write_pdf(),
        "drawing without a title": typeset(page_with(untitled_drawing), language="en").content,
        "skipped heading": typeset(page_with("<h3>Too deep</h3>"), language="en").content,
        "unclaimed": _without_the_claim(report.content),
    }
    good = {"report": report.content, "odd text": typeset(page_with(f"<p>{ODD_TEXT}</p>"), language="en").content}
    return pdf_validator.failures(broken | good)


def _without_the_claim(content: bytes) -> bytes:
    """Return the PDF without the words in its metadata that it is accessible."""
    saved = BytesIO()
    with pikepdf.open(BytesIO(content)) as opened:
        with opened.open_metadata() as metadata:
            del metadata["pdfuaid:part"]
        opened.save(saved)
    return saved.getvalue()


# --- Archival and accessible ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ["report", "odd text"])
def test_a_report_keeps_every_rule_of_pdf_a_3a_and_of_pdf_ua_1(failures: Failures, document: str) -> None:
    assert failures[document] == {ARCHIVAL: {}, ACCESSIBLE: {}}


@pytest.mark.parametrize(
    ("document", "standard", "rule"),
    [
        ("plain", ARCHIVAL, "6.7.2.2-1"),
        ("plain", ACCESSIBLE, "7.1-3"),
        ("drawing without a title", ACCESSIBLE, "7.3-1"),
        ("skipped heading", ACCESSIBLE, "7.4.2-1"),
        ("unclaimed", ACCESSIBLE, "5-1"),
    ],
)
def test_the_validator_tells_a_broken_document_by_its_rule(
    failures: Failures, document: str, standard: str, rule: str
) -> None:
    assert rule in failures[document][standard]


def test_the_file_claims_both_standards(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_the_file_says_its_language_its_title_and_that_it_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == "Gwerth cymdeithasol: Men's Shed Dŵr y Felin"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_the_language_is_the_callers_whatever_the_page_says() -> None:
    welsh = typeset('<html lang="en"><title>x</title><p>Helô</p></html>', language="cy")

    with pikepdf.open(BytesIO(welsh.content)) as opened:
        assert str(opened.Root.Lang) == "cy"


def test_the_dates_are_the_documents_own(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.CreationDate).startswith("D:20261123093000")
    assert str(pdf.docinfo.ModDate).startswith("D:20261123093000")


def test_the_outline_names_every_heading(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (cover,) = outline.root
        sections = [section.title for section in cover.children]
        below = [part.title for section in cover.children for part in section.children]

    assert cover.title == "What the Men's Shed at Dŵr y Felin is worth to the people in it"
    assert sections == [
        "Contents",
        "Summary",
        "Who told us, and how",
        "What it is worth",
        "How to check this document",
    ]
    assert "In their own words" in below


def test_every_font_is_ours_and_inside_the_file(pdf: pikepdf.Pdf) -> None:
    used = [font.DescendantFonts[0].FontDescriptor for page in pdf.pages for font in page.resources.Font.values()]

    assert used
    assert all("/FontFile2" in descriptor for descriptor in used)
    families = {str(descriptor.FontName).partition("+")[2] for descriptor in used}
    assert all(family.startswith(("Source-Sans-3", "Source-Code-Pro", "Kurinto-Sans")) for family in families), families


def test_a_font_of_the_machine_is_never_used() -> None:
    made = typeset(page_with('<p style="font-family: DejaVu Sans, Noto Sans, sans-serif">x</p>'), language="en")

    with pikepdf.open(BytesIO(made.content)) as opened:
        names = [str(font.BaseFont) for page in opened.pages for font in page.resources.Font.values()]
    assert names
    assert all("Source-Sans-3" in name for name in names), names


# --- The files inside -------------------------------------------------------------------------------------------------


def test_the_attached_files_are_whole_and_say_what_they_are(pdf: pikepdf.Pdf) -> None:
    assert list(pdf.attachments) == ["account.json", "gwerth.xlsx"]
    for given, relationship, mime_type in ((DATA, "/Data", "application/json"), (WORKBOOK, "/Source", WORKBOOK_TYPE)):
        found = pdf.attachments[given.name]
        assert found.get_file().read_bytes() == given.content
        assert found.get_file().mime_type == mime_type
        assert found.description == given.description
        assert found.obj.AFRelationship == relationship
        assert str(found.obj.EF.F.Params.ModDate) == "D:20261123093000Z"


def test_each_attached_file_is_associated_with_the_document_once(pdf: pikepdf.Pdf) -> None:
    assert [str(file.UF) for file in pdf.Root.AF] == ["account.json", "gwerth.xlsx"]


def test_a_date_without_a_time_zone_is_refused_since_machines_differ() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(DATA, modified=WHEN.replace(tzinfo=None))


def test_two_attached_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        typeset(page_with(""), language="en", attachments=[DATA, replace(WORKBOOK, name=DATA.name)])


# --- The pages --------------------------------------------------------------------------------------------------------


def test_the_status_stands_on_every_page_and_on_the_cover(pages: list[str]) -> None:
    assert len(pages) > 5
    assert all(STATUS in page for page in pages)


@pytest.mark.parametrize("title", ["word " * 400, "w" * 900])
def test_a_title_without_end_takes_the_status_off_no_page(title: str) -> None:
    made = typeset(sample_report(rows=2).replace("What the Men's Shed at Dŵr y Felin is worth", title), language="en")

    assert all(STATUS in page for page in text_of_pages(made.content))


def test_every_page_but_the_cover_has_its_number_of_how_many(report: Typeset, pages: list[str]) -> None:
    assert report.pages == len(pages)
    assert "Page 1 of" not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in page


def test_the_contents_give_the_page_that_each_heading_is_on(pages: list[str]) -> None:
    numbers = [int(line) for line in pages[1].split("\nContents\n")[0].splitlines()]
    titles = ["Summary", "Who told us, and how", "In their own words", "What it is worth", "How to check this document"]

    assert len(numbers) == len(titles)
    for title, number in zip(titles, numbers, strict=True):
        assert title in pages[number - 1].splitlines()


def test_a_table_over_several_pages_repeats_its_heads_and_names_itself_once(pages: list[str]) -> None:
    with_rows = [page for page in pages if "fewer lonely days, more to get up for" in page]

    assert len(with_rows) >= 3
    assert all("Value of each, £" in page for page in with_rows)
    assert sum("Value map: each change" in page for page in with_rows) == 1


def test_a_footnote_stands_on_the_page_of_its_sign_with_its_white_space_closed_up(pages: list[str]) -> None:
    (page,) = [page for page in pages if "Most of the value comes from fewer lonely days" in page]

    assert "Survey of members, March 2026: 41 of 58 answered. See" in page


def test_welsh_is_set_letter_by_letter(pages: list[str]) -> None:
    assert any("Mae'r gwŷr yn dŵad yma" in page and "tŷ cynnes" in page for page in pages)


def test_figures_in_a_table_are_all_of_one_width() -> None:
    made = typeset(page_with('<table class="sheet"><tr><td class="number">0123456789</td></tr></table>'), language="en")

    with pikepdf.open(BytesIO(made.content)) as opened:
        (font,) = [font for font in opened.pages[0].resources.Font.values() if str(font.BaseFont).endswith("3,")]
        table = font.ToUnicode.read_bytes().decode()
        glyphs = [int(glyph, 16) for glyph, text in re.findall(r"<(\w+)> <00(3\d)>", table)]
        widths = _widths(font.DescendantFonts[0].W)
    assert len(glyphs) == 10
    assert len({widths[glyph] for glyph in glyphs}) == 1


def _widths(array: pikepdf.Array) -> dict[int, int]:
    """Return the width of each glyph from a font's /W array: first glyph, then the widths from there on."""
    starts, runs = list(array)[::2], list(array)[1::2]
    return {int(start) + at: int(w) for start, run in zip(starts, runs, strict=True) for at, w in enumerate(run)}


# --- The same bytes every time ----------------------------------------------------------------------------------------

ELSEWHERE = """
import hashlib
from reports.typesetting import typeset
from tests.reports.sample import DATA, WORKBOOK, sample_report
made = typeset(sample_report(), language="en-GB", attachments=[DATA, WORKBOOK])
print(hashlib.sha256(made.content).hexdigest())
"""


def test_another_process_without_a_single_font_in_another_time_zone_makes_the_same_bytes(
    report: Typeset, tmp_path: Path
) -> None:
    no_fonts = tmp_path / "no-fonts.conf"
    no_fonts.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    elsewhere = {**os.environ, "FONTCONFIG_FILE": str(no_fonts), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}

    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == hashlib.sha256(report.content).hexdigest()


# --- Nothing from outside ---------------------------------------------------------------------------------------------


@pytest.fixture
def bird(monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    monkeypatch.setenv("no_proxy", "*")
    with listening() as canary:
        yield canary


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_document_that_asks_for_something_outside_is_refused_and_nothing_is_fetched(way: str, bird: Canary) -> None:
    with pytest.raises(Untypesettable) as refused:
        typeset(page_with(WAYS_OUT[way].format(url=bird.url)), language="en")

    assert refused.value.blocked[0] == bird.url
    assert bird.heard == []


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_way_out_is_real_where_nobody_guards_it(way: str, bird: Canary) -> None:
    fonts.use_our_fonts()
    weasyprint.HTML(string=WAYS_OUT[way].format(url=bird.url)).write_pdf()

    assert bird.heard


def test_a_file_of_this_machine_is_not_attached_though_it_would_be_where_nobody_guards(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("what only this machine knows", encoding="utf-8")
    hostile = page_with("", head=f'<link rel="attachment" href="{secret.as_uri()}">')

    unguarded = weasyprint.HTML(string=hostile.replace("asset:paper.css", "data:text/css,")).write_pdf()
    with pikepdf.open(BytesIO(unguarded)) as opened:
        assert opened.attachments["secret.txt"].get_file().read_bytes() == secret.read_bytes()
    with pytest.raises(Untypesettable) as refused:
        typeset(hostile, language="en")
    assert refused.value.blocked == (secret.as_uri(),)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "hostname.png",
        "paper.css",
        "asset:../../pyproject.toml",
        "asset:%2e%2e/%2e%2e/pyproject.toml",
        "asset:nowhere.png",
        "//localhost/x.png",
        "ftp://localhost/x.png",
        "FILE:///etc/hostname",
    ],
)
def test_an_address_that_is_not_one_of_our_assets_is_refused(address: str) -> None:
    with pytest.raises(Untypesettable) as refused:
        typeset(page_with(f'<img alt="x" src="{address}">'), language="en")

    assert len(refused.value.blocked) == 1


def test_a_base_address_does_not_open_a_way_to_the_disk() -> None:
    with pytest.raises(Untypesettable) as refused:
        typeset(page_with('<img alt="x" src="hostname">', head='<base href="file:///etc/">'), language="en")

    assert refused.value.blocked == ("file:///etc/hostname",)


def test_a_picture_inside_the_document_itself_is_drawn() -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=="
    made = typeset(page_with(f'<img alt="A dot" src="data:image/png;base64,{pixel}">'), language="en")

    with pikepdf.open(BytesIO(made.content)) as opened:
        assert len(opened.pages[0].get_images()) == 1


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/source", True),
        ("mailto:shed@example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("www.example.org", False),
        ("http://[broken", False),
    ],
)
def test_a_link_leads_to_the_web_or_to_a_person_or_nowhere(href: str, kept: bool) -> None:
    made = typeset(page_with(f'<p><a href="{href}">the source</a></p>'), language="en")

    with pikepdf.open(BytesIO(made.content)) as opened:
        targets = [str(note.A.URI) for note in opened.pages[0].get("/Annots", [])]
    assert targets == ([href] if kept else [])
    assert "the source" in text_of_pages(made.content)[0]


# --- What no font can draw --------------------------------------------------------------------------------------------


def test_what_cannot_be_drawn_is_spelled_out_wherever_it_would_be_drawn() -> None:
    made = typeset(
        '<html><head><title>😀</title><link rel="stylesheet" href="asset:paper.css"></head>'
        '<body data-title="Hapus 😎" data-status-words="x" data-page="" data-of=""><h1>Da <b>iawn 😀</b> 😂</h1>'
        '<svg viewBox="0 0 99 9"><title>😀 read out</title><text y="9">😴</text></svg></body></html>',
        language="en",
    )

    (page,) = text_of_pages(made.content)
    assert made.replaced == (
        "smiling face with sunglasses",
        "grinning face",
        "face with tears of joy",
        "sleeping face",
    )
    assert "Hapus [smiling face with sunglasses]" in page
    assert "iawn [grinning face]" in page
    assert "[face with tears of joy]" in page
    assert "[sleepingface]" in page.replace(" ", "")


def test_a_title_that_is_read_out_keeps_its_emoji() -> None:
    made = typeset("<html><head><title>Da 😀</title></head><h1>x</h1></html>", language="en")

    with pikepdf.open(BytesIO(made.content)) as opened:
        assert str(opened.docinfo.Title) == "Da 😀"
    assert made.replaced == ()


def test_a_report_of_plain_text_has_nothing_replaced(report: Typeset) -> None:
    assert report.replaced == ()


def test_a_character_that_a_style_draws_and_no_font_has_stops_the_report() -> None:
    with pytest.raises(Untypesettable) as refused:
        typeset(page_with("<p>x</p>", head='<style>p::before { content: "😀" }</style>'), language="en")

    assert refused.value.missing_characters == ("U+1F600",)
    assert refused.value.blocked == ()

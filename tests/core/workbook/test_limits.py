"""Files that are no workbooks, or hostile ones: refused in words, before they can cost much."""

import io
import struct
import subprocess
import sys
import time
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from benchmarks.workbook import LARGEST_ROWS, full_of_bad_cells
from outcomes.workbook import (
    BadCells,
    UnreadableWorkbook,
    _package as package,
    _weight as weight,
    mark,
    read,
    template,
    write,
)
from tests.core.intake.made_up import small
from tests.core.workbook import filled
from tests.core.workbook.filled import with_parts

BOOK = write(small(), None)
OUTCOMES = "xl/worksheets/sheet8.xml"
NO_WORKBOOK, TOO_MUCH = package.NO_WORKBOOK, package.TOO_MUCH


def refusal(content):
    with pytest.raises(UnreadableWorkbook) as refused:
        read(content)
    return str(refused.value)


def outcome_of(content):
    """Return the account, or why there is none, in words; anything but that is a fault."""
    try:
        return read(content)
    except (UnreadableWorkbook, BadCells) as refused:
        return str(refused)


def noise(length):
    """Return bytes that no archive can pack: the same each time."""
    return np.random.default_rng(1).bytes(length)


def inside(content, name, before, more):
    """Return the workbook with more XML in one part, before the first place where something stands."""
    return with_parts(content, lambda each, part: part.replace(before, more + before, 1) if each == name else part)


def archive(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in members.items():
            target.writestr(name, part)
    return made.getvalue()


def test_the_sheet_that_these_tests_change_is_that_of_the_outcomes():
    with zipfile.ZipFile(io.BytesIO(BOOK)) as opened:
        assert b"More friends" in opened.read(OUTCOMES)


# --- No workbook at all -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"\0" * 100,
        b"name,quantity\nMembers,95\n",
        b"%PDF-1.7\n",
        b'{"schema_version": 1}',
        archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        archive(**{"[Content_Types].xml": b"<Types/>"}),
        archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        archive(**{"[Content_Types].xml": b"<Types", "xl/workbook.xml": b"<workbook"}),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(content):
    assert refusal(content) == NO_WORKBOOK


def test_a_workbook_with_a_password_or_of_the_old_kind_is_told_how_to_be_saved():
    assert "password" in refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2_000)


def test_an_archive_with_a_password_is_refused():
    locked = bytearray(BOOK)
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(sign)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(sign, at + 4)
    assert refusal(bytes(locked)) == NO_WORKBOOK


def test_an_archive_packed_in_a_way_that_no_workbook_is_is_refused():
    other = io.BytesIO(BOOK)
    with zipfile.ZipFile(other, "a") as target:
        target.writestr("extra.xml", b"<x/>", compress_type=zipfile.ZIP_LZMA)
    assert refusal(other.getvalue()) == NO_WORKBOOK


def test_macros_are_refused_with_how_to_leave_them_out():
    assert "macros" in refusal(with_parts(BOOK, lambda _name, part: part, **{"xl/vbaProject.bin": b"x"}))


def test_links_to_other_workbooks_are_refused_with_how_to_break_them():
    link = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    assert "linked to other workbooks" in refusal(with_parts(BOOK, lambda _name, part: part, **link))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=40), st.booleans())
def test_a_damaged_workbook_is_read_or_refused_in_words(at, damage, is_cut):
    content = BOOK[:at] if is_cut else BOOK[:at] + damage + BOOK[at + len(damage) :]
    assert outcome_of(content)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_workbook_whose_xml_was_tampered_with_is_read_or_refused_in_words(data):
    with zipfile.ZipFile(io.BytesIO(BOOK)) as opened:
        name = data.draw(st.sampled_from(opened.namelist()))
        part = opened.read(name)
    at = data.draw(st.integers(0, len(part) - 1))
    nasty = data.draw(
        st.sampled_from([b"", b"<c/>", b"<v>9</v>", b"\xff", b"&lt;", b"-1", b"99999999999", b"NaN", b'"', b"</row>"])
    )
    cut = data.draw(st.integers(0, 12))
    content = with_parts(BOOK, lambda each, whole: part[:at] + nasty + part[at + cut :] if each == name else whole)
    assert outcome_of(content)


# --- Too much ---------------------------------------------------------------------------------------------------------


def test_a_file_above_ten_megabytes_is_refused_unopened():
    assert "at most 10 MB" in refusal(BOOK + b"\0" * package.MOST_BYTES)


def test_an_archive_of_too_many_parts_is_refused():
    many = {f"extra/{number}": b"" for number in range(package.MOST_PARTS)}
    assert refusal(with_parts(BOOK, lambda _name, part: part, **many)) == TOO_MUCH


def test_an_archive_with_a_name_twice_is_refused():
    twice = io.BytesIO(BOOK)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as target:
        target.writestr(OUTCOMES, b"<worksheet/>")
    assert refusal(twice.getvalue()) == NO_WORKBOOK


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_UNPACKED_PART", 200_000)
    assert refusal(with_parts(BOOK, lambda _name, part: part, **{"xl/media/a.png": noise(200_001)})) == TOO_MUCH


def test_parts_that_together_unpack_to_too_much_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_UNPACKED", 1_000_000)
    many = {f"xl/media/{number}.png": noise(300_000) for number in range(3)}
    assert refusal(with_parts(BOOK, lambda _name, part: part, **many)) == TOO_MUCH


def test_a_part_packed_a_thousandfold_is_refused():
    bomb = with_parts(BOOK, lambda _name, part: part, **{"xl/media/a.png": b"\0" * 30_000_000})
    assert len(bomb) < 100_000
    assert refusal(bomb) == TOO_MUCH


def test_a_size_that_the_archive_claims_is_not_believed():
    bomb = bytearray(with_parts(BOOK, lambda _name, part: part, **{"xl/media/a.png": b"\0" * 5_000_000}))
    claimed, real = struct.pack("<I", 100), struct.pack("<I", 5_000_000)
    assert bomb.count(real) == 2
    assert refusal(bytes(bomb).replace(real, claimed)) in {NO_WORKBOOK, TOO_MUCH}


def test_more_cells_than_a_person_would_fill_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_CELL_ELEMENTS", 2_000)
    cells = b'<row r="99">' + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    assert refusal(inside(BOOK, OUTCOMES, b"</sheetData>", cells)) == TOO_MUCH


@pytest.mark.parametrize(
    ("name", "before", "more"),
    [
        ("xl/styles.xml", b"</cellXfs>", b'<xf fontId="0"/>'),
        (OUTCOMES, b"</dataValidations>", b'<dataValidation sqref="A1"/>'),
        ("xl/workbook.xml", b"</definedNames>", b'<definedName name="x">1</definedName>'),
        (OUTCOMES, b"</sheetData>", b"<x:c><x:v>1</x:v></x:c>"),
    ],
)
def test_more_of_anything_else_than_a_workbook_needs_is_refused(name, before, more, monkeypatch):
    monkeypatch.setattr(package, "MOST_OTHER_ELEMENTS", 5_000)
    assert read(BOOK) == small()
    assert refusal(inside(BOOK, name, before, more * 5_000)) == TOO_MUCH


def test_formulas_that_would_be_written_anew_for_ever_are_refused():
    shared = b'<f t="shared" si="0">' + b"1+" * 3_000 + b"1</f>" + b'<f t="shared" si="0"/>' * 1_000
    assert refusal(inside(BOOK, OUTCOMES, b"</sheetData>", shared)) == TOO_MUCH


def test_one_sheet_that_stands_for_many_is_refused():
    sheet = (
        b'<sheet name="Again" sheetId="99" r:id="rId1" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    )
    assert refusal(inside(BOOK, "xl/workbook.xml", b"</sheets>", sheet)) == TOO_MUCH


# --- XML that says one thing in its bytes and another when parsed -----------------------------------------------------

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "name", ["xl/styles.xml", "xl/workbook.xml", OUTCOMES, "[Content_Types].xml", "docProps/core.xml"]
)
def test_a_part_with_entities_is_refused(name):
    def declare(each, part):
        start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
        return part[:start] + ENTITIES + part[start:] if each == name else part

    assert refusal(with_parts(BOOK, declare)) == NO_WORKBOOK


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp037"])
def test_a_part_in_another_encoding_is_refused(encoding):
    def encode(name, part):
        words = part.decode().partition("?>")[2] if part.startswith(b"<?xml") else part.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{words}'.encode(encoding) if name == OUTCOMES else part

    assert refusal(with_parts(BOOK, encode)) == NO_WORKBOOK


def test_an_encoding_that_is_only_declared_is_refused():
    declared = b'<?xml version="1.0" encoding="utf-7"?>'
    assert refusal(with_parts(BOOK, lambda name, part: declared + part if name == OUTCOMES else part)) == NO_WORKBOOK


def test_a_cell_that_claims_to_be_far_away_costs_nothing():
    far = b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    began = time.process_time()
    assert refusal(inside(BOOK, OUTCOMES, b"</sheetData>", far)) == NO_WORKBOOK
    assert time.process_time() - began < 5


# --- Loading a workbook whole, to mark it -----------------------------------------------------------------------------

RANGES = {
    "merged": b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    "linked": b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
    "linked by columns": b'<hyperlinks><hyperlink ref="A:XFD" location="A1"/></hyperlinks>',
    "in disguise": b'<mergeCells><mergeCell ref="&#65;1:XFD1048576"/></mergeCells>',
}


@pytest.mark.parametrize("more", RANGES.values(), ids=RANGES)
def test_ranges_of_millions_of_cells_are_not_loaded(more):
    assert not weight.is_light(
        with_parts(
            BOOK, lambda name, part: part.replace(b"</sheetData>", b"</sheetData>" + more) if name == OUTCOMES else part
        )
    )


def test_a_part_named_a_thousand_times_is_not_loaded():
    relations = b'<Relationships xmlns="x">%s</Relationships>' % (b'<Relationship Target="../comments1.xml"/>' * 1_000)
    comments = b"<comments>" + b"<comment/>" * 1_000 + b"</comments>"
    added = {"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/comments1.xml": comments}
    assert not weight.is_light(with_parts(BOOK, lambda _name, part: part, **added))


def test_a_picture_drawn_a_thousand_times_is_not_loaded():
    to_the_picture = b'<Relationships><Relationship Target="../media/a.png"/></Relationships>'
    added = {
        "xl/drawings/drawing1.xml": b"<wsDr>" + b'<a:blip r:embed="rId1"/>' * 1_000 + b"</wsDr>",
        "xl/drawings/_rels/drawing1.xml.rels": to_the_picture,
        "xl/media/a.png": noise(300_000),
    }
    assert not weight.is_light(with_parts(BOOK, lambda _name, part: part, **added))


@pytest.mark.parametrize(
    "content", [BOOK, template(), filled.exported(filled.anchored())], ids=["small", "blank", "map"]
)
def test_a_workbook_of_ours_is_light(content):
    assert weight.is_light(content)
    assert mark(content, [])


# --- What the worst file costs that is let in -------------------------------------------------------------------------

# The peak is Linux's own figure for the program that runs: getrusage counts the one that started it, too.
COST = """
import re, time
from pathlib import Path
from benchmarks.workbook import full_of_bad_cells
from outcomes.workbook import BadCells, read
content = full_of_bad_cells(rows={rows})
began = time.process_time()
try:
    read(content)
except BadCells as bad:
    peak = re.search("VmHWM: *([0-9]+)", Path("/proc/self/status").read_text().replace(chr(9), " "))
    print(len(bad.mends), time.process_time() - began, peak[1])
"""


def test_a_fifth_of_the_largest_workbook_that_is_let_in_takes_a_quarter_of_what_that_may_cost():
    largest = full_of_bad_cells(LARGEST_ROWS)
    assert 8_000_000 < len(largest) < package.MOST_BYTES
    package.check(largest)
    with pytest.raises(UnreadableWorkbook):
        package.check(full_of_bad_cells(LARGEST_ROWS * 21 // 20, length=50))
    script = COST.format(rows=LARGEST_ROWS // 5)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    mends, seconds, kilobytes = map(float, ran.stdout.split())
    assert mends >= LARGEST_ROWS
    assert seconds < 20 / 4
    assert kilobytes < 512 * 1024 / 4

"""What may be inside a file before any of it is parsed: a workbook is somebody else's zip archive.

The limits hold down what reading can cost (20 s and 512 MB at worst, measured by benchmarks/workbook.py and the tests).
Sizes are those that come out of the archive, never those that it claims. The elements of its XML are counted in its
bytes, so a part in UTF-16 or with entities of its own is refused: its bytes would not say what the parser sees. (In
every other encoding that the parser takes, "<" is the byte "<" and nothing else is.)
"""

import io
import posixpath
import re
import zlib
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from accounts.words import gettext_noop as _n
from outcomes.workbook._errors import UnreadableWorkbook

MOST_BYTES = 10_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 100_000_000
MOST_UNPACKED_PART = 50_000_000
MOST_TIMES_SMALLER = 200
"""A part that was packed more tightly than this is no workbook's: a hostile archive is packed a thousandfold."""
_PACKED_SMALL = 1_000_000
MOST_CELL_ELEMENTS = 400_000
"""Cells, values, rows and words: about 130,000 filled cells with words, or 190,000 with numbers."""
MOST_OTHER_ELEMENTS = 100_000
"""Styles, formats, links, drop-downs: a workbook of ours has about 2,000."""
MOST_FORMULA_WORK = 5_000_000
"""Formulas of a part times the length of its longest: a shared formula is written anew for each of its cells."""
_CONTENTS = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_OF_SHEET = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
XML = (".xml", ".rels", ".vml")
_CELL_ELEMENTS = tuple(
    b"<" + name + end for name in (b"c", b"v", b"row", b"si", b"t", b"r", b"is") for end in (b" ", b">", b"/>")
)
_FORMULAS = (b"<f ", b"<f>", b"<f/>", b":f ", b":f>", b":f/>")
_FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)")

NO_WORKBOOK = _n("This is not a workbook that we can read. Save it as “Excel workbook (.xlsx)” and upload that.")
TOO_MUCH = _n(
    "This workbook holds more than we can read at once. Take out sheets and rows that this account does not need."
)


def check(content: bytes) -> None:
    """Raise UnreadableWorkbook unless the file is a workbook of a size and a kind that is safe to parse."""
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbook(
            _n("This file is too large: at most %(megabytes)s MB can be uploaded."), megabytes=MOST_BYTES // 1_000_000
        )
    if content.startswith(_OLE):
        raise UnreadableWorkbook(
            _n("This file is protected by a password, or is an old .xls file. Save it as .xlsx without a password.")
        )
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive.infolist())
            _check_parts(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError, RuntimeError) as fault:
        raise UnreadableWorkbook(NO_WORKBOOK) from fault


def _check_members(members: list[ZipInfo]) -> None:
    """Refuse by the archive's table of contents alone."""
    names = [member.filename for member in members]
    if _CONTENTS not in names or _WORKBOOK not in names or len(set(names)) != len(names):
        raise UnreadableWorkbook(NO_WORKBOOK)
    if len(members) > MOST_PARTS:
        raise UnreadableWorkbook(TOO_MUCH)
    if any(member.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for member in members):
        raise UnreadableWorkbook(NO_WORKBOOK)
    if any("vbaproject" in name.casefold() for name in names):
        raise UnreadableWorkbook(
            _n("This workbook holds macros (programs). Save it as “Excel workbook (.xlsx)”, without macros.")
        )
    if any("externallinks/" in name.casefold() for name in names):
        raise UnreadableWorkbook(
            _n("This workbook is linked to other workbooks. Break the links (menu Data, Edit links) and save it again.")
        )


def _check_parts(archive: ZipFile) -> None:
    """Unpack every part once, counting what comes out."""
    unpacked = cells = others = 0
    for member in archive.infolist():
        part = _unpack(archive, member, MOST_UNPACKED - unpacked)
        unpacked += len(part)
        if not member.filename.casefold().endswith(XML):
            continue
        _check_xml(part)
        of_cells = _count(part, _CELL_ELEMENTS)
        cells += of_cells
        others += part.count(b"<") - part.count(b"</") - of_cells
        if cells > MOST_CELL_ELEMENTS or others > MOST_OTHER_ELEMENTS or _formula_work(part) > MOST_FORMULA_WORK:
            raise UnreadableWorkbook(TOO_MUCH)


def _unpack(archive: ZipFile, member: ZipInfo, room: int) -> bytes:
    """Return a part; raise UnreadableWorkbook as soon as it turns out too large."""
    most = min(room, MOST_UNPACKED_PART)
    if member.compress_size and member.file_size > _PACKED_SMALL:
        most = min(most, MOST_TIMES_SMALLER * member.compress_size)
    with archive.open(member) as source:
        part = source.read(most + 1)
    if len(part) > most:
        raise UnreadableWorkbook(TOO_MUCH)
    return part


def _check_xml(part: bytes) -> None:
    """Refuse what would let the bytes of a part and its parsed elements differ."""
    if b"\0" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UnreadableWorkbook(NO_WORKBOOK)


def _formula_work(part: bytes) -> int:
    formulas = _count(part, _FORMULAS)
    return formulas * max(len(found[1]) for found in _FORMULA_TEXT.finditer(part)) if formulas else 0


def _count(part: bytes, beginnings: tuple[bytes, ...]) -> int:
    return sum(part.count(beginning) for beginning in beginnings)


def sheets_with_formulas(content: bytes) -> dict[str, bytes]:
    """Return the XML of each sheet that holds a formula, by the sheet's title. The file must have been checked.

    Raises UnreadableWorkbook for sheets that are one and the same part, which would be parsed for each of them.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        try:
            places = _sheet_places(archive)
        except (ParseError, DefusedXmlException) as fault:
            raise UnreadableWorkbook(NO_WORKBOOK) from fault
        parts = {title: archive.read(place) for title, place in places if place in archive.namelist()}
    return {title: part for title, part in parts.items() if _count(part, _FORMULAS)}


def _sheet_places(archive: ZipFile) -> list[tuple[str, str]]:
    relations = _elements(archive, _RELATIONS, "Relationship") if _RELATIONS in archive.namelist() else []
    targets = {each.get("Id"): target("xl", each.get("Target", "")) for each in relations}
    sheets = _elements(archive, _WORKBOOK, "sheet")
    places = [(sheet.get("name", ""), targets.get(sheet.get(_RELATION_OF_SHEET), "")) for sheet in sheets]
    if len({place for _title, place in places}) < len(places):
        raise UnreadableWorkbook(TOO_MUCH)
    return places


def _elements(archive: ZipFile, name: str, tag: str) -> list[Element]:
    return [each for each in fromstring(archive.read(name)).iter() if each.tag.rpartition("}")[2] == tag]


def target(folder: str, written: str) -> str:
    """Return the name of the member of the archive to which a relation leads that is written in this folder."""
    return posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/")


def cells_without_result(part: bytes) -> set[str]:
    """Return the addresses of the cells of a sheet whose formula was saved without what it comes to.

    A formula that comes to no words at all (t="str" and an empty value) has a result: nothing.
    """
    waiting = set()
    for _event, element in iterparse(io.BytesIO(part)):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            element.clear()
        if tag != "c":
            continue
        parts = {each.tag.rpartition("}")[2]: each for each in element}
        value = parts.get("v")
        is_empty_text = value is not None and element.get("t") == "str"
        if "f" in parts and not is_empty_text and (value is None or not value.text):
            waiting.add(element.get("r", ""))
        element.clear()
    return waiting

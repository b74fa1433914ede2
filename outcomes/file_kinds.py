"""What a file of evidence may be: told by what is in it, never by its name (pure).

A short list: documents, pictures and tables that people have. What a program could be hidden in (macros) is refused,
and nothing is ever unpacked to disk or run: the members of an archive are named, and one of them read, no more.
"""

import io
import unicodedata
import zlib
from zipfile import BadZipFile, ZipFile

from accounts.columns import Choice
from accounts.errors import Refusal
from accounts.words import gettext_noop as _n

MOST_BYTES = 10_000_000
LONGEST_NAME = 150
"""How much of the name of a file is kept: it is shown, and offered when the file is downloaded; it is never a path."""
_MOST_MEMBERS = 2_000
_LONGEST_MIMETYPE = 100
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."


class FileKind(Choice):
    """A kind of file that may be kept: its usual ending, and what it is called."""

    PDF = ".pdf", "PDF"
    PNG = ".png", "PNG"
    JPEG = ".jpg", "JPEG"
    DOCX = ".docx", "Word"
    XLSX = ".xlsx", "Excel"
    ODT = ".odt", "OpenDocument"
    ODS = ".ods", "OpenDocument"
    CSV = ".csv", "CSV"
    TEXT = ".txt", _n("text")


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.DOCX: f"{_OOXML}wordprocessingml.document",
    FileKind.XLSX: f"{_OOXML}spreadsheetml.sheet",
    FileKind.ODT: f"{_ODF}text",
    FileKind.ODS: f"{_ODF}spreadsheet",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
_ALSO = {FileKind.JPEG: (".jpeg",), FileKind.TEXT: (".md",)}
"""Other endings that a kind may have."""


class NotTaken(Refusal):
    """A file that is none of the kinds that are kept."""

    message = _n(
        "This is no file that can be kept here. Choose a PDF, a picture (PNG or JPEG), a Word, Excel or OpenDocument"
        " file without macros, or plain text (CSV or TXT, in UTF-8)."
    )


class TooLarge(NotTaken):
    """A file that is larger than what is kept."""

    message = _n("This file is larger than 10 MB. Choose a smaller one, or add a link to where it is.")


class NothingInIt(NotTaken):
    """A file that is empty."""

    message = _n("This file is empty. Choose another one.")


def kind_of(content: bytes, name: str) -> FileKind:
    """Return what a file is by its first bytes and its members. Raises NotTaken.

    The name only tells a table in plain text from other plain text.
    """
    if not content:
        raise NothingInIt
    if len(content) > MOST_BYTES:
        raise TooLarge
    found = _by_magic(content) or _by_members(content) or _as_text(content, name)
    if found is None:
        raise NotTaken
    return found


def name_kept(name: str, kind: FileKind) -> str:
    """Return the name under which a file is shown and offered: no folders, nothing hidden, the ending of its kind."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    clean = "".join(letter for letter in base if letter.isprintable()).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    ending = f".{ending.casefold()}" if dot else ""
    if ending not in (kind.value, *_ALSO.get(kind, ())):
        stem, ending = clean, kind.value
    return f"{stem[: LONGEST_NAME - len(ending)].strip() or 'file'}{ending}"


def kind_named(name: str) -> FileKind | None:
    """Return the kind of a file that was kept under a name that `name_kept` gave."""
    ending = f".{name.rpartition('.')[2].casefold()}"
    return next((kind for kind in FileKind if ending in (kind.value, *_ALSO.get(kind, ()))), None)


_BEGINNINGS = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
}


def _by_magic(content: bytes) -> FileKind | None:
    return next((kind for magic, kind in _BEGINNINGS.items() if content.startswith(magic)), None)


def _by_members(content: bytes) -> FileKind | None:
    """Return the kind of an office document: a zip archive with the members that such a document must have."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_MEMBERS or any(_is_program(each) for each in names):
                return None
            return _ooxml(names) or _odf(archive, names)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError, RuntimeError):
        return None


def _is_program(member: str) -> bool:
    name = member.casefold()
    return "vbaproject" in name or name.startswith(("basic/", "scripts/")) or name.endswith((".exe", ".dll", ".js"))


def _ooxml(names: list[str]) -> FileKind | None:
    if "[Content_Types].xml" not in names:
        return None
    parts = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
    return next((kind for part, kind in parts.items() if part in names), None)


def _odf(archive: ZipFile, names: list[str]) -> FileKind | None:
    if "mimetype" not in names or "content.xml" not in names:
        return None
    with archive.open("mimetype") as member:
        said = member.read(_LONGEST_MIMETYPE).decode("ascii", errors="replace").strip()
    return {f"{_ODF}text": FileKind.ODT, f"{_ODF}spreadsheet": FileKind.ODS}.get(said)


def _as_text(content: bytes, name: str) -> FileKind | None:
    """Return the kind of a plain text: UTF-8, without control characters but tabs and the ends of lines and pages."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(letter) == "Cc" for letter in set(text) - set("\t\n\r\f")):
        return None
    return FileKind.CSV if name.casefold().endswith(".csv") else FileKind.TEXT

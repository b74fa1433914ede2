"""What it would cost to load a workbook whole, so as to change it: more than to read its cells.

openpyxl then makes every cell of a merged range, a link or a table, and loads a part anew each time that another names
it. Both are bounded here, by what the bytes say.
"""

import io
import posixpath
import re
from collections.abc import Mapping
from zipfile import ZipFile

from openpyxl.utils import column_index_from_string

from outcomes.workbook._package import XML, target

MOST_CELLS_IN_RANGES = 300_000
MOST_ELEMENTS_NAMED = 300_000
"""The elements of the parts that other parts name, each time that they are named; sheets apart."""
_BYTES_LIKE_AN_ELEMENT = 500
"""How much of an image costs as much as an element of XML."""

_RANGE = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)")
_HARMLESS_RANGE = re.compile(
    rb"<(?:dimension|autoFilter|sortState|sortCondition)(?=\s)[^<>]*?\sref\s*=\s*[\"']([^\"']*)"
)
_CORNERS = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']*)")
_SHEETS = "xl/worksheets/"
_READ_FOR_EVERY_SHEET = "pivotcache"
_DRAWN = (b"blip ", b"graphicFrame ", b"graphicFrame>")


def is_light(content: bytes) -> bool:
    """Return whether a checked workbook can be loaded whole in a time and a space that are bounded."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    in_ranges = sum(_cells_in_ranges(part) for name, part in parts.items() if _is_xml(name))
    return in_ranges <= MOST_CELLS_IN_RANGES and _elements_named(parts) <= MOST_ELEMENTS_NAMED


def _is_xml(name: str) -> bool:
    return name.casefold().endswith(XML)


def _cells_in_ranges(part: bytes) -> int:
    every = sum(_area(found[1]) for found in _RANGE.finditer(part))
    return every - sum(_area(found[1]) for found in _HARMLESS_RANGE.finditer(part))


def _area(reference: bytes) -> int:
    """Return how many cells a reference names; one that names them in another way is taken for too many."""
    corners = _CORNERS.fullmatch(reference)
    if corners is None:
        return MOST_CELLS_IN_RANGES + 1
    left, top, right, bottom = (each.decode() if each else "" for each in corners.groups())
    if not right:
        return 1
    width = int(column_index_from_string(right)) - int(column_index_from_string(left))
    return (abs(width) + 1) * (abs(int(bottom) - int(top)) + 1)


def _elements_named(parts: Mapping[str, bytes]) -> int:
    """Return how many elements are loaded because a part names another."""
    sizes = {name: _size(name, part) for name, part in parts.items()}
    sheets = sum(name.startswith(_SHEETS) and _is_xml(name) for name in parts)
    named = 0
    for name, part in parts.items():
        if name.endswith(".rels"):
            folder, owner = _owner(name)
            targets = (target(folder, found[1].decode(errors="replace")) for found in _TARGET.finditer(part))
            whole = sum(sizes.get(each, 0) * _times(each, sheets) for each in targets if not each.startswith(_SHEETS))
            named += whole * max(1, sum(parts.get(owner, b"").count(word) for word in _DRAWN))
    return named


def _size(name: str, part: bytes) -> int:
    return part.count(b"<") if _is_xml(name) else len(part) // _BYTES_LIKE_AN_ELEMENT


def _times(name: str, sheets: int) -> int:
    return max(1, sheets) if _READ_FOR_EVERY_SHEET in name.casefold() else 1


def _owner(relations: str) -> tuple[str, str]:
    """Return the folder and the name of the part whose relations these are."""
    folder = posixpath.dirname(posixpath.dirname(relations))
    return folder, posixpath.join(folder, posixpath.basename(relations).removesuffix(".rels"))

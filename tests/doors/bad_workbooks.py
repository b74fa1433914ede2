"""Workbooks as they should not come: damaged, hostile, too large, or filled in wrongly; each with what is told."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl import Workbook

from outcomes.nouns import Adjustment, Link, Observation, Outcome, Valuation
from outcomes.workbook import write
from outcomes.workbook._layout import letter, position, question_row
from stakeholders.nouns import Stakeholder
from tests.core.intake.made_up import small
from tests.core.workbook.filled import typed, with_parts

OUTCOMES = "xl/worksheets/sheet8.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@cache
def good() -> bytes:
    """Return a workbook that can be brought in."""
    return write(small(), None)


def at(noun: Any, field: str, row: int = 3) -> str:
    """Return the address of a cell on the sheet of a noun; 3 is the first row below the help."""
    return f"{letter(position(noun, field))}{row}"


def with_cells(**cells: Mapping[str, Any]) -> bytes:
    """Return the good workbook with values typed into cells, by sheet and address."""
    return typed(good(), cells)


def _archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in members.items():
            target.writestr(name, part)
    return made.getvalue()


def _declaring(entities: bytes) -> bytes:
    """Return the good workbook with entities declared in the sheet of the outcomes."""

    def declare(name: str, part: bytes) -> bytes:
        start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
        return part[:start] + entities + part[start:] if name == OUTCOMES else part

    return with_parts(good(), declare)


def _rows(many: int, cells: str = "") -> bytes:
    """Return the good workbook with this many rows of outcomes more, each with a name and nothing else."""
    column = letter(position(Outcome, "name"))
    made = "".join(
        f'<row r="{number}">{cells or f"""<c r="{column}{number}" t="inlineStr"><is><t>A</t></is></c>"""}</row>'
        for number in range(10, many + 10)
    )
    added = made.encode() + b"</sheetData>"
    return with_parts(good(), lambda name, part: part.replace(b"</sheetData>", added) if name == OUTCOMES else part)


def _wide(columns: int) -> bytes:
    """Return the good workbook with this many columns more on the sheet of the outcomes."""
    return typed(good(), {"Outcomes": {f"{letter(number)}1": f"Own {number}" for number in range(26, columns + 26)}})


def _in_xml(before: bytes, after: bytes) -> bytes:
    """Return the good workbook with the bytes of the sheet of the outcomes changed."""
    changed = with_parts(good(), lambda name, part: part.replace(before, after, 1) if name == OUTCOMES else part)
    assert changed != good()
    return changed


def _other_book() -> bytes:
    made = io.BytesIO()
    book = Workbook()
    book["Sheet"]["A1"] = "Petty cash"
    book.save(made)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad workbook, what the answer must say, and, for a bad cell, where it is."""

    make: Callable[[], bytes]
    says: str
    cell: str = ""


AS_XLSX = "Save it as “Excel workbook (.xlsx)”"
TOO_MUCH = "more than we can read at once"

# Refused as a whole: the answer names the field of the upload.
FILES: dict[str, Bad] = {
    "not a zip": Bad(lambda: b"name,quantity\nMembers,95\n", AS_XLSX),
    "a picture": Bad(lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), AS_XLSX),
    "cut short": Bad(lambda: good()[: len(good()) // 2], AS_XLSX),
    "damaged in the middle": Bad(lambda: good()[:4_000] + bytes(2_000) + good()[6_000:], AS_XLSX),
    "a zip of something else": Bad(lambda: _archive(**{"letter.txt": b"Dear all"}), AS_XLSX),
    "an old .xls, or with a password": Bad(lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000), "password"),
    "with macros": Bad(
        lambda: with_parts(good(), lambda _name, part: part, **{"xl/vbaProject.bin": b"x"}), "without macros"
    ),
    "with links to other workbooks": Bad(
        lambda: with_parts(good(), lambda _name, part: part, **{"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "linked to other workbooks",
    ),
    "a zip bomb": Bad(
        lambda: with_parts(good(), lambda _name, part: part, **{"xl/media/a.png": bytes(40_000_000)}), TOO_MUCH
    ),
    "a bomb of entities": Bad(lambda: _declaring(ENTITIES), AS_XLSX),
    "an entity from outside": Bad(lambda: _declaring(OUTSIDE), AS_XLSX),
    "30,000 rows": Bad(lambda: _rows(30_000), "more than 20000 rows"),
    "a million empty cells": Bad(lambda: _rows(50_000, "<c/>" * 20), TOO_MUCH),
    "1,000 columns": Bad(lambda: _wide(1_000), "more than 100 columns"),
    "not a number, in the bytes": Bad(lambda: _in_xml(b"<v>10</v>", b"<v>NaN</v>"), AS_XLSX),
    "somebody's other workbook": Bad(_other_book, "no sheet called “Account”"),
}

# Refused for a cell: the answer names the sheet and the address, and the workbook comes back marked.
CELLS: dict[str, Bad] = {
    "a year of two centuries": Bad(
        lambda: with_cells(Observations={at(Observation, "observed_on"): "31/03/85"}),
        "Which year is “31/03/85”? Write it with four digits, like 31/03/2026.",
        f"Observations {at(Observation, 'observed_on')}",
    ),
    "130 % deadweight": Bad(
        lambda: with_cells(Adjustments={at(Adjustment, "figure"): "130%"}), "outside 0% to 100%", "Adjustments D3"
    ),
    "a negative quantity": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): -5}), "0 or more", f"Outcomes {at(Outcome, 'quantity')}"
    ),
    "words where a number belongs": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "about ten"}),
        "“about ten” is not a number",
        "Outcomes J3",
    ),
    "not a number": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "NaN"}), "“NaN” is not a number", "Outcomes J3"
    ),
    "beyond every number": Bad(lambda: _in_xml(b"<v>10</v>", b"<v>1e999</v>"), "number", "Outcomes J3"),
    "infinity": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "Infinity"}), "“Infinity” is not a number", "Outcomes J3"
    ),
    "an error": Bad(lambda: with_cells(Outcomes={at(Outcome, "quantity"): "#REF!"}), "the error #REF!", "Outcomes J3"),
    "a formula without a result": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "=5+5"}), "a formula without a result", "Outcomes J3"
    ),
    "a number with a comma and a point the wrong way round": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "1.000,50"}), "not a number", "Outcomes J3"
    ),
    "more digits than there is room for": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity"): "1" * 20}), "too large", "Outcomes J3"
    ),
    "a ref twice": Bad(
        lambda: with_cells(Stakeholders={at(Stakeholder, "ref", 4): "S1"}), "Another row has the ref", "Stakeholders A"
    ),
    "a ref that leads nowhere": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "stakeholder"): "S99"}), "There is no row “S99”", "Outcomes B3"
    ),
    "a circle": Bad(
        lambda: with_cells(
            **{"Chain of events": {at(Link, "ref", 5): "L9", at(Link, "cause", 5): "O2", at(Link, "effect", 5): "O1"}}
        ),
        "lead in a circle",
        "Chain of events C",
    ),
    "an attribution that may mean either": Bad(
        lambda: with_cells(Account={f"B{question_row('attribution_dialect')}": "a bit of both"}),
        "Choose one of",
        f"Account B{question_row('attribution_dialect')}",
    ),
    "a year of prices that is none": Bad(
        lambda: with_cells(Valuations={at(Valuation, "price_period"): "2024-29"}),
        "not a financial year",
        "Valuations G3",
    ),
    "a number above its own highest": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "quantity_high"): 5}), "", "Outcomes L3"
    ),
    "an observation of more than nothing out of nothing": Bad(
        lambda: with_cells(Observations={at(Observation, "denominator"): 0}), "", "Observations G3"
    ),
    "text that reads backwards": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "name"): "Friends\u202esdneirf"}), "hidden character", "Outcomes D3"
    ),
    "text that cannot be seen": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "name"): "\u200b\u200b"}), "invisible", "Outcomes D3"
    ),
    "more words than there is room for": Bad(
        lambda: with_cells(Outcomes={at(Outcome, "description"): "word " * 1_100}), "room for 5000", "Outcomes E3"
    ),
    "a link that is a program": Bad(
        lambda: with_cells(Valuations={at(Valuation, "link"): "javascript:alert(1)"}), "https://", "Valuations L3"
    ),
}

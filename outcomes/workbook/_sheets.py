"""The sheets of a workbook with no answers in them yet."""

import datetime as dt
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from accounts import columns as c
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.nouns import ROWS
from outcomes.workbook import _dropdowns as dropdowns, _layout as layout, _look as look
from outcomes.workbook._words import put_words

EPOCH = dt.datetime.fromisoformat("2026-01-01T00:00:00")
"""The day that every workbook says it was made on: equal accounts give equal bytes."""

_STEPS = (
    _n("1. Fill in the sheet “Account”: one answer in each row."),
    _n("2. Fill in the other sheets: one row for each thing. Start with “Stakeholders”, then “Outcomes”."),
    _n("3. Save the workbook as .xlsx and upload it."),
    _n("4. If a cell cannot be read, you get your own workbook back with that cell marked. Mend it and upload again."),
)
_GOOD_TO_KNOW = (
    _n("Only what is marked “Needed” must be there. Leave blank what you do not know yet."),
    _n("Blank means “not known yet”. Zero is an answer: 0% says that you looked and found none."),
    _n("Each row has a ref of your own choice, such as S1 or O2. Other sheets use it to point to that row."),
    _n("Type figures as you are used to: 1,250 or £12.50 or 12%."),
    _n("A change for the worse has a value below zero, such as -5.00."),
    _n("You may add sheets, columns and formulas of your own, and move columns. Keep the names of ours."),
)


def blank() -> Workbook:
    """Return a workbook with every sheet, and nothing answered."""
    workbook = Workbook()
    look.add_styles(workbook)
    _set_properties(workbook)
    read_me = workbook.active
    read_me.title = layout.READ_ME
    _account_sheet(workbook.create_sheet(AccountDetails.title))
    for noun in ROWS:
        _noun_sheet(workbook.create_sheet(noun.title), noun)
    dropdowns.add(workbook)
    _fill_read_me(read_me)
    return workbook


def _set_properties(workbook: Workbook) -> None:
    workbook.properties.creator = _n("Social value accounts")
    workbook.properties.title = _n("Account of social value")
    workbook.properties.language = "en-GB"
    workbook.properties.created = EPOCH
    workbook.properties.modified = EPOCH


def _account_sheet(sheet: Worksheet) -> None:
    look.set_widths(sheet, [32, 52, 58, 26])
    heads = (layout.QUESTION, layout.ANSWER, _n("What it means"), _n("For example"))
    for position, words in enumerate(heads, start=1):
        _put(sheet, layout.HEADER_ROW, position, words, look.HEADER)
    for row, column in enumerate(layout.questions(), start=layout.FIRST_QUESTION_ROW):
        _put(sheet, row, layout.QUESTION_COLUMN, column.label, look.LABEL)
        answer = sheet.cell(row=row, column=layout.ANSWER_COLUMN)
        answer.style = look.style_of(column.kind)
        answer.alignment = look.TO_THE_LEFT
        _put(sheet, row, layout.ANSWER_COLUMN + 1, _needed(column), look.HELP)
        _put(sheet, row, layout.ANSWER_COLUMN + 2, column.example, look.HELP)
        look.set_height(sheet, row, small=True, least=20)
    sheet.freeze_panes = sheet.cell(row=layout.FIRST_QUESTION_ROW, column=layout.ANSWER_COLUMN)
    sheet.sheet_properties.tabColor = look.ACCENT
    look.for_paper(sheet, repeated_rows=f"{layout.HEADER_ROW}:{layout.HEADER_ROW}")


def _needed(column: c.Column) -> str:
    return f"{layout.NEEDED} {column.help}".strip() if column.required else column.help


def _noun_sheet(sheet: Worksheet, noun: type[c.Noun]) -> None:
    columns = c.columns(noun)
    look.set_columns(sheet, columns)
    for position, column in enumerate(columns, start=1):
        _put(sheet, layout.HEADER_ROW, position, column.label, look.header_of(column.kind))
        _put(sheet, layout.HELP_ROW, position, layout.explained(column), look.HELP)
    look.set_height(sheet, layout.HEADER_ROW, least=34)
    look.set_height(sheet, layout.HELP_ROW, small=True)
    sheet.freeze_panes = sheet.cell(row=layout.FIRST_ROW, column=2)
    look.for_paper(sheet, repeated_rows=f"{layout.HEADER_ROW}:{layout.HELP_ROW}")


def _fill_read_me(sheet: Worksheet) -> None:
    """Write what the workbook is for, how it is used, and what each sheet holds, with a link to it."""
    sheet.sheet_view.showGridLines = False
    look.set_widths(sheet, [30, 90])
    _put(sheet, 1, 1, _n("Account of social value"), look.TITLE)
    sheet.row_dimensions[1].height = 32
    row = _section(sheet, 3, _n("Four steps"), _STEPS)
    row = _section(sheet, row, _n("Good to know"), _GOOD_TO_KNOW)
    _put(sheet, row, 1, _n("The sheets"), look.SECTION)
    for at, (title, about) in enumerate(_contents(), start=row + 1):
        link_to(_put(sheet, at, 1, title, look.LABEL), title)
        _put(sheet, at, 2, about, look.PROSE)
    look.for_paper(sheet, landscape=False)


def _section(sheet: Worksheet, row: int, title: str, lines: tuple[str, ...]) -> int:
    """Write a heading with lines below it; return the row after the gap that follows."""
    _put(sheet, row, 1, title, look.SECTION)
    for at, line in enumerate(lines, start=row + 1):
        _put(sheet, at, 1, line, look.PROSE)
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=2)
    return row + len(lines) + 2


def _contents() -> Iterator[tuple[str, str]]:
    for noun in layout.NOUNS:
        yield noun.title, noun.about


def _put(sheet: Worksheet, row: int, column: int, words: str, style: str) -> Cell:
    cell = sheet.cell(row=row, column=column)
    cell.style = style
    if words:
        put_words(cell, words)
    return cell


def link_to(cell: Cell, title: str, coordinate: str = "A1") -> None:
    """Let a cell lead to another cell of the workbook."""
    place = f"{quote_sheetname(title)}!{coordinate}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=str(cell.value))

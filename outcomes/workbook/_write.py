"""An account as a workbook: the blank one, with its answers filled in."""

import datetime as dt
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from accounts import columns as c
from accounts.columns import NUMERIC, Column, Kind
from accounts.nouns import AccountDetails
from accounts.parsing import show
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import ROWS, Facts, rows
from outcomes.valuation import Workings
from outcomes.workbook import _layout as layout, _look as look, _sheets as sheets, _value_map as value_map
from outcomes.workbook._save import saved
from outcomes.workbook._words import fits_a_cell, put_words

_FIRST_DAY_OF_SPREADSHEETS = dt.date(1900, 3, 1)
"""Before it, spreadsheet programs disagree about which number a day is."""


def template() -> bytes:
    """Return a workbook to fill in: every sheet, with help, examples and drop-downs, and no answers."""
    return saved(sheets.blank())


def write(facts: Facts, workings: Workings | None) -> bytes:
    """Return the account as a workbook; with workings also the value map, as live formulas on its sheets.

    Equal accounts give equal bytes. Reading it back gives an equal account.
    """
    workbook = sheets.blank()
    _fill_account(workbook[AccountDetails.title], facts.account)
    for noun in ROWS:
        _fill(workbook[noun.title], noun, facts)
    workbook.properties.title = facts.account.name
    if workings is not None:
        value_map.add(workbook, facts, workings)
    return saved(workbook)


def _fill_account(sheet: Worksheet, account: AccountDetails) -> None:
    given = {column.name: getattr(account, column.name) for column in c.columns(AccountDetails)}
    ours = {
        layout.ATTRIBUTION.name: AttributionDialect.DUE_TO_OTHERS,
        layout.DURATION.name: DurationDialect.FIRST_YEAR_OF_BENEFIT,
    }
    for column in layout.questions():
        cell = sheet.cell(row=layout.question_row(column.name), column=layout.ANSWER_COLUMN)
        _put(cell, column, (given | ours)[column.name])
        look.set_height(sheet, cell.row, least=20)


def _fill(sheet: Worksheet, noun: type[c.Noun], facts: Facts) -> None:
    columns = c.columns(noun)
    for at, row in enumerate(rows(facts, noun), start=layout.FIRST_ROW):
        words = {}
        for position, column in enumerate(columns, start=1):
            cell = sheet.cell(row=at, column=position)
            cell.style = look.style_of(column.kind)
            _put(cell, column, getattr(row, column.name))
            if isinstance(cell.value, str):
                words[position] = cell.value
        look.set_height_for(sheet, at, words)


def _put(cell: Cell, column: Column, value: Any) -> None:
    """Write one answer as its kind of cell; nothing for a blank one."""
    if value is None or value == "":
        return
    if column.kind in NUMERIC:
        _put_figure(cell, column, value)
    elif isinstance(value, c.Choice):
        put_words(cell, value.label)
    elif column.kind is Kind.DATE and value >= _FIRST_DAY_OF_SPREADSHEETS:
        cell.value = value
        cell.number_format = look.DATE_FORMAT
    else:
        put_words(cell, show(column, value))


def _put_figure(cell: Cell, column: Column, figure: Decimal | int) -> None:
    """Write a number; one with more digits than a spreadsheet keeps goes in as words, so that none is lost."""
    if not fits_a_cell(figure):
        put_words(cell, show(column, figure))
        return
    cell.value = figure
    cell.number_format = look.format_for(column.kind, figure)

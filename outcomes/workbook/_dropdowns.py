"""Drop-downs, limits and a word of help on each cell where an answer goes.

They help while typing. They guard nothing: what is pasted passes them by, and whoever reads the workbook checks every
cell anew.
"""

from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts import columns as c
from accounts.columns import Column, Kind
from accounts.nouns import AccountDetails
from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes.nouns import BY_SLUG, ROWS
from outcomes.reference import all_price_series, rate_schedules
from outcomes.workbook import _layout as layout
from outcomes.workbook._words import put_words

LAST_ROW = 20_000
"""How far down a sheet the drop-downs go: as far as rows are read."""
_LONGEST_PROMPT = 250
_YES_NO = ("yes", "no")

_PUBLISHED: Mapping[str, Callable[[], Mapping[str, object]]] = {
    "rate_schedule": rate_schedules,
    "price_series": all_price_series,
}
"""The columns that hold the name of a published table, and where the names are."""

Lists = Mapping[tuple[str, ...], str]
"""Where each list of answers stands, by the answers."""


def add(workbook: Workbook) -> None:
    """Add the hidden sheet of lists, and the drop-downs and limits of every sheet."""
    lists = _lists_sheet(workbook.create_sheet(layout.LISTS))
    for row, column in enumerate(layout.questions(), start=layout.FIRST_QUESTION_ROW):
        cell = f"{layout.letter(layout.ANSWER_COLUMN)}{row}"
        _limit(workbook[AccountDetails.title], cell, column, lists)
    for noun in ROWS:
        for position, column in enumerate(c.columns(noun), start=1):
            letter = layout.letter(position)
            _limit(workbook[noun.title], f"{letter}{layout.FIRST_ROW}:{letter}{LAST_ROW}", column, lists)


def _lists_sheet(sheet: Worksheet) -> Lists:
    sheet.sheet_state = "hidden"
    lists: dict[tuple[str, ...], str] = {}
    for answers in dict.fromkeys(filter(None, map(_answers, _every_column()))):
        position = len(lists) + 1
        for row, answer in enumerate(answers, start=1):
            put_words(sheet.cell(row=row, column=position), answer)
        letter = layout.letter(position)
        lists[answers] = f"{quote_sheetname(layout.LISTS)}!${letter}$1:${letter}${len(answers)}"
    return lists


def _every_column() -> list[Column]:
    return [*layout.questions(), *(column for noun in ROWS for column in c.columns(noun))]


def _answers(column: Column) -> tuple[str, ...]:
    if column.name in _PUBLISHED:
        return tuple(_PUBLISHED[column.name]())
    if column.kind is Kind.YES_NO:
        return _YES_NO
    return tuple(option.label for option in column.choices or ())


def _limit(sheet: Worksheet, cells: str, column: Column, lists: Lists) -> None:
    rule = DataValidation(allow_blank=True, **_rule(column, lists))
    rule.promptTitle = column.label[:32]
    rule.prompt = _prompt(column)
    rule.showInputMessage = bool(rule.prompt)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _rule(column: Column, lists: Lists) -> dict[str, Any]:
    """Return what may be typed in the cells of a column, as far as a spreadsheet program can tell."""
    answers = _answers(column)
    if answers:
        return {"type": "list", "formula1": lists[answers], **_refusal(_n("Choose one from the list."))}
    if len(column.refers_to) == 1:
        words = _n("There is no row with this ref on the other sheet yet. You can add it later.")
        return {"type": "list", "formula1": _refs(BY_SLUG[column.refers_to[0]]), **_refusal(words, style="warning")}
    if column.kind in c.NUMERIC:
        return _range(column)
    return {}


def _refs(noun: type[c.Noun]) -> str:
    """Return the formula for the refs on a sheet, as far as there are any."""
    title = quote_sheetname(noun.title)
    filled = f"MAX(1,COUNTA({title}!$A${layout.FIRST_ROW}:$A${LAST_ROW}))"
    return f"OFFSET({title}!$A${layout.FIRST_ROW},0,0,{filled},1)"


def _range(column: Column) -> dict[str, Any]:
    """Return the limits of a figure; a column without both ends has one."""
    rule: dict[str, Any] = {"type": "whole" if column.kind is Kind.WHOLE else "decimal"}
    if column.minimum is None:
        return {}
    if column.maximum is None:
        words = _n("Enter a number that is not below zero.")
        return rule | {"operator": "greaterThanOrEqual", "formula1": plain(column.minimum), **_refusal(words)}
    ends = {"operator": "between", "formula1": plain(column.minimum), "formula2": plain(column.maximum)}
    words = _n("Enter a percentage from 0% to 100%.") if column.kind is Kind.SHARE else _n("Enter a whole number.")
    return rule | ends | _refusal(words)


def _refusal(words: str, style: str = "stop") -> dict[str, Any]:
    return {"showErrorMessage": True, "errorTitle": _n("Not this"), "error": words, "errorStyle": style}


def _prompt(column: Column) -> str:
    words = layout.explained(column)
    return words if len(words) <= _LONGEST_PROMPT else words[: _LONGEST_PROMPT - 1].rsplit(" ", 1)[0] + "…"

"""Where, in a workbook that came back, each sheet, column and row is: by what they are called, not by where they were.

A sheet may be moved, a column too, and either may have neighbours of the person's own. A name that is gone is asked
about: what stood under it would be lost without a word.
"""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook

from accounts import columns as c
from accounts.columns import Column
from accounts.words import gettext_noop as _n
from outcomes.nouns import ROWS
from outcomes.workbook import _layout as layout, _package as package
from outcomes.workbook._cells import taken
from outcomes.workbook._errors import Note, UnreadableWorkbook
from outcomes.workbook._found import Found, FoundAnswers, FoundWorkbook

MOST_ROWS = 20_000
MOST_COLUMNS = 100
_ROWS_TO_LOOK_FOR_HEADINGS = 20
_MOST_ANSWERS = 500
_LAST_ROW_OF_ANY_SHEET = 1_048_576


class Heading(NamedTuple):
    """What stands at the head of a column: in which column, counted from 0, and in which words."""

    at: int
    words: str


Headings = Mapping[str, Sequence[Heading]]
"""The headings of a sheet by the names under which they are looked up."""


def find(content: bytes) -> FoundWorkbook:
    """Return what stands in a workbook, and where; raise UnreadableWorkbook if it is none, or not whole."""
    package.check(content)
    with_formulas = package.sheets_with_formulas(content)
    notes: list[Note] = []
    found: dict[str, Found] = {}
    with quietly(), closing(opened(content, read_only=True, data_only=True)) as workbook:
        sheets = {layout.key(sheet.title): sheet for sheet in reversed(workbook.worksheets)}
        account_sheet = _sheet(sheets, layout.ACCOUNT)
        account = _answers(account_sheet, _waiting(with_formulas, account_sheet.title), notes)
        for noun in ROWS:
            sheet = _sheet(sheets, noun.title)
            found[noun.slug] = _rows_of(sheet, noun, _waiting(with_formulas, sheet.title), notes)
    return FoundWorkbook(account=account, sheets=found, notes=tuple(notes))


@contextmanager
def quietly() -> Iterator[None]:
    """Leave unsaid what openpyxl warns of: nobody who reads our log could mend somebody's workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def opened(content: bytes, **how: bool) -> Workbook:
    """Return the workbook; raise UnreadableWorkbook for whatever openpyxl may stumble over in a damaged one."""
    try:
        return load_workbook(io.BytesIO(content), **how)
    except Exception as fault:
        raise UnreadableWorkbook(package.NO_WORKBOOK) from fault


def _waiting(with_formulas: Mapping[str, bytes], title: str) -> AbstractSet[str]:
    return package.cells_without_result(with_formulas[title]) if title in with_formulas else frozenset()


def _sheet(sheets: Mapping[str, Any], title: str) -> Any:
    sheet = sheets.get(layout.key(title))
    if sheet is None:
        raise UnreadableWorkbook(
            _n("This workbook has no sheet called “%(sheet)s”. Call it so again, or start from a fresh template."),
            sheet=title,
        )
    # What a file says of its own size may be wrong, and would then hide rows.
    sheet.reset_dimensions()
    return sheet


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the number and the cells of each row that has any."""
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > _LAST_ROW_OF_ANY_SHEET:
                raise UnreadableWorkbook(package.NO_WORKBOOK)
            if row:
                yield number, row
    except UnreadableWorkbook:
        raise
    except Exception as fault:
        raise UnreadableWorkbook(package.NO_WORKBOOK) from fault


def _answers(sheet: Any, waiting: AbstractSet[str], notes: list[Note]) -> FoundAnswers:
    """Return the answers on the account's own sheet."""
    rows = _rows(sheet)
    question, answer = _question_and_answer(sheet.title, rows)
    asked = {layout.key(each.label): each for each in layout.questions()}
    found = FoundAnswers(title=sheet.title, column=answer + 1)
    for number, row in rows:
        label = _words(row, question)
        column = asked.get(layout.key(label))
        if column is None or column.name in found.rows or number > _MOST_ANSWERS:
            if label and len(notes) < _MOST_ANSWERS:
                notes.append(_passed_over(sheet.title, label))
            continue
        found.rows[column.name] = number
        value = taken(row[answer], column, waiting) if answer < len(row) else None
        if value is not None:
            found.given[column.name] = value
    for column in layout.questions():
        if column.name not in found.rows:
            message = _n(
                "The sheet “%(sheet)s” has no row “%(label)s”. Call it so again, or start from a fresh template."
            )
            raise UnreadableWorkbook(message, sheet=sheet.title, label=column.label)
    return found


def _question_and_answer(title: str, rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[int, int]:
    """Return the 0-based columns of the questions and of the answers, and leave `rows` below their headings."""
    for number, row in rows:
        if number > _ROWS_TO_LOOK_FOR_HEADINGS:
            break
        places = _headings(row)
        if layout.key(layout.QUESTION) in places and layout.key(layout.ANSWER) in places:
            return places[layout.key(layout.QUESTION)][0].at, places[layout.key(layout.ANSWER)][0].at
    raise _no_column(title, layout.ANSWER)


def _rows_of(sheet: Any, noun: type[c.Noun], waiting: AbstractSet[str], notes: list[Note]) -> Found:
    """Return the rows of a noun's sheet that hold anything."""
    rows = _rows(sheet)
    found = Found(title=sheet.title)
    heading_row, places = _heading_row(sheet.title, noun, rows)
    found.columns = _columns(sheet.title, noun, places, notes)
    wanted = [(each, found.columns[each.name] - 1) for each in c.columns(noun) if each.name in found.columns]
    for number, row in rows:
        if number == heading_row + 1 and _is_help(row, wanted):
            continue
        width = len(row)
        values = {
            column.name: value
            for column, at in wanted
            if at < width and (value := taken(row[at], column, waiting)) is not None
        }
        if values:
            if number > MOST_ROWS:
                message = _n("The sheet “%(sheet)s” has more than %(most)s rows. Take out those that are not needed.")
                raise UnreadableWorkbook(message, sheet=sheet.title, most=MOST_ROWS)
            found.rows.append(number)
            found.given.append(values)
    return found


def _heading_row(title: str, noun: type[c.Noun], rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[int, Headings]:
    """Return the number of the row of headings, and where each stands; leave `rows` below it."""
    needed = [each for each in c.columns(noun) if each.required]
    best: tuple[int, Headings] = (1, {})
    for number, row in rows:
        if number > _ROWS_TO_LOOK_FOR_HEADINGS:
            break
        places = _headings(row)
        if all(layout.key(each.label) in places for each in needed):
            return number, places
        if sum(layout.key(each.label) in places for each in needed) > sum(
            layout.key(each.label) in best[1] for each in needed
        ):
            best = number, places
    raise _no_column(title, next(each.label for each in needed if layout.key(each.label) not in best[1]))


def _headings(row: Sequence[Any]) -> Headings:
    places: dict[str, list[Heading]] = {}
    for at, cell in enumerate(row):
        if isinstance(cell.value, str) and cell.value.strip():
            places.setdefault(layout.key(cell.value), []).append(Heading(at, cell.value.strip()))
    return places


def _columns(title: str, noun: type[c.Noun], places: Headings, notes: list[Note]) -> dict[str, int]:
    """Return the number of each column that is there. One of ours that is gone beside one unknown may be renamed."""
    if any(each.at >= MOST_COLUMNS for together in places.values() for each in together):
        message = _n("The sheet “%(sheet)s” has more than %(most)s columns. Take out those that are not needed.")
        raise UnreadableWorkbook(message, sheet=title, most=MOST_COLUMNS)
    found: dict[str, int] = {}
    missing: list[Column] = []
    for column in c.columns(noun):
        headings = places.get(layout.key(column.label), ())
        if len(headings) > 1:
            message = _n("The sheet “%(sheet)s” has two columns called “%(label)s”. Give one of them another name.")
            raise UnreadableWorkbook(message, sheet=title, label=column.label)
        if headings:
            found[column.name] = headings[0].at + 1
        else:
            missing.append(column)
    ours = {layout.key(column.label) for column in c.columns(noun)}
    unknown = [headings[0].words for name, headings in places.items() if name not in ours]
    if missing and unknown:
        message = _n(
            "The sheet “%(sheet)s” has no column “%(label)s”, but one called “%(unknown)s”. If that is the same, give "
            "it its old name. If not, put in a column “%(label)s”: it may stay empty."
        )
        raise UnreadableWorkbook(message, sheet=title, label=missing[0].label, unknown=unknown[0])
    notes.extend(_passed_over(title, words) for words in unknown)
    return found


def _no_column(title: str, label: str) -> UnreadableWorkbook:
    message = _n("The sheet “%(sheet)s” has no column “%(label)s”. Call it so again, or start from a fresh template.")
    return UnreadableWorkbook(message, sheet=title, label=label)


def _passed_over(title: str, label: str) -> Note:
    message = _n("“%(label)s” on the sheet “%(sheet)s” is not one of our questions: it was passed over.")
    return Note(message=message, params={"sheet": title, "label": label})


def _is_help(row: Sequence[Any], wanted: Sequence[tuple[Column, int]]) -> bool:
    """Return whether a row holds our own words of help."""
    return any(layout.key(_words(row, at)) == layout.key(layout.explained(column)) != "" for column, at in wanted)


def _words(row: Sequence[Any], at: int) -> str:
    value = row[at].value if at < len(row) else None
    return value.strip() if isinstance(value, str) else ""

"""Marks on the cells to mend, in the person's own workbook; and taking them off again.

A marked cell has the warning colour and a comment that says why. What the cell had before (its colour, a comment of the
person's own) stands in words at the end of that comment. A comment moves with its cell when rows are moved, so that the
next upload finds it and gives it back. Gradients and patterns are not given back. Whatever else a workbook holds is
kept as far as openpyxl keeps it: formulas, formats, charts, drop-downs; not drawn shapes, nor replies to comments.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from accounts.words import gettext_noop as _n
from outcomes.intake import said
from outcomes.workbook import _layout as layout, _look as look, _package as package
from outcomes.workbook._errors import Mend, UnreadableWorkbook
from outcomes.workbook._find import opened, quietly
from outcomes.workbook._save import saved
from outcomes.workbook._sheets import link_to
from outcomes.workbook._weight import is_light
from outcomes.workbook._words import put_words

Translate = Callable[[str], str]

MOST_MARKS = 2_000
"""More marks than this help nobody; the list says how many there are besides."""
AUTHOR = layout.TO_MEND
_COLOUR_BEFORE = re.compile(r"\n\[colour before: (rgb|theme|indexed) (\w+) ([-\d.]+)\]")
_COMMENT_BEFORE = re.compile(r"\n\[comment before, by ([^\n]*)\]\n(.*)", re.DOTALL)
_KEPT_IMAGES = frozenset({"png", "jpeg", "jpg", "gif"})
_HEADS = (_n("Sheet"), _n("Cell"), _n("Question"), _n("What is there"), _n("What to do"))
_WIDTHS = (24, 10, 30, 36, 70)
_HEAD_ROW = 4


def marked(content: bytes, mends: Sequence[Mend], translate: Translate) -> bytes:
    """Return the workbook with these cells marked, and a list of them as its first sheet.

    If openpyxl cannot load the whole of it, or cannot write it back, the list comes alone.
    """
    try:
        if not is_light(content):
            raise UnreadableWorkbook(package.TOO_MUCH)
        with quietly():
            workbook = opened(content, rich_text=True)
            _take_marks_off(workbook)
            _put_marks_on(workbook, mends[:MOST_MARKS], translate)
            _add_list(workbook, mends, translate)
            return _written_back(workbook)
    except UnreadableWorkbook:
        alone = Workbook()
        _add_list(alone, mends, translate)
        alone.remove(alone.worksheets[1])
        return saved(alone)


def _written_back(workbook: Workbook) -> bytes:
    try:
        return saved(workbook)
    except Exception as fault:
        raise UnreadableWorkbook(_n("This workbook cannot be written back.")) from fault


def _cells(sheet: Worksheet) -> list[Any]:
    """Return the cells that a sheet has; going by rows would make the ones that it has not, millions of them."""
    return list(vars(sheet)["_cells"].values())


def _take_marks_off(workbook: Workbook) -> None:
    if layout.TO_MEND in workbook.sheetnames:
        workbook.remove(workbook[layout.TO_MEND])
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if _is_marked(cell):
                _give_back(cell)
        images = vars(sheet)["_images"]
        # Another kind would be unpacked and converted: work without a limit, on a file from outside.
        images[:] = [image for image in images if image.format in _KEPT_IMAGES]


def _is_marked(cell: Any) -> bool:
    """Return whether a cell was marked: LibreOffice drops a comment's author, and a person may drop the comment."""
    is_coloured = cell.has_style and look.is_warning(cell.fill)
    return is_coloured or (cell.comment is not None and cell.comment.author == AUTHOR)


def _give_back(cell: Cell) -> None:
    """Give a cell what it had before it was marked."""
    mark = cell.comment.text if cell.comment is not None else ""
    colour, comment = _COLOUR_BEFORE.search(mark), _COMMENT_BEFORE.search(mark)
    cell.fill = PatternFill("solid", fgColor=_colour(*colour.groups())) if colour else PatternFill()
    cell.comment = Comment(comment[2], comment[1]) if comment else None


def _colour(kind: str, value: str, tint: str) -> Color:
    known: Mapping[str, Any] = {kind: value if kind == "rgb" else int(value)}
    return Color(tint=float(tint), **known)


def _put_marks_on(workbook: Workbook, mends: Iterable[Mend], translate: Translate) -> None:
    by_cell: dict[tuple[str, str], list[str]] = {}
    for mend in mends:
        if mend.cell:
            by_cell.setdefault((mend.sheet, mend.cell), []).append(said(mend.reason, translate))
    for (title, address), reasons in by_cell.items():
        _mark(_first_of_merged(workbook[title], address), reasons)


def _first_of_merged(sheet: Worksheet, address: str) -> Cell:
    """Return the cell, or the one that it was merged into."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        merged = next(each for each in sheet.merged_cells.ranges if address in each)
        return sheet.cell(row=merged.min_row, column=merged.min_col)
    return cell


def _mark(cell: Cell, reasons: Sequence[str]) -> None:
    words = "\n".join(reasons)
    fill = cell.fill
    if fill.fill_type == "solid" and isinstance(fill.fgColor, Color):
        words += f"\n[colour before: {fill.fgColor.type} {fill.fgColor.value} {fill.fgColor.tint}]"
    if cell.comment is not None:
        words += f"\n[comment before, by {cell.comment.author}]\n{cell.comment.text}"
    cell.fill = look.warning()
    cell.comment = Comment(words, AUTHOR, width=320, height=40 + 20 * (1 + len(words) // 45))


def _add_list(workbook: Workbook, mends: Sequence[Mend], translate: Translate) -> None:
    """Add the list of what to mend as the first sheet, and open the workbook there."""
    sheet = workbook.create_sheet(layout.TO_MEND, 0)
    look.add_styles(workbook)
    look.set_widths(sheet, _WIDTHS)
    _put(sheet, 1, 1, translate(layout.TO_MEND), look.TITLE)
    sheet.row_dimensions[1].height = 32
    words = _n("Nothing was taken in yet. Mend these cells, save the workbook, and upload it again: %(count)s to mend.")
    _put(sheet, 2, 1, translate(words) % {"count": len(mends)}, look.ASIDE)
    for column, head in enumerate(_HEADS, start=1):
        _put(sheet, _HEAD_ROW, column, translate(head), look.HEADER)
    for row, mend in enumerate(mends[:MOST_MARKS], start=_HEAD_ROW + 1):
        _add_line(sheet, row, mend, translate)
    if len(mends) > MOST_MARKS:
        words = _n("There are %(more)s more. Mend these first.")
        _put(sheet, _HEAD_ROW + MOST_MARKS + 1, 1, translate(words) % {"more": len(mends) - MOST_MARKS}, look.LABEL)
    sheet.freeze_panes = sheet.cell(row=_HEAD_ROW + 1, column=1)
    look.for_paper(sheet, repeated_rows=f"{_HEAD_ROW}:{_HEAD_ROW}")
    _open_at(workbook, sheet)


def _add_line(sheet: Worksheet, row: int, mend: Mend, translate: Translate) -> None:
    label = translate(mend.label) if mend.label else ""
    told = dict(enumerate((mend.sheet, mend.cell, label, mend.typed, said(mend.reason, translate)), start=1))
    for column, words in told.items():
        _put(sheet, row, column, words, look.PROSE)
    if mend.cell and mend.sheet in sheet.parent.sheetnames:
        link_to(sheet.cell(row=row, column=2), mend.sheet, mend.cell)
    look.set_height_for(sheet, row, told)


def _put(sheet: Worksheet, row: int, column: int, words: str, style: str) -> None:
    cell = sheet.cell(row=row, column=column)
    cell.style = style
    if words:
        put_words(cell, words)


def _open_at(workbook: Workbook, sheet: Worksheet) -> None:
    """Open the workbook at one sheet. Two sheets that are both selected would be typed into together."""
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = workbook.index(sheet)

"""How the sheets look on screen and on paper: one place for colours, formats, widths and the printed page."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from accounts.columns import NUMERIC, Column, Kind

INK = "FF1D2B36"
ACCENT = "FF14545C"
QUIET = "FF55626D"
LINE = "FFC9D3D6"
TINT = "FFEAF2F2"
PAPER = "FFFFFFFF"
WARNING = "FFFFD8A8"
"""The fill of a cell to mend. Ink on it has a contrast of 10:1."""

FONT = "Calibri"

HEADER = "Heading of a column"
HEADER_OF_FIGURES = "Heading of a column of figures"
HELP = "Help"
TITLE = "Title"
SECTION = "Section"
PROSE = "Prose"
LABEL = "Label"
RIGHT = "Label of a row of years"
ASIDE = "Aside"
TOTAL = "Total"

_WIDTH = {
    Kind.REF: 14,
    Kind.TEXT: 30,
    Kind.LONG_TEXT: 44,
    Kind.NUMBER: 15,
    Kind.MONEY: 16,
    Kind.SHARE: 12,
    Kind.WHOLE: 13,
    Kind.YES_NO: 18,
    Kind.CHOICE: 28,
    Kind.DATE: 14,
    Kind.PERIOD: 14,
    Kind.LINK: 34,
}

_READABLE_WIDTH = 220
"""The most characters side by side on a page of paper."""

TEXT_FORMAT = "@"
MONEY_FORMAT = "#,##0.00"
DATE_FORMAT = "dd/mm/yyyy"
SHARE_FORMAT = "0.0#####%"
RATIO_FORMAT = "0.00"
_LINE_HEIGHT = 15.0
_SMALL_LINE_HEIGHT = 12.5
_HIGHEST = 400.0
"""The most that spreadsheet programs allow is 409 points."""
_FORMAT = {
    Kind.NUMBER: "General",
    Kind.MONEY: MONEY_FORMAT,
    Kind.SHARE: SHARE_FORMAT,
    Kind.WHOLE: "#,##0",
    Kind.DATE: DATE_FORMAT,
}


TO_THE_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
"""Where answers stand one below the other and are of every kind."""


def style_of(kind: Kind) -> str:
    """Return the name of the cell style of what holds this kind of thing."""
    return f"Answer: {kind.value.replace('_', ' ')}"


def number_format(kind: Kind) -> str:
    """Return the format of cells of this kind: words are text, so that nothing typed there becomes a date or a sum."""
    return _FORMAT.get(kind, TEXT_FORMAT)


def format_for(kind: Kind, figure: Decimal | int) -> str:
    """Return the format that shows this figure whole: every decimal that it has, and thousands apart."""
    if kind is Kind.SHARE:
        return SHARE_FORMAT
    exponent = Decimal(figure).normalize().as_tuple().exponent
    places = max(-exponent if isinstance(exponent, int) else 0, 2 if kind is Kind.MONEY else 0)
    return "#,##0" + ("." + "0" * places if places else "")


def add_styles(workbook: Workbook) -> None:
    """Give the workbook its cell styles, by name: a person finds them in the gallery of their spreadsheet program."""
    top = Alignment(vertical="top", wrap_text=True)
    aside = Alignment(horizontal="left", indent=1)
    indented = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    thin = Side(style="thin", color=LINE)
    below = Border(bottom=thin)
    for style in (
        *(_header_style(name, side) for name, side in ((HEADER, "left"), (HEADER_OF_FIGURES, "right"))),
        NamedStyle(name=HELP, font=Font(name=FONT, size=9, italic=True, color=QUIET), alignment=indented, border=below),
        NamedStyle(name=TITLE, font=Font(name=FONT, size=20, bold=True, color=ACCENT)),
        NamedStyle(name=SECTION, font=Font(name=FONT, size=13, bold=True, color=ACCENT), alignment=Alignment("left")),
        NamedStyle(name=ASIDE, font=Font(name=FONT, size=10, color=QUIET), alignment=aside),
        NamedStyle(name=PROSE, font=Font(name=FONT, size=11, color=INK), alignment=top),
        NamedStyle(name=LABEL, font=Font(name=FONT, size=11, bold=True, color=INK), alignment=top, border=below),
        NamedStyle(
            name=RIGHT, font=Font(name=FONT, size=11, italic=True, color=QUIET), alignment=Alignment(horizontal="right")
        ),
        NamedStyle(
            name=TOTAL,
            font=Font(name=FONT, size=11, bold=True, color=INK),
            fill=PatternFill("solid", fgColor=TINT),
            border=Border(top=Side(style="thin", color=ACCENT)),
            alignment=Alignment(vertical="top"),
        ),
        *(_answer_style(kind, below) for kind in Kind),
    ):
        if style.name not in workbook.named_styles:
            workbook.add_named_style(style)


def _header_style(name: str, side: str) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=FONT, size=11, bold=True, color=PAPER),
        fill=PatternFill("solid", fgColor=ACCENT),
        alignment=Alignment(horizontal=side, vertical="center", wrap_text=True, indent=int(side == "left")),
        border=Border(right=Side(style="thin", color=PAPER)),
    )


def header_of(kind: Kind) -> str:
    """Return the name of the cell style of the heading of a column: on the side where its answers stand."""
    return HEADER_OF_FIGURES if kind in NUMERIC else HEADER


def _answer_style(kind: Kind, border: Border) -> NamedStyle:
    return NamedStyle(
        name=style_of(kind),
        font=Font(name=FONT, size=11, color=INK),
        alignment=_alignment(kind),
        number_format=number_format(kind),
        border=border,
    )


def _alignment(kind: Kind) -> Alignment:
    if kind in NUMERIC:
        return Alignment(horizontal="right", vertical="top")
    return Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)


def set_columns(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Prepare the columns of a sheet of rows: their widths, and how what is typed into them will look."""
    set_widths(sheet, [_WIDTH[column.kind] for column in columns])
    for dimension, column in zip(sheet.column_dimensions.values(), columns, strict=True):
        dimension.font = Font(name=FONT, size=11, color=INK)
        dimension.alignment = _alignment(column.kind)
        dimension.number_format = number_format(column.kind)


def warning() -> PatternFill:
    """Return the fill of a cell to mend."""
    return PatternFill("solid", fgColor=WARNING)


def is_warning(fill: Any) -> bool:
    """Return whether a fill is that of a cell to mend."""
    return fill.fill_type == "solid" and isinstance(fill.fgColor, Color) and fill.fgColor.rgb == WARNING


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set the width of each column from the first, in characters."""
    for position, characters in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = characters


def set_height(sheet: Worksheet, row: int, *, small: bool = False, least: float = _LINE_HEIGHT) -> None:
    """Make a row as high as the words in it need: not every program does that by itself for a new file."""
    words = {cell.column: cell.value for cell in sheet[row] if isinstance(cell.value, str)}
    set_height_for(sheet, row, words, small=small, least=least)


def set_height_for(
    sheet: Worksheet, row: int, words: Mapping[int, str], *, small: bool = False, least: float = _LINE_HEIGHT
) -> None:
    """Make a row as high as these words need, each in its column."""
    lines = max((_lines(sheet, column, each, small=small) for column, each in words.items()), default=1)
    height = lines * (_SMALL_LINE_HEIGHT if small else _LINE_HEIGHT)
    sheet.row_dimensions[row].height = min(max(height, least), _HIGHEST)


def _lines(sheet: Worksheet, column: int, words: str, *, small: bool) -> int:
    width = sheet.column_dimensions[get_column_letter(column)].width
    room = max(int((width - 1) * (1.15 if small else 0.95)), 1)
    return sum(math.ceil(max(len(line), 1) / room) for line in words.split("\n"))


def for_paper(sheet: Worksheet, *, repeated_rows: str = "", landscape: bool = True) -> None:
    """Let the sheet print well: A4, its head on every page, its name and page number below.

    A sheet is as wide as the page; one that would be too small to read so is as wide as two pages, or more.
    """
    whole_width = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = math.ceil(whole_width / _READABLE_WIDTH)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = 0.6
    sheet.page_margins.bottom = 0.8
    sheet.page_margins.footer = 0.4
    if repeated_rows:
        sheet.print_title_rows = repeated_rows
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:A"
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.zoomScale = 100

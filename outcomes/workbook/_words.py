"""Words in cells: written so that they stay words, and read as a person sees them."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from accounts.parsing import plain

_TAKEN_FOR_MORE_THAN_WORDS = ("=", "+", "-", "@", "'")
# A workbook writes a character that XML has no room for as _xHHHH_, and a literal "_xHHHH_" with its "_" so escaped.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x(000D|005F)_", re.IGNORECASE)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGNIFICANT_DIGITS = 15


def put_words(cell: Any, words: str) -> None:
    """Write words that stay words, whatever they start with: never a formula, an error or a number."""
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("\ufffd", words))
    cell.data_type = "s"
    if words.startswith(_TAKEN_FOR_MORE_THAN_WORDS):
        cell.quotePrefix = True


def unescaped(words: str) -> str:
    """Return the words of a cell as they were typed."""
    return _ESCAPED.sub(lambda found: "_" if found[1] == "005F" else "", words) if "_x" in words else words


def as_shown(value: Any, *, percent: bool = False) -> str:
    """Return what a cell holds as words, as its sheet shows it: 1 is "1", 10 % is "10%", a day is "31/03/2025"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _figure_as_shown(value, percent=percent)
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y" if value.time() == dt.time() else "%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value)


def _figure_as_shown(figure: float | Decimal, *, percent: bool) -> str:
    digits = f"{figure:.{_SIGNIFICANT_DIGITS}g}" if isinstance(figure, float) else str(figure)
    number = Decimal(digits)
    if not number.is_finite():
        return digits
    return plain(number * 100) + "%" if percent else plain(number)


def fits_a_cell(figure: Decimal | int) -> bool:
    """Return whether a spreadsheet can hold the figure whole: it keeps fifteen significant digits."""
    return len(Decimal(figure).normalize().as_tuple().digits) <= _SIGNIFICANT_DIGITS

"""What a person types becomes a value, or a reason why not: the one reader for forms, workbooks and the API.

A figure is understood as people in Britain write it: `1,000`, `£12.50`, `12%`. What could mean two things is asked
about, never guessed. What a machine sends (`exact`) must be in the one canonical form.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from accounts.columns import NUMERIC, Column, Kind
from accounts.words import gettext_noop as _n

# Fifteen digits in all: what SQLite and every spreadsheet program keep exactly.
WHOLE_DIGITS = 11
DECIMAL_PLACES = 4
SHARE_PLACES = 8
_SIGNIFICANT_DIGITS_OF_A_SPREADSHEET = 15
_CURRENCY = re.compile(r"^(?P<sign>[-−+]?)\s*[£€$]\s*|\s*[£€$]$")
_GROUPED = re.compile(r"^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$")
_PLAIN = re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)$")
_PERIOD = re.compile(r"^\d{4}(-\d{2})?$")
_REF = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
_LINK = re.compile(r"^https?://[^\s/?#]+[^\s]*$", re.IGNORECASE)
# Characters that change the direction of text around them can make a figure or a name read as another.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_CONTROLS = frozenset("\n\t")
_YES = frozenset({"yes", "y", "true", "ie", "ydy", "ydi"})
_NO = frozenset({"no", "n", "false", "na", "nac ydy"})


class Refused(ValueError):
    """What was typed cannot be taken; `message` (with `params`) is a sentence that says why and what to do."""

    def __init__(self, message: str, **params: Any) -> None:
        self.message = message
        self.params: Mapping[str, Any] = params
        super().__init__(message % params if params else message)


def read(column: Column, typed: Any, *, percent_cell: bool = False) -> Any:
    """Return the value of what a person typed in a column, or its blank.

    `typed` is a string from a form, or a cell of a workbook (str, int, float, bool, date). `percent_cell` says that the
    cell shows its number as a percentage, so that 0.12 is 12 %. Raises Refused.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        if column.required:
            raise Refused(_n("Enter an answer here: it cannot be left blank."))
        return column.blank
    if column.kind in NUMERIC:
        return _figure(column, typed, percent_cell=percent_cell)
    return _READERS[column.kind](column, typed)


def exact(column: Column, given: Any) -> Any:
    """Return the value of what a machine sent: decimals as plain strings, shares as fractions of 1, ISO dates.

    Raises Refused.
    """
    if given is None or given == "":
        return read(column, None)
    if column.kind in NUMERIC:
        return _exact_figure(column, given)
    if column.kind is Kind.YES_NO:
        if not isinstance(given, bool):
            raise Refused(_n("This must be true or false."))
        return given
    if not isinstance(given, str):
        raise Refused(_n("This must be text."))
    if column.kind is Kind.DATE:
        return _iso_date(given)
    if column.kind is Kind.CHOICE:
        return _by_value(column, given)
    return _READERS[column.kind](column, given)


def show(column: Column, value: Any) -> str:
    """Return a value in the form in which a person could type it again; reading it back gives the same value."""
    if value is None or value == "":
        return ""
    if column.kind is Kind.SHARE:
        return plain(value * 100) + "%"
    if column.kind in NUMERIC:
        return plain(value)
    if column.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if column.kind is Kind.DATE:
        return str(value.isoformat())
    return str(value)


def plain(figure: Decimal | int) -> str:
    """Return a number as a plain string: no exponent, no trailing zeros after the point, no minus zero."""
    text = f"{Decimal(figure):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _figure(column: Column, typed: Any, *, percent_cell: bool) -> Decimal | int:
    if isinstance(typed, bool) or isinstance(typed, dt.date):
        raise Refused(_n("Enter a number, such as 1,250."))
    if isinstance(typed, str):
        figure, percent = _number_in_words(typed)
    else:
        figure, percent = _number_in_cell(typed), False
    if column.kind is not Kind.SHARE:
        if percent:
            raise Refused(_n("Enter a number without a % sign here."))
        return _in_range(column, figure)
    if percent_cell and not percent:
        return _in_range(column, figure)
    if not percent and 0 < figure <= 1:
        raise Refused(
            _n("%(typed)s could mean %(as_percent)s%% or %(as_share)s%%. Add a %% sign to say which."),
            typed=plain(figure),
            as_percent=plain(figure),
            as_share=plain(figure * 100),
        )
    return _in_range(column, figure / 100)


def _number_in_words(typed: str) -> tuple[Decimal, bool]:
    text = unicodedata.normalize("NFKC", typed).strip().replace("−", "-").replace("\u00a0", " ")
    percent = text.endswith("%")
    text = _CURRENCY.sub(lambda match: match.groupdict().get("sign") or "", text.removesuffix("%").strip()).strip()
    if not text.isascii() or not (_PLAIN.match(text) or _GROUPED.match(text)):
        raise Refused(
            _n("“%(typed)s” is not a number that we can read. Write it like 1,250 or 12.50."), typed=typed[:40]
        )
    return Decimal(text.replace(",", "")), percent


def _number_in_cell(typed: Any) -> Decimal:
    """Return a workbook's binary number as the decimal that its cell shows: fifteen significant digits at most."""
    try:
        if isinstance(typed, float):
            if not math.isfinite(typed):
                raise Refused(_n("This is not a number. Enter a number, such as 1,250."))
            return Decimal(f"{typed:.{_SIGNIFICANT_DIGITS_OF_A_SPREADSHEET}g}")
        return Decimal(typed)
    except (InvalidOperation, TypeError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(_n("Enter a number, such as 1,250.")) from fault


def _exact_figure(column: Column, given: Any) -> Decimal | int:
    if column.kind is Kind.WHOLE and isinstance(given, int) and not isinstance(given, bool):
        return _in_range(column, Decimal(given))
    if not isinstance(given, str) or not given.isascii() or not _PLAIN.match(given):
        raise Refused(_n('This must be a decimal number in a string, such as "0.10".'))
    return _in_range(column, Decimal(given))


def _in_range(column: Column, figure: Decimal) -> Decimal | int:
    places = SHARE_PLACES if column.kind is Kind.SHARE else DECIMAL_PLACES
    if column.minimum is not None and figure < column.minimum:
        raise _outside(column, figure)
    if column.maximum is not None and figure > column.maximum:
        raise _outside(column, figure)
    if figure and figure.adjusted() >= WHOLE_DIGITS:
        raise Refused(_n("This number is too large: at most %(digits)s digits before the point."), digits=WHOLE_DIGITS)
    if figure != figure.quantize(Decimal(1).scaleb(-places)):
        raise Refused(
            _n("This number has too many decimals: at most %(places)s."), places=_typed_places(column, places)
        )
    if column.kind is not Kind.WHOLE:
        return figure + 0  # minus zero becomes zero
    if figure != figure.to_integral_value():
        raise Refused(_n("Enter a whole number."))
    return int(figure)


def _typed_places(column: Column, places: int) -> int:
    return places - 2 if column.kind is Kind.SHARE else places


def _outside(column: Column, figure: Decimal) -> Refused:
    if column.kind is Kind.SHARE:
        return Refused(
            _n("%(typed)s%% is outside 0%% to 100%%. Enter a percentage from 0%% to 100%%."), typed=plain(figure * 100)
        )
    if column.maximum is None:
        return Refused(_n("Enter a number that is %(low)s or more."), low=plain(column.minimum or 0))
    return Refused(
        _n("Enter a number from %(low)s to %(high)s."), low=plain(column.minimum or 0), high=plain(column.maximum)
    )


def words(typed: Any, *, longest: int, lines: bool = False) -> str:
    """Return text in one normal form (NFC), trimmed. Raises Refused for characters that hide or reverse what is read."""
    text = unicodedata.normalize("NFC", str(typed).replace("\r\n", "\n").replace("\r", "\n")).strip()
    for character in text:
        if character in _BIDI_CONTROLS:
            raise Refused(
                _n("This text holds a hidden character that reverses the order of reading. Type it again here.")
            )
        if unicodedata.category(character) == "Cc" and not (lines and character in _KEPT_CONTROLS):
            raise Refused(_n("This text holds a hidden control character or a line break. Type it again here."))
        if unicodedata.category(character) == "Cs":
            raise Refused(_n("This text holds a broken character. Type it again here."))
    if text and not any(_is_visible(character) for character in text):
        raise Refused(_n("This looks empty: it holds only invisible characters."))
    if len(text) > longest:
        raise Refused(
            _n("This is %(length)s characters long; there is room for %(longest)s."), length=len(text), longest=longest
        )
    return text


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ" and character not in "\u115f\u1160\u2800\u3164\uffa0"


def _line(column: Column, typed: Any) -> str:
    return words(typed, longest=column.longest)


def _lines(column: Column, typed: Any) -> str:
    return words(typed, longest=column.longest, lines=True)


def _yes_no(column: Column, typed: Any) -> bool:
    if isinstance(typed, bool):
        return typed
    answer = str(typed).strip().casefold()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise Refused(_n("Answer yes or no."))


def _choice(column: Column, typed: Any) -> Any:
    answer = str(typed).strip().casefold()
    for option in column.choices or ():
        if answer in {option.value.casefold(), option.label.casefold()}:
            return option
    raise _not_an_option(column)


def _by_value(column: Column, given: str) -> Any:
    for option in column.choices or ():
        if given == option.value:
            return option
    raise _not_an_option(column)


def _not_an_option(column: Column) -> Refused:
    options = "; ".join(option.label for option in column.choices or ())
    return Refused(_n("Choose one of: %(options)s."), options=options)


def _day(column: Column, typed: Any) -> dt.date:
    if isinstance(typed, dt.datetime):
        return typed.date()
    if isinstance(typed, dt.date):
        return typed
    text = str(typed).strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Refused(_n("“%(typed)s” is not a date that we can read. Write it like 31/03/2026."), typed=text[:40])


def _iso_date(given: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError as fault:
        raise Refused(_n("This must be a date such as 2026-03-31.")) from fault


def _period(column: Column, typed: Any) -> str:
    text = str(typed).strip().replace("/", "-").replace("–", "-")
    if not _PERIOD.match(text):
        raise Refused(_n("Write the period as a financial year, like 2024-25, or as a year, like 2024."))
    if "-" in text and (int(text[:4]) + 1) % 100 != int(text[5:]):
        raise Refused(_n("%(typed)s is not a financial year: write it like 2024-25."), typed=text)
    return text


def _link(column: Column, typed: Any) -> str:
    text = words(typed, longest=column.longest)
    if not _LINK.match(text):
        raise Refused(_n("Enter a web address that starts with https://."))
    return text


def _ref(column: Column, typed: Any) -> str:
    text = words(typed, longest=column.longest)
    if not column.refers_to and not _REF.match(text):
        raise Refused(_n("Use letters, digits, - and _ only, such as S1."))
    return text


_READERS = {
    Kind.REF: _ref,
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _lines,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.DATE: _day,
    Kind.PERIOD: _period,
    Kind.LINK: _link,
}

"""What a person types becomes a value, or a reason why not: the one reader for forms, workbooks and the API.

A figure is understood as people in Britain write it: `1,000`, `£12.50`, `12%`. What could mean two things is asked
about, never guessed. What a machine sends (`exact`) must be in the one canonical form.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from accounts.columns import NUMERIC, Choice, Column, Kind
from accounts.words import gettext_noop as _n

WHOLE_DIGITS = 12
DECIMAL_PLACES = 6
SHARE_PLACES = 8
FIRST_YEAR = 1900
LAST_YEAR = 2199
LAST_SHORT_YEAR = 69
"""Up to which year two digits are of this century; above, they could be of the last one as well."""
LEFT_BLANK = _n("Enter an answer here: it cannot be left blank.")
REF_PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]*"
_SIGNIFICANT_DIGITS_OF_A_SPREADSHEET = 15
_LONGEST_FIGURE = 60
_ENOUGH_DIGITS = Context(prec=2 * _LONGEST_FIGURE)
_TYPED_FIGURE = re.compile(
    r"(?P<sign>[-+]?) ?(?P<before>[£€$]?) ?(?P<late_sign>[-+]?)(?P<digits>[0-9.][0-9., ]*?) ?(?P<after>[£€$%]?)"
)
_DIGITS = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
# A group of thousands never starts with 0: "0,125" is somebody's way to write an eighth.
_GROUPED_DIGITS = re.compile(r"[1-9][0-9]{0,2}(?P<gap>[, ])[0-9]{3}((?P=gap)[0-9]{3})*(\.[0-9]+)?")
_EXACT_FIGURE = re.compile(r"(?!-[0.]+$)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_PERIOD = re.compile(r"[0-9]{4}(-[0-9]{2})?")
_REF = re.compile(REF_PATTERN)
_LINK = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_NUMBERED_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?P<gap>[/.-])(?P<month>[0-9]{1,2})(?P=gap)(?P<year>[0-9]{4})")
_NAMED_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]+) (?P<year>[0-9]{4}|[0-9]{2})")
# Not with hyphens: 24-03-31 could as well begin with its year.
_SHORT_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?P<gap>[/.])(?P<month>[0-9]{1,2})(?P=gap)(?P<year>[0-9]{2})")
_SHORT_WITH_HYPHENS = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}")
_MONTHS_IN_ENGLISH_AND_WELSH = (
    ("january", "jan", "ionawr"),
    ("february", "feb", "chwefror"),
    ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill"),
    ("may", "may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "awst"),
    ("september", "sep", "medi"),
    ("october", "oct", "hydref"),
    ("november", "nov", "tachwedd"),
    ("december", "dec", "rhagfyr"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTHS_IN_ENGLISH_AND_WELSH, start=1) for name in names}
_OTHER_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " ") | {"−": "-"})
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
# Characters that change the direction of text around them can make a figure or a name read as another.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_BREAKS = re.compile("[\n\t]")
_BROKEN = re.compile("[\ud800-\udfff]")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
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
            raise Refused(LEFT_BLANK)
        return column.blank
    if column.kind in NUMERIC:
        return _figure(column, typed, percent_cell=percent_cell)
    return _READERS[column.kind](column, typed)


def exact(column: Column, given: Any) -> Any:
    """Return the value of what a machine sent: decimals as plain strings, shares as fractions of 1, ISO dates.

    None is blank, and so is an empty string where words are wanted. Raises Refused.
    """
    if given is None or (given == "" and column.blank == ""):
        return read(column, None)
    if column.kind in NUMERIC:
        return _exact_figure(column, given)
    if column.kind is Kind.YES_NO:
        if not isinstance(given, bool):
            raise Refused(_n("This must be true or false."))
        return given
    if not isinstance(given, str):
        raise Refused(_n("This must be text."))
    return (_EXACT_READERS.get(column.kind) or _READERS[column.kind])(column, given)


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
    if isinstance(typed, str):
        figure, sign = _number_in_words(typed)
    else:
        figure, sign = _number_in_cell(typed), ""
    if sign == "%" and column.kind is not Kind.SHARE:
        raise Refused(_n("Enter a number here, without a percent sign."))
    if sign in {"£", "€", "$"} and column.kind is not Kind.MONEY:
        raise Refused(_n("Enter a number here, without a currency sign."))
    if column.kind is not Kind.SHARE or (percent_cell and not sign):
        return _in_range(column, figure)
    if not sign and 0 < figure <= 1:
        raise Refused(
            _n("%(typed)s could mean %(as_percent)s%% or %(as_share)s%%. Add a %% sign to say which."),
            typed=plain(figure),
            as_percent=plain(figure),
            as_share=plain(figure * 100),
        )
    return _in_range(column, _ENOUGH_DIGITS.scaleb(figure, -2))


def _number_in_words(typed: str) -> tuple[Decimal, str]:
    """Return the number, and the sign (of percent or of a currency) that it was typed with, if any."""
    text = " ".join(typed.translate(_OTHER_SPACES).split())
    found = _TYPED_FIGURE.fullmatch(text) if len(text) <= _LONGEST_FIGURE else None
    if not found or not _is_one_number(found):
        message = _n("“%(typed)s” is not a number that we can read. Write it like 1,250 or 12.50.")
        raise Refused(message, typed=_echo(typed))
    digits = found["digits"].replace(",", "").replace(" ", "")
    return Decimal(found["sign"] + found["late_sign"] + digits), found["before"] + found["after"]


def _is_one_number(found: re.Match[str]) -> bool:
    """Return whether the digits are grouped as a number is, with one sign at most on each side of it."""
    grouped = _DIGITS.fullmatch(found["digits"]) or _GROUPED_DIGITS.fullmatch(found["digits"])
    return bool(grouped) and not (found["sign"] and found["late_sign"]) and not (found["before"] and found["after"])


def _number_in_cell(typed: Any) -> Decimal:
    """Return a workbook's binary number as the decimal that its cell shows: fifteen significant digits at most."""
    if isinstance(typed, bool):
        raise Refused(_n("Enter a number, such as 1,250."))
    if isinstance(typed, float) and math.isfinite(typed):
        return Decimal(f"{typed:.{_SIGNIFICANT_DIGITS_OF_A_SPREADSHEET}g}")
    try:
        figure = Decimal(typed)
    except (InvalidOperation, TypeError, ValueError) as fault:
        raise Refused(_n("Enter a number, such as 1,250.")) from fault
    if not figure.is_finite():
        raise Refused(_n("This is not a number. Enter a number, such as 1,250."))
    return figure


def _exact_figure(column: Column, given: Any) -> Decimal | int:
    if column.kind is Kind.WHOLE:
        if not isinstance(given, int) or isinstance(given, bool):
            raise Refused(_n("This must be a whole number, such as 12, without quotes around it."))
        return _in_range(column, Decimal(given))
    if not isinstance(given, str) or not _EXACT_FIGURE.fullmatch(given):
        raise Refused(_n('This must be a decimal number in a string, such as "0.10".'))
    return _in_range(column, Decimal(given))


def _in_range(column: Column, figure: Decimal) -> Decimal | int:
    places = SHARE_PLACES if column.kind is Kind.SHARE else DECIMAL_PLACES
    if figure and figure.adjusted() >= WHOLE_DIGITS:  # first: what lies outside is said back, and must be short
        raise Refused(_n("This number is too large: at most %(digits)s digits before the point."), digits=WHOLE_DIGITS)
    if column.minimum is not None and figure < column.minimum:
        raise _outside(column, figure)
    if column.maximum is not None and figure > column.maximum:
        raise _outside(column, figure)
    if figure != figure.quantize(Decimal(1).scaleb(-places)):
        raise Refused(
            _n("This number has too many decimals. Round it to %(places)s or fewer."),
            places=_typed_places(column, places),
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
    """Return text in one normal form (NFC), trimmed.

    Raises Refused for characters that hide or reverse what is read, and for text that is too long.
    """
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", _as_text(typed))).strip()
    if _BIDI_CONTROLS.search(text):
        raise Refused(_n("This text holds a hidden character that reverses the order of reading. Type it again here."))
    if _CONTROLS.search(text) or (not lines and _LINE_BREAKS.search(text)):
        raise Refused(_n("This text holds a hidden control character or a line break. Type it again here."))
    if _BROKEN.search(text):
        raise Refused(_n("This text holds a broken character. Type it again here."))
    if text and not any(_is_visible(character) for character in text):
        raise Refused(_n("This looks empty: it holds only invisible characters."))
    if len(text) > longest:
        raise Refused(
            _n("This is %(length)s characters long; there is room for %(longest)s."), length=len(text), longest=longest
        )
    return text


def _as_text(typed: Any) -> str:
    """Return what a cell of a workbook shows when it holds no text: 2024 and not 2024.0."""
    if isinstance(typed, float) and math.isfinite(typed):
        return plain(Decimal(f"{typed:.{_SIGNIFICANT_DIGITS_OF_A_SPREADSHEET}g}"))
    if isinstance(typed, dt.datetime) and typed.time() == dt.time():
        return typed.date().isoformat()
    return str(typed)


def _echo(typed: str) -> str:
    """Return the start of what was typed, to say it back; what cannot be shown is left out."""
    return "".join(character for character in typed[:40] if character.isprintable())


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ" and character not in _BLANK_LETTERS


def _line(column: Column, typed: Any) -> str:
    return words(typed, longest=column.longest)


def _lines(column: Column, typed: Any) -> str:
    return words(typed, longest=column.longest, lines=True)


def _yes_no(_column: Column, typed: Any) -> bool:
    if isinstance(typed, bool):
        return typed
    answer = str(typed).strip().casefold()
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise Refused(_n("Answer yes or no."))


def _exact_ref(column: Column, given: str) -> str:
    if len(given) > column.longest or not _REF.fullmatch(given):
        raise Refused(_n("This must be a ref: letters, digits, - and _ only, such as S1."))
    return given


def _choice(column: Column, typed: Any) -> Any:
    answer = " ".join(str(typed).split()).casefold()
    for option in column.choices or ():
        if answer in _answers(option):
            return option
    raise _not_an_option(column)


def _answers(option: Choice) -> set[str]:
    """Return what may be typed for an option: its value, its label, or the label's head ("Drop-off")."""
    label = option.label.casefold()
    return {option.value.casefold(), label, label.partition(":")[0]}


def _by_value(column: Column, given: str) -> Any:
    for option in column.choices or ():
        if given == option.value:
            return option
    raise _not_an_option(column)


def _not_an_option(column: Column) -> Refused:
    options = "; ".join(option.label for option in column.choices or ())
    return Refused(_n("Choose one of: %(options)s."), options=options)


def _day(_column: Column, typed: Any) -> dt.date:
    if isinstance(typed, dt.date):
        return _believable(typed.year, typed.month, typed.day)
    text = " ".join(str(typed).split()).casefold()
    if found := _ISO_DATE.fullmatch(text) or _NUMBERED_DATE.fullmatch(text):
        return _believable(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _SHORT_DATE.fullmatch(text):
        return _believable(_whole_year(found["year"], text), int(found["month"]), int(found["day"]))
    if (found := _NAMED_DATE.fullmatch(text)) and found["month"] in _MONTHS:
        return _believable(_whole_year(found["year"], text), _MONTHS[found["month"]], int(found["day"]))
    if _SHORT_WITH_HYPHENS.fullmatch(text):
        raise _short_year(text)
    raise Refused(_n("“%(typed)s” is not a date that we can read. Write it like 31/03/2026."), typed=_echo(text))


def _whole_year(typed: str, date: str) -> int:
    """Return a year of four digits, or of two where it can only be one of this century."""
    if len(typed) > 2:
        return int(typed)
    if int(typed) > LAST_SHORT_YEAR:
        raise _short_year(date)
    return 2000 + int(typed)


def _short_year(date: str) -> Refused:
    return Refused(_n("Which year is “%(typed)s”? Write it with four digits, like 31/03/2026."), typed=_echo(date))


def _iso_date(_column: Column, given: str) -> dt.date:
    if found := _ISO_DATE.fullmatch(given):
        return _believable(int(found["year"]), int(found["month"]), int(found["day"]))
    raise Refused(_n("This must be a date such as 2026-03-31."))


def _believable(year: int, month: int, day: int) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            _n("Check the year: it must lie between %(first)s and %(last)s."), first=FIRST_YEAR, last=LAST_YEAR
        )
    try:
        return dt.date(year, month, day)
    except ValueError as fault:
        raise Refused(_n("There is no such day. Write the date like 31/03/2026.")) from fault


def _period(column: Column, typed: Any) -> str:
    return _exact_period(column, _as_text(typed).strip().replace("/", "-").replace("–", "-"))


def _exact_period(_column: Column, text: str) -> str:
    if not _PERIOD.fullmatch(text):
        raise Refused(_n("Write the period as a financial year, like 2024-25, or as a year, like 2024."))
    if "-" in text and (int(text[:4]) + 1) % 100 != int(text[5:]):
        raise Refused(_n("%(typed)s is not a financial year: write it like 2024-25."), typed=text)
    return text


def _link(column: Column, typed: Any) -> str:
    text = words(typed, longest=column.longest)
    if not _LINK.fullmatch(text):
        raise Refused(_n("Enter a web address that starts with https://."))
    return text


def _ref(column: Column, typed: Any) -> str:
    text = words(typed, longest=column.longest)
    if not column.refers_to and not _REF.fullmatch(text):
        raise Refused(_n("Use letters, digits, - and _ only, such as S1."))
    return text


_READERS: Mapping[Kind, Callable[[Column, Any], Any]] = {
    Kind.REF: _ref,
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _lines,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.DATE: _day,
    Kind.PERIOD: _period,
    Kind.LINK: _link,
}
_EXACT_READERS: Mapping[Kind, Callable[[Column, str], Any]] = {
    Kind.REF: _exact_ref,
    Kind.CHOICE: _by_value,
    Kind.DATE: _iso_date,
    Kind.PERIOD: _exact_period,
}

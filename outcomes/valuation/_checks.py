"""What each kind of figure may be, with a plain sentence for each way in which it may not.

Nothing is ever clamped or guessed: a figure out of its range is an `InvalidInput` that names the line and the field.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum

from accounts.words import gettext_noop as _n
from outcomes.valuation._errors import InvalidInput
from outcomes.valuation._money import exactly

MOST_YEARS = 500
"""A benefit or an input further off than this is a slip of the keyboard."""

_LARGEST_POWER = 14
_MOST_PLACES = 100
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CALENDAR_YEAR = re.compile(r"[0-9]{4}")
_FINANCIAL_YEAR = re.compile(r"([0-9]{4})-([0-9]{2})")

RESERVED = frozenset(
    {
        "after_deadweight",
        "after_displacement",
        "discount",
        "gross_value",
        "impact",
        "importance",
        "input",
        "input_discount",
        "inputs",
        "net_present_value",
        "net_ratio",
        "payback",
        "price",
        "rate",
        "ratio",
        "total_present_value",
        "year",
    }
)
"""The first words of the names of the account's own figures: no line may have one of them as its key."""

Check = Callable[[object, str | None, str], None]
"""Raise InvalidInput if the figure (first) of this line (second) and field (third) may not stand."""


class PeriodKind(StrEnum):
    """The two kinds of year that a price index is published for."""

    CALENDAR_YEAR = "calendar_year"
    FINANCIAL_YEAR = "financial_year"


def period_kind(period: str, line: str | None = None, field: str = "price_period") -> PeriodKind:
    """Return the kind of year that "2024" or "2024-25" is.

    Raises InvalidInput if it is neither, or a financial year that does not end in the year after it began.
    """
    if _CALENDAR_YEAR.fullmatch(period):
        return PeriodKind.CALENDAR_YEAR
    years = _FINANCIAL_YEAR.fullmatch(period)
    if years and (int(years[1]) + 1) % 100 == int(years[2]):
        return PeriodKind.FINANCIAL_YEAR
    message = _n("“%(found)s” is not a year. Write a calendar year as 2024, a financial year as 2024-25.")
    raise InvalidInput(message, line=line, field=field, found=period)


def number(found: object, line: str | None, field: str) -> Decimal:
    """Return the figure if it is a finite decimal of a believable size."""
    if not isinstance(found, Decimal) or not found.is_finite():
        raise InvalidInput(_n("This must be a number; it is “%(found)s”."), line=line, field=field, found=str(found))
    if found and found.adjusted() > _LARGEST_POWER:
        message = _n("This number is too large to be meant: it has more than 15 digits before the point.")
        raise InvalidInput(message, line=line, field=field)
    if -int(found.as_tuple().exponent) > _MOST_PLACES:
        raise InvalidInput(_n("This number has more than 100 decimal places."), line=line, field=field)
    return found


def not_negative(found: object, line: str | None, field: str) -> None:
    """Check a quantity, an amount put in or a weight: 0 or more."""
    figure = number(found, line, field)
    if figure < 0:
        message = _n("This must be 0 or more; it is %(found)s.")
        raise InvalidInput(message, line=line, field=field, found=f"{figure:f}")


def share(found: object, line: str | None, field: str) -> None:
    """Check a factor or a rate: a share from 0 (nothing) to 1 (all)."""
    figure = number(found, line, field)
    if not 0 <= figure <= 1:
        message = _n("This must lie between 0 and 100 percent; it is %(found)s percent.")
        with exactly():
            percent = (figure * 100).normalize()
        raise InvalidInput(message, line=line, field=field, found=f"{percent:f}")


def whole_years(found: object, line: str | None, field: str) -> None:
    """Check a duration or the number of a year: a whole number from 1."""
    if not isinstance(found, int) or isinstance(found, bool):
        message = _n("This must be a whole number of years; it is “%(found)s”.")
        raise InvalidInput(message, line=line, field=field, found=str(found))
    if not 1 <= found <= MOST_YEARS:
        message = _n("This must be at least 1 and at most %(most)s; it is %(found)s.")
        raise InvalidInput(message, line=line, field=field, found=str(found), most=str(MOST_YEARS))


def any_number(found: object, line: str | None, field: str) -> None:
    """Check a value, which may be negative for harm."""
    number(found, line, field)


def whole_number_of_years(found: object, line: str | None, field: str) -> None:
    """Check a duration that a range or a scenario gives as a decimal."""
    figure = number(found, line, field)
    whole_years(int(figure) if figure == figure.to_integral_value() else figure, line, field)


def key(found: str, field: str = "key") -> None:
    """Check a key: it becomes part of the name of a figure and of an address on the web."""
    if not _KEY.fullmatch(found):
        message = _n("A key is 1 to 64 letters, digits, hyphens or underscores; “%(found)s” is not.")
        raise InvalidInput(message, line=found, field=field, found=found)


def line_key(found: str) -> None:
    """Check the key of a line, which must not be the name of one of the account's own figures."""
    key(found)
    if found in RESERVED:
        message = _n("“%(found)s” is the name of one of the account's figures, so it cannot be the key of an outcome.")
        raise InvalidInput(message, line=found, field="key", found=found)


def unique(keys: Iterable[str]) -> None:
    """Check that no key stands twice."""
    seen: set[str] = set()
    for each in keys:
        if each in seen:
            raise InvalidInput(_n("The key “%(found)s” is used twice."), line=each, field="key", found=each)
        seen.add(each)

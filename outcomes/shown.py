"""How figures are written for the reader, in the reader's language: the last step before the page or the paper."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from outcomes.charts.figure import Voice
from outcomes.valuation import Figure, Unit, to_places

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def symbol(currency: str) -> str:
    """Return the sign of a currency, or its letters with a space where it has no sign here."""
    return _SYMBOLS.get(currency, f"{currency} ")


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount to the penny, half-up; below zero with a minus sign before the currency."""
    return _with_sign(amount, 2, symbol(currency))


def ratio(amount: Decimal | None, currency: str) -> str:
    """Return what one unit of currency put in is worth, to the penny."""
    return money(amount, currency)


def number(amount: Decimal | int | None, places: int = 4) -> str:
    """Return a number with separators and without zeros at its end."""
    if amount is None:
        return ""
    text = _with_sign(Decimal(amount), places, "")
    separator = number_format(Decimal("0.1"), decimal_pos=1)[1]
    return text.rstrip("0").rstrip(separator) if separator in text else text


def share(amount: Decimal | None) -> str:
    """Return a fraction of 1 as a percentage, to two places at most."""
    return "" if amount is None else f"{number(amount * 100, 2)}%"


def years(amount: Decimal | None) -> str:
    """Return a number of years in words."""
    if amount is None:
        return ""
    if amount == amount.to_integral_value():
        return ngettext("%(count)s year", "%(count)s years", int(amount)) % {"count": number(amount)}
    return _("%(count)s years") % {"count": number(amount, 2)}


def by_unit(amount: Decimal | None, unit: Unit, currency: str) -> str:
    """Return a figure as its unit asks."""
    if amount is None:
        return ""
    return _BY_UNIT[unit](amount, currency)


def figure(worked: Figure, currency: str) -> str:
    """Return the amount of a figure of the workings."""
    return by_unit(worked.amount, worked.unit, currency)


def voice(currency: str) -> Voice:
    """Return how a chart speaks to the reader."""
    return Voice(
        translate=_,
        money=partial(money, currency=currency),
        ratio=partial(ratio, currency=currency),
        share=share,
        number=number,
    )


def _with_sign(amount: Decimal | None, places: int, sign: str) -> str:
    if amount is None:
        return ""
    rounded = to_places(Decimal(amount), places)
    text = number_format(abs(rounded), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"−{sign}{text}" if rounded < 0 else f"{sign}{text}"


_BY_UNIT: dict[Unit, Callable[[Decimal, str], str]] = {
    Unit.MONEY: money,
    Unit.RATIO: ratio,
    Unit.SHARE: lambda amount, _currency: share(amount),
    Unit.YEARS: lambda amount, _currency: years(amount),
    Unit.QUANTITY: lambda amount, _currency: number(amount),
    Unit.FACTOR: lambda amount, _currency: number(amount, 6),
    Unit.POINTS: lambda amount, _currency: number(amount, 2),
    Unit.INDEX: lambda amount, _currency: number(amount),
}

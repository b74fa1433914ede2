"""How a figure is written for a person: rounded, with separators, by what it is a figure of."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from outcomes.valuation._money import exactly, to_places


class Unit(StrEnum):
    """What a figure is a figure of."""

    MONEY = "money"
    QUANTITY = "quantity"
    SHARE = "share"
    YEARS = "years"
    RATIO = "ratio"
    FACTOR = "factor"
    POINTS = "points"
    INDEX = "index"


def _places(amount: Decimal, places: int) -> str:
    return f"{to_places(amount, places):,f}"


def _at_most(amount: Decimal, places: int) -> str:
    """Return the amount without the noughts at its end."""
    whole, point, fraction = _places(amount, places).partition(".")
    return whole + (point + fraction).rstrip("0").rstrip(".")


def _percent(amount: Decimal) -> str:
    with exactly():
        return f"{_at_most(amount * 100, 2)}%"


_WRITTEN: Mapping[Unit, Callable[[Decimal], str]] = MappingProxyType(
    {
        Unit.MONEY: partial(_places, places=2),
        Unit.QUANTITY: partial(_at_most, places=4),
        Unit.SHARE: _percent,
        Unit.YEARS: partial(_at_most, places=2),
        Unit.RATIO: partial(_places, places=2),
        Unit.FACTOR: partial(_places, places=6),
        Unit.POINTS: partial(_at_most, places=2),
        Unit.INDEX: partial(_at_most, places=4),
    }
)


def shown(amount: Decimal, unit: Unit) -> str:
    """Return the figure as text: money to the penny without a currency, shares as percent, factors to six places."""
    return _WRITTEN[unit](amount).replace("-", "−")

"""One difference between two frozen documents, typed, and as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Plain = Mapping[str, Any]
Value = str | int | bool | None

RESULT = "result"
ORGANISATION = "organisation"
PRINCIPLES = "principles"


class Unit(StrEnum):
    """How a value is told to a reader."""

    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"
    ANSWER = "answer"
    YES_NO = "yes_no"
    DATE = "date"
    CODE = "code"
    """A name that says which: a price index, a period, another row."""
    WORDS = "words"
    """What somebody wrote: shortened around what is different."""


class Way(StrEnum):
    """What became of it."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


FIGURES = frozenset({Unit.MONEY, Unit.NUMBER, Unit.SHARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the later document says in another way than the earlier one. None: it was not said."""

    noun: str
    """The slug of the noun; or the result, the principles, the organisation."""
    ref: str
    called: str
    """What a person would call the row, in the account's own words."""
    aspect: str
    """Which part of that is meant, such as one of the four factors: marked for translation."""
    field: str
    """The name of the field; "" where the row itself came or went."""
    label: str
    """What the field is called: marked for translation."""
    unit: Unit
    way: Way
    before: Value
    after: Value

    @property
    def is_figure(self) -> bool:
        """Return whether it is a figure that differs, rather than an answer or words."""
        return self.unit in FIGURES

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return {name: value.value if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}


def from_plain(plain: Plain) -> Difference:
    """Return a difference that was kept as plain data."""
    return Difference(**{**plain, "unit": Unit(plain["unit"]), "way": Way(plain["way"])})

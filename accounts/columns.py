"""How a fact is declared: once, on the field of a noun, for every door.

Each noun of the vocabulary is a frozen dataclass whose fields are made by the functions below. What they say
(label, help, example, kind, bounds) is what the workbook, the forms, the JSON form, its schema and the manual are
made from, so none of them can drift from another.
"""

from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self


class Kind(StrEnum):
    """What sort of thing a column holds."""

    REF = "ref"
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    PERIOD = "period"
    LINK = "link"


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY, Kind.SHARE, Kind.WHOLE})
WORDS = frozenset({Kind.REF, Kind.TEXT, Kind.LONG_TEXT, Kind.LINK, Kind.PERIOD})


class Choice(StrEnum):
    """One of a few named answers: a stable value for machines, a label for people (marked for translation)."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What there is to know of one field of a noun."""

    name: str = ""
    label: str
    kind: Kind
    help: str = ""
    example: str = ""
    required: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    longest: int = 200
    choices: type[Choice] | None = None
    refers_to: tuple[str, ...] = ()
    """The slugs of the nouns whose ref this column may hold."""

    @property
    def blank(self) -> str | None:
        """What the column holds when nothing was entered: words are empty, figures are unknown."""
        return "" if self.kind in WORDS else None


class Noun:
    """Something an account is made of. Its rows have a ref, unique in the account for that noun ("S1", "O12")."""

    __slots__ = ()

    slug: ClassVar[str]
    title: ClassVar[str]
    singular: ClassVar[str]
    about: ClassVar[str]
    prefix: ClassVar[str]
    shown_by: ClassVar[str]
    """The column that a person would call the row by."""


def columns(noun: type[Noun]) -> tuple[Column, ...]:
    """Return the columns of a noun in the order in which they are declared."""
    declaring: Any = noun
    return _columns(declaring)


def column(noun: type[Noun], name: str) -> Column:
    """Return one column of a noun; KeyError if it has none of that name."""
    for each in columns(noun):
        if each.name == name:
            return each
    raise KeyError(name)


@cache
def _columns(noun: Any) -> tuple[Column, ...]:
    return tuple(_named(each.metadata["column"], each.name) for each in fields(noun))


def _named(declared: Column, name: str) -> Column:
    values = {each.name: getattr(declared, each.name) for each in fields(declared)}
    return Column(**{**values, "name": name})


def _field(column: Column) -> Any:
    default = MISSING if column.required else column.blank
    return field(default=default, metadata={"column": column})


def ref() -> Any:
    """Declare the code by which other rows name this one."""
    return _field(
        Column(
            label="Ref",
            kind=Kind.REF,
            required=True,
            longest=40,
            help="A short code of your own for this row, such as S1 or O2. Other rows use it to point here.",
        )
    )


def text(label: str, *, help: str = "", example: str = "", required: bool = False, longest: int = 200) -> Any:
    """Declare a line of words."""
    return _field(Column(label=label, kind=Kind.TEXT, help=help, example=example, required=required, longest=longest))


def long_text(label: str, *, help: str = "", example: str = "", longest: int = 5_000) -> Any:
    """Declare as many words as it takes."""
    return _field(Column(label=label, kind=Kind.LONG_TEXT, help=help, example=example, longest=longest))


def number(label: str, *, help: str = "", example: str = "", minimum: int | None = 0) -> Any:
    """Declare a quantity: any number, by default not below zero."""
    low = None if minimum is None else Decimal(minimum)
    return _field(Column(label=label, kind=Kind.NUMBER, help=help, example=example, minimum=low))


def money(label: str, *, help: str = "", example: str = "", minimum: int | None = None) -> Any:
    """Declare an amount in the account's currency; below zero it is a harm."""
    low = None if minimum is None else Decimal(minimum)
    return _field(Column(label=label, kind=Kind.MONEY, help=help, example=example, minimum=low))


def share(label: str, *, help: str = "", example: str = "") -> Any:
    """Declare a share of the whole: held as a fraction of 1, typed and shown as a percentage from 0 % to 100 %."""
    return _field(
        Column(label=label, kind=Kind.SHARE, help=help, example=example, minimum=Decimal(0), maximum=Decimal(1))
    )


def whole(label: str, *, help: str = "", example: str = "", minimum: int = 0, maximum: int = 1_000_000_000) -> Any:
    """Declare a whole number."""
    return _field(
        Column(
            label=label,
            kind=Kind.WHOLE,
            help=help,
            example=example,
            minimum=Decimal(minimum),
            maximum=Decimal(maximum),
        )
    )


def yes_no(label: str, *, help: str = "", required: bool = False) -> Any:
    """Declare a question answered yes, no or not yet."""
    return _field(Column(label=label, kind=Kind.YES_NO, help=help, required=required))


def choice(label: str, choices: type[Choice], *, help: str = "", required: bool = False) -> Any:
    """Declare a question with a few named answers."""
    return _field(Column(label=label, kind=Kind.CHOICE, help=help, choices=choices, required=required))


def date(label: str, *, help: str = "", example: str = "") -> Any:
    """Declare a day."""
    return _field(Column(label=label, kind=Kind.DATE, help=help, example=example))


def period(label: str, *, help: str = "", example: str = "2024-25") -> Any:
    """Declare the period whose prices are meant: a financial year ("2024-25") or a calendar year ("2024")."""
    return _field(Column(label=label, kind=Kind.PERIOD, help=help, example=example, longest=7))


def link(label: str, *, help: str = "", example: str = "") -> Any:
    """Declare a web address, http or https."""
    return _field(Column(label=label, kind=Kind.LINK, help=help, example=example, longest=500))


def points_to(label: str, *slugs: str, help: str = "", required: bool = False) -> Any:
    """Declare the ref of another row in the same account, of one of these nouns."""
    return _field(Column(label=label, kind=Kind.REF, help=help, required=required, longest=40, refers_to=tuple(slugs)))

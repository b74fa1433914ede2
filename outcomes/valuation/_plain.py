"""Figures as plain data: decimals as strings, unrounded, in an order that does not change. Ready for JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def plain_number(amount: Decimal) -> str:
    """Return the number as digits: no exponent, no noughts at the end, no minus zero, nothing rounded."""
    digits = f"{amount:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def plain(found: object) -> Plain:
    """Return frozen facts or results as plain data; a dataclass becomes an object of its fields in their order."""
    if isinstance(found, Decimal):
        return plain_number(found)
    if isinstance(found, Enum):
        return str(found.value)
    if found is None or isinstance(found, str | int):
        return found
    if is_dataclass(found):
        return {each.name: plain(getattr(found, each.name)) for each in fields(found)}
    if isinstance(found, Mapping):
        return {str(key): plain(found[key]) for key in sorted(found)}
    if isinstance(found, list | tuple):
        return [plain(each) for each in found]
    raise TypeError(f"{type(found).__name__} has no plain form")

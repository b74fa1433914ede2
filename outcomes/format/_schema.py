"""A JSON Schema (2020-12) of the JSON form, made from the declarations of the nouns.

It says all that one value can be checked for by itself. What takes more than one cell (a pointer that leads nowhere, a
range that does not run up) is checked when the document is read: see `outcomes.coherence`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from accounts import parsing
from accounts.columns import Column, Kind, Noun, columns
from accounts.nouns import AccountDetails
from outcomes.format._head import ATTRIBUTION, DURATION, SCHEMA_VERSION, VERSION
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import ROWS, Outcome, attribute

Schema = dict[str, Any]

_DECIMALS = rf"(\.[0-9]{{1,{parsing.DECIMAL_PLACES}}}0*)?"
_NUMBER = rf"(0|[1-9][0-9]{{0,{parsing.WHOLE_DIGITS - 1}}}){_DECIMALS}"
_SHARE = rf"^(0(\.[0-9]{{1,{parsing.SHARE_PLACES}}}0*)?|1(\.0+)?)$"
_BELOW_ZERO_TOO = rf"^(?!-[0.]+$)-?{_NUMBER}$"
_FROM_ZERO = rf"^{_NUMBER}$"
_YEARS = "(19|20|21)[0-9]{2}"


def json_schema() -> Schema:
    """Return the schema of a document of this version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:socialvalue:account:{SCHEMA_VERSION}",
        "title": "Account of social value",
        "type": "object",
        "additionalProperties": False,
        "required": [VERSION, ATTRIBUTION, DURATION, AccountDetails.slug],
        "properties": {
            VERSION: {"const": SCHEMA_VERSION},
            ATTRIBUTION: {"enum": [each.value for each in AttributionDialect]},
            DURATION: {"enum": [each.value for each in DurationDialect]},
            AccountDetails.slug: _row(AccountDetails),
            **{attribute(noun): _rows(noun) for noun in ROWS},
        },
        **_no_duration_of_no_years(),
    }


def _no_duration_of_no_years() -> Schema:
    """Return the rule that 0 years are an answer only where years after the activity are counted."""
    at_least_one = {"properties": {"duration": {"minimum": 1}}}
    return {
        "if": {"properties": {DURATION: {"const": DurationDialect.FIRST_YEAR_OF_BENEFIT.value}}},
        "then": {"properties": {attribute(Outcome): {"items": at_least_one}}},
    }


def _rows(noun: type[Noun]) -> Schema:
    return {"title": noun.title, "description": noun.about, "type": ["array", "null"], "items": _row(noun)}


def _row(noun: type[Noun]) -> Schema:
    return {
        "title": noun.singular,
        "type": "object",
        "additionalProperties": False,
        "required": [each.name for each in columns(noun) if each.required],
        "properties": {each.name: _named(noun, each) for each in columns(noun)},
    }


def _named(noun: type[Noun], column: Column) -> Schema:
    described = {"title": column.label, **({"description": column.help} if column.help else {})}
    value = _SHAPES[column.kind](column)
    if (noun, column.name) == (Outcome, "duration"):
        value["minimum"] = 0
    return {**described, **(value if column.required else _or_blank(column, value))}


def _or_blank(column: Column, value: Schema) -> Schema:
    """Return the shape of a value that may be left out: null says so too, and so do empty words."""
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    if column.blank == "" and "pattern" in value:
        value["pattern"] = f"^$|{value['pattern']}"
    return {**value, "type": [value["type"], "null"]}


def _ref(column: Column) -> Schema:
    return {"type": "string", "maxLength": column.longest, "pattern": f"^{parsing.REF_PATTERN}$"}


def _words(column: Column) -> Schema:
    return {"type": "string", "maxLength": column.longest, **({"pattern": r"\S"} if column.required else {})}


def _number(column: Column) -> Schema:
    """Return the shape of a decimal in a string. A range other than "0 or more" would need a pattern of its own."""
    return {"type": "string", "pattern": _BELOW_ZERO_TOO if column.minimum is None else _FROM_ZERO}


def _share(_column: Column) -> Schema:
    return {"type": "string", "pattern": _SHARE}


def _whole(column: Column) -> Schema:
    return {"type": "integer", "minimum": int(column.minimum or 0), "maximum": int(column.maximum or 0)}


def _yes_no(_column: Column) -> Schema:
    return {"type": "boolean"}


def _choice(column: Column) -> Schema:
    return {"enum": [option.value for option in column.choices or ()]}


def _date(_column: Column) -> Schema:
    return {"type": "string", "format": "date", "pattern": f"^{_YEARS}-[0-9]{{2}}-[0-9]{{2}}$"}


def _period(_column: Column) -> Schema:
    return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2})?$"}


def _link(column: Column) -> Schema:
    return {"type": "string", "maxLength": column.longest, "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*\s*$"}


_SHAPES: Mapping[Kind, Callable[[Column], Schema]] = {
    Kind.REF: _ref,
    Kind.TEXT: _words,
    Kind.LONG_TEXT: _words,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.SHARE: _share,
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.LINK: _link,
}

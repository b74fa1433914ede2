"""An account as JSON: canonical, so that equal facts give equal bytes."""

import json
from decimal import Decimal
from typing import Any

from accounts import parsing
from accounts.columns import Choice, Noun, columns
from accounts.nouns import AccountDetails
from outcomes.format._head import ATTRIBUTION, DURATION, SCHEMA_VERSION, VERSION
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import ROWS, Facts, attribute, rows


def to_plain(facts: Facts) -> dict[str, Any]:
    """Return the account as JSON-ready data, keys in the order in which they are declared.

    Decimals are plain strings, whole numbers are numbers, dates are ISO dates, choices are their values. What is blank
    is left out; every noun is there, with an empty list if it has no rows.
    """
    return {
        VERSION: SCHEMA_VERSION,
        ATTRIBUTION: AttributionDialect.DUE_TO_OTHERS.value,
        DURATION: DurationDialect.FIRST_YEAR_OF_BENEFIT.value,
        AccountDetails.slug: _plain_row(facts.account),
        **{attribute(noun): [_plain_row(row) for row in rows(facts, noun)] for noun in ROWS},
    }


def dumps(facts: Facts) -> bytes:
    """Return the account as canonical JSON: UTF-8, keys sorted, no spaces, a line end. Equal facts give equal bytes."""
    text = json.dumps(to_plain(facts), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _plain_row(row: Noun) -> dict[str, Any]:
    held = ((each, getattr(row, each.name)) for each in columns(type(row)))
    return {each.name: _plain_value(value) for each, value in held if value != each.blank}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, Decimal):
        return parsing.plain(value)
    return value if isinstance(value, bool | int | str) else value.isoformat()

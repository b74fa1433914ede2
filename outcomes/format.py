"""The JSON form of an account: strict on the way in, canonical on the way out (pure). See docs/account-format.md."""

from typing import Any

from outcomes.nouns import Facts

SCHEMA_VERSION = 1


def to_plain(facts: Facts) -> dict[str, Any]:
    """Return the account as JSON-ready data: decimals as plain strings, ISO dates, what is blank left out."""
    return {"schema_version": SCHEMA_VERSION, "account": {"name": facts.account.name}}

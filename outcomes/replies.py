"""The right of reply: what a group is shown of the account, and the codes with which its people reply (pure).

What is shown is frozen as canonical JSON when a round opens. It holds the account's own words and figures, unrounded;
the page turns them into sentences. Of a code only its hash is kept: whoever reads the tables cannot reply.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts import typed_codes
from accounts.parsing import plain
from accounts.typed_codes import ALPHABET, LENGTH, may_be_one, meant
from outcomes.counting import LeftOut, left_out
from outcomes.nouns import Facts, Outcome, Valuation
from stakeholders.nouns import FEWEST_CODES, MOST_CODES, Involvement, Stakeholder

SCHEMA_VERSION = 1

Plain = Mapping[str, Any]


# --- What is shown ------------------------------------------------------------------------------------------------


def shown(facts: Facts, group: str, organisation: str) -> dict[str, Any]:
    """Return all that a group is shown: whose account it is, and what it says of them."""
    return {"schema_version": SCHEMA_VERSION, "organisation": organisation, "told": told(facts, group)}


def told(facts: Facts, group: str) -> dict[str, Any]:
    """Return what the account says of a group: how it was asked, and what changed for it. `group` is its ref."""
    theirs = next(each for each in facts.stakeholders if each.ref == group)
    unasked = {each.outcome.ref: each for each in left_out(facts)}
    worth = {each.outcome: each for each in reversed(facts.valuations)}
    return {
        "account": {
            "name": facts.account.name,
            "activity": facts.account.activity,
            "currency": facts.account.currency,
            "period_start": _day(facts.account.period_start),
            "period_end": _day(facts.account.period_end),
        },
        "group": {"name": theirs.name, "description": theirs.description},
        "asked": [_occasion(each) for each in facts.involvement if each.stakeholder == group],
        "changes": [
            _change(facts, theirs, each, worth.get(each.ref), unasked.get(each.ref))
            for each in facts.outcomes
            if each.stakeholder == group
        ],
    }


def told_sha256(facts: Facts, group: str) -> str:
    """Return the fingerprint of what the account says of a group."""
    return _sha256(canonical(told(facts, group)))


def canonical(document: Plain) -> str:
    """Return the one text of a document: keys in order, no spaces, characters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def may_reply(facts: Facts) -> tuple[Stakeholder, ...]:
    """Return the groups that a round can be opened for: those that were asked, and are not so few as to be known."""
    return tuple(each for each in facts.stakeholders if _asked(facts, each.ref) and codes_for(facts, each.ref))


def codes_for(facts: Facts, group: str) -> int:
    """Return how many codes a group wants: one for each who took part; 0 if so few did that each would be known.

    Where nobody wrote down how many took part, the fewest that there can be.
    """
    counts = [each.took_part for each in _asked(facts, group) if each.took_part is not None]
    most = max(counts, default=FEWEST_CODES)
    return min(most, MOST_CODES) if most >= FEWEST_CODES else 0


def _asked(facts: Facts, group: str) -> list[Involvement]:
    return [each for each in facts.involvement if each.stakeholder == group]


def _occasion(row: Involvement) -> dict[str, Any]:
    return {
        "how": row.method,
        "when": _day(row.held_on),
        "took_part": row.took_part,
        "out_of": row.out_of,
        "said_negative": row.said_negative,
        "learned": row.learned,
    }


def _change(
    facts: Facts, group: Stakeholder, row: Outcome, worth: Valuation | None, unasked: LeftOut | None
) -> dict[str, Any]:
    part = next((each for each in facts.subgroups if each.ref == row.subgroup), None) if row.subgroup else None
    people = row.quantity_unit.strip().casefold() in ("", "people", group.name.strip().casefold())
    return {
        "name": row.name,
        "description": row.description,
        "direction": row.direction.value if row.direction else "",
        "part": part.name if part else "",
        "quantity": _figure(row.quantity),
        "unit": "" if people else row.quantity_unit,
        "out_of": (part.size if part else group.size) if people else None,
        "points": _figure(worth.weight if worth else None),
        "worth": _figure(worth.value if worth else None),
        "proxy": worth.proxy if worth else "",
        "left_out": unasked.why.value if unasked else "",
        "left_out_because": unasked.reason if unasked else "",
    }


def _figure(figure: Decimal | None) -> str:
    return "" if figure is None else plain(figure)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


# --- Codes --------------------------------------------------------------------------------------------------------


def new_code() -> str:
    """Return a code that nobody can guess, for it has 60 bits, and that says nothing."""
    return "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))


def tidy(typed: str) -> str:
    """Return a code as we write it, however somebody typed it."""
    return typed_codes.shown(meant(typed))


def code_hash(typed: str) -> str:
    """Return what is kept of a code, however somebody wrote it; what can be no code gives what no code has."""
    code = meant(typed)
    return _sha256(code) if may_be_one(code) else ""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""What a snapshot says: all that a report, an assurer or a verifier needs, as canonical JSON with a SHA-256 (pure).

Everything after freezing reads this document, never the live tables. Figures are strings, unrounded. A document says in
which schema version it is written; a reader that does not know the version refuses it rather than guess.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from outcomes import format as account_format
from outcomes.counting import left_out
from outcomes.nouns import Facts
from outcomes.principles import Finding, Readiness, co_production
from outcomes.valuation import Workings

SCHEMA = "social-value-snapshot"
SCHEMA_VERSION = 1
DRAFT = "draft"
SUBMITTED = "submitted"

Plain = Mapping[str, Any]


class UnknownDocument(ValueError):
    """The document is not a snapshot, or not in a version that this program reads."""


def content(
    *,
    facts: Facts,
    workings: Workings,
    tested: Plain,
    findings: tuple[Finding, ...],
    readiness: tuple[Readiness, ...],
    organisation: Plain,
    account_id: str,
) -> dict[str, Any]:
    """Return all that is frozen, apart from when and by whom. `tested` is how far the result would move, plain."""
    return {
        "account_id": account_id,
        "organisation": dict(organisation),
        "account": account_format.to_plain(facts),
        "workings": workings.as_plain(),
        "sensitivity": dict(tested),
        "findings": [_finding(each) for each in findings],
        "readiness": [_readiness(each) for each in readiness],
        "co_production": [
            {
                "statement": each.statement.value,
                "extent": each.extent.value if each.extent else None,
                "explanation": each.explanation,
                "evidence": each.evidence,
                "listed": [piece.ref for piece in each.listed],
            }
            for each in co_production(facts)
        ],
        "left_out": [
            {"outcome": each.outcome.ref, "why": each.why.value, "reason": each.reason} for each in left_out(facts)
        ],
    }


def frozen(
    content: Plain,
    *,
    number: int,
    taken_at: dt.datetime,
    taken_by: str,
    submission: Plain | None = None,
    since: Plain | None = None,
) -> dict[str, Any]:
    """Return the document: the content, with its number, when it was frozen and by whom. `taken_at` is kept in UTC.

    `submission` says who submitted it and in whose name, if it was frozen for that; `since` what changed from the one
    that was published before it (`differences.since`), if one was.
    Raises ValueError for a time without a zone, which would mean another moment on another machine.
    """
    if taken_at.tzinfo is None:
        raise ValueError("the moment of freezing has no time zone")
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        **({"status": DRAFT} if submission is None else {"status": SUBMITTED, "submission": dict(submission)}),
        "number": number,
        "taken_at": taken_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "taken_by": taken_by,
        **({} if since is None else {"since": dict(since)}),
        "content": content,
    }


def canonical(document: Plain) -> str:
    """Return the one text of a document: keys in order, no spaces, characters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of a text in UTF-8, or of bytes, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def parsed(text: str) -> dict[str, Any]:
    """Return a document from its text. Raises UnknownDocument for anything but a snapshot in a known version."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnknownDocument("not JSON") from fault
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UnknownDocument("not a snapshot of an account of social value")
    version = document.get("schema_version")
    if type(version) is not int or version != SCHEMA_VERSION:  # True equals 1, and 1.0 does
        raise UnknownDocument(f"schema version {version!r} is not known")
    return document


def same_content(text: str, content: Plain) -> bool:
    """Return whether a frozen document holds just this content, whenever and by whomever it was frozen."""
    return canonical(parsed(text)["content"]) == canonical(content)


def fingerprint(content: Plain) -> str:
    """Return the SHA-256 of what somebody read before it is frozen.

    How far the result would move is left out: it follows from the rest, and takes long to work out.
    """
    return sha256(canonical({name: part for name, part in content.items() if name != "sensitivity"}))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "principle": finding.principle,
        "check": finding.check,
        "status": finding.status.value,
        "message": finding.message,
        "params": {name: str(value) for name, value in finding.params.items()},
        "reason": finding.reason,
        "stops": finding.stops,
        "items": [
            {
                "noun": item.noun,
                "ref": item.ref,
                "field": item.field,
                "called": item.called,
                "aspect": item.aspect,
                "reason": item.reason,
            }
            for item in finding.items
        ],
    }


def _readiness(standing: Readiness) -> dict[str, Any]:
    return {
        "principle": standing.principle.number,
        "title": standing.principle.title,
        "status": standing.status.value,
        "message": standing.message,
        "params": {name: str(value) for name, value in standing.params.items()},
    }

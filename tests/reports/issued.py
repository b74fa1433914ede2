"""Signed statements as a report is told of them (`queries.issued`), made without a database."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.nouns import Edition
from outcomes.nouns import Facts
from reports import document, statement
from tests.reports.frozen import WHEN, content_of

SIGNED_AT = dt.datetime(2026, 11, 24, 15, 5, tzinfo=dt.UTC)
SUBMISSION = {"number": 1, "by": "Gwen Pritchard", "in_the_name_of": "Cinio Ogwen", "alone": False}
FINDINGS: Mapping[int, tuple[str, str, str]] = {
    1: ("met", "Members, volunteers and families were asked, and each group shaped what is measured.", ""),
    2: ("met", "Each change has an indicator with a reading before and after, and harm was asked for by name.", ""),
    3: (
        "recommendation",
        "The price of a befriending visit stands in for company; members agreed that it comes close.",
        "Ask members again next year whether the price of a befriending visit is still close to what lunch is worth.",
    ),
    4: ("met", "What was left out is listed with a reason that a reader can judge.", ""),
    5: (
        "recommendation",
        "Deadweight rests on what members said; there is no group without the club to compare them with.",
        "Look for a comparison from outside the club, such as the regional survey of people over 65.",
    ),
    6: ("met", "Every figure has a source, and the plan to report back has a date.", ""),
    7: ("met", "Members saw the result in May and talked about it.", ""),
}


def submitted_of(facts: Facts, **organisation: str) -> dict[str, Any]:
    """Return the frozen document of an account that was submitted."""
    content = content_of(facts, **organisation)
    return document.frozen(content, number=1, taken_at=WHEN, taken_by="Gwen Pritchard", submission=SUBMISSION)


def issued_on(frozen: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    """Return a signed statement on a frozen document; `given` are facts of its record that differ."""
    told = statement.drafted(record_on(frozen, **given))
    return {
        "document": told,
        "sha256": document.sha256(document.canonical(told)),
        "signed_at": SIGNED_AT.isoformat(timespec="seconds"),
        "signed_by": told["assurer"],
    }


def record_on(frozen: Mapping[str, Any], **given: Any) -> statement.Record:
    """Return the record of an engagement in which two principles were met with a recommendation."""
    content = frozen["content"]
    said: dict[str, Any] = {
        "organisation": content["organisation"]["name"],
        "account": content["account"]["account"]["name"],
        "snapshot_number": frozen["number"],
        "snapshot_sha256": document.sha256(document.canonical(frozen)),
        "submitted_by": "Gwen Pritchard",
        "assurer": "Dr Siân Rowlands",
        "assigned_by": "Huw Morgan",
        "level": "independent",
        "edition": Edition.SEVEN.value,
        "independence": "I have never worked for Cinio Ogwen, nor has anybody close to me.",
        "interests": "My aunt ate at the club twice in 2019.",
        "judged": judged(),
        "evidence": 11,
        "seed": 48213,
        "sampled": 8,
        "agreed": 7,
        "differed": 0,
        "not_seen": 1,
        "questions": 3,
        "figures_differing": 0,
        "conclusion": "assured_with_recommendations",
        "summary": "A careful account that claims less than it could. Two of its judgements deserve a second look.",
        "valid_until": dt.date(2027, 11, 30),
    }
    return statement.Record(**said | given)


def judged(**of_all: str) -> tuple[statement.Judged, ...]:
    """Return the verdicts on the seven principles; `of_all` is said of each of them."""
    return tuple(
        statement.Judged(
            **{"principle": number, "verdict": verdict, "finding": finding, "recommendation": advice} | of_all
        )
        for number, (verdict, finding, advice) in FINDINGS.items()
    )

"""Frozen documents to draw reports from, made without a database."""

import datetime as dt
from typing import Any

from outcomes.nouns import Facts
from outcomes.queries import appraise, tested
from reports import document

WHEN = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
ORGANISATION = {
    "name": "Cinio Ogwen",
    "slug": "cinio-ogwen",
    "type": "voluntary",
    "purpose": "More company, better food and a longer independent life for older people in the valley.",
    "reinvested_share": "1",
}


def content_of(facts: Facts, **organisation: str) -> dict[str, Any]:
    """Return what is frozen of an account."""
    held = appraise(facts)
    assert held.workings is not None, held.trouble
    return document.content(
        facts=held.facts,
        workings=held.workings,
        tested=tested(held.workings),
        findings=held.findings,
        readiness=held.readiness,
        organisation=ORGANISATION | organisation,
        account_id="6f1c0a52-6d0e-4b0a-9a53-1f6f1c0a5200",
    )


def frozen_of(facts: Facts, **organisation: str) -> dict[str, Any]:
    """Return the frozen document of an account."""
    return document.frozen(content_of(facts, **organisation), number=1, taken_at=WHEN, taken_by="Mair Elis")

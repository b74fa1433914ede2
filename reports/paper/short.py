"""What the short editions say beside the report that they are taken from: its limits, and where the whole of it is."""

from typing import Any

from reports import codes, document
from reports.paper import _verify
from reports.paper._frozen import Plain, read
from reports.paper._words import shortened
from reports.statement import drawn_from

LONGEST_LIMITS = (520, 320, 200)
"""How many letters of the limitations there is room for, by how little room is left."""


def summary(frozen_document: Plain, *, statement: Plain | None, fit: int) -> dict[str, Any]:
    """Return what stands at the end of the two pages. `fit` says how little room there is: 0, 1 or 2."""
    frozen = read(frozen_document)
    limits = " ".join(frozen.facts.account.limitations.split())
    return {"limits": shortened(limits, LONGEST_LIMITS[fit]), "full": full(frozen_document, statement=statement)}


def full(frozen_document: Plain, *, statement: Plain | None) -> dict[str, Any]:
    """Return the code of the full report that a short edition belongs to, and the page that tells of it."""
    sha256 = document.sha256(document.canonical(frozen_document))
    found = _verify.verify(drawn_from(sha256, statement), codes.FULL)
    return {"code": found["code"], "page": found["page"]}

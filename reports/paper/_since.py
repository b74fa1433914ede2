"""What changed since the report that this one takes the place of: read from the frozen document alone."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from reports.differences import Unit, from_plain
from reports.paper._frozen import Plain
from reports.paper.compared import grouped

MOST = 60
"""How many figures and answers are told on paper; the rest is in the attached document."""
PART = "since"
_AFTER = "sensitivity"


def since(frozen_document: Plain) -> dict[str, Any] | None:
    """Return what a report says of the one before it; None where none was published before."""
    kept = frozen_document.get("since")
    if kept is None:
        return None
    found = [from_plain(each) for each in kept["differences"]]
    told = [each for each in found if each.unit is not Unit.WORDS]
    currencies = (kept["currency"], frozen_document["content"]["account"]["account"]["currency"])
    return {
        "title": _("What changed since report %(number)s") % {"number": kept["number"]},
        "number": kept["number"],
        "sha256": kept["sha256"],
        "taken_at": dt.datetime.fromisoformat(kept["taken_at"]),
        "groups": grouped(told[:MOST], currencies),
        "more": max(len(told) - MOST, 0),
        "words": len(found) - len(told),
        "count": len(found),
    }


def with_part(contents: list[dict[str, str]], told: dict[str, Any] | None) -> list[dict[str, str]]:
    """Return the contents of a report, with this part in its place if there is one."""
    if told is None:
        return contents
    at = next(place for place, each in enumerate(contents, start=1) if each["id"] == _AFTER)
    return [*contents[:at], {"id": PART, "title": told["title"]}, *contents[at:]]

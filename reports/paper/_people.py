"""Who is affected, how they were asked, and what was put in and done."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from outcomes import shown
from outcomes.counting import worth_of
from reports.paper._frozen import Frozen, added, decimal
from reports.paper._words import amount, day, is_long, of_how_many, said
from stakeholders.nouns import Consideration, Input, Involvement, Subgroup


def groups(frozen: Frozen) -> Iterator[dict[str, Any]]:
    """Yield every group that was considered, with its subgroups and the occasions on which it was asked."""
    subgroups: dict[str, list[Subgroup]] = defaultdict(list)
    occasions: dict[str, list[Involvement]] = defaultdict(list)
    for part in frozen.facts.subgroups:
        subgroups[part.stakeholder].append(part)
    for occasion in frozen.facts.involvement:
        occasions[occasion.stakeholder].append(occasion)
    for row in frozen.facts.stakeholders:
        yield {
            "row": row,
            "decision": said(row.decision, _("Not decided")),
            "included": row.decision is Consideration.INCLUDED,
            "subgroups": subgroups[row.ref],
            "occasions": [_occasion(each) for each in occasions[row.ref]],
        }


def _occasion(row: Involvement) -> dict[str, Any]:
    return {
        "how": row.method,
        "when": day(row.held_on),
        "took_part": of_how_many(row.took_part, row.out_of) or _("not said"),
        "shaped": "; ".join(_shaped(row)),
        "learned": row.learned,
        "asked_negative": row.asked_negative,
        "said_negative": row.said_negative,
        "is_long": is_long(row.learned + row.said_negative),
    }


def _shaped(row: Involvement) -> Iterator[str]:
    """Yield what people shaped on an occasion."""
    if row.informed_what:
        yield _("which changes count")
    if row.informed_how:
        yield _("how change is measured")
    if row.informed_value:
        yield _("what changes are worth")
    if row.informed_cause:
        yield _("what would have happened anyway")
    if row.saw_results:
        yield _("saw and discussed the result")


def inputs(frozen: Frozen) -> dict[str, Any]:
    """Return what was put in, with both totals; what it is worth today only where some of it came later."""
    today = {key: decimal(value) for key, value in frozen.content["workings"]["discounted_inputs"].items()}
    entered = added(worth_of(row) for row in frozen.facts.inputs)
    total = frozen.totals["total_inputs"]
    return {
        "rows": [
            {
                "what": row.description,
                "kind": said(row.kind),
                "group": frozen.groups.get(row.stakeholder, ""),
                "source": row.source,
                "year": row.year or 1,
                "hours": _hours(row, frozen.currency),
                "worth": amount(worth_of(row), frozen.currency),
                "today": amount(today.get(row.ref), frozen.currency),
            }
            for row in frozen.facts.inputs
        ],
        "has_worth": any(worth_of(row) is not None for row in frozen.facts.inputs),
        "is_discounted": entered != total,
        "entered": amount(entered, frozen.currency),
        "total": amount(total, frozen.currency),
    }


def _hours(row: Input, currency: str) -> str:
    """Return how many hours were given, and what an hour is worth: "620 hours at £12.60"."""
    if row.hours is None:
        return ""
    hours = shown.number(row.hours)
    if row.hourly_rate is None:
        return _("%(hours)s hours") % {"hours": hours}
    return _("%(hours)s hours at %(rate)s") % {"hours": hours, "rate": shown.money(row.hourly_rate, currency)}


def outputs(frozen: Frozen) -> list[dict[str, str]]:
    """Return what was done, counted."""
    return [
        {
            "what": row.description,
            "group": frozen.groups.get(row.stakeholder, ""),
            "many": _counted(row.quantity, row.unit),
            "source": row.source,
        }
        for row in frozen.facts.outputs
    ]


def _counted(quantity: Decimal | None, unit: str) -> str:
    return " ".join(part for part in (shown.number(quantity), unit) if part) or _("not counted")

"""How sure the result is: its range, what moves it most, and how far each assumption is from break-even."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from outcomes import pictures, shown
from reports.paper._frozen import Frozen, Plain, decimal

MOST_NEAREST = 10


def ends(frozen: Frozen) -> dict[str, Decimal] | None:
    """Return the ratio with every stated range at its cautious end, and at its hopeful end; None without ranges."""
    low = decimal(frozen.tested["pessimistic"]["ratio"])
    high = decimal(frozen.tested["optimistic"]["ratio"])
    if low is None or high is None or low == high:
        return None
    return {"low": low, "high": high}


def nearest_to_break_even(frozen: Frozen) -> list[dict[str, str]]:
    """Return the assumptions with a figure at which value just equals cost, the one with the least way to go first."""
    reached = [each for each in frozen.tested["break_even"] if each["figure"] is not None]
    reached.sort(key=_way)
    names = {row.ref: row.name for row in frozen.facts.outcomes}
    return [_break_even(each, names, frozen) for each in reached[:MOST_NEAREST]]


def _way(found: Plain) -> Decimal:
    """Return how far the figure would have to move, as a share of itself; last where it stands at 0."""
    change = decimal(found["change"])
    return Decimal("Infinity") if change is None else abs(change)


def _break_even(found: Plain, names: Mapping[str, str], frozen: Frozen) -> dict[str, str]:
    voice, change = frozen.voice, decimal(found["change"])
    return {
        "label": pictures.assumption_words(found["line"], found["assumption"], names, voice),
        "central": pictures.assumption_figure(found["assumption"], found["central"], voice),
        "figure": pictures.assumption_figure(found["assumption"], found["figure"], voice),
        "change": "" if change is None else _change(change),
    }


def _change(change: Decimal) -> str:
    share = shown.share(abs(change))
    return _("%(share)s more") % {"share": share} if change > 0 else _("%(share)s less") % {"share": share}


def scenarios(frozen: Frozen) -> list[dict[str, Any]]:
    """Return each named scenario with its ratio."""
    return [
        {
            "name": each["scenario"]["name"],
            "ratio": frozen.voice.ratio(Decimal(each["ratio"])) if each["ratio"] is not None else _("no ratio"),
            "present_value": shown.money(Decimal(each["total_present_value"]), frozen.currency),
        }
        for each in frozen.tested["scenarios"]
    ]

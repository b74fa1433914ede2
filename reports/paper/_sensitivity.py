"""How sure the result is: its range, what moves it most, and how far each assumption is from break-even."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from outcomes import pictures, shown
from reports.paper._frozen import Frozen, Plain, added, decimal
from reports.paper._words import amount

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


def way(found: Plain) -> str:
    """Return how far an assumption is from break-even, as a share of itself; nothing where it has no such figure."""
    change = decimal(found["change"])
    return "" if change is None or found["figure"] is None else _change(change)


def _change(change: Decimal) -> str:
    share = shown.share(abs(change))
    return _("%(share)s more") % {"share": share} if change > 0 else _("%(share)s less") % {"share": share}


def scenarios(frozen: Frozen) -> list[dict[str, Any]]:
    """Return what the account comes to as it stands, with all ranges at either end, and in each named scenario."""
    return [
        _as_it_stands(frozen),
        *_both_ends(frozen),
        *(_scenario(frozen, each) for each in frozen.tested["scenarios"]),
    ]


def _case(frozen: Frozen, name: str, plain: Plain, *, difference: str | None, changes: str = "") -> dict[str, str]:
    present, put_in = Decimal(plain["total_present_value"]), Decimal(plain["total_inputs"])
    ratio, moved = decimal(plain["ratio"]), decimal(difference)
    return {
        "name": name,
        "changes": changes,
        "put_in": amount(put_in, frozen.currency),
        "present_value": amount(present, frozen.currency),
        "net": amount(added((present, -put_in)), frozen.currency),
        "ratio": _("no ratio") if ratio is None else frozen.voice.ratio(ratio),
        "difference": "–" if moved is None else ("+" if moved > 0 else "") + frozen.voice.ratio(moved),
    }


def _as_it_stands(frozen: Frozen) -> dict[str, str]:
    central = frozen.content["workings"]["totals"]
    return _case(frozen, _("As it stands: the central figures"), central, difference=None)


def _both_ends(frozen: Frozen) -> Iterator[dict[str, str]]:
    """Yield the cautious and the hopeful end, where any range is stated."""
    central, found = frozen.totals["ratio"], ends(frozen)
    if found is None or central is None:
        return
    for name, end, each in (
        (_("Every stated range at its cautious end"), "low", frozen.tested["pessimistic"]),
        (_("Every stated range at its hopeful end"), "high", frozen.tested["optimistic"]),
    ):
        yield _case(frozen, name, each, difference=str(added((found[end], -central))))


def _scenario(frozen: Frozen, plain: Plain) -> dict[str, str]:
    names = {row.ref: row.name for row in frozen.facts.outcomes}
    changes = [
        _("%(assumption)s becomes %(figure)s")
        % {
            "assumption": pictures.assumption_words(each["line"], each["assumption"], names, frozen.voice),
            "figure": pictures.assumption_figure(each["assumption"], each["figure"], frozen.voice),
        }
        for each in plain["scenario"]["changes"]
    ]
    return _case(frozen, plain["scenario"]["name"], plain, difference=plain["difference"], changes="; ".join(changes))


def spread(frozen: Frozen) -> dict[str, Any] | None:
    """Return what many runs over the stated ranges came to, and how to repeat them; None where none were made."""
    drawn = frozen.tested["spread"]
    if not drawn["ranges"] or drawn["why_undefined"]:
        return None
    voice = frozen.voice
    return {
        "rows": [
            *(
                {
                    "name": _("%(count)s of 100 runs fall below") % {"count": each["percent"]},
                    "figure": voice.ratio(Decimal(each["ratio"])),
                }
                for each in drawn["percentiles"]
            ),
            {"name": _("The mean of all runs"), "figure": voice.ratio(Decimal(drawn["mean"]))},
            {"name": _("Share of runs with a ratio below one"), "figure": shown.share(Decimal(drawn["below_one"]))},
        ],
        "draws": shown.number(drawn["draws"]),
        "seed": drawn["seed"],
        "ranges": shown.number(drawn["ranges"]),
    }

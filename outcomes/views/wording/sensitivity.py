"""How far the result would move: break-even, scenarios, and what was tried although no range is stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes import pictures, shown
from outcomes.charts.figure import Voice
from outcomes.nouns import Facts

MOST_SHOWN = 12
"""How many break-even figures stand in sight; the rest is behind a fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The figure at which value would equal what was put in, for one assumption."""

    label: str
    central: str
    shown: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What one named scenario comes to, and what it changes."""

    name: str
    shown: str
    difference: str
    changes: tuple[str, ...]


def break_even_shown(tested: Mapping[str, Any], facts: Facts, voice: Voice) -> list[BreakEven]:
    """Return where an assumption would bring the ratio to 1: what has the least way to go comes first."""
    names = _names(facts)
    there = [each for each in tested["break_even"] if each["figure"] is not None]
    return [
        BreakEven(
            label=pictures.assumption_words(each["line"], each["assumption"], names, voice),
            central=pictures.assumption_figure(each["assumption"], each["central"], voice),
            shown=pictures.assumption_figure(each["assumption"], each["figure"], voice),
            change=_change(each, voice),
        )
        for each in sorted(there, key=_way_to_go)
    ]


def no_break_even(tested: Mapping[str, Any], facts: Facts, voice: Voice) -> list[tuple[str, list[str]]]:
    """Return the assumptions that cannot bring the ratio to 1 by themselves, under the reason why not."""
    names = _names(facts)
    found: dict[str, list[str]] = {}
    for each in tested["break_even"]:
        if each["figure"] is None:
            words = pictures.assumption_words(each["line"], each["assumption"], names, voice)
            found.setdefault(_(each["why_none"]), []).append(words)
    return list(found.items())


def _way_to_go(each: Mapping[str, Any]) -> tuple[bool, Decimal]:
    """Return what orders break-even figures: how far they are from the central one; from nought, there is no saying."""
    change = each["change"]
    return change is None, abs(Decimal(change or 0))


def _change(each: Mapping[str, Any], voice: Voice) -> str:
    """Return how far the figure is from the central one: of a share in points, of another as a share of it."""
    if each["central"] is None:
        return ""
    if pictures.is_share(each["assumption"]):
        points = (Decimal(each["figure"]) - Decimal(each["central"])) * 100
        return _("%(points)s points") % {"points": _signed(points, shown.number(points, 2))}
    if each["change"] is None:
        return ""
    moved = Decimal(each["change"])
    return _signed(moved, voice.share(moved))


def _signed(moved: Decimal, words: str) -> str:
    return f"+{words}" if moved > 0 else words


def without_range(tested: Mapping[str, Any]) -> str:
    """Return what was tried of assumptions that state no range; nothing if every one states its own."""
    tried = [each for each in tested["tornado"] if not each["stated"]]
    if not tried:
        return ""
    stated = len(tested["tornado"]) - len(tried)
    if not stated:
        return _(
            "The account states no range for any figure yet. To show what matters most, each kind of figure was moved "
            "by a tenth up and down, and the years that changes last by one."
        )
    return _(
        "Where the account states no range, each kind of figure was moved by a tenth up and down, and the years that "
        "changes last by one. Those bars are dashed."
    )


def below_one(tested: Mapping[str, Any], voice: Voice) -> str:
    """Return how likely it is that less comes out than was put in, as a sentence; nothing without stated ranges."""
    spread = tested["spread"]
    if spread["why_undefined"] or not spread["ranges"]:
        return ""
    words = {"draws": voice.number(Decimal(spread["draws"])), "share": voice.share(Decimal(spread["below_one"]))}
    ranges = ngettext("%(count)s stated range", "%(count)s stated ranges", spread["ranges"])
    words["ranges"] = ranges % {"count": spread["ranges"]}
    return _("Out of %(draws)s draws from the %(ranges)s, %(share)s came out below 1.") % words


def scenarios_shown(tested: Mapping[str, Any], facts: Facts, voice: Voice) -> list[Scenario]:
    """Return what each named scenario comes to."""
    names = _names(facts)
    return [
        Scenario(
            name=each["scenario"]["name"],
            shown=voice.ratio(Decimal(each["ratio"])) if each["ratio"] is not None else "",
            difference=_difference(each["difference"], voice),
            changes=tuple(_set_to(change, names, voice) for change in each["scenario"]["changes"]),
        )
        for each in tested["scenarios"]
    ]


def _difference(difference: str | None, voice: Voice) -> str:
    if difference is None:
        return ""
    moved = Decimal(difference)
    words = {"by": voice.ratio(abs(moved))}
    if not moved:
        return _("the same")
    return _("%(by)s more") % words if moved > 0 else _("%(by)s less") % words


def _set_to(change: Mapping[str, Any], names: Mapping[str, str], voice: Voice) -> str:
    words = {
        "assumption": pictures.assumption_words(change["line"], change["assumption"], names, voice),
        "figure": pictures.assumption_figure(change["assumption"], change["figure"], voice),
    }
    return _("%(assumption)s set to %(figure)s") % words


def _names(facts: Facts) -> dict[str, str]:
    return {row.ref: row.name for row in facts.outcomes}

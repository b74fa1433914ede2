"""The pictures of an account: its figures as the charts want them, for page and paper alike.

Figures come as plain data (`Workings.as_plain()`), so that a page draws from the workings and paper from the snapshot
that froze them, by the same steps.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from accounts.words import gettext_noop as _n
from outcomes.charts import bars, change, diagram, spread, tornado, waterfall
from outcomes.charts.figure import Figure, Frame, Voice
from outcomes.counting import is_counted
from outcomes.nouns import Direction, Facts, Indicator, Measure, Moment, Moved, Observation, State
from stakeholders.nouns import Consideration

Plain = Mapping[str, Any]


def of_value(workings: Plain, facts: Facts, voice: Voice, *, width: float = 340) -> list[Figure]:
    """Return what the value is made of: by stakeholder, by outcome, and from gross to net."""
    if not workings["totals"]["is_in_money"]:
        return [by_importance(workings, facts, voice, width=width)]
    return [
        by_stakeholder(workings, facts, voice, width=width),
        by_outcome(workings, facts, voice, width=width),
        gross_to_net(workings, voice, width=width),
    ]


def by_stakeholder(workings: Plain, facts: Facts, voice: Voice, *, width: float = 340) -> Figure:
    """Return the present value by stakeholder group."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for line in workings["lines"]:
        if line["present_value"] is not None:
            totals[line["stakeholder"]] += Decimal(line["present_value"])
    names = {row.ref: row.name for row in facts.stakeholders}
    drawn = [bars.Bar(label=names.get(ref, ref), amount=amount) for ref, amount in totals.items()]
    frame = _frame("by-stakeholder", voice.say(_n("Present value by stakeholder group")), facts, voice, width)
    return bars.figure(drawn, frame, voice, head=voice.say(_n("Stakeholder group")))


def by_outcome(workings: Plain, facts: Facts, voice: Voice, *, width: float = 340) -> Figure:
    """Return the present value by outcome."""
    drawn = [
        bars.Bar(label=line["label"], amount=Decimal(line["present_value"]), note=line["key"])
        for line in workings["lines"]
        if line["present_value"] is not None
    ]
    frame = _frame("by-outcome", voice.say(_n("Present value by outcome")), facts, voice, width)
    return bars.figure(drawn, frame, voice, head=voice.say(_n("Outcome")))


def by_importance(workings: Plain, facts: Facts, voice: Voice, *, width: float = 340) -> Figure:
    """Return the relative importance by outcome, in points, for an account that holds no money."""
    drawn = [
        bars.Bar(label=line["label"], amount=Decimal(line["importance"]), note=line["key"])
        for line in workings["lines"]
        if line["importance"] is not None
    ]
    points = replace(voice, money=lambda amount: voice.say(_n("%(points)s points"), points=voice.number(amount)))
    frame = _frame("by-importance", voice.say(_n("Relative importance by outcome, in points")), facts, voice, width)
    return bars.figure(drawn, frame, points, head=voice.say(_n("Outcome")))


def gross_to_net(workings: Plain, voice: Voice, *, width: float = 340) -> Figure:
    """Return how gross value becomes what may be claimed, and what that is worth today."""
    totals = workings["totals"]
    gross, after_deadweight = Decimal(totals["gross_value"]), Decimal(totals["after_deadweight"])
    after_displacement, impact = Decimal(totals["after_displacement"]), Decimal(totals["impact"])
    present = Decimal(totals["total_present_value"])
    undiscounted = sum((Decimal(year["impact"]) for year in workings["years"]), Decimal(0))
    total, step = waterfall.Kind.TOTAL, waterfall.Step
    steps = [
        step(label=voice.say(_n("Gross value")), amount=gross, kind=total),
        step(label=voice.say(_n("Would have happened anyway")), amount=after_deadweight - gross),
        step(label=voice.say(_n("Only moved from elsewhere")), amount=after_displacement - after_deadweight),
        step(label=voice.say(_n("Brought about by others")), amount=impact - after_displacement),
        step(label=voice.say(_n("Impact in the first year of benefit")), amount=impact, kind=total),
        step(label=voice.say(_n("What lasts into later years")), amount=undiscounted - impact),
        step(label=voice.say(_n("Later money is worth less today")), amount=present - undiscounted),
        step(label=voice.say(_n("Total present value")), amount=present, kind=total),
    ]
    frame = Frame(id="gross-to-net", caption=voice.say(_n("From gross value to what may be claimed")), width=width)
    return waterfall.figure(steps if workings["lines"] else [], frame, voice)


def of_change(facts: Facts, voice: Voice, *, width: float = 340) -> Figure:
    """Return the theory of change: outputs and outcomes, and what leads to what."""
    nodes = [diagram.Node(ref=row.ref, label=row.description, kind=diagram.Kind.OUTPUT) for row in facts.outputs]
    nodes += [
        diagram.Node(
            ref=row.ref,
            label=row.name,
            kind=diagram.Kind.COUNTED if is_counted(row) else diagram.Kind.LEFT_OUT,
            worse=row.direction is Direction.NEGATIVE,
        )
        for row in facts.outcomes
    ]
    links = [(link.cause, link.effect) for link in facts.chain_of_events]
    frame = Frame(id="theory-of-change", caption=voice.say(_n("What leads to what")), width=width)
    return diagram.figure(nodes, links, frame, voice)


def of_measurement(facts: Facts, voice: Voice, *, width: float = 340) -> Figure:
    """Return how each indicator moved from its baseline, always with how many of how many."""
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for observation in facts.observations:
        by_indicator[observation.indicator].append(observation)
    changes = [_change(row, by_indicator[row.ref]) for row in facts.indicators if row.ref in by_indicator]
    frame = Frame(id="measured", caption=voice.say(_n("Before and after, by indicator")), width=width)
    return change.figure([each for each in changes if each.before or each.after], frame, voice)


def of_sensitivity(tested: Plain, workings: Plain, facts: Facts, voice: Voice, *, width: float = 340) -> list[Figure]:
    """Return how far the ratio would move: one assumption at a time, and all of them at once."""
    central = workings["totals"]["ratio"]
    if central is None:
        return []
    return [
        _tornado(tested, Decimal(central), facts, voice, width),
        _spread(tested, Decimal(central), voice, width),
    ]


def _tornado(tested: Plain, central: Decimal, facts: Facts, voice: Voice, width: float) -> Figure:
    names = {row.ref: row.name for row in facts.outcomes}
    swings = [
        tornado.Swing(
            label=assumption_words(each["line"], each["assumption"], names, voice),
            low=_moved_to(each, "low", voice),
            high=_moved_to(each, "high", voice),
            ratio_low=Decimal(each["ratio_low"]),
            ratio_high=Decimal(each["ratio_high"]),
            stated=each["stated"],
        )
        for each in tested["tornado"]
        if each["ratio_low"] is not None and each["ratio_high"] is not None
    ]
    frame = Frame(id="tornado", caption=voice.say(_n("The ratio, with one assumption moved at a time")), width=width)
    return tornado.figure(swings, central, frame, voice)


def _spread(tested: Plain, central: Decimal, voice: Voice, width: float) -> Figure:
    drawn = tested["spread"]
    frame = Frame(id="spread", caption=voice.say(_n("The ratio, with every stated range drawn at once")), width=width)
    if not drawn["ranges"] or drawn["why_undefined"]:
        return spread.figure(None, frame, voice)
    at = {each["percent"]: Decimal(each["ratio"]) for each in drawn["percentiles"]}
    found = spread.Spread(
        dots=tuple(Decimal(each) for each in drawn["dots"]),
        central=central,
        low=at[5],
        high=at[95],
        below_one=Decimal(drawn["below_one"]),
        runs=drawn["draws"],
    )
    return spread.figure(found, frame, voice)


def assumption_words(line: str | None, assumption: str, names: Mapping[str, str], voice: Voice) -> str:
    """Return what an assumption is called: of one outcome, or of them all."""
    label = voice.say(Moved(assumption).label)
    if line is None:
        return (
            label if assumption in _OF_THE_ACCOUNT else voice.say(_n("%(assumption)s, all outcomes"), assumption=label)
        )
    return f"{label}: {names.get(line, line)}"


def assumption_figure(assumption: str, figure: str | None, voice: Voice) -> str:
    """Return the figure of an assumption, in its unit; nothing if there is none."""
    if figure is None:
        return ""
    if is_share(assumption):
        return voice.share(Decimal(figure))
    return (voice.money if assumption in _MONEY else voice.number)(Decimal(figure))


def is_share(assumption: str) -> bool:
    """Return whether the figure of an assumption is a share of the whole."""
    return assumption in _SHARES


_OF_THE_ACCOUNT = frozenset({Moved.INPUTS, Moved.DISCOUNT_RATE})
_SHARES = frozenset({Moved.DEADWEIGHT, Moved.DISPLACEMENT, Moved.ATTRIBUTION, Moved.DROP_OFF, Moved.DISCOUNT_RATE})
_MONEY = frozenset({Moved.VALUE, Moved.INPUTS})


def _moved_to(swing: Plain, end: str, voice: Voice) -> str:
    """Return the figure that an assumption was moved to; without a stated range, in words how far."""
    if swing[end] is not None:
        return assumption_figure(swing["assumption"], swing[end], voice)
    if swing["assumption"] == Moved.DURATION:
        return voice.say(_n("a year less")) if end == "low" else voice.say(_n("a year more"))
    return voice.say(_n("a tenth less")) if end == "low" else voice.say(_n("a tenth more"))


def _change(row: Indicator, seen: Sequence[Observation]) -> change.Change:
    return change.Change(
        label=row.name,
        before=_reading([each for each in seen if each.moment is Moment.BEFORE]),
        after=_reading([each for each in seen if each.moment is not Moment.BEFORE]),
        is_share=row.measure in {None, Measure.COUNT},
    )


def _reading(seen: Sequence[Observation]) -> change.Reading | None:
    """Return the last of some observations that holds a figure."""
    measured = [each for each in seen if each.state is State.MEASURED and each.numerator is not None]
    if not measured:
        return None
    last = max(measured, key=lambda each: each.observed_on or dt.date.min)
    return change.Reading(numerator=last.numerator or Decimal(0), denominator=last.denominator)


def _frame(name: str, caption: str, facts: Facts, voice: Voice, width: float) -> Frame:
    groups = [row for row in facts.stakeholders if row.decision is not Consideration.EXCLUDED]
    people = sum(row.size or 0 for row in groups)
    source = voice.say(_n("Source: this account.")) + (
        " " + voice.say(_n("People in the groups: n = %(count)s."), count=voice.number(Decimal(people)))
        if people
        else ""
    )
    return Frame(id=name, caption=caption, source=source, width=width)

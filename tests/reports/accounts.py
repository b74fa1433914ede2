"""Accounts at the edges of what a report has to bear, as facts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from accounts.columns import Kind, columns
from accounts.nouns import AccountDetails, AccountKind
from outcomes.nouns import (
    ROWS,
    Adjustment,
    Dimension,
    Direction,
    Factor,
    Facts,
    Indicator,
    Level,
    Link,
    Moment,
    Observation,
    Outcome,
    State,
    Valuation,
    rows,
    with_rows,
)
from stakeholders.nouns import Consideration, Input, Involvement, Output, Stakeholder
from tests import factories

HOSTILE = (
    '<script>alert("1")</script> & </td></table> {{ 7|add:7 }} %(name)s %s 50 % '
    "😀 \U0001f468\u200d\U0001f469\u200d\U0001f467 非常感谢 شكرا धन्यवाद ŵŷ "
)
ENDLESS = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 20
DETAILS: Mapping[str, Any] = {
    "name": "Some account",
    "kind": AccountKind.EVALUATIVE,
    "currency": "GBP",
    "year_one_is_discounted": True,
    "discount_rate": Decimal("0.035"),
}


def nothing() -> Facts:
    """Return an account with a name and nothing else."""
    return Facts(account=AccountDetails(**DETAILS))


def without_inputs() -> Facts:
    """Return the luncheon club as though nothing had been put in: no ratio."""
    return replace(factories.complete_facts(), inputs=())


def importance_only() -> Facts:
    """Return an account that holds no money: three changes, one for the worse, with the points that people gave."""
    outcomes = (
        _outcome(1, "Less lonely"),
        _outcome(2, "Walk further"),
        _outcome(3, "Tired on the day after", direction=Direction.NEGATIVE),
    )
    weights = zip(outcomes, (8, 5, 2), strict=True)
    return replace(
        nothing(),
        stakeholders=(_group(1),),
        outcomes=outcomes,
        valuations=tuple(
            Valuation(ref=f"W{row.ref}", outcome=row.ref, weight=Decimal(weight)) for row, weight in weights
        ),
    )


def anchored() -> Facts:
    """Return the same with one change valued in money: the others follow from it."""
    held = importance_only()
    first, *others = held.valuations
    return replace(
        held,
        valuations=(replace(first, value=Decimal(400), anchor=True, proxy="A befriending visit"), *others),
        inputs=(Input(ref="N1", description="Grant", amount=Decimal(5000)),),
    )


def harmful() -> Facts:
    """Return an account whose changes are for the worse in sum: value and ratio below zero."""
    gain, harm = _outcome(1, "Less lonely"), _outcome(2, "Back strain", direction=Direction.NEGATIVE)
    return replace(
        nothing(),
        stakeholders=(_group(1),),
        outcomes=(gain, harm),
        valuations=(
            Valuation(ref="W1", outcome="O1", value=Decimal(100)),
            Valuation(ref="W2", outcome="O2", value=Decimal(-900)),
        ),
        inputs=(Input(ref="N1", description="Grant", amount=Decimal(500)),),
    )


def long(outcomes: int = 60) -> Facts:
    """Return an account with many outcomes of long names, in twelve groups, of up to ten years."""
    numbers = range(1, outcomes + 1)
    return replace(
        nothing(),
        account=AccountDetails(**{**DETAILS, "name": "A year of the whole network, " * 6}),
        stakeholders=tuple(_group(number) for number in range(1, 13)),
        involvement=tuple(
            Involvement(
                ref=f"V{number}",
                stakeholder=f"S{number}",
                method="Talk in small groups, with a note taker from another organisation",
                took_part=20 + number,
                out_of=90,
                informed_what=True,
                learned="What people said changed which outcomes count, and how they are told apart. " * 3,
            )
            for number in range(1, 13)
        ),
        inputs=tuple(
            Input(
                ref=f"N{number}", stakeholder="S1", description=f"Grant {number}", amount=Decimal(90_000), year=number
            )
            for number in range(1, 4)
        ),
        outputs=tuple(
            Output(ref=f"P{number}", stakeholder="S1", description=f"Sessions of kind {number}", quantity=Decimal(120))
            for number in range(1, 7)
        ),
        outcomes=tuple(_long_outcome(number) for number in numbers),
        chain_of_events=tuple(
            Link(ref=f"L{number}", cause=f"P{number % 6 + 1}", effect=f"O{number}", why="Said in the talk of May")
            for number in numbers
        ),
        indicators=tuple(
            Indicator(ref=f"I{number}", outcome=f"O{number}", name=f"Says so of change {number}") for number in numbers
        ),
        observations=tuple(_seen(number, moment) for number in numbers for moment in (Moment.BEFORE, Moment.AFTER)),
        valuations=tuple(_valued(number) for number in numbers),
        adjustments=tuple(_judged(number, factor) for number in numbers for factor in Factor),
    )


def hostile() -> Facts:
    """Return part of the luncheon club with hostile words in every field of words, and words without end."""
    facts = _part(factories.complete_facts(), outcomes=3)
    for noun in ROWS:
        facts = with_rows(facts, noun, [_poisoned(row) for row in rows(facts, noun)])
    account = replace(_poisoned(facts.account), limitations=ENDLESS, scope=f"{HOSTILE}\n{ENDLESS}")
    return replace(
        facts, account=account, outcomes=(replace(facts.outcomes[0], name=ENDLESS[:200]), *facts.outcomes[1:])
    )


def _part(facts: Facts, *, outcomes: int) -> Facts:
    """Return the account with its first outcomes alone, and what belongs to them."""
    kept = {row.ref for row in facts.outcomes[:outcomes]}
    gone = {row.ref for row in facts.outcomes[outcomes:]}
    indicators = tuple(row for row in facts.indicators if row.outcome in kept)
    counted = {row.ref for row in indicators}
    return replace(
        facts,
        outcomes=facts.outcomes[:outcomes],
        chain_of_events=tuple(row for row in facts.chain_of_events if not {row.cause, row.effect} & gone),
        indicators=indicators,
        observations=tuple(row for row in facts.observations if row.indicator in counted),
        valuations=tuple(row for row in facts.valuations if row.outcome in kept),
        adjustments=tuple(row for row in facts.adjustments if row.outcome in kept),
        scenarios=tuple(row for row in facts.scenarios if row.outcome in kept),
        evidence=tuple(row for row in facts.evidence if row.about_row not in gone),
    )


def _poisoned(row: Any) -> Any:
    """Return a row whose words are hostile; what refers to other rows, or names a table, stays."""
    words = {
        each.name: (HOSTILE * 5 if each.kind is Kind.TEXT else HOSTILE + getattr(row, each.name))[: each.longest]
        for each in columns(type(row))
        if each.kind in {Kind.TEXT, Kind.LONG_TEXT} and each.name not in KEPT
    }
    return replace(row, **words)


KEPT = {"currency", "rate_schedule", "price_series", "check_name"}


def _group(number: int) -> Stakeholder:
    return Stakeholder(
        ref=f"S{number}",
        name=f"Group {number} of those who come, or whose lives change because others do",
        size=90 + number,
        decision=Consideration.INCLUDED,
        reason="What happens to them is why the network exists.",
    )


def _outcome(number: int, name: str, **facts: Any) -> Outcome:
    stated: dict[str, Any] = {
        "ref": f"O{number}",
        "stakeholder": "S1",
        "name": name,
        "quantity": Decimal(10 * number),
        "quantity_unit": "people",
        "duration": 1,
        "relevant": True,
        "significant": True,
        "decision": Consideration.INCLUDED,
        "direction": Direction.POSITIVE,
        **facts,
    }
    return Outcome(**stated)


def _long_outcome(number: int) -> Outcome:
    return _outcome(
        number,
        f"Change {number}: more to get up for, fewer days alone, and somebody to ring when the boiler fails in January",
        stakeholder=f"S{number % 12 + 1}",
        description="“It is not the meal. It is that somebody would notice if I did not come.” " * 2,
        dimension=Dimension.SOCIAL,
        level=Level.INDIVIDUAL,
        intended=True,
        quantity_low=Decimal(8 * number),
        quantity_source="Register of the year, and the survey of March",
        duration=number % 10 + 1,
        duration_evidence="Those who left were rung a year later; half still met somebody each week. " * 2,
        counterfactual="Two in ten would have found company elsewhere, by what they told us in the talk of May. " * 2,
        relevance_reason="Members raised it themselves, unasked, in three of four talks.",
        significance_reason="Large enough that leaving it out would change what a funder decides.",
        direction=Direction.NEGATIVE if number % 9 == 0 else Direction.POSITIVE,
    )


def _seen(number: int, moment: Moment) -> Observation:
    return Observation(
        ref=f"B{number}{moment}",
        indicator=f"I{number}",
        moment=moment,
        state=State.MEASURED,
        numerator=Decimal(20 if moment is Moment.BEFORE else 20 + number),
        denominator=Decimal(90),
        source="Survey of members, on joining and in March",
    )


def _valued(number: int) -> Valuation:
    return Valuation(
        ref=f"W{number}",
        outcome=f"O{number}",
        proxy="A befriending visit each week for a year",
        value=Decimal(number * 37) * (-1 if number % 9 == 0 else 1),
        value_low=Decimal(number * 37) * (-1 if number % 9 == 0 else Decimal("0.7")) * (2 if number % 9 == 0 else 1),
        source="Price list of a befriending service, as found in March of the year before",
        reason="Members said that a visit each week would come close to what the club does for their loneliness.",
        asked_stakeholders=True,
    )


def _judged(number: int, factor: Factor) -> Adjustment:
    return Adjustment(
        ref=f"A{number}{factor}",
        outcome=f"O{number}",
        factor=factor,
        figure=Decimal(number % 5) / 10,
        high=Decimal(number % 5 + 1) / 10,
        reason="By what members told us, and by the register of those who left.",
        source="Survey of March",
        judged_by="51 members",
    )

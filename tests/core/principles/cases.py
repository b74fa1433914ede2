"""Accounts to try the rule book on: one that meets every check, one with nothing in it, a published one; and edits."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from accounts.nouns import AccountDetails, AccountKind
from outcomes.counting import valuation_inputs
from outcomes.nouns import (
    Adjustment,
    Dimension,
    Direction,
    Evidence,
    Explanation,
    Factor,
    Facts,
    Indicator,
    Level,
    Link,
    Measure,
    Moment,
    Observation,
    Outcome,
    State,
    Valuation,
)
from outcomes.principles import Finding, Status, judge
from outcomes.replies import told_sha256
from outcomes.valuation import InvalidInput, Workings, value_account
from stakeholders.nouns import (
    Consideration,
    CoProduction,
    Extent,
    GroupReplies,
    Input,
    InputKind,
    Involvement,
    Output,
    Stakeholder,
    Statement,
    Subgroup,
)


class Fault(NamedTuple):
    """An account that meets every check but one, and what that check must say of it."""

    check: str
    status: Status
    facts: Facts
    items: list[tuple[str, str, str]]
    """Noun, ref and field of each item, in order."""


def edit(facts: Facts, noun: str, ref: str, **changes: Any) -> Facts:
    """Return the account with some fields of one row changed."""
    rows = tuple(replace(row, **changes) if row.ref == ref else row for row in getattr(facts, noun))
    return replace(facts, **{noun: rows})


def edit_all(facts: Facts, noun: str, **changes: Any) -> Facts:
    """Return the account with some fields of all rows of a noun changed."""
    return replace(facts, **{noun: tuple(replace(row, **changes) for row in getattr(facts, noun))})


def drop(facts: Facts, noun: str, *refs: str) -> Facts:
    """Return the account without some rows of a noun, or without any if none is named."""
    rows = tuple(row for row in getattr(facts, noun) if refs and row.ref not in refs)
    return replace(facts, **{noun: rows})


def add(facts: Facts, noun: str, *rows: Any) -> Facts:
    """Return the account with more rows of a noun."""
    return replace(facts, **{noun: (*getattr(facts, noun), *rows)})


def particulars(facts: Facts, **changes: Any) -> Facts:
    """Return the account with some of its own particulars changed."""
    return replace(facts, account=replace(facts.account, **changes))


def explain(facts: Facts, check: str, item: str = "", reason: str = "It cannot be otherwise.") -> Facts:
    """Return the account with a reason given for a check."""
    row = Explanation(ref=f"R{len(facts.explanations) + 1}", check_name=check, item=item, reason=reason)
    return add(facts, "explanations", row)


def worked_out(facts: Facts) -> Workings | None:
    """Return the account worked out, None if a figure keeps it from being so."""
    try:
        return value_account(valuation_inputs(facts))
    except InvalidInput:
        return None


def findings(facts: Facts, check: str | None = None) -> list[Finding]:
    """Return what the rule book finds, of one check if it is named."""
    return [each for each in judge(facts, worked_out(facts)) if check in {None, each.check}]


def is_met(facts: Facts, check: str) -> bool:
    """Return whether all that a check says is that it is met."""
    return [each.status for each in findings(facts, check)] == [Status.MET]


def items_of(facts: Facts, check: str) -> list[str]:
    """Return the refs of all items of a check."""
    return [item.ref for finding in findings(facts, check) for item in finding.items]


def addresses(finding: Finding) -> list[tuple[str, str, str]]:
    """Return the noun, the ref and the field of each item of a finding."""
    return [(each.noun, each.ref, each.field) for each in finding.items]


def empty_account() -> Facts:
    """Return an account that holds nothing but what must be there."""
    return Facts(
        account=AccountDetails(
            name="Luncheon club", kind=AccountKind.EVALUATIVE, currency="GBP", year_one_is_discounted=True
        )
    )


def sound_account() -> Facts:
    """Return an account that meets every check that can be met before submission."""
    facts = _without_replies()
    return replace(facts, replies=(replied(facts, "S1", agreed=4), replied(facts, "S2", agreed=6)))


def replied(facts: Facts, group: str, *, agreed: int, objected: int = 0, unanswered: int = 0) -> GroupReplies:
    """Return what came of a round in which a group was shown just what the account says of it."""
    return GroupReplies(
        group=group,
        codes=40,
        replied=agreed + objected,
        agreed=agreed,
        objected=objected,
        unanswered=unanswered,
        told_sha256=told_sha256(facts, group),
    )


def _without_replies() -> Facts:
    return Facts(
        account=_particulars(),
        stakeholders=(
            Stakeholder(ref="S1", name="Members", size=95, decision=Consideration.INCLUDED, reason="They come to eat."),
            Stakeholder(ref="S2", name="Volunteers", size=12, decision=Consideration.INCLUDED, reason="They cook."),
            Stakeholder(ref="S3", name="Shops", decision=Consideration.EXCLUDED, reason="We buy too little to matter."),
        ),
        subgroups=(
            Subgroup(ref="SG1", stakeholder="S1", name="Members who live alone", size=30),
            Subgroup(ref="SG2", stakeholder="S2", name="Retired volunteers", size=8),
        ),
        involvement=(
            _occasion("V1", "S1", 40, 95, "Some see their family less often."),
            _occasion("V2", "S2", 10, 12, "None."),
        ),
        inputs=(
            Input(
                ref="N1",
                stakeholder="S3",
                description="Grant",
                kind=InputKind.MONEY,
                amount=Decimal(24000),
                source="Books",
            ),
            Input(
                ref="N2",
                stakeholder="S2",
                description="Hours",
                kind=InputKind.TIME,
                amount=Decimal(6000),
                source="Rota",
            ),
        ),
        outputs=(Output(ref="P1", stakeholder="S1", description="Lunches", quantity=Decimal(1200), source="Till"),),
        outcomes=(
            _outcome("O1", "S1", "More social contact", 60),
            _outcome("O2", "S2", "Feel useful", 10),
            replace(_outcome("O3", "S1", "See family less", 20), direction=Direction.NEGATIVE, intended=False),
            replace(
                _outcome("O4", "S1", "Eat better", 3),
                significant=False,
                significance_reason="It is small.",
                decision=Consideration.EXCLUDED,
                decision_reason="Three people only.",
            ),
        ),
        chain_of_events=tuple(Link(ref=f"L{n}", cause="P1", effect=f"O{n}") for n in (1, 2, 3)),
        indicators=tuple(
            Indicator(ref=f"I{n}", outcome=f"O{n}", name=f"Sign {n}", measure=Measure.COUNT) for n in (1, 2, 3)
        ),
        observations=(
            _observation("B1", "I1", Moment.BEFORE, 20, 80),
            _observation("B2", "I1", Moment.AFTER, 75, 80),
            _observation("B3", "I2", Moment.AFTER, 10, 12),
            _observation("B4", "I3", Moment.AFTER, 20, 80),
        ),
        valuations=(
            _valuation("W1", "O1", "Member of a social group", "600.00", "8"),
            _valuation("W2", "O2", "Evening course", "300.00", "5"),
            _valuation("W3", "O3", "Fare to visit family", "-150.00", "2"),
            _valuation("W4", "O4", "Cookery book", "10.00", "1"),
        ),
        adjustments=(
            *_factors("O1", 1, "0.10", "0.05", "0.20", "0.50"),
            *_factors("O2", 5, "0.25", "0.00", "0.10", "0.30"),
            *_factors("O3", 9, "0.05", "0.00", "0.00", "0.40"),
        ),
        co_production=tuple(
            CoProduction(ref=f"C{n}", statement=each, extent=Extent.YES, explanation="So it is.", evidence="Minutes")
            for n, each in enumerate(Statement, start=1)
        ),
        evidence=(Evidence(ref="E1", about_row="O1", name="Survey of members, March 2025"),),
    )


def timebank() -> Facts:
    """Return the Timebank Ireland study of 2023 as it stands in print: four outcomes, one set of percentages.

    Source: Timebank Ireland, Social Impact Study (2023); figures only, labels shortened.
    """
    rows = (
        ("More social contact", "95", "Member of a social group", "3432.00"),
        ("Better health and well-being", "95", "Twelve sessions of community counselling", "600.00"),
        ("Greater independence", "90", "Value of the hours received", "640.00"),
        ("Feel more included", "95", "Belonging to the neighbourhood", "4353.00"),
    )
    figures = {"deadweight": "0.10", "displacement": "0.10", "attribution": "0.10", "drop_off": "0.70"}
    outcomes = [
        Outcome(
            ref=f"O{n}",
            stakeholder="S1",
            name=name,
            quantity=Decimal(quantity),
            duration=2,
            decision=Consideration.INCLUDED,
        )
        for n, (name, quantity, _proxy, _value) in enumerate(rows, start=1)
    ]
    return Facts(
        account=AccountDetails(
            name="Timebank Ireland, social impact study 2023",
            kind=AccountKind.EVALUATIVE,
            currency="EUR",
            discount_rate=Decimal("0.035"),
            year_one_is_discounted=False,
        ),
        stakeholders=(Stakeholder(ref="S1", name="Members", decision=Consideration.INCLUDED),),
        inputs=(Input(ref="N1", description="Total investment", amount=Decimal(50000)),),
        outcomes=tuple(outcomes),
        valuations=tuple(
            Valuation(ref=f"W{n}", outcome=f"O{n}", proxy=proxy, value=Decimal(value))
            for n, (_name, _quantity, proxy, value) in enumerate(rows, start=1)
        ),
        adjustments=tuple(
            Adjustment(ref=f"A{outcome.ref}-{name}", outcome=outcome.ref, factor=Factor(name), figure=Decimal(figure))
            for outcome in outcomes
            for name, figure in figures.items()
        ),
    )


def _particulars() -> AccountDetails:
    return AccountDetails(
        name="Luncheon club, 2024-25",
        activity="A lunch for older people each week.",
        kind=AccountKind.EVALUATIVE,
        period_start=dt.date(2024, 4, 1),
        period_end=dt.date(2025, 3, 31),
        purpose="To learn what the club is for.",
        audience="The council and our members.",
        decision="Whether to open on a second day.",
        scope="The club in the village hall; not the shop.",
        currency="GBP",
        discount_rate=Decimal("0.035"),
        year_one_is_discounted=True,
        price_series="gdp-deflator-2025-12",
        price_base="2024-25",
        significance_threshold=Decimal("0.02"),
        limitations="Those who left were not asked.",
        reporting_plan="A talk at the summer lunch.",
        reporting_date=dt.date(2025, 7, 1),
    )


def _occasion(ref: str, stakeholder: str, took_part: int, out_of: int, said: str) -> Involvement:
    return Involvement(
        ref=ref,
        stakeholder=stakeholder,
        method="Group talk",
        held_on=dt.date(2025, 2, 1),
        took_part=took_part,
        out_of=out_of,
        informed_what=True,
        informed_how=True,
        informed_value=True,
        informed_cause=True,
        saw_results=True,
        asked_negative=True,
        said_negative=said,
        learned="That travel is part of the day.",
    )


def _outcome(ref: str, stakeholder: str, name: str, quantity: int) -> Outcome:
    return Outcome(
        ref=ref,
        stakeholder=stakeholder,
        name=name,
        dimension=Dimension.SOCIAL,
        level=Level.INDIVIDUAL,
        intended=True,
        direction=Direction.POSITIVE,
        quantity=Decimal(quantity),
        quantity_low=Decimal(quantity) / 2,
        quantity_high=Decimal(quantity),
        quantity_unit="people",
        quantity_source="Members' survey",
        duration=2,
        duration_evidence="We asked again a year later.",
        relevant=True,
        relevance_reason="People named it first.",
        significant=True,
        significance_reason="It is large.",
        decision=Consideration.INCLUDED,
        counterfactual="People like them elsewhere did not change.",
    )


def _observation(ref: str, indicator: str, moment: Moment, numerator: int, denominator: int) -> Observation:
    return Observation(
        ref=ref,
        indicator=indicator,
        moment=moment,
        state=State.MEASURED,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        source="Members' survey",
    )


def _valuation(ref: str, outcome: str, proxy: str, value: str, weight: str) -> Valuation:
    return Valuation(
        ref=ref,
        outcome=outcome,
        proxy=proxy,
        value=Decimal(value),
        price_period="2023-24",
        weight=Decimal(weight),
        source="Price list",
        asked_stakeholders=True,
        reason="Members chose it.",
    )


def _factors(outcome: str, first: int, *figures: str) -> list[Adjustment]:
    return [
        Adjustment(
            ref=f"A{number}",
            outcome=outcome,
            factor=factor,
            figure=Decimal(figure),
            reason="Members said so.",
            source="Group talk",
        )
        for number, (factor, figure) in enumerate(zip(Factor, figures, strict=True), start=first)
    ]

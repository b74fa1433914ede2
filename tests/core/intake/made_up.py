"""Accounts that hold together: one small one to vary by hand, and random ones for properties."""

import datetime as dt
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from accounts import parsing
from accounts.columns import Choice, Column, Kind, columns
from accounts.nouns import AccountDetails, AccountKind
from outcomes.nouns import (
    Adjustment,
    Direction,
    Evidence,
    Explanation,
    Factor,
    Facts,
    Goal,
    Indicator,
    Link,
    Measure,
    Moved,
    Observation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    State,
    Valuation,
    WellBeingGoal,
)
from outcomes.reference import all_price_series, rate_schedules
from stakeholders.nouns import CoProduction, Input, Involvement, Output, Stakeholder, Statement, Subgroup

SERIES, SCHEDULE = "gdp-deflator-2025-12", "green-book-2022"


def small(**parts: Any) -> Facts:
    """Return an account with a row or two of most nouns, in which everything fits; `parts` replace whole nouns."""
    account = AccountDetails(
        name="Luncheon club", kind=AccountKind.FORECAST, currency="GBP", year_one_is_discounted=True
    )
    rows = {
        "account": account,
        "stakeholders": (Stakeholder(ref="S1", name="Members"), Stakeholder(ref="S2", name="Neighbours")),
        "subgroups": (Subgroup(ref="SG1", stakeholder="S1", name="Members who live alone"),),
        "inputs": (Input(ref="N1", stakeholder="S1", description="Time", amount=Decimal(100)),),
        "outputs": (Output(ref="P1", description="Lunches"),),
        "outcomes": (
            Outcome(ref="O1", stakeholder="S1", subgroup="SG1", name="More friends", quantity=Decimal(10), duration=2),
            Outcome(ref="O2", stakeholder="S2", name="Less shopping", quantity=Decimal(3)),
        ),
        "chain_of_events": (Link(ref="L1", cause="P1", effect="O1"), Link(ref="L2", cause="O1", effect="O2")),
        "indicators": (Indicator(ref="I1", outcome="O1", name="Clubs joined", measure=Measure.COUNT),),
        "observations": (
            Observation(ref="B1", indicator="I1", state=State.MEASURED, numerator=Decimal(6), denominator=Decimal(8)),
        ),
        "valuations": (
            Valuation(ref="W1", outcome="O1", proxy="Club fee", value=Decimal("48.25")),
            Valuation(ref="W2", outcome="O2", value=Decimal(-5)),
        ),
        "adjustments": (
            Adjustment(ref="A1", outcome="O1", factor=Factor.ATTRIBUTION, figure=Decimal("0.2")),
            Adjustment(ref="A2", outcome="O1", factor=Factor.DROP_OFF, figure=Decimal("0.1")),
        ),
        "scenarios": (
            ScenarioChange(ref="X1", scenario="Fades", outcome="O1", assumption=Moved.DROP_OFF, figure=Decimal("0.5")),
        ),
        "well_being_goals": (WellBeingGoal(ref="G1", outcome="O1", goal=Goal.COHESIVE, how="They know each other"),),
        "sdg_targets": (SdgTarget(ref="T1", outcome="O1", target="3.4", how="Less lonely, less ill"),),
        "evidence": (Evidence(ref="E1", about_row="O1", name="Minutes"),),
    }
    return Facts(**{**rows, **parts})


_letters = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\u115f\u1160\u2800\u3164\uffa0"
)
_word = st.text(_letters, min_size=1, max_size=8)
_line = st.lists(_word, min_size=1, max_size=3).map(" ".join)
_years = st.integers(1900, 2199)


def value_of(column: Any) -> st.SearchStrategy[Any]:
    """Return values that a column may hold, as the reader would give them."""
    if column.kind in {Kind.NUMBER, Kind.MONEY}:
        low = Decimal(-999_999_999) if column.minimum is None else column.minimum
        return st.decimals(low, 999_999_999, places=6, allow_nan=False, allow_infinity=False)
    if column.kind is Kind.WHOLE:
        return st.integers(int(column.minimum), int(column.maximum))
    if column.kind is Kind.CHOICE:
        return st.sampled_from(column.choices)
    words = {
        Kind.SHARE: st.decimals(0, 1, places=8),
        Kind.YES_NO: st.booleans(),
        Kind.DATE: st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
        Kind.PERIOD: _years.map(str) | _years.map(lambda year: f"{year}-{(year + 1) % 100:02}"),
        Kind.LINK: _word.map("https://example.org/".__add__),
        Kind.TEXT: _line,
        Kind.LONG_TEXT: st.lists(_line, min_size=1, max_size=2).map("\n".join),
    }[column.kind]
    return words.map(lambda value: _read_back(column, value) if isinstance(value, str) else value)


def _read_back(column: Any, value: str) -> str:
    return value if isinstance(value, Choice) else str(parsing.read(column, value))


@st.composite
def random_row(draw: st.DrawFn, noun: Any, **fixed: Any) -> Any:
    """Draw a row of a noun; `fixed` says what its ref, its pointers and what depends on other cells must be."""
    return noun(**draw(_cells(noun)) | fixed)


@cache
def _cells(noun: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({each.name: _cell(noun, each) for each in columns(noun)})


def _cell(noun: Any, column: Column) -> st.SearchStrategy[Any]:
    blank = st.just(column.blank)
    if column.kind is Kind.REF or column.name in _SET_ELSEWHERE.get(noun, ()):
        return blank
    return value_of(column) if column.required else blank | value_of(column)


_SET_ELSEWHERE = {
    AccountDetails: (
        "currency",
        "period_start",
        "period_end",
        "discount_rate",
        "rate_schedule",
        "price_series",
        "price_base",
    ),
    Involvement: ("took_part", "out_of"),
    Outcome: ("quantity", "quantity_low", "quantity_high", "direction"),
    Indicator: ("measure",),
    Observation: ("state", "numerator", "denominator"),
    Valuation: ("value", "value_low", "value_high", "price_period", "weight", "anchor"),
    Adjustment: ("figure", "low", "high"),
    ScenarioChange: ("figure",),
    Input: ("hours", "hourly_rate", "amount"),
    SdgTarget: ("target",),
    WellBeingGoal: ("goal",),
    Evidence: ("file_name", "file_sha256"),
}


@st.composite
def _range(draw: st.DrawFn, figures: st.SearchStrategy[Decimal]) -> tuple[Any, Any, Any]:
    """Draw low, central and high: all blank, the middle one alone, or any ends around it."""
    low, central, high = sorted([draw(figures), draw(figures), draw(figures)])
    if draw(st.booleans()):
        return None, None, None
    return draw(st.sampled_from([None, low])), central, draw(st.sampled_from([None, high]))


@st.composite
def random_facts(draw: st.DrawFn) -> Facts:
    """Draw an account that holds together."""
    series = draw(st.sampled_from(["", SERIES]))
    periods = sorted(all_price_series()[SERIES].values) if series else ["2020", "2021"]
    base = draw(st.sampled_from(["", *periods]))
    account = draw(random_row(AccountDetails, **draw(_conventions(series, base))))
    stakeholders = tuple(draw(random_row(Stakeholder, ref=f"S{n}")) for n in _some(draw, 1, 3))
    groups = [each.ref for each in stakeholders]
    subgroups = tuple(
        draw(random_row(Subgroup, ref=f"SG{n}", stakeholder=draw(st.sampled_from(groups)))) for n in _some(draw, 0, 2)
    )
    outputs = tuple(draw(random_row(Output, ref=f"P{n}", stakeholder=groups[0])) for n in _some(draw, 0, 2))
    outcomes = tuple(draw(_outcome(f"O{n}", groups, subgroups)) for n in _some(draw, 0, 2))
    indicators = tuple(
        draw(
            random_row(
                Indicator, ref=f"I-{each.ref}", outcome=each.ref, measure=draw(st.sampled_from([None, *Measure]))
            )
        )
        for each in outcomes
    )
    return Facts(
        account=account,
        stakeholders=stakeholders,
        subgroups=subgroups,
        involvement=tuple(draw(_occasion(f"V{n}", groups)) for n in _some(draw, 0, 2)),
        inputs=tuple(draw(_input(f"N{n}", draw(st.sampled_from(["", *groups])))) for n in _some(draw, 0, 2)),
        outputs=outputs,
        outcomes=outcomes,
        chain_of_events=tuple(
            draw(random_row(Link, ref=f"L-{cause}-{effect}", cause=cause, effect=effect))
            for cause, effect in _steps([each.ref for each in (*outputs, *outcomes)])
        ),
        indicators=indicators,
        observations=tuple(draw(_observation(f"B-{each.ref}", each)) for each in indicators),
        valuations=tuple(draw(_valuation(f"W-{each.ref}", each, base, periods if series else [])) for each in outcomes),
        adjustments=tuple(
            draw(_adjustment(f"A-{each.ref}-{factor.value}", each, factor)) for each in outcomes for factor in Factor
        ),
        scenarios=tuple(draw(_change(f"X-{each.ref}", each.ref)) for each in outcomes),
        co_production=tuple(
            draw(random_row(CoProduction, ref=f"C-{each.value}", statement=each)) for each in list(Statement)[:2]
        ),
        well_being_goals=tuple(
            draw(random_row(WellBeingGoal, ref=f"G-{each.ref}", outcome=each.ref, goal=draw(st.sampled_from(Goal))))
            for each in outcomes
        ),
        sdg_targets=tuple(
            draw(random_row(SdgTarget, ref=f"T-{each.ref}", outcome=each.ref, target=draw(_targets)))
            for each in outcomes
        ),
        evidence=tuple(
            draw(
                random_row(
                    Evidence,
                    ref=f"E{n}",
                    about_row=draw(st.sampled_from(["", *groups])),
                    **draw(st.sampled_from([{}, {"file_name": "notes.pdf", "file_sha256": "0a" * 32}])),
                )
            )
            for n in _some(draw, 0, 1)
        ),
        explanations=tuple(draw(random_row(Explanation, ref=f"R{n}")) for n in _some(draw, 0, 1)),
    )


def _some(draw: st.DrawFn, least: int, most: int) -> range:
    return range(1, draw(st.integers(least, most)) + 1)


def _steps(refs: list[str]) -> list[tuple[str, str]]:
    return [(cause, effect) for cause, effect in pairwise(refs) if effect.startswith("O")]


@st.composite
def _conventions(draw: st.DrawFn, series: str, base: str) -> dict[str, Any]:
    rate, schedule = draw(st.sampled_from([(None, ""), (Decimal("0.035"), ""), (None, SCHEDULE)]))
    days = sorted(
        draw(st.tuples(*[value_of(column) for column in columns(AccountDetails) if column.kind is Kind.DATE][:2]))
    )
    assert not schedule or schedule in rate_schedules()
    return {
        "currency": draw(st.sampled_from(["GBP", "EUR"])),
        "period_start": days[0],
        "period_end": draw(st.sampled_from([None, days[1]])),
        "discount_rate": rate,
        "rate_schedule": schedule,
        "price_series": series,
        "price_base": base,
    }


_targets = st.integers(1, 17).map(str) | st.sampled_from(["3.4", "3.a", "17.19"])


@st.composite
def _input(draw: st.DrawFn, ref: str, stakeholder: str) -> Input:
    hours = draw(st.none() | st.decimals(0, 5_000, places=2))
    rate = draw(st.none() | st.decimals(0, 99, places=2))
    amounts = st.decimals(0, 99_999, places=2) if hours is None or rate is None else st.none()
    figures = {"hours": hours, "hourly_rate": rate, "amount": draw(st.none() | amounts)}
    row: Input = draw(random_row(Input, ref=ref, stakeholder=stakeholder, **figures))
    return row


@st.composite
def _occasion(draw: st.DrawFn, ref: str, groups: list[str]) -> Involvement:
    took_part, out_of = sorted(draw(st.tuples(st.integers(0, 500), st.integers(0, 500))))
    stakeholder = draw(st.sampled_from(groups))
    row: Involvement = draw(
        random_row(Involvement, ref=ref, stakeholder=stakeholder, took_part=took_part, out_of=out_of)
    )
    return row


@st.composite
def _outcome(draw: st.DrawFn, ref: str, groups: list[str], subgroups: tuple[Subgroup, ...]) -> Outcome:
    stakeholder = draw(st.sampled_from(groups))
    own = [each.ref for each in subgroups if each.stakeholder == stakeholder]
    low, quantity, high = draw(_range(st.decimals(0, 999, places=2)))
    row: Outcome = draw(
        random_row(
            Outcome,
            ref=ref,
            stakeholder=stakeholder,
            subgroup=draw(st.sampled_from(["", *own])),
            quantity_low=low,
            quantity=quantity,
            quantity_high=high,
            direction=draw(st.sampled_from([None, *Direction])),
        )
    )
    return row


@st.composite
def _observation(draw: st.DrawFn, ref: str, indicator: Indicator) -> Observation:
    state = draw(st.sampled_from(State))
    figures: dict[str, Any] = {"numerator": None, "denominator": None}
    if state is State.MEASURED:
        numerator, denominator = sorted(draw(st.tuples(st.integers(0, 99), st.integers(1, 99))))
        figures = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    row: Observation = draw(random_row(Observation, ref=ref, indicator=indicator.ref, state=state, **figures))
    return row


@st.composite
def _valuation(draw: st.DrawFn, ref: str, outcome: Outcome, base: str, periods: list[str]) -> Valuation:
    low, value, high = draw(_range(st.decimals(0, 999, places=2)))
    if outcome.direction is Direction.NEGATIVE:
        low, value, high = (None if each is None else -each for each in (high, value, low))
    others = [*periods] if base else ["2019"]
    row: Valuation = draw(
        random_row(
            Valuation,
            ref=ref,
            outcome=outcome.ref,
            value_low=low,
            value=value,
            value_high=high,
            price_period=draw(st.sampled_from(["", *([base] if base else []), *others])),
            weight=draw(st.sampled_from([None, Decimal(10)])),
            anchor=draw(st.sampled_from([None, False])),
        )
    )
    return row


@st.composite
def _adjustment(draw: st.DrawFn, ref: str, outcome: Outcome, factor: Factor) -> Adjustment:
    low, figure, high = draw(_range(st.decimals(0, 1, places=4)))
    row: Adjustment = draw(
        random_row(Adjustment, ref=ref, outcome=outcome.ref, factor=factor, low=low, figure=figure, high=high)
    )
    return row


@st.composite
def _change(draw: st.DrawFn, ref: str, outcome: str) -> ScenarioChange:
    assumption = draw(st.sampled_from(Moved))
    figure = Decimal(draw(st.integers(1, 100))) if assumption is Moved.DURATION else draw(st.decimals(0, 1, places=2))
    of_all = assumption in {Moved.INPUTS, Moved.DISCOUNT_RATE}
    row: ScenarioChange = draw(
        random_row(
            ScenarioChange,
            ref=ref,
            scenario=f"What if {ref}",
            outcome="" if of_all else outcome,
            assumption=assumption,
            figure=figure,
        )
    )
    return row

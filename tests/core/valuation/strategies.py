"""Accounts for the property tests: a few lines, a few years, every kind of figure at its edges and between."""

from decimal import Decimal
from itertools import accumulate
from typing import Any

from hypothesis import settings, strategies as st

from outcomes.valuation import AccountInputs, Investment, Line, PriceSeries, RateBand, RateSchedule

a_thousand = settings(max_examples=1000, deadline=None)
a_hundred = settings(max_examples=100, deadline=None)

PRICES = PriceSeries(
    slug="made-up",
    title="Made up",
    source="These tests",
    base="2024-25=100",
    values={"2019-20": Decimal("80.8836"), "2022-23": Decimal("91.3107"), "2024-25": Decimal(100)},
)


def hundredths(lowest: int, highest: int) -> st.SearchStrategy[Decimal]:
    """Return numbers with two decimal places, between two bounds given in hundredths."""
    return st.integers(lowest, highest).map(lambda number: Decimal(number).scaleb(-2))


shares = hundredths(0, 100)
quantities = hundredths(0, 100_000)
money = hundredths(-1_000_000, 1_000_000)
gains = hundredths(0, 1_000_000)
weights = hundredths(0, 1_000)


def schedules() -> st.SearchStrategy[RateSchedule]:
    """Return flat rates, and rates that change after one or two years, and after one or two more."""
    return st.lists(st.tuples(st.integers(1, 2), st.integers(0, 200)), min_size=1, max_size=3).map(_schedule)


def _schedule(drawn: list[tuple[int, int]]) -> RateSchedule:
    starts = accumulate((later for later, _rate in drawn[:-1]), initial=1)
    bands = (
        RateBand(from_year=year, rate=Decimal(rate).scaleb(-3))
        for year, (_later, rate) in zip(starts, drawn, strict=True)
    )
    return RateSchedule(slug="drawn", title="Drawn", source="These tests", published="", bands=tuple(bands))


def _figures(**others: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    figures: dict[str, st.SearchStrategy[Any]] = {
        "quantity": quantities,
        "value_each": money,
        "deadweight": shares,
        "displacement": shares,
        "attribution": shares,
        "drop_off": shares,
        "duration": st.integers(1, 4),
        "first_year": st.integers(1, 3),
    }
    return st.fixed_dictionaries(figures | others)


def _line(figures: dict[str, Any], key: str = "O1") -> Line:
    return Line(key=key, label="said", stakeholder="said", **figures)


def _lines(drawn: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(_line(figures, f"O{number}") for number, figures in enumerate(drawn, start=1))


def lines(**others: st.SearchStrategy[Any]) -> st.SearchStrategy[Line]:
    """Return lines with a money value, some of their figures drawn otherwise."""
    return _figures(**others).map(_line)


def plain_accounts(**others: st.SearchStrategy[Any]) -> st.SearchStrategy[AccountInputs]:
    """Return accounts of lines that are all valued in money of the account's own prices."""
    return _accounts(st.lists(_figures(**others), max_size=2).map(_lines))


def accounts() -> st.SearchStrategy[AccountInputs]:
    """Return accounts with uprated, anchored and unvalued lines too; the anchor, if there is one, is the first line."""
    others = _figures(
        value_each=st.none() | money,
        weight=st.none() | weights,
        harm=st.booleans(),
        price_period=st.sampled_from([None, "2019-20", "2022-23", "2024-25"]),
    )
    anchors = _figures(weight=hundredths(1, 1_000), is_anchor=st.just(value=True))
    anchored = st.tuples(anchors, st.lists(others, max_size=2)).map(lambda drawn: [drawn[0], *drawn[1]])
    return _accounts(st.one_of(st.lists(others, max_size=2), anchored).map(_lines))


def _accounts(found: st.SearchStrategy[tuple[Line, ...]]) -> st.SearchStrategy[AccountInputs]:
    return st.builds(
        AccountInputs,
        lines=found,
        investments=st.lists(st.tuples(gains, st.integers(1, 3)), max_size=2).map(_investments),
        rates=schedules(),
        year_one_is_discounted=st.booleans(),
        price_base=st.just("2024-25"),
        price_series=st.just(PRICES),
    )


def _investments(drawn: list[tuple[Decimal, int]]) -> tuple[Investment, ...]:
    return tuple(
        Investment(key=f"I{number}", label="said", stakeholder="said", amount=amount, year=year)
        for number, (amount, year) in enumerate(drawn, start=1)
    )

"""Accounts made at random from the declarations of their columns, with references that lead nowhere."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accounts.columns import Column, Kind, Noun, columns
from accounts.nouns import AccountDetails
from outcomes.nouns import ROWS, Facts, attribute, rows
from outcomes.principles import CHECKS

_REFS = st.sampled_from(["S1", "S2", "P1", "O1", "O2", "O3", "I1", "W1", "nowhere"])
_WORDS = st.sampled_from(["", " ", "none", "Members", "More social contact", "50%", "%(count)s", "2024"]) | st.text(
    max_size=5
)
_NUMBERS = st.sampled_from([Decimal(n) for n in (-1, 0, 1, 2, 95)]) | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-10, max_value=10**16, places=2
)
_BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.REF: _REFS,
    Kind.TEXT: _WORDS | st.sampled_from(sorted(CHECKS)),
    Kind.LONG_TEXT: _WORDS,
    Kind.NUMBER: _NUMBERS,
    Kind.MONEY: _NUMBERS,
    Kind.SHARE: st.sampled_from([Decimal(0), Decimal("0.1"), Decimal(1)]) | _NUMBERS,
    Kind.WHOLE: st.integers(min_value=-1, max_value=10**9) | st.integers(min_value=0, max_value=3),
    Kind.YES_NO: st.booleans(),
    Kind.DATE: st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2026, 1, 1)),
    Kind.PERIOD: st.sampled_from(["2024-25", "2023-24", "2024", "1066", "soon"]),
    Kind.LINK: st.sampled_from(["", "https://example.org/"]),
}


def _cell(column: Column) -> st.SearchStrategy[Any]:
    if column.name in {"rate_schedule", "price_series"}:
        return st.sampled_from(["", "green-book-2022", "gdp-deflator-2025-12", "nowhere"])
    filled = st.sampled_from(list(column.choices)) if column.choices else _BY_KIND[column.kind]
    return filled if column.required else st.just(column.blank) | filled


def row(noun: type[Noun]) -> st.SearchStrategy[Any]:
    """Return rows of a noun with anything at all in each column."""
    return st.builds(noun, **{each.name: _cell(each) for each in columns(noun)})


def accounts() -> st.SearchStrategy[Facts]:
    """Return accounts with anything at all in them."""
    tables = {attribute(noun): st.lists(row(noun), max_size=4).map(tuple) for noun in ROWS}
    return st.builds(Facts, account=row(AccountDetails), **tables)


@st.composite
def damaged(draw: st.DrawFn, facts: Facts) -> Facts:
    """Return an account in which some cells hold something else and some rows are gone or stand twice."""
    for _time in range(draw(st.integers(min_value=1, max_value=12))):
        noun = draw(st.sampled_from([each for each in ROWS if rows(facts, each)]))
        column = draw(st.sampled_from(columns(noun)))
        table = list(rows(facts, noun))
        place = draw(st.integers(min_value=0, max_value=len(table) - 1))
        changed = replace(table[place], **{column.name: draw(_cell(column))})
        table[place : place + 1] = draw(st.sampled_from([[changed], [changed], [], [table[place], changed]]))
        facts = replace(facts, **{attribute(noun): tuple(table)})
    return facts

"""Published tables that a valuation rests on: discount rates and price indices, dated and with their sources.

Each table is one JSON file, named by its slug. A slug carries its date, and a table that was published is never edited:
new figures are a new file, so that an account can always be worked out again with the table it was kept against.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from accounts.words import gettext_noop as _n
from outcomes.valuation import InvalidInput, PriceSeries, RateBand, RateSchedule

_HERE = Path(__file__).parent


class UnknownTable(InvalidInput):
    """Say that there is no table of this slug, and which there are."""

    def __init__(self, slug: str, known: Mapping[str, object], *, field: str) -> None:
        message = _n("There is no table “%(slug)s”. There are: %(known)s.")
        super().__init__(message, field=field, slug=slug, known=", ".join(known))


@cache
def rate_schedules() -> Mapping[str, RateSchedule]:
    """Return all schedules of discount rates by slug, in the order of their slugs."""
    return MappingProxyType({slug: _rate_schedule(table) for slug, table in _tables("discount_rates").items()})


@cache
def all_price_series() -> Mapping[str, PriceSeries]:
    """Return all price series by slug, in the order of their slugs."""
    return MappingProxyType({slug: _price_series(table) for slug, table in _tables("price_series").items()})


def rate_schedule(slug: str) -> RateSchedule:
    """Return the schedule of discount rates of this slug; raise UnknownTable if there is none."""
    schedules = rate_schedules()
    if slug not in schedules:
        raise UnknownTable(slug, schedules, field="rates")
    return schedules[slug]


def price_series(slug: str) -> PriceSeries:
    """Return the price series of this slug; raise UnknownTable if there is none."""
    series = all_price_series()
    if slug not in series:
        raise UnknownTable(slug, series, field="price_series")
    return series[slug]


def _tables(folder: str) -> dict[str, dict[str, Any]]:
    files = sorted((_HERE / folder).glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def _rate_schedule(table: dict[str, Any]) -> RateSchedule:
    return RateSchedule(
        slug=table["slug"],
        title=table["title"],
        source=table["source"],
        published=table["published"],
        note=table["note"],
        last_year=table["last_year"],
        bands=tuple(
            RateBand(from_year=band["from_year"], rate=Decimal(band["rate"]), source=band["source"])
            for band in table["bands"]
        ),
    )


def _price_series(table: dict[str, Any]) -> PriceSeries:
    return PriceSeries(
        slug=table["slug"],
        title=table["title"],
        source=table["source"],
        published=table["published"],
        base=table["base"],
        values={period: Decimal(index) for period, index in table["values"].items()},
    )

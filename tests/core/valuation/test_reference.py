"""The published tables: dated, sourced, frozen, and nothing in them that was not published."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from outcomes.reference import UnknownTable, all_price_series, price_series, rate_schedule, rate_schedules
from outcomes.valuation import PeriodKind, period_kind


def test_the_tables_are_known_by_slugs_that_carry_their_date() -> None:
    assert list(rate_schedules()) == ["green-book-2022", "green-book-health-2022"]
    assert list(all_price_series()) == ["cpi-2026-03", "gdp-deflator-2025-12"]


def test_every_table_says_its_own_name_its_source_and_its_date() -> None:
    for slug, table in {**rate_schedules(), **all_price_series()}.items():
        assert table.slug == slug
        assert table.title
        assert len(table.source) > 40
        assert table.published[:2] == "20"


def test_the_green_book_declines_as_published() -> None:
    bands = rate_schedule("green-book-2022").bands
    published = {1: "0.035", 31: "0.030", 76: "0.025", 126: "0.020", 201: "0.015", 301: "0.010"}
    assert {band.from_year: band.rate for band in bands} == {year: Decimal(rate) for year, rate in published.items()}
    assert [bool(band.source) for band in bands] == [False, False, False, True, True, True]


def test_the_rate_for_health_says_where_it_ends() -> None:
    schedule = rate_schedule("green-book-health-2022")
    assert (schedule.last_year, len(schedule.bands), schedule.bands[0].rate) == (30, 1, Decimal("0.015"))


def test_price_series_hold_the_published_years_without_a_gap() -> None:
    deflator, cpi = price_series("gdp-deflator-2025-12"), price_series("cpi-2026-03")
    assert list(deflator.values) == [f"{year}-{(year + 1) % 100:02}" for year in range(2015, 2025)]
    assert list(cpi.values) == [str(year) for year in range(1988, 2026)]
    assert (deflator.values["2024-25"], deflator.values["2019-20"]) == (Decimal(100), Decimal("80.8836"))
    assert (cpi.values["2015"], cpi.values["2024"]) == (Decimal("100.0"), Decimal("133.9"))
    assert {period_kind(period) for period in deflator.values} == {PeriodKind.FINANCIAL_YEAR}


def test_tables_are_read_once_and_frozen() -> None:
    assert rate_schedules() is rate_schedules()
    with pytest.raises(TypeError):
        all_price_series()["mine"] = price_series("cpi-2026-03")
    with pytest.raises(TypeError):
        price_series("cpi-2026-03").values["2026"] = Decimal(140)


@pytest.mark.parametrize(("find", "known"), [(rate_schedule, rate_schedules), (price_series, all_price_series)])
def test_an_unknown_table_is_refused_with_the_names_of_those_that_are_known(
    find: Callable[[str], object], known: Callable[[], Mapping[str, object]]
) -> None:
    with pytest.raises(UnknownTable) as caught:
        find("green-book-1991")
    assert caught.value.params == {"slug": "green-book-1991", "known": ", ".join(known())}

"""The accounts that `docs/valuation.md` works through, by their headings, and a reader of its tables."""

from decimal import Decimal
from pathlib import Path

from outcomes.reference import price_series, rate_schedule
from outcomes.valuation import AccountInputs, Assumption, Change, Range, Scenario, flat_rate
from tests.core.valuation.examples import account, employment, line, put_in, timebank

DOCUMENT = Path(__file__).parents[3] / "docs" / "valuation.md"

Row = dict[str, str]


def span(low: str, high: str) -> Range:
    return Range(low=Decimal(low), high=Decimal(high))


RANGED = {
    ("O1", Assumption.QUANTITY): span("45", "70"),
    ("O1", Assumption.DEADWEIGHT): span("0.30", "0.60"),
    ("O1", Assumption.DROP_OFF): span("0.10", "0.60"),
    (None, Assumption.INPUTS): span("240000", "300000"),
}

CAUTIOUS = Scenario(
    key="cautious",
    name="Half would have found work anyway, and the job lasts one year",
    changes=(
        Change(assumption=Assumption.DEADWEIGHT, figure=Decimal("0.5"), line="O1"),
        Change(assumption=Assumption.DURATION, figure=Decimal(1), line="O1"),
    ),
)

ANCHORED = account(
    line("A", label="Less lonely", quantity="40", value_each="1200", weight="8", is_anchor=True),
    line("B", label="More confident", quantity="25", value_each=None, weight="6"),
    line("C", label="More tired", quantity="10", value_each=None, weight="2", harm=True),
    investments=(put_in("20000"),),
)

WEIGHED = account(
    line("A", label="Less lonely", quantity="40", value_each=None, weight="8", deadweight="0.25"),
    line("B", label="More confident", quantity="25", value_each=None, weight="6", attribution="0.2"),
    line("C", label="More tired", quantity="10", value_each=None, weight="2", harm=True),
    investments=(put_in("20000"),),
)

WELLBY = account(
    line(quantity="1", value_each="13000", price_period="2019-20"),
    price_base="2024-25",
    price_series=price_series("gdp-deflator-2025-12"),
)

ACCOUNTS: dict[str, AccountInputs] = {
    "A real study: the time bank": timebank(),
    "An illustration: the employment programme": employment(),
    "A benefit that starts later": account(
        line(quantity="20", value_each="500", drop_off="0.25", first_year=2, duration=3), investments=(put_in("15000"),)
    ),
    "A schedule that declines": account(
        line(quantity="1", value_each="1000", duration=40), rates=rate_schedule("green-book-2022")
    ),
    "What is put in over several years": account(
        line(duration=3), investments=(put_in("1000"), put_in("600", year=3, key="I2"))
    ),
    "Prices of another year": WELLBY,
    "Anchor and weight": ANCHORED,
    "Importance without money": WEIGHED,
    "Harm": account(line(quantity="275", value_each="-5", deadweight="0.05", drop_off="0.05", duration=3)),
    "Payback": account(
        line(quantity="10", value_each="900", duration=4),
        investments=(put_in("25000"),),
        rates=flat_rate(Decimal("0.05")),
    ),
    "Break-even": employment(),
    "One assumption at a time": employment(ranges=RANGED),
    "All ranges at their ends, and all at once": employment(ranges=RANGED),
    "Named scenarios": employment(scenarios=(CAUTIOUS,)),
}


def tables() -> dict[str, list[Row]]:
    """Return the rows of the tables of the document under each heading, by the words at the head of their columns."""
    found: dict[str, list[Row]] = {}
    heading, columns = "", []
    for text in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if text.startswith("#"):
            heading = text.lstrip("#").strip()
        cells = [cell.strip() for cell in text.strip("|").split("|")] if text.startswith("|") else []
        if not cells:
            columns = []
        elif not columns:
            columns = cells
        elif not all(cell and set(cell) <= set(":-") for cell in cells):
            found.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
    return found


def figures() -> list[tuple[str, Row]]:
    """Return each row of the document that names a figure of the workings, with its heading."""
    return [(heading, row) for heading, rows in tables().items() for row in rows if "Name" in row]

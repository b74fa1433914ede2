"""Accounts to value: the three worked examples with the figures that must come out, and small ones to build on.

The figures of the examples stand in `tests/worked_examples/` too, in the account format, with where they come from.
"""

from decimal import Decimal
from typing import Any

from outcomes.valuation import AccountInputs, Investment, Line, RateSchedule, flat_rate

_TEXTS = ("label", "stakeholder", "price_period")
THREE_AND_A_HALF = flat_rate(Decimal("0.035"))


def line(key: str = "O1", **figures: Any) -> Line:
    """Return a line worth 1,000 at once: 10 units of 100, nothing taken off, unless told otherwise."""
    given = {"label": f"Change {key}", "stakeholder": "Members", "quantity": "10", "value_each": "100"} | figures
    numbers = {
        name: Decimal(figure) for name, figure in given.items() if isinstance(figure, str) and name not in _TEXTS
    }
    return Line(key=key, **given | numbers)


def put_in(amount: str = "500", year: int = 1, key: str = "I1") -> Investment:
    """Return something put in."""
    return Investment(key=key, label=f"Input {key}", stakeholder="Funder", amount=Decimal(amount), year=year)


def account(*lines: Line, investments: tuple[Investment, ...] | None = None, **settings: Any) -> AccountInputs:
    """Return an account of these lines, into which 500 were put at 3.5 %, unless told otherwise."""
    rates: RateSchedule = settings.pop("rates", THREE_AND_A_HALF)
    put = (put_in(),) if investments is None else investments
    return AccountInputs(lines=lines, investments=put, rates=rates, **settings)


def timebank(**settings: Any) -> AccountInputs:
    """Return the study of a time bank (2023): a real, published one; its first year is not discounted."""
    rows = (
        ("O1", "More social contact", "95", "3432.00"),
        ("O2", "Better health and well-being", "95", "600.00"),
        ("O3", "Greater independence", "90", "640.00"),
        ("O4", "Feel more included", "95", "4353.00"),
    )
    lines = (
        line(
            key,
            label=label,
            quantity=quantity,
            value_each=value,
            deadweight="0.10",
            displacement="0.10",
            attribution="0.10",
            drop_off="0.70",
            duration=2,
        )
        for key, label, quantity, value in rows
    )
    convention = {"year_one_is_discounted": False} | settings
    return account(*lines, investments=(put_in("50000"),), **convention)


def employment(**settings: Any) -> AccountInputs:
    """Return the employment programme: a public illustration; its first year is not discounted."""
    jobs = line(
        label="Sustained employment",
        stakeholder="Participants",
        quantity="60",
        value_each="8500.00",
        deadweight="0.40",
        attribution="0.30",
        drop_off="0.30",
        duration=2,
    )
    convention = {"year_one_is_discounted": False} | settings
    return account(jobs, investments=(put_in("250000"),), **convention)


WHEELS = (
    # quantity, value, deadweight, attribution, drop-off, years, impact
    ("7", "94.00", "0", "0.05", "0.50", 1, "625.10"),
    ("7", "4964.00", "0", "0.05", "0.50", 1, "33010.60"),
    ("7", "7220.00", "0", "0.05", "0.50", 1, "48013.00"),
    ("90", "19.00", "0", "0.10", "0.10", 5, "1539.00"),
    ("14", "34.00", "1", "0", "0.10", 2, "0.00"),
    ("16", "48.25", "0.10", "0.35", "0", 1, "451.62"),
    ("4", "162.50", "0.70", "0.10", "0.35", 1, "175.50"),
    ("275", "-5.00", "0.05", "0", "0.05", 3, "-1306.25"),
)


def wheels(**settings: Any) -> AccountInputs:
    """Return the luncheon club after the guide's example, from memory: its first year is discounted."""
    lines = (
        line(
            f"O{number}",
            quantity=quantity,
            value_each=value,
            deadweight=deadweight,
            attribution=attribution,
            drop_off=drop_off,
            duration=years,
        )
        for number, (quantity, value, deadweight, attribution, drop_off, years, _impact) in enumerate(WHEELS, start=1)
    )
    investments = (put_in("24375.00"), put_in("18000.00", key="I2"), put_in("0.00", key="I3"), put_in("0.00", key="I4"))
    return account(*lines, investments=investments, **settings)

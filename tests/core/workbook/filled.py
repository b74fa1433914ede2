"""Accounts to write as workbooks, and what a person may do to a workbook before it comes back."""

import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook

from accounts.nouns import AccountDetails, AccountKind
from outcomes.counting import valuation_inputs
from outcomes.nouns import Adjustment, Direction, Factor, Facts, Outcome, Valuation
from outcomes.valuation import Workings, value_account
from outcomes.workbook import write
from stakeholders.nouns import Consideration, Input, Stakeholder
from tests.core.intake.made_up import SCHEDULE, SERIES


def details(**said: Any) -> AccountDetails:
    """Return the particulars of an account."""
    given = {"name": "Luncheon club", "kind": AccountKind.FORECAST, "currency": "GBP", "year_one_is_discounted": True}
    return AccountDetails(**{**given, **said})


def counted(ref: str, **said: Any) -> Outcome:
    """Return an outcome that counts."""
    given = {"stakeholder": "S1", "name": f"Change {ref}", "quantity": Decimal(10), "decision": Consideration.INCLUDED}
    return Outcome(ref=ref, **{**given, **said})


def judged(outcome: str, **figures: str) -> list[Adjustment]:
    """Return the factors of an outcome."""
    return [
        Adjustment(ref=f"A-{outcome}-{name}", outcome=outcome, factor=Factor(name), figure=Decimal(figure))
        for name, figure in figures.items()
    ]


def uprated() -> Facts:
    """Return an account whose values are in the prices of three years, one of them its own."""
    return Facts(
        account=details(price_base="2024-25", price_series=SERIES, discount_rate=Decimal("0.035")),
        stakeholders=(Stakeholder(ref="S1", name="Members"),),
        inputs=(Input(ref="N1", description="Grant", amount=Decimal("1234.56")),),
        outcomes=(
            counted("O1", duration=2),
            counted("O2", quantity=Decimal("3.5")),
            counted("O3"),
            counted("O4", decision=Consideration.EXCLUDED),
        ),
        valuations=(
            Valuation(ref="W1", outcome="O1", value=Decimal("99.95"), price_period="2019-20"),
            Valuation(ref="W2", outcome="O2", value=Decimal("1000.01"), price_period="2024-25"),
            Valuation(ref="W3", outcome="O3", value=Decimal("12.34"), price_period=""),
            Valuation(ref="W4", outcome="O4", value=Decimal(5_000), price_period="2021-22"),
        ),
        adjustments=tuple(judged("O1", deadweight="0.1", drop_off="0.333")),
    )


def anchored() -> Facts:
    """Return an account in which three values follow from weights: one of a harm, one beside an uprated anchor."""
    return Facts(
        account=details(price_base="2023-24", price_series=SERIES),
        stakeholders=(Stakeholder(ref="S1", name="Members"),),
        inputs=(Input(ref="N1", stakeholder="S1", description="Grant", amount=Decimal(100)),),
        outcomes=(
            counted("O1"),
            counted("O2", direction=Direction.POSITIVE),
            counted("O3", direction=Direction.NEGATIVE),
            counted("O4"),
        ),
        valuations=(
            Valuation(ref="W2", outcome="O2", weight=Decimal(3)),
            Valuation(
                ref="W1", outcome="O1", value=Decimal("70.10"), weight=Decimal(7), anchor=True, price_period="2016-17"
            ),
            Valuation(ref="W3", outcome="O3", weight=Decimal("2.5")),
        ),
        adjustments=(*judged("O2", attribution="0.25"), *judged("O3", displacement="0.05")),
    )


def declining() -> Facts:
    """Return an account with a schedule of rates, benefits that start late and last long, and inputs in two years."""
    return Facts(
        account=details(rate_schedule=SCHEDULE, year_one_is_discounted=False),
        stakeholders=(Stakeholder(ref="S1", name="Members"),),
        inputs=(
            Input(ref="N1", description="Building", amount=Decimal(10_000)),
            Input(ref="N2", description="Repairs", amount=Decimal("2500.50"), year=34),
        ),
        outcomes=(
            counted("O1", duration=40, first_year=3),
            counted("O2", duration=2, first_year=1),
            counted("O3", duration=3),
        ),
        valuations=(
            Valuation(ref="W1", outcome="O1", value=Decimal(321)),
            Valuation(ref="W2", outcome="O2", value=Decimal(55)),
            Valuation(ref="W3", outcome="O3", value=Decimal(55)),
        ),
        adjustments=(*judged("O1", drop_off="0.02"), *judged("O3", drop_off="1")),
    )


def time_given() -> Facts:
    """Return an account in which time is stated by its hours: alone, beside its worth, and in a later year."""
    return Facts(
        account=details(discount_rate=Decimal("0.035")),
        stakeholders=(Stakeholder(ref="S1", name="Members"),),
        inputs=(
            Input(ref="N1", description="Volunteers", hours=Decimal("620.5"), hourly_rate=Decimal("12.65")),
            Input(
                ref="N2", description="Trustees", hours=Decimal(80), hourly_rate=Decimal("0.5"), amount=Decimal("40.00")
            ),
            Input(ref="N3", description="Cooks", hours=Decimal(7), hourly_rate=Decimal("11.44"), year=2),
            Input(ref="N4", description="Families", hours=Decimal(9), amount=Decimal(0)),
        ),
        outcomes=(counted("O1", duration=2),),
        valuations=(Valuation(ref="W1", outcome="O1", value=Decimal(321)),),
    )


def nothing_put_in() -> Facts:
    """Return an account without inputs, in which no outcome is valued."""
    return Facts(account=details(), stakeholders=(Stakeholder(ref="S1", name="Members"),), outcomes=(counted("O1"),))


def worked(facts: Facts) -> Workings:
    """Return the workings of an account."""
    return value_account(valuation_inputs(facts))


def exported(facts: Facts) -> bytes:
    """Return the account as its workbook, with the value map."""
    return write(facts, worked(facts))


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Return the workbook as a person saves it who changed something."""
    workbook = load_workbook(io.BytesIO(content))
    change(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def typed(content: bytes, cells: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the workbook with values typed into cells, by sheet and address."""

    def type_in(workbook: Workbook) -> None:
        for title, values in cells.items():
            for address, value in values.items():
                workbook[title][address] = value

    return changed(content, type_in)


def with_parts(content: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """Return the workbook with the members of its archive changed, and others added."""
    altered = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(altered, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, part in added.items():
            target.writestr(name, part)
    return altered.getvalue()


def opened(content: bytes, **how: bool) -> Workbook:
    """Return the workbook as openpyxl opens it."""
    return load_workbook(io.BytesIO(content), **how)


def column_of(workbook: Workbook, title: str, label: str) -> str:
    """Return the letter of the column with this label."""
    return next(cell.column_letter for cell in workbook[title][1] if cell.value == label)

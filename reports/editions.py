"""A frozen document as it is handed out beside the PDF: as a workbook, and as what lists show of it. No live table."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from outcomes import format as account_format, workbook
from outcomes.counting import valuation_inputs
from outcomes.valuation import value_account

Plain = Mapping[str, Any]


def as_workbook(frozen: Plain) -> bytes:
    """Return the account of a frozen document as a workbook, with its value map as live formulas."""
    facts = account_format.from_frozen(frozen["content"]["account"])
    return workbook.write(facts, value_account(valuation_inputs(facts)))


def listed(frozen: Plain) -> dict[str, Any]:
    """Return what lists show of a frozen document: whose account, what it is called, its kind and its period."""
    account = frozen["content"]["account"]["account"]
    return {
        "account": account["name"],
        "organisation": frozen["content"]["organisation"]["name"],
        "kind": account["kind"],
        "period_start": _day(account.get("period_start")),
        "period_end": _day(account.get("period_end")),
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

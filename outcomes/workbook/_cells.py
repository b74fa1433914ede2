"""What a cell holds, as it comes out of somebody's workbook, and how it is read."""

import datetime as dt
from collections.abc import Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from accounts import parsing
from accounts.columns import NUMERIC, Column, Kind
from accounts.words import gettext_noop as _n
from outcomes.workbook._words import as_shown, unescaped

ERROR = _n("This cell shows the error %(error)s: its formula does not work out. Mend the formula, or type the answer.")
NO_RESULT = _n(
    "This cell holds a formula without a result. Open the workbook in your spreadsheet program, save it, and upload it "
    "again."
)
_MAY_BE_PERCENT = NUMERIC - {Kind.MONEY} | {Kind.TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell that shows it as a percentage: 0.12 is 12 %."""

    figure: float

    def __str__(self) -> str:
        return as_shown(self.figure, percent=True)


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula gives nothing that could be read."""

    shown: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.shown


def taken(cell: Any, column: Column, waiting: AbstractSet[str]) -> Any:
    """Return what a cell of a column holds, None if nothing; `waiting` are the cells of formulas without a result."""
    value = cell.value
    if value is None:
        return Broken("=…", NO_RESULT) if waiting and getattr(cell, "coordinate", "") in waiting else None
    if isinstance(value, str):
        if cell.data_type == "e":
            return Broken(value, ERROR, {"error": value})
        return unescaped(value) if value.strip() else None
    if column.kind in _MAY_BE_PERCENT and isinstance(value, int | float) and _is_percentage(cell):
        return Percent(value)
    return value


def _is_percentage(cell: Any) -> bool:
    try:
        return "%" in cell.number_format
    except IndexError:  # the cell names a format that the workbook does not have
        return False


def reader(column: Column, raw: Any) -> Any:
    """Return the value of what was taken from a cell of a column: a reader for `outcomes.intake.assemble`.

    Words are taken as the sheet shows them, so that 1 is "1". Raises accounts.parsing.Refused.
    """
    if isinstance(raw, Broken):
        raise parsing.Refused(raw.message, **raw.params)
    if column.kind in NUMERIC:
        is_percentage = isinstance(raw, Percent)
        return parsing.read(column, raw.figure if is_percentage else raw, percent_cell=is_percentage)
    if raw is None or isinstance(raw, str) or _is_meant(column, raw):
        return parsing.read(column, raw)
    return parsing.read(column, str(raw) if isinstance(raw, Percent) else as_shown(raw))


def _is_meant(column: Column, raw: Any) -> bool:
    """Return whether what is not words is what the column is about."""
    return (
        isinstance(raw, dt.date) if column.kind is Kind.DATE else isinstance(raw, bool) and column.kind is Kind.YES_NO
    )

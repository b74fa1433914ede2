"""How a workbook is refused: as a whole, or cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.words import gettext_noop as _n
from outcomes.intake import Reason, said


class UnreadableWorkbook(Exception):
    """The file is not a workbook that can be read; `message` (with `params`) says why and what to do."""

    def __init__(self, message: str, **params: Any) -> None:
        self.message = message
        self.params: Mapping[str, Any] = params
        super().__init__(message % params if params else message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was passed over, in words."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A cell to mend: where it is, what was typed there, and why that cannot be taken.

    Without a cell ("") the reason is about the sheet; without a sheet, about the workbook.
    """

    sheet: str
    cell: str
    label: str
    typed: str
    reason: Reason


def told(mend: Mend, translate: Callable[[str], str] = _n) -> str:
    """Return why a cell cannot be taken, as one line that names sheet, cell and question."""
    place = [f"{mend.sheet} {mend.cell}".strip(), translate(mend.label) if mend.label else ""]
    where = ", ".join(filter(None, place))
    why = said(mend.reason, translate)
    return f"{where}: {why}" if where else why


class BadCells(Exception):
    """Cells of the workbook cannot be taken: `mends` says which and why, `marked` is the workbook with those marked."""

    def __init__(self, mends: Sequence[Mend], marked: bytes, notes: Sequence[Note] = ()) -> None:
        self.mends = tuple(mends)
        self.marked = marked
        self.notes = tuple(notes)
        super().__init__("\n".join(told(each) for each in self.mends[:20]))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why, cell by cell."""
        return tuple(each.reason for each in self.mends)

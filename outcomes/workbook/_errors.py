"""How a workbook is refused: as a whole, or cell by cell."""

from collections.abc import Mapping
from typing import Any

from outcomes.intake import Reason, sentence


class UnreadableWorkbook(Exception):
    """The file is not a workbook that can be read; `message` (with `params`) says why and what to do."""

    def __init__(self, message: str, **params: Any) -> None:
        self.message = message
        self.params: Mapping[str, Any] = params
        super().__init__(message % params if params else message)


class BadCells(Exception):
    """Cells of the workbook cannot be taken: `reasons` says why, `marked` is the same workbook with them marked."""

    def __init__(self, reasons: tuple[Reason, ...], marked: bytes) -> None:
        self.reasons = reasons
        self.marked = marked
        super().__init__("\n".join(sentence(each) for each in reasons))

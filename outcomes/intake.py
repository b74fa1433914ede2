"""Rows come in, `Facts` go out, or a reason for every cell that cannot be taken (pure).

A door hands over `given`: noun slug → rows, each row field name → raw value, with exactly one row under "account".
A raw value may be anything that the door's own reader understands (a string, a cell of a workbook); it is read by
`reader` alone and never looked at here.

How a reader is chosen: `parsing.exact` is the machine's: refs must be there and pointers hold refs, letter by letter.
Any other reader is a person's: wholly blank rows are passed over, a blank ref is numbered ("S4"), and a pointer may
hold the ref or, where only one row has it, the name of the row, in capitals or not.

Dialects: spreadsheets differ in what "attribution" and "duration" mean. `assemble` is told which dialect the rows are
in and turns them into ours (share due to others; years counted from the first year of benefit). It does so while
it reads, because 0 years "after the activity" is a good answer there and an impossible duration here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accounts.columns import Choice, Column
from accounts.words import gettext_noop as _n
from outcomes.coherence import Reason
from outcomes.nouns import Facts

__all__ = ["AttributionDialect", "DurationDialect", "Reader", "Reason", "Unacceptable", "assemble", "sentence"]

Reader = Callable[[Column, Any], Any]


class AttributionDialect(Choice):
    """What the figures for attribution say."""

    DUE_TO_OTHERS = "share_due_to_others", _n("The share that others brought about (it is taken off)")
    RETAINED = "share_retained", _n("The share that is kept as ours (the rest is taken off)")


class DurationDialect(Choice):
    """From when the years of a duration are counted."""

    FIRST_YEAR_OF_BENEFIT = "first_year_of_benefit", _n("All years of benefit, counting the first")
    YEARS_AFTER_ACTIVITY = "years_after_activity", _n("Only the years after the activity has ended")


class Unacceptable(Exception):
    """What came in cannot be taken: `reasons` says why, cell by cell."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(sentence(each) for each in self.reasons))


def assemble(
    given: Mapping[str, Sequence[Mapping[str, Any]]],
    reader: Reader,
    *,
    attribution: AttributionDialect = AttributionDialect.DUE_TO_OTHERS,
    duration: DurationDialect = DurationDialect.FIRST_YEAR_OF_BENEFIT,
) -> Facts:
    """Return the account that the rows make. Raises Unacceptable with every reason, not only the first."""
    raise Unacceptable(())


def sentence(reason: Reason, translate: Callable[[str], str] = _n) -> str:
    """Return a reason as one line that names sheet, row and field; a door hands in its own `translate`."""
    return translate(reason.message) % reason.params if reason.params else translate(reason.message)

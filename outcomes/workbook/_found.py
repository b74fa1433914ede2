"""What was found in a workbook that came back, and in which cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts import columns as c
from accounts.columns import Column
from accounts.nouns import AccountDetails
from outcomes.intake import Given, Reason
from outcomes.nouns import BY_SLUG
from outcomes.workbook import _layout as layout
from outcomes.workbook._cells import Broken, Percent
from outcomes.workbook._errors import Mend, Note
from outcomes.workbook._words import as_shown

_LONGEST_ECHO = 300


@dataclass(slots=True, kw_only=True)
class Found:
    """What stands on one sheet, and where. `rows` and `given` run in step: the number of a row, and what is in it."""

    title: str
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class FoundAnswers:
    """What stands on the account's own sheet: each answer that was given, and the row of each question."""

    title: str
    column: int
    rows: dict[str, int] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWorkbook:
    """What stands in a workbook, and where."""

    account: FoundAnswers
    sheets: Mapping[str, Found]
    notes: tuple[Note, ...]

    def given(self) -> Given:
        """Return what `outcomes.intake.assemble` takes."""
        dialects = {each.name for each in layout.DIALECTS}
        account = {name: raw for name, raw in self.account.given.items() if name not in dialects}
        return {AccountDetails.slug: [account], **{slug: sheet.given for slug, sheet in self.sheets.items()}}

    def mend(self, reason: Reason) -> Mend:
        """Return the cell that a reason is about; the row's ref if it is about a row."""
        if reason.noun == AccountDetails.slug:
            return self._mend_answer(reason)
        sheet = self.sheets.get(reason.noun)
        if sheet is None:
            return Mend(sheet="", cell="", label="", typed="", reason=reason)
        if reason.row >= len(sheet.rows):
            return Mend(sheet=sheet.title, cell="", label="", typed="", reason=reason)
        field = reason.field or "ref"
        return Mend(
            sheet=sheet.title,
            cell=f"{layout.letter(sheet.columns.get(field, sheet.columns['ref']))}{sheet.rows[reason.row]}",
            label=_label(c.columns(BY_SLUG[reason.noun]), field),
            typed=_shown(sheet.given[reason.row].get(field)),
            reason=reason,
        )

    def _mend_answer(self, reason: Reason) -> Mend:
        row = self.account.rows.get(reason.field)
        return Mend(
            sheet=self.account.title,
            cell=f"{layout.letter(self.account.column)}{row}" if row else "",
            label=_label(layout.questions(), reason.field),
            typed=_shown(self.account.given.get(reason.field)),
            reason=reason,
        )


def _label(columns: Iterable[Column], name: str) -> str:
    return next((each.label for each in columns if each.name == name), "")


def _shown(raw: Any) -> str:
    words = "" if raw is None else str(raw) if isinstance(raw, Percent | Broken) else as_shown(raw)
    return words if len(words) <= _LONGEST_ECHO else words[:_LONGEST_ECHO] + "…"

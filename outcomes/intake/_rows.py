"""Rows on their way in: every cell read by the door's reader, and what was refused kept beside them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field as made_by, replace
from decimal import Decimal
from typing import Any

from accounts import parsing
from accounts.columns import Column, Kind, Noun, column, columns
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.coherence import Reason
from outcomes.intake._said import EVERY_NOUN
from outcomes.nouns import ROWS, Adjustment, Facts, Moved, Outcome, ScenarioChange, Valuation, attribute

Reader = Callable[[Column, Any], Any]
Given = Mapping[str, Sequence[Mapping[str, Any]]]

_LONGEST_NAME = 200
_LONGEST_REF = 40
_NAMED_AT_MOST = 20
_SHARE = column(Adjustment, "figure")
_MONEY = column(Valuation, "value")
_AS_TYPED: Mapping[Moved, Column] = {
    Moved.VALUE: _MONEY,
    Moved.INPUTS: _MONEY,
    Moved.DEADWEIGHT: _SHARE,
    Moved.DISPLACEMENT: _SHARE,
    Moved.ATTRIBUTION: _SHARE,
    Moved.DROP_OFF: _SHARE,
    Moved.DISCOUNT_RATE: _SHARE,
}
"""How a person may also write the figure of a scenario: "35%" and "£12" besides 0.35 and 12."""


@dataclass(slots=True, kw_only=True)
class Row:
    """A row on its way in. A cell that could not be read is blank in `cells`, and its field is in `refused`."""

    noun: type[Noun]
    position: int
    cells: dict[str, Any] = made_by(default_factory=dict)
    refused: set[str] = made_by(default_factory=set)

    @property
    def is_blank(self) -> bool:
        """Return whether nothing at all was entered."""
        return not self.refused and all(self.cells[each.name] == each.blank for each in columns(self.noun))


@dataclass(slots=True, kw_only=True)
class Rows:
    """The rows of an account on their way in, by slug, and the reasons against them that were found so far."""

    reader: Reader
    years_after_activity: bool
    of: dict[str, list[Row]] = made_by(default_factory=dict)
    reasons: list[Reason] = made_by(default_factory=list)

    @property
    def by_hand(self) -> bool:
        """Return whether a person wrote the rows."""
        return self.reader is not parsing.exact

    def read(self, given: Given) -> None:
        """Read every cell; what cannot be read, or has no place, becomes a reason."""
        for slug in given:
            if slug not in EVERY_NOUN:
                message = _n("An account has nothing of this name. Check how it is spelt.")
                self.reasons.append(Reason(noun=slug, row=0, message=message))
        for slug, noun in EVERY_NOUN.items():
            self.of[slug] = list(self._rows(noun, given.get(slug, ())))
        self._require_one_account()

    def refuse(self, row: Row, field: str, message: str, **params: Any) -> None:
        """Note why a cell of a row cannot be taken."""
        row.refused.add(field)
        ref = str(row.cells.get("ref") or "")
        reason = Reason(noun=row.noun.slug, row=row.position, ref=ref, field=field, message=message, params=params)
        self.reasons.append(reason)

    def facts(self) -> Facts:
        """Return the rows as facts, with blanks for what was refused."""
        account = AccountDetails(**self.of[AccountDetails.slug][0].cells)
        made: dict[str, Any] = {
            attribute(noun): tuple(noun(**row.cells) for row in self.of[noun.slug]) for noun in ROWS
        }
        return Facts(account=account, **made)

    def placed(self, found: Iterable[Reason]) -> Iterator[Reason]:
        """Yield the reasons against rows that could be read, each with the position that its row came in at.

        What a rule finds in another row may be due to the blank of what was refused there, so it waits.
        """
        for reason in found:
            row = self.of[reason.noun][reason.row]
            if not row.refused:
                yield replace(reason, row=row.position)

    def _rows(self, noun: type[Noun], given: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        """Yield the rows of one noun; of the fields that it does not have, each is refused where it first stands."""
        declared = [self._opened(noun, each) for each in columns(noun)]
        known = {each.name for each in declared}
        for position, cells in enumerate(given):
            row = Row(noun=noun, position=position)
            for each in declared:
                row.cells[each.name] = self._value(row, each, cells.get(each.name))
            for name in [name for name in cells if name not in known][:_NAMED_AT_MOST]:
                known.add(name)
                self.refuse(row, name, _n("There is no field of this name here. Check how it is spelt."))
            if not (self.by_hand and row.is_blank):
                self._require_answers(row)
                yield row

    def _opened(self, noun: type[Noun], declared: Column) -> Column:
        """Return the column as rows on their way in may fill it: blank, with a name for a ref, or in their dialect."""
        opened = replace(declared, required=False)
        if declared.refers_to and self.by_hand:
            return replace(opened, longest=_LONGEST_NAME)
        if (noun, declared.name) == (Outcome, "duration") and self.years_after_activity:
            return replace(opened, minimum=Decimal(0))
        return opened

    def _value(self, row: Row, declared: Column, raw: Any) -> Any:
        try:
            if row.noun is ScenarioChange and declared.name == "figure" and self.by_hand:
                return self._figure_of_scenario(declared, raw, row.cells["assumption"])
            value = self.reader(declared, raw)
        except parsing.Refused as refused:
            if declared.kind is Kind.REF and not declared.refers_to:
                # Other rows may hold the same misspelt ref, and their pointers are as right as this row.
                row.cells["ref"] = str(raw).strip()[:_LONGEST_REF]
            self.refuse(row, declared.name, refused.message, **refused.params)
            return row.cells.get(declared.name, declared.blank)
        return value.upper() if declared.name == "currency" and self.by_hand else value

    def _figure_of_scenario(self, declared: Column, raw: Any, assumption: Moved | None) -> Any:
        try:
            return self.reader(declared, raw)
        except parsing.Refused:
            if assumption is None or assumption not in _AS_TYPED:
                raise
            return self.reader(_AS_TYPED[assumption], raw)

    def _require_answers(self, row: Row) -> None:
        for declared in columns(row.noun):
            numbered = declared.name == "ref" and self.by_hand
            if not declared.required or numbered or declared.name in row.refused:
                continue
            if row.cells[declared.name] == declared.blank:
                self.refuse(row, declared.name, parsing.LEFT_BLANK)

    def _require_one_account(self) -> None:
        if len(self.of[AccountDetails.slug]) != 1:
            message = _n("An account has its own particulars exactly once: one row, with its title.")
            self.reasons.append(Reason(noun=AccountDetails.slug, row=0, message=message))
            blank = {each.name: each.blank for each in columns(AccountDetails)}
            self.of[AccountDetails.slug] = [Row(noun=AccountDetails, position=0, cells=blank, refused={""})]

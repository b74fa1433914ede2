"""A workbook that somebody filled in, as an account, or with the cells that cannot be taken marked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accounts import parsing
from accounts.columns import Choice, Column, Noun, column
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.intake import AttributionDialect, DurationDialect, Reason, Unacceptable, assemble
from outcomes.nouns import Adjustment, Factor, Facts, Moved, Outcome, ScenarioChange
from outcomes.workbook import _layout as layout
from outcomes.workbook._cells import reader
from outcomes.workbook._errors import BadCells, Note
from outcomes.workbook._find import find
from outcomes.workbook._found import FoundWorkbook
from outcomes.workbook._mark import marked

Translate = Callable[[str], str]
Matters = Callable[[FoundWorkbook], bool]

ASK_ATTRIBUTION = _n("Choose what your figures for attribution mean: the share due to others, or the share you keep.")
ASK_DURATION = _n("Choose how you count the years that an outcome lasts: from the first year, or after the activity.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a workbook says, and what in it was passed over."""

    facts: Facts
    notes: tuple[Note, ...]


def read(
    content: bytes,
    *,
    attribution: AttributionDialect | None = None,
    duration: DurationDialect | None = None,
    translate: Translate = _n,
) -> Facts:
    """Return the account that a workbook holds.

    `attribution` and `duration` say in which dialect its figures are, where the person was asked outside the workbook;
    they go before what it says itself. Raises UnreadableWorkbook, or BadCells with the same workbook marked, its
    reasons put through `translate`.
    """
    return reading(content, attribution=attribution, duration=duration, translate=translate).facts


def reading(
    content: bytes,
    *,
    attribution: AttributionDialect | None = None,
    duration: DurationDialect | None = None,
    translate: Translate = _n,
) -> Reading:
    """Return what `read` returns, with notes of what was passed over."""
    found = find(content)
    answers = _Answers(found)
    attribution = attribution or answers.to(layout.ATTRIBUTION, ASK_ATTRIBUTION, _states_attribution)
    duration = duration or answers.to(layout.DURATION, ASK_DURATION, _states_duration)
    try:
        facts = assemble(
            found.given(),
            reader,
            attribution=attribution or AttributionDialect.DUE_TO_OTHERS,
            # Where it still has to be asked, nothing is said against a duration that one of the answers allows.
            duration=duration or DurationDialect.YEARS_AFTER_ACTIVITY,
        )
    except Unacceptable as unacceptable:
        answers.reasons.extend(_in_cells(unacceptable.reasons, found))
    else:
        if not answers.reasons:
            return Reading(facts=facts, notes=found.notes)
    mends = [found.mend(reason) for reason in answers.reasons]
    raise BadCells(mends, marked(content, mends, translate), found.notes)


def mark(content: bytes, reasons: Iterable[Reason], translate: Translate = _n) -> bytes:
    """Return the same workbook with each cell that a reason is about marked, and a list of them in front.

    Marks of an earlier time are taken off first. Raises UnreadableWorkbook.
    """
    found = find(content)
    return marked(content, [found.mend(reason) for reason in reasons], translate)


def _in_cells(reasons: Iterable[Reason], found: FoundWorkbook) -> Iterator[Reason]:
    """Yield the reasons; where no question about the account is answered, one for each answer that is needed."""
    for reason in reasons:
        if reason.noun == AccountDetails.slug and not reason.field and not found.account.given:
            for question in layout.questions():
                if question.required:
                    yield replace(reason, field=question.name, message=parsing.LEFT_BLANK, params={})
        else:
            yield reason


class _Answers:
    """What the workbook says of its own dialects: asked where it matters, never guessed."""

    def __init__(self, found: FoundWorkbook) -> None:
        self.found = found
        self.reasons: list[Reason] = []

    def to(self, question: Column, ask: str, matters: Matters) -> Any:
        """Return the answer to a question; None with a reason noted if it is missing where it matters, or unclear."""
        try:
            answer = reader(question, self.found.account.given.get(question.name))
        except parsing.Refused as refused:
            self._note(question, refused.message, refused.params)
            return None
        if answer is None and matters(self.found):
            self._note(question, ask, {})
        return answer

    def _note(self, question: Column, message: str, params: Mapping[str, Any]) -> None:
        self.reasons.append(
            Reason(noun=AccountDetails.slug, row=0, field=question.name, message=message, params=params)
        )


def _states_attribution(found: FoundWorkbook) -> bool:
    shares = _rows_about(found, Adjustment, "factor", Factor.ATTRIBUTION)
    return any(not row.keys().isdisjoint({"figure", "low", "high"}) for row in shares) or any(
        "figure" in row for row in _rows_about(found, ScenarioChange, "assumption", Moved.ATTRIBUTION)
    )


def _states_duration(found: FoundWorkbook) -> bool:
    return any("duration" in row for row in found.sheets[Outcome.slug].given) or any(
        "figure" in row for row in _rows_about(found, ScenarioChange, "assumption", Moved.DURATION)
    )


def _rows_about(found: FoundWorkbook, noun: type[Noun], name: str, option: Choice) -> Iterator[Mapping[str, Any]]:
    """Yield the rows in which a column holds this option."""
    chooser = column(noun, name)
    for row in found.sheets[noun.slug].given:
        if _is(chooser, row.get(name), option):
            yield row


def _is(chooser: Column, raw: Any, option: Choice) -> bool:
    try:
        return raw is not None and reader(chooser, raw) is option
    except parsing.Refused:
        return False

"""What changed row by row: what was entered, what was worked out of it, and the rows that came or went."""

from collections.abc import Iterator

from accounts.columns import Column, Kind, Noun, columns
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.nouns import Outcome, Valuation
from reports.differences._difference import FIGURES, Difference, Plain, Unit, Value, Way
from reports.differences._side import Side, aspect
from reports.differences._words import excerpts
from stakeholders.nouns import Input

_WORKED = (
    ("impact", _n("Impact in the first year of benefit"), Unit.MONEY),
    ("present_value", _n("Present value"), Unit.MONEY),
    ("importance", _n("Relative importance after deadweight, displacement and attribution"), Unit.NUMBER),
)
"""What is worked out of an outcome and told beside what was entered."""
WORKED_VALUE = "worked_value"
WORTH = "worth"


def of_noun(noun: type[Noun], old: Side, new: Side) -> Iterator[Difference]:
    """Yield what changed in the rows of a noun, in their order; those that were taken out come last."""
    was, became = old.rows[noun.slug], new.rows[noun.slug]
    for ref in [*became, *(ref for ref in was if ref not in became)]:
        yield from of_fields(noun, was.get(ref), became.get(ref), (old, new))


def of_fields(
    noun: type[Noun], was: Plain | None, became: Plain | None, sides: tuple[Side, Side]
) -> Iterator[Difference]:
    """Yield what changed in one row, figures first; of a row that came or went that it did, and its figures."""
    if was == became and noun is not Outcome and noun is not Input and noun is not Valuation:
        return
    row = _Row(noun, was, became, sides)
    found = [*row.entered(), *row.worked()]
    if row.way is not Way.CHANGED:
        yield row.itself()
        found = [each for each in found if each.unit is not Unit.WORDS]
    yield from sorted(found, key=lambda each: _RANK.get(each.unit, 1))


_RANK = {**dict.fromkeys(FIGURES, 0), Unit.WORDS: 2}


class _Row:
    """One row as it was and as it became; one of the two may be None."""

    def __init__(self, noun: type[Noun], was: Plain | None, became: Plain | None, sides: tuple[Side, Side]) -> None:
        self.noun, self.was, self.became = noun, was or {}, became or {}
        self.old, self.new = sides
        self.way = Way.ADDED if was is None else Way.REMOVED if became is None else Way.CHANGED
        self.ref = str((self.became or self.was).get("ref", ""))
        side, row = (self.new, self.became) if became is not None else (self.old, self.was)
        self.called = "" if noun is AccountDetails else side.called(noun, row)
        self.aspect = aspect(noun, row)

    def itself(self) -> Difference:
        """Return that the row came or went."""
        pair = (None, self.ref) if self.way is Way.ADDED else (self.ref, None)
        return self._difference("", self.noun.singular, Unit.CODE, *pair)

    def entered(self) -> Iterator[Difference]:
        """Yield each field that was entered and differs."""
        for column in columns(self.noun):
            before, after = self.was.get(column.name), self.became.get(column.name)
            if before != after and column.name != "ref":
                unit = _unit(self.noun, column)
                told = self._told(column, unit, before, after)
                yield self._difference(column.name, column.label, unit, *told)

    def _told(self, column: Column, unit: Unit, before: Value, after: Value) -> tuple[Value, Value]:
        if column.refers_to:
            return _pointing(self.old, before, column), _pointing(self.new, after, column)
        return excerpts(before, after) if unit is Unit.WORDS else (before, after)

    def worked(self) -> Iterator[Difference]:
        """Yield each figure that was worked out of the row and differs, where it is not the one that was entered."""
        for name, label, unit, before, after in _worked_of(self):
            if before != after:
                yield self._difference(name, label, unit, before, after)

    def _difference(self, field: str, label: str, unit: Unit, before: Value, after: Value) -> Difference:
        return Difference(
            noun=self.noun.slug,
            ref=self.ref,
            called=self.called,
            aspect=self.aspect,
            field=field,
            label=label,
            unit=unit,
            way=self.way,
            before=before,
            after=after,
        )


Worked = tuple[str, str, Unit, Value, Value]


def _worked_of(row: _Row) -> Iterator[Worked]:
    if row.noun is Outcome:
        was, became = row.old.lines.get(row.ref, {}), row.new.lines.get(row.ref, {})
        for name, label, unit in _WORKED:
            yield name, label, unit, was.get(name), became.get(name)
    elif row.noun is Valuation:
        outcome_before, outcome_after = row.was.get("outcome"), row.became.get("outcome")
        yield from _unless_entered(
            (WORKED_VALUE, _n("Value of one, as it was worked out"), Unit.MONEY),
            row.old.lines.get(outcome_before, {}).get("value_each"),
            row.new.lines.get(outcome_after, {}).get("value_each"),
            (row.was.get("value"), row.became.get("value")),
        )
    elif row.noun is Input:
        yield from _unless_entered(
            (WORTH, _n("Worth, as it was worked out"), Unit.MONEY),
            row.old.investments.get(row.ref, {}).get("amount"),
            row.new.investments.get(row.ref, {}).get("amount"),
            (row.was.get("amount"), row.became.get("amount")),
        )


def _unless_entered(
    said: tuple[str, str, Unit], before: Value, after: Value, entered: tuple[Value, Value]
) -> Iterator[Worked]:
    if (before, after) != entered:
        yield *said, before, after


def _pointing(side: Side, ref: Value, column: Column) -> Value:
    """Return what a ref points to, with the ref: two groups may have one name."""
    if ref is None:
        return None
    name = side.pointed(str(ref), column.refers_to)
    return str(ref) if name == ref else f"{name} ({ref})"


_UNITS = {
    Kind.MONEY: Unit.MONEY,
    Kind.SHARE: Unit.SHARE,
    Kind.NUMBER: Unit.NUMBER,
    Kind.WHOLE: Unit.NUMBER,
    Kind.CHOICE: Unit.ANSWER,
    Kind.YES_NO: Unit.YES_NO,
    Kind.DATE: Unit.DATE,
    Kind.REF: Unit.CODE,
    Kind.PERIOD: Unit.CODE,
}
_CODES = {(AccountDetails, "currency"), (AccountDetails, "rate_schedule"), (AccountDetails, "price_series")}


def _unit(noun: type[Noun], column: Column) -> Unit:
    return Unit.CODE if (noun, column.name) in _CODES else _UNITS.get(column.kind, Unit.WORDS)

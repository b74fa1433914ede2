"""What belongs to a row, and goes from the account along with it (pure).

A row belongs to another if it must point to it: a value is the value of an outcome, an observation that of an
indicator. Evidence and the change of a scenario belong to what they are about, though they need not be about one row.
What merely mentions another row, as an input does who gave it, can stand without it: it is let go first, by hand.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.columns import Noun, columns
from outcomes.nouns import ROWS, Evidence, Facts, ScenarioChange, every_row

_ABOUT_ONE_THING: frozenset[type[Noun]] = frozenset({Evidence, ScenarioChange})
_PLACE = {noun: place for place, noun in enumerate(ROWS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What is about a row, directly or through others."""

    rows: tuple[Noun, ...]
    """What belongs to it, in the order in which it can go: nothing stays behind that points to what went."""
    mentions: tuple[Noun, ...]
    """What only mentions it, or something of `rows`: it stands in the way."""

    @property
    def fingerprint(self) -> str:
        """Return what tells whether this is what somebody read: all that the rows say; nothing if there are none."""
        if not self.rows:
            return ""
        return hashlib.sha256("\n".join(repr(row) for row in self.rows).encode()).hexdigest()


def belongings(facts: Facts, row: Noun) -> Belongings:
    """Return what belongs to a row of an account, and what mentions any of it."""
    going, waiting, mentions = {_key(row): row}, [row], dict[tuple[str, str], Noun]()
    while waiting:
        gone = waiting.pop()
        for other, belongs in _about(facts, gone):
            if not belongs:
                mentions[_key(other)] = other
            elif _key(other) not in going:
                going[_key(other)] = other
                waiting.append(other)
    rows = _last_first(other for key, other in going.items() if key != _key(row))
    return Belongings(rows=rows, mentions=tuple(other for key, other in mentions.items() if key not in going))


def _about(facts: Facts, row: Noun) -> Iterator[tuple[Noun, bool]]:
    """Yield each row that points to this one, and whether it belongs to it."""
    for noun, other in every_row(facts):
        for column in columns(noun):
            if row.slug in column.refers_to and getattr(other, column.name) == _key(row)[1]:
                yield other, column.required or noun in _ABOUT_ONE_THING


def _last_first(rows: Iterable[Noun]) -> tuple[Noun, ...]:
    """Return rows so that those come first to which nothing else points: a noun points to earlier ones only."""
    return tuple(sorted(rows, key=lambda row: _PLACE[type(row)], reverse=True))


def _key(row: Noun) -> tuple[str, str]:
    return row.slug, str(getattr(row, "ref", ""))

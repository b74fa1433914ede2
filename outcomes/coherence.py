"""Rules that need more than one cell (pure).

Each rule reads the whole account and yields a `Reason` for each cell that breaks it. No rule raises, none stops the
next, and each takes a time that grows with the number of rows, not with its square.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from outcomes.nouns import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one cell, or one row, cannot be taken.

    `noun` is the slug ("account" for the account's own row, "" for a document as a whole); `row` the 0-based position
    of the row in what came in; `ref` its ref if that could be read; `field` the column ("" for the row as a whole).
    `message` is a sentence marked for translation, `params` what its %(placeholders)s stand for.
    """

    noun: str
    row: int
    ref: str = ""
    field: str = ""
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def incoherences(facts: Facts) -> Iterator[Reason]:
    """Yield a reason for every cell that does not fit the other cells; nothing for an account that holds together."""
    yield from ()

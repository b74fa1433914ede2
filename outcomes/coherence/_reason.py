"""Why a cell cannot be taken, and the steps that the rules share."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field as made_by
from typing import Any, TypeVar

from accounts.columns import Noun
from outcomes.nouns import Facts

Row = TypeVar("Row", bound=Noun)

_NAMED_AT_MOST = 6


class Terms(tuple[str, ...]):
    """Terms that stand in a sentence, each marked for translation: `params` may hold them."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the terms in English."""
        return ", ".join(self)


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
    params: Mapping[str, Any] = made_by(default_factory=dict)


Rule = Callable[[Facts], Iterator[Reason]]


def at(row: Noun, position: int, field: str, message: str, **params: Any) -> Reason:
    """Return a reason about one cell of a row."""
    return Reason(noun=row.slug, row=position, ref=ref_of(row), field=field, message=message, params=params)


def ref_of(row: Noun) -> str:
    """Return the ref of a row; the account's own row has none."""
    return str(getattr(row, "ref", ""))


def sharing(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> Iterator[tuple[int, Row, str]]:
    """Yield each row whose key another row has too: its position, itself, and the refs of all that share it.

    A key that is empty is nobody's.
    """
    same: dict[Hashable, list[tuple[int, Row]]] = defaultdict(list)
    for position, row in enumerate(rows):
        if found := key(row):
            same[found].append((position, row))
    for together in same.values():
        if len(together) > 1:
            refs = _some([ref_of(row) for _, row in together])
            for position, row in together:
                yield position, row, refs


def _some(refs: list[str]) -> str:
    return ", ".join(refs[:_NAMED_AT_MOST] + ["…"] * (len(refs) > _NAMED_AT_MOST))

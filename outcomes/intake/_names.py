"""What a person may leave out or say by name: refs that are blank, and names where refs are meant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.columns import Choice, Noun, columns
from accounts.words import gettext_noop as _n
from outcomes.intake._rows import Row, Rows
from outcomes.nouns import ROWS

_LONGEST_NUMBER = 9
_NAMED_AT_MOST = 6


class _Book:
    """Which refs of one noun answer to a ref or to a name, in capitals or not."""

    def __init__(self, noun: type[Noun], rows: Iterable[Row]) -> None:
        self.by_ref: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            self.by_ref[_folded(row.cells["ref"])] = row.cells["ref"]
            if noun.shown_by != "ref":
                self.by_name[_folded(row.cells[noun.shown_by])].append(row.cells["ref"])


def number_blank_refs(rows: Rows) -> None:
    """Give each row without a ref the number after the highest of its noun."""
    for noun in ROWS:
        highest = max((_number(row.cells["ref"], noun.prefix) for row in rows.of[noun.slug]), default=0)
        for row in rows.of[noun.slug]:
            if not row.cells["ref"]:
                highest += 1
                row.cells["ref"] = f"{noun.prefix}{highest}"


def _number(ref: str, prefix: str) -> int:
    digits = ref[len(prefix) :]
    is_numbered = ref.casefold().startswith(prefix.casefold()) and digits.isascii() and digits.isdecimal()
    return int(digits) if is_numbered and len(digits) <= _LONGEST_NUMBER else 0


def find_what_names_mean(rows: Rows) -> None:
    """Put a ref in the place of each name, and of each ref in other capitals, that one row alone answers to.

    What no row answers to is left as it is: that no such row is there is said with all else that is incoherent.
    """
    books = {noun.slug: _Book(noun, rows.of[noun.slug]) for noun in ROWS}
    for noun in ROWS:
        for pointer in (each for each in columns(noun) if each.refers_to):
            known = [books[slug] for slug in pointer.refers_to]
            for row in rows.of[noun.slug]:
                if row.cells[pointer.name]:
                    _find(rows, row, pointer.name, known)


def _find(rows: Rows, row: Row, field: str, books: Sequence[_Book]) -> None:
    typed = row.cells[field]
    meant = _folded(typed)
    found = [book.by_ref[meant] for book in books if meant in book.by_ref]
    if not found:
        found = [ref for book in books for ref in book.by_name.get(meant, ())]
        if len(found) > 1:
            message = _n("More than one row is called “%(name)s”. Enter the ref of the one you mean: %(refs)s.")
            rows.refuse(row, field, message, name=typed, refs=", ".join(found[:_NAMED_AT_MOST]))
    row.cells[field] = found[0] if found else typed


def _folded(name: str) -> str:
    shown = name.label if isinstance(name, Choice) else name or ""
    return " ".join(shown.split()).casefold()

"""How a reason is said: at its cell, or away from it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from accounts.columns import Noun, columns
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.coherence import Reason, Terms
from outcomes.nouns import BY_SLUG

EVERY_NOUN: Mapping[str, type[Noun]] = {AccountDetails.slug: AccountDetails, **BY_SLUG}
_ORDER = {slug: place for place, slug in enumerate(EVERY_NOUN)}
_LONGEST_ECHO = 60
_SAID_AT_MOST = 20


class Unacceptable(Exception):
    """What came in cannot be taken: `reasons` says why, cell by cell."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons)

    def __str__(self) -> str:
        """Return the first reasons in English, a line each."""
        return "\n".join(sentence(each) for each in self.reasons[:_SAID_AT_MOST])


def said(reason: Reason, translate: Callable[[str], str] = _n) -> str:
    """Return what is wrong, as it is said at the cell itself; a door hands in its own `translate`."""
    if not reason.params:
        return translate(reason.message)
    return translate(reason.message) % {name: _spelt(value, translate) for name, value in reason.params.items()}


def sentence(reason: Reason, translate: Callable[[str], str] = _n) -> str:
    """Return a reason as one line that names sheet, row and field, as it is said away from the cell."""
    noun = EVERY_NOUN.get(reason.noun)
    place = [translate(noun.title) if noun else _printable(reason.noun)]
    if reason.noun in BY_SLUG:
        ref = f" ({_printable(reason.ref)})" if reason.ref else ""
        place.append(translate(_n("row %(row)s")) % {"row": reason.row + 1} + ref)
    labels = {each.name: translate(each.label) for each in columns(noun)} if noun else {}
    place.append(labels.get(reason.field) or _printable(reason.field))
    where = ", ".join(filter(None, place))
    return f"{where}: {said(reason, translate)}" if where else said(reason, translate)


def in_order(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the reasons in the order of the sheets, their rows and their columns; those of no sheet come first."""
    return sorted(reasons, key=_place)


def _place(reason: Reason) -> tuple[int, int, int]:
    noun = EVERY_NOUN.get(reason.noun)
    fields = [each.name for each in columns(noun)] if noun else []
    return _ORDER.get(reason.noun, -1), reason.row, fields.index(reason.field) if reason.field in fields else -1


def _spelt(value: Any, translate: Callable[[str], str]) -> Any:
    return Terms(translate(each) for each in value) if isinstance(value, Terms) else value


def _printable(name: str) -> str:
    return "".join(character for character in name[:_LONGEST_ECHO] if character.isprintable())

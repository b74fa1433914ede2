"""JSON as an account: strict, and checked for size, depth and number of rows before it is parsed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from accounts import parsing
from accounts.columns import Choice
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.coherence import incoherences
from outcomes.format._head import ATTRIBUTION, DURATION, SCHEMA_VERSION, VERSION
from outcomes.intake import AttributionDialect, DurationDialect, Reason, Unacceptable, assemble
from outcomes.nouns import ROWS, Facts, attribute

LARGEST = 20_000_000
"""How many bytes a document may have."""
DEEPEST = 50
"""How many brackets may be open at once; an account needs three."""
MOST_ROWS = 100_000
"""How many objects and lists a document may have."""

_NAMED_AT_MOST = 20
Dialect = TypeVar("Dialect", bound=Choice)
# A string that never ends runs to the end of the text, so that each character is looked at once.
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def loads(text: bytes | str) -> Facts:
    """Return the account that a JSON document holds. Raises Unacceptable, whatever the document is."""
    read = _as_text(text)
    _refuse_bombs(read)
    try:
        document = json.loads(read, object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as fault:
        message = _n("This is not a JSON document: line %(line)s, column %(column)s cannot be read.")
        raise _refused(message, line=fault.lineno, column=fault.colno) from fault
    except ValueError as fault:
        raise _refused(_n("A number in this document has too many digits to be read.")) from fault
    return from_plain(document)


def from_frozen(document: Any) -> Facts:
    """Return the account that a snapshot holds: what did not go together when it was frozen stays as it was.

    A snapshot is read for as long as there are reports, so it is not held to rules across cells that came after it.
    Raises Unacceptable.
    """
    return from_plain(document, rules=_none)


def from_plain(document: Any, *, rules: Callable[[Facts], Iterable[Reason]] = incoherences) -> Facts:
    """Return the account that parsed JSON holds, turned from its dialect into ours. Raises Unacceptable."""
    if not isinstance(document, Mapping):
        raise _refused(_n("An account is a JSON object: it starts with { and ends with }."))
    if reasons := [*_head_reasons(document), *_body_reasons(document)]:
        raise Unacceptable(reasons)
    given = {noun.slug: document.get(attribute(noun)) or () for noun in ROWS}
    return assemble(
        {AccountDetails.slug: [document[AccountDetails.slug]], **given},
        parsing.exact,
        attribution=_named(AttributionDialect, document[ATTRIBUTION]),
        duration=_named(DurationDialect, document[DURATION]),
        rules=rules,
    )


def _none(_facts: Facts) -> Iterable[Reason]:
    return ()


def _named(dialects: type[Dialect], value: str) -> Dialect:
    return next(each for each in dialects if each.value == value)


def _as_text(text: bytes | str) -> str:
    if len(text) > LARGEST:
        raise _refused(_n("This document is larger than %(most)s megabytes."), most=LARGEST // 1_000_000)
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _refused(_n("This document is not UTF-8 text. Save it as UTF-8.")) from fault


def _refuse_bombs(text: str) -> None:
    """Raise Unacceptable for brackets nested too deep to be read safely, or too many to be an account."""
    opened = depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        character = text[found.start()]
        if character in "[{":
            opened += 1
            depth += 1
        elif character in "]}":
            depth -= 1
        if depth > DEEPEST:
            raise _refused(_n("This document is nested too deeply to be an account."))
        if opened > MOST_ROWS:
            raise _refused(_n("This document has more than %(most)s rows."), most=MOST_ROWS)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _refused(_n("This name stands twice in one object. Keep one of them."), field=name)
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise _refused(_n("%(name)s is not a number that JSON has."), name=name)


def _refused(message: str, *, field: str = "", **params: Any) -> Unacceptable:
    return Unacceptable([Reason(noun="", row=0, field=field, message=message, params=params)])


def _head_reasons(document: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield what is wrong with the version, the dialects and the names of the parts."""
    version = document.get(VERSION)
    if type(version) is not int or version != SCHEMA_VERSION:
        message = _n("This must be %(version)s: the one version of the format that is read here.")
        yield Reason(noun="", row=0, field=VERSION, message=message, params={"version": SCHEMA_VERSION})
    for name, dialects in ((ATTRIBUTION, AttributionDialect), (DURATION, DurationDialect)):
        values = [each.value for each in dialects]
        if document.get(name) not in values:
            message = _n("State what the figures mean, as one of: %(options)s. It is never guessed.")
            yield Reason(noun="", row=0, field=name, message=message, params={"options": ", ".join(values)})
    known = {VERSION, ATTRIBUTION, DURATION, AccountDetails.slug, *map(attribute, ROWS)}
    for name in islice((name for name in document if name not in known), _NAMED_AT_MOST):
        yield Reason(noun="", row=0, field=name, message=_n("An account has no part of this name."))


def _body_reasons(document: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield the parts that are not what they should be: an object for the account, lists of objects for the rest."""
    if not isinstance(document.get(AccountDetails.slug), Mapping):
        yield Reason(noun=AccountDetails.slug, row=0, message=_n("This must be there, as an object of fields."))
    for noun in ROWS:
        found = document.get(attribute(noun))
        if isinstance(found, list):
            no_rows = (position for position, row in enumerate(found) if not isinstance(row, Mapping))
            for position in islice(no_rows, _NAMED_AT_MOST):
                yield Reason(noun=noun.slug, row=position, message=_n("Each row must be an object of fields."))
        elif found is not None:
            yield Reason(noun="", row=0, field=attribute(noun), message=_n("This must be a list of rows."))

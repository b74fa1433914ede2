"""When a change must say why: once an account was submitted for the first time, for every figure that moves.

A figure is what a numeric column holds, and for the account itself also the conventions by which all of it is worked
out. Words may be mended without a reason; order and undoing too, for they bring no figure that was not there.
"""

from collections.abc import Iterable
from typing import Any

from accounts import parsing
from accounts.columns import NUMERIC, Noun, columns
from accounts.models import Account
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.coherence import Reason
from outcomes.nouns import Facts, every_row

CHANGE_REASON = "change_reason"
"""The field at which a reason that is missing is asked for. Some nouns have a column called “reason” of their own."""
_LONGEST = 1_000
_CONVENTIONS = frozenset({"currency", "rate_schedule", "year_one_is_discounted", "price_series", "price_base"})

Figures = dict[tuple[str, str, str], Any]
"""The figures of some rows, by noun, ref and column; one that nobody entered is not there."""


def asks_why(account: Account) -> bool:
    """Return whether whoever moves a figure of this account must say why."""
    return account.first_submitted_at is not None


def figures_of(noun: type[Noun]) -> frozenset[str]:
    """Return the columns of a noun that hold figures."""
    figures = frozenset(column.name for column in columns(noun) if column.kind in NUMERIC)
    return figures | _CONVENTIONS if noun is AccountDetails else figures


def figures_in(rows: Iterable[Noun]) -> Figures:
    """Return every figure that these rows hold."""
    return {
        (row.slug, str(getattr(row, "ref", "")), name): held
        for row in rows
        for name in figures_of(type(row))
        if (held := getattr(row, name)) not in {None, ""}
    }


def figures_of_all(facts: Facts) -> Figures:
    """Return every figure that an account holds."""
    return figures_in([facts.account, *(row for _noun, row in every_row(facts))])


def missing_reason(account: Account, given: str, noun: type[Noun], ref: str, *, moved: bool) -> list[Reason]:
    """Return why the reason for a change cannot be taken; nothing if it can, or if no figure moved."""
    try:
        why = parsing.words(given, longest=_LONGEST, lines=True)
    except parsing.Refused as refused:
        return [_at_reason(noun, ref, refused.message, refused.params)]
    if moved and asks_why(account) and not why:
        return [_at_reason(noun, ref, _NEEDED, {})]
    return []


_NEEDED = _n(
    "Say why: this account was submitted before, and a figure of it changes. Your reason goes into the history."
)


def _at_reason(noun: type[Noun], ref: str, message: str, params: Any) -> Reason:
    return Reason(noun=noun.slug, row=0, ref=ref, field=CHANGE_REASON, message=message, params=params)

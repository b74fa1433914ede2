"""The steps that the verbs share: read what was typed, hold it to the rules, write down what was done."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from accounts import audit, parsing, rows
from accounts.columns import Noun, columns
from accounts.errors import Gone
from accounts.models import Account, Person
from accounts.queries import refs_removed
from outcomes import intake
from outcomes.coherence import Reason, incoherences
from outcomes.nouns import Facts, every_row, rows as rows_of

Row = TypeVar("Row", bound=Noun)

_LONGEST_NUMBER = 9
"""The digits of a ref that are still read as a number: one more must always fit."""


def typed_row(noun: type[Row], typed: Mapping[str, Any]) -> Row:
    """Return the row that a person typed. Raises Unacceptable with a reason for each field."""
    read, reasons = {}, []
    for column in columns(noun):
        try:
            read[column.name] = parsing.read(column, typed.get(column.name))
        except parsing.Refused as refused:
            reasons.append(reason_at(noun, typed, column.name, refused))
    if reasons:
        raise intake.Unacceptable(reasons)
    return noun(**read)


def reason_at(noun: type[Noun], typed: Mapping[str, Any], field: str, refused: parsing.Refused) -> Reason:
    """Return why what stands in one field of a row cannot be taken."""
    return Reason(
        noun=noun.slug,
        row=0,
        ref=str(typed.get("ref", "")),
        field=field,
        message=refused.message,
        params=refused.params,
    )


def must_cohere(before: Facts, after: Facts, besides: Iterable[Reason] = ()) -> None:
    """Refuse a change that breaks a rule between rows, here or elsewhere; what was broken before stands in no way.

    `besides` are reasons that were found already: a person is told all of them at once.
    """
    known = {_fault(each) for each in incoherences(before)}
    reasons = [*(each for each in incoherences(after) if _fault(each) not in known), *besides]
    if reasons:
        raise intake.Unacceptable(reasons)


def _fault(reason: Reason) -> tuple[str, str, str, str]:
    return reason.noun, reason.ref, reason.field, reason.message


def row_called(facts: Facts, noun: type[Noun], ref: str) -> Noun:
    """Return the row of a noun with this ref. Raises Gone."""
    for each in rows_of(facts, noun):
        if ref_of(each) == ref:
            return each
    raise Gone


def pointing_to(facts: Facts, noun: type[Noun], ref: str) -> list[str]:
    """Return the refs of the rows that point to this one."""
    return [
        ref_of(row)
        for other, row in every_row(facts)
        for column in columns(other)
        if noun.slug in column.refers_to and getattr(row, column.name) == ref
    ]


def next_ref(account: Account, noun: type[Noun], facts: Facts) -> str:
    """Return the ref after the highest of all rows, also those removed: what was said of one is not read of another.

    Rows of other nouns count too, for a cause may be an output or an outcome: the same ref on both would be neither.
    """
    refs = [ref_of(row) for _noun, row in every_row(facts)] + refs_removed(account, noun.slug)
    tails = [each.casefold().removeprefix(noun.prefix.casefold()) for each in refs]
    numbers = [int(tail) for tail in tails if tail.isdecimal() and len(tail) <= _LONGEST_NUMBER]
    return f"{noun.prefix}{max(numbers, default=0) + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does something to an account, when and why."""

    actor: Person
    account: Account
    now: dt.datetime
    reason: str = ""

    def record(self, verb: str, noun: type[Noun], ref: str, *, before: Any, after: Any) -> None:
        """Write down what was done to one row; the account is a draft again."""
        rows.touch(self.account, self.now)
        audit.record(
            actor=self.actor,
            now=self.now,
            account=self.account,
            verb=verb,
            noun=noun.slug,
            ref=ref,
            before=before,
            after=after,
            reason=self.reason.strip(),
        )

    def record_rows(self, verb: str, noun: type[Noun], ref: str, before: Noun | None, after: Noun | None) -> None:
        """Write down what a row said before and after: only the fields that differ."""
        was, became = rows.difference(before, after)
        self.record(verb, noun, ref, before=was, after=became)


def ref_of(row: Noun) -> str:
    """Return the ref of a row; the account's own row has none."""
    return str(getattr(row, "ref", ""))

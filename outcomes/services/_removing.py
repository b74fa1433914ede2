"""Rows removed, alone or with what belongs to them; and put back, as they went."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction

from accounts import parsing, rows
from accounts.columns import Noun, columns
from accounts.errors import Gone, Stale, StillNeeded
from accounts.models import Account, AuditRecord, Person
from outcomes.belonging import belongings
from outcomes.coherence import Reason
from outcomes.errors import AlreadyUndone
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import BY_SLUG, rows as rows_of, with_rows
from outcomes.records import last_of_row, removal, removed_together
from outcomes.services._reasons import figures_in, missing_reason
from outcomes.services._steps import Doing, must_cohere, pointing_to, reason_at, ref_of, row_called

Row = TypeVar("Row", bound=Noun)


@transaction.atomic
def remove_row(
    *, actor: Person, account: Account, noun: type[Noun], ref: str, version: int, now: dt.datetime, reason: str = ""
) -> None:
    """Remove one row. Raises StillNeeded while others point to it; Stale, Gone, Locked, or Unacceptable for no reason.

    The record keeps its place and its version along with what it said: from there it can be put back (`restore_row`).
    """
    rows.hold(account)
    facts = read_facts(account)
    row = row_called(facts, noun, ref)
    _nothing_may_point(pointing_to(facts, noun, ref))
    _must_say_why(account, [row], reason)
    _take_out(Doing(actor=actor, account=account, now=now, reason=reason), row, version)


@transaction.atomic
def remove_with_belongings(
    *,
    actor: Person,
    account: Account,
    noun: type[Noun],
    ref: str,
    version: int,
    read: str,
    now: dt.datetime,
    reason: str = "",
) -> None:
    """Remove a row with all that belongs to it, all or nothing. `read` is the fingerprint of what was shown of that.

    Raises Stale if something else belongs to it by now; StillNeeded while anything mentions what would go; else as
    `remove_row`. Each row has a record of its own, and all of them are put back together (`restore_row`).
    """
    rows.hold(account)
    facts = read_facts(account)
    row = row_called(facts, noun, ref)
    held = belongings(facts, row)
    if held.fingerprint != read:
        raise Stale
    _nothing_may_point([ref_of(each) for each in held.mentions])
    _must_say_why(account, [row, *held.rows], reason)
    doing, together = Doing(actor=actor, account=account, now=now, reason=reason), uuid4().hex
    versions = {each: read_versions(account, each) for each in {type(other) for other in held.rows}}
    for other in held.rows:
        _take_out(doing, other, versions[type(other)][ref_of(other)][1], together=together)
    _take_out(doing, row, version, together=together, along=len(held.rows))


def _nothing_may_point(refs: Sequence[str]) -> None:
    if refs:
        raise StillNeeded(refs=", ".join([*refs[:5], *(["…"] if refs[5:] else [])]))


def _must_say_why(account: Account, going: Sequence[Noun], reason: str) -> None:
    """Refuse to remove figures without a reason, once the account was submitted; the first row is the one asked for."""
    wanting = missing_reason(account, reason, type(going[0]), ref_of(going[0]), moved=bool(figures_in(going)))
    if wanting:
        raise Unacceptable(wanting)


def _take_out(doing: Doing, row: Noun, version: int, **also: Any) -> None:
    """Remove one row and write down where it stood. Raises Stale or Gone."""
    noun, ref = type(row), ref_of(row)
    place = rows.order(MODELS[noun], doing.account).index(ref)
    rows.remove(MODELS[noun], doing.account, ref, version=version)
    was, became = rows.difference(row, None)
    doing.record("removed", noun, ref, before=was | {"position": place, "version": version} | also, after=became)


@transaction.atomic
def restore_row(*, actor: Person, account: Account, record_id: int, now: dt.datetime) -> Noun:
    """Put back a row as the record of its removal holds it, at its place, with what went along. Once only.

    Raises Gone if there is no such record of this account; AlreadyUndone if more was done to a row since;
    Unacceptable if one no longer fits: its ref is taken, or what it points to is not there any more; Locked.
    """
    rows.hold(account)
    found = removal(account, record_id)
    if found is None:
        raise Gone
    records = removed_together(account, found)
    for each in records:
        if last_of_row(account, each.noun, each.ref) != each.id:
            raise AlreadyUndone(ref=each.ref)
    before = after = read_facts(account)
    going = [(each, _as_recorded(BY_SLUG[each.noun], each.before or {})) for each in records]
    for _record, row in going:
        after = with_rows(after, type(row), (*rows_of(after, type(row)), row))
    must_cohere(before, after)
    _put_back(Doing(actor=actor, account=account, now=now), going)
    return row_called(after, BY_SLUG[found.noun], found.ref)


def _put_back(doing: Doing, going: Sequence[tuple[AuditRecord, Noun]]) -> None:
    """Write rows that were removed, the last that went first: then each finds its place, and what it points to."""
    known = rows.ids(MODELS.values(), doing.account)
    for record, row in going:
        model, held = MODELS[type(row)], record.before or {}
        key = rows.add(model, doing.account, row, known, version=held.get("version", 0) + 1)
        known[row.slug][record.ref] = key
        if "position" in held:
            rows.place(model, doing.account, record.ref, held["position"])
        doing.record_rows("restored", type(row), record.ref, None, row)


def _as_recorded(noun: type[Row], before: Mapping[str, Any]) -> Row:
    """Return a row from the plain data of its record. Raises Unacceptable if it is none any more."""
    held: dict[str, Any] = {}
    reasons: list[Reason] = []
    for each in columns(noun):
        try:
            held[each.name] = parsing.exact(each, before.get(each.name))
        except parsing.Refused as refused:
            reasons.append(reason_at(noun, before, each.name, refused))
    if reasons:
        raise Unacceptable(reasons)
    return noun(**held)

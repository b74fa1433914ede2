"""Every way in which an account's facts change. Each verb takes the actor and the time, and is one transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from accounts import audit, parsing, rows
from accounts.columns import Noun, columns
from accounts.errors import Gone, Stale, StillNeeded
from accounts.models import Account, Organisation, Person
from accounts.nouns import AccountDetails
from accounts.queries import refs_removed
from outcomes import format as account_format, intake
from outcomes.coherence import Reason, incoherences
from outcomes.facts import MODELS, read_facts
from outcomes.models import RefusedWorkbook
from outcomes.nouns import ROWS, Facts, every_row, rows as rows_of, with_rows

Row = TypeVar("Row", bound=Noun)

REFUSED_ARE_KEPT = dt.timedelta(days=1)
REFUSED_EACH = 20
"""How many marked workbooks are kept for one person: whoever uploads for ever does not fill the disk."""
_LONGEST_NUMBER = 9
"""The digits of a ref that are still read as a number: one more must always fit."""


def keep_refused(*, person: Person, name: str, marked: bytes, now: dt.datetime) -> RefusedWorkbook:
    """Keep a marked workbook for the person who sent it; what was kept for a day goes, and all but their last few."""
    _forget(RefusedWorkbook.objects.filter(person=person).order_by("-kept_at")[REFUSED_EACH - 1 :])
    forget_refused(now=now)
    kept = RefusedWorkbook(person=person, name=name[:200], kept_at=now)
    kept.file.name = f"refused/{kept.id}.xlsx"
    kept.save()  # the row first: a file without one would stay for ever
    kept.file.storage.save(kept.file.name, ContentFile(marked))
    return kept


def forget_refused(*, now: dt.datetime) -> int:
    """Remove the marked workbooks that were kept for a day, and return how many those were."""
    return _forget(RefusedWorkbook.objects.filter(kept_at__lt=now - REFUSED_ARE_KEPT))


def _forget(some: Iterable[RefusedWorkbook]) -> int:
    forgotten = list(some)
    for each in forgotten:
        each.file.delete(save=False)  # the file first: one without a row would stay for ever
        each.delete()
    return len(forgotten)


@transaction.atomic
def open_account(
    *, actor: Person | None, organisation: Organisation, facts: Facts, now: dt.datetime, source: str
) -> Account:
    """Start an account with these facts. `source` says for the record where they came from."""
    held = _details(facts.account)
    account = Account.objects.create(organisation=organisation, created_at=now, changed_at=now, **held)
    _write_all(account, facts, before=None)
    audit.record(actor=actor, now=now, account=account, verb="opened", after={"source": source, **_counts(facts)})
    return account


@transaction.atomic
def replace_facts(*, actor: Person | None, account: Account, facts: Facts, now: dt.datetime, source: str) -> Account:
    """Put these facts in the place of all that the account holds.

    All that it held goes into the record, in the JSON form, from which it can be brought in again.
    A row keeps its key where its ref is still there; its version, like that of the account's own row, moves on if it
    says something else now.
    """
    rows.hold(account)
    before = read_facts(account)
    if facts.account != before.account:
        Account.objects.filter(id=account.id).update(**_details(facts.account), version=F("version") + 1)
    _write_all(account, facts, before=before)
    rows.touch(account, now)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="replaced",
        before={"account": account_format.to_plain(before), **_counts(before)},
        after={"source": source, **_counts(facts)},
    )
    account.refresh_from_db()
    return account


@transaction.atomic
def change_details(
    *, actor: Person, account: Account, typed: Mapping[str, Any], version: int, now: dt.datetime, reason: str = ""
) -> Account:
    """Change the account's own particulars as typed. Raises Unacceptable or Stale; changing nothing changes nothing."""
    rows.hold(account)
    before = read_facts(account)
    row = _typed(AccountDetails, typed)
    if row == before.account:
        return account
    _must_cohere(before, replace(before, account=row))
    if not Account.objects.filter(id=account.id, version=version).update(**_details(row), version=F("version") + 1):
        raise Stale
    _record_change(actor, account, now, reason, "changed", _Row(Account.noun, "", before.account, row))
    account.refresh_from_db()
    return account


@transaction.atomic
def add_row(
    *, actor: Person, account: Account, noun: type[Noun], typed: Mapping[str, Any], now: dt.datetime, reason: str = ""
) -> Noun:
    """Add one row as typed; without a ref it gets the next free one. Raises Unacceptable."""
    rows.hold(account)
    facts = read_facts(account)
    row = _typed(noun, {**typed, "ref": typed.get("ref") or _next_ref(account, noun, facts)})
    _must_cohere(facts, with_rows(facts, noun, (*rows_of(facts, noun), row)))
    rows.add(MODELS[noun], account, row, rows.ids(MODELS.values(), account))
    _record_change(actor, account, now, reason, "added", _Row(noun, _ref(row), None, row))
    return row


@transaction.atomic
def change_row(
    *,
    actor: Person,
    account: Account,
    noun: type[Noun],
    ref: str,
    typed: Mapping[str, Any],
    version: int,
    now: dt.datetime,
    reason: str = "",
) -> Noun:
    """Change one row as typed; its ref stays. Raises Unacceptable, Stale or Gone.

    A row that is as it is asked to be stays so, whoever made it so: the second click of a double click is no conflict.
    """
    rows.hold(account)
    facts = read_facts(account)
    before = _row_called(facts, noun, ref)
    row = _typed(noun, {**typed, "ref": ref})
    if row == before:
        return row
    changed = tuple(row if _ref(each) == ref else each for each in rows_of(facts, noun))
    _must_cohere(facts, with_rows(facts, noun, changed))
    rows.change(MODELS[noun], account, ref, row, rows.ids(MODELS.values(), account), version=version)
    _record_change(actor, account, now, reason, "changed", _Row(noun, ref, before, row))
    return row


@transaction.atomic
def remove_row(
    *, actor: Person, account: Account, noun: type[Noun], ref: str, version: int, now: dt.datetime, reason: str = ""
) -> None:
    """Remove one row. Raises StillNeeded while others point to it; Stale or Gone."""
    rows.hold(account)
    facts = read_facts(account)
    before = _row_called(facts, noun, ref)
    pointing = _pointing_to(facts, noun, ref)
    if pointing:
        raise StillNeeded(count=len(pointing), refs=", ".join(pointing[:5]))
    rows.remove(MODELS[noun], account, ref, version=version)
    _record_change(actor, account, now, reason, "removed", _Row(noun, ref, before, None))


def _write_all(account: Account, facts: Facts, *, before: Facts | None) -> None:
    old = {model: _held(account, noun, before) for noun, model in MODELS.items()}
    for model in reversed(MODELS.values()):
        model.objects.filter(account=account).delete()
    known: dict[str, dict[str, UUID]] = {noun.slug: {} for noun in ROWS}
    for noun, model in MODELS.items():
        rows.create_all(model, account, rows_of(facts, noun), known, old[model])


def _held(account: Account, noun: type[Noun], before: Facts | None) -> dict[str, tuple[UUID, int, Noun]]:
    if before is None:
        return {}
    found = rows.versions(MODELS[noun], account)
    return {_ref(row): (*found[_ref(row)], row) for row in rows_of(before, noun)}


def _details(row: Noun) -> dict[str, Any]:
    return {column.name: rows.stored_value(column, getattr(row, column.name)) for column in columns(Account.noun)}


def _typed(noun: type[Row], typed: Mapping[str, Any]) -> Row:
    """Return the row that a person typed. Raises Unacceptable with a reason for each field."""
    read, reasons = {}, []
    for column in columns(noun):
        try:
            read[column.name] = parsing.read(column, typed.get(column.name))
        except parsing.Refused as refused:
            reasons.append(_reason(noun, typed, column.name, refused))
    if reasons:
        raise intake.Unacceptable(reasons)
    return noun(**read)


def _reason(noun: type[Noun], typed: Mapping[str, Any], field: str, refused: parsing.Refused) -> Reason:
    return Reason(
        noun=noun.slug,
        row=0,
        ref=str(typed.get("ref", "")),
        field=field,
        message=refused.message,
        params=refused.params,
    )


def _must_cohere(before: Facts, after: Facts) -> None:
    """Refuse a change that breaks a rule between rows, here or elsewhere; what was broken before stands in no way."""
    known = {_fault(each) for each in incoherences(before)}
    reasons = [each for each in incoherences(after) if _fault(each) not in known]
    if reasons:
        raise intake.Unacceptable(reasons)


def _fault(reason: Reason) -> tuple[str, str, str, str]:
    return reason.noun, reason.ref, reason.field, reason.message


def _row_called(facts: Facts, noun: type[Noun], ref: str) -> Noun:
    """Return the row of a noun with this ref. Raises Gone."""
    for each in rows_of(facts, noun):
        if _ref(each) == ref:
            return each
    raise Gone


def _pointing_to(facts: Facts, noun: type[Noun], ref: str) -> list[str]:
    """Return the refs of the rows that point to this one."""
    return [
        _ref(row)
        for other, row in every_row(facts)
        for column in columns(other)
        if noun.slug in column.refers_to and getattr(row, column.name) == ref
    ]


def _next_ref(account: Account, noun: type[Noun], facts: Facts) -> str:
    """Return the ref after the highest of all rows, also those removed: what was said of one is not read of another.

    Rows of other nouns count too, for a cause may be an output or an outcome: the same ref on both would be neither.
    """
    refs = [_ref(row) for _noun, row in every_row(facts)] + refs_removed(account, noun.slug)
    tails = [each.casefold().removeprefix(noun.prefix.casefold()) for each in refs]
    numbers = [int(tail) for tail in tails if tail.isdecimal() and len(tail) <= _LONGEST_NUMBER]
    return f"{noun.prefix}{max(numbers, default=0) + 1}"


@dataclass(frozen=True, slots=True)
class _Row:
    """What one change did to one row."""

    noun: type[Noun]
    ref: str
    before: Noun | None
    after: Noun | None


def _record_change(actor: Person, account: Account, now: dt.datetime, reason: str, verb: str, row: _Row) -> None:
    rows.touch(account, now)
    was, became = rows.difference(row.before, row.after)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb=verb,
        noun=row.noun.slug,
        ref=row.ref,
        before=was,
        after=became,
        reason=reason,
    )


def _ref(row: Noun) -> str:
    return str(getattr(row, "ref", ""))


def _counts(facts: Facts) -> dict[str, int]:
    return {noun.slug: len(rows_of(facts, noun)) for noun in ROWS if rows_of(facts, noun)}

"""Rows of an account to and from the database: the same few steps for every noun.

A noun is a frozen dataclass (see columns.py); its model has fields of the same names. A pointer is a foreign key in the
model and a ref in the noun; refs resolve inside the account only, so a row can never point into another tenant.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone

from accounts.columns import Choice, Column, Kind, Noun, columns
from accounts.errors import Gone, Locked, Stale
from accounts.models import Account, AccountOwned, AccountState
from accounts.nouns import AccountDetails
from accounts.parsing import plain

Ids = Mapping[str, Mapping[str, UUID]]
"""For each noun's slug: the primary key of each ref."""

_Reader = Callable[[Sequence[Any]], Any]


def read(model: type[AccountOwned], account: Account) -> tuple[Noun, ...]:
    """Return the rows of one noun, in their order, as plain facts: one query."""
    paths, readers = _reading(model)
    found = model.objects.filter(account=account).order_by("position", "ref").values_list(*paths)
    return tuple(model.noun(**{name: fact(held) for name, fact in readers}) for held in found)


def versions(model: type[AccountOwned], account: Account) -> dict[str, tuple[UUID, int]]:
    """Return the primary key and the version of each ref of one noun."""
    found = model.objects.filter(account=account).values_list("ref", "id", "version")
    return {ref: (key, version) for ref, key, version in found}


def ids(models_: Iterable[type[AccountOwned]], account: Account) -> dict[str, dict[str, UUID]]:
    """Return the primary key of each ref, for each of these nouns."""
    return {model.noun.slug: {ref: key for ref, (key, _) in versions(model, account).items()} for model in models_}


def values(model: type[AccountOwned], row: Noun, known: Ids) -> dict[str, Any]:
    """Return what the database holds for a row: pointers as keys, answers as their values."""
    held: dict[str, Any] = {}
    for column in columns(model.noun):
        given = getattr(row, column.name)
        if _is_key(model, column):
            held.update(_keys(model, column, given, known))
        else:
            held[column.name] = stored_value(column, given)
    return held


def stored_value(column: Column, given: Any) -> Any:
    """Return one fact as the database holds it."""
    if column.kind is Kind.CHOICE:
        return given.value if given is not None else ""
    return given


def create_all(
    model: type[AccountOwned],
    account: Account,
    rows: Sequence[Noun],
    known: Mapping[str, dict[str, UUID]],
    before: Mapping[str, tuple[UUID, int, Noun]],
) -> None:
    """Write all rows of a noun afresh, adding their keys to `known`.

    A row that was there `before` keeps its key, and its version moves on if it differs, so that a page opened
    earlier notices.
    """
    made = []
    for position, row in enumerate(rows):
        ref = str(getattr(row, "ref", ""))
        key, version = uuid4(), 1
        if ref in before:
            key, version, old = before[ref]
            version += row != old
        known[model.noun.slug][ref] = key
        held = values(model, row, known)
        made.append(model(id=key, account=account, position=position, version=version, **held))
    model.objects.bulk_create(made, batch_size=500)


def add(model: type[AccountOwned], account: Account, row: Noun, known: Ids, *, version: int = 1) -> UUID:
    """Write one new row after the others; return its key. One that was there before goes on counting its versions."""
    last = model.objects.filter(account=account).aggregate(last=models.Max("position"))["last"]
    position = 0 if last is None else last + 1
    made = model.objects.create(account=account, position=position, version=version, **values(model, row, known))
    return made.pk


def order(model: type[AccountOwned], account: Account) -> list[str]:
    """Return the refs of one noun in the order of its rows."""
    return list(model.objects.filter(account=account).order_by("position", "ref").values_list("ref", flat=True))


def place(model: type[AccountOwned], account: Account, ref: str, to: int) -> None:
    """Put one row at a place counted from 0; the others close up, and every place is counted afresh.

    No version moves: where a row stands is none of what somebody may be typing over it. Raises Gone.
    """
    found = list(model.objects.filter(account=account).order_by("position", "ref").values_list("id", "ref", "position"))
    mine = next((each for each in found if each[1] == ref), None)
    if mine is None:
        raise Gone
    found.remove(mine)
    found.insert(to, mine)
    astray = [model(id=key, position=new) for new, (key, _ref, old) in enumerate(found) if new != old]
    model.objects.bulk_update(astray, ["position"], batch_size=500)


def change(model: type[AccountOwned], account: Account, ref: str, row: Noun, known: Ids, *, version: int) -> None:
    """Write one row over the version that was read. Raises Stale or Gone; nothing is written then."""
    mine = model.objects.filter(account=account, ref=ref)
    held = values(model, row, known)
    if not mine.filter(version=version).update(**held, version=F("version") + 1):
        raise Stale if mine.exists() else Gone


def remove(model: type[AccountOwned], account: Account, ref: str, *, version: int) -> None:
    """Remove one row in the version that was read. Raises Stale or Gone; ProtectedError if others point to it."""
    mine = model.objects.filter(account=account, ref=ref)
    if not mine.filter(version=version).delete()[0]:
        raise Stale if mine.exists() else Gone


def hold(account: Account, *, also_submitted: bool = False) -> None:
    """Take the account for a change, in the running transaction, and read it afresh. Raises Locked once submitted.

    The next change waits for this one. SQLite locks no row and need not: there a transaction begins as the only writer.
    `also_submitted` is for what may happen to an account that was submitted: it is taken back, or published.
    """
    account.refresh_from_db(from_queryset=Account.objects.select_for_update())
    if not also_submitted and (day := submitted_on(account)):
        raise Locked(day=day)


LOCKED = frozenset({AccountState.SUBMITTED, AccountState.IN_ASSURANCE, AccountState.CONCLUDED})
"""The states in which nothing of an account can be changed."""


def submitted_on(account: Account) -> str:
    """Return the day since which the account is submitted, in the reader's words; nothing if it is not."""
    if account.state not in LOCKED:
        return ""
    last = account.audit_records.filter(verb="submitted").order_by("-id").values_list("at", flat=True).first()
    when = last or account.first_submitted_at or account.changed_at
    return date_format(when.astimezone(get_current_timezone()), "DATE_FORMAT")


def touch(account: Account, now: dt.datetime) -> None:
    """Say that the account was changed: it is a draft again, whatever was published of it."""
    Account.objects.filter(id=account.id).update(changed_at=now, state=AccountState.DRAFT)


def read_details(account: Account) -> AccountDetails:
    """Return the account's own row as plain facts."""
    declared = columns(Account.noun)
    return AccountDetails(**{column.name: _fact(column, getattr(account, column.name)) for column in declared})


@cache
def _reading(model: type[AccountOwned]) -> tuple[list[str], list[tuple[str, _Reader]]]:
    """Return the paths to ask the database for, and for each column how its fact is read from a row of what it gives.

    Worked out once for each noun: an account of 5,000 observations is read row by row on every page.
    """
    paths: list[str] = []
    readers: list[tuple[str, _Reader]] = []
    for column in columns(model.noun):
        own = _paths(model, column)
        readers.append((column.name, _reader(column, len(paths), len(own))))
        paths.extend(own)
    return paths, readers


def _reader(column: Column, at: int, length: int) -> _Reader:
    """Return what reads the fact of a column from the values at these places of a row."""
    if length > 1:
        return lambda row: next((value for value in row[at : at + length] if value is not None), column.blank)
    if column.kind in {Kind.CHOICE, Kind.REF}:
        return lambda row: _fact(column, row[at])
    return itemgetter(at)


def _fact(column: Column, held: Any) -> Any:
    if column.kind is Kind.CHOICE and column.choices is not None:
        return column.choices(held) if held else None
    if column.kind is Kind.REF:
        return held or ""
    return held


def _is_key(model: type[AccountOwned], column: Column) -> bool:
    return bool(column.refers_to) and not _is_plain(model, column.name)


def _is_plain(model: type[AccountOwned], name: str) -> bool:
    return name in {each.name for each in model._meta.concrete_fields if not each.is_relation}


def _paths(model: type[AccountOwned], column: Column) -> list[str]:
    """Return where a column's value is found: through each foreign key that may hold it, or in the row itself."""
    if not _is_key(model, column):
        return [column.name]
    return [f"{name}__ref" for name in _foreign_keys(model, column)]


def _foreign_keys(model: type[AccountOwned], column: Column) -> list[str]:
    """Return the foreign keys behind a pointer: one of its name, or one for each noun that it may point to."""
    named = [each.name for each in model._meta.concrete_fields if each.is_relation]
    if column.name in named:
        return [column.name]
    return [name for name in named if name.startswith(f"{column.name}_")]


def _keys(model: type[AccountOwned], column: Column, ref: str, known: Ids) -> dict[str, UUID | None]:
    keys: dict[str, UUID | None] = {}
    for name in _foreign_keys(model, column):
        target: Any = model._meta.get_field(name).related_model
        keys[f"{name}_id"] = known.get(target.noun.slug, {}).get(ref) if ref else None
    return keys


def difference(before: Noun | None, after: Noun | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields that differ, before and after, as plain text for the audit record."""
    kept = before if before is not None else after
    names = [each.name for each in fields(kept)] if kept is not None else []  # type: ignore[arg-type]
    moved = [name for name in names if getattr(before, name, None) != getattr(after, name, None)]
    return _plain(before, moved), _plain(after, moved)


def _plain(row: Noun | None, names: Sequence[str]) -> dict[str, Any]:
    if row is None:
        return {}
    return {name: _json(getattr(row, name)) for name in names}


def _json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    return value.value if isinstance(value, Choice) else str(value)

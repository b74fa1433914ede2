"""One row at a time: added, changed; and the account's own particulars."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import rows
from accounts.columns import Noun
from accounts.errors import Stale
from accounts.models import Account, Person
from accounts.nouns import AccountDetails
from outcomes.coherence import Reason
from outcomes.facts import MODELS, read_facts
from outcomes.nouns import rows as rows_of, with_rows
from outcomes.services._reasons import figures_in, missing_reason
from outcomes.services._steps import Doing, must_cohere, next_ref, ref_of, row_called, typed_row
from outcomes.services._whole import details_held


@transaction.atomic
def change_details(
    *, actor: Person, account: Account, typed: Mapping[str, Any], version: int, now: dt.datetime, reason: str = ""
) -> Account:
    """Change the account's own particulars as typed. Raises Unacceptable, Stale or Locked.

    Changing nothing changes nothing.
    """
    rows.hold(account)
    before = read_facts(account)
    row = typed_row(AccountDetails, typed)
    if row == before.account:
        return account
    must_cohere(before, replace(before, account=row), _wanting(account, before.account, row, reason))
    if not Account.objects.filter(id=account.id, version=version).update(**details_held(row), version=F("version") + 1):
        raise Stale
    doing = Doing(actor=actor, account=account, now=now, reason=reason)
    doing.record_rows("changed", AccountDetails, "", before.account, row)
    account.refresh_from_db()
    return account


@transaction.atomic
def add_row(
    *, actor: Person, account: Account, noun: type[Noun], typed: Mapping[str, Any], now: dt.datetime, reason: str = ""
) -> Noun:
    """Add one row as typed; without a ref it gets the next free one. Raises Unacceptable or Locked."""
    rows.hold(account)
    facts = read_facts(account)
    row = typed_row(noun, {**typed, "ref": typed.get("ref") or next_ref(account, noun, facts)})
    wanting = _wanting(account, None, row, reason)
    must_cohere(facts, with_rows(facts, noun, (*rows_of(facts, noun), row)), wanting)
    rows.add(MODELS[noun], account, row, rows.ids(MODELS.values(), account))
    Doing(actor=actor, account=account, now=now, reason=reason).record_rows("added", noun, ref_of(row), None, row)
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
    """Change one row as typed; its ref stays. Raises Unacceptable, Stale, Gone or Locked.

    A row that is as it is asked to be stays so, whoever made it so: the second click of a double click is no conflict.
    """
    rows.hold(account)
    facts = read_facts(account)
    before = row_called(facts, noun, ref)
    row = typed_row(noun, {**typed, "ref": ref})
    if row == before:
        return row
    changed = tuple(row if ref_of(each) == ref else each for each in rows_of(facts, noun))
    must_cohere(facts, with_rows(facts, noun, changed), _wanting(account, before, row, reason))
    rows.change(MODELS[noun], account, ref, row, rows.ids(MODELS.values(), account), version=version)
    Doing(actor=actor, account=account, now=now, reason=reason).record_rows("changed", noun, ref, before, row)
    return row


def _wanting(account: Account, before: Noun | None, after: Noun | None, reason: str) -> list[Reason]:
    """Return what is wrong with the reason that was given for a change of one row."""
    was, became = (figures_in([row] if row is not None else []) for row in (before, after))
    about: Any = after if after is not None else before
    return missing_reason(account, reason, type(about), ref_of(about), moved=was != became)

"""Who did what to what: one append-only record, written in the same transaction as the change itself."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import Account, AuditRecord, Organisation, Person


def record(
    *,
    actor: Person | None,
    now: dt.datetime,
    verb: str,
    account: Account | None = None,
    organisation: Organisation | None = None,
    noun: str = "",
    ref: str = "",
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> None:
    """Write down one change. `actor` is None only for what an operator does from the command line.

    Raises TransactionManagementError outside a transaction: a record that could survive a change that did not is a lie.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit record belongs in the transaction of its change")
    AuditRecord.objects.create(
        at=now,
        person=actor,
        organisation=organisation or (account.organisation if account else None),
        account=account,
        verb=verb,
        noun=noun,
        ref=ref,
        before=before,
        after=after,
        reason=reason,
    )

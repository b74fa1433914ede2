"""An account started from nothing, by what somebody typed into a short form."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts import audit, rows
from accounts.models import Account, Organisation, Person
from accounts.nouns import AccountDetails
from outcomes import intake
from outcomes.coherence import incoherences
from outcomes.nouns import Facts
from outcomes.services._steps import typed_row
from outcomes.services._whole import details_held


def start_account(
    *,
    actor: Person,
    organisation: Organisation,
    typed: Mapping[str, Any],
    key: UUID,
    now: dt.datetime,
    source: str,
) -> Account:
    """Start an account that holds nothing yet but its own particulars, as typed. Raises Unacceptable.

    `key` was made for the form that was sent, and becomes the account's: the same form sent twice, even at the same
    moment, gives the account that it gave first. `source` says for the record where it came from.
    """
    details = typed_row(AccountDetails, typed)
    if reasons := list(incoherences(Facts(account=details))):
        raise intake.Unacceptable(reasons)
    try:
        return _open(actor, organisation, details, key, now, source)
    except (
        IntegrityError
    ):  # the key is taken: by this very form, or by something that is none of this person's business
        first = _opened(actor, organisation, key)
        if first is not None and rows.read_details(first) == details:
            return first
        return _open(actor, organisation, details, uuid4(), now, source)


@transaction.atomic
def _open(
    actor: Person, organisation: Organisation, details: AccountDetails, key: UUID, now: dt.datetime, source: str
) -> Account:
    account = Account.objects.create(
        id=key, organisation=organisation, created_at=now, changed_at=now, **details_held(details)
    )
    audit.record(actor=actor, now=now, account=account, verb="opened", after={"source": source})
    return account


def _opened(actor: Person, organisation: Organisation, key: UUID) -> Account | None:
    """Return the account with this key if this person opened it here."""
    own = {"audit_records__verb": "opened", "audit_records__person": actor}
    return Account.objects.filter(id=key, organisation=organisation, **own).first()

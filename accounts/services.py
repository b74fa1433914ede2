"""Every way in which accounts, as a whole, and organisations change."""

import datetime as dt

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from accounts.errors import Stale
from accounts.models import Account, AccountState


@transaction.atomic
def set_state(*, account: Account, state: AccountState, now: dt.datetime) -> None:
    """Move an account on from the state in which it was read, and date its first submission. Raises Stale.

    Whoever calls it asked the table of moves first (`reports/assurance.py`), and records who did it, and why.
    """
    read = Account.objects.filter(id=account.id, state=account.state)
    first = {"first_submitted_at": Coalesce("first_submitted_at", Value(now))}
    if not read.update(state=state, **(first if state == AccountState.SUBMITTED else {})):
        raise Stale
    account.refresh_from_db(fields=["state", "first_submitted_at"])

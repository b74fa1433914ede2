"""Somebody who keeps an account, at work on it: what they type, and what all of it must be afterwards."""

import datetime as dt
from typing import Any

from accounts.columns import Noun, columns
from accounts.models import Account, AuditRecord, Person
from accounts.parsing import show
from outcomes import services
from outcomes.facts import read_facts, read_versions
from outcomes.nouns import ROWS, Facts
from tests import factories

LATER = factories.NOW + dt.timedelta(hours=3)


def facts_of(account: Account) -> Facts:
    """Return what the account holds now."""
    return read_facts(Account.objects.get(pk=account.pk))


def typed(row: Noun, **changed: str) -> dict[str, str]:
    """Return a row as a person would have typed it."""
    return {column.name: show(column, getattr(row, column.name)) for column in columns(type(row))} | changed


def change(account: Account, editor: Person, row: Any, version: int = 1, **changed: str) -> Any:
    """Change some fields of a row as typed."""
    return services.change_row(
        actor=editor,
        account=account,
        noun=type(row),
        ref=row.ref,
        typed=typed(row, **changed),
        version=version,
        now=LATER,
        reason="Counted again",
    )


def everything(account: Account) -> tuple[Any, ...]:
    """Return all that a refused change must leave as it was."""
    versions = {noun.slug: read_versions(account, noun) for noun in ROWS}
    of_account = Account.objects.filter(pk=account.pk).values().get()
    return facts_of(account), versions, of_account, AuditRecord.objects.filter(account=account).count()


def latest(account: Account) -> AuditRecord:
    """Return the last record of who did what to an account."""
    return AuditRecord.objects.filter(account=account).latest("id")

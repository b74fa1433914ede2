"""A whole account at once: started, or replaced by what a workbook says."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import audit, rows
from accounts.columns import Noun, columns
from accounts.models import Account, Organisation, Person
from accounts.nouns import AccountDetails
from outcomes import format as account_format, intake
from outcomes.facts import MODELS, read_facts
from outcomes.nouns import ROWS, Facts, rows as rows_of
from outcomes.services._reasons import figures_of_all, missing_reason
from outcomes.services._steps import ref_of


@transaction.atomic
def open_account(
    *, actor: Person | None, organisation: Organisation, facts: Facts, now: dt.datetime, source: str
) -> Account:
    """Start an account with these facts. `source` says for the record where they came from."""
    held = details_held(facts.account)
    account = Account.objects.create(organisation=organisation, created_at=now, changed_at=now, **held)
    _write_all(account, facts, before=None)
    audit.record(actor=actor, now=now, account=account, verb="opened", after={"source": source, **_counts(facts)})
    return account


@transaction.atomic
def replace_facts(
    *, actor: Person | None, account: Account, facts: Facts, now: dt.datetime, source: str, reason: str = ""
) -> Account:
    """Put these facts in the place of all that the account holds. Raises Locked, or Unacceptable for want of a reason.

    All that it held goes into the record, in the JSON form, from which it can be brought in again.
    A row keeps its key where its ref is still there; its version, like that of the account's own row, moves on if it
    says something else now.
    """
    rows.hold(account)
    before = read_facts(account)
    moved = figures_of_all(before) != figures_of_all(facts)
    if wanting := missing_reason(account, reason, AccountDetails, "", moved=moved):
        raise intake.Unacceptable(wanting)
    if facts.account != before.account:
        Account.objects.filter(id=account.id).update(**details_held(facts.account), version=F("version") + 1)
    _write_all(account, facts, before=before)
    rows.touch(account, now)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="replaced",
        before={"account": account_format.to_plain(before), **_counts(before)},
        after={"source": source, **_counts(facts)},
        reason=reason.strip(),
    )
    account.refresh_from_db()
    return account


def details_held(row: Noun) -> dict[str, Any]:
    """Return what the database holds for the account's own row."""
    return {column.name: rows.stored_value(column, getattr(row, column.name)) for column in columns(Account.noun)}


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
    return {ref_of(row): (*found[ref_of(row)], row) for row in rows_of(before, noun)}


def _counts(facts: Facts) -> dict[str, int]:
    return {noun.slug: len(rows_of(facts, noun)) for noun in ROWS if rows_of(facts, noun)}

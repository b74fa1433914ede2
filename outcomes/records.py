"""What the doors and the verbs read of who did what to an account's rows."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Account, AuditRecord

OPERATOR = "operator"
"""Who is asked for when nobody was signed in: what was done from the command line."""


def removal(account: Account, record_id: int) -> AuditRecord | None:
    """Return the record of a removal from this account."""
    return account.audit_records.filter(id=record_id, verb="removed").first()


def removed_together(account: Account, record: AuditRecord) -> list[AuditRecord]:
    """Return the records of all that went in the same step as this one, the last that went first."""
    token = (record.before or {}).get("together")
    if not token:
        return [record]
    return list(account.audit_records.filter(verb="removed", before__together=token).order_by("-id"))


def last_of_row(account: Account, noun: str, ref: str) -> int | None:
    """Return the number of the last record of a row."""
    of_row = account.audit_records.filter(noun=noun, ref=ref).order_by("-id")
    return of_row.values_list("id", flat=True).first()


def last_removal(account: Account, noun: str) -> AuditRecord | None:
    """Return the last removal of a row of a noun, whoever did it."""
    return account.audit_records.filter(noun=noun, verb="removed").order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Kind:
    """Somebody who did something to a noun: what a history can be asked for."""

    person_id: UUID | None
    name: str
    verb: str
    noun: str


def kinds(account: Account) -> list[Kind]:
    """Return who did what to which nouns of an account, each once: one query."""
    found = account.audit_records.order_by().values_list("person", "person__name", "person__email", "verb", "noun")
    return [Kind(person, name or email or "", verb, noun) for person, name, email, verb, noun in found.distinct()]


def filtered(
    account: Account,
    *,
    person: str = "",
    verb: str = "",
    noun: str = "",
    ref: str = "",
    since: dt.datetime | None = None,
    before: dt.datetime | None = None,
) -> QuerySet[AuditRecord]:
    """Return what was done to an account, the latest first; what is blank narrows nothing."""
    found = account.audit_records.select_related("person").order_by("-id")
    if person:
        found = found.filter(person=_key(person)) if person != OPERATOR else found.filter(person=None)
    same = {"verb": verb, "noun": noun, "ref__iexact": ref.strip()}
    found = found.filter(**{name: value for name, value in same.items() if value})
    if since is not None:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=before) if before is not None else found


def _key(person: str) -> UUID:
    """Return the key of a person; of nobody, if it is none."""
    try:
        return UUID(person)
    except ValueError:
        return UUID(int=0)

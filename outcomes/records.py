"""What the doors and the verbs read of who did what to an account's rows."""

from accounts.models import Account, AuditRecord


def removal(account: Account, record_id: int) -> AuditRecord | None:
    """Return the record of a removal from this account."""
    return account.audit_records.filter(id=record_id, verb="removed").first()


def last_of_row(account: Account, noun: str, ref: str) -> int | None:
    """Return the number of the last record of a row."""
    of_row = account.audit_records.filter(noun=noun, ref=ref).order_by("-id")
    return of_row.values_list("id", flat=True).first()


def last_removal(account: Account, noun: str) -> AuditRecord | None:
    """Return the last removal of a row of a noun, whoever did it."""
    return account.audit_records.filter(noun=noun, verb="removed").order_by("-id").first()

"""What the doors read about people, organisations and the list of accounts."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts import access
from accounts.models import Account, AuditRecord, Organisation, Person
from accounts.roles import Action, Role


def my_accounts(person: Person) -> QuerySet[Account]:
    """Return the accounts that this person may see, the last changed first."""
    return access.accounts_for(person).order_by("-changed_at")


def may_start_accounts_for(person: Person) -> Sequence[Organisation]:
    """Return the organisations for which this person may bring in a new account, by name."""
    return list(access.organisations_for(person, Action.IMPORT).order_by("name"))


def history(account: Account) -> QuerySet[AuditRecord]:
    """Return who did what to an account, the latest first."""
    return account.audit_records.select_related("person").order_by("-id")


def history_of(account: Account, noun: str, ref: str) -> QuerySet[AuditRecord]:
    """Return who did what to one row; without any record of its own, how the account's rows came in."""
    of_row = account.audit_records.filter(noun=noun, ref=ref)
    whole = account.audit_records.filter(verb__in=["opened", "replaced"])
    return (of_row | whole).select_related("person").order_by("-id")[:10]


def refs_removed(account: Account, noun: str) -> list[str]:
    """Return the refs of the rows of a noun that were removed from an account one by one."""
    return list(account.audit_records.filter(noun=noun, verb="removed").values_list("ref", flat=True))


def organisation_named(slug: str) -> Organisation | None:
    """Return the organisation with this slug: for operators, who are past the gate."""
    return Organisation.objects.filter(slug=slug).first()


def account_by_id(account_id: UUID) -> Account | None:
    """Return the account with this id: for operators, who are past the gate."""
    return Account.objects.select_related("organisation").filter(id=account_id).first()


def roles_of(person: Person) -> set[Role]:
    """Return every role that a person has anywhere."""
    return {Role(role) for role in person.memberships.values_list("role", flat=True)}

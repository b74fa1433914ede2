"""What the doors read about people, organisations and the list of accounts."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts import access
from accounts.models import Account, AuditRecord, Organisation, Person
from accounts.roles import Action


def my_accounts(person: Person) -> QuerySet[Account]:
    """Return the accounts that this person may see, the last changed first."""
    return access.accounts_for(person).order_by("-changed_at")


def may_start_accounts_for(person: Person) -> Sequence[Organisation]:
    """Return the organisations for which this person may bring in a new account, by name."""
    return list(access.organisations_for(person, Action.IMPORT).order_by("name"))


def may(person: Person, account: Account, action: Action) -> bool:
    """Return whether to offer this person an action on an account that they may see."""
    return access.may_do(person, account, action)


def history(account: Account) -> QuerySet[AuditRecord]:
    """Return who did what to an account, the latest first."""
    return account.audit_records.select_related("person").order_by("-id")


def organisation_named(slug: str) -> Organisation | None:
    """Return the organisation with this slug: for operators, who are past the gate."""
    return Organisation.objects.filter(slug=slug).first()


def account_by_id(account_id: UUID) -> Account | None:
    """Return the account with this id: for operators, who are past the gate."""
    return Account.objects.select_related("organisation").filter(id=account_id).first()

"""Who did what to what: written in the transaction of the change, or not at all."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from accounts import audit
from accounts.models import AuditRecord
from accounts.roles import Role
from tests import factories


@pytest.mark.django_db
def test_a_record_says_who_did_what_to_what_when_and_why():
    account = factories.account()
    editor = factories.member(Role.EDITOR, account.organisation)
    audit.record(
        actor=editor,
        now=factories.NOW,
        account=account,
        verb="changed",
        noun="outcomes",
        ref="O1",
        before={"quantity": "10"},
        after={"quantity": "12"},
        reason="Counted again",
    )
    made = AuditRecord.objects.latest("id")
    assert (made.person, made.organisation, made.account, made.at) == (
        editor,
        account.organisation,
        account,
        factories.NOW,
    )
    assert (made.verb, made.noun, made.ref, made.reason) == ("changed", "outcomes", "O1", "Counted again")
    assert (made.before, made.after) == ({"quantity": "10"}, {"quantity": "12"})


@pytest.mark.django_db
def test_a_record_may_be_about_an_organisation_and_by_an_operator():
    keeper = factories.organisation()
    audit.record(actor=None, now=factories.NOW, organisation=keeper, verb="joined")
    made = AuditRecord.objects.get()
    assert (made.person, made.account, made.organisation) == (None, None, keeper)


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused():
    account = factories.account()
    before = AuditRecord.objects.count()
    with pytest.raises(TransactionManagementError):
        audit.record(actor=None, now=factories.NOW, account=account, verb="changed")
    assert AuditRecord.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_record_goes_with_the_change_that_was_not_made():
    account = factories.account()
    before = AuditRecord.objects.count()
    with transaction.atomic():
        audit.record(actor=None, now=factories.NOW, account=account, verb="changed")
        transaction.set_rollback(True)
    assert AuditRecord.objects.count() == before

"""Nobody both changes and submits an account where the organisation has another approver."""

import pytest

from accounts.models import Account, Membership, Person
from accounts.roles import Role
from outcomes import services as outcome_services
from reports import document, queries, services
from reports.errors import NotYourOwnWork
from reports.models import Submission
from stakeholders.nouns import Input
from tests import factories
from tests.reports import submitting
from tests.reports.submitting import LATER, LATER_STILL, edit, ready, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return ready()


@pytest.fixture
def both(account: Account) -> Person:
    """Return somebody who may change the account and may submit it."""
    made = factories.member(Role.APPROVER, account.organisation)
    Membership.objects.create(person=made, organisation=account.organisation, role=Role.EDITOR)
    return made


@pytest.fixture
def other(account: Account) -> Person:
    made = factories.member(Role.APPROVER, account.organisation)
    Person.objects.filter(pk=made.pk).update(name="Owen Hughes")
    made.refresh_from_db()
    return made


def test_who_changed_it_may_not_submit_it_where_there_is_another_approver(
    account: Account, both: Person, other: Person
):
    edit(account, both)
    with pytest.raises(NotYourOwnWork) as refused:
        submit(account, both)
    assert refused.value.params == {"names": "Owen Hughes"}
    assert not Submission.objects.exists()
    assert submit(account, other).alone is False


def test_every_way_of_changing_it_counts(account: Account, both: Person, other: Person):
    outcome_services.add_row(
        actor=both, account=account, noun=Input, typed={"description": "Rooms", "amount": "1"}, now=LATER
    )
    assert queries.duties(account).bars(both)


def test_who_brought_the_account_in_changed_it(account: Account, both: Person, other: Person):
    mine = factories.account(submitting.ready_facts(), keeper=account.organisation, actor=both)
    with pytest.raises(NotYourOwnWork):
        submit(mine, both)


def test_who_changed_nothing_may_submit_it_whatever_others_did(account: Account, both: Person, other: Person):
    edit(account, factories.member(Role.EDITOR, account.organisation))
    assert submit(account, both).alone is False


def test_who_changed_another_account_may_submit_this_one(account: Account, both: Person, other: Person):
    edit(ready(account.organisation), both)
    assert submit(account, both)


def test_giving_a_reason_and_asking_for_a_report_change_no_figure(account: Account, both: Person, other: Person):
    outcome_services.explain(actor=both, account=account, reasons={"any": "Because"}, now=LATER)
    services.ask_for_report(actor=both, account=account, language="en-gb", now=LATER)
    assert submit(account, both)


def test_submitting_and_taking_back_change_no_figure(account: Account, both: Person, other: Person):
    submit(account, both)
    services.take_back(actor=both, account=account, reason="One group was left out", now=LATER)
    assert submit(account, both, now=LATER_STILL).number == 2


def test_withdrawing_a_report_changes_no_figure(account: Account, both: Person, other: Person):
    report = factories.published(account)
    services.withdraw(actor=both, report=report, reason="A slip in the title", now=LATER)
    assert not queries.duties(account).bars(both)


def test_taking_it_back_does_not_wash_a_change_away(account: Account, both: Person, other: Person):
    edit(account, both)
    submit(account, other)
    services.take_back(actor=both, account=account, reason="One group was left out", now=LATER)
    with pytest.raises(NotYourOwnWork):
        submit(account, both, now=LATER_STILL)


# --- Where there is nobody else ------------------------------------------------------------------------------------


def test_where_there_is_no_other_approver_they_may_and_the_frozen_account_says_so(account: Account, both: Person):
    edit(account, both)
    made = submit(account, both)
    assert made.alone is True
    assert document.parsed(made.snapshot.document)["submission"]["alone"] is True


def test_where_there_is_no_other_approver_but_they_changed_nothing_nothing_is_said(account: Account, both: Person):
    assert submit(account, both).alone is False


@pytest.mark.parametrize("who", ["deactivated", "of another organisation", "editor", "administrator"])
def test_who_may_not_submit_it_is_no_other_approver(account: Account, both: Person, who: str):
    makers = {
        "deactivated": lambda: factories.member(Role.APPROVER, account.organisation, is_active=False),
        "of another organisation": lambda: factories.member(Role.APPROVER, factories.organisation("Elsewhere")),
        "editor": lambda: factories.member(Role.EDITOR, account.organisation),
        "administrator": lambda: factories.member(Role.ADMIN, account.organisation),
    }
    makers[who]()
    edit(account, both)
    assert submit(account, both).alone is True


def test_where_every_approver_changed_it_none_of_them_submits_it(account: Account, both: Person, other: Person):
    edit(account, both)
    edit(account, other, "A third name")
    for person in (both, other):
        with pytest.raises(NotYourOwnWork):
            submit(account, person)


# --- Cycles ------------------------------------------------------------------------------------------------------


def test_what_was_changed_before_the_last_publication_is_over(account: Account, both: Person, other: Person):
    editor = factories.member(Role.EDITOR, account.organisation)
    edit(account, both)
    submit(account, other)
    services.publish(actor=other, report=factories.report(account), now=LATER)
    edit(account, editor, "A third name", now=LATER_STILL)
    assert submit(account, both, now=LATER_STILL)


def test_publishing_an_older_report_does_not_wash_a_change_away(account: Account, both: Person, other: Person):
    submit(account, other)
    full, in_welsh = factories.report(account), factories.report(account, language="cy")
    services.publish(actor=other, report=full, now=LATER)
    edit(account, both, now=LATER_STILL, reason="Counted again")
    services.publish(actor=both, report=in_welsh, now=LATER_STILL)
    with pytest.raises(NotYourOwnWork):
        submit(account, both, now=LATER_STILL)

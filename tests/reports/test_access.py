"""Who reaches a report and a rendering: the keepers, their coordinators, and funders once it is published."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Account, Membership, Organisation, OrganisationType, Person
from accounts.roles import Action, Role
from reports import access
from reports.models import RenderJob, Report
from tests import factories

pytestmark = pytest.mark.django_db
REPORT_ACTIONS = (Action.READ_REPORT, Action.READ_PUBLISHED, Action.PUBLISH)


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation(forum=factories.forum())


@pytest.fixture
def account(keeper: Organisation) -> Account:
    return factories.account(keeper=keeper)


def funder_of(account: Account | None) -> Person:
    """Return a funder's person; the funder funds the account, if one is given."""
    foundation = factories.organisation("A foundation")
    if account is not None:
        factories.grant(foundation, account)
    return factories.member(Role.FUNDER, foundation)


def outcome_of(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Http404:
        return "not found"
    except PermissionDenied:
        return "refused"
    return "given"


def reached(person: Person, report: Report) -> dict[Action, str]:
    return {
        action: outcome_of(lambda action=action: access.report_for(person, report.id, action))
        for action in REPORT_ACTIONS
    }


READS = {Action.READ_REPORT: "given", Action.READ_PUBLISHED: "given", Action.PUBLISH: "refused"}
PUBLISHES = dict.fromkeys(REPORT_ACTIONS, "given")
NOTHING = dict.fromkeys(REPORT_ACTIONS, "not found")
DOWNLOADS = {Action.READ_REPORT: "refused", Action.READ_PUBLISHED: "given", Action.PUBLISH: "refused"}


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.VIEWER, READS),
        (Role.EDITOR, READS),
        (Role.ADMIN, READS),
        (Role.APPROVER, PUBLISHES),
        (Role.COORDINATOR, READS),
        (Role.ASSURER, NOTHING),
        (Role.FUNDER, NOTHING),
    ],
)
def test_people_of_the_keeper_and_of_its_forum_reach_a_report_as_their_role_says(
    account: Account, role: Role, expected, is_published: bool
):
    report = factories.published(account) if is_published else factories.report(account)
    place = account.organisation.forums.get() if role in {Role.COORDINATOR, Role.ASSURER} else account.organisation
    assert reached(factories.member(role, place), report) == expected


def test_a_funder_reaches_what_is_published_of_what_they_fund_and_nothing_else(account: Account):
    funder, stranger = funder_of(account), funder_of(None)
    report = factories.submitted_report(account)
    assert reached(funder, report) == NOTHING
    other = factories.published()
    factories.publish(report)
    assert reached(funder, report) == DOWNLOADS
    assert reached(stranger, report) == NOTHING
    assert reached(funder, other) == NOTHING
    assert list(access.published_for(funder)) == [report]
    assert not access.published_for(stranger).exists()


def test_only_the_funder_role_opens_what_a_funder_s_organisation_funds(account: Account):
    report = factories.published(account)
    foundation = factories.organisation("A foundation")
    factories.grant(foundation, account)
    for role in (Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN):
        assert reached(factories.member(role, foundation), report) == NOTHING


def test_someone_deactivated_or_of_another_organisation_reaches_nothing(account: Account):
    report = factories.published(account)
    elsewhere = factories.member(Role.ADMIN, factories.organisation())
    gone = factories.member(Role.APPROVER, account.organisation, is_active=False)
    gone_funder = funder_of(account)
    gone_funder.is_active = False
    gone_funder.save()
    for person in (elsewhere, gone, gone_funder, factories.person()):
        assert reached(person, report) == NOTHING
        assert not access.published_for(person).exists()


def test_a_report_that_never_was_is_not_found_by_anyone(account: Account):
    factories.published(account)
    approver = factories.member(Role.APPROVER, account.organisation)
    assert outcome_of(lambda: access.report_for(approver, uuid4(), Action.READ_REPORT)) == "not found"
    assert outcome_of(lambda: access.job_for(approver, uuid4())) == "not found"


def test_a_report_funded_twice_by_the_same_people_is_listed_once(account: Account):
    report = factories.published(account)
    funder = funder_of(account)
    second = Organisation.objects.create(name="Another", slug="another", type=OrganisationType.FUNDER)
    Membership.objects.create(person=funder, organisation=second, role=Role.FUNDER)
    factories.grant(second, account)
    assert list(access.published_for(funder)) == [report]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.VIEWER, "given"),
        (Role.EDITOR, "given"),
        (Role.APPROVER, "given"),
        (Role.ADMIN, "given"),
        (Role.COORDINATOR, "given"),
        (Role.ASSURER, "not found"),
        (Role.FUNDER, "not found"),
    ],
)
def test_a_rendering_is_watched_by_those_who_may_read_its_report(account: Account, role: Role, expected: str):
    job = factories.queued(account)
    place = account.organisation.forums.get() if role in {Role.COORDINATOR, Role.ASSURER} else account.organisation
    assert outcome_of(lambda: access.job_for(factories.member(role, place), job.id)) == expected
    elsewhere = factories.member(Role.ADMIN, factories.organisation())
    assert outcome_of(lambda: access.job_for(elsewhere, job.id)) == "not found"


def test_a_rendering_comes_with_what_its_page_needs(account: Account, django_assert_num_queries):
    job = factories.queued(account)
    editor = factories.member(Role.EDITOR, account.organisation)
    with django_assert_num_queries(3):
        found = access.job_for(editor, job.id)
        assert found.snapshot.account.organisation == account.organisation
    assert isinstance(found, RenderJob)

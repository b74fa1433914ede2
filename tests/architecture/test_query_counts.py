"""Each page asks the database the same number of times, however much it shows.

What the numbers are made of: 3 to know who asks (the session, the person, and whether a second factor is missing); 3 at
the gate (the account with its organisation, the person's roles, and once more for what to offer); one for each
noun of the facts, and one for what was replied; and what the page wants besides.
"""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, Organisation
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import ROWS, Indicator
from reports import services
from stakeholders.nouns import Involvement
from tests import factories
from tests.architecture import gate
from tests.outcomes import replying
from tests.reports import assuring

WHO, GATE, FACTS = 3, 3, len(ROWS) + 1
PAGES = {
    "outcomes:steps": WHO + GATE + FACTS,
    "outcomes:step": WHO + GATE + FACTS,
    "outcomes:account": WHO + GATE + FACTS,
    "outcomes:details": WHO + GATE + FACTS,
    "outcomes:value_map": WHO + GATE + FACTS,
    "outcomes:sensitivity": WHO + GATE + FACTS,
    "outcomes:theory_of_change": WHO + GATE + FACTS + 2,  # the versions, and the refs of steps that were removed
    "outcomes:principles": WHO + GATE + FACTS,
    "outcomes:importance": WHO + GATE + FACTS + 1,  # the versions of what outcomes are worth
    "outcomes:factors": WHO + GATE + FACTS,
    "outcomes:factor": WHO + GATE + FACTS + 1,  # the versions of the factors
    "outcomes:figure": WHO + GATE + FACTS,
    "outcomes:figure, entered": WHO + GATE + FACTS + 1,  # who entered it
    "outcomes:contents": WHO + GATE + FACTS,
    # the rounds; those with enough replies, their replies, the answers; and whether one may open one
    "outcomes:replies": WHO + GATE + FACTS + 4,
    "outcomes:new_replies": WHO + GATE + FACTS,
    "outcomes:answer_reply": WHO + GATE + 3,
    "outcomes:entries": WHO + GATE + FACTS,
    "outcomes:entry": WHO + GATE + FACTS + 1,  # its version
    "outcomes:remove_entry": WHO + GATE + FACTS + 1,
    "outcomes:new_entry": WHO + GATE + FACTS + 1,  # the refs of rows that were removed
    "outcomes:ledger": WHO + GATE + FACTS + 1,  # what was removed
    "outcomes:co_production": WHO + GATE + FACTS + 2,  # the versions, and the refs of rows that were removed
    "outcomes:goals": WHO + GATE + FACTS + 1,  # the versions
    "outcomes:indicator": WHO + GATE + FACTS + 1,  # the refs of rows that were removed
    "outcomes:new_evidence": WHO + GATE + FACTS + 1,  # the refs of rows that were removed
    "outcomes:evidence_file": WHO + 2 + 1,  # it offers nothing
    "outcomes:copy_entry": WHO + GATE + FACTS + 1,
    "outcomes:grid": WHO + GATE + FACTS + 2,  # the versions, the refs of rows that were removed
    "outcomes:history": WHO + GATE + 3,  # whom and what one can ask for, how many records, and one page of them
    "outcomes:history_csv": WHO + 2 + 2,  # it offers nothing; whom and what one can ask for, and the records
    "outcomes:workbook": WHO + GATE,
    "outcomes:export": WHO + 2 + FACTS,  # it offers nothing
    # the renderings, the reports, the submissions, the statements that were signed, how often they were taken
    "reports:reports": WHO + GATE + 5,
    "reports:versions": WHO + GATE + 1,
    "reports:difference": WHO + GATE + 3,  # the two versions, and the reasons that were given in between
    "reports:changed_since": WHO + GATE + FACTS + 3,  # the version, the organisation's numbers, the reasons
    "reports:funders": WHO + GATE + 2,  # the grants, and who took a report
    # the open submission, the organisation's numbers, what to offer; who submits, what was published, who changed what;
    # the funders, the forums, and as which version it was submitted before
    "reports:submit": WHO + GATE + FACTS + 9,
    "reports:take_back": WHO + GATE,
    "reports:assurance": WHO + GATE + 2,  # what to offer, the engagements
}
BEYOND_THE_ACCOUNT = {
    "outcomes:step": ["anyway"],
    "outcomes:figure": ["O1.impact"],
    "outcomes:figure, entered": ["O1.quantity"],
    "outcomes:factor": ["O1"],
    "outcomes:new_replies": ["S1"],
    "outcomes:entries": ["outcomes"],
    "outcomes:indicator": ["I1"],
    "outcomes:evidence_file": [hashlib.sha256(b"%PDF-").hexdigest()],
    "outcomes:new_entry": ["outcomes"],
    "outcomes:entry": ["outcomes", "O1"],
    "outcomes:remove_entry": ["outcomes", "O1"],
    "outcomes:copy_entry": ["outcomes", "O1"],
    "outcomes:grid": ["outcomes"],
    "reports:difference": [1, 2],
    "reports:changed_since": [1],
}
LISTS = {
    "accounts:my_accounts": WHO + 3,  # the accounts, the organisations to start one for, the roles
    "reports:engagements": WHO + 1,
    # the grants; noting a first visit, which asks twice, writes once, and is two steps in one; what can be asked for,
    # how many reports, one page of them, their shorter editions, and how many are new
    "reports:published": WHO + 1 + 7 + 5,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation()


def asked(client: Client, page: str, *arguments: object) -> int:
    """Return how often a page asks the database."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse(page.partition(",")[0], args=arguments))
        assert answer.status_code == 200
        assert answer.content if not answer.streaming else b"".join(answer.streaming_content)
    return len(seen)


@pytest.mark.parametrize("outcomes", [5, 60])
def test_the_pages_of_an_account_ask_as_often_for_sixty_outcomes_as_for_five(keeper: Organisation, outcomes: int):
    editor = factories.member(Role.EDITOR, keeper)
    Membership.objects.create(person=editor, organisation=keeper, role=Role.APPROVER)
    client = gate.signed_in(editor)
    asked_once = Involvement(ref="V1", stakeholder="S1", method="Group talk", took_part=12)
    facts = replace(factories.wide_facts(outcomes), involvement=(asked_once,))
    account = factories.account(facts, keeper=keeper)
    objection = replying.objected(account).objection
    measure = {"outcome": "O1", "name": "Meets friends"}
    services.take_snapshot(actor=editor, account=account, now=factories.NOW)
    outcome_services.add_row(actor=editor, account=account, noun=Indicator, typed=measure, now=factories.NOW)
    outcome_services.keep_file(
        actor=editor, account=account, typed={}, content=b"%PDF-", name="minutes.pdf", now=factories.NOW
    )
    services.take_snapshot(actor=editor, account=account, now=factories.NOW)
    beyond = {**BEYOND_THE_ACCOUNT, "outcomes:answer_reply": [objection.id]}
    counted = {page: asked(client, page, account.id, *beyond.get(page, [])) for page in PAGES}
    assert counted == PAGES


def test_every_page_of_an_account_is_counted():
    shown = {name for name, route in gate.patterns() if "account_id" in route and gate.DOORS[name].get}
    assert shown == {page.partition(",")[0] for page in PAGES}


@pytest.mark.parametrize("accounts", [1, 8])
def test_the_lists_ask_as_often_for_many_as_for_one(keeper: Organisation, accounts: int):
    foundation = factories.organisation("A foundation")
    for _each in range(accounts):
        report = factories.published(factories.account(keeper=keeper))
        factories.grant(foundation, report.snapshot.account)
    editor, funder = factories.member(Role.EDITOR, keeper), factories.member(Role.FUNDER, foundation)
    network = factories.forum()
    network.organisations.add(keeper)
    assurer = factories.member(Role.ASSURER, network)
    for _each in range(min(accounts, 2)):
        assuring.assigned(keeper, network, assurer)
    counted = {
        "accounts:my_accounts": asked(gate.signed_in(editor), "accounts:my_accounts"),
        "reports:published": asked(gate.signed_in(funder), "reports:published"),
        "reports:engagements": asked(gate.signed_in(assurer), "reports:engagements"),
    }
    assert counted == LISTS


def test_the_reports_and_the_history_ask_as_often_for_many_as_for_one(keeper: Organisation):
    client = gate.signed_in(factories.member(Role.EDITOR, keeper))
    account = factories.account(keeper=keeper)
    factories.report(account)
    for day, language in enumerate(["cy", *(code for code, _name in settings.LANGUAGES)]):
        now = factories.NOW + dt.timedelta(days=day)
        services.ask_for_report(actor=None, account=account, language=language, now=now)
    for page in ("reports:reports", "outcomes:history"):
        assert asked(client, page, account.id) == PAGES[page]

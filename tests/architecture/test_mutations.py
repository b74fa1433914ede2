"""Every service that writes is known here, and leaves the record that it should."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

import accounts
import outcomes
import reports
import stakeholders
from accounts import services as account_services
from accounts.models import Account, AuditRecord, Forum, Invitation, Membership, Organisation, Person
from accounts.nouns import ImportanceBy
from accounts.roles import Role
from accounts.sector import Particulars, Type
from outcomes import services as outcome_services
from outcomes.belonging import belongings
from outcomes.facts import read_facts
from outcomes.nouns import Goal, Outcome
from reports import services as report_services
from reports.models import Edition, Level, Question
from stakeholders.nouns import Input, Involvement
from tests import factories
from tests.outcomes import replying
from tests.reports import assuring, submitting

pytestmark = pytest.mark.django_db
APPS = (accounts, stakeholders, outcomes, reports)


def services() -> dict[str, Any]:
    """Return every public function of every app's services, by its full name."""
    modules = [
        importlib.import_module(found.name)
        for app in APPS
        for found in pkgutil.walk_packages(app.__path__, f"{app.__name__}.")
        if found.name.split(".")[1:] == ["services"]
    ]
    return {f"{module.__name__}.{name}": verb for module in modules for name, verb in _public(module)}


def _public(module: ModuleType) -> list[tuple[str, Any]]:
    """Return what a module gives out of its own; where it is a package, also of its parts."""
    return [
        (name, found)
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and f"{found.__module__}.".startswith(f"{module.__name__}.")
    ]


def open_account(actor: Person, account: Account) -> None:
    outcome_services.open_account(
        actor=actor, organisation=account.organisation, facts=factories.small_facts(), now=factories.NOW, source="x"
    )


def start_account(actor: Person, account: Account) -> None:
    given = {"name": "New", "kind": "forecast", "currency": "GBP", "year_one_is_discounted": "yes"}
    outcome_services.start_account(
        actor=actor,
        organisation=account.organisation,
        typed=given,
        key=uuid4(),
        now=factories.NOW,
        source="x",
    )


def replace_facts(actor: Person, account: Account) -> None:
    outcome_services.replace_facts(
        actor=actor, account=account, facts=factories.wide_facts(2), now=factories.NOW, source="x"
    )


def change_details(actor: Person, account: Account) -> None:
    given = {"name": "Renamed", "kind": "forecast", "currency": "GBP", "year_one_is_discounted": "no"}
    outcome_services.change_details(actor=actor, account=account, typed=given, version=1, now=factories.NOW)


def add_row(actor: Person, account: Account) -> None:
    given = {"description": "Rooms"}
    outcome_services.add_row(actor=actor, account=account, noun=Input, typed=given, now=factories.NOW)


def change_row(actor: Person, account: Account) -> None:
    given = {"stakeholder": "S1", "name": "Renamed", "quantity": "10", "duration": "1", "decision": "included"}
    outcome_services.change_row(
        actor=actor, account=account, noun=Outcome, ref="O1", typed=given, version=1, now=factories.NOW
    )


def remove_row(actor: Person, account: Account) -> None:
    outcome_services.remove_row(actor=actor, account=account, noun=Input, ref="N1", version=1, now=factories.NOW)


def share_importance(actor: Person, account: Account) -> None:
    shares = outcome_services.Shares(by=ImportanceBy.POINTS, given={"O1": "10"}, said={})
    outcome_services.share_importance(
        actor=actor, account=account, shares=shares, seen={"O1": 1}, version=1, now=factories.NOW
    )


def move_row(actor: Person, account: Account) -> None:
    add_row(actor, account)
    outcome_services.move_row(actor=actor, account=account, noun=Input, ref="N1", seen=0, to=1, now=factories.NOW)


def copy_row(actor: Person, account: Account) -> None:
    outcome_services.copy_row(actor=actor, account=account, noun=Input, ref="N1", version=1, now=factories.NOW)


def remove_with_belongings(actor: Person, account: Account) -> None:
    facts = read_facts(account)
    outcome = facts.outcomes[0]
    outcome_services.remove_with_belongings(
        actor=actor,
        account=account,
        noun=Outcome,
        ref=outcome.ref,
        version=1,
        read=belongings(facts, outcome).fingerprint,
        now=factories.NOW,
    )


def restore_row(actor: Person, account: Account) -> None:
    remove_row(actor, account)
    removed = AuditRecord.objects.latest("id")
    outcome_services.restore_row(actor=actor, account=account, record_id=removed.id, now=factories.NOW)


def keep_file(actor: Person, account: Account) -> None:
    outcome_services.keep_file(
        actor=actor, account=account, typed={}, content=b"%PDF-", name="minutes.pdf", now=factories.NOW
    )


def relate_goals(actor: Person, account: Account) -> None:
    outcome_services.relate_goals(
        actor=actor, account=account, outcome="O1", goals={Goal.HEALTHIER: ""}, seen={}, now=factories.NOW
    )


def open_replies(actor: Person, account: Account) -> None:
    replying.opened(asked_of(account), actor=actor, now=factories.NOW)


def answer_objection(actor: Person, account: Account) -> None:
    objection = replying.objected(asked_of(account)).objection
    outcome_services.answer_objection(
        actor=actor, account=account, reply=objection, text="We asked again", now=factories.NOW
    )


def asked_of(account: Account) -> Account:
    """Return the account with a group that was asked."""
    typed = {"stakeholder": "S1", "method": "Group talk", "took_part": "12"}
    outcome_services.add_row(actor=None, account=account, noun=Involvement, typed=typed, now=factories.NOW)
    return account


def take_snapshot(actor: Person, account: Account) -> None:
    report_services.take_snapshot(actor=actor, account=account, now=factories.NOW)


def ask_for_report(actor: Person, account: Account) -> None:
    report_services.ask_for_report(actor=actor, account=account, language="cy", now=factories.NOW)


def ask_for_edition(actor: Person, account: Account) -> None:
    made = factories.report(account)
    report_services.ask_for_edition(actor=actor, report=made, edition=Edition.SUMMARY, now=factories.NOW)


def try_again(actor: Person, account: Account) -> None:
    report_services.try_again(actor=actor, job=factories.failed(account), now=factories.NOW)


def explain(actor: Person, account: Account) -> None:
    outcome_services.explain(actor=actor, account=account, reasons={"any": "Because"}, now=factories.NOW)


def submit(actor: Person, account: Account) -> None:
    submitting.submit(submitting.ready(account.organisation), actor, now=factories.NOW)


def take_back(actor: Person, account: Account) -> None:
    submitted = submitting.submit(submitting.ready(account.organisation), actor).account
    report_services.take_back(actor=actor, account=submitted, reason="A slip", now=factories.NOW)


def withdraw(actor: Person, account: Account) -> None:
    made = factories.published(account)
    report_services.withdraw(actor=actor, report=made, reason="Wrong", now=factories.NOW)


def add_grant(actor: Person, account: Account) -> None:
    report_services.add_grant(
        actor=actor, account=account, funder=factories.funder(), title="A grant", now=factories.NOW
    )


def end_grant(actor: Person, account: Account) -> None:
    report_services.end_grant(actor=actor, grant=factories.grant(factories.funder(), account), now=factories.NOW)


def record_download(actor: Person, account: Account) -> None:
    report_services.record_download(
        actor=actor, report=factories.published(account), funders=[factories.funder()], what="PDF", now=factories.NOW
    )


def publish(actor: Person, account: Account) -> None:
    report_services.publish(actor=actor, report=factories.submitted_report(account), now=factories.NOW)


def engaged(actor: Person, account: Account) -> assuring.Assurance:
    """Return another account of the organisation, with this person as its assurer rather than one of its editors."""
    network = _forum_of(account)
    Membership.objects.filter(person=actor).update(organisation=None, forum=network, role=Role.ASSURER)
    return assuring.assigned(account.organisation, network, actor)


def _forum_of(account: Account) -> Forum:
    network = factories.forum()
    network.organisations.add(account.organisation)
    return network


def assign(actor: Person, account: Account) -> None:
    held = assuring.assigned(account.organisation, _forum_of(account))
    relieve_of(held, held.coordinator)
    assurer = factories.member(Role.ASSURER, held.forum)
    report_services.assign(
        actor=actor, account=held.account, assurer=assurer, level=Level.PEER_PANEL, now=factories.NOW
    )


def relieve(actor: Person, account: Account) -> None:
    relieve_of(assuring.assigned(account.organisation, _forum_of(account)), actor)


def relieve_of(held: assuring.Assurance, actor: Person) -> None:
    report_services.relieve(actor=actor, account=held.account, reason="Ill", now=factories.NOW)


def declare(actor: Person, account: Account) -> None:
    assuring.declare(engaged(actor, account), now=factories.NOW)


def judge(actor: Person, account: Account) -> None:
    assuring.judge(assuring.declared(engaged(actor, account)), now=factories.NOW)


def sample(actor: Person, account: Account) -> None:
    held = assuring.declared(engaged(actor, account))
    report_services.sample(actor=actor, engagement=held.engagement, seed=1, now=factories.NOW)


def trace(actor: Person, account: Account) -> None:
    assuring.trace(assuring.judged(engaged(actor, account)), 1, now=factories.NOW)


def asked_by(held: assuring.Assurance) -> Question:
    return report_services.ask(
        actor=held.assurer, engagement=held.engagement, about="O1", text="Why?", now=factories.NOW
    )


def ask(actor: Person, account: Account) -> None:
    asked_by(assuring.declared(engaged(actor, account)))


def answer(actor: Person, account: Account) -> None:
    question = asked_by(assuring.declared(assuring.assigned(account.organisation, _forum_of(account))))
    report_services.answer(actor=actor, question=question, text="So", now=factories.NOW)


def follow_up(actor: Person, account: Account) -> None:
    question = asked_by(assuring.declared(engaged(actor, account)))
    report_services.follow_up(actor=actor, question=question, text="Since when?", now=factories.NOW)


def close(actor: Person, account: Account) -> None:
    question = asked_by(assuring.declared(engaged(actor, account)))
    report_services.close(actor=actor, question=question, now=factories.NOW)


def return_with_findings(actor: Person, account: Account) -> None:
    held = assuring.declared(engaged(actor, account))
    report_services.return_with_findings(
        actor=actor, engagement=held.engagement, reason="Count again", now=factories.NOW
    )


def conclude(actor: Person, account: Account) -> None:
    assuring.conclude(assuring.judged(engaged(actor, account)), now=factories.NOW)


def sign_statement(actor: Person, account: Account) -> None:
    held = assuring.judged(engaged(actor, account))
    assuring.conclude(held)
    assuring.sign(held, now=factories.NOW)


def change_organisation(actor: Person, organisation: Organisation) -> None:
    said = Particulars(name="Renamed", type=Type.CHARITY)
    account_services.change_organisation(
        actor=actor, organisation=organisation, said=said, numbers={}, version=1, now=factories.NOW
    )


def invite(actor: Person, organisation: Organisation, email: str = "new@example.org") -> Invitation:
    made, _token = account_services.invite(
        actor=actor, organisation=organisation, email=email, role=Role.EDITOR, now=factories.NOW
    )
    return made


def withdraw_invitation(actor: Person, organisation: Organisation) -> None:
    account_services.withdraw_invitation(actor=actor, invitation=invite(actor, organisation), now=factories.NOW)


def accept_invitation(actor: Person, organisation: Organisation) -> None:
    elsewhere = factories.organisation("Elsewhere")
    inviter = factories.member(Role.ADMIN, organisation)
    organisation.memberships.filter(person=actor).update(organisation=elsewhere)
    offered = invite(inviter, organisation, actor.email)
    account_services.accept_invitation(actor=actor, invitation=offered, now=factories.NOW)


def change_roles(actor: Person, organisation: Organisation) -> None:
    account_services.change_roles(
        actor=actor,
        organisation=organisation,
        person=factories.member(Role.EDITOR, organisation),
        roles=frozenset({Role.VIEWER}),
        seen=frozenset({Role.EDITOR}),
        now=factories.NOW,
    )


def remove_member(actor: Person, organisation: Organisation) -> None:
    person = factories.member(Role.EDITOR, organisation)
    account_services.remove_member(actor=actor, organisation=organisation, person=person, now=factories.NOW)


RECORDED: dict[str, tuple[str, Callable[[Person, Account], None]]] = {
    "outcomes.services.open_account": ("opened", open_account),
    "outcomes.services.start_account": ("opened", start_account),
    "outcomes.services.replace_facts": ("replaced", replace_facts),
    "outcomes.services.change_details": ("changed", change_details),
    "outcomes.services.add_row": ("added", add_row),
    "outcomes.services.change_row": ("changed", change_row),
    "outcomes.services.remove_row": ("removed", remove_row),
    "outcomes.services.share_importance": ("shared points", share_importance),
    "outcomes.services.keep_file": ("kept file", keep_file),
    "outcomes.services.relate_goals": ("added", relate_goals),
    "outcomes.services.move_row": ("moved", move_row),
    "outcomes.services.copy_row": ("copied", copy_row),
    "outcomes.services.remove_with_belongings": ("removed", remove_with_belongings),
    "outcomes.services.restore_row": ("restored", restore_row),
    "outcomes.services.open_replies": ("opened replies", open_replies),
    "outcomes.services.answer_objection": ("answered reply", answer_objection),
    "reports.services.take_snapshot": ("froze", take_snapshot),
    "reports.services.ask_for_edition": ("asked for report", ask_for_edition),
    "reports.services.ask_for_report": ("asked for report", ask_for_report),
    "reports.services.try_again": ("asked again for report", try_again),
    "outcomes.services.explain": ("explained", explain),
    "reports.services.submit": ("submitted", submit),
    "reports.services.take_back": ("took back", take_back),
    "reports.services.assign": ("assigned assurer", assign),
    "reports.services.relieve": ("relieved assurer", relieve),
    "reports.services.declare": ("declared", declare),
    "reports.services.judge": ("judged", judge),
    "reports.services.sample": ("drew sample", sample),
    "reports.services.trace": ("traced", trace),
    "reports.services.ask": ("asked", ask),
    "reports.services.answer": ("answered", answer),
    "reports.services.follow_up": ("asked", follow_up),
    "reports.services.close": ("closed question", close),
    "reports.services.return_with_findings": ("returned", return_with_findings),
    "reports.services.conclude": ("drafted statement", conclude),
    "reports.services.sign_statement": ("signed statement", sign_statement),
    "reports.services.publish": ("published", publish),
    "reports.services.withdraw": ("withdrew", withdraw),
    "reports.services.add_grant": ("added grant", add_grant),
    "reports.services.end_grant": ("ended grant", end_grant),
    "reports.services.record_download": ("downloaded", record_download),
}
"""What a person does to an account: the verb of its record, and one call of it."""

RECORDED_OF_ORGANISATIONS: dict[str, tuple[str, Callable[[Person, Organisation], object]]] = {
    "accounts.services.change_organisation": ("changed", change_organisation),
    "accounts.services.invite": ("invited", invite),
    "accounts.services.withdraw_invitation": ("withdrew", withdraw_invitation),
    "accounts.services.accept_invitation": ("accepted", accept_invitation),
    "accounts.services.change_roles": ("changed", change_roles),
    "accounts.services.remove_member": ("removed", remove_member),
}
"""What a person does to an organisation and its people: the verb of its record, and one call of it."""


def change_profile(actor: Person) -> None:
    account_services.change_profile(actor=actor, name="Mair", language="cy", now=factories.NOW)


RECORDED_OF_ONESELF: dict[str, tuple[str, Callable[[Person], None]]] = {
    "accounts.services.change_profile": ("changed", change_profile),
}
"""What somebody changes of themselves."""

NOT_RECORDED = {
    "accounts.services.set_state": "a step of the services of reports, which record who did it, and why",
    "outcomes.services.asks_why": "reads",
    "outcomes.services.goals_of": "reads",
    "outcomes.services.give_reply": "whoever replies gives no name, and nobody is to know when they did",
    "outcomes.services.figures_of": "reads",
    "outcomes.services.keep_refused": "keeps a file for a day, for the one who sent it; no account is touched",
    "outcomes.services.forget_refused": "removes what was kept for a day; no account is touched",
    "reports.services.note_visit": "keeps when somebody last looked; no account is touched",
    "reports.services.subscribe": "somebody's own choice of letters; no account is touched",
    "reports.services.unsubscribe": "somebody's own choice of letters; no account is touched",
    "reports.services.waiting": "reads",
    "reports.services.is_under_way": "reads",
    "reports.services.read_drawing": "reads",
    "reports.services.lease": "a worker's step: the row of the job itself says how it stands",
    "reports.services.report_stage": "a worker's step",
    "reports.services.release": "a worker's step",
    "reports.services.put_back": "a worker's step",
    "reports.services.finish": "a worker's step: the report says when it was made, and of which snapshot",
}
"""What leaves no record, and why it need not."""


def test_every_service_is_known_here():
    recorded = {*RECORDED, *RECORDED_OF_ORGANISATIONS, *RECORDED_OF_ONESELF}
    assert set(services()) == recorded | set(NOT_RECORDED)


@pytest.mark.parametrize("name", RECORDED)
def test_what_somebody_does_to_an_account_is_recorded_with_their_name(name: str):
    verb, do = RECORDED[name]
    account = factories.account()
    actor = factories.member(Role.EDITOR, account.organisation)
    do(actor, account)
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.person, record.organisation) == (verb, actor, account.organisation)
    assert record.at == factories.NOW
    assert record.account is not None


@pytest.mark.parametrize("name", RECORDED_OF_ORGANISATIONS)
def test_what_somebody_does_to_an_organisation_is_recorded_with_their_name(name: str):
    verb, do = RECORDED_OF_ORGANISATIONS[name]
    organisation = factories.organisation()
    actor = factories.member(Role.ADMIN, organisation)
    do(actor, organisation)
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.person, record.organisation) == (verb, actor, organisation)
    assert (record.at, record.account) == (factories.NOW, None)


@pytest.mark.parametrize("name", RECORDED_OF_ONESELF)
def test_what_somebody_changes_of_themselves_is_recorded_with_their_name(name: str):
    verb, do = RECORDED_OF_ONESELF[name]
    actor = factories.person()
    do(actor)
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.person, record.ref, record.at) == (verb, actor, str(actor.pk), factories.NOW)


@pytest.mark.parametrize("name", [*RECORDED, *RECORDED_OF_ORGANISATIONS, *RECORDED_OF_ONESELF])
def test_every_verb_takes_its_actor_its_time_and_everything_else_by_name(name: str):
    parameters = inspect.signature(services()[name]).parameters.values()
    assert {"actor", "now"} <= {each.name for each in parameters}
    assert all(each.kind is inspect.Parameter.KEYWORD_ONLY for each in parameters)

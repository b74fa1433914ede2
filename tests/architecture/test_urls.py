"""Every door, every kind of person, every method: what happens is what the table says (tests/architecture/gate.py)."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.backends import ModelBackend
from django.test import Client
from django.urls import reverse

from accounts import access
from accounts.models import Account, Organisation, Person
from accounts.roles import Role
from outcomes import queries
from outcomes.models import RefusedWorkbook
from reports import access as report_access
from reports.models import Report
from tests import factories
from tests.architecture import gate

pytestmark = pytest.mark.django_db

# The sign-in of the administration site is for everyone; its way out sends everyone to its front page.
OPEN_IN_THE_ADMINISTRATION = {"/admin/login/", "/admin/logout/"}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep hundreds of refusals out of the log of the tests."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_every_door_of_the_urlconf_has_a_row():
    assert gate.ours() == {name.partition(", ")[0] for name in gate.DOORS}


def test_everybody_is_let_in_refused_or_told_of_nothing_as_the_table_says():
    assert list(gate.disagreements(gate.build())) == []


def test_no_door_of_the_administration_opens_to_anyone_but_operators():
    world = gate.build()
    addresses = set(gate.addresses_of_the_administration(uuid4()))
    assert len(addresses) > 40
    assert addresses > OPEN_IN_THE_ADMINISTRATION
    for address in sorted(addresses - OPEN_IN_THE_ADMINISTRATION):
        # One question opens all of them: each door is tried by a few, the front door below by everybody.
        for who, method in ((gate.ANONYMOUS, "GET"), (gate.ADMIN, "GET"), (gate.ADMIN, "POST")):
            assert gate.what_happens(world, address, who, method) == gate.SENT_TO_SIGN_IN, (
                f"{method} {address} as {who}"
            )
    for who in world.people:
        assert gate.what_happens(world, reverse("admin:index"), who, "GET") == gate.SENT_TO_SIGN_IN
    world.people["operator"] = gate.signed_in(factories.operator())
    assert gate.what_happens(world, reverse("admin:index"), "operator", "GET") == gate.LET_IN


# --- What may not be known of is not found, the same as what never was -------------------------------------------


def test_what_one_may_not_know_of_looks_just_like_what_never_was():
    world = gate.build()
    of_something = [name for name in gate.DOORS if world.address(name) != world.address_of_nothing(name)]
    assert len(of_something) > 20
    for who in (gate.ELSEWHERE, gate.ASSURER, gate.FUNDER):
        hidden_doors = [
            (name, method)
            for name in of_something
            for method in ("GET", "POST")
            if gate.DOORS[name].expected(who, method) == gate.NOT_FOUND
        ]
        assert len(hidden_doors) > 25
        for name, method in hidden_doors:
            hidden = gate.as_seen(world, world.address(name), who, method)
            nothing = gate.as_seen(world, world.address_of_nothing(name), who, method)
            assert hidden == nothing, f"{method} {name} as {who}"
    # And the comparison does see a difference where there is one.
    front, nowhere = world.address("outcomes:account"), world.address_of_nothing("outcomes:account")
    assert gate.as_seen(world, front, gate.EDITOR, "GET") != gate.as_seen(world, nowhere, gate.EDITOR, "GET")


# --- Negative controls: with a guard switched off, the table is no longer kept ------------------------------------


def everything(*_given: Any) -> frozenset[Role]:
    return frozenset(Role)


def any_account(_person: Person, account_id: Any, _action: Any) -> Account:
    return Account.objects.get(id=account_id)


def any_organisation(_person: Person, slug: str, _action: Any) -> Organisation:
    return Organisation.objects.get(slug=slug)


GUARDS: dict[str, tuple[object, str, Callable[..., Any], str]] = {
    "the roles that a person has": (access, "roles_for", everything, "outcomes:account"),
    "what a role may do to an account": (access, "may", lambda *_given: True, "outcomes:new_entry"),
    "the gate to an account": (access, "account_for", any_account, "outcomes:value_map"),
    "the gate to a rendering": (access, "account_for", any_account, "reports:rendering"),
    "the gate to an organisation": (access, "organisation_for", any_organisation, "outcomes:start"),
    "what a role may do to a report": (report_access, "may", lambda *_given: True, "reports:publish"),
    "what is published to a funder": (
        report_access,
        "published_for",
        lambda _person: Report.objects.all(),
        "reports:download",
    ),
    "whose a marked workbook is": (
        queries,
        "refused_workbook",
        lambda _person, key: RefusedWorkbook.objects.get(id=key),
        "outcomes:marked_workbook",
    ),
    "that a deactivated person is nobody": (
        ModelBackend,
        "user_can_authenticate",
        lambda *_given: True,
        "accounts:my_accounts",
    ),
}


def test_without_any_one_of_the_guards_the_table_is_not_kept(monkeypatch):
    world = gate.build()
    for guard, (place, name, open_to_all, door) in GUARDS.items():
        with monkeypatch.context() as switched_off:
            switched_off.setattr(place, name, open_to_all)
            assert next(gate.disagreements(world, [door]), None) is not None, guard


def test_without_the_demand_to_sign_in_the_table_is_not_kept(settings):
    demand = "accounts.http.SignInFirst"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != demand]
    assert next(gate.disagreements(gate.build(), ["outcomes:template"]), None) is not None


def test_a_door_that_changes_something_wants_the_token_of_its_own_form():
    """The table is tried without it; so this is what says that every one of these doors asks for it."""
    world = gate.build()
    for name, door in gate.DOORS.items():
        # The first changes nothing, whoever asks; the link to the second says who asks; and a reply takes a code.
        if door.post and name not in {
            "reports:verify",
            "reports:stop_letters",
            "outcomes:reply",
            "outcomes:reply_code",
        }:
            strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
            strict.cookies = world.people[gate.APPROVER].cookies
            assert strict.post(world.address(name)).status_code == 403, name

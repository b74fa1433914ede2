"""An account that was submitted stays as it is until it is taken back; nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.errors import Locked
from accounts.models import Account, AccountState, AuditRecord, Person
from outcomes import services
from outcomes.nouns import Adjustment, Outcome
from stakeholders.nouns import Input
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, everything, facts_of, latest, typed
from tests.outcomes.reading import at, links

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def lock(account: Account) -> None:
    """Submit an account."""
    Account.objects.filter(pk=account.pk).update(state=AccountState.SUBMITTED, first_submitted_at=factories.NOW)
    AuditRecord.objects.create(at=factories.NOW, account=account, verb="submitted", after={"in_the_name_of": "A club"})


@pytest.fixture
def locked(account: Account, editor: Person) -> Account:
    """Return an account from which a row was removed, and which then was submitted."""
    services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    services.remove_row(actor=editor, account=account, noun=Input, ref="N2", version=1, now=LATER)
    lock(account)
    account.refresh_from_db()
    return account


@pytest.fixture
def client(editor: Person) -> Client:
    """Return the browser of the account's editor."""
    return browser(editor)


def each_change(account: Account, editor: Person) -> dict[str, Callable[[], Any]]:
    """Return one call of each verb that changes an account which is there."""
    facts = facts_of(account)
    by: dict[str, Any] = {"actor": editor, "account": account, "now": LATER}
    removed = AuditRecord.objects.get(account=account, verb="removed").id
    said = replace(facts, account=replace(facts.account, name="Replaced"))
    return {
        "added": lambda: services.add_row(**by, noun=Input, typed={"description": "Food"}, reason="x"),
        "changed": lambda: services.change_row(
            **by, noun=Outcome, ref="O1", version=1, typed=typed(facts.outcomes[0], name="Y"), reason="x"
        ),
        "details": lambda: services.change_details(
            **by, version=account.version, typed=typed(facts.account, name="Y"), reason="x"
        ),
        "removed": lambda: services.remove_row(**by, noun=Adjustment, ref="A1", version=1, reason="x"),
        "moved": lambda: services.move_row(**by, noun=Outcome, ref="O1", seen=0, to=0),
        "copied": lambda: services.copy_row(**by, noun=Outcome, ref="O1", version=1, reason="x"),
        "restored": lambda: services.restore_row(**by, record_id=removed),
        "replaced": lambda: services.replace_facts(**by, facts=said, source="club.xlsx", reason="x"),
    }


VERBS = ["added", "changed", "details", "removed", "moved", "copied", "restored", "replaced"]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_of_a_submitted_account_is_changed(locked: Account, editor: Person, verb: str):
    before = everything(locked)
    with pytest.raises(Locked, match="23 Nov 2026"):
        each_change(locked, editor)[verb]()
    assert everything(locked) == before


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "moved"])
def test_once_taken_back_it_is_changed_again(locked: Account, editor: Person, verb: str):
    Account.objects.filter(pk=locked.pk).update(state=AccountState.DRAFT)
    before = AuditRecord.objects.filter(account=locked).count()
    each_change(locked, editor)[verb]()
    assert AuditRecord.objects.filter(account=locked).count() == before + 1


@pytest.mark.parametrize(
    "door", [("details",), ("entry", "outcomes", "O1"), ("entries", "outcomes"), ("grid", "inputs")]
)
def test_its_pages_are_for_reading_and_say_why(locked: Account, client: Client, door: tuple[str, ...]):
    answer = client.get(at(locked, *door))
    assert answer.status_code == 200
    assert "was submitted on 23 Nov 2026" in told(answer)
    assert "data-guard" not in answer.text
    assert not [link for link in links(answer) if link.endswith(("/remove/", "/copy/", "/new/", "/grid/"))]


@pytest.mark.parametrize(
    "door", [("new_entry", "outcomes"), ("copy_entry", "outcomes", "O1"), ("remove_entry", "inputs", "N1")]
)
def test_the_ways_to_change_it_say_why_they_are_closed(locked: Account, client: Client, door: tuple[str, ...]):
    answer = client.get(at(locked, *door))
    assert answer.status_code == 200
    assert "not change it until it is taken back" in told(answer)
    assert "data-guard" not in answer.text


def test_what_was_typed_while_somebody_submitted_is_still_on_the_page(account: Account, client: Client):
    page = at(account, "entry", "outcomes", "O1")
    client.get(page)
    lock(account)
    sent = {**typed(facts_of(account).outcomes[0], name="Typed for an hour"), "version": "1"}
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert "Nothing was changed" in told(answer)
    assert "Typed for an hour" in answer.text
    assert latest(account).verb == "submitted"


@pytest.mark.parametrize("asked", ["from=value-map&only=quantity", "from=grid&only=quantity&only=name"])
def test_so_is_what_was_typed_in_place_or_in_a_grid(account: Account, client: Client, asked: str):
    lock(account)
    sent = {"quantity": "12,345", "version": "1"}
    answer = client.post(f"{at(account, 'entry', 'outcomes', 'O1')}?{asked}", sent, headers=HTMX)
    assert answer.status_code == 409
    assert "12,345" in answer.text
    assert "Nothing was changed" in told(answer)
    assert "<html" not in answer.text


@pytest.mark.parametrize("asked", ["", "?from=grid"])
def test_so_is_a_new_row(account: Account, client: Client, asked: str):
    lock(account)
    answer = client.post(at(account, "new_entry", "inputs") + asked, {"description": "Rooms for a year"})
    assert answer.status_code == 409
    assert "Rooms for a year" in answer.text


def test_so_is_the_reason_for_a_removal(account: Account, client: Client):
    lock(account)
    sent = {"version": "1", services.CHANGE_REASON: "Nobody said so"}
    answer = client.post(at(account, "remove_entry", "adjustments", "A1"), sent)
    assert answer.status_code == 409
    assert "Nobody said so" in answer.text
    assert "Nothing was changed" in told(answer)


def test_a_move_and_an_undo_say_that_nothing_was_changed(locked: Account, client: Client):
    record = AuditRecord.objects.get(account=locked, verb="removed").id
    for address, sent in (
        (at(locked, "move_entry", "outcomes", "O1"), {"seen": "0", "to": "1"}),
        (at(locked, "undo", record), {}),
    ):
        for headers in ({}, HTMX):
            answer = client.post(address, sent, headers=headers)
            assert answer.status_code == 409
            assert "Nothing was changed" in told(answer)

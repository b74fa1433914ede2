"""One transaction, one time, one state; several people at once; and what is kept of a refused workbook."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts import audit
from accounts.columns import Noun
from accounts.models import Account, AccountState, AuditRecord, Person
from outcomes import services
from outcomes.coherence import incoherences
from outcomes.models import RefusedWorkbook
from outcomes.nouns import (
    Outcome,
)
from stakeholders.nouns import Input, Stakeholder, Subgroup
from tests import factories
from tests.outcomes.acting import LATER, change, everything, facts_of, latest, typed
from tests.racing import race

pytestmark = pytest.mark.django_db


def each_change(account: Account, editor: Person) -> dict[str, Callable[[], object]]:
    """Return one call of each verb that changes an account which is there."""
    facts = facts_of(account)
    about = typed(facts.account, name="Renamed")
    other = replace(facts, account=replace(facts.account, name="Replaced"))
    return {
        "added": lambda: services.add_row(
            actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER
        ),
        "changed": lambda: change(account, editor, facts.outcomes[0], quantity="12"),
        "details": lambda: services.change_details(
            actor=editor, account=account, typed=about, version=account.version, now=LATER
        ),
        "removed": lambda: services.remove_row(
            actor=editor, account=account, noun=Input, ref="N1", version=1, now=LATER
        ),
        "replaced": lambda: services.replace_facts(
            actor=editor, account=account, facts=other, now=LATER, source="a test"
        ),
    }


CHANGES = ["added", "changed", "details", "removed", "replaced"]


@pytest.mark.parametrize("verb", CHANGES)
def test_a_change_makes_the_account_a_draft_again_and_is_dated_by_the_clock_that_it_was_given(account, editor, verb):
    assert account.state == AccountState.PUBLISHED
    each_change(account, editor)[verb]()
    account = Account.objects.get(pk=account.pk)
    assert (account.state, account.changed_at) == (AccountState.DRAFT, LATER)
    assert (latest(account).at, latest(account).person) == (LATER, editor)


@pytest.mark.parametrize("verb", CHANGES)
def test_a_change_whose_record_cannot_be_written_is_not_made(account, editor, verb, monkeypatch):
    changes, before = each_change(account, editor), everything(account)
    monkeypatch.setattr(audit, "record", _fails)
    with pytest.raises(RuntimeError, match="the disk is full"):
        changes[verb]()
    monkeypatch.undo()
    assert everything(account) == before


def test_an_account_whose_record_cannot_be_written_is_not_opened(monkeypatch):
    monkeypatch.setattr(audit, "record", _fails)
    with pytest.raises(RuntimeError, match="the disk is full"):
        factories.account()
    assert not Account.objects.exists()


def _fails(**_said: Any) -> None:
    raise RuntimeError("the disk is full")


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_over_the_same_version_one_is_made(account: Account, editor: Person):
    row = facts_of(account).outcomes[0]

    def save(quantity: str) -> Callable[[], Noun]:
        mine = Account.objects.get(pk=account.pk)
        return lambda: change(mine, editor, row, quantity=quantity)

    results = race(*[save(quantity) for quantity in ("11", "12", "13", "14")])
    assert sorted(type(each).__name__ for each in results) == ["Outcome", "Stale", "Stale", "Stale"]
    (made,) = [each for each in results if isinstance(each, Outcome)]
    assert facts_of(account).outcomes == (made,)
    assert AuditRecord.objects.filter(account=account, verb="changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_rows_added_at_once_are_all_there_each_under_its_own_ref(account: Account, editor: Person):
    """On SQLite this is what IMMEDIATE transactions are for: nobody is told that the database is locked."""

    def add(name: str) -> Callable[[], None]:
        mine = Account.objects.get(pk=account.pk)
        given = {"description": name}

        def several() -> None:
            for _each in range(6):
                services.add_row(actor=editor, account=mine, noun=Input, typed=given, now=LATER)

        return several

    assert race(*[add(name) for name in ("Rooms", "Time", "Goods", "Food")]) == [None] * 4
    assert [each.ref for each in facts_of(account).inputs] == [f"N{number}" for number in range(1, 26)]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_not_removed_while_somebody_points_another_to_it(account: Account, editor: Person):
    services.add_row(actor=editor, account=account, noun=Stakeholder, typed={"name": "Neighbours"}, now=LATER)
    mine, theirs = Account.objects.get(pk=account.pk), Account.objects.get(pk=account.pk)
    given = {"name": "Alone", "stakeholder": "S2"}
    results = race(
        lambda: services.remove_row(actor=editor, account=mine, noun=Stakeholder, ref="S2", version=1, now=LATER),
        lambda: services.add_row(actor=editor, account=theirs, noun=Subgroup, typed=given, now=LATER),
    )
    assert [isinstance(each, Exception) for each in results].count(True) == 1
    assert not list(incoherences(facts_of(account)))


def keep(person: Person, now: dt.datetime, marked: bytes = b"marked") -> RefusedWorkbook:
    return services.keep_refused(person=person, name="n" * 300, marked=marked, now=now)


def test_a_marked_workbook_is_kept_for_a_day(editor: Person):
    kept = keep(editor, factories.NOW)
    with default_storage.open(kept.file.name) as file:
        assert file.read() == b"marked"
    assert len(kept.name) == 200
    just_in_time = keep(editor, factories.NOW + services.REFUSED_ARE_KEPT)
    assert default_storage.exists(kept.file.name)
    last = keep(editor, factories.NOW + services.REFUSED_ARE_KEPT + dt.timedelta(seconds=1))
    assert not default_storage.exists(kept.file.name)
    assert set(RefusedWorkbook.objects.values_list("id", flat=True)) == {just_in_time.id, last.id}


def test_a_marked_workbook_that_cannot_be_written_leaves_a_row_that_goes_after_a_day(editor: Person, monkeypatch):
    monkeypatch.setattr(default_storage, "save", lambda *_given: _fails())
    with pytest.raises(RuntimeError):
        keep(editor, factories.NOW)
    monkeypatch.undo()
    keep(editor, factories.NOW + 2 * services.REFUSED_ARE_KEPT)
    assert RefusedWorkbook.objects.count() == 1

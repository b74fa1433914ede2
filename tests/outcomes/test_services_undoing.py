"""What was removed can be put back as it was: once, and only where it still fits."""

from collections.abc import Callable

import pytest

from accounts.columns import Noun
from accounts.errors import Gone, Stale
from accounts.models import Account, AuditRecord, Person
from outcomes import services
from outcomes.errors import AlreadyUndone
from outcomes.facts import MODELS, read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import ROWS, Outcome, every_row, rows
from stakeholders.nouns import Input, Stakeholder, Subgroup
from tests import factories
from tests.outcomes.acting import LATER, change, everything, facts_of, latest
from tests.racing import race

pytestmark = pytest.mark.django_db


def remove(account: Account, editor: Person, noun: type[Noun], ref: str) -> int:
    """Remove a row and return the number of the record of it."""
    version = read_versions(account, noun)[ref][1]
    services.remove_row(actor=editor, account=account, noun=noun, ref=ref, version=version, now=LATER)
    return latest(account).id


def restore(account: Account, editor: Person, record: int) -> Noun:
    """Undo a removal."""
    return services.restore_row(actor=editor, account=account, record_id=record, now=LATER)


def test_a_whole_account_can_be_taken_apart_and_put_together_again(editor: Person):
    """Every noun with every kind of column comes back as it was, at its place."""
    account = factories.account(factories.complete_facts())
    before, removed = facts_of(account), []
    for noun in reversed(list(MODELS)):
        removed += [remove(account, editor, noun, row.ref) for row in rows(before, noun)]
    assert not list(every_row(facts_of(account)))
    for record in reversed(removed):
        restore(account, editor, record)
    assert facts_of(account) == before
    assert {noun for noun in ROWS if rows(before, noun)} == set(ROWS)


def test_a_row_comes_back_at_its_place_and_is_recorded(editor: Person):
    account = factories.account(factories.wide_facts(0))
    for name in ("Rooms", "Time", "Goods"):
        services.add_row(actor=editor, account=account, noun=Input, typed={"description": name}, now=LATER)
    record = remove(account, editor, Input, "N2")
    assert restore(account, editor, record) in facts_of(account).inputs
    assert [each.ref for each in facts_of(account).inputs] == ["N1", "N2", "N3", "N4"]
    said = latest(account)
    assert (said.verb, said.noun, said.ref, said.after["description"]) == ("restored", "inputs", "N2", "Rooms")


def test_a_page_that_was_opened_before_the_removal_does_not_write_over_what_came_back(account, editor):
    first = facts_of(account).inputs[0]
    change(account, editor, first, amount="700")
    restore(account, editor, remove(account, editor, Input, "N1"))
    with pytest.raises(Stale):
        change(account, editor, first, version=1, amount="800")


def test_a_removal_is_undone_once(account: Account, editor: Person):
    record = remove(account, editor, Input, "N1")
    restore(account, editor, record)
    before = everything(account)
    with pytest.raises(AlreadyUndone):
        restore(account, editor, record)
    assert everything(account) == before


def test_of_two_removals_of_a_row_the_last_one_is_undone(account: Account, editor: Person):
    first = remove(account, editor, Input, "N1")
    restore(account, editor, first)
    change(account, editor, facts_of(account).inputs[0], version=2, amount="700")
    second = remove(account, editor, Input, "N1")
    with pytest.raises(AlreadyUndone):
        restore(account, editor, first)
    restore(account, editor, second)
    assert facts_of(account).inputs[0].amount == 700


def test_a_row_whose_ref_somebody_took_meanwhile_is_not_put_back(account: Account, editor: Person):
    record = remove(account, editor, Input, "N1")
    given = {"ref": "n1", "description": "Rooms"}
    services.add_row(actor=editor, account=account, noun=Input, typed=given, now=LATER)
    before = everything(account)
    with pytest.raises(Unacceptable):
        restore(account, editor, record)
    assert everything(account) == before


def test_a_row_that_pointed_to_what_is_not_there_any_more_is_not_put_back(account: Account, editor: Person):
    services.add_row(actor=editor, account=account, noun=Stakeholder, typed={"name": "Neighbours"}, now=LATER)
    given = {"name": "Alone", "stakeholder": "S2"}
    services.add_row(actor=editor, account=account, noun=Subgroup, typed=given, now=LATER)
    record = remove(account, editor, Subgroup, "SG1")
    remove(account, editor, Stakeholder, "S2")
    before = everything(account)
    with pytest.raises(Unacceptable) as refused:
        restore(account, editor, record)
    assert {each.field for each in refused.value.reasons} == {"stakeholder"}
    assert everything(account) == before


def test_only_a_removal_of_this_account_is_undone(account: Account, editor: Person):
    other = factories.account()
    elsewhere = remove(other, editor, Input, "N1")
    change(account, editor, facts_of(account).outcomes[0], quantity="12")
    for record in (elsewhere, latest(account).id, 10**12):
        with pytest.raises(Gone):
            restore(account, editor, record)
    assert facts_of(other).inputs == ()


def test_what_was_removed_before_places_were_recorded_comes_back_at_the_end(account: Account, editor: Person):
    record = remove(account, editor, Input, "N1")
    said = AuditRecord.objects.get(id=record).before
    old = {name: value for name, value in said.items() if name not in {"position", "version"}}
    services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    earlier = AuditRecord.objects.create(
        at=LATER, account=account, verb="removed", noun="inputs", ref="N1", before=old, after={}
    )
    restore(account, editor, earlier.id)
    assert [each.ref for each in facts_of(account).inputs] == ["N2", "N1"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_at_once_one_wins(account: Account, editor: Person):
    record = remove(account, editor, Input, "N1")

    def attempt() -> Callable[[], Noun]:
        mine = Account.objects.get(pk=account.pk)
        return lambda: restore(mine, editor, record)

    results = race(attempt(), attempt())
    assert sorted(type(each).__name__ for each in results) == ["AlreadyUndone", "Input"]
    assert [each.ref for each in facts_of(account).inputs] == ["N1"]


def test_an_outcome_comes_back_between_its_neighbours(editor: Person):
    account = factories.account(factories.complete_facts())
    added = services.add_row(
        actor=editor, account=account, noun=Outcome, typed={"name": "Rests", "stakeholder": "S1"}, now=LATER
    )
    count = len(facts_of(account).outcomes)
    services.move_row(actor=editor, account=account, noun=Outcome, ref=added.ref, seen=count - 1, to=1, now=LATER)
    restore(account, editor, remove(account, editor, Outcome, added.ref))
    assert facts_of(account).outcomes[1] == added

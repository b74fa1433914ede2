"""A row is put at another place: only its place moves, whoever is typing over the others."""

from collections.abc import Callable

import pytest

from accounts.errors import Gone
from accounts.models import Account, AuditRecord, Person
from outcomes import services
from outcomes.errors import Rearranged
from outcomes.facts import read_versions
from outcomes.models import Outcome as OutcomeTable
from outcomes.nouns import Outcome
from tests import factories
from tests.outcomes.acting import LATER, change, everything, facts_of, latest
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def wide(editor: Person) -> Account:
    """Return an account of five outcomes."""
    return factories.account(factories.wide_facts(5), keeper=editor.memberships.get().organisation)


def order(account: Account) -> list[str]:
    """Return the outcomes as they stand."""
    return [each.ref for each in facts_of(account).outcomes]


def move(account: Account, editor: Person, ref: str, seen: int, to: int) -> None:
    """Put an outcome at another place."""
    services.move_row(actor=editor, account=account, noun=Outcome, ref=ref, seen=seen, to=to, now=LATER)


@pytest.mark.parametrize(
    ("ref", "seen", "to", "expected"),
    [
        ("O2", 1, 0, "O2 O1 O3 O4 O5"),
        ("O2", 1, 2, "O1 O3 O2 O4 O5"),
        ("O1", 0, 4, "O2 O3 O4 O5 O1"),
        ("O5", 4, 1, "O1 O5 O2 O3 O4"),
        ("O1", 0, 99, "O2 O3 O4 O5 O1"),
        ("O5", 4, -3, "O5 O1 O2 O3 O4"),
    ],
)
def test_a_row_is_put_at_the_place_that_was_asked_for(wide, editor, ref, seen, to, expected):
    move(wide, editor, ref, seen, to)
    assert " ".join(order(wide)) == expected


def test_a_move_says_from_which_place_to_which(wide: Account, editor: Person):
    move(wide, editor, "O2", 1, 4)
    record = latest(wide)
    assert (record.verb, record.noun, record.ref, record.person) == ("moved", "outcomes", "O2", editor)
    assert (record.before, record.after) == ({"place": 2}, {"place": 5})


def test_places_are_counted_afresh_where_rows_were_removed_or_share_one(wide: Account, editor: Person):
    OutcomeTable.objects.filter(account=wide).update(position=7)
    move(wide, editor, "O4", 3, 0)
    held = OutcomeTable.objects.filter(account=wide).order_by("position").values_list("ref", "position")
    assert list(held) == [("O4", 0), ("O1", 1), ("O2", 2), ("O3", 3), ("O5", 4)]


def test_nobody_who_is_typing_gets_a_conflict_because_rows_were_moved(wide: Account, editor: Person):
    before, row = read_versions(wide, Outcome), facts_of(wide).outcomes[1]
    move(wide, editor, "O2", 1, 3)
    assert read_versions(wide, Outcome) == before
    assert change(wide, editor, row, version=1, name="Typed meanwhile").name == "Typed meanwhile"


def test_the_second_click_of_a_double_click_moves_no_further(wide: Account, editor: Person):
    move(wide, editor, "O3", 2, 1)
    after_first = everything(wide)
    move(wide, editor, "O3", 2, 1)
    assert everything(wide) == after_first


def test_a_row_that_somebody_else_put_elsewhere_is_not_moved_from_there(wide: Account, editor: Person):
    move(wide, editor, "O3", 2, 4)
    before = everything(wide)
    with pytest.raises(Rearranged):
        move(wide, editor, "O3", 2, 1)
    assert everything(wide) == before


def test_a_row_that_somebody_removed_is_gone(wide: Account, editor: Person):
    with pytest.raises(Gone):
        move(wide, editor, "O99", 0, 1)


def test_another_account_keeps_its_order(wide: Account, editor: Person):
    other = factories.account(factories.wide_facts(5))
    before = everything(other)
    move(wide, editor, "O1", 0, 4)
    assert everything(other) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_a_row_at_once_one_wins(wide: Account, editor: Person):
    def attempt(to: int) -> Callable[[], None]:
        mine = Account.objects.get(pk=wide.pk)
        return lambda: move(mine, editor, "O3", 2, to)

    results = race(attempt(0), attempt(4))
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "Rearranged"]
    assert order(wide) in (["O3", "O1", "O2", "O4", "O5"], ["O1", "O2", "O4", "O5", "O3"])
    assert AuditRecord.objects.filter(account=wide, verb="moved").count() == 1

"""A copy stands after its original, under a ref of its own, and says of what it is a copy."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from accounts import rows
from accounts.columns import Noun, column
from accounts.errors import Gone, Stale
from accounts.models import Account, Person
from outcomes import services
from outcomes.coherence import incoherences
from outcomes.facts import read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import Adjustment, Evidence, Factor, Indicator, Observation, Outcome, Valuation
from stakeholders.nouns import Input, Stakeholder
from tests import factories
from tests.outcomes.acting import LATER, change, everything, facts_of, latest

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(editor: Person) -> Account:
    """Return an account in which every noun is filled in."""
    return factories.account(factories.complete_facts(), keeper=editor.memberships.get().organisation)


def copy(account: Account, editor: Person, noun: type[Noun], ref: str, **more: Any) -> Any:
    """Copy a row of an account as it stands."""
    more.setdefault("version", read_versions(account, noun).get(ref, (None, 1))[1])
    return services.copy_row(actor=editor, account=account, noun=noun, ref=ref, now=LATER, **more)


def test_a_copy_stands_after_its_original_under_the_next_free_ref(editor: Person):
    account = factories.account(factories.wide_facts(4))
    original = facts_of(account).outcomes[1]
    made = copy(account, editor, Outcome, "O2")
    assert made == replace(original, ref="O5", name=f"{original.name} (copy)")
    assert [each.ref for each in facts_of(account).outcomes] == ["O1", "O2", "O5", "O3", "O4"]
    record = latest(account)
    assert (record.verb, record.noun, record.ref, record.before) == ("copied", "outcomes", "O5", {"copy_of": "O2"})
    assert record.after["name"] == made.name


def test_a_name_that_fills_its_field_is_cut_to_make_room(editor: Person):
    small = factories.small_facts()
    longest = column(Stakeholder, "name").longest
    account = factories.account(replace(small, stakeholders=(replace(small.stakeholders[0], name="x" * longest),)))
    made = copy(account, editor, Stakeholder, "S1", marked="(copi)")
    assert made.name.endswith("xx (copi)")
    assert len(made.name) == longest


def test_an_outcome_alone_takes_nothing_along(club: Account, editor: Person):
    before = facts_of(club)
    copy(club, editor, Outcome, "O1")
    after = facts_of(club)
    assert replace(after, outcomes=before.outcomes) == before
    assert len(after.outcomes) == len(before.outcomes) + 1


def test_an_outcome_takes_along_what_was_asked_for(club: Account, editor: Person):
    before = facts_of(club)
    made = copy(club, editor, Outcome, "O1", along=services.BELONGINGS)
    after = facts_of(club)
    for name in ("indicators", "valuations", "adjustments", "well_being_goals", "sdg_targets"):
        belonging = [each for each in getattr(before, name) if each.outcome == "O1"]
        copied = [each for each in getattr(after, name) if each.outcome == made.ref]
        assert [replace(each, ref="", outcome="") for each in copied] == [
            replace(each, ref="", outcome="") for each in belonging
        ]
    assert len([each for each in after.adjustments if each.outcome == made.ref]) == len(Factor)
    assert after.observations == before.observations
    assert not list(incoherences(after))


def test_no_copy_is_a_second_anchor(editor: Person):
    small = factories.small_facts()
    anchor = replace(small.valuations[0], anchor=True, weight=small.outcomes[0].quantity)
    account = factories.account(replace(small, valuations=(anchor,)))
    made = copy(account, editor, Outcome, "O1", along=[Valuation])
    copied = [each for each in facts_of(account).valuations if each.outcome == made.ref]
    assert [(each.anchor, each.value, each.weight) for each in copied] == [(False, anchor.value, anchor.weight)]


def test_what_does_not_belong_to_an_outcome_is_never_taken_along(club: Account, editor: Person):
    before = facts_of(club)
    copy(club, editor, Outcome, "O1", along=[Observation, Evidence, Input])
    assert replace(facts_of(club), outcomes=before.outcomes) == before


@pytest.mark.parametrize(("noun", "ref"), [(Valuation, "W1"), (Adjustment, "A1")])
def test_what_there_can_be_only_one_of_is_not_copied(account: Account, editor: Person, noun: type[Noun], ref: str):
    before = everything(account)
    with pytest.raises(Unacceptable):
        copy(account, editor, noun, ref)
    assert everything(account) == before


def test_what_somebody_changed_meanwhile_is_not_copied_unseen(account: Account, editor: Person):
    change(account, editor, facts_of(account).outcomes[0], quantity="12")
    before = everything(account)
    with pytest.raises(Stale):
        copy(account, editor, Outcome, "O1", version=1)
    assert everything(account) == before


def test_what_somebody_removed_meanwhile_is_gone(account: Account, editor: Person):
    services.remove_row(actor=editor, account=account, noun=Input, ref="N1", version=1, now=LATER)
    with pytest.raises(Gone):
        copy(account, editor, Input, "N1", version=1)


def test_a_copy_with_its_belongings_is_made_whole_or_not_at_all(
    club: Account, editor: Person, monkeypatch: pytest.MonkeyPatch
):
    before = everything(club)
    monkeypatch.setattr(rows, "place", _full_once_it_comes_to(Indicator))
    with pytest.raises(RuntimeError, match="the disk is full"):
        copy(club, editor, Outcome, "O1", along=services.BELONGINGS)
    monkeypatch.undo()
    assert everything(club) == before


def _full_once_it_comes_to(noun: type[Noun]) -> Callable[..., None]:
    def place(model: Any, *_where: Any) -> None:
        if model.noun is noun:
            raise RuntimeError("the disk is full")

    return place

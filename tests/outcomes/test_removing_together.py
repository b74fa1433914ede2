"""An outcome goes with all that belongs to it, in one step, and comes back with it, in one."""

from typing import Any

import pytest
from django.test import Client

from accounts.columns import columns
from accounts.errors import Stale, StillNeeded
from accounts.models import Account, Person
from accounts.roles import Role
from outcomes import services
from outcomes.belonging import belongings
from outcomes.errors import AlreadyUndone
from outcomes.facts import read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import ROWS, Evidence, Facts, Outcome, Valuation, every_row
from stakeholders.nouns import Input, Stakeholder, Subgroup
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, everything, facts_of, latest
from tests.outcomes.reading import at, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Account:
    """Return an account in which every noun is filled in."""
    return factories.account(factories.complete_facts())


@pytest.fixture
def client(club: Account, editor: Person) -> Client:
    return browser(editor)


@pytest.fixture
def editor(club: Account) -> Person:
    return factories.member(Role.EDITOR, club.organisation)


def first(account: Account) -> Outcome:
    return facts_of(account).outcomes[0]


def read(account: Account, row: Any) -> str:
    return belongings(facts_of(account), row).fingerprint


def remove(account: Account, editor: Person, row: Any, **given: Any) -> int:
    """Remove a row with what belongs to it, and return the number of the record of it."""
    version = read_versions(account, type(row))[row.ref][1]
    said = {"noun": type(row), "ref": row.ref, "version": version, "read": read(account, row), "now": LATER}
    services.remove_with_belongings(**{"actor": editor, "account": account} | said | given)
    return latest(account).id


def note(account: Account, editor: Person, ref: str, about: Any = None) -> None:
    """List a piece of evidence."""
    typed = {"ref": ref, "name": "Notes", "about_row": about.ref if about else ""}
    services.add_row(actor=editor, account=account, noun=Evidence, typed=typed, now=LATER)


def restore(account: Account, editor: Person, record: int) -> Any:
    return services.restore_row(actor=editor, account=account, record_id=record, now=LATER)


# --- What belongs to a row --------------------------------------------------------------------------------------------


def test_a_noun_points_to_earlier_ones_only_so_that_the_last_can_go_first() -> None:
    order = {noun.slug: place for place, noun in enumerate(ROWS)}
    pointers = [(slug, noun.slug) for noun in ROWS for column in columns(noun) for slug in column.refers_to]
    assert len(pointers) > 20
    assert [pointer for pointer in pointers if order[pointer[0]] >= order[pointer[1]]] == []


def test_what_belongs_to_an_outcome_is_all_that_is_about_it_and_about_that(club: Account) -> None:
    outcome, facts = first(club), facts_of(club)
    held = belongings(facts, outcome)
    nouns = {type(each).slug for each in held.rows}
    assert {"valuations", "adjustments", "indicators", "observations", "chain-of-events"} <= nouns
    assert not {"outcomes", "stakeholders", "inputs", "involvement"} & nouns
    indicators = {each.ref for each in facts.indicators if each.outcome == outcome.ref}
    observed = {each.ref for each in held.rows if each.slug == "observations"}
    assert observed == {each.ref for each in facts.observations if each.indicator in indicators}
    assert held.mentions == ()


def test_what_only_mentions_a_group_does_not_belong_to_it(club: Account) -> None:
    facts = facts_of(club)
    giver = next(each.stakeholder for each in facts.inputs if each.stakeholder)
    group = next(each for each in facts.stakeholders if each.ref == giver)
    held = belongings(facts, group)
    assert {each.ref for each in held.mentions if isinstance(each, Input)}
    assert not any(isinstance(each, Input) for each in held.rows)


def test_a_row_to_which_nothing_belongs_has_no_fingerprint_of_it(club: Account) -> None:
    facts = facts_of(club)
    assert belongings(facts, facts.explanations[0]).fingerprint == ""
    assert belongings(facts, facts.outcomes[0]).fingerprint != ""


# --- Removed together, and put back -----------------------------------------------------------------------------------


def test_an_outcome_goes_with_all_that_belongs_to_it_and_all_of_it_comes_back(club: Account, editor: Person) -> None:
    before, outcome = facts_of(club), first(club)
    held = belongings(before, outcome)
    record = remove(club, editor, outcome)
    left = facts_of(club)
    assert len(list(every_row(left))) == len(list(every_row(before))) - len(held.rows) - 1
    assert outcome not in left.outcomes
    assert restore(club, editor, record) == outcome
    assert facts_of(club) == before


def test_every_outcome_in_turn_goes_and_comes_back(club: Account, editor: Person) -> None:
    before = facts_of(club)
    records = [remove(club, editor, each) for each in before.outcomes]
    assert facts_of(club).outcomes == ()
    for record in reversed(records):
        restore(club, editor, record)
    assert facts_of(club) == before


def test_each_row_that_went_has_a_record_of_its_own_with_the_reason(club: Account, editor: Person) -> None:
    outcome = first(club)
    going = {(each.slug, each.ref) for each in belongings(facts_of(club), outcome).rows}
    remove(club, editor, outcome, reason="It was counted twice")
    records = club.audit_records.filter(verb="removed")
    assert {(each.noun, each.ref) for each in records} == going | {("outcomes", outcome.ref)}
    assert {each.reason for each in records} == {"It was counted twice"}
    assert {each.person for each in records} == {editor}


def test_any_of_the_records_brings_all_of_them_back(club: Account, editor: Person) -> None:
    before = facts_of(club)
    remove(club, editor, first(club))
    of_a_value = club.audit_records.get(verb="removed", noun="valuations")
    assert isinstance(restore(club, editor, of_a_value.id), Valuation)
    assert facts_of(club) == before
    assert club.audit_records.filter(verb="restored").count() == club.audit_records.filter(verb="removed").count()


def test_what_went_together_comes_back_once(club: Account, editor: Person) -> None:
    record = remove(club, editor, first(club))
    restore(club, editor, record)
    before = everything(club)
    with pytest.raises(AlreadyUndone):
        restore(club, editor, record)
    assert everything(club) == before


def test_removals_of_two_steps_are_not_undone_together(club: Account, editor: Person) -> None:
    first_one, second = facts_of(club).outcomes[:2]
    remove(club, editor, first_one)
    restore(club, editor, remove(club, editor, second))
    assert second in facts_of(club).outcomes
    assert first_one not in facts_of(club).outcomes


def test_nothing_comes_back_where_one_row_of_it_no_longer_fits(club: Account, editor: Person) -> None:
    outcome = first(club)
    note(club, editor, "XE1", about=outcome)
    record = remove(club, editor, outcome)
    note(club, editor, "xe1")
    before = everything(club)
    with pytest.raises(Unacceptable):
        restore(club, editor, record)
    assert everything(club) == before


def test_what_came_to_belong_to_it_meanwhile_is_not_removed_unseen(club: Account, editor: Person) -> None:
    outcome = first(club)
    shown = read(club, outcome)
    note(club, editor, "XE1", about=outcome)
    before = everything(club)
    with pytest.raises(Stale):
        remove(club, editor, outcome, read=shown)
    with pytest.raises(Stale):
        remove(club, editor, outcome, version=99)
    assert everything(club) == before


def test_what_only_mentions_a_group_is_let_go_first(club: Account, editor: Person) -> None:
    facts = facts_of(club)
    giver = next(each.stakeholder for each in facts.inputs if each.stakeholder)
    group = next(each for each in facts.stakeholders if each.ref == giver)
    before = everything(club)
    with pytest.raises(StillNeeded):
        remove(club, editor, group)
    assert everything(club) == before


def test_a_subgroup_that_an_outcome_mentions_does_not_take_the_outcome_along(editor: Person, club: Account) -> None:
    group = facts_of(club).stakeholders[0]
    services.add_row(
        actor=editor,
        account=club,
        noun=Subgroup,
        typed={"ref": "XS1", "name": "Alone", "stakeholder": group.ref},
        now=LATER,
    )
    services.add_row(
        actor=editor,
        account=club,
        noun=Outcome,
        typed={"ref": "XO1", "name": "Rests", "stakeholder": group.ref, "subgroup": "XS1"},
        now=LATER,
    )
    facts = facts_of(club)
    held = belongings(facts, next(each for each in facts.subgroups if each.ref == "XS1"))
    assert [each.ref for each in held.mentions] == ["XO1"]
    with_its_group = belongings(facts, group)
    assert {"XS1", "XO1"} <= {each.ref for each in with_its_group.rows}
    refs = [each.ref for each in with_its_group.rows]
    assert refs.index("XO1") < refs.index("XS1")


def test_after_the_first_submission_removing_figures_together_asks_why(club: Account, editor: Person) -> None:
    Account.objects.filter(pk=club.pk).update(first_submitted_at=factories.NOW)
    outcome = first(club)
    with pytest.raises(Unacceptable):
        remove(club, editor, outcome)
    remove(club, editor, outcome, reason="It was counted twice")
    assert outcome not in facts_of(club).outcomes


# --- The page ---------------------------------------------------------------------------------------------------------


def sent(page: Any, **also: str) -> dict[str, str]:
    """Return what the form of the page sends."""
    hidden = {name: page.context["form"][name].value() for name in ("version", "going")}
    return {name: str(value) for name, value in hidden.items()} | also


def test_the_page_lists_what_goes_along_and_says_how_much_it_is(club: Account, client: Client) -> None:
    outcome = first(club)
    held = belongings(facts_of(club), outcome)
    page = client.get(at(club, "remove_entry", "outcomes", outcome.ref))
    assert f"Remove it and the {len(held.rows)} things that belong to it" in told(page)
    assert {at(club, "entry", each.slug, each.ref) for each in held.rows} <= set(links(page))


def test_it_goes_in_one_step_and_comes_back_in_one(club: Account, client: Client) -> None:
    before, outcome = facts_of(club), first(club)
    count = len(belongings(before, outcome).rows)
    address = at(club, "remove_entry", "outcomes", outcome.ref)
    done = client.post(address, sent(client.get(address)), follow=True)
    assert f"Removed: {outcome.ref} {outcome.name}, and {count} things that belonged to it." in told(done)
    undo = at(club, "undo", latest(club).id)
    assert undo in done.text
    back = client.post(undo, follow=True)
    assert f"Put back: {outcome.ref} {outcome.name}, and {count} things that belong to it." in told(back)
    assert facts_of(club) == before


def test_what_came_to_belong_to_it_meanwhile_is_shown_before_anything_goes(
    club: Account, client: Client, editor: Person
) -> None:
    outcome = first(club)
    address = at(club, "remove_entry", "outcomes", outcome.ref)
    opened = client.get(address)
    note(club, editor, "XE1", about=outcome)
    again = client.post(address, sent(opened, change_reason="Counted twice"))
    assert again.status_code == 409
    assert "Something else belongs to this row by now." in told(again)
    assert at(club, "entry", "evidence", "XE1") in links(again)
    assert "Counted twice</textarea>" in again.text
    client.post(address, sent(again))
    assert outcome not in facts_of(club).outcomes


def test_a_page_from_when_nothing_belonged_to_it_takes_nothing_along(club: Account, client: Client) -> None:
    outcome = first(club)
    answer = client.post(at(club, "remove_entry", "outcomes", outcome.ref), {"version": "1"})
    assert answer.status_code == 409
    assert "Something else belongs to this row by now." in told(answer)
    assert outcome in facts_of(club).outcomes


def test_what_mentions_a_group_is_named_and_nothing_is_offered(club: Account, client: Client) -> None:
    facts = facts_of(club)
    row = next(each for each in facts.inputs if each.stakeholder)
    page = client.get(at(club, "remove_entry", Stakeholder.slug, row.stakeholder))
    assert "This has to go first" in told(page)
    assert at(club, "entry", "inputs", row.ref) in links(page)
    assert "btn-danger" not in page.text


def test_facts_of_the_club_hold_what_these_tests_are_about(club: Account) -> None:
    facts: Facts = facts_of(club)
    assert len(facts.outcomes) >= 2
    assert facts.observations
    assert facts.evidence

"""The life of an account: one table, and nothing that is not in it."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from accounts.models import AccountState
from accounts.roles import MAY, Action, Role
from accounts.rows import LOCKED
from reports import assurance
from reports.assurance import LIFE, NOT_FROM_HERE, Move, NotFromHere, ReasonWanted, State, move

MANUAL = Path(__file__).parents[2] / "docs" / "life-cycle.md"
NAMES = sorted(NOT_FROM_HERE)
some_state, some_name = st.sampled_from(State), st.sampled_from(NAMES)


def test_the_table_is_this_one():
    assert [(each.start, each.name, each.end, each.by) for each in LIFE] == [
        ("draft", "change", "draft", Action.EDIT),
        ("published", "change", "draft", Action.EDIT),
        ("draft", "submit", "submitted", Action.SUBMIT),
        ("submitted", "take back", "draft", Action.SUBMIT),
        ("concluded", "take back", "draft", Action.SUBMIT),
        ("submitted", "assign", "in_assurance", Action.ASSIGN),
        ("in_assurance", "step aside", "submitted", Action.ASSURE),
        ("in_assurance", "relieve", "submitted", Action.ASSIGN),
        ("in_assurance", "return", "draft", Action.ASSURE),
        ("in_assurance", "conclude", "concluded", Action.ASSURE),
        ("submitted", "publish", "published", Action.PUBLISH),
        ("concluded", "publish", "published", Action.PUBLISH),
        ("published", "publish", "published", Action.PUBLISH),
    ]


def test_from_a_state_a_name_leads_to_one_state():
    assert len({(each.start, each.name) for each in LIFE}) == len(LIFE)


def test_the_states_are_those_that_the_database_holds():
    assert {str(state) for state in State} == set(AccountState.values)


def test_every_state_is_reached_and_none_is_the_end_of_the_road():
    reached, before = {assurance.FIRST}, set()
    while reached != before:
        before = set(reached)
        reached |= {each.end for each in LIFE if each.start in before}
    assert reached == set(State)
    assert {each.start for each in LIFE} == set(State)


def test_somebody_may_make_each_move_and_nobody_who_only_reads():
    for each in LIFE:
        allowed = {role for role in Role if each.by in MAY[role]}
        assert allowed
        assert not allowed & {Role.VIEWER, Role.FUNDER}


def test_an_assurer_only_assures_and_a_coordinator_only_says_who_does():
    made_by = {each.name: {role for role in Role if each.by in MAY[role]} for each in LIFE}
    assert {name for name, roles in made_by.items() if Role.ASSURER in roles} == {"step aside", "return", "conclude"}
    assert {name for name, roles in made_by.items() if Role.COORDINATOR in roles} == {"assign", "relieve"}
    assert all(
        roles in ({Role.ASSURER}, {Role.COORDINATOR})
        for name, roles in made_by.items()
        if roles & {Role.ASSURER, Role.COORDINATOR}
    )


@pytest.mark.parametrize(("state", "name"), list(product(State, NAMES)))
def test_what_the_table_does_not_have_is_refused_with_the_sentence_of_that_move(state: State, name: str):
    if any((each.start, each.name) == (state, name) for each in LIFE):
        assert move(state, name, reason="A reason").start is state
        return
    with pytest.raises(NotFromHere) as refused:
        move(state, name, reason="A reason")
    assert refused.value.message == NOT_FROM_HERE[name]
    assert refused.value.message.endswith(("Nothing was changed.", "Nothing was published."))


def test_a_submitted_account_cannot_be_changed_nor_submitted_again():
    assert {each.name for each in LIFE if each.start is State.SUBMITTED} == {"take back", "assign", "publish"}


def test_while_an_account_is_in_assurance_only_the_assurance_moves_it():
    moves = {each.name for each in LIFE if each.start is State.IN_ASSURANCE}
    assert moves == {"step aside", "relieve", "return", "conclude"}


def test_what_is_concluded_is_published_or_taken_back_and_nothing_else():
    assert {each.name for each in LIFE if each.start is State.CONCLUDED} == {"take back", "publish"}


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_move_that_wants_a_reason_is_refused_without_one(reason: str):
    with pytest.raises(ReasonWanted):
        move(State.SUBMITTED, assurance.TAKE_BACK, reason=reason)


def test_a_name_that_no_state_knows_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        move(State.DRAFT, "vanish")


@given(st.lists(some_name, max_size=30))
def test_whatever_is_asked_for_only_what_the_table_has_happens(names: list[str]):
    state = assurance.FIRST
    for name in names:
        try:
            made = move(state, name, reason="A reason")
        except NotFromHere:
            continue
        assert made in LIFE
        assert made.start is state
        state = made.end
    assert state in State


class Life(RuleBasedStateMachine):
    """An account that is asked for any move at any time, beside a model that only counts what has to hold."""

    def __init__(self) -> None:
        super().__init__()
        self.state = assurance.FIRST
        self.open_submissions = 0

    @rule(name=some_name, reason=st.sampled_from(["", "A reason"]))
    def ask(self, name: str, reason: str) -> None:
        before = self.state
        try:
            made = move(before, name, reason=reason)
        except (NotFromHere, ReasonWanted):
            assert self.state is before
            return
        self._follow(made)

    def _follow(self, made: Move) -> None:
        if made.name == assurance.SUBMIT:
            self.open_submissions += 1
        elif made.start in LOCKED and made.end not in LOCKED:
            self.open_submissions -= 1
        self.state = made.end

    @invariant()
    def one_submission_is_open_until_it_is_a_draft_again_or_published(self) -> None:
        assert self.open_submissions == int(self.state in LOCKED)


TestLife = Life.TestCase


def test_the_manual_shows_the_diagram_of_the_table():
    (drawn,) = re.findall(r"```mermaid\n(.*?)\n```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert drawn == assurance.diagram()


def test_the_manual_says_who_makes_each_move():
    told = re.findall(r"^\| ([a-z ]+) \| ", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(told) - {"move"} == set(NAMES)

"""Which well-being goals of Wales, and which targets of the United Nations, each change relates to."""

import re
from typing import Any

import pytest

from accounts.errors import Stale, StillNeeded
from accounts.models import Account, AuditRecord, Person
from outcomes import services
from outcomes.facts import read_versions
from outcomes.nouns import Evidence, Goal, WellBeingGoal
from outcomes.wales import ENGLISH, WELSH
from tests import factories
from tests.doors.door import told
from tests.outcomes.acting import LATER, everything, facts_of
from tests.outcomes.reading import at, editing, main_of, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(editor: Person) -> Account:
    return factories.account(keeper=editor.memberships.get().organisation)


def goals_of(account: Account) -> dict[Goal, str]:
    return {each.goal: each.how for each in facts_of(account).well_being_goals}


def open_at(account: Account, ref: str = "O1") -> str:
    return f"{at(account, 'goals')}?outcome={ref}"


def opened(client: Any, account: Account) -> dict[str, str]:
    """Return what the open form would send as it stands: a box that is not ticked sends nothing."""
    form = client.get(open_at(account)).context["form"]
    held = {bound.html_name: bound.value() for bound in form}
    return {name: "on" if value is True else str(value or "") for name, value in held.items() if value is not False}


def relate(account: Account, actor: Person, goals: dict[Goal, str], seen: dict[str, int] | None = None) -> None:
    services.relate_goals(actor=actor, account=account, outcome="O1", goals=goals, seen=seen or {}, now=LATER)


def versions(account: Account) -> dict[str, int]:
    return {ref: version for ref, (_key, version) in read_versions(account, WellBeingGoal).items()}


# --- The names ---


def test_every_goal_has_its_two_names_and_the_english_one_is_the_nouns():
    assert {goal: goal.label for goal in Goal} == ENGLISH
    assert set(WELSH) == set(Goal)
    assert len(set(WELSH.values())) == len(Goal) == 7


def test_both_names_are_on_the_page_whatever_the_language_and_the_welsh_is_marked_as_welsh(club: Account):
    page = reading(club).get(at(club, "goals"))
    for goal in Goal:
        assert ENGLISH[goal] in told(page)
        assert WELSH[goal] in told(page)
    assert len(re.findall(r'<td lang="cy"', page.text)) == 7


def test_the_page_never_says_that_a_goal_was_reached(club: Account, editor: Person):
    relate(club, editor, {Goal.HEALTHIER: "Less lonely people see a doctor less"})
    words = told(reading(club).get(at(club, "goals"))).casefold()
    assert "relates to" in words or "relate to" in words
    assert not re.search(r"\b(moved|achieved|delivered) (the|a|this) goal", words)


# --- Saying it ---


def test_boxes_are_ticked_with_how_it_relates_and_unticked_again(club: Account):
    client = editing(club)
    said = opened(client, club) | {"goal_healthier": "on", "how_healthier": "They walk there", "goal_cohesive": "on"}
    assert client.post(open_at(club), said).url == f"{at(club, 'goals')}#goals-O1"
    assert goals_of(club) == {Goal.HEALTHIER: "They walk there", Goal.COHESIVE: ""}
    said = opened(client, club)
    del said["goal_cohesive"]
    client.post(open_at(club), said | {"how_healthier": "They walk there and back"})
    assert goals_of(club) == {Goal.HEALTHIER: "They walk there and back"}


def test_words_at_a_goal_that_is_not_ticked_are_not_lost(club: Account):
    client = editing(club)
    answer = client.post(open_at(club), opened(client, club) | {"how_culture": "Songs in Welsh"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["how_culture"]
    assert "Songs in Welsh" in main_of(answer)
    assert goals_of(club) == {}


def test_a_double_click_relates_once(club: Account):
    client = editing(club)
    said = opened(client, club) | {"goal_healthier": "on"}
    for _click in range(2):
        assert client.post(open_at(club), said).status_code == 302
    assert goals_of(club) == {Goal.HEALTHIER: ""}


def test_two_who_choose_at_once_see_what_is_saved_and_lose_nothing(club: Account):
    client = editing(club)
    said = opened(client, club)
    editing(club).post(open_at(club), said | {"goal_culture": "on", "how_culture": "Theirs"})
    answer = client.post(open_at(club), said | {"goal_healthier": "on", "how_healthier": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in main_of(answer)
    assert "Mine" in main_of(answer)
    again = {bound.html_name: bound.value() for bound in answer.context["form"]}
    sent = {name: "on" if value is True else str(value or "") for name, value in again.items() if value is not False}
    assert client.post(open_at(club), sent).status_code == 302
    assert goals_of(club) == {Goal.HEALTHIER: "Mine"}


def test_all_of_it_is_saved_or_nothing(club: Account, editor: Person):
    relate(club, editor, {Goal.HEALTHIER: ""})
    given = {"name": "Minutes", "about_row": facts_of(club).well_being_goals[0].ref}
    services.add_row(actor=editor, account=club, noun=Evidence, typed=given, now=LATER)
    before = everything(club)
    with pytest.raises(StillNeeded):
        relate(club, editor, {Goal.COHESIVE: "New"}, versions(club))
    assert everything(club) == before


def test_who_did_not_see_what_is_there_now_is_told(club: Account, editor: Person):
    relate(club, editor, {Goal.HEALTHIER: ""})
    with pytest.raises(Stale):
        relate(club, editor, {Goal.COHESIVE: ""})
    assert goals_of(club) == {Goal.HEALTHIER: ""}


def test_each_goal_leaves_its_record(club: Account, editor: Person):
    relate(club, editor, {Goal.HEALTHIER: "", Goal.COHESIVE: ""})
    relate(club, editor, {Goal.HEALTHIER: "Now with words"}, versions(club))
    records = AuditRecord.objects.filter(account=club, noun="well-being-goals").order_by("id")
    assert [each.verb for each in records] == ["added", "added", "removed", "changed"]


def test_a_target_of_the_united_nations_is_added_once_and_a_wrong_code_comes_back(club: Account):
    client = editing(club)
    for _click in range(2):
        assert client.post(open_at(club), {"target": "3.4", "how": "Fewer see a doctor"}).status_code == 302
    assert [(each.target, each.how) for each in facts_of(club).sdg_targets] == [("3.4", "Fewer see a doctor")]
    answer = client.post(open_at(club), {"target": "18", "how": "By magic"})
    assert answer.status_code == 422
    assert answer.context["target_form"].errors["target"]
    assert "By magic" in main_of(answer)
    assert "Relates to SDG 3.4" in told(reading(club).get(at(club, "goals")))


def test_what_was_chosen_for_an_outcome_that_is_gone_stays_on_the_page(club: Account):
    answer = editing(club).post(open_at(club, "O99"), {"goal_healthier": "on", "how_healthier": "They walk"})
    assert answer.status_code == 409
    assert "They walk" in main_of(answer)


def test_who_may_only_read_gets_no_form(club: Account):
    client = reading(club)
    assert "<form" not in main_of(client.get(open_at(club)))
    assert client.post(open_at(club), {"goal_healthier": "on"}).status_code == 403


def test_htmx_gets_the_one_outcome_with_its_boxes(club: Account):
    answer = editing(club).get(open_at(club), headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith("<article")
    assert answer.text.count("<article") == 1

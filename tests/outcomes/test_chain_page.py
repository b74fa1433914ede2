"""The chain of events, which grows step by step on the page of its diagram."""

from dataclasses import replace
from typing import Any

import pytest

from accounts.models import Account
from outcomes.nouns import Link
from tests import factories
from tests.doors.door import told
from tests.outcomes.acting import facts_of, latest
from tests.outcomes.reading import at, editing, just_started, main_of, reading

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def club() -> Account:
    wide = factories.wide_facts(3)
    named = tuple(
        replace(each, name=name)
        for each, name in zip(wide.outcomes, ("Less lonely", "Eats better", "Feels well"), strict=True)
    )
    return factories.account(replace(wide, outcomes=named, chain_of_events=()))


def add(client: Any, account: Account, cause: str = "O1", effect: str = "O2", why: str = "They said so", **more: Any):
    return client.post(at(account, "theory_of_change"), {"cause": cause, "effect": effect, "why": why}, **more)


def chain(account: Account) -> list[tuple[str, str, str]]:
    return [(each.cause, each.effect, each.why) for each in facts_of(account).chain_of_events]


def test_a_step_is_added_where_the_diagram_is(club: Account):
    answer = add(editing(club), club)
    assert answer.url == f"{at(club, 'theory_of_change')}#theory-part"
    assert chain(club) == [("O1", "O2", "They said so")]
    words = told(reading(club).get(at(club, "theory_of_change")))
    assert "O1 Less lonely leads to O2 Eats better" in words
    assert "They said so" in words


def test_htmx_gets_the_diagram_as_it_grows(club: Account):
    client = editing(club)
    before = client.get(at(club, "theory_of_change"), headers=HTMX).text
    answer = add(client, club, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="theory-part">')
    assert "<html" not in answer.text
    assert answer.text.count("<path") > before.count("<path")
    assert "The step is added" in answer.text
    assert "They said so" not in answer.text[answer.text.index("<form") : answer.text.index("</form>")]


def test_a_step_sent_twice_is_there_once(club: Account):
    client = editing(club)
    for _click in range(2):
        assert add(client, club).status_code == 302
    assert len(chain(club)) == 1


@pytest.mark.parametrize(
    ("cause", "effect", "field"), [("O1", "O1", "effect"), ("", "O2", "cause"), ("O1", "O99", "effect")]
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_that_cannot_be_comes_back_with_what_was_typed(
    club: Account, cause: str, effect: str, field: str, headers: dict[str, str]
):
    answer = add(editing(club), club, cause, effect, "Because of the walk", headers=headers)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert "Because of the walk" in answer.text
    assert chain(club) == []


def test_a_circle_is_refused(club: Account):
    client = editing(club)
    add(client, club, "O1", "O2")
    assert add(client, club, "O2", "O1").status_code == 422
    assert len(chain(club)) == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_is_removed_and_put_back(club: Account, headers: dict[str, str]):
    client, page = editing(club), at(club, "theory_of_change")
    add(client, club)
    answer = client.post(page, {"remove": "L1", "version": "1"}, headers=headers, follow=True)
    assert chain(club) == []
    assert "Step L1 is removed." in told(answer) if not headers else "Step L1 is removed." in answer.text
    record = latest(club)
    assert f'name="put_back" value="{record.id}"' in answer.text
    client.post(page, {"put_back": str(record.id)}, headers=headers)
    assert chain(club) == [("O1", "O2", "They said so")]


def test_a_step_that_somebody_changed_is_not_removed_unseen(club: Account):
    client = editing(club)
    add(client, club)
    entry = at(club, "entry", Link.slug, "L1")
    client.post(entry, {"cause": "O1", "effect": "O2", "why": "Asked again", "version": "1"})
    answer = client.post(at(club, "theory_of_change"), {"remove": "L1", "version": "1"})
    assert answer.status_code == 409
    assert len(chain(club)) == 1


@pytest.mark.parametrize("sent", ["", "x", "0", "9" * 400, "²"])
def test_what_was_never_removed_cannot_be_put_back(club: Account, sent: str):
    assert editing(club).post(at(club, "theory_of_change"), {"put_back": sent}).status_code == 409


def test_a_removal_of_another_account_cannot_be_put_back_here(club: Account):
    other = factories.account(factories.wide_facts(2))
    client = editing(other)
    add(client, other)
    client.post(at(other, "theory_of_change"), {"remove": "L1", "version": "1"})
    answer = editing(club).post(at(club, "theory_of_change"), {"put_back": str(latest(other).id)})
    assert answer.status_code == 409
    assert chain(club) == []


def test_who_may_only_read_sees_the_steps_and_no_form(club: Account):
    add(editing(club), club)
    client = reading(club)
    page = client.get(at(club, "theory_of_change"))
    assert "leads to" in told(page)
    assert "<form" not in main_of(page)
    assert add(client, club, "O2", "O3").status_code == 403
    assert len(chain(club)) == 1


def test_an_account_without_outcomes_says_what_comes_first():
    account = factories.account(just_started())
    page = editing(account).get(at(account, "theory_of_change"))
    assert "No outcome yet" in told(page)
    assert "<form" not in main_of(page)

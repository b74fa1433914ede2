"""The five statements of co-production on one page, each answered by itself."""

import re
from typing import Any

import pytest

from accounts.models import Account, Person
from outcomes import services
from outcomes.nouns import Evidence
from stakeholders.nouns import CoProduction, Extent, Statement
from tests import factories
from tests.doors.door import told
from tests.outcomes.acting import LATER, facts_of
from tests.outcomes.reading import at, editing, links, main_of, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Account:
    return factories.account()


def answer_to(account: Account, statement: Statement) -> CoProduction | None:
    return next((each for each in facts_of(account).co_production if each.statement is statement), None)


def save(client: Any, account: Account, statement: str, **said: str) -> Any:
    return client.post(f"{at(account, 'co_production')}?statement={statement}", said)


def form_of(page: Any, statement: Statement) -> dict[str, str]:
    shown = next(each for each in page.context["statements"] if each.slug == statement.value)
    return {bound.html_name: str(bound.value() or "") for bound in shown.form}


def test_the_five_statements_are_there_before_any_is_answered(club: Account):
    words = told(reading(club).get(at(club, "co_production")))
    for statement in Statement:
        assert statement.label in words


def test_a_statement_is_answered_and_then_changed(club: Account):
    client = editing(club)
    opened = form_of(client.get(at(club, "co_production")), Statement.ASSETS)
    answer = client.post(
        f"{at(club, 'co_production')}?statement=assets", opened | {"extent": "partly", "explanation": "Cooks lead"}
    )
    assert answer.url == f"{at(club, 'co_production')}#statement-assets"
    saved = answer_to(club, Statement.ASSETS)
    assert saved is not None
    assert (saved.extent, saved.explanation) == (Extent.PARTLY, "Cooks lead")
    opened = form_of(client.get(at(club, "co_production")), Statement.ASSETS)
    save(client, club, "assets", **(opened | {"extent": "yes"}))
    saved = answer_to(club, Statement.ASSETS)
    assert saved is not None
    assert (saved.extent, saved.explanation) == (Extent.YES, "Cooks lead")
    assert len(facts_of(club).co_production) == 1


def test_a_double_click_answers_once(club: Account):
    client = editing(club)
    for _click in range(2):
        save(client, club, "assets", extent="yes", explanation="", evidence="", version="")
    assert len(facts_of(club).co_production) == 1


def test_two_who_answer_at_once_see_both_and_lose_nothing(club: Account):
    client = editing(club)
    save(client, club, "assets", extent="yes", explanation="First")
    opened = form_of(client.get(at(club, "co_production")), Statement.ASSETS)
    save(editing(club), club, "assets", **(opened | {"explanation": "Theirs"}))
    answer = save(client, club, "assets", **(opened | {"explanation": "Mine"}))
    assert answer.status_code == 409
    assert "Theirs" in main_of(answer)
    assert "Mine" in main_of(answer)


def test_a_second_first_answer_shows_what_somebody_else_said(club: Account):
    client = editing(club)
    save(editing(club), club, "assets", extent="yes", explanation="Theirs")
    answer = save(client, club, "assets", extent="not_yet", explanation="Mine")
    assert answer.status_code == 409
    assert "Theirs" in main_of(answer)
    assert "Mine" in main_of(answer)


def test_what_cannot_be_saved_stays_at_its_own_statement(club: Account):
    answer = save(editing(club), club, "outcomes", extent="yes", explanation="a bell \x07")
    assert answer.status_code == 422
    wrong = [each.slug for each in answer.context["statements"] if each.form.errors]
    assert wrong == ["outcomes"]
    assert facts_of(club).co_production == ()


def test_every_id_on_the_page_is_its_own(club: Account):
    ids = re.findall(r'\bid="([^"]+)"', editing(club).get(at(club, "co_production")).text)
    assert len(ids) == len(set(ids))


def test_links_and_files_stand_with_their_statement_and_more_can_be_added(club: Account, editor: Person):
    client = editing(club)
    assert not [each for each in links(client.get(at(club, "co_production"))) if "evidence/new" in each]
    save(client, club, "assets", extent="yes")
    saved = answer_to(club, Statement.ASSETS)
    assert saved is not None
    given = {"name": "Rota", "about_row": saved.ref, "link": "https://example.org/rota"}
    services.add_row(actor=editor, account=club, noun=Evidence, typed=given, now=LATER)
    page = client.get(at(club, "co_production"))
    assert "Rota" in told(page)
    add = next(each for each in links(page) if "evidence/new" in each)
    answer = client.post(add, {"about_row": saved.ref, "name": "Photograph"})
    assert answer.url == at(club, "co_production")


def test_who_may_only_read_sees_the_answers_without_a_form(club: Account):
    save(editing(club), club, "assets", extent="yes", explanation="Cooks lead")
    client = reading(club)
    page = client.get(at(club, "co_production"))
    assert "Cooks lead" in told(page)
    assert "<form" not in main_of(page)
    assert save(client, club, "assets", extent="yes").status_code == 403


def test_a_statement_that_there_is_not_is_refused(club: Account):
    assert save(editing(club), club, "nonsense", extent="yes").status_code == 422
    assert facts_of(club).co_production == ()

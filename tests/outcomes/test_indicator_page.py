"""One indicator over time: its chart, and what was seen next, typed right there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Account
from outcomes.nouns import Indicator, Measure, Moment, Observation, State
from tests import factories
from tests.doors.door import told
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at, editing, links, main_of, reading

pytestmark = pytest.mark.django_db
SEEN = {
    "moment": "after",
    "observed_on": "31/03/2025",
    "numerator": "60",
    "denominator": "80",
    "source": "Members' survey",
}


@pytest.fixture
def club() -> Account:
    row = Indicator(
        ref="I1", outcome="O1", name="Meets friends", measure=Measure.COUNT, unit="people", target=Decimal(56)
    )
    before = Observation(
        ref="B1",
        indicator="I1",
        moment=Moment.BEFORE,
        state=State.MEASURED,
        numerator=Decimal(32),
        denominator=Decimal(80),
    )
    missed = Observation(ref="B2", indicator="I1", state=State.NOT_YET, note="The hall was shut")
    return factories.account(replace(factories.small_facts(), indicators=(row,), observations=(missed, before)))


def add(client: Any, account: Account, **said: str) -> Any:
    return client.post(at(account, "indicator", "I1"), SEEN | said)


def test_the_page_shows_baseline_target_and_why_there_is_no_figure(club: Account):
    words = told(reading(club).get(at(club, "indicator", "I1")))
    assert "“Meets friends” stood at 32 of 80 (40%). The target is 56." in words
    assert "Target: 56 people" in words
    assert "Not yet measured. The hall was shut" in words


def test_what_was_seen_is_added_and_the_chart_grows(club: Account):
    client = editing(club)
    opened = client.get(at(club, "indicator", "I1")).context["form"]["ref"].value()
    for _click in range(2):
        assert add(client, club, ref=opened).url == at(club, "indicator", "I1")
    added = facts_of(club).observations[2:]
    assert [(each.indicator, each.state, each.numerator) for each in added] == [("I1", State.MEASURED, Decimal(60))]
    words = told(client.get(at(club, "indicator", "I1")))
    assert "went from 32 of 80 (40%) to 60 of 80 (75%). The target of 56 is reached." in words
    assert "Source: Members' survey." in words


@pytest.mark.parametrize(
    ("said", "field"),
    [({"numerator": "many"}, "numerator"), ({"denominator": "0"}, "denominator"), ({"numerator": "81"}, "numerator")],
)
def test_what_cannot_be_comes_back_with_what_was_typed(club: Account, said: dict[str, str], field: str):
    answer = add(editing(club), club, **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert next(iter(said.values())) in main_of(answer)
    assert field in answer.context["form"].fields
    assert len(facts_of(club).observations) == 2


def test_who_may_only_read_gets_no_form_and_an_unknown_indicator_is_not_found(club: Account):
    client = reading(club)
    assert "<form" not in main_of(client.get(at(club, "indicator", "I1")))
    assert add(client, club).status_code == 403
    assert client.get(at(club, "indicator", "I9")).status_code == 404


def test_what_was_typed_about_an_indicator_that_is_gone_stays(club: Account):
    answer = editing(club).post(at(club, "indicator", "I9"), SEEN)
    assert answer.status_code == 409
    assert "survey" in main_of(answer)


def test_the_page_leads_to_the_row_and_the_row_to_the_page(club: Account):
    row = at(club, "entry", "indicators", "I1")
    assert row in links(reading(club).get(at(club, "indicator", "I1")))
    assert at(club, "indicator", "I1") in links(reading(club).get(row))

"""Time that people gave: its worth follows from the hours wherever it is shown, and is stored nowhere."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.models import Account, Person
from outcomes.bands import BANDS
from outcomes.nouns import Adjustment, Factor, Facts, Valuation
from reports import pdf
from stakeholders.nouns import Input, InputKind
from tests import factories
from tests.doors.door import browser
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at, main_of
from tests.reports.frozen import frozen_of


def with_time() -> Facts:
    """Return a small account in which volunteers gave 620 hours at 12.60."""
    time = Input(
        ref="N2",
        description="Volunteers",
        kind=InputKind.TIME,
        hours=Decimal(620),
        hourly_rate=Decimal("12.60"),
        source="Rota",
    )
    small = factories.small_facts()
    return replace(small, inputs=(*small.inputs, time))


@pytest.fixture
def volunteered(editor: Person) -> Account:
    return factories.account(with_time(), keeper=editor.memberships.get().organisation, actor=editor)


def test_the_list_and_the_figure_say_that_it_was_worked_out(volunteered: Account, editor: Person):
    client = browser(editor)
    assert "£7,812.00, from the hours" in client.get(at(volunteered, "entries", "inputs")).text
    page = main_of(client.get(at(volunteered, "figure", "input.N2.amount")))
    assert "£7,812.00" in page
    assert "It is the hours given, times the worth of an hour." in page
    assert "620" in page
    assert "12.6" in page


def test_it_counts_and_is_stored_nowhere(volunteered: Account, editor: Person):
    page = main_of(browser(editor).get(at(volunteered, "figure", "inputs")))
    assert "£8,312.00" in page
    assert facts_of(volunteered).inputs[1].amount is None


def test_a_worth_that_disagrees_is_refused_at_its_field(volunteered: Account, editor: Person):
    form = {"description": "Volunteers", "hours": "620", "hourly_rate": "12.60", "amount": "7,800", "version": "1"}
    answer = browser(editor).post(at(volunteered, "entry", "inputs", "N2"), form)
    assert answer.status_code == 422
    assert 'href="#id_amount"' in answer.text
    assert "620 hours at 12.6 come to 7812, not 7800." in answer.text


def test_the_report_shows_hours_and_rate_with_the_worth():
    with translation.override("en-gb"):
        report = pdf.html(frozen_of(with_time()))
    assert "620 hours at £12.60" in report
    assert "7,812.00" in report


def test_the_sentence_of_a_factor_stands_with_its_figure_on_the_page_and_in_the_report(
    account: Account, editor: Person
):
    band = BANDS[Factor.DEADWEIGHT][2]
    client = browser(editor)
    client.post(
        at(account, "factor", "O1"), {"factor": "deadweight", "deadweight-version": "1", "deadweight-band": "50"}
    )
    (row,) = facts_of(account).adjustments
    assert (type(row), row.sentence) == (Adjustment, band.sentence)
    assert band.sentence in main_of(client.get(at(account, "figure", "O1.deadweight")))
    with translation.override("en-gb"):
        assert band.sentence in pdf.html(frozen_of(facts_of(account)))


def test_the_place_in_a_ranking_stands_with_its_points(editor: Person):
    small = factories.small_facts()
    row = Valuation(ref="W1", outcome="O1", weight=Decimal(3), rank=1)
    keeper = editor.memberships.get().organisation
    account = factories.account(replace(small, valuations=(row,)), keeper=keeper, actor=editor)
    page = main_of(browser(editor).get(at(account, "figure", "O1.weight")))
    assert "Place in the ranking" in page

"""What a form says to whoever opens it for the first time: what to choose from, what comes first, what can wait."""

from dataclasses import replace

import pytest

from accounts.models import Account
from outcomes.nouns import Factor
from outcomes.principles import CHECKS
from tests import factories
from tests.doors.door import told
from tests.outcomes.reading import at, editing, just_started, links, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    """Return an account of two outcomes, each with a value and no factor."""
    return factories.account(replace(factories.wide_facts(2), adjustments=()))


def test_a_form_with_nothing_to_choose_from_says_where_that_is_added() -> None:
    page = editing(empty := factories.account(just_started())).get(at(empty, "new_entry", "outcomes"))
    assert "There is nothing to choose from yet. Add it first, under “Stakeholders”." in told(page)


def test_a_form_with_something_to_choose_from_does_not(account: Account) -> None:
    assert "nothing to choose from" not in told(editing(account).get(at(account, "new_entry", "outcomes")))


def test_a_long_form_says_that_the_rest_can_wait(account: Account) -> None:
    assert "The rest can wait." in told(editing(account).get(at(account, "new_entry", "outcomes")))
    assert "The rest can wait." not in told(editing(account).get(at(account, "entry", "outcomes", "O1")))


def test_a_new_observation_begins_as_measured(account: Account) -> None:
    page = editing(account).get(at(account, "new_entry", "observations"))
    assert '<option value="measured" selected>' in main_of(page)


def test_a_reason_is_given_for_a_question_and_not_for_a_code(account: Account) -> None:
    words = told(editing(account).get(at(account, "new_entry", "explanations")))
    assert all(each.question in words for each in CHECKS.values())


def test_a_value_without_a_name_is_called_by_its_outcome(account: Account) -> None:
    words = told(editing(account).get(at(account, "new_evidence")))
    assert "WO1 Valuation – Change number O1" in words


def test_the_value_map_says_which_factors_nobody_gave(account: Account) -> None:
    assert told(editing(account).get(at(account, "value_map"))).count("no figure yet") == len(Factor) * 2


def test_before_a_row_is_removed_one_sees_what_is_about_it(account: Account) -> None:
    page = editing(account).get(at(account, "remove_entry", "outcomes", "O1"))
    assert "This goes along" in told(page)
    assert at(account, "entry", "valuations", "WO1") in links(page)


def test_the_workbook_of_an_account_leads_to_its_other_pages(account: Account) -> None:
    page = editing(account).get(at(account, "workbook"))
    assert at(account, "steps") in links(page)
    assert at(account, "export") in links(page)

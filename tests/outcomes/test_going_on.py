"""Going on from a new change to what it is worth, without a way round."""

import pytest

from accounts.models import Account
from tests import factories
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at, editing

pytestmark = pytest.mark.django_db

NEW = {"ref": "O2", "stakeholder": "S1", "name": "More at ease"}
GO_ON = {"go_on": "worth"}


@pytest.fixture
def account() -> Account:
    return factories.account()


def test_from_a_new_change_one_goes_on_to_its_value_and_from_there_to_all_that_is_worth(account: Account) -> None:
    client, new = editing(account), f"{at(account, 'new_entry', 'outcomes')}?stage=changes"
    assert "Save, and say what it is worth" in client.get(new).text
    answer = client.post(new, NEW | GO_ON)
    assert answer.url == f"{at(account, 'new_entry', 'valuations')}?outcome=O2&stage=worth"
    assert '<option value="O2" selected>' in client.get(answer.url).text
    answer = client.post(answer.url, {"ref": "W2", "outcome": "O2", "value": "12.50"})
    assert answer.url == at(account, "step", "worth")
    assert facts_of(account).valuations[-1].outcome == "O2"


def test_a_change_that_is_refused_goes_nowhere_and_offers_both_ways_again(account: Account) -> None:
    answer = editing(account).post(at(account, "new_entry", "outcomes"), NEW | GO_ON | {"name": ""})
    assert answer.status_code == 422
    assert "Save, and say what it is worth" in answer.text


def test_saving_alone_leads_back_and_other_rows_offer_no_such_way(account: Account) -> None:
    client = editing(account)
    answer = client.post(f"{at(account, 'new_entry', 'outcomes')}?stage=changes", NEW)
    assert answer.url == at(account, "step", "changes")
    assert "go_on" not in client.get(at(account, "new_entry", "stakeholders")).text

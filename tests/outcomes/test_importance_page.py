"""Which changes matter more: points, a ranking, an anchor; all at once, and nothing typed is lost."""

from decimal import Decimal

import pytest

from accounts.models import Account, AccountState, Person
from accounts.nouns import ImportanceBy
from outcomes import services
from outcomes.facts import read_versions
from outcomes.nouns import Valuation
from tests import factories
from tests.doors.door import browser
from tests.outcomes.acting import facts_of, latest
from tests.outcomes.reading import at, main_of, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(editor: Person) -> Account:
    """Return an account of three outcomes, each valued in money."""
    return factories.account(factories.wide_facts(3), keeper=editor.memberships.get().organisation, actor=editor)


def sent(account: Account, by: str, *given: str, **more: str) -> dict[str, str]:
    """Return the form as a browser would send it: the points or the places of O1, O2 and so on."""
    versions = read_versions(account, Valuation)
    row_of = {row.outcome: row.ref for row in facts_of(account).valuations}
    form = {"by": by, "version": str(Account.objects.get(pk=account.pk).version), "total": "100", "anchor": ""}
    for number, typed in enumerate(given, start=1):
        seen = versions[row_of[f"O{number}"]][1] if f"O{number}" in row_of else 0
        form |= {f"given-O{number}": typed, f"seen-O{number}": str(seen)}
    return form | more


def weights(account: Account) -> list[tuple[Decimal | None, int | None]]:
    return [(row.weight, row.rank) for row in facts_of(account).valuations]


def test_points_are_kept_with_how_they_were_found(account: Account, editor: Person):
    answer = browser(editor).post(at(account, "importance"), sent(account, "points", "50", "30", "15"))
    assert answer.status_code == 302
    assert weights(account) == [(50, None), (30, None), (15, None)]
    assert facts_of(account).account.importance_by is ImportanceBy.POINTS
    record = latest(account)
    assert (record.verb, record.ref) == ("shared points", "WO3")
    assert record.after == {"weight": "15"}


def test_the_page_says_how_many_points_are_left(account: Account, editor: Person):
    client = browser(editor)
    answer = client.post(at(account, "importance"), sent(account, "points", "50", "30", "15"), follow=True)
    assert "Shared out: 95 of 100. 5 left." in answer.text
    over = client.post(at(account, "importance"), sent(account, "points", "90", "30", "x"))
    assert over.status_code == 422
    assert "Shared out: 120 of 100. That is 20 more than there are." in over.text


def test_the_points_that_there_were_to_share_out_stay_as_they_were_typed(account: Account, editor: Person):
    client = browser(editor)
    answer = client.post(at(account, "importance"), sent(account, "points", "9", "5", "4", total="20"), follow=True)
    assert "Shared out: 18 of 20. 2 left." in main_of(answer)


def test_points_follow_from_a_ranking_and_ties_share(account: Account, editor: Person):
    browser(editor).post(at(account, "importance"), sent(account, "ranking", "1", "2", "2"))
    assert weights(account) == [(3, 1), (Decimal("1.5"), 2), (Decimal("1.5"), 2)]
    assert facts_of(account).account.importance_by is ImportanceBy.RANKING


def test_points_after_a_ranking_take_the_places_away(account: Account, editor: Person):
    client = browser(editor)
    client.post(at(account, "importance"), sent(account, "ranking", "1", "2", "3"))
    client.post(at(account, "importance"), sent(account, "points", "5", "4", ""))
    assert weights(account) == [(5, None), (4, None), (None, None)]


def test_one_value_in_money_can_be_the_anchor(account: Account, editor: Person):
    client = browser(editor)
    client.post(at(account, "importance"), sent(account, "points", "50", "30", "15", anchor="O2"))
    assert [row.anchor for row in facts_of(account).valuations] == [None, True, None]
    client.post(at(account, "importance"), sent(account, "points", "50", "30", "15", anchor="O1"))
    assert [row.anchor for row in facts_of(account).valuations] == [True, None, None]


def test_an_anchor_without_points_is_refused_where_it_is_chosen(account: Account, editor: Person):
    answer = browser(editor).post(at(account, "importance"), sent(account, "points", "50", "", "15", anchor="O2"))
    assert answer.status_code == 422
    assert "The anchor needs a relative importance above 0." in answer.text
    assert weights(account) == [(None, None)] * 3


def test_what_was_said_of_all_is_kept_with_each_that_has_no_price(editor: Person):
    small = factories.small_facts()
    facts = factories.wide_facts(2)
    facts = type(facts)(**{name: getattr(facts, name) for name in facts.__slots__} | {"valuations": small.valuations})
    account = factories.account(facts, keeper=editor.memberships.get().organisation, actor=editor)
    own = factories.small_facts().valuations[0]
    told = {"source": "Group talk, May", "asked_stakeholders": "yes", "reason": "By show of hands"}
    answer = browser(editor).post(at(account, "importance"), sent(account, "points", "60", "40", **told))
    assert answer.status_code == 302
    first, second = facts_of(account).valuations
    assert (first.value, first.source, first.reason) == (own.value, "Group talk, May", "By show of hands")
    assert (second.outcome, second.value, second.weight) == ("O2", None, 40)
    assert (second.source, second.asked_stakeholders) == ("Group talk, May", True)
    browser(editor).post(at(account, "importance"), sent(account, "points", "60", "40", **told | {"source": "Survey"}))
    first, second = facts_of(account).valuations
    assert (first.source, second.source) == ("Group talk, May", "Survey")


def test_sent_twice_it_is_done_once(account: Account, editor: Person):
    client, form = browser(editor), sent(account, "points", "50", "30", "15")
    client.post(at(account, "importance"), form)
    versions = read_versions(account, Valuation)
    assert client.post(at(account, "importance"), form).status_code == 302
    assert read_versions(account, Valuation) == versions


def test_a_stale_form_comes_back_with_both_versions_and_can_be_sent_again(account: Account, editor: Person):
    client, form = browser(editor), sent(account, "points", "50", "30", "15")
    client.post(at(account, "importance"), sent(account, "points", "10", "20", "30"))
    answer = client.post(at(account, "importance"), form)
    assert answer.status_code == 409
    assert "What differs" in answer.text
    assert 'value="50"' in answer.text
    assert weights(account) == [(10, None), (20, None), (30, None)]
    again = sent(account, "points", "50", "30", "15")
    assert client.post(at(account, "importance"), again).status_code == 302


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_kept(account: Account, editor: Person):
    answer = browser(editor).post(at(account, "importance"), sent(account, "points", "50", "a lot", "-3"))
    assert answer.status_code == 422
    assert 'value="a lot"' in answer.text
    assert 'href="#id_given-O2"' in answer.text
    assert 'href="#id_given-O3"' in answer.text
    assert weights(account) == [(None, None)] * 3


def test_a_submitted_account_asks_why_points_change(account: Account, editor: Person):
    Account.objects.filter(pk=account.pk).update(first_submitted_at=factories.NOW)
    client, form = browser(editor), sent(account, "points", "50", "30", "15")
    refused = client.post(at(account, "importance"), form)
    assert refused.status_code == 422
    assert 'href="#id_change_reason"' in refused.text
    assert client.post(at(account, "importance"), form | {"change_reason": "Asked again"}).status_code == 302
    assert latest(account).reason == "Asked again"


def test_who_may_only_read_sees_what_was_said(account: Account, editor: Person):
    browser(editor).post(at(account, "importance"), sent(account, "ranking", "1", "2", "3"))
    page = main_of(reading(account).get(at(account, "importance")))
    assert "3 points, place 1" in page
    assert "<form" not in page


def test_an_account_without_outcomes_teaches(editor: Person):
    facts = factories.wide_facts(0)
    account = factories.account(facts, keeper=editor.memberships.get().organisation, actor=editor)
    assert "No outcome counts yet" in browser(editor).get(at(account, "importance")).text


def test_the_versions_of_others_are_left_alone(account: Account, editor: Person):
    shares = services.Shares(by=ImportanceBy.POINTS, given={"O1": "5"}, said={})
    services.share_importance(
        actor=editor, account=account, shares=shares, seen={"O1": 1}, version=1, now=factories.NOW
    )
    assert {ref: version for ref, (_key, version) in read_versions(account, Valuation).items()} == {
        "WO1": 2,
        "WO2": 1,
        "WO3": 1,
    }


def test_a_submitted_account_is_not_changed_and_what_was_typed_stays(account: Account, editor: Person):
    form = sent(account, "points", "50", "30", "15", source="Group talk") | {"change_reason": "Asked again"}
    Account.objects.filter(pk=account.pk).update(state=AccountState.SUBMITTED, first_submitted_at=factories.NOW)
    answer = browser(editor).post(at(account, "importance"), form)
    assert answer.status_code == 409
    assert "This account was submitted" in answer.text
    assert "Group talk" in answer.text
    assert weights(account) == [(None, None)] * 3

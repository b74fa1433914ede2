"""The four factors: a sentence or a figure, each saved by itself, and nothing typed is lost."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import Account, AccountState, Person
from outcomes import services
from outcomes.bands import BANDS
from outcomes.facts import read_versions
from outcomes.nouns import Adjustment, Factor
from tests import factories
from tests.doors.door import browser
from tests.outcomes.acting import facts_of, latest
from tests.outcomes.reading import at, main_of, reading

pytestmark = pytest.mark.django_db
HALF = BANDS[Factor.DEADWEIGHT][2].sentence


def sent(account: Account, factor: str = "deadweight", **typed: str) -> dict[str, str]:
    """Return the form of a factor of O1 as a browser would send it, with what is there unless it is typed."""
    rows = {row.factor.value: row for row in facts_of(account).adjustments if row.outcome == "O1"}
    versions = read_versions(account, Adjustment)
    seen = str(versions[rows[factor].ref][1]) if factor in rows else "0"
    return {"factor": factor, f"{factor}-version": seen, **{f"{factor}-{name}": value for name, value in typed.items()}}


def judged(account: Account, factor: Factor = Factor.DEADWEIGHT) -> Adjustment | None:
    return next((row for row in facts_of(account).adjustments if row.factor is factor and row.outcome == "O1"), None)


def test_a_sentence_sets_the_figure_and_is_kept(account: Account, editor: Person):
    typed = {"band": "50", "figure": "10", "reason": "We asked", "judged_by": "12 members"}
    answer = browser(editor).post(at(account, "factor", "O1"), sent(account, **typed))
    assert answer.status_code == 302
    row = judged(account)
    assert (row.figure, row.sentence, row.reason, row.judged_by) == (Decimal("0.5"), HALF, "We asked", "12 members")


def test_another_figure_gives_the_sentence_up_with_a_word(account: Account, editor: Person):
    client = browser(editor)
    client.post(at(account, "factor", "O1"), sent(account, band="50", figure="10"))
    answer = client.post(at(account, "factor", "O1"), sent(account, band="50", figure="45"), follow=True)
    row = judged(account)
    assert (row.figure, row.sentence) == (Decimal("0.45"), "")
    assert "stands for another figure, so it was not kept" in answer.text


def test_a_factor_that_nobody_judged_yet_is_added(account: Account, editor: Person):
    browser(editor).post(at(account, "factor", "O1"), sent(account, "attribution", band="25", figure=""))
    row = judged(account, Factor.ATTRIBUTION)
    assert (row.figure, row.sentence) == (Decimal("0.25"), BANDS[Factor.ATTRIBUTION][1].sentence)
    assert latest(account).verb == "added"


def test_sent_twice_it_is_added_once(account: Account, editor: Person):
    client, form = browser(editor), sent(account, "attribution", band="25", figure="")
    client.post(at(account, "factor", "O1"), form)
    assert client.post(at(account, "factor", "O1"), form).status_code == 302
    assert [row.factor for row in facts_of(account).adjustments].count(Factor.ATTRIBUTION) == 1


def test_one_that_somebody_else_added_meanwhile_is_a_conflict(account: Account, editor: Person):
    client, form = browser(editor), sent(account, "attribution", band="25", figure="")
    client.post(at(account, "factor", "O1"), sent(account, "attribution", band="75", figure=""))
    answer = client.post(at(account, "factor", "O1"), form)
    assert answer.status_code == 409
    assert "What differs" in answer.text
    assert judged(account, Factor.ATTRIBUTION).figure == Decimal("0.75")


def test_a_stale_form_comes_back_with_both_versions_and_may_be_sent_again(account: Account, editor: Person):
    client, form = browser(editor), sent(account, figure="30", reason="Mine")
    client.post(at(account, "factor", "O1"), sent(account, figure="20", reason="Theirs"))
    answer = client.post(at(account, "factor", "O1"), form)
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert "Theirs" in answer.text
    assert 'name="deadweight-version" value="2"' in answer.text
    assert client.post(at(account, "factor", "O1"), form | {"deadweight-version": "2"}).status_code == 302
    assert judged(account).reason == "Mine"


def test_one_that_was_removed_meanwhile_can_be_added_anew(account: Account, editor: Person):
    client, form = browser(editor), sent(account, figure="30", reason="Mine")
    services.remove_row(actor=editor, account=account, noun=Adjustment, ref="A1", version=1, now=factories.NOW)
    answer = client.post(at(account, "factor", "O1"), form)
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert client.post(at(account, "factor", "O1"), form | {"deadweight-version": "0"}).status_code == 302
    assert judged(account).reason == "Mine"


def test_what_cannot_be_read_is_said_at_its_field_with_all_that_was_typed(account: Account, editor: Person):
    typed = {"band": "50", "figure": "a half", "low": "60", "reason": "We asked"}
    answer = browser(editor).post(at(account, "factor", "O1"), sent(account, **typed))
    assert answer.status_code == 422
    assert 'value="a half"' in answer.text
    assert 'href="#id_deadweight-figure"' in answer.text
    assert "We asked" in answer.text
    assert judged(account).figure == Decimal("0.1")


def test_a_range_that_does_not_hold_the_figure_is_said_at_its_end(account: Account, editor: Person):
    answer = browser(editor).post(at(account, "factor", "O1"), sent(account, figure="30", low="40"))
    assert answer.status_code == 422
    assert 'href="#id_deadweight-low"' in answer.text


def test_to_htmx_only_the_factor_comes_back(account: Account, editor: Person):
    client, headers = browser(editor), {"HX-Request": "true"}
    answer = client.post(at(account, "factor", "O1"), sent(account, band="50", figure=""), headers=headers)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section class="form-part factor" id="factor-deadweight"')
    assert "Saved." in answer.text
    assert 'name="deadweight-version" value="2"' in answer.text
    refused = client.post(at(account, "factor", "O1"), sent(account, figure="x"), headers=headers)
    assert refused.status_code == 422
    assert "<html" not in refused.text


def test_a_submitted_account_asks_why_a_factor_changes(account: Account, editor: Person):
    Account.objects.filter(pk=account.pk).update(first_submitted_at=factories.NOW)
    client, form = browser(editor), sent(account, figure="30")
    assert 'href="#id_deadweight-change_reason"' in client.post(at(account, "factor", "O1"), form).text
    again = form | {"deadweight-change_reason": "Asked again"}
    assert client.post(at(account, "factor", "O1"), again).status_code == 302
    assert latest(account).reason == "Asked again"


def test_the_overview_marks_what_is_missing_and_what_lacks_a_reason(account: Account, editor: Person):
    page = main_of(browser(editor).get(at(account, "factors")))
    assert "1 of 4 have a figure." in page
    assert page.count('class="is-missing"') == 3
    assert "no reason, no source" in page


def test_outcomes_that_are_left_out_are_not_asked_about(editor: Person):
    small = factories.small_facts()
    facts = replace(small, outcomes=(replace(small.outcomes[0], relevant=False),))
    account = factories.account(facts, keeper=editor.memberships.get().organisation, actor=editor)
    assert "No outcome counts yet" in browser(editor).get(at(account, "factors")).text


def test_where_others_ended_up_is_told_with_its_source_and_never_filled_in(account: Account, editor: Person):
    page = browser(editor).get(at(account, "factor", "O1")).text
    assert "154 of 383 published reports state one. The middle figure was 20%" in page
    assert 'name="attribution-figure" inputmode="decimal"' in page
    assert 'value="25.5"' not in page
    assert page.count("Where others ended up") == 3


def test_who_may_only_read_sees_what_was_judged(account: Account, editor: Person):
    browser(editor).post(at(account, "factor", "O1"), sent(account, band="50", figure=""))
    page = main_of(reading(account).get(at(account, "factor", "O1")))
    assert HALF in page
    assert "Not judged yet" in page
    assert "<form" not in page


@pytest.mark.parametrize("factor", ["", "duration"])
def test_what_is_no_factor_is_refused_in_words(account: Account, editor: Person, factor: str):
    answer = browser(editor).post(at(account, "factor", "O1"), {"factor": factor})
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.text


def test_an_outcome_that_is_not_there_is_not_found(account: Account, editor: Person):
    assert browser(editor).get(at(account, "factor", "O99")).status_code == 404


def test_a_submitted_account_is_not_changed_and_what_was_typed_stays(account: Account, editor: Person):
    Account.objects.filter(pk=account.pk).update(state=AccountState.SUBMITTED, first_submitted_at=factories.NOW)
    form = sent(account, figure="30", reason="Mine", change_reason="Asked again")
    answer = browser(editor).post(at(account, "factor", "O1"), form)
    assert answer.status_code == 409
    assert "This account was submitted" in answer.text
    assert "Mine" in answer.text
    assert judged(account).figure == Decimal("0.1")

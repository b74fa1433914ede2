"""An account that was submitted while a form was open: nothing is changed, and nothing typed is lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Account, AccountState
from outcomes.nouns import Indicator
from tests import factories
from tests.outcomes.acting import everything
from tests.outcomes.reading import at, editing, main_of

pytestmark = pytest.mark.django_db
WORDS = "Said by nine of twelve"
SENT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "the ledger": ("ledger", "?noun=outcomes&ref=O1", {"decision_reason": WORDS, "version": "1"}),
    "the statements": ("co_production", "?statement=assets", {"extent": "yes", "explanation": WORDS}),
    "the goals": ("goals", "?outcome=O1", {"goal_healthier": "on", "how_healthier": WORDS}),
    "a target": ("goals", "?outcome=O1", {"target": "3.4", "how": WORDS}),
    "a step": ("theory_of_change", "", {"cause": "O1", "effect": "O2", "why": WORDS}),
    "what was seen": ("indicator", "", {"numerator": "6", "denominator": "8", "source": WORDS}),
    "a link": ("new_evidence", "", {"name": WORDS, "link": "https://example.org/"}),
    "a file": ("new_evidence", "", {"name": WORDS}),
}


@pytest.mark.parametrize("what", SENT)
def test_what_is_sent_to_an_account_that_was_submitted_comes_back_with_the_reason(what: str):
    page, asked, said = SENT[what]
    wide = factories.wide_facts(2)
    account = factories.account(replace(wide, indicators=(Indicator(ref="I1", outcome="O1", name="Meets friends"),)))
    Account.objects.filter(pk=account.pk).update(state=AccountState.SUBMITTED)
    before = everything(account)
    sent = {"file": SimpleUploadedFile("minutes.pdf", b"%PDF-")} if what == "a file" else {}
    address = at(account, page, *(["I1"] if page == "indicator" else [])) + asked
    answer = editing(account).post(address, {**said, **sent})
    assert answer.status_code == 409
    assert "take it back first" in main_of(answer)
    assert WORDS in main_of(answer)
    assert everything(account) == before

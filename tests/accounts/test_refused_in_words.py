"""A rule that said no where no page said it: a sentence, what was typed, and a way back; never a 500."""

from typing import Any

import pytest
from django.urls import reverse

from accounts import access
from accounts.roles import Role
from reports.errors import EngagementOver
from tests import factories
from tests.architecture.gate import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the address of a page that catches no refusal, and somebody who may send it something."""
    account = factories.account()
    editor = factories.member(Role.EDITOR, account.organisation)

    def refuse(*_given: Any) -> None:
        raise EngagementOver

    monkeypatch.setattr(access, "account_for", refuse)
    return reverse("reports:reports", args=[account.id]), signed_in(editor)


def test_a_refusal_that_a_page_forgot_is_a_sentence_with_what_was_typed_and_a_way_back(forgetful: Any) -> None:
    address, client = forgetful
    before = "http://testserver/accounts/"
    answer = client.post(address, {"language": "en-gb", "why": "Long words\nof mine <b>"}, HTTP_REFERER=before)
    assert answer.status_code == 409
    assert "This engagement has ended, so nothing was changed." in answer.text
    assert "Long words<br>of mine &lt;b&gt;" in answer.text
    assert f'href="{before}"' in answer.text


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(forgetful: Any, came_from: str) -> None:
    address, client = forgetful
    answer = client.post(address, {"language": "en-gb"}, HTTP_REFERER=came_from)
    assert answer.status_code == 409
    assert '<a class="btn btn-primary" href="/">' in answer.text


def test_to_htmx_the_sentence_takes_the_place_of_the_whole_page(forgetful: Any) -> None:
    address, client = forgetful
    answer = client.post(address, {"language": "en-gb"}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "body")


def test_any_other_fault_is_still_a_fault(forgetful: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address, client = forgetful

    def fail(*_given: Any) -> None:
        message = "A fault of ours"
        raise RuntimeError(message)

    monkeypatch.setattr(access, "account_for", fail)
    assert client.post(address, {"language": "en-gb"}).status_code == 500

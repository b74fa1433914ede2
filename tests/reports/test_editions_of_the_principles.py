"""An account is judged by the principles of its edition: the seven now, and whatever a later edition has."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from accounts.nouns import Edition
from outcomes.principles import PRINCIPLES
from reports import queries, statement
from reports.errors import NoSuchPrinciple, NotConcludable
from reports.models import Judgement
from tests.architecture.gate import signed_in
from tests.reports import assuring

pytestmark = pytest.mark.django_db

MADE_UP = replace(PRINCIPLES[-1], number=8, slug="made-up", title="A principle made up", gist="For a test.", checks=())
OF_EIGHT = statement.PrinciplesOf(title="Eight principles, made up", principles=(*PRINCIPLES, MADE_UP))


@pytest.fixture
def eight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the edition of every account in this test have eight principles: one row of the table."""
    monkeypatch.setattr(statement, "EDITIONS", {Edition.SEVEN.value: OF_EIGHT})


def frozen(**said: Any) -> dict[str, Any]:
    return {"account": {"account": {"name": "An account"} | said}}


def test_every_edition_that_an_account_can_name_has_its_principles() -> None:
    assert set(statement.EDITIONS) == {each.value for each in Edition}
    assert statement.EDITIONS[Edition.SEVEN].numbers == (1, 2, 3, 4, 5, 6, 7)


def test_the_principles_are_those_of_the_edition_that_was_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {**statement.EDITIONS, "eight": OF_EIGHT}
    monkeypatch.setattr(statement, "EDITIONS", both)
    assert statement.principles_of(frozen()) == PRINCIPLES
    assert statement.principles_of(frozen(edition="seven")) == PRINCIPLES
    assert statement.principles_of(frozen(edition="eight"))[-1] == MADE_UP


def test_an_eighth_principle_is_refused_by_the_seven() -> None:
    held = assuring.declared()
    with pytest.raises(NoSuchPrinciple):
        assuring.judge(held, 8)
    assert signed_in(held.assurer).get(reverse("reports:judge", args=[held.engagement.id, 8])).status_code == 404


def test_an_edition_of_eight_has_the_eighth_judged_and_told(eight: None) -> None:
    held = assuring.declared()
    client = signed_in(held.assurer)
    page = client.get(reverse("reports:judge", args=[held.engagement.id, 8]))
    assert page.status_code == 200
    assert "A principle made up" in page.text
    judged = {"version": "0", "verdict": "met", "finding": "Decided in time", "recommendation": ""}
    assert client.post(reverse("reports:judge", args=[held.engagement.id, 8]), judged).status_code == 302
    assert Judgement.objects.get().principle == 8
    assert "1 of 8" in client.get(reverse("reports:workbench", args=[held.engagement.id])).text


def test_a_statement_names_its_edition_and_wants_each_of_its_principles(eight: None) -> None:
    held = assuring.judged()  # the seven
    with pytest.raises(NotConcludable) as refused:
        assuring.conclude(held)
    assert refused.value.params["principles"] == 1
    assuring.judge(held, 8, finding="Decided in time")
    told = json.loads(assuring.conclude(held).document)
    said = [each["message"] % each["params"] for element in told["elements"] for each in element["sentences"]]
    assert "Eight principles, made up" in said
    assert [each for each in said if "A principle made up" in each and "Decided in time" in each]
    assert queries.statement_of(held.engagement) is not None

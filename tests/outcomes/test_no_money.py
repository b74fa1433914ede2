"""An account that holds no money at all is complete: it can be judged, frozen, read and printed."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.models import Account
from accounts.nouns import ImportanceBy
from outcomes.coherence import incoherences
from outcomes.nouns import Facts
from outcomes.principles import Status
from outcomes.queries import appraise
from reports import pdf
from reports.services import take_snapshot
from tests import factories
from tests.outcomes.reading import at, editing, main_of
from tests.reports.frozen import frozen_of


def without_money() -> Facts:
    """Return the luncheon club weighed in points alone: no price, no rate, and nobody's time or kitchen in pounds."""
    full = factories.complete_facts()
    return replace(
        full,
        account=replace(
            full.account,
            discount_rate=None,
            price_base="",
            price_series="",
            importance_by=ImportanceBy.POINTS,
        ),
        inputs=tuple(replace(each, amount=None, hourly_rate=None, source="The club's books") for each in full.inputs),
        valuations=tuple(
            replace(
                each,
                proxy="",
                value=None,
                value_low=None,
                value_high=None,
                price_period="",
                anchor=None,
                source="Four group talks, May 2024",
                link="",
            )
            for each in full.valuations
        ),
        scenarios=(),
    )


def printed(facts: Facts) -> str:
    with translation.override("en-gb"):
        return pdf.html(frozen_of(facts))


def test_it_holds_together():
    assert list(incoherences(without_money())) == []


def test_nothing_is_missing_and_everything_is_met_or_explained():
    found = appraise(without_money())
    assert [each.check for each in found.findings if each.stops] == []
    assert [each.check for each in found.findings if each.status is Status.NEEDS_REASON and each.is_open] == []
    assert {each.status for each in found.readiness} == {Status.MET}


def test_it_is_asked_for_nothing_in_money():
    asked = {each.check for each in appraise(without_money()).findings}
    in_money = {
        "the-discount-rate-is-stated",
        "the-price-base-is-stated",
        "every-value-names-its-proxy",
        "every-value-has-a-price-year",
        "pessimistic-case-is-stated",
    }
    assert asked & in_money == set()
    assert "inputs-are-listed" in asked


def test_one_value_in_money_and_it_is_asked_again():
    facts = without_money()
    first = replace(facts.valuations[0], value=Decimal(100))
    findings = {
        each.check: each for each in appraise(replace(facts, valuations=(first, *facts.valuations[1:]))).findings
    }
    assert findings["the-price-base-is-stated"].status is Status.MISSING
    assert findings["the-discount-rate-is-stated"].status is Status.MISSING
    assert len(findings["inputs-are-listed"].items) == len(facts.inputs)


def test_what_was_put_in_is_still_named():
    facts = replace(without_money(), inputs=())
    findings = {each.check: each for each in appraise(facts).findings}
    assert findings["inputs-are-listed"].status is Status.MISSING


def test_its_report_speaks_of_importance_and_of_no_pounds():
    report = printed(without_money())
    assert "This account holds no money." in report
    assert "There is no ratio to test." in report
    assert "People shared out points between the changes." in report
    assert "Inputs: named, and not valued in money" in report
    assert "2,150 hours" in report
    assert "It weighs against the rest with less than 1% of all importance." in report
    assert "£" not in report
    assert "Discount rate" not in report
    assert "discounted" not in report


def test_a_ranking_is_told_with_the_place_of_each_outcome():
    facts = without_money()
    ranked = tuple(replace(each, rank=place) for place, each in enumerate(facts.valuations, start=1))
    account = replace(facts.account, importance_by=ImportanceBy.RANKING)
    report = printed(replace(facts, account=account, valuations=ranked))
    assert "People put the changes in order." in report
    assert "In place 7 of the ranking." in report


@pytest.fixture
def account(db: None) -> Account:
    return factories.account(without_money())


def test_it_can_be_frozen(account: Account):
    person = factories.person()
    snapshot = take_snapshot(actor=person, account=account, now=factories.NOW)
    assert json.loads(snapshot.document)["content"]["workings"]["totals"]["is_in_money"] is False


@pytest.mark.parametrize(
    "page", ["account", "value_map", "sensitivity", "principles", "theory_of_change", "importance"]
)
def test_its_pages_open(account: Account, page: str):
    answer = editing(account).get(at(account, page))
    assert answer.status_code == 200
    assert "£" not in main_of(answer)

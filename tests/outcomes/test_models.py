"""The rules between the cells of one row, and between the rows of one table, stand in the database itself.

(Ranges and answers of single cells: tests/architecture/test_nouns_and_models.py.)
"""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from accounts.models import Account, AccountOwned
from outcomes.facts import MODELS
from outcomes.models import Adjustment, Indicator, Link, Observation, Outcome, Valuation
from stakeholders.models import Output, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return factories.account(factories.complete_facts())


def first(model: type[AccountOwned], account: Account, **held: Any) -> models.QuerySet[Any]:
    """Return the first row of a table in an account."""
    return model.objects.filter(pk=model.objects.filter(account=account, **held).first().pk)


def some(low: str, figure: str, high: str, names: tuple[str, str, str]) -> dict[str, Decimal | None]:
    """Return three figures by their names; "" is unknown."""
    return {name: Decimal(text) if text else None for name, text in zip(names, (low, figure, high), strict=True)}


RANGES = {
    Outcome: ("quantity_low", "quantity", "quantity_high"),
    Valuation: ("value_low", "value", "value_high"),
    Adjustment: ("low", "figure", "high"),
}


@pytest.mark.parametrize("model", RANGES)
@pytest.mark.parametrize(("low", "figure", "high"), [("0.3", "0.2", ""), ("", "0.2", "0.1"), ("0.3", "0.2", "0.1")])
def test_the_database_refuses_a_range_that_does_not_run_up(account, model, low, figure, high):
    with pytest.raises(IntegrityError, match=r"low_below|high_above"), transaction.atomic():
        first(model, account).update(**some(low, figure, high, RANGES[model]))


@pytest.mark.parametrize("model", RANGES)
@pytest.mark.parametrize(
    ("low", "figure", "high"), [("0.1", "0.2", "0.3"), ("0.2", "0.2", "0.2"), ("0.1", "", ""), ("", "0.2", "")]
)
def test_the_database_takes_a_range_that_runs_up_or_is_not_known(account, model, low, figure, high):
    assert first(model, account).update(**some(low, figure, high, RANGES[model])) == 1


@pytest.mark.parametrize(
    ("state", "numerator", "denominator"),
    [
        ("measured", None, None),
        ("measured", 1, None),
        ("measured", None, 2),
        ("measured", 1, 0),
        ("not_yet", 1, 2),
        ("not_yet", 1, None),
        ("not_applicable", None, 2),
        ("withheld", 1, 2),
    ],
)
def test_an_observation_has_its_two_figures_if_and_only_if_it_was_measured(account, state, numerator, denominator):
    with pytest.raises(IntegrityError, match="observation_figure_when_measured"), transaction.atomic():
        first(Observation, account).update(state=state, numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    ("state", "numerator", "denominator"),
    [("measured", 0, 1), ("measured", -3, 2), ("not_yet", None, None), ("withheld", None, None)],
)
def test_an_observation_in_order_is_taken(account, state, numerator, denominator):
    held = first(Observation, account)
    assert held.update(state=state, numerator=numerator, denominator=denominator) == 1


def test_a_step_has_one_cause(account):
    step = first(Link, account)
    output, outcome = first(Output, account).get(), first(Outcome, account).get()
    for causes in ({"cause_output": output, "cause_outcome": outcome}, {"cause_output": None, "cause_outcome": None}):
        with pytest.raises(IntegrityError, match="link_one_cause"), transaction.atomic():
            step.update(**causes)


def test_nothing_leads_to_itself(account):
    step = first(Link, account)
    with pytest.raises(IntegrityError, match="link_not_to_itself"), transaction.atomic():
        step.update(cause_output=None, cause_outcome=step.get().effect)


def copied(row: models.Model, **changed: Any) -> models.Model:
    """Return a second row that says the same under another ref."""
    row.pk, row.ref = uuid4(), "ANOTHER"
    for name, value in changed.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(
    ("model", "held", "but", "columns"),
    [
        (Valuation, {}, {"anchor": None}, "outcome_id"),
        (Adjustment, {}, {}, "factor"),
        (Link, {"cause_output__isnull": False}, {}, "cause_output_id"),
        (Link, {"cause_outcome__isnull": False}, {}, "cause_outcome_id"),
    ],
)
def test_what_may_be_there_once_cannot_be_there_twice(account, model, held, but, columns):
    another = copied(first(model, account, **held).get(), **but)
    with pytest.raises(IntegrityError, match=rf"(?i)unique.*({columns}|once|one_a)"), transaction.atomic():
        model.objects.bulk_create([another])


def test_an_account_has_one_anchor(account):
    held = Valuation.objects.filter(account=account)
    held.update(anchor=False)
    one, other = held[:2]
    assert Valuation.objects.filter(pk=one.pk).update(anchor=True) == 1
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Valuation.objects.filter(pk=other.pk).update(anchor=True)


def test_two_accounts_may_each_have_their_anchor_their_factors_and_their_refs(account):
    another = factories.account(factories.complete_facts())
    for model in MODELS.values():
        assert list(model.objects.filter(account=another).values_list("ref", flat=True)) == list(
            model.objects.filter(account=account).values_list("ref", flat=True)
        )


@pytest.mark.parametrize(("model", "needed"), [(Stakeholder, Outcome), (Outcome, Valuation), (Indicator, Observation)])
def test_a_row_that_others_point_to_cannot_be_removed(account, model, needed):
    assert needed.objects.filter(account=account).exists()
    with pytest.raises(ProtectedError), transaction.atomic():
        model.objects.filter(account=account).delete()


def test_an_account_with_a_history_cannot_be_removed(account):
    with pytest.raises(ProtectedError), transaction.atomic():
        Account.objects.filter(pk=account.pk).delete()

"""How far a result would move is worked out once for the same inputs, and again as soon as anything differs."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from outcomes import queries, valuation
from outcomes.counting import valuation_inputs
from outcomes.nouns import Facts
from outcomes.valuation import AccountInputs, Workings
from tests import factories


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[AccountInputs]]:
    """Start with nothing kept, and note what is worked out."""
    noted: list[AccountInputs] = []
    work_out = valuation.sensitivity_as_plain

    def noting(inputs: AccountInputs) -> dict[str, Any]:
        noted.append(inputs)
        return work_out(inputs)

    monkeypatch.setattr(valuation, "sensitivity_as_plain", noting)
    queries._tested.cache_clear()
    yield noted
    queries._tested.cache_clear()


def workings(facts: Facts) -> Workings:
    return valuation.value_account(valuation_inputs(facts))


def test_the_same_inputs_read_twice_are_worked_out_once(worked_out: list[AccountInputs]) -> None:
    # The luncheon club has ranges, scenarios and an index of prices: everything that inputs are compared by.
    first, again = (queries.tested(workings(factories.complete_facts())) for _page in range(2))
    assert first == again
    assert len(worked_out) == 1


def test_inputs_of_which_anything_differs_are_worked_out_again(worked_out: list[AccountInputs]) -> None:
    small = factories.small_facts()
    more = replace(small, outcomes=(replace(small.outcomes[0], quantity=Decimal(11)),))
    wider = replace(small, outcomes=(replace(small.outcomes[0], quantity_high=Decimal(20)),))
    spreads = [queries.tested(workings(facts))["optimistic"]["ratio"] for facts in (small, more, wider, small)]
    assert len(set(spreads)) == 3
    assert len(worked_out) == 3


def test_whoever_alters_what_they_were_given_alters_nothing_that_is_kept(worked_out: list[AccountInputs]) -> None:
    given = queries.tested(workings(factories.small_facts()))
    given.clear()
    assert queries.tested(workings(factories.small_facts()))["tornado"]
    assert len(worked_out) == 1

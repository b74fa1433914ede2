"""How figures are written for the reader, and how many people a chart says that it is about."""

from dataclasses import replace
from decimal import Decimal

import pytest

from outcomes import pictures, shown
from outcomes.queries import appraise
from stakeholders.nouns import Consideration, Stakeholder
from tests import factories


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal(1), "1 year"),
        (Decimal("1.00"), "1 year"),
        (Decimal(0), "0 years"),
        (Decimal(2), "2 years"),
        (Decimal("1.5"), "1.5 years"),
        (Decimal(1234), "1,234 years"),
        (None, ""),
    ],
)
def test_a_number_of_years_is_said_as_one_says_it(amount: Decimal | None, said: str):
    assert shown.years(amount) == said


def test_a_chart_counts_nobody_who_was_left_out():
    small = factories.small_facts()
    others = (
        Stakeholder(ref="S2", name="Neighbours", size=300, decision=Consideration.EXCLUDED),
        Stakeholder(ref="S3", name="Volunteers", size=5, decision=Consideration.INCLUDED),
        Stakeholder(ref="S4", name="Not decided yet", size=None),
    )
    facts = replace(small, stakeholders=(*small.stakeholders, *others))
    workings = appraise(facts).workings
    assert workings is not None
    drawn = pictures.by_stakeholder(workings.as_plain(), facts, shown.voice("GBP"))
    assert "n = 15." in drawn.source

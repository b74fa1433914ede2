"""A figure that was chosen by its sentence can be corrected in place: the sentence goes with the old figure."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.roles import Role
from outcomes.bands import BANDS
from outcomes.nouns import Adjustment, Factor
from tests import factories
from tests.doors.door import browser
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at

pytestmark = pytest.mark.django_db
BAND = BANDS[Factor.DEADWEIGHT][1]


@pytest.mark.parametrize(("typed", "kept"), [("33", ""), (str(BAND.figure * 100), BAND.sentence)])
def test_a_sentence_stays_as_long_as_its_figure(typed: str, kept: str):
    keeper = factories.organisation()
    small = factories.small_facts()
    banded = replace(small.adjustments[0], figure=BAND.figure, sentence=BAND.sentence)
    account = factories.account(replace(small, adjustments=(banded,)), keeper=keeper)
    address = f"{at(account, 'entry', 'adjustments', 'A1')}?only=figure&from=value-map"
    client = browser(factories.member(Role.EDITOR, keeper))
    answer = client.post(address, {"figure": typed, "version": "1"})
    assert answer.status_code == 302
    (row,) = facts_of(account).adjustments
    assert isinstance(row, Adjustment)
    assert (row.figure, row.sentence) == (Decimal(typed) / 100, kept)

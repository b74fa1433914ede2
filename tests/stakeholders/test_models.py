"""The rules between the cells of one row, and between the rows of one table, stand in the database itself."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from stakeholders.models import CoProduction, Involvement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("took_part", "out_of", "is_taken"),
    [(12, 95, True), (95, 95, True), (0, 0, True), (12, None, True), (None, 95, True), (96, 95, False), (1, 0, False)],
)
def test_no_more_took_part_than_there_were(took_part, out_of, is_taken):
    account = factories.account(factories.complete_facts())
    held = Involvement.objects.filter(account=account)
    if is_taken:
        assert held.update(took_part=took_part, out_of=out_of)
        return
    with pytest.raises(IntegrityError, match="involvement_some_of_all"), transaction.atomic():
        held.update(took_part=took_part, out_of=out_of)


def test_a_statement_of_co_production_is_answered_once():
    account = factories.account(factories.complete_facts())
    row = CoProduction.objects.filter(account=account).first()
    row.pk, row.ref = uuid4(), "ANOTHER"
    with pytest.raises(IntegrityError, match=r"(?i)unique.*(statement|once)"), transaction.atomic():
        CoProduction.objects.bulk_create([row])

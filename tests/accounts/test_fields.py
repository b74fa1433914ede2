"""Figures are kept to their last digit, and compared and added up as decimals, whatever the database."""

from decimal import Decimal

import pytest
from django.db.models import F, Max, Sum

from accounts.parsing import DECIMAL_PLACES, SHARE_PLACES, WHOLE_DIGITS
from outcomes.models import Adjustment, Outcome, Valuation
from stakeholders.models import Input
from tests import factories

LARGEST = Decimal("9" * WHOLE_DIGITS + "." + "9" * DECIMAL_PLACES)
SMALLEST = Decimal(1).scaleb(-DECIMAL_PLACES)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "figure", [LARGEST, -LARGEST, SMALLEST, -SMALLEST, Decimal(0), Decimal("123456789012.123456"), Decimal("0.1"), None]
)
def test_every_digit_of_a_figure_comes_back(figure: Decimal | None):
    account = factories.account()
    Valuation.objects.filter(account=account).update(value=figure)
    assert Valuation.objects.get(account=account).value == figure
    assert Valuation.objects.filter(account=account).values_list("value", flat=True).get() == figure
    assert Valuation.objects.filter(account=account, value=figure).exists()


def test_every_digit_of_a_share_comes_back():
    account = factories.account()
    least = Decimal(1).scaleb(-SHARE_PLACES)
    for figure in (least, 1 - least, Decimal(1), Decimal(0)):
        Adjustment.objects.filter(account=account).update(figure=figure)
        assert Adjustment.objects.get(account=account).figure == figure


def test_figures_compare_and_add_up_as_decimals_do():
    account = factories.account(factories.wide_facts(12))
    assert Outcome.objects.filter(account=account, quantity__lt=Decimal("9.5")).count() == 9
    assert Outcome.objects.filter(account=account, quantity__gt=10).count() == 2
    assert list(Outcome.objects.filter(account=account).order_by("-quantity").values_list("ref", flat=True))[:3] == [
        "O12",
        "O11",
        "O10",
    ]
    found = Outcome.objects.filter(account=account).aggregate(total=Sum("quantity"), most=Max("quantity"))
    assert found == {"total": Decimal(78), "most": Decimal(12)}


def test_a_figure_can_be_compared_with_another_to_the_last_digit():
    account = factories.account()
    held = Outcome.objects.filter(account=account)
    held.update(quantity_low=LARGEST - SMALLEST, quantity=LARGEST, quantity_high=LARGEST)
    assert held.filter(quantity_low__lt=F("quantity"), quantity_high__lte=F("quantity")).exists()


def test_a_figure_with_more_decimals_than_are_kept_is_rounded_by_no_more_than_its_last_place():
    """The readers refuse it (accounts.parsing); should code of ours come past them, both databases do the same."""
    account = factories.account()
    Input.objects.filter(account=account).update(amount=Decimal("0.1234567"))
    assert Input.objects.get(account=account).amount == Decimal("0.123457")

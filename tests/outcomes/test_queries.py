"""What the doors read of an account: how it stands, one of its rows, a marked workbook."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import Account
from outcomes import queries, services
from outcomes.nouns import ROWS, Outcome, Valuation
from tests import factories
from tests.outcomes.acting import change, facts_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcomes", [5, 60])
def test_how_an_account_stands_is_read_in_a_query_for_each_noun_and_one_for_replies(
    outcomes: int, django_assert_num_queries
):
    account = factories.account(factories.wide_facts(outcomes))
    with django_assert_num_queries(len(ROWS) + 1):
        held = queries.standing(account)
    assert held.workings is not None
    assert len(held.workings.lines) == outcomes


def test_an_account_with_one_counted_outcome_comes_to_what_can_be_worked_out_by_hand(account: Account):
    """10 people × £100, a tenth of it deadweight, not discounted in its first year, for £500 put in."""
    held = queries.standing(account)
    assert held.workings is not None
    assert held.workings.total_present_value == Decimal(900)
    assert held.workings.ratio == Decimal("1.8")
    assert held.trouble is None
    assert (held.cautious, held.hopeful) == (held.workings, held.workings)


def test_an_account_that_cannot_be_worked_out_says_why_and_where():
    held = queries.standing(factories.account(factories.unworkable_facts()))
    assert (held.workings, held.cautious, held.hopeful) == (None, None, None)
    assert held.trouble is not None
    assert (held.trouble.ref, held.trouble.field) == ("O1", "price_period")
    assert held.findings


def test_a_row_comes_with_the_facts_around_it_and_its_version(account: Account, editor):
    change(account, editor, facts_of(account).outcomes[0], quantity="12")
    found = queries.entry(account, Outcome, "O1")
    assert found is not None
    facts, row, version = found
    assert (facts, row, version) == (facts_of(account), facts_of(account).outcomes[0], 2)


def test_a_row_that_is_not_there_or_is_another_tenant_s_is_none(account: Account):
    small = factories.small_facts()
    other = replace(small, valuations=(replace(small.valuations[0], ref="THEIRS"),))
    factories.account(other)
    assert queries.entry(account, Valuation, "THEIRS") is None
    assert queries.entry(account, Valuation, "NOBODY") is None


def test_a_marked_workbook_is_found_by_the_one_who_sent_it_and_by_nobody_else(editor):
    kept = services.keep_refused(person=editor, name="club.xlsx", marked=b"marked", now=factories.NOW)
    assert queries.refused_workbook(editor, kept.id) == kept
    assert queries.refused_workbook(factories.person(), kept.id) is None

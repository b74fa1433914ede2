"""What is written is what is read: the whole account, in a fixed number of queries."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings

from accounts.models import Account
from outcomes import services
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.nouns import ROWS, Facts, Observation, Outcome, rows
from tests import factories, worked_examples
from tests.core.intake.made_up import random_facts

KNOWN: dict[str, Callable[[], Facts]] = {
    **{name: lambda name=name: worked_examples.facts(name) for name in worked_examples.NAMES},
    "luncheon_club": factories.complete_facts,
    "wide": factories.wide_facts,
}

pytestmark = pytest.mark.django_db


def afresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_written_is_what_is_read(name: str):
    facts = KNOWN[name]()
    assert read_facts(afresh(factories.account(facts))) == facts


def test_the_complete_account_has_rows_of_every_noun():
    assert all(rows(factories.complete_facts(), noun) for noun in ROWS)


@settings(max_examples=12)
@given(facts=random_facts())
def test_whatever_holds_together_is_written_and_read(facts: Facts):
    with transaction.atomic():
        assert read_facts(afresh(factories.account(facts))) == facts
        transaction.set_rollback(True)


@settings(max_examples=12)
@given(before=random_facts(), after=random_facts())
def test_whatever_was_there_can_be_replaced_by_whatever_holds_together(before: Facts, after: Facts):
    with transaction.atomic():
        account = factories.account(before)
        services.replace_facts(actor=None, account=account, facts=after, now=factories.NOW, source="a test")
        assert read_facts(afresh(account)) == after
        transaction.set_rollback(True)


def test_one_account_s_facts_hold_nothing_of_another():
    mine, theirs = factories.account(factories.small_facts()), factories.account(factories.complete_facts())
    assert read_facts(afresh(mine)) == factories.small_facts()
    assert read_facts(afresh(theirs)) == factories.complete_facts()


@pytest.mark.parametrize("outcomes", [1, 5, 60])
def test_facts_are_read_in_one_query_for_each_noun_and_one_for_the_replies(outcomes: int, django_assert_num_queries):
    account = afresh(factories.account(factories.wide_facts(outcomes)))
    with django_assert_num_queries(len(ROWS) + 1):
        facts = read_facts(account)
    assert len(facts.outcomes) == outcomes


def test_rows_keep_the_order_in_which_they_were_brought():
    facts = factories.wide_facts(12)
    turned = replace(facts, outcomes=tuple(reversed(facts.outcomes)))
    assert [each.ref for each in read_facts(afresh(factories.account(turned))).outcomes][:3] == ["O12", "O11", "O10"]


def test_versions_are_read_by_ref():
    account = factories.account(factories.wide_facts(3))
    found = read_versions(account, Outcome)
    assert list(found) == ["O1", "O2", "O3"]
    assert {version for _key, version in found.values()} == {1}
    assert {key for key, _version in found.values()} == set(
        MODELS[Outcome].objects.filter(account=account).values_list("id", flat=True)
    )


def keys_and_versions(account: Account) -> dict[str, dict[str, tuple[object, int]]]:
    return {noun.slug: dict(read_versions(account, noun)) for noun in ROWS}


def test_replacing_keeps_keys_and_moves_on_the_versions_of_what_changed_only():
    facts = factories.complete_facts()
    account = factories.account(facts)
    before = keys_and_versions(account)
    observation = facts.observations[0]
    after = replace(
        facts,
        observations=(replace(observation, source="Somebody else"), *facts.observations[1:]),
        evidence=facts.evidence[1:],
    )
    services.replace_facts(actor=None, account=account, facts=after, now=factories.NOW, source="a test")
    expected = {slug: dict(found) for slug, found in before.items()}
    key, version = expected[Observation.slug][observation.ref]
    expected[Observation.slug][observation.ref] = (key, version + 1)
    del expected["evidence"][facts.evidence[0].ref]
    assert keys_and_versions(account) == expected
    assert afresh(account).version == 1


def test_replacing_by_the_same_moves_no_version_on():
    facts = factories.complete_facts()
    account = factories.account(facts)
    before = keys_and_versions(account)
    services.replace_facts(actor=None, account=account, facts=facts, now=factories.NOW, source="a test")
    assert keys_and_versions(account) == before
    assert afresh(account).version == 1


def test_replacing_the_account_s_own_particulars_moves_its_version_on():
    facts = factories.small_facts()
    account = factories.account(facts)
    after = replace(facts, account=replace(facts.account, discount_rate=Decimal("0.04")))
    services.replace_facts(actor=None, account=account, facts=after, now=factories.NOW, source="a test")
    assert (afresh(account).version, afresh(account).discount_rate) == (2, Decimal("0.04"))


def test_replacing_asks_the_database_far_less_often_than_once_a_row(django_assert_max_num_queries):
    facts = factories.wide_facts(60)
    account = factories.account(facts)
    assert sum(len(rows(facts, noun)) for noun in ROWS) > 360
    with django_assert_max_num_queries(90):
        services.replace_facts(actor=None, account=account, facts=facts, now=factories.NOW, source="a test")

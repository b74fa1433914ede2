"""Nouns to and from the database: what moved, in plain text, and where rows stand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts import rows
from accounts.errors import Gone, Stale
from accounts.models import Account
from outcomes.facts import MODELS
from outcomes.nouns import Factor, State
from stakeholders import models as who
from stakeholders.nouns import Input
from tests import factories


def test_what_moved_is_told_in_plain_text_that_json_holds():
    before = factories.complete_facts().observations[0]
    after = replace(before, numerator=None, denominator=None, state=State.WITHHELD, observed_on=None)
    was, became = rows.difference(before, after)
    assert was == {
        "observed_on": before.observed_on.isoformat(),
        "state": "measured",
        "numerator": "9",
        "denominator": "41",
    }
    assert became == {"observed_on": None, "state": "withheld", "numerator": None, "denominator": None}


def test_the_same_figure_in_another_writing_did_not_move():
    before = factories.small_facts().outcomes[0]
    assert rows.difference(before, replace(before, quantity=Decimal("10.000000"))) == ({}, {})


def test_all_of_a_row_that_came_or_went_is_told():
    row = factories.small_facts().adjustments[0]
    assert row.factor is Factor.DEADWEIGHT
    came = rows.difference(None, row)
    assert came[0] == {}
    assert (came[1]["factor"], came[1]["figure"], came[1]["ref"]) == ("deadweight", "0.1", "A1")
    assert rows.difference(row, None) == (came[1], {})


@pytest.mark.django_db
def test_a_new_row_stands_after_the_others_also_when_one_has_gone():
    account = factories.account()
    for ref in ("N2", "N3"):
        rows.add(who.Input, account, Input(ref=ref, description="Rooms"), {})
    rows.remove(who.Input, account, "N2", version=1)
    rows.add(who.Input, account, Input(ref="A-FIRST", description="Rooms"), {})
    assert [each.ref for each in rows.read(who.Input, account)] == ["N1", "N3", "A-FIRST"]


@pytest.mark.django_db
def test_a_row_is_changed_and_removed_in_the_version_that_was_read_only():
    account = factories.account()
    row = Input(ref="N1", description="Rooms")
    rows.change(who.Input, account, "N1", row, {}, version=1)
    assert rows.read(who.Input, account) == (row,)
    for attempt in (
        lambda: rows.change(who.Input, account, "N1", row, {}, version=1),
        lambda: rows.remove(who.Input, account, "N1", version=1),
    ):
        with pytest.raises(Stale):
            attempt()
    for attempt in (
        lambda: rows.change(who.Input, account, "N9", row, {}, version=1),
        lambda: rows.remove(who.Input, account, "N9", version=1),
    ):
        with pytest.raises(Gone):
            attempt()


@pytest.mark.django_db
def test_a_pointer_that_leads_nowhere_is_stopped_by_the_database_at_the_last():
    """Services refuse it before, with a reason; this is what stands behind them."""
    account = factories.account()
    row = replace(factories.small_facts().valuations[0], ref="W2", outcome="NOBODY")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.add(MODELS[type(row)], account, row, rows.ids(MODELS.values(), account))


@pytest.mark.django_db
def test_an_account_that_is_held_is_read_afresh():
    account = factories.account()
    Account.objects.filter(pk=account.pk).update(name="Renamed elsewhere")
    rows.hold(account)
    assert account.name == "Renamed elsewhere"


@pytest.mark.django_db
def test_what_is_touched_is_a_draft_of_that_moment():
    account = Account.objects.get(pk=factories.published().snapshot.account_id)
    assert account.state == "published"
    later = factories.NOW.replace(year=2027)
    rows.touch(account, later)
    account.refresh_from_db()
    assert (account.state, account.changed_at) == ("draft", later)

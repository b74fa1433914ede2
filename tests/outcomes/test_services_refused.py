"""What cannot be taken: a reason for each field, nothing written, and nothing of another tenant reached."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from accounts.models import Account, Person
from outcomes import services
from outcomes.facts import MODELS
from outcomes.intake import Unacceptable
from outcomes.nouns import (
    Adjustment,
    Link,
    Outcome,
    Valuation,
)
from stakeholders.nouns import Input, Stakeholder, Subgroup
from tests import factories
from tests.outcomes.acting import LATER, change, everything, facts_of, typed

pytestmark = pytest.mark.django_db


def reasons(attempt: Callable[[], object]) -> dict[str, str]:
    """Return the reason given for each field."""
    with pytest.raises(Unacceptable) as refused:
        attempt()
    return {reason.field: reason.message for reason in refused.value.reasons}


def test_each_field_that_cannot_be_read_has_its_reason_and_nothing_is_written(account: Account, editor: Person):
    before = everything(account)
    row = facts_of(account).outcomes[0]
    bad = {"quantity": "NaN", "duration": "1.5", "relevant": "perhaps", "decision": "later", "name": "  "}
    assert set(reasons(lambda: change(account, editor, row, **bad))) == set(bad)
    given = typed(factories.small_facts().adjustments[0], ref="", figure="130%", factor="drop-off")
    said = reasons(lambda: services.add_row(actor=editor, account=account, noun=Adjustment, typed=given, now=LATER))
    assert set(said) == {"figure"}
    about = typed(facts_of(account).account, currency="", kind="", period_start="31/02/2025")
    said = reasons(lambda: services.change_details(actor=editor, account=account, typed=about, version=1, now=LATER))
    assert set(said) == {"currency", "kind", "period_start"}
    assert everything(account) == before


def test_a_pointer_to_another_tenant_s_row_points_nowhere(account: Account, editor: Person):
    small = factories.small_facts()
    theirs = replace(
        small,
        stakeholders=(*small.stakeholders, Stakeholder(ref="THEIRS", name="A secret name")),
        outcomes=(replace(small.outcomes[0], ref="THEIRS"),),
        valuations=(),
        adjustments=(),
    )
    factories.account(theirs)
    before = everything(account)
    row = facts_of(account).outcomes[0]
    told = reasons(lambda: change(account, editor, row, stakeholder="THEIRS"))
    never_was = reasons(lambda: change(account, editor, row, stakeholder="NOBODY"))
    assert told == never_was
    assert set(told) == {"stakeholder"}
    given = {"outcome": "THEIRS", "value": "1"}
    told = reasons(lambda: services.add_row(actor=editor, account=account, noun=Valuation, typed=given, now=LATER))
    assert set(told) == {"outcome"}
    assert everything(account) == before


def test_a_change_that_breaks_another_row_is_refused(editor: Person):
    small = factories.small_facts()
    account = factories.account(
        replace(
            small,
            stakeholders=(*small.stakeholders, Stakeholder(ref="S2", name="Neighbours")),
            subgroups=(Subgroup(ref="SG1", stakeholder="S1", name="Members who live alone"),),
            outcomes=(replace(small.outcomes[0], subgroup="SG1"),),
        )
    )
    before = everything(account)
    with pytest.raises(Unacceptable) as refused:
        change(account, editor, facts_of(account).subgroups[0], stakeholder="S2")
    (reason,) = refused.value.reasons
    assert (reason.noun, reason.ref, reason.field) == ("outcomes", "O1", "subgroup")
    assert everything(account) == before


def test_a_particular_that_breaks_a_row_is_refused(account: Account, editor: Person):
    row = facts_of(account).valuations[0]
    change(account, editor, row, price_period="2019-20")
    before = everything(account)
    about = typed(facts_of(account).account, price_base="2024-25")
    said = reasons(lambda: services.change_details(actor=editor, account=account, typed=about, version=1, now=LATER))
    assert set(said) == {"price_series"}
    assert everything(account) == before


@pytest.mark.parametrize(
    ("noun", "given", "field"),
    [
        (Adjustment, {"outcome": "O1", "factor": "deadweight", "figure": "5%"}, "factor"),
        (Valuation, {"outcome": "O1", "value": "5"}, "outcome"),
        (Link, {"cause": "O1", "effect": "O1"}, "effect"),
        (Outcome, {"stakeholder": "S1", "name": "x", "quantity": "5", "quantity_low": "6"}, "quantity_low"),
    ],
)
def test_what_the_database_would_refuse_is_refused_before_with_a_reason(account, editor, noun, given, field):
    assert field in reasons(lambda: services.add_row(actor=editor, account=account, noun=noun, typed=given, now=LATER))


def test_what_was_broken_before_stands_in_no_one_s_way(account: Account, editor: Person):
    """A rule that came later must not lock people out of the account that they have to mend."""
    MODELS[Outcome].objects.filter(account=account).update(quantity=None, quantity_low=3)
    added = services.add_row(actor=editor, account=account, noun=Input, typed={"description": "Rooms"}, now=LATER)
    assert added.ref == "N2"
    with pytest.raises(Unacceptable):
        change(account, editor, facts_of(account).outcomes[0], quantity_high="2", quantity="2")


def test_a_change_is_judged_by_the_account_as_it_is_now_and_not_as_the_door_read_it(account: Account, editor: Person):
    opened_earlier = Account.objects.get(pk=account.pk)
    about = typed(facts_of(account).account, price_base="2024-25")
    services.change_details(actor=editor, account=account, typed=about, version=1, now=LATER)
    given = typed(facts_of(account).valuations[0], price_period="2019-20")
    said = reasons(
        lambda: services.change_row(
            actor=editor, account=opened_earlier, noun=Valuation, ref="W1", typed=given, version=1, now=LATER
        )
    )
    assert set(said) == {"price_series"}

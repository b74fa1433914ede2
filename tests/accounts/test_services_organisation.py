"""Changing what an organisation says of itself, and its numbers in registers."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from accounts import queries, services
from accounts.errors import NumberTaken, Stale
from accounts.identifiers import Scheme
from accounts.models import AuditRecord, Organisation, Person, RegisteredNumber
from accounts.nouns import Language
from accounts.roles import Role
from accounts.sector import Particulars, Type
from tests import factories
from tests.racing import race

pytestmark = pytest.mark.django_db
LATER = factories.NOW + dt.timedelta(hours=1)
SAID = Particulars(
    name="Clwb cinio",
    type=Type.CHARITY,
    purpose="Neb ar ei ben ei hun",
    language=Language.WELSH,
    well_being_is_core=True,
    reinvested_share=Decimal("0.85"),
)
CHARITY, COMPANY = Scheme.CHARITY_ENGLAND_AND_WALES, Scheme.COMPANY


@pytest.fixture
def keeper() -> Organisation:
    return factories.organisation("A club")


@pytest.fixture
def admin(keeper: Organisation) -> Person:
    return factories.member(Role.ADMIN, keeper)


def change(
    keeper: Organisation,
    admin: Person,
    said: Particulars = SAID,
    numbers: dict[Scheme, str] | None = None,
    version: int = 1,
) -> Organisation:
    return services.change_organisation(
        actor=admin, organisation=keeper, said=said, numbers=numbers or {}, version=version, now=LATER
    )


def test_what_is_said_is_kept_and_recorded(keeper: Organisation, admin: Person) -> None:
    changed = change(keeper, admin, numbers={CHARITY: "1090095", COMPANY: ""})
    assert queries.particulars_of(changed) == SAID
    assert queries.numbers_of(changed) == {CHARITY: "1090095"}
    assert changed.version == 2
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.noun, record.organisation, record.person) == ("changed", "organisation", keeper, admin)
    assert record.before["name"] == "A club"
    assert record.after == {
        "name": "Clwb cinio",
        "type": "charity",
        "purpose": "Neb ar ei ben ei hun",
        "language": "cy",
        "well_being_is_core": True,
        "reinvested_share": "0.85",
        "GB-CHC": "1090095",
    }


def test_answers_can_be_taken_back(keeper: Organisation, admin: Person) -> None:
    change(keeper, admin, numbers={CHARITY: "1090095"})
    blank = Particulars(name="Clwb cinio", type=Type.CHARITY)
    changed = change(keeper, admin, blank, version=2)
    assert queries.particulars_of(changed) == blank
    assert queries.numbers_of(changed) == {}
    assert AuditRecord.objects.latest("id").before["GB-CHC"] == "1090095"


def test_a_version_that_somebody_changed_meanwhile_is_not_overwritten(keeper: Organisation, admin: Person) -> None:
    change(keeper, admin)
    with pytest.raises(Stale):
        change(keeper, admin, replace(SAID, name="Another"))
    assert queries.particulars_of(Organisation.objects.get(pk=keeper.pk)) == SAID


def test_the_second_click_of_a_double_click_is_no_conflict(keeper: Organisation, admin: Person) -> None:
    for _click in range(2):
        assert change(keeper, admin, numbers={CHARITY: "1090095"}).version == 2
    assert AuditRecord.objects.count() == 1


def test_of_two_who_change_it_at_once_one_is_told(transactional_db: None) -> None:
    keeper = factories.organisation()
    admin = factories.member(Role.ADMIN, keeper)
    outcomes = race(lambda: change(keeper, admin), lambda: change(keeper, admin, replace(SAID, name="Another")))
    assert sum(isinstance(each, Stale) for each in outcomes) == 1
    assert Organisation.objects.get(pk=keeper.pk).version == 2


def test_two_organisations_do_not_go_by_the_same_number(keeper: Organisation, admin: Person) -> None:
    other = factories.organisation("Another club")
    change(other, factories.member(Role.ADMIN, other), numbers={COMPANY: "09506232"})
    with pytest.raises(NumberTaken) as refused:
        change(keeper, admin, numbers={CHARITY: "1090095", COMPANY: "09506232"})
    assert refused.value.scheme == COMPANY
    assert Organisation.objects.get(pk=keeper.pk).name == "A club"
    assert [str(each) for each in RegisteredNumber.objects.all()] == ["GB-COH-09506232"]


def test_a_number_that_stays_keeps_its_row(keeper: Organisation, admin: Person) -> None:
    change(keeper, admin, numbers={CHARITY: "1090095"})
    kept = RegisteredNumber.objects.get()
    change(keeper, admin, numbers={CHARITY: "1090095", COMPANY: "09506232"}, version=2)
    assert RegisteredNumber.objects.get(scheme=CHARITY) == kept

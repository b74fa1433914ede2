"""Whatever is in an account, the rule book answers."""

from hypothesis import given

from accounts.nouns import AccountDetails
from outcomes.nouns import BY_SLUG, Facts
from outcomes.principles import CHECKS, Status, co_production, judge, readiness
from tests.core.principles.cases import sound_account, timebank, worked_out
from tests.core.principles.strategies import accounts, damaged

SLUGS = {AccountDetails.slug, *BY_SLUG}
ANY = accounts() | damaged(sound_account()) | damaged(timebank())


@given(ANY)
def test_the_rule_book_answers_whatever_is_in_an_account(facts: Facts) -> None:
    found = judge(facts, worked_out(facts))
    assert {each.check for each in found} <= set(CHECKS)
    for finding in found:
        assert finding.say()
        assert {item.noun for item in finding.items} <= SLUGS
        assert all(item.label for item in finding.items)
        assert not (finding.status is Status.MET and finding.is_open)
    assert [each.principle.number for each in readiness(found)] == [1, 2, 3, 4, 5, 6, 7]
    assert all(each.say() for each in readiness(found))
    assert len(co_production(facts)) == 5


@given(ANY)
def test_the_rule_book_answers_when_the_account_cannot_be_worked_out(facts: Facts) -> None:
    assert judge(facts, None)


@given(ANY)
def test_every_finding_is_counted_once_in_readiness(facts: Facts) -> None:
    found = judge(facts, worked_out(facts))
    counted = sum(each.met + each.explained + each.unexplained + each.missing + each.later for each in readiness(found))
    assert counted == len(found)

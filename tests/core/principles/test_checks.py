"""Each check: it finds what it is there to find, says nothing once that is mended, and points to the very field."""

import inspect
import re
from collections import Counter

import pytest

from accounts.columns import Choice, columns
from accounts.nouns import AccountDetails
from outcomes import principles
from outcomes.nouns import BY_SLUG, Explanation, Facts, rows
from outcomes.principles import CHECKS, PRINCIPLES, Check, Finding, Status
from tests.core.principles.cases import Fault, addresses, empty_account, findings, sound_account, timebank
from tests.core.principles.faults import FAULTS

AFTER_SUBMISSION = "an-independent-assurer-judged-it"
NOUNS = {AccountDetails.slug: AccountDetails, **BY_SLUG}
ALIKE = {
    "percentages-differ-by-outcome",
    "no-factor-is-a-blanket-figure",
    "something-is-taken-off",
    "others-had-a-part",
}
ACCOUNTS = [empty_account(), timebank(), sound_account(), *(fault.facts for fault in FAULTS)]


def named(fault: Fault) -> str:
    return f"{fault.check} {fault.status}"


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_check_finds_what_it_is_there_to_find(fault: Fault) -> None:
    found = [each for each in findings(fault.facts, fault.check) if each.status is fault.status]
    assert [addresses(each) for each in found] == [fault.items]


@pytest.mark.parametrize("slug", [slug for slug in CHECKS if slug != AFTER_SUBMISSION])
def test_a_sound_account_meets_every_check(slug: str) -> None:
    assert [(each.status, each.items) for each in findings(sound_account(), slug)] == [(Status.MET, ())]


def test_every_check_is_tried_on_an_account_that_breaks_it() -> None:
    assert {fault.check for fault in FAULTS} == set(CHECKS)


def test_every_check_that_is_written_is_asked() -> None:
    modules = [module for _name, module in inspect.getmembers(principles, inspect.ismodule)]
    written = [each for module in modules for _name, each in inspect.getmembers(module) if isinstance(each, Check)]
    assert sorted(each.slug for each in written) == sorted(CHECKS)


def test_slugs_fit_the_column_in_which_accounts_name_them() -> None:
    longest = next(each.longest for each in columns(Explanation) if each.name == "check_name")
    assert [slug for slug in CHECKS if len(slug) > longest or not re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)] == []


def test_a_check_is_called_in_code_what_it_is_called_in_accounts() -> None:
    assert {each.slug for each in CHECKS.values()} == {each.rule.__name__.replace("_", "-") for each in CHECKS.values()}


def test_every_rule_says_what_it_asks_for() -> None:
    assert [slug for slug, each in CHECKS.items() if not (each.rule.__doc__ or "").startswith("Ask that ")] == []


def test_principles_are_numbered_in_order_and_so_are_their_checks() -> None:
    assert [each.number for each in PRINCIPLES] == [1, 2, 3, 4, 5, 6, 7]
    assert all(check.principle == principle.number for principle in PRINCIPLES for check in principle.checks)


@pytest.mark.parametrize("facts", ACCOUNTS)
def test_items_point_to_rows_and_columns_that_exist(facts: Facts) -> None:
    for finding in findings(facts):
        for item in finding.items:
            noun = NOUNS[item.noun]
            known = {each.name: each for each in columns(noun)}
            assert item.field in known
            assert item.label == known[item.field].label
            assert item.is_new is (not item.ref and noun is not AccountDetails)
            assert not item.ref or item.ref in {getattr(row, "ref", "") for row in rows(facts, noun)}
            assert item.is_new or not item.about
            for name, value in item.about.items():
                choices: type[Choice] | None = known[name].choices
                assert choices is None or choices(value)


@pytest.mark.parametrize("facts", ACCOUNTS)
def test_findings_are_whole_sentences_for_a_reader(facts: Facts) -> None:
    for finding in findings(facts):
        said = finding.say()
        assert re.fullmatch(r"[A-Z].*[.]", said), said
        assert "%(" not in said
        assert "please" not in said.casefold()
        assert "!" not in said
        assert finding.principle == CHECKS[finding.check].principle


def test_questions_are_questions() -> None:
    assert [each.question for each in CHECKS.values() if not each.question.endswith("?")] == []


@pytest.mark.parametrize("facts", ACCOUNTS)
def test_a_check_says_one_thing_per_status(facts: Facts) -> None:
    said = Counter((each.check, each.status) for each in findings(facts))
    met = {each.check for each in findings(facts) if each.status is Status.MET}
    assert [pair for pair, times in said.items() if times > 1] == []
    assert [pair for pair in said if pair[0] in met and pair[1] is not Status.MET] == []


def test_an_account_with_nothing_in_it_lacks_something_under_every_principle() -> None:
    assert {each.principle for each in findings(empty_account()) if each.status is Status.MISSING} == set(range(1, 8))


def test_checks_without_anything_to_judge_say_nothing() -> None:
    asked = {each.check for each in findings(empty_account())}
    assert "every-group-is-decided" not in asked
    assert "every-outcome-has-an-indicator" not in asked
    assert "values-do-not-overlap" not in asked


def _principle_5_of(facts: Facts) -> dict[str, Finding]:
    return {each.check: each for each in findings(facts) if each.principle == 5 and each.status is not Status.MET}


def test_the_timebank_study_carries_one_set_of_percentages_on_every_outcome() -> None:
    found = _principle_5_of(timebank())["percentages-differ-by-outcome"]
    assert found.status is Status.NEEDS_REASON
    assert found.say() == (
        "One set of percentages stands on every outcome (deadweight 10%, displacement 10%, attribution 10%,"
        " drop-off 70%). Judge each of the 4 outcomes by itself, or say why they are all alike."
    )
    assert [each.called for each in found.items] == [each.name for each in timebank().outcomes]


def test_the_timebank_study_has_proxies_that_overlap() -> None:
    found = _principle_5_of(timebank())["values-do-not-overlap"]
    assert found.status is Status.NEEDS_REASON
    assert addresses(found) == [("outcomes", f"O{n}", "overlap_reason") for n in (1, 2, 3, 4)]
    assert found.say().startswith("Outcomes for the same people whose proxies may overlap")


@pytest.mark.parametrize("check", ALIKE)
def test_percentages_that_are_alike_are_reported_once(check: str) -> None:
    fault = next(each for each in FAULTS if each.check == check)
    assert ALIKE & set(_principle_5_of(fault.facts)) == {check}

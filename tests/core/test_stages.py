"""The guided account: nine stages, to which every noun, every check and every account has its place."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.columns import columns
from accounts.nouns import AccountDetails, AccountKind
from outcomes import format as account_format, glossary, stages
from outcomes.nouns import ROWS, Adjustment, Facts, Outcome, Valuation
from outcomes.principles import CHECKS, Status
from outcomes.stages import STAGES, StageStanding, State
from socialvalue import demonstration
from stakeholders.nouns import CoProduction, Extent, Stakeholder, Statement
from tests.core.principles.cases import findings, timebank


def standings(facts: Facts) -> dict[str, StageStanding]:
    """Return how an account with these facts stands with each stage."""
    return {each.stage.slug: each for each in stages.stages_of(findings(facts), facts)}


def complete_facts() -> Facts:
    """Return the demonstration's luncheon club: every noun filled in, every check answered."""
    return account_format.loads((Path(demonstration.__file__).parent / "luncheon_club.json").read_bytes())


@pytest.fixture
def opened() -> Facts:
    """Return an account on its first day: nothing but what it is called."""
    account = AccountDetails(name="A club", kind=AccountKind.FORECAST, currency="GBP", year_one_is_discounted=True)
    return Facts(account=account)


def test_there_are_nine_stages_each_with_its_own_address() -> None:
    assert len(STAGES) == len(stages.BY_SLUG) == 9


def test_every_check_belongs_to_exactly_one_stage() -> None:
    assert Counter(check for stage in STAGES for check in stage.checks) == Counter(dict.fromkeys(CHECKS, 1))


def test_every_noun_belongs_to_exactly_one_stage() -> None:
    placed = Counter(noun for stage in STAGES for noun in (*stage.nouns, *stage.optional))
    assert placed == Counter(dict.fromkeys(ROWS, 1))


def test_every_question_about_the_account_is_answered_at_exactly_one_stage() -> None:
    asked = Counter(name for stage in STAGES for name in stage.answers.get(AccountDetails, ()))
    assert asked == Counter(dict.fromkeys((each.name for each in columns(AccountDetails)), 1))


def test_every_answer_that_a_stage_asks_for_is_a_column() -> None:
    for stage in STAGES:
        for noun, names in stage.answers.items():
            assert set(names) <= {each.name for each in columns(noun)}, stage.slug


def test_no_answer_is_asked_for_at_two_stages() -> None:
    asked = Counter((noun, name) for stage in STAGES for noun, names in stage.answers.items() for name in names)
    assert set(asked.values()) == {1}


def test_every_stage_has_help_an_example_and_terms_that_are_explained() -> None:
    for stage in STAGES:
        assert stage.title.endswith("?")
        assert all([stage.term, stage.help, stage.example, stage.terms])
        assert set(stage.terms) <= set(glossary.BY_SLUG)


def test_every_term_is_explained_at_some_stage_or_beside_a_field() -> None:
    at_a_stage = {slug for stage in STAGES for slug in stage.terms}
    beside = {term.slug for term in glossary.TERMS if term.beside or term.noun}
    assert set(glossary.BY_SLUG) == at_a_stage | beside


def test_an_account_on_its_first_day_has_begun_its_scope_and_nothing_else(opened: Facts) -> None:
    states = {slug: each.state for slug, each in standings(opened).items()}
    assert states.pop("scope") is State.MISSING
    assert set(states.values()) == {State.NOT_STARTED}


def test_what_an_account_is_opened_with_begins_no_stage(opened: Facts) -> None:
    account = replace(opened.account, discount_rate=Decimal("0.035"), significance_threshold=Decimal("0.05"))
    assert not stages.is_started(stages.BY_SLUG["worth"], replace(opened, account=account))
    assert not stages.is_started(stages.BY_SLUG["left-out"], replace(opened, account=account))


def test_one_row_begins_a_stage(opened: Facts) -> None:
    found = standings(replace(opened, stakeholders=(Stakeholder(ref="S1", name="Members"),)))
    assert found["who"].state is State.MISSING
    assert found["who"].missing == len([each for each in found["who"].open if each.status is Status.MISSING])


def test_an_answer_of_a_row_that_is_listed_elsewhere_begins_a_stage(opened: Facts) -> None:
    outcome = Outcome(ref="O1", stakeholder="S1", name="Less lonely")
    people = replace(opened, stakeholders=(Stakeholder(ref="S1", name="Members"),), outcomes=(outcome,))
    assert standings(people)["left-out"].state is State.NOT_STARTED
    judged = replace(people, outcomes=(replace(outcome, relevant=False),))
    assert standings(judged)["left-out"].state is State.MISSING


def test_a_complete_account_is_done_at_every_stage() -> None:
    found = standings(complete_facts())
    assert {slug: each.state for slug, each in found.items()} == dict.fromkeys(found, State.DONE)
    assert sum(each.explained for each in found.values()) > 0
    assert stages.next_stage(found.values()) is None


def test_what_waits_for_assurance_holds_nothing_up() -> None:
    found = standings(complete_facts())["submit"]
    assert (found.later, found.missing, found.open) == (1, 0, ())


def test_what_needs_a_reason_is_told_apart_from_what_is_missing() -> None:
    facts = replace(complete_facts(), explanations=())
    found = [each for each in standings(facts).values() if each.state is State.NEEDS_REASON]
    assert found
    assert all(each.unexplained and not each.missing for each in found)


def test_taking_an_answer_away_shows_at_the_stage_that_asks_for_it() -> None:
    complete = complete_facts()
    found = standings(replace(complete, account=replace(complete.account, limitations="")))
    assert [slug for slug, each in found.items() if each.state is State.MISSING] == ["submit"]
    (wanted,) = found["submit"].open
    assert [(item.noun, item.field) for item in wanted.items] == [("account", "limitations")]


def test_every_open_thing_names_the_field_that_mends_it(opened: Facts) -> None:
    people = replace(opened, stakeholders=(Stakeholder(ref="S1", name="Members"),))
    open_ = [each for standing in standings(people).values() for each in standing.open]
    assert open_
    assert all(item.field for each in open_ for item in each.items)


def test_what_is_missing_comes_before_what_needs_a_reason() -> None:
    for each in standings(timebank()).values():
        assert [wanted.status for wanted in each.open] == sorted(wanted.status for wanted in each.open)
        assert (each.missing + each.unexplained) == len(each.open)


def test_the_five_statements_are_counted_though_no_check_judges_them(opened: Facts) -> None:
    before = standings(opened)["co-production"]
    assert (before.state, before.missing, before.met) == (State.NOT_STARTED, 5, 0)
    row = CoProduction(ref="C1", statement=Statement.ASSETS, extent=Extent.YES)
    answered = standings(replace(opened, co_production=(row,)))["co-production"]
    assert (answered.state, answered.missing, answered.unexplained) == (State.MISSING, 4, 1)
    borne_out = standings(replace(opened, co_production=(replace(row, evidence="Rota"),)))["co-production"]
    assert (borne_out.missing, borne_out.unexplained, borne_out.met) == (4, 0, 1)


def test_the_next_stage_is_the_first_that_wants_something(opened: Facts) -> None:
    found = stages.next_stage(standings(opened).values())
    assert found is not None
    assert found.stage.slug == "scope"


def test_a_check_leads_back_to_its_stage() -> None:
    assert stages.stage_of_check("every-factor-has-a-figure").slug == "anyway"
    assert {Adjustment} == set(stages.BY_SLUG["anyway"].nouns)
    assert Valuation in stages.BY_SLUG["worth"].nouns

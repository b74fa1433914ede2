"""Principle 7, verify the result: those affected, and somebody independent, have looked at it."""

from collections.abc import Iterator

from accounts.words import gettext_noop as _n
from outcomes.nouns import Evidence, Facts
from outcomes.principles._finding import Concern, Status, check, missing, needs_reason
from outcomes.principles._lookup import (
    groups_considered,
    groups_that_change,
    new_row,
    not_answered_yes,
    occasions_by_group,
)
from outcomes.valuation import Workings
from stakeholders.nouns import Involvement


@check(
    7,
    "stakeholders-saw-the-result",
    question=_n("Did those it is about see the result, and do they recognise themselves in it?"),
    met=_n("Each group with a change saw and discussed the result."),
)
def stakeholders_saw_the_result(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that stakeholders saw the result."""
    groups = groups_that_change(facts) or groups_considered(facts)
    occasions = occasions_by_group(facts)
    never = [
        new_row(Involvement, "saw_results", called_by=each.name, stakeholder=each.ref)
        for each in groups
        if each.ref not in occasions
    ]
    if not groups:
        never = [new_row(Involvement, "saw_results")]
    message = _n("Nobody has been shown the result yet. Show it to those it is about, and add when and how you did.")
    if occasions:
        message = _n("Groups that were not shown the result: %(count)s. Show it to them, and add when and how you did.")
    yield from missing(message, never)
    yield from not_answered_yes(
        facts,
        groups,
        "saw_results",
        unanswered=_n("Groups for which you have not said if they saw the result: %(count)s. Answer yes or no."),
        refused=_n("Groups that did not see the result: %(count)s. Show it to them, or say when you will."),
    )


@check(
    7,
    "evidence-is-listed",
    question=_n("What could somebody look at to check what the account says?"),
    met=_n("There is evidence for somebody to look at."),
)
def evidence_is_listed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that somebody independent has something to look at."""
    if not facts.evidence:
        message = _n(
            "No evidence is listed. Add what an assurer could look at, such as survey answers, or say why not."
        )
        yield from needs_reason(message, [new_row(Evidence, "name")])


@check(
    7,
    "an-independent-assurer-judged-it",
    question=_n("Has somebody independent judged the account, principle by principle?"),
    met=_n("An independent assurer judged the account."),
    before_submission=False,
)
def an_independent_assurer_judged_it(_facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that an independent assurer judged each principle; this comes after submission, never before."""
    message = _n("No independent assurer has judged this account yet. That happens after you submit it.")
    yield Concern(status=Status.MISSING, message=message, params={}, items=())


CHECKS = (
    stakeholders_saw_the_result,
    evidence_is_listed,
    an_independent_assurer_judged_it,
)

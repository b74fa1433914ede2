"""Principle 4, only include what is material: what would mislead if it were left out, and nothing else."""

from collections.abc import Iterator
from decimal import Decimal

from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes.counting import is_material, left_out
from outcomes.nouns import Facts, Outcome
from outcomes.principles._finding import Concern, check, missing, needs_reason
from outcomes.principles._lookup import item, new_row, of_account, says_nothing
from outcomes.principles._shares import counted_parts, left_out_parts
from outcomes.valuation import Workings
from stakeholders.nouns import Consideration


def _has_outcomes(facts: Facts) -> object:
    return facts.outcomes


def _has_outcomes_and_threshold(facts: Facts) -> object:
    return facts.outcomes and facts.account.significance_threshold is not None


def _threshold(facts: Facts) -> Decimal:
    """Return the significance threshold; the checks that ask for it arise only where it is stated."""
    return facts.account.significance_threshold or Decimal(0)


@check(
    4,
    "relevance-is-judged",
    question=_n("Does each change matter to those affected, or to policy or norms, and why?"),
    met=_n("Each outcome was judged relevant or not, with a reason."),
)
def relevance_is_judged(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every outcome has a decision on relevance, with a reason."""
    if not facts.outcomes:
        message = _n("There is no outcome to judge yet. Add the changes, also those that you may leave out.")
        yield from missing(message, [new_row(Outcome, "name")])
    unjudged = [
        item(each, "relevant" if each.relevant is None else "relevance_reason")
        for each in facts.outcomes
        if each.relevant is None or says_nothing(each.relevance_reason)
    ]
    message = _n("Outcomes not judged relevant or not, or without a reason: %(count)s. Answer yes or no, and say why.")
    yield from missing(message, unjudged)


@check(
    4,
    "significance-is-judged",
    question=_n("Is each change large enough to influence a decision, and why?"),
    met=_n("Each outcome was judged significant or not, with a reason."),
    arises=_has_outcomes,
)
def significance_is_judged(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every outcome has a decision on significance, with a reason."""
    unjudged = [
        item(each, "significant" if each.significant is None else "significance_reason")
        for each in facts.outcomes
        if each.significant is None or says_nothing(each.significance_reason)
    ]
    message = _n(
        "Outcomes not judged significant or not, or without a reason: %(count)s. Answer yes or no, and say why."
    )
    yield from missing(message, unjudged)


@check(
    4,
    "every-outcome-is-decided",
    question=_n("Is each outcome included or left out, and why is it left out?"),
    met=_n("Each outcome is included, or left out with a reason."),
    arises=_has_outcomes,
)
def every_outcome_is_decided(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every outcome has a materiality decision; what is left out is listed with the reason."""
    undecided = [
        item(each, "decision" if each.decision is None else "decision_reason")
        for each in facts.outcomes
        if each.decision is None or (each.decision is Consideration.EXCLUDED and says_nothing(each.decision_reason))
    ]
    message = _n(
        "Outcomes neither included nor left out, or left out without a reason: %(count)s. Decide, and say why."
    )
    yield from missing(message, undecided)


@check(
    4,
    "decisions-follow-from-the-judgements",
    question=_n("Are the outcomes that matter included, and those that do not left out?"),
    met=_n("No decision goes against how the outcome was judged."),
    arises=_has_outcomes,
)
def decisions_follow_from_the_judgements(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that what is relevant and significant is included, and nothing else."""
    included = [
        item(each, "decision")
        for each in facts.outcomes
        if each.decision is Consideration.INCLUDED and not is_material(each)
    ]
    message = _n(
        "Outcomes included although you judged them not relevant or not significant: %(count)s."
        " Their value does not count. Leave them out, or judge again."
    )
    yield from missing(message, included)
    excluded = [
        item(each, "decision_reason", reason=each.decision_reason)
        for each in facts.outcomes
        if each.decision is Consideration.EXCLUDED and each.relevant and each.significant
    ]
    message = _n(
        "Outcomes left out although you judged them relevant and significant: %(count)s. Include them, or say why not."
    )
    yield from needs_reason(message, excluded)


@check(
    4,
    "significance-threshold-is-stated",
    question=_n("How large a share of all value makes a change significant?"),
    met=_n("The significance threshold is stated."),
)
def significance_threshold_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that it is said once, for all outcomes, what counts as significant."""
    if facts.account.significance_threshold is None:
        message = _n(
            "The significance threshold is not stated. Say how large a share of all value makes an outcome significant."
        )
        yield from missing(message, [of_account("significance_threshold")])


@check(
    4,
    "what-is-included-is-above-the-threshold",
    question=_n("Why is anything included that makes up so little of all value?"),
    met=_n("No outcome that counts is known to be below the significance threshold."),
    arises=_has_outcomes_and_threshold,
)
def what_is_included_is_above_the_threshold(facts: Facts, workings: Workings | None) -> Iterator[Concern]:
    """Ask that an included outcome below the significance threshold has a reason."""
    threshold = _threshold(facts)
    below = [
        item(part.outcome, "decision_reason", reason=part.outcome.decision_reason)
        for part in counted_parts(facts, workings)
        if not part.is_at_least(threshold)
    ]
    message = _n(
        "Outcomes included although each makes up less than %(threshold)s%% of all value: %(count)s."
        " Leave them out, or say why they are included."
    )
    yield from needs_reason(message, below, threshold=plain(threshold * 100))


@check(
    4,
    "what-is-left-out-is-below-the-threshold",
    question=_n("Is anything left out that would make up much of all value?"),
    met=_n("Nothing left out is known to reach the significance threshold."),
    arises=_has_outcomes_and_threshold,
)
def what_is_left_out_is_below_the_threshold(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that an excluded outcome above the significance threshold has a reason."""
    threshold = _threshold(facts)
    reasons = {each.outcome.ref: each.reason for each in left_out(facts)}
    above = [
        item(part.outcome, "decision_reason", reason=part.outcome.decision_reason or reasons[part.outcome.ref])
        for part in left_out_parts(facts)
        if part.is_at_least(threshold)
    ]
    message = _n(
        "Outcomes that do not count although each would make up %(threshold)s%% of all value or more: %(count)s."
        " Include them, or say why not."
    )
    yield from needs_reason(message, above, threshold=plain(threshold * 100))


CHECKS = (
    relevance_is_judged,
    significance_is_judged,
    every_outcome_is_decided,
    decisions_follow_from_the_judgements,
    significance_threshold_is_stated,
    what_is_included_is_above_the_threshold,
    what_is_left_out_is_below_the_threshold,
)

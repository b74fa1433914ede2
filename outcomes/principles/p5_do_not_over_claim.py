"""Principle 5, do not over-claim: only what the activity is responsible for creating."""

from collections.abc import Iterator

from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes.nouns import Adjustment, Factor, Facts, Outcome
from outcomes.principles import _factors as factors
from outcomes.principles._finding import Concern, Item, check, missing, needs_reason
from outcomes.principles._lookup import (
    groups_that_change,
    have_been_asked,
    item,
    material_outcomes,
    new_row,
    not_answered_yes,
    says_nothing,
    valued_in_money,
)
from outcomes.principles._overlap import overlapping_values, same_changes, valued_along_a_chain
from outcomes.principles._quantities import above_what_was_observed, for_more_people_than_there_are
from outcomes.valuation import Workings


def _has_judgements(facts: Facts) -> object:
    return facts.adjustments and material_outcomes(facts)


def _several_were_judged(facts: Facts) -> bool:
    several = len(material_outcomes(facts)) > 1
    return several and factors.are_judged(facts) and not factors.is_nothing(factors.alike_on_all(facts))


def _attribution_was_judged(facts: Facts) -> bool:
    return factors.are_judged(facts, Factor.ATTRIBUTION) and not factors.is_nothing(factors.alike_on_all(facts))


def _many_were_judged_each(facts: Facts) -> bool:
    many = len(material_outcomes(facts)) > 2
    return many and factors.are_judged(facts) and not factors.is_set(factors.alike_on_all(facts))


@check(
    5,
    "every-factor-has-a-figure",
    question=_n(
        "How much of each change would have happened anyway, only moved, was brought about by others, or wears off?"
    ),
    met=_n("All four factors have a figure on each outcome."),
)
def every_factor_has_a_figure(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that each of the four factors is judged on each material outcome; 0 % is a judgement too."""
    if not material_outcomes(facts):
        message = _n("No outcome counts yet, so there is nothing to claim. Add an outcome, or include one.")
        yield from missing(message, [new_row(Outcome, "name")])
    unjudged = [
        new_row(
            Adjustment, "figure", called_by=outcome.name, aspect=factor.label, outcome=outcome.ref, factor=str(factor)
        )
        if judged is None
        else item(judged, "figure", called_by=outcome.name, aspect=factor.label)
        for outcome, factor, judged in factors.judged_factors(facts)
        if judged is None or judged.figure is None
    ]
    message = _n("Factors without a figure: %(count)s. Each outcome needs all four; 0%% is an answer.")
    yield from missing(message, unjudged)


@check(
    5,
    "every-factor-has-a-reason",
    question=_n("Why is each factor as high or as low as you say?"),
    met=_n("Each factor that was judged has a reason."),
    arises=_has_judgements,
)
def every_factor_has_a_reason(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that each of the four factors is judged with a rationale."""
    message = _n("Factors without a reason: %(count)s. Say for each why it is as high or as low as that.")
    yield from missing(message, factors.without(facts, "reason"))


@check(
    5,
    "every-factor-has-a-source",
    question=_n("What does each factor rest on, or who said so?"),
    met=_n("Each factor that was judged has a source."),
    arises=_has_judgements,
)
def every_factor_has_a_source(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that each of the four factors is judged with a source."""
    message = _n("Factors without a source: %(count)s. Say for each what it rests on, or who said so.")
    yield from missing(message, factors.without(facts, "source", "judged_by"))


@check(
    5,
    "every-duration-is-stated",
    question=_n("How many years does each change last?"),
    met=_n("Each outcome says how many years it lasts."),
    arises=material_outcomes,
)
def every_duration_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that how long a change lasts is judged on each material outcome."""
    without = [item(each, "duration") for each in material_outcomes(facts) if each.duration is None]
    message = _n("Outcomes that do not say how long they last: %(count)s. Until then each counts for one year only.")
    yield from missing(message, without)


@check(
    5,
    "long-durations-have-evidence",
    question=_n("How do you know that a change lasts for more than a year?"),
    met=_n("Nothing is said to last for more than a year without evidence."),
    arises=material_outcomes,
)
def long_durations_have_evidence(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that durations over a year have evidence."""
    without = [
        item(each, "duration_evidence")
        for each in material_outcomes(facts)
        if each.duration is not None and each.duration > 1 and says_nothing(each.duration_evidence)
    ]
    message = _n("Outcomes said to last for more than a year without evidence: %(count)s. Say how you know.")
    yield from missing(message, without)


@check(
    5,
    "pessimistic-case-is-stated",
    question=_n("How low could the figures be?"),
    met=_n("Each outcome says how low or how high one of its figures could be."),
    arises=valued_in_money,
)
def pessimistic_case_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the pessimistic ratio can be shown next to the central one."""
    ranged = {each.outcome for each in facts.adjustments if each.low is not None or each.high is not None}
    ranged |= {each.outcome for each in facts.valuations if each.value_low is not None or each.value_high is not None}
    ranged |= {each.ref for each in facts.outcomes if each.quantity_low is not None or each.quantity_high is not None}
    worth = [outcome for outcome, _valuation in valued_in_money(facts)]
    without = [item(each, "quantity_low") for each in worth if each.ref not in ranged]
    if len(without) == len(worth):
        message = _n(
            "No figure says how low or how high it could be, so no pessimistic ratio can be shown."
            " Outcomes to do this for: %(count)s."
        )
        yield from missing(message, without)
    else:
        message = _n(
            "Outcomes of which no figure says how low or how high it could be: %(count)s. Add that, or say why not."
        )
        yield from needs_reason(message, without)


@check(
    5,
    "percentages-differ-by-outcome",
    question=_n("Was each outcome judged by itself, or does one set of percentages stand on all?"),
    met=_n("The outcomes do not all carry one set of percentages."),
    arises=_several_were_judged,
)
def percentages_differ_by_outcome(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that one set of percentages on every outcome has a reason."""
    alike = factors.alike_on_all(facts)
    if not factors.is_set(alike):
        return
    message = _n(
        "One set of percentages stands on every outcome (deadweight %(deadweight)s%%, displacement %(displacement)s%%,"
        " attribution %(attribution)s%%, drop-off %(drop_off)s%%). Judge each of the %(count)s outcomes by itself,"
        " or say why they are all alike."
    )
    percents = {str(factor): plain(figure * 100) for factor, figure in alike.items()}
    yield from needs_reason(message, factors.figures_of(facts, Factor.DEADWEIGHT), **percents)


@check(
    5,
    "no-factor-is-a-blanket-figure",
    question=_n("Was each factor judged for each outcome, or is it one blanket figure?"),
    met=_n("No factor has one and the same figure, above 0%%, on every outcome."),
    arises=_many_were_judged_each,
)
def no_factor_is_a_blanket_figure(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that each factor is judged for each outcome, not once for all; of all four at once another check speaks."""
    alike = factors.alike_on_all(facts)
    blanket = [factors.figures_of(facts, factor)[0] for factor, figure in alike.items() if figure]
    message = _n(
        "Factors with one and the same figure on every outcome: %(count)s. Judge each by itself, or say why not."
    )
    yield from needs_reason(message, blanket)


@check(
    5,
    "something-is-taken-off",
    question=_n("Is nothing taken off for what would have happened anyway or elsewhere, or through others?"),
    met=_n("Something is taken off for what is not yours to claim."),
    arises=factors.are_judged,
)
def something_is_taken_off(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that only what the organisation is responsible for is claimed: hardly ever everything."""
    if factors.is_nothing(factors.alike_on_all(facts)):
        message = _n(
            "All four factors are 0%% on every outcome. Judge the factors of these %(count)s again, or say why."
        )
        yield from needs_reason(message, factors.figures_of(facts, Factor.DEADWEIGHT))


@check(
    5,
    "others-had-a-part",
    question=_n("Who else brought these changes about, and could another organisation claim them too?"),
    met=_n("Part of the change is put down to others."),
    arises=_attribution_was_judged,
)
def others_had_a_part(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that a change that another organisation may claim too is resolved."""
    if factors.alike_on_all(facts).get(Factor.ATTRIBUTION) == 0:
        message = _n(
            "Attribution is 0%% on every outcome, as if nobody else had a part and could claim the same change."
            " Judge these %(count)s again, or say why."
        )
        yield from needs_reason(message, factors.figures_of(facts, Factor.ATTRIBUTION))


@check(
    5,
    "values-do-not-overlap",
    question=_n("Do the values of different outcomes for the same people overlap?"),
    met=_n("Where the same people have several values that may overlap, there is a reason for each."),
    arises=valued_in_money,
)
def values_do_not_overlap(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that proxies that overlap for the same people are resolved."""
    message = _n(
        "Outcomes for the same people whose proxies may overlap, so that one thing is valued twice: %(count)s."
        " Keep one, or say for each why it does not overlap with another."
    )
    yield from needs_reason(message, _unresolved(facts, overlapping_values(facts)))


@check(
    5,
    "chains-are-valued-once",
    question=_n("Where one change leads to another for the same people, is its value counted only once?"),
    met=_n("No chain of events is valued twice for the same people without a reason."),
    arises=lambda facts: facts.chain_of_events and valued_in_money(facts),
)
def chains_are_valued_once(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that a change and the change that it leads to do not both count in full."""
    message = _n(
        "Outcomes that lead to one another for the same people, each with a value of its own: %(count)s."
        " Value the one that matters most, or say for each why it does not overlap with another."
    )
    yield from needs_reason(message, _unresolved(facts, valued_along_a_chain(facts)))


@check(
    5,
    "no-change-is-claimed-twice",
    question=_n("Is the same change for the same people in the account more than once?"),
    met=_n("No change is in the account twice without a reason."),
    arises=material_outcomes,
)
def no_change_is_claimed_twice(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the same change claimed twice inside the account is resolved."""
    message = _n(
        "Outcomes with the same name for the same people: %(count)s."
        " Make one of them, or say for each why it does not overlap with another."
    )
    yield from needs_reason(message, _unresolved(facts, same_changes(facts)))


def _unresolved(facts: Facts, refs: set[str]) -> list[Item]:
    return [
        item(each, "overlap_reason")
        for each in material_outcomes(facts)
        if each.ref in refs and says_nothing(each.overlap_reason)
    ]


@check(
    5,
    "no-change-is-for-more-people-than-there-are",
    question=_n("Does a change happen to more people than the group has?"),
    met=_n("No change is known to happen to more people than there are in its group."),
    arises=material_outcomes,
)
def no_change_is_for_more_people_than_there_are(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that no quantity of people is larger than the group that they belong to."""
    over = [item(each, "quantity") for each in for_more_people_than_there_are(facts)]
    message = _n(
        "Outcomes that happen to more people than their group has: %(count)s."
        " Correct the quantity, name its unit if it is not people, or say why."
    )
    yield from needs_reason(message, over)


@check(
    5,
    "quantities-follow-from-what-was-observed",
    question=_n("Did the change happen to as many people as the observations show?"),
    met=_n("No quantity of people is above what its observations bear out."),
    arises=lambda facts: facts.observations and material_outcomes(facts),
)
def quantities_follow_from_what_was_observed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that no quantity is above the part of those observed who changed, taken of the whole group."""
    over = [item(each, "quantity") for each in above_what_was_observed(facts)]
    message = _n(
        "Outcomes with a quantity of people above what was observed: %(count)s."
        " Lower the quantity to what the observations show of the whole group, or say why it is higher."
    )
    yield from needs_reason(message, over)


@check(
    5,
    "people-were-asked-what-would-have-happened-anyway",
    question=_n("Did those affected say what would have happened anyway, and who else had a part?"),
    met=_n("Each group that was asked said what would have happened anyway."),
    arises=have_been_asked,
)
def people_were_asked_what_would_have_happened_anyway(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that what an activity is responsible for is judged with those who experienced the change."""
    yield from not_answered_yes(
        facts,
        groups_that_change(facts),
        "informed_cause",
        unanswered=_n(
            "Groups for which you have not said if they were asked what would have happened anyway: %(count)s."
            " Answer yes or no."
        ),
        refused=_n("Groups that were not asked what would have happened anyway: %(count)s. Ask them, or say why not."),
    )


CHECKS = (
    every_factor_has_a_figure,
    every_factor_has_a_reason,
    every_factor_has_a_source,
    every_duration_is_stated,
    long_durations_have_evidence,
    pessimistic_case_is_stated,
    percentages_differ_by_outcome,
    no_factor_is_a_blanket_figure,
    something_is_taken_off,
    others_had_a_part,
    values_do_not_overlap,
    chains_are_valued_once,
    no_change_is_claimed_twice,
    no_change_is_for_more_people_than_there_are,
    quantities_follow_from_what_was_observed,
    people_were_asked_what_would_have_happened_anyway,
)

"""Principle 2, understand what changes: for better and worse, planned or not, and how one knows."""

from collections.abc import Iterator
from itertools import pairwise

from accounts.nouns import AccountKind
from accounts.words import gettext_noop as _n
from outcomes.nouns import Direction, Facts, Indicator, Link, Moment, Observation, Outcome, State
from outcomes.principles._chain import causes, circle, effects, reached
from outcomes.principles._finding import Concern, Item, check, missing, needs_reason
from outcomes.principles._lookup import (
    grouped,
    groups_considered,
    groups_that_change,
    have_been_asked,
    indicators_by_outcome,
    item,
    material_outcomes,
    new_row,
    normal,
    not_answered_yes,
    says_nothing,
)
from outcomes.valuation import Workings

_WELL_DEFINED = ("direction", "intended", "dimension", "level")

_NOTHING_SAID = frozenset(
    {"", "none", "no", "nothing", "nil", "n a", "no one", "nobody", "na", "dim", "dim byd", "neb"}
)
"""Ways in which people write that nothing bad or unexpected was said."""


def _measured(facts: Facts) -> list[Observation]:
    return [each for each in facts.observations if each.state is State.MEASURED]


@check(
    2,
    "changes-are-listed",
    question=_n("What changes, and for whom?"),
    met=_n("The changes are listed."),
)
def changes_are_listed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that an account is about changes in people's lives, not about what was done."""
    if not facts.outcomes:
        message = _n("No outcome is listed. Add the changes in people's lives, for better or worse, planned or not.")
        yield from missing(message, [new_row(Outcome, "name")])


@check(
    2,
    "every-included-group-has-a-change",
    question=_n("What changes for each group that is included?"),
    met=_n("Each group that is included has an outcome."),
    arises=lambda facts: facts.outcomes and groups_considered(facts),
)
def every_included_group_has_a_change(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that changes are looked for in every group that is included."""
    with_change = {each.stakeholder for each in facts.outcomes}
    without = [
        new_row(Outcome, "name", called_by=each.name, stakeholder=each.ref)
        for each in groups_considered(facts)
        if each.ref not in with_change
    ]
    message = _n(
        "Groups that are included but for which nothing changes: %(count)s. Add what changes, or say why nothing does."
    )
    yield from needs_reason(message, without)


@check(
    2,
    "every-change-is-described",
    question=_n("Is each change for better or worse, intended or not, and in which part of well-being?"),
    met=_n(
        "Each outcome says if it is for better or worse, intended, in which part of well-being, and where it shows."
    ),
    arises=material_outcomes,
)
def every_change_is_described(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that outcomes are well defined: a certain change, for certain people, with a direction."""
    vague = [
        item(each, next(name for name in _WELL_DEFINED if getattr(each, name) is None))
        for each in material_outcomes(facts)
        if any(getattr(each, name) is None for name in _WELL_DEFINED)
    ]
    message = _n(
        "Outcomes that do not say if they are for better or worse, if they were intended, which part of well-being they"
        " are, or where they show: %(count)s. Answer all four for each."
    )
    yield from missing(message, vague)


@check(
    2,
    "every-outcome-has-a-chain-of-events",
    question=_n("What leads to each change?"),
    met=_n("Each outcome has a chain of events that leads to it."),
    arises=material_outcomes,
)
def every_outcome_has_a_chain_of_events(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome has a chain of events."""
    known = causes(facts)
    unled = [
        new_row(Link, "cause", called_by=each.name, effect=each.ref)
        for each in material_outcomes(facts)
        if each.ref not in known
    ]
    yield from missing(
        _n("Outcomes that nothing leads to: %(count)s. Say which output or which other outcome leads to each."), unled
    )


@check(
    2,
    "every-chain-starts-with-what-you-do",
    question=_n("Does each chain of events begin with something that you did?"),
    met=_n("Each chain of events begins with something that you did."),
    arises=lambda facts: facts.chain_of_events and material_outcomes(facts),
)
def every_chain_starts_with_what_you_do(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every change follows from something that was done."""
    yours = reached((each.ref for each in facts.outputs), effects(facts))
    known = causes(facts)
    adrift = [
        new_row(Link, "cause", called_by=each.name, effect=each.ref)
        for each in material_outcomes(facts)
        if each.ref in known and each.ref not in yours
    ]
    message = _n(
        "Outcomes whose chain of events does not begin with an output: %(count)s. Add that step, or say why not."
    )
    yield from needs_reason(message, adrift)


@check(
    2,
    "no-chain-goes-round",
    question=_n("Does any chain of events lead back to where it began?"),
    met=_n("No chain of events leads back to where it began."),
    arises=lambda facts: facts.chain_of_events,
)
def no_chain_goes_round(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that in a chain of events, a cause comes before its effect."""
    around = circle(facts)
    steps = set(pairwise(around))
    links = [item(each, "effect") for each in facts.chain_of_events if (each.cause, each.effect) in steps]
    message = _n("A chain of events goes round in a circle: %(circle)s. Take out one of these %(count)s steps.")
    yield from missing(message, links, circle=" → ".join(around))


@check(
    2,
    "every-outcome-has-an-indicator",
    question=_n("How can you tell that each change happened?"),
    met=_n("Each outcome has an indicator."),
    arises=material_outcomes,
)
def every_outcome_has_an_indicator(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome has an indicator."""
    known = indicators_by_outcome(facts)
    without = [
        new_row(Indicator, "name", called_by=each.name, outcome=each.ref)
        for each in material_outcomes(facts)
        if each.ref not in known
    ]
    message = _n("Outcomes without an indicator: %(count)s. Say for each how you can tell that the change happened.")
    yield from missing(message, without)


@check(
    2,
    "every-outcome-was-observed",
    question=_n("What did each indicator show?"),
    met=_n("Each outcome with an indicator was observed."),
    arises=lambda facts: facts.indicators and material_outcomes(facts),
)
def every_outcome_was_observed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome has an observation; a forecast may say what else it rests on."""
    observed = grouped(facts.observations, lambda each: each.indicator)
    never: list[Item] = []
    no_figure: list[Item] = []
    indicators = indicators_by_outcome(facts)
    for outcome in material_outcomes(facts):
        its = indicators.get(outcome.ref, [])
        seen = [observation for indicator in its for observation in observed.get(indicator.ref, [])]
        if its and not seen:
            never.append(new_row(Observation, "numerator", called_by=outcome.name, indicator=its[0].ref))
        elif seen and all(each.state is not State.MEASURED for each in seen):
            no_figure.append(item(seen[0], "note", called_by=outcome.name, reason=seen[0].note))
    message = _n("Outcomes that were not observed: %(count)s. Add what an indicator showed, how many of how many.")
    if facts.account.kind is AccountKind.FORECAST:
        message = _n("Outcomes that this forecast has no observation for: %(count)s. Add one, or say what you rest on.")
        yield from needs_reason(message, never)
    else:
        yield from missing(message, never)
    message = _n(
        "Outcomes whose observations hold no figure: %(count)s. Add a figure, or say in a note why there is none."
    )
    yield from needs_reason(message, no_figure)


@check(
    2,
    "every-observation-has-a-source",
    question=_n("Where does each observation come from?"),
    met=_n("Each observation has a source."),
    arises=_measured,
)
def every_observation_has_a_source(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every observation has a source."""
    names = {each.ref: each.name for each in facts.indicators}
    without = [
        item(each, "source", called_by=names.get(each.indicator, ""))
        for each in _measured(facts)
        if says_nothing(each.source)
    ]
    yield from missing(_n("Observations without a source: %(count)s. Say where each comes from."), without)


@check(
    2,
    "every-outcome-has-a-baseline-or-counterfactual",
    question=_n("How were things before, or how would they have been without you?"),
    met=_n("Each outcome has a baseline, or says what would have happened without you."),
    arises=material_outcomes,
)
def every_outcome_has_a_baseline_or_counterfactual(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome has a baseline or a counterfactual."""
    before = {each.indicator for each in _measured(facts) if each.moment is Moment.BEFORE}
    with_baseline = {each.outcome for each in facts.indicators if each.ref in before}
    without = [
        item(each, "counterfactual")
        for each in material_outcomes(facts)
        if each.ref not in with_baseline and says_nothing(each.counterfactual)
    ]
    message = _n(
        "Outcomes without a baseline: %(count)s. Add what was seen before, or say what would have happened without you."
    )
    yield from missing(message, without)


@check(
    2,
    "every-outcome-has-a-quantity",
    question=_n("How many people, or how much, did each change happen to?"),
    met=_n("Each outcome has a quantity."),
    arises=material_outcomes,
)
def every_outcome_has_a_quantity(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome says how much changes."""
    without = [item(each, "quantity") for each in material_outcomes(facts) if each.quantity is None]
    message = _n("Outcomes without a quantity: %(count)s. Say how many people, or how much, each happened to.")
    yield from missing(message, without)


@check(
    2,
    "bad-and-unexpected-changes-were-asked-for",
    question=_n("Were people asked what became worse, and what nobody had planned?"),
    met=_n("Each group that was asked was also asked about bad or unexpected changes."),
    arises=have_been_asked,
)
def bad_and_unexpected_changes_were_asked_for(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that negative and unintended outcomes were asked for."""
    yield from not_answered_yes(
        facts,
        groups_that_change(facts),
        "asked_negative",
        unanswered=_n(
            "Groups for which you have not said if they were asked about bad or unexpected changes: %(count)s."
            " Answer yes or no."
        ),
        refused=_n("Groups that were not asked about bad or unexpected changes: %(count)s. Ask them, or say why not."),
    )


@check(
    2,
    "what-was-said-about-bad-changes-is-written-down",
    question=_n("What did people say about bad or unexpected changes?"),
    met=_n("What people said about bad or unexpected changes is written down."),
    arises=lambda facts: any(each.asked_negative for each in facts.involvement),
)
def what_was_said_about_bad_changes_is_written_down(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that what people said of negative and unintended outcomes is written down."""
    unwritten = [
        item(each, "said_negative")
        for each in facts.involvement
        if each.asked_negative and says_nothing(each.said_negative)
    ]
    message = _n("Occasions without what people said about bad or unexpected changes: %(count)s. “None” is an answer.")
    yield from missing(message, unwritten)


@check(
    2,
    "what-was-said-about-bad-changes-is-followed-up",
    question=_n("Did the bad or unexpected changes that people spoke of become outcomes?"),
    met=_n("Where people spoke of bad or unexpected changes, there are outcomes for them."),
    arises=lambda facts: any(each.asked_negative for each in facts.involvement),
)
def what_was_said_about_bad_changes_is_followed_up(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that what people said of negative and unintended outcomes is part of the account."""
    followed_up = {
        each.stakeholder for each in facts.outcomes if each.direction is Direction.NEGATIVE or each.intended is False
    }
    spoken = [
        item(each, "said_negative")
        for each in facts.involvement
        if normal(each.said_negative) not in _NOTHING_SAID and each.stakeholder not in followed_up
    ]
    message = _n(
        "Occasions where people spoke of bad or unexpected changes that are not among the outcomes: %(count)s."
        " Add an outcome for each, counted or left out, or say why not."
    )
    yield from needs_reason(message, spoken)


CHECKS = (
    changes_are_listed,
    every_included_group_has_a_change,
    every_change_is_described,
    every_outcome_has_a_chain_of_events,
    every_chain_starts_with_what_you_do,
    no_chain_goes_round,
    every_outcome_has_an_indicator,
    every_outcome_was_observed,
    every_observation_has_a_source,
    every_outcome_has_a_baseline_or_counterfactual,
    every_outcome_has_a_quantity,
    bad_and_unexpected_changes_were_asked_for,
    what_was_said_about_bad_changes_is_written_down,
    what_was_said_about_bad_changes_is_followed_up,
)

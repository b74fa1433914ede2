"""Principle 1, involve stakeholders: those affected say what is measured, how, and what it is worth."""

from collections.abc import Iterator

from accounts.words import gettext_noop as _n
from outcomes.nouns import Facts
from outcomes.principles._finding import Concern, check, missing, needs_reason
from outcomes.principles._lookup import (
    groups_considered,
    groups_that_change,
    have_been_asked,
    item,
    material_outcomes,
    new_row,
    not_answered_yes,
    occasions_by_group,
    says_nothing,
)
from outcomes.valuation import Workings
from stakeholders.nouns import Consideration, Involvement, Stakeholder, Subgroup


def _has_groups(facts: Facts) -> object:
    return facts.stakeholders


def _has_occasions(facts: Facts) -> object:
    return facts.involvement


@check(
    1,
    "groups-are-listed",
    question=_n("Who is affected by what you do, and who affects it?"),
    met=_n("The groups that were considered are listed."),
)
def groups_are_listed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that everyone who experiences change is listed, not only those whom the activity is for."""
    if not facts.stakeholders:
        message = _n("No group is listed. Add everyone who is affected by what you do, or who affects it.")
        yield from missing(message, [new_row(Stakeholder, "name")])


@check(
    1,
    "more-than-one-group-was-considered",
    question=_n("Who else could be affected, for better or worse, such as families, volunteers or neighbours?"),
    met=_n("More than one group was considered."),
    arises=_has_groups,
)
def more_than_one_group_was_considered(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that all groups considered are listed, also those that are left out."""
    if len(facts.stakeholders) == 1:
        message = _n(
            "Only one group is listed. Add who else may be affected, also if you leave them out, or say why not."
        )
        yield from needs_reason(message, [new_row(Stakeholder, "name")])


@check(
    1,
    "every-group-is-decided",
    question=_n("Is each group part of this account or left out of it?"),
    met=_n("Each group is included or left out."),
    arises=_has_groups,
)
def every_group_is_decided(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every stakeholder group considered is included or excluded."""
    undecided = [item(each, "decision") for each in facts.stakeholders if each.decision is None]
    message = _n("Groups neither included nor left out: %(count)s. Decide for each.")
    yield from missing(message, undecided)


@check(
    1,
    "every-decision-on-a-group-has-a-reason",
    question=_n("Why is each group included or left out?"),
    met=_n("There is a reason for each group that is included or left out."),
    arises=_has_groups,
)
def every_decision_on_a_group_has_a_reason(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every stakeholder group considered is included or excluded with a reason."""
    without = [item(each, "reason") for each in facts.stakeholders if each.decision and says_nothing(each.reason)]
    yield from missing(_n("Groups included or left out without a reason: %(count)s. Say why for each."), without)


@check(
    1,
    "no-change-counts-for-a-group-left-out",
    question=_n("Does any change count for people who are left out of the account?"),
    met=_n("Changes count only for groups that are not left out."),
    arises=material_outcomes,
)
def no_change_counts_for_a_group_left_out(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that a group whose change is claimed is part of the account."""
    out = {each.ref for each in facts.stakeholders if each.decision is Consideration.EXCLUDED}
    theirs = [item(each, "stakeholder") for each in material_outcomes(facts) if each.stakeholder in out]
    message = _n(
        "Outcomes that count although their group is left out: %(count)s. Include the group, or leave them out."
    )
    yield from missing(message, theirs)


@check(
    1,
    "every-included-group-was-asked",
    question=_n("When and how was each group asked?"),
    met=_n("Each group that is included was asked."),
    arises=groups_considered,
)
def every_included_group_was_asked(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every included group has an involvement."""
    occasions = occasions_by_group(facts)
    groups = groups_considered(facts)
    never = [
        new_row(Involvement, "method", called_by=each.name, stakeholder=each.ref)
        for each in groups
        if each.ref not in occasions
    ]
    nobody_came = [
        item(occasions[each.ref][0], "took_part", called_by=each.name)
        for each in groups
        if each.ref in occasions and all(occasion.took_part == 0 for occasion in occasions[each.ref])
    ]
    message = _n("Groups that were not asked: %(count)s. Add when and how you asked them, or those who know them well.")
    yield from missing(message, never)
    message = _n("Groups of which nobody took part: %(count)s. Ask them in another way, or say why you could not.")
    yield from needs_reason(message, nobody_came)


@check(
    1,
    "how-many-took-part-is-stated",
    question=_n("How many took part each time, out of how many?"),
    met=_n("Each occasion says how many took part, and out of how many."),
    arises=_has_occasions,
)
def how_many_took_part_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every involvement says how many of how many took part."""
    without = [
        item(each, "took_part" if each.took_part is None else "out_of")
        for each in facts.involvement
        if each.took_part is None or each.out_of is None
    ]
    yield from missing(
        _n("Occasions without how many took part, or out of how many: %(count)s. Give both numbers for each."), without
    )


@check(
    1,
    "no-more-took-part-than-could",
    question=_n("Do the numbers of those who took part make sense?"),
    met=_n("Nowhere did more people take part than could."),
    arises=_has_occasions,
)
def no_more_took_part_than_could(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that how many of how many is a part of a whole, never more than all of it."""
    wrong = [
        item(each, "out_of")
        for each in facts.involvement
        if each.took_part is not None and each.out_of is not None and each.took_part > each.out_of
    ]
    message = _n("Occasions where more took part than could have: %(count)s. Correct one of the two numbers.")
    yield from missing(message, wrong)


@check(
    1,
    "stakeholders-shaped-what-is-counted",
    question=_n("Did those affected say which changes matter to them?"),
    met=_n("Each group that was asked shaped which changes are counted."),
    arises=have_been_asked,
)
def stakeholders_shaped_what_is_counted(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that involvement informed what is measured."""
    yield from not_answered_yes(
        facts,
        groups_that_change(facts),
        "informed_what",
        unanswered=_n(
            "Groups for which you have not said if they shaped which changes are counted: %(count)s. Answer yes or no."
        ),
        refused=_n("Groups that had no say in which changes are counted: %(count)s. Ask them, or say why not."),
    )


@check(
    1,
    "stakeholders-shaped-how-change-is-measured",
    question=_n("Did those affected say how one can tell that things have changed for them?"),
    met=_n("Each group that was asked shaped how change is measured."),
    arises=have_been_asked,
)
def stakeholders_shaped_how_change_is_measured(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that involvement informed how it is measured."""
    yield from not_answered_yes(
        facts,
        groups_that_change(facts),
        "informed_how",
        unanswered=_n(
            "Groups for which you have not said if they shaped how change is measured: %(count)s. Answer yes or no."
        ),
        refused=_n("Groups that had no say in how change is measured: %(count)s. Ask them, or say why not."),
    )


@check(
    1,
    "stakeholders-shaped-what-changes-are-worth",
    question=_n("Did those affected say how much each change matters to them?"),
    met=_n("Each group that was asked shaped what changes are worth."),
    arises=have_been_asked,
)
def stakeholders_shaped_what_changes_are_worth(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that involvement informed how it is valued."""
    yield from not_answered_yes(
        facts,
        groups_that_change(facts),
        "informed_value",
        unanswered=_n(
            "Groups for which you have not said if they shaped what changes are worth: %(count)s. Answer yes or no."
        ),
        refused=_n("Groups that had no say in what changes are worth: %(count)s. Ask them, or say why not."),
    )


@check(
    1,
    "what-was-learned-is-written-down",
    question=_n("What did you change because of what people told you?"),
    met=_n("Each occasion says what was learned."),
    arises=_has_occasions,
)
def what_was_learned_is_written_down(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that involvement makes a difference to the account."""
    without = [item(each, "learned") for each in facts.involvement if says_nothing(each.learned)]
    message = _n(
        "Occasions without what was learned: %(count)s. Say what changed because of them, also if nothing did."
    )
    yield from needs_reason(message, without)


@check(
    1,
    "subgroups-were-considered",
    question=_n("Do things change in another way for some of the people in a group?"),
    met=_n("Each group with a change has its subgroups, or a reason for having none."),
    arises=groups_that_change,
)
def subgroups_were_considered(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that a group whose members experience different changes is looked at in parts."""
    divided = {each.stakeholder for each in facts.subgroups}
    whole = [
        new_row(Subgroup, "name", called_by=each.name, stakeholder=each.ref)
        for each in groups_that_change(facts)
        if each.ref not in divided
    ]
    message = _n("Groups without subgroups: %(count)s. Add those for whom things differ, or say why there are none.")
    yield from needs_reason(message, whole)


CHECKS = (
    groups_are_listed,
    more_than_one_group_was_considered,
    every_group_is_decided,
    every_decision_on_a_group_has_a_reason,
    no_change_counts_for_a_group_left_out,
    every_included_group_was_asked,
    how_many_took_part_is_stated,
    no_more_took_part_than_could,
    stakeholders_shaped_what_is_counted,
    stakeholders_shaped_how_change_is_measured,
    stakeholders_shaped_what_changes_are_worth,
    what_was_learned_is_written_down,
    subgroups_were_considered,
)

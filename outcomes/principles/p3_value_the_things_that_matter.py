"""Principle 3, value the things that matter: how much each change matters to those who live with it."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from accounts.words import gettext_noop as _n
from outcomes.nouns import Direction, Facts, Outcome, Valuation
from outcomes.principles._finding import Concern, Item, check, missing, needs_reason
from outcomes.principles._lookup import (
    grouped,
    groups_that_change,
    item,
    material_outcomes,
    new_row,
    says_nothing,
    valued,
    valued_in_money,
)
from outcomes.valuation import Workings

Worth = tuple[Outcome, Valuation]


def _values(facts: Facts) -> object:
    return tuple(valued(facts))


@check(
    3,
    "every-outcome-has-a-value",
    question=_n("How much does each change matter to those it happens to?"),
    met=_n("Each outcome has a value, in money or in points of importance."),
)
def every_outcome_has_a_value(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every material outcome has a relative importance or a proxy."""
    if not material_outcomes(facts):
        message = _n("No outcome counts yet, so there is nothing to value. Add an outcome, or include one.")
        yield from missing(message, [new_row(Outcome, "name")])
    worth = {outcome.ref for outcome, _valuation in valued(facts)}
    begun = {each.outcome: each for each in reversed(facts.valuations)}
    without = [
        item(begun[each.ref], "value", called_by=each.name)
        if each.ref in begun
        else new_row(Valuation, "value", called_by=each.name, outcome=each.ref)
        for each in material_outcomes(facts)
        if each.ref not in worth
    ]
    message = _n("Outcomes without a value: %(count)s. Give each a value in money, or the points that people gave it.")
    yield from missing(message, without)


@check(
    3,
    "every-value-names-its-proxy",
    question=_n("Which price or cost stands in for each change?"),
    met=_n("Each value in money says what stands in for the change."),
    arises=valued_in_money,
)
def every_value_names_its_proxy(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every value in money names its proxy."""
    without = [
        item(valuation, "proxy", called_by=outcome.name)
        for outcome, valuation in valued_in_money(facts)
        if says_nothing(valuation.proxy)
    ]
    yield from missing(
        _n("Values without a proxy: %(count)s. Name the price or cost that stands in for each."), without
    )


@check(
    3,
    "every-value-has-a-source",
    question=_n("Where does each value come from?"),
    met=_n("Each value has a source."),
    arises=_values,
)
def every_value_has_a_source(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every importance or proxy has a source."""
    without = [
        item(valuation, "source", called_by=outcome.name)
        for outcome, valuation in valued(facts)
        if says_nothing(valuation.source) and not valuation.link
    ]
    yield from missing(_n("Values without a source: %(count)s. Say where each comes from."), without)


@check(
    3,
    "every-value-has-a-price-year",
    question=_n("In the prices of which year is each value?"),
    met=_n("Each value in money says in the prices of which year it is."),
    arises=valued_in_money,
)
def every_value_has_a_price_year(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every proxy has a price year."""
    without = [
        item(valuation, "price_period", called_by=outcome.name)
        for outcome, valuation in valued_in_money(facts)
        if not valuation.price_period
    ]
    message = _n("Values without the year of their prices: %(count)s. Say for each which year the price comes from.")
    yield from missing(message, without)


@check(
    3,
    "stakeholders-informed-every-value",
    question=_n("Did those who live with each change have a say in its value?"),
    met=_n("Stakeholders informed each value."),
    arises=_values,
)
def stakeholders_informed_every_value(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that stakeholders informed every importance or proxy."""
    unanswered: list[Item] = []
    without: list[Item] = []
    for outcome, valuation in valued(facts):
        if not valuation.asked_stakeholders:
            found = unanswered if valuation.asked_stakeholders is None else without
            found.append(item(valuation, "asked_stakeholders", called_by=outcome.name))
    message = _n("Values for which you have not said if stakeholders informed them: %(count)s. Answer yes or no.")
    yield from missing(message, unanswered)
    message = _n("Values that stakeholders did not inform: %(count)s. Ask them, or say why not.")
    yield from needs_reason(message, without)


@check(
    3,
    "every-value-says-why",
    question=_n("Why is this the right value for this change?"),
    met=_n("Each value says why it was chosen."),
    arises=_values,
)
def every_value_says_why(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the choice of every value is explained."""
    without = [
        item(valuation, "reason", called_by=outcome.name)
        for outcome, valuation in valued(facts)
        if says_nothing(valuation.reason)
    ]
    yield from needs_reason(_n("Values that do not say why they were chosen: %(count)s. Say why for each."), without)


@check(
    3,
    "values-have-the-sign-of-the-change",
    question=_n("Does each change for the worse take value away?"),
    met=_n("Changes for the worse take value away, changes for the better add to it."),
    arises=valued_in_money,
)
def values_have_the_sign_of_the_change(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that a change for the worse has a negative value."""
    against = [
        item(valuation, "value", called_by=outcome.name)
        for outcome, valuation in valued_in_money(facts)
        if valuation.value
        and outcome.direction
        and (outcome.direction is Direction.NEGATIVE) is not (valuation.value < 0)
    ]
    message = _n(
        "Values whose sign does not fit the change: %(count)s."
        " Below zero is for a change for the worse, above zero for a change for the better."
    )
    yield from missing(message, against)


@check(
    3,
    "importance-was-asked-for",
    question=_n("When several things change for the same people, which matters most to them?"),
    met=_n("Where several things change for the same people, you asked which matters most to them."),
    arises=groups_that_change,
)
def importance_was_asked_for(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that those affected were asked how their changes compare: value is relative importance."""
    weighed = {outcome.stakeholder for outcome, valuation in valued(facts) if valuation.weight is not None}
    theirs = grouped(material_outcomes(facts), lambda each: each.stakeholder)
    begun = {each.outcome: each for each in reversed(facts.valuations)}
    unasked = [
        item(begun[first.ref], "weight", called_by=group.name)
        if (first := theirs[group.ref][0]).ref in begun
        else new_row(Valuation, "weight", called_by=group.name, outcome=first.ref)
        for group in groups_that_change(facts)
        if len(theirs[group.ref]) > 1 and group.ref not in weighed
    ]
    message = _n(
        "Groups with several outcomes that were not asked which matters most: %(count)s."
        " Enter the points that they gave to each, or say why you did not ask."
    )
    yield from needs_reason(message, unasked)


@check(
    3,
    "importance-can-be-set-against-money",
    question=_n("How do changes valued in points compare with those valued in money?"),
    met=_n("All values can be compared: all in money, all in points, or set against one anchor."),
    arises=_values,
)
def importance_can_be_set_against_money(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that points can be turned into money: with one outcome as the anchor, others follow in proportion."""
    worth = tuple(valued(facts))
    anchored = any(each.anchor and each.value is not None and each.weight for _outcome, each in worth)
    if anchored or all(each.value is None for _outcome, each in worth):
        return
    only_points = [item(each, "anchor", called_by=outcome.name) for outcome, each in worth if each.value is None]
    message = _n(
        "Outcomes in points that are not in the total, because no outcome in money is the anchor: %(count)s."
        " Choose one that has both a value in money and points as the anchor, or say why these stay outside."
    )
    yield from needs_reason(message, only_points)


@check(
    3,
    "values-agree-with-importance",
    question=_n("Do the values in money fit what people said matters most to them?"),
    met=_n("The values in money follow what people said matters most to them."),
    arises=lambda facts: any(valuation.weight is not None for _outcome, valuation in valued_in_money(facts)),
)
def values_agree_with_importance(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that values are checked against each other: what matters more to the same people is not worth less."""
    both = [(outcome, valuation) for outcome, valuation in valued_in_money(facts) if valuation.weight is not None]
    out_of_order = [
        item(valuation, "value", called_by=outcome.name)
        for theirs in grouped(both, lambda each: each[0].stakeholder).values()
        for outcome, valuation in _worth_less(theirs)
    ]
    message = _n(
        "Outcomes that matter more to people than another one, but have a lower value: %(count)s."
        " Look at these values again, or say why they stand."
    )
    yield from needs_reason(message, out_of_order)


def _worth_less(theirs: list[Worth]) -> Iterator[Worth]:
    """Yield each outcome of one group that has more points than another but is worth less, whatever the sign."""
    highest = Decimal(0)
    for _points, level in groupby(sorted(theirs, key=_points_of), key=_points_of):
        together = list(level)
        yield from (each for each in together if _size_of(each) < highest)
        highest = max(highest, *map(_size_of, together))


def _points_of(worth: Worth) -> Decimal:
    return worth[1].weight or Decimal(0)


def _size_of(worth: Worth) -> Decimal:
    return abs(worth[1].value or Decimal(0))


CHECKS = (
    every_outcome_has_a_value,
    every_value_names_its_proxy,
    every_value_has_a_source,
    every_value_has_a_price_year,
    stakeholders_informed_every_value,
    every_value_says_why,
    values_have_the_sign_of_the_change,
    importance_was_asked_for,
    importance_can_be_set_against_money,
    values_agree_with_importance,
)

"""Principle 6, be transparent: a reader can see what the account rests on, and work it out again."""

from collections.abc import Iterator, Mapping

from accounts.words import gettext_noop as _n
from outcomes.counting import holds_no_money, valuation_inputs, worth_of
from outcomes.nouns import Facts, Outcome, ScenarioChange, State
from outcomes.principles import _factors as factors
from outcomes.principles._finding import Concern, Item, Status, check, missing, needs_reason
from outcomes.principles._lookup import item, material_outcomes, new_row, of_account, says_nothing, valued
from outcomes.valuation import InvalidInput, Workings, value_account
from stakeholders.nouns import Input, InputKind

_FIELD_OF_VALUATION: Mapping[str, str] = {
    "value_each": "value",
    "value": "value",
    "price_period": "price_period",
    "weight": "weight",
    "is_anchor": "anchor",
}
"""What the valuation calls a figure of a valuation, and the column that it stands in."""

_FIELD_OF_ACCOUNT: Mapping[str, str] = {
    "rates": "rate_schedule",
    "discount_rate": "discount_rate",
    "price_series": "price_series",
    "price_base": "price_base",
}
"""What the valuation calls a convention of the account, and the column that it stands in."""


_FIELD_OF_ROW: Mapping[str, frozenset[str]] = {
    Outcome.slug: frozenset({"quantity", "duration", "first_year"}),
    Input.slug: frozenset({"amount", "year"}),
    ScenarioChange.slug: frozenset({"figure"}),
}
"""What the valuation calls by the name of its own column."""


def _money_may_count(facts: Facts) -> bool:
    """Return whether figures in money are asked for: not where all that counts is valued in points."""
    return not holds_no_money(facts)


@check(
    6,
    "purpose-scope-and-audience-are-stated",
    question=_n("What is this account for, what does it cover, and who will read it?"),
    met=_n("Purpose, scope and audience are stated."),
)
def purpose_scope_and_audience_are_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that purpose, scope and audience are stated."""
    blank = [
        of_account(name) for name in ("purpose", "scope", "audience") if says_nothing(getattr(facts.account, name))
    ]
    yield from missing(_n("Of purpose, scope and audience, still to be stated: %(count)s."), blank)


@check(
    6,
    "the-decision-is-stated",
    question=_n("What will somebody decide with this account, and so how exact must it be?"),
    met=_n("The decision that the account informs is stated."),
)
def the_decision_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the decision is stated that the account informs: it sets how exact it needs to be."""
    if says_nothing(facts.account.decision):
        message = _n("The decision that this account informs is not stated. State it, or say why there is none.")
        yield from needs_reason(message, [of_account("decision")])


@check(
    6,
    "the-period-is-stated",
    question=_n("From when to when does this account cover?"),
    met=_n("The period is stated."),
)
def the_period_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the period is stated."""
    start, end = facts.account.period_start, facts.account.period_end
    if start is None or end is None:
        blank = [of_account(name) for name in ("period_start", "period_end") if getattr(facts.account, name) is None]
        yield from missing(
            _n("The period is not stated. Give the first and the last day that the account covers."), blank
        )
    elif end < start:
        yield from missing(
            _n("The period ends before it starts. Correct one of the two days."), [of_account("period_end")]
        )


@check(
    6,
    "the-discount-rate-is-stated",
    question=_n("At what rate is what happens later worth less?"),
    met=_n("The discount rate is stated."),
    arises=_money_may_count,
)
def the_discount_rate_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the discount rate is stated."""
    if facts.account.discount_rate is None and not facts.account.rate_schedule:
        message = _n("No discount rate is stated, so 3.5%% a year is taken. State a rate, or name a schedule of rates.")
        yield from missing(message, [of_account("discount_rate")])


@check(
    6,
    "the-price-base-is-stated",
    question=_n("In the prices of which year is this account?"),
    met=_n("The price base is stated."),
    arises=_money_may_count,
)
def the_price_base_is_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that the price base is stated."""
    if not facts.account.price_base:
        message = _n("The price base is not stated. Say in the prices of which year this account is.")
        yield from missing(message, [of_account("price_base")])


@check(
    6,
    "inputs-are-listed",
    question=_n("What did everyone put in, in money, time and kind?"),
    met=_n("What was put in is listed; where changes are valued in money, each with its worth."),
)
def inputs_are_listed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that what was put in is complete, and has a worth where value in money is held against it."""
    if not facts.inputs:
        message = _n("Nothing is listed that anyone put in. Add money, time and goods; zero is an answer.")
        yield from missing(message, [new_row(Input, "description")])
    if holds_no_money(facts):
        return
    unknown = [item(each, _field_of_worth(each)) for each in facts.inputs if worth_of(each) is None]
    message = _n("Inputs without their worth: %(count)s. Enter what each is worth; zero is an answer.")
    yield from missing(message, unknown)


def _field_of_worth(row: Input) -> str:
    """Return the field that the worth of an input still lacks: of time, the other of its two figures."""
    if (row.hours is None) is (row.hourly_rate is None):
        return "amount"
    return "hours" if row.hours is None else "hourly_rate"


@check(
    6,
    "inputs-at-zero-are-explained",
    question=_n("Why is anything that was put in given no worth?"),
    met=_n("No input counts as zero without saying why."),
    arises=lambda facts: facts.inputs,
)
def inputs_at_zero_are_explained(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that it is said why an input is not valued."""
    at_zero = [item(each, "source") for each in facts.inputs if worth_of(each) == 0 and says_nothing(each.source)]
    yield from needs_reason(_n("Inputs that count as zero without saying why: %(count)s. Say why for each."), at_zero)


@check(
    6,
    "time-given-was-considered",
    question=_n("Did volunteers or others give their time?"),
    met=_n("Time that people gave is among the inputs."),
    arises=lambda facts: facts.inputs,
)
def time_given_was_considered(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that inputs are complete, with the time that volunteers gave."""
    if all(each.kind is not InputKind.TIME for each in facts.inputs):
        message = _n(
            "No input is people's time. Add the time that volunteers and others gave, or say that nobody gave any."
        )
        yield from needs_reason(message, [new_row(Input, "description", kind=str(InputKind.TIME))])


@check(
    6,
    "every-figure-has-a-source",
    question=_n("Where does each figure come from?"),
    met=_n("Each figure has a source."),
    arises=lambda facts: facts.inputs or facts.outputs or material_outcomes(facts) or facts.observations,
)
def every_figure_has_a_source(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that every figure has a source: quantities, observations, values, factors, inputs and outputs."""
    message = _n("Figures without a source: %(count)s. Say where each comes from.")
    yield from missing(message, list(_figures_without_source(facts)))


def _figures_without_source(facts: Facts) -> Iterator[Item]:
    for outcome in material_outcomes(facts):
        if outcome.quantity is not None and says_nothing(outcome.quantity_source):
            yield item(outcome, "quantity_source")
    names = {each.ref: each.name for each in facts.indicators}
    for observation in facts.observations:
        if observation.state is State.MEASURED and says_nothing(observation.source):
            yield item(observation, "source", called_by=names.get(observation.indicator, ""))
    for outcome, valuation in valued(facts):
        if says_nothing(valuation.source) and not valuation.link:
            yield item(valuation, "source", called_by=outcome.name)
    yield from factors.without(facts, "source", "judged_by")
    yield from (
        item(each, "source") for each in facts.inputs if (worth_of(each) or each.hours) and says_nothing(each.source)
    )
    yield from (
        item(each, "source") for each in facts.outputs if each.quantity is not None and says_nothing(each.source)
    )


@check(
    6,
    "the-account-can-be-worked-out",
    question=_n("Can the account be worked out from what it states?"),
    met=_n("The account can be worked out from what it states."),
)
def the_account_can_be_worked_out(facts: Facts, workings: Workings | None) -> Iterator[Concern]:
    """Ask that a reader can work the result out again from what is stated."""
    if workings is not None:
        return
    try:
        value_account(valuation_inputs(facts))
    except InvalidInput as fault:
        yield Concern(status=Status.MISSING, message=fault.message, params=fault.params, items=(_where(facts, fault),))


def _where(facts: Facts, fault: InvalidInput) -> Item:
    """Return the field that keeps the account from being worked out; its title if the valuation cannot tell which."""
    return next(_places(facts, fault.line, fault.field or ""), of_account("name"))


def _places(facts: Facts, line: str | None, field: str) -> Iterator[Item]:
    """Yield the fields that a fault may be about, the nearest first. `line` and `field` are the valuation's words."""
    if field in _FIELD_OF_ACCOUNT:
        yield of_account(_FIELD_OF_ACCOUNT[field])
    names = {each.ref: each.name for each in facts.outcomes if each.ref == line}
    for valuation in facts.valuations:
        if valuation.outcome in names and field in _FIELD_OF_VALUATION:
            yield item(valuation, _FIELD_OF_VALUATION[field], called_by=names[valuation.outcome])
    for adjustment in facts.adjustments:
        if adjustment.outcome in names and adjustment.factor == field:
            label = adjustment.factor.label
            yield item(adjustment, "figure", called_by=names[adjustment.outcome], aspect=label)
    rows: tuple[Outcome | Input | ScenarioChange, ...] = (*facts.outcomes, *facts.inputs, *facts.scenarios)
    for row in rows:
        if row.ref == line:
            yield item(row, field if field in _FIELD_OF_ROW.get(row.slug, ()) else "ref")


@check(
    6,
    "limitations-are-stated",
    question=_n("What should a reader know before relying on this account?"),
    met=_n("The limitations are stated."),
)
def limitations_are_stated(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that limitations are stated."""
    if says_nothing(facts.account.limitations):
        message = _n("No limitation is stated. Say what a reader should know before relying on this account.")
        yield from missing(message, [of_account("limitations")])


@check(
    6,
    "there-is-a-dated-plan-to-report",
    question=_n("When and how will those it is about hear of the result and discuss it?"),
    met=_n("There is a dated plan to report to stakeholders."),
)
def there_is_a_dated_plan_to_report(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that there is a dated plan to report to and discuss with stakeholders."""
    blank = []
    if says_nothing(facts.account.reporting_plan):
        blank.append(of_account("reporting_plan"))
    if facts.account.reporting_date is None:
        blank.append(of_account("reporting_date"))
    message = _n(
        "There is no dated plan to report to stakeholders. Say how you will discuss the result with them, and when."
    )
    yield from missing(message, blank)


CHECKS = (
    purpose_scope_and_audience_are_stated,
    the_decision_is_stated,
    the_period_is_stated,
    the_discount_rate_is_stated,
    the_price_base_is_stated,
    inputs_are_listed,
    inputs_at_zero_are_explained,
    time_given_was_considered,
    every_figure_has_a_source,
    the_account_can_be_worked_out,
    limitations_are_stated,
    there_is_a_dated_plan_to_report,
)

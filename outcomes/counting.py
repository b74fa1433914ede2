"""Which outcomes count, and what the valuation is told about them (pure).

Only outcomes that are included and material count; what is left out is listed with the reason. A factor that was not
judged counts as 0 here: the checks of the fifth principle say that it was not judged.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from accounts.columns import Choice
from accounts.words import gettext_noop as _n
from outcomes import reference
from outcomes.nouns import Adjustment, Direction, Factor, Facts, Outcome, ScenarioChange, Valuation
from outcomes.valuation import (
    AccountInputs,
    Assumption,
    Change,
    InvalidInput,
    Investment,
    Line,
    PriceSeries,
    Range,
    RateSchedule,
    Scenario,
    flat_rate,
    product,
)
from stakeholders.nouns import Consideration, Input

DEFAULT_RATE = Decimal("0.035")
"""What is taken where an account states neither a rate nor a schedule: the Green Book's rate for the first 30 years."""

_NOTHING = Decimal(0)


class Why(Choice):
    """Why an outcome does not count."""

    NOT_RELEVANT = "not_relevant", _n("Judged not relevant")
    NOT_SIGNIFICANT = "not_significant", _n("Judged not significant")
    EXCLUDED = "excluded", _n("Left out by decision")
    UNDECIDED = "undecided", _n("Not yet decided")
    NO_QUANTITY = "no_quantity", _n("No quantity is stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An outcome that does not count, and the reason that the account gives, if any."""

    outcome: Outcome
    why: Why
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """An outcome with what is stated about its worth and about how much of it may be claimed."""

    outcome: Outcome
    valuation: Valuation | None
    adjustments: Mapping[Factor, Adjustment]

    def share(self, factor: Factor) -> Decimal:
        adjustment = self.adjustments.get(factor)
        return _NOTHING if adjustment is None or adjustment.figure is None else adjustment.figure


def is_material(outcome: Outcome) -> bool:
    """Return whether neither relevance nor significance was answered no."""
    return outcome.relevant is not False and outcome.significant is not False


def is_counted(outcome: Outcome) -> bool:
    """Return whether the outcome is included and material."""
    return outcome.decision is Consideration.INCLUDED and is_material(outcome)


def may_count(outcome: Outcome) -> bool:
    """Return whether the outcome counts, or will unless somebody decides otherwise."""
    return outcome.decision is not Consideration.EXCLUDED and is_material(outcome)


def worth_of(row: Input) -> Decimal | None:
    """Return what an input is worth: as stated, or else its hours times the worth of an hour; None if unknown.

    What follows from the hours is never stored, so it cannot come to disagree with them.
    """
    return row.amount if row.amount is not None else worth_of_time(row)


def worth_of_time(row: Input) -> Decimal | None:
    """Return the hours of an input times the worth of an hour; None unless both are stated."""
    if row.hours is None or row.hourly_rate is None:
        return None
    return product(row.hours, row.hourly_rate)


def holds_no_money(facts: Facts) -> bool:
    """Return whether the account values what counts, and all of it in points: then nothing in it asks for money."""
    candidates = {each.ref for each in facts.outcomes if may_count(each)}
    theirs = [each for each in facts.valuations if each.outcome in candidates]
    return all(each.value is None for each in theirs) and any(each.weight is not None for each in theirs)


def left_out(facts: Facts) -> tuple[LeftOut, ...]:
    """Return every outcome that the valuation is not told of, with the reason, in the order of the account."""
    return tuple(
        LeftOut(outcome=outcome, why=why, reason=_reason(outcome, why))
        for outcome in facts.outcomes
        if (why := _why_left_out(outcome)) is not None
    )


def valuation_inputs(facts: Facts, also: Iterable[Outcome] = ()) -> AccountInputs:
    """Return what the valuation is told: a line for each counted outcome that has a quantity, keyed by its ref.

    Outcomes in `also` are added as though they counted. Raises InvalidInput for a figure that cannot be valued, and
    what `outcomes.reference` raises for a schedule of rates or a price index that it does not know.
    """
    chosen = {each.ref for each in also}
    stated = tuple(each for each in _stated(facts) if is_counted(each.outcome) or each.outcome.ref in chosen)
    return AccountInputs(
        lines=tuple(_line(facts, each) for each in stated),
        investments=tuple(_investments(facts)),
        rates=_rates(facts),
        year_one_is_discounted=facts.account.year_one_is_discounted,
        price_base=facts.account.price_base or None,
        price_series=_price_series(facts),
        ranges={(each.outcome.ref, assumption): span for each in stated for assumption, span in _ranges(each)},
        scenarios=_scenarios(facts.scenarios, frozenset(each.outcome.ref for each in stated)),
    )


def _why_left_out(outcome: Outcome) -> Why | None:
    if outcome.relevant is False:
        return Why.NOT_RELEVANT
    if outcome.significant is False:
        return Why.NOT_SIGNIFICANT
    if outcome.decision is not Consideration.INCLUDED:
        return Why.UNDECIDED if outcome.decision is None else Why.EXCLUDED
    return Why.NO_QUANTITY if outcome.quantity is None else None


def _reason(outcome: Outcome, why: Why) -> str:
    reasons = {Why.NOT_RELEVANT: outcome.relevance_reason, Why.NOT_SIGNIFICANT: outcome.significance_reason}
    return reasons.get(why, "") or outcome.decision_reason


def _stated(facts: Facts) -> Iterator[_Stated]:
    """Yield each outcome that has a quantity; what is stated twice counts as it is stated first."""
    valuations: dict[str, Valuation] = {}
    for valuation in facts.valuations:
        valuations.setdefault(valuation.outcome, valuation)
    adjustments: dict[str, dict[Factor, Adjustment]] = {}
    for adjustment in facts.adjustments:
        adjustments.setdefault(adjustment.outcome, {}).setdefault(adjustment.factor, adjustment)
    for outcome in facts.outcomes:
        if outcome.quantity is not None:
            yield _Stated(
                outcome=outcome,
                valuation=valuations.get(outcome.ref),
                adjustments=adjustments.get(outcome.ref, {}),
            )


def _line(facts: Facts, stated: _Stated) -> Line:
    outcome, valuation = stated.outcome, stated.valuation
    price_period = valuation.price_period if valuation and facts.account.price_base else ""
    return Line(
        key=outcome.ref,
        label=outcome.name,
        stakeholder=outcome.stakeholder,
        quantity=_NOTHING if outcome.quantity is None else outcome.quantity,
        value_each=valuation.value if valuation else None,
        price_period=price_period or None,
        weight=valuation.weight if valuation else None,
        is_anchor=bool(valuation and valuation.anchor),
        harm=outcome.direction is Direction.NEGATIVE,
        deadweight=stated.share(Factor.DEADWEIGHT),
        displacement=stated.share(Factor.DISPLACEMENT),
        attribution=stated.share(Factor.ATTRIBUTION),
        drop_off=stated.share(Factor.DROP_OFF),
        duration=1 if outcome.duration is None else outcome.duration,
        first_year=1 if outcome.first_year is None else outcome.first_year,
    )


def _ranges(stated: _Stated) -> Iterator[tuple[Assumption, Range]]:
    """Yield the stated ranges of an outcome. Where a figure is unknown, there is nothing to state the range of."""
    outcome, valuation = stated.outcome, stated.valuation
    ends = [(Assumption.QUANTITY, outcome.quantity_low, outcome.quantity, outcome.quantity_high)]
    if valuation:
        ends.append((Assumption.VALUE, valuation.value_low, valuation.value, valuation.value_high))
    for factor, each in stated.adjustments.items():
        ends.append((Assumption(factor.value), each.low, each.figure, each.high))
    for assumption, low, central, high in ends:
        if central is not None and (low is not None or high is not None):
            with _faults_at(outcome.ref, assumption.value):
                span = Range(low=central if low is None else low, high=central if high is None else high)
            yield assumption, span


def _investments(facts: Facts) -> Iterator[Investment]:
    for each in facts.inputs:
        worth = worth_of(each)
        if worth is not None:
            yield Investment(
                key=each.ref,
                label=each.description,
                stakeholder=each.stakeholder,
                amount=worth,
                year=1 if each.year is None else each.year,
            )


def _rates(facts: Facts) -> RateSchedule:
    if facts.account.rate_schedule:
        return reference.rate_schedule(facts.account.rate_schedule)
    return flat_rate(DEFAULT_RATE if facts.account.discount_rate is None else facts.account.discount_rate)


def _price_series(facts: Facts) -> PriceSeries | None:
    return reference.price_series(facts.account.price_series) if facts.account.price_series else None


def _scenarios(rows: Iterable[ScenarioChange], keys: frozenset[str]) -> tuple[Scenario, ...]:
    """Return the scenarios: rows that share a name, without what they would change of outcomes that do not count."""
    named: dict[str, list[ScenarioChange]] = {}
    for row in rows:
        named.setdefault(row.scenario, []).append(row)
    return tuple(
        Scenario(key=together[0].ref, name=name, changes=tuple(_changes(together, keys)))
        for name, together in named.items()
    )


def _changes(rows: Iterable[ScenarioChange], keys: frozenset[str]) -> Iterator[Change]:
    for row in rows:
        if row.figure is not None and (not row.outcome or row.outcome in keys):
            with _faults_at(row.ref, "figure"):
                change = Change(
                    assumption=Assumption(row.assumption.value), figure=row.figure, line=row.outcome or None
                )
            yield change


@contextmanager
def _faults_at(ref: str, field: str) -> Iterator[None]:
    """Say of a fault in which row and field of the account it is, where the valuation cannot know."""
    try:
        yield
    except InvalidInput as fault:
        raise InvalidInput(fault.message, line=ref, field=field, **fault.params) from fault

"""Accounts that are sound and yet extreme: empty, without money, far too large or small, or with hostile words."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from accounts.nouns import AccountDetails, AccountKind
from outcomes.nouns import Adjustment, Direction, Factor, Facts, Link, Moved, Outcome, ScenarioChange, Valuation
from stakeholders.nouns import Consideration, Input, Stakeholder
from tests import factories

LARGEST, SMALLEST = Decimal("999999999999.999999"), Decimal("0.000001")
HOSTILE = (
    "<script>alert(1)</script>%s %(x)s {0} {{ name }} {% now %} ${1} =cmd|'/C calc'!A0 \"q\" & \\ ½ 漢字 \U0001f3f4"
)


def empty() -> Facts:
    """Return an account that has only just been started."""
    return Facts(account=factories.small_facts().account)


def without_outcomes() -> Facts:
    """Return an account that says who is affected and what is put in, and no more."""
    return replace(factories.small_facts(), outcomes=(), valuations=(), adjustments=())


def without_valuations() -> Facts:
    """Return an account whose outcomes are worth nothing that was said."""
    return replace(factories.small_facts(), valuations=())


def without_inputs() -> Facts:
    """Return an account into which nothing was put."""
    return replace(factories.small_facts(), inputs=())


def with_inputs_of_nothing() -> Facts:
    """Return an account into which nothing was put, and that was written down."""
    return replace(factories.small_facts(), inputs=(Input(ref="N1", description="Goodwill", amount=Decimal(0)),))


def without_quantities() -> Facts:
    """Return an account with a change that nobody has counted yet."""
    small = factories.small_facts()
    return replace(small, outcomes=tuple(replace(each, quantity=None, duration=None) for each in small.outcomes))


def without_a_price_year() -> Facts:
    """Return an account in the prices of a year, with a value in prices for which the series has no figure."""
    small = factories.small_facts()
    return replace(
        small,
        account=replace(small.account, price_base="2024-25", price_series="gdp-deflator-2025-12"),
        valuations=(Valuation(ref="W1", outcome="O1", value=Decimal(100), price_period="1901-02"),),
    )


def without_a_price_series() -> Facts:
    """Return an account with a value in the prices of another year, and no series to bring it up to date."""
    small = factories.small_facts()
    return replace(
        small,
        account=replace(small.account, price_base="2024-25"),
        valuations=(Valuation(ref="W1", outcome="O1", value=Decimal(100), price_period="2019-20"),),
    )


def losing() -> Facts:
    """Return an account that does more harm than good."""
    small = factories.small_facts()
    worse = tuple(replace(each, direction=Direction.NEGATIVE) for each in small.outcomes)
    return replace(small, outcomes=worse, valuations=(Valuation(ref="W1", outcome="O1", value=-LARGEST),))


def _figures(largest: Decimal, *, years: int, share: str) -> Facts:
    return Facts(
        account=AccountDetails(
            name="Figures",
            kind=AccountKind.EVALUATIVE,
            currency="GBP",
            discount_rate=Decimal(share),
            year_one_is_discounted=True,
            significance_threshold=Decimal(1),
        ),
        stakeholders=(Stakeholder(ref="S1", name="Members", size=1_000_000_000),),
        inputs=(Input(ref="N1", description="Grant", amount=largest, year=1),),
        outcomes=(
            Outcome(
                ref="O1",
                stakeholder="S1",
                name="Up",
                quantity=largest,
                quantity_low=Decimal(0),
                quantity_high=largest,
                duration=years,
                first_year=years,
                decision=Consideration.INCLUDED,
            ),
            Outcome(
                ref="O2",
                stakeholder="S1",
                name="Down",
                quantity=largest,
                duration=1,
                direction=Direction.NEGATIVE,
                decision=Consideration.INCLUDED,
            ),
        ),
        chain_of_events=(Link(ref="L1", cause="O1", effect="O2"),),
        valuations=(
            Valuation(ref="W1", outcome="O1", value=largest, value_low=Decimal(0), value_high=LARGEST),
            Valuation(ref="W2", outcome="O2", value=-largest),
        ),
        adjustments=tuple(
            Adjustment(ref=f"A{factor.value}", outcome="O1", factor=factor, figure=Decimal(share), low=Decimal(0))
            for factor in Factor
        ),
        scenarios=(
            ScenarioChange(ref="X1", scenario=HOSTILE, assumption=Moved.INPUTS, figure=LARGEST),
            ScenarioChange(ref="X2", scenario="%", outcome="O1", assumption=Moved.VALUE, figure=-LARGEST),
        ),
    )


def enormous() -> Facts:
    """Return an account in which every figure is as large as may be written, and nothing is taken off."""
    return _figures(LARGEST, years=100, share="0")


def minute() -> Facts:
    """Return an account in which every figure is as small as may be written."""
    return _figures(SMALLEST, years=1, share="0.00000001")


def all_taken_off() -> Facts:
    """Return an account in which every factor takes off everything."""
    return _figures(LARGEST, years=100, share="1")


def hostile() -> Facts:
    """Return an account whose every word is an attempt at something."""
    small = factories.complete_facts()
    return replace(
        small,
        account=replace(small.account, name=HOSTILE, activity=HOSTILE * 20, purpose="w" * 5_000, limitations="=1+1"),
        stakeholders=tuple(replace(each, name=f"{HOSTILE} {each.ref}") for each in small.stakeholders),
        outcomes=tuple(
            replace(each, name=f"{HOSTILE} {each.ref}", description="w" * 5_000, quantity_unit="%s", overlap_reason="%")
            for each in small.outcomes
        ),
        inputs=tuple(replace(each, description="W" * 200) for each in small.inputs),
        valuations=tuple(
            replace(each, proxy=HOSTILE, source="100% %(a)s", link="https://example.org/?<b>='\"")
            for each in small.valuations
        ),
        adjustments=tuple(replace(each, reason=HOSTILE, source="@SUM(1)") for each in small.adjustments),
        scenarios=tuple(replace(each, scenario=f"-1+1 {HOSTILE}") for each in small.scenarios),
        explanations=tuple(replace(each, reason=HOSTILE) for each in small.explanations),
    )


EXTREMES: dict[str, Callable[[], Facts]] = {
    "only just started": empty,
    "no outcomes": without_outcomes,
    "no valuations": without_valuations,
    "no inputs": without_inputs,
    "inputs of nothing": with_inputs_of_nothing,
    "nothing counted yet": without_quantities,
    "a missing price year": without_a_price_year,
    "a missing price series": without_a_price_series,
    "more harm than good": losing,
    "figures as large as may be": enormous,
    "figures as small as may be": minute,
    "everything taken off": all_taken_off,
    "hostile words": hostile,
}

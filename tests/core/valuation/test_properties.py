"""What holds for every account, each tried on a thousand: the valuation properties, and an oracle in fractions.

Sums and products are exact in the core, so there the oracle must agree to the last digit. Where something is divided
(discounting, uprating, anchoring, the ratio) a decimal can only come near: there it must agree to 40 digits.
"""

from dataclasses import replace
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, strategies as st

from outcomes.valuation import AccountInputs, Line, flat_rate, to_pence, value_account
from tests.core.valuation import oracle
from tests.core.valuation.examples import account, line, put_in
from tests.core.valuation.strategies import (
    a_hundred,
    a_thousand,
    accounts,
    gains,
    hundredths,
    lines,
    plain_accounts,
    quantities,
    shares,
)

FORTY_DIGITS = Fraction(1, 10**40)
SHARES = ("deadweight", "displacement", "attribution", "drop_off")


def near(found: Decimal | None, expected: Fraction | None, size: Fraction | None = None) -> bool:
    """Return whether a decimal agrees to 40 digits; `size` is that of the figures that were added up to give it."""
    if found is None or expected is None:
        return found is None and expected is None
    return abs(Fraction(found) - expected) <= FORTY_DIGITS * max(abs(expected), size or 0)


def present_value(line: Line, **settings: object) -> Decimal:
    return value_account(account(line, **settings)).total_present_value


@a_thousand
@given(plain_accounts())
def test_the_oracle_agrees_to_the_last_digit_where_nothing_is_divided(inputs: AccountInputs) -> None:
    workings, expected = value_account(inputs), oracle.answer(inputs)
    for worked, worth in zip(workings.lines, expected.lines, strict=True):
        assert worth is not None
        assert Fraction(worked.gross or 0) == worth.gross
        assert Fraction(worked.impact or 0) == worth.impact
        assert [Fraction(amount or 0) for amount in worked.by_year] == worth.by_year
    assert Fraction(workings.impact) == sum(worth.impact for worth in expected.lines if worth)


@a_thousand
@given(accounts())
def test_the_oracle_agrees_to_forty_digits_where_something_is_divided(inputs: AccountInputs) -> None:
    workings, expected = value_account(inputs), oracle.answer(inputs)
    for worked, worth in zip(workings.lines, expected.lines, strict=True):
        assert (worked.present_value is None) is (worth is None)
        if worth is not None:
            assert near(worked.impact, worth.impact)
            assert all(map(near, worked.present_values, worth.present_values))
    assert near(workings.total_present_value, expected.total_present_value, expected.sizes)
    assert near(workings.total_inputs, expected.total_inputs)
    size = expected.sizes / expected.total_inputs if expected.total_inputs else None
    assert near(workings.ratio, expected.ratio, size)


@a_thousand
@given(plain_accounts(value_each=gains))
def test_the_oracle_pays_back_at_the_same_moment(inputs: AccountInputs) -> None:
    workings, expected = value_account(inputs), oracle.answer(inputs)
    if expected.total_present_value != expected.total_inputs:
        assert near(workings.payback, expected.payback, Fraction(1))


@a_thousand
@given(lines(), hundredths(0, 10_000))
def test_value_is_linear_in_quantity(one: Line, more: Decimal) -> None:
    together = present_value(replace(one, quantity=one.quantity + more))
    apart = Fraction(present_value(one)) + Fraction(present_value(replace(one, quantity=more)))
    assert near(together, apart)


@a_thousand
@given(lines(), hundredths(1, 10_000))
def test_value_is_in_proportion_to_quantity(one: Line, times: Decimal) -> None:
    assert near(
        present_value(replace(one, quantity=one.quantity * times)), Fraction(present_value(one)) * Fraction(times)
    )


@a_thousand
@given(accounts(), st.permutations(range(3)))
def test_order_never_matters(inputs: AccountInputs, order: list[int]) -> None:
    shuffled = [inputs.lines[place] for place in order if place < len(inputs.lines)]
    one, other = value_account(inputs), value_account(replace(inputs, lines=tuple(shuffled)))
    assert one.total_present_value == other.total_present_value
    assert one.present_value_by_year == other.present_value_by_year
    assert (one.ratio, one.payback, one.importance) == (other.ratio, other.payback, other.importance)


@a_thousand
@given(lines(value_each=gains), st.sampled_from(SHARES), shares)
def test_more_of_a_factor_never_raises_a_gain(one: Line, factor: str, share: Decimal) -> None:
    low, high = sorted([getattr(one, factor), share])
    assert present_value(replace(one, **{factor: high})) <= present_value(replace(one, **{factor: low}))


@a_thousand
@given(lines(value_each=gains), st.booleans(), hundredths(0, 100), hundredths(0, 100))
def test_a_higher_discount_rate_never_raises_a_gain(one: Line, discounted: bool, rate: Decimal, other: Decimal) -> None:
    low, high = sorted([rate, other])
    at_low, at_high = (
        present_value(one, rates=flat_rate(each), year_one_is_discounted=discounted) for each in (low, high)
    )
    assert at_high <= at_low


@a_thousand
@given(lines(), quantities)
def test_splitting_a_line_adds_up(one: Line, part: Decimal) -> None:
    whole = replace(one, quantity=one.quantity + part)
    halves = account(one, replace(one, key="O2", quantity=part))
    expected = Fraction(present_value(whole))
    assert near(value_account(halves).total_present_value, expected)


@a_thousand
@given(lines(value_each=gains))
def test_a_gain_lies_between_nothing_and_its_gross_value(one: Line) -> None:
    worked = value_account(account(one)).line("O1")
    steps = [worked.gross, worked.after_deadweight, worked.after_displacement, worked.impact, Decimal(0)]
    assert all(later <= earlier for earlier, later in pairwise(step for step in steps if step is not None))
    assert worked.gross is not None
    yearly = zip(worked.by_year, worked.present_values, strict=True)
    assert all(0 <= (value or 0) <= (amount or 0) <= worked.gross for amount, value in yearly)


@a_thousand
@given(plain_accounts())
def test_a_total_is_rounded_once(inputs: AccountInputs) -> None:
    exact = oracle.answer(inputs).total_present_value
    shown = to_pence(value_account(inputs).total_present_value)
    assert abs(Fraction(shown) - exact) <= Fraction(1, 200) + FORTY_DIGITS * (1 + abs(exact))
    assert shown.as_tuple().exponent == -2
    assert not (shown == 0 and shown.is_signed())


@a_thousand
@given(plain_accounts(), hundredths(0, 20))
def test_the_conventions_of_the_first_year_differ_by_exactly_one_plus_a_flat_rate(
    inputs: AccountInputs, rate: Decimal
) -> None:
    flat = replace(inputs, rates=flat_rate(rate))
    discounted, undiscounted = (
        value_account(replace(flat, year_one_is_discounted=convention)).total_present_value
        for convention in (True, False)
    )
    assert near(undiscounted, Fraction(discounted) * (1 + Fraction(rate)), oracle.answer(flat).sizes * 2)


@a_hundred
@given(accounts(), st.integers(1, 60))
def test_a_decimal_context_set_elsewhere_changes_nothing(inputs: AccountInputs, digits: int) -> None:
    expected = value_account(inputs).as_plain()
    with localcontext(Context(prec=digits, rounding="ROUND_UP", capitals=0)):
        assert value_account(inputs).as_plain() == expected


@a_hundred
@given(accounts())
def test_every_figure_can_be_worked_out_again_from_its_parts(inputs: AccountInputs) -> None:
    workings = value_account(inputs)
    sizes = oracle.answer(inputs).sizes
    for name in workings.names():
        figure = workings.figure(name)
        again = figure.reworked()
        if figure.amount is not None and figure.part_names:
            assert near(again, Fraction(figure.amount), sizes), name


def test_a_thousand_pounds_are_a_thousand_pounds() -> None:
    workings = value_account(account(line(), rates=flat_rate(Decimal(0)), investments=(put_in("1000"),)))
    assert workings.total_present_value == 1000
    assert workings.ratio == 1

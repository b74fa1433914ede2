"""Which assumption the ratio hangs on, one moved at a time."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, strategies as st

from outcomes.reference import rate_schedule
from outcomes.valuation import (
    AccountInputs,
    Assumption,
    Change,
    Range,
    Swing,
    flat_rate,
    tornado,
    value_account,
    with_changes,
)
from outcomes.valuation._change import highest_first_rate
from outcomes.valuation._retest import Retest
from tests.core.valuation.examples import account, employment, line, put_in, timebank
from tests.core.valuation.strategies import a_hundred, accounts

NO_RATE = flat_rate(Decimal(0))


def span(low: str, high: str) -> Range:
    return Range(low=Decimal(low), high=Decimal(high))


def swing(inputs: AccountInputs, assumption: Assumption, key: str | None = None) -> Swing:
    return next(each for each in tornado(inputs) if (each.line, each.assumption) == (key, assumption))


def test_a_stated_range_is_tried_at_both_its_ends() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.QUANTITY): span("5", "25")})
    found = swing(inputs, Assumption.QUANTITY, "O1")
    assert (found.stated, found.low, found.high) == (True, 5, 25)
    assert (found.ratio_low, found.ratio_high, found.width) == (1, 5, 4)


def test_at_a_high_factor_the_ratio_is_the_lower_one() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.DEADWEIGHT): span("0", "0.5")})
    found = swing(inputs, Assumption.DEADWEIGHT, "O1")
    assert (found.ratio_low, found.ratio_high, found.width) == (2, 1, 1)


def test_the_widest_swing_comes_first() -> None:
    widths = [each.width for each in tornado(timebank())]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) > 5


def test_what_states_no_range_is_moved_by_a_tenth_of_all_outcomes_at_once() -> None:
    inputs = account(line(deadweight="0.5"), line("O2", deadweight="0.2"), rates=NO_RATE)
    quantity, deadweight = swing(inputs, Assumption.QUANTITY), swing(inputs, Assumption.DEADWEIGHT)
    assert (quantity.stated, quantity.line, quantity.low, quantity.high) == (False, None, None, None)
    assert (quantity.ratio_low, quantity.ratio_high) == (Decimal("2.34"), Decimal("2.86"))
    assert (deadweight.ratio_low, deadweight.ratio_high) == (Decimal("2.74"), Decimal("2.46"))


def test_a_line_that_states_its_range_is_left_out_of_the_tenth() -> None:
    ranges = {("O1", Assumption.QUANTITY): span("10", "10")}
    inputs = account(line(), line("O2"), rates=NO_RATE, ranges=ranges)
    assert swing(inputs, Assumption.QUANTITY).ratio_high == Decimal("4.2")
    assert swing(inputs, Assumption.QUANTITY, "O1").width == 0


def test_a_share_moves_no_further_than_to_all() -> None:
    found = swing(account(line(drop_off="0.95", duration=2), rates=NO_RATE), Assumption.DROP_OFF)
    assert found.ratio_high == 2


def test_a_duration_moves_by_a_year_and_one_year_stays() -> None:
    found = swing(account(line(duration=3), line("O2"), rates=NO_RATE), Assumption.DURATION)
    assert (found.ratio_low, found.ratio_high) == (6, 12)


def test_a_duration_goes_no_further_than_the_rates_do() -> None:
    schedule = rate_schedule("green-book-health-2022")
    found = swing(account(line(duration=30), rates=schedule), Assumption.DURATION)
    assert found.ratio_high == value_account(account(line(duration=30), rates=schedule)).ratio


def test_inputs_and_the_discount_rate_say_the_figures_that_they_were_set_to() -> None:
    put, rate = swing(employment(), Assumption.INPUTS), swing(employment(), Assumption.DISCOUNT_RATE)
    assert (put.low, put.high, put.stated) == (225000, 275000, False)
    assert (rate.low, rate.high) == (Decimal("0.0315"), Decimal("0.0385"))


def test_a_discount_rate_moves_no_further_than_to_all() -> None:
    assert swing(account(line(), rates=flat_rate(Decimal(1))), Assumption.DISCOUNT_RATE).high == 1


def test_what_does_not_move_the_ratio_and_was_not_stated_is_left_out() -> None:
    found = {each.assumption for each in tornado(account(line(), year_one_is_discounted=False))}
    assert found == {Assumption.QUANTITY, Assumption.VALUE, Assumption.DURATION, Assumption.INPUTS}


def test_inputs_that_could_be_nothing_have_no_width_and_come_first() -> None:
    inputs = account(line(), ranges={(None, Assumption.INPUTS): span("0", "600")})
    first = tornado(inputs)[0]
    assert (first.assumption, first.ratio_low, first.width) == (Assumption.INPUTS, None, None)


@pytest.mark.parametrize("inputs", [account(line(), investments=()), account(line(value_each=None))])
def test_without_a_ratio_there_is_nothing_to_move(inputs: AccountInputs) -> None:
    assert tornado(inputs) == ()


def test_an_account_without_outcomes_hangs_on_nothing() -> None:
    assert tornado(account()) == ()


FIGURES = {
    Assumption.QUANTITY: "3",
    Assumption.VALUE: "-7",
    Assumption.DEADWEIGHT: "0.45",
    Assumption.DISPLACEMENT: "0.45",
    Assumption.ATTRIBUTION: "0.45",
    Assumption.DROP_OFF: "0.45",
    Assumption.DURATION: "5",
    Assumption.INPUTS: "77",
    Assumption.DISCOUNT_RATE: "0.09",
}


@a_hundred
@given(accounts(), st.sampled_from(list(FIGURES)))
def test_working_again_only_what_a_change_touches_gives_what_working_all_again_gives(
    inputs: AccountInputs, assumption: Assumption
) -> None:
    keys = (
        [None] if assumption in {Assumption.INPUTS, Assumption.DISCOUNT_RATE} else [each.key for each in inputs.lines]
    )
    # A first rate that would push a later one above 100 % is rightly refused.
    assume(
        assumption is not Assumption.DISCOUNT_RATE or Decimal(FIGURES[assumption]) <= highest_first_rate(inputs.rates)
    )
    for key in keys:
        change = Change(assumption=assumption, figure=Decimal(FIGURES[assumption]), line=key)
        found = Retest(inputs).ratio_if(change)
        whole = value_account(with_changes(inputs, [change]))
        if whole.ratio is None:
            assert found is None
        else:
            assert found is not None
            assert abs(found - whole.ratio) < Decimal("1e-15") * (1 + abs(whole.ratio))


def test_it_is_said_plainly() -> None:
    inputs = account(line(), rates=NO_RATE, ranges={("O1", Assumption.QUANTITY): span("5", "25")})
    assert swing(inputs, Assumption.QUANTITY, "O1").as_plain() == {
        "line": "O1",
        "assumption": "quantity",
        "stated": True,
        "low": "5",
        "high": "25",
        "ratio_low": "1",
        "ratio_high": "5",
        "width": "4",
    }


def test_sixty_outcomes_with_all_ranges_are_many_swings_and_all_of_them_are_there() -> None:
    lines = [line(f"O{number}", deadweight="0.1", duration=3) for number in range(1, 61)]
    ranges = {(each.key, Assumption.QUANTITY): span("5", "15") for each in lines}
    found = tornado(account(*lines, investments=(put_in("9000"),), ranges=ranges))
    assert sum(each.stated for each in found) == 60

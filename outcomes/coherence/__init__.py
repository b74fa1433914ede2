"""Rules that need more than one cell (pure).

Each rule reads the whole account and yields a `Reason` for each cell that breaks it. No rule raises and none stops the
next. Where several rows are at odds with each other (two valuations of one outcome, a circle of causes), each of them
gets its reason, so that whoever changes one row is told. Every rule takes a time that grows with the number of rows,
not with its square.

What rows are is in `nouns`; what one cell may hold is in `accounts.parsing`; what the principles ask for is in
`principles`: an account may hold together and still have much missing.
"""

from collections.abc import Iterator

from outcomes.coherence._conventions import (
    one_way_to_discount,
    prices_can_be_brought_together,
    rates_reach_far_enough,
    the_currency_is_a_code,
    the_period_runs_forward,
)
from outcomes.coherence._evidence import files_have_a_name_and_a_hash
from outcomes.coherence._figures import (
    counts_lie_within_their_total,
    no_more_took_part_than_there_were,
    observations_hold_figures_if_measured,
    ranges_run_up,
    worth_is_what_the_hours_come_to,
)
from outcomes.coherence._goals import (
    goals_are_named_once,
    targets_are_named_once,
    targets_have_the_number_of_a_goal,
)
from outcomes.coherence._reason import Reason, Rule, Terms
from outcomes.coherence._rows import (
    nothing_causes_itself,
    one_row_for_each_statement,
    outcomes_have_usable_refs,
    pointers_lead_somewhere,
    refs_are_unique,
    steps_do_not_repeat,
    subgroups_belong_to_their_group,
)
from outcomes.coherence._scenarios import (
    scenarios_change_a_thing_once,
    scenarios_change_what_there_is,
    scenarios_set_figures_that_can_be,
)
from outcomes.coherence._worth import (
    one_adjustment_for_each_factor,
    one_anchor_with_value_and_weight,
    one_valuation_for_each_outcome,
    sentences_stand_beside_their_figure,
    values_have_the_sign_of_their_direction,
)
from outcomes.nouns import Facts

__all__ = ["RULES", "Reason", "Terms", "incoherences"]

RULES: tuple[Rule, ...] = (
    the_currency_is_a_code,
    the_period_runs_forward,
    one_way_to_discount,
    rates_reach_far_enough,
    prices_can_be_brought_together,
    refs_are_unique,
    outcomes_have_usable_refs,
    pointers_lead_somewhere,
    subgroups_belong_to_their_group,
    no_more_took_part_than_there_were,
    worth_is_what_the_hours_come_to,
    ranges_run_up,
    steps_do_not_repeat,
    nothing_causes_itself,
    observations_hold_figures_if_measured,
    counts_lie_within_their_total,
    one_valuation_for_each_outcome,
    one_anchor_with_value_and_weight,
    values_have_the_sign_of_their_direction,
    one_adjustment_for_each_factor,
    sentences_stand_beside_their_figure,
    scenarios_change_what_there_is,
    scenarios_change_a_thing_once,
    scenarios_set_figures_that_can_be,
    one_row_for_each_statement,
    goals_are_named_once,
    targets_have_the_number_of_a_goal,
    targets_are_named_once,
    files_have_a_name_and_a_hash,
)


def incoherences(facts: Facts) -> Iterator[Reason]:
    """Yield a reason for every cell that does not fit the other cells; nothing for an account that holds together."""
    for rule in RULES:
        yield from rule(facts)

"""What a scenario may change, and to what."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from accounts.columns import column
from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, at, sharing
from outcomes.nouns import Facts, Moved, Outcome

_OF_THE_ACCOUNT = frozenset({Moved.INPUTS, Moved.DISCOUNT_RATE})
_LONGEST = column(Outcome, "duration").maximum or Decimal(1)


def scenarios_change_what_there_is(facts: Facts) -> Iterator[Reason]:
    """Yield the changes that name an outcome where none belongs, or none where one is needed."""
    for position, row in enumerate(facts.scenarios):
        if row.assumption in _OF_THE_ACCOUNT and row.outcome:
            message = _n("Leave this blank: what is changed belongs to the whole account.")
            yield at(row, position, "outcome", message)
        if row.assumption is Moved.VALUE and not row.outcome:
            message = _n("Name the outcome: one value for all of them would turn harm into gain.")
            yield at(row, position, "outcome", message)


def scenarios_change_a_thing_once(facts: Facts) -> Iterator[Reason]:
    """Yield the changes of the same assumption of the same outcome in one scenario."""
    for position, row, refs in sharing(facts.scenarios, lambda row: (row.scenario, row.assumption, row.outcome)):
        message = _n("This scenario changes the same thing more than once: %(refs)s. Keep one.")
        yield at(row, position, "assumption", message, refs=refs)


def scenarios_set_figures_that_can_be(facts: Facts) -> Iterator[Reason]:
    """Yield the figures of scenarios that their assumption cannot have."""
    for position, row in enumerate(facts.scenarios):
        if row.figure is None or row.assumption not in _MUST_BE:
            continue
        is_possible, message = _MUST_BE[row.assumption]
        if not is_possible(row.figure):
            yield at(row, position, "figure", message, figure=plain(row.figure), longest=plain(_LONGEST))


def _is_share(figure: Decimal) -> bool:
    return 0 <= figure <= 1


def _is_not_negative(figure: Decimal) -> bool:
    return figure >= 0


def _is_duration(figure: Decimal) -> bool:
    return 1 <= figure <= _LONGEST and figure == figure.to_integral_value()


_SHARE = (_is_share, _n("%(figure)s is outside 0 to 1. Write a share as a part of one: 0.35 for 35 per cent."))
_NOT_NEGATIVE = (_is_not_negative, _n("%(figure)s is below 0. Enter a number that is 0 or more."))
_DURATION = (_is_duration, _n("%(figure)s is no duration. Enter a whole number of years from 1 to %(longest)s."))
_MUST_BE: dict[Moved, tuple[Callable[[Decimal], bool], str]] = {
    Moved.QUANTITY: _NOT_NEGATIVE,
    Moved.INPUTS: _NOT_NEGATIVE,
    Moved.DURATION: _DURATION,
    Moved.DEADWEIGHT: _SHARE,
    Moved.DISPLACEMENT: _SHARE,
    Moved.ATTRIBUTION: _SHARE,
    Moved.DROP_OFF: _SHARE,
    Moved.DISCOUNT_RATE: _SHARE,
}

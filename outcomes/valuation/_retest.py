"""A worked account on which one assumption at a time can be moved, working again only what the move touches.

Everything here is to be called inside `exactly()`.
"""

from collections.abc import Sequence
from decimal import Decimal

from outcomes.valuation import _time as time
from outcomes.valuation._change import changed_line, with_changes
from outcomes.valuation._inputs import AccountInputs, Assumption, Change, Line
from outcomes.valuation._prices import in_base_prices
from outcomes.valuation._return import per_unit_put_in
from outcomes.valuation._value import value_account, worth
from outcomes.valuation._weights import anchor_of, follows_anchor


class Retest:
    """The account as it stands, and what it would be worth if one assumption were another figure."""

    def __init__(self, inputs: AccountInputs) -> None:
        self.inputs = inputs
        self.workings = value_account(inputs)
        self._factors: Sequence[Decimal] = self.workings.discount_factors
        anchor = anchor_of(inputs)
        self._leader = anchor.key if anchor and any(map(follows_anchor, inputs.lines)) else None

    @property
    def last_year(self) -> int:
        """Return the last benefit year that the account's discount rates reach."""
        return time.last_year_with_rate(self.inputs.rates, year_one_is_discounted=self.inputs.year_one_is_discounted)

    def ratio_if(self, *changes: Change) -> Decimal | None:
        """Return the ratio after these changes; None where there is none."""
        if len(changes) == 1 and self._touches_one_line(changes[0]) and not self.workings.why_no_ratio:
            return per_unit_put_in(self.total_if(changes[0]), self.workings.total_inputs)
        return value_account(with_changes(self.inputs, changes)).ratio

    def total_if(self, change: Change) -> Decimal:
        """Return the total present value after this change."""
        if not self._touches_one_line(change):
            return value_account(with_changes(self.inputs, [change])).total_present_value
        old = self.workings.line(str(change.line))
        line = changed_line(old.line, change)
        value_each = old.value_each if line.value_each is None else in_base_prices(self.inputs, line)
        before = time.NOTHING if old.present_value is None else old.present_value
        return self.workings.total_present_value - before + worth(line, value_each, self.factors_to(line.last_year))

    def factors_to(self, year: int) -> Sequence[Decimal]:
        """Return the discount factors of the benefit years to this year at least."""
        if year > len(self._factors):
            convention = self.inputs.year_one_is_discounted
            self._factors = time.benefit_factors(self.inputs.rates, year, year_one_is_discounted=convention)
        return self._factors

    def with_duration(self, line: Line, years: int) -> Line:
        """Return the line with another duration."""
        return changed_line(line, Change(assumption=Assumption.DURATION, figure=Decimal(years), line=line.key))

    def _touches_one_line(self, change: Change) -> bool:
        leads = change.assumption is Assumption.VALUE and change.line == self._leader
        return change.line is not None and not leads

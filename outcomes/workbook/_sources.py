"""Where, on the sheets of a workbook that we wrote, each figure of the valuation stands."""

from accounts.nouns import AccountDetails
from outcomes.nouns import Adjustment, Factor, Facts, Outcome, Valuation
from outcomes.workbook import _layout as layout
from stakeholders.nouns import Input, Stakeholder

NO_WORDS = '""'
NOTHING = "0"


class Sources:
    """Addresses, to be put into formulas. What is stated twice counts as it is stated first."""

    def __init__(self, facts: Facts) -> None:
        self._outcomes = {row.ref: at for at, row in enumerate(facts.outcomes)}
        self._stakeholders = {row.ref: at for at, row in enumerate(facts.stakeholders)}
        self._inputs = {row.ref: at for at, row in enumerate(facts.inputs)}
        self._valuations: dict[str, int] = {}
        self._adjustments: dict[tuple[str, Factor], int] = {}
        for at, valuation in enumerate(facts.valuations):
            self._valuations.setdefault(valuation.outcome, at)
        for at, adjustment in enumerate(facts.adjustments):
            self._adjustments.setdefault((adjustment.outcome, adjustment.factor), at)

    def account(self, field: str) -> str:
        """Return the address of an answer about the account as a whole."""
        return layout.address(AccountDetails, field)

    def outcome(self, ref: str, field: str) -> str:
        """Return the address of an answer about an outcome."""
        return layout.address(Outcome, field, self._outcomes[ref])

    def valuation(self, ref: str, field: str) -> str:
        """Return the address of an answer about what an outcome is worth."""
        return layout.address(Valuation, field, self._valuations[ref])

    def factor(self, ref: str, factor: Factor) -> str:
        """Return the address of a factor of an outcome, or 0 if there is no row for it."""
        at = self._adjustments.get((ref, factor))
        return NOTHING if at is None else layout.address(Adjustment, "figure", at)

    def input(self, ref: str, field: str) -> str:
        """Return the address of an answer about an input."""
        return layout.address(Input, field, self._inputs[ref])

    def stakeholder(self, ref: str) -> str:
        """Return the address of the name of a stakeholder group, or no words if there is none."""
        at = self._stakeholders.get(ref)
        return NO_WORDS if at is None else layout.address(Stakeholder, "name", at)

"""Workings: each figure with the figures that it came from.

The numbers stand ready (`Worked`); the explanation of one is built when it is asked for by its name, since an account
of 10,000 outcomes has hundreds of thousands of them.
"""

from collections.abc import Iterator
from dataclasses import fields
from functools import cached_property
from operator import attrgetter

from outcomes.valuation._account_figures import AccountFigures
from outcomes.valuation._errors import NoSuchFigure
from outcomes.valuation._figure import Figure
from outcomes.valuation._inputs import AccountInputs
from outcomes.valuation._line_figures import LineFigures
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._worked import Worked, WorkedLine

_OF_LINE = (
    "value_from",
    "value_each",
    "gross",
    "after_deadweight",
    "after_displacement",
    "impact",
    "by_year",
    "present_values",
    "present_value",
    "importance",
    "importance_share",
)

_TOTALS = (
    "gross_value",
    "after_deadweight",
    "after_displacement",
    "impact",
    "total_present_value",
    "total_inputs",
    "net_present_value",
    "ratio",
    "net_ratio",
    "why_no_ratio",
    "payback",
    "importance",
    "is_anchored",
    "is_in_money",
)


class Workings(Worked):
    """The valuation of an account: its numbers, and for each of them, by name, what it was worked out from.

    Names are words joined by dots, fit for an address: `ratio`, `total_present_value`, `inputs`, `input.I1`,
    `year.2.present_value`, `discount.2`; for a line its key comes first: `O1.quantity`, `O1.impact`, `O1.year.2`,
    `O1.year.2.present_value`.
    """

    @cached_property
    def _account_figures(self) -> AccountFigures:
        return AccountFigures(self, self.figure)

    def figure(self, name: str) -> Figure:
        """Return the figure of this name; raise NoSuchFigure if there is none."""
        first, _dot, rest = name.partition(".")
        line = self.line_by_key.get(first)
        found = LineFigures(self, line, self.figure).figure(rest) if line else self._account_figures.figure(name)
        if found is None:
            raise NoSuchFigure(name)
        return found

    def names(self) -> Iterator[str]:
        """Yield the name of every figure: the account's first, then line by line."""
        yield from self._account_figures.names()
        for line in self.lines:
            yield from LineFigures(self, line, self.figure).names()

    def as_plain(self) -> dict[str, Plain]:
        """Return all inputs and all figures as plain data: decimals as unrounded strings, None where undefined."""
        return {
            "inputs": _plain_inputs(self.inputs),
            "lines": [_plain_line(worked) for worked in self.lines],
            "years": [
                {"year": year, "impact": plain(impact), "discount_factor": plain(factor), "present_value": plain(value)}
                for year, (impact, factor, value) in enumerate(
                    zip(self.impact_by_year, self.discount_factors, self.present_value_by_year, strict=True), start=1
                )
            ],
            "discounted_inputs": {
                each.key: plain(amount)
                for each, amount in zip(self.inputs.investments, self.discounted_inputs, strict=True)
            },
            "totals": {name: plain(attrgetter(name)(self)) for name in _TOTALS},
        }


def _plain_line(worked: WorkedLine) -> Plain:
    line = worked.line
    said: dict[str, Plain] = {"key": line.key, "label": line.label, "stakeholder": line.stakeholder}
    return said | {name: plain(getattr(worked, name)) for name in _OF_LINE}


def _plain_inputs(inputs: AccountInputs) -> Plain:
    """Return the inputs as plain data; the ranges become a list, as their keys are pairs."""
    said = {each.name: plain(getattr(inputs, each.name)) for each in fields(inputs) if each.name != "ranges"}
    stated = sorted(inputs.ranges.items(), key=lambda entry: (entry[0][0] or "", entry[0][1]))
    ranges: list[Plain] = [
        {"line": line, "assumption": plain(assumption), "low": plain(ends.low), "high": plain(ends.high)}
        for (line, assumption), ends in stated
    ]
    return said | {"ranges": ranges}

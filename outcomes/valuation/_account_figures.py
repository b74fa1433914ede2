"""The figures of the whole account, each with its formula: `ratio`, `inputs`, `year.2.present_value` and so on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from accounts.words import gettext_noop as _n
from outcomes.valuation import _return as returned, _time as time
from outcomes.valuation._figure import Figure, Rule, all_added, all_sizes_added, only_year, year_in
from outcomes.valuation._inputs import Assumption
from outcomes.valuation._money import added, exactly
from outcomes.valuation._shown import Unit
from outcomes.valuation._worked import ValueSource, Worked

NOT_PAID_BACK = _n("Not within the benefit period.")
PAID_AT_ONCE = _n("Nothing was put in, so there is nothing to pay back.")
LOST_AGAIN = _n("Later years take the value below what was put in again.")
FROM_SOURCE = _n("From %(source)s.")
NOT_DISCOUNTED = _n("The first year is not discounted: a convention of this account.")
INPUTS_NOT_DISCOUNTED = _n("What was put in during the first year is not discounted.")


class Total(NamedTuple):
    """How a total of the account is worked out from other totals, and said."""

    label: str
    term: str
    unit: Unit
    rule: Rule
    parts: tuple[str, ...]


TOTALS: Mapping[str, Total] = MappingProxyType(
    {
        "ratio": Total(
            _n("Social return for each 1 put in"),
            _n("ratio"),
            Unit.RATIO,
            returned.per_unit_put_in,
            ("total_present_value", "inputs"),
        ),
        "net_ratio": Total(
            _n("Net social return for each 1 put in"),
            _n("net ratio"),
            Unit.RATIO,
            returned.per_unit_put_in,
            ("net_present_value", "inputs"),
        ),
        "net_present_value": Total(
            _n("Net present value"),
            _n("net present value"),
            Unit.MONEY,
            returned.net,
            ("total_present_value", "inputs"),
        ),
    }
)

SUMS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "total_present_value": (_n("Total present value"), _n("total present value"), "present_value"),
        "gross_value": (_n("Gross value of all outcomes"), _n("gross value"), "gross"),
        "after_deadweight": (
            _n("Value of all outcomes after deadweight"),
            _n("value after deadweight"),
            "after_deadweight",
        ),
        "after_displacement": (
            _n("Value of all outcomes after deadweight and displacement"),
            _n("value after displacement"),
            "after_displacement",
        ),
        "impact": (_n("Impact of all outcomes, each in its first year of benefit"), _n("impact"), "impact"),
    }
)
"""Sums over the lines that are valued in money: label, term, and the figure of each line that is added."""


class AccountFigures:
    """The figures of a worked account, built when they are asked for."""

    def __init__(self, worked: Worked, find: Callable[[str], Figure]) -> None:
        self._worked = worked
        self._inputs = worked.inputs
        self._valued = [each for each in worked.lines if each.value_each is not None]
        self._investments = {each.key: each for each in self._inputs.investments}
        self._new = partial(Figure, find=find)
        self._others = {"inputs": self._inputs_total, "payback": self._payback, "importance": self._importance}
        self._of_several: dict[str, Callable[[list[str]], Figure | None]] = {
            "payback": self._before_payback,
            "year": self._yearly,
            "discount": self._discount,
            "input_discount": self._input_discount,
            "rate": self._rate,
            "input": self._investment,
            "price": self._price,
        }

    def names(self) -> Iterator[str]:
        """Yield the name of every figure of the account, those of its lines excepted."""
        yield from [*TOTALS, *SUMS, "inputs", "payback"]
        if self._payback_year() not in (None, 0, 1):
            yield from ["payback.years_before", "payback.reached_before"]
        yield "importance"
        for year in range(1, self._worked.years + 1):
            yield from [f"year.{year}", f"year.{year}.present_value", f"discount.{year}"]
        for investment in self._inputs.investments:
            yield from [f"input.{investment.key}", f"input.{investment.key}.amount"]
        yield from (f"input_discount.{year}" for year in range(1, len(self._worked.input_factors) + 1))
        yield from (f"rate.{year}" for year in range(1, self._rated_years() + 1))
        yield from (f"price.{period}" for period in self._periods())

    def figure(self, name: str) -> Figure | None:
        """Return the figure of this name, None if the account has no such figure."""
        first, *rest = name.split(".")
        if rest:
            find = self._of_several.get(first)
            return find(rest) if find else None
        if first in TOTALS:
            return self._total(first)
        if first in SUMS:
            return self._sum(first)
        return self._others[first]() if first in self._others else None

    def _total(self, name: str) -> Figure:
        amount: Decimal | None = getattr(self._worked, name)
        label, term, unit, rule, parts = TOTALS[name]
        return self._new(
            name=name,
            label=label,
            term=term,
            unit=unit,
            rule=rule,
            part_names=parts,
            amount=amount,
            why_undefined=self._worked.why_no_ratio if amount is None else None,
        )

    def _sum(self, name: str) -> Figure:
        label, term, of_line = SUMS[name]
        return self._new(
            name=name,
            label=label,
            term=term,
            unit=Unit.MONEY,
            rule=all_added,
            part_names=tuple(f"{each.line.key}.{of_line}" for each in self._valued),
            amount=getattr(self._worked, name),
        )

    def _inputs_total(self) -> Figure:
        return self._new(
            name="inputs",
            label=_n("Total of what was put in, in present value"),
            term=_n("total inputs"),
            unit=Unit.MONEY,
            rule=all_added,
            part_names=tuple(f"input.{key}" for key in self._investments),
            amount=self._worked.total_inputs,
        )

    def _investment(self, rest: list[str]) -> Figure | None:
        investment = self._investments.get(rest[0])
        if investment is None or rest[1:] not in ([], ["amount"]):
            return None
        new = partial(self._new, investment=investment.key, about=investment.label, unit=Unit.MONEY)
        name = f"input.{investment.key}"
        if rest[1:]:
            return new(
                name=f"{name}.amount",
                label=_n("Put in, as entered"),
                term=_n("amount put in"),
                amount=investment.amount,
                field_name="amount",
                assumption=Assumption.INPUTS,
            )
        return new(
            name=name,
            label=_n("Put in, in present value"),
            term=_n("present value of the input"),
            rule=time.discounted,
            part_names=(f"{name}.amount", f"input_discount.{investment.year}"),
            amount=self._worked.discounted_inputs[list(self._investments).index(investment.key)],
        )

    def _yearly(self, rest: list[str]) -> Figure | None:
        """Return the figure of `year.T` or `year.T.present_value`."""
        year = year_in(rest[0], self._worked.years)
        if year is None or rest[1:] not in ([], ["present_value"]):
            return None
        return self._year_present_value(year) if rest[1:] else self._year(year)

    def _year(self, year: int) -> Figure:
        counted = (each.line for each in self._valued if each.line.first_year <= year <= each.line.last_year)
        return self._new(
            name=f"year.{year}",
            label=_n("Impact in year %(year)s"),
            term=_n("impact in year %(year)s"),
            params={"year": str(year)},
            unit=Unit.MONEY,
            rule=all_added,
            part_names=tuple(f"{line.key}.year.{year}" for line in counted),
            amount=self._worked.impact_by_year[year - 1],
        )

    def _year_present_value(self, year: int) -> Figure:
        return self._new(
            name=f"year.{year}.present_value",
            label=_n("Present value of year %(year)s"),
            term=_n("present value of year %(year)s"),
            params={"year": str(year)},
            unit=Unit.MONEY,
            rule=time.discounted,
            part_names=(f"year.{year}", f"discount.{year}"),
            amount=self._worked.present_value_by_year[year - 1],
        )

    def _discount(self, rest: list[str]) -> Figure | None:
        year = only_year(rest, self._worked.years)
        if year is None:
            return None
        factor = self._new(
            name=f"discount.{year}",
            label=_n("Discount factor of year %(year)s"),
            term=_n("discount factor of year %(year)s"),
            params={"year": str(year)},
            unit=Unit.FACTOR,
            amount=self._worked.discount_factors[year - 1],
        )
        elapsed = time.elapsed_years(year, year_one_is_discounted=self._inputs.year_one_is_discounted)
        return _compounded(factor, year, elapsed, note=NOT_DISCOUNTED)

    def _input_discount(self, rest: list[str]) -> Figure | None:
        year = only_year(rest, len(self._worked.input_factors))
        if year is None:
            return None
        factor = self._new(
            name=f"input_discount.{year}",
            label=_n("Discount factor of what was put in during year %(year)s"),
            term=_n("discount factor of inputs of year %(year)s"),
            params={"year": str(year)},
            unit=Unit.FACTOR,
            amount=self._worked.input_factors[year - 1],
        )
        return _compounded(factor, year, elapsed=year - 1, note=INPUTS_NOT_DISCOUNTED)

    def _rate(self, rest: list[str]) -> Figure | None:
        year = only_year(rest, self._rated_years())
        if year is None:
            return None
        return self._new(
            name=f"rate.{year}",
            label=_n("Discount rate of year %(year)s"),
            term=_n("discount rate of year %(year)s"),
            params={"year": str(year), "source": self._inputs.rates.title},
            unit=Unit.SHARE,
            amount=time.rate_in_year(self._inputs.rates, year),
            field_name="rates",
            assumption=Assumption.DISCOUNT_RATE,
            note=FROM_SOURCE,
        )

    def _rated_years(self) -> int:
        """Return the last elapsed year that anything is discounted over."""
        years = self._worked.years
        benefits = time.elapsed_years(years, year_one_is_discounted=self._inputs.year_one_is_discounted) if years else 0
        return max(benefits, len(self._worked.input_factors) - 1)

    def _price(self, rest: list[str]) -> Figure | None:
        series, period = self._inputs.price_series, ".".join(rest)
        if series is None or period not in self._periods():
            return None
        return self._new(
            name=f"price.{period}",
            label=_n("Price index of %(period)s"),
            term=_n("price index of %(period)s"),
            params={"period": period, "source": series.source},
            unit=Unit.INDEX,
            amount=series.values[period],
            field_name="price_series",
            note=FROM_SOURCE,
        )

    def _periods(self) -> list[str]:
        """Return the periods between which values were uprated, in order."""
        uprated = (each.line for each in self._valued if each.value_from is ValueSource.UPRATED)
        periods = {str(line.price_period) for line in uprated}
        return sorted(periods | {str(self._inputs.price_base)}) if periods else []

    def _importance(self) -> Figure:
        return self._new(
            name="importance",
            label=_n("Relative importance of all outcomes"),
            term=_n("importance of all"),
            unit=Unit.POINTS,
            rule=all_sizes_added,
            part_names=tuple(
                f"{each.line.key}.importance" for each in self._worked.lines if each.importance is not None
            ),
            amount=self._worked.importance,
        )

    def _payback_year(self) -> int | None:
        """Return the year in which the inputs are paid back, 0 if nothing was put in, None if never."""
        if self._worked.total_inputs == 0:
            return 0
        with exactly():
            return time.payback_year(self._worked.total_inputs, self._worked.present_value_by_year)

    def _payback(self) -> Figure:
        year = self._payback_year()
        payback = self._new(
            name="payback",
            label=_n("Payback in years"),
            term=_n("payback"),
            unit=Unit.YEARS,
            amount=self._worked.payback,
            why_undefined=NOT_PAID_BACK if year is None else None,
            note=self._payback_note(year),
        )
        if not year:
            return payback
        if year == 1:
            return replace(payback, rule=time.paid_back_in_first_year, part_names=("inputs", "year.1.present_value"))
        parts = ("payback.years_before", "inputs", "payback.reached_before", f"year.{year}.present_value")
        return replace(payback, rule=time.paid_back_later, part_names=parts)

    def _payback_note(self, year: int | None) -> str | None:
        if year == 0:
            return PAID_AT_ONCE
        return LOST_AGAIN if year and self._worked.net_present_value < 0 else None

    def _before_payback(self, rest: list[str]) -> Figure | None:
        """Return how many whole years pass before the year of payback, or the present value that they reach."""
        year = self._payback_year()
        if year is None or year < 2:
            return None
        earlier = range(1, year)
        if rest == ["years_before"]:
            return self._new(
                name="payback.years_before",
                label=_n("Whole years before payback"),
                term=_n("whole years before"),
                unit=Unit.YEARS,
                amount=Decimal(len(earlier)),
            )
        if rest != ["reached_before"]:
            return None
        with exactly():
            reached = added(self._worked.present_value_by_year[: len(earlier)])
        return self._new(
            name="payback.reached_before",
            label=_n("Present value of the years before payback"),
            term=_n("present value of the years before"),
            unit=Unit.MONEY,
            rule=all_added,
            part_names=tuple(f"year.{each}.present_value" for each in earlier),
            amount=reached,
        )


def _compounded(factor: Figure, year: int, elapsed: int, note: str) -> Figure:
    """Return the factor with how it follows from the year before; one of no elapsed years stands by convention."""
    if elapsed == 0:
        return replace(factor, note=note)
    if year == 1:
        return replace(factor, rule=time.first_step, part_names=(f"rate.{elapsed}",))
    before = f"{factor.name.partition('.')[0]}.{year - 1}"
    return replace(factor, rule=time.next_step, part_names=(before, f"rate.{elapsed}"))

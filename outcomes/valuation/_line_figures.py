"""The figures of one line, each with its formula: such as `O1.quantity`, `O1.impact`, `O1.year.2.present_value`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from accounts.words import gettext_noop as _n
from outcomes.valuation import _overclaim as overclaim, _time as time
from outcomes.valuation._figure import Figure, Rule, all_added, unchanged, year_in
from outcomes.valuation._inputs import Assumption
from outcomes.valuation._money import divide
from outcomes.valuation._prices import price_periods, uprated
from outcomes.valuation._shown import Unit
from outcomes.valuation._weights import anchor_of, proportion
from outcomes.valuation._worked import ValueSource, Worked, WorkedLine

NOT_VALUED = _n("This outcome is not valued in money.")
NOT_WEIGHTED = _n("The relative importance of this outcome was not asked for.")
NO_SHARE = _n("No outcome of this account has any importance to be a share of.")
NOT_COUNTED = _n("This outcome is counted from year %(first)s to year %(last)s.")


class Entered(NamedTuple):
    """How an entered figure of a line is said."""

    label: str
    term: str
    unit: Unit
    assumption: Assumption | None = None


class Step(NamedTuple):
    """How a figure of a line is worked out from others of the same line, and said."""

    label: str
    term: str
    unit: Unit
    rule: Rule
    parts: tuple[str, ...]


ENTERED: Mapping[str, Entered] = MappingProxyType(
    {
        "quantity": Entered(_n("Quantity"), _n("quantity"), Unit.QUANTITY, Assumption.QUANTITY),
        "weight": Entered(_n("Relative importance of one"), _n("importance of one"), Unit.POINTS),
        "deadweight": Entered(_n("Deadweight"), _n("deadweight"), Unit.SHARE, Assumption.DEADWEIGHT),
        "displacement": Entered(_n("Displacement"), _n("displacement"), Unit.SHARE, Assumption.DISPLACEMENT),
        "attribution": Entered(
            _n("Attribution to others"), _n("attribution to others"), Unit.SHARE, Assumption.ATTRIBUTION
        ),
        "drop_off": Entered(_n("Drop-off a year"), _n("drop-off"), Unit.SHARE, Assumption.DROP_OFF),
        "duration": Entered(_n("Duration in years"), _n("duration"), Unit.YEARS, Assumption.DURATION),
        "first_year": Entered(_n("First year of benefit"), _n("first year"), Unit.YEARS),
    }
)

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "gross": Step(_n("Gross value"), _n("gross value"), Unit.MONEY, overclaim.gross, ("quantity", "value_each")),
        "after_deadweight": Step(
            _n("Value after deadweight"),
            _n("value after deadweight"),
            Unit.MONEY,
            overclaim.less,
            ("gross", "deadweight"),
        ),
        "after_displacement": Step(
            _n("Value after deadweight and displacement"),
            _n("value after displacement"),
            Unit.MONEY,
            overclaim.less,
            ("after_deadweight", "displacement"),
        ),
        "impact": Step(
            _n("Impact in the first year of benefit"),
            _n("impact"),
            Unit.MONEY,
            overclaim.less,
            ("after_displacement", "attribution"),
        ),
    }
)

_OF_FACTORS = ("quantity", "weight", "deadweight", "displacement", "attribution")


class LineFigures:
    """The figures of one worked line, built when they are asked for."""

    def __init__(self, worked: Worked, line: WorkedLine, find: Callable[[str], Figure]) -> None:
        self._inputs = worked.inputs
        self._years = worked.years
        self._worked = line
        self._line = line.line
        self._why = NOT_VALUED if line.value_each is None else None
        self._new = partial(Figure, line=self._line.key, about=self._line.label, find=find)
        self._others: dict[str, Callable[[], Figure | None]] = {
            "value_each": self._value_each,
            "value_entered": self._value_entered,
            "present_value": self._present_value,
            "importance": self._importance,
            "importance_share": self._importance_share,
        }

    def names(self) -> Iterator[str]:
        """Yield the name of every figure of the line: its yearly ones for the years in which it is counted."""
        names = [*ENTERED, "value_each", *STEPS, "present_value", "importance", "importance_share"]
        if self._worked.value_from is ValueSource.UPRATED:
            names.append("value_entered")
        for year in self._counted():
            names += [f"year.{year}", f"year.{year}.present_value"]
        return map(self._own, names)

    def figure(self, rest: str) -> Figure | None:
        """Return the figure by the rest of its name after the key, None if the line has no such figure."""
        if rest in ENTERED:
            return self._entered(rest)
        if rest in STEPS:
            return self._step(rest)
        if rest in self._others:
            return self._others[rest]()
        return self._yearly(rest)

    def _own(self, rest: str) -> str:
        return f"{self._line.key}.{rest}"

    def _counted(self) -> range:
        return range(self._line.first_year, self._line.last_year + 1)

    def _entered(self, rest: str) -> Figure:
        found = getattr(self._line, rest)
        return self._new(
            name=self._own(rest),
            amount=None if found is None else Decimal(found),
            field_name=rest,
            why_undefined=NOT_WEIGHTED if found is None else None,
            **ENTERED[rest]._asdict(),
        )

    def _step(self, rest: str) -> Figure:
        label, term, unit, rule, parts = STEPS[rest]
        return self._new(
            name=self._own(rest),
            label=label,
            term=term,
            unit=unit,
            rule=rule,
            part_names=tuple(map(self._own, parts)),
            amount=getattr(self._worked, rest),
            why_undefined=self._why,
        )

    def _value_entered(self) -> Figure | None:
        if self._worked.value_from is not ValueSource.UPRATED:
            return None
        return self._new(
            name=self._own("value_entered"),
            label=_n("Value of one in the prices of %(period)s"),
            term=_n("value as entered"),
            params={"period": str(self._line.price_period)},
            unit=Unit.MONEY,
            amount=self._line.value_each,
            assumption=Assumption.VALUE,
            field_name="value_each",
        )

    def _value_each(self) -> Figure:
        value = self._new(
            name=self._own("value_each"),
            label=_n("Value of one"),
            term=_n("value of one"),
            unit=Unit.MONEY,
            amount=self._worked.value_each,
        )
        if self._worked.value_from is ValueSource.UPRATED:
            return self._from_other_prices(value)
        if self._worked.value_from is ValueSource.ANCHOR:
            return self._from_anchor(value)
        return replace(value, assumption=Assumption.VALUE, field_name="value_each", why_undefined=self._why)

    def _from_other_prices(self, value: Figure) -> Figure:
        base, period = price_periods(self._inputs, self._line)
        parts = (self._own("value_entered"), f"price.{base}", f"price.{period}")
        return replace(value, rule=uprated, part_names=parts)

    def _from_anchor(self, value: Figure) -> Figure:
        anchor = anchor_of(self._inputs)
        key = anchor.key if anchor else ""
        anchor_value = value.find(f"{key}.value_each")
        return replace(
            value,
            rule=proportion(anchor_value.amount or Decimal(0), self._line),
            part_names=(anchor_value.name, self._own("weight"), f"{key}.weight"),
            part_terms=(_n("value of the anchor"), _n("importance of one"), _n("importance of the anchor")),
            note=_n("This value follows from the anchor by relative importance."),
        )

    def _present_value(self) -> Figure:
        return self._new(
            name=self._own("present_value"),
            label=_n("Present value"),
            term=_n("present value"),
            unit=Unit.MONEY,
            amount=self._worked.present_value,
            rule=all_added,
            part_names=tuple(self._own(f"year.{year}.present_value") for year in self._counted()),
            why_undefined=self._why,
        )

    def _importance(self) -> Figure:
        return self._new(
            name=self._own("importance"),
            label=_n("Relative importance after deadweight, displacement and attribution"),
            term=_n("importance"),
            unit=Unit.POINTS,
            amount=self._worked.importance,
            rule=overclaim.importance_of_harm if self._line.harm else overclaim.importance,
            part_names=tuple(map(self._own, _OF_FACTORS)),
            why_undefined=NOT_WEIGHTED if self._worked.importance is None else None,
        )

    def _importance_share(self) -> Figure:
        no_share = NOT_WEIGHTED if self._worked.importance is None else NO_SHARE
        return self._new(
            name=self._own("importance_share"),
            label=_n("Share of the relative importance of all outcomes"),
            term=_n("share of importance"),
            unit=Unit.SHARE,
            amount=self._worked.importance_share,
            rule=divide,
            part_names=(self._own("importance"), "importance"),
            why_undefined=no_share if self._worked.importance_share is None else None,
        )

    def _yearly(self, rest: str) -> Figure | None:
        """Return the figure of `year.T` or `year.T.present_value`, None for any other name."""
        words = rest.split(".")
        year = year_in(words[1], self._years) if words[0] == "year" and len(words) in (2, 3) else None
        if year is None or words[2:] not in ([], ["present_value"]):
            return None
        return self._year_present_value(year) if words[2:] else self._year(year)

    def _year(self, year: int) -> Figure:
        rule, parts = self._year_from(year)
        return self._new(
            name=self._own(f"year.{year}"),
            label=_n("Impact in year %(year)s"),
            term=_n("impact in year %(year)s"),
            params=self._when(year),
            unit=Unit.MONEY,
            amount=self._worked.by_year[year - 1],
            rule=rule,
            part_names=tuple(map(self._own, parts)),
            note=NOT_COUNTED,
            why_undefined=self._why,
        )

    def _year_from(self, year: int) -> tuple[Rule | None, tuple[str, ...]]:
        """Return how the impact of a year follows: from the impact, from the year before, or from nothing."""
        if year not in self._counted():
            return None, ()
        if year == self._line.first_year:
            return unchanged, ("impact",)
        return time.worn_off, (f"year.{year - 1}", "drop_off")

    def _year_present_value(self, year: int) -> Figure:
        counted = year in self._counted()
        return self._new(
            name=self._own(f"year.{year}.present_value"),
            label=_n("Present value of year %(year)s"),
            term=_n("present value of year %(year)s"),
            params=self._when(year),
            unit=Unit.MONEY,
            amount=self._worked.present_values[year - 1],
            rule=time.discounted if counted else None,
            part_names=(self._own(f"year.{year}"), f"discount.{year}") if counted else (),
            note=NOT_COUNTED,
            why_undefined=self._why,
        )

    def _when(self, year: int) -> dict[str, str]:
        return {"year": str(year), "first": str(self._line.first_year), "last": str(self._line.last_year)}

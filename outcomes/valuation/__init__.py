"""The valuation of an account: facts in, workings out. Pure: it knows no database, no framework and no clock.

`value_account(inputs)` gives `Workings`: every figure, and for each of them the figures that it came from. The tests of
sensitivity take the same inputs. Import from here; the modules are its own affair. `docs/valuation.md` says in prose,
with worked tables, what is worked out and by which conventions.
"""

from outcomes.valuation._break_even import BreakEven, break_even
from outcomes.valuation._change import with_changes
from outcomes.valuation._checks import MOST_YEARS, RESERVED, PeriodKind, period_kind
from outcomes.valuation._errors import (
    AnchorUnclear,
    InvalidInput,
    NoSuchFigure,
    PeriodsMixed,
    PriceMissing,
    RateMissing,
)
from outcomes.valuation._figure import Figure
from outcomes.valuation._inputs import (
    AccountInputs,
    Assumption,
    Change,
    Investment,
    Line,
    PriceSeries,
    Range,
    RateBand,
    RateSchedule,
    Scenario,
    flat_rate,
)
from outcomes.valuation._money import product, to_pence, to_places
from outcomes.valuation._monte_carlo import Bin, Percentile, Spread, simulate
from outcomes.valuation._plain import Plain, plain_number
from outcomes.valuation._ranking import points_of_places
from outcomes.valuation._result import Workings
from outcomes.valuation._scenarios import ScenarioResult, optimistic, pessimistic, run_scenarios
from outcomes.valuation._sensitivity import SEED, sensitivity_as_plain
from outcomes.valuation._shown import Unit, shown
from outcomes.valuation._tornado import Swing, tornado
from outcomes.valuation._value import value_account
from outcomes.valuation._worked import ValueSource, WorkedLine

__all__ = [
    "MOST_YEARS",
    "RESERVED",
    "SEED",
    "AccountInputs",
    "AnchorUnclear",
    "Assumption",
    "Bin",
    "BreakEven",
    "Change",
    "Figure",
    "InvalidInput",
    "Investment",
    "Line",
    "NoSuchFigure",
    "Percentile",
    "PeriodKind",
    "PeriodsMixed",
    "Plain",
    "PriceMissing",
    "PriceSeries",
    "Range",
    "RateBand",
    "RateMissing",
    "RateSchedule",
    "Scenario",
    "ScenarioResult",
    "Spread",
    "Swing",
    "Unit",
    "ValueSource",
    "WorkedLine",
    "Workings",
    "break_even",
    "flat_rate",
    "optimistic",
    "period_kind",
    "pessimistic",
    "plain_number",
    "points_of_places",
    "product",
    "run_scenarios",
    "sensitivity_as_plain",
    "shown",
    "simulate",
    "to_pence",
    "to_places",
    "tornado",
    "value_account",
    "with_changes",
]

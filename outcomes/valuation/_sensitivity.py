"""How sure the result is, all together: break-even, tornado, scenarios, the ends of all ranges, and the spread."""

from outcomes.valuation._break_even import break_even
from outcomes.valuation._inputs import AccountInputs
from outcomes.valuation._monte_carlo import simulate
from outcomes.valuation._plain import Plain, plain
from outcomes.valuation._result import Workings
from outcomes.valuation._scenarios import optimistic, pessimistic, run_scenarios
from outcomes.valuation._tornado import tornado

SEED = 2017
"""The seed that is used unless another is asked for: the year of the definition that the accounts are kept to."""


def sensitivity_as_plain(inputs: AccountInputs, *, draws: int = 10_000, seed: int = SEED) -> dict[str, Plain]:
    """Return every test of sensitivity as plain data: decimals as strings, None where undefined."""
    return {
        "pessimistic": _plain_end(pessimistic(inputs)),
        "optimistic": _plain_end(optimistic(inputs)),
        "break_even": [each.as_plain() for each in break_even(inputs)],
        "tornado": [each.as_plain() for each in tornado(inputs)],
        "scenarios": [each.as_plain() for each in run_scenarios(inputs)],
        "spread": simulate(inputs, draws=draws, seed=seed).as_plain(),
    }


def _plain_end(workings: Workings) -> Plain:
    return {
        "total_present_value": plain(workings.total_present_value),
        "total_inputs": plain(workings.total_inputs),
        "ratio": plain(workings.ratio),
    }

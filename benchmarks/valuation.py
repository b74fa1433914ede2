"""Measure the valuation against the least that its arithmetic costs, in one run on one machine.

What is measured, the median of five turns each, by the clock:

1. `value_account` on 10,000 outcomes over 10 years, against the bare sums, products and quotients of the same value map
   in Decimal, at the same precision, in a plain loop that keeps no workings. To reach: under 1 second; about 3 times
   the bare arithmetic.
2. `simulate` with 10,000 draws over 60 outcomes, each with a range of its quantity, value, deadweight, attribution and
   drop-off, over 5 years, against drawing the same 3,000,000 random numbers with numpy and doing nothing with them.
   To reach: under 0.3 seconds. The ratio says how much of it is the value map and the shape of the triangles.
3. `sensitivity_as_plain` on the same 60 outcomes and 300 ranges: all that a page about sensitivity asks for.

Trust the ratios: seconds depend on the machine and on what else it does. Run it with `python -m benchmarks.valuation`.
"""

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext

import numpy as np

from benchmarks._measure import Figure, medians, show
from outcomes.valuation import (
    AccountInputs,
    Assumption,
    Investment,
    Line,
    Range,
    flat_rate,
    sensitivity_as_plain,
    simulate,
    value_account,
)

TURNS = 5
YEARS = 10
RATE = Decimal("0.035")
QUOTIENTS = Context(prec=50)
SPANS = {
    Assumption.QUANTITY: ("80", "120"),
    Assumption.VALUE: ("200", "450"),
    Assumption.DEADWEIGHT: ("0.05", "0.4"),
    Assumption.ATTRIBUTION: ("0.1", "0.5"),
    Assumption.DROP_OFF: ("0.1", "0.6"),
}


def figures() -> Iterator[Figure]:
    """Yield each measure with what it is held against."""
    many, some = account(10_000, YEARS), account(60, 5, ranged=True)
    core, bare = medians([lambda: value_account(many), lambda: bare_value_map(many)], turns=TURNS)
    yield Figure(
        what=f"value_account, 10,000 outcomes over {YEARS} years",
        took=core.clock,
        bare=bare.clock,
        beside="the same arithmetic, keeping nothing",
        most=1.0,
    )
    drawing = [lambda: simulate(some, seed=1), lambda: bare_draws(len(some.ranges)), lambda: sensitivity_as_plain(some)]
    drawn, numbers, whole = medians(drawing, turns=TURNS)
    yield Figure(
        what="simulate, 10,000 draws over 60 outcomes",
        took=drawn.clock,
        bare=numbers.clock,
        beside="drawing the same numbers",
        most=0.3,
    )
    yield Figure(
        what="sensitivity_as_plain, 60 outcomes, 300 ranges",
        took=whole.clock,
        bare=drawn.clock,
        beside="simulate alone",
    )


def account(outcomes: int, years: int, *, ranged: bool = False) -> AccountInputs:
    """Return an account of so many outcomes over so many years."""
    lines = tuple(
        Line(
            key=f"O{number}",
            label="An outcome",
            stakeholder="A group",
            quantity=Decimal(95 + number % 7),
            value_each=Decimal("343.25"),
            deadweight=Decimal("0.13"),
            displacement=Decimal("0.11"),
            attribution=Decimal("0.17"),
            drop_off=Decimal("0.27"),
            duration=years,
        )
        for number in range(outcomes)
    )
    put_in = Investment(key="I1", label="An input", stakeholder="A funder", amount=Decimal(50_000))
    spans = {assumption: Range(low=Decimal(low), high=Decimal(high)) for assumption, (low, high) in SPANS.items()}
    ranges = {(line.key, assumption): span for line in lines for assumption, span in spans.items()} if ranged else {}
    return AccountInputs(lines=lines, investments=(put_in,), rates=flat_rate(RATE), ranges=ranges)


def bare_value_map(inputs: AccountInputs) -> Decimal:
    """Work out the ratio with the same operations as the core, keeping nothing."""
    with localcontext(Context(prec=500)):
        factors = [(1 + RATE) ** year for year in range(1, YEARS + 1)]
        gross = impact = total = Decimal(0)
        by_year = [Decimal(0)] * YEARS
        for line in inputs.lines:
            worth = line.quantity * (line.value_each or 0)
            gross += worth
            worth = worth * (1 - line.deadweight) * (1 - line.displacement) * (1 - line.attribution)
            impact += worth
            for year in range(YEARS):
                total += QUOTIENTS.divide(worth, factors[year])
                by_year[year] += worth
                worth *= 1 - line.drop_off
        return QUOTIENTS.divide(total, inputs.entered_inputs)


def bare_draws(ranges: int) -> None:
    """Draw as many random numbers as the simulation needs."""
    generator = np.random.Generator(np.random.PCG64(1))
    for _each in range(ranges):
        generator.random(10_000)


def main() -> None:
    """Print the table."""
    show("Valuation", figures())


if __name__ == "__main__":
    main()

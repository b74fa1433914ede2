"""Figures that belong together."""

from collections.abc import Iterator

from accounts.parsing import plain
from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, at
from outcomes.counting import worth_of_time
from outcomes.nouns import Adjustment, Facts, Measure, Observation, Outcome, State, Valuation, rows
from outcomes.valuation import to_pence

_RANGES = (
    (Outcome, "quantity_low", "quantity", "quantity_high"),
    (Valuation, "value_low", "value", "value_high"),
    (Adjustment, "low", "figure", "high"),
)


def ranges_run_up(facts: Facts) -> Iterator[Reason]:
    """Yield the ends of ranges that lie on the wrong side of the figure, and the figures that a range lacks."""
    for noun, low, central, high in _RANGES:
        for position, row in enumerate(rows(facts, noun)):
            least, figure, most = getattr(row, low), getattr(row, central), getattr(row, high)
            if least is None and most is None:
                continue
            if figure is None:
                yield at(row, position, central, _n("There is a range here but no figure. Enter the likeliest figure."))
                continue
            if least is not None and least > figure:
                message = _n("The lowest figure, %(end)s, is above the figure itself, %(figure)s.")
                yield at(row, position, low, message, end=plain(least), figure=plain(figure))
            if most is not None and most < figure:
                message = _n("The highest figure, %(end)s, is below the figure itself, %(figure)s.")
                yield at(row, position, high, message, end=plain(most), figure=plain(figure))


def no_more_took_part_than_there_were(facts: Facts) -> Iterator[Reason]:
    """Yield the occasions at which more took part than were asked."""
    for position, row in enumerate(facts.involvement):
        if row.took_part is not None and row.out_of is not None and row.took_part > row.out_of:
            message = _n("%(took_part)s out of %(out_of)s is more than all. Check both figures.")
            yield at(row, position, "took_part", message, took_part=row.took_part, out_of=row.out_of)


def observations_hold_figures_if_measured(facts: Facts) -> Iterator[Reason]:
    """Yield the observations whose state and figures do not go together."""
    for position, row in enumerate(facts.observations):
        if row.state is State.MEASURED:
            yield from _measured(row, position)
        elif row.state:
            for field in ("numerator", "denominator"):
                if getattr(row, field) is not None:
                    message = _n("The state says that there is no figure. Leave this blank, or choose “Measured”.")
                    yield at(row, position, field, message)


def _measured(row: Observation, position: int) -> Iterator[Reason]:
    for field in ("numerator", "denominator"):
        if getattr(row, field) is None:
            message = _n("The state says that this was measured. Enter the figure, or choose another state.")
            yield at(row, position, field, message)
    if row.denominator is not None and row.denominator <= 0:
        yield at(row, position, "denominator", _n("Enter a number above 0: nothing can be out of none."))


def counts_lie_within_their_total(facts: Facts) -> Iterator[Reason]:
    """Yield the counts that are below none, or above what they are counted out of."""
    counted = {each.ref for each in facts.indicators if each.measure is Measure.COUNT}
    for position, row in enumerate(facts.observations):
        if row.numerator is None or row.indicator not in counted:
            continue
        if row.numerator < 0:
            yield at(row, position, "numerator", _n("A count cannot be below 0."))
        if row.denominator is not None and row.numerator > row.denominator:
            message = _n("%(numerator)s out of %(denominator)s is more than all. Check both figures.")
            figures = {"numerator": plain(row.numerator), "denominator": plain(row.denominator)}
            yield at(row, position, "numerator", message, **figures)


def worth_is_what_the_hours_come_to(facts: Facts) -> Iterator[Reason]:
    """Yield the worth of inputs that is not, to the penny, the hours given times the worth of an hour."""
    for position, row in enumerate(facts.inputs):
        time = worth_of_time(row)
        if time is not None and row.amount is not None and to_pence(time) != to_pence(row.amount):
            message = _n(
                "%(hours)s hours at %(rate)s come to %(time)s, not %(amount)s. Leave this blank, or correct one."
            )
            told = {"hours": plain(row.hours or 0), "rate": plain(row.hourly_rate or 0)}
            yield at(row, position, "amount", message, time=plain(to_pence(time)), amount=plain(row.amount), **told)

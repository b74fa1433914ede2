"""The one place that rounds, and the precision in which everything else is worked.

Sums, differences and products are exact: there is room for 500 digits, far more than the figures of an account need.
A quotient is seldom a finite decimal; it is worked to 50 significant digits, and it is the only inexact step.
Nothing is rounded to pence before it is shown.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

from outcomes.valuation._written import Amount, Written

QUOTIENT_DIGITS = 50
ROOM = 500


def _context(digits: int) -> Context:
    """Return a context of our own in every respect, so that nothing set elsewhere can change a result."""
    return Context(
        prec=digits,
        rounding=ROUND_HALF_EVEN,
        Emin=-999_999,
        Emax=999_999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


_EXACT = _context(ROOM)
_QUOTIENT = _context(QUOTIENT_DIGITS)


def exactly() -> AbstractContextManager[Context]:
    """Return the context in which every valuation is worked, whatever the caller's own decimal context is."""
    return localcontext(_EXACT)


def divide(amount: Amount, by: Amount) -> Amount:
    """Return the quotient to 50 significant digits."""
    if isinstance(amount, Written):
        return amount / by
    return _QUOTIENT.divide(amount, by)


def added(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, 0 for none; call it inside `exactly()`, where it does not depend on the order."""
    return sum(amounts, Decimal(0))


def product(amount: Decimal, by: Decimal) -> Decimal:
    """Return the exact product, whatever the caller's own decimal context is."""
    return _EXACT.multiply(amount, by)


def to_places(amount: Decimal, places: int) -> Decimal:
    """Return the amount rounded half-up to so many decimal places, and never a minus zero."""
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)
    return rounded or rounded.copy_abs()


def to_pence(amount: Decimal) -> Decimal:
    """Return the amount rounded half-up to the penny."""
    return to_places(amount, 2)


def from_float(number: float, places: int) -> Decimal:
    """Return a simulated number as a decimal of so many places."""
    return to_places(Decimal(repr(float(number))), places)

"""Formulas that write themselves.

Each step of the valuation is a plain function of arithmetic. Called with decimals it works the figure out; called with
`Written` terms it gives its own formula as text. So the formula on the page is the code that ran: they cannot part.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

_SUM, _PRODUCT, _TERM = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Written:
    """A term of a formula as text; arithmetic on it joins the texts, with brackets where they are needed."""

    text: str
    rank: int = _TERM

    def __add__(self, other: "Written | int") -> "Written":
        return _joined(self, "+", other, _SUM)

    def __radd__(self, other: int) -> "Written":
        return _joined(other, "+", self, _SUM)

    def __sub__(self, other: "Written | int") -> "Written":
        return _joined(self, "−", other, _SUM)

    def __rsub__(self, other: int) -> "Written":
        return _joined(other, "−", self, _SUM)

    def __mul__(self, other: "Written") -> "Written":
        return _joined(self, "×", other, _PRODUCT)

    def __truediv__(self, other: "Written") -> "Written":
        return _joined(self, "÷", other, _PRODUCT)

    def __neg__(self) -> "Written":
        return Written(f"−{_bracketed(self, _TERM)}", _PRODUCT)

    def __abs__(self) -> "Written":
        return Written(self.text.removeprefix("−"), self.rank)


Amount = TypeVar("Amount", Decimal, Written)
"""What a formula is called with: decimals to work it out, written terms to say it."""


def _joined(left: Written | int, sign: str, right: Written | int, rank: int) -> Written:
    """Return both terms with the sign between them; the right one of − and ÷ needs brackets at equal rank."""
    first, second = (term if isinstance(term, Written) else Written(str(term)) for term in (left, right))
    binds_tighter = rank + 1 if sign in "−÷" else rank
    text = f"{_bracketed(first, rank)} {sign} {_bracketed(second, binds_tighter, follows=True)}"
    return Written(text, rank)


def _bracketed(term: Written, rank: int, *, follows: bool = False) -> str:
    """Return the term's text, in brackets if it binds less than it must or is a negative number after a sign."""
    needs = term.rank < rank or (follows and term.text.startswith("−"))
    return f"({term.text})" if needs else term.text

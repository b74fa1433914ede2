"""The calculation of a frozen account done once more from its frozen inputs, figure by figure (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from outcomes import format as account_format
from outcomes.counting import valuation_inputs
from outcomes.valuation import value_account

WORKED_OUT = ("lines", "years", "totals")
"""The parts of the workings that are results; the rest is what they were worked out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculated:
    """One figure: where it stands in the workings, as it was frozen, and as it comes out now."""

    where: str
    frozen: str
    now: str

    @property
    def is_equal(self) -> bool:
        """Return whether it came out as it was frozen."""
        return self.frozen == self.now


def recalculated(document: Mapping[str, Any]) -> list[Recalculated]:
    """Return every figure of a frozen document, worked out once more. Raises Unacceptable if there is no account."""
    content = document["content"]
    again = value_account(valuation_inputs(account_format.from_frozen(content["account"]))).as_plain()
    frozen = {part: dict(_leaves(content["workings"][part])) for part in WORKED_OUT}
    now = {part: dict(_leaves(again[part])) for part in WORKED_OUT}
    return [
        Recalculated(where=f"{part}.{name}", frozen=figure, now=now[part].get(name, ""))
        for part, figures in frozen.items()
        for name, figure in figures.items()
    ]


def _leaves(plain: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield each figure under a part of the workings: where it stands, named by the key of its line or its year."""
    if isinstance(plain, Mapping):
        for name, value in plain.items():
            yield from _leaves(value, f"{where}.{name}" if where else str(name))
    elif isinstance(plain, list | tuple):
        for number, value in enumerate(plain, start=1):
            yield from _leaves(value, f"{where}.{_key(value, number)}" if where else _key(value, number))
    elif _is_figure(plain):
        yield where, str(plain)


def _key(value: Any, number: int) -> str:
    return str(value.get("key") or value.get("year") or number) if isinstance(value, Mapping) else str(number)


def _is_figure(plain: Any) -> bool:
    if not isinstance(plain, str):
        return False
    try:
        return Decimal(plain).is_finite()
    except ArithmeticError:
        return False

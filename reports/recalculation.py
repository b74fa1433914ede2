"""The calculation of a frozen account done once more from its frozen inputs, figure by figure (pure)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from outcomes import format as account_format
from outcomes.counting import valuation_inputs
from outcomes.valuation import Workings, value_account

WORKED_OUT = ("lines", "years", "totals")
"""The parts of the workings that are results; the rest is what they were worked out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculated:
    """One figure: where it stands in the workings, as it was frozen, and as it comes out now."""

    where: str
    frozen: str
    now: str

    @property
    def name(self) -> str:
        """Return the name by which the workings explain the figure."""
        part, _dot, rest = self.where.partition(".")
        return _NAMED[part](rest)

    @property
    def is_equal(self) -> bool:
        """Return whether it came out as it was frozen."""
        return self.frozen == self.now


def workings_of(document: Mapping[str, Any]) -> Workings:
    """Return a frozen document worked out once more. Raises Unacceptable if there is no account."""
    return value_account(valuation_inputs(account_format.from_frozen(document["content"]["account"])))


def recalculated(document: Mapping[str, Any], again: Workings | None = None) -> list[Recalculated]:
    """Return every figure of a frozen document, worked out once more. Raises Unacceptable if there is no account.

    `again` is the document worked out once more, where that was done already.
    """
    content, plain = document["content"], (again or workings_of(document)).as_plain()
    frozen = {part: dict(_leaves(content["workings"][part])) for part in WORKED_OUT}
    now = {part: dict(_leaves(plain[part])) for part in WORKED_OUT}
    return [
        Recalculated(where=f"{part}.{name}", frozen=figure, now=now[part].get(name, ""))
        for part, figures in frozen.items()
        for name, figure in figures.items()
    ]


def _of_line(where: str) -> str:
    """Return the name of a figure of a line: `O1.by_year.2` is `O1.year.2`."""
    key, _dot, rest = where.partition(".")
    kind, _dot, year = rest.partition(".")
    of_year = {"by_year": f"year.{year}", "present_values": f"year.{year}.present_value"}
    return f"{key}.{of_year.get(kind, rest)}"


def _of_year(where: str) -> str:
    """Return the name of a figure of a year: `2.impact` is `year.2`, `2.discount_factor` is `discount.2`."""
    year, _dot, kind = where.partition(".")
    return {"impact": f"year.{year}", "discount_factor": f"discount.{year}"}.get(kind, f"year.{year}.{kind}")


def _of_account(where: str) -> str:
    return {"total_inputs": "inputs"}.get(where, where)


_NAMED: Mapping[str, Callable[[str], str]] = {"lines": _of_line, "years": _of_year, "totals": _of_account}


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

"""Worked cases in the JSON form of an account (`NAME.json`), each with what it is and what must come out
(`NAME.expected.json`: `about`, and `expected` with money rounded to the penny).
"""

import json
from pathlib import Path
from typing import Any

from outcomes.format import loads
from outcomes.nouns import Facts

HERE = Path(__file__).parent
NAMES = ("employment_programme", "timebank_ireland_2023", "wheels_to_meals")


def document(name: str) -> bytes:
    """Return the account of a worked case as its JSON document."""
    return (HERE / f"{name}.json").read_bytes()


def facts(name: str) -> Facts:
    """Return the account of a worked case."""
    return loads(document(name))


def about(name: str) -> dict[str, str]:
    """Return what a worked case is: its kind, its source, and what is to be said about it."""
    found: dict[str, str] = _beside(name)["about"]
    return found


def expected(name: str) -> dict[str, Any]:
    """Return the figures that must come out of a worked case."""
    found: dict[str, Any] = _beside(name)["expected"]
    return found


def _beside(name: str) -> Any:
    return json.loads((HERE / f"{name}.expected.json").read_text(encoding="utf-8"))

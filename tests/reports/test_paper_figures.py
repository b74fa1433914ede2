"""Golden: every figure that is frozen stands in the document, rounded as documents round. Nothing is left to the file.

The frozen document is walked leaf by leaf, so that a figure which is added to it, and not to the report, goes red: it
has to be printed, or named below with the reason why not.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import pytest
import tinyhtml5
from django.utils import translation

from accounts.columns import Kind, columns
from outcomes import pictures, shown
from outcomes.format import from_frozen
from outcomes.nouns import every_row
from reports import pdf
from reports.paper._words import lasting
from tests import factories
from tests.pdf_validation.text import text_of_pages
from tests.reports.issued import issued_on, submitted_of

FACTS = {"complete": factories.complete_facts, "a study with little": factories.timebank_facts}
POUNDS = "GBP"

NOT_PRINTED: Mapping[str, str] = {
    "sensitivity.spread.places": "to how many places a run is kept: how the file is written, not what it says",
    "sensitivity.spread.dots": "fifty points of a drawing, which the report draws; their percentiles are printed",
    "sensitivity.spread.bins": "another shape of the same drawing, for pages; its percentiles are printed",
    "sensitivity.spread.percentiles.percent": "a name, which stands in the words of its row",
    "sensitivity.tornado.width": "the difference of the two ratios beside it, kept to put the bars in order",
}
"""The figures that no reader misses, each with the reason. An entry is a path without the places in lists."""

WORDS = frozenset({"key", "label", "line", "stakeholder", "name", "published", "assumption", "slug", "title"})
"""Leaves that are words, whatever they look like."""


def pounds(figure: str) -> str:
    """Return an amount as a column has it, without its sign."""
    return shown.money(Decimal(figure), POUNDS).replace("£", "", 1)


def number(figure: str) -> str:
    return shown.number(Decimal(figure))


def share(figure: str) -> str:
    return shown.share(abs(Decimal(figure)))


def years(figure: str) -> str:
    return shown.years(Decimal(figure))


MONEY = (
    *("value_each", "gross", "after_deadweight", "after_displacement", "impact", "present_value", "by_year"),
    *("present_values", "gross_value", "total_present_value", "total_inputs", "net_present_value", "ratio"),
    *("net_ratio", "ratio_low", "ratio_high", "mean", "amount", "discounted_inputs", "difference"),
)
SHARES = ("deadweight", "displacement", "attribution", "drop_off", "rate", "importance_share", "below_one", "change")
NUMBERS = ("quantity", "weight", "values", "year", "draws", "ranges", "first_year", "from_year")
HOW: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(MONEY, pounds),
    **dict.fromkeys(SHARES, share),
    **dict.fromkeys(NUMBERS, number),
    "seed": str,
    "importance": lambda figure: shown.number(Decimal(figure), 2),
    "discount_factor": lambda figure: shown.number(Decimal(figure), 6),
    "payback": years,
    "duration": lambda figure: lasting(int(figure)),
}
"""How each figure is written on paper, by its name. Those of an assumption are written as the assumption asks."""


def leaves(plain: Any, path: tuple[str, ...] = (), assumption: str = "") -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each leaf that is a figure, with the names that lead to it and the assumption that it belongs to."""
    if isinstance(plain, Mapping):
        for name, part in plain.items():
            if name not in WORDS:
                yield from leaves(part, (*path, name), plain.get("assumption", ""))
    elif isinstance(plain, list | tuple):
        for part in plain:
            yield from leaves(part, path, assumption)
    elif plain is not None and not isinstance(plain, bool) and is_figure(plain):
        yield path, str(plain), assumption


def is_figure(plain: Any) -> bool:
    try:
        return Decimal(str(plain)).is_finite()
    except InvalidOperation:
        return False


def is_exempt(path: tuple[str, ...]) -> bool:
    told = ".".join(path)
    return any(told == each or told.startswith(f"{each}.") for each in NOT_PRINTED)


def is_no_year_of_benefit(path: tuple[str, ...], figure: str) -> bool:
    """Return whether a figure says only that a change had ended, or begins at once, which is printed as nothing."""
    if path[-1] in {"by_year", "present_values", "drop_off"}:
        return not Decimal(figure)
    return path[-1] in {"first_year", "from_year"} and figure == "1"


def written(path: tuple[str, ...], figure: str, assumption: str) -> str:
    if path[-1] in {"central", "figure", "low", "high"} and assumption:
        told = pictures.assumption_figure(assumption, figure, shown.voice(POUNDS))
        return lasting(int(figure)) if assumption == "duration" and path[0] == "account" else told
    name = next(part for part in reversed(path) if part in HOW)
    return HOW[name](figure)


def worked_out(frozen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every figure of the workings and of the tests of sensitivity, as paper writes it."""
    tested = dict(frozen["content"]["sensitivity"])
    if not tested["spread"]["ranges"]:
        del tested["spread"]  # nothing was drawn
    content = {"workings": frozen["content"]["workings"], "sensitivity": tested}
    for path, figure, assumption in leaves(content):
        if not is_exempt(path) and not is_no_year_of_benefit(path, figure):
            yield ".".join(path), written(path, figure, assumption)


BY_KIND: Mapping[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: shown.number,
    Kind.WHOLE: shown.number,
    Kind.SHARE: shown.share,
    Kind.MONEY: lambda figure: shown.money(figure, POUNDS).replace("£", "", 1),
}


def entered(frozen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every figure that somebody entered, row by row, as paper writes it."""
    facts = from_frozen(frozen["content"]["account"])
    for row in (facts.account, *(row for _noun, row in every_row(facts))):
        for column in columns(type(row)):
            figure = getattr(row, column.name)
            if column.kind in BY_KIND and figure is not None and (column.name, figure) not in SAID_BY_NOTHING:
                yield f"{type(row).__name__}.{column.name} {getattr(row, 'ref', '')}", told(row, column, figure)


SAID_BY_NOTHING = {("first_year", 1)}
"""A change begins in the first year unless the report says another."""


def told(row: Any, column: Any, figure: Any) -> str:
    """Return how one figure of a row is written: a scenario's as its assumption asks, a duration in years."""
    if type(row).__name__ == "ScenarioChange":
        return pictures.assumption_figure(row.assumption.value, str(figure), shown.voice(POUNDS))
    return lasting(figure) if column.name == "duration" else BY_KIND[column.kind](figure)


def missing(wanted: Mapping[str, set[str]], text: str) -> dict[str, set[str]]:
    """Return the figures that do not stand in a text as wholes."""
    lost = {what: {each for each in figures if not stands(each, text)} for what, figures in wanted.items()}
    return {what: figures for what, figures in lost.items() if figures}


def stands(figure: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(plain(figure))}(?!\d|[.,]\d)", text) is not None


def plain(text: str) -> str:
    """Return a text without the sign of the currency, which a column has once in its head."""
    return " ".join(text.replace("£", "").split())


def words(element: Any) -> str:
    """Return what an element says, cell by cell."""
    return plain(" ".join(element.itertext()))


@cache
def frozen(name: str) -> dict[str, Any]:
    return submitted_of(FACTS[name]())


@cache
def wanted(name: str) -> Mapping[str, set[str]]:
    figures: dict[str, set[str]] = {}
    with translation.override("en-gb"):
        for what, figure in (*worked_out(frozen(name)), *entered(frozen(name))):
            figures.setdefault(what, set()).add(figure)
    return figures


@cache
def page(name: str) -> Any:
    with translation.override("en-gb"):
        html = pdf.html(frozen(name), statement=issued_on(frozen(name)))
    return tinyhtml5.parse(html, namespace_html_elements=False)


@pytest.mark.parametrize("name", FACTS)
def test_every_figure_that_is_frozen_is_in_the_document(name: str) -> None:
    assert missing(wanted(name), words(page(name))) == {}


def test_every_figure_that_is_frozen_is_on_paper() -> None:
    made = pdf.make(frozen("complete"), "en-gb", statement=issued_on(frozen("complete")))

    text = plain(" ".join(text_of_pages(made.content)))

    assert sum(map(len, wanted("complete").values())) > 400
    assert missing(wanted("complete"), text) == {}


@pytest.mark.parametrize("section", ["scope", "stakeholders", "outcomes", "value-map", "sensitivity", "assumptions"])
def test_a_section_that_is_dropped_is_missed(section: str) -> None:
    text = words(page("complete"))
    dropped = words(page("complete").find(f".//section[@id='{section}']"))

    assert dropped in text
    assert missing(wanted("complete"), text.replace(dropped, "")) != {}


def test_every_exception_is_still_needed() -> None:
    paths = {".".join(path) for path, _figure, _assumption in leaves({**frozen("complete")["content"]})}

    assert [each for each in NOT_PRINTED if not any(path.startswith(each) for path in paths)] == []

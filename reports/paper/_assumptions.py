"""The annex for an analyst: every assumption, its range, what it does to the ratio, its reason and its source."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.nouns import ImportanceBy
from outcomes import pictures, shown
from outcomes.counting import worth_of
from outcomes.nouns import Adjustment, Factor, Moved, Outcome, Valuation
from reports.paper import _sensitivity
from reports.paper._frozen import Frozen, added
from reports.paper._words import between, is_long, lasting, many

Test = dict[str, str]
Row = dict[str, Any]
_OF_FACTOR = {each: Moved(each.value) for each in Factor}


class Tests:
    """What the tests of sensitivity found, by outcome and assumption."""

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self._swings = {(each["line"], each["assumption"]): each for each in frozen.tested["tornado"]}
        self._break_even = {(each["line"], each["assumption"]): each for each in frozen.tested["break_even"]}

    def of(self, line: str | None, moved: Moved | None) -> Test:
        """Return between which ratios an assumption moves the result, and where it would be worth just one."""
        found = self._break_even.get((line, moved))
        return {
            "ratio": self._ratio(line, moved),
            "break_even": self._figure(line, moved),
            "way": _sensitivity.way(found) if found else "",
        }

    def moved(self, line: str | None, moved: Moved) -> str:
        """Return between which figures an assumption was moved."""
        swing = self._swings.get((line, moved))
        if swing is None or swing["low"] is None or swing["high"] is None:
            return ""
        low, high = (pictures.assumption_figure(moved, swing[end], self._frozen.voice) for end in ("low", "high"))
        return between(low, high)

    def _ratio(self, line: str | None, moved: Moved | None) -> str:
        swing = self._swings.get((line, moved))
        if swing is None or swing["ratio_low"] is None or swing["ratio_high"] is None:
            return ""
        low, high = sorted((Decimal(swing["ratio_low"]), Decimal(swing["ratio_high"])))
        return between(self._frozen.voice.ratio(low), self._frozen.voice.ratio(high))

    def _figure(self, line: str | None, moved: Moved | None) -> str:
        found = self._break_even.get((line, moved))
        if found is None:
            return ""
        return pictures.assumption_figure(found["assumption"], found["figure"], self._frozen.voice)


def assumptions(frozen: Frozen) -> list[dict[str, Any]]:
    """Return the assumptions of the account as a whole, then of each outcome of which a figure is stated."""
    tests = Tests(frozen)
    of_outcomes = (_of_outcome(frozen, outcome, tests) for outcome in frozen.facts.outcomes)
    return [
        {"name": _("The whole account"), "ref": "", "counts": True, "rows": list(_of_account(frozen, tests))},
        *(each for each in of_outcomes if each["rows"]),
    ]


def is_tested(frozen: Frozen) -> bool:
    """Return whether there is a ratio to hold assumptions against."""
    return frozen.totals["ratio"] is not None


def _row(label: str, figure: str, test: Test, *, spread: str = "", reason: str = "", source: str = "") -> Row:
    said = {"label": label, "figure": figure, "range": spread, "reason": reason, "source": source}
    return {**said, **test, "is_long": is_long(reason + source)}


def _of_account(frozen: Frozen, tests: Tests) -> Iterator[Row]:
    if frozen.is_in_money:
        yield from _of_money(frozen, tests)
    if frozen.facts.account.importance_by is not None:
        yield _row(
            _("How importance was found"),
            _(frozen.facts.account.importance_by.label),
            tests.of(None, None),
            reason=importance_found(frozen),
        )


def importance_found(frozen: Frozen) -> str:
    """Return how the points came about, as a sentence; nothing if the account does not say."""
    by = frozen.facts.account.importance_by
    return _(_FOUND[by]) if by is not None else ""


_FOUND = {
    ImportanceBy.POINTS: _n("People shared out points between the changes."),
    ImportanceBy.RANKING: _n(
        "People put the changes in order. The last of them has one point, the one before it two, and so on;"
        " those in the same place share the points of their places."
    ),
}


def _of_money(frozen: Frozen, tests: Tests) -> Iterator[Row]:
    """Yield what a value in money rests on besides the outcomes: rates, inputs, prices."""
    rates, account = frozen.told["rates"], frozen.facts.account
    yield _row(
        _("Discount rate"),
        _rates(rates["bands"]),
        tests.of(None, Moved.DISCOUNT_RATE),
        spread=tests.moved(None, Moved.DISCOUNT_RATE),
        source=_source_of(rates),
    )
    put_in = added(worth_of(row) for row in frozen.facts.inputs)
    yield _row(
        _("All that was put in"),
        shown.money(put_in, frozen.currency),
        tests.of(None, Moved.INPUTS),
        spread=tests.moved(None, Moved.INPUTS),
        reason=_("Each contribution and its source stand in the first part. For the test, a tenth less or more."),
    )
    series = frozen.told["price_series"]
    yield _row(
        _("Price base"),
        account.price_base or _("not stated"),
        tests.of(None, None),
        reason=_(series["title"]) if series else "",
        source=_(series["source"]) if series else "",
    )
    yield from _of_all_outcomes(tests)


def _of_all_outcomes(tests: Tests) -> Iterator[Row]:
    """Yield the tests of figures without a stated range, which are moved on all outcomes at once."""
    for moved in Moved:
        test = tests.of(None, moved)
        if moved not in {Moved.INPUTS, Moved.DISCOUNT_RATE} and test["ratio"]:
            label = _("%(assumption)s, all outcomes") % {"assumption": _(moved.label)}
            how = _("a year less or more") if moved is Moved.DURATION else _("a tenth less or more")
            yield _row(label, "", test, spread=how, reason=_("Moved together wherever no range is stated."))


def _rates(bands: Iterable[Mapping[str, Any]]) -> str:
    """Return one rate, or each with the year that it starts in."""
    told = [(each["from_year"], shown.share(Decimal(each["rate"]))) for each in bands]
    if len(told) == 1:
        return told[0][1]
    return "; ".join(_("%(rate)s from year %(year)s") % {"rate": rate, "year": year} for year, rate in told)


def _source_of(table: Mapping[str, Any]) -> str:
    """Return the source of a table and its title, where that says more; both may be words of ours."""
    return ". ".join(dict.fromkeys(part for part in (_(table["title"]), _(table["source"])) if part))


def _of_outcome(frozen: Frozen, outcome: Outcome, tests: Tests) -> dict[str, Any]:
    factors: dict[Factor, Adjustment] = {}
    for row in frozen.facts.adjustments:
        if row.outcome == outcome.ref:
            factors.setdefault(row.factor, row)
    valuation = next((row for row in frozen.facts.valuations if row.outcome == outcome.ref), None)
    rows = [
        _quantity(outcome, tests),
        *_worth(frozen, outcome, valuation, tests),
        *(_factor(outcome, factor, factors.get(factor), tests) for factor in Factor),
        _lasting(outcome, tests),
    ]
    counts = outcome.ref in frozen.line_by_key
    stated = rows if counts else [row for row in rows if row["figure"]]
    return {"name": outcome.name, "ref": outcome.ref, "counts": counts, "rows": stated}


def _quantity(outcome: Outcome, tests: Tests) -> Row:
    return _row(
        _("Quantity"),
        many(outcome) if outcome.quantity is not None else "",
        tests.of(outcome.ref, Moved.QUANTITY),
        spread=between(shown.number(outcome.quantity_low), shown.number(outcome.quantity_high)),
        source=outcome.quantity_source,
    )


def _worth(frozen: Frozen, outcome: Outcome, row: Valuation | None, tests: Tests) -> Iterator[Row]:
    test, currency = tests.of(outcome.ref, Moved.VALUE), frozen.currency
    if row is None:
        yield _row(_("Value of one"), "", test)
        return
    if row.value is not None or row.weight is None:
        yield _row(
            _("Value of one"),
            shown.money(row.value, currency),
            test,
            spread=between(shown.money(row.value_low, currency), shown.money(row.value_high, currency)),
            reason=_sentences(_proxy(row), row.reason, _asked(row)),
            source=_sentences(row.source, row.link),
        )
    if row.weight is not None:
        anchor = _("The outcome that the others are weighed against.") if row.anchor else ""
        yield _row(
            _("Relative importance"),
            shown.number(row.weight),
            tests.of(None, None),
            reason=_sentences(_place(row), anchor, "" if row.value is not None else row.reason, _asked(row)),
            source="" if row.value is not None else row.source,
        )


def _proxy(row: Valuation) -> str:
    if row.proxy and row.price_period:
        return _("%(proxy)s, in the prices of %(period)s") % {"proxy": row.proxy, "period": row.price_period}
    return row.proxy


def _place(row: Valuation) -> str:
    """Return the place of an outcome in the ranking, as words."""
    return _("In place %(place)s of the ranking.") % {"place": shown.number(row.rank)} if row.rank else ""


def _asked(row: Valuation) -> str:
    return _("Stakeholders informed it.") if row.asked_stakeholders else ""


def _factor(outcome: Outcome, factor: Factor, row: Adjustment | None, tests: Tests) -> Row:
    test, label = tests.of(outcome.ref, _OF_FACTOR[factor]), _(factor.label).partition(":")[0]
    if row is None:
        return _row(label, "", test)
    return _row(
        label,
        shown.share(row.figure),
        test,
        spread=between(shown.share(row.low), shown.share(row.high)),
        reason=_sentences(_(row.sentence) if row.sentence else "", row.reason),
        source=_sentences(row.source, row.judged_by),
    )


def _lasting(outcome: Outcome, tests: Tests) -> Row:
    start = outcome.first_year or 1
    starts = _("From year %(year)s") % {"year": start} if start > 1 else ""
    return _row(
        _("How long it lasts"),
        lasting(outcome.duration) if outcome.duration else "",
        tests.of(outcome.ref, Moved.DURATION),
        reason=_sentences(starts, outcome.duration_evidence),
    )


def _sentences(*parts: str) -> str:
    """Return the parts that are there, one after another, each closed by a full stop unless it has an end already."""
    there = [part for part in parts if part]
    return " ".join(part if part[-1] in ".?!”" or part is there[-1] else f"{part}." for part in there)

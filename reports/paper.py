"""What a report says, section by section: the frozen document put into the words of a language, ready for the template.

Reads the document and nothing else. The account in it is read back by the same strict reader that takes any account.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.columns import Choice, Noun
from outcomes import format as account_format, pictures, shown
from outcomes.charts.figure import Voice
from outcomes.counting import Why
from outcomes.nouns import Adjustment, Factor, Facts, Outcome, Valuation, called
from outcomes.principles import CHECKS, PRINCIPLES
from stakeholders.nouns import Consideration, Extent, Statement

Plain = Mapping[str, Any]
WIDTH = 480
"""The width that charts are laid out for on paper: the column of an A4 page."""


def context(document: Plain, *, sha256: str) -> dict[str, Any]:
    """Return everything that the template of the report needs, in the language that is active."""
    held = document["content"]
    facts = account_format.from_frozen(held["account"])
    currency = facts.account.currency
    voice = shown.voice(currency)
    workings, tested = held["workings"], held["sensitivity"]
    return {
        "document": document,
        "sha256": sha256,
        "organisation": held["organisation"],
        "account": facts.account,
        "facts": facts,
        "currency": currency,
        "taken_at": dt.datetime.fromisoformat(document["taken_at"]),
        "status": document["status"],
        "totals": _figures(workings["totals"]),
        "is_in_money": workings["totals"]["is_in_money"],
        "range": _range(tested),
        "convention": convention(workings),
        "rates": workings["inputs"]["rates"],
        "prices": workings["inputs"]["price_series"],
        "value_pictures": pictures.of_value(workings, facts, voice, width=WIDTH),
        "sensitivity_pictures": pictures.of_sensitivity(tested, workings, facts, voice, width=WIDTH),
        "measured": pictures.of_measurement(facts, voice, width=WIDTH),
        "theory": pictures.of_change(facts, voice, width=WIDTH),
        "groups": list(_groups(facts)),
        "outcomes": list(_outcomes(facts, workings)),
        "lines": [_line(each) for each in workings["lines"]],
        "years": [_figures(each) for each in workings["years"]],
        "break_even": list(_break_even(tested, facts, voice)),
        "scenarios": [{**_figures(each), "name": each["scenario"]["name"]} for each in tested["scenarios"]],
        "readiness": [_standing(each) for each in held["readiness"]],
        "principles": list(_principles(held["findings"])),
        "co_production": [_statement(each) for each in held["co_production"]],
        "left_out": [_left_out(each, facts) for each in held["left_out"]],
        "assumptions": list(_assumptions(facts)),
        "input_rows": list(_inputs(facts)),
    }


def convention(workings: Plain) -> str:
    """Return the sentence on the first year, which stands beside every ratio."""
    if workings["inputs"]["year_one_is_discounted"]:
        return _("The first year of benefit is discounted.")
    return _("The first year of benefit is not discounted.")


def _figures(plain: Plain) -> dict[str, Any]:
    """Return plain data with its figures as decimals; words, counts and answers stay as they are."""
    return {name: _figure(value) for name, value in plain.items()}


def _figure(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    digits = value.removeprefix("-")
    return Decimal(value) if digits.replace(".", "", 1).isdigit() else value


def _range(tested: Plain) -> dict[str, Decimal] | None:
    """Return the ratio with every stated range at its cautious end, and at its hopeful end."""
    low, high = tested["pessimistic"]["ratio"], tested["optimistic"]["ratio"]
    if low is None or high is None or low == high:
        return None
    return {"low": Decimal(low), "high": Decimal(high)}


def _groups(facts: Facts) -> Iterator[dict[str, Any]]:
    subgroups, occasions = defaultdict(list), defaultdict(list)
    for part in facts.subgroups:
        subgroups[part.stakeholder].append(part)
    for occasion in facts.involvement:
        occasions[occasion.stakeholder].append(occasion)
    for row in facts.stakeholders:
        yield {
            "row": row,
            "decision": _(row.decision.label) if row.decision else _("Not decided"),
            "included": row.decision is Consideration.INCLUDED,
            "subgroups": subgroups[row.ref],
            "occasions": occasions[row.ref],
        }


def _outcomes(facts: Facts, workings: Plain) -> Iterator[dict[str, Any]]:
    lines = {line["key"]: _line(line) for line in workings["lines"]}
    groups = {row.ref: row.name for row in facts.stakeholders}
    names = {row.ref: called(row) for row in (*facts.outcomes, *facts.outputs)}
    indicators, seen = defaultdict(list), defaultdict(list)
    for observation in facts.observations:
        seen[observation.indicator].append(observation)
    for indicator in facts.indicators:
        indicators[indicator.outcome].append({"row": indicator, "observations": seen[indicator.ref]})
    for row in facts.outcomes:
        yield {
            "row": row,
            "group": groups.get(row.stakeholder, ""),
            "kinds": ", ".join(_kinds(row)),
            "line": lines.get(row.ref),
            "indicators": indicators[row.ref],
            "causes": [names.get(link.cause, link.cause) for link in facts.chain_of_events if link.effect == row.ref],
            "effects": [names.get(link.effect, link.effect) for link in facts.chain_of_events if link.cause == row.ref],
        }


def _kinds(row: Outcome) -> Iterator[str]:
    answers: Sequence[Choice | None] = (row.dimension, row.level, row.direction)
    yield from (_(answer.label).lower() for answer in answers if answer is not None)
    if row.intended is not None:
        yield _("intended") if row.intended else _("not intended")


def _line(plain: Plain) -> dict[str, Any]:
    line = _figures(plain)
    line["by_year"] = [None if each is None else Decimal(each) for each in plain["by_year"]]
    line["present_values"] = [None if each is None else Decimal(each) for each in plain["present_values"]]
    return line


def _break_even(tested: Plain, facts: Facts, voice: Voice) -> Iterator[dict[str, str]]:
    names = {row.ref: row.name for row in facts.outcomes}
    for each in tested["break_even"]:
        yield {
            "label": pictures.assumption_words(each["line"], each["assumption"], names, voice),
            "central": pictures.assumption_figure(each["assumption"], each["central"], voice),
            "shown": pictures.assumption_figure(each["assumption"], each["figure"], voice),
            "why_none": _(each["why_none"]) if each["why_none"] else "",
        }


def _standing(plain: Plain) -> dict[str, Any]:
    return {
        "number": plain["principle"],
        "title": _(plain["title"]),
        "status": plain["status"],
        "sentence": _(plain["message"]) % plain["params"],
    }


def _principles(findings: Sequence[Plain]) -> Iterator[dict[str, Any]]:
    for principle in PRINCIPLES:
        own = [each for each in findings if each["principle"] == principle.number]
        yield {
            "number": principle.number,
            "title": _(principle.title),
            "gist": _(principle.gist),
            "findings": [_finding(each) for each in own],
        }


def _finding(plain: Plain) -> dict[str, Any]:
    check = CHECKS.get(plain["check"])
    explained = [item for item in plain["items"] if item["reason"]]
    is_explained = bool(plain["reason"]) or (len(explained) == len(plain["items"]) > 0)
    return {
        "question": _(check.question) if check else plain["check"],
        "state": "explained" if plain["status"] == "needs_reason" and is_explained else plain["status"],
        "sentence": _(plain["message"]) % plain["params"],
        "reason": plain["reason"],
        "reasons": explained,
    }


def _statement(plain: Plain) -> dict[str, Any]:
    return {
        "statement": _(Statement(plain["statement"]).label),
        "extent": _(Extent(plain["extent"]).label) if plain["extent"] else "",
        "explanation": plain["explanation"],
        "evidence": plain["evidence"],
    }


def _left_out(plain: Plain, facts: Facts) -> dict[str, Any]:
    row = next(each for each in facts.outcomes if each.ref == plain["outcome"])
    return {"row": row, "why": _(Why(plain["why"]).label), "reason": plain["reason"]}


def _assumptions(facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield, for each outcome, everything that its value rests on: figure, range, reason, source, who said so."""
    valuations = {row.outcome: row for row in facts.valuations}
    factors: dict[str, dict[Factor, Adjustment]] = defaultdict(dict)
    for row in facts.adjustments:
        factors[row.outcome][row.factor] = row
    for outcome in facts.outcomes:
        yield {
            "row": outcome,
            "rows": [
                _quantity(outcome),
                *_worth(valuations.get(outcome.ref), facts.account.currency),
                *(_factor(factor, factors[outcome.ref].get(factor)) for factor in Factor),
                _lasting(outcome),
            ],
        }


def _assumption(label: str, figure: str, spread: str, reason: str, source: str) -> dict[str, str]:
    return {"label": label, "figure": figure, "range": spread, "reason": reason, "source": source}


def _quantity(outcome: Outcome) -> dict[str, str]:
    figure = " ".join(part for part in (shown.number(outcome.quantity), outcome.quantity_unit) if part)
    spread = _between(shown.number(outcome.quantity_low), shown.number(outcome.quantity_high))
    return _assumption(_("Quantity"), figure, spread, "", outcome.quantity_source)


def _worth(row: Valuation | None, currency: str) -> Iterator[dict[str, str]]:
    if row is None:
        yield _assumption(_("Value of one"), "", "", "", "")
        return
    if row.value is not None or row.weight is None:
        spread = _between(shown.money(row.value_low, currency), shown.money(row.value_high, currency))
        proxy = f"{row.proxy} ({row.price_period})" if row.price_period else row.proxy
        why = ". ".join(part for part in (proxy, row.reason) if part)
        yield _assumption(_("Value of one"), shown.money(row.value, currency), spread, why, row.source)
    if row.weight is not None:
        yield _assumption(_("Relative importance"), shown.number(row.weight), "", row.reason, row.source)


def _factor(factor: Factor, row: Adjustment | None) -> dict[str, str]:
    label = _(factor.label)
    if row is None:
        return _assumption(label, "", "", "", "")
    source = ". ".join(part for part in (row.source, row.judged_by) if part)
    return _assumption(
        label, shown.share(row.figure), _between(shown.share(row.low), shown.share(row.high)), row.reason, source
    )


def _lasting(outcome: Outcome) -> dict[str, str]:
    start = outcome.first_year or 1
    figure = shown.years(Decimal(outcome.duration)) if outcome.duration else ""
    why = _("From year %(year)s.") % {"year": start}
    return _assumption(_("How long it lasts"), figure, "", f"{why} {outcome.duration_evidence}".strip(), "")


def _between(low: str, high: str) -> str:
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return low or high


def _inputs(facts: Facts) -> Iterator[dict[str, Any]]:
    groups: dict[str, Noun] = {row.ref: row for row in facts.stakeholders}
    for row in facts.inputs:
        group = groups.get(row.stakeholder)
        yield {
            "row": row,
            "group": called(group) if group else "",
            "kind": _(row.kind.label) if row.kind else "",
            "year": row.year or 1,
        }

"""What a report says, part by part: the frozen document put into the words of a language, ready for the template.

Reads the document and nothing else. The account in it is read back by the same strict reader that takes any account.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.models import OrganisationType
from outcomes import shown
from reports import codes, document
from reports.paper import (
    _assumptions,
    _changes,
    _people,
    _pictures,
    _principles,
    _sensitivity,
    _since,
    _value_map,
    _verify,
)
from reports.paper._assurance import LEVELS as LEVELS, Assurance, assurance as assurance
from reports.paper._frozen import Frozen, Plain, decimal, read
from reports.paper._statement import (
    elements as elements,
    not_covered as not_covered,
    opinion as opinion,
    sentence as sentence,
    statement as statement_told,
    verdict,
)
from reports.paper._summary import summary
from reports.statement import EDITIONS, drawn_from, edition_of, principles_of

PARTS = {
    "scope": _n("The organisation and what this covers"),
    "stakeholders": _n("Who is affected, and how they were asked"),
    "theory": _n("How change happens"),
    "outcomes": _n("What changed, and how we know"),
    "material": _n("What counts, what is left out, and why"),
    "value-map": _n("What it is worth: the value map"),
    "sensitivity": _n("How sure it is"),
    "principles": _n("The seven principles"),
    "co-production": _n("Co-production"),
    "limitations": _n("Limitations"),
    "evidence": _n("Where to look: the evidence"),
    "assumptions": _n("Every assumption, with its source"),
    "statement": _n("The assurance statement"),
    "check": _n("How to check this document"),
}
"""The parts of a report in their order: the place of each in the document, and its title."""

STATEMENT = "statement.json"
ATTACHED = {
    "account.json": _n("Every input of the account, in the documented form: any program can read it."),
    "account.xlsx": _n("The account as a workbook: its value map works the figures out again with live formulas."),
    "snapshot.json": _n("The frozen document that this report was drawn from: inputs, workings and findings."),
    STATEMENT: _n("The statement of the assurer, as it was read and signed."),
}
"""The files that travel inside the PDF, and what each holds."""

TERMS = (
    (_n("Outcome"), _n("a change in somebody’s life, for better or worse")),
    (_n("Output"), _n("what was done, counted: sessions, meals; never a value in itself")),
    (_n("Proxy"), _n("a price or cost that stands in for what a change is worth")),
    (_n("Deadweight"), _n("the part that would have happened anyway")),
    (_n("Displacement"), _n("the part that only moved from somewhere else")),
    (_n("Attribution"), _n("the part that others brought about")),
    (_n("Impact"), _n("what is left of a value when those three parts are taken off")),
    (_n("Drop-off"), _n("how much of a change wears off each year")),
    (_n("Present value"), _n("what later money is worth today")),
    (_n("Material"), _n("matters enough that leaving it out would mislead")),
    (_n("Assurance"), _n("somebody independent has checked how it was done")),
)
"""The terms of the field that a report cannot do without, and what each means."""


def context(
    frozen_document: Plain,
    *,
    statement: Plain | None = None,
    edition: str = codes.FULL,
    replaced: Sequence[str] = (),
) -> dict[str, Any]:
    """Return everything that the template of the report needs, in the language that is active.

    `statement` is what an assurer signed on the document (`queries.issued`), if anybody did. `replaced` names the
    characters that no typeface can draw, which stand in the report by their names.
    """
    frozen = read(frozen_document)
    sha256 = document.sha256(document.canonical(frozen_document))
    said = _said(frozen, statement)
    since = _since.since(frozen_document)
    contents = [{"id": name, "title": _(title)} for name, title in PARTS.items()]
    return {
        "document": frozen_document,
        "sha256": sha256,
        "verify": _verify.verify(drawn_from(sha256, statement), edition),
        "replaced": replaced,
        "taken_at": dt.datetime.fromisoformat(frozen_document["taken_at"]),
        "parts": {name.replace("-", "_"): _(title) for name, title in PARTS.items()},
        "contents": _since.with_part(contents, since),
        "since": since,
        "attached": _attached(with_statement=statement is not None),
        "terms": [{"term": _(term), "meaning": _(meaning)} for term, meaning in TERMS],
        "account": frozen.facts.account,
        "organisation": _organisation(frozen),
        "currency": frozen.currency,
        "sign": shown.symbol(frozen.currency).strip(),
        **_result(frozen),
        **said,
        **_drawn(frozen, is_crowded=said["summary"]["is_crowded"]),
    }


def _attached(*, with_statement: bool) -> list[dict[str, str]]:
    told = ATTACHED if with_statement else {name: ATTACHED[name] for name in ATTACHED if name != STATEMENT}
    return [{"name": name, "holds": _(holds)} for name, holds in told.items()]


def _standing(held: Assurance) -> dict[str, Any]:
    """Return what the report is, as each page says it, and its level beside the others."""
    levels = [
        {"name": _(each.name), "means": _(each.means), "is_this": each.code == held.level.code}
        for each in LEVELS.values()
    ]
    (this,) = (each for each in levels if each["is_this"])
    return {"status": held.look, "status_words": _(held.words), "level": this, "levels": levels}


def _organisation(frozen: Frozen) -> dict[str, str]:
    plain = frozen.content["organisation"]
    kinds = {str(kind.value): str(kind.label) for kind in OrganisationType}
    reinvested = decimal(plain["reinvested_share"] or None)
    return {
        "name": plain["name"],
        "purpose": plain["purpose"],
        "kind": kinds.get(plain["type"], ""),
        "reinvested": shown.share(reinvested),
    }


def _result(frozen: Frozen) -> dict[str, Any]:
    """Return what the account comes to, and how it was worked out."""
    return {
        "totals": frozen.totals,
        "is_in_money": frozen.is_in_money,
        "one": shown.symbol(frozen.currency) + shown.number(Decimal(1)),
        "range": _sensitivity.ends(frozen),
        "convention": _convention(frozen),
        "year_count": len(frozen.years),
        "total_rows": _value_map.totals(frozen),
        "value_groups": _value_map.groups(frozen),
        "importance": _value_map.importance(frozen),
        "importance_found": _assumptions.importance_found(frozen),
        "unvalued": _value_map.unvalued(frozen.lines) if frozen.is_in_money else [],
        "years": _value_map.years(frozen),
        "years_are_few": _value_map.years_are_few(frozen),
        "spans": _value_map.spans_of_years(frozen),
        "uprated": _value_map.uprated(frozen),
        "anchored": _value_map.anchored(frozen),
        "nearest": _sensitivity.nearest_to_break_even(frozen),
        "scenarios": _sensitivity.scenarios(frozen),
        "spread": _sensitivity.spread(frozen),
    }


def _said(frozen: Frozen, issued: Plain | None) -> dict[str, Any]:
    """Return what the account says of itself, and what an assurer says of it."""
    held = assurance(frozen.document["status"], issued)
    told = statement_told(issued, principles_of(frozen.content))
    outcomes = list(_changes.outcomes(frozen))
    judged = {each["number"]: each for each in told["verdicts"]} if told else {}
    return {
        **_standing(held),
        "kept_against": _(EDITIONS[edition_of(frozen.content)].title),
        "statement": told,
        "summary": summary(frozen, verdict(held, told, issued["document"] if issued else None)),
        "groups": list(_people.groups(frozen)),
        "inputs": _people.inputs(frozen),
        "outputs": _people.outputs(frozen),
        "chain": _changes.chain(frozen),
        "outcomes": outcomes,
        "bare": [each for each in outcomes if each["is_bare"]],
        "material": _changes.material(frozen),
        "left_out": list(_changes.left_out(frozen)),
        "evidence": _changes.evidence(frozen),
        "readiness": _principles.readiness(frozen, held.level.code, judged),
        "principles": [_placed(each) for each in _principles.principles(frozen, held.level.code, judged)],
        "co_production": [_placed(each) for each in _principles.co_production(frozen)],
        "assumptions": _assumptions.assumptions(frozen),
        "is_tested": _assumptions.is_tested(frozen),
    }


def _placed(held: dict[str, Any]) -> dict[str, Any]:
    """Return what is told with the titles of the parts in which more stands."""
    return {**held, "places": [{"id": name, "title": _(PARTS[name])} for name in held["places"]]}


def _drawn(frozen: Frozen, *, is_crowded: bool) -> dict[str, Any]:
    """Return the drawings."""
    theory, drawn = _pictures.of_change(frozen)
    return {
        "summary_pictures": _pictures.of_summary(frozen, is_crowded=is_crowded),
        "value_pictures": _pictures.of_value(frozen),
        "sensitivity_pictures": _pictures.of_sensitivity(frozen),
        "measured": _pictures.of_measurement(frozen),
        "theory": theory,
        "theory_shows": drawn,
        "theory_is_wide": _pictures.is_wide(theory),
    }


def _convention(frozen: Frozen) -> str:
    """Return the sentence on the first year, which stands beside every ratio."""
    if frozen.told["year_one_is_discounted"]:
        return _("The first year of benefit is discounted.")
    return _("The first year of benefit is not discounted.")

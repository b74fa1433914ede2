"""What changed, how that is known, what leads to what, and which changes count."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from outcomes import shown
from outcomes.counting import Why
from outcomes.nouns import Evidence, Indicator, Moment, Observation, Outcome
from reports.paper._frozen import Frozen, Line
from reports.paper._words import day, is_long, lasting, many, reading, said, whole, yes_or_no
from stakeholders.nouns import Consideration

Told = dict[str, str]


def outcomes(frozen: Frozen) -> Iterator[dict[str, Any]]:
    """Yield every outcome with what is known of it."""
    subgroups = {row.ref: row.name for row in frozen.facts.subgroups}
    indicators: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in frozen.facts.indicators:
        indicators[indicator.outcome].append(indicator)
    seen = _observations(frozen)
    for row in frozen.facts.outcomes:
        told = [each for each in _told(frozen, row) if each["text"]]
        yield {
            "row": row,
            "is_bare": not row.description and not indicators[row.ref],
            "is_long": is_long("".join(each["text"] for each in told)),
            "who": _who(frozen, row, subgroups),
            "kinds": ", ".join(_kinds(row)),
            "told": told,
            "indicators": [_indicator(each, seen[each.ref]) for each in indicators[row.ref]],
        }


def _observations(frozen: Frozen) -> dict[str, list[Observation]]:
    seen: dict[str, list[Observation]] = defaultdict(list)
    for observation in frozen.facts.observations:
        seen[observation.indicator].append(observation)
    return seen


def _who(frozen: Frozen, row: Outcome, subgroups: dict[str, str]) -> str:
    group = frozen.groups.get(row.stakeholder, row.stakeholder)
    part = subgroups.get(row.subgroup, "")
    who = f"{group}: {part}" if part else group
    return _("%(many)s (%(group)s)") % {"many": many(row), "group": who} if row.quantity is not None else who


def _kinds(row: Outcome) -> Iterator[str]:
    yield from (said(answer).lower() for answer in (row.dimension, row.level, row.direction) if answer is not None)
    if row.intended is not None:
        yield _("intended") if row.intended else _("not intended")


def _told(frozen: Frozen, row: Outcome) -> Iterator[Told]:
    """Yield what the account says of an outcome, in the order in which a reader asks."""
    links = frozen.facts.chain_of_events
    yield _point(_("Comes from"), _named(frozen, [link.cause for link in links if link.effect == row.ref]))
    yield _point(_("Leads to"), _named(frozen, [link.effect for link in links if link.cause == row.ref]))
    yield _point(_("Without the activity"), row.counterfactual)
    yield _point(_("How long it lasts"), _lasts(row))
    yield _point(_("What it is worth"), _worth(frozen, frozen.line_by_key.get(row.ref)))
    yield _point(_("Apart from others"), row.overlap_reason)
    yield _point(_("Well-being goals of Wales"), "; ".join(_goals(frozen, row)))
    yield _point(_("Sustainable Development Goals"), "; ".join(_targets(frozen, row)))
    yield _point(_("Evidence"), "; ".join(each.name for each in frozen.facts.evidence if each.about_row == row.ref))


def _goals(frozen: Frozen, row: Outcome) -> Iterator[str]:
    """Yield the goals of Wales that a change relates to, and how."""
    for each in frozen.facts.well_being_goals:
        if each.outcome == row.ref:
            yield ": ".join(filter(None, (said(each.goal), each.how)))


def _targets(frozen: Frozen, row: Outcome) -> Iterator[str]:
    for each in frozen.facts.sdg_targets:
        if each.outcome == row.ref:
            yield ": ".join(filter(None, (each.target, each.how)))


def _point(label: str, text: str) -> Told:
    return {"label": label, "text": text}


def _named(frozen: Frozen, refs: Sequence[str]) -> str:
    return "; ".join(frozen.called(ref) for ref in refs)


def _lasts(row: Outcome) -> str:
    parts = []
    if row.duration:
        parts.append(lasting(row.duration))
    if row.first_year and row.first_year > 1:
        parts.append(_("from year %(year)s") % {"year": row.first_year})
    return ". ".join(part for part in (", ".join(parts), row.duration_evidence) if part)


def _worth(frozen: Frozen, line: Line | None) -> str:
    if line is None:
        return _("Not counted in the result.")
    if line.present_value is not None:
        params = {"worth": whole(line.present_value, frozen.currency)}
        return _("%(worth)s in all, at today’s value, after what is not ours to claim is taken off.") % params
    if line.importance_share is not None:
        return _("%(share)s of the importance of all changes.") % {"share": shown.share(line.importance_share)}
    return _("Not valued.")


def _indicator(row: Indicator, seen: Sequence[Observation]) -> dict[str, Any]:
    before = [each for each in seen if each.moment is Moment.BEFORE]
    since = [each for each in seen if each.moment is not Moment.BEFORE]
    return {
        "name": row.name,
        "target": shown.number(row.target),
        "unit": row.unit,
        "before": [_reading(each, row) for each in before],
        "since": [_reading(each, row) for each in since],
        "sources": list(dict.fromkeys(words for each in seen for words in (each.source, each.note) if words)),
    }


def _reading(row: Observation, indicator: Indicator) -> Told:
    moment = said(row.moment).partition(":")[0] if row.moment is Moment.DURING else ""
    return {"figure": reading(row, indicator.measure), "when": ", ".join(filter(None, (moment, day(row.observed_on))))}


def chain(frozen: Frozen) -> list[Told]:
    """Return what leads to what, and how that is known."""
    return [
        {"cause": frozen.called(link.cause), "effect": frozen.called(link.effect), "why": link.why}
        for link in frozen.facts.chain_of_events
    ]


def material(frozen: Frozen) -> list[dict[str, Any]]:
    """Return, for every outcome, whether it counts, and on which grounds."""
    why_out = {each["outcome"]: each for each in frozen.content["left_out"]}
    return [_decision(row, why_out.get(row.ref)) for row in frozen.facts.outcomes]


def _decision(row: Outcome, out: dict[str, str] | None) -> dict[str, Any]:
    return {
        "name": row.name,
        "relevant": yes_or_no(answer=row.relevant),
        "relevance_reason": row.relevance_reason,
        "significant": yes_or_no(answer=row.significant),
        "significance_reason": row.significance_reason,
        "counts": out is None,
        "decision": said(Why(out["why"])) if out else _("Counts"),
        "reason": row.decision_reason,
        "is_long": is_long(row.relevance_reason, row.significance_reason, row.decision_reason),
    }


def left_out(frozen: Frozen) -> Iterator[dict[str, Any]]:
    """Yield everything that was considered and is not in the result: groups, changes, and changes without a value."""
    for group in frozen.facts.stakeholders:
        if group.decision is not Consideration.INCLUDED:
            why = said(group.decision, _("Not decided")).lower()
            yield _out(_("Group"), group.name, why, group.reason)
    for each in frozen.content["left_out"]:
        row = frozen.outcome_by_ref[each["outcome"]]
        yield _out(_("Outcome"), row.name, said(Why(each["why"])).lower(), each["reason"])
    for line in frozen.lines:
        if frozen.is_in_money and line.value_each is None:
            yield _out(_("Outcome"), line.label, _("counted, without a value in money"), "")


def _out(kind: str, name: str, why: str, reason: str) -> dict[str, Any]:
    return {"kind": kind, "name": name, "why": why, "reason": reason, "is_long": is_long(reason)}


def evidence(frozen: Frozen) -> list[dict[str, str]]:
    """Return what somebody could look at, and which part of the account it bears out."""
    return [_piece(frozen, row) for row in frozen.facts.evidence]


def _piece(frozen: Frozen, row: Evidence) -> dict[str, str]:
    return {
        "name": row.name,
        "kind": said(row.kind),
        "about": frozen.called(row.about_row) if row.about_row else _("The account as a whole"),
        "dated": day(row.dated),
        "link": row.link,
        "note": row.note,
    }

"""The seven principles and the five statements of co-production, each with how the account stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes.principles import CHECKS, Status
from reports.paper._assurance import INDEPENDENT, PEER_PANEL
from reports.paper._frozen import Frozen, Plain
from reports.paper._words import is_long, said
from reports.statement import principles_of
from stakeholders.nouns import Extent, Statement

MOST_ITEMS = 6
EXPLAINED = "explained"
WAITING = "waiting"
PEERS = "peers"
Judged = Mapping[int, Plain]
"""What the assurer judged, by the number of the principle."""

PLACES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("stakeholders",),
        2: ("theory", "outcomes"),
        3: ("value-map", "assumptions"),
        4: ("material",),
        5: ("sensitivity", "assumptions"),
        6: ("scope", "limitations", "assumptions"),
        7: ("evidence", "statement", "check"),
    }
)
"""The parts of the report in which the answers to each principle stand."""
PLACES_OF_STATEMENTS: Mapping[Statement, tuple[str, ...]] = MappingProxyType(
    {
        Statement.ASSETS: ("scope",),
        Statement.INVOLVED: ("stakeholders",),
        Statement.RESPONSIBILITY: ("outcomes",),
        Statement.PARTNERSHIP: ("stakeholders",),
        Statement.OUTCOMES: ("stakeholders", "material"),
    }
)
"""The same for each statement of co-production; a listed piece of evidence has its own part besides."""


def readiness(frozen: Frozen, level: str, judged: Judged) -> list[dict[str, Any]]:
    """Return how the account stands with each principle, in a sentence, beside what the assurer judged.

    What only assurance can meet does not hold an account up, but on paper it does not pass for met either.
    """
    return [_readiness(frozen, each, level, judged) for each in frozen.content["readiness"]]


def _readiness(frozen: Frozen, plain: Plain, level: str, judged: Judged) -> dict[str, Any]:
    number, said_of_it = plain["principle"], _(plain["message"]) % plain["params"]
    findings = [each for each in frozen.content["findings"] if each["principle"] == number]
    waiting = sum(_only_assurance_meets(each) for each in findings)
    status = plain["status"]
    if waiting:
        said_of_it += " " + _of_assurance(level, waiting)
        status = _standing(level) if status == Status.MET else status
    return {
        "number": number,
        "title": _(plain["title"]),
        "status": status,
        "sentence": said_of_it,
        "judged": judged.get(number),
    }


def _only_assurance_meets(finding: Plain) -> bool:
    """Return whether a finding was open when the account was frozen, and does not hold up submission."""
    return bool(finding["status"] == Status.MISSING and not finding["stops"])


def _standing(level: str) -> str:
    """Return how an account of this level stands with what only assurance can meet."""
    return {INDEPENDENT: Status.MET.value, PEER_PANEL: PEERS}.get(level, WAITING)


def _of_assurance(level: str, waiting: int) -> str:
    """Return in a sentence what became of the questions that only assurance answers."""
    if level == INDEPENDENT:
        return _("An independent assurer has judged it.")
    if level == PEER_PANEL:
        return _("A peer panel has judged it, and nobody independent.")
    message = ngettext("%(count)s question waits for assurance.", "%(count)s questions wait for assurance.", waiting)
    return message % {"count": waiting}


def principles(frozen: Frozen, level: str, judged: Judged) -> Iterator[dict[str, Any]]:
    """Yield each principle with what its checks found, what the assurer judged, and where its answers stand."""
    for principle in principles_of(frozen.content):
        plain = [each for each in frozen.content["findings"] if each["principle"] == principle.number]
        findings = [_finding(each, level) for each in plain]
        yield {
            "number": principle.number,
            "title": _(principle.title),
            "gist": _(principle.gist),
            "findings": findings,
            "count": _count(findings),
            "judged": judged.get(principle.number),
            "places": PLACES.get(principle.number, ()),
        }


def _count(findings: Sequence[Plain]) -> str:
    """Return in a sentence how many questions there are, and how many of each standing."""
    counts = Counter(each["state"] for each in findings)
    total = ngettext("%(count)s question", "%(count)s questions", len(findings)) % {"count": len(findings)}
    parts = [
        (counts[Status.MET], _("%(count)s met")),
        (counts[EXPLAINED], _("%(count)s explained")),
        (counts[PEERS], _("%(count)s met by a peer panel")),
        (counts[Status.NEEDS_REASON], _("%(count)s to be explained")),
        (counts[WAITING], _("%(count)s waits for assurance")),
        (counts[Status.MISSING], _("%(count)s missing")),
    ]
    told = ", ".join(words % {"count": count} for count, words in parts if count)
    return f"{total}: {told}" if told else total


def _finding(plain: Plain, level: str) -> dict[str, Any]:
    check = CHECKS.get(plain["check"])
    explained = [item for item in plain["items"] if item["reason"]]
    reasons = "".join([plain["reason"], *(item["reason"] for item in explained)])
    return {
        "question": _(check.question) if check else plain["check"],
        "state": _state(plain, explained, level),
        "sentence": _told(plain, level),
        "is_long": is_long(reasons),
        "reason": plain["reason"],
        "reasons": [{"name": _item(item), "reason": item["reason"]} for item in explained],
        "items": _items([item for item in plain["items"] if not item["reason"]]),
    }


def _state(plain: Plain, explained: Sequence[Plain], level: str) -> str:
    if _only_assurance_meets(plain):
        return _standing(level)
    is_explained = bool(plain["reason"]) or len(explained) == len(plain["items"]) > 0
    return EXPLAINED if plain["status"] == Status.NEEDS_REASON and is_explained else str(plain["status"])


def _told(plain: Plain, level: str) -> str:
    """Return what the account answers; what was open when it was frozen may have been answered by an assurer since."""
    if _only_assurance_meets(plain) and _standing(level) != WAITING:
        return _of_assurance(level, 1)
    return _(plain["message"]) % plain["params"]


def _item(plain: Plain) -> str:
    """Return what an item is called, and which part of it is meant."""
    aspect = _(plain["aspect"]) if plain["aspect"] else ""
    return ": ".join(part for part in (plain["called"] or plain["ref"], aspect) if part)


def _items(items: Sequence[Plain]) -> str:
    """Return the names of the first few items that a finding is about, and how many more there are."""
    names = [name for name in dict.fromkeys(map(_item, items)) if name]
    listed, beyond = "; ".join(names[:MOST_ITEMS]), len(names) - MOST_ITEMS
    if beyond <= 0:
        return listed
    message = ngettext("%(listed)s; and %(count)s more", "%(listed)s; and %(count)s more", beyond)
    return message % {"listed": listed, "count": beyond}


def co_production(frozen: Frozen) -> list[dict[str, Any]]:
    """Return each of the five statements with how far it holds, and the evidence."""
    return [_statement(frozen, each) for each in frozen.content["co_production"]]


def _statement(frozen: Frozen, plain: Plain) -> dict[str, Any]:
    places = PLACES_OF_STATEMENTS[Statement(plain["statement"])]
    return {
        "statement": said(Statement(plain["statement"])),
        "places": (*places, "evidence") if plain["listed"] else places,
        "extent": said(Extent(plain["extent"]) if plain["extent"] else None, _("Not answered")),
        "explanation": plain["explanation"],
        "is_long": is_long(plain["explanation"], plain["evidence"]),
        "evidence": "; ".join([*filter(None, [plain["evidence"]]), *map(frozen.called, plain["listed"])]),
    }

"""The seven principles and the five statements of co-production, each with how the account stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes.principles import CHECKS, PRINCIPLES, Status
from reports.paper._frozen import Frozen, Plain
from reports.paper._words import is_long, said
from stakeholders.nouns import Extent, Statement

MOST_ITEMS = 6
EXPLAINED = "explained"
WAITING = "waiting"


def readiness(frozen: Frozen) -> list[dict[str, Any]]:
    """Return how the account stands with each principle, in a sentence.

    What only assurance can meet does not hold an account up, but on paper it does not pass for met either.
    """
    return [_readiness(each, _waiting(frozen, each["principle"])) for each in frozen.content["readiness"]]


def _waiting(frozen: Frozen, principle: int) -> int:
    """Return how many findings of a principle are open and do not hold up submission."""
    findings = [each for each in frozen.content["findings"] if each["principle"] == principle]
    return sum(each["status"] == Status.MISSING and not each["stops"] for each in findings)


def _readiness(plain: Plain, waiting: int) -> dict[str, Any]:
    sentence = _(plain["message"]) % plain["params"]
    if waiting:
        sentence += " " + ngettext(
            "%(count)s question waits for assurance.", "%(count)s questions wait for assurance.", waiting
        ) % {"count": waiting}
    return {
        "number": plain["principle"],
        "title": _(plain["title"]),
        "status": WAITING if waiting and plain["status"] == Status.MET else plain["status"],
        "sentence": sentence,
    }


def principles(frozen: Frozen) -> Iterator[dict[str, Any]]:
    """Yield each principle with what its checks found."""
    for principle in PRINCIPLES:
        findings = [_finding(each) for each in frozen.content["findings"] if each["principle"] == principle.number]
        yield {
            "number": principle.number,
            "title": _(principle.title),
            "gist": _(principle.gist),
            "findings": findings,
            "count": _count(findings),
        }


def _count(findings: Sequence[Plain]) -> str:
    """Return in a sentence how many questions there are, and how many of each standing."""
    counts = Counter(each["state"] for each in findings)
    total = ngettext("%(count)s question", "%(count)s questions", len(findings)) % {"count": len(findings)}
    parts = [
        (counts[Status.MET], _("%(count)s met")),
        (counts[EXPLAINED], _("%(count)s explained")),
        (counts[Status.NEEDS_REASON], _("%(count)s to be explained")),
        (counts[Status.MISSING], _("%(count)s missing")),
    ]
    told = ", ".join(words % {"count": count} for count, words in parts if count)
    return f"{total}: {told}" if told else total


def _finding(plain: Plain) -> dict[str, Any]:
    check = CHECKS.get(plain["check"])
    explained = [item for item in plain["items"] if item["reason"]]
    reasons = "".join([plain["reason"], *(item["reason"] for item in explained)])
    is_explained = bool(plain["reason"]) or len(explained) == len(plain["items"]) > 0
    return {
        "question": _(check.question) if check else plain["check"],
        "state": EXPLAINED if plain["status"] == Status.NEEDS_REASON and is_explained else plain["status"],
        "sentence": _(plain["message"]) % plain["params"],
        "is_long": is_long(reasons),
        "reason": plain["reason"],
        "reasons": [{"name": _item(item), "reason": item["reason"]} for item in explained],
        "items": _items([item for item in plain["items"] if not item["reason"]]),
    }


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
    return {
        "statement": said(Statement(plain["statement"])),
        "extent": said(Extent(plain["extent"]) if plain["extent"] else None, _("Not answered")),
        "explanation": plain["explanation"],
        "is_long": is_long(plain["explanation"], plain["evidence"]),
        "evidence": "; ".join([*filter(None, [plain["evidence"]]), *map(frozen.called, plain["listed"])]),
    }

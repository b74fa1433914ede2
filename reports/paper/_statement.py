"""The assurance statement on paper: its elements as they were signed, and the verdict on each principle.

Rule: what was signed is told word for word. What stands beside it (the table of verdicts, who signed and when) is taken
from the same statement, and says nothing else.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes.principles import Principle
from reports.paper._assurance import Assurance
from reports.paper._frozen import Plain
from reports.paper._words import day, shortened
from reports.statement import CONCLUSIONS, LEVELS, VERDICTS

MET = "met"
RECOMMENDED = "recommendation"
LONGEST_OPINION = 230
LONGEST_ADVICE = 110
MOST_ADVICE = 2
LONGEST_SIGNER = 50
_NOT_COVERED = "What was not covered"
_WORDS_OF_OURS = "translated"
_DAY = "day"


def elements(document: Plain) -> list[dict[str, Any]]:
    """Return the twelve elements of a statement in the language that is active: the title and the sentences of each."""
    return [
        {"title": _(each["title"]), "sentences": [sentence(said) for said in each["sentences"]]}
        for each in document["elements"]
    ]


def sentence(said: Plain) -> str:
    """Return one sentence of a statement: our words translated, days as they are written, all else as it was said."""
    ours = set(said.get(_WORDS_OF_OURS, ()))
    return _(said["message"]) % {name: _param(name, value, ours) for name, value in said["params"].items()}


def _param(name: str, value: str, ours: set[str]) -> str:
    if name in ours:
        return _(value)
    return day(dt.date.fromisoformat(value)) if name == _DAY else value


def not_covered(document: Plain) -> tuple[Plain, ...]:
    """Return the sentences that say what a statement does not cover."""
    (found,) = (each for each in document["elements"] if each["title"] == _NOT_COVERED)
    return tuple(found["sentences"])


def opinion(document: Plain) -> str:
    """Return the assurer's own words on the whole."""
    params = (said["params"] for each in document["elements"] for said in each["sentences"])
    return next((str(each["summary"]) for each in params if "summary" in each), "")


def statement(issued: Plain | None, principles: tuple[Principle, ...]) -> dict[str, Any] | None:
    """Return all that the report tells of the statement that was issued on it; None without one."""
    if issued is None:
        return None
    document = issued["document"]
    signed_at = dt.datetime.fromisoformat(issued["signed_at"])
    return {
        "conclusion": _(CONCLUSIONS[document["conclusion"]]),
        "by": document["assurer"],
        "level": _(LEVELS[document["level"]]),
        "signed_by": issued["signed_by"],
        "signed_at": signed_at,
        "signed_on": day(signed_at.date()),
        "valid_until": day(dt.date.fromisoformat(document["valid_until"])),
        "sha256": issued["sha256"],
        "verdicts": list(verdicts(document, principles)),
        "elements": _with_anchors(document),
    }


def verdicts(document: Plain, principles: tuple[Principle, ...]) -> Iterator[dict[str, Any]]:
    """Yield what was judged of each principle, and where it stands in the statement."""
    titles = {each.number: _(each.title) for each in principles}
    for each in document["principles"]:
        yield {
            "number": each["principle"],
            "title": titles.get(each["principle"], ""),
            "code": each["verdict"],
            "verdict": _(VERDICTS[each["verdict"]]),
            "finding": each["finding"],
            "recommendation": each["recommendation"],
        }


def _with_anchors(document: Plain) -> list[dict[str, Any]]:
    """Return the elements, each sentence with the principle that it judges, if it judges one: where pages point to."""
    return [
        {
            "title": told["title"],
            "sentences": [
                {"words": words, "principle": _judged(said)}
                for words, said in zip(told["sentences"], plain["sentences"], strict=True)
            ],
        }
        for told, plain in zip(elements(document), document["elements"], strict=True)
    ]


def _judged(said: Plain) -> str:
    """Return the number of the principle on which a sentence gives the verdict; nothing if it gives none."""
    params: Mapping[str, str] = said["params"]
    return params["number"] if "verdict" in params else ""


def verdict(held: Assurance, told: Plain | None, document: Plain | None) -> dict[str, Any]:
    """Return what the summary says of assurance. It has an end, whatever the statement holds."""
    if told is None or document is None:
        return {"words": _(held.words), "level": _(held.level.means), "is_judged": False}
    return {
        "words": _(held.words),
        "is_judged": True,
        "signed": _("%(name)s signed the statement on %(day)s. It holds until %(until)s.")
        % {
            "name": shortened(told["signed_by"], LONGEST_SIGNER),
            "day": told["signed_on"],
            "until": told["valid_until"],
        },
        "opinion": shortened(opinion(document), LONGEST_OPINION),
        "counts": _counts(told["verdicts"]),
        "advice": list(_advice(told["verdicts"])),
        "more_advice": max(sum(bool(each["recommendation"]) for each in told["verdicts"]) - MOST_ADVICE, 0),
    }


def _counts(judged: list[dict[str, Any]]) -> str:
    """Return how many principles were met, in a sentence."""
    met = sum(each["code"] == MET for each in judged)
    advised = sum(each["code"] == RECOMMENDED for each in judged)
    parts = [
        ngettext("Of %(count)s principle %(met)s is met", "Of %(count)s principles %(met)s are met", len(judged))
        % {"count": len(judged), "met": met}
    ]
    if advised:
        parts.append(_("%(count)s with a recommendation") % {"count": advised})
    if len(judged) - met - advised:
        parts.append(_("%(count)s not met") % {"count": len(judged) - met - advised})
    return ", ".join(parts) + "."


def _advice(judged: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield the first recommendations, shortened: those on principles that are not met before the others."""
    advised = sorted((each for each in judged if each["recommendation"]), key=lambda each: each["code"] == RECOMMENDED)
    for each in advised[:MOST_ADVICE]:
        yield {"title": each["title"], "words": shortened(each["recommendation"], LONGEST_ADVICE)}

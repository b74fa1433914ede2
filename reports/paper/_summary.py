"""The two pages in front: what a funder can read alone. Sentences are made from the figures, and harm is always named.

Rule: whatever an account holds, this stays within two pages. So each list has an end, and says what is beyond it.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, ngettext

from outcomes import shown
from outcomes.counting import Why
from outcomes.nouns import Direction, Outcome
from reports.paper._frozen import Frozen, Line, added
from reports.paper._words import many, of_how_many, percent, said, shortened, whole
from stakeholders.nouns import Consideration, Involvement, Stakeholder

MOST_GAINS = 3
MOST_HARMS = 2
"""How many changes for the worse get a sentence each; the others are named in one."""
MOST_NAMED = 10
MOST_GROUPS = 5
LONGEST_LEAD = 330
LONGEST_LEAD_IF_JUDGED = 210
"""What an assurer says takes room, and comes first."""
LONGEST_NAME = 60
LONGEST_IN_LIST = 36
LONGEST_GROUP = 44
LETTERS_IN_LINE = 92
LINES_IN_FRONT = 22.7
"""How many lines of words the first page has room for, besides its head, its verdict and its tiles."""
SMALL_LINE, LETTERS_IN_SMALL_LINE = 0.8, 106
"""How high a line of the verdict is beside one of the text, and how much it holds."""
LINES_UNJUDGED = 2
LINES_OF_TABLE = 5
"""How many lines the table of who was asked takes up, besides its rows."""

Sentence = dict[str, str]


def summary(frozen: Frozen, verdict: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the summary says in words; `verdict` is what it says of assurance."""
    longest = LONGEST_LEAD_IF_JUDGED if verdict["is_judged"] else LONGEST_LEAD
    lead = shortened(frozen.facts.account.activity, longest)
    gains, harms, groups = list(_gains(frozen)), list(_harms(frozen)), _included(frozen)
    return {
        "lead": lead,
        "verdict": verdict,
        "present_value": whole(frozen.totals["total_present_value"], frozen.currency),
        "put_in": whole(frozen.totals["total_inputs"], frozen.currency),
        "gains": gains,
        "harms": harms,
        "asked": [_asked(frozen, row) for row in groups[:MOST_GROUPS]],
        "more_asked": max(len(groups) - MOST_GROUPS, 0),
        "not_asked": _considered(frozen),
        "is_crowded": _is_crowded(lead, verdict, [*gains, *harms], rows=min(len(groups), MOST_GROUPS)),
    }


def _is_crowded(lead: str, verdict: Mapping[str, Any], sentences: Sequence[Sentence], *, rows: int) -> bool:
    """Return whether the table of who was asked has to go to the second page, by a rough count of lines."""
    lines = _lines(lead) * 1.2 + sum(_lines(each["name"] + each["sentence"]) for each in sentences)
    return lines + _of_verdict(verdict) + LINES_OF_TABLE + rows * 1.2 > LINES_IN_FRONT


def _of_verdict(verdict: Mapping[str, Any]) -> float:
    """Return how many lines the verdict of an assurer takes up beyond those of a report that nobody judged."""
    if not verdict["is_judged"]:
        return 0
    advice = " ".join(each["title"] + each["words"] for each in verdict["advice"])
    texts = (verdict["opinion"], verdict["signed"] + verdict["counts"], advice)
    return (1 + sum(_lines(text, LETTERS_IN_SMALL_LINE) for text in texts)) * SMALL_LINE - LINES_UNJUDGED


def _lines(text: str, letters: int = LETTERS_IN_LINE) -> int:
    return -(-len(text) // letters)


def _gains(frozen: Frozen) -> Iterator[Sentence]:
    """Yield a sentence for each of the largest changes for the better, and one for all the others."""
    gains = [(worth, line) for line in frozen.lines if (worth := frozen.worth(line)) is not None and worth > 0]
    gains.sort(key=lambda gain: -gain[0])
    gained = added(worth for worth, _line in gains)
    for worth, line in gains[:MOST_GAINS]:
        yield {"name": _name(line.label), "sentence": _gain(frozen, line, worth, gained)}
    rest = gains[MOST_GAINS:]
    if rest:
        yield {"name": "", "sentence": _other_gains(frozen, [worth for worth, _line in rest], gained)}


def _gain(frozen: Frozen, line: Line, worth: Decimal, gained: Decimal) -> str:
    params = {"who": _who(frozen, line.key), "share": percent(worth / gained), "worth": ""}
    if not frozen.is_in_money:
        return _("%(who)s. It makes up %(share)s of the importance of all changes for the better.") % params
    params["worth"] = whole(worth, frozen.currency)
    return _("%(who)s. It is worth %(worth)s: %(share)s of all that is gained.") % params


def _other_gains(frozen: Frozen, worths: Sequence[Decimal], gained: Decimal) -> str:
    count, together = len(worths), added(worths)
    if not frozen.is_in_money:
        message = ngettext(
            "%(count)s more change for the better makes up the other %(share)s.",
            "%(count)s more changes for the better make up the other %(share)s.",
            count,
        )
        return message % {"count": count, "share": percent(together / gained)}
    message = ngettext(
        "%(count)s more change for the better is worth %(worth)s.",
        "%(count)s more changes for the better are worth %(worth)s together.",
        count,
    )
    return message % {"count": count, "worth": whole(together, frozen.currency)}


def _harms(frozen: Frozen) -> Iterator[Sentence]:
    """Yield a sentence for each of the largest changes for the worse, then one that names the others."""
    harms = sorted(_for_the_worse(frozen), key=lambda row: _weight(frozen, row))
    for row in harms[:MOST_HARMS]:
        yield {"name": _name(row.name), "sentence": _harm(frozen, row)}
    rest = [shortened(row.name, LONGEST_IN_LIST) for row in harms[MOST_HARMS:]]
    if rest:
        yield {"name": "", "sentence": _("Also: %(names)s.") % {"names": _named(rest)}}
    if not harms:
        yield {"name": "", "sentence": _no_harm(frozen)}


def _for_the_worse(frozen: Frozen) -> list[Outcome]:
    """Return every outcome that is for the worse, or has come out below zero, whether it counts or not."""
    return [row for row in frozen.facts.outcomes if row.direction is Direction.NEGATIVE or _weight(frozen, row) < 0]


def _weight(frozen: Frozen, row: Outcome) -> Decimal:
    line = frozen.line_by_key.get(row.ref)
    return (frozen.worth(line) if line else None) or Decimal(0)


def _harm(frozen: Frozen, row: Outcome) -> str:
    line = frozen.line_by_key.get(row.ref)
    params = {"who": _who(frozen, row.ref), "worth": "", "share": "", "why": ""}
    if line is None:
        why = next((each["why"] for each in frozen.content["left_out"] if each["outcome"] == row.ref), Why.UNDECIDED)
        return _("%(who)s. It is not counted: %(why)s.") % {**params, "why": said(Why(why)).lower()}
    worth = frozen.worth(line)
    if worth is None:
        return _("%(who)s. It has no value in this account, so it takes nothing away.") % params
    if frozen.is_in_money:
        return _("%(who)s. It takes %(worth)s away.") % {**params, "worth": whole(-worth, frozen.currency)}
    share = percent(-(line.importance_share or Decimal(0)))
    return _("%(who)s. It weighs against the rest with %(share)s of all importance.") % {**params, "share": share}


def _no_harm(frozen: Frozen) -> str:
    if any(row.asked_negative for row in frozen.facts.involvement):
        return _("People were asked about changes for the worse. None is named as an outcome.")
    return _("The account names none, and does not say that anybody was asked.")


def _who(frozen: Frozen, ref: str) -> str:
    """Return how many of whom: "20 people (Members)"."""
    row = frozen.outcome_by_ref[ref]
    group = shortened(frozen.groups.get(row.stakeholder, row.stakeholder), LONGEST_IN_LIST)
    return _("%(many)s (%(group)s)") % {"many": many(row), "group": group} if row.quantity is not None else group


def _name(text: str) -> str:
    return shortened(text, LONGEST_NAME)


def _named(names: Sequence[str]) -> str:
    listed = "; ".join(names[:MOST_NAMED])
    beyond = len(names) - MOST_NAMED
    if beyond <= 0:
        return listed
    message = ngettext("%(listed)s; and %(count)s more", "%(listed)s; and %(count)s more", beyond)
    return message % {"listed": listed, "count": beyond}


def _included(frozen: Frozen) -> list[Stakeholder]:
    return [row for row in frozen.facts.stakeholders if row.decision is not Consideration.EXCLUDED]


def _asked(frozen: Frozen, row: Stakeholder) -> dict[str, str]:
    """Return how often a group was asked, and how many took part on the occasion with the most."""
    occasions = [each for each in frozen.facts.involvement if each.stakeholder == row.ref]
    return {
        "group": shortened(row.name, LONGEST_GROUP),
        "size": shown.number(row.size),
        "occasions": shown.number(len(occasions)),
        "took_part": _most(occasions),
    }


def _most(occasions: Sequence[Involvement]) -> str:
    counted = [each for each in occasions if each.took_part is not None]
    if not counted:
        return _("not said") if occasions else _("nobody")
    most = max(counted, key=lambda each: each.took_part or 0)
    return of_how_many(most.took_part, most.out_of)


def _considered(frozen: Frozen) -> str:
    """Return the names of the groups that were considered and left out."""
    return _named(
        [
            shortened(row.name, LONGEST_IN_LIST)
            for row in frozen.facts.stakeholders
            if row.decision is Consideration.EXCLUDED
        ]
    )

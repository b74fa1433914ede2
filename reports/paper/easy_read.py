"""The easy-read sheet: what the account says, for the people whom it is about. Short words, one idea a line.

Rule: every part is there, whatever the account holds: where there is nothing to say, the sheet says just that. Each
list has an end, and says how much is beyond it. No ratio: what the changes are worth is told in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n, ngettext

from outcomes.counting import Why
from outcomes.nouns import Direction, Outcome
from reports.paper import short
from reports.paper._frozen import Frozen, Plain, read
from reports.paper._statement import opinion
from reports.paper._words import day, many, of_how_many, shortened
from stakeholders.nouns import Consideration, Involvement, Stakeholder

LONGEST_NAME = 70
LONGEST_REASON = 110
LONGEST_PLAN = 150
LONGEST_VERDICT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many of each there is room for, before a list ends with how many more there are."""

    groups: int
    better: int
    worse: int
    left_out: int


ROOMS = (
    Room(groups=4, better=4, worse=3, left_out=3),
    Room(groups=3, better=3, worse=2, left_out=2),
    Room(groups=2, better=2, worse=1, left_out=1),
)

Point = dict[str, Any]


def easy_read(frozen_document: Plain, *, statement: Plain | None, fit: int) -> dict[str, Any]:
    """Return the parts of the sheet: each a heading and its points, each with a picture and one or two sentences."""
    frozen, room = read(frozen_document), ROOMS[fit]
    parts = (
        (_("What this is about"), _about(frozen)),
        (_("Who we asked"), _asked(frozen, room)),
        (_better_heading(frozen), _better(frozen, room)),
        (_worse_heading(frozen), _worse(frozen, room)),
        (_("What we did not count"), _left_out(frozen, room)),
        (_("What it is worth"), _worth(frozen)),
        (_("Did somebody check it?"), _checked(statement)),
        (_("What happens next"), _next(frozen)),
        (_("Do you see it another way?"), _disagree(frozen)),
    )
    full = short.full(frozen_document, statement=statement)
    return {"parts": [{"title": title, "points": list(points)} for title, points in parts], "full": full}


def _point(symbol: str, *sentences: str, name: str = "") -> Point:
    return {"symbol": symbol, "name": shortened(name, LONGEST_NAME), "sentences": [each for each in sentences if each]}


def _organisation(frozen: Frozen) -> str:
    return shortened(frozen.content["organisation"]["name"], LONGEST_NAME)


def _is_forecast(frozen: Frozen) -> bool:
    return frozen.facts.account.kind.value == "forecast"


def _about(frozen: Frozen) -> Iterator[Point]:
    account = frozen.facts.account
    yield _point("house", _("We are %(organisation)s.") % {"organisation": _organisation(frozen)})
    yield _point("paper", _("We wrote a report about this work."), name=account.name)
    if account.period_start and account.period_end:
        when = {"start": day(account.period_start), "end": day(account.period_end)}
        yield _point("calendar", _("It is about the time from %(start)s to %(end)s.") % when)
    if _is_forecast(frozen):
        yield _point("paper", _("It says what we think will change."), _("It has not happened yet."))
    else:
        yield _point("paper", _("It says what changed for people because of our work."))


# --- Who was asked ----------------------------------------------------------------------------------------------------


def _asked(frozen: Frozen, room: Room) -> Iterator[Point]:
    groups = [row for row in frozen.facts.stakeholders if row.decision is not Consideration.EXCLUDED]
    for row in groups[: room.groups]:
        yield _point("talk", _took_part(frozen, row), name=row.name)
    if not groups:
        yield _point("talk", _("The report does not say that we asked anybody."))
    beyond = len(groups) - room.groups
    yield from _more(
        beyond,
        ngettext("There is %(count)s more group of people.", "There are %(count)s more groups of people.", beyond),
    )


def _took_part(frozen: Frozen, row: Stakeholder) -> str:
    """Return how many of how many took part, on the occasion with the most."""
    occasions = [each for each in frozen.facts.involvement if each.stakeholder == row.ref]
    counted = [each for each in occasions if each.took_part is not None]
    if not occasions:
        return _("We did not ask them.")
    if not counted:
        return _("We asked them. We did not count how many answered.")
    most = max(counted, key=_how_many)
    return _("%(of_how_many)s told us what they think.") % {"of_how_many": of_how_many(most.took_part, most.out_of)}


def _how_many(row: Involvement) -> int:
    return row.took_part or 0


# --- What changed -----------------------------------------------------------------------------------------------------


def _better_heading(frozen: Frozen) -> str:
    return _("What we think will get better") if _is_forecast(frozen) else _("What got better")


def _worse_heading(frozen: Frozen) -> str:
    return _("What we think will get worse") if _is_forecast(frozen) else _("What got worse")


def _is_worse(frozen: Frozen, row: Outcome) -> bool:
    line = frozen.line_by_key.get(row.ref)
    worth = frozen.worth(line) if line else None
    return row.direction is Direction.NEGATIVE or (worth is not None and worth < 0)


def _better(frozen: Frozen, room: Room) -> Iterator[Point]:
    found = [row for row in _by_weight(frozen) if row.ref in frozen.line_by_key and not _is_worse(frozen, row)]
    yield from _changes(frozen, "better", found, room.better)
    if not found:
        yield _point("better", _("The report names nothing that counts yet."))


def _worse(frozen: Frozen, room: Room) -> Iterator[Point]:
    found = [row for row in _by_weight(frozen) if _is_worse(frozen, row)]
    yield from _changes(frozen, "worse", found, room.worse)
    if found:
        return
    if any(row.asked_negative for row in frozen.facts.involvement):
        yield _point("worse", _("We asked people what got worse."), _("The report names nothing."))
    else:
        yield _point("worse", _("The report names nothing."), _("It does not say that we asked about this."))


def _by_weight(frozen: Frozen) -> list[Outcome]:
    return sorted(frozen.facts.outcomes, key=lambda row: -frozen.size(row.ref))


def _changes(frozen: Frozen, symbol: str, found: Sequence[Outcome], most: int) -> Iterator[Point]:
    for row in found[:most]:
        yield _point(symbol, _for_whom(frozen, row), name=row.name)
    beyond = len(found) - most
    yield from _more(beyond, ngettext("There is %(count)s more change.", "There are %(count)s more changes.", beyond))


def _for_whom(frozen: Frozen, row: Outcome) -> str:
    group = shortened(frozen.groups.get(row.stakeholder, ""), LONGEST_NAME)
    if row.quantity is None:
        return _("For: %(group)s.") % {"group": group}
    return _("For: %(group)s (%(many)s).") % {"group": group, "many": many(row)}


def _more(beyond: int, words: str) -> Iterator[Point]:
    if beyond > 0:
        yield _point("paper", words % {"count": beyond}, _("The full report has them all."))


# --- What was left out ------------------------------------------------------------------------------------------------


def _left_out(frozen: Frozen, room: Room) -> Iterator[Point]:
    left = [*_groups_left_out(frozen), *_changes_left_out(frozen)]
    yield from left[: room.left_out]
    if not left:
        yield _point("aside", _("We counted every change that the report names."))
    beyond = len(left) - room.left_out
    yield from _more(
        beyond, ngettext("There is %(count)s more of these.", "There are %(count)s more of these.", beyond)
    )


def _groups_left_out(frozen: Frozen) -> Iterator[Point]:
    for row in frozen.facts.stakeholders:
        if row.decision is Consideration.EXCLUDED:
            yield _point("aside", _because(row.reason), name=row.name)


def _changes_left_out(frozen: Frozen) -> Iterator[Point]:
    for each in frozen.content["left_out"]:
        row = frozen.outcome_by_ref[each["outcome"]]
        yield _point("aside", _because(each["reason"]) or _(WHY[Why(each["why"])]), name=row.name)


def _because(reason: str) -> str:
    return _("Why: %(reason)s") % {"reason": shortened(" ".join(reason.split()), LONGEST_REASON)} if reason else ""


WHY: Mapping[Why, str] = {
    Why.NOT_RELEVANT: _n("Why: it did not matter enough to people."),
    Why.NOT_SIGNIFICANT: _n("Why: it was too small."),
    Why.EXCLUDED: _n("Why: we decided to leave it out."),
    Why.UNDECIDED: _n("Why: we have not decided yet."),
    Why.NO_QUANTITY: _n("Why: we do not know for how many people it is true."),
}
"""Why a change does not count, where the account gives no reason of its own."""


# --- What it is worth, who checked it, what comes next ----------------------------------------------------------------


def _worth(frozen: Frozen) -> Iterator[Point]:
    if frozen.is_in_money:
        yield _point("coins", _("We worked out what these changes may be worth in money."))
        yield _point("coins", _("Nobody was paid this money."), _("It shows how much the changes matter."))
    else:
        yield _point(
            "coins", _("We did not put a price on these changes."), _("People said how much each one matters.")
        )
    yield _point("paper", _("The sums are in the full report."))


CHECKED_BY: Mapping[str, str] = {
    "peer panel": _n("A panel of people from other groups like ours looked at our report."),
    "independent": _n("Somebody from outside looked at our report."),
}
"""Who stands behind a statement, by the code of its level."""

THEY_SAID: Mapping[str, str] = {
    "assured": _n("They said: the report was made in the right way."),
    "assured_with_recommendations": _n("They said: the report was made in the right way. Some things can be better."),
    "not_assured": _n("They said: the report was not made in the right way."),
}
"""What an assurer concluded, by its code."""


def _checked(statement: Plain | None) -> Iterator[Point]:
    if statement is None:
        yield _point("check", _("Nobody from outside has checked it."), _("We made it ourselves."))
        return
    document = statement["document"]
    yield _point("check", _(CHECKED_BY[document["level"]]), _("They do not work for us."))
    yield _point("check", _(THEY_SAID[document["conclusion"]]))
    words = shortened(" ".join(opinion(document).split()), LONGEST_VERDICT)
    if words:
        yield _point("talk", _("In their own words: “%(words)s”") % {"words": words})


def _next(frozen: Frozen) -> Iterator[Point]:
    account = frozen.facts.account
    plan = shortened(" ".join(account.reporting_plan.split()), LONGEST_PLAN)
    if not plan and account.reporting_date is None:
        yield _point("calendar", _("The report does not say when we will talk about it."))
        yield _point("talk", _("You can ask us."))
        return
    yield _point("talk", _("We want to talk about the report with the people it is about."))
    yield _point(
        "calendar",
        _("This is our plan: %(plan)s") % {"plan": plan} if plan else "",
        _("When: %(day)s.") % {"day": day(account.reporting_date)} if account.reporting_date else "",
    )


def _disagree(frozen: Frozen) -> Iterator[Point]:
    told = {"organisation": _organisation(frozen)}
    yield _point(
        "differ",
        _("Tell us if something is wrong."),
        _("Talk to %(organisation)s.") % told,
        _("You can ask somebody to help you."),
    )
    yield _point(
        "code",
        _("Did we give you a code?"),
        _("It shows you what we wrote about your group."),
        _("You can say if it is right or wrong."),
        _("Go to %(page)s") % {"page": f"{settings.PUBLIC_ADDRESS}{reverse('outcomes:reply')}"},
    )

"""What a group is shown of the account, in plain words; and what came of it."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from outcomes import replies, shown
from outcomes.nouns import Direction, Facts
from stakeholders.nouns import FEWEST_INSIDE, FEWEST_OUTSIDE, Stakeholder

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One time that they were asked."""

    how: str
    when: str
    numbers: str
    said_negative: str
    learned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that the account says happened to them."""

    name: str
    in_words: str
    for_the_worse: bool
    facts: tuple[str, ...]
    """A sentence each: for whom, how many, how much it matters, what it is worth, and whether it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a group is shown."""

    organisation: str
    group: str
    account: str
    activity: str
    period: str
    asked: tuple[Occasion, ...]
    changes: tuple[Change, ...]


def told_of(frozen: str) -> Told:
    """Return what was frozen for a group, as sentences in the reader's language."""
    return told_shown(json.loads(frozen))


def told_shown(held: Plain) -> Told:
    """Return what a group is shown, as sentences in the reader's language."""
    told = held["told"]
    account = told["account"]
    return Told(
        organisation=held["organisation"],
        group=told["group"]["name"],
        account=account["name"],
        activity=account["activity"],
        period=_period(account),
        asked=tuple(_occasion(each) for each in told["asked"]),
        changes=tuple(_change(each, account["currency"]) for each in told["changes"]),
    )


def _period(account: Plain) -> str:
    if not (account["period_start"] and account["period_end"]):
        return ""
    words = {"start": _day(account["period_start"]), "end": _day(account["period_end"])}
    return _("From %(start)s to %(end)s") % words


def _day(iso: str) -> str:
    return date_format(dt.date.fromisoformat(iso), "DATE_FORMAT") if iso else ""


def _occasion(held: Plain) -> Occasion:
    return Occasion(
        how=held["how"],
        when=_day(held["when"]),
        numbers=_took_part(held["took_part"], held["out_of"]),
        said_negative=held["said_negative"],
        learned=held["learned"],
    )


def _took_part(some: int | None, out_of: int | None) -> str:
    if some is None:
        return ""
    if out_of is None:
        return ngettext("%(some)s person took part.", "%(some)s people took part.", some) % {"some": some}
    return _("%(some)s of %(all)s people took part.") % {"some": some, "all": out_of}


def _change(held: Plain, currency: str) -> Change:
    return Change(
        name=held["name"],
        in_words=held["description"],
        for_the_worse=held["direction"] == Direction.NEGATIVE,
        facts=tuple(_facts(held, currency)),
    )


def _facts(held: Plain, currency: str) -> Iterator[str]:
    if held["direction"]:
        better = held["direction"] == Direction.POSITIVE
        yield _("This is a change for the better.") if better else _("This is a change for the worse.")
    if held["part"]:
        yield _("It is about: %(part)s.") % {"part": held["part"]}
    if held["quantity"]:
        yield _how_many(held)
    if held["points"]:
        points = {"points": shown.number(Decimal(held["points"]))}
        yield _("People gave it %(points)s points for how much it matters.") % points
    if held["worth"]:
        yield _worth(held, currency)
    if held["left_out"]:
        because = held["left_out_because"]
        yield (
            _("It is not counted. The reason: %(reason)s") % {"reason": because} if because else _("It is not counted.")
        )


def _how_many(held: Plain) -> str:
    figure = {"some": shown.number(Decimal(held["quantity"])), "unit": held["unit"], "all": held["out_of"]}
    if held["unit"]:
        return _("How much of it there was: %(some)s %(unit)s.") % figure
    if held["out_of"] is None:
        return _("How many people it happened to: %(some)s.") % figure
    return _("It happened to %(some)s of %(all)s people.") % figure


def _worth(held: Plain, currency: str) -> str:
    worth = {"worth": shown.money(Decimal(held["worth"]), currency), "proxy": held["proxy"]}
    if held["proxy"]:
        return _("In money, each is put at %(worth)s. That is the price of: %(proxy)s.") % worth
    return _("In money, each is put at %(worth)s.") % worth


# --- What came of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody wrote, and what the organisation did about it."""

    key: str
    objects: bool
    words: str
    answers: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of a group, as the organisation sees it."""

    key: str
    number: int
    opened: str
    codes: str
    state: str
    is_open: bool
    numbers: str
    """What may be told of what came; words where few have replied."""
    outside: str
    """What is told of it to others."""
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its rounds, the latest first."""

    ref: str
    name: str
    rounds: tuple[Round, ...]
    has_changed: bool
    """Whether the account says something else of them now than they were shown last."""
    why_not: str
    """Why no codes can be made for it; nothing if they can."""


def groups_shown(facts: Facts, rounds: Iterable[Any], said: Iterable[Any], today: dt.date) -> list[Group]:
    """Return each group that was asked or has a round, in the order of the account."""
    by_group: dict[str, list[Any]] = {}
    for each in rounds:
        by_group.setdefault(each.group, []).append(each)
    words: dict[Any, list[Any]] = {}
    for each in said:
        words.setdefault(each.round_id, []).append(each)
    asked = {each.stakeholder for each in facts.involvement}
    return [
        _group(facts, group, by_group.get(group.ref, []), words, today)
        for group in facts.stakeholders
        if group.ref in asked or group.ref in by_group
    ]


def _group(facts: Facts, group: Stakeholder, rounds: list[Any], said: Mapping[Any, list[Any]], today: dt.date) -> Group:
    may = {each.ref for each in replies.may_reply(facts)}
    latest = rounds[0] if rounds else None
    has_changed = latest is not None and latest.told_sha256 != replies.told_sha256(facts, group.ref)
    return Group(
        ref=group.ref,
        name=group.name,
        rounds=tuple(
            _round(
                each, said.get(each.id, []), today, is_latest=each is latest, counts=each is latest and not has_changed
            )
            for each in rounds
        ),
        has_changed=has_changed,
        why_not="" if group.ref in may else why_nobody_can(facts, group.ref),
    )


def why_nobody_can(facts: Facts, group: str) -> str:
    """Return why no codes can be made for a group."""
    if group not in {each.stakeholder for each in facts.involvement}:
        return _("Nobody of this group was asked yet. First write down how they were.")
    fewest = {"fewest": FEWEST_INSIDE}
    return (
        _(
            "Fewer than %(fewest)s of them took part, so it would be plain who said what. Talk it over with them "
            "instead, and write that down as an occasion of involvement."
        )
        % fewest
    )


def _round(held: Any, said: list[Any], today: dt.date, *, is_latest: bool, counts: bool) -> Round:
    is_open = is_latest and today <= held.closes_on
    day = {"day": date_format(held.closes_on, "DATE_FORMAT")}
    ended = _("It ended on %(day)s.") % day if is_latest else _("A newer round took its place.")
    return Round(
        key=str(held.id),
        number=held.number,
        opened=date_format(held.opened_at, "DATE_FORMAT"),
        codes=ngettext("%(count)s code", "%(count)s codes", held.codes_made) % {"count": held.codes_made},
        state=_("People can reply until %(day)s.") % day if is_open else ended,
        is_open=is_open,
        numbers=_numbers(held),
        outside=_outside(held) if counts else "",
        said=tuple(_said(each) for each in said),
    )


def _numbers(held: Any) -> str:
    """Return how many replied what; in words while so few have that it would be plain who did."""
    if held.replied < FEWEST_INSIDE:
        return _("Fewer than %(fewest)s people have replied. What they said is shown once %(fewest)s have.") % {
            "fewest": FEWEST_INSIDE
        }
    silent = held.replied - held.agreed - held.objected
    words = {"replied": held.replied, "codes": held.codes_made, "agreed": held.agreed, "objected": held.objected}
    told = _("%(replied)s of %(codes)s have replied: %(agreed)s agree, %(objected)s object.") % words
    more = ngettext(
        "%(count)s wrote something without choosing.", "%(count)s wrote something without choosing.", silent
    )
    return f"{told} {more % {'count': silent}}" if silent else told


def _outside(held: Any) -> str:
    fewest = {"fewest": FEWEST_OUTSIDE}
    if held.replied < FEWEST_INSIDE:
        return ""
    if held.replied < FEWEST_OUTSIDE:
        return _("The report gives no numbers, since fewer than %(fewest)s people have replied.") % fewest
    return _("These numbers go into the report, under the seventh principle.")


def _said(held: Any) -> Said:
    return Said(key=str(held.id), objects=held.agrees is False, words=held.words, answers=tuple(held.answers.all()))

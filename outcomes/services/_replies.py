"""The right of reply: show a group what the account says of it, take its replies, answer what it objects to.

Whoever replies gives no name, and leaves none: a code is spent and a reply kept in one transaction, and nothing joins
the two. An account that was submitted still takes replies and answers: they are kept beside it.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import get_current_timezone

from accounts import audit, rows
from accounts.errors import Refusal
from accounts.models import Account, Person
from accounts.words import gettext_noop as _n
from outcomes import replies
from outcomes.facts import read_facts
from outcomes.nouns import Facts
from stakeholders import queries
from stakeholders.models import Reply, ReplyAnswer, ReplyCode, ReplyRound
from stakeholders.nouns import FEWEST_CODES, MOST_CODES

LONGEST_ROUND = 366
"""For how many days a round may be open."""


class NobodyToReply(Refusal):
    """The group was never asked, or so few of it were that each would be known."""

    message = _n("Nobody of this group can reply yet. Nothing was changed. First write down how they were asked.")


class CodesOutOfRange(Refusal):
    """So many codes cannot be made."""

    message = _n("Make from %(fewest)s to %(most)s codes. With fewer, it would be plain who said what.")


class NoSuchLastDay(Refusal):
    """The round would end before it began, or never."""

    message = _n("Give a day from tomorrow on, and within a year.")


class CodesShownBefore(Refusal):
    """The codes of this round were shown: nobody can show them again, since only their hashes are kept."""

    message = _n(
        "These codes were made and shown already. They cannot be shown again. If they are lost, make new ones: the old "
        "ones then stop working."
    )


class NoSuchCode(Refusal):
    """No code like this was ever made."""

    message = _n("We do not know this code. Look at each letter and number, and type it again.")


class CodeSpent(Refusal):
    """Somebody replied with this code."""

    message = _n("This code was used before. A code can be used once. What you wrote now was not sent.")


class RoundClosed(Refusal):
    """The last day of the round is over, or a newer round took its place."""

    message = _n("It is too late to reply with this code. What you wrote was not sent.")


class SaysNothing(Refusal):
    """Neither an answer was chosen nor a word written."""

    message = _n("Choose an answer, or write something. If you do not want to, you can close this page.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A round with its codes: the only time that anybody sees them."""

    round: ReplyRound
    codes: tuple[str, ...]


@transaction.atomic
def open_replies(
    *, actor: Person, account: Account, group: str, codes: int, closes_on: dt.date, key: UUID, now: dt.datetime
) -> Opened:
    """Freeze what a group is shown, and make the codes with which its people reply; an earlier round ends with it.

    `key` is of the form that was sent: sent twice, it raises CodesShownBefore. Raises NobodyToReply, CodesOutOfRange or
    NoSuchLastDay.
    """
    rows.hold(account, also_submitted=True)
    round_id = uuid5(account.id, f"replies {key}")
    if ReplyRound.objects.filter(id=round_id).exists():
        raise CodesShownBefore
    facts = read_facts(account)
    _must_be_open_to_all(facts, group, codes, closes_on, now.astimezone(get_current_timezone()).date())
    shown = replies.shown(facts, group, account.organisation.name)
    opened = ReplyRound.objects.create(
        id=round_id,
        account=account,
        group=group,
        number=ReplyRound.objects.filter(account=account, group=group).count() + 1,
        opened_at=now,
        opened_by=actor,
        closes_on=closes_on,
        codes_made=codes,
        shown=replies.canonical(shown),
        told_sha256=replies.told_sha256(facts, group),
    )
    made = _codes(opened)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="opened replies",
        ref=group,
        after={"group": shown["told"]["group"]["name"], "codes": codes, "closes_on": closes_on.isoformat()},
    )
    return Opened(round=opened, codes=made)


def _must_be_open_to_all(facts: Facts, group: str, codes: int, closes_on: dt.date, today: dt.date) -> None:
    if group not in {each.ref for each in replies.may_reply(facts)}:
        raise NobodyToReply
    if not FEWEST_CODES <= codes <= MOST_CODES:
        raise CodesOutOfRange(fewest=FEWEST_CODES, most=MOST_CODES)
    if not today < closes_on <= today + dt.timedelta(days=LONGEST_ROUND):
        raise NoSuchLastDay


def _codes(opened: ReplyRound) -> tuple[str, ...]:
    """Make the codes of a round and keep their hashes; return them for the one time that they are shown."""
    made: set[str] = set()
    while len(made) < opened.codes_made:
        made.add(replies.new_code())
    ReplyCode.objects.bulk_create([ReplyCode(code_hash=replies.code_hash(each), round=opened) for each in made])
    return tuple(sorted(made))


@transaction.atomic
def give_reply(*, code: str, agrees: bool | None, words: str, today: dt.date) -> None:
    """Keep a reply and spend its code, together or not at all. Of two with one code, one wins: the other is CodeSpent.

    Raises NoSuchCode, RoundClosed or SaysNothing; the code is good for another try then.
    """
    if agrees is None and not words:
        raise SaysNothing
    hashed = replies.code_hash(code)
    found = queries.round_of_code(hashed)
    if found is None:
        raise NoSuchCode
    of_round, _spent = found
    # The one who changes the row has spent the code; on either database the other finds nothing left to change.
    if not ReplyCode.objects.filter(code_hash=hashed, spent__isnull=True).update(spent=True):
        raise CodeSpent
    if not queries.is_open(of_round, today):
        raise RoundClosed
    Reply.objects.create(round=of_round, agrees=agrees, words=words, replied_on=today)


@transaction.atomic
def answer_objection(*, actor: Person, account: Account, reply: Reply, text: str, now: dt.datetime) -> None:
    """Say what was done about an objection. It stands beside the objection for good; another can be added."""
    rows.hold(account, also_submitted=True)
    ReplyAnswer.objects.create(reply=reply, text=text, answered_at=now, answered_by=actor)
    group = reply.round.group
    name = next((each.name for each in read_facts(account).stakeholders if each.ref == group), group)
    audit.record(
        actor=actor,
        now=now,
        account=account,
        verb="answered reply",
        ref=group,
        after={"group": name, "text": text},
    )

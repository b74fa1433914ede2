"""Rounds of replies, and what came of them. What was said is told only once enough people have replied."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import Account
from stakeholders.models import Reply, ReplyAnswer, ReplyCode, ReplyRound
from stakeholders.nouns import FEWEST_INSIDE, GroupReplies

_OBJECTS = Q(replies__agrees=False)


def rounds(account: Account) -> QuerySet[ReplyRound]:
    """Return every round of an account with its numbers, by group, the latest first."""
    return (
        ReplyRound.objects.filter(account=account)
        .annotate(
            replied=Count("replies", distinct=True),
            agreed=Count("replies", filter=Q(replies__agrees=True), distinct=True),
            objected=Count("replies", filter=_OBJECTS, distinct=True),
            answered=Count("replies", filter=_OBJECTS & Q(replies__answers__isnull=False), distinct=True),
        )
        .select_related("opened_by")
        .order_by("group", "-number")
    )


def group_replies(account: Account) -> tuple[GroupReplies, ...]:
    """Return what came of the latest round of each group: one query."""
    latest: dict[str, GroupReplies] = {}
    for each in rounds(account).select_related(None).defer("shown"):
        latest.setdefault(each.group, _numbers(each))
    return tuple(latest.values())


def _numbers(found: ReplyRound) -> GroupReplies:
    held: dict[str, int] = {name: getattr(found, name) for name in ("replied", "agreed", "objected")}
    return GroupReplies(
        group=found.group,
        codes=found.codes_made,
        unanswered=held["objected"] - getattr(found, "answered", 0),
        told_sha256=found.told_sha256,
        **held,
    )


def round_of_code(code_hash: str) -> tuple[ReplyRound, bool] | None:
    """Return the round that a code belongs to and whether the code was used; None for a code that was never made."""
    found = ReplyCode.objects.filter(code_hash=code_hash).select_related("round__account__organisation").first()
    return (found.round, bool(found.spent)) if found is not None else None


def is_open(found: ReplyRound, today: dt.date) -> bool:
    """Return whether a round takes replies: until its last day, or until a newer one of its group took its place."""
    later = ReplyRound.objects.filter(account_id=found.account_id, group=found.group, number__gt=found.number)
    return today <= found.closes_on and not later.exists()


def replies_with_words(held: Iterable[ReplyRound]) -> QuerySet[Reply]:
    """Return the replies that say something in words or object, of those of these rounds that have enough of them."""
    enough = [each.id for each in held if getattr(each, "replied", 0) >= FEWEST_INSIDE]
    told = Reply.objects.filter(round__in=enough).exclude(words="", agrees=True).select_related("round")
    return told.prefetch_related(Prefetch("answers", ReplyAnswer.objects.select_related("answered_by")))


def objection(account: Account, reply_id: UUID) -> Reply | None:
    """Return an objection of this account that may be shown; None for any other."""
    return replies_with_words(rounds(account)).filter(id=reply_id, agrees=False).first()

"""Principle 7, verify the result: those affected, and somebody independent, have looked at it."""

from collections.abc import Iterator

from accounts.words import gettext_noop as _n
from outcomes import replies
from outcomes.nouns import Evidence, Facts
from outcomes.principles._finding import Concern, Item, Status, check, missing, needs_reason
from outcomes.principles._lookup import (
    groups_considered,
    groups_that_change,
    item,
    new_row,
    not_answered_yes,
    occasions_by_group,
)
from outcomes.valuation import Workings
from stakeholders.nouns import FEWEST_INSIDE, FEWEST_OUTSIDE, GroupReplies, Involvement, Stakeholder


@check(
    7,
    "stakeholders-saw-the-result",
    question=_n("Did those it is about see the result, and do they recognise themselves in it?"),
    met=_n("Each group with a change saw and discussed the result."),
)
def stakeholders_saw_the_result(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that stakeholders saw the result."""
    groups = groups_that_change(facts) or groups_considered(facts)
    occasions = occasions_by_group(facts)
    never = [
        new_row(Involvement, "saw_results", called_by=each.name, stakeholder=each.ref)
        for each in groups
        if each.ref not in occasions
    ]
    if not groups:
        never = [new_row(Involvement, "saw_results")]
    message = _n("Nobody has been shown the result yet. Show it to those it is about, and add when and how you did.")
    if occasions:
        message = _n("Groups that were not shown the result: %(count)s. Show it to them, and add when and how you did.")
    yield from missing(message, never)
    yield from not_answered_yes(
        facts,
        groups,
        "saw_results",
        unanswered=_n("Groups for which you have not said if they saw the result: %(count)s. Answer yes or no."),
        refused=_n("Groups that did not see the result: %(count)s. Show it to them, or say when you will."),
    )


def _that_may_reply(facts: Facts) -> list[Stakeholder]:
    """Return the groups that were asked, are not left out, and are not so few that each would be known."""
    asked = {each.ref for each in replies.may_reply(facts)}
    return [each for each in groups_considered(facts) if each.ref in asked]


@check(
    7,
    "those-it-is-about-could-reply",
    question=_n("Could those it is about see what the account says they said, and object?"),
    met=_n("Each group that was asked could see what the account says of it, and reply without giving a name."),
    arises=_that_may_reply,
)
def those_it_is_about_could_reply(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that each group could reply to what the account says of it, and that what it objects to is answered.

    What came of it is told in numbers only where enough people replied.
    """
    held = {each.group: each for each in facts.replies}
    groups = _that_may_reply(facts)
    latest = [(group, held[group.ref]) for group in groups if group.ref in held]
    now = [(group, got) for group, got in latest if got.told_sha256 == replies.told_sha256(facts, group.ref)]
    yield from needs_reason(
        _n("Groups that were asked, and cannot reply: %(count)s. Give them codes to reply with, or say why not."),
        [_in_reply(group) for group in groups if group.ref not in held],
    )
    yield from needs_reason(
        _n("Groups that were shown what the account said before: %(count)s. Ask them again, or say why not."),
        [_in_reply(group) for group, got in latest if (group, got) not in now],
    )
    yield from needs_reason(
        _n("Groups with an objection that nobody has answered: %(count)s. Say what you did about it, or why not."),
        [_in_reply(group) for group, got in latest if got.replied >= FEWEST_INSIDE and got.unanswered],
    )
    yield from _in_numbers([got for _group, got in now])


def _in_reply(group: Stakeholder) -> Item:
    """Return an item that is mended on the page of replies, not in a field."""
    return item(group, "name", aspect=_n("right of reply"), place="replies")


def _in_numbers(held: list[GroupReplies]) -> Iterator[Concern]:
    """Yield how many agree. A group in which few replied is left out: else its numbers could be worked out."""
    told = [each for each in held if each.replied >= FEWEST_OUTSIDE]
    if not told:
        return
    message = _n("%(agreed)s of the %(replied)s people who replied agree with what it says. %(codes)s got a code.")
    if len(told) < len(held):
        message = _n(
            "%(agreed)s of the %(replied)s people who replied agree with what it says. %(codes)s got a code. "
            "Groups in which few replied are not in these numbers."
        )
    params: dict[str, object] = {
        "agreed": sum(each.agreed for each in told),
        "replied": sum(each.replied for each in told),
        "codes": sum(each.codes for each in told),
    }
    yield Concern(status=Status.MET, message=message, params=params, items=())


@check(
    7,
    "evidence-is-listed",
    question=_n("What could somebody look at to check what the account says?"),
    met=_n("There is evidence for somebody to look at."),
)
def evidence_is_listed(facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that somebody independent has something to look at."""
    if not facts.evidence:
        message = _n(
            "No evidence is listed. Add what an assurer could look at, such as survey answers, or say why not."
        )
        yield from needs_reason(message, [new_row(Evidence, "name")])


@check(
    7,
    "an-independent-assurer-judged-it",
    question=_n("Has somebody independent judged the account, principle by principle?"),
    met=_n("An independent assurer judged the account."),
    before_submission=False,
)
def an_independent_assurer_judged_it(_facts: Facts, _workings: Workings | None) -> Iterator[Concern]:
    """Ask that an independent assurer judged each principle; this comes after submission, never before."""
    message = _n("No independent assurer has judged this account yet. That happens after you submit it.")
    yield Concern(status=Status.MISSING, message=message, params={}, items=())


CHECKS = (
    stakeholders_saw_the_result,
    those_it_is_about_could_reply,
    evidence_is_listed,
    an_independent_assurer_judged_it,
)

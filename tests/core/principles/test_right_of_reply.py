"""Principle 7 and the right of reply: in numbers only where enough replied, and no objection left without a word."""

from dataclasses import replace

from outcomes.nouns import Explanation, Facts
from outcomes.principles import Finding, Status
from stakeholders.nouns import Consideration
from tests.core.principles.cases import add, drop, edit, findings, is_met, items_of, replied, sound_account

CHECK = "those-it-is-about-could-reply"
SOUND = sound_account()
WORDS = "Each group that was asked could see what the account says of it, and reply without giving a name."


def with_replies(**agreed_and_objected: tuple[int, int]) -> Facts:
    """Return the sound account with so many who agree and who object, by group; every objection is answered."""
    came = [replied(SOUND, ref, agreed=yes, objected=no) for ref, (yes, no) in agreed_and_objected.items()]
    return replace(SOUND, replies=tuple(came))


def told(facts: Facts) -> list[tuple[Status, str]]:
    return [(each.status, each.say()) for each in findings(facts, CHECK)]


def met(facts: Facts) -> list[Finding]:
    return [each for each in findings(facts, CHECK) if each.status is Status.MET]


def test_the_rate_is_told_where_ten_have_replied() -> None:
    (found,) = met(with_replies(S1=(12, 2), S2=(10, 0)))
    assert found.say() == "22 of the 24 people who replied agree with what it says. 80 got a code."
    assert dict(found.params) == {"agreed": 22, "replied": 24, "codes": 80}


def test_where_nine_have_replied_it_is_told_in_words() -> None:
    assert told(with_replies(S1=(8, 1), S2=(0, 0))) == [(Status.MET, WORDS)]


def test_a_group_in_which_few_replied_is_not_in_the_numbers_of_the_rest() -> None:
    (found,) = met(with_replies(S1=(12, 2), S2=(3, 4)))
    assert dict(found.params) == {"agreed": 12, "replied": 14, "codes": 40}
    assert found.say().endswith("Groups in which few replied are not in these numbers.")


def test_a_reply_to_what_the_account_said_before_is_not_in_the_numbers() -> None:
    facts = edit(with_replies(S1=(12, 2), S2=(10, 0)), "outcomes", "O1", name="Fewer lonely days")
    assert dict(met(facts)[0].params) == {"agreed": 10, "replied": 10, "codes": 40}
    assert items_of(facts, CHECK) == ["S1"]


def test_an_objection_wants_an_answer_once_it_may_be_known() -> None:
    def with_objection(agreed: int) -> Facts:
        mine = replied(SOUND, "S1", agreed=agreed, objected=1, unanswered=1)
        return replace(SOUND, replies=(mine, SOUND.replies[1]))

    assert is_met(with_objection(3), CHECK)
    assert items_of(with_objection(4), CHECK) == ["S1"]
    ((_status, said),) = [each for each in told(with_objection(4)) if each[0] is Status.NEEDS_REASON]
    assert said == ("Groups with an objection that nobody has answered: 1. Say what you did about it, or why not.")
    # In numbers and with an objection at once: both are told.
    assert [each.status for each in findings(with_objection(11), CHECK)] == [Status.NEEDS_REASON, Status.MET]


def test_the_reason_for_what_is_wanting_is_not_given_for_what_is_met() -> None:
    facts = replace(SOUND, replies=(replied(SOUND, "S1", agreed=12),))
    facts = add(facts, "explanations", Explanation(ref="R9", check_name=CHECK, reason="They left."))
    assert [(each.status, each.reason) for each in findings(facts, CHECK)] == [
        (Status.NEEDS_REASON, "They left."),
        (Status.MET, ""),
    ]


def test_a_group_that_nobody_asked_is_another_checks_business() -> None:
    facts = replace(drop(SOUND, "involvement", "V2"), replies=SOUND.replies[:1])
    assert is_met(facts, CHECK)
    assert findings(replace(drop(SOUND, "involvement"), replies=()), CHECK) == []


def test_a_group_that_is_left_out_or_so_small_that_each_would_be_known_is_not_waited_for() -> None:
    alone = replace(SOUND, replies=SOUND.replies[:1])
    assert items_of(alone, CHECK) == ["S2"]
    assert items_of(edit(alone, "stakeholders", "S2", decision=Consideration.EXCLUDED), CHECK) == []
    assert items_of(edit(alone, "involvement", "V2", took_part=4), CHECK) == []


def test_it_is_mended_on_the_page_of_replies() -> None:
    (found,) = findings(replace(SOUND, replies=SOUND.replies[:1]), CHECK)
    (item,) = found.items
    assert (item.place, item.aspect, item.called) == ("replies", "right of reply", "Volunteers")

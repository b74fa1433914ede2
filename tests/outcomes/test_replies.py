"""The right of reply in the tables: what is frozen, codes that are used once, and no way from a reply to anybody."""

import datetime as dt
import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import Account, AuditRecord
from accounts.roles import Role
from outcomes import format as account_format, replies, services, workbook
from outcomes.facts import read_facts
from outcomes.principles import Status
from outcomes.queries import standing
from stakeholders import queries
from stakeholders.models import Reply, ReplyAnswer, ReplyCode, ReplyRound
from stakeholders.nouns import GroupReplies
from tests import factories
from tests.outcomes import replying
from tests.outcomes.acting import change, facts_of
from tests.racing import race

pytestmark = pytest.mark.django_db

CHECK = "those-it-is-about-could-reply"


@pytest.fixture
def account() -> Account:
    """Return an account with three groups that were asked, and no reason given for anything."""
    return factories.account(replace(factories.complete_facts(), explanations=()))


# --- Opening a round ----------------------------------------------------------------------------------------------


def test_a_round_freezes_what_the_group_is_shown(account: Account):
    held = replying.opened(account).round
    shown = json.loads(held.shown)
    assert shown["organisation"] == account.organisation.name
    assert shown["told"] == replies.told(facts_of(account), "S1")
    assert held.told_sha256 == replies.told_sha256(facts_of(account), "S1")
    assert held.shown == replies.canonical(shown)


def test_of_its_codes_only_the_hashes_are_kept(account: Account):
    made = replying.opened(account, codes=30)
    assert len(set(made.codes)) == 30
    kept = {each.code_hash for each in ReplyCode.objects.all()}
    assert kept == {replies.code_hash(code) for code in made.codes}
    record = AuditRecord.objects.latest("id")
    told = f"{made.round.__dict__} {record.after} {record.ref}"
    assert [code for code in made.codes if code in told] == []


def test_the_record_names_the_group_the_number_and_the_last_day(account: Account):
    actor = factories.member(Role.EDITOR, account.organisation)
    held = replying.opened(account, codes=12, actor=actor).round
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.ref, record.person) == ("opened replies", "S1", actor)
    assert record.after == {"group": "Members", "codes": 12, "closes_on": held.closes_on.isoformat()}


def test_a_form_sent_twice_makes_one_round(account: Account):
    key = uuid4()
    replying.opened(account, key=key)
    with pytest.raises(services.CodesShownBefore):
        replying.opened(account, key=key)
    assert ReplyRound.objects.count() == 1
    assert ReplyCode.objects.count() == 20


def test_the_key_of_a_form_is_of_one_account(account: Account):
    other, key = factories.account(factories.complete_facts()), uuid4()
    assert replying.opened(account, key=key).round != replying.opened(other, key=key).round


@pytest.mark.parametrize("codes", [4, 501])
def test_too_few_or_too_many_codes_are_refused(account: Account, codes: int):
    with pytest.raises(Refusal, match="from 5 to 500"):
        replying.opened(account, codes=codes)
    assert not ReplyRound.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_round_ends_after_today_and_within_a_year(account: Account, days: int):
    with pytest.raises(services.NoSuchLastDay):
        replying.opened(account, now=factories.NOW, closes_on=factories.NOW.date() + dt.timedelta(days=days))


@pytest.mark.parametrize("group", ["S4", "S99"])
def test_nobody_replies_who_was_never_asked(account: Account, group: str):
    with pytest.raises(Refusal, match="First write down how they were asked"):
        replying.opened(account, group)


def test_an_account_that_was_submitted_still_takes_rounds_and_replies(account: Account):
    submitted = factories.submitted(account).account
    before = Account.objects.get(pk=account.pk).state
    made = replying.objected(submitted)
    services.answer_objection(
        actor=factories.member(Role.EDITOR, account.organisation),
        account=submitted,
        reply=made.objection,
        text="We asked",
        now=factories.NOW,
    )
    assert Account.objects.get(pk=account.pk).state == before == "submitted"


def test_a_newer_round_takes_the_place_of_the_one_before(account: Account):
    first, second = replying.opened(account), replying.opened(account)
    other = replying.opened(account, "S2")
    assert (first.round.number, second.round.number, other.round.number) == (1, 2, 1)
    with pytest.raises(services.RoundClosed):
        replying.reply(first.codes[0])
    replying.reply(second.codes[0])
    replying.reply(other.codes[0])
    assert Reply.objects.count() == 2


# --- Replying -----------------------------------------------------------------------------------------------------


def test_a_reply_is_kept_with_its_day_and_nothing_that_leads_to_anybody(account: Account):
    made = replying.opened(account)
    services.give_reply(code=made.codes[3], agrees=False, words="Not so", today=factories.NOW.date())
    (kept,) = Reply.objects.all()
    assert (kept.agrees, kept.words, kept.replied_on) == (False, "Not so", factories.NOW.date())
    # A field that is added here must be thought about: it may tell who replied.
    assert {each.name for each in Reply._meta.concrete_fields} == {"id", "round", "agrees", "words", "replied_on"}
    assert {each.name for each in ReplyCode._meta.concrete_fields} == {"code_hash", "round", "spent"}
    times = [
        each for model in (Reply, ReplyCode) for each in model._meta.fields if isinstance(each, models.DateTimeField)
    ]
    assert times == []
    assert isinstance(kept.id, UUID)
    assert not AuditRecord.objects.filter(verb__contains="repl").exclude(verb="opened replies").exists()


def test_a_code_is_good_for_one_reply(account: Account):
    made = replying.opened(account)
    replying.reply(made.codes[0])
    with pytest.raises(services.CodeSpent):
        replying.reply(made.codes[0], agrees=False, words="Again")
    assert Reply.objects.get().agrees is True


@pytest.mark.django_db(transaction=True)
def test_of_many_replies_with_one_code_at_once_one_is_kept(account: Account):
    code = replying.opened(account).codes[0]
    results = race(*[lambda words=words: replying.reply(code, words=words) for words in ("a", "b", "c", "d", "e", "f")])
    assert sorted(type(each).__name__ for each in results) == ["CodeSpent"] * 5 + ["NoneType"]
    (won,) = [words for words, result in zip("abcdef", results, strict=True) if result is None]
    assert Reply.objects.get().words == won


@pytest.mark.parametrize("code", ["0000-0000-0000", "nonsense", ""])
def test_a_code_that_was_never_made_takes_no_reply(account: Account, code: str):
    replying.opened(account)
    with pytest.raises(services.NoSuchCode):
        replying.reply(code)


def test_after_the_last_day_a_code_takes_no_reply_and_stays_unused(account: Account):
    made = replying.opened(account)
    with pytest.raises(services.RoundClosed):
        replying.reply(made.codes[0], today=made.round.closes_on + dt.timedelta(days=1))
    assert not ReplyCode.objects.filter(spent=True).exists()
    replying.reply(made.codes[0], today=made.round.closes_on)


def test_a_reply_that_says_nothing_is_not_kept_and_words_alone_are(account: Account):
    made = replying.opened(account)
    with pytest.raises(services.SaysNothing):
        replying.reply(made.codes[0], agrees=None)
    replying.reply(made.codes[0], agrees=None, words="I was ill that day")
    assert Reply.objects.get().agrees is None


def test_a_reply_that_cannot_be_kept_leaves_its_code_unused(account: Account, monkeypatch: pytest.MonkeyPatch):
    made = replying.opened(account)
    monkeypatch.setattr(Reply.objects, "create", lambda **_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        replying.reply(made.codes[0])
    monkeypatch.undo()
    replying.reply(made.codes[0])


# --- What the tables refuse ---------------------------------------------------------------------------------------


def test_nothing_of_it_can_be_changed_or_removed(account: Account):
    made = replying.objected(account)
    actor = factories.member(Role.EDITOR, account.organisation)
    services.answer_objection(actor=actor, account=account, reply=made.objection, text="So", now=factories.NOW)
    attempts = [
        lambda: ReplyRound.objects.update(closes_on=dt.date(2030, 1, 1)),
        lambda: ReplyRound.objects.filter(id=made.held.id).update(shown="{}"),
        lambda: Reply.objects.update(agrees=True),
        lambda: Reply.objects.filter(id=made.objection.id).update(words=""),
        lambda: Reply.objects.all()._raw_delete("default"),
        lambda: ReplyAnswer.objects.update(text="Otherwise"),
        lambda: ReplyAnswer.objects.all().delete(),
        lambda: ReplyCode.objects.filter(spent=True).update(spent=None),
        lambda: ReplyCode.objects.update(round=made.held.id),
        lambda: ReplyCode.objects.all().delete(),
        lambda: ReplyRound.objects.all()._raw_delete("default"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            attempt()


def test_the_database_takes_no_reply_without_anything_in_it(account: Account):
    held = replying.opened(account).round
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(round=held, agrees=None, words="", replied_on=factories.NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyCode.objects.create(code_hash="0" * 64, round=held, spent=False)


# --- What is made of it -------------------------------------------------------------------------------------------


def test_the_facts_hold_the_numbers_of_the_latest_round_of_each_group(account: Account):
    replying.replied(account, agree=1, object_=1)
    replying.replied(account, agree=12, object_=2)
    replying.opened(account, "S2", codes=7)
    facts = read_facts(Account.objects.get(pk=account.pk))
    sha = {ref: replies.told_sha256(facts, ref) for ref in ("S1", "S2")}
    numbers = {"codes": 20, "replied": 14, "agreed": 12, "objected": 2, "unanswered": 2}
    none = {"codes": 7, "replied": 0, "agreed": 0, "objected": 0, "unanswered": 0}
    assert facts.replies == (
        GroupReplies(group="S1", told_sha256=sha["S1"], **numbers),
        GroupReplies(group="S2", told_sha256=sha["S2"], **none),
    )


def test_an_objection_with_two_answers_is_one_that_was_answered(account: Account):
    made = replying.objected(account)
    actor = factories.member(Role.EDITOR, account.organisation)
    for text in ("We asked", "And asked again"):
        services.answer_objection(actor=actor, account=account, reply=made.objection, text=text, now=factories.NOW)
    (came,) = facts_of(account).replies
    assert (came.replied, came.agreed, came.objected, came.unanswered) == (5, 4, 1, 0)
    record = AuditRecord.objects.latest("id")
    assert (record.verb, record.ref, record.after) == ("answered reply", "S1", {"group": "Members", "text": text})


def test_the_rate_goes_into_the_seventh_principle_and_into_the_snapshot(account: Account):
    replying.replied(account, agree=12, object_=2)
    found = [each for each in standing(Account.objects.get(pk=account.pk)).findings if each.check == CHECK]
    (met,) = [each for each in found if each.status is Status.MET]
    assert met.say().startswith("12 of the 14 people who replied agree with what it says. 20 got a code.")
    document = json.loads(factories.submitted(account).snapshot.document)
    frozen = [each for each in document["content"]["findings"] if each["check"] == CHECK and each["status"] == "met"]
    assert [each["params"] for each in frozen] == [{"agreed": "12", "replied": "14", "codes": "20"}]


def test_neither_the_json_nor_the_workbook_of_an_account_brings_replies_in_or_out(account: Account):
    replying.replied(account, agree=12, object_=2)
    facts = facts_of(account)
    assert facts.replies
    assert account_format.to_plain(facts) == account_format.to_plain(replace(facts, replies=()))
    assert account_format.loads(account_format.dumps(facts)).replies == ()
    services.replace_facts(
        actor=None, account=account, facts=replace(facts, replies=()), now=factories.NOW, source="a test"
    )
    assert facts_of(account).replies == facts.replies
    assert workbook.write(facts, None)


def test_once_the_account_says_something_else_the_group_is_to_be_asked_again(account: Account):
    replying.opened(account)
    row = facts_of(account).outcomes[0]
    change(account, factories.member(Role.EDITOR, account.organisation), row, name="Less alone")
    found = [each for each in standing(Account.objects.get(pk=account.pk)).findings if each.check == CHECK]
    assert [item.ref for each in found if "before" in each.message for item in each.items] == ["S1"]


# --- Small numbers ------------------------------------------------------------------------------------------------


def test_no_word_of_a_round_is_told_until_five_have_replied(account: Account):
    made = replying.replied(account, agree=3, object_=1)
    objection = Reply.objects.get(agrees=False)
    assert list(queries.replies_with_words(queries.rounds(account))) == []
    assert queries.objection(account, objection.id) is None
    replying.reply(made.codes[4])
    assert list(queries.replies_with_words(queries.rounds(account))) == [objection]
    assert queries.objection(account, objection.id) == objection


def test_an_objection_is_found_in_its_own_account_alone(account: Account):
    made = replying.objected(account)
    agreed = Reply.objects.filter(agrees=True).first()
    assert queries.objection(factories.account(), made.objection.id) is None
    assert agreed is not None
    assert queries.objection(account, agreed.id) is None


def test_a_round_is_open_until_its_last_day(account: Account):
    held = replying.opened(account).round
    assert queries.is_open(held, timezone.localdate())
    assert queries.is_open(held, held.closes_on)
    assert not queries.is_open(held, held.closes_on + dt.timedelta(days=1))

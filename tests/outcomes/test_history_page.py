"""The history reads as sentences, shows what is asked for, and can be taken along as a table."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, AuditRecord, Person
from accounts.roles import Role
from outcomes import services
from outcomes.nouns import Outcome
from outcomes.views.history import RECORDS_A_PAGE, harmless
from outcomes.views.wording.history import record_shown
from stakeholders.nouns import Input
from tests import factories
from tests.doors.door import browser, told
from tests.outcomes.acting import LATER, change, facts_of
from tests.outcomes.reading import at, links, main_of, reading

pytestmark = pytest.mark.django_db
MUCH_LATER = LATER + dt.timedelta(days=40)


@pytest.fixture
def kept(account: Account, editor: Person) -> Account:
    """Return an account that two people changed on different days."""
    other = factories.member(Role.EDITOR, account.organisation)
    Person.objects.filter(pk=other.pk).update(name="Mair")
    other.refresh_from_db()
    change(account, editor, facts_of(account).outcomes[0], quantity="12")
    services.add_row(actor=other, account=account, noun=Input, typed={"description": "Rooms"}, now=MUCH_LATER)
    services.move_row(actor=other, account=account, noun=Input, ref="N2", seen=1, to=0, now=MUCH_LATER)
    return account


def shown(account: Account, **asked: str) -> str:
    """Return the words of the history, after its filter."""
    answer = reading(account).get(at(account, "history"), asked)
    assert answer.status_code == 200
    return told(answer).partition("Download these as a table (CSV)")[2]


def test_everything_is_told_in_sentences_from_what_to_what_and_why(kept: Account):
    words = shown(kept)
    assert "Mair moved input N2 from place 2 to place 1." in words
    assert "Mair added input N2 “Rooms”." in words
    assert "The editor changed outcome O1. How many, or how much: from 10 to 12 Counted again" in words or (
        "changed outcome O1." in words and "from 10 to 12" in words and "Counted again" in words
    )


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"verb": "changed"}, "from 10 to 12", "Mair"),
        ({"noun": "inputs"}, "Mair added", "from 10 to 12"),
        ({"ref": "o1"}, "from 10 to 12", "Mair"),
        ({"since": "01/12/2026"}, "Mair added", "from 10 to 12"),
        ({"until": "2026-11-30"}, "from 10 to 12", "Mair"),
        ({"person": "operator"}, "Nothing of that kind happened", "Mair"),
        ({"person": "no such person"}, "Nothing of that kind happened", "Mair"),
    ],
)
def test_it_is_narrowed_to_what_is_asked_for(kept: Account, asked: dict[str, str], there: str, not_there: str):
    words = shown(kept, **asked)
    assert there in words
    assert not_there not in words


def test_it_is_narrowed_to_one_person(kept: Account):
    mair = Person.objects.get(name="Mair")
    words = shown(kept, person=str(mair.pk))
    assert "Mair added" in words
    assert "from 10 to 12" not in words
    assert '<option value="operator"' not in reading(kept).get(at(kept, "history")).text


def test_a_day_counts_from_its_first_to_its_last_minute(kept: Account):
    assert "from 10 to 12" in shown(kept, since="23/11/2026", until="23/11/2026")


def test_a_day_that_is_none_is_said_at_its_field_and_narrows_nothing(kept: Account):
    answer = reading(kept).get(at(kept, "history"), {"since": "yesterday", "verb": "changed"})
    assert answer.status_code == 422
    words = told(answer)
    assert "Write the day as 31/03/2025." in words
    assert 'value="yesterday"' in answer.text
    assert "from 10 to 12" in words
    assert "Mair added" not in words


def test_the_next_page_keeps_what_was_asked_for(account: Account, editor: Person):
    AuditRecord.objects.bulk_create(
        AuditRecord(at=LATER, account=account, person=editor, verb="changed", noun="outcomes", ref="O1", after={})
        for _each in range(RECORDS_A_PAGE + 1)
    )
    answer = reading(account).get(at(account, "history"), {"verb": "changed"})
    (onward,) = [link for link in links(answer) if "page=2" in link]
    assert "verb=changed" in onward
    assert main_of(reading(account).get(at(account, "history") + onward)).count("<time") == 1


def test_the_history_asks_the_database_as_often_for_many_as_for_few(kept: Account, editor: Person):
    client = reading(kept)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(at(kept, "history"), {"noun": "inputs"})
        return len(seen)

    few = asked()
    for _each in range(5):
        services.add_row(actor=editor, account=kept, noun=Input, typed={"description": "Time"}, now=LATER)
    assert asked() == few


VERBS: dict[str, tuple[dict[str, Any], str]] = {
    "submitted": ({"after": {"in_the_name_of": "A club"}, "ref": "1"}, "submitted the account in the name of A club."),
    "took back": ({"reason": "A figure was wrong"}, "took the account back, to change it."),
    "explained": ({"noun": "explanations", "ref": "R1"}, "gave a reason: reason given R1."),
    "kept file": ({"noun": "evidence", "ref": "E1"}, "kept a file with piece of evidence E1."),
    "shared points": ({"noun": "valuations", "ref": "W1"}, "changed the importance that people gave: valuation W1."),
    "copied": ({"noun": "outcomes", "ref": "O9", "before": {"copy_of": "O1"}}, "made outcome O9, a copy of O1."),
    "restored": ({"noun": "outcomes", "ref": "O1"}, "put outcome O1 back."),
    "a new verb": ({"noun": "outcomes", "ref": "O1"}, ": a new verb, outcome O1."),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_sentence(account: Account, editor: Person, verb: str):
    said, expected = VERBS[verb]
    record = AuditRecord(at=LATER, account=account, person=editor, verb=verb, **said)
    assert record_shown(record)["sentence"].endswith(expected)


# --- As a table -------------------------------------------------------------------------------------------------------


def table(account: Account, **asked: str) -> list[list[str]]:
    """Return the rows of the table, without its heads."""
    answer = reading(account).get(at(account, "history_csv"), asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def test_the_table_holds_just_what_was_asked_for(kept: Account):
    assert len(table(kept)) == AuditRecord.objects.filter(account=kept).count()
    (only,) = table(kept, verb="changed")
    when, who, what, noun, ref, changes, why = only
    assert (when, who, noun, ref, why) == ("2026-11-23 12:30", "The editor", "Outcome", "O1", "Counted again")
    assert what == "The editor changed outcome O1."
    assert changes.endswith("from 10 to 12")


@pytest.mark.parametrize("cell", ["=1+1", "+44 1248", "-5", "@SUM(A1)", "  =1+1", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(cell: str):
    assert harmless(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are():
    assert [harmless(cell) for cell in ("Rooms", "", "5 − 3", "a=b")] == ["Rooms", "", "5 − 3", "a=b"]


def test_a_person_or_a_reason_that_looks_like_a_formula_is_harmless_in_the_table(account: Account, editor: Person):
    Person.objects.filter(pk=editor.pk).update(name="=cmd()")
    editor.refresh_from_db()
    services.change_row(
        actor=editor,
        account=account,
        noun=Outcome,
        ref="O1",
        typed={"name": "Mended", "stakeholder": "S1"},
        version=1,
        now=LATER,
        reason="@SUM(A1)",
    )
    row = table(account, verb="changed")[0]
    assert row[1] == "'=cmd()"
    assert row[-1] == "'@SUM(A1)"


def test_the_table_of_an_account_of_others_is_not_found(kept: Account):
    elsewhere = browser(factories.member(Role.ADMIN, factories.organisation()))
    assert elsewhere.get(at(kept, "history_csv")).status_code == 404

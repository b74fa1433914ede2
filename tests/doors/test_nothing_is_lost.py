"""What a change takes away is still in the history, word for word; and nobody overwrites unseen what another did."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AuditRecord
from accounts.roles import Role
from outcomes import format as account_format, queries, workbook
from tests import factories
from tests.core.intake.made_up import small
from tests.doors.door import editor_of, form_of, held, replace_at, told, upload

pytestmark = pytest.mark.django_db

BEFORE = small()
AFTER = replace(small(), outcomes=tuple(replace(each, quantity=Decimal(99)) for each in small().outcomes), evidence=())


@pytest.fixture
def account() -> Account:
    """Return an account that people work on."""
    return factories.account(BEFORE)


@pytest.fixture
def editor(account: Account) -> Client:
    """Return the browser of one of them."""
    return editor_of(account.organisation)


def test_what_a_workbook_replaced_is_in_the_history_word_for_word(account: Account, editor: Client) -> None:
    assert upload(editor, replace_at(account), workbook.write(AFTER, None)).status_code == 302
    assert queries.facts(account) == AFTER
    record = AuditRecord.objects.get(account=account, verb="replaced")
    assert account_format.from_plain(record.before["account"]) == BEFORE


def test_what_a_removed_row_said_is_in_the_history(account: Account, editor: Client) -> None:
    editor.post(reverse("outcomes:remove_entry", args=[account.id, "evidence", "E1"]))
    record = AuditRecord.objects.get(account=account, verb="removed")
    assert record.before["name"] == "Minutes"


def test_a_removed_row_that_is_put_back_says_what_it_said_where_it_stood(account: Account, editor: Client) -> None:
    editor.post(reverse("outcomes:remove_entry", args=[account.id, "scenarios", "X1"]))
    record = AuditRecord.objects.get(account=account, verb="removed")
    undo = reverse("outcomes:undo", args=[account.id, record.id])
    assert editor.post(undo).status_code == 302
    assert queries.facts(account) == BEFORE
    editor.post(undo)
    assert queries.facts(account) == BEFORE


def test_what_was_removed_from_one_account_is_not_put_back_into_another(account: Account, editor: Client) -> None:
    other = factories.account(BEFORE, keeper=account.organisation)
    editor.post(reverse("outcomes:remove_entry", args=[account.id, "evidence", "E1"]))
    record = AuditRecord.objects.get(account=account, verb="removed")
    before = held()
    assert editor.post(reverse("outcomes:undo", args=[other.id, record.id])).status_code == 404
    assert held() == before


def test_a_form_that_was_open_while_a_workbook_came_in_is_told_so(account: Account, editor: Client) -> None:
    page = reverse("outcomes:entry", args=[account.id, "outcomes", "O1"])
    mine = {**form_of(editor, page), "quantity": "12"}
    upload(editor, replace_at(account), workbook.write(AFTER, None))
    before = held()
    answer = editor.post(page, mine)
    assert answer.status_code == 409
    assert "99" in told(answer)
    assert held() == before


def test_a_workbook_that_cannot_be_written_down_whole_is_not_written_down_at_all(
    account: Account, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_anything: object) -> None:
        raise Error("the disk is full")

    monkeypatch.setattr("accounts.audit.record", fail)
    before = held()
    with transaction.atomic():  # as in the server, where no transaction is open around a request
        answer = upload(editor, replace_at(account), workbook.write(AFTER, None))
    assert answer.status_code == 500
    assert "disk" not in answer.text
    assert held() == before


def test_the_history_cannot_be_rewritten_whatever_the_code(account: Account, editor: Client) -> None:
    editor.post(reverse("outcomes:remove_entry", args=[account.id, "evidence", "E1"]))
    before = held()
    for rewrite in (lambda: AuditRecord.objects.update(verb="nothing"), lambda: AuditRecord.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            rewrite()
    assert held() == before


def test_a_form_from_before_one_signed_in_gives_back_what_was_typed_to_copy() -> None:
    keeper = factories.organisation()
    account = factories.account(keeper=keeper)
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.member(Role.EDITOR, keeper), backend="django.contrib.auth.backends.ModelBackend")
    typed = {
        "name": "Less alone, <b>said all</b>",
        "quantity": "12.5",
        "version": "7531",
        "password": "a secret of mine",
    }
    answer = client.post(reverse("outcomes:entry", args=[account.id, "outcomes", "O1"]), typed)
    assert answer.status_code == 403
    assert "<li>Less alone, &lt;b&gt;said all&lt;/b&gt;</li>" in answer.text
    assert "<li>12.5</li>" in answer.text
    assert "7531" not in answer.text
    assert "my secret" not in answer.text

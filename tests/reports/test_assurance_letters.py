"""Letters of an assurance: who gets each, where it leads, in whose language, when; and that nothing depends on it."""

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from accounts.models import Account, Membership, Person
from accounts.roles import Role
from reports import services
from reports.models import Engagement
from tests import factories
from tests.reports import assuring
from tests.reports.assuring import NOW, Assurance

pytestmark = pytest.mark.django_db
Sent = Callable[[Callable[[], Any]], dict[str, Any]]


@pytest.fixture
def sent(django_capture_on_commit_callbacks: Any) -> Sent:
    """Return a function that does something, commits it, and returns the letters that went, by their reader."""

    def do(move: Callable[[], Any]) -> dict[str, Any]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            move()
        letters = {letter.to[0]: letter for letter in mail.outbox}
        assert len(letters) == len(mail.outbox), "somebody got two letters"
        return letters

    return do


class Inside:
    """The people of the organisation."""

    def __init__(self, held: Assurance) -> None:
        keeper = held.keeper
        self.approver = held.engagement.submission.submitted_by
        self.editor = factories.member(Role.EDITOR, keeper)
        self.both = factories.member(Role.EDITOR, keeper)
        Membership.objects.create(person=self.both, organisation=keeper, role=Role.APPROVER)
        self.viewer = factories.member(Role.VIEWER, keeper)
        self.gone = factories.member(Role.APPROVER, keeper, is_active=False)

    @property
    def readers(self) -> set[str]:
        """Return the addresses of those who want to know."""
        return {self.approver.email, self.editor.email, self.both.email}


def link(letter: Any) -> str:
    """Return the path that a letter leads to, which is a page of this site."""
    (found,) = re.findall(r"https?://\S+", letter.body)
    path = urlsplit(found).path
    try:
        resolve(path)
    except Resolver404:
        pytest.fail(f"{path} is no page")
    return path


def ask(held: Assurance, text: str = "Who counted them?") -> Any:
    return services.ask(actor=held.assurer, engagement=held.engagement, about="outcomes:O1", text=text, now=NOW)


def bench(held: Assurance, name: str = "workbench") -> str:
    return reverse(f"reports:{name}", args=[held.engagement.id])


def of_account(held: Assurance) -> str:
    return reverse("reports:assurance", args=[held.account.id])


# --- To whom, and where it leads ------------------------------------------------------------------------------------


def test_on_being_assigned_the_assurer_is_led_to_the_workbench_and_the_organisation_to_its_page(sent: Sent) -> None:
    held = assuring.assigned()
    inside = Inside(held)
    services.relieve(actor=held.coordinator, account=held.account, reason="Ill", now=NOW)
    held.account.refresh_from_db()
    given = {"actor": held.coordinator, "account": held.account, "assurer": held.assurer, "level": "independent"}
    letters = sent(lambda: services.assign(**given, now=NOW))
    assert set(letters) == inside.readers | {held.assurer.email}
    again = Engagement.objects.get(ended_at=None)
    assert link(letters[held.assurer.email]) == reverse("reports:workbench", args=[again.id])
    assert {link(letters[each]) for each in inside.readers} == {of_account(held)}
    assert held.account.name in letters[held.assurer.email].body


def test_a_relieved_assurer_is_told_and_led_to_what_is_left(sent: Sent) -> None:
    held = assuring.assigned()
    letters = sent(lambda: services.relieve(actor=held.coordinator, account=held.account, reason="Ill-kept", now=NOW))
    assert set(letters) == {held.assurer.email}
    assert link(letters[held.assurer.email]) == reverse("reports:engagements")
    assert "Ill-kept" not in letters[held.assurer.email].body


def test_a_question_leads_those_who_can_answer_to_the_answer_and_an_approver_to_the_page(sent: Sent) -> None:
    held = assuring.declared()
    inside = Inside(held)
    letters = sent(lambda: ask(held, "Was the till counted?"))
    question = held.engagement.questions.get()
    assert set(letters) == inside.readers
    answering = reverse("reports:answer", args=[question.id])
    assert {link(letters[each.email]) for each in (inside.editor, inside.both)} == {answering}
    assert link(letters[inside.approver.email]) == of_account(held)
    assert not [each for each in letters.values() if "till" in each.body + each.subject]


def test_an_answer_leads_the_assurer_to_the_question_and_further_words_lead_back(sent: Sent) -> None:
    held = assuring.declared()
    inside = Inside(held)
    question = ask(held)
    letters = sent(lambda: services.answer(actor=inside.editor, question=question, text="Mair, by hand", now=NOW))
    assert set(letters) == {held.assurer.email}
    assert link(letters[held.assurer.email]) == bench(held, "ask")
    assert f"#question-{question.number}" in letters[held.assurer.email].body
    assert "Mair, by hand" not in letters[held.assurer.email].body
    further = sent(lambda: services.follow_up(actor=held.assurer, question=question, text="When?", now=NOW))
    assert set(further) == inside.readers


def test_an_account_returned_and_a_statement_signed_are_told_to_the_organisation(sent: Sent) -> None:
    held = assuring.judged()
    inside = Inside(held)
    assuring.conclude(held)
    letters = sent(lambda: assuring.sign(held))
    assert set(letters) == inside.readers
    assert {link(each) for each in letters.values()} == {of_account(held)}
    other = assuring.declared()
    theirs = Inside(other)
    back = {"actor": other.assurer, "engagement": other.engagement, "reason": "The sums are wrong", "now": NOW}
    letters = sent(lambda: services.return_with_findings(**back))
    assert set(letters) == theirs.readers
    assert not [each for each in letters.values() if "sums" in each.body + each.subject]


def test_a_conflict_is_told_to_the_coordinator_who_assigned_and_if_they_left_to_those_who_are_there(sent: Sent) -> None:
    held = assuring.assigned()
    second = factories.member(Role.COORDINATOR, held.forum)
    mine = sent(lambda: assuring.declare(held, conflict=True, independence="My sister works there"))
    assert set(mine) == {held.coordinator.email}
    assert link(mine[held.coordinator.email]) == of_account(held)
    assert "sister" not in mine[held.coordinator.email].body
    other = assuring.assigned(forum=held.forum, keeper=factories.organisation(forum=held.forum))
    Person.objects.filter(pk=other.coordinator.pk).update(is_active=False)
    theirs = sent(lambda: assuring.declare(other, conflict=True))
    assert set(theirs) == {held.coordinator.email, second.email}


def test_independence_without_a_conflict_is_told_to_nobody(sent: Sent) -> None:
    held = assuring.assigned()
    assert sent(lambda: assuring.declare(held)) == {}


# --- How and when ---------------------------------------------------------------------------------------------------


def test_each_reads_their_own_language(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    held = assuring.declared()
    inside = Inside(held)
    Person.objects.filter(pk=inside.editor.pk).update(language="cy")
    spoken: list[str] = []

    def hear(words: str) -> str:
        spoken.append(get_language() or "")
        return words

    from_letters = "reports.letters._assurance._"
    monkeypatch.setattr(from_letters, hear)
    sent(lambda: ask(held))
    assert sorted(set(spoken)) == ["cy", "en-gb"]


def test_no_letter_leaves_before_the_commit_nor_for_what_was_undone(sent: Sent) -> None:
    held = assuring.declared()
    Inside(held)

    def undone() -> None:
        with transaction.atomic():
            ask(held)
            assert mail.outbox == []
            transaction.set_rollback(True)

    assert sent(undone) == {}
    before = mail.outbox[:]
    ask(held)
    assert mail.outbox == before


@pytest.mark.parametrize("backend", ["Unreachable", "Fussy"])
def test_a_letter_that_cannot_go_is_logged_and_undoes_nothing(
    sent: Sent, settings: Any, caplog: pytest.LogCaptureFixture, backend: str
) -> None:
    held = assuring.declared()
    inside = Inside(held)
    Person.objects.filter(pk=inside.editor.pk).update(email="refused@example.org")
    settings.EMAIL_BACKEND = f"tests.reports.test_subscriptions.{backend}"
    with caplog.at_level(logging.ERROR, logger="reports.letters"):
        letters = sent(lambda: ask(held))
    assert held.engagement.questions.count() == 1
    assert set(letters) == ({inside.approver.email, inside.both.email} if backend == "Fussy" else set())
    assert "could not be sent" in caplog.text or "cannot be reached" in caplog.text


def test_a_name_over_two_lines_makes_no_header_of_its_own(sent: Sent) -> None:
    held = assuring.declared()
    inside = Inside(held)
    Account.objects.filter(pk=held.account.pk).update(name="A name\nBcc: everybody@example.org")
    type(held.keeper).objects.filter(pk=held.keeper.pk).update(name="A\r\nBcc: all@example.org")
    question = ask(held)
    letters = sent(lambda: services.answer(actor=inside.editor, question=question, text="So", now=NOW))
    assert "\n" not in letters[held.assurer.email].subject
    assert letters[held.assurer.email].recipients() == [held.assurer.email]

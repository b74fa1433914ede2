"""Letters to those who want to know what is published of what they fund, and the ways out of them."""

import logging
import re
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, Person
from accounts.roles import Role
from reports import letters, services
from reports.errors import NotAFunder
from reports.models import Edition, Report, Subscription
from tests import factories
from tests.doors.door import browser, told

pytestmark = pytest.mark.django_db

PAGE = "/published/letters/"
Captured = Callable[..., Any]


@pytest.fixture
def foundation() -> Organisation:
    return factories.funder()


@pytest.fixture
def reader(foundation: Organisation) -> Person:
    person = factories.member(Role.FUNDER, foundation)
    services.subscribe(actor=person, funder=foundation, now=factories.NOW)
    return person


@pytest.fixture
def publish(foundation: Organisation, django_capture_on_commit_callbacks: Captured) -> Callable[[], Report]:
    """Return what publishes a report of what the foundation funds, and lets what follows the commit happen."""
    account = factories.account(keeper=factories.organisation("Cinio Ogwen"))
    factories.grant(foundation, account, title="Lunches", identifier="360G-sylfaen-1")
    report = factories.submitted_report(account)

    def published() -> Report:
        with django_capture_on_commit_callbacks(execute=True):
            return factories.publish(report)

    return published


def stopping_link(letter: mail.EmailMessage) -> str:
    found = re.search(r"https://value\.example\.org(/published/letters/stop/\S+)", str(letter.body))
    assert found is not None
    return found[1]


# --- Written ----------------------------------------------------------------------------------------------------------


def test_a_letter_goes_out_on_publication_and_says_what_was_published(
    reader: Person, publish: Callable[[], Report]
) -> None:
    publish()
    (letter,) = mail.outbox
    assert letter.to == [reader.email]
    assert letter.subject == "Cinio Ogwen has published a report"
    assert "Cinio Ogwen has published report 1 on “Some account”." in str(letter.body)
    assert "Grant of Sylfaen: Lunches (360G-sylfaen-1)" in str(letter.body)
    assert "https://value.example.org/published/" in str(letter.body)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stopping_link(letter) in letter.extra_headers["List-Unsubscribe"]


def test_no_letter_goes_out_before_the_publication_is_kept(reader: Person, foundation: Organisation) -> None:
    report = factories.submitted_report()
    factories.grant(foundation, report.snapshot.account)
    factories.publish(report)
    assert mail.outbox == []


def test_a_version_is_told_of_once_whatever_editions_are_published_of_it(
    reader: Person, publish: Callable[[], Report], django_capture_on_commit_callbacks: Captured
) -> None:
    account = publish().snapshot.account
    late = factories.report(account, edition=Edition.SUMMARY)
    with django_capture_on_commit_callbacks(execute=True):
        factories.publish(late)
    assert len(mail.outbox) == 1


def test_only_those_who_may_read_it_for_the_funder_get_a_letter(
    reader: Person, foundation: Organisation, publish: Callable[[], Report]
) -> None:
    gone = factories.member(Role.FUNDER, foundation)
    left = factories.member(Role.FUNDER, foundation)
    elsewhere = factories.funder("Elsewhere")
    other = factories.member(Role.FUNDER, elsewhere)
    for person, funder in ((gone, foundation), (left, foundation), (other, elsewhere)):
        services.subscribe(actor=person, funder=funder, now=factories.NOW)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    Membership.objects.filter(person=left).update(role=Role.VIEWER.value)
    publish()
    assert [letter.to for letter in mail.outbox] == [[reader.email]]


def test_a_grant_that_ended_brings_no_letter(
    reader: Person, foundation: Organisation, publish: Callable[[], Report]
) -> None:
    grant = foundation.grants_given.get()
    admin = factories.member(Role.ADMIN, grant.account.organisation)
    services.end_grant(actor=admin, grant=grant, now=factories.NOW)
    publish()
    assert mail.outbox == []


def test_whoever_reads_for_two_funders_gets_one_letter(
    reader: Person, foundation: Organisation, publish: Callable[[], Report]
) -> None:
    second = factories.funder("Second")
    Membership.objects.create(person=reader, organisation=second, role=Role.FUNDER.value)
    factories.grant(second, foundation.grants_given.get().account)
    services.subscribe(actor=reader, funder=second, now=factories.NOW)
    publish()
    assert len(mail.outbox) == 1


class Unreachable(EmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError


class Fussy(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        if messages[0].to[0].startswith("refused"):
            raise SMTPException
        return super().send_messages(messages)


def test_a_mail_server_that_cannot_be_reached_is_logged_and_the_report_is_published(
    reader: Person, publish: Callable[[], Report], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    with caplog.at_level(logging.ERROR, logger="reports.letters"):
        assert publish().published_at is not None
    assert "The mail server cannot be reached." in caplog.text


def test_a_letter_that_is_refused_keeps_back_no_other(
    reader: Person,
    foundation: Organisation,
    publish: Callable[[], Report],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Fussy"
    second = factories.member(Role.FUNDER, foundation)
    services.subscribe(actor=second, funder=foundation, now=factories.NOW)
    Person.objects.filter(pk=reader.pk).update(email="refused@example.org")
    publish()
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    assert "could not be sent" in caplog.text


# --- Chosen -----------------------------------------------------------------------------------------------------------


def test_letters_are_chosen_and_stopped_on_the_page(foundation: Organisation) -> None:
    person = factories.member(Role.FUNDER, foundation)
    client = browser(person)
    assert "You get no letters." in told(client.get(PAGE))
    for _click in range(2):
        answer = client.post(PAGE, {"funder": str(foundation.id), "wanted": "yes"}, follow=True)
        assert f"We will write to {person.email}" in told(answer)
    assert "You get a letter on each new report." in told(client.get(PAGE))
    client.post(PAGE, {"funder": str(foundation.id), "wanted": "no"})
    assert not Subscription.objects.exists()


def test_nobody_gets_letters_for_a_funder_that_is_not_theirs(foundation: Organisation) -> None:
    elsewhere = factories.member(Role.FUNDER, factories.funder("Elsewhere"))
    admin = factories.member(Role.ADMIN, foundation)
    for person in (elsewhere, admin, factories.person()):
        answer = browser(person).post(PAGE, {"funder": str(foundation.id), "wanted": "yes"}, follow=True)
        assert "You read no reports for that funder. Nothing was changed." in told(answer)
        with pytest.raises(NotAFunder):
            services.subscribe(actor=person, funder=foundation, now=factories.NOW)
    assert not Subscription.objects.exists()


# --- The way out ------------------------------------------------------------------------------------------------------


def test_the_link_in_a_letter_stops_those_letters_and_no_others_without_a_sign_in(
    reader: Person, foundation: Organisation, publish: Callable[[], Report]
) -> None:
    second = factories.member(Role.FUNDER, foundation)
    services.subscribe(actor=second, funder=foundation, now=factories.NOW)
    publish()
    link = stopping_link(next(letter for letter in mail.outbox if letter.to == [reader.email]))
    stranger = Client(enforce_csrf_checks=True)
    asked = stranger.get(link)
    assert "Stop these letters?" in told(asked)
    assert asked.headers["Referrer-Policy"] == "no-referrer"
    assert Subscription.objects.filter(person=reader).exists()
    for _click in range(2):
        assert "The letters are stopped" in told(stranger.post(link))
    assert list(Subscription.objects.values_list("person", flat=True)) == [second.pk]


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: f"x{token}", lambda _token: "nothing"])
def test_a_link_that_is_not_whole_stops_nothing(
    reader: Person, foundation: Organisation, spoil: Callable[[str], str]
) -> None:
    token = spoil(letters.token_of(reader.pk, foundation.id))
    answer = Client().post(reverse("reports:stop_letters", args=[token]))
    assert "This link is not complete" in told(answer)
    assert Subscription.objects.count() == 1

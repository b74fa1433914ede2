"""Two at once, made to meet in the middle: one of them wins, the other is told why, and nothing is written by halves.

Left to chance, two short transactions seldom overlap. Here each waits, after it has written and before it commits, for
the other to come as far. Where a lock holds the other back, the wait ends in vain and the first goes on alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from accounts import audit
from accounts.errors import Locked, Stale
from accounts.models import Account, AuditRecord, Person
from accounts.roles import Role
from reports import document, queries, services
from reports.assurance import NotFromHere
from reports.errors import AlreadyPublished, ChangedSinceRead, EngagementOver, NotPublished, ReadDiffers, WasTakenBack
from reports.models import Judgement, Level, Listing, Report, Statement, Submission
from reports.services import _assuring
from tests import factories
from tests.racing import race
from tests.reports import assuring, submitting
from tests.reports.assuring import NOW, Assurance

pytestmark = pytest.mark.django_db(transaction=True)

IN_VAIN = 0.4
"""Seconds to wait for the other; a lock makes it longer for ever, so this is what each race takes."""


@contextmanager
def in_the_middle() -> Iterator[None]:
    """Let whoever has written, and not yet committed, wait for somebody else to come as far."""
    both, record = Barrier(2), audit.record

    def record_and_wait(**given: Any) -> None:
        record(**given)
        with suppress(BrokenBarrierError):
            both.wait(IN_VAIN)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(audit, "record", record_and_wait)
        yield


def meet(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Return what each of two returned or raised, that met in the middle if anything let them."""
    with in_the_middle():
        one, other = race(first, second)
    return one, other


def won(result: Any) -> bool:
    return not isinstance(result, Exception)


def one_of(pair: tuple[Any, Any], *refusals: type[Exception]) -> bool:
    """Return whether the first won; fail unless exactly one did and the other was refused as expected."""
    assert sorted(map(won, pair)) == [False, True], pair
    (lost,) = [each for each in pair if not won(each)]
    assert type(lost) in refusals, repr(lost)
    return won(pair[0])


def now_of(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def verbs(account: Account) -> list[str]:
    return list(AuditRecord.objects.filter(account=account).values_list("verb", flat=True))


# --- A signature ------------------------------------------------------------------------------------------------------


@pytest.fixture
def drafted() -> tuple[Assurance, str]:
    """Return an assurance whose statement is drafted, and the fingerprint of what its assurer read."""
    held = assuring.judged()
    assuring.conclude(held)
    return held, assuring.read_of(held)


def signed(held: Assurance) -> list[Statement]:
    return list(Statement.objects.filter(engagement=held.engagement, signed_at__isnull=False))


def is_whole(held: Assurance, *, concluded: bool) -> None:
    """Hold that state, engagement, statement and records all say the same."""
    engagement = held.engagement
    engagement.refresh_from_db()
    assert len(signed(held)) == concluded
    assert (now_of(held.account).state == "concluded") is concluded
    assert (engagement.ended_as == "concluded") is concluded
    assert verbs(held.account).count("signed statement") == concluded
    for each in signed(held):
        assert document.sha256(each.document) == each.sha256
        assert each.snapshot_sha256 == engagement.submission.snapshot.sha256


def test_a_statement_is_signed_once(drafted: tuple[Assurance, str]):
    held, read = drafted
    pair = meet(lambda: assuring.sign(held, read=read), lambda: assuring.sign(held, read=read))
    one_of(pair, EngagementOver)
    is_whole(held, concluded=True)


def test_of_a_signature_and_a_new_judgement_one_counts(drafted: tuple[Assurance, str]):
    held, read = drafted
    anew = {"finding": "On second thoughts", "version": 1}
    first = one_of(
        meet(lambda: assuring.sign(held, read=read), lambda: assuring.judge(held, 1, **anew)),
        EngagementOver,
        ReadDiffers,
    )
    is_whole(held, concluded=first)
    assert Judgement.objects.filter(engagement=held.engagement, principle=1).count() == (1 if first else 2)


def test_of_a_signature_and_another_draft_one_counts(drafted: tuple[Assurance, str]):
    held, read = drafted
    first = one_of(
        meet(lambda: assuring.sign(held, read=read), lambda: assuring.conclude(held, summary="In other words")),
        EngagementOver,
        ReadDiffers,
    )
    is_whole(held, concluded=first)


def test_an_assurer_who_is_relieved_does_not_sign_and_who_has_signed_is_not_relieved(drafted: tuple[Assurance, str]):
    held, read = drafted
    mine = now_of(held.account)
    first = one_of(
        meet(
            lambda: assuring.sign(held, read=read),
            lambda: services.relieve(actor=held.coordinator, account=mine, reason="They are ill", now=NOW),
        ),
        EngagementOver,
        NotFromHere,
    )
    is_whole(held, concluded=first)
    assert (now_of(held.account).state, "relieved assurer" in verbs(held.account)) == (
        ("concluded", False) if first else ("submitted", True)
    )


def test_an_account_is_concluded_or_returned_and_never_both(drafted: tuple[Assurance, str]):
    held, read = drafted
    back = {"actor": held.assurer, "engagement": held.engagement, "reason": "The sample does not agree", "now": NOW}
    first = one_of(
        meet(lambda: assuring.sign(held, read=read), lambda: services.return_with_findings(**back)), EngagementOver
    )
    is_whole(held, concluded=first)
    assert now_of(held.account).state == ("concluded" if first else "draft")
    assert Submission.objects.get().ended_as == ("" if first else "returned")


def test_nothing_in_the_account_changes_while_its_statement_is_signed(drafted: tuple[Assurance, str]):
    held, read = drafted
    editor = factories.member(Role.EDITOR, held.keeper)
    before = now_of(held.account).name
    pair = meet(lambda: assuring.sign(held, read=read), lambda: submitting.edit(held.account, editor))
    assert one_of(pair, Locked)
    is_whole(held, concluded=True)
    assert now_of(held.account).name == before


@pytest.mark.services
def test_without_the_lock_a_statement_would_be_signed_that_the_record_does_not_bear_out(
    drafted: tuple[Assurance, str], monkeypatch: pytest.MonkeyPatch
):
    """On PostgreSQL, where two transactions do run at once: what these races would show if nothing held them apart."""
    held, read = drafted
    monkeypatch.setattr(_assuring, "hold", lambda account: account.refresh_from_db())
    anew = {"finding": "On second thoughts", "version": 1}
    pair = meet(lambda: assuring.sign(held, read=read), lambda: assuring.judge(held, 1, **anew))
    assert all(map(won, pair)), pair
    assert (len(signed(held)), Judgement.objects.filter(engagement=held.engagement, principle=1).count()) == (1, 2)


# --- A judgement, an assignment, a submission -------------------------------------------------------------------------


def test_of_two_judgements_on_what_was_read_one_counts():
    held = assuring.declared()
    pair = meet(lambda: assuring.judge(held, 3), lambda: assuring.judge(held, 3, finding="Another"))
    one_of(pair, Stale)
    assert list(Judgement.objects.values_list("version", flat=True)) == [1]


def submitted_account() -> tuple[Account, Person]:
    """Return an account that was submitted, and an approver of its organisation who may take it back."""
    forum = factories.forum()
    keeper = factories.organisation(forum=forum)
    account = submitting.ready(keeper)
    approver = factories.member(Role.APPROVER, keeper)
    submitting.submit(account, approver)
    return now_of(account), approver


def test_an_account_is_assured_or_taken_back_and_never_both():
    account, approver = submitted_account()
    (forum,) = account.organisation.forums.all()
    coordinator, assurer = factories.member(Role.COORDINATOR, forum), factories.member(Role.ASSURER, forum)
    one, other = now_of(account), now_of(account)
    given = {"account": one, "assurer": assurer, "level": Level.INDEPENDENT, "now": NOW}
    first = one_of(
        meet(
            lambda: services.assign(actor=coordinator, **given),
            lambda: services.take_back(actor=approver, account=other, reason="We mend it", now=NOW),
        ),
        NotFromHere,
    )
    assert now_of(account).state == ("in_assurance" if first else "draft")
    assert (queries.open_engagement(account) is not None) is first


def test_of_a_change_and_a_submission_the_second_is_told_of_the_first():
    keeper = factories.organisation()
    account = submitting.ready(keeper)
    approver, editor = factories.member(Role.APPROVER, keeper), factories.member(Role.EDITOR, keeper)
    read = queries.reading(account).fingerprint
    first = one_of(
        meet(lambda: submitting.submit(account, approver, read=read), lambda: submitting.edit(account, editor)),
        ChangedSinceRead,
        Locked,
        Stale,
    )
    assert Submission.objects.count() == first
    assert (now_of(account).state == "submitted") is first


# --- A publication ----------------------------------------------------------------------------------------------------


def ready() -> tuple[Report, Person]:
    """Return a report that can be published, and an approver who may publish it or take the account back."""
    submission = factories.submitted()
    return factories.report(submission.account), factories.member(Role.APPROVER, submission.account.organisation)


def publish(report: Report, actor: Person) -> None:
    """Publish a report as a browser's own request does: with a row of its own."""
    services.publish(actor=actor, report=Report.objects.get(pk=report.pk), now=NOW)


def is_out(report: Report) -> bool:
    """Return whether a report is published; hold that its listing, its submission and the records say so too."""
    row = Report.objects.get(pk=report.pk)
    out = row.published_at is not None
    assert (row.published_by is not None) is out
    assert Listing.objects.filter(report=report).count() == out
    assert verbs(row.snapshot.account).count("published") == out
    assert (Submission.objects.get().ended_as == "published") is out
    assert (row.snapshot.account.state == "published") is out
    return out


def test_a_report_is_published_once():
    report, approver = ready()
    one_of(meet(lambda: publish(report, approver), lambda: publish(report, approver)), AlreadyPublished)
    assert is_out(report)


def test_a_report_is_published_or_its_account_taken_back_and_never_both():
    report, approver = ready()
    mine = now_of(report.snapshot.account)
    first = one_of(
        meet(
            lambda: publish(report, approver),
            lambda: services.take_back(actor=approver, account=mine, reason="We mend it", now=NOW),
        ),
        WasTakenBack,
        NotFromHere,
    )
    assert is_out(report) is first
    assert now_of(mine).state == ("published" if first else "draft")


def test_a_report_is_withdrawn_once_and_for_one_reason():
    report = factories.published()
    approver = report.published_by
    assert approver is not None
    reasons = ("A figure was wrong", "A name was wrong")

    def withdraw(reason: str) -> None:
        services.withdraw(actor=approver, report=Report.objects.get(pk=report.pk), reason=reason, now=NOW)

    first = one_of(meet(lambda: withdraw(reasons[0]), lambda: withdraw(reasons[1])), NotPublished)
    report.refresh_from_db()
    assert report.withdrawn_because == reasons[0 if first else 1]
    assert verbs(report.snapshot.account).count("withdrew") == 1

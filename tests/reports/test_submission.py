"""Submit and take back: what is frozen, in whose name, what stops it, and that of two at once one wins."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts import audit
from accounts.errors import Locked, Refusal, Stale
from accounts.models import Account, AccountState, AuditRecord, Person
from accounts.roles import Role
from accounts.rows import LOCKED
from accounts.services import set_state
from outcomes import services as outcome_services
from outcomes.intake import Unacceptable
from outcomes.nouns import Explanation
from reports import assurance, document, queries, services
from reports.assurance import NotFromHere, ReasonWanted
from reports.errors import ChangedSinceRead, EngagementOver, NothingToReport, ReasonsWanted, StillMissing, WasTakenBack
from reports.models import Ending, Level, Snapshot, Submission
from tests import factories
from tests.outcomes.acting import facts_of
from tests.racing import race
from tests.reports import assuring, submitting
from tests.reports.submitting import LATER, LATER_STILL, edit, ready, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return ready()


@pytest.fixture
def approver(account: Account) -> Person:
    return factories.member(Role.APPROVER, account.organisation)


@pytest.fixture
def editor(account: Account) -> Person:
    return factories.member(Role.EDITOR, account.organisation)


def state(account: Account) -> str:
    return Account.objects.get(pk=account.pk).state


def verbs(account: Account) -> list[str]:
    return list(AuditRecord.objects.filter(account=account).order_by("id").values_list("verb", flat=True))


def nothing_happened(account: Account) -> bool:
    """Return whether an account is a draft of which nothing was frozen or submitted."""
    kept = Account.objects.get(pk=account.pk)
    frozen = Snapshot.objects.filter(account=account).exists() or Submission.objects.filter(account=account).exists()
    return kept.state == AccountState.DRAFT and kept.first_submitted_at is None and not frozen


# --- Submitting --------------------------------------------------------------------------------------------------


def test_submitting_freezes_what_was_read_in_the_name_of_the_organisation(account: Account, approver: Person):
    made = submit(account, approver)
    assert (made.number, made.submitted_at, made.submitted_by) == (1, LATER, approver)
    assert (made.in_the_name_of, made.alone, made.ended_at) == ("Some group", False, None)
    frozen = document.parsed(made.snapshot.document)
    assert frozen["status"] == "submitted"
    assert frozen["submission"] == {
        "number": 1,
        "by": "The approver",
        "in_the_name_of": "Some group",
        "alone": False,
    }
    assert document.fingerprint(frozen["content"]) == made.read_sha256
    kept = Account.objects.get(pk=account.pk)
    assert (kept.state, kept.first_submitted_at) == (AccountState.SUBMITTED, LATER)


def test_a_submission_is_recorded_with_its_hash(account: Account, approver: Person):
    made = submit(account, approver)
    record = AuditRecord.objects.get(account=account, verb="submitted")
    assert (record.person, record.at, record.ref) == (approver, LATER, "1")
    assert record.after == {"sha256": made.snapshot.sha256, "in_the_name_of": "Some group", "alone": False}
    assert verbs(account) == ["opened", "froze", "submitted"]


def test_the_name_stays_what_it_was_when_the_organisation_takes_another(account: Account, approver: Person):
    made = submit(account, approver)
    account.organisation.name = "Renamed"
    account.organisation.save()
    assert Submission.objects.get(pk=made.pk).in_the_name_of == "Some group"


def test_the_second_of_two_clicks_gets_what_the_first_one_gave(account: Account, approver: Person):
    read = queries.reading(account).fingerprint
    first = submit(account, approver, read=read)
    again = submit(account, approver, read=read, now=LATER_STILL)
    assert (again.pk, again.submitted_at) == (first.pk, LATER)
    assert verbs(account).count("submitted") == 1


@pytest.mark.parametrize("who", ["somebody else", "the same person, of something else"])
def test_an_account_that_is_submitted_is_not_submitted_again(account: Account, approver: Person, who: str):
    read = submit(account, approver).read_sha256
    other = factories.member(Role.APPROVER, account.organisation)
    attempts = {
        "somebody else": lambda: submit(account, other, read=read),
        "the same person, of something else": lambda: submit(account, approver, read="f" * 64),
    }
    with pytest.raises(NotFromHere):
        attempts[who]()
    assert Submission.objects.count() == 1


def test_a_published_account_is_submitted_only_after_a_change(account: Account, approver: Person, editor: Person):
    factories.published(account)
    account.refresh_from_db()
    with pytest.raises(NotFromHere):
        submit(account, approver)
    edit(account, editor)
    assert submit(account, approver).number == 2


def test_an_account_that_was_submitted_once_keeps_the_date_of_the_first_time(account: Account, approver: Person):
    submit(account, approver)
    services.take_back(actor=approver, account=account, reason="One group was left out", now=LATER)
    submit(account, approver, now=LATER_STILL)
    assert Account.objects.get(pk=account.pk).first_submitted_at == LATER


# --- What was read -----------------------------------------------------------------------------------------------


def test_what_changed_since_it_was_read_is_not_submitted(account: Account, approver: Person, editor: Person):
    read = queries.reading(account).fingerprint
    edit(account, editor)
    with pytest.raises(ChangedSinceRead):
        submit(account, approver, read=read)
    assert nothing_happened(account)


def test_a_change_that_was_undone_is_no_change(account: Account, approver: Person, editor: Person):
    read, name = queries.reading(account).fingerprint, account.name
    edit(account, editor)
    edit(account, editor, name)
    assert submit(account, approver, read=read)


def test_what_the_organisation_says_of_itself_is_part_of_what_is_read(account: Account, approver: Person):
    read = queries.reading(account).fingerprint
    account.organisation.purpose = "Something else"
    account.organisation.save()
    with pytest.raises(ChangedSinceRead):
        submit(account, approver, read=read)


# --- What stops it, and what wants a reason ----------------------------------------------------------------------


def test_what_is_missing_stops_it_and_says_how_much(approver: Person, account: Account):
    account = factories.account(submitting.facts_that_lack_a_purpose(), keeper=account.organisation)
    with pytest.raises(StillMissing) as refused:
        submit(account, approver)
    assert refused.value.params == {"count": 1}
    assert nothing_happened(account)


def test_what_only_assurance_can_meet_stops_nothing(account: Account):
    held = queries.reading(account).standing
    assert [each.check for each in held.findings if each.is_open] == ["an-independent-assurer-judged-it"]


def test_what_needs_a_reason_and_has_none_stops_it(approver: Person, account: Account):
    account = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    with pytest.raises(ReasonsWanted) as refused:
        submit(account, approver)
    assert refused.value.params == {"count": 3}
    assert nothing_happened(account)


def test_reasons_are_taken_along_and_go_into_what_is_frozen(approver: Person, account: Account):
    account = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    reasons = {check: f"Because of {check}" for check in submitting.checks_that_want_a_reason()}
    made = submit(account, approver, reasons=reasons)
    assert {each.check_name: each.reason for each in facts_of(account).explanations} == reasons
    assert set(reasons.values()) <= {
        each["reason"] for each in json.loads(made.snapshot.document)["content"]["findings"]
    }
    assert verbs(account) == ["opened", *["explained"] * 3, "froze", "submitted"]
    assert state(account) == AccountState.SUBMITTED


def test_a_reason_for_one_of_several_stops_it_and_is_not_half_saved(approver: Person, account: Account):
    account = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    with pytest.raises(ReasonsWanted):
        submit(account, approver, reasons={submitting.checks_that_want_a_reason()[0]: "Because"})
    assert facts_of(account).explanations == ()
    assert nothing_happened(account)


def test_a_reason_that_cannot_be_taken_stops_it(approver: Person, account: Account):
    account = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    with pytest.raises(Unacceptable):
        submit(account, approver, reasons={submitting.checks_that_want_a_reason()[0]: "Hidden \u202e words"})
    assert nothing_happened(account)


def test_an_account_that_cannot_be_worked_out_is_not_submitted(account: Account, approver: Person):
    broken = factories.account(factories.unworkable_facts(), keeper=account.organisation)
    with pytest.raises((NothingToReport, StillMissing)):
        submit(broken, approver)
    assert nothing_happened(broken)


def test_a_submission_whose_record_cannot_be_written_is_not_made(account: Account, approver: Person, monkeypatch):
    read = queries.reading(account).fingerprint

    def fails(**said: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError):
        submit(account, approver, read=read)
    assert nothing_happened(account)


# --- Explaining --------------------------------------------------------------------------------------------------


def test_a_reason_that_is_there_is_not_written_over(account: Account, approver: Person):
    plain = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    check = submitting.checks_that_want_a_reason()[0]
    for reason in ("Because", " Because ", "  "):
        outcome_services.explain(actor=approver, account=plain, reasons={check: reason}, now=LATER)
    with pytest.raises(Stale):
        outcome_services.explain(actor=approver, account=plain, reasons={check: "Something else"}, now=LATER)
    (kept,) = facts_of(plain).explanations
    assert (kept.check_name, kept.item, kept.reason) == (check, "", "Because")
    assert verbs(plain) == ["opened", "explained"]


def test_a_row_that_was_left_without_a_reason_takes_it(account: Account, approver: Person):
    blank = Explanation(ref="R7", check_name=submitting.checks_that_want_a_reason()[0].upper())
    plain = factories.account(replace(submitting.ready_facts(), explanations=(blank,)), keeper=account.organisation)
    check = submitting.checks_that_want_a_reason()[0]
    outcome_services.explain(actor=approver, account=plain, reasons={check: "Because"}, now=LATER)
    (kept,) = facts_of(plain).explanations
    assert (kept.ref, kept.reason) == ("R7", "Because")


def test_of_several_reasons_all_are_kept_or_none(account: Account, approver: Person):
    plain = factories.account(submitting.facts_that_lack_a_reason(), keeper=account.organisation)
    first, second, *_others = submitting.checks_that_want_a_reason()
    with pytest.raises(Unacceptable):
        outcome_services.explain(
            actor=approver, account=plain, reasons={first: "Because", second: "Hidden \u202e words"}, now=LATER
        )
    assert facts_of(plain).explanations == ()


def test_a_reason_for_one_item_stays_beside_the_reason_for_all(account: Account, approver: Person):
    check = submitting.checks_that_want_a_reason()[0]
    one = Explanation(ref="R1", check_name=check, item="S1", reason="For this one")
    plain = factories.account(replace(submitting.ready_facts(), explanations=(one,)), keeper=account.organisation)
    outcome_services.explain(actor=approver, account=plain, reasons={check: "For all"}, now=LATER)
    assert [(each.item, each.reason) for each in facts_of(plain).explanations] == [
        ("S1", "For this one"),
        ("", "For all"),
    ]


# --- While it is submitted, and back again -----------------------------------------------------------------------


def test_a_submitted_account_is_not_changed(account: Account, approver: Person, editor: Person):
    submit(account, approver)
    before = facts_of(account)
    with pytest.raises(Locked):
        edit(account, editor)
    with pytest.raises(Locked):
        outcome_services.explain(actor=approver, account=account, reasons={"any": "Because"}, now=LATER)
    assert facts_of(account) == before
    assert state(account) == AccountState.SUBMITTED


def test_a_report_of_a_submitted_account_is_a_report_of_what_was_submitted(account: Account, approver: Person):
    made = submit(account, approver)
    account.organisation.name = "Renamed"
    account.organisation.save()
    job = services.ask_for_report(actor=approver, account=account, language="en-gb", now=LATER_STILL)
    assert job.snapshot == made.snapshot


def test_taking_back_makes_it_a_draft_again_and_keeps_what_was_frozen(
    account: Account, approver: Person, editor: Person
):
    made = submit(account, approver)
    services.take_back(actor=approver, account=account, reason=" One group was left out ", now=LATER_STILL)
    kept = Submission.objects.get(pk=made.pk)
    assert (kept.ended_as, kept.ended_at, kept.ended_by) == (Ending.TAKEN_BACK, LATER_STILL, approver)
    assert kept.ended_because == "One group was left out"
    assert kept.snapshot.document == made.snapshot.document
    assert state(account) == AccountState.DRAFT
    record = AuditRecord.objects.filter(account=account).latest("id")
    assert (record.verb, record.ref, record.person) == ("took back", "1", approver)
    assert record.reason == "One group was left out"
    edit(account, editor, reason="Counted again")


def test_what_was_taken_back_and_not_changed_is_a_draft_on_paper(account: Account, approver: Person):
    submit(account, approver)
    services.take_back(actor=approver, account=account, reason="One group was left out", now=LATER)
    job = services.ask_for_report(actor=approver, account=account, language="en-gb", now=LATER_STILL)
    assert (job.snapshot.number, document.parsed(job.snapshot.document)["status"]) == (2, "draft")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_taking_back_wants_a_reason(account: Account, approver: Person, reason: str):
    submit(account, approver)
    with pytest.raises(ReasonWanted):
        services.take_back(actor=approver, account=account, reason=reason, now=LATER)
    assert state(account) == AccountState.SUBMITTED


def test_what_is_not_submitted_is_not_taken_back(account: Account, approver: Person):
    with pytest.raises(NotFromHere):
        services.take_back(actor=approver, account=account, reason="Why not", now=LATER)
    assert verbs(account) == ["opened"]


# --- Publishing what was submitted -------------------------------------------------------------------------------


def test_publishing_what_was_submitted_ends_the_submission(account: Account, approver: Person):
    made = submit(account, approver)
    services.publish(actor=approver, report=factories.report(account), now=LATER_STILL)
    kept = Submission.objects.get(pk=made.pk)
    assert (kept.ended_as, kept.ended_at, kept.ended_by) == (Ending.PUBLISHED, LATER_STILL, approver)
    assert state(account) == AccountState.PUBLISHED


def test_a_draft_is_not_published_before_it_is_submitted_or_after(account: Account, approver: Person):
    draft = factories.report(account)
    with pytest.raises(NotFromHere):
        services.publish(actor=approver, report=draft, now=LATER)
    submit(account, approver)
    with pytest.raises(NotFromHere):
        services.publish(actor=approver, report=draft, now=LATER_STILL)
    draft.refresh_from_db()
    assert (draft.published_at, state(account)) == (None, AccountState.SUBMITTED)
    assert queries.open_submission(account) is not None


def test_a_report_of_what_was_taken_back_is_not_published(account: Account, approver: Person):
    submit(account, approver)
    report = factories.report(account)
    services.take_back(actor=approver, account=account, reason="One group was left out", now=LATER)
    with pytest.raises(WasTakenBack):
        services.publish(actor=approver, report=report, now=LATER_STILL)
    report.refresh_from_db()
    assert (report.published_at, state(account)) == (None, AccountState.DRAFT)


def test_the_next_one_after_publication_has_the_next_number(account: Account, approver: Person, editor: Person):
    submit(account, approver)
    services.publish(actor=approver, report=factories.report(account), now=LATER_STILL)
    edit(account, editor, now=LATER_STILL, reason="Counted again")
    assert submit(account, approver, now=LATER_STILL).number == 2


# --- One winner --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_several_clicks_at_once_there_is_one_submission(account: Account, approver: Person):
    read = queries.reading(account).fingerprint
    made = race(*[lambda: submit(account, approver, read=read)] * 4)
    assert len({each.pk for each in made}) == 1
    assert (Submission.objects.count(), Snapshot.objects.count()) == (1, 1)
    assert verbs(account) == ["opened", "froze", "submitted"]


@pytest.mark.django_db(transaction=True)
def test_of_several_approvers_at_once_one_submits(account: Account):
    read = queries.reading(account).fingerprint
    approvers = [factories.member(Role.APPROVER, account.organisation) for _each in range(3)]

    def attempt(person: Person) -> Callable[[], Submission]:
        return lambda: submit(account, person, read=read)

    results = race(*[attempt(person) for person in approvers])
    assert sorted(type(each).__name__ for each in results) == ["NotFromHere", "NotFromHere", "Submission"]


@pytest.mark.django_db(transaction=True)
def test_of_an_edit_and_a_submission_at_once_one_wins(account: Account, approver: Person, editor: Person):
    read = queries.reading(account).fingerprint
    changed, submitted = race(lambda: edit(account, editor), lambda: submit(account, approver, read=read))
    if isinstance(submitted, Submission):
        assert isinstance(changed, Locked)
        assert (state(account), facts_of(account).account.name) == (AccountState.SUBMITTED, account.name)
    else:
        assert isinstance(submitted, ChangedSinceRead)
        assert isinstance(changed, Account)
        assert (state(account), facts_of(account).account.name) == (AccountState.DRAFT, "Another name")
        assert not Snapshot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_several_who_take_it_back_at_once_one_does(account: Account, approver: Person):
    submit(account, approver)

    def back() -> None:
        mine = Account.objects.get(pk=account.pk)
        services.take_back(actor=approver, account=mine, reason="One group was left out", now=LATER)

    results = race(*[back] * 3)
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotFromHere", "NotFromHere"]
    assert verbs(account).count("took back") == 1


# --- The table and the tables ------------------------------------------------------------------------------------


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(sorted(assurance.NOT_FROM_HERE)), max_size=7))
def test_whatever_is_asked_for_the_account_goes_where_the_table_leads(moves: list[str]):
    with transaction.atomic():
        account = ready()
        approver = factories.member(Role.APPROVER, account.organisation)
        editor = factories.member(Role.EDITOR, account.organisation)
        do: dict[str, Callable[[int], object]] = {
            assurance.CHANGE: lambda turn: edit(account, editor, f"Name {turn}", reason="Counted again"),
            assurance.SUBMIT: lambda _turn: submit(account, factories.member(Role.APPROVER, account.organisation)),
            assurance.TAKE_BACK: lambda _turn: services.take_back(
                actor=approver, account=account, reason="One group was left out", now=LATER
            ),
            assurance.PUBLISH: lambda _turn: _publish_as_it_stands(account, approver),
            **_moves_of_assurance(account),
        }
        expected = assurance.FIRST
        for turn, name in enumerate(moves):
            try:
                expected = assurance.move(expected, name, reason="One group was left out").end
            except NotFromHere:
                with pytest.raises(Refusal):
                    do[name](turn)
            else:
                do[name](turn)
            assert state(account) == expected
            assert (queries.open_submission(account) is not None) == (expected in LOCKED)
        transaction.set_rollback(True)


def _moves_of_assurance(account: Account) -> dict[str, Callable[[int], object]]:
    """Return how each move of an assurance is made, by whoever may."""
    network = factories.forum()
    network.organisations.add(account.organisation)
    coordinator = factories.member(Role.COORDINATOR, network)

    def held() -> assuring.Assurance:
        engagement = queries.open_engagement(account)
        if engagement is None:
            raise EngagementOver
        return assuring.Assurance(
            forum=network, keeper=account.organisation, account=account, coordinator=coordinator, engagement=engagement
        )

    return {
        assurance.ASSIGN: lambda _turn: services.assign(
            actor=coordinator,
            account=account,
            assurer=factories.member(Role.ASSURER, network),
            level=Level.INDEPENDENT,
            now=LATER,
        ),
        assurance.STEP_ASIDE: lambda _turn: assuring.declare(held(), conflict=True),
        assurance.RELIEVE: lambda _turn: services.relieve(
            actor=coordinator, account=account, reason="They are ill", now=LATER
        ),
        assurance.RETURN: lambda _turn: _return(assuring.declared(held())),
        assurance.CONCLUDE: lambda _turn: assuring.concluded(held()),
    }


def _return(held: assuring.Assurance) -> None:
    services.return_with_findings(actor=held.assurer, engagement=held.engagement, reason="Count again", now=LATER)


def _publish_as_it_stands(account: Account, approver: Person) -> None:
    """Publish the account as it stands; what was published already stays so."""
    job = services.ask_for_report(actor=approver, account=account, language="en-gb", now=LATER)
    report = queries.report_of(job) or factories.report(account)
    if report.published_at is None:
        services.publish(actor=approver, report=report, now=LATER, because="Counted again")


# --- What the database itself refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ({"ended_at": LATER}, "submission_ended_by_somebody"),
        ({"ended_as": "published"}, "submission_ended_by_somebody"),
        ({"ended_because": "Because"}, "submission_ended_by_somebody"),
        ({"ended_at": LATER, "ended_by": "somebody"}, "submission_ended_by_somebody"),
        ({"ended_at": LATER, "ended_by": "somebody", "ended_as": "lost"}, "submission_ended_by_somebody"),
        ({"ended_at": LATER, "ended_by": "somebody", "ended_as": "taken back"}, "submission_taken_back_with_reason"),
    ],
)
def test_a_submission_ends_at_a_time_by_somebody_in_a_known_way(account, approver, held, named):
    made = submit(account, approver)
    given = {**held, "ended_by": approver} if "ended_by" in held else held
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(**given)


def test_an_account_has_one_open_submission(account: Account, approver: Person):
    made = submit(account, approver)
    other = queries.latest_snapshot(factories.queued().snapshot.account)
    assert other is not None
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Submission.objects.create(
            account=account,
            snapshot=other,
            number=2,
            submitted_at=LATER,
            submitted_by=approver,
            in_the_name_of="Some group",
            alone=False,
            read_sha256=made.read_sha256,
        )


@pytest.mark.parametrize(
    "held", [{"number": 2}, {"in_the_name_of": "Others"}, {"alone": True}, {"submitted_at": LATER_STILL}]
)
def test_nothing_of_a_submission_is_changed_but_how_it_ended(account: Account, approver: Person, held: dict[str, Any]):
    made = submit(account, approver)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(**held)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).delete()


def test_how_a_submission_ended_is_written_once(account: Account, approver: Person):
    made = submit(account, approver)
    services.take_back(actor=approver, account=account, reason="One group was left out", now=LATER)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(ended_because="Something else")


def test_a_state_is_set_only_over_the_one_that_was_read(account: Account):
    stale = Account.objects.get(pk=account.pk)
    set_state(account=account, state=AccountState.SUBMITTED, now=LATER)
    with pytest.raises(Stale):
        set_state(account=stale, state=AccountState.PUBLISHED, now=LATER)
    assert state(account) == AccountState.SUBMITTED

"""Assurance: who may assure, what is asked and judged, the statement, and that of two at once one wins."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation
from hypothesis import given, strategies as st

from accounts.errors import Locked, Refusal, Stale
from accounts.models import Account, AuditRecord, Membership
from accounts.roles import Role
from reports import document, queries, recalculation, services, statement
from reports.assurance import NotFromHere, ReasonWanted
from reports.errors import (
    CannotBeAssigned,
    ConclusionDoesNotFit,
    DeclaredAlready,
    DrawnBeforeAssurance,
    EngagementOver,
    NoSuchPrinciple,
    NotConcludable,
    NotDeclared,
    NothingToSample,
    NotIndependent,
    NotTheAssurer,
    QuestionClosed,
    ReadDiffers,
    RecommendationWanted,
    SampleDrawn,
    WasTakenBack,
)
from reports.models import (
    Answer,
    Conclusion,
    Engagement,
    Judgement,
    Level,
    Question,
    Statement,
    Trace,
    Traced,
    Verdict,
)
from tests import factories
from tests.racing import race
from tests.reports import assuring, submitting
from tests.reports.assuring import NOW, Assurance, assigned, conclude, declare, declared, judge, judged, sign

pytestmark = pytest.mark.django_db


def state(held: Assurance) -> str:
    return Account.objects.get(pk=held.account.pk).state


def verbs(held: Assurance) -> list[str]:
    return list(AuditRecord.objects.filter(account=held.account).order_by("id").values_list("verb", flat=True))


def assign(held: Assurance, assurer: Any, **given: Any) -> Engagement:
    mine = Account.objects.get(pk=held.account.pk)
    said = {"account": mine, "assurer": assurer, "level": Level.PEER_PANEL, "now": NOW}
    return services.assign(**{"actor": held.coordinator} | said | given)


# --- Who assures -------------------------------------------------------------------------------------------------


def test_an_assigned_assurer_puts_the_account_in_assurance():
    held = assigned()
    assert state(held) == "in_assurance"
    assert verbs(held)[-1] == "assigned assurer"
    assert queries.open_engagement(held.account) == held.engagement


def test_only_a_submitted_account_gets_an_assurer_and_only_one():
    held = assigned()
    with pytest.raises(NotFromHere):
        assign(held, factories.member(Role.ASSURER, held.forum))
    with pytest.raises(NotFromHere):
        assign(held, held.assurer, account=factories.account(keeper=held.keeper))


@pytest.mark.parametrize("why", ["of another forum", "no assurer", "deactivated", "in the organisation too"])
def test_whoever_is_no_assurer_of_the_forum_or_has_a_role_inside_cannot_be_assigned(why: str):
    held = assigned()
    services.relieve(actor=held.coordinator, account=held.account, reason="They are ill", now=NOW)
    somebody = factories.member(Role.ASSURER, factories.forum() if why == "of another forum" else held.forum)
    if why == "no assurer":
        somebody = factories.member(Role.COORDINATOR, held.forum)
    elif why == "deactivated":
        type(somebody).objects.filter(pk=somebody.pk).update(is_active=False)
    elif why == "in the organisation too":
        Membership.objects.create(person=somebody, organisation=held.keeper, role=Role.VIEWER)
    with pytest.raises(CannotBeAssigned):
        assign(held, somebody)
    assert state(held) == "submitted"


def test_a_relieved_assurer_makes_room_for_another_and_goes_no_further():
    held = assigned()
    with pytest.raises(ReasonWanted):
        services.relieve(actor=held.coordinator, account=held.account, reason=" ", now=NOW)
    services.relieve(actor=held.coordinator, account=held.account, reason="They are ill", now=NOW)
    assert state(held) == "submitted"
    with pytest.raises(EngagementOver):
        declare(held)
    assert assign(held, factories.member(Role.ASSURER, held.forum)).assurer != held.assurer


def test_with_a_conflict_of_interest_the_engagement_ends_and_nothing_can_be_judged():
    held = assigned()
    told = declare(held, independence="My sister works there", conflict=True)
    assert (told.ended_as, told.ended_because, state(held)) == ("conflict", "My sister works there", "submitted")
    with pytest.raises(EngagementOver):
        judge(held)
    assert not Judgement.objects.exists()


def test_independence_is_declared_once_and_before_anything_else():
    held = assigned()
    with pytest.raises(NotDeclared):
        judge(held)
    declare(held)
    with pytest.raises(DeclaredAlready):
        declare(held, independence="Another story")
    assert judge(held).version == 1


def test_nobody_but_the_assurer_judges_and_nobody_who_came_into_the_organisation():
    held = declared()
    with pytest.raises(NotTheAssurer):
        judge(held, actor=factories.member(Role.ASSURER, held.forum))
    Membership.objects.create(person=held.assurer, organisation=held.keeper, role=Role.FUNDER)
    with pytest.raises(NotIndependent):
        judge(held)


def test_nothing_in_an_account_in_assurance_can_be_changed_or_taken_back_or_published():
    held = assigned()
    editor = factories.member(Role.EDITOR, held.keeper)
    report = factories.report(held.account)
    with pytest.raises(Locked):
        submitting.edit(held.account, editor)
    with pytest.raises(NotFromHere):
        services.take_back(actor=editor, account=held.account, reason="A slip", now=NOW)
    with pytest.raises(NotFromHere), transaction.atomic():
        factories.publish(report)
    report.refresh_from_db()
    assert (report.published_at, state(held)) == (None, "in_assurance")


# --- Judging ------------------------------------------------------------------------------------------------------


def test_a_principle_is_judged_anew_in_another_version_and_the_first_stays():
    held = declared()
    judge(held, 5)
    again = judge(held, 5, verdict=Verdict.NOT_MET, finding="No source", recommendation="Name it", version=1)
    assert again.version == 2
    assert Judgement.objects.count() == 2
    assert queries.judgements(held.engagement)[5] == again
    with pytest.raises(Stale):
        judge(held, 5, version=1)


@pytest.mark.parametrize("principle", [0, 8, 99])
def test_there_are_seven_principles_to_judge(principle: int):
    with pytest.raises(NoSuchPrinciple):
        judge(declared(), principle)


@pytest.mark.parametrize("verdict", [Verdict.RECOMMENDATION, Verdict.NOT_MET])
def test_what_is_not_plainly_met_comes_with_what_to_do(verdict: Verdict):
    held = declared()
    with pytest.raises(RecommendationWanted):
        judge(held, verdict=verdict, recommendation=" ")
    assert judge(held, verdict=verdict, recommendation="Ask the carers").recommendation == "Ask the carers"


def test_to_answer_and_to_assure_is_no_change_of_the_account():
    held = judged()
    services.ask(actor=held.assurer, engagement=held.engagement, about="O1", text="Why?", now=NOW)
    editor = factories.member(Role.EDITOR, held.keeper)
    services.answer(actor=editor, question=Question.objects.get(), text="Because", now=NOW)
    assert not queries.duties(held.account).changed_by & {held.assurer.pk, held.coordinator.pk, editor.pk}


# --- The sample ---------------------------------------------------------------------------------------------------

some_refs = st.lists(st.text("ABE123", min_size=1, max_size=5), unique=True, max_size=20)


@given(refs=some_refs, seed=st.integers(0, 2**32))
def test_a_sample_holds_each_piece_once_and_is_drawn_again_with_its_seed(refs: list[str], seed: int):
    drawn = statement.sample(refs, seed)
    assert drawn == statement.sample(list(reversed(refs)), seed)
    assert len(drawn) == len(set(drawn)) == min(len(refs), statement.SAMPLE)
    assert set(drawn) <= set(refs)


def test_another_seed_draws_another_sample():
    refs = [f"E{number}" for number in range(100)]
    assert len({tuple(statement.sample(refs, seed)) for seed in range(20)}) == 20


def test_a_sample_is_drawn_once_with_the_seed_that_is_kept():
    held = declared()
    drawn = services.sample(actor=held.assurer, engagement=held.engagement, seed=11, now=NOW)
    refs = [
        each["ref"]
        for each in json.loads(held.engagement.submission.snapshot.document)["content"]["account"]["evidence"]
    ]
    assert [each.ref for each in drawn] == statement.sample(refs, 11)
    assert {each.seed for each in Trace.objects.all()} == {11}
    with pytest.raises(SampleDrawn):
        services.sample(actor=held.assurer, engagement=held.engagement, seed=12, now=NOW)


def test_what_was_traced_is_kept_and_can_be_corrected():
    held = declared()
    services.sample(actor=held.assurer, engagement=held.engagement, seed=11, now=NOW)
    assuring.trace(held, 1)
    assuring.trace(held, 1, result=Traced.DIFFERS, traced="Counted again")
    assert (Trace.objects.get(number=1).result, Trace.objects.get(number=1).traced) == ("differs", "Counted again")


def test_without_evidence_there_is_nothing_to_draw(monkeypatch):
    held = declared()
    monkeypatch.setattr("reports.services._assuring.evidence_refs", lambda _engagement: [])
    with pytest.raises(NothingToSample):
        services.sample(actor=held.assurer, engagement=held.engagement, seed=11, now=NOW)


# --- Questions ----------------------------------------------------------------------------------------------------


def test_a_question_is_asked_answered_and_closed():
    held = declared()
    editor = factories.member(Role.EDITOR, held.keeper)
    asked = services.ask(actor=held.assurer, engagement=held.engagement, about="O1", text="Who counted?", now=NOW)
    services.answer(actor=editor, question=asked, text="Mair did", now=NOW)
    (told,) = queries.questions(held.engagement)
    assert [each.text for each in told.answers.all()] == ["Mair did"]
    services.close(actor=held.assurer, question=asked, now=NOW)
    with pytest.raises(QuestionClosed):
        services.answer(actor=editor, question=asked, text="And Ann", now=NOW)
    with pytest.raises(QuestionClosed):
        services.close(actor=held.assurer, question=asked, now=NOW)
    assert verbs(held)[-3:] == ["asked", "answered", "closed question"]


def test_once_the_engagement_is_over_nothing_is_answered():
    held = declared()
    asked = services.ask(actor=held.assurer, engagement=held.engagement, about="O1", text="Who counted?", now=NOW)
    services.return_with_findings(actor=held.assurer, engagement=held.engagement, reason="Count again", now=NOW)
    with pytest.raises(EngagementOver):
        services.answer(actor=factories.member(Role.EDITOR, held.keeper), question=asked, text="Mair", now=NOW)


# --- The end ------------------------------------------------------------------------------------------------------


def test_an_account_returned_with_findings_is_a_draft_and_the_next_submission_is_another_version():
    held = declared()
    report = factories.report(held.account)
    with pytest.raises(ReasonWanted):
        services.return_with_findings(actor=held.assurer, engagement=held.engagement, reason=" ", now=NOW)
    services.return_with_findings(actor=held.assurer, engagement=held.engagement, reason="Count again", now=NOW)
    submission = held.engagement.submission
    submission.refresh_from_db()
    assert (state(held), submission.ended_as, submission.ended_because) == ("draft", "returned", "Count again")
    with pytest.raises(WasTakenBack), transaction.atomic():
        factories.publish(report)
    again = submitting.submit(held.account, factories.member(Role.APPROVER, held.keeper))
    assert (again.number, again.snapshot.number) == (2, 2)


def test_an_assurance_is_not_concluded_before_all_is_judged_traced_and_answered():
    held = declared()
    with pytest.raises(NotConcludable) as refused:
        conclude(held)
    assert refused.value.params["principles"] == 7
    assert not Statement.objects.exists()


def test_an_open_question_stops_the_conclusion():
    held = judged()
    services.ask(actor=held.assurer, engagement=held.engagement, about="O1", text="Who counted?", now=NOW)
    with pytest.raises(NotConcludable):
        conclude(held)


@pytest.mark.parametrize(
    ("verdict", "fitting"),
    [
        (Verdict.MET, set(Conclusion)),
        (Verdict.RECOMMENDATION, {Conclusion.RECOMMENDATIONS, Conclusion.NOT_ASSURED}),
        (Verdict.NOT_MET, {Conclusion.NOT_ASSURED}),
    ],
)
def test_a_conclusion_says_no_more_than_the_judgements(verdict: Verdict, fitting: set[Conclusion]):
    held = judged()
    if verdict != Verdict.MET:
        judge(held, 5, verdict=verdict, recommendation="Ask the carers", version=1)
    for conclusion in Conclusion:
        if conclusion in fitting:
            assert conclude(held, conclusion=conclusion).conclusion == conclusion
        else:
            with pytest.raises(ConclusionDoesNotFit):
                conclude(held, conclusion=conclusion)


def test_the_statement_has_its_twelve_elements_and_says_what_the_record_says():
    held = judged()
    judge(held, 5, verdict=Verdict.RECOMMENDATION, finding="One source", recommendation="Ask two", version=1)
    drawn = conclude(held, conclusion=Conclusion.RECOMMENDATIONS)
    told = json.loads(drawn.document)
    assert len(told["elements"]) == 12
    assert [each["title"] for each in told["elements"]] == list(statement.ELEMENTS)
    assert all(each["sentences"] for each in told["elements"])
    said = [each["message"] % each["params"] for element in told["elements"] for each in element["sentences"]]
    snapshot = held.engagement.submission.snapshot
    for words in ("I never worked with them", "Ask two", "One source", "Well kept", snapshot.sha256, "seed 7"):
        assert any(words in sentence for sentence in said), words
    assert drawn.sha256 == document.sha256(drawn.document)


def test_the_statement_is_the_same_whatever_language_its_assurer_reads():
    held = judged()
    first = conclude(held).document
    with translation.override("cy"):
        assert conclude(held).document == first
        assert sign(held).signed_at == NOW


def test_a_signed_statement_concludes_the_assurance_and_the_account_can_be_published():
    held = judged()
    conclude(held)
    signed = sign(held)
    held.engagement.refresh_from_db()
    assert (signed.signed_by, signed.signed_at) == (held.assurer, NOW)
    assert (state(held), held.engagement.ended_as) == ("concluded", "concluded")
    with pytest.raises(EngagementOver):
        judge(held, version=1)
    assured = factories.report(held.account)
    assert assured.statement == signed
    factories.publish(assured)
    assert state(held) == "published"


def test_a_report_made_before_the_assurance_was_concluded_is_not_published_after_it():
    held = judged()
    before = factories.report(held.account)
    assert before.statement is None
    conclude(held)
    sign(held)
    with pytest.raises(DrawnBeforeAssurance), transaction.atomic():
        factories.publish(before)
    after = factories.report(held.account)
    assert (after.snapshot_id, after.code == before.code) == (before.snapshot_id, False)
    assert factories.publish(after).published_at is not None


def test_what_was_concluded_can_be_taken_back_with_a_reason():
    held = assuring.concluded()
    account = Account.objects.get(pk=held.account.pk)
    approver = factories.member(Role.APPROVER, held.keeper)
    services.take_back(actor=approver, account=account, reason="We mend it", now=NOW)
    assert state(held) == "draft"


@pytest.mark.parametrize("moved", ["the judgement", "the trace", "the draft", "nothing read"])
def test_nothing_is_signed_that_is_not_what_was_read(moved: str):
    held = judged()
    conclude(held)
    read = assuring.read_of(held)
    if moved == "the judgement":
        judge(held, 1, finding="On second thoughts", version=1)
    elif moved == "the trace":
        assuring.trace(held, 1, result=Traced.DIFFERS)
    elif moved == "the draft":
        conclude(held, summary="Another summary")
    else:
        read = "0" * 64
    with pytest.raises(ReadDiffers):
        sign(held, read=read)
    assert (state(held), queries.statement_of(held.engagement).signed_at) == ("in_assurance", None)


def test_without_a_draft_there_is_nothing_to_sign():
    with pytest.raises(ReadDiffers):
        sign(judged(), read="0" * 64)


def test_the_calculation_is_done_again_figure_by_figure():
    frozen = document.parsed(assigned().engagement.submission.snapshot.document)
    again = recalculation.recalculated(frozen)
    assert len(again) > 50
    assert all(each.is_equal for each in again)
    frozen["content"]["workings"]["totals"]["ratio"] = "99.5"
    assert [each.where for each in recalculation.recalculated(frozen) if not each.is_equal] == ["totals.ratio"]


# --- Two at once --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_several_who_assign_at_once_one_does():
    held = assigned()
    services.relieve(actor=held.coordinator, account=held.account, reason="They are ill", now=NOW)
    some = [factories.member(Role.ASSURER, held.forum) for _each in range(3)]
    results = race(*[lambda each=each: assign(held, each) for each in some])
    assert sorted(type(each).__name__ for each in results) == ["Engagement", "NotFromHere", "NotFromHere"]
    assert Engagement.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_clicks_on_sign_one_signs():
    held = judged()
    conclude(held)
    read = assuring.read_of(held)
    results = race(*[lambda: sign(held, read=read)] * 3)
    assert sorted(type(each).__name__ for each in results) == ["EngagementOver", "EngagementOver", "Statement"]
    assert verbs(held).count("signed statement") == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_judgement_and_a_signature_at_once_one_wins():
    held = judged()
    conclude(held)
    read = assuring.read_of(held)
    anew, signed = race(lambda: judge(held, 1, finding="Later", version=1), lambda: sign(held, read=read))
    assert isinstance(anew, EngagementOver) != isinstance(signed, ReadDiffers)


# --- What the database itself refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"declared_at": NOW, "conflict": False}, "engagement_declared_in_words"),
        ({"conflict": True}, "engagement_"),
        ({"ended_as": "relieved"}, "engagement_ended_somehow"),
        ({"ended_at": NOW}, "engagement_ended_somehow"),
        ({"ended_at": NOW, "ended_as": "conflict"}, "engagement_ends_with_a_conflict"),
        ({"ended_at": NOW, "ended_as": "concluded"}, "engagement_judged_only_without_conflict"),
        ({"ended_at": NOW, "ended_as": "returned"}, "engagement_judged_only_without_conflict"),
    ],
)
def test_an_engagement_is_declared_and_ends_in_a_known_way(given: dict[str, Any], named: str):
    held = assigned()
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Engagement.objects.filter(pk=held.engagement.pk).update(**given)


def test_a_submission_has_one_open_engagement():
    held = assigned()
    twin = Engagement.objects.get(pk=held.engagement.pk)
    twin.pk = uuid4()
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Engagement.objects.bulk_create([twin])


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"principle": 9}, "judgement_of_a_principle"),
        ({"verdict": "so so"}, "judgement_"),
        ({"finding": ""}, "judgement_with_a_finding"),
        ({"verdict": "not met"}, "judgement_recommends_unless_met"),
        ({}, "(?i)unique"),
    ],
)
def test_a_judgement_is_of_a_principle_in_words_and_in_one_version(given: dict[str, Any], named: str):
    held = declared()
    judge(held)
    row: dict[str, Any] = {"engagement": held.engagement, "principle": 1, "version": 1, "verdict": "met"}
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Judgement.objects.create(**row | {"finding": "x", "judged_at": NOW} | given)


NEVER_CHANGED = [
    (Engagement, {"level": "peer panel"}),
    (Engagement, {"independence": "Another story"}),
    (Engagement, {"ended_as": "returned"}),
    (Judgement, {"finding": "Another"}),
    (Trace, {"seed": 8}),
    (Question, {"text": "Another"}),
    (Question, {"closed_at": NOW + dt.timedelta(days=1)}),
    (Answer, {"text": "Another"}),
    (Statement, {"conclusion": "not_assured"}),
    (Statement, {"document": "{}"}),
    (Statement, {"signed_at": NOW + dt.timedelta(days=1)}),
]


@pytest.mark.parametrize(("model", "given"), NEVER_CHANGED)
def test_what_was_assured_is_never_changed_or_removed(model: Any, given: dict[str, Any]):
    held = judged()
    asked = services.ask(actor=held.assurer, engagement=held.engagement, about="O1", text="Who counted?", now=NOW)
    services.answer(actor=factories.member(Role.EDITOR, held.keeper), question=asked, text="Mair", now=NOW)
    services.close(actor=held.assurer, question=asked, now=NOW)
    conclude(held)
    sign(held)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        model.objects.update(**given)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_every_refusal_says_that_nothing_was_changed_or_what_to_read():
    refusals: list[type[Refusal]] = [EngagementOver, NotDeclared, NotTheAssurer, NotIndependent, SampleDrawn]
    assert all("othing was changed" in each.message or "nothing was changed" in each.message for each in refusals)

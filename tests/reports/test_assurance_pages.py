"""The pages of an assurance: for the coordinator, the assurer and the organisation."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AuditRecord, Membership, Person
from accounts.nouns import Edition
from accounts.roles import Role
from outcomes import services as outcome_services
from reports import queries, recalculation, services, statement
from reports.errors import PanelWanted
from reports.models import Engagement, Judgement, Question, Statement, Trace
from tests import factories
from tests.architecture.gate import signed_in
from tests.outcomes.acting import facts_of, typed
from tests.reports import assuring, submitting
from tests.reports.assuring import NOW, Assurance

pytestmark = pytest.mark.django_db
DECLARED = {"independence": "I never worked there", "interests": "", "conflict": "no"}
JUDGED = {"version": "0", "verdict": "met", "finding": "It is told well", "recommendation": ""}
CONCLUDED = {"conclusion": "assured", "summary": "Well kept", "years": "1"}


def told(answer: Any) -> str:
    """Return the words of a page."""
    body = answer.text[answer.text.index("<main") :]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body)))


def at(held: Assurance, name: str, *args: object) -> str:
    return reverse(f"reports:{name}", args=[held.engagement.id, *args])


def of_account(held: Assurance, name: str = "assurance") -> str:
    return reverse(f"reports:{name}", args=[held.account.id])


def member(held: Assurance, role: Role) -> Client:
    return signed_in(factories.member(role, held.keeper))


def assurer(held: Assurance) -> Client:
    return signed_in(held.assurer)


def after_the_second_factor(held: Assurance) -> Client:
    """Return the browser of an assurer who gave the code of their app again just now."""
    client = assurer(held)
    code = format_hotp_value(hotp_value(factories.APP_SECRET, next(yield_hotp_counters_from_time())))
    answer = client.post(reverse("mfa_reauthenticate"), {"code": code, "next": at(held, "sign")})
    assert answer.status_code == 302
    return client


def pages(held: Assurance) -> Iterator[str]:
    """Yield every page of the workbench."""
    yield from (at(held, name) for name in ("workbench", "declare", "sample", "calculation", "ask", "conclude"))
    yield at(held, "give_back")
    yield from (at(held, "judge", number) for number in statement.EDITIONS[Edition.SEVEN].numbers)


# --- The coordinator ----------------------------------------------------------------------------------------------


def test_a_coordinator_assigns_one_of_the_forums_assurers():
    held = assuring.assigned()
    services.relieve(actor=held.coordinator, account=held.account, reason="Ill", now=NOW)
    free = factories.member(Role.ASSURER, held.forum)
    inside = factories.member(Role.ASSURER, held.forum)
    Membership.objects.create(person=inside, organisation=held.keeper, role=Role.VIEWER)
    client = signed_in(held.coordinator)
    page = client.get(of_account(held)).text
    assert str(free.pk) in page
    assert str(inside.pk) not in page
    assert client.post(of_account(held), {"level": "independent"}).status_code == 422
    refused = client.post(of_account(held), {"assurer": str(inside.pk), "level": "independent"})
    assert refused.status_code == 422
    assert "Whoever has a role in the organisation cannot assure its account" in told(refused)
    assert refused.context["assignment"]["level"].value() == "independent"
    answer = client.post(of_account(held), {"assurer": str(free.pk), "level": "peer panel"})
    assert answer.status_code == 302
    assert queries.open_engagement(held.account).assurer == free


def test_a_second_assignment_is_refused_with_a_sentence():
    held = assuring.assigned()
    other = factories.member(Role.ASSURER, held.forum)
    answer = signed_in(held.coordinator).post(of_account(held), {"assurer": str(other.pk), "level": "peer panel"})
    assert answer.status_code == 409
    assert "one at a time" in told(answer)
    assert Engagement.objects.count() == 1


def test_a_coordinator_relieves_an_assurer_with_a_reason():
    held = assuring.assigned()
    client = signed_in(held.coordinator)
    assert client.post(of_account(held, "relieve"), {"reason": ""}).status_code == 422
    assert client.post(of_account(held, "relieve"), {"reason": "Ill"}).status_code == 302
    assert client.post(of_account(held, "relieve"), {"reason": "Ill again"}).status_code == 409
    assert assurer(held).get(at(held, "workbench")).status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN])
def test_nobody_inside_assigns_or_relieves(role: Role):
    held = assuring.assigned()
    client = member(held, role)
    page = client.get(of_account(held)).text
    assert 'name="assurer"' not in page
    assert client.post(of_account(held), {"assurer": str(held.assurer.pk)}).status_code == 403
    assert client.post(of_account(held, "relieve"), {"reason": "x"}).status_code == 403


def test_where_a_level_is_chosen_each_is_explained_the_lowest_too():
    held = assuring.assigned()
    services.relieve(actor=held.coordinator, account=held.account, reason="Ill", now=NOW)
    page = told(signed_in(held.coordinator).get(of_account(held)))
    for words in (*statement.LEVELS_EXPLAINED.values(), *statement.SELF_ASSESSED[0]):
        assert words in page


# --- The assurer --------------------------------------------------------------------------------------------------


def test_an_assurer_declares_first_and_is_led_there():
    held = assuring.assigned()
    client = assurer(held)
    assert held.account.name in told(client.get(reverse("reports:engagements")))
    for page in pages(held):
        if page != at(held, "declare"):
            assert client.get(page).headers["Location"] == at(held, "declare"), page
    refused = client.post(at(held, "declare"), {"independence": "I never worked there"})
    assert refused.status_code == 422
    assert "I never worked there" in refused.text
    assert client.post(at(held, "declare"), DECLARED).headers["Location"] == at(held, "workbench")
    for page in pages(held):
        assert client.get(page).status_code == 200, page


def panel() -> Assurance:
    """Return an account for which a panel was assigned."""
    held = assuring.assigned()
    services.relieve(actor=held.coordinator, account=held.account, reason="Ill", now=NOW)
    account = Account.objects.get(pk=held.account.pk)
    given = {"actor": held.coordinator, "assurer": held.assurer, "level": "peer panel", "now": NOW}
    return replace(held, engagement=services.assign(account=account, **given))


def test_a_panel_names_its_members_and_the_statement_does_too():
    held = panel()
    client = assurer(held)
    refused = client.post(at(held, "declare"), DECLARED)
    assert refused.status_code == 422
    assert "Name everybody who sits on the panel" in told(refused)
    assert "I never worked there" in refused.text
    names = {"panel": "Mair Thomas (Bro Ogwen) and Huw Parry (Menter Môn)"}
    assert client.post(at(held, "declare"), DECLARED | names).status_code == 302
    held.engagement.refresh_from_db()
    for principle in range(1, 8):
        assuring.judge(held, principle)
    for drawn in services.sample(actor=held.assurer, engagement=held.engagement, seed=7, now=NOW):
        assuring.trace(held, drawn.number)
    assuring.conclude(held)
    page = told(client.get(at(held, "conclude")))
    assert "Mair Thomas (Bro Ogwen) and Huw Parry (Menter Môn)" in page
    assert statement.LEVELS_EXPLAINED["peer panel"] in page
    assert "The members of the panel" in page


def test_a_panel_is_not_declared_without_names_by_any_door_but_may_step_aside():
    held = panel()
    with pytest.raises(PanelWanted):
        assuring.declare(held, panel=" ")
    assert assuring.declare(held, conflict=True).ended_as == "conflict"


def test_with_a_conflict_the_workbench_is_closed_at_once():
    held = assuring.assigned()
    client = assurer(held)
    answer = client.post(at(held, "declare"), DECLARED | {"conflict": "yes"})
    assert answer.headers["Location"] == reverse("reports:engagements")
    assert client.get(at(held, "workbench")).status_code == 404
    assert held.account.name not in told(client.get(reverse("reports:engagements")))


@pytest.mark.parametrize("why", ["another assurer", "no assurer any more", "left the forum", "came into it", "editor"])
def test_nobody_but_the_engaged_assurer_finds_the_workbench(why: str):
    held = assuring.declared()
    somebody: Person = held.assurer
    if why == "another assurer":
        somebody = assuring.assigned(forum=held.forum, keeper=factories.organisation(forum=held.forum)).assurer
    elif why == "no assurer any more":
        Membership.objects.filter(person=somebody).delete()
    elif why == "left the forum":
        held.forum.organisations.remove(held.keeper)
    elif why == "came into it":
        Membership.objects.create(person=somebody, organisation=held.keeper, role=Role.VIEWER)
    else:
        somebody = factories.member(Role.EDITOR, held.keeper)
    client = signed_in(somebody)
    for page in pages(held):
        assert client.get(page).status_code == (409 if why == "came into it" else 404), page
    never_was = why in {"another assurer", "editor"}
    assert client.post(at(held, "judge", 1), JUDGED).status_code == (404 if never_was else 409)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("why", "sentence"),
    [("came into it", "You have a role in this organisation now"), ("relieved", "This engagement has ended")],
)
def test_what_was_typed_when_the_engagement_was_lost_meanwhile_comes_back_with_a_sentence(why: str, sentence: str):
    held = assuring.declared()
    client = assurer(held)
    if why == "relieved":
        services.relieve(actor=held.coordinator, account=held.account, reason="Ill", now=NOW)
    else:
        Membership.objects.create(person=held.assurer, organisation=held.keeper, role=Role.VIEWER)
    answer = client.post(at(held, "judge", 1), JUDGED | {"finding": "Half an hour of typing"})
    assert answer.status_code == 409
    assert sentence in told(answer)
    assert "Half an hour of typing" in answer.text
    assert not Judgement.objects.exists()


def test_an_engaged_assurer_reaches_nothing_of_the_account_itself():
    held = assuring.declared()
    for name in ("outcomes:account", "outcomes:history", "reports:assurance", "reports:reports"):
        assert assurer(held).get(reverse(name, args=[held.account.id])).status_code == 404, name


def test_a_principle_stands_beside_the_frozen_account_and_not_the_live_one():
    held = assuring.declared()
    services.return_with_findings(actor=held.assurer, engagement=held.engagement, reason="Count again", now=NOW)
    account = Account.objects.get(pk=held.account.pk)
    row = facts_of(account).stakeholders[0]
    later = typed(row, name="Raised later")
    outcome_services.change_row(
        actor=None, account=account, noun=type(row), ref=row.ref, typed=later, version=1, now=NOW
    )
    page = told(assurer(held).get(at(held, "judge", 1)))
    assert row.name in page
    assert "Raised later" not in page


def test_a_judgement_is_kept_and_what_is_refused_comes_back_as_it_was_typed():
    held = assuring.declared()
    client = assurer(held)
    refused = client.post(at(held, "judge", 5), JUDGED | {"verdict": "not met"})
    assert refused.status_code == 422
    assert "It is told well" in refused.text
    assert "Say what the organisation should do" in told(refused)
    assert client.post(at(held, "judge", 5), JUDGED).status_code == 302
    stale = client.post(at(held, "judge", 5), JUDGED | {"finding": "Typed in another tab"})
    assert stale.status_code == 409
    assert "Typed in another tab" in stale.text
    assert "What is saved now" in told(stale)
    assert "It is told well" in told(stale)
    assert Judgement.objects.get().finding == "It is told well"
    version = re.search(r'name="version" value="(\d+)"', stale.text)
    assert version is not None
    mine = JUDGED | {"finding": "Typed in another tab", "version": version[1]}
    assert client.post(at(held, "judge", 5), mine).status_code == 302
    assert queries.judgements(held.engagement)[5].finding == "Typed in another tab"
    assert client.get(at(held, "judge", 8)).status_code == 404


def test_from_each_principle_a_judgement_leads_to_the_next_one_and_at_last_to_the_rest():
    held = assuring.declared()
    client = assurer(held)
    assert client.post(at(held, "judge", 6), JUDGED).headers["Location"] == at(held, "judge", 7)
    assert client.post(at(held, "judge", 7), JUDGED).headers["Location"] == at(held, "judge", 1)
    for number in range(1, 6):
        there = client.post(at(held, "judge", number), JUDGED).headers["Location"]
    assert there == at(held, "sample")
    assert "7 of 7" in told(client.get(at(held, "workbench")))


def test_the_sample_is_drawn_once_and_each_piece_followed():
    held = assuring.declared()
    client = assurer(held)
    assert client.post(at(held, "sample")).status_code == 302
    assert client.post(at(held, "sample")).status_code == 409
    drawn = Trace.objects.get(number=1)
    assert str(drawn.seed) in told(client.get(at(held, "sample")))
    assert client.post(at(held, "trace", 1), {"result": "agrees"}).status_code == 422
    assert client.post(at(held, "trace", 1), {"result": "agrees", "traced": "The register"}).status_code == 302
    assert Trace.objects.get(number=1).result == "agrees"
    assert client.get(at(held, "trace", 99)).status_code == 404


def test_a_question_goes_to_the_organisation_and_its_answer_comes_back():
    held = assuring.declared()
    client = assurer(held)
    outcome = {"about": "outcomes:O1", "text": "Who counted?"}
    assert client.post(at(held, "ask"), outcome | {"text": ""}).status_code == 422
    assert client.post(at(held, "ask"), outcome).status_code == 302
    question = Question.objects.get()
    assert question.about == "outcomes:O1"
    answering = reverse("reports:answer", args=[question.id])
    editor = member(held, Role.EDITOR)
    assert answering in editor.get(of_account(held)).text
    assert answering not in member(held, Role.VIEWER).get(of_account(held)).text
    assert member(held, Role.APPROVER).post(answering, {"text": "Mair"}).status_code == 403
    assert editor.post(answering, {"text": ""}).status_code == 422
    assert editor.post(answering, {"text": "Mair did"}).status_code == 302
    assert "Mair did" in told(client.get(at(held, "ask")))
    assert client.post(at(held, "close", question.id)).status_code == 302
    late = editor.post(answering, {"text": "And Ann"})
    assert late.status_code == 409
    assert "And Ann" in late.text


def test_both_sides_write_on_in_a_thread_until_it_is_closed():
    held = assuring.declared()
    asked = services.ask(actor=held.assurer, engagement=held.engagement, about="outcomes:O1", text="Who?", now=NOW)
    client, editor = assurer(held), member(held, Role.EDITOR)
    answering = reverse("reports:answer", args=[asked.id])
    editor.post(answering, {"text": "Mair did"})
    assert "read it, and close it" in told(client.get(at(held, "workbench")))
    assert client.post(at(held, "thread", asked.id), {"text": ""}).status_code == 422
    assert client.post(at(held, "thread", asked.id), {"text": "With what list?"}).status_code == 302
    assert "without an answer" in told(client.get(at(held, "workbench")))
    assert "With what list?" in told(editor.get(answering))
    editor.post(answering, {"text": "The register"})
    said = told(client.get(at(held, "thread", asked.id)))
    assert said.index("Mair did") < said.index("With what list?") < said.index("The register")
    client.post(at(held, "close", asked.id))
    late = client.post(at(held, "thread", asked.id), {"text": "One thing more"})
    assert late.status_code == 409
    assert "One thing more" in late.text


def test_a_question_is_asked_from_the_item_and_its_item_stands_beside_the_answer_as_it_was_frozen():
    held = assuring.declared()
    client = assurer(held)
    outcome = facts_of(held.account).outcomes[0]
    page = client.get(at(held, "judge", 2)).text
    assert f"{at(held, 'ask')}?about=outcomes%3AO1#ask" in page.replace("outcomes:O1", "outcomes%3AO1")
    form = client.get(f"{at(held, 'ask')}?about=outcomes:O1").context["form"]
    assert form["about"].value() == "outcomes:O1"
    for about, shown in [
        ("outcomes:O1", outcome.name),
        ("figure:O1.impact", "Less lonely: Impact"),
        ("check:subgroups-were-considered", "Fourteen volunteers are too few"),
        ("principle:5", "5. Do not over-claim"),
    ]:
        answer = client.post(at(held, "ask"), {"about": about, "text": f"Why {shown}?"})
        assert answer.status_code == 302, about
        page = told(
            member(held, Role.EDITOR).get(reverse("reports:answer", args=[Question.objects.latest("number").id]))
        )
        assert shown in page, about
        assert "as it was frozen" in page, about


def test_what_is_none_of_the_items_is_asked_about_in_words():
    held = assuring.declared()
    client = assurer(held)
    nothing = client.post(at(held, "ask"), {"about": "", "other": "", "text": "Why?"})
    assert nothing.status_code == 422
    assert "Say what the question is about" in told(nothing)
    made_up = client.post(at(held, "ask"), {"about": "outcomes:O999", "other": "", "text": "Why?"})
    assert made_up.status_code == 422
    assert "Why?" in made_up.text
    assert client.post(at(held, "ask"), {"about": "", "other": "The whole of it", "text": "Why?"}).status_code == 302
    assert Question.objects.get().about == "The whole of it"


def test_a_question_of_another_engagement_cannot_be_closed_here():
    held, other = assuring.declared(), assuring.declared()
    asked = services.ask(actor=other.assurer, engagement=other.engagement, about="O1", text="Why?", now=NOW)
    assert assurer(held).post(at(held, "close", asked.id)).status_code == 404
    assert Question.objects.get().closed_at is None


def test_the_organisation_sees_the_findings_and_the_account_returned():
    held = assuring.declared()
    assuring.judge(held, 5, finding="One source alone")
    client = assurer(held)
    assert client.post(at(held, "give_back"), {"reason": ""}).status_code == 422
    assert client.post(at(held, "give_back"), {"reason": "Find a second source"}).status_code == 302
    page = told(member(held, Role.EDITOR).get(of_account(held)))
    assert "One source alone" in page
    assert "Find a second source" in page
    assert client.get(at(held, "workbench")).status_code == 200
    assert client.post(at(held, "judge", 1), JUDGED).status_code == 409


def test_every_figure_comes_out_as_it_was_frozen_and_is_shown_with_its_words():
    held = assuring.declared()
    page = assurer(held).get(at(held, "calculation"))
    assert "come out as they were frozen" in told(page)
    assert page.context["differing"] == 0
    rows = [each for group in page.context["groups"] for each in group["rows"]]
    assert [each.label for each in rows if "." in each.label or "_" in each.label] == []
    assert len(rows) == page.context["figures"] > 50


def test_a_figure_that_comes_out_otherwise_is_told_with_both_sides(monkeypatch: pytest.MonkeyPatch):
    held = assuring.declared()
    real = recalculation.recalculated

    def otherwise(*given: Any) -> list[recalculation.Recalculated]:
        return [replace(each, now="1.5") if each.where == "totals.ratio" else each for each in real(*given)]

    monkeypatch.setattr(recalculation, "recalculated", otherwise)
    page = assurer(held).get(at(held, "calculation"))
    assert "1 figure comes out otherwise" in told(page)
    assert "now 1.5" in told(page)


@pytest.mark.parametrize(
    "about",
    ["outcomes:", "outcomes:O999", "figure:", "figure:O1.year.99", "principle:0", "principle:²", "check:x", ":"],
)
def test_a_code_that_stands_for_nothing_is_no_item_and_no_fault(about: str):
    held = assuring.declared()
    page = assurer(held).get(at(held, "ask"), {"about": about})
    assert page.status_code == 200
    assert page.context["chosen"] is None
    assert about not in dict(page.context["form"].fields["about"].choices)


# --- The statement ------------------------------------------------------------------------------------------------


def test_before_the_record_is_complete_the_statement_is_refused_with_what_is_left():
    held = assuring.declared()
    answer = assurer(held).post(at(held, "conclude"), CONCLUDED)
    assert answer.status_code == 409
    assert "left: 7" in told(answer)
    assert "Well kept" in answer.text


def test_signing_asks_for_the_second_factor_again():
    held = assuring.judged()
    assuring.conclude(held)
    client = assurer(held)
    for answer in (client.get(at(held, "sign")), client.post(at(held, "sign"), {"read": assuring.read_of(held)})):
        assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate") + "?next=")
    assert Statement.objects.get().signed_at is None


def test_the_password_alone_does_not_sign():
    held = assuring.judged()
    assuring.conclude(held)
    client = assurer(held)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    assert client.get(at(held, "sign")).status_code == 302


def test_after_the_second_factor_what_was_read_is_signed():
    held = assuring.judged()
    client = assurer(held)
    assert client.post(at(held, "conclude"), CONCLUDED).status_code == 302
    client = after_the_second_factor(held)
    page = client.get(at(held, "sign"))
    assert page.status_code == 200
    assert page.context["read"] == assuring.read_of(held)
    assert client.post(at(held, "sign"), {"read": page.context["read"]}).status_code == 302
    assert Statement.objects.get().signed_by == held.assurer
    assert AuditRecord.objects.latest("id").verb == "signed statement"
    assert "Well kept" in told(member(held, Role.VIEWER).get(of_account(held)))
    assert Account.objects.get(pk=held.account.pk).state == "concluded"


def test_what_changed_since_it_was_read_is_not_signed():
    held = assuring.judged()
    assuring.conclude(held)
    client = after_the_second_factor(held)
    read = client.get(at(held, "sign")).context["read"]
    assuring.conclude(held, summary="Another summary")
    answer = client.post(at(held, "sign"), {"read": read})
    assert answer.status_code == 409
    assert "Changed since you read it" in told(answer)
    assert "Another summary" in told(answer)
    assert Statement.objects.get().signed_at is None


def test_a_draft_of_the_statement_is_the_assurers_alone():
    held = assuring.judged()
    assuring.conclude(held, summary="Not for others yet")
    assert "Not for others yet" not in member(held, Role.ADMIN).get(of_account(held)).text


def test_an_account_that_was_never_submitted_says_how_it_comes_to_be_assured():
    account = submitting.ready()
    page = signed_in(factories.member(Role.EDITOR, account.organisation)).get(
        reverse("reports:assurance", args=[account.id])
    )
    assert "once it is submitted" in told(page)

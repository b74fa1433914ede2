"""The pages on which an account is read, submitted and taken back: for the approver, and for those who only look on."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AccountState, Forum, Membership, Person
from accounts.roles import Role
from reports import queries, services
from reports.models import Submission
from tests import factories
from tests.architecture.gate import signed_in
from tests.outcomes.acting import facts_of
from tests.reports import assuring, submitting
from tests.reports.submitting import LATER, edit, ready, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return ready()


@pytest.fixture
def unexplained() -> Account:
    return factories.account(submitting.facts_that_lack_a_reason())


def of(account: Account, role: Role) -> Client:
    return signed_in(factories.member(role, account.organisation))


def page_of(account: Account) -> str:
    return reverse("reports:submit", args=[account.id])


def told(answer: Any) -> str:
    """Return the words of a page."""
    body = answer.text[answer.text.index("<main") :]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body)))


def sent(account: Account, **typed: str) -> dict[str, str]:
    """Return what the form of the page sends."""
    read = queries.reading(Account.objects.get(pk=account.pk)).fingerprint
    return {"read": read, "in_our_name": "on"} | typed


def reasons(text: str = "Because of {}") -> dict[str, str]:
    return {f"reason-{check}": text.format(check) for check in submitting.checks_that_want_a_reason()}


def state(account: Account) -> str:
    return Account.objects.get(pk=account.pk).state


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_an_approver_reads_how_it_stands_the_range_and_what_will_be_frozen(account: Account):
    answer = of(account, Role.APPROVER).get(page_of(account))
    page = told(answer)
    for words in ("Everything asked for is there", "What it comes to", "£0.48 to £2.", "Period", "Outcomes: 8"):
        assert words in page
    assert page.index("£0.48") < page.index("Central")
    assert queries.reading(account).fingerprint in answer.text
    assert "submit it in the name of Some group" in page
    assert "What is missing" not in page


def test_who_will_see_it_is_named(account: Account):
    network: Forum = factories.forum("The forum of the north")
    network.organisations.add(account.organisation)
    factories.grant(factories.organisation("A foundation"), account)
    page = told(of(account, Role.APPROVER).get(page_of(account)))
    assert "At once: the coordinators of The forum of the north." in page
    assert "Once a report of it is published: A foundation, who fund it." in page


def test_what_is_missing_is_listed_with_the_very_field_and_nothing_can_be_submitted():
    account = factories.account(submitting.facts_that_lack_a_purpose())
    page = of(account, Role.EDITOR).get(page_of(account))
    assert "What is missing" in told(page)
    assert f'href="{reverse("outcomes:details", args=[account.id])}#id_purpose"' in page.text
    approver = of(account, Role.APPROVER)
    assert "1 thing is still missing" in told(approver.get(page_of(account)))
    assert 'name="in_our_name"' not in approver.get(page_of(account)).text
    answer = approver.post(page_of(account), sent(account))
    assert answer.status_code == 422
    assert "Still missing: 1." in told(answer)
    assert not Submission.objects.exists()


def test_what_needs_a_reason_takes_one_right_there(unexplained: Account):
    page = of(unexplained, Role.APPROVER).get(page_of(unexplained))
    for check in submitting.checks_that_want_a_reason():
        assert f'name="reason-{check}"' in page.text


def test_an_account_without_money_shows_what_matters_most():
    account = factories.account(submitting.facts_without_money())
    page = told(of(account, Role.APPROVER).get(page_of(account)))
    assert "This account holds no money" in page
    assert re.search(r"Less lonely [\d.]+%", page)


def test_an_account_that_cannot_be_worked_out_says_why():
    account = factories.account(factories.unworkable_facts())
    answer = of(account, Role.APPROVER).get(page_of(account))
    assert "This account cannot be worked out yet" in told(answer)
    assert 'name="in_our_name"' not in answer.text


# --- Those who look on -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN, Role.VIEWER])
def test_others_read_the_same_and_are_told_who_submits_it(account: Account, role: Role):
    approver = factories.member(Role.APPROVER, account.organisation)
    Person.objects.filter(pk=approver.pk).update(name="Owen Hughes")
    client = of(account, role)
    answer = client.get(page_of(account))
    assert "An approver of Some group submits it: Owen Hughes" in told(answer)
    assert f'href="mailto:{approver.email}?subject=' in answer.text
    assert 'name="in_our_name"' not in answer.text
    assert client.post(page_of(account), sent(account)).status_code == 403
    assert state(account) == AccountState.DRAFT


def test_where_there_is_no_approver_the_page_says_who_can_help(account: Account):
    assert "has no approver yet" in told(of(account, Role.EDITOR).get(page_of(account)))


def test_an_editor_gives_reasons_and_a_viewer_does_not(unexplained: Account):
    address = reverse("reports:explain", args=[unexplained.id])
    assert of(unexplained, Role.VIEWER).post(address, reasons()).status_code == 403
    assert 'name="reason-' not in of(unexplained, Role.VIEWER).get(page_of(unexplained)).text
    done = of(unexplained, Role.EDITOR).post(address, reasons(), follow=True)
    assert "Saved: your reasons." in told(done)
    assert "What needs a reason" not in told(done)
    assert len(facts_of(unexplained).explanations) == len(submitting.checks_that_want_a_reason())


def test_one_reason_of_several_can_be_saved(unexplained: Account):
    name, *_others = reasons()
    client = of(unexplained, Role.EDITOR)
    client.post(reverse("reports:explain", args=[unexplained.id]), {name: "Because"})
    assert [each.reason for each in facts_of(unexplained).explanations] == ["Because"]
    answer = client.post(reverse("reports:explain", args=[unexplained.id]), {}, follow=True)
    assert "Nothing was typed, so nothing was saved." in told(answer)


# --- Submitting ------------------------------------------------------------------------------------------------------


def test_an_approver_submits_with_the_reasons_typed_on_the_page(unexplained: Account):
    answer = of(unexplained, Role.APPROVER).post(page_of(unexplained), sent(unexplained, **reasons()), follow=True)
    page = told(answer)
    made = Submission.objects.get()
    assert "The approver submitted it in the name of Some group on" in page
    assert made.snapshot.sha256 in page
    assert "What comes next" in page
    assert re.search(r"tag-going[^>]*>\s*Submitted", answer.text)


def test_a_second_click_leads_to_the_same_page_and_no_second_submission(account: Account):
    client, typed = of(account, Role.APPROVER), sent(account)
    first = client.post(page_of(account), typed)
    again = client.post(page_of(account), typed)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Submission.objects.count() == 1


def test_without_the_tick_nothing_is_submitted_and_what_was_typed_is_still_there(unexplained: Account):
    answer = of(unexplained, Role.APPROVER).post(page_of(unexplained), sent(unexplained, in_our_name="", **reasons()))
    assert answer.status_code == 422
    assert "Tick this if you submit it" in told(answer)
    assert all(text in html.unescape(answer.text) for text in reasons().values())
    assert facts_of(unexplained).explanations == ()
    assert state(unexplained) == AccountState.DRAFT


def test_a_reason_that_is_left_out_is_asked_for_at_its_field(unexplained: Account):
    name, *others = reasons()
    answer = of(unexplained, Role.APPROVER).post(page_of(unexplained), sent(unexplained, **{name: "Because"}))
    assert answer.status_code == 422
    assert told(answer).count("needs a reason here.") == 2 * len(others)  # above, and at the field
    assert ">\nBecause</textarea>" in answer.text


@pytest.mark.parametrize("door", ["reports:submit", "reports:explain"])
def test_words_that_cannot_be_taken_are_refused_at_their_field(unexplained: Account, door: str):
    typed = sent(unexplained, **reasons("Hidden \u202e words"))
    answer = of(unexplained, Role.APPROVER).post(reverse(door, args=[unexplained.id]), typed)
    assert answer.status_code == 422
    assert "Hidden \u202e words" in answer.text
    assert facts_of(unexplained).explanations == ()


def test_what_changed_since_it_was_read_comes_back_fresh_with_what_was_typed(unexplained: Account):
    typed = sent(unexplained, **reasons())
    edit(unexplained, factories.member(Role.EDITOR, unexplained.organisation), "A new name")
    answer = of(unexplained, Role.APPROVER).post(page_of(unexplained), typed)
    page = told(answer)
    assert answer.status_code == 409
    assert "The account changed since you read it" in page
    assert "A new name" in page
    assert all(text in html.unescape(answer.text) for text in reasons().values())
    fresh = queries.reading(Account.objects.get(pk=unexplained.pk)).fingerprint
    assert f'name="read" value="{fresh}"' in answer.text
    assert "checked" not in answer.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize("door", ["reports:submit", "reports:explain"])
def test_a_reason_that_somebody_else_gave_meanwhile_is_not_written_over_and_yours_is_shown(
    unexplained: Account, door: str
):
    typed, (name, other, *_others) = sent(unexplained, **reasons()), reasons()
    of(unexplained, Role.EDITOR).post(reverse("reports:explain", args=[unexplained.id]), {name: "Theirs"})
    answer = of(unexplained, Role.APPROVER).post(reverse(door, args=[unexplained.id]), typed)
    assert answer.status_code == 409
    assert "What you wrote, and no longer need to say" in told(answer)
    assert typed[name] in told(answer)
    assert typed[other] in html.unescape(answer.text)
    assert [each.reason for each in facts_of(unexplained).explanations] == ["Theirs"]


def test_what_somebody_else_submitted_meanwhile_is_shown_with_what_was_typed(unexplained: Account):
    typed = sent(unexplained, **reasons())
    given = {name.removeprefix("reason-"): text for name, text in reasons("Theirs").items()}
    submit(unexplained, factories.member(Role.APPROVER, unexplained.organisation), reasons=given)
    answer = of(unexplained, Role.APPROVER).post(page_of(unexplained), typed)
    page = told(answer)
    assert answer.status_code == 409
    assert "Only a draft can be submitted" in page
    assert "This account is submitted" in page
    assert all(text in page for text in reasons().values())


# --- Your own work ---------------------------------------------------------------------------------------------------


def both(account: Account) -> Person:
    person = factories.member(Role.APPROVER, account.organisation)
    Membership.objects.create(person=person, organisation=account.organisation, role=Role.EDITOR)
    return person


def test_who_changed_it_is_told_who_else_can_submit_it(account: Account):
    person, other = both(account), factories.member(Role.APPROVER, account.organisation)
    Person.objects.filter(pk=other.pk).update(name="Owen Hughes")
    edit(account, person)
    client = signed_in(person)
    shown = client.get(page_of(account))
    assert "You changed something in this account since it was last published" in told(shown)
    assert "Owen Hughes" in told(shown)
    assert 'name="in_our_name"' not in shown.text
    answer = client.post(page_of(account), sent(account))
    assert answer.status_code == 403
    assert "somebody else has to submit it: Owen Hughes. Nothing was submitted." in told(answer)
    assert state(account) == AccountState.DRAFT


def test_where_there_is_nobody_else_they_are_told_that_the_report_says_so(account: Account):
    person = both(account)
    edit(account, person)
    client = signed_in(person)
    assert "The report says so" in told(client.get(page_of(account)))
    done = client.post(page_of(account), sent(account), follow=True)
    assert "The same person changed figures and submitted them" in told(done)


# --- Submitted, and taken back ---------------------------------------------------------------------------------------


def test_everybody_who_sees_the_account_sees_what_was_submitted_and_only_approvers_take_it_back(account: Account):
    made = submit(account, factories.member(Role.APPROVER, account.organisation))
    address = reverse("reports:take_back", args=[account.id])
    for role in (Role.VIEWER, Role.EDITOR, Role.ADMIN):
        client = of(account, role)
        page = client.get(page_of(account))
        assert made.snapshot.sha256 in page.text
        assert address not in page.text
        assert client.post(address, {"reason": "Because"}).status_code == 403
    assert address in of(account, Role.APPROVER).get(page_of(account)).text
    assert state(account) == AccountState.SUBMITTED


def test_the_page_says_where_the_account_is_in_its_assurance():
    held = assuring.assigned()
    under_way = of(held.account, Role.VIEWER).get(page_of(held.account))
    assert "This account is in assurance" in told(under_way)
    assert "The assurer to whom a coordinator assigned it." in told(under_way)
    assuring.concluded(held)
    concluded = of(held.account, Role.VIEWER).get(page_of(held.account))
    assert "The assurance of this account is concluded" in told(concluded)
    for page in (under_way, concluded):
        assert reverse("reports:assurance", args=[held.account.id]) in page.text
        for of_what_was_submitted in ("submitted, not assured", "A coordinator of a forum can", "At once:"):
            assert of_what_was_submitted not in told(page)


def test_an_approver_takes_it_back_with_a_reason(account: Account):
    submit(account, factories.member(Role.APPROVER, account.organisation))
    client, address = of(account, Role.APPROVER), reverse("reports:take_back", args=[account.id])
    assert "Take “" in told(client.get(address))
    blank = client.post(address, {"reason": " "})
    assert blank.status_code == 422
    assert "Say in a sentence or two why you take it back." in told(blank)
    assert state(account) == AccountState.SUBMITTED
    done = client.post(address, {"reason": "One group was left out"}, follow=True)
    assert "Taken back. The account is a draft again." in told(done)
    assert state(account) == AccountState.DRAFT
    listed = told(client.get(reverse("reports:reports", args=[account.id])))
    assert "Report 1 Taken back" in listed
    assert "took it back on" in listed
    assert "“One group was left out”" in listed


def test_taking_back_what_is_none_says_so_and_keeps_what_was_typed(account: Account):
    answer = of(account, Role.APPROVER).post(reverse("reports:take_back", args=[account.id]), {"reason": "A slip"})
    assert answer.status_code == 409
    assert "Only an account that is submitted" in told(answer)
    assert "A slip</textarea>" in answer.text


def test_the_reports_page_says_who_submitted_what_and_leads_to_it(account: Account):
    submit(account, factories.member(Role.APPROVER, account.organisation))
    answer = of(account, Role.VIEWER).get(reverse("reports:reports", args=[account.id]))
    assert "Report 1 Submitted" in told(answer)
    assert "submitted it in the name of Some group" in told(answer)
    assert f'href="{page_of(account)}"' in answer.text


def test_a_report_is_made_of_what_was_submitted(account: Account):
    made = submit(account, factories.member(Role.APPROVER, account.organisation))
    of(account, Role.EDITOR).post(reverse("reports:reports", args=[account.id]))
    assert made.snapshot.jobs.count() == 1


def test_a_published_account_says_that_there_is_nothing_to_submit(account: Account):
    approver = factories.member(Role.APPROVER, account.organisation)
    submit(account, approver)
    services.publish(actor=approver, report=factories.report(account), now=LATER)
    page = signed_in(approver).get(page_of(account))
    assert "This account is published as it stands" in told(page)
    assert "What was frozen" in told(page)
    assert "Who sees it" in told(page)
    for of_a_draft in ("What will be frozen", "Who will see it", "At once:", "Submit in the name of", "fingerprint"):
        assert of_a_draft not in told(page), of_a_draft
    assert 'name="in_our_name"' not in page.text
    assert signed_in(approver).post(page_of(account), sent(account)).status_code == 409


def test_every_page_of_the_account_leads_there_in_one_step(account: Account):
    answer = of(account, Role.APPROVER).get(reverse("outcomes:account", args=[account.id]))
    assert f'href="{page_of(account)}"' in answer.text
    assert f'href="{page_of(account)}">Check and submit it' in answer.text

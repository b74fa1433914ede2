"""Pages as this and that account and person find them: filled, empty and with errors, axe has nothing to say of them.

That every page is looked at is held by `tests/journeys/test_every_page_of_the_site.py`; here are those that are reached
by asking for more of a page, by other people, and with other accounts.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import Outcome
from tests import factories
from tests.core.workbook.filled import typed
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.people import People, people
from tests.journeys.steps import choose, sign_in
from tests.journeys.test_from_workbook_to_funder import BAD, filled
from tests.outcomes.acting import LATER, facts_of, typed as as_typed
from tests.outcomes.reading import at, in_points, just_started, unworkable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = ("account", "principles", "value_map", "sensitivity", "theory_of_change", "contents", "history", "details")


@pytest.fixture
def those() -> People:
    """Return the people of one organisation."""
    return people()


@pytest.fixture
def look() -> Look:
    """Return what looks at the pages."""
    return Look()


def read(account: Account) -> list[str]:
    """Return the addresses at which an account is read."""
    return [at(account, page) for page in READ]


def test_what_is_wrong_with_a_page_is_noticed(visit: Visit, look: Look) -> None:
    page = visit()
    page.goto("/sign-in/")
    page.locator("main").evaluate("""main => {
      main.append("W".repeat(60));
      main.append(document.createElement("img"));
      main.style.overflowWrap = "normal";
    }""")
    look.at(page, "planted")
    assert {fault[:2] for fault in look.faults["planted"]} >= {(320, "wider than the screen"), (320, "image-alt")}


def test_what_the_filled_pages_of_an_editor_can_be_asked_for(visit: Visit, those: People, look: Look) -> None:
    account = factories.account(factories.complete_facts(), keeper=those.organisation)
    pages = [
        "/",
        f"{at(account, 'value_map')}?correct=1",
        *(at(account, "figure", name) for name in ("O1.quantity", "discount.2", "payback")),
        *(at(account, "entries", slug) for slug in ("adjustments", "explanations")),
        *(at(account, "step", slug) for slug in ("changes", "measured", "anyway", "left-out", "submit")),
        at(account, "entry", "involvement", "V1"),
        f"{at(account, 'entry', 'valuations', 'W1')}?only=value&from=value-map",
        f"{at(account, 'new_entry', 'observations')}?stage=measured",
        f"{at(account, 'importance')}?by=ranking",
        f"{at(account, 'ledger')}?noun=outcomes&ref=O1",
        f"{at(account, 'ledger')}?show=dropped",
        f"{at(account, 'history')}?until=2000-01-01",
        at(account, "grid", "observations"),
    ]
    look.along(visit(those.editor), pages)
    assert look.faults == {}


def test_filled_pages_of_everybody_else(visit: Visit, those: People, look: Look) -> None:
    account = factories.account(factories.timebank_facts(), keeper=those.organisation)
    points = factories.account(in_points(), keeper=those.organisation)
    draft, first = factories.report(account), factories.published(factories.account(keeper=those.organisation))
    outcome_services.replace_facts(
        actor=None,
        account=first.snapshot.account,
        facts=factories.timebank_facts(),
        now=factories.NOW,
        source="a test",
        reason="Counted again",
    )
    second = factories.submitted_report(first.snapshot.account)
    reports = [f"/accounts/{each.snapshot.account_id}/reports/" for each in (draft, second)]
    look.along(visit(those.approver), [*reports, *(f"/reports/{each.id}/publish/" for each in (draft, second))])
    look.along(visit(those.editor), [at(account, "account"), at(account, "principles"), at(account, "sensitivity")])
    look.along(
        visit(those.viewer), ["/", at(account, "entry", "outcomes", "O1"), *(at(points, each) for each in READ[:4])]
    )
    factories.grant(those.funding, factories.published().snapshot.account)
    look.along(visit(those.funder), ["/published/"])
    forum = factories.forum()
    forum.organisations.add(those.organisation)
    look.along(visit(factories.member(Role.COORDINATOR, forum)), ["/", at(account, "value_map")])
    assert look.faults == {}


def test_empty_pages(visit: Visit, those: People, look: Look) -> None:
    account = factories.account(just_started(), keeper=those.organisation)
    entries = [at(account, "entries", "outcomes"), at(account, "new_entry", "outcomes")]
    look.along(visit(those.editor), [*read(account), *entries, f"/accounts/{account.id}/reports/"])
    look.along(visit(those.funder), ["/", "/published/"])
    look.along(visit(factories.person()), ["/"])
    look.along(visit(factories.member(Role.ASSURER, factories.forum())), ["/"])
    look.along(visit(), ["/sign-in/"])
    assert look.faults == {}


def test_pages_of_somebody_who_cannot_come_in_or_does_not_find_it(visit: Visit, those: People, look: Look) -> None:
    account = factories.account(keeper=those.organisation)
    page = visit()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look.at(page, "a wrong password")
    sign_in(page, those.viewer)
    page.goto("/accounts/there-is-none/")
    expect(page.get_by_text(re.compile("quote this reference: [0-9a-f]{32}"))).to_be_visible()
    look.at(page, "not found")
    page.goto(at(account, "new_entry", "outcomes"))
    expect(page.get_by_text("quote this reference")).to_be_visible()
    look.at(page, "not allowed")
    assert look.faults == {}


def fill_in_wrongly(page: Page, account: Account) -> None:
    """Save the form of an outcome with two answers that cannot be taken."""
    page.goto(at(account, "entry", "outcomes", "O1"))
    page.get_by_label("How many, or how much").fill("about ten")
    page.get_by_label("What changes").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()


def save_too_late(page: Page, account: Account, those: People) -> None:
    """Save the form of an outcome that somebody else has changed in the meantime."""
    page.goto(at(account, "entry", "outcomes", "O1"))
    row = facts_of(account).outcomes[0]
    changed = as_typed(row, quantity="11", name="Less alone")
    factories.services.change_row(
        actor=those.editor, account=account, noun=Outcome, ref="O1", typed=changed, version=1, now=LATER
    )
    page.get_by_label("How many, or how much").fill("12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("table", name="What differs")).to_be_visible()


def test_pages_with_errors(visit: Visit, those: People, look: Look) -> None:
    account = factories.account(keeper=those.organisation)
    page = visit(those.editor)
    page.on("dialog", lambda dialog: dialog.accept())
    fill_in_wrongly(page, account)
    look.at(page, "a form with errors")
    save_too_late(page, account, those)
    look.at(page, "a conflict")
    page.goto(f"{at(account, 'value_map')}?correct=1")
    page.get_by_role("link", name="correct Quantity").click()
    page.get_by_label("How many, or how much").fill("ten")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“ten” is not a number")).to_be_visible()
    look.at(page, "a correction with an error")
    page.goto(at(account, "workbook"))
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look.at(page, "no workbook")
    choose(page.get_by_label("Your workbook"), typed(filled(), BAD))
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("table", name="2 cells to mend")).to_be_visible()
    look.at(page, "a workbook with bad cells")
    stuck = factories.account(unworkable(), keeper=those.organisation)
    look.along(page, [at(stuck, each) for each in ("account", "value_map", "sensitivity")])
    look.along(page, [at(stuck, "figure", "ratio"), f"/reports/renderings/{factories.failed(account).id}/"])
    assert look.faults == {}

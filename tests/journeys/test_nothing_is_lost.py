"""What is typed in a browser is neither lost nor saved twice, whatever comes between."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import Account
from tests import factories
from tests.journeys.conftest import Visit
from tests.journeys.people import People, people
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUANTITY = "How many, or how much"


@pytest.fixture
def those() -> People:
    """Return the people of one organisation."""
    return people()


@pytest.fixture
def account(those: People) -> Account:
    """Return a small account of theirs."""
    return factories.account(keeper=those.organisation)


def correct(page: Page, account: Account, typed: str) -> None:
    """Open the form of a figure on the value map, and type into it."""
    page.goto(f"{at(account, 'value_map')}?correct=1")
    page.get_by_role("link", name="correct Quantity").click()
    page.get_by_label(QUANTITY).fill(typed)


def was_on_purpose(trouble: list[str], status: int) -> None:
    """Hold what the console said to the answer that the test itself gave."""
    assert trouble
    assert [said for said in trouble if str(status) not in said] == []
    trouble.clear()


def test_a_correction_by_somebody_who_was_signed_out_is_sent_again_as_a_page(
    visit: Visit, those: People, account: Account, trouble: list[str]
) -> None:
    page = visit(those.editor)

    def refuse_parts(route: Route) -> None:
        if route.request.headers.get("hx-request") and route.request.method == "POST":
            route.fulfill(status=401)
        else:
            route.fallback()

    page.route("**/entries/**", refuse_parts)
    correct(page, account, "12")
    page.get_by_role("button", name="Save").click()
    # The page that the form itself leads to; for somebody who is signed out that is the sign-in page, which keeps it.
    expect(page.get_by_role("row", name="Less lonely")).to_have_count(1)  # the form in its row has gone with the page
    expect(page.get_by_role("row", name="Less lonely")).to_contain_text("12")
    assert facts_of(account).outcomes[0].quantity == 12
    was_on_purpose(trouble, 401)


def test_when_the_site_is_away_what_was_typed_stays_and_the_page_says_so(
    visit: Visit, those: People, account: Account, trouble: list[str]
) -> None:
    page = visit(those.editor)
    correct(page, account, "12")
    page.route("**/entries/**", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("What you typed is still here")
    assert page.get_by_label(QUANTITY).input_value() == "12"
    was_on_purpose(trouble, 503)


def test_a_figure_that_was_typed_is_given_up_only_if_its_person_says_so(
    visit: Visit, those: People, account: Account
) -> None:
    page = visit(those.editor)
    asked: list[str] = []
    answers = iter([False, True])

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if next(answers):
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    correct(page, account, "12")
    page.keyboard.press("Escape")
    expect(page.get_by_label(QUANTITY)).to_be_visible()
    page.get_by_role("link", name="correct Deadweight").click()
    expect(page.get_by_role("textbox", name="Deadweight: would have happened anyway")).to_be_focused()
    expect(page.get_by_label(QUANTITY)).to_have_count(0)
    assert len(asked) == 2
    assert "You have not saved" in asked[0]


def test_two_clicks_save_one_row(visit: Visit, those: People, account: Account) -> None:
    page = visit(those.editor)
    page.goto(at(account, "new_entry", "stakeholders"))
    page.get_by_label("Name").fill("Volunteers")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("heading", name="Stakeholders")).to_be_visible()
    assert [row.name for row in facts_of(account).stakeholders] == ["Members", "Volunteers"]


def test_a_link_to_a_field_leads_the_focus_there(visit: Visit, those: People, account: Account) -> None:
    page = visit(those.editor)
    page.goto(at(account, "principles"))
    page.get_by_role("link", name="O1 Less lonely – Is it relevant?").click()
    expect(page.get_by_role("group", name="Is it relevant?").get_by_label("Not answered")).to_be_focused()
    page.goto(f"{at(account, 'entry', 'outcomes', 'O1')}#id_quantity_source")
    expect(page.get_by_label("Source of the quantity")).to_be_focused()

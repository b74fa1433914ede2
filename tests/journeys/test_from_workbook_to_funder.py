"""The main job, end to end: a workbook becomes an account, that is submitted, its report published and downloaded."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account
from outcomes.workbook import write
from reports.models import Report
from tests import factories
from tests.core.workbook.filled import typed
from tests.journeys.conftest import Visit
from tests.journeys.people import People, people
from tests.journeys.steps import a_worker, choose, content, fetch, make_by_hand, sign_in, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BAD = {"Outcomes": {"J3": "about twenty"}, "Adjustments": {"D3": "130%"}}
MENDED = {"Outcomes": {"J3": 20}, "Adjustments": {"D3": "20%"}}


@pytest.fixture
def those() -> People:
    """Return the people of the journey."""
    return people()


def filled() -> bytes:
    """Return an account that has all that can be asked of one, as a workbook."""
    return write(factories.complete_facts(), None)


def bring_in(page: Page, workbook: bytes) -> None:
    """Send a workbook with the form on this page."""
    choose(page.get_by_label("Your workbook"), workbook)
    page.get_by_role("button", name="Bring it in").click()


def explain_down_to_what_was_entered(page: Page) -> list[str]:
    """Follow the first part of each figure until one that somebody typed; return the headings on the way."""
    way = [page.get_by_role("heading", level=1).inner_text()]
    while page.get_by_role("heading", name="The figures that it came from").count():
        page.locator("main dl.totals dt a").first.click()
        way.append(page.get_by_role("heading", level=1).inner_text())
    return way


def stays(page: Page) -> None:
    """Leave a mark in the page that a reload would wipe out."""
    page.evaluate("window.sameAsBefore = true")


def stayed(page: Page) -> bool:
    """Return whether the page was not loaded again since."""
    return bool(page.evaluate("window.sameAsBefore === true"))


def bring_in_and_mend(page: Page) -> None:
    """Bring in a workbook with two wrong cells, and then the one that came back with them marked, mended."""
    page.get_by_role("link", name="Bring in a workbook for Cinio Ogwen").click()
    bring_in(page, typed(filled(), BAD))
    expect(page.get_by_role("heading", name="Some cells could not be understood")).to_be_visible()
    mends = page.get_by_role("table", name="2 cells to mend")
    expect(mends.get_by_role("row", name="Outcomes J3")).to_contain_text("“about twenty” is not a number")
    expect(mends.get_by_role("row", name="Adjustments D3")).to_contain_text("outside 0% to 100%")
    marked = content(fetch(page, page.get_by_role("link", name="Download your marked workbook")))
    assert not Account.objects.exists()
    bring_in(page, typed(marked, MENDED))
    expect(page.get_by_text("is here. This is how it stands.")).to_be_visible()
    expect(page.get_by_text("£1.29").first).to_be_visible()


def explain(page: Page) -> None:
    """Go from the value map down to a figure that somebody entered, and back up."""
    page.get_by_role("link", name="Value map").click()
    page.get_by_role("row", name="Less lonely").get_by_role("link", name="£22,196.18").click()
    way = explain_down_to_what_was_entered(page)
    assert way[0] == "Present value"
    assert way[-2:] == ["Gross value", "Quantity"]
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Value map").click()


def correct_in_place(page: Page) -> None:
    """Correct a figure where it stands, once in words and once in figures: the ratio moves, the page stays."""
    page.get_by_role("link", name="Correct figures").click()
    stays(page)
    page.get_by_role("link", name="correct Quantity, Less lonely").click()
    page.get_by_label("How many, or how much").fill("nineteen")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“nineteen” is not a number that we can read.")).to_be_visible()
    page.get_by_label("How many, or how much").fill("19")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("For each £1 put in: £1.29 before, £1.27 now.")
    expect(page.get_by_role("link", name="correct Quantity, Less lonely")).to_be_focused()
    assert stayed(page)


def submit(page: Page, account: Account) -> None:
    """Find the account, and submit it in the name of the organisation."""
    page.goto("/")
    page.get_by_role("link", name=account.name, exact=True).click()
    page.get_by_role("link", name="Check and submit", exact=True).click()
    page.get_by_text("I have read this account, and submit it").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", name="This account is submitted")).to_be_visible()


def watch_the_report_come(page: Page) -> bytes:
    """Ask for the report of what was submitted, and watch it come without a reload; return the PDF."""
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Make a report").click()
    expect(page.get_by_text("Your report is waiting to start.")).to_be_visible()
    stays(page)
    with a_worker():
        expect(page.get_by_text("Your report is being made.")).to_be_visible()
        expect(page.get_by_text("Your report is ready.")).to_be_visible(timeout=60_000)
    assert stayed(page)
    return content(fetch(page, page.get_by_role("link", name="Download the PDF")))


def publish(page: Page, account: Account) -> None:
    """Find the account, read what will be published, and publish it."""
    page.goto("/")
    page.get_by_role("link", name=account.name, exact=True).click()
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Publish it").click()
    expect(page.get_by_text("Self-assessed: nobody independent has judged it.")).to_be_visible()
    expect(page.get_by_text("Whoever funds it: Sylfaen.")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The funders of this account can download it now.")).to_be_visible()


def test_a_workbook_becomes_a_report_in_the_hands_of_the_funder(visit: Visit, those: People) -> None:
    page = visit()
    page.goto("/")
    sign_in(page, those.editor)
    expect(page.get_by_role("heading", name="There are no accounts here yet")).to_be_visible()
    template = fetch(page, page.get_by_role("link", name="Download the template"))
    assert content(template).startswith(b"PK")
    bring_in_and_mend(page)
    explain(page)
    correct_in_place(page)
    account, approvers = Account.objects.get(), visit(those.approver)
    submit(approvers, account)
    pdf = watch_the_report_come(page)
    assert pdf.startswith(b"%PDF-1.7")
    expect(page.get_by_role("link", name="Publish it")).to_have_count(0)

    # Nobody but an approver publishes; until then the funder has nothing.
    factories.grant(those.funding, account)
    funders = visit(those.funder)
    funders.goto("/published/")
    expect(funders.get_by_text("Nothing is published for you yet")).to_be_visible()
    publish(approvers, account)

    # Two steps from signing in, and nothing else of it.
    funders.goto("/")
    funders.get_by_role("link", name="See the published reports").click()
    theirs = content(fetch(funders, funders.get_by_role("link", name=f"{account.name} (PDF)")))
    assert theirs == pdf
    for page_of_theirs in ("", "reports/", "workbook/"):
        funders.goto(f"/accounts/{account.id}/{page_of_theirs}")
        expect(funders.get_by_role("heading", name="There is no page here")).to_be_visible()
        expect(funders.get_by_text(account.name)).to_have_count(0)


def test_the_same_way_can_be_gone_without_javascript(visit: Visit, those: People) -> None:
    page = visit(scripts=False)
    page.goto("/")
    sign_in(page, those.editor)
    page.get_by_role("link", name="Bring in a workbook for Cinio Ogwen").click()
    bring_in(page, typed(filled(), BAD))
    expect(page.get_by_role("table", name="2 cells to mend")).to_be_visible()
    bring_in(page, filled())
    expect(page.get_by_text("£1.29").first).to_be_visible()

    page.get_by_role("link", name="Value map").click()
    page.get_by_role("link", name="Correct figures").click()
    page.get_by_role("link", name="correct Quantity, Less lonely").click()
    page.get_by_label("How many, or how much").fill("nineteen")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("“nineteen” is not a number that we can read.")
    assert page.get_by_label("How many, or how much").input_value() == "nineteen"
    page.get_by_label("How many, or how much").fill("19")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("For each £1 put in: £1.29 before, £1.27 now.")).to_be_visible()
    assert page.url.endswith("/value-map/?correct=1#line-O1")

    approver = visit(those.approver, scripts=False)
    submit(approver, Account.objects.get())
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Make a report").click()
    expect(page.get_by_text("Your report is waiting to start.")).to_be_visible()
    make_by_hand()
    # The page asks again by itself.
    expect(page.get_by_text("Your report is ready.")).to_be_visible()
    assert content(fetch(page, page.get_by_role("link", name="Download the PDF"))) == b"%PDF-1.7 made by hand"

    factories.grant(those.funding, Account.objects.get())
    publish(approver, Account.objects.get())
    funder = visit(those.funder, scripts=False)
    funder.goto("/published/")
    assert content(fetch(funder, funder.get_by_role("link", name="(PDF)"))) == b"%PDF-1.7 made by hand"


def test_the_way_from_the_value_map_to_the_report_can_be_gone_with_the_keyboard_alone(
    visit: Visit, those: People
) -> None:
    account = factories.account(factories.timebank_facts(), keeper=those.organisation)
    page = visit()
    page.goto("/sign-in/")
    page.keyboard.type(those.editor.email)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=account.name, exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Value map"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Correct figures"))
    page.keyboard.press("Enter")

    figure = page.get_by_role("link", name="correct Quantity, More social contact")
    tab_to(page, figure)
    page.keyboard.press("Enter")
    field = page.get_by_label("How many, or how much")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(figure).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("90")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("€16.06 before, €15.74 now.")
    expect(figure).to_be_focused()

    page.keyboard.press("Home")
    page.evaluate("document.activeElement.blur()")
    tab_to(page, page.get_by_role("link", name="Reports", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Make a report"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your report is waiting to start.")).to_be_visible()
    make_by_hand()
    tab_to(page, page.get_by_role("link", name="Download the PDF"))
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert content(coming.value) == b"%PDF-1.7 made by hand"
    assert Report.objects.get().snapshot.account == account

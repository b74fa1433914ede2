"""From the list of accounts to a first change with a value, on a phone, step by step, with scripts and without."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account
from tests.journeys.conftest import Visit
from tests.journeys.people import People, people
from tests.outcomes.acting import facts_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def those() -> People:
    """Return the people of one organisation."""
    return people()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def add(page: Page, what: str) -> None:
    page.get_by_role("main").get_by_role("link", name=f"Add: {what}", exact=True).first.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_first_change_with_a_value_takes_few_screens(visit: Visit, those: People, scripts: bool) -> None:
    page = visit(those.editor, width=320, scripts=scripts)
    page.goto("/")

    page.get_by_role("link", name="Start an account for").click()
    page.get_by_label("Title").fill("Walking group")
    page.get_by_label("Evaluative: what has happened").check()
    page.get_by_role("button", name="Start the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Step by step")

    page.get_by_role("link", name="2. Who is affected?").click()
    add(page, "stakeholder group")
    page.get_by_label("Name").fill("Walkers")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who is affected?")
    expect(page.get_by_role("link", name="S1 Walkers", exact=True)).to_be_visible()

    page.get_by_role("link", name="What changes?").first.click()
    add(page, "outcome")
    page.get_by_label("For whom").select_option(label="S1 Walkers")
    page.get_by_label("What changes").fill("Less lonely")
    save(page)
    expect(page.get_by_role("link", name="O1 Less lonely", exact=True)).to_be_visible()

    page.get_by_role("link", name="How can you tell, and for how many?").first.click()
    page.get_by_role("link", name="O1 Less lonely", exact=True).click()
    page.get_by_label("How many, or how much").fill("1,200")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("How can you tell")

    page.get_by_role("link", name="What is it worth to them?").first.click()
    add(page, "valuation")
    page.get_by_label("Outcome").select_option(label="O1 Less lonely")
    page.get_by_label("Value of one").fill("£12.50")
    save(page)
    expect(page.get_by_text("Value of one: £12.50")).to_be_visible()

    facts = facts_of(Account.objects.get())
    assert (facts.account.name, len(facts.stakeholders)) == ("Walking group", 1)
    assert (facts.outcomes[0].quantity, facts.valuations[0].value) == (1200, Decimal("12.50"))


def test_a_term_is_explained_where_it_is_used_and_on_its_own_page(visit: Visit, those: People) -> None:
    page = visit(those.editor, width=320)
    page.goto("/")
    page.get_by_role("link", name="Start an account for").click()
    page.get_by_text("Forecast or evaluative?").click()
    expect(page.get_by_text(re.compile("is a forecast. “29 of 41 were” is evaluative"))).to_be_visible()
    page.get_by_role("link", name="Words explained").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Words explained")

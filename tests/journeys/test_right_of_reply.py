"""The right of reply from end to end: codes on paper, telephones without JavaScript, an objection and its answer."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account, Person
from accounts.roles import Role
from tests import factories
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.outcomes.reading import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUS = "Nobody asked us about the bus"


@pytest.fixture
def editor(transactional_db: None) -> Person:
    return factories.member(Role.EDITOR, factories.organisation("Cinio Ogwen"))


@pytest.fixture
def account(editor: Person) -> Account:
    facts = replace(factories.complete_facts(), explanations=())
    return factories.account(facts, keeper=editor.memberships.get().organisation)


def codes_made(page: Page, account: Account, look: Look) -> list[str]:
    """Go from what the principles ask for to a page of slips, and return the codes on it."""
    page.goto(at(account, "principles"))
    page.get_by_role("link", name="S1 Members – right of reply", exact=True).click()
    page.get_by_role("link", name=re.compile("Make codes ?: Members")).click()
    expect(page.get_by_role("heading", name="What they will see")).to_be_visible()
    page.get_by_label("How many codes?").fill("3")
    page.get_by_role("button", name="Make the codes").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look.at(page, "codes that cannot be made")
    page.get_by_label("How many codes?").fill("12")
    page.get_by_role("button", name="Make the codes").click()
    expect(page.get_by_role("heading", name="Codes to hand out")).to_be_visible()
    look.at(page, "slips")
    return page.locator(".slip-code").all_inner_texts()


def reply(page: Page, code: str, choice: str, words: str = "") -> None:
    """Type the code on a slip, choose, and send."""
    page.goto("/reply/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(choice).check()
    page.get_by_label("Do you want to say more?").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_from_slips_of_paper_to_the_seventh_principle(visit: Visit, account: Account, editor: Person):
    inside, telephone, look = visit(editor), visit(width=320, scripts=False), Look()
    first, second, *others = codes_made(inside, account, look)

    telephone.goto("/reply/")
    telephone.get_by_label("Your code").fill("7K3M 9QXD 2R4F")
    telephone.get_by_role("button", name="Go on").click()
    expect(telephone.get_by_role("alert")).to_contain_text("We do not know this code.")
    telephone.get_by_label("Your code").fill(first.lower().replace("-", " "))
    telephone.get_by_role("button", name="Go on").click()
    expect(telephone.get_by_text("38 of 62 people took part.")).to_be_visible()
    telephone.get_by_label("No, something is wrong").check()
    telephone.get_by_role("button", name="Send").click()
    expect(telephone.get_by_role("alert")).to_contain_text("What is wrong?")
    telephone.get_by_label("Do you want to say more?").fill(BUS)
    telephone.get_by_role("button", name="Send").click()
    expect(telephone.get_by_role("heading", name="Thank you")).to_be_visible()
    telephone.goto(f"/reply/{first}/")
    expect(telephone.get_by_text("This code was used.")).to_be_visible()

    for code in (second, *others[:2]):
        reply(telephone, code, "Yes, this is what we said")
    inside.goto(at(account, "replies"))
    expect(inside.get_by_text("Fewer than 5 people have replied.")).to_be_visible()
    expect(inside.get_by_text(BUS)).to_have_count(0)
    for code in others[2:8]:
        reply(telephone, code, "Yes, this is what we said")
    assert telephone.context.cookies() == []

    inside.reload()
    expect(inside.get_by_text(re.compile("10 of 12 have replied: 9 agree, 1 object."))).to_be_visible()
    look.at(inside, "replies")
    inside.get_by_role("link", name="Say what you did about it").click()
    look.at(inside, "answer")
    inside.get_by_label("What did you do about it?").fill("We asked the council for one")
    inside.get_by_role("button", name="Save").click()
    expect(inside.get_by_text("We asked the council for one")).to_be_visible()
    inside.goto(at(account, "principles"))
    rate = "9 of the 10 people who replied agree with what it says. 12 got a code."
    expect(inside.get_by_text(rate)).to_have_count(1)
    assert look.faults == {}


def test_the_pages_for_those_who_got_a_code_are_for_everybody(visit: Visit, account: Account, editor: Person):
    look, page = Look(), visit()
    unused, used, *_others = codes_made(visit(editor), account, look)
    reply(page, used, "No, something is wrong", BUS)
    look.at(page, "thank you")
    look.along(page, ["/reply/", f"/reply/{unused}/", f"/reply/{used}/"])
    page.goto(f"/reply/{unused}/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer, or write something.")
    look.at(page, "nothing was said")
    assert look.faults == {}

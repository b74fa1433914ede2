"""A whole assurance, from submission to a report that anybody can verify, by the four who take part in it."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import Account, Person
from accounts.roles import Role
from tests import factories
from tests.codes import code
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.steps import a_worker, content, fetch, tab_to
from tests.reports import submitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUMMARY = "A careful account. Ask two sources of what would have happened anyway."


@pytest.fixture
def look() -> Look:
    """Return somebody who looks at every page."""
    return Look()


class Cast:
    """The four, and the account."""

    def __init__(self) -> None:
        """Put an account that is ready into an organisation of a forum."""
        forum = factories.forum("North Wales")
        self.organisation = factories.organisation("Cinio Ogwen", forum=forum)
        self.account: Account = submitting.ready(self.organisation)
        self.editor = factories.member(Role.EDITOR, self.organisation)
        self.approver = factories.member(Role.APPROVER, self.organisation)
        self.coordinator = factories.member(Role.COORDINATOR, forum)
        self.assurer = factories.member(Role.ASSURER, forum)
        Person.objects.filter(pk=self.assurer.pk).update(name="Amina Khan")


def letter_to(person: Person) -> str:
    """Return the path that the last letter to somebody leads to, and forget their letters."""
    mine = [each for each in mail.outbox if each.to == [person.email]]
    (link,) = re.findall(r"https?://\S+", str(mine[-1].body))
    mail.outbox[:] = [each for each in mail.outbox if each not in mine]
    parts = urlsplit(link)
    return parts.path + (f"#{parts.fragment}" if parts.fragment else "")


def tick(page: Page, words: str) -> None:
    """Choose an answer, or tick what it says."""
    page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).click()


def submit(page: Page, account: Account) -> None:
    """Submit the account in the organisation's name."""
    page.goto(f"/accounts/{account.id}/submit/")
    tick(page, "I have read this account")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Submitted").first).to_be_visible()


def assign(page: Page, account: Account, look: Look) -> None:
    """Assign the forum's assurer."""
    page.goto(f"/accounts/{account.id}/assurance/")
    look.at(page, "assign")
    expect(page.get_by_text("Nobody outside the organisation has judged the account.")).to_be_visible()
    page.get_by_label("Who assures it?").select_option(index=0)
    tick(page, "Independent assurer")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("Assigned: Amina Khan.")).to_be_visible()
    look.at(page, "assigned")


def declare(page: Page, path: str, look: Look) -> None:
    """Follow the letter, and declare independence."""
    page.goto(path)
    look.at(page, "declare")
    page.get_by_label("How are you independent of this organisation?").fill("I never worked for them.")
    tick(page, "No, I can judge freely")
    page.get_by_role("button", name="Declare it").click()
    expect(page.get_by_role("heading", name="Assure this account")).to_be_visible()
    look.at(page, "workbench")


def judge_with_the_keyboard(page: Page, look: Look) -> None:
    """Judge each principle without a mouse: every judgement leads to the next principle."""
    tab_to(page, page.get_by_role("link", name=re.compile(r"^Go on: 1\.")))
    page.keyboard.press("Enter")
    for number in range(1, 8):
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^{number}\."))
        if number in {1, 5}:
            look.at(page, f"principle {number}")
            page.set_viewport_size({"width": 1280, "height": 900})
        tab_to(page, page.get_by_role("link", name="Go to your judgement"))
        page.keyboard.press("Enter")
        with_advice = number == 5
        tab_to(page, page.get_by_label("Met", exact=True))
        page.keyboard.press("Space")
        if with_advice:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("Told well, with its sources.")
        page.keyboard.press("Tab")
        if with_advice:
            page.keyboard.type("Ask two sources of what would have happened anyway.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Kept: your judgement of principle {number}.")).to_be_visible()


def follow_the_sample(page: Page, look: Look) -> None:
    """Draw the sample, and follow each piece."""
    expect(page.get_by_role("heading", name="Does the evidence bear it out?")).to_be_visible()
    look.at(page, "sample")
    page.get_by_role("button", name="Draw the sample").click()
    pieces = page.locator("ul.tasks > li")
    expect(page.get_by_text("with it anybody can draw the same pieces again")).to_be_visible()
    count = pieces.count()
    pieces.first.get_by_role("link").click()
    for number in range(1, count + 1):
        expect(page.get_by_text(f"Piece {number} of {count}")).to_be_visible()
        if number == 1:
            look.at(page, "trace")
        tick(page, "It says what the account says")
        page.get_by_label("What did you look at, and how?").fill("The file itself, at the club.")
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("with it anybody can draw the same pieces again")).to_be_visible()
    look.at(page, "sample followed")


def ask_about_a_figure(page: Page, look: Look) -> None:
    """See the calculation done again, and ask about a figure from the figure itself."""
    page.get_by_role("link", name="Back to all that there is to do").click()
    page.get_by_role("link", name="The calculation, done again").click()
    expect(page.get_by_text("come out as they were frozen")).to_be_visible()
    look.at(page, "calculation")
    page.get_by_role("link", name=re.compile("^Ask about this ?: Total present value")).click()
    look.at(page, "ask")
    page.get_by_label("Your question").fill("Who checked this?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("No answer yet.")).to_be_visible()


def answer(page: Page, path: str, look: Look) -> None:
    """Follow the letter, and answer beside the item as it was frozen."""
    page.goto(path)
    look.at(page, "answer")
    expect(page.get_by_text("as it was frozen")).to_be_visible()
    page.get_by_label("Your answer").fill("Two of us, in May.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("Answered.")).to_be_visible()
    look.at(page, "answered")


def close(page: Page, path: str, look: Look) -> None:
    """Follow the letter, read the answer and close the question."""
    page.goto("about:blank")  # this page is open already, and asks nothing for another place in it
    page.goto(path)
    expect(page.get_by_text("Two of us, in May.")).to_be_visible()
    look.at(page, "questions")
    page.get_by_role("link", name="Write again, beside the item").click()
    look.at(page, "thread")
    page.get_by_role("button", name="Close the question").click()
    expect(page.get_by_text("Closed: question 1.")).to_be_visible()


def conclude_and_sign(page: Page, look: Look) -> None:
    """Draft the statement from the record, read it, and sign it after the second factor."""
    page.get_by_role("link", name="Back to all that there is to do").click()
    look.at(page, "all but the statement")
    page.get_by_role("link", name="Go on: The statement").click()
    look.at(page, "conclude")
    tick(page, "Assured with recommendations")
    page.get_by_label("In a sentence or two").fill(SUMMARY)
    tick(page, "Two years")
    page.get_by_role("button", name="Draft the statement").click()
    look.at(page, "drafted")
    page.get_by_role("link", name="Go on to sign it").click()
    look.at(page, "the second factor")
    page.get_by_label("Code").fill(code())
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Sign the statement")).to_be_visible()
    look.at(page, "sign")
    page.get_by_role("button", name="Sign: Assured with recommendations").click()
    expect(page.get_by_text("Signed. The assurance is concluded.")).to_be_visible()
    look.at(page, "signed")


def make_and_publish(page: Page, account: Account, path: str, look: Look) -> bytes:
    """Follow the letter, make the report and publish it; return the PDF."""
    page.goto(path)
    expect(page.get_by_text(SUMMARY).first).to_be_visible()
    look.at(page, "assured")
    page.goto(f"/accounts/{account.id}/reports/")
    page.get_by_role("button", name="Make a report").click()
    with a_worker():
        expect(page.get_by_text("Your report is ready.")).to_be_visible(timeout=60_000)
    pdf = content(fetch(page, page.get_by_role("link", name="Download the PDF")))
    page.goto(f"/accounts/{account.id}/reports/")
    page.get_by_role("link", name="Publish it").first.click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("can download it now")).to_be_visible()
    return pdf


def verify(page: Page, pdf: bytes, look: Look) -> None:
    """Hand the file to the page for anybody, and read what the assurer concluded."""
    page.goto("/verify/")
    page.get_by_label("The PDF file").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Not a byte of it was changed.")).to_be_visible()
    expect(page.get_by_text("Assured with recommendations").first).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    expect(page.get_by_text("Amina Khan, who signed")).to_be_visible()
    look.at(page, "verified")


def test_from_submission_to_a_report_that_anybody_can_verify(visit: Visit, look: Look) -> None:
    cast = Cast()
    approver, assurer, editor = visit(cast.approver), visit(cast.assurer), visit(cast.editor)
    submit(approver, cast.account)
    assign(visit(cast.coordinator), cast.account, look)
    declare(assurer, letter_to(cast.assurer), look)
    judge_with_the_keyboard(assurer, look)
    follow_the_sample(assurer, look)
    ask_about_a_figure(assurer, look)
    answer(editor, letter_to(cast.editor), look)
    close(assurer, letter_to(cast.assurer), look)
    conclude_and_sign(assurer, look)
    pdf = make_and_publish(approver, cast.account, letter_to(cast.approver), look)
    verify(visit(), pdf, look)
    assert look.faults == {}

"""From an invitation to an account that is submitted: typed whole by one person, and its last fields by others.

The whole way is long, so one person alone goes it. The others begin where the last answers are left: what they try is
that the way is the same on a phone, without scripts, and with the keyboard alone.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import Account, AccountState, Organisation
from accounts.roles import Role
from outcomes.nouns import Facts
from stakeholders.nouns import Statement
from tests import factories
from tests.journeys import first_account as way
from tests.journeys.conftest import Visit
from tests.journeys.pictures import STEPS, Album
from tests.journeys.steps import tab_to
from tests.journeys.typist import Typist, heading
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANUAL = Path(settings.BASE_DIR) / "docs/howto/first-account.md"
PICTURES = "../pictures/first-account"
LAST = "O5"
"""The change that is not judged and not decided yet, where the last answers are left."""


@pytest.fixture
def keeper(transactional_db: None) -> Organisation:
    """Return an organisation of which nobody is an editor or an approver yet."""
    return factories.organisation("Cinio Ogwen")


def manual() -> str:
    """Return the manual of the way."""
    return MANUAL.read_text(encoding="utf-8")


# --- The whole way ----------------------------------------------------------------------------------------------------


def test_a_whole_account_is_typed_and_submitted(visit: Visit, keeper: Organisation) -> None:
    facts, album = way.in_mind(), Album()
    to_editor, to_approver = letters(visit, keeper)
    editor = Typist(visit(), album=album)
    way.join(editor, to_editor, "Mair Jones")
    keep(editor, facts)
    assert way.as_held(facts_of(Account.objects.get())) == way.as_held(facts)

    approver = Typist(visit())
    way.join(approver, to_approver, "Owen Hughes")
    approver.album = album
    way.submit(approver, facts.account.name)
    assert Account.objects.get().state == AccountState.SUBMITTED
    assert album.shown == list(STEPS)
    assert_as_counted(editor)


def letters(visit: Visit, keeper: Organisation) -> tuple[str, str]:
    """Let an administrator invite an editor and an approver; return the links that these find in their letters."""
    administrator = Typist(visit(factories.member(Role.ADMIN, keeper)))
    administrator.open(f"/organisations/{keeper.slug}/people/")
    return (
        way.invite(administrator, "mair@example.org", "Editor"),
        way.invite(administrator, "owen@example.org", "Approver"),
    )


def keep(editor: Typist, facts: Facts) -> None:
    """Go through all the steps up to where nothing is missing."""
    way.start(editor, facts)
    editor.show("steps", editor.page.get_by_role("heading", level=1))
    way.scope(editor, facts)
    way.who(editor, facts)
    way.changes(editor, facts)
    way.measured(editor, facts)
    way.worth(editor, facts)
    way.anyway(editor, facts)
    way.left_out(editor, facts)
    way.together(editor, facts.co_production)
    way.be_open(editor, facts)
    assert way.give_reasons(editor) == 3


def assert_as_counted(editor: Typist) -> None:
    """Hold that the manual says how many screens and keys it takes, to within a tenth."""
    said = re.search(r"about ([\d,]+) screens and ([\d,]+) keys", manual())
    assert said is not None
    screens, keys = (int(each.replace(",", "")) for each in said.groups())
    assert (editor.screens, editor.keys) == (pytest.approx(screens, rel=0.1), pytest.approx(keys, rel=0.1))


# --- Its last part, by others -----------------------------------------------------------------------------------------


def nearly_done(facts: Facts) -> Facts:
    """Return the account with one change not judged and not decided, one statement and what is open about it left."""
    return replace(
        facts,
        account=replace(facts.account, limitations="", reporting_plan="", reporting_date=None),
        outcomes=tuple(undecided(each) if each.ref == LAST else each for each in facts.outcomes),
        adjustments=tuple(each for each in facts.adjustments if each.outcome != LAST),
        co_production=tuple(each for each in facts.co_production if each.statement != Statement.OUTCOMES),
        evidence=(),
    )


def undecided(outcome: way.Outcome) -> way.Outcome:
    """Return a change without what is decided about it."""
    return replace(
        outcome,
        relevant=None,
        relevance_reason="",
        significant=None,
        significance_reason="",
        decision=None,
        decision_reason="",
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_its_last_answers_are_given_on_a_phone(visit: Visit, keeper: Organisation, scripts: bool) -> None:
    facts = way.in_mind()
    account = factories.account(nearly_done(facts), keeper=keeper)
    editor = Typist(visit(factories.member(Role.EDITOR, keeper), width=320, scripts=scripts), scripts=scripts)
    editor.open(at(account, "steps"))
    way.anyway(editor, replace(facts, outcomes=facts.outcomes[-1:]))
    way.left_out(editor, replace(facts, outcomes=facts.outcomes[-1:]))
    way.together(editor, facts.co_production[-1:])
    way.be_open(editor, facts)
    assert way.give_reasons(editor) == 3
    assert way.as_held(facts_of(account)) == way.as_held(facts)

    person = factories.member(Role.APPROVER, keeper)
    approver = Typist(visit(person, width=320, scripts=scripts), scripts=scripts)
    approver.open("/")
    way.submit(approver, facts.account.name)
    # The list, the account, what is to be read and submitted; then it is.
    assert approver.screens == 4


def press(page: Page, wanted: Locator) -> None:
    """Go to a link or a button with the Tab key, and press Enter."""
    tab_to(page, wanted)
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")


def type_into(page: Page, label: str, text: str) -> None:
    """Go to a field with the Tab key, and type."""
    tab_to(page, page.get_by_label(re.compile(f"^{label}")).first)
    page.keyboard.type(text)


def test_its_last_answers_are_given_with_the_keyboard_alone(visit: Visit, keeper: Organisation) -> None:
    facts = replace(way.in_mind(), evidence=nearly_done(way.in_mind()).evidence)
    left = nearly_done(way.in_mind())
    account = factories.account(replace(facts, co_production=left.co_production, account=left.account), keeper=keeper)
    page = visit()
    page.goto("/sign-in/")
    editor = factories.member(Role.EDITOR, keeper)
    page.keyboard.type(editor.email)
    type_into(page, "Password", factories.PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name=re.compile("^Go on step by step")))
    press(page, page.get_by_role("link", name=re.compile(r"^8\. ")))
    press(page, page.get_by_role("link", name="Answer all five on one page"))
    answer_the_last(page, facts)
    press(page, page.get_by_role("link", name="Steps", exact=True))
    press(page, page.get_by_role("link", name=re.compile(r"^9\. ")))
    press(page, page.get_by_role("link", name=re.compile("^Answer ?: Limitations$")))
    expect(page.get_by_label("Limitations")).to_be_focused()
    page.keyboard.type(facts.account.limitations)
    type_into(page, "Plan to report to stakeholders", facts.account.reporting_plan)
    type_into(page, "Date of that", "24/06/2025")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert facts_of(account).account == facts.account
    add_a_link(page)
    give_reasons(page)
    submit_by_keys(visit(factories.member(Role.APPROVER, keeper)), account)
    assert Account.objects.get().state == AccountState.SUBMITTED


def answer_the_last(page: Page, facts: Facts) -> None:
    """Answer the fifth statement."""
    said = facts.co_production[-1]
    place = page.locator(f"#statement-{said.statement.value}")
    tab_to(page, place.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(place.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, place.get_by_label("How, or why not yet"))
    page.keyboard.type(said.explanation)
    tab_to(page, place.get_by_role("textbox").nth(1))
    page.keyboard.type(said.evidence)
    press(page, place.get_by_role("button", name="Save this answer"))


def add_a_link(page: Page) -> None:
    """Add a piece of evidence that stands on the web."""
    press(page, page.get_by_role("link", name="Add: piece of evidence").first)
    type_into(page, "What it is", "Notes of the four groups")
    tab_to(page, page.get_by_role("button", name="Save"))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_reasons(page: Page) -> None:
    """Give the reasons that are asked for."""
    press(page, page.get_by_role("link", name="Check and submit", exact=True))
    for asked in page.locator('textarea[name^="reason-"]').all():
        tab_to(page, asked)
        page.keyboard.type(way.WHY)
    press(page, page.get_by_role("button", name="Save the reasons"))


def submit_by_keys(page: Page, account: Account) -> None:
    """Read the account and submit it."""
    page.goto("/")
    press(page, page.get_by_role("link", name=account.name, exact=True))
    press(page, page.get_by_role("link", name="Check and submit", exact=True))
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Submit", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("This account is submitted")


# --- How many screens -------------------------------------------------------------------------------------------------


def test_from_an_invitation_to_a_first_change_with_a_value_it_is_twelve_screens(
    visit: Visit, keeper: Organisation
) -> None:
    facts = way.in_mind()
    to_editor, _to_approver = letters(visit, keeper)
    editor = Typist(visit(width=320))
    way.join(editor, to_editor, "Mair Jones")
    way.start(editor, facts)
    editor.press(editor.page.get_by_role("link", name=re.compile(r"^2\. ")))
    editor.add(facts.stakeholders[:1])
    editor.press(editor.page.get_by_role("link", name="What changes?").first)
    editor.link("Add: outcome")
    editor.say(replace(facts.outcomes[0], subgroup=""), way.SAID_AT_FIRST)
    editor.button("Save, and say what it is worth")
    editor.say(facts.valuations[0])
    editor.save()
    heading(editor, "What is it worth to them?")
    expect(editor.page.get_by_text("O1 Less lonely · Value of one: £1,040.00")).to_be_visible()
    assert editor.screens <= 12, editor.screens


def test_from_what_is_missing_to_its_field_it_is_two_steps(visit: Visit, keeper: Organisation) -> None:
    facts = way.in_mind()
    account = factories.account(replace(facts, account=replace(facts.account, purpose="")), keeper=keeper)
    editor = Typist(visit(factories.member(Role.EDITOR, keeper)))
    editor.open("/")
    editor.link(account.name)
    editor.press(editor.page.get_by_role("main").get_by_role("link", name=re.compile("Purpose")).first)
    expect(editor.page.get_by_label("Purpose", exact=True)).to_be_focused()
    assert editor.screens == 1 + 2


def test_every_step_and_every_picture_of_the_way_stands_in_the_manual_in_its_order() -> None:
    titles = re.findall(r"^## \d+\. (.+)$", manual(), re.MULTILINE)
    assert titles == list(STEPS.values())
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", manual())
    assert pictures == [f"{PICTURES}/{name}.png" for name in STEPS]
    files = {each.name for each in (MANUAL.parent / PICTURES).iterdir()}
    assert files == {f"{name}.png" for name in STEPS}

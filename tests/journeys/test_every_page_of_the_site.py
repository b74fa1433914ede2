"""Every page that there is an address for, as somebody finds it who may open it: readable by all, on a phone too.

The addresses are read from the URLconf: a new page is looked at without being listed anywhere, and a new file or a page
that takes more than a visit fails the tests until it is said here.
"""

from collections.abc import Iterator

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from accounts.models import Person
from accounts.roles import Role
from outcomes import services as outcome_services
from outcomes.nouns import Facts
from tests import factories
from tests.architecture import gate
from tests.codes import code
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.steps import show_code, sign_in
from tests.outcomes.reading import at, just_started
from tests.reports import submitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGES = {
    "healthz",
    "readyz",
    "account_login",  # another name of `accounts:sign_in`
    "accounts:follow_invitation",  # leads to `accounts:invitation`
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",  # asked by the script of the sign-in
    "outcomes:evidence_file",
    "outcomes:export",
    "outcomes:history_csv",
    "outcomes:marked_workbook",
    "outcomes:template",
    "reports:data",
    "reports:download",
    "reports:workbook",
}
"""Doors that answer with a file, with a word for a machine, or with the way to another page."""

TAKE_MORE = {
    "account_reauthenticate": "a grave step, some time after signing in",
    "account_set_password": "somebody who has no password",
    "accounts:second_factor_first": "somebody who must have a second factor, and has none",
    "mfa_activate_totp": "somebody who has no app yet",
    "mfa_authenticate": "a password without the code",
    "mfa_edit_webauthn": "a passkey",
    "mfa_reauthenticate": "a grave step, some time after signing in",
    "mfa_reauthenticate_webauthn": "a passkey",
    "mfa_remove_webauthn": "a passkey",
    "mfa_view_recovery_codes": "somebody who has codes",
    "reports:sign": "a statement that is drafted, and the second factor again",
}
"""Pages that take more than a visit, each with what it takes: `tests/journeys/test_coming_in.py` goes there."""

WHO = (gate.EDITOR, gate.ADMIN, gate.APPROVER, gate.COORDINATOR, gate.FUNDER, gate.STRANGER)
OF_ONESELF = ("account_", "mfa_", "usersessions_")


@pytest.fixture
def look() -> Look:
    """Return what looks at the pages."""
    return Look()


@pytest.fixture
def world(transactional_db: None) -> gate.World:
    """Return an organisation in which every door leads somewhere."""
    return gate.build()


def swept() -> Iterator[tuple[str, str]]:
    """Yield each page of the URLconf that takes no more than a visit, with who visits it."""
    for name in gate.ours() - NO_PAGES - set(TAKE_MORE):
        let_in = gate.DOORS[name].get
        if let_in == gate.EVERYONE:
            yield name, gate.ANONYMOUS
        elif let_in and name.startswith(OF_ONESELF):
            yield name, gate.COORDINATOR
        elif let_in:
            yield name, next((who for who in WHO if who in let_in), min(let_in))


def person_of(world: gate.World, who: str) -> Person | None:
    """Return somebody of the world; nobody for those who are not signed in."""
    key = world.people[who].session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None


def came_in(visit: Visit, coordinator: Person | None) -> Page:
    """Return the page of somebody who came in by password and code just now, so that nothing asks who they are."""
    assert coordinator is not None
    page = visit()
    page.goto("/sign-in/")
    sign_in(page, coordinator)
    show_code(page, code())
    expect(page.get_by_role("heading", name="My accounts")).to_be_visible()
    return page


def let_hold(world: gate.World, facts: Facts) -> None:
    """Let the account of the world hold these facts."""
    outcome_services.replace_facts(
        actor=None, account=world.account, facts=facts, now=factories.NOW, source="a test", reason="Counted again"
    )


def test_every_page_that_takes_more_than_a_visit_is_still_there() -> None:
    assert gate.ours() >= NO_PAGES | set(TAKE_MORE)
    assert [name for name in (*NO_PAGES, *TAKE_MORE) if gate.DOORS[name].get is None] == []


def test_every_page_of_the_urlconf_is_for_everybody(visit: Visit, world: gate.World, look: Look) -> None:
    let_hold(world, factories.complete_facts())
    pages = {gate.COORDINATOR: came_in(visit, person_of(world, gate.COORDINATOR))}
    elsewhere: dict[str, str] = {}
    for name, who in sorted(swept()):
        page = pages.setdefault(who, pages.get(who) or visit(person_of(world, who)))
        answer = page.goto(world.address(name))
        assert answer is not None
        assert answer.ok, name
        assert "text/html" in answer.headers["content-type"], name
        here = resolve(page.url.partition("?")[0].removeprefix(page.evaluate("location.origin"))).view_name
        if here != name:
            elsewhere[name] = here
        look.at(page, name)
    assert look.faults == {}
    assert elsewhere == {}


def test_every_stage_and_list_of_an_account_that_was_just_started(visit: Visit, world: gate.World, look: Look) -> None:
    let_hold(world, just_started())
    names = ("importance", "factors", "ledger", "co_production", "goals", "steps", "new_evidence")
    slugs = ("scope", "who", "changes", "measured", "worth", "anyway", "left-out", "co-production", "submit")
    page = visit(person_of(world, gate.EDITOR))
    look.along(page, [at(world.account, name) for name in names])
    look.along(page, [at(world.account, "step", slug) for slug in slugs])
    look.along(page, [at(world.account, "grid", "stakeholders"), f"/accounts/{world.account.id}/submit/"])
    assert look.faults == {}


# --- What was typed wrongly -------------------------------------------------------------------------------------------


def wrongly(name: str, button: str, /, **typed: str) -> tuple[str, str, dict[str, str]]:
    """Return where to type what cannot be taken, and which button to press then."""
    return name, button, typed


REFUSED = (
    wrongly("outcomes:begin", "Start the account", name=""),
    wrongly("outcomes:new_evidence", "Save", name=""),
    wrongly("outcomes:importance?by=points", "Save", **{"given-O1": "a lot"}),
    wrongly("outcomes:indicator", "Add it", numerator="about ten"),
    wrongly("outcomes:theory_of_change", "Add this step"),
    wrongly("outcomes:grid", "Add", quantity="about ten"),
    wrongly("accounts:invite", "Send the invitation", email="nobody"),
    wrongly("accounts:about_organisation", "Save", reinvested_share="most of it"),
    wrongly("reports:verify", "Check the file"),
)


def test_pages_that_refuse_what_was_typed(visit: Visit, world: gate.World, look: Look) -> None:
    let_hold(world, factories.complete_facts())
    who = dict(swept())
    for place, button, typed in REFUSED:
        name, _mark, asked = place.partition("?")
        page = visit(person_of(world, who[name]))
        page.goto(f"{world.address(name)}?{asked}")
        form = page.locator("main form").filter(has=page.get_by_role("button", name=button, exact=True)).last
        for field, text in typed.items():
            form.locator(f'[name="{field}"]').fill(text)
        form.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("alert").first, name).to_be_visible()
        look.at(page, name)
    assert look.faults == {}


def test_joining_and_what_an_invitation_says(visit: Visit, world: gate.World, look: Look) -> None:
    page = visit()
    page.goto(world.address("accounts:follow_invitation"))
    look.at(page, "invitation")
    page.get_by_role("button", name="Go on").click()
    look.at(page, "joining")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look.at(page, "joining, refused")
    assert look.faults == {}


# --- Before and after it is submitted ---------------------------------------------------------------------------------


def test_an_account_that_is_to_be_submitted_is_submitted_and_is_taken_back(visit: Visit, look: Look) -> None:
    keeper = factories.organisation()
    account = factories.account(submitting.facts_that_lack_a_reason(), keeper=keeper)
    approver = factories.member(Role.APPROVER, keeper)
    page = visit(approver)
    page.goto(f"/accounts/{account.id}/submit/")
    look.at(page, "reasons are wanted")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look.at(page, "submitted without the reasons")
    account = submitting.ready(keeper)
    page = visit(approver)
    page.goto(f"/accounts/{account.id}/submit/")
    look.at(page, "ready")
    page.get_by_text("I have read this account").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", name="This account is submitted")).to_be_visible()
    look.at(page, "submitted")
    look.along(page, [at(account, "steps"), at(account, "entry", "outcomes", "O1")])
    page.goto(f"/accounts/{account.id}/submit/take-back/")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look.at(page, "taken back without a reason")
    assert look.faults == {}

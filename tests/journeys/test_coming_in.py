"""Coming in with a browser: an app, a passkey, a letter; and what was typed before goes along."""

import re

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import CDPSession, Page, expect

from accounts.models import Person
from accounts.roles import Role
from tests import factories
from tests.codes import code
from tests.journeys.conftest import Visit
from tests.journeys.looking import Look
from tests.journeys.steps import show_code, sign_in
from tests.outcomes.acting import facts_of
from tests.outcomes.reading import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def look() -> Look:
    """Return what looks at the pages."""
    return Look()


def with_a_device(page: Page) -> CDPSession:
    """Give the browser a device that keeps passkeys, with a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": A_DEVICE})
    return session


def at_the_sign_in(visit: Visit, **how: bool) -> Page:
    """Return a visitor's page at the sign-in."""
    page = visit(**how)
    page.goto("/sign-in/")
    return page


def an_editor() -> Person:
    """Return somebody who keeps an account."""
    return factories.member(Role.EDITOR, factories.organisation("Cinio Ogwen"))


def a_coordinator_without() -> Person:
    """Return a coordinator who has no second factor yet."""
    made = factories.member(Role.COORDINATOR, factories.forum())
    made.authenticator_set.all().delete()
    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_a_coordinator_is_led_to_set_up_an_app_and_signs_in_with_it(visit: Visit, look: Look, scripts: bool) -> None:
    coordinator = a_coordinator_without()
    page = at_the_sign_in(visit, scripts=scripts)
    sign_in(page, coordinator)
    expect(page.get_by_role("heading", name="One more step before you go on")).to_be_visible()
    page.goto("/published/")
    expect(page.get_by_role("heading", name="One more step before you go on")).to_be_visible()
    if scripts:
        look.at(page)
    page.get_by_role("link", name="An app on your phone").click()
    secret = page.locator("code").inner_text()
    if scripts:
        look.at(page)
    page.get_by_label("Code from the app").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert page.locator(".codes li").count() == 10
    if scripts:
        look.at(page)
    page.get_by_role("link", name="I have them: go on").click()
    expect(page.get_by_role("heading", name="My accounts")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    sign_in(page, coordinator)
    if scripts:
        look.at(page)
    show_code(page, code(secret, steps=1))
    expect(page.get_by_role("heading", name="My accounts")).to_be_visible()
    assert look.faults == {}


def test_a_passkey_is_added_and_signs_in_alone(visit: Visit, look: Look) -> None:
    editor = an_editor()
    page = at_the_sign_in(visit)
    with_a_device(page)
    sign_in(page, editor)
    page.get_by_role("link", name="You:").click()
    look.at(page, "you")
    page.get_by_role("link", name=re.compile("Change.*Passkeys")).click()
    look.at(page, "no passkeys")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("My laptop")
    look.at(page, "add a passkey")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto("/me/second-factor/passkeys/")
    expect(page.get_by_role("link", name="My laptop", exact=True)).to_be_visible()
    look.at(page, "one passkey")
    page.get_by_role("link", name="My laptop", exact=True).click()
    look.at(page, "rename a passkey")
    look.along(page, [f"{page.url}remove/", "/me/again/passkey/"])

    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/?next=/published/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="Published reports")).to_be_visible()

    # After the password, too, it is asked for.
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, editor)
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="My accounts")).to_be_visible()
    assert look.faults == {}


def test_a_device_that_gives_no_passkey_is_told_in_words(visit: Visit) -> None:
    page = at_the_sign_in(visit)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**A_DEVICE, "isUserVerified": False}})
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_text("Your device gave no passkey")).to_be_visible()


def test_a_forgotten_password_is_replaced_through_a_letter(visit: Visit, look: Look) -> None:
    editor = an_editor()
    page = at_the_sign_in(visit)
    page.get_by_role("link", name="Forgotten your password?").click()
    look.at(page, "forgotten")
    page.get_by_label("E-mail address").fill(editor.email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    (letter,) = mail.outbox
    page.goto(re.findall(r"http://\S+", str(letter.body))[0])
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password again").fill("short")
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look.at(page, "too short")
    page.get_by_label("New password", exact=True).fill("four other long words")
    page.get_by_label("New password again").fill("four other long words")
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("heading", name="Your new password is set")).to_be_visible()
    assert look.faults == {}


def test_what_was_typed_when_the_session_ended_comes_back_after_the_second_factor(visit: Visit) -> None:
    editor = an_editor()
    factories.second_factor(editor)
    account = factories.account(keeper=editor.memberships.get().organisation)
    page = visit(editor)
    page.goto(at(account, "entry", "outcomes", "O1"))
    page.get_by_label("What changes").fill("Less lonely than before")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("What you typed is not lost")).to_be_visible()
    sign_in(page, editor)
    show_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    show_code(page, code())
    expect(page.get_by_text("Less lonely than before")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("What you typed is not lost")).to_have_count(0)
    assert facts_of(account).outcomes[0].name == "Less lonely than before"


def test_every_page_about_oneself_can_be_read_and_fits_on_a_phone(visit: Visit, look: Look) -> None:
    coordinator = factories.member(Role.COORDINATOR, factories.forum())
    page = at_the_sign_in(visit)
    sign_in(page, coordinator)
    show_code(page, code())
    expect(page.get_by_role("heading", name="My accounts")).to_be_visible()
    look.along(
        page,
        [
            "/me/",
            "/me/email/",
            "/me/password/",
            "/me/second-factor/",
            "/me/second-factor/app/remove/",
            "/me/second-factor/codes/new/",
            "/me/sessions/",
        ],
    )
    look.along(visit(coordinator), ["/me/second-factor/passkeys/new/", "/me/again/code/"])
    without = factories.person()
    without.set_unusable_password()
    without.save()
    look.along(visit(without), ["/me/password/first/"])
    look.along(visit(), ["/sign-in/", "/me/join/", "/me/email/confirm/a-key/", "/me/password/new/1-a-key/"])
    assert look.faults == {}

"""Visitors to a site that runs, and what no visitor may ever meet: an error in the console, or a page too wide."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from accounts.models import Person
from tests.doors.door import browser as client_of

Visit = Callable[..., Page]
"""Open a browser: of `person`, already signed in, or of nobody. Returns its page, which is at no address yet."""

# What a browser says by itself of an answer that we give on purpose: a page that is not found, typing to look at again.
OUR_ANSWERS = ("status of 401", "status of 403", "status of 404", "status of 409", "status of 413", "status of 422")


def _is_trouble(said: ConsoleMessage) -> bool:
    return said.type in {"error", "warning"} and not any(answer in said.text for answer in OUR_ANSWERS)


@pytest.fixture
def trouble() -> list[str]:
    """Return what the visitors met; a test that makes trouble on purpose empties it."""
    return []


@pytest.fixture
def visit(browser: Browser, live_server: Any, trouble: list[str]) -> Iterator[Visit]:
    """Give every visitor a browser of their own; none of them may meet trouble."""
    contexts: list[BrowserContext] = []

    def visit(person: Person | None = None, *, width: int = 1280, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if person is not None:
            sign_in_behind_the_scenes(context, person, live_server.url)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: trouble.append(said.text) if _is_trouble(said) else None)
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert trouble == []


def sign_in_behind_the_scenes(context: BrowserContext, person: Person, address: str) -> None:
    """Give the browser the cookie of a session, where signing in is not what is tried."""
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client_of(person).cookies[name].value, "url": address}])

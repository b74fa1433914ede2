"""The parts of the look in a browser: no violation, nothing to scroll sideways, scripts that help quietly."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from csp.utils import build_policy
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.architecture import gallery

pytestmark = pytest.mark.browser
SITE = "http://look.test"
Open = Callable[..., Page]


def _static(route: Route) -> None:
    file = finders.find(route.request.url.removeprefix(f"{SITE}/static/"))
    assert isinstance(file, str), route.request.url
    route.fulfill(
        body=Path(file).read_bytes(), content_type=mimetypes.guess_type(file)[0] or "application/octet-stream"
    )


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    contexts = []

    def open_page(html: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": str(build_policy())}
        page.route(f"{SITE}/", lambda route: route.fulfill(body=html, headers=headers))
        page.route(f"{SITE}/static/**", _static)
        page.goto(f"{SITE}/")
        return page

    yield open_page
    for context in contexts:
        context.close()


PAGES = {
    "parts": lambda: gallery.page(gallery.PARTS),
    "form": lambda: gallery.page(gallery.FORM, form=gallery.Judgement()),
    "form with errors": lambda: gallery.page(gallery.FORM, form=gallery.wrong()),
}


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody_and_fits(open_page: Open, name: str, width: int, scheme: str) -> None:
    page = open_page(PAGES[name](), width=width, scheme=scheme)
    violations = [
        (each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]
    ]
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _refused(page: Page) -> list[str]:
    """Return what the browser refuses while it loads the page again, because of the policy of our settings."""
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.reload(wait_until="networkidle")
    return refused


@pytest.mark.parametrize("name", PAGES)
def test_the_content_security_policy_refuses_nothing_of_ours(open_page: Open, name: str) -> None:
    assert _refused(open_page(PAGES[name]())) == []


def test_the_content_security_policy_refuses_what_is_inline(open_page: Open) -> None:
    assert len(_refused(open_page('<p style="color: red">One</p><script>two()</script>'))) == 2


def test_what_a_finger_has_to_hit_is_44_pixels_high(open_page: Open) -> None:
    page = open_page(PAGES["form"](), width=320)
    selector = (
        ".btn, .field input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea, .choices label, .tick"
    )
    heights = page.locator(selector).evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert len(heights) > 8
    assert min(heights) >= 43.9


def test_the_focus_goes_to_the_errors_and_from_there_to_the_field(open_page: Open) -> None:
    page = open_page(PAGES["form with errors"]())
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Kind –").click()
    expect(page.get_by_label("Forecast")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "type_something", "asked"), [("form", False, 0), ("form", True, 1), ("form with errors", True, 1)]
)
def test_leaving_unsaved_typing_is_asked_about(open_page: Open, name: str, type_something: bool, asked: int) -> None:
    page = open_page(PAGES[name]())
    dialogs: list[str] = []

    def leave(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    if type_something:
        page.get_by_label("What changed").fill("Less alone")
    page.goto("about:blank")
    assert dialogs == ["beforeunload"] * asked


def test_progress_that_says_nothing_new_is_not_swapped_in(open_page: Open) -> None:
    page = open_page(PAGES["parts"]())
    answers = iter(
        [gallery.part("progress", url="/progress", going=True, sentence=each) for each in ("Same.", "Same.", "Ready.")]
    )
    page.route(f"{SITE}/progress", lambda route: route.fulfill(body=next(answers), content_type="text/html"))
    ask = "htmx.ajax('GET', '/progress', {source: '[data-progress]', swap: 'outerHTML'})"
    page.evaluate(ask)
    page.evaluate("document.querySelector('[data-progress]').marked = true")
    page.evaluate(ask)
    assert page.evaluate("document.querySelector('[data-progress]').marked") is True
    page.evaluate(ask)
    expect(page.locator("[data-progress]")).to_contain_text("Ready.")


def test_a_fetch_that_fails_is_told_in_words(open_page: Open) -> None:
    page = open_page(PAGES["parts"]())
    page.route(f"{SITE}/part", lambda route: route.fulfill(status=503, body="no"))
    page.evaluate("htmx.ajax('GET', '/part', '#main').catch(() => 0)")
    expect(page.locator("#messages")).to_contain_text("Something went wrong on our side")
    expect(page.locator("h1")).to_be_visible()

"""What people do on their way, and what the machine does meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django.utils import timezone
from playwright.sync_api import Download, Locator, Page, expect

from accounts.models import Person
from reports import services, tasks
from tests import factories

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_TABS = 120


def sign_in(page: Page, person: Person) -> None:
    """Sign in as a person does."""
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def show_code(page: Page, shown: str) -> None:
    """Type the code that an app shows, after the password."""
    page.get_by_label("Code").fill(shown)
    page.get_by_role("button", name="Sign in").click()


def fetch(page: Page, link: Locator) -> Download:
    """Follow a link to a file."""
    with page.expect_download() as coming:
        link.click()
    return coming.value


def content(download: Download) -> bytes:
    """Return what was downloaded."""
    return Path(download.path()).read_bytes()


def choose(field: Locator, file: bytes, name: str = "account.xlsx") -> None:
    """Choose a file in a form."""
    field.set_input_files({"name": name, "mimeType": XLSX, "buffer": file})


# --- The worker -------------------------------------------------------------------------------------------------------


@contextmanager
def a_worker() -> Iterator[None]:
    """Run a worker in a thread of its own: it renders what waits, for real."""
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                for job in services.waiting(timezone.now()):
                    tasks.render_report.apply(args=[str(job)])
                stop.wait(0.1)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def make_by_hand(content: bytes = b"%PDF-1.7 made by hand") -> None:
    """Do what a worker does to the job that waits, but for the typesetting."""
    (job,) = services.waiting(timezone.now())
    fence = services.lease(job, now=timezone.now())
    assert fence is not None
    services.finish(
        job, fence, services.Rendering(content=content, pages=1, signed_by=factories.SIGNER), now=timezone.now()
    )


# --- The keyboard -----------------------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is on what is wanted; each stop on the way must be seen."""
    expect(wanted).to_be_visible()
    for _stop in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    message = f"{wanted} cannot be reached with the keyboard"
    raise AssertionError(message)


# Where the focus is there is a ring, on the thing itself or on what stands round it.
_IS_SEEN = """() => {
  const here = document.activeElement;
  if (here === document.body) return true;
  const round = [here, here.closest(".with-unit"), here.closest(".table-frame")].filter(Boolean);
  return round.some((each) => getComputedStyle(each).outlineStyle !== "none" && each.getClientRects().length > 0);
}"""

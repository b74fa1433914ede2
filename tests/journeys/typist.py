"""Somebody who types an account as a person does: link by link, form by form; every screen and every key is counted."""

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accounts.columns import Kind, Noun, columns
from accounts.parsing import show
from outcomes.views.opened import add_words
from tests.journeys.pictures import Album

OPEN_FORM = "main form[data-guard]"


class Typist:
    """One person at one browser. A screen is a page that was loaded; a key is a letter typed or something chosen."""

    def __init__(self, page: Page, *, scripts: bool = True, album: Album | None = None) -> None:
        """Sit down at a page."""
        self.page, self.scripts, self.album = page, scripts, album
        self.screens = self.keys = 0
        page.on("domcontentloaded", self._turn)

    def _turn(self, _page: Page) -> None:
        self.screens += 1

    # --- Going -------------------------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Open an address that somebody sent, or that was kept."""
        self.page.goto(address, wait_until="domcontentloaded")

    def press(self, what: Locator) -> None:
        """Press a link or a button that leads to another page."""
        self.keys += 1
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            what.click()

    def link(self, name: str) -> None:
        """Follow a link of the main part by its words."""
        self.press(self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """Press a button by its words."""
        self.press(self.page.get_by_role("button", name=name, exact=True))

    # --- Typing ------------------------------------------------------------------------------------------------------

    def type(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.keys += len(text)
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        """Choose the answer of this label."""
        self.keys += 1
        self.page.get_by_label(label, exact=True).check()

    def say(self, row: Noun, names: Iterable[str] = (), *, form: Locator | None = None, prefix: str = "") -> None:
        """Answer the questions of a form as this row does: those that are named, or all that it has an answer to."""
        place = form or self.page.locator(OPEN_FORM).first
        kinds: dict[str, str] = place.evaluate(_KINDS)
        for column in columns(type(row)):
            asked = prefix + column.name
            if asked not in kinds or (names and column.name not in names):
                continue
            typed = show(column, getattr(row, column.name))
            if typed:
                self._answer(
                    place, asked, kinds[asked], typed.removesuffix("%") if column.kind is Kind.SHARE else typed
                )

    def _answer(self, form: Locator, name: str, kind: str, typed: str) -> None:
        if kind == "hidden":
            return
        self._unfold(form.locator(f'details:not([open]):has([name="{name}"])'))
        if kind == "radio":
            self.keys += 1
            form.locator(f'[name="{name}"][value="{typed}"]').check()
        elif kind == "select-one":
            self.keys += 1
            form.locator(f'[name="{name}"]').select_option(typed)
        else:
            self.keys += len(typed)
            form.locator(f'[name="{name}"]').fill(typed)

    def _unfold(self, part: Locator) -> None:
        """Open the part of a form that a question stands in, if it is folded away."""
        if part.count():
            self.keys += 1
            part.locator("> summary").click()

    def save(self) -> None:
        """Save the form that is open; it must be taken."""
        self.button("Save")
        self.is_taken()

    def is_taken(self) -> None:
        """Hold that the page says of no error."""
        expect(self.page.get_by_role("alert")).to_have_count(0)

    def add(self, rows: Iterable[Noun], names: Iterable[str] = ()) -> None:
        """Add rows one after the other, from a page to which saving comes back."""
        for row in rows:
            self.link(add_words(type(row)))
            self.say(row, names)
            self.save()

    # --- Showing -----------------------------------------------------------------------------------------------------

    def show(self, step: str, at: Locator | None = None) -> None:
        """Show the page as it stands to whoever makes pictures of this way."""
        if self.album is not None:
            self.album.keep(self.page, step, at)


_KINDS = "form => Object.fromEntries([...form.elements].filter(each => each.name).map(each => [each.name, each.type]))"


def heading(typist: Typist, words: Any) -> None:
    """Hold that one is on the page of this heading."""
    expect(typist.page.get_by_role("heading", level=1)).to_contain_text(words)

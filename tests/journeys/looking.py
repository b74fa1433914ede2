"""What everybody can ask of a page: to be read by a machine that reads out, and to fit on a phone."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, WIDE = 320, 1280
AXE = Axe()


def faults_of(page: Page) -> list[Any]:
    """Return what is wrong with a page: on a phone in the light, and on a wide screen in the dark."""
    page.evaluate(AXE.axe_script)
    return [*_faults(page, NARROW, "light"), *_faults(page, WIDE, "dark")]


def _faults(page: Page, width: int, scheme: Any) -> list[Any]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    faults: list[Any] = [(width, each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
    takes = page.evaluate(_WIDTH_TAKEN, LARGER)
    return [*faults, (width, "wider than the screen", takes)] if takes > width else faults


# Typefaces differ from machine to machine by a sixth in width, and people set them larger.
LARGER = "118%"
_WIDTH_TAKEN = """larger => {
  const root = document.documentElement;
  root.style.fontSize = larger;
  const takes = root.scrollWidth;
  root.style.removeProperty("font-size");
  return takes;
}"""


class Look:
    """Looks at one page after another, and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.seen = 0
        self.faults: dict[str, list[Any]] = {}

    def at(self, page: Page, name: str = "") -> None:
        """Look at the page as it stands."""
        self.seen += 1
        found = faults_of(page)
        if found:
            self.faults[name or page.url] = found

    def along(self, page: Page, addresses: list[str]) -> None:
        """Look at each of these addresses."""
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.ok, address
            self.at(page, address)

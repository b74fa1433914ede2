"""Pictures of a way through the site, made while it is gone, for the manual that describes it.

They are made only when asked for: `SOCIALVALUE_PICTURES` names the directory, as a rule `docs/pictures`. What the steps
are called, and in which order they come, is held against the manual by every run.
"""

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

ASKED_FOR = "SOCIALVALUE_PICTURES"
COLOURS = 48
"""Our pages have few; a picture weighs a third for it."""

STEPS: dict[str, str] = {
    "invited": "Follow the link in your e-mail",
    "joined": "Say your name and choose a password",
    "started": "Start an account",
    "steps": "See the nine steps",
    "scope": "Say what it is about",
    "who": "Say who is affected, and how you asked them",
    "changes": "Say what changes",
    "measured": "Say how you can tell, and for how many",
    "worth": "Say what it is worth to them",
    "anyway": "Say what would have happened anyway",
    "left-out": "Decide what counts",
    "co-production": "Say whether it was done with people",
    "evidence": "Show what bears it out",
    "reasons": "Give the reasons that are asked for",
    "submitted": "Let somebody else read it and submit it",
}
"""The steps of the first account, by the names of their pictures, in the order in which they are gone."""


def picture_at(place: str) -> Path | None:
    """Return where a picture, or a directory of them, is to be written; None if nobody asked for pictures."""
    asked = os.environ.get(ASKED_FOR)
    return Path(asked) / place if asked else None


@dataclass
class Album:
    """The steps that were shown, and, if somebody asked for them, their pictures."""

    where: Path | None = field(default_factory=lambda: picture_at("first-account"))
    shown: list[str] = field(default_factory=list)

    def keep(self, page: Page, step: str, at: Locator | None = None) -> None:
        """Note a step, and make a picture of what can be seen then, from `at` on."""
        self.shown.append(step)
        if self.where is None:
            return
        if at is None:
            page.evaluate("scrollTo(0, 0)")
        else:
            at.evaluate("each => each.scrollIntoView({block: 'start'})")
        compress(page.screenshot(), self.where / f"{step}.png")


def compress(picture: bytes, to: Path) -> None:
    """Write a picture with few colours, as small as can be."""
    to.parent.mkdir(parents=True, exist_ok=True)
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(to, optimize=True)

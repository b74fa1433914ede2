"""What a report's typefaces can draw, and what stands in for the rest.

A character without a glyph would break the archival format, and a report that fails because of an emoji helps nobody:
so what no font can draw is spelled out by its name. Loading the fonts' tables takes half a second: for workers only.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from reports import fonts

_INVISIBLE = frozenset({"Cc", "Cf"})
"""Unicode categories of characters that only steer others: dropped where no font knows them, never spelled out."""

_PRIVATE = frozenset({"Co", "Cs", "Cn"})
"""Categories without an agreed meaning. Even where a font has a glyph for one, an archive may not contain it."""

_ALWAYS_DROPPED = frozenset(
    "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # vary pictures that we do not have
    "\ufeff\ufff9\ufffa\ufffb\ufffc\U0001bca0\U0001bca1\U0001bca2\U0001bca3"  # steer programs
)
"""Characters that go even where a font knows them: they would be drawn as a missing glyph, or PDF/A refuses them."""

_BREAKS = frozenset("\f\u2028\u2029")
"""Breaks that HTML does not know and the typesetter cannot draw: a space does."""

_GLUE = "\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""What follows an emoji to vary it (joiners, skin tones, tags): goes with the character that it varies."""

_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f"
"""The flag of a region: a black flag, with a tag that spells which (gbwls for Wales). Those of states can be drawn."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """Text that our fonts can draw, and the names that stand in it for characters that they cannot."""

    text: str
    replaced: tuple[str, ...]


@cache
def drawable_code_points() -> frozenset[int]:
    """Return every code point for which one of the families has a glyph."""
    code_points: set[int] = set()
    for face in fonts.face_files():
        with TTFont(face, lazy=True) as font:
            code_points.update(font.getBestCmap())
    return frozenset(code_points)


def spell_out(text: str) -> Drawable:
    """Return the text with each character that no font can draw as its name in brackets: "[grinning face]".

    Characters that would not be seen anyway are dropped, odd breaks become a space. Names are Unicode's, in lower case,
    or a code point such as U+1FAE9 where this Python knows no name; flags become "[flag: GB-WLS]". `replaced` holds
    each name once, in order.
    """
    strange = {character for character in set(text) if not _is_drawable(character)}
    if not strange:
        return Drawable(text, ())
    replaced: dict[str, None] = {}

    def named(match: re.Match[str]) -> str:
        cluster = match.group()
        if cluster[0].isspace():
            return " "
        name = _name(cluster)
        if name:
            replaced[name] = None
        return f"[{name}]" if name else ""

    pattern = f"{_FLAG}|[{re.escape(''.join(sorted(strange)))}][{_GLUE}]*"
    return Drawable(re.sub(pattern, named, text), tuple(replaced))


def _is_drawable(character: str) -> bool:
    """Return whether the character can be given to the typesetter as it is."""
    if character in "\t\n\r":
        return True
    if character in _ALWAYS_DROPPED or character in _BREAKS or unicodedata.category(character) in _PRIVATE:
        return False
    return ord(character) in drawable_code_points()


def _name(cluster: str) -> str:
    """Return the name of a character with what varies it, or nothing if it would not be seen."""
    first = cluster[0]
    if re.fullmatch(_FLAG, cluster):
        return f"flag: {_region(cluster)}"
    if first in _ALWAYS_DROPPED or unicodedata.category(first) in _INVISIBLE:
        return ""
    return unicodedata.name(first, "").lower() or f"U+{ord(first):04X}"


def _region(flag: str) -> str:
    """Return the region that a flag emoji spells: "GB-WLS"."""
    tag = "".join(chr(ord(letter) - 0xE0000) for letter in flag[1:-1]).upper()
    return f"{tag[:2]}-{tag[2:]}"

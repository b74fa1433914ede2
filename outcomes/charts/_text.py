"""How wide words are drawn, near enough to break lines by, whatever font the reader has.

A drawing is laid out before anybody knows its font: the page uses what the device has, paper uses Source Sans 3. So
widths are rounded up to those of the wider faces of the page's list (Noto Sans, Ubuntu): lines break a little early in
a narrow face. In a still wider one (Verdana) they lean into the margin, since drawings do not clip.
"""

import unicodedata
from functools import lru_cache

# Widths in em of letters of one group; a letter with an accent is as wide as the letter.
_WIDTHS = {
    0.28: "ijlI'",
    0.30: " .,",
    0.34: ":;|-f/",
    0.39: "rt!()[]‘’‚",
    0.49: 'sz`"°ªº\u2013',
    0.53: "cL?",
    0.56: "vxykTYF",
    0.60: "abdeghnopqu0123456789PES£€$¥¢#~_*",
    0.66: "ABKRVXZ",
    0.74: "CDGHNOQU&+=<>±×÷−←→",
    0.80: "w",
    0.85: "Mæœ",
    0.95: "mW@%—…ÆŒ",
}
_KNOWN = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_CAPITAL = 0.80
_OTHER = 0.75
_WIDE = 1.05
_PICTURE = 1.40
_BOLDER = 1.15
_ELLIPSIS = "…"


@lru_cache(maxsize=4_096)
def _em(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _KNOWN:
        return _KNOWN[base]
    category = unicodedata.category(base)
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return 0.0
    if category == "So":
        return _PICTURE
    if unicodedata.east_asian_width(base) in "WF":
        return _WIDE
    return _CAPITAL if category == "Lu" else _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the text is at most, in the units of the font size."""
    return sum(map(_em, text)) * size * (_BOLDER if bold else 1.0)


def wrap(text: str, width: float, size: float, *, bold: bool = False, most: int = 2) -> tuple[str, ...]:
    """Return the text in lines no wider than `width`, at most `most` of them; what is left over ends in an ellipsis.

    A word that is wider than a line is broken where the line ends. Blank text gives no lines.
    """
    lines: list[str] = []
    line = ""
    for word in _pieces(text, width, size, bold=bold):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(f"{lines[most - 1]} {lines[most]}", width, size, bold=bold))


def _pieces(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and _em(letter) and text_width(piece + letter, size, bold=bold) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    kept = line
    while kept and text_width(kept + _ELLIPSIS, size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS

"""A QR code as one path of squares, for page and paper (pure)."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""How many squares of white the standard wants around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Squares:
    """What a template needs to draw it: the side of the whole, and the path of what is dark, in squares."""

    side: int
    path: str


def squares(text: str, *, mask: int | None = None) -> Squares:
    """Return the QR code of a text. Equal texts give equal codes; a seventh of it may be dirty or torn.

    Of the eight masks of the standard the best is sought; with one given (0 to 7), hundreds are made in a second.
    """
    made = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=mask)
    made.add_data(text)
    rows = made.get_matrix()
    runs = [run for number, row in enumerate(rows) for run in _runs(number, row)]
    return Squares(side=len(rows), path="".join(runs))


def _runs(number: int, row: list[bool]) -> list[str]:
    """Return the dark stretches of one row, each as a bar that is one square high."""
    runs = []
    start = None
    for at, dark in enumerate([*row, False]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append(f"M{start} {number}h{at - start}v1h-{at - start}z")
            start = None
    return runs

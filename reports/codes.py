"""The short code of a report: what somebody types, from the last page of a report, to see whether it is genuine (pure).

It is a fingerprint of what the report is drawn from, its language and its edition, so it is known before the report is
drawn and the same each time. Eleven characters of it (55 bits: nobody guesses one) and one that tells when it is
mistyped, in Crockford's alphabet, which has no I, L, O or U. `docs/howto/verify.md` says it to readers.
"""

import hashlib

from accounts.errors import Refusal
from accounts.typed_codes import ALPHABET, BITS, LENGTH, may_be_one, meant, shown
from accounts.words import gettext_noop as _n

__all__ = ["ALPHABET", "FULL", "LENGTH", "NotACode", "code_of", "read", "shown"]

_POLYNOMIAL = 0b100101
"""x⁵ + x² + 1: the field of 32 elements, in which the last character is reckoned."""


class NotACode(Refusal):
    """What was typed cannot be the code of a report."""

    message = _n(
        "This is not the code of a report. A code has 12 letters and digits, such as 7K3M-9QXD-2R4F. It is on the last "
        "page of the report. Check each letter and digit."
    )


FULL = "full"


def code_of(drawn_from: str, language: str, edition: str = FULL) -> str:
    """Return the code of the report in this language and edition that is drawn from what has this SHA-256."""
    told = [drawn_from, language] if edition == FULL else [drawn_from, language, edition]
    digest = hashlib.sha256(":".join(told).encode("ascii")).digest()
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - BITS * (LENGTH - 1))
    values = [number >> (BITS * place) & 31 for place in reversed(range(LENGTH - 1))]
    return "".join(ALPHABET[value] for value in [*values, _check(values)])


def read(typed: str) -> str:
    """Return the code that somebody typed, however they wrote it. Raises NotACode if it can be none."""
    code = meant(typed)
    if not may_be_one(code):
        raise NotACode
    *values, last = (ALPHABET.index(letter) for letter in code)
    if last != _check(values):
        raise NotACode
    return code


def _check(values: list[int]) -> int:
    """Return the last value: it tells any one wrong character, and any two that changed places."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    twice = value << 1
    return twice ^ _POLYNOMIAL if twice > 31 else twice

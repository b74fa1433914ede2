"""The registers that organisations are known to, and the identifier that org-id.guide makes of a register and a number.

A number is checked only as far as its register says what its numbers look like (org-id/register, its examples); where
that does not say, any letters and digits will do.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.columns import Choice
from accounts.parsing import Refused, words
from accounts.words import gettext_noop as _n


class Scheme(Choice):
    """A register, by its code at org-id.guide (org-id/register, read at commit f500b45f)."""

    CHARITY_ENGLAND_AND_WALES = "GB-CHC", _n("Charity Commission for England and Wales")
    COMPANY = "GB-COH", _n("Companies House")
    CHARITY_SCOTLAND = "GB-SC", _n("Scottish Charity Regulator")
    CHARITY_NORTHERN_IRELAND = "GB-NIC", _n("Charity Commission for Northern Ireland")
    MUTUAL = "GB-MPR", _n("Mutuals Public Register")
    SPORTS_CLUB = "GB-CASC", _n("Community amateur sports club (HMRC)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the numbers of a register look like, in an example, a pattern and a sentence."""

    example: str
    pattern: re.Pattern[str]
    says: str
    small_letters: bool = False
    """Whether its letters are small ones: they are big ones in every other register."""


_NUMBER_LONGEST = 40
_LETTERS_AND_DIGITS = re.compile("[A-Za-z0-9]{1,20}")
_ANY = _n("“%(typed)s” is no number of this register: use letters and digits only, 20 at most.")

SHAPES: Mapping[Scheme, Shape] = {
    Scheme.CHARITY_ENGLAND_AND_WALES: Shape(
        example="1090095",
        pattern=re.compile("[0-9]{6,7}"),
        says=_n("“%(typed)s” is no charity number of England and Wales: those have 6 or 7 digits, such as 1090095."),
    ),
    Scheme.COMPANY: Shape(
        example="09506232",
        pattern=re.compile("[A-Z]{0,2}[0-9]{5,8}[A-Z]?(?<=^.{8})"),
        says=_n(
            "“%(typed)s” is no company number: those have 8 digits and letters, such as 09506232."
            " The zeros in front belong to it."
        ),
    ),
    Scheme.CHARITY_SCOTLAND: Shape(
        example="SC042386",
        pattern=re.compile("SC[0-9]{6}"),
        says=_n("“%(typed)s” is no Scottish charity number: those begin with SC and have 6 digits, such as SC042386."),
    ),
    Scheme.CHARITY_NORTHERN_IRELAND: Shape(
        example="100012",
        pattern=re.compile("[0-9]{6}"),
        says=_n("“%(typed)s” is no charity number of Northern Ireland: those have 6 digits, such as 100012."),
    ),
    Scheme.MUTUAL: Shape(example="IP031455", pattern=_LETTERS_AND_DIGITS, says=_ANY),
    Scheme.SPORTS_CLUB: Shape(example="df679063", pattern=_LETTERS_AND_DIGITS, says=_ANY, small_letters=True),
}
"""Most examples are those of the register. A company number has eight characters; Northern Ireland's lose their NIC."""


def read_number(scheme: Scheme, typed: Any) -> str:
    """Return a registered number as its register writes it; empty if nothing was typed. Raises Refused.

    Gaps are closed, and the name of the register in front is taken off: "GB-CHC-1090095" is 1090095.
    """
    text = re.sub(r"\s+", "", words(typed or "", longest=_NUMBER_LONGEST))
    if not text:
        return ""
    shape = SHAPES[scheme]
    bare = text.upper().removeprefix(f"{scheme.value}-")
    if scheme is Scheme.CHARITY_NORTHERN_IRELAND:
        bare = bare.removeprefix("NIC")
    number = bare.lower() if shape.small_letters else bare
    if not shape.pattern.fullmatch(number):
        raise Refused(shape.says, typed=text)
    return number


def org_id(scheme: str, number: str) -> str:
    """Return the org-id identifier of a number in a register, such as "GB-CHC-1090095"."""
    return f"{scheme}-{number}"

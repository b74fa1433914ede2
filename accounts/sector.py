"""Who is in the social value sector: the test of the definition of 2017, and its answer in words (pure).

Voluntary organisations, charities, social enterprises, infrastructure bodies, and the networks and forums that support
them; bodies whose core purpose is more well-being for people and communities, and who re-invest most or all of any
profit in it.

It is read so: all three must hold. One that does not hold settles it, whatever is not answered yet. "Most" is more
than half.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts import columns as c
from accounts.nouns import Language
from accounts.parsing import plain
from accounts.words import gettext_noop as _n

MOST = Decimal("0.5")
"""More than this share of any profit is most of it."""


class Type(c.Choice):
    """What an organisation is: those that the definition names, and who funds them."""

    VOLUNTARY = "voluntary", _n("Voluntary organisation")
    CHARITY = "charity", _n("Charity")
    SOCIAL_ENTERPRISE = "social_enterprise", _n("Social enterprise")
    INFRASTRUCTURE = "infrastructure", _n("Infrastructure body")
    NETWORK = "network", _n("Network or forum")
    FUNDER = "funder", _n("Funder")


NAMED_BY_THE_DEFINITION = frozenset(Type) - {Type.FUNDER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars(c.Noun):
    """What an organisation says of itself."""

    name: str = c.text(_n("Name"), required=True, help=_n("As it stands on your letters and reports."))
    type: Type = c.choice(
        _n("What you are"),
        Type,
        required=True,
        help=_n("Choose what fits best. An infrastructure body is one that helps other groups."),
    )
    purpose: str = c.long_text(
        _n("What you are there for"),
        help=_n("Your purpose, in your own words. It goes into your reports."),
        example=_n("We bring older people in the valley together, so that nobody is alone for long."),
    )
    language: Language | None = c.choice(
        _n("The language of that"), Language, help=_n("The language in which you wrote what you are there for.")
    )
    well_being_is_core: bool | None = c.yes_no(
        _n("Is more well-being for people and communities your core purpose?"),
        help=_n("Not one good thing among others that you do, but what you are there for."),
    )
    reinvested_share: Decimal | None = c.share(
        _n("How much of any profit do you re-invest in that?"),
        help=_n("Profit is what is left over. If all of it stays with the work, or there never is any, enter 100."),
        example="80%",
    )


class Verdict(c.Choice):
    """How the test comes out."""

    IN = "in", _n("In the social value sector")
    NOT = "not", _n("Not in the social value sector")
    CANNOT_TELL = "cannot tell", _n("Cannot tell yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One question of the test: whether it holds (None: not answered), and the sentence that says why."""

    holds: bool | None
    message: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer of the test, with its reasons in the order of the questions."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


def judge(said: Particulars) -> Answer:
    """Return whether an organisation is in the social value sector, and why."""
    reasons = (_of_type(said.type), _of_purpose(answered=said.well_being_is_core), _of_profit(said.reinvested_share))
    return Answer(verdict=_verdict([reason.holds for reason in reasons]), reasons=reasons)


def _verdict(hold: list[bool | None]) -> Verdict:
    if False in hold:
        return Verdict.NOT
    return Verdict.CANNOT_TELL if None in hold else Verdict.IN


def _of_type(answered: Type) -> Reason:
    named = answered in NAMED_BY_THE_DEFINITION
    if named:
        message = _n("It is one of the kinds of body that the definition names: “%(type)s”.")
    else:
        message = _n("“%(type)s” is not one of the kinds of body that the definition names.")
    return Reason(holds=named, message=message, params={"type": answered.label})


def _of_purpose(*, answered: bool | None) -> Reason:
    messages = {
        True: _n("It says that more well-being for people and communities is its core purpose."),
        False: _n("It says that more well-being for people and communities is not its core purpose."),
        None: _n("It has not said yet whether more well-being for people and communities is its core purpose."),
    }
    return Reason(holds=answered, message=messages[answered], params={})


def _of_profit(answered: Decimal | None) -> Reason:
    if answered is None:
        message = _n("It has not said yet how much of any profit it re-invests; it must be more than 50 of every 100.")
        return Reason(holds=None, message=message, params={})
    if answered == 1:
        message = _n("It says that it re-invests all of any profit: 100 of every 100.")
    elif answered > MOST:
        message = _n("It says that it re-invests %(share)s of every 100 of any profit: most of it, being more than 50.")
    else:
        message = _n(
            "It says that it re-invests %(share)s of every 100 of any profit: not most of it, which is more than 50."
        )
    return Reason(holds=answered > MOST, message=message, params={"share": plain(answered * 100)})

"""Who is affected and how they were asked, as plain facts."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from accounts import columns as c
from accounts.words import gettext_noop as _n


class Consideration(c.Choice):
    """What was decided about a stakeholder group, or about an outcome."""

    INCLUDED = "included", _n("Included")
    EXCLUDED = "excluded", _n("Left out")


class InputKind(c.Choice):
    """What form a contribution takes."""

    MONEY = "money", _n("Money")
    TIME = "time", _n("Time")
    IN_KIND = "in_kind", _n("In kind")


class Statement(c.Choice):
    """The five statements of co-production."""

    ASSETS = "assets", _n("People are recognised as assets")
    INVOLVED = "involved", _n("People are supported and empowered to get involved in design and operation")
    RESPONSIBILITY = "responsibility", _n("People are empowered to take responsibility for their own well-being")
    PARTNERSHIP = "partnership", _n("Practitioners work in partnership with people")
    OUTCOMES = "outcomes", _n("People are involved in designing the outcomes")


class Extent(c.Choice):
    """How far a statement of co-production holds."""

    YES = "yes", _n("Yes")
    PARTLY = "partly", _n("Partly")
    NOT_YET = "not_yet", _n("Not yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(c.Noun):
    """A group that the activity affects, or that affects it."""

    slug: ClassVar[str] = "stakeholders"
    title: ClassVar[str] = _n("Stakeholders")
    singular: ClassVar[str] = _n("Stakeholder group")
    about: ClassVar[str] = _n("Everyone who is affected or who affects what you do, also those whom you leave out.")
    prefix: ClassVar[str] = "S"
    shown_by: ClassVar[str] = "name"

    ref: str = c.ref()
    name: str = c.text(_n("Name"), required=True, example=_n("Members"), help=_n("A group of people or a body."))
    description: str = c.long_text(_n("Description"), help=_n("How they are affected, or affect you."))
    size: int | None = c.whole(_n("How many are there?"), example="95", help=_n("The number in the group."))
    decision: Consideration | None = c.choice(
        _n("Included or left out"), Consideration, help=_n("Is what happens to them part of this account?")
    )
    reason: str = c.long_text(_n("Reason"), help=_n("Why you include them or leave them out."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroup(c.Noun):
    """Part of a group, whose experience differs from that of the rest."""

    slug: ClassVar[str] = "subgroups"
    title: ClassVar[str] = _n("Subgroups")
    singular: ClassVar[str] = _n("Subgroup")
    about: ClassVar[str] = _n("Parts of a group for whom things change in another way than for the rest.")
    prefix: ClassVar[str] = "SG"
    shown_by: ClassVar[str] = "name"

    ref: str = c.ref()
    stakeholder: str = c.points_to(_n("Stakeholder group"), "stakeholders", required=True)
    name: str = c.text(_n("Name"), required=True, example=_n("Members who live alone"))
    size: int | None = c.whole(_n("How many are there?"), example="30")
    reason: str = c.long_text(_n("Why they are looked at apart"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement(c.Noun):
    """An occasion on which stakeholders informed the account."""

    slug: ClassVar[str] = "involvement"
    title: ClassVar[str] = _n("Involvement")
    singular: ClassVar[str] = _n("Occasion")
    about: ClassVar[str] = _n("Each time that you asked people: how, when, how many of how many, and what they shaped.")
    prefix: ClassVar[str] = "V"
    shown_by: ClassVar[str] = "method"

    ref: str = c.ref()
    stakeholder: str = c.points_to(_n("Stakeholder group"), "stakeholders", required=True)
    method: str = c.text(_n("How they were asked"), required=True, example=_n("Group talk at the club"))
    held_on: dt.date | None = c.date(_n("Date"), example="14/11/2024")
    took_part: int | None = c.whole(_n("How many took part"), example="12")
    out_of: int | None = c.whole(
        _n("Out of how many"), example="95", help=_n("How many were asked, or could have come.")
    )
    informed_what: bool | None = c.yes_no(_n("Did it shape which changes are counted?"))
    informed_how: bool | None = c.yes_no(_n("Did it shape how change is measured?"))
    informed_value: bool | None = c.yes_no(_n("Did it shape what changes are worth?"))
    informed_cause: bool | None = c.yes_no(_n("Did it shape what would have happened anyway?"))
    saw_results: bool | None = c.yes_no(_n("Did they see and discuss the result?"))
    asked_negative: bool | None = c.yes_no(
        _n("Were they asked about bad or unexpected changes?"),
        help=_n("Changes for the worse, and changes nobody planned."),
    )
    said_negative: str = c.long_text(
        _n("What they said about bad or unexpected changes"), help=_n("“None” is an answer.")
    )
    learned: str = c.long_text(_n("What was learned, and what changed because of it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(c.Noun):
    """What somebody puts in so that the activity can happen."""

    slug: ClassVar[str] = "inputs"
    title: ClassVar[str] = _n("Inputs")
    singular: ClassVar[str] = _n("Input")
    about: ClassVar[str] = _n(
        "What everyone puts in: money, time, rooms, goods. Zero is an answer: say why it is not valued."
    )
    prefix: ClassVar[str] = "N"
    shown_by: ClassVar[str] = "description"

    ref: str = c.ref()
    stakeholder: str = c.points_to(_n("Who puts it in"), "stakeholders")
    description: str = c.text(_n("What is put in"), required=True, example=_n("Grant for the year"))
    kind: InputKind | None = c.choice(_n("Kind"), InputKind)
    hours: Decimal | None = c.number(
        _n("Hours given"), example="620", help=_n("For time: all hours together, of everyone who gave any.")
    )
    hourly_rate: Decimal | None = c.money(
        _n("Worth of an hour"), minimum=0, example="12.60", help=_n("What an hour of that work would cost.")
    )
    amount: Decimal | None = c.money(
        _n("Worth"),
        minimum=0,
        example="24,375.00",
        help=_n("In the account's currency. For time, leave it blank: it is the hours times the worth of an hour."),
    )
    year: int | None = c.whole(
        _n("In which year"),
        minimum=1,
        maximum=100,
        example="1",
        help=_n("1, or blank, is the first year of the account."),
    )
    source: str = c.text(_n("Source"), longest=1_000, example=_n("Signed accounts, page 4"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(c.Noun):
    """What was done, counted: never a value in itself."""

    slug: ClassVar[str] = "outputs"
    title: ClassVar[str] = _n("Outputs")
    singular: ClassVar[str] = _n("Output")
    about: ClassVar[str] = _n("What you did, counted: sessions, meals, visits. Outputs are never given a value.")
    prefix: ClassVar[str] = "P"
    shown_by: ClassVar[str] = "description"

    ref: str = c.ref()
    stakeholder: str = c.points_to(_n("For whom"), "stakeholders")
    description: str = c.text(_n("What was done"), required=True, example=_n("Lunches served"))
    quantity: Decimal | None = c.number(_n("How many"), example="1,200")
    unit: str = c.text(_n("Unit"), longest=60, example=_n("meals"))
    source: str = c.text(_n("Source"), longest=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoProduction(c.Noun):
    """How far one of the five statements of co-production holds, with the evidence for it."""

    slug: ClassVar[str] = "co-production"
    title: ClassVar[str] = _n("Co-production")
    singular: ClassVar[str] = _n("Statement of co-production")
    about: ClassVar[str] = _n("Five statements about doing things with people rather than for them.")
    prefix: ClassVar[str] = "C"
    shown_by: ClassVar[str] = "statement"

    ref: str = c.ref()
    statement: Statement = c.choice(_n("Statement"), Statement, required=True)
    extent: Extent | None = c.choice(_n("Is it so?"), Extent)
    explanation: str = c.long_text(_n("How, or why not yet"))
    evidence: str = c.long_text(_n("Evidence"))


FEWEST_CODES = 5
"""With fewer codes nobody could ever be shown what was replied: it would be plain who said it."""
MOST_CODES = 500
FEWEST_INSIDE = 5
"""How many must have replied before the organisation itself sees what they said."""
FEWEST_OUTSIDE = 10
"""How many must have replied before a figure of it is told to anyone else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReplies:
    """What came of the latest round of replies of a group: numbers alone.

    It goes with the facts to the rule book, and is no part of an account's own data: neither the JSON nor the workbook
    holds it, so that nobody can bring in replies that nobody gave.
    """

    group: str
    """The ref of the group."""
    codes: int
    replied: int
    agreed: int
    objected: int
    unanswered: int
    """Objections to which the organisation has not said anything."""
    told_sha256: str
    """The fingerprint of what the group was shown: another than that of today if the account has changed since."""

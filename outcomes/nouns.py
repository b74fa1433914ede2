"""What changed, how much, and what it is worth, as plain facts; and the whole account as one value (`Facts`)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from accounts import columns as c
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from stakeholders.nouns import (
    Consideration,
    CoProduction,
    GroupReplies,
    Input,
    Involvement,
    Output,
    Stakeholder,
    Subgroup,
)


class Dimension(c.Choice):
    """Which part of well-being changes."""

    SOCIAL = "social", _n("Social")
    ENVIRONMENTAL = "environmental", _n("Environmental")
    ECONOMIC = "economic", _n("Economic")


class Level(c.Choice):
    """Where the change shows."""

    INDIVIDUAL = "individual", _n("In individual lives")
    COMMUNITY = "community", _n("Across a community")


class Direction(c.Choice):
    """Whether those affected are better or worse off for the change."""

    POSITIVE = "positive", _n("For the better")
    NEGATIVE = "negative", _n("For the worse")


class Measure(c.Choice):
    """What an observation's two figures are."""

    COUNT = "count", _n("A count: how many, out of how many")
    AVERAGE = "average", _n("An average: the total of the answers, from how many answers")
    AMOUNT = "amount", _n("An amount: how much, over how many")


class State(c.Choice):
    """Whether an observation holds a figure, and if not, why."""

    MEASURED = "measured", _n("Measured")
    NOT_YET = "not_yet", _n("Not yet measured")
    NOT_APPLICABLE = "not_applicable", _n("Does not apply")
    WITHHELD = "withheld", _n("Withheld")


class Moment(c.Choice):
    """When an observation was made."""

    BEFORE = "before", _n("Before: the baseline")
    DURING = "during", _n("During")
    AFTER = "after", _n("After")


class Factor(c.Choice):
    """The four ways in which a change is less than it seems."""

    DEADWEIGHT = "deadweight", _n("Deadweight: would have happened anyway")
    DISPLACEMENT = "displacement", _n("Displacement: only moved from somewhere else")
    ATTRIBUTION = "attribution", _n("Attribution: the share due to others")
    DROP_OFF = "drop_off", _n("Drop-off: wears off each year")


class Moved(c.Choice):
    """An assumption that a scenario may set."""

    QUANTITY = "quantity", _n("Quantity")
    VALUE = "value", _n("Value of one")
    DEADWEIGHT = "deadweight", _n("Deadweight")
    DISPLACEMENT = "displacement", _n("Displacement")
    ATTRIBUTION = "attribution", _n("Attribution")
    DROP_OFF = "drop_off", _n("Drop-off")
    DURATION = "duration", _n("Duration")
    INPUTS = "inputs", _n("Total of the inputs")
    DISCOUNT_RATE = "discount_rate", _n("Discount rate")


class EvidenceKind(c.Choice):
    """What form a piece of evidence takes."""

    DOCUMENT = "document", _n("Document")
    WEB_PAGE = "web_page", _n("Web page")
    DATA = "data", _n("Data")
    TESTIMONY = "testimony", _n("What somebody said")


class Goal(c.Choice):
    """The seven goals of the Well-being of Future Generations (Wales) Act 2015."""

    PROSPEROUS = "prosperous", _n("A prosperous Wales")
    RESILIENT = "resilient", _n("A resilient Wales")
    HEALTHIER = "healthier", _n("A healthier Wales")
    MORE_EQUAL = "more_equal", _n("A more equal Wales")
    COHESIVE = "cohesive", _n("A Wales of cohesive communities")
    CULTURE = "culture", _n("A Wales of vibrant culture and thriving Welsh language")
    RESPONSIBLE = "responsible", _n("A globally responsible Wales")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(c.Noun):
    """A change in somebody's life, for better or worse."""

    slug: ClassVar[str] = "outcomes"
    title: ClassVar[str] = _n("Outcomes")
    singular: ClassVar[str] = _n("Outcome")
    about: ClassVar[str] = _n("The changes in people's lives, for better or worse, planned or not.")
    prefix: ClassVar[str] = "O"
    shown_by: ClassVar[str] = "name"

    ref: str = c.ref()
    stakeholder: str = c.points_to(_n("For whom"), "stakeholders", required=True)
    subgroup: str = c.points_to(_n("Subgroup"), "subgroups")
    name: str = c.text(_n("What changes"), required=True, example=_n("More social contact"))
    description: str = c.long_text(_n("In their own words"))
    dimension: Dimension | None = c.choice(_n("Part of well-being"), Dimension)
    level: Level | None = c.choice(_n("Level"), Level)
    intended: bool | None = c.yes_no(_n("Was it intended?"))
    direction: Direction | None = c.choice(_n("For better or worse"), Direction)
    quantity: Decimal | None = c.number(
        _n("How many, or how much"), example="95", help=_n("How many people, or how much, the change happened to.")
    )
    quantity_low: Decimal | None = c.number(_n("Quantity, at least"), help=_n("The lowest that is reasonable."))
    quantity_high: Decimal | None = c.number(_n("Quantity, at most"), help=_n("The highest that is reasonable."))
    quantity_unit: str = c.text(_n("Unit"), longest=60, example=_n("people"))
    quantity_source: str = c.text(_n("Source of the quantity"), longest=1_000)
    duration: int | None = c.whole(
        _n("How many years it lasts"),
        minimum=1,
        maximum=100,
        example="2",
        help=_n("Counting the first year of benefit. The workbook asks how yours are counted."),
    )
    first_year: int | None = c.whole(
        _n("Starts in year"),
        minimum=1,
        maximum=100,
        example="1",
        help=_n("1, or blank, is the first year of the account."),
    )
    duration_evidence: str = c.long_text(_n("How you know how long it lasts"))
    relevant: bool | None = c.yes_no(
        _n("Is it relevant?"), help=_n("Does it matter to those affected, or to policy or norms?")
    )
    relevance_reason: str = c.long_text(_n("Why it is or is not relevant"))
    significant: bool | None = c.yes_no(
        _n("Is it significant?"), help=_n("Is it large enough to influence a decision?")
    )
    significance_reason: str = c.long_text(_n("Why it is or is not significant"))
    decision: Consideration | None = c.choice(
        _n("Included or left out"), Consideration, help=_n("Is its value counted in this account?")
    )
    decision_reason: str = c.long_text(_n("Why it is included or left out"))
    counterfactual: str = c.long_text(
        _n("What would have happened without you"), help=_n("A baseline, a comparison group, or what people told you.")
    )
    overlap_reason: str = c.long_text(
        _n("Why it does not overlap with another outcome"),
        help=_n("If the same people have another outcome with a similar value, say why both may be counted."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(c.Noun):
    """One step of a chain of events: something that you did, or a change, leads to a change."""

    slug: ClassVar[str] = "chain-of-events"
    title: ClassVar[str] = _n("Chain of events")
    singular: ClassVar[str] = _n("Step")
    about: ClassVar[str] = _n("What leads to what: from what you do, by one change to the next.")
    prefix: ClassVar[str] = "L"
    shown_by: ClassVar[str] = "ref"

    ref: str = c.ref()
    cause: str = c.points_to(_n("This"), "outputs", "outcomes", required=True, help=_n("An output or an outcome."))
    effect: str = c.points_to(_n("leads to this"), "outcomes", required=True)
    why: str = c.long_text(_n("How you know"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(c.Noun):
    """How one can tell that a change happened."""

    slug: ClassVar[str] = "indicators"
    title: ClassVar[str] = _n("Indicators")
    singular: ClassVar[str] = _n("Indicator")
    about: ClassVar[str] = _n("How you can tell that a change happened.")
    prefix: ClassVar[str] = "I"
    shown_by: ClassVar[str] = "name"

    ref: str = c.ref()
    outcome: str = c.points_to(_n("Outcome"), "outcomes", required=True)
    name: str = c.text(_n("Indicator"), required=True, example=_n("Meets friends at least once a week"))
    measure: Measure | None = c.choice(_n("What is counted"), Measure)
    unit: str = c.text(_n("Unit"), longest=60, example=_n("people"))
    target: Decimal | None = c.number(_n("Target"), minimum=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(c.Noun):
    """What an indicator showed at one time: a numerator and a denominator, never a bare percentage."""

    slug: ClassVar[str] = "observations"
    title: ClassVar[str] = _n("Observations")
    singular: ClassVar[str] = _n("Observation")
    about: ClassVar[str] = _n("What each indicator showed, and when: always how many of how many.")
    prefix: ClassVar[str] = "B"
    shown_by: ClassVar[str] = "ref"

    ref: str = c.ref()
    indicator: str = c.points_to(_n("Indicator"), "indicators", required=True)
    moment: Moment | None = c.choice(_n("Before, during or after"), Moment)
    observed_on: dt.date | None = c.date(_n("Date"), example="31/03/2025")
    state: State = c.choice(_n("State"), State, required=True)
    numerator: Decimal | None = c.number(_n("How many, or how much"), minimum=None, example="60")
    denominator: Decimal | None = c.number(_n("Out of how many"), example="80")
    source: str = c.text(_n("Source"), longest=1_000, example=_n("Members' survey, March 2025"))
    note: str = c.long_text(_n("Note"), help=_n("If there is no figure, say why."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation(c.Noun):
    """What one unit of an outcome is worth: in money by a proxy, or in points of relative importance, or both."""

    slug: ClassVar[str] = "valuations"
    title: ClassVar[str] = _n("Valuations")
    singular: ClassVar[str] = _n("Valuation")
    about: ClassVar[str] = _n("What one unit of each change is worth to those affected: in money, or as importance.")
    prefix: ClassVar[str] = "W"
    shown_by: ClassVar[str] = "proxy"

    ref: str = c.ref()
    outcome: str = c.points_to(_n("Outcome"), "outcomes", required=True)
    proxy: str = c.text(
        _n("Proxy"), example=_n("Member of a social group"), help=_n("A price or cost that stands in for it.")
    )
    value: Decimal | None = c.money(
        _n("Value of one"), example="600.00", help=_n("Below zero for a change for the worse.")
    )
    value_low: Decimal | None = c.money(_n("Value, at least"))
    value_high: Decimal | None = c.money(_n("Value, at most"))
    price_period: str = c.period(_n("In the prices of"), help=_n("The year that the value comes from."))
    weight: Decimal | None = c.number(
        _n("Relative importance"),
        help=_n("The points that people gave to one unit of this change, next to the others."),
    )
    rank: int | None = c.whole(
        _n("Place in the ranking"),
        minimum=1,
        maximum=1_000,
        help=_n("1 for the change that matters most, if people put the changes in order."),
    )
    anchor: bool | None = c.yes_no(
        _n("Anchor"), help=_n("Yes on one outcome in money: the others then follow from their importance.")
    )
    source: str = c.text(_n("Source"), longest=1_000)
    link: str = c.link(_n("Web address of the source"))
    licence: str = c.text(_n("Licence"), help=_n("Under which terms the value may be used."))
    asked_stakeholders: bool | None = c.yes_no(_n("Did stakeholders inform it?"))
    reason: str = c.long_text(_n("Why this value"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(c.Noun):
    """One of the four factors, judged for one outcome."""

    slug: ClassVar[str] = "adjustments"
    title: ClassVar[str] = _n("Adjustments")
    singular: ClassVar[str] = _n("Adjustment")
    about: ClassVar[str] = _n(
        "How much of each change is not yours to claim: four figures for each outcome; 0 % is an answer."
    )
    prefix: ClassVar[str] = "A"
    shown_by: ClassVar[str] = "factor"

    ref: str = c.ref()
    outcome: str = c.points_to(_n("Outcome"), "outcomes", required=True)
    factor: Factor = c.choice(_n("Factor"), Factor, required=True)
    figure: Decimal | None = c.share(_n("Figure"), example="10%")
    sentence: str = c.text(
        _n("In words"), longest=300, help=_n("The sentence that was chosen, where the figure stands for a sentence.")
    )
    low: Decimal | None = c.share(_n("At least"), example="5%")
    high: Decimal | None = c.share(_n("At most"), example="20%")
    reason: str = c.long_text(_n("Reason"))
    source: str = c.text(_n("Source"), longest=1_000)
    judged_by: str = c.text(_n("Who said so"), example=_n("12 members, at the group talk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioChange(c.Noun):
    """One assumption set to another figure in a named scenario."""

    slug: ClassVar[str] = "scenarios"
    title: ClassVar[str] = _n("Scenarios")
    singular: ClassVar[str] = _n("Change in a scenario")
    about: ClassVar[str] = _n("“What if”: rows that share a name are changed together.")
    prefix: ClassVar[str] = "X"
    shown_by: ClassVar[str] = "scenario"

    ref: str = c.ref()
    scenario: str = c.text(_n("Scenario"), required=True, example=_n("Benefits fade faster"))
    outcome: str = c.points_to(
        _n("Outcome"), "outcomes", help=_n("Leave it blank to change every outcome, or the account.")
    )
    assumption: Moved = c.choice(_n("What is changed"), Moved, required=True)
    figure: Decimal | None = c.number(
        _n("To"), minimum=None, help=_n("A share or a rate is written as a part of one here: 0.35 for 35 %.")
    )
    reason: str = c.long_text(_n("Reason"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WellBeingGoal(c.Noun):
    """A well-being goal of Wales that an outcome relates to: never a claim to have moved it."""

    slug: ClassVar[str] = "well-being-goals"
    title: ClassVar[str] = _n("Well-being goals of Wales")
    singular: ClassVar[str] = _n("Well-being goal")
    about: ClassVar[str] = _n("Which of the seven well-being goals of Wales each change relates to.")
    prefix: ClassVar[str] = "G"
    shown_by: ClassVar[str] = "goal"

    ref: str = c.ref()
    outcome: str = c.points_to(_n("Outcome"), "outcomes", required=True)
    goal: Goal = c.choice(_n("Goal"), Goal, required=True)
    how: str = c.long_text(_n("How it relates to the goal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SdgTarget(c.Noun):
    """A target of the Sustainable Development Goals that an outcome relates to."""

    slug: ClassVar[str] = "sdg-targets"
    title: ClassVar[str] = _n("Sustainable Development Goals")
    singular: ClassVar[str] = _n("Target of the Sustainable Development Goals")
    about: ClassVar[str] = _n("If somebody asks for it: which targets of the United Nations each change relates to.")
    prefix: ClassVar[str] = "T"
    shown_by: ClassVar[str] = "target"

    ref: str = c.ref()
    outcome: str = c.points_to(_n("Outcome"), "outcomes", required=True)
    target: str = c.text(
        _n("Goal or target"),
        required=True,
        longest=6,
        example="3.4",
        help=_n("The number of a goal from 1 to 17, or of one of its targets: 3, 3.4 or 3.a."),
    )
    how: str = c.long_text(_n("How it relates to the target"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(c.Noun):
    """What somebody could look at to check a statement."""

    slug: ClassVar[str] = "evidence"
    title: ClassVar[str] = _n("Evidence")
    singular: ClassVar[str] = _n("Piece of evidence")
    about: ClassVar[str] = _n("What somebody could look at to check what this account says.")
    prefix: ClassVar[str] = "E"
    shown_by: ClassVar[str] = "name"

    ref: str = c.ref()
    about_row: str = c.points_to(
        _n("What it is about"),
        "stakeholders",
        "subgroups",
        "involvement",
        "inputs",
        "outputs",
        "outcomes",
        "chain-of-events",
        "indicators",
        "observations",
        "valuations",
        "adjustments",
        "scenarios",
        "co-production",
        "well-being-goals",
        "sdg-targets",
        help=_n("The ref of the row that it bears out. Leave it blank for the account as a whole."),
    )
    kind: EvidenceKind | None = c.choice(_n("Kind"), EvidenceKind)
    name: str = c.text(_n("What it is"), required=True)
    link: str = c.link(_n("Web address"))
    dated: dt.date | None = c.date(_n("Date"))
    note: str = c.long_text(_n("Note"))
    file_name: str = c.text(
        _n("File"), help=_n("The name of the file that is kept with it. Files are added on the screen.")
    )
    file_sha256: str = c.text(
        _n("SHA-256 of the file"), longest=64, help=_n("What tells that a file is the one that was kept.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(c.Noun):
    """The written reason that a check of the principles asks for: comply or explain."""

    slug: ClassVar[str] = "explanations"
    title: ClassVar[str] = _n("Reasons given")
    singular: ClassVar[str] = _n("Reason given")
    about: ClassVar[str] = _n(
        "Where a check of the principles wants a reason, this is your answer. It goes into the report."
    )
    prefix: ClassVar[str] = "R"
    shown_by: ClassVar[str] = "check_name"

    ref: str = c.ref()
    check_name: str = c.text(
        _n("Check"), required=True, longest=80, help=_n("The name of the check, as the readiness page shows it.")
    )
    item: str = c.text(
        _n("Ref of the item"), longest=40, help=_n("Leave it blank to answer for all items of the check.")
    )
    reason: str = c.long_text(_n("Reason"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The whole account as plain data: what a door brings in, what the tables hold, what the rule book reads."""

    account: AccountDetails
    stakeholders: tuple[Stakeholder, ...] = ()
    subgroups: tuple[Subgroup, ...] = ()
    involvement: tuple[Involvement, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    chain_of_events: tuple[Link, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    valuations: tuple[Valuation, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    scenarios: tuple[ScenarioChange, ...] = ()
    co_production: tuple[CoProduction, ...] = ()
    well_being_goals: tuple[WellBeingGoal, ...] = ()
    sdg_targets: tuple[SdgTarget, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    replies: tuple[GroupReplies, ...] = ()
    """What came of the latest round of replies of each group. Read from the tables alone: no file brings it in."""


ROWS: tuple[type[c.Noun], ...] = (
    Stakeholder,
    Subgroup,
    Involvement,
    Input,
    Output,
    Outcome,
    Link,
    Indicator,
    Observation,
    Valuation,
    Adjustment,
    ScenarioChange,
    CoProduction,
    WellBeingGoal,
    SdgTarget,
    Evidence,
    Explanation,
)
"""Every noun that comes in rows, in the order of `Facts` and of the sheets of the workbook."""

BY_SLUG = {noun.slug: noun for noun in ROWS}


def attribute(noun: type[c.Noun]) -> str:
    """Return the name of the field of `Facts` that holds the rows of a noun."""
    return noun.slug.replace("-", "_")


def rows(facts: Facts, noun: type[c.Noun]) -> tuple[c.Noun, ...]:
    """Return the rows of one noun."""
    found: tuple[c.Noun, ...] = getattr(facts, attribute(noun))
    return found


def with_rows(facts: Facts, noun: type[c.Noun], wanted: Sequence[c.Noun]) -> Facts:
    """Return the account with these rows of one noun in place of those that it has."""
    changed: dict[str, Any] = {attribute(noun): tuple(wanted)}
    return replace(facts, **changed)


def every_row(facts: Facts) -> Iterator[tuple[type[c.Noun], c.Noun]]:
    """Yield every row of the account with its noun."""
    for noun in ROWS:
        for row in rows(facts, noun):
            yield noun, row


def called(row: c.Noun) -> str:
    """Return what a person would call the row."""
    name = getattr(row, row.shown_by)
    return name.label if isinstance(name, c.Choice) else str(name or getattr(row, "ref", ""))

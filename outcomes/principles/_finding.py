"""What a check of a principle says: met, needs a reason, or missing; about what; and where it is mended.

A check is written as a rule: a generator that yields a `Concern` for what it finds wanting, and nothing when all is
well. `check` makes the rule a `Check`, which holds the account's own reasons against each concern (comply or explain).
Messages are sentences marked for translation, always with %-placeholders filled from `params`: see `Finding.say`.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from accounts import columns
from accounts.nouns import AccountDetails
from outcomes.nouns import BY_SLUG, Facts
from outcomes.valuation import Workings


class Status(StrEnum):
    """How an account stands with a check."""

    MET = "met"
    NEEDS_REASON = "needs_reason"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a finding is about, and the field that mends it."""

    noun: str
    """The slug of the noun; "account" for the account's own particulars."""
    field: str
    ref: str = ""
    """The row to mend; "" for a row that is still to be added, and for the account itself."""
    about: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What a row that is to be added holds from the start, such as {"outcome": "O1"}."""
    called: str = ""
    """What a person would call it, in the account's own words; "" where the label of the field says it all."""
    aspect: str = ""
    """Which part of it is meant, such as one of the four factors: marked for translation."""
    reason: str = ""
    """The reason that the account gives for this item, if any."""
    place: str = ""
    """The page that mends it, by the name of its address, where no field does; `aspect` then says what it is about."""

    @property
    def is_new(self) -> bool:
        """Return whether a row has to be added."""
        return not self.ref and self.noun != AccountDetails.slug

    @property
    def subject(self) -> str:
        """Return the ref that a reason for this item names: the row's own, or that of the row which lacks a new one."""
        return self.ref or next(iter(self.about.values()), "")

    @property
    def label(self) -> str:
        """Return the label of the field that mends it, marked for translation."""
        noun = AccountDetails if self.noun == AccountDetails.slug else BY_SLUG[self.noun]
        return columns.column(noun, self.field).label


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What a rule finds wanting, before it is held against the reasons that the account gives."""

    status: Status
    message: str
    params: Mapping[str, object]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How the account stands with one check."""

    principle: int
    check: str
    status: Status
    message: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    items: tuple[Item, ...] = ()
    reason: str = ""
    """The reason that the account gives for all items of this check at once, if any."""
    stops: bool = False
    """Whether the account cannot be submitted until this is mended."""

    @property
    def is_open(self) -> bool:
        """Return whether somebody still has to act: what is missing must be mended, what needs a reason explained."""
        if self.status is Status.NEEDS_REASON:
            return not self.reason and not (self.items and all(item.reason for item in self.items))
        return self.status is Status.MISSING

    @property
    def is_explained(self) -> bool:
        """Return whether the account does not comply, and says why."""
        return self.status is Status.NEEDS_REASON and not self.is_open

    def say(self, translate: Callable[[str], str] = str) -> str:
        """Return the finding as a sentence; a door hands in its own `translate`."""
        return translate(self.message) % self.params


Rule = Callable[[Facts, Workings | None], Iterator[Concern]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question that an assessor would ask of an account, and the rule that answers it from the facts."""

    principle: int
    slug: str
    question: str
    met: str
    """What to say when all is well."""
    rule: Rule
    arises: Callable[[Facts], object] | None
    """Gives something false while there is nothing to judge yet; None if there always is."""
    before_submission: bool
    """Whether the organisation can meet it before it submits the account."""

    def __call__(self, facts: Facts, workings: Workings | None) -> Iterator[Finding]:
        """Yield one finding if met, one per status if not, and none if there is nothing to judge yet."""
        if self.arises is not None and not self.arises(facts):
            return
        concerns = tuple(self.rule(facts, workings))
        if not concerns:
            yield Finding(principle=self.principle, check=self.slug, status=Status.MET, message=self.met)
            return
        reasons = _reasons_given(facts, self.slug)
        yield from (self._finding(concern, reasons) for concern in concerns)

    def _finding(self, concern: Concern, reasons: Mapping[str, str]) -> Finding:
        return Finding(
            principle=self.principle,
            check=self.slug,
            status=concern.status,
            message=concern.message,
            params=concern.params,
            items=tuple(_with_reason(item, reasons) for item in concern.items),
            reason="" if concern.status is Status.MET else reasons.get("", ""),
            stops=concern.status is Status.MISSING and self.before_submission,
        )


def check(
    principle: int,
    slug: str,
    *,
    question: str,
    met: str,
    arises: Callable[[Facts], object] | None = None,
    before_submission: bool = True,
) -> Callable[[Rule], Check]:
    """Make a rule a check. `slug` is kept in the reasons that accounts give: it never changes once released."""

    def made(rule: Rule) -> Check:
        return Check(
            principle=principle,
            slug=slug,
            question=question,
            met=met,
            rule=rule,
            arises=arises,
            before_submission=before_submission,
        )

    return made


def missing(message: str, items: Sequence[Item], **params: object) -> Iterator[Concern]:
    """Yield what is missing from these items; nothing if there are none. `count` is among the params."""
    yield from _concerning(Status.MISSING, message, items, params)


def needs_reason(message: str, items: Sequence[Item], **params: object) -> Iterator[Concern]:
    """Yield that these items need a reason; nothing if there are none. `count` is among the params."""
    yield from _concerning(Status.NEEDS_REASON, message, items, params)


def _concerning(status: Status, message: str, items: Sequence[Item], params: Mapping[str, object]) -> Iterator[Concern]:
    if items:
        yield Concern(status=status, message=message, params={"count": len(items), **params}, items=tuple(items))


def _with_reason(item: Item, reasons: Mapping[str, str]) -> Item:
    """Return the item with the reason that the account gives for it, if any; else as it is: there can be thousands."""
    reason = reasons.get(item.subject) if reasons else None
    return replace(item, reason=reason) if reason else item


def _reasons_given(facts: Facts, slug: str) -> dict[str, str]:
    """Return the reasons that the account gives for a check, by the ref of the item ("" is for all items)."""
    return {
        each.item: each.reason.strip()
        for each in facts.explanations
        if each.check_name.strip().casefold() == slug and each.reason.strip()
    }

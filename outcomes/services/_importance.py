"""Say all at once how much each change matters next to the others: by points shared out, or by a ranking."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import parsing, rows
from accounts.columns import column
from accounts.errors import Stale
from accounts.models import Account, Person
from accounts.nouns import AccountDetails, ImportanceBy
from outcomes.coherence import Reason
from outcomes.facts import MODELS, read_facts, read_versions
from outcomes.intake import Unacceptable
from outcomes.nouns import Facts, Outcome, Valuation, with_rows
from outcomes.services._reasons import figures_in, missing_reason
from outcomes.services._steps import Doing, must_cohere, next_ref
from outcomes.services._whole import details_held
from outcomes.valuation import points_of_places

SHARED_POINTS = "shared points"
_TYPED_AS = {ImportanceBy.POINTS: "weight", ImportanceBy.RANKING: "rank"}
_SAID = ("source", "reason", "asked_stakeholders")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What a person typed of the importance of some outcomes, by the ref of each."""

    by: ImportanceBy
    given: Mapping[str, str]
    """The points of each outcome, or its place; blank for one that was not weighed."""
    anchor: str = ""
    """The outcome in money that the others are held against, if any."""
    said: Mapping[str, str]
    """What was said once of all of them: source, reason, asked_stakeholders."""


@transaction.atomic
def share_importance(
    *,
    actor: Person,
    account: Account,
    shares: Shares,
    seen: Mapping[str, int],
    version: int,
    now: dt.datetime,
    reason: str = "",
) -> None:
    """Keep the importance of some outcomes, and how it was found; all of it or nothing.

    From a ranking the points follow (`points_of_places`). What was said of all is kept with each outcome; one with a
    value in money keeps its own words, for those are about its price, and only takes what it lacks.

    `seen` is the version of the valuation of each outcome as the page showed it (0 where there was none), `version`
    that of the account. Raises Stale if somebody changed since what this would change; Unacceptable, with parts of
    outcomes under "outcomes", or Locked. Changing nothing changes nothing.
    """
    rows.hold(account)
    facts = read_facts(account)
    before = {each.outcome: each for each in reversed(facts.valuations)}
    wanted = dict(_valuations(account, facts, before, shares))
    changed = {outcome: row for outcome, row in wanted.items() if row != before.get(outcome)}
    weighed = any(given.strip() for given in shares.given.values())
    details = replace(facts.account, importance_by=shares.by) if weighed else facts.account
    if not changed and details == facts.account:
        return
    _must_hold(account, facts, replace(_with(facts, changed), account=details), reason)
    doing = Doing(actor=actor, account=account, now=now, reason=reason)
    if details != facts.account:
        _write_details(doing, facts.account, details, version)
    held = {row.ref: row for row in before.values()}
    versions = {ref: found for ref, (_key, found) in read_versions(account, Valuation).items()}
    # The new anchor last: the database takes no second one, not even for a moment.
    for outcome, row in sorted(changed.items(), key=lambda each: each[1].anchor is True):
        if versions.get(row.ref, 0) != seen.get(outcome, 0):
            raise Stale
        _write(doing, held.get(row.ref), row, seen.get(outcome, 0))


def _valuations(
    account: Account, facts: Facts, before: Mapping[str, Valuation], shares: Shares
) -> Iterator[tuple[str, Valuation]]:
    """Yield each outcome with its valuation as it should be; one that has none and gets no points stays without."""
    figures = _figures(shares)
    points = points_of_places(int(place) for place in figures.values() if place is not None)
    told = _told(shares.said)
    number = int(next_ref(account, Valuation, facts).removeprefix(Valuation.prefix))
    for outcome, figure in figures.items():
        row = before.get(outcome)
        if row is None and figure is None:
            continue
        if row is None:
            row = Valuation(ref=f"{Valuation.prefix}{number}", outcome=outcome)
            number += 1
        ranked = shares.by is ImportanceBy.RANKING and figure is not None
        weight = points[int(figure)] if ranked and figure is not None else figure
        is_anchor = outcome == shares.anchor
        yield (
            outcome,
            replace(
                row if figure is None else _saying(row, told),
                weight=weight,
                rank=int(figure) if ranked and figure is not None else None,
                anchor=True if is_anchor else (None if row.anchor else row.anchor),
            ),
        )


def _figures(shares: Shares) -> dict[str, Decimal | None]:
    """Return the points or the place of each outcome. Raises Unacceptable with a reason for each that is none."""
    name = _TYPED_AS[shares.by]
    declared = column(Valuation, name)
    read: dict[str, Decimal | None] = {}
    reasons = []
    for outcome, typed in shares.given.items():
        try:
            read[outcome] = parsing.read(declared, typed)
        except parsing.Refused as refused:
            reasons.append(_of_outcome(outcome, name, refused))
    if reasons:
        raise Unacceptable(reasons)
    return read


def _of_outcome(outcome: str, field: str, refused: parsing.Refused) -> Reason:
    return Reason(noun=Outcome.slug, row=0, ref=outcome, field=field, message=refused.message, params=refused.params)


def _told(said: Mapping[str, str]) -> dict[str, Any]:
    """Return what was said once of all outcomes. Raises Unacceptable."""
    read, reasons = {}, []
    for name in _SAID:
        try:
            read[name] = parsing.read(column(Valuation, name), said.get(name))
        except parsing.Refused as refused:
            reasons.append(
                Reason(noun=Valuation.slug, row=0, field=name, message=refused.message, params=refused.params)
            )
    if reasons:
        raise Unacceptable(reasons)
    return read


def _saying(row: Valuation, told: Mapping[str, Any]) -> Valuation:
    """Return a valuation that says what was said of all: in its own place if it has a price, or else instead."""
    keeps_its_own = row.value is not None
    new = {
        name: said
        for name, said in told.items()
        if said not in {None, ""} and not (keeps_its_own and getattr(row, name) not in {None, ""})
    }
    return replace(row, **new)


def _with(facts: Facts, changed: Mapping[str, Valuation]) -> Facts:
    by_ref = {row.ref: row for row in changed.values()}
    kept = [by_ref.pop(row.ref, row) for row in facts.valuations]
    return with_rows(facts, Valuation, [*kept, *by_ref.values()])


def _must_hold(account: Account, before: Facts, after: Facts, reason: str) -> None:
    """Refuse what does not hold together, or a figure that moves without a reason where one is asked for."""
    moved = figures_in(before.valuations) != figures_in(after.valuations)
    must_cohere(before, after, missing_reason(account, reason, Valuation, "", moved=moved))


def _write_details(doing: Doing, before: AccountDetails, after: AccountDetails, version: int) -> None:
    mine = Account.objects.filter(id=doing.account.id, version=version)
    if not mine.update(**details_held(after), version=F("version") + 1):
        raise Stale
    doing.record_rows("changed", AccountDetails, "", before, after)


def _write(doing: Doing, before: Valuation | None, after: Valuation, version: int) -> None:
    model, known = MODELS[Valuation], rows.ids(MODELS.values(), doing.account)
    if before is None:
        rows.add(model, doing.account, after, known)
    else:
        rows.change(model, doing.account, after.ref, after, known, version=version)
    doing.record_rows("added" if before is None else SHARED_POINTS, Valuation, after.ref, before, after)

"""Everything that was ever raised: outcomes and stakeholder groups, kept or dropped, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop as _n

from accounts.columns import Choice, Noun
from outcomes import shown
from outcomes.counting import Why, is_material, left_out
from outcomes.nouns import Facts, Outcome, attribute, rows as rows_of
from outcomes.principles import Part, counted_parts, left_out_parts
from outcomes.queries import Standing
from outcomes.views.pages import entry_url
from stakeholders.nouns import Consideration, Stakeholder

DECIDED_BY: Mapping[type[Noun], tuple[str, ...]] = {
    Outcome: (
        "relevant",
        "relevance_reason",
        "significant",
        "significance_reason",
        "decision",
        "decision_reason",
    ),
    Stakeholder: ("decision", "reason"),
}
"""The fields by which it is decided what an account includes, noun by noun."""


class Show(Choice):
    """What of the ledger is shown."""

    ALL = "all", _n("Everything")
    KEPT = "kept", _n("Kept")
    DROPPED = "dropped", _n("Dropped")
    OPEN = "open", _n("Not decided yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One judgement: what was asked, the answer and the reason for it."""

    question: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Something that was raised, and what became of it."""

    slug: str
    ref: str
    name: str
    url: str
    """Where the row is; blank if it was removed."""
    stands: Show
    words: str
    """What became of it, in words."""
    judged: tuple[Judged, ...]
    share: str
    """How much of all value it makes up, or would make up: of how much, and beside the threshold."""
    decide_url: str
    removed_by: str = ""
    removed_at: Any = None
    removed_why: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from the others on the page."""
        return f"raised-{self.slug}-{self.ref}"


def ledger_shown(held: Standing, records: Any, account: Any) -> list[dict[str, Any]]:
    """Return everything raised, noun by noun: first what the account holds, then what was removed from it."""
    shares = _shares(held, account.currency)
    return [
        {
            "title": _(noun.title),
            "slug": noun.slug,
            "raised": [*_held(noun, held.facts, shares, account.id), *_removed(noun, held.facts, records)],
        }
        for noun in DECIDED_BY
    ]


def only(groups: list[dict[str, Any]], show: Show) -> list[dict[str, Any]]:
    """Return the groups with what is asked for."""
    return [
        {**group, "raised": [each for each in group["raised"] if show in (Show.ALL, each.stands)]} for group in groups
    ]


def counts(groups: list[dict[str, Any]], account_id: UUID, asked: Show) -> list[dict[str, Any]]:
    """Return each way of looking at the ledger with how much it shows, and whether it is the one asked for."""
    every = [each for group in groups for each in group["raised"]]
    address = reverse("outcomes:ledger", args=[account_id])
    return [
        {
            "label": _(show.label),
            "count": sum(show in (Show.ALL, each.stands) for each in every),
            "url": address if show is Show.ALL else f"{address}?{urlencode({'show': show.value})}",
            "is_here": show is asked,
        }
        for show in Show
    ]


def decide_url(account_id: UUID, slug: str, ref: str) -> str:
    """Return the address at which one row of the ledger is decided."""
    return f"{reverse('outcomes:ledger', args=[account_id])}?{urlencode({'noun': slug, 'ref': ref})}"


def _held(noun: type[Noun], facts: Facts, shares: Mapping[str, str], account_id: UUID) -> Iterator[Raised]:
    why_not = {each.outcome.ref: each.why for each in left_out(facts)} if noun is Outcome else {}
    for row in rows_of(facts, noun):
        stands, told = _stands(row, why_not)
        ref = str(getattr(row, "ref", ""))
        yield Raised(
            slug=noun.slug,
            ref=ref,
            name=str(getattr(row, "name", "")),
            url=entry_url(account_id, noun.slug, ref),
            stands=stands,
            words=told,
            judged=_judged(noun, {name: getattr(row, name) for name in DECIDED_BY[noun]}),
            share=shares.get(ref, "") if noun is Outcome else "",
            decide_url=decide_url(account_id, noun.slug, ref),
        )


def _stands(row: Any, why_not: Mapping[str, Why]) -> tuple[Show, str]:
    """Return what became of a row: an outcome that is not material is dropped, whatever was decided."""
    if isinstance(row, Outcome) and not is_material(row):
        return Show.DROPPED, _(why_not[row.ref].label)
    if row.decision is Consideration.INCLUDED:
        return Show.KEPT, _(row.decision.label)
    if row.decision is Consideration.EXCLUDED:
        return Show.DROPPED, _(row.decision.label)
    return Show.OPEN, _("Not decided yet")


def _judged(noun: type[Noun], said: Mapping[str, Any]) -> tuple[Judged, ...]:
    """Return the judgements of a row as it stands, or as the record has it."""
    asked = (
        (_("Is it relevant?"), "relevant", "relevance_reason"),
        (_("Is it significant?"), "significant", "significance_reason"),
        (_("Included or left out?"), "decision", "decision_reason" if noun is Outcome else "reason"),
    )
    return tuple(
        Judged(question=question, answer=_answer(said.get(field)), reason=str(said.get(reason) or ""))
        for question, field, reason in asked
        if field in DECIDED_BY[noun]
    )


def _answer(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return next((_(each.label) for each in Consideration if each == value), str(value))


def _removed(noun: type[Noun], facts: Facts, records: Any) -> Iterator[Raised]:
    """Yield what was removed, as it was when it went last; what has come back is not removed."""
    seen = {str(getattr(row, "ref", "")) for row in rows_of(facts, noun)}
    for record in records:
        for said in _taken_away(noun, record):
            ref = str(said.get("ref", ""))
            if ref not in seen:
                seen.add(ref)
                yield _went(noun, ref, said, record)


def _taken_away(noun: type[Noun], record: Any) -> list[Mapping[str, Any]]:
    """Return the rows that a record took away: one, or all that the account held before a workbook took its place."""
    before = record.before if isinstance(record.before, dict) else {}
    if record.verb != "replaced":
        return [{**before, "ref": record.ref}] if record.noun == noun.slug else []
    return list((before.get("account") or {}).get(attribute(noun), ()))


def _went(noun: type[Noun], ref: str, said: Mapping[str, Any], record: Any) -> Raised:
    source = str((record.after or {}).get("source", "")) if record.verb == "replaced" else ""
    by_file = _("“%(source)s” was brought in, and does not have it.") % {"source": source} if source else ""
    return Raised(
        slug=noun.slug,
        ref=ref,
        name=str(said.get("name", "")),
        url="",
        stands=Show.DROPPED,
        words=_("Removed"),
        judged=_judged(noun, said),
        share="",
        decide_url="",
        removed_by=str(record.person) if record.person else _("An operator"),
        removed_at=record.at,
        removed_why=" ".join(each for each in (by_file, record.reason) if each),
    )


def _shares(held: Standing, currency: str) -> dict[str, str]:
    """Return how much of all value each outcome makes up, or would make up if it were included, by its ref."""
    facts = held.facts
    undecided_too = tuple(
        replace(each, decision=Consideration.EXCLUDED) if each.decision is None else each for each in facts.outcomes
    )
    in_money = held.workings is not None and held.workings.is_in_money
    threshold = facts.account.significance_threshold
    told = {
        part.outcome.ref: _share(part, currency if in_money else "", threshold, counts=True)
        for part in counted_parts(facts, held.workings)
    }
    would = {
        part.outcome.ref: _share(part, currency if in_money else "", threshold, counts=False)
        for part in left_out_parts(replace(facts, outcomes=undecided_too))
    }
    return {**would, **told}


def _share(part: Part, currency: str, threshold: Decimal | None, *, counts: bool) -> str:
    size, whole = (
        shown.money(each, currency) if currency else _("%(points)s points") % {"points": shown.number(each, 2)}
        for each in (part.size, part.whole)
    )
    makes_up = (
        _("Makes up %(size)s of %(whole)s (%(share)s).")
        if counts
        else _("Would make up %(size)s of %(whole)s (%(share)s).")
    )
    said = makes_up % {"size": size, "whole": whole, "share": shown.share(part.size / part.whole)}
    if threshold is None:
        return f"{said} {_('The account states no threshold yet.')}"
    beside = (
        _("That reaches the threshold of %(threshold)s.")
        if part.is_at_least(threshold)
        else _("That is below the threshold of %(threshold)s.")
    )
    return f"{said} {beside % {'threshold': shown.share(threshold)}}"

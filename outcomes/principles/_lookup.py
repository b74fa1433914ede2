"""What the rules of several principles look up: rows by the row that they belong to, and items that name a field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from accounts import columns
from accounts.nouns import AccountDetails
from outcomes.counting import may_count
from outcomes.nouns import Facts, Indicator, Outcome, Valuation, called
from outcomes.principles._finding import Concern, Item, missing, needs_reason
from stakeholders.nouns import Consideration, Involvement, Stakeholder

Row = TypeVar("Row")


def material_outcomes(facts: Facts) -> tuple[Outcome, ...]:
    """Return the outcomes that count, or that will unless somebody decides otherwise."""
    return tuple(filter(may_count, facts.outcomes))


def groups_considered(facts: Facts) -> tuple[Stakeholder, ...]:
    """Return the stakeholder groups that are not left out."""
    return tuple(each for each in facts.stakeholders if each.decision is not Consideration.EXCLUDED)


def groups_that_change(facts: Facts) -> tuple[Stakeholder, ...]:
    """Return the groups that are not left out and have a material outcome."""
    changed = {outcome.stakeholder for outcome in material_outcomes(facts)}
    return tuple(each for each in groups_considered(facts) if each.ref in changed)


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Return the rows in lists by their key, each in the order of the account."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def occasions_by_group(facts: Facts) -> Mapping[str, list[Involvement]]:
    """Return the occasions of involvement by the ref of the group."""
    return grouped(facts.involvement, lambda each: each.stakeholder)


def indicators_by_outcome(facts: Facts) -> Mapping[str, list[Indicator]]:
    """Return the indicators by the ref of the outcome."""
    return grouped(facts.indicators, lambda each: each.outcome)


def valued(facts: Facts) -> Iterator[tuple[Outcome, Valuation]]:
    """Yield each material outcome that has a value, in money or in points, with its valuation."""
    valuations = {each.outcome: each for each in reversed(facts.valuations)}
    for outcome in material_outcomes(facts):
        valuation = valuations.get(outcome.ref)
        if valuation is not None and (valuation.value is not None or valuation.weight is not None):
            yield outcome, valuation


def valued_in_money(facts: Facts) -> tuple[tuple[Outcome, Valuation], ...]:
    """Return each material outcome that has a value in money of its own, with its valuation."""
    return tuple((outcome, valuation) for outcome, valuation in valued(facts) if valuation.value is not None)


def item(
    row: columns.Noun, field: str, *, called_by: str = "", aspect: str = "", reason: str = "", place: str = ""
) -> Item:
    """Return an item for a field of a row of the account; with `place`, for what a page of its own mends."""
    return Item(
        noun=row.slug,
        ref=getattr(row, "ref", ""),
        field=field,
        called=called_by or called(row),
        aspect=aspect,
        reason=reason.strip(),
        place=place,
    )


def new_row(noun: type[columns.Noun], field: str, *, called_by: str = "", aspect: str = "", **about: str) -> Item:
    """Return an item for a row that has to be added; `about` is what it holds from the start."""
    return Item(noun=noun.slug, field=field, about=about, called=called_by, aspect=aspect)


def of_account(field: str) -> Item:
    """Return an item for a field of the account's own particulars."""
    return Item(noun=AccountDetails.slug, field=field)


def says_nothing(words: str) -> bool:
    """Return whether nothing was written."""
    return not words.strip()


def normal(words: str) -> str:
    """Return words without capitals, punctuation and double spaces, to tell whether two people meant the same."""
    return " ".join("".join(each if each.isalnum() else " " for each in words.casefold()).split())


def not_answered_yes(
    facts: Facts, groups: Sequence[Stakeholder], field: str, *, unanswered: str, refused: str
) -> Iterator[Concern]:
    """Yield for how many groups a yes-no question about their involvement was not answered yes on any occasion.

    An open question is missing an answer; "no" is an answer that needs a reason. Groups that were never asked are
    another check's business.
    """
    occasions = occasions_by_group(facts)
    open_still, all_no = [], []
    for group in groups:
        asked = occasions.get(group.ref, [])
        given = [getattr(occasion, field) for occasion in asked]
        if None in given and True not in given:
            open_still.append(item(asked[given.index(None)], field, called_by=group.name))
        elif given and True not in given:
            all_no.append(item(asked[0], field, called_by=group.name))
    yield from missing(unanswered, open_still)
    yield from needs_reason(refused, all_no)


def have_been_asked(facts: Facts) -> bool:
    """Return whether any group that changes has an occasion of involvement."""
    occasions = occasions_by_group(facts)
    return any(each.ref in occasions for each in groups_that_change(facts))

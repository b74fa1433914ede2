"""Rows, what they point to, and what leads to what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from accounts.columns import Column, Noun, columns
from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, Terms, at, ref_of, sharing
from outcomes.nouns import BY_SLUG, ROWS, Facts, rows
from outcomes.valuation import RESERVED


def refs_are_unique(facts: Facts) -> Iterator[Reason]:
    """Yield the rows of a noun that share a ref; capitals make no difference, for people cannot hear them."""
    message = _n("Another row has the ref “%(ref)s” too. Give each row a ref of its own.")
    for noun in ROWS:
        for position, row, _ in sharing(rows(facts, noun), lambda row: ref_of(row).casefold()):
            yield at(row, position, "ref", message, ref=ref_of(row))


def outcomes_have_usable_refs(facts: Facts) -> Iterator[Reason]:
    """Yield the outcomes whose ref is the name of one of the account's own figures."""
    for position, outcome in enumerate(facts.outcomes):
        if outcome.ref in RESERVED:
            message = _n("“%(ref)s” is the name of one of the account's figures. Choose another ref, such as O1.")
            yield at(outcome, position, "ref", message, ref=outcome.ref)


def pointers_lead_somewhere(facts: Facts) -> Iterator[Reason]:
    """Yield the cells that hold the ref of a row that is not there, or of more than one."""
    refs = {noun.slug: {ref_of(row) for row in rows(facts, noun)} for noun in ROWS}
    for noun in ROWS:
        for pointer in (each for each in columns(noun) if each.refers_to):
            held = [refs[slug] for slug in pointer.refers_to]
            for position, row in enumerate(rows(facts, noun)):
                ref = getattr(row, pointer.name)
                if ref and sum(ref in each for each in held) != 1:
                    yield _astray(row, position, pointer, refs)


def _astray(row: Noun, position: int, pointer: Column, refs: Mapping[str, set[str]]) -> Reason:
    ref = getattr(row, pointer.name)
    found = [slug for slug in pointer.refers_to if ref in refs[slug]]
    sheets = Terms(BY_SLUG[slug].title for slug in found or pointer.refers_to)
    if found:
        message = _n("“%(ref)s” is the ref of more than one row: in %(sheets)s. Give one of them another ref.")
    else:
        message = _n("There is no row “%(ref)s” in %(sheets)s. Enter the ref of a row that is there.")
    return at(row, position, pointer.name, message, ref=ref, sheets=sheets)


def subgroups_belong_to_their_group(facts: Facts) -> Iterator[Reason]:
    """Yield the outcomes for a subgroup of another group than their own."""
    group_of = {each.ref: each.stakeholder for each in facts.subgroups}
    for position, outcome in enumerate(facts.outcomes):
        group = group_of.get(outcome.subgroup)
        if group and outcome.stakeholder and group != outcome.stakeholder:
            message = _n("Subgroup %(subgroup)s is part of %(group)s, and this outcome is for %(stakeholder)s.")
            named = {"subgroup": outcome.subgroup, "group": group, "stakeholder": outcome.stakeholder}
            yield at(outcome, position, "subgroup", message, **named)


def steps_do_not_repeat(facts: Facts) -> Iterator[Reason]:
    """Yield the steps of the chain of events that are there more than once."""
    for position, link, refs in sharing(facts.chain_of_events, lambda row: row.effect and (row.cause, row.effect)):
        yield at(link, position, "effect", _n("This step is there more than once: %(refs)s. Keep one."), refs=refs)


def nothing_causes_itself(facts: Facts) -> Iterator[Reason]:
    """Yield the steps by which a change leads to itself: at once, or round the first circle that is found."""
    effects: dict[str, list[str]] = defaultdict(list)
    for position, link in enumerate(facts.chain_of_events):
        if link.cause and link.cause == link.effect:
            yield at(link, position, "effect", _n("A change cannot lead to itself. Choose another one."))
        else:
            effects[link.cause].append(link.effect)
    circle = _circle(effects)
    steps = set(pairwise(circle))
    for position, link in enumerate(facts.chain_of_events):
        if (link.cause, link.effect) in steps:
            message = _n("These steps lead in a circle: %(circle)s. An effect cannot come before its own cause.")
            yield at(link, position, "effect", message, circle=" → ".join(circle))


def _circle(effects: Mapping[str, Sequence[str]]) -> list[str]:
    """Return one circle from cause to effect, its first ref again at its end; empty if there is none."""
    try:
        TopologicalSorter(effects).prepare()
    except CycleError as found:
        return list(reversed(found.args[1]))
    return []


def one_row_for_each_statement(facts: Facts) -> Iterator[Reason]:
    """Yield the rows that answer a statement of co-production that another row answers too."""
    for position, row, refs in sharing(facts.co_production, lambda row: row.statement):
        message = _n("This statement is answered more than once: %(refs)s. Keep one.")
        yield at(row, position, "statement", message, refs=refs)

"""The chain of events as a graph: what leads to what, over any number of steps."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from outcomes.nouns import Facts

Edges = Mapping[str, Sequence[str]]


def effects(facts: Facts) -> Edges:
    """Return what each output or outcome leads to directly, by ref."""
    found: dict[str, list[str]] = {}
    for link in facts.chain_of_events:
        found.setdefault(link.cause, []).append(link.effect)
    return found


def causes(facts: Facts) -> Edges:
    """Return what leads to each outcome directly, by ref."""
    found: dict[str, list[str]] = {}
    for link in facts.chain_of_events:
        found.setdefault(link.effect, []).append(link.cause)
    return found


def circle(facts: Facts) -> tuple[str, ...]:
    """Return the refs along one chain that comes back to where it began, the first at both ends; else none."""
    try:
        TopologicalSorter(causes(facts)).prepare()
    except CycleError as fault:
        return tuple(fault.args[1])
    return ()


def reached(starts: Iterable[str], edges: Edges) -> set[str]:
    """Return the starts and all that can be reached from them along the edges."""
    found: set[str] = set()
    ahead = list(starts)
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead.extend(edges.get(here, ()))
    return found


def passed_on(marks: Mapping[str, str], edges: Edges) -> Mapping[str, set[str]]:
    """Return for each ref the marks that reach it along the edges, over any number of steps but not none.

    Marks are few (the groups of stakeholders): the time taken grows with the edges, not with the number of paths.
    """
    found: dict[str, set[str]] = {}
    ahead = list(marks)
    while ahead:
        here = ahead.pop()
        carried = found.get(here, set()) | ({marks[here]} if here in marks else set())
        for following in edges.get(here, ()):
            known = found.setdefault(following, set())
            if not carried <= known:
                known |= carried
                ahead.append(following)
    return found

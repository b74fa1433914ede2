"""A chain of events set out in columns from left to right, with as few crossings as a few sweeps find.

After Sugiyama: an arrow that closes a circle is turned round; each thing stands one column to the right of its
furthest cause; an arrow over several columns passes through a small gap in each; columns are put in order by the mean
place of their neighbours. The same chain gives the same columns, always.
"""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

Link = tuple[str, str]
"""From a cause to an effect."""

_SWEEPS = 12
_PULLS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a column: that of a thing, or (with `link`) a gap for an arrow that passes."""

    key: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """The cells that an arrow goes through, from left to right; `back` if it points to the left."""

    cause: str
    effect: str
    cells: tuple[Cell, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns from left to right, each from top to bottom, and the arrows between them."""

    columns: tuple[tuple[Cell, ...], ...]
    routes: tuple[Route, ...]


def columns(firsts: Sequence[str], others: Sequence[str], links: Iterable[Link], *, most: int) -> Columns:
    """Set out the chain: `firsts` (outputs) stand left of all `others`; no column holds more than `most` things.

    Each link is given once, between two different things of the lists. What no link touches is left out.
    """
    kept = list(links)
    touched = {end for link in kept for end in link}
    keys = [key for key in (*firsts, *others) if key in touched]
    turned = _closing(keys, kept)
    forward = [(b, a) if (a, b) in turned else (a, b) for a, b in kept]
    depth = _depths([key for key in firsts if key in touched], keys, forward, most)
    routes = tuple(_route(link, ahead, depth) for link, ahead in zip(kept, forward, strict=True))
    return Columns(_ordered(keys, depth, routes), routes)


def _closing(keys: Sequence[str], links: Sequence[Link]) -> frozenset[Link]:
    """Return the links that close a circle, met on a walk that follows the causes in the order given."""
    effects = _by_cause(links)
    done: set[str] = set()
    closing: set[Link] = set()
    for start in keys:
        if start in done:
            continue
        on_way = {start}
        way = [(start, iter(effects[start]))]
        while way:
            here, ahead = way[-1]
            step = next(ahead, None)
            if step is None:
                way.pop()
                on_way.discard(here)
                done.add(here)
            elif step in on_way:
                closing.add((here, step))
            elif step not in done:
                on_way.add(step)
                way.append((step, iter(effects[step])))
    return frozenset(closing)


def _by_cause(links: Iterable[Link]) -> defaultdict[str, list[str]]:
    effects: defaultdict[str, list[str]] = defaultdict(list)
    for cause, effect in links:
        effects[cause].append(effect)
    return effects


def _depths(firsts: Sequence[str], keys: Sequence[str], links: Sequence[Link], most: int) -> dict[str, int]:
    """Return the column of each thing; a full column sends what is left over to the next one."""
    effects = _by_cause(links)
    waiting = Counter(effect for _, effect in links)
    depth: dict[str, int] = {}
    filled: Counter[int] = Counter()
    earliest = dict.fromkeys(keys, 0)
    # Effects are only ever outcomes, so outputs come first here and `after_firsts` is known when it is needed.
    ready = [*firsts, *(key for key in keys if key not in set(firsts) and not waiting[key])]
    after_firsts = 0
    for key in ready:
        column = max(earliest[key], 0 if key in firsts else after_firsts)
        while filled[column] >= most:
            column += 1
        depth[key] = column
        filled[column] += 1
        after_firsts = max(after_firsts, column + 1) if key in firsts else after_firsts
        for effect in effects[key]:
            earliest[effect] = max(earliest[effect], column + 1)
            waiting[effect] -= 1
            if not waiting[effect]:
                ready.append(effect)
    return depth


def _route(link: Link, ahead: Link, depth: Mapping[str, int]) -> Route:
    left, right = ahead
    gaps = (Cell(f"{column}", link) for column in range(depth[left] + 1, depth[right]))
    return Route(*link, cells=(Cell(left), *gaps, Cell(right)), back=ahead != link)


def _ordered(keys: Sequence[str], depth: Mapping[str, int], routes: Sequence[Route]) -> tuple[tuple[Cell, ...], ...]:
    """Return the columns in the best order that sweeping to and fro found."""
    start: list[list[Cell]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for key in keys:
        start[depth[key]].append(Cell(key))
    for route in routes:
        for index, cell in enumerate(route.cells):
            if cell.link:
                start[depth[route.cells[0].key] + index].append(cell)
    before, after = _neighbours(routes)
    best, now = start, start
    fewest = _crossings(start, after)
    for sweep in range(_SWEEPS):
        now = _swept(now, before) if sweep % 2 == 0 else _swept(now[::-1], after)[::-1]
        crossings = _crossings(now, after)
        if crossings < fewest:
            best, fewest = now, crossings
    return tuple(map(tuple, best))


Neighbours = Mapping[Cell, Sequence[Cell]]


def _neighbours(routes: Iterable[Route]) -> tuple[Neighbours, Neighbours]:
    """Return the cells on the left, and those on the right, that each cell has an arrow to or from."""
    before: defaultdict[Cell, list[Cell]] = defaultdict(list)
    after: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for route in routes:
        for left, right in pairwise(route.cells):
            before[right].append(left)
            after[left].append(right)
    return dict(before), dict(after)


def _swept(columns: Sequence[list[Cell]], towards: Neighbours) -> list[list[Cell]]:
    """Return the columns, each put in order by the mean place of its cells' neighbours in the one before."""
    swept = [list(columns[0])] if columns else []
    for column in columns[1:]:
        place = {cell: index for index, cell in enumerate(swept[-1])}
        swept.append(_by_mean(column, place, towards))
    return swept


def _by_mean(column: list[Cell], place: Mapping[Cell, int], towards: Neighbours) -> list[Cell]:
    def mean(index: int) -> float:
        places = [place[each] for each in towards.get(column[index], ()) if each in place]
        return sum(places) / len(places) if places else float(index)

    return [column[index] for index in sorted(range(len(column)), key=mean)]


def _crossings(columns: Sequence[list[Cell]], after: Neighbours) -> int:
    return sum(_crossings_between(left, right, after) for left, right in pairwise(columns))


def _crossings_between(left: list[Cell], right: list[Cell], after: Neighbours) -> int:
    place = {cell: index for index, cell in enumerate(right)}
    met: list[int] = []
    crossings = 0
    for cell in left:
        ends = sorted(place[each] for each in after.get(cell, ()))
        crossings += sum(len(met) - bisect_right(met, end) for end in ends)
        for end in ends:
            insort(met, end)
    return crossings


def middles(laid: Columns, apart: Callable[[Cell, Cell], float]) -> dict[Cell, float]:
    """Return how far down the middle of each cell is: near its neighbours, in order, and not too near to the next.

    `apart` says how far the middles of two cells, one above the other, must be from each other. The places count from
    anywhere: the least may be below zero.
    """
    before, after = _neighbours(laid.routes)
    middle: dict[Cell, float] = {}
    for column in laid.columns:
        middle.update(_spaced(column, [0.0] * len(column), apart))
    for pull in range(_PULLS):
        order = laid.columns if pull % 2 == 0 else laid.columns[::-1]
        for column in order:
            wished = [_mean_middle(cell, middle, before, after) for cell in column]
            middle.update(_spaced(column, wished, apart))
    return middle


def _mean_middle(cell: Cell, middle: Mapping[Cell, float], before: Neighbours, after: Neighbours) -> float:
    near = [middle[each] for each in (*before.get(cell, ()), *after.get(cell, ()))]
    return sum(near) / len(near) if near else middle[cell]


def _spaced(column: Sequence[Cell], wished: Sequence[float], apart: Callable[[Cell, Cell], float]) -> dict[Cell, float]:
    """Return the places nearest to those wished for (least squares) that keep the order and the distances."""
    steps = (apart(above, below) for above, below in pairwise(column))
    offsets = list(accumulate(steps, initial=0.0))
    level = _level([wish - offset for wish, offset in zip(wished, offsets, strict=False)])
    return {cell: place + offset for cell, place, offset in zip(column, level, offsets, strict=False)}


def _level(wished: Iterable[float]) -> list[float]:
    """Return the nearest figures that nowhere fall: those that would are pooled at their mean."""
    pools: list[tuple[float, int]] = []
    for wish in wished:
        mean, count = wish, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]

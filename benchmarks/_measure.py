"""What a measure is, how it is taken, and how it is printed: as a row of one table, whichever script it is from."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

Job = Callable[[], object]

_ROW = "{:<50} {:>11} {:>11} {:>7}  {:<26} {}"


class Unit(Enum):
    """What is measured, with how it is written: a factor, a format."""

    SECONDS = 1, "{:.3f} s"
    MILLISECONDS = 1_000, "{:.1f} ms"
    KILOBYTES = 1e-3, "{:.1f} kB"
    MEGABYTES = 1e-6, "{:.0f} MB"
    FILES = 1, "{:.0f}"

    def show(self, amount: float) -> str:
        """Write an amount of seconds, bytes or files."""
        factor, form = self.value
        return form.format(amount * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What something took, what its bare peer took in the same run, and what is to be reached."""

    what: str
    took: float
    """Seconds, bytes or files."""
    bare: float
    beside: str
    """What the bare peer is."""
    unit: Unit = Unit.SECONDS
    most: float | None = None
    """What it may take at most; None if nothing was promised."""
    most_times: float | None = None
    """How many times as much as its peer it may take at most; None if nothing was promised."""

    @property
    def ratio(self) -> float:
        """Return how many times as much as its peer it took."""
        return self.took / self.bare

    @property
    def to_reach(self) -> str:
        """Return what was promised, and whether it was kept in this run."""
        promises = []
        if self.most is not None:
            promises.append((f"at most {self.unit.show(self.most)}", self.took <= self.most))
        if self.most_times is not None:
            promises.append((f"at most {self.most_times:g} times", self.ratio <= self.most_times))
        return ", ".join(f"{promise}: {'yes' if kept else 'NO'}" for promise, kept in promises)


class Times(NamedTuple):
    """The median of some turns in seconds: by the clock, and of processor time."""

    clock: float
    processor: float


def medians(jobs: Sequence[Job], *, turns: int) -> list[Times]:
    """Return how long each job takes. They take turns, so that a busy moment meets all of them alike.

    The clock also counts while neighbours have the processor; processor time does not count while we wait.
    """
    for job in jobs:
        job()
    taken = [[times(job) for job in jobs] for _turn in range(turns)]
    return [Times(*map(median, zip(*turn, strict=True))) for turn in zip(*taken, strict=True)]


def times(job: Job) -> Times:
    """Return how long a job takes this once."""
    clock, processor = perf_counter(), process_time()
    job()
    return Times(perf_counter() - clock, process_time() - processor)


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print figures as rows under their title, each as soon as it is there."""
    print(_ROW.format(title, "ours", "bare", "ratio", "to reach", "what the bare one is"), flush=True)
    for each in figures:
        amounts = each.unit.show(each.took), each.unit.show(each.bare), f"{each.ratio:.2f}"
        print(_ROW.format(each.what, *amounts, each.to_reach, each.beside).rstrip(), flush=True)


def machine() -> str:
    """Return how busy the machine is, in a sentence."""
    return f"{os.cpu_count()} processors; {os.getloadavg()[0]:.1f} processes wanted one over the last minute."

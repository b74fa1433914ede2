"""Whether a worker that is killed loses a report, makes one twice, or leaves a file behind.

Run as `python -m benchmarks.kill`. What is measured, with the embedded worker, which forks a child for each report:

1. `kill -9` of the child at five points, with a page in the place of a whole report, signed as all are, twenty times
   each: when it had taken the job, while it set the pages, when the report was signed and not kept, half through
   writing the file, between the file and the row. The next child makes the report. Then every report is published, and
   asked to be published once more. To reach: none lost, none published twice, no file that no report stands for. The
   tests do the same four times a point, on both databases, and once a point under Celery and Redis.
2. `kill -9` of a child that makes a real report, at moments drawn by lot, twenty times: nobody chose these.
3. How long a real report takes that was killed once, beside one that was not.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter
from types import SimpleNamespace

import numpy as np
import psutil
from django.utils import timezone

from benchmarks._measure import Figure, Unit, machine, show
from benchmarks._scratch import prepare
from reports import pdf, services, worker
from reports.errors import AlreadyPublished
from reports.models import Listing, RenderJob, Report
from tests import factories
from tests.reports import dying
from tests.reports.signed import unsigned

KILLS = 20
BY_LOT = 20
SEED = 20261124
drawn = pdf.make
"""What draws a whole report, before anything else is put in its place."""


def figures() -> Iterator[Figure]:
    """Yield what was lost, doubled and left over, and what a kill costs."""
    yield from outcome("killed at five points", [killed_at(point) for point in dying.POINTS for _kill in range(KILLS)])
    pdf.make = drawn
    unharmed = median(seconds(partial(render, asked_for())) for _turn in range(3))
    lot = np.random.default_rng(SEED)
    jobs = [asked_for() for _kill in range(BY_LOT)]
    taken = [seconds(partial(killed_after, float(lot.uniform(0, unharmed)), job)) for job in jobs]
    yield from outcome("killed by lot", jobs)
    yield Figure(what="a small report, killed once", took=median(taken), bare=unharmed, beside="never killed")


def outcome(what: str, jobs: list[RenderJob]) -> Iterator[Figure]:
    """Yield how many of these reports are lost, are published twice, and how many files nobody knows."""
    figure = partial(Figure, bare=len(jobs), beside="kills", unit=Unit.FILES, most=0)
    yield figure(what=f"{what}: reports lost", took=sum(not dying.is_whole(job) for job in jobs))
    yield figure(what=f"{what}: published twice", took=sum(map(is_published_twice, jobs)))
    yield figure(what=f"{what}: files left over", took=len(dying.kept() - dying.known()))


def is_published_twice(job: RenderJob) -> bool:
    """Publish a report, and again; return whether it took more than the first time, or is listed more than once."""
    report = Report.objects.get(drawn_from=job.drawn_from)
    factories.publish(report, now=timezone.now())
    try:
        factories.publish(report, now=timezone.now())
    except AlreadyPublished:
        return Listing.objects.filter(report=report).count() != 1
    return True


def asked_for() -> RenderJob:
    """Return a report that waits, of an account that was submitted."""
    return factories.queued(factories.submitted().account)


def killed_at(point: str) -> RenderJob:
    """Let the first child die at a point, and the next make the report."""
    job = asked_for()
    dying.arm(point)
    render(job)
    if not dying.has_died():
        raise AssertionError(f"nobody came to the point {point!r}")
    render(job)
    return job


def killed_after(delay: float, job: RenderJob) -> None:
    """Kill the first child after so many seconds, whatever it is at, and let the next make the report if need be."""
    clock = threading.Timer(delay, kill_children)
    clock.start()
    render(job)
    clock.join()
    if services.is_under_way(job.id):
        render(job)


def kill_children() -> None:
    """Kill whatever this process forked."""
    for child in psutil.Process().children():
        child.kill()


def render(job: RenderJob) -> None:
    """Render a job as the embedded worker does: in a child that it forks."""
    worker.render(job.id, stopping=lambda: False)


def seconds(job: Callable[[], object]) -> float:
    """Return how long something takes by the clock."""
    started = perf_counter()
    job()
    return perf_counter() - started


def main() -> None:
    """Print the table."""
    prepare()
    logging.getLogger("reports").setLevel(logging.CRITICAL)
    page = unsigned()
    pdf.make = lambda *_given, **_named: SimpleNamespace(content=page, pages=1)
    dying.make_mortal()
    show("Workers that are killed", figures())
    print(machine())


if __name__ == "__main__":
    main()

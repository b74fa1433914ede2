"""The embedded worker: poll the table of jobs, and render each job in a child process that gives its memory back.

It applies the very task that Celery runs in production. The child is forked from a parent that has loaded everything
but rendered nothing, so a job starts at once and the parent stays small.
"""

import logging
import multiprocessing
import time
from collections.abc import Callable
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections
from django.utils import timezone

from reports import services, tasks

PAUSE = 0.3
SWEEP = 60.0
_fork = multiprocessing.get_context("fork")
log = logging.getLogger(__name__)


def work(*, stopping: Callable[[], bool]) -> None:
    """Render what is waiting, one at a time, until asked to stop; and sweep now and then, as beat does elsewhere."""
    next_sweep = time.monotonic()
    while not stopping():
        if time.monotonic() >= next_sweep:
            tasks.sweep()
            next_sweep = time.monotonic() + SWEEP
        jobs = services.waiting(timezone.now())
        for job in jobs[:1]:
            render(job, stopping=stopping)
        if not jobs:
            time.sleep(PAUSE)


def render(job: UUID, *, stopping: Callable[[], bool]) -> None:
    """Render one job in a child. If the child dies, hangs, or we are to stop, the job goes back to the queue."""
    fence = uuid4()
    connections.close_all()  # a connection must not be shared with the child
    child = _fork.Process(target=tasks.render_report.apply, kwargs={"args": [str(job), str(fence)]})
    child.start()
    limit = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT
    while child.is_alive() and not stopping() and time.monotonic() < limit:
        child.join(timeout=PAUSE)
    stopped = child.is_alive() and stopping()
    if child.is_alive():
        child.kill()
        child.join()
    if stopped:
        services.put_back(job, fence)
    elif services.release(job, fence, now=timezone.now(), failure="the worker was lost"):
        log.error("A rendering was lost.", extra={"job": str(job), "exit": child.exitcode})


def render_here(job: UUID) -> None:
    """Render one job in this process; if another worker was quicker, wait until it is done or has given up."""
    while services.is_under_way(job):
        tasks.render_report.apply(args=[str(job)])
        if services.is_under_way(job):
            time.sleep(PAUSE)

"""Several people at once: each in a thread and a connection of their own, let go at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

PATIENCE = 30.0


def race(*attempts: Callable[[], Any]) -> list[Any]:
    """Return what each attempt returned, or the exception that it raised, in their order."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], Any]) -> Any:
        try:
            connections["default"].ensure_connection()
            start.wait(PATIENCE)
            return attempt()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as threads:
        running = [threads.submit(run, attempt) for attempt in attempts]
        return [each.exception(PATIENCE) or each.result() for each in running]

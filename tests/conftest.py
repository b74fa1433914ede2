"""What every test may rely on: the browser, the worker, and that each engine runs the tests that are for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from _pytest.terminal import TerminalReporter
from django.conf import settings
from django.db import connection

from tests.machine import require
from tests.worker import running_worker

# No deadline: two cores shared with others say nothing about our speed. `benchmarks/` does.
hypothesis.settings.register_profile("socialvalue", deadline=None, print_blob=True)
hypothesis.settings.load_profile("socialvalue")

# The marks of the tests that run on one of the two engines only.
ONCE = {"browser", "local"}
WITH_SERVICES = {"services"}

# Where `./run test` wants the counts of this run.
RESULT = "SOCIALVALUE_TEST_RESULT"
COUNTED = ("failed", "error", "passed", "skipped", "deselected", "xfailed", "xpassed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep to SQLite what need run only once, and to PostgreSQL, Redis and Celery what needs them."""
    elsewhere = ONCE if os.environ.get("SOCIALVALUE_TEST_DATABASE_URL") else WITH_SERVICES
    dropped = [item for item in items if elsewhere & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=dropped)
    items[:] = [item for item in items if item not in dropped]


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Keep the counts for the last lines of `./run test`."""
    kept = os.environ.get(RESULT)
    if kept:
        counts = {name: len(terminalreporter.stats.get(name, ())) for name in COUNTED}
        said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        Path(kept).write_text(said or "no test was chosen", encoding="utf-8")


def pytest_unconfigure() -> None:
    """Clear away what the tests wrote."""
    if settings.configured:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the machine's own Chromium, which runs as root and says nothing to the outside."""
    # Playwright runs an event loop in this thread, in which Django would not let us ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": require("chromium", "every test in a browser"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(autouse=True)
def guards_put_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the triggers that guard append-only rows back after the flush that they stepped aside for.

    A transactional test ends by emptying every table. PostgreSQL truncates, which no row trigger sees; SQLite deletes,
    which ours rightly refuse. So they go just before the flush and come back just after it, whatever the test did.
    """
    if not _is_transactional(request):
        yield
        return
    kept: list[str] = []
    request.node.stash[_TRIGGERS] = kept
    yield
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), connection.cursor() as cursor:
        for statement in kept:
            cursor.execute(statement)
    connection.close()


@pytest.fixture(autouse=True)
def guards_step_aside(request: pytest.FixtureRequest, guards_put_back: None) -> Iterator[None]:
    """Take the triggers away just before the flush of a transactional test on SQLite."""
    if not _is_transactional(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, statement in cursor.fetchall():
            request.node.stash[_TRIGGERS].append(statement)
            cursor.execute(f"DROP TRIGGER {name}")


_TRIGGERS = pytest.StashKey[list[str]]()


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    mark = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked) or (mark is not None and bool(mark.kwargs.get("transaction")))


@pytest.fixture(scope="session")
def celery_worker(django_db_setup: None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker on the test database for as long as tests need it; mark those `services`."""
    with running_worker() as process:
        yield process

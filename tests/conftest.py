"""What every test may rely on: the browser, the worker, and that each engine runs the tests that are for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from _pytest.terminal import TerminalReporter
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQLOperations
from django.db.backends.sqlite3.base import DatabaseOperations as SQLiteOperations

from tests.machine import require
from tests.worker import running_worker

# No deadline: two cores shared with others say nothing about our speed. `benchmarks/` does.
hypothesis.settings.register_profile("socialvalue", deadline=None, print_blob=True)
hypothesis.settings.load_profile("socialvalue")

# The marks of the tests that run on one of the two engines only.
ONCE = {"browser", "local"}
WITH_SERVICES = {"services"}

# The fixtures that open the database.
DATABASES = {"db", "transactional_db", "live_server"}

# Said where a run with services goes on beside this one: what asks no database is run there, and not here as well.
BESIDE = "SOCIALVALUE_TEST_BESIDE"

# Where `./run test` wants the counts of this run.
RESULT = "SOCIALVALUE_TEST_RESULT"
COUNTED = ("failed", "error", "passed", "skipped", "deselected", "xfailed", "xpassed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep to SQLite what need run only once, and to PostgreSQL, Redis and Celery what needs them."""
    with_services = bool(os.environ.get("SOCIALVALUE_TEST_DATABASE_URL"))
    elsewhere = ONCE if with_services else WITH_SERVICES
    chosen = [item for item in items if not elsewhere & {mark.name for mark in item.iter_markers()}]
    if os.environ.get(BESIDE):
        chosen = [item for item in chosen if asks_a_database(item)]
    kept = set(chosen)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = chosen


def asks_a_database(item: pytest.Item) -> bool:
    """Return whether a test depends on the engine: if not, once is enough for it."""
    marks = {mark.name for mark in item.iter_markers()}
    return bool(marks & {"django_db", *ONCE} or DATABASES & set(getattr(item, "fixturenames", ())))


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


@pytest.fixture(scope="session", autouse=True)
def guards_step_aside_for_the_flush() -> Iterator[None]:
    """Let the flush that ends a transactional test empty the tables whose rows are never removed.

    PostgreSQL truncates, SQLite deletes, and our triggers rightly refuse either. So they are put out of force, or
    dropped and made again, in the transaction of the flush itself, and no test ever runs without them.
    """
    flush, truncate = SQLiteOperations.execute_sql_flush, PostgreSQLOperations.execute_sql_flush

    def flush_between(ops: SQLiteOperations, statements: Sequence[str]) -> None:
        with ops.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _statement in guards]
        flush(ops, [*drop, *statements, *(statement for _name, statement in guards)])

    def truncate_between(ops: PostgreSQLOperations, statements: Sequence[str]) -> None:
        with ops.connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 <> 0"
            )
            guards = cursor.fetchall()
        off = [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in guards]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in guards]
        truncate(ops, [*off, *statements, *on])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SQLiteOperations, "execute_sql_flush", flush_between)
        patched.setattr(PostgreSQLOperations, "execute_sql_flush", truncate_between)
        yield


@pytest.fixture(scope="session")
def celery_worker(django_db_setup: None) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker on the test database for as long as tests need it; mark those `services`."""
    with running_worker() as process:
        yield process

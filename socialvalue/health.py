"""Answer two questions that a machine asks: whether this process is alive, and whether it may be sent people.

Neither says anything that a stranger could use: the log has the reason.
"""

import logging
import os
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A part that the site needs is not there; the message says which and how it shows."""


def _database_answers() -> None:
    """Ask the database for a row; the driver's error passes through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _tables_are_up_to_date() -> None:
    """Raise NotReady when the code expects tables that `migrate` has not made."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations are waiting: run manage.py migrate")


def _files_can_be_written() -> None:
    """Raise NotReady when files are kept on a disk that cannot be written to."""
    if settings.FILES_BACKEND != "disk":
        return
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    if not os.access(settings.FILES_DIR, os.W_OK | os.X_OK):
        raise NotReady("the directory for files cannot be written to")


def _queue_answers() -> None:
    """Ping Redis where jobs are announced over it; its error passes through."""
    if settings.JOBS != "celery":
        return
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database_answers,
    "migrations": _tables_are_up_to_date,
    "files": _files_can_be_written,
    "queue": _queue_answers,
}
EXPECTED = (NotReady, DatabaseError, OSError, redis.RedisError)


def _passes(name: str, check: Callable[[], None]) -> bool:
    """Return whether one part is there, and log why not."""
    try:
        check()
    except EXPECTED as error:
        logger.warning("not ready, because of the %s: %s", name, error)
        return False
    return True


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process can answer at all; a database that is away is no reason to restart it."""
    return JsonResponse({"status": "alive"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is there, else 503; name the parts, never the reasons."""
    parts = {name: _passes(name, check) for name, check in CHECKS.items()}
    ready = all(parts.values())
    return JsonResponse({"status": "ready" if ready else "not ready", "parts": parts}, status=200 if ready else 503)

"""Other processes of ours beside the tests, on the test database; above all a real Celery worker, on a real Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from socialvalue.celery import app

START_LIMIT = 60.0


@contextmanager
def running_worker(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker, wait until it answers over Redis, hand out its process, and end it with all its children."""
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "socialvalue", "worker", "--loglevel", "WARNING", "--concurrency", "1",
         "--without-gossip", "--without-mingle", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment()},
    )  # fmt: skip
    try:
        _wait_until_it_answers(process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment() -> dict[str, str]:
    """Return what points another process of ours at this run's own database and files."""
    ours = {"DJANGO_SETTINGS_MODULE": "socialvalue.settings.test", "SOCIALVALUE_TEST_VAR_DIR": str(settings.VAR_DIR)}
    url = os.environ.get("SOCIALVALUE_TEST_DATABASE_URL")
    if url:
        here = urlsplit(url)._replace(path=f"/{settings.DATABASES['default']['NAME']}")
        ours["SOCIALVALUE_TEST_DATABASE_URL"] = here.geturl()
    return ours


def _wait_until_it_answers(process: subprocess.Popen[bytes]) -> None:
    """Ping over Redis until there is an answer; a worker that ends, or is silent for a minute, is an error."""
    limit = time.monotonic() + START_LIMIT
    while not app.control.ping(timeout=0.5, limit=1):
        if process.poll() is not None or time.monotonic() > limit:
            raise RuntimeError(f"the worker did not start (exit code {process.returncode})")

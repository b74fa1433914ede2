"""A worker that is killed as the kernel does it, at a point that is chosen beforehand; and what must hold afterwards.

`arm` writes the point into a file, so that it reaches a worker in whatever process: the first that comes to the point
takes the file away and dies, and the next comes through.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from reports import document, pdf, registry, services
from reports.keys import trusted
from reports.models import JobState, RenderJob, Report
from reports.verification import Check, verify

_ARMED = "worker-dies"


def die(*_given: Any, **_named: Any) -> None:
    """End this process as the kernel does when memory runs out: with no word to anyone."""
    os.kill(os.getpid(), signal.SIGKILL)


def _write_half_and_die(name: str, content: Any) -> None:
    whole = content.read()
    file = Path(default_storage.path(name))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(whole[: len(whole) // 2])
    die()


POINTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "when it had taken the job": (services, "read_drawing", die),
    "while it set the pages": (pdf, "make", die),
    "when the report was signed and not kept": (services, "finish", die),
    "half through writing the file": (default_storage, "save", _write_half_and_die),
    "between the file and the row": (Report.objects, "update_or_create", die),
}
"""In the order in which a worker comes to them: what is called there, and how it dies instead."""


def make_mortal(put: Callable[[object, str, Callable[..., Any]], None] = setattr) -> None:
    """Let this process, and those that it forks, die at whichever point is armed; `put` sets an attribute."""
    for point, (owner, name, end) in POINTS.items():
        put(owner, name, _mortal(point, getattr(owner, name), end))


def _mortal(point: str, does: Callable[..., Any], end: Callable[..., Any]) -> Callable[..., Any]:
    def does_or_dies(*given: Any, **named: Any) -> Any:
        if _is_armed(point):
            end(*given, **named)
        return does(*given, **named)

    return does_or_dies


def _is_armed(point: str) -> bool:
    file = settings.VAR_DIR / _ARMED
    armed = file.exists() and file.read_text(encoding="utf-8") == point
    if armed:
        file.unlink()
    return armed


def arm(point: str) -> None:
    """Let the next worker that comes to a point die there."""
    if point not in POINTS:
        raise KeyError(point)
    (settings.VAR_DIR / _ARMED).write_text(point, encoding="utf-8")


def has_died() -> bool:
    """Return whether a worker came to the point that was armed."""
    return not (settings.VAR_DIR / _ARMED).exists()


def kept() -> set[str]:
    """Return the files of reports that are kept, whoever knows of them."""
    return set(default_storage.listdir("reports")[1]) if default_storage.exists("reports") else set()


def known() -> set[str]:
    """Return the files that a report stands for."""
    return {Path(name).name for name in Report.objects.values_list("file", flat=True)}


def is_whole(job: RenderJob) -> bool:
    """Return whether a job is done, with one report, whose file is there, is its own, and bears our signature."""
    made = Report.objects.filter(drawn_from=job.drawn_from, language=job.language, edition=job.edition)
    if RenderJob.objects.get(pk=job.pk).state != JobState.DONE or made.count() != 1:
        return False
    report = made.get()
    with default_storage.open(report.file.name) as file:
        content = file.read()
    if document.sha256(content) != report.sha256 or report.signed_by not in trusted():
        return False
    expected = None if report.published_at else Check.REGISTERED
    return verify(content, lookup=registry.by_sha256, trusted=trusted()).failed is expected

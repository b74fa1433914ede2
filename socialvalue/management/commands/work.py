"""Run the embedded worker."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from reports import worker


class Command(BaseCommand):
    help = (
        "Render the reports that are waiting, until stopped (SIGTERM or Ctrl-C): the worker of an installation "
        "without a queue. Exit code: 0."
    )

    def handle(self, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self.note_stop)
        signal.signal(signal.SIGINT, self.note_stop)
        worker.work(stopping=lambda: self.stopping)

    def note_stop(self, number: int, frame: FrameType | None) -> None:
        """Note that we are asked to stop; a rendering under way goes back to the queue."""
        self.stopping = True

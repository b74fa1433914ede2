"""Processes of ours: started, watched, started again when they die, and stopped so that none is left behind.

`python -m socialvalue.children PARENT'S-ID PROGRAM ARGUMENT...` runs a program that ends when its parent does. Whoever
keeps a `Child` stops it; this is for the one case in which they cannot: when they are killed outright.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# A child that lived this long has earned a quick restart; seconds.
STEADY = 60.0
LONGEST_PAUSE = 30.0
STOP_LIMIT = 30.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process, and what it takes to start it again."""

    name: str
    command: list[str]
    directory: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    next_start: float = 0.0

    def start(self, now: float) -> None:
        """Start it in a session of its own: Ctrl-C comes to us alone, and we reach the whole of it by one id."""
        launcher = [sys.executable, "-m", "socialvalue.children", str(os.getpid())]
        self.process = subprocess.Popen(
            [*launcher, *self.command],
            cwd=self.directory,
            env={**os.environ, **self.environment},
            start_new_session=True,
        )
        self.started = now

    def ended(self) -> int | None:
        """Return its exit code if it has ended, else None."""
        return self.process.poll() if self.process else None

    def pause(self, now: float) -> float:
        """Note that it died and return the seconds to wait before the next start: 1, 2, 4, up to 30."""
        self.failures = 1 if now - self.started > STEADY else self.failures + 1
        seconds = min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
        self.process, self.next_start = None, now + seconds
        return seconds

    def ask_to_end(self) -> None:
        """Send SIGTERM to the process, which ends in its own way what it started itself."""
        if self.process:
            self.process.terminate()

    def end(self, limit: float) -> None:
        """Wait for it until `limit` (monotonic seconds), then end by force whatever is left of it."""
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=max(0.1, limit - time.monotonic()))
            self.clear_up()
            self.process.wait()

    def clear_up(self) -> None:
        """End by force the process and all that it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def stop(children: Iterable[Child]) -> None:
    """Ask every child to end at once, then wait for each."""
    running = [child for child in children if child.process]
    for child in running:
        child.ask_to_end()
    limit = time.monotonic() + STOP_LIMIT
    for child in running:
        child.end(limit)


def follow_parent(parent: int) -> None:
    """Ask the kernel for a SIGTERM when the parent dies, where the kernel can (Linux); elsewhere do nothing."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # The parent may have died before we asked.
    if os.getppid() != parent:
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Become the program; what the kernel was asked outlives the change."""
    parent, program, *rest = arguments
    follow_parent(int(parent))
    os.execv(program, [program, *rest])


if __name__ == "__main__":
    main(sys.argv[1:])

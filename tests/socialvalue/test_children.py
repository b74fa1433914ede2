"""Processes are started, watched and ended, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from socialvalue import children
from socialvalue.children import Child
from tests.machine import leave_out

# Tells that it is up, and waits for ever; asked to end, it does.
WILLING = """
import pathlib, sys, time
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""

# The same, but deaf to being asked.
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + WILLING

# Starts a deaf child of its own, tells its id, and waits for ever.
WITH_A_DEAF_CHILD = f"""
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {DEAF!r}, sys.argv[1] + ".up"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(600)
"""

# Keeps a child as `manage.py up` does, tells its id, and waits for ever.
KEEPER = f"""
import pathlib, sys, time
from socialvalue.children import Child
child = Child("child", [sys.executable, "-c", {WILLING!r}, sys.argv[1] + ".up"], pathlib.Path.cwd(), {{}})
child.start(0)
pathlib.Path(sys.argv[1]).write_text(str(child.process.pid))
time.sleep(600)
"""


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something holds; ten seconds are enough for it on any machine."""
    limit = time.monotonic() + 10
    while not true():
        assert time.monotonic() < limit, "it took too long"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """Return whether a process has ended, be it that nobody has asked after it yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def child_that(program: str, *arguments: str) -> Child:
    """Return a child that runs a Python program."""
    command = [sys.executable, "-c", program, *arguments]
    return Child(name="child", command=command, directory=settings.BASE_DIR, environment={})


def test_stopping_ends_a_child_and_all_that_it_started(tmp_path: Path) -> None:
    told = tmp_path / "grandchild"
    child = child_that(WITH_A_DEAF_CHILD, str(told))
    child.start(time.monotonic())
    wait_until(lambda: told.exists() and told.with_name("grandchild.up").exists())
    children.stop([child])
    assert child.ended() is not None
    wait_until(lambda: is_gone(int(told.read_text())))


def test_a_child_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(children, "STOP_LIMIT", 0.2)
    up = tmp_path / "up"
    child = child_that(DEAF, str(up))
    child.start(time.monotonic())
    wait_until(up.exists)
    children.stop([child])
    assert child.ended() == -signal.SIGKILL


def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        leave_out("that no child outlives a parent that is killed: only Linux tells the child")
    told = tmp_path / "child"
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER, str(told)], cwd=settings.BASE_DIR)
    wait_until(lambda: told.exists() and told.with_name("child.up").exists())
    keeper.kill()
    keeper.wait()
    wait_until(lambda: is_gone(int(told.read_text())))


def test_a_child_whose_parent_died_first_does_not_start() -> None:
    not_the_parent = os.getpid() + 1_000_000
    command = [sys.executable, "-m", "socialvalue.children", str(not_the_parent), sys.executable, "-c", "print('ran')"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout == ""


def test_the_pause_grows_while_a_child_keeps_dying_and_not_for_ever() -> None:
    child = child_that("")
    assert [child.pause(now=10.0) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert child.next_start == 40.0


def test_a_child_that_lived_a_while_starts_again_quickly() -> None:
    child = child_that("")
    child.pause(now=10.0)
    child.pause(now=11.0)
    child.started = 20.0
    assert child.pause(now=20.0 + children.STEADY + 1) == 1

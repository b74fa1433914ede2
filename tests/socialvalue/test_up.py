"""`manage.py up` brings everything up on one machine, and takes all of it down again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.core.management.base import CommandError

from accounts.roles import Role
from socialvalue import demonstration
from socialvalue.children import Child
from socialvalue.management.commands import up


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_that_is_taken_gives_way_to_the_next_free_one(taken: int) -> None:
    assert up.free_port("127.0.0.1", taken) > taken


def test_a_free_port_is_taken_as_wished(taken: int) -> None:
    free = up.free_port("127.0.0.1", taken + 1)
    assert up.free_port("127.0.0.1", free) == free


def test_an_address_of_another_machine_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        up.free_port("192.0.2.1", 8000)


def test_listening_to_all_is_reached_on_this_machine() -> None:
    assert up.reachable("0.0.0.0") == "127.0.0.1"
    assert up.in_browser("0.0.0.0") == up.in_browser("127.0.0.1") == "localhost"
    assert up.in_browser("club.example") == "club.example"
    assert up.reachable("192.168.1.5") == "192.168.1.5"


def test_there_is_one_person_for_each_role_and_each_is_told_what_to_try() -> None:
    assert sorted(person.role for person in demonstration.PEOPLE) == sorted(Role)
    assert all(person.what_to_try and person.name for person in demonstration.PEOPLE)
    assert all(person.email.endswith(".example") for person in demonstration.PEOPLE)
    assert len(demonstration.PASSWORD) >= 12


def test_the_table_lines_up() -> None:
    lines = up.table([("Editor", "e@x", "Try."), ("Coordinator", "co@x", "See.")]).splitlines()
    assert lines[0].index("e@x") == lines[1].index("co@x")
    assert lines[0].index("Try.") == lines[1].index("See.")


def test_static_files_are_collected_again_only_when_they_change(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch()
    new.touch()
    os.utime(old, (100, 100))
    os.utime(new, (200, 200))
    assert up.newest([old, new]) == 200
    assert up.newest([tmp_path / "nowhere"]) == 0


def test_what_dies_is_started_again_after_a_pause(capsys: pytest.CaptureFixture[str]) -> None:
    command = up.Command()
    child = Child("worker", [sys.executable, "-c", "raise SystemExit(7)"], settings.BASE_DIR, {})
    child.start(0.0)
    first = child.process
    assert first is not None
    first.wait(timeout=10)
    command.look_at(child, now=1.0)
    assert child.process is None
    command.look_at(child, now=1.5)
    assert child.process is None
    command.look_at(child, now=2.1)
    second = child.process
    assert second is not None
    assert second is not first
    second.wait(timeout=10)
    assert "worker ended (7)" in capsys.readouterr().out


@pytest.mark.local
def test_everything_comes_up_and_ctrl_c_takes_all_of_it_down(tmp_path: Path, taken: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOCIALVALUE_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "socialvalue.settings.local",
        "SOCIALVALUE_PORT": str(taken),
        "SOCIALVALUE_VAR_DIR": str(tmp_path / "var"),
        "SOCIALVALUE_STATIC_ROOT": str(tmp_path / "static"),
    }
    with (tmp_path / "said").open("w+", encoding="utf-8") as said:
        running = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=settings.BASE_DIR, env=environment, stdout=said, stderr=said
        )
        try:
            words = wait_for(said.name, "Ctrl-C stops it.", running)
            family = psutil.Process(running.pid).children(recursive=True)
            address = words.split("Ready: ")[1].split()[0]
            with urllib.request.urlopen(f"{address}sign-in/") as page:
                assert page.status == 200
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=60)
        words = Path(said.name).read_text(encoding="utf-8")
    assert running.returncode == 0, words
    assert f"Port {taken} is in use" in words
    assert all(person.email in words for person in demonstration.PEOPLE)
    assert len(family) >= 3  # gunicorn, its worker, and ours
    assert not psutil.wait_procs(family, timeout=5)[1]
    assert "Traceback" not in words


def wait_for(file: str, sentence: str, running: subprocess.Popen[bytes]) -> str:
    """Wait until a process has said a sentence, and return all that it said."""
    limit = time.monotonic() + 90
    while sentence not in (words := Path(file).read_text(encoding="utf-8")):
        assert running.poll() is None, words
        assert time.monotonic() < limit, words
        time.sleep(0.1)
    return words

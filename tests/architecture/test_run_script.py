"""The one script does what it says, and says what it does."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.machine import require

ROOT = Path(__file__).resolve().parents[2]
RUN = (ROOT / "run").read_text(encoding="utf-8")


def run(*arguments: str, at: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call the script and return what it said."""
    return subprocess.run(
        [at / "run", *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_it_is_a_plain_posix_script() -> None:
    assert RUN.startswith("#!/bin/sh\n")
    assert os.access(ROOT / "run", os.X_OK)
    assert not re.search(r"\[\[|\blocal \w|\bfunction \w|<\(", RUN)
    subprocess.run([require("sh", "the script's grammar"), "-n", ROOT / "run"], check=True)


def test_help_names_every_command() -> None:
    commands = set(re.findall(r"^(\w+)\)", RUN.rsplit("case $command in", 1)[1], re.MULTILINE))
    said = run("help").stdout
    assert commands >= {"run", "test", "check", "lock", "manage", "bench", "shell"}
    for command in commands - {"run"}:
        assert f"./run {command}" in said


def test_a_command_that_it_does_not_know_is_refused() -> None:
    answer = run("tset")
    assert answer.returncode == 2
    assert "tset" in answer.stderr
    assert answer.stdout == ""


def test_without_a_python_that_is_new_enough_it_says_which_line_to_type(tmp_path: Path) -> None:
    shutil.copy(ROOT / "run", tmp_path / "run")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dirname", "cat"):
        (programs / name).symlink_to(require(name, "the script without a Python"))
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    answer = run("manage", "help", at=tmp_path, PATH=str(programs), PYTHON="python3")
    assert answer.returncode != 0
    assert "Python 3.11 or newer is needed" in answer.stderr
    assert "apt-get install python3" in answer.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_image_has_the_same_native_libraries() -> None:
    here = re.search(r'^NATIVE_PACKAGES="(.*)"$', RUN, re.MULTILINE)
    there = re.search(
        r"apt-get install -y --no-install-recommends \\\n(.*?)\n\s+&&", Path(ROOT, "Dockerfile").read_text(), re.DOTALL
    )
    assert here
    assert there
    assert here[1].split() == there[1].replace("\\", "").split()


def test_ci_runs_the_check_and_then_exactly_the_tests() -> None:
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("./run")]
    assert lines == ["./run check", "./run test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("needed", re.findall(r"^([^|\s]+)\|([\w.-]+)$", RUN, re.MULTILINE), ids=lambda need: need[1])
def test_what_the_tests_need_is_either_a_full_path_or_a_program(needed: tuple[str, str]) -> None:
    shown, package = needed
    assert shown.startswith("/") or "/" not in shown
    assert package.islower()

"""What the repository may hold: nothing of one machine, locked packages in step with what is declared, one driver."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.machine import require

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = {
    "installer": PROJECT["dependency-groups"]["installer"],
    "run": PROJECT["project"]["dependencies"],
    "production": [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["production"]],
    "dev": [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["production"],
        *PROJECT["dependency-groups"]["dev"],
    ],
}
# In two halves, so that this file does not hold what it looks for.
INDEX_HOSTS = [
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("jsdelivr", "net"))
]
PATHS_OF_A_MACHINE = [f"/{place}/" for place in ("work", "root", "home", "Users")]


def tracked() -> Iterator[tuple[Path, str]]:
    """Yield each text file that git keeps, and what it says."""
    listed = subprocess.run(
        [require("git", "what the repository holds"), "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        file = ROOT / name
        if name and file.is_file() and b"\0" not in (content := file.read_bytes()):
            yield Path(name), content.decode("utf-8")


@pytest.mark.parametrize("forbidden", [*INDEX_HOSTS, *PATHS_OF_A_MACHINE])
def test_no_file_names_a_package_index_or_a_place_on_one_machine(forbidden: str) -> None:
    assert [str(path) for path, content in tracked() if forbidden in content] == []


def locked(name: str) -> list[str]:
    """Return the part of a list that each package takes up: its version, its hashes, and who asked for it."""
    content = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return re.split(r"^(?=[a-z0-9])", content, flags=re.MULTILINE)[1:]


def pinned(name: str) -> dict[str, set[str]]:
    """Return the versions of each package that a list holds; there are several where they depend on the Python."""
    versions: dict[str, set[str]] = {}
    for part in locked(name):
        package, _, version = part.split()[0].partition("==")
        versions.setdefault(package, set()).add(version)
    return versions


def canonical(requirement: str) -> str:
    """Return a package's name as the lists write it, without version and extras."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_declared_package_is_pinned_with_hashes(name: str) -> None:
    versions = pinned(name)
    assert {canonical(requirement) for requirement in DECLARED[name]} <= versions.keys()
    assert all("--hash=sha256:" in part for part in locked(name))


@pytest.mark.parametrize(("smaller", "larger"), [("run", "production"), ("production", "dev")])
def test_what_is_tested_and_what_serves_is_the_same(smaller: str, larger: str) -> None:
    here, there = pinned(smaller), pinned(larger)
    assert {name: there.get(name) for name in here} == here


@pytest.mark.parametrize("name", ["run", "production", "dev"])
def test_one_postgresql_driver(name: str) -> None:
    # With both installed Django would take the other one, and say nothing.
    assert "psycopg2-binary" in pinned(name)
    assert not {"psycopg", "psycopg-binary", "psycopg-c"} & pinned(name).keys()
    assert find_spec("psycopg") is None

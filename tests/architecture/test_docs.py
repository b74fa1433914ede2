"""What the documents say is so: files that they name are there, commands that they name exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.machine import require

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PLACE = re.compile(
    r"`((?:accounts|stakeholders|outcomes|reports|socialvalue|templates|static|tests|docs|benchmarks)/[\w./-]*)`"
)
COMMAND = re.compile(r"(?:manage\.py|\./run manage) ([a-z_]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (document.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    places = PLACE.findall(document.read_text(encoding="utf-8"))
    missing = [place for place in places if not (ROOT / place).exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    named = set(COMMAND.findall(document.read_text(encoding="utf-8")))

    assert named - set(get_commands()) == set()


def test_the_readme_has_the_two_commands_and_the_eight_steps_and_run_knows_both() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = subprocess.run([str(ROOT / "run"), "help"], capture_output=True, text=True, check=True).stdout

    assert "    ./run  " in readme
    assert "    ./run test" in readme
    assert "./run test" in told
    assert [int(step) for step in re.findall(r"^\| (\d) \|", readme, re.MULTILINE)] == list(range(1, 9))


def test_the_words_of_the_pure_core_are_gathered_for_translators(tmp_path: Path) -> None:
    """Makemessages must look for `_n`: a sentence of the rule book has to be among what it finds."""
    require("xgettext", "that every word is gathered for translators")
    (tmp_path / "locale").mkdir()
    source = tmp_path / "rule.py"
    source.write_text(
        'from accounts.words import gettext_noop as _n\nSAID = _n("A sentence of the core")\n', encoding="utf-8"
    )
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "makemessages", "-l", "cy"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "socialvalue.settings.test"},
    )

    assert "A sentence of the core" in (tmp_path / "locale" / "cy" / "LC_MESSAGES" / "django.po").read_text(
        encoding="utf-8"
    )

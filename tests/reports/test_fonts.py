"""The typesetter is told of our fonts and of no others."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports import fonts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_choice_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget for one test what this process chose, and remember it afterwards."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")


def test_the_choice_is_kept_in_the_folder_and_told_to_fontconfig(tmp_path: Path) -> None:
    configuration = fonts.use_our_fonts(tmp_path / "fonts")

    assert configuration == tmp_path / "fonts" / fonts.CONFIGURATION_NAME
    assert os.environ["FONTCONFIG_FILE"] == str(configuration)
    assert str(fonts.font_folder() / "source-sans" / "ttf") in configuration.read_text(encoding="utf-8")


def test_the_first_choice_stands(tmp_path: Path) -> None:
    first = fonts.use_our_fonts(tmp_path / "first")

    assert fonts.use_our_fonts(tmp_path / "second") == first
    assert not (tmp_path / "second").exists()


def test_a_choice_that_was_lost_is_made_again(tmp_path: Path) -> None:
    fonts.use_our_fonts(tmp_path / "first").unlink()

    assert fonts.use_our_fonts(tmp_path / "second").is_file()


def test_another_choice_of_the_machine_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / "fonts.conf"
    theirs.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(theirs))

    assert fonts.use_our_fonts(tmp_path) != theirs


def test_what_was_written_for_another_version_is_written_again(tmp_path: Path) -> None:
    stale = tmp_path / fonts.CONFIGURATION_NAME
    stale.write_text("<fontconfig></fontconfig>", encoding="utf-8")

    assert fonts.use_our_fonts(tmp_path) == stale
    assert "SourceSans3-Regular.ttf" in stale.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_does_not_stop_the_report(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")

    configuration = fonts.use_our_fonts(in_the_way / "fonts")

    assert configuration.is_file()
    assert tmp_path not in configuration.parents


def test_pages_and_commands_do_not_pay_for_the_typesetter() -> None:
    look = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "print([name for name in ('weasyprint', 'fontTools') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

"""The typefaces that a report is set in, and how the typesetter is told of them.

Rule: a report never uses a font of the machine that it is made on. The same account gives the same bytes everywhere,
and a machine without a single font can make it. Source Sans 3 sets everything; Kurinto Sans stands behind it for the
scripts that Source Sans lacks (Arabic, Devanagari, Chinese, Japanese, Korean, signs); Source Code Pro sets codes. All
come with the package weblate-fonts (SIL Open Font License 1.1). What none of them can draw: see reports.glyphs.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

FAMILIES = (
    "Source Sans 3",
    "Kurinto Sans",
    "Kurinto Sans SC",
    "Kurinto Sans JP",
    "Kurinto Sans KR",
    "Kurinto Sans TC",
)
"""Families in the order in which they are asked for a glyph. Source Code Pro is used only where a style names it."""

FACES = (
    *(f"source-sans/ttf/SourceSans3-{face}.ttf" for face in ("Regular", "It", "Semibold", "Bold", "BoldIt")),
    *(f"source-code/ttf/SourceCodePro-{face}.ttf" for face in ("Regular", "Semibold")),
    *(
        f"kurinto/ttf/KurintoSans{script}-{face}.ttf"
        for script in ("", "SC", "JP", "KR", "TC")
        for face in ("Rg", "Bd")
    ),
)
"""Files of those families, relative to the package's own font folder."""

CONFIGURATION_NAME = "report-fonts.conf"


def font_folder() -> Path:
    """Return the folder of the installed package weblate-fonts that holds the font files.

    Raises ModuleNotFoundError if the package is not installed.
    """
    return Path(str(resources.files("weblate_fonts"))) / "static" / "weblate_fonts"


def face_files() -> tuple[Path, ...]:
    """Return the path of every font file that a report may use, whether it exists or not."""
    return tuple(font_folder() / face for face in FACES)


def use_our_fonts(cache_folder: Path | None = None) -> Path:
    """Point fontconfig, for this process and its children, at our fonts alone; return the configuration file.

    Does nothing when that was done before. `cache_folder` keeps fontconfig's index from one process to the next; where
    it is not given or cannot be written, a private temporary folder serves as long as the process lives.
    """
    chosen = Path(os.environ.get("FONTCONFIG_FILE", ""))
    if chosen.name == CONFIGURATION_NAME and chosen.is_file():
        return chosen
    configuration = _write_configuration_somewhere(cache_folder)
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    return configuration


def _write_configuration_somewhere(cache_folder: Path | None) -> Path:
    """Write the configuration into the folder, or into a temporary one if that cannot be; return the file."""
    try:
        return _write_configuration(cache_folder or _temporary_folder())
    except OSError:
        return _write_configuration(_temporary_folder())


@cache
def _temporary_folder() -> Path:
    """Return a folder of this process's own, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="report-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _write_configuration(folder: Path) -> Path:
    """Write the configuration file if it is not there as it should be, whole or not at all; return its path."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIGURATION_NAME
    wanted = _configuration(folder / "index")
    if not path.is_file() or path.read_text(encoding="utf-8") != wanted:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as draft:
            draft.write(wanted)
        Path(draft.name).replace(path)
    return path


def _configuration(index: Path) -> str:
    """Return a fontconfig file that knows our font files and nothing else, and asks our families in our order."""
    folders = _elements("dir", sorted({str(face.parent) for face in face_files()}))
    accepted = _elements("glob", (f"*/{face}" for face in FACES))
    families = _elements("string", FAMILIES)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{folders}<cachedir>{escape(str(index))}</cachedir>\n"
        "<selectfont>\n<rejectfont><glob>*</glob></rejectfont>\n"
        f"<acceptfont>\n{accepted}</acceptfont>\n</selectfont>\n"
        '<match target="pattern"><edit name="family" mode="append" binding="strong">\n'
        f"{families}</edit></match>\n</fontconfig>\n"
    )


def _elements(tag: str, contents: Iterable[str]) -> str:
    """Return one XML element a line, with each content escaped."""
    return "".join(f"<{tag}>{escape(content)}</{tag}>\n" for content in contents)

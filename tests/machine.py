"""What a test needs of the machine: programs that are not Python packages.

Where one is missing the test is left out and named at the end of `./run test`; with CI=true that is a failure, so that
nothing goes unrun unseen.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

# The file in which `./run test` gathers what could not be run.
NOT_RUN = "SOCIALVALUE_TEST_NOT_RUN"


def require(program: str, why: str) -> str:
    """Return the full path of a program, or of a file given by its full path; leave the test out when it is missing.

    `why` says what cannot be tested without it, for the person who reads the last lines.
    """
    found = shutil.which(program) or (program if Path(program).exists() else None)
    return found or leave_out(f"{why}: {program} is not here")


def leave_out(reason: str) -> NoReturn:
    """Leave the running test out for a reason that is told at the end; with CI=true, fail."""
    note = os.environ.get(NOT_RUN)
    if note:
        with Path(note).open("a", encoding="utf-8") as notes:
            notes.write(f"{reason}\n")
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)

"""Files of evidence: a name, and the hash that tells that a file is the one that was kept."""

import re
from collections.abc import Iterator

from accounts.words import gettext_noop as _n
from outcomes.coherence._reason import Reason, at
from outcomes.nouns import Facts

_SHA256 = re.compile("[0-9a-fA-F]{64}")


def files_have_a_name_and_a_hash(facts: Facts) -> Iterator[Reason]:
    """Yield the files of which only the name or only the hash is stated, and what is not a hash."""
    for position, row in enumerate(facts.evidence):
        if row.file_sha256 and not row.file_name:
            yield at(
                row, position, "file_name", _n("There is a SHA-256 here but no file. Name the file, or clear both.")
            )
        if row.file_name and not row.file_sha256:
            message = _n("There is a file here without its SHA-256. Add the file on the screen, or clear its name.")
            yield at(row, position, "file_sha256", message)
        if row.file_sha256 and not _SHA256.fullmatch(row.file_sha256):
            yield at(row, position, "file_sha256", _n("A SHA-256 is 64 digits from 0 to 9 and letters from a to f."))

"""Letters: to readers, of what is published; to those who take part in an assurance, of what waits for them.

A letter goes once the move that it tells of is kept. One that cannot go is logged, and undoes nothing.
"""

from reports.letters._assurance import answered, asked, assigned, relieved, returned, signed, stepped_aside
from reports.letters._readers import Stopping, stopping, tell_readers, token_of

__all__ = [
    "Stopping",
    "answered",
    "asked",
    "assigned",
    "relieved",
    "returned",
    "signed",
    "stepped_aside",
    "stopping",
    "tell_readers",
    "token_of",
]

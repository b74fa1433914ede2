"""The workbook (.xlsx) in and out: a blank one to fill in, an account as one, and one as an account (pure).

`template()` and `write()` make workbooks. `read()` takes one that a person filled in, or raises `UnreadableWorkbook`
(the file as a whole) or `BadCells` (with the same workbook, its bad cells marked as by `mark()`). `reading()` returns
what `read()` does, with notes of what was passed over.
"""

from outcomes.workbook._errors import BadCells, Mend, Note, UnreadableWorkbook, told
from outcomes.workbook._package import MOST_BYTES
from outcomes.workbook._read import Reading, mark, read, reading
from outcomes.workbook._write import template, write

__all__ = [
    "MOST_BYTES",
    "BadCells",
    "Mend",
    "Note",
    "Reading",
    "UnreadableWorkbook",
    "mark",
    "read",
    "reading",
    "template",
    "told",
    "write",
]

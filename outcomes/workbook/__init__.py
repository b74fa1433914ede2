"""The workbook (.xlsx) in and out: a blank one to fill in, an account as one, and one as an account (pure).

`template()` and `write()` make workbooks; `read()` takes one that a person filled in, or raises `UnreadableWorkbook`
(the file as a whole) or `BadCells` (with the same workbook, its bad cells marked by `mark()`).
"""

"""A workbook as bytes that depend on nothing but what is in it."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def saved(workbook: Workbook) -> bytes:
    """Return the workbook's bytes, with no trace in them of when they were written."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    return _undated(written)


def _undated(written: io.BytesIO) -> bytes:
    """Return the archive with the same members in the same order, all from the first day that an archive knows."""
    undated = io.BytesIO()
    with ZipFile(written) as source, ZipFile(undated, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return undated.getvalue()

"""A file that is looked at and forgotten: held in memory, and never written down."""

from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, UnreadablePostError

from reports.verification import LARGEST

_AROUND_IT = 64 * 1024
"""What a form may say besides its file."""
_CHUNK, _CHUNKS_AT_MOST = 64 * 1024, 4_096


def is_too_large(request: HttpRequest) -> bool:
    """Return whether what is being sent cannot be a file that is looked at: by its own word, before it is read."""
    told = request.META.get("CONTENT_LENGTH") or ""
    return told.isdecimal() and int(told) > LARGEST + _AROUND_IT


def hear_out(request: HttpRequest) -> None:
    """Read on to the end of what is being sent, up to 256 MB, and forget each piece of it at once.

    Whoever hangs up halfway is shown by browsers as a connection that broke, and not as the sentence that tells why.
    """
    with suppress(UnreadablePostError):
        for _chunk in islice(iter(partial(request.read, _CHUNK), b""), _CHUNKS_AT_MOST):
            pass


class InMemoryAlone(FileUploadHandler):
    """Hold the first file that comes, up to the limit; of a larger one, and of others, nothing.

    They are read to their end all the same, so that the browser hears our answer and not a connection that broke.
    """

    def __init__(self, request: Any = None) -> None:
        """Begin with nothing."""
        super().__init__(request)
        self._held = BytesIO()
        self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Let nothing but the first file in."""
        super().new_file(*args, **kwargs)
        self._files += 1
        if self._files > 1:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold a chunk, unless it lies beyond the limit."""
        if start + len(raw_data) <= LARGEST:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file with its true size; without its content, if that is too large."""
        if file_size > LARGEST:
            self._held = BytesIO()
        self._held.seek(0)
        return InMemoryUploadedFile(
            file=self._held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

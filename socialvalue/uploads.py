"""How much of a file that somebody sends is written down before anybody has looked at it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class UpToALimit(TemporaryFileUploadHandler):
    """Keep a file on disk if it is no larger than any door takes; of a larger one keep only its name and its size.

    A larger one is read to its end all the same: a server that stops listening halfway is shown by browsers as a
    connection that broke, and not as the sentence with which the door refuses the file.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a chunk, unless it lies beyond the limit."""
        if start < settings.LARGEST_UPLOAD:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        """Return the file with its true size; without its content, if part of that was left out."""
        if file_size > settings.LARGEST_UPLOAD:
            self.file.truncate(0)
        return super().file_complete(file_size)

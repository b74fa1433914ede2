"""A file that is far too large: refused at its field in words, without filling the memory or the disk."""

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client
from django.urls import reverse

from outcomes import workbook
from socialvalue.uploads import UpToALimit
from tests import factories
from tests.doors.bad_workbooks import good
from tests.doors.door import Answer, browser, editor_of, held, shows_no_trace, start_at, told, upload

pytestmark = pytest.mark.django_db

MEGABYTE = 1_000_000
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="workbook"; filename="account.xlsx"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n"
)
TAIL = b"\r\n--x--\r\n"


class Sent(io.RawIOBase):
    """The body of a form with a file of nothing but noughts, made as it is read; remembers how far it was read."""

    def __init__(self, size: int, head: bytes = HEAD, tail: bytes = TAIL) -> None:
        self.head, self.tail = head, tail
        self.length, self.taken = len(head) + size + len(tail), 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the body."""
        start, end = self.taken, self.length if size < 0 else min(self.length, self.taken + size)
        self.taken, last = end, self.length - len(self.tail)
        middle = bytes(max(0, min(end, last) - max(start, len(self.head))))
        return self.head[start:end] + middle + self.tail[max(0, start - last) : max(0, end - last)]


def send(client: Client, address: str, body: Sent, kind: str = "multipart/form-data; boundary=x") -> Answer:
    """Send a body as a server hands it over: piece by piece, with its length said before."""
    said: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(body.length), "CONTENT_TYPE": kind}
    return client.generic("POST", address, **said)


@pytest.fixture(autouse=True)
def disk(settings: LazySettings, tmp_path: Path) -> Path:
    """Return where files are laid down while they come in."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


def test_fifty_megabytes_are_refused_at_the_field_with_hardly_any_memory(disk: Path) -> None:
    place = factories.organisation()
    client, body = editor_of(place), Sent(50 * MEGABYTE)
    client.get(start_at(place))
    before = held()
    tracemalloc.start()
    answer = send(client, start_at(place), body)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 413
    assert "larger than 10 MB. Nothing was brought in" in told(answer)
    assert 'href="#id_workbook"' in answer.text
    assert shows_no_trace(answer)
    assert held() == before
    assert body.taken == body.length
    assert peak < 16 * MEGABYTE


def test_fifty_megabytes_of_evidence_are_refused_at_the_field_just_so() -> None:
    account = factories.account()
    client, page = editor_of(account.organisation), reverse("outcomes:new_evidence", args=[account.id])
    client.get(page)
    before = held()
    answer = send(client, page, Sent(50 * MEGABYTE, HEAD.replace(b'"workbook"', b'"file"')))
    assert answer.status_code == 413
    assert "10 MB" in told(answer)
    assert 'href="#id_file"' in answer.text
    assert shows_no_trace(answer)
    assert held() == before


def test_somebody_who_is_not_signed_in_is_asked_to_whatever_they_send() -> None:
    place = factories.organisation()
    assert send(browser(), start_at(place), Sent(50 * MEGABYTE)).status_code in {302, 401}


def test_of_a_file_beyond_the_limit_nothing_stays_on_the_disk_but_its_size_is_known(disk: Path) -> None:
    handler, chunk = UpToALimit(), bytes(64 * 1024)
    handler.new_file("workbook", "account.xlsx", "application/zip", None)
    largest = 0
    for number in range(1_000):
        handler.receive_data_chunk(chunk, number * len(chunk))
        largest = max(largest, *(file.stat().st_size for file in disk.iterdir()))
    file = handler.file_complete(1_000 * len(chunk))
    assert largest <= settings.LARGEST_UPLOAD + len(chunk)
    assert file.size == 1_000 * len(chunk)
    assert file.read() == b""
    file.close()


def test_a_file_within_the_limit_comes_whole() -> None:
    handler = UpToALimit()
    handler.new_file("workbook", "account.xlsx", "application/zip", None)
    handler.receive_data_chunk(good(), 0)
    file = handler.file_complete(len(good()))
    assert file.read() == good()
    file.close()


def test_no_door_takes_a_larger_file_than_is_kept() -> None:
    assert workbook.MOST_BYTES < settings.LARGEST_UPLOAD
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE < settings.LARGEST_UPLOAD
    first, second = settings.FILE_UPLOAD_HANDLERS
    assert first.endswith(MemoryFileUploadHandler.__name__)
    assert second.endswith(UpToALimit.__name__)


def test_ten_megabytes_and_a_byte_are_refused_where_ten_megabytes_are_looked_at() -> None:
    place = factories.organisation()
    client = editor_of(place)
    assert upload(client, start_at(place), bytes(workbook.MOST_BYTES)).status_code == 422
    assert upload(client, start_at(place), bytes(workbook.MOST_BYTES + 1)).status_code == 413


def test_more_files_than_any_form_has_are_refused_in_words() -> None:
    place = factories.organisation()
    files = {f"workbook{number}": io.BytesIO(b"x") for number in range(50)}
    answer = editor_of(place).post(start_at(place), files)
    assert answer.status_code == 400
    assert "Nothing was changed" in told(answer)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"name=", "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n', "multipart/form-data; boundary=x"),
    ],
)
def test_words_without_end_are_heard_out_before_they_are_refused(head: bytes, kind: str) -> None:
    place = factories.organisation()
    body = Sent(50 * MEGABYTE, head, TAIL if "multipart" in kind else b"")
    answer = send(editor_of(place), start_at(place), body, kind)
    assert answer.status_code == 413
    assert "Nothing was changed" in told(answer)
    assert body.taken == body.length


def test_nobody_is_listened_to_for_ever() -> None:
    place = factories.organisation()
    body = Sent(2_000 * MEGABYTE, b"name=", b"")
    assert send(editor_of(place), start_at(place), body, "application/x-www-form-urlencoded").status_code == 413
    assert body.taken < 100 * MEGABYTE

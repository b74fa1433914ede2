"""How much of the verify page one stranger may have: so many files and codes, none too large, and nothing kept."""

import datetime as dt
import http.client
import os
import re
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import LazySettings, settings as django_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from reports import codes
from reports.verification import Check
from reports.views import _limits
from reports.views.verify import WHAT_FAILED
from socialvalue.cache import OnDisk
from tests.doors.test_large_uploads import TAIL, Sent, send
from tests.worker import environment

pytestmark = pytest.mark.django_db

PAGE = "/verify/"
CODE = f"{PAGE}{codes.shown(codes.code_of('0' * 64, 'en-gb'))}/"
NOW = dt.datetime(2026, 11, 23, 12, 3, tzinfo=dt.UTC)
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="report.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n"
)


@pytest.fixture(autouse=True)
def few(settings: LazySettings) -> Iterator[None]:
    """Let one address have three of each; begin and end with nothing counted."""
    settings.VERIFY_LIMITS = {"file": 3, "code": 3}
    cache.clear()
    yield
    cache.clear()


def sent(content: bytes = b"not a PDF", *, by: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=by).post(PAGE, {"file": SimpleUploadedFile("report.pdf", content)})


def looked_up(*, by: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=by).get(CODE)


# --- How often -------------------------------------------------------------------------------------------------------


def test_an_address_has_thirty_files_and_a_hundred_and_twenty_codes_in_ten_minutes():
    limits = re.search(r"^VERIFY_LIMITS = (.+)$", BASE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert limits is not None
    assert limits[1] == '{"file": 30, "code": 120}'
    assert _limits.WINDOW == 600


BASE = Path(django_settings.BASE_DIR) / "socialvalue" / "settings" / "base.py"


def test_a_file_too_many_is_not_looked_at_and_is_told_what_to_do_and_when():
    assert [sent().status_code for _file in range(3)] == [200] * 3
    answer = sent()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= _limits.WINDOW
    for words in ("More than 3 files", "was not checked, and it was not kept", "Try again in", "share your connection"):
        assert words in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert looked_up().status_code == 404  # codes are counted by themselves


def test_a_code_too_many_is_not_looked_up(django_assert_num_queries: Any):
    assert [looked_up().status_code for _code in range(3)] == [404] * 3
    with django_assert_num_queries(0):
        answer = looked_up()
    assert answer.status_code == 429
    assert "More than 3 codes" in answer.text
    assert sent().status_code == 200


def test_nobody_waits_for_another_but_those_of_one_home_are_counted_together():
    assert [sent(by="192.0.2.1").status_code for _file in range(4)][-1] == 429
    assert sent(by="192.0.2.2").status_code == 200
    assert [sent(by=f"2001:db8:1:2::{number}").status_code for number in range(4)][-1] == 429
    assert sent(by="2001:db8:1:3::1").status_code == 200


def test_what_a_stranger_says_of_their_address_counts_only_as_far_as_our_proxies_say_it(settings: LazySettings):
    for number in range(3):
        Client(REMOTE_ADDR="192.0.2.1").get(CODE, headers={"x-forwarded-for": f"192.0.2.{number + 10}"})
    assert looked_up().status_code == 429
    settings.TRUSTED_PROXIES = 1
    answer = Client(REMOTE_ADDR="192.0.2.1").get(CODE, headers={"x-forwarded-for": "203.0.113.5, 192.0.2.10"})
    assert answer.status_code == 404


def test_the_next_ten_minutes_begin_anew_and_the_wait_is_until_then():
    request = RequestFactory().get(PAGE)
    waits = [_limits.too_often(request, "file", NOW) for _try in range(4)]
    assert waits == [0, 0, 0, 7 * 60]
    assert _limits.too_often(request, "file", NOW + dt.timedelta(seconds=419)) == 1
    assert _limits.too_often(request, "file", NOW + dt.timedelta(seconds=420)) == 0


def test_an_address_that_is_none_is_counted_too():
    request = RequestFactory(REMOTE_ADDR="").get(PAGE)
    assert [_limits.too_often(request, "file", NOW) for _try in range(4)][-1] > 0


# --- Where it is counted ---------------------------------------------------------------------------------------------


def test_processes_that_share_a_directory_count_together(tmp_path: Path):
    both = [OnDisk(tmp_path, {}), OnDisk(tmp_path, {})]

    def count(number: int) -> bool:
        here = both[number % 2]
        first = here.add("tries", 0, 600)
        here.incr("tries")
        return first

    with ThreadPoolExecutor(8) as threads:
        firsts = list(threads.map(count, range(200)))
    assert both[0].get("tries") == 200
    assert sum(firsts) == 1


def test_what_is_not_there_cannot_be_counted_on(tmp_path: Path):
    with pytest.raises(ValueError, match="nothing is kept"):
        OnDisk(tmp_path, {}).incr("tries")


def test_where_a_count_was_cleared_away_meanwhile_it_begins_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "add", lambda *_given: True)
    assert _limits.too_often(RequestFactory().get(PAGE), "file", NOW) == 0


def test_no_address_is_kept(tmp_path: Path, settings: LazySettings):
    settings.CACHES = {"default": {"BACKEND": "socialvalue.cache.OnDisk", "LOCATION": tmp_path}}
    looked_up(by="192.0.2.77")
    kept = [file for file in tmp_path.iterdir() if file.suffix == ".djcache"]
    assert kept
    assert not [file for file in kept if b"192.0.2.77" in file.name.encode() + file.read_bytes()]


# --- How much --------------------------------------------------------------------------------------------------------


def test_what_is_too_large_by_its_own_word_is_heard_out_and_never_parsed():
    body = Sent(200_000_000, HEAD, TAIL)
    Client().get(PAGE)
    tracemalloc.start()
    answer = send(Client(), PAGE, body)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 413
    assert WHAT_FAILED[Check.SIZE][0] in answer.text
    assert body.taken == body.length
    assert not hasattr(answer.wsgi_request, "_files")
    assert peak < 2_000_000


def test_who_has_sent_too_often_is_heard_out_too_so_that_the_answer_is_seen():
    for _file in range(3):
        sent()
    body = Sent(20_000_000, HEAD, TAIL)
    answer = send(Client(REMOTE_ADDR="192.0.2.1"), PAGE, body)
    assert answer.status_code == 429
    assert body.taken == body.length


def test_nobody_is_listened_to_for_ever():
    body = Sent(2_000_000_000, HEAD, TAIL)
    assert send(Client(), PAGE, body).status_code == 413
    assert body.taken < 300_000_000


# --- On the very server that people reach ----------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path, transactional_db: None) -> Iterator[tuple[int, psutil.Process]]:
    """Return the port of a gunicorn as it is configured, with one worker, and that worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "tmp").mkdir()
    ours = {"SOCIALVALUE_WEB_WORKERS": "1", "SOCIALVALUE_LOG_FORM": "plain", "TMPDIR": str(tmp_path / "tmp")}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:socialvalue.webserver", "--bind", f"127.0.0.1:{port}",
         "socialvalue.wsgi:application"],
        cwd=django_settings.BASE_DIR, env={**os.environ, **environment(), **ours}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, process)
        yield port, psutil.Process(process.pid).children()[0]
    finally:
        process.terminate()
        process.wait(timeout=40)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while True:
        try:
            assert asked(port, "GET", b"")[0] == 200
        except OSError:
            assert process.poll() is None, "the server has ended"
            assert time.monotonic() < limit, "the server does not answer"
            time.sleep(0.1)
        else:
            return


def asked(port: int, method: str, head: bytes, noughts: int = 0) -> tuple[int, str]:
    """Send a form with a file of so many noughts over a socket, and return what comes back."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = (piece for piece in (head, *[bytes(1_000_000)] * (noughts // 1_000_000), TAIL))
    length = len(head) + noughts + len(TAIL)
    told = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(length)}
    line.request(method, PAGE, body=body if head else None, headers=told if head else {})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


@pytest.mark.local
def test_two_hundred_megabytes_over_the_wire_are_refused_in_words_and_held_nowhere(
    server: tuple[int, psutil.Process], tmp_path: Path
):
    port, worker = server
    before, disk = most_held(worker), set((tmp_path / "tmp").iterdir())
    status, text = asked(port, "POST", HEAD, 200_000_000)
    assert status == 413
    assert WHAT_FAILED[Check.SIZE][0] in text
    assert most_held(worker) - before < 16_000_000
    assert asked(port, "POST", HEAD, 0)[0] == 200  # an empty file is only no PDF
    assert WHAT_FAILED[Check.PDF][0] in asked(port, "POST", HEAD, 3_000_000)[1]
    assert set((tmp_path / "tmp").iterdir()) == disk


def most_held(process: psutil.Process) -> int:
    """Return the most memory that a process ever held, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(kilobytes) * 1024

"""Whatever is done to an assured report is noticed: by our checks, by the page and by the command."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from reports import document, keys, services
from reports.registry import Registered
from reports.verification import verify
from tests import factories
from tests.reports import tampering
from tests.reports.signed import NOW, key, registered, trusted

SEED = 20261124
EACH = 150
BITS = (0x01, 0x20, 0x80)


@pytest.fixture(scope="module")
def report() -> bytes:
    """Return an assured report as it was issued."""
    return tampering.assured_and_signed()


@pytest.fixture(scope="module")
def wholes(report: bytes) -> dict[str, bytes]:
    """Return what was done to it as a whole, by name."""
    return dict(tampering.wholes(report, tampering.assured()))


def passes(content: bytes, issued: bytes) -> bool:
    """Return whether a file passes for genuine where one file was issued."""
    hashed = document.sha256(issued)

    def lookup(sha256: str) -> Registered | None:
        return registered(sha256) if sha256 == hashed else None

    return verify(content, lookup=lookup, trusted=trusted()).genuine


def test_the_report_itself_is_genuine(report: bytes):
    assert passes(report, report)


def test_a_byte_changed_put_in_or_taken_out_anywhere_is_noticed(report: bytes):
    places = tampering.places(report, tampering.assured(), each=EACH, seed=SEED)
    assert len(places) > 3 * EACH
    for at in places:
        changed = [tampering.flipped(report, at, bit) for bit in BITS]
        for each in (*changed, tampering.put_in(report, at), tampering.taken_out(report, at)):
            assert not passes(each, report), at


def test_whatever_is_done_to_the_whole_is_noticed(report: bytes, wholes: dict[str, bytes]):
    assert [name for name, content in wholes.items() if passes(content, report)] == []
    assert len({report, *wholes.values()}) == len(wholes) + 1


@pytest.mark.django_db
def test_the_page_and_the_command_notice_it_too(
    report: bytes, wholes: dict[str, bytes], settings: LazySettings, tmp_path: Path
):
    settings.SIGNING_CERTIFICATES = tmp_path / "certificates"
    keys.remember(key().certificate)
    job, fence = factories.leased(factories.submitted().account)
    rendering = services.Rendering(content=report, pages=1, signed_by=keys.fingerprint(key().certificate))
    factories.publish(services.finish(job.id, fence, rendering, now=NOW), now=NOW)
    assert told_by_page(report) == "genuine"
    assert told_by_command(report, tmp_path) == 0
    some = [tampering.flipped(report, at) for at in tampering.places(report, tampering.assured(), each=5, seed=SEED)]
    for content in (*some, *wholes.values()):
        assert told_by_page(content) == "not_issued"
        assert told_by_command(content, tmp_path) == 1


def told_by_page(content: bytes) -> str:
    answer = Client().post("/verify/", {"file": SimpleUploadedFile("report.pdf", content)})
    return str(answer.context["answer"].state)


def told_by_command(content: bytes, place: Path) -> int:
    file = place / "report.pdf"
    file.write_bytes(content)
    try:
        call_command("verify_report", file, stdout=io.StringIO())
    except CommandError as refused:
        return refused.returncode
    return 0

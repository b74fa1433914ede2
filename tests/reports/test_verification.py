"""Whatever is done to a signed report is noticed, by each check alone where it is the only one that could."""

import hashlib
import io
import time
import tracemalloc
from collections.abc import Callable
from functools import cache

import numpy as np
import pikepdf
import pytest
from cryptography import x509
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers

from reports import signing, verification
from reports.keys import SigningKey
from reports.registry import Registered
from reports.verification import Check, Verdict, verify
from tests.reports.signed import NOW, awaited, key, new_key, registered, signed, trusted, unsigned

SEED = 20261123


def issued(sha256: str) -> Registered | None:
    """Look a hash up as our registry would: it knows the one file that was issued."""
    return registered(sha256) if sha256 == hashlib.sha256(signed()).hexdigest() else None


def anything(sha256: str) -> Registered:
    """Look a hash up in a registry that somebody tampered with: it knows every file."""
    return registered(sha256)


def verdict_on(
    content: bytes,
    *,
    lookup: Callable[[str], Registered | None] = issued,
    known: dict[str, x509.Certificate] | None = None,
) -> Verdict:
    return verify(content, lookup=lookup, trusted=trusted() if known is None else known)


def gap() -> tuple[int, int]:
    """Return where the gap of the signed report begins and ends."""
    (match,) = verification._BYTE_RANGE.finditer(signed())
    _zero, first, second, _rest = map(int, match.groups())
    return first, second


def flipped(content: bytes, at: int, bits: int = 1) -> bytes:
    changed = bytearray(content)
    changed[at] ^= bits
    return bytes(changed)


# --- The file that was issued -----------------------------------------------------------------------------------------


def test_the_file_that_was_issued_is_genuine():
    found = verdict_on(signed())
    assert found.genuine
    assert found.failed is None
    assert found.registered is not None
    assert found.certificate == key().certificate
    assert found.sha256 == hashlib.sha256(signed()).hexdigest()


def test_it_stays_genuine_when_another_key_signs_now():
    assert verdict_on(signed(), known=trusted(new_key(), key(), new_key())).genuine


# --- Whatever is done to it -------------------------------------------------------------------------------------------


@cache
def places() -> list[int]:
    """Return some hundreds of places all over the file: by lot, at all seams, and many in the gap."""
    lot = np.random.default_rng(SEED)
    first, second = gap()
    end = len(signed())
    seams = [0, len(unsigned()) - 1, len(unsigned()), first - 1, first, first + 1, second - 1, second, end - 1]
    regions = [(0, len(unsigned())), (len(unsigned()), first), (first, second), (second, end)]
    return sorted({*seams, *(int(at) for low, high in regions for at in lot.integers(low, high, 150))})


def test_a_flipped_bit_anywhere_is_noticed():
    assert [at for at in places() for bits in (1, 0x20, 0x80) if verdict_on(flipped(signed(), at, bits)).genuine] == []


def test_a_byte_put_in_or_taken_out_anywhere_is_noticed():
    for at in places():
        assert not verdict_on(signed()[:at] + b" " + signed()[at:]).genuine
        assert not verdict_on(signed()[:at] + signed()[at + 1 :]).genuine


@pytest.mark.parametrize("more", [b"\n", b"\0", b" ", b"%%EOF\n", b"%PDF-1.7", b"1 0 obj\n<<>>\nendobj\n"])
def test_what_is_appended_is_noticed(more: bytes):
    assert verdict_on(signed() + more).failed is Check.WHOLE_FILE


def test_a_later_revision_is_noticed_at_once():
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    writer.root["/Lang"] = pdf_string("cy")
    writer.update_root()
    revised = io.BytesIO()
    writer.write(revised)
    assert verdict_on(revised.getvalue()).failed is Check.WHOLE_FILE


def test_a_signature_that_was_stripped_is_missed():
    assert verdict_on(unsigned()).failed is Check.ONE_SIGNATURE
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed())) as pdf:
        del pdf.Root.AcroForm, pdf.Root.Perms, pdf.pages[0].Annots
        pdf.save(saved)
    assert verdict_on(saved.getvalue()).failed is Check.ONE_SIGNATURE


def test_the_signature_of_another_is_not_ours():
    forged = signing.sign(unsigned(), new_key("A test"), now=NOW)
    assert verdict_on(forged).failed is Check.SIGNER
    assert verdict_on(forged, lookup=anything).failed is Check.SIGNER


def test_a_second_signature_is_noticed():
    signer = signer_of(new_key("Another"))
    twice = unsigned()
    for name in ("One", "Two"):
        writer = IncrementalPdfFileWriter(io.BytesIO(twice))
        about = PdfSignatureMetadata(field_name=name)
        twice = awaited(signers.async_sign_pdf(writer, about, signer=signer)).getvalue()
    assert verdict_on(twice).failed is Check.ONE_SIGNATURE


def test_another_report_of_ours_under_the_name_of_this_one_is_not_registered():
    other = signing.sign(unsigned(), key(), now=NOW)
    found = verdict_on(other)
    assert found.failed is Check.REGISTERED
    assert found.certificate == key().certificate
    assert found.registered is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x89PNG", b" %PDF-1.7", b"<html>", b"{}"])
def test_what_is_no_pdf_is_said_to_be_none(content: bytes):
    assert verdict_on(content).failed is Check.PDF


def test_what_is_too_large_is_not_looked_into(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verification, "LARGEST", len(signed()) - 1)
    assert verdict_on(signed()).failed is Check.SIZE


def test_bytes_without_sense_are_refused_and_nothing_breaks():
    lot = np.random.default_rng(SEED)
    for _again in range(200):
        noise = lot.bytes(64)
        held = b"<" + noise.hex().upper().encode() + b">"
        assert not verdict_on(b"%PDF-1.7 " + noise, lookup=anything).genuine
        assert not verdict_on(with_gap(held), lookup=anything).genuine


@pytest.mark.parametrize(
    "numbers", ["0 0 0 0", "0 9999999999 9999999999 9999999999", "9 1 2 3", "5 1 1 1", "0 1 1 10", "0 20 10 40"]
)
def test_places_without_sense_are_refused_and_nothing_breaks(numbers: str):
    assert verdict_on(f"%PDF-1.7 /ByteRange [{numbers}]".encode(), lookup=anything).failed is Check.WHOLE_FILE


@pytest.mark.parametrize(
    "unit", [b"/ByteRange [0 0 0 0]", b"/ByteRange [1 1 1 ", b"/ByteRange", b"/ByteRange [1" + b" " * 1_000]
)
def test_a_file_made_to_be_slow_is_refused_quickly_and_with_little_memory(unit: bytes):
    """What is open to everybody must cost nobody much: the largest file, full of places for a signature."""
    content = (b"%PDF-1.7 " + unit * (verification.LARGEST // len(unit)))[: verification.LARGEST]
    started = time.process_time()
    tracemalloc.start()
    assert not verdict_on(content, lookup=anything).genuine
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert time.process_time() - started < 5


# --- Each check by itself: with a registry that knows every file, nothing but that check stands in the way ------------


def with_gap(held: bytes, *, start: bytes = b"%PDF-1.7\n", end: bytes = b"\n%%EOF\n") -> bytes:
    """Return a small file with this in its gap, and places that fit it."""
    numbers = "/ByteRange [0 {:010d} {:010d} {:010d}]\n".format
    first = len(start) + len(numbers(0, 0, 0))
    return start + numbers(first, first + len(held), len(end)).encode() + held + end


def sealed(*, start: bytes = b"%PDF-1.7\n", end: bytes = b"\n%%EOF\n") -> bytes:
    """Return bytes of no sense that our key signed all the same."""
    open_file = with_gap(b"<" + b"0" * 8_192 + b">", start=start, end=end)
    before, after = open_file.split(b"<" + b"0" * 8_192 + b">")
    digest = hashlib.sha256(before + after).digest()
    made = awaited(signer_of(key()).async_sign(digest, "sha256")).dump()
    return before + b"<" + made.hex().upper().encode().ljust(8_192, b"0") + b">" + after


def signer_of(held: SigningKey) -> signers.Signer:
    return signing._with_file(held)


def padded(with_what: bytes) -> bytes:
    """Return the report with something else among the zeros behind its signature."""
    _first, second = gap()
    return signed()[: second - 1 - len(with_what)] + with_what + signed()[second - 1 :]


Lookup = Callable[[str], Registered | None]
LATE = NOW.replace(year=2031)

REFUSED: dict[str, tuple[Check, Callable[[], bytes], Lookup]] = {
    "too large": (Check.SIZE, lambda: sealed(start=b"%PDF-1.7" + b" " * verification.LARGEST), anything),
    "no PDF": (Check.PDF, lambda: sealed(start=b"PK\x03\x04"), anything),
    "two places": (Check.ONE_SIGNATURE, lambda: sealed(end=b"/ByteRange [0 1 2 3]"), anything),
    "appended": (Check.WHOLE_FILE, lambda: signed() + b"\n", anything),
    "bytes behind the signature": (Check.GAP, lambda: padded(b"DEADBEEF"), anything),
    "blanks behind the signature": (Check.GAP, lambda: padded(b"  \n\n"), anything),
    "text behind the signature": (Check.GAP, lambda: padded(b">(hello)<"), anything),
    "signed by another": (Check.SIGNER, lambda: signing.sign(unsigned(), new_key("A test"), now=NOW), anything),
    "changed at its head": (Check.UNCHANGED, lambda: flipped(signed(), 40), anything),
    "changed at its end": (Check.UNCHANGED, lambda: flipped(signed(), len(signed()) - 2), anything),
    "not registered": (Check.REGISTERED, lambda: signing.sign(unsigned(), key(), now=NOW), issued),
    "signed too late": (Check.VALID_THEN, signed, lambda sha256: registered(sha256, signed_at=LATE)),
    "signed at no time": (Check.VALID_THEN, signed, lambda sha256: registered(sha256, signed_at=None)),
}


def test_every_check_is_tried():
    assert {check for check, _content, _lookup in REFUSED.values()} == set(Check) == set(verification.CHECKS)


@pytest.mark.parametrize("name", REFUSED)
def test_each_check_refuses_what_it_is_there_for(name: str):
    check, content, lookup = REFUSED[name]
    assert verdict_on(content(), lookup=lookup).failed is check


@pytest.mark.parametrize("name", REFUSED)
def test_without_that_check_it_is_not_refused_so(name: str, monkeypatch: pytest.MonkeyPatch):
    """What is not ours, or not registered, fails the next check too; all the rest would pass for genuine."""
    check, content, lookup = REFUSED[name]
    monkeypatch.setattr(verification, "CHECKS", {**verification.CHECKS, check: lambda _file: True})
    found = verdict_on(content(), lookup=lookup)
    assert found.failed is not check
    assert found.genuine or check in {Check.SIGNER, Check.REGISTERED}


def test_letters_of_the_signature_in_another_case_are_refused():
    first, second = gap()
    at = next(at for at in range(first, second) if signed()[at : at + 1] == b"A")
    assert verdict_on(flipped(signed(), at, 0x20), lookup=anything).failed is Check.GAP

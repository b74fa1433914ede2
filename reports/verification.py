"""Whether a file is the very report that was published here: its hash, and its signature, by a fixed list of checks.

A valid signature does not cover every byte of a PDF: what is appended may change under it, and part of the gap that
holds it. So a file is genuine only if its SHA-256 is registered, and the signature covers all of the file but the
gap, and the gap holds the signature and zeros alone. A file of ours is never revised after it was signed: a later
revision is refused by where the signature ends, without comparing revisions, which costs minutes.

Nothing here parses a stranger's PDF: the checks look at bytes, in one pass each, and read the signature only if it
names one of our certificates.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from reports.registry import Registered

LARGEST = 30 * 1024 * 1024
_LARGEST_GAP = 128 * 1024
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_DIGITS = re.compile(rb"<((?:[0-9A-Fa-f]{2})+)")
_GAP = re.compile(rb"<((?:[0-9A-F]{2})+)>")


class Check(StrEnum):
    """What is looked at, in this order; the first that fails is the one that is told."""

    SIZE = "size"
    PDF = "a PDF"
    ONE_SIGNATURE = "one signature"
    WHOLE_FILE = "the signature covers the whole file"
    GAP = "nothing but the signature in its place"
    SIGNER = "signed by us"
    UNCHANGED = "unchanged since it was signed"
    REGISTERED = "registered here"
    VALID_THEN = "certificate valid when it was signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a file."""

    sha256: str
    failed: Check | None
    registered: Registered | None
    """What was published with just these bytes, if anything was."""
    certificate: x509.Certificate | None
    """Whose signature it carries, if it is one of ours."""

    @property
    def genuine(self) -> bool:
        """Return whether every check was passed."""
        return self.failed is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seal:
    """The signature of a file, by its place: what it covers, and the gap that holds it."""

    start: int
    gap_from: int
    gap_to: int
    end: int


class _File:
    """A file under examination. Each part of it is read when a check asks for it, and once."""

    def __init__(
        self, content: bytes, *, lookup: Callable[[str], Registered | None], trusted: Mapping[str, x509.Certificate]
    ) -> None:
        """Take the bytes; `lookup` finds what was published with a SHA-256, `trusted` has our certificates."""
        self.content = content
        self._lookup = lookup
        self._trusted = trusted

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def registered(self) -> Registered | None:
        return self._lookup(self.sha256)

    @cached_property
    def seals(self) -> list[_Seal]:
        # Two are one too many already; a file may well hold a million.
        matches = islice(_BYTE_RANGE.finditer(self.content), 2)
        found = [tuple(map(int, match.groups())) for match in matches]
        return [_Seal(start=a, gap_from=a + b, gap_to=c, end=c + d) for a, b, c, d in found]

    @cached_property
    def gap(self) -> bytes:
        """Return what stands in the place of the signature, brackets and all; of one without sense, nothing."""
        seal = self.seals[0]
        return self.content[seal.gap_from : min(seal.gap_to, seal.gap_from + _LARGEST_GAP)]

    @cached_property
    def signature(self) -> Any:
        """Return the signature itself, whatever else stands in its place; None if there is none."""
        digits = _DIGITS.match(self.gap)
        held = bytes.fromhex(digits[1].decode("ascii")) if digits else b""
        try:
            return cms.ContentInfo.load(held[: _length(held)], strict=True)["content"]
        except (ValueError, TypeError, KeyError):
            return None

    @cached_property
    def certificate(self) -> x509.Certificate | None:
        """Return the certificate that the signature carries, if it is one of ours; ours first of several."""
        try:
            carried = [hashlib.sha256(each.chosen.dump()).hexdigest() for each in self.signature["certificates"]]
        except (ValueError, TypeError, KeyError):
            return None
        return next((self._trusted[each] for each in carried if each in self._trusted), None)

    @cached_property
    def digest(self) -> bytes:
        """Return the SHA-256 of all that the signature covers."""
        covered, seal = hashlib.sha256(), self.seals[0]
        view = memoryview(self.content)
        covered.update(view[seal.start : seal.gap_from])
        covered.update(view[seal.gap_to : seal.end])
        return covered.digest()


def verify(
    content: bytes, *, lookup: Callable[[str], Registered | None], trusted: Mapping[str, x509.Certificate]
) -> Verdict:
    """Return whether these bytes are a report that was published here, and if not, the first check that failed.

    `lookup` finds what was published with a SHA-256; `trusted` holds our certificates by fingerprint.
    """
    file = _File(content, lookup=lookup, trusted=trusted)
    failed = next((check for check, passes in CHECKS.items() if not passes(file)), None)
    # What was not even looked at is not looked up, and a signature is nobody's until it is known to be whole.
    told = failed is None or failed in (Check.REGISTERED, Check.VALID_THEN, Check.UNCHANGED)
    return Verdict(
        sha256=file.sha256,
        failed=failed,
        registered=file.registered,
        certificate=file.certificate if told else None,
    )


def _small_enough(file: _File) -> bool:
    return len(file.content) <= LARGEST


def _is_pdf(file: _File) -> bool:
    return file.content.startswith(b"%PDF-")


def _one_signature(file: _File) -> bool:
    return len(file.seals) == 1


def _covers_all(file: _File) -> bool:
    seal = file.seals[0]
    return 0 == seal.start < seal.gap_from < seal.gap_to < seal.end == len(file.content)


def _gap_is_tight(file: _File) -> bool:
    held = _GAP.fullmatch(file.gap)
    if held is None:
        return False
    told = bytes.fromhex(held[1].decode("ascii"))
    length = _length(told)
    return bool(length) and not told[length:].strip(b"\0")


def _ours(file: _File) -> bool:
    return file.certificate is not None


def _unchanged(file: _File) -> bool:
    return _signs(file.signature, file.certificate, file.digest)


def _registered(file: _File) -> bool:
    return file.registered is not None


def _valid_then(file: _File) -> bool:
    signed_at = file.registered.signed_at if file.registered is not None else None
    if signed_at is None or file.certificate is None:
        return False
    return file.certificate.not_valid_before_utc <= signed_at <= file.certificate.not_valid_after_utc


CHECKS: Mapping[Check, Callable[[_File], bool]] = {
    Check.SIZE: _small_enough,
    Check.PDF: _is_pdf,
    Check.ONE_SIGNATURE: _one_signature,
    Check.WHOLE_FILE: _covers_all,
    Check.GAP: _gap_is_tight,
    Check.SIGNER: _ours,
    Check.UNCHANGED: _unchanged,
    Check.REGISTERED: _registered,
    Check.VALID_THEN: _valid_then,
}
"""Each needs those before it to have been passed."""


def _length(held: bytes) -> int:
    """Return how many bytes a DER sequence takes by its own word; 0 if these are none."""
    if len(held) < 2 or held[0] != 0x30:
        return 0
    if held[1] < 0x80:
        return 2 + held[1]
    size = held[1] & 0x7F
    return 2 + size + int.from_bytes(held[2 : 2 + size], "big") if 0 < size <= 4 else 0


def _signs(signature: Any, certificate: x509.Certificate | None, digest: bytes) -> bool:
    """Return whether the certificate's key signed this digest, in the one way in which `signing` does it."""
    if certificate is None:
        return False
    try:
        (info,) = signature["signer_infos"]
        told = {each["type"].native: each["values"] for each in info["signed_attrs"]}
        if info["digest_algorithm"]["algorithm"].native != "sha256" or told["message_digest"][0].native != digest:
            return False
        _check(certificate, info["signature"].native, info["signed_attrs"].untag().dump())
    except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
        return False
    return True


def _check(certificate: x509.Certificate, signature: bytes, signed: bytes) -> None:
    """Raise InvalidSignature unless the certificate's key made the signature on these bytes."""
    public = certificate.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    elif isinstance(public, rsa.RSAPublicKey):
        public.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        raise InvalidSignature

"""What somebody may do to a signed report: to a byte of it, or to the whole."""

import io
import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pikepdf
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers

from reports import pdf, signing
from tests import factories
from tests.reports.issued import issued_on, submitted_of
from tests.reports.signed import NOW, awaited, key, new_key, unsigned

MORE = (b"\n", b"\0", b" ", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n", b"x" * 100_000)
_GAP = re.compile(rb"/ByteRange \[0 (\d+) (\d+) \d+\]")


@cache
def assured(edition: str = "summary") -> bytes:
    """Return an edition of an assured report, before it is signed."""
    frozen = submitted_of(factories.small_facts())
    return pdf.make(frozen, "en-gb", statement=issued_on(frozen), edition=edition).content


@cache
def assured_and_signed(edition: str = "summary") -> bytes:
    """Return that edition, signed with the key of these tests."""
    return signing.sign(assured(edition), key(), now=NOW)


def places(content: bytes, before: bytes, *, each: int, seed: int) -> list[int]:
    """Return places all over a signed file: at all seams, and so many by lot in each of its four parts.

    `before` is the file as it was before it was signed.
    """
    lot = np.random.default_rng(seed)
    (gap,) = _GAP.finditer(content)
    first, second, end = int(gap[1]), int(gap[2]), len(content)
    seams = [0, len(before) - 1, len(before), first - 1, first, first + 1, second - 1, second, end - 1]
    parts = [(0, len(before)), (len(before), first), (first, second), (second, end)]
    return sorted({*seams, *(int(at) for low, high in parts for at in lot.integers(low, high, each))})


def flipped(content: bytes, at: int, bits: int = 1) -> bytes:
    """Return the file with these bits of one byte the other way round."""
    return content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :]


def put_in(content: bytes, at: int) -> bytes:
    """Return the file with a byte more."""
    return content[:at] + b" " + content[at:]


def taken_out(content: bytes, at: int) -> bytes:
    """Return the file with a byte less."""
    return content[:at] + content[at + 1 :]


def wholes(content: bytes, before: bytes) -> Mapping[str, bytes]:
    """Return what is done to a signed file as a whole; `before` is the file as it was before it was signed."""
    appended = {f"appended {more[:12]!r}": content + more for more in MORE}
    return appended | {
        "nothing left": b"",
        "cut short": content[:-1],
        "something in front": b"\n" + content,
        "the file twice": content + content,
        "another report behind it": content + unsigned(),
        "a later revision": revised(content),
        "written anew by another program": written_anew(content, strip=False),
        "the signature cut off": before,
        "the signature stripped": written_anew(content, strip=True),
        "stripped, and signed by another": signing.sign(before, new_key("A test"), now=NOW),
        "revised, and signed by another": signed_again(revised(content), new_key("Another")),
        "signed a second time, by another": signed_again(content, new_key("Another")),
        "signed by us, and never issued": signing.sign(before, key(), now=NOW),
    }


def revised(content: bytes) -> bytes:
    """Return the file with an incremental update behind it: its language is another."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Lang"] = pdf_string("cy")
    writer.update_root()
    return _out_of(writer)


def _out_of(writer: IncrementalPdfFileWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def written_anew(content: bytes, *, strip: bool) -> bytes:
    """Return the file as another program writes it, without its signature if that is to be stripped."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        if strip:
            del opened.Root.AcroForm, opened.Root.Perms, opened.pages[0].Annots
        opened.save(saved)
    return saved.getvalue()


def signed_again(content: bytes, by: signing.keys.SigningKey) -> bytes:
    """Return the file with one more signature behind the first, in a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    about = PdfSignatureMetadata(field_name="Second")
    with signing.opened(by) as signer:
        return bytes(awaited(_Heedless(about, signer).async_sign_pdf(writer)).getvalue())


class _Heedless(signers.PdfSigner):
    """A program that signs what its issuer let nobody change any more."""

    def _enforce_certification_constraints(self, *_given: object) -> None:
        """Let it be."""

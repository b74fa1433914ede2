"""A finished PDF is signed: PAdES, as certified by its issuer, with no change allowed. The last step, done once.

The signature is appended: the bytes that were typeset stay an exact prefix. It is invisible, so that no page changes.
What differs between two signatures on equal bytes is the signature itself and the file's second ID, both of which are
drawn by lot, and the moment. `verification` reads what is written here, and by its own means.
"""

import asyncio
import datetime as dt
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from asn1crypto import keys as plain_keys, x509 as plain_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from accounts.words import gettext_noop as _n
from reports import keys

FIELD = "Issued"
DIGEST = "sha256"
ROOM = 16_384
"""How many characters are set aside for the signature: enough for a chain of certificates and a time stamp."""


class NotSigned(keys.Unusable):
    """The key was there, and something else went wrong."""

    message = _n("The signing of the report failed. The log says more.")


class NoTimeStamp(keys.Unusable):
    """The authority that stamps the time does not answer, or does not grant it."""

    message = _n("The time-stamp authority did not answer, so nothing was signed.")


def sign(
    content: bytes, key: keys.SigningKey | keys.HeldKey, *, now: dt.datetime, stamper: TimeStamper | None = None
) -> bytes:
    """Return the PDF with the key's signature over the whole of it.

    Raises NotSigned or NoTimeStamp, or for a key in a device whatever keeps it from signing.
    """
    about = _about(key)
    # A thread of its own: whoever calls may be inside an event loop already, and there no other can run.
    try:
        with opened(key) as signer, ThreadPoolExecutor(max_workers=1) as apart:
            return apart.submit(_run, content, PdfSigner(about, signer, timestamper=stamper), now).result()
    except TimestampRequestError as fault:
        raise NoTimeStamp from fault
    except (PdfError, SigningError, ValueError) as fault:
        raise NotSigned from fault


def _run(content: bytes, signer: PdfSigner, now: dt.datetime) -> bytes:
    return asyncio.run(_signed(content, signer, now))


def time_stamper() -> TimeStamper | None:
    """Return the authority that the settings name, or None: then the time is our own word."""
    address = settings.TIME_STAMP_URL
    return HTTPTimeStamper(address, https=True, timeout=10) if address else None


def _about(key: keys.SigningKey | keys.HeldKey) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        name=keys.signer(key.certificate),
    )


@contextmanager
def opened(key: keys.SigningKey | keys.HeldKey) -> Iterator[Signer]:
    """Let one sign with a key for a while, wherever it is."""
    if isinstance(key, keys.SigningKey):
        yield _with_file(key)
        return
    with key.open() as signer:
        yield signer


def _with_file(key: keys.SigningKey) -> SimpleSigner:
    chain = SimpleCertificateStore()
    chain.register_multiple([_plain(each) for each in key.chain])
    private = key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=_plain(key.certificate),
        signing_key=plain_keys.PrivateKeyInfo.load(private),
        cert_registry=chain,
    )


async def _signed(content: bytes, signer: PdfSigner, now: dt.datetime) -> bytes:
    """Sign in pyHanko's single steps, since only these take the clock as an argument."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    session = signer.init_signing_session(writer)
    session.system_time = now
    sound = await session.perform_presign_validation(writer)
    open_document = session.prepare_tbs_document(validation_info=sound, bytes_reserved=ROOM)
    output = io.BytesIO()
    digest, _same = open_document.digest_tbs_document(output=output)
    closed = await open_document.perform_signature(
        document_digest=digest.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=now)
    )
    await closed.post_signature_processing(output)
    return output.getvalue()


def _plain(certificate: x509.Certificate) -> plain_x509.Certificate:
    return plain_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

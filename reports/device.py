"""A signing key that never leaves its device: found over PKCS#11, opened for one signature, and let go again.

Imported by name, and only where the settings name a device (`keys.IN_DEVICE`): it needs a package with native code.
The library is ended after each use, since the processes that sign are forked from one that has looked at it too, and
an open one does not survive that. Only the signature needs the PIN; what is looked up before is public.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pkcs11
from asn1crypto import x509 as plain_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from django.conf import settings
from pkcs11 import Attribute, ObjectClass
from pyhanko.sign.pkcs11 import PKCS11Signer

from reports import keys

REFUSALS: Mapping[type[pkcs11.PKCS11Error], type[keys.Unusable]] = {
    pkcs11.NoSuchToken: keys.TokenMissing,
    pkcs11.MultipleTokensReturned: keys.TokenMissing,
    pkcs11.TokenNotPresent: keys.TokenMissing,
    pkcs11.TokenNotRecognised: keys.TokenMissing,
    pkcs11.PinIncorrect: keys.WrongPin,
    pkcs11.PinInvalid: keys.WrongPin,
    pkcs11.PinLenRange: keys.WrongPin,
    pkcs11.PinLocked: keys.PinLocked,
    pkcs11.NoSuchKey: keys.NotInDevice,
    pkcs11.MultipleObjectsReturned: keys.NotInDevice,
}
"""What a device says, and what we make of it; all else is DeviceFailed."""
_one_at_a_time = Lock()
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class InDevice:
    """The key that the settings name: its certificate, and the way to sign with it."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @contextmanager
    def open(self) -> Iterator[PKCS11Signer]:
        """Let one sign with the key. Raises Unusable, also for what goes wrong meanwhile."""
        with _token() as token, token.open(user_pin=settings.SIGNING_PASSPHRASE) as session:
            # Asked for here, so that a missing one is told from all else that may go wrong.
            session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=settings.SIGNING_LABEL)
            yield _ByItsCertificate(session, self)


def find() -> InDevice:
    """Return the key that the settings name, without its PIN. Raises Unusable."""
    with _token() as token, token.open() as session:
        of_class = {Attribute.CLASS: ObjectClass.CERTIFICATE}
        held = [(each[Attribute.LABEL], bytes(each[Attribute.VALUE])) for each in session.get_objects(of_class)]
    named = [content for label, content in held if label == settings.SIGNING_CERTIFICATE_LABEL]
    if len(named) != 1:
        raise keys.NotInDevice
    try:
        certificate, *others = (x509.load_der_x509_certificate(each) for each in [*named, *(der for _l, der in held)])
    except ValueError as fault:
        raise keys.NotInDevice from fault
    return InDevice(certificate=certificate, chain=tuple(_vouchers(certificate, others)))


def _vouchers(certificate: x509.Certificate, others: list[x509.Certificate]) -> Iterator[x509.Certificate]:
    """Yield who vouches for a certificate, and who for them, as far as the device knows."""
    by_subject = {each.subject: each for each in others}
    while certificate.issuer != certificate.subject and certificate.issuer in by_subject:
        certificate = by_subject.pop(certificate.issuer)
        yield certificate


@contextmanager
def _token() -> Iterator[Any]:
    """Reach the token, one at a time, and end the library after it. Raises Unusable."""
    with _one_at_a_time:
        library = _library()
        try:
            yield library.get_token(token_label=settings.SIGNING_TOKEN)
        except pkcs11.PKCS11Error as fault:
            log.warning("The signing device refused.", extra={"why": f"{type(fault).__name__} {fault}".strip()})
            raise REFUSALS.get(type(fault), keys.DeviceFailed) from fault
        finally:
            library.finalize()


def _library() -> Any:
    try:
        return pkcs11.lib(str(settings.SIGNING_DEVICE))
    except pkcs11.PKCS11Error as fault:
        log.warning("The library of the signing device cannot be loaded.", extra={"why": str(fault)})
        raise keys.LibraryMissing from fault


class _ByItsCertificate(PKCS11Signer):
    """Sign over PKCS#11, and look whether the certificate's key did so: a device holds as many keys as one likes."""

    def __init__(self, session: Any, key: InDevice) -> None:
        # The plainest mechanism, which every device has: we work out the digest, it signs that.
        super().__init__(
            session,
            signing_cert=_plain(key.certificate),
            ca_chain=[_plain(each) for each in key.chain],
            key_label=settings.SIGNING_LABEL,
            use_raw_mechanism=True,
        )
        self._public = key.certificate.public_key()

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, *dry_run: bool) -> bytes:
        made = bytes(await super().async_sign_raw(data, digest_algorithm, *dry_run))
        if not any(dry_run) and not _signed_by(self._public, made, data):
            raise keys.NotThisCertificate
        return made


def _signed_by(public: Any, signature: bytes, data: bytes) -> bool:
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _plain(certificate: x509.Certificate) -> plain_x509.Certificate:
    return plain_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))

"""The key that signs reports, and the certificates by which what it signed is known: never rows.

The key is one file: PEM with the private key and its certificate, as `manage.py make_signing_key` writes it, or PKCS#12
as an issuer of certificates sends it. Or it is in a device that never gives it away (`device`). Each certificate that
ever signed is kept in a folder, so that what it signed is still known when another has taken its place. Nothing here is
read when a page is shown but that folder.
"""

import datetime as dt
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.errors import Refusal
from accounts.words import gettext_noop as _n

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
SMALLEST_RSA = 3072
YEARS = 3
"""How long a key that is made here signs, unless its maker says otherwise."""
IN_DEVICE = "reports.device.find"
"""What finds a key in a device, by name: its package is there only on servers, and imported only if they have one."""
_FOLDER, _OWNER_ONLY = 0o700, 0o600


class Unusable(Refusal):
    """There is no key that could sign; the sentence says why, and what to do."""


class NoKey(Unusable):
    """Nothing says where a key is."""

    message = _n("This installation has no signing key yet.")


class NotReadable(Unusable):
    """The file is missing or may not be read."""

    message = _n("The file of the signing key is missing, or cannot be read.")


class NotAKey(Unusable):
    """The file is there, but is no key with its certificate, or the passphrase is another's."""

    message = _n("The file of the signing key holds no key with its certificate, or its passphrase is wrong.")


class PackageMissing(Unusable):
    """The settings name a device, and what speaks to devices is not installed."""

    message = _n("The signing key is in a device, and the Python package that reaches it is not installed.")


class LibraryMissing(Unusable):
    """The library that came with the device cannot be loaded."""

    message = _n("The library of the signing device is missing, or cannot be loaded.")


class TokenMissing(Unusable):
    """The library knows no token of that name: unplugged, misspelt, or there are two."""

    message = _n("The signing device cannot be found. It may be unplugged, or have another name.")


class WrongPin(Unusable):
    """The device did not let us in. Each try brings it nearer to locking itself, so nothing here tries twice."""

    message = _n("The signing device refused its PIN. It locks itself after a few wrong ones.")


class PinLocked(Unusable):
    """The device lets nobody in any more."""

    message = _n("The signing device has locked itself after too many wrong PINs. Whoever keeps this site unlocks it.")


class NotInDevice(Unusable):
    """There is no key, or no certificate, by that name; or there is more than one."""

    message = _n("The signing device holds no key with its certificate by the name that was given, or more than one.")


class DeviceFailed(Unusable):
    """Something else went wrong between us and the device."""

    message = _n("The signing device did not do what was asked. The log says more.")


class NotThisCertificate(Unusable):
    """Key and certificate are two different pairs."""

    message = _n("The signing key and the certificate beside it do not belong together.")


class TooWeak(Unusable):
    """The key is of a kind that we do not sign with."""

    message = _n("The signing key is of a kind that is not used here. Use P-256, P-384, or RSA of 3072 bits or more.")


class NotYetValid(Unusable):
    """The certificate begins later."""

    message = _n("The certificate of the signing key is valid only from %(day)s on.")


class Expired(Unusable):
    """The certificate has ended."""

    message = _n("The certificate of the signing key ended on %(day)s. Whoever keeps this site makes a new one.")


class ThereAlready(Refusal):
    """A key is never written over."""

    message = _n("There is a signing key already, and it is never written over: %(file)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key, its certificate, and those that vouch for it."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


class HeldKey(Protocol):
    """A key that is in a device: nobody has it, and one may sign with it."""

    @property
    def certificate(self) -> x509.Certificate:
        """Return its certificate."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Return the certificates that vouch for it."""

    @property
    def open(self) -> Callable[[], AbstractContextManager[Any]]:
        """Return what lets one sign with it, for a while: a signer of pyHanko's. Raises Unusable."""


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hexadecimal: what we call it by."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def signer(certificate: x509.Certificate) -> str:
    """Return whose certificate it is, in words."""
    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()


def current(now: dt.datetime) -> SigningKey | HeldKey:
    """Return the key to sign with now. Raises Unusable, with why and what to do.

    Where the settings say so (on one's own machine) the first call makes one.
    """
    file: Path | None = settings.SIGNING_KEY
    if file is not None and settings.SIGNING_KEY_IS_OWN and not file.exists():
        _make_once(file, now)
    key = named()
    must_be_valid(key.certificate, now)
    remember(key.certificate)
    return key


def named() -> SigningKey | HeldKey:
    """Return the key that the settings name, whether it is valid now or not. Raises Unusable."""
    if settings.SIGNING_DEVICE is not None:
        return _in_device()
    if settings.SIGNING_KEY is None:
        raise NoKey
    return load(settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE)


def _in_device() -> HeldKey:
    try:
        find: Callable[[], HeldKey] = import_string(IN_DEVICE)
    except ImportError as fault:
        raise PackageMissing from fault
    key = find()
    must_be_strong(key.certificate.public_key())
    return key


def load(file: Path, passphrase: str = "") -> SigningKey:
    """Return the key of a file, in PEM or PKCS#12. Raises Unusable."""
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise NotReadable from fault
    try:
        key = _read(content, passphrase.encode() or None)
    except (ValueError, TypeError) as fault:
        raise NotAKey from fault
    must_be_strong(key.private.public_key())
    if key.private.public_key() != key.certificate.public_key():
        raise NotThisCertificate
    return key


def make(file: Path, *, name: str, now: dt.datetime, years: int = YEARS) -> SigningKey:
    """Make a P-256 key with a certificate of its own, for its owner's eyes alone. Raises ThereAlready."""
    private = ec.generate_private_key(ec.SECP256R1())
    certificate = _own_certificate(private, name=name, now=now, years=years)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        _write_new(file, pem + _pem(certificate))
    except FileExistsError as fault:
        raise ThereAlready(file=str(file)) from fault
    return SigningKey(private=private, certificate=certificate)


def put_aside(file: Path, passphrase: str = "") -> Path:
    """Give a key's file the name of its certificate, and keep that certificate known. Raises Unusable."""
    certificate = load(file, passphrase).certificate
    remember(certificate)
    aside = file.with_name(f"{file.stem}-{fingerprint(certificate)[:16]}{file.suffix}")
    file.rename(aside)
    return aside


def remember(certificate: x509.Certificate) -> None:
    """Keep a certificate in the folder of those that we know our reports by."""
    file = settings.SIGNING_CERTIFICATES / f"{fingerprint(certificate)}.pem"
    if not file.exists():
        _replace(file, _pem(certificate))


def trusted() -> Mapping[str, x509.Certificate]:
    """Return every certificate that signs or has signed our reports, by its fingerprint."""
    files = sorted(settings.SIGNING_CERTIFICATES.glob("*.pem"))
    found = [x509.load_pem_x509_certificate(file.read_bytes()) for file in files]
    return {fingerprint(each): each for each in found}


def _make_once(file: Path, now: dt.datetime) -> None:
    """Make this machine's own key; if another process was quicker, its key is as good."""
    made = file.with_name(f"{file.name}.{os.getpid()}")
    make(made, name=settings.SIGNING_NAME, now=now)
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()


def _read(content: bytes, passphrase: bytes | None) -> SigningKey:
    """Return the key of a file's content. Raises ValueError or TypeError if it is none."""
    private: Any
    if content.lstrip().startswith(b"-----BEGIN"):
        private = serialization.load_pem_private_key(content, passphrase if b"ENCRYPTED" in content else None)
        certificate, *chain = x509.load_pem_x509_certificates(content)
    else:
        private, found, chain = pkcs12.load_key_and_certificates(content, passphrase)
        if private is None or found is None:
            raise ValueError("no key, or no certificate, in the PKCS#12 file")
        certificate = found
    return SigningKey(private=private, certificate=certificate, chain=tuple(chain))


def must_be_strong(public: object) -> None:
    """Raise TooWeak unless the key is of a kind that signs here."""
    is_curve = isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1 | ec.SECP384R1)
    if not is_curve and not (isinstance(public, rsa.RSAPublicKey) and public.key_size >= SMALLEST_RSA):
        raise TooWeak


def must_be_valid(certificate: x509.Certificate, now: dt.datetime) -> None:
    """Raise NotYetValid or Expired unless the certificate is valid now."""
    if now < certificate.not_valid_before_utc:
        raise NotYetValid(day=certificate.not_valid_before_utc.date().isoformat())
    if now > certificate.not_valid_after_utc:
        raise Expired(day=certificate.not_valid_after_utc.date().isoformat())


def _own_certificate(
    private: ec.EllipticCurvePrivateKey, *, name: str, now: dt.datetime, years: int
) -> x509.Certificate:
    """Return a certificate that the key signs for itself: for signatures that bind, and for nothing else."""
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public = private.public_key()
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=365.25 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
    )
    return builder.sign(private, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read. Raises FileExistsError rather than write over another."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
    half = file.with_name(f"{file.name}.{os.getpid()}.half")
    half.write_bytes(content)
    half.replace(file)

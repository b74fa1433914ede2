"""A device that signs, in software: SoftHSM, with a token of its own in a temporary directory."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute
from pkcs11.util.x509 import decode_x509_certificate

from reports.keys import PrivateKey
from tests.machine import leave_out, require

TOKEN, LABEL, PIN = "a test", "reports", "1234"
_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
_WHY = "that a key in a device signs"


def library() -> str:
    """Return the path of the library of the device."""
    require("softhsm2-util", _WHY)
    return next((each for each in _LIBRARIES if Path(each).exists()), "") or leave_out(f"{_WHY}: no libsofthsm2.so")


def make(place: Path) -> str:
    """Make an empty token, say by the environment where it is, and return the path of its library."""
    (place / "tokens").mkdir(parents=True)
    conf = place / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {place / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    found = library()
    _softhsm("--init-token", "--free", "--label", TOKEN, "--so-pin", "5678")
    return found


def hold_key(place: Path, private: PrivateKey, *, label: str = LABEL, number: str = "01") -> None:
    """Put a private key into the token, as somebody does who brings one along."""
    file = place / f"key-{number}.pem"
    file.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    _softhsm("--import", str(file), "--token", TOKEN, "--label", label, "--id", number)


def hold_certificates(certificates: Iterable[tuple[str, x509.Certificate]]) -> None:
    """Put certificates into the token, where anybody who has the device can read them."""
    held: Any = pkcs11.lib(library())
    try:
        with held.get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
            for label, each in certificates:
                told = decode_x509_certificate(each.public_bytes(serialization.Encoding.DER))
                session.create_object({**told, Attribute.TOKEN: True, Attribute.PRIVATE: False, Attribute.LABEL: label})
    finally:
        held.finalize()


def _softhsm(*arguments: str) -> None:
    subprocess.run([require("softhsm2-util", _WHY), *arguments, "--pin", PIN], check=True, capture_output=True)

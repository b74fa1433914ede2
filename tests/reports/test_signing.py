"""A signed report: valid to others' programs, still archival and accessible; and a key that cannot sign says why."""

import datetime as dt
import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as plain_keys, x509 as plain_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import LazySettings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from reports import keys, signing
from tests.machine import require
from tests.pdf_validation import ACCESSIBLE, ARCHIVAL, Validator
from tests.reports.signed import NOW, awaited, key, new_key, signed, unsigned

pytest_plugins = ["tests.pdf_validation.plugin"]

LATER = NOW + dt.timedelta(days=365 * 4)


# --- The signature ----------------------------------------------------------------------------------------------------


def test_the_bytes_that_were_typeset_stay_as_they_are_and_the_signature_follows():
    assert signed().startswith(unsigned())
    assert len(signed()) < len(unsigned()) + 30_000


def test_it_is_a_certification_in_pades_that_allows_no_change():
    with pikepdf.open(io.BytesIO(signed())) as pdf:
        signature = pdf.Root.Perms.DocMDP
        assert signature.SubFilter == "/ETSI.CAdES.detached"
        assert signature.Reference[0].TransformParams.P == 1
        assert str(signature.M) == "D:20261123120000Z"
        (field,) = pdf.Root.AcroForm.Fields
        assert [float(each) for each in field.Rect] == [0, 0, 0, 0]


def test_another_implementation_finds_it_valid_and_whole_even_against_its_own_rules_of_change():
    root = plain_x509.Certificate.load(key().certificate.public_bytes(serialization.Encoding.DER))
    (embedded,) = PdfFileReader(io.BytesIO(signed())).embedded_signatures
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=NOW)
    status = awaited(async_validate_pdf_signature(embedded, context))
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.docmdp_ok


def test_poppler_finds_it_valid_and_whole(tmp_path: Path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed())
    pdfsig = require("pdfsig", "that outsiders can check the signature of a report")
    said = subprocess.run([pdfsig, str(file)], check=True, capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_it_is_still_archival_and_accessible(pdf_validator: Validator):
    found = pdf_validator.failures({"signed": signed()})["signed"]
    assert found == {ARCHIVAL: {}, ACCESSIBLE: {}}


def test_what_differs_between_two_signatures_is_the_moment_the_lot_and_nothing_else():
    first, second = (signing.sign(unsigned(), key(), now=NOW) for _again in range(2))
    assert len(first) == len(second)
    assert steady(first) == steady(second)


def steady(content: bytes) -> bytes:
    """Return what was appended, without what is drawn by lot and the moment of writing."""
    added = content[len(unsigned()) :]
    for varies in (rb"/Contents <[0-9A-F]+>", rb"/ID \[[^\]]*\]", rb"/ModDate \([^)]*\)", rb"stream\r?\n.*?endstream"):
        added = re.sub(varies, b"", added, flags=re.DOTALL)
    return re.sub(rb"/Length \d+|/ByteRange \[[^\]]*\] *|startxref\s+\d+", b"", added)


def test_what_is_no_pdf_is_not_signed():
    with pytest.raises(signing.NotSigned):
        signing.sign(b"not a PDF", key(), now=NOW)


# --- The time ---------------------------------------------------------------------------------------------------------


def test_an_authority_stamps_the_time():
    authority = key_of_rsa("A time-stamp authority")
    private = authority.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = DummyTimeStamper(
        tsa_cert=plain_x509.Certificate.load(authority.certificate.public_bytes(serialization.Encoding.DER)),
        tsa_key=plain_keys.PrivateKeyInfo.load(private),
        fixed_dt=NOW,
    )
    stamped = signing.sign(unsigned(), key(), now=NOW, stamper=stamper)
    (embedded,) = PdfFileReader(io.BytesIO(stamped)).embedded_signatures
    assert "signature_time_stamp_token" in [each["type"].native for each in embedded.signer_info["unsigned_attrs"]]


def test_an_authority_that_does_not_answer_is_a_refusal(settings: LazySettings):
    settings.TIME_STAMP_URL = "https://127.0.0.1:9"
    with pytest.raises(signing.NoTimeStamp):
        signing.sign(unsigned(), key(), now=NOW, stamper=signing.time_stamper())


def test_there_is_an_authority_only_where_the_settings_name_one(settings: LazySettings):
    assert signing.time_stamper() is None
    settings.TIME_STAMP_URL = "https://time.example.org"
    assert signing.time_stamper() is not None


# --- The key ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(settings: LazySettings, tmp_path: Path) -> Path:
    """Return where the settings say that the key is; there is none yet."""
    settings.SIGNING_KEY = tmp_path / "key.pem"
    settings.SIGNING_KEY_IS_OWN = False
    settings.SIGNING_CERTIFICATES = tmp_path / "certificates"
    return tmp_path / "key.pem"


def test_a_key_is_for_its_owner_alone_and_never_written_over(place: Path):
    made = keys.make(place, name="A test", now=NOW)
    assert place.stat().st_mode & 0o777 == 0o600
    before = place.read_bytes()
    with pytest.raises(keys.ThereAlready):
        keys.make(place, name="Another", now=NOW)
    assert place.read_bytes() == before
    assert keys.load(place).certificate == made.certificate


def test_its_certificate_binds_and_does_nothing_else(place: Path):
    certificate = keys.make(place, name="A test", now=NOW, years=5).certificate
    usage = certificate.extensions.get_extension_for_class(keys.x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert certificate.extensions.get_extension_for_class(keys.x509.SubjectKeyIdentifier)
    assert certificate.extensions.get_extension_for_class(keys.x509.AuthorityKeyIdentifier)
    assert certificate.not_valid_after_utc.year == NOW.year + 5
    assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)


def test_one_s_own_machine_makes_a_key_once(place: Path, settings: LazySettings):
    settings.SIGNING_KEY_IS_OWN = True
    first = keys.current(NOW)
    assert keys.current(NOW).certificate == first.certificate
    assert keys.trusted() == {keys.fingerprint(first.certificate): first.certificate}
    assert sorted(each.name for each in place.parent.iterdir()) == ["certificates", "key.pem"]


def test_no_key_a_missing_one_and_none_at_all_are_said(place: Path, settings: LazySettings):
    with pytest.raises(keys.NotReadable):
        keys.current(NOW)
    place.write_bytes(b"nothing of the kind")
    with pytest.raises(keys.NotAKey):
        keys.current(NOW)
    settings.SIGNING_KEY = None
    with pytest.raises(keys.NoKey):
        keys.current(NOW)


def test_a_key_signs_only_while_its_certificate_is_valid(place: Path):
    keys.make(place, name="A test", now=NOW, years=3)
    with pytest.raises(keys.Expired) as refused:
        keys.current(LATER)
    assert "2029-11-23" in refused.value.message % refused.value.params
    with pytest.raises(keys.NotYetValid):
        keys.current(NOW - dt.timedelta(days=1))
    assert not keys.trusted()


def test_a_certificate_stays_known_after_another_took_its_place(place: Path):
    keys.make(place, name="The first", now=NOW)
    first = keys.current(NOW)
    place.rename(place.with_name("old.pem"))
    keys.make(place, name="The second", now=LATER)
    second = keys.current(LATER)
    assert set(keys.trusted().values()) == {first.certificate, second.certificate}


def in_pkcs12(held: keys.SigningKey, passphrase: bytes) -> bytes:
    encryption = serialization.BestAvailableEncryption(passphrase)
    return pkcs12.serialize_key_and_certificates(b"a test", held.private, held.certificate, None, encryption)


def test_a_file_in_pkcs12_opens_with_its_passphrase_only(place: Path):
    held = new_key()
    place.write_bytes(in_pkcs12(held, b"open sesame"))
    assert keys.load(place, "open sesame").certificate == held.certificate
    for wrong in ("", "open barley"):
        with pytest.raises(keys.NotAKey):
            keys.load(place, wrong)


def test_a_key_beside_the_certificate_of_another_is_refused(place: Path):
    one, other = new_key(), new_key()
    place.write_bytes(private_pem(one.private) + other.certificate.public_bytes(serialization.Encoding.PEM))
    with pytest.raises(keys.NotThisCertificate):
        keys.load(place)


@pytest.mark.parametrize(
    "private",
    [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP521R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
)
def test_a_key_of_a_kind_that_is_not_used_here_is_refused(private: keys.PrivateKey, place: Path):
    certificate = new_key().certificate
    place.write_bytes(private_pem(private) + certificate.public_bytes(serialization.Encoding.PEM))
    with pytest.raises(keys.TooWeak):
        keys.load(place)


def test_a_key_of_rsa_signs_too(place: Path):
    held = key_of_rsa("A test")
    place.write_bytes(private_pem(held.private) + held.certificate.public_bytes(serialization.Encoding.PEM))
    assert signing.sign(unsigned(), keys.load(place), now=NOW).startswith(unsigned())


def key_of_rsa(named: str) -> keys.SigningKey:
    private = rsa.generate_private_key(65537, keys.SMALLEST_RSA)
    name = keys.x509.Name([keys.x509.NameAttribute(keys.NameOID.COMMON_NAME, named)])
    builder = keys.x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    builder = builder.serial_number(1).not_valid_before(NOW).not_valid_after(LATER)
    return keys.SigningKey(private=private, certificate=builder.sign(private, hashes.SHA256()))


def private_pem(private: keys.PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def test_it_is_signed_for_whoever_is_inside_an_event_loop():
    async def inside() -> bytes:
        return signing.sign(unsigned(), key(), now=NOW)

    assert awaited(inside()).startswith(unsigned())

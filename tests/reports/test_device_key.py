"""A key in a device signs as a key in a file does; and what keeps it from signing is said, and nothing is published."""

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from asn1crypto import x509 as plain_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import LazySettings, settings as django_settings
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from accounts.roles import Role
from reports import checks, device, errors, keys, pdf, queries, services, signing, tasks, worker
from reports.models import Report
from reports.verification import Check, verify
from tests import factories
from tests.reports import softhsm
from tests.reports.signed import NOW, awaited, new_key, registered, unsigned

LATER = NOW + dt.timedelta(days=365 * 4)
HELD = new_key("A device")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the directory of a device that holds one key and its certificate."""
    before = os.environ.get("SOFTHSM2_CONF")
    made = tmp_path_factory.mktemp("device")
    softhsm.make(made)
    softhsm.hold_key(made, HELD.private)
    softhsm.hold_certificates([(softhsm.LABEL, HELD.certificate)])
    yield made
    os.environ.pop("SOFTHSM2_CONF")
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture(autouse=True)
def named(place: Path, settings: LazySettings, tmp_path: Path) -> LazySettings:
    """Return settings that name the device."""
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OWN = None, False
    settings.SIGNING_DEVICE, settings.SIGNING_TOKEN = Path(softhsm.library()), softhsm.TOKEN
    settings.SIGNING_LABEL = settings.SIGNING_CERTIFICATE_LABEL = softhsm.LABEL
    settings.SIGNING_PASSPHRASE = softhsm.PIN
    settings.SIGNING_CERTIFICATES = tmp_path / "certificates"
    return settings


def sign() -> bytes:
    return signing.sign(unsigned(), keys.current(NOW), now=NOW)


# --- What it signs ---------------------------------------------------------------------------------------------------


def test_what_it_signs_is_genuine_to_us_and_valid_to_another_program():
    content = sign()
    assert content.startswith(unsigned())
    assert verify(content, lookup=registered, trusted=keys.trusted()).genuine
    changed = content[:40] + bytes([content[40] ^ 1]) + content[41:]
    assert verify(changed, lookup=registered, trusted=keys.trusted()).failed is Check.UNCHANGED
    root = plain_x509.Certificate.load(HELD.certificate.public_bytes(serialization.Encoding.DER))
    (embedded,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=NOW)
    assert awaited(async_validate_pdf_signature(embedded, context)).bottom_line


def test_it_signs_again_and_again_and_nothing_of_the_key_comes_out_of_it():
    assert [sign()[:8] for _again in range(3)] == [b"%PDF-1.7"] * 3
    assert not isinstance(keys.current(NOW), keys.SigningKey)
    assert keys.current(NOW).certificate == HELD.certificate


def test_a_key_of_rsa_signs_and_who_vouches_for_it_is_told(place: Path, named: LazySettings):
    issuer, private = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, keys.SMALLEST_RSA)
    root = certificate_of(issuer.public_key(), "A root", "A root", issuer)
    mine = certificate_of(private.public_key(), "A forum", "A root", issuer)
    softhsm.hold_key(place, private, label="rsa", number="02")
    softhsm.hold_certificates([("of rsa", mine), ("root", root)])
    named.SIGNING_LABEL, named.SIGNING_CERTIFICATE_LABEL = "rsa", "of rsa"
    content = sign()
    assert keys.current(NOW).chain == (root,)
    assert verify(content, lookup=registered, trusted=keys.trusted()).genuine
    (embedded,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    assert {each.subject.native["common_name"] for each in embedded.other_embedded_certs} == {"A root"}


def certificate_of(public: Any, whose: str, by: str, issuer: Any, *, until: dt.datetime = LATER) -> x509.Certificate:
    subject, vouches = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, each)]) for each in (whose, by))
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(vouches).public_key(public)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(NOW - dt.timedelta(days=400))
    return builder.not_valid_after(until).sign(issuer, hashes.SHA256())


# --- What keeps it from signing --------------------------------------------------------------------------------------


WRONG: dict[str, tuple[str, Any, type[keys.Unusable]]] = {
    "no library": ("SIGNING_DEVICE", Path("/nowhere/libdevice.so"), keys.LibraryMissing),
    "no library of a device": ("SIGNING_DEVICE", Path(__file__), keys.LibraryMissing),
    "no such token": ("SIGNING_TOKEN", "another", keys.TokenMissing),
    "a wrong PIN": ("SIGNING_PASSPHRASE", "4321", keys.WrongPin),
    "no PIN": ("SIGNING_PASSPHRASE", "", keys.WrongPin),
    "no such key": ("SIGNING_LABEL", "another", keys.NotInDevice),
    "no such certificate": ("SIGNING_CERTIFICATE_LABEL", "another", keys.NotInDevice),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_the_next_signature_is_made_all_the_same(name: str, named: LazySettings):
    setting, value, refusal = WRONG[name]
    right = getattr(named, setting)
    setattr(named, setting, value)
    with pytest.raises(refusal):
        sign()
    setattr(named, setting, right)
    assert sign().startswith(unsigned())


def test_a_certificate_that_has_ended_does_not_sign(place: Path, named: LazySettings):
    with pytest.raises(keys.Expired):
        keys.current(LATER)
    assert not keys.trusted()


def test_a_certificate_of_another_key_is_noticed_before_anything_is_kept(named: LazySettings):
    softhsm.hold_certificates([("another's", new_key("Another").certificate)])
    named.SIGNING_CERTIFICATE_LABEL = "another's"
    with pytest.raises(keys.NotThisCertificate):
        sign()


def test_a_key_of_a_kind_that_is_not_used_here_is_refused(named: LazySettings):
    weak = rsa.generate_private_key(65537, 2048)
    softhsm.hold_certificates([("weak", certificate_of(weak.public_key(), "Weak", "Weak", weak))])
    named.SIGNING_CERTIFICATE_LABEL = "weak"
    with pytest.raises(keys.TooWeak):
        keys.current(NOW)


def test_a_device_that_has_locked_itself_and_one_that_fails_are_told_apart(monkeypatch: pytest.MonkeyPatch):
    for fault, refusal in ((device.pkcs11.PinLocked, keys.PinLocked), (device.pkcs11.DeviceError, keys.DeviceFailed)):
        monkeypatch.setattr(device.PKCS11Signer, "_load_objects", lambda _self, fault=fault: fail(fault))
        with pytest.raises(refusal):
            sign()


def fail(fault: type[Exception]) -> None:
    raise fault


def test_without_the_package_it_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "IN_DEVICE", "reports.no_such_module.find")
    with pytest.raises(keys.PackageMissing):
        keys.current(NOW)


def test_what_speaks_to_devices_is_not_even_imported_where_no_device_is_named():
    loaded = (
        "import django; django.setup(); from reports import keys, signing, tasks; import sys; "
        "print(sorted({'pkcs11', 'pyhanko.sign.pkcs11', 'reports.device'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], cwd=django_settings.BASE_DIR, capture_output=True, check=True)
    assert said.stdout.decode().strip() == "[]"


# --- At the start ----------------------------------------------------------------------------------------------------


def test_the_start_says_what_is_wrong_with_a_device_and_never_tries_its_pin(named: LazySettings):
    named.SIGNING_PASSPHRASE = "4321"
    assert checks.the_key_can_sign() == []
    named.SIGNING_TOKEN = "another"
    (found,) = checks.the_key_can_sign()
    assert found.id == "reports.E003"
    assert "cannot be found" in found.msg
    assert "SOCIALVALUE_SIGNING_TOKEN" in found.hint


# --- The report ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a small file in the place of a whole report."""
    monkeypatch.setattr(pdf, "make", lambda *_any, **_named: SimpleNamespace(content=unsigned(), pages=1))


@pytest.mark.django_db
def test_with_a_wrong_pin_the_report_is_made_and_not_published_and_says_why(small: None, named: LazySettings):
    job = factories.queued(factories.submitted().account)
    named.SIGNING_PASSPHRASE = "4321"
    tasks.render_report.apply(args=[str(job.id)])
    report = queries.report_of(job)
    assert report is not None
    approver = factories.member(Role.APPROVER, report.snapshot.account.organisation)
    with pytest.raises(errors.NotSigned) as refused:
        services.publish(actor=approver, report=report, now=NOW)
    assert "refused its PIN" in refused.value.message % refused.value.params
    client = Client()
    client.force_login(approver, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("reports:rendering", args=[job.id])).text
    assert keys.WrongPin.message in page
    assert reverse("reports:try_again", args=[job.id]) in page


@pytest.mark.django_db(transaction=True)
def test_a_worker_s_child_signs_though_the_device_was_looked_at_before_it_was_forked(small: None):
    """A library that was opened before a fork is, by the standard, of no use after it; ours is ended each time."""
    job = factories.queued(factories.submitted().account)
    assert checks.the_key_can_sign() == []
    assert not device.pkcs11._loaded[softhsm.library()].initialized
    worker.render(job.id, stopping=lambda: False)
    report = Report.objects.get()
    assert report.signed_by == keys.fingerprint(HELD.certificate)

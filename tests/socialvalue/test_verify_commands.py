"""What an operator does for signatures: make a key, check a file, check everything that was published."""

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from outcomes import services as outcome_services
from reports import checking, checks, document, keys, services, signing
from reports.models import Report
from tests import factories
from tests.reports.signed import NOW, key, new_key, unsigned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: LazySettings, tmp_path: Path) -> Path:
    """Return where the settings say that the key is; there is none yet, but the certificate of our tests is known."""
    settings.SIGNING_KEY = tmp_path / "key.pem"
    settings.SIGNING_KEY_IS_OWN = False
    settings.SIGNING_CERTIFICATES = tmp_path / "certificates"
    keys.remember(key().certificate)
    return tmp_path / "key.pem"


def run(name: str, *arguments: Any) -> str:
    said = io.StringIO()
    call_command(name, *[str(each) for each in arguments], stdout=said)
    return said.getvalue()


def refused(name: str, *arguments: Any) -> tuple[int, str]:
    """Run a command that ends with an error, and return its exit code and all that it said."""
    said = io.StringIO()
    with pytest.raises(CommandError) as fault:
        call_command(name, *[str(each) for each in arguments], stdout=io.StringIO(), stderr=said)
    return fault.value.returncode, f"{said.getvalue()}{fault.value}"


def published(account: Any = None) -> Report:
    """Return a published report that our key signed."""
    job, fence = factories.leased(factories.submitted(account).account)
    rendering = services.Rendering(
        content=signing.sign(unsigned(), key(), now=NOW), pages=1, signed_by=keys.fingerprint(key().certificate)
    )
    return factories.publish(services.finish(job.id, fence, rendering, now=NOW), now=NOW)


def content_of(report: Report) -> bytes:
    with report.file.open("rb") as file:
        return bytes(file.read())


# --- make_signing_key ------------------------------------------------------------------------------------------------


def test_a_key_is_made_where_the_settings_say_and_its_certificate_is_known(place: Path):
    said = run("make_signing_key", "--name", "Value in the Valley", "--years", 5)
    assert str(place) in said
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    made = keys.load(place).certificate
    assert keys.signer(made) == "Value in the Valley"
    assert keys.fingerprint(made) in keys.trusted()


def test_a_key_is_never_written_over_but_put_aside(place: Path):
    run("make_signing_key")
    first = place.read_bytes()
    code, said = refused("make_signing_key")
    assert code == 3
    assert str(place) in said
    assert place.read_bytes() == first
    run("make_signing_key", "--rotate")
    assert place.read_bytes() != first
    (aside,) = place.parent.glob("key-*.pem")
    assert aside.read_bytes() == first
    assert len(keys.trusted()) == 3


def test_what_the_old_key_signed_is_genuine_after_a_rotation(place: Path, tmp_path: Path):
    file = tmp_path / "report.pdf"
    file.write_bytes(content_of(published()))
    run("make_signing_key")
    run("make_signing_key", "--rotate")
    assert "Genuine." in run("verify_report", file)


def test_where_nothing_can_be_written_it_says_so(place: Path):
    place.write_text("in the way")
    assert refused("make_signing_key", "--output", place / "under" / "key.pem")[0] == 6


def test_a_key_that_cannot_sign_is_said_at_the_start(place: Path, settings: LazySettings):
    (missing,) = checks.the_key_can_sign()
    assert missing.id == "reports.E003"
    assert "missing" in missing.msg
    place.write_text("no key")
    assert len(checks.the_key_can_sign()) == 1
    place.unlink()
    run("make_signing_key")
    assert checks.the_key_can_sign() == []
    settings.SIGNING_KEY = None
    assert checks.the_key_can_sign() == []


# --- verify_report ---------------------------------------------------------------------------------------------------


def test_the_published_file_is_genuine(tmp_path: Path):
    report = published()
    file = tmp_path / "report.pdf"
    file.write_bytes(content_of(report))
    said = run("verify_report", file)
    assert "Genuine." in said
    assert report.snapshot.account.name in said
    assert "Full report; Forecast" in said
    assert "Self-assessed: not assured. Self-assessed: The organisation’s own word." in said


def test_a_superseded_and_a_withdrawn_one_are_genuine_and_said_to_be_so(tmp_path: Path):
    report = published()
    file = tmp_path / "report.pdf"
    file.write_bytes(content_of(report))
    account = report.snapshot.account
    outcome_services.replace_facts(
        actor=None, account=account, facts=factories.wide_facts(2), now=factories.NOW, source="a test", reason="Mended"
    )
    published(account)
    today = report.published_at.date()
    assert f"Superseded by report 2 on {today}, because: A test." in run("verify_report", file)
    approver: Any = report.published_by
    services.withdraw(actor=approver, report=report, reason="A wrong figure.", now=NOW)
    assert "Withdrawn: A wrong figure." in run("verify_report", file)


def test_any_other_file_is_not_and_the_check_is_named(tmp_path: Path):
    file = tmp_path / "report.pdf"
    content = content_of(published())
    for changed, check in (
        (content + b"\n", "the signature covers the whole file"),
        (unsigned(), "one signature"),
        (b"hello", "a PDF"),
        (signing.sign(unsigned(), new_key(), now=NOW), "signed by us"),
    ):
        file.write_bytes(changed)
        code, said = refused("verify_report", file)
        assert code == 1
        assert check in said


def test_what_cannot_be_told_is_not_told(tmp_path: Path, settings: LazySettings):
    assert refused("verify_report", tmp_path / "none.pdf")[0] == 2
    assert refused("verify_report", tmp_path)[0] == 2
    file = tmp_path / "report.pdf"
    file.write_bytes(content_of(published()))
    settings.SIGNING_CERTIFICATES = tmp_path / "nowhere"
    assert refused("verify_report", file)[0] == 2
    settings.SIGNING_CERTIFICATES = tmp_path / "broken"
    settings.SIGNING_CERTIFICATES.mkdir()
    (settings.SIGNING_CERTIFICATES / "a.pem").write_text("no certificate")
    assert refused("verify_report", file)[0] == 2


# --- verify_published ------------------------------------------------------------------------------------------------


def past_the_guards(statement: str, *values: Any) -> None:
    """Change what no program of ours can change, as somebody with the database in their hands could."""
    triggers = {"sqlite": "DROP TRIGGER {}", "postgresql": "DROP TRIGGER {} ON {}"}[connection.vendor]
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table, name in (
            ("reports_snapshot", "reports_snapshot_no_update"),
            ("reports_report", "reports_report_no_update_once_set"),
            ("reports_report", "reports_report_no_update_once_signed"),
        ):
            cursor.execute(triggers.format(name, table))
        cursor.execute(statement, values)


def test_all_that_holds_is_counted():
    assert "All 0 published" in run("verify_published")
    published()
    published()
    factories.report()
    assert "All 2 published reports hold." in run("verify_published")


def test_a_file_that_is_gone_or_another_is_named():
    gone, other = published(), published()
    default_storage.delete(gone.file.name)
    default_storage.delete(other.file.name)
    default_storage.save(other.file.name, factories_content(unsigned()))
    code, said = refused("verify_published")
    assert code == 1
    assert "cannot be read: FileNotFoundError" in said
    assert "is not the one that was registered" in said
    assert "fails this check: one signature" in said
    assert "2 of 2 published reports do not hold." in said


def factories_content(content: bytes) -> Any:
    from_bytes = io.BytesIO(content)
    from_bytes.name = "report.pdf"
    return from_bytes


def test_a_frozen_document_that_was_changed_is_named_with_the_figure():
    report = published()
    text = report.snapshot.document
    ratio = document.parsed(text)["content"]["workings"]["totals"]["ratio"]
    changed = text.replace(f'"ratio":"{ratio}"', '"ratio":"99"')
    assert changed != text
    past_the_guards("UPDATE reports_snapshot SET document = %s", changed)
    code, said = refused("verify_published")
    assert code == 1
    assert "The frozen document is not the one that was registered" in said
    assert f"totals.ratio was frozen as 99 and is now worked out as {ratio}." in said


def test_a_figure_is_recomputed_even_if_the_hash_was_made_to_fit():
    report = published()
    text = report.snapshot.document
    ratio = document.parsed(text)["content"]["workings"]["totals"]["ratio"]
    changed = text.replace(f'"ratio":"{ratio}"', '"ratio":"99"')
    past_the_guards("UPDATE reports_snapshot SET document = %s, sha256 = %s", changed, document.sha256(changed))
    code, said = refused("verify_published")
    assert code == 1
    assert "not the one that was registered" not in said
    assert "totals.ratio was frozen as 99" in said


def test_a_document_that_is_none_is_named():
    published()
    past_the_guards("UPDATE reports_snapshot SET document = %s", "{}")
    code, said = refused("verify_published")
    assert code == 1
    assert "cannot be worked out again" in said


def test_differences_are_told_by_where_they_stand():
    frozen = {"a": [{"b": "1"}, {"b": "2"}], "c": None}
    assert list(checking.differences(frozen, {"a": [{"b": "1"}, {"b": "3"}], "c": None, "new": "4"})) == [
        ("a[2].b", "2", "3")
    ]
    assert [where for where, _was, _now in checking.differences(frozen, {"a": [{"b": "1"}]})] == ["a"]

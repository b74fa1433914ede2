"""From a rendering to a report that can be verified: signed as it is made, or kept and not published until it is."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts import qr
from accounts.roles import Role
from reports import codes, document, errors, keys, paper, pdf, queries, registry, services, tasks
from reports.models import RenderJob, Report
from reports.verification import verify
from tests import factories
from tests.reports.frozen import frozen_of
from tests.reports.signed import unsigned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the key is to be; and make a small file in the place of a whole report."""
    settings.SIGNING_KEY = tmp_path / "key.pem"
    settings.SIGNING_KEY_IS_OWN = True
    settings.SIGNING_CERTIFICATES = tmp_path / "certificates"
    monkeypatch.setattr(pdf, "make", lambda *_any, **_shape: SimpleNamespace(content=unsigned(), pages=1))
    return tmp_path / "key.pem"


def rendered(job: RenderJob | None = None) -> Report:
    job = job or factories.queued()
    tasks.render_report.apply(args=[str(job.id)])
    report = queries.report_of(job)
    assert report is not None
    return report


def content_of(report: Report) -> bytes:
    with report.file.open("rb") as file:
        return bytes(file.read())


def test_a_rendering_is_signed_before_it_is_kept_and_genuine_once_it_is_published():
    report = rendered(factories.queued(factories.submitted().account))
    assert report.signed_by in keys.trusted()
    assert report.signed_at is not None
    content = content_of(report)
    assert document.sha256(content) == report.sha256
    assert not verify(content, lookup=registry.by_sha256, trusted=keys.trusted()).genuine
    factories.publish(report, now=timezone.now())
    assert verify(content, lookup=registry.by_sha256, trusted=keys.trusted()).genuine


def test_a_report_that_cannot_be_signed_is_kept_says_why_and_is_not_published(settings: LazySettings):
    settings.SIGNING_KEY = None
    report = rendered(factories.queued(factories.submitted().account))
    assert (report.signed_at, report.signed_by) == (None, "")
    assert content_of(report) == unsigned()
    approver = factories.member(Role.APPROVER, report.snapshot.account.organisation)
    with pytest.raises(errors.NotSigned) as refused:
        services.publish(actor=approver, report=report, now=timezone.now())
    assert "has no signing key yet" in refused.value.message % refused.value.params
    report.refresh_from_db()
    assert report.published_at is None


def test_once_there_is_a_key_the_same_report_is_signed_and_the_file_without_signature_is_gone(
    place: Path, settings: LazySettings, django_capture_on_commit_callbacks: Any
):
    settings.SIGNING_KEY = None
    job = factories.queued(factories.submitted().account)
    before = rendered(job)
    settings.SIGNING_KEY = place
    services.try_again(actor=None, job=job, now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        after = rendered(job)
    assert (after.id, after.code) == (before.id, before.code)
    assert after.signed_by in keys.trusted()
    assert not default_storage.exists(before.file.name)
    factories.publish(after, now=timezone.now())


def test_a_worker_that_dies_between_the_file_and_the_row_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch):
    job = factories.queued()
    before = kept()

    def die(*_given: Any, **_named: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as dying:
        dying.setattr(Report.objects, "update_or_create", die)
        tasks.render_report.apply(args=[str(job.id)])
    assert not Report.objects.exists()
    report = rendered(job)
    assert kept() - before == {Path(report.file.name).name}
    assert document.sha256(content_of(report)) == report.sha256


def kept() -> set[str]:
    return set(default_storage.listdir("reports")[1]) if default_storage.exists("reports") else set()


def test_a_signed_report_is_not_made_again():
    job = factories.queued()
    rendered(job)
    with pytest.raises(errors.NotReady):
        services.try_again(actor=None, job=job, now=timezone.now())


def test_the_page_of_a_report_says_why_it_is_not_signed_and_lets_one_try_again(settings: LazySettings):
    settings.SIGNING_KEY = None
    job = factories.queued()
    rendered(job)
    client = Client()
    client.force_login(
        factories.member(Role.APPROVER, job.snapshot.account.organisation),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get(reverse("reports:rendering", args=[job.id])).text
    assert "This installation has no signing key yet." in page
    assert reverse("reports:try_again", args=[job.id]) in page
    assert "Publish it" not in page


def test_nobody_withdraws_without_a_reason_or_what_is_not_published_or_twice():
    report = factories.submitted_report()
    actor = factories.member(Role.APPROVER, report.snapshot.account.organisation)
    with pytest.raises(errors.NotPublished):
        services.withdraw(actor=actor, report=report, reason="Wrong", now=factories.NOW)
    factories.publish(report)
    with pytest.raises(errors.NoReasonGiven):
        services.withdraw(actor=actor, report=report, reason="  ", now=factories.NOW)
    services.withdraw(actor=actor, report=report, reason="Wrong", now=factories.NOW)
    with pytest.raises(errors.NotPublished):
        services.withdraw(actor=actor, report=report, reason="Wrong again", now=factories.NOW)


def test_an_approver_withdraws_a_report_with_a_reason_that_its_page_shows():
    report = factories.published()
    approver = report.published_by
    assert approver is not None
    client = Client()
    client.force_login(approver, backend="django.contrib.auth.backends.ModelBackend")
    door = reverse("reports:withdraw", args=[report.id])
    page = reverse("reports:rendering", args=[RenderJob.objects.get(snapshot=report.snapshot).id])
    assert door in client.get(page).text
    assert "This cannot be undone." in client.get(door).text
    assert client.post(door, {"reason": " "}).status_code == 422
    typed = client.post(door, {"reason": "A figure\u202e"})
    assert typed.status_code == 422
    assert "A figure" in typed.text
    assert client.post(door, {"reason": "A figure was wrong."}).status_code == 302
    assert "A figure was wrong." in client.get(page).text
    assert door not in client.get(page).text
    again = client.post(door, {"reason": "Another reason"})
    assert again.status_code == 409
    assert "Another reason" in again.text


# --- What the report says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_a_report_bears_the_code_under_which_it_is_looked_up(language: str):
    frozen = frozen_of(factories.small_facts())
    with translation.override(language):
        said = pdf.html(frozen)
    code = codes.shown(codes.code_of(document.sha256(document.canonical(frozen)), language))
    assert code in said
    assert "https://value.example.org/verify/" in said


def test_the_code_on_paper_is_the_code_of_the_report():
    report = rendered()
    frozen = document.parsed(report.snapshot.document)
    with translation.override(report.language):
        said = paper.context(frozen)
    assert codes.read(said["verify"]["code"]) == report.code


def test_the_qr_code_is_one_path_with_its_quiet_border_and_the_same_each_time():
    made = qr.squares("https://value.example.org/verify/7K3M-9QXD-2R4F/")
    assert made == qr.squares("https://value.example.org/verify/7K3M-9QXD-2R4F/")
    assert made != qr.squares("https://value.example.org/verify/7K3M-9QXD-2R4G/")
    bars = [tuple(map(int, bar)) for bar in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", made.path)]
    assert "".join(f"M{x} {y}h{long}v1h-{long}z" for x, y, long in bars) == made.path
    assert min(x for x, _y, _long in bars) == min(y for _x, y, _long in bars) == qr.QUIET
    assert max(x + long for x, _y, long in bars) == max(y for _x, y, _long in bars) + 1 == made.side - qr.QUIET
    first = [bar for bar in bars if bar[1] == qr.QUIET]
    assert first[0] == (qr.QUIET, qr.QUIET, 7)  # the upper edge of the first of its three eyes

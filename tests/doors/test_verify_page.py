"""The page on which anybody sees whether a report is genuine: by its code, by the file, without a sign-in."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from outcomes import services as outcome_services
from reports import codes, keys, services, signing
from reports.models import Conclusion, Report
from reports.verification import LARGEST, Check
from reports.views import verify
from reports.views.verify import WHAT_FAILED
from tests import factories
from tests.doors.test_large_uploads import TAIL, Sent, send
from tests.reports import assuring
from tests.reports.signed import NOW, key, new_key, unsigned

pytestmark = pytest.mark.django_db

PAGE = "/verify/"
UNKNOWN = codes.shown(codes.code_of("0" * 64, "en-gb"))
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="report.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n"
)


@pytest.fixture(autouse=True)
def certificates(settings: LazySettings, tmp_path: Path) -> None:
    """Let the key that signs in these tests be one of ours."""
    settings.SIGNING_CERTIFICATES = tmp_path
    keys.remember(key().certificate)


def signed_report(account: Account | None = None) -> tuple[Report, bytes]:
    """Return a report that our key signed, and its bytes; not published yet."""
    job, fence = factories.leased(factories.submitted(account).account)
    content = signing.sign(unsigned(), key(), now=NOW)
    rendering = services.Rendering(content=content, pages=1, signed_by=keys.fingerprint(key().certificate))
    return services.finish(job.id, fence, rendering, now=NOW), content


def published(account: Account | None = None) -> tuple[Report, bytes]:
    report, content = signed_report(account)
    return factories.publish(report, now=NOW), content


def checked(content: bytes) -> Any:
    return Client().post(PAGE, {"file": SimpleUploadedFile("report.pdf", content, "application/pdf")})


def looked_up(code: str) -> Any:
    return Client().get(PAGE, {"code": code}, follow=True)


def told(answer: Any) -> str:
    assert answer.context["answer"] is not None
    return answer.context["answer"].state


# --- The file --------------------------------------------------------------------------------------------------------


def test_the_file_that_was_published_is_genuine_and_says_what_it_is():
    report, content = published()
    answer = checked(content)
    assert answer.status_code == 200
    assert told(answer) == "genuine"
    account = report.snapshot.account
    for words in (account.name, account.organisation.name, codes.shown(report.code), report.sha256):
        assert words in answer.text
    for words in ("Not a byte of it was changed", "23 November 2026", "A test", "not assured"):
        assert words in answer.text


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        (lambda content: content + b"\n", Check.WHOLE_FILE),
        (lambda content: content[:50] + b"X" + content[51:], Check.UNCHANGED),
        (lambda _content: unsigned(), Check.ONE_SIGNATURE),
        (lambda _content: b"not a PDF", Check.PDF),
        (lambda _content: signing.sign(unsigned(), new_key("A test"), now=NOW), Check.SIGNER),
        (lambda _content: signing.sign(unsigned(), key(), now=NOW), Check.REGISTERED),
    ],
)
def test_any_other_file_is_not_and_the_page_says_which_check_failed_and_what_to_do(change: Any, failed: Check):
    report, content = published()
    answer = checked(change(content))
    assert answer.status_code == 200
    assert told(answer) == "not_issued"
    for words in WHAT_FAILED[failed]:
        assert words in answer.text
    assert report.snapshot.account.name not in answer.text


def test_every_check_has_its_sentences():
    assert set(WHAT_FAILED) == set(Check)


def test_a_report_that_is_not_published_is_told_apart_in_nothing_from_one_that_is_unknown():
    report, content = signed_report()
    assert told(checked(content)) == "not_issued"
    assert report.snapshot.account.name not in checked(content).text
    assert told(looked_up(report.code)) == "unknown"
    assert as_seen(report.code) == as_seen(UNKNOWN)


def as_seen(code: str) -> str:
    """Return what the page of a code shows, but for the code."""
    return looked_up(code).text.replace(codes.shown(code), "CODE").replace(code, "CODE")


def test_a_report_that_a_later_one_superseded_is_genuine_and_leads_on():
    account = factories.account()
    _first, content = published(account)
    changed = factories.wide_facts(2)
    outcome_services.replace_facts(
        actor=None, account=account, facts=changed, now=factories.NOW, source="a test", reason="Counted again"
    )
    second, latest = published(account)
    answer = checked(content)
    assert told(answer) == "superseded"
    assert f"report {second.snapshot.number} took its place" in answer.text
    assert told(checked(latest)) == "genuine"


def test_a_withdrawn_report_shows_the_reason_by_file_and_by_code():
    report, content = published()
    approver: Any = report.published_by
    services.withdraw(actor=approver, report=report, reason="A figure <b>was</b> wrong.", now=NOW)
    for answer in (checked(content), looked_up(report.code)):
        assert told(answer) == "withdrawn"
        assert "A figure &lt;b&gt;was&lt;/b&gt; wrong." in answer.text


def test_nothing_chosen_is_asked_for_again():
    answer = Client().post(PAGE)
    assert answer.status_code == 422
    assert "Choose the PDF file of the report." in answer.text


def test_an_empty_file_is_no_pdf():
    assert told(checked(b"")) == "not_issued"


def test_a_file_of_200_megabytes_is_refused_in_words_without_being_held():
    body = Sent(200_000_000, HEAD, TAIL)
    answer = send(Client(), PAGE, body, "multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert told(answer) == "not_issued"
    assert "larger than 30 MB" in answer.text
    assert body.taken == body.length


def test_a_file_is_held_in_memory_alone_and_only_the_first(settings: LazySettings, tmp_path: Path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "none"
    large = b"%PDF-1.7" + b" " * 5_000_000
    both = {"file": SimpleUploadedFile("a.pdf", large), "other": SimpleUploadedFile("b.pdf", large)}
    answer = Client().post(PAGE, both)
    assert told(answer) == "not_issued"
    assert list(answer.wsgi_request.FILES) == ["file"]
    assert isinstance(answer.wsgi_request.FILES["file"].file, io.BytesIO)


def test_the_largest_that_is_looked_into_is_looked_into():
    body = Sent(LARGEST, HEAD, TAIL)
    assert WHAT_FAILED[Check.PDF][0] in send(Client(), PAGE, body).text


def test_a_browser_that_tells_no_origin_is_heard_since_nothing_is_changed_and_nobody_is_known():
    """From a page that tells no referrer a browser sends a form with the origin "null", which Django refuses."""
    content = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    answer = Client(enforce_csrf_checks=True).post(PAGE, {"file": content}, headers={"origin": "null"})
    assert told(answer) == "not_issued"
    assert not answer.cookies


# --- The code --------------------------------------------------------------------------------------------------------


def test_a_code_leads_to_what_was_published_under_it_however_it_is_typed():
    report, _content = published()
    for typed in (report.code, codes.shown(report.code).lower(), f" {report.code} "):
        answer = looked_up(typed)
        assert answer.redirect_chain == [(f"/verify/{codes.shown(report.code)}/", 302)]
        assert told(answer) == "genuine"
        assert report.snapshot.account.name in answer.text
        assert "Only the file itself shows" in answer.text


def test_a_code_that_nothing_has_is_unknown():
    answer = looked_up(UNKNOWN)
    assert answer.status_code == 404
    assert told(answer) == "unknown"
    assert UNKNOWN in answer.text


@pytest.mark.parametrize("typed", ["", "hello", UNKNOWN[:-1] + "U", "x" * 41, "<script>", "' OR 1=1"])
def test_what_is_no_code_stays_in_the_field(typed: str):
    answer = looked_up(typed)
    assert answer.status_code == 422
    assert answer.context["code_form"]["code"].value() == typed
    assert "<script>" not in answer.text


def test_an_address_with_no_code_in_it_is_not_found():
    assert Client().get(reverse("reports:verify_code", args=["hello"])).status_code == 404


def test_a_certificate_that_is_no_longer_there_is_said(settings: LazySettings, tmp_path: Path):
    report, content = published()
    settings.SIGNING_CERTIFICATES = tmp_path / "none"
    assert "Not known any more" in looked_up(report.code).text
    assert told(checked(content)) == "not_issued"


# --- Everybody's -----------------------------------------------------------------------------------------------------


def test_no_answer_is_kept_on_the_way_or_tells_where_its_reader_came_from():
    report, content = published()
    answers = [Client().get(PAGE), looked_up(report.code), looked_up(UNKNOWN), looked_up("hello"), checked(content)]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_the_way_there_is_on_the_page_that_everybody_comes_to():
    assert PAGE in Client().get(reverse("accounts:sign_in")).text


# --- How far it was assured, and what it covers ----------------------------------------------------------------------


def published_assured(**given: Any) -> Report:
    """Return a published report of which an assurer signed the statement."""
    held = assuring.judged()
    assuring.conclude(held, **given)
    assuring.sign(held)
    held.account.refresh_from_db()
    job, fence = factories.leased(held.account, now=assuring.NOW)
    content = signing.sign(unsigned(), key(), now=NOW)
    rendering = services.Rendering(content=content, pages=1, signed_by=keys.fingerprint(key().certificate))
    return factories.publish(services.finish(job.id, fence, rendering, now=assuring.NOW), now=assuring.NOW)


def test_a_self_assessed_report_says_so_and_what_that_means():
    report, _content = published()
    answer = looked_up(report.code)
    for words in (
        "Self-assessed: not assured",
        "The organisation’s own word.",
        "Full report, number 1, 1 page",
        "Forecast: what we expect",
    ):
        assert words in answer.text
    assert answer.context["answer"].scope.statement is None
    assert "What was not covered" not in answer.text


def test_an_assured_report_tells_the_conclusion_who_gave_it_its_scope_and_until_when_it_holds():
    report = published_assured()
    answer = looked_up(report.code)
    assert told(answer) == "genuine"
    for words in (
        "Assured by an independent assurer",
        "Somebody with no part in the organisation has judged it",
        str(report.statement.signed_by),
        "Well kept",
        "30 November 2027",
        "Whether the activity is worth its money was not judged",
    ):
        assert words in answer.text
    assert "That has passed" not in answer.text


def test_the_three_levels_are_named_and_one_is_that_of_the_report():
    scope = looked_up(published_assured().code).context["answer"].scope
    assert [(each.name, each.is_this) for each in scope.levels] == [
        ("Self-assessed", False),
        ("Peer panel of forum members", False),
        ("Independent assurer", True),
    ]


def test_a_report_that_its_assurer_did_not_confirm_is_genuine_and_says_so():
    report = published_assured(conclusion=Conclusion.NOT_ASSURED, summary="The register could not be seen.")
    answer = looked_up(report.code)
    assert told(answer) == "genuine"
    assert "An assurer judged this report, and did not confirm it." in answer.text
    assert "The register could not be seen." in answer.text


def test_a_statement_that_no_longer_holds_is_said(monkeypatch: pytest.MonkeyPatch):
    report = published_assured()
    monkeypatch.setattr(verify.timezone, "localdate", lambda: dt.date(2027, 12, 1))
    answer = looked_up(report.code)
    assert told(answer) == "genuine"
    assert "The assurer’s statement was valid until 30 November 2027. That has passed." in answer.text


def test_why_a_later_report_took_the_place_is_told_on_both_pages():
    account = factories.account()
    first, _content = published(account)
    outcome_services.replace_facts(
        actor=None, account=account, facts=factories.wide_facts(2), now=factories.NOW, source="a test", reason="Again"
    )
    made, _latest = signed_report(account)
    second = factories.publish(made, now=NOW, because="Two <groups> were forgotten.")
    for code in (first.code, second.code):
        assert "Two &lt;groups&gt; were forgotten." in looked_up(code).text


def test_what_an_assurer_typed_stays_words():
    report = published_assured(summary="<script>alert(1)</script> {{ 7|add:7 }} %(name)s")
    text = looked_up(report.code).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }} %(name)s" in text
    assert "<script>alert" not in text


def test_a_draft_of_a_statement_is_told_nowhere():
    held = assuring.judged()
    assuring.conclude(held, summary="Nobody shall read this yet")
    report, _content = published()
    assert "Nobody shall read this yet" not in looked_up(report.code).text
    assert told(looked_up(UNKNOWN)) == "unknown"

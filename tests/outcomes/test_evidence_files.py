"""Files that bear something out: what is kept, what is refused, and who gets them back."""

import hashlib
import io
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Account, AuditRecord, Person
from accounts.roles import Role
from outcomes import file_kinds, services
from outcomes.file_kinds import FileKind, kind_named, kind_of, name_kept
from outcomes.intake import Unacceptable
from outcomes.models import EvidenceFile
from outcomes.nouns import Evidence
from tests import factories
from tests.doors.door import asked, browser, told
from tests.outcomes.acting import LATER, facts_of, latest
from tests.outcomes.reading import at, editing, reading

PDF = b"%PDF-1.7\n%minutes of the meeting"
GIVEN = {"name": "Minutes of March", "about_row": "O1", "kind": "document"}


def archive(**members: bytes | str) -> bytes:
    """Return a zip archive; two underscores in a name stand for a slash, one before the ending for a point."""
    made = io.BytesIO()
    with ZipFile(made, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def office(**members: bytes | str) -> bytes:
    """Return what a word processor or a spreadsheet of today writes."""
    made = io.BytesIO()
    with ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return made.getvalue()


DOCX, XLSX = office(word__document_xml="<w/>"), office(xl__workbook_xml="<x/>")
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>")
ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<o/>")
TAKEN = {
    "minutes.pdf": (PDF, FileKind.PDF),
    "hall.png": (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
    "hall.jpeg": (b"\xff\xd8\xff\xe0....", FileKind.JPEG),
    "letter.docx": (DOCX, FileKind.DOCX),
    "answers.xlsx": (XLSX, FileKind.XLSX),
    "letter.odt": (ODT, FileKind.ODT),
    "answers.ods": (ODS, FileKind.ODS),
    "answers.csv": ("age,aelod\n70,Siân\n".encode(), FileKind.CSV),
    "notes.txt": ("Wedi’i ysgrifennu yn Gymraeg".encode(), FileKind.TEXT),
}
REFUSED = {
    "a program named as a document": ("minutes.pdf", b"MZ\x90\x00\x03\x00\x00"),
    "a script with a null in it": ("notes.txt", b"#!/bin/sh\x00rm"),
    "a text in another alphabet's bytes": ("notes.txt", b"caf\xe9"),
    "an archive of anything": ("all.zip", archive(anything="x")),
    "an archive named as a document": ("letter.docx", archive(anything="x")),
    "a document with macros": ("letter.docm", office(word__document_xml="<w/>", word__vbaProject_bin=b"x")),
    "an open document with programs": (
        "letter.odt",
        archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="", Basic__script="x"),
    ),
    "a drawing that runs scripts": ("a.gif", b"GIF89a\x01\x00\x00"),
    "half an archive": ("letter.docx", DOCX[:40]),
    "nothing": ("empty.pdf", b""),
}


def keep(account: Account, actor: Person, content: bytes = PDF, name: str = "minutes.pdf", **given: str) -> Evidence:
    return services.keep_file(actor=actor, account=account, typed=GIVEN | given, content=content, name=name, now=LATER)


def send(client: Any, account: Account, content: bytes, name: str = "minutes.pdf", **said: str) -> Any:
    sent = SimpleUploadedFile(name, content, "application/x-anything")
    return client.post(at(account, "new_evidence") + "?about=O1", {**GIVEN, **said, "file": sent})


# --- What is taken ---


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_known_by_what_is_in_it(name: str):
    content, kind = TAKEN[name]
    assert kind_of(content, name) is kind
    assert kind_named(name_kept(name, kind)) is kind


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_of_the_kinds_is_refused_whatever_it_is_called(name: str):
    called, content = REFUSED[name]
    with pytest.raises(file_kinds.NotTaken):
        kind_of(content, called)


def test_a_file_of_the_greatest_size_is_taken_and_one_byte_more_is_not():
    kind_of(PDF + b" " * (file_kinds.MOST_BYTES - len(PDF)), "a.pdf")
    with pytest.raises(file_kinds.TooLarge):
        kind_of(PDF + b" " * (file_kinds.MOST_BYTES - len(PDF) + 1), "a.pdf")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("Minutes.PDF", "Minutes.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Windows\\system32\\evil.exe", "evil.exe.pdf"),
        ("page.html", "page.html.pdf"),
        ("fdp.\u202eexe", "fdp.exe.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("..", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("W" * 400 + ".pdf", "W" * 146 + ".pdf"),
    ],
)
def test_a_name_is_no_path_hides_nothing_and_ends_as_its_kind_does(name: str, kept: str):
    assert name_kept(name, FileKind.PDF) == kept


# --- Keeping it ---


def test_a_file_is_kept_under_its_hash_with_who_and_when(account: Account, editor: Person):
    row = keep(account, editor)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (row.name, row.file_name, row.file_sha256) == ("Minutes of March", "minutes.pdf", sha256)
    kept = EvidenceFile.objects.get(account=account)
    assert (kept.sha256, kept.size, kept.kept_by, kept.kept_at) == (sha256, len(PDF), editor, LATER)
    assert kept.file.read() == PDF
    kept.file.close()
    record = latest(account)
    assert (record.verb, record.person, record.ref, record.at) == ("kept file", editor, row.ref, LATER)
    assert record.after == {"file_name": "minutes.pdf", "file_sha256": sha256, "size": len(PDF)}


def test_the_place_of_a_file_says_nothing_of_its_name(account: Account, editor: Person):
    keep(account, editor, name="../../secret names.pdf")
    kept = EvidenceFile.objects.get()
    assert kept.file.name == f"evidence/{kept.id}"


def test_the_same_file_sent_twice_is_there_once(account: Account, editor: Person):
    first, records = keep(account, editor), AuditRecord.objects.count()
    assert keep(account, editor) == first
    assert facts_of(account).evidence == (first,)
    assert (EvidenceFile.objects.count(), AuditRecord.objects.count()) == (1, records)


def test_the_same_file_may_bear_out_two_things_and_is_kept_once(account: Account, editor: Person):
    keep(account, editor)
    keep(account, editor, about_row="S1")
    assert [each.about_row for each in facts_of(account).evidence] == ["O1", "S1"]
    assert EvidenceFile.objects.count() == 1


def test_what_was_typed_wrongly_leaves_neither_row_nor_file(account: Account, editor: Person):
    with pytest.raises(Unacceptable):
        keep(account, editor, about_row="O99")
    assert not EvidenceFile.objects.exists()
    assert not facts_of(account).evidence


def test_stopped_between_the_file_and_its_row_no_row_is_left_and_the_next_try_works(
    account: Account, editor: Person, monkeypatch: pytest.MonkeyPatch
):
    def stopped(*_args: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EvidenceFile, "save", stopped)
        with pytest.raises(KeyboardInterrupt):
            keep(account, editor)
    assert not EvidenceFile.objects.exists()
    assert not facts_of(account).evidence
    left = set(default_storage.listdir("evidence")[1])
    keep(account, editor)
    assert set(default_storage.listdir("evidence")[1]) == left  # what was left was overwritten: nothing piles up
    assert EvidenceFile.objects.get().file.storage.size(EvidenceFile.objects.get().file.name) == len(PDF)


def test_a_row_that_is_removed_and_put_back_still_has_its_file(account: Account, editor: Person):
    row = keep(account, editor)
    services.remove_row(actor=editor, account=account, noun=Evidence, ref=row.ref, version=1, now=LATER)
    services.restore_row(actor=editor, account=account, record_id=latest(account).id, now=LATER)
    assert facts_of(account).evidence == (row,)
    answer = asked(browser(editor), "get", at(account, "evidence_file", row.file_sha256))
    assert answer.status_code == 200


def test_a_workbook_in_place_of_the_account_leaves_the_files(account: Account, editor: Person):
    row = keep(account, editor)
    facts = facts_of(account)
    services.replace_facts(actor=editor, account=account, facts=facts, now=LATER, source="club.xlsx")
    assert facts_of(account).evidence == (row,)
    assert asked(browser(editor), "get", at(account, "evidence_file", row.file_sha256)).status_code == 200


# --- The door ---


def test_a_file_comes_back_as_an_attachment_that_no_browser_shows(account: Account, editor: Person):
    row = keep(account, editor, content=b"<script>alert(1)</script>", name="page.html")
    answer = browser(editor).get(at(account, "evidence_file", row.file_sha256))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_of_another_organisation_gets_a_file_even_if_they_know_its_hash(account: Account, editor: Person):
    row, other = keep(account, editor), factories.account()
    outsider = browser(factories.member(Role.ADMIN, other.organisation))
    for address in (at(account, "evidence_file", row.file_sha256), at(other, "evidence_file", row.file_sha256)):
        assert outsider.get(address).status_code == 404
    assert asked(reading(account), "get", at(account, "evidence_file", row.file_sha256)).status_code == 200
    assert reading(account).get(at(account, "evidence_file", uuid4().hex * 2)).status_code == 404


def test_a_file_is_added_on_the_screen_and_listed_on_its_item(account: Account):
    client = editing(account)
    answer = send(client, account, PDF)
    assert answer.url == at(account, "entry", "outcomes", "O1")
    page = told(client.get(answer.url))
    assert "E1 Minutes of March" in page
    assert "Download minutes.pdf" in page


def test_a_link_is_added_without_a_file(account: Account):
    client = editing(account)
    said = {**GIVEN, "link": "https://example.org/minutes", "ref": "E1"}
    for _click in range(2):
        assert client.post(at(account, "new_evidence"), said).status_code == 302
    assert [each.link for each in facts_of(account).evidence] == ["https://example.org/minutes"]


@pytest.mark.parametrize(("content", "status"), [(b"MZ\x90\x00", 422), (PDF + b" " * 10_000_000, 413), (b"", 422)])
def test_a_refused_file_leaves_what_was_typed_and_says_why_at_the_field(account: Account, content: bytes, status: int):
    answer = send(editing(account), account, content, note="Found in the cupboard of the hall")
    assert answer.status_code == status
    assert "Found in the cupboard of the hall" in answer.text
    assert "Minutes of March" in answer.text
    assert answer.context["form"].errors["file"]
    assert not facts_of(account).evidence


def test_a_form_refused_for_another_reason_says_that_the_file_is_to_be_chosen_again(account: Account):
    answer = send(editing(account), account, PDF, link="not an address")
    assert answer.status_code == 422
    assert answer.context["form"].errors["link"]
    assert "Choose the file again" in told(answer)
    assert not EvidenceFile.objects.exists()


def test_the_page_warns_of_personal_data_before_the_file_is_chosen(account: Account):
    page = told(editing(account).get(at(account, "new_evidence")))
    assert page.index("Leave out or black out names") < page.index("10 MB at most")


def test_a_file_that_is_named_but_not_kept_is_said_to_be_so(account: Account, editor: Person):
    given = {**GIVEN, "file_name": "<b>.pdf", "file_sha256": "0" * 64}
    services.add_row(actor=editor, account=account, noun=Evidence, typed=given, now=LATER)
    answer = reading(account).get(at(account, "entry", "outcomes", "O1"))
    assert "The file <b>.pdf is named here, but not kept here." in told(answer)
    assert "<b>.pdf" not in answer.text

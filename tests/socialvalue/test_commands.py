"""What an operator does from the command line: what it prints, what it leaves, and with which code it ends."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command, load_command_class
from django.core.management.base import CommandError

from accounts.models import Account, AuditRecord, Membership, Organisation, Person
from accounts.roles import Role
from outcomes import format as account_format, workbook
from outcomes.facts import read_facts
from outcomes.nouns import Facts
from outcomes.queries import appraise
from reports import access, document, pdf, queries, services, signing, worker
from reports.models import JobState, RenderJob, Report, Snapshot
from socialvalue import demonstration
from tests import factories, worked_examples
from tests.worker import environment

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: Any) -> str:
    """Run a command and return what it printed."""
    printed = io.StringIO()
    call_command(name, *[str(each) for each in arguments], stdout=printed)
    return printed.getvalue().strip()


def refused(name: str, *arguments: Any) -> tuple[int, str]:
    """Run a command that fails, and return its exit code and what it said."""
    with pytest.raises(CommandError) as fault:
        run(name, *arguments)
    return fault.value.returncode, str(fault.value)


def as_json(facts: Facts) -> bytes:
    return account_format.dumps(facts)


def as_workbook(facts: Facts) -> bytes:
    return workbook.write(facts, appraise(facts).workings)


# --- import_account ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "write"), [(".json", as_json), (".xlsx", as_workbook), (".JSON", as_json)])
@pytest.mark.parametrize("facts", [factories.timebank_facts, factories.complete_facts])
def test_an_account_is_brought_in_whole_and_its_id_is_printed(
    tmp_path: Path, suffix: str, write: Callable[[Facts], bytes], facts: Callable[[], Facts]
):
    keeper, file = factories.organisation(), tmp_path / f"account{suffix}"
    file.write_bytes(write(facts()))
    account = Account.objects.get(id=UUID(run("import_account", file, "--organisation", keeper.slug)))
    assert account.organisation == keeper
    assert read_facts(account) == facts()
    record = AuditRecord.objects.get(account=account)
    assert (record.verb, record.person, record.after["source"]) == ("opened", None, file.name)


def bad_workbook() -> bytes:
    """Return a workbook with 130 % of deadweight in it."""
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(factories.small_facts())))
    for row in book["Adjustments"].iter_rows():
        for cell in row:
            if cell.value == 0.1:
                cell.value = 1.3
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def bad_json() -> bytes:
    told = json.loads(as_json(factories.small_facts()))
    told["adjustments"][0]["figure"] = "1.3"
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("bad.xlsx", bad_workbook, 3, "Adjustments"),
        ("bad.json", bad_json, 3, "100%"),
        ("torn.json", lambda: b'{"account": ', 3, "JSON"),
        ("torn.xlsx", lambda: b"PK\x03\x04 and no more", 3, "workbook"),
        ("empty.xlsx", lambda: b"", 3, ""),
    ],
)
def test_a_file_with_mistakes_is_refused_with_every_reason_and_nothing_is_half_imported(
    tmp_path: Path, name: str, content: Callable[[], bytes], code: int, said: str
):
    keeper, file = factories.organisation(), tmp_path / name
    file.write_bytes(content())
    assert refused("import_account", file, "--organisation", keeper.slug)[0] == code
    assert said in refused("import_account", file, "--organisation", keeper.slug)[1]
    assert not Account.objects.exists()
    assert not AuditRecord.objects.exists()


def test_a_copy_with_the_bad_cells_marked_is_written_where_it_is_asked_for(tmp_path: Path):
    keeper, file, copy = factories.organisation(), tmp_path / "bad.xlsx", tmp_path / "marked.xlsx"
    file.write_bytes(bad_workbook())
    code, said = refused("import_account", file, "--organisation", keeper.slug, "--marked", copy)
    assert (code, str(copy) in said) == (3, True)
    assert openpyxl.load_workbook(copy).sheetnames
    nowhere = tmp_path / "no such folder" / "marked.xlsx"
    code, said = refused("import_account", file, "--organisation", keeper.slug, "--marked", nowhere)
    assert (code, "cannot be written" in said, "130" in said) == (3, True, True)


def test_a_file_that_cannot_be_read_and_an_organisation_that_is_not_there(tmp_path: Path):
    keeper, file = factories.organisation(), tmp_path / "account.json"
    assert refused("import_account", file, "--organisation", keeper.slug)[0] == 4
    assert refused("import_account", tmp_path, "--organisation", keeper.slug)[0] == 4
    file.write_bytes(as_json(factories.small_facts()))
    assert refused("import_account", file, "--organisation", "nobody")[0] == 5
    assert not Account.objects.exists()


# --- show_account --------------------------------------------------------------------------------------------------


def test_every_figure_of_the_timebank_study_is_shown_unrounded_and_as_a_string():
    account = factories.account(factories.timebank_facts())
    shown = json.loads(run("show_account", account.id, "--format", "json"))
    totals, years = shown["workings"]["totals"], shown["workings"]["years"]
    assert totals["gross_value"] == "854175"
    assert [year["impact"] for year in years] == ["622693.575", "186808.0725"]
    assert years[1]["present_value"].startswith("180490.891304347826086956521739130434782608")
    assert totals["total_present_value"].startswith("803184.466304347826086956521739130434782608")
    assert totals["net_present_value"].startswith("753184.466304347826086956521739130434782608")
    assert totals["ratio"].startswith("16.0636893260869565217391304347826086956521")
    assert shown["trouble"] is None
    assert account_format.from_plain(shown["account"]) == factories.timebank_facts()


@pytest.mark.parametrize("name", worked_examples.NAMES)
def test_every_figure_is_the_one_that_the_core_works_out(name: str):
    """Through the tables and back, nothing is lost and nothing is rounded."""
    facts = worked_examples.facts(name)
    shown = json.loads(run("show_account", factories.account(facts).id))
    assert shown["workings"] == json.loads(json.dumps(appraise(facts).workings.as_plain()))
    assert not any(isinstance(each, float) for each in _leaves(shown))


def _leaves(tree: Any) -> list[Any]:
    if isinstance(tree, dict | list):
        branches = tree.values() if isinstance(tree, dict) else tree
        return [leaf for branch in branches for leaf in _leaves(branch)]
    return [tree]


def test_an_account_that_cannot_be_worked_out_is_shown_with_the_reason():
    shown = json.loads(run("show_account", factories.account(factories.unworkable_facts()).id))
    assert shown["workings"] is None
    assert shown["trouble"]
    assert shown["account"]["valuations"][0]["price_period"] == "2019-20"


def test_an_account_that_is_not_there_is_not_shown():
    assert refused("show_account", uuid4())[0] == 4


# --- render_report -------------------------------------------------------------------------------------------------


@pytest.fixture
def small_pdf(monkeypatch) -> None:
    """Make a small file in the place of a real PDF: what is in it tells the snapshot that it was made from."""

    def make(frozen: dict[str, Any], language: str, **_shape: Any) -> SimpleNamespace:
        digest = document.sha256(document.canonical(frozen))
        return SimpleNamespace(content=f"%PDF-1.7 {digest} {language}".encode(), pages=1)

    monkeypatch.setattr(pdf, "make", make)
    monkeypatch.setattr(signing, "sign", lambda content, _key, **_given: content)


def test_a_report_is_written_and_repeated_byte_for_byte(tmp_path: Path):
    account = factories.account()
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    assert run("render_report", account.id, "--output", first) == str(first)
    assert run("render_report", account.id, "--output", second) == str(second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"%PDF-1.7")
    assert (Snapshot.objects.count(), Report.objects.count()) == (1, 1)
    assert Report.objects.get().sha256 == document.sha256(first.read_bytes())
    drawing = services.read_drawing(RenderJob.objects.get().id)
    made_anew = pdf.make(drawing.frozen, drawing.language)
    assert first.read_bytes().startswith(made_anew.content)  # what follows is the signature


def test_a_changed_account_is_frozen_and_rendered_anew(small_pdf: None, tmp_path: Path):
    account = factories.account()
    run("render_report", account.id, "--output", tmp_path / "first.pdf")
    account.name = "Renamed"
    account.save()
    run("render_report", account.id, "--output", tmp_path / "second.pdf")
    assert (tmp_path / "first.pdf").read_bytes() != (tmp_path / "second.pdf").read_bytes()


def test_a_report_can_be_had_in_either_language(small_pdf: None, tmp_path: Path):
    account, file = factories.account(), tmp_path / "report.pdf"
    run("render_report", account.id, "--output", file, "--language", "cy")
    assert file.read_bytes().endswith(b" cy")


def test_a_report_can_be_had_in_each_edition(small_pdf: None, tmp_path: Path):
    account, file = factories.account(), tmp_path / "report.pdf"
    for edition in ("full", "summary", "easy_read"):
        run("render_report", account.id, "--output", file, "--edition", edition)
        assert Report.objects.get(edition=edition).sha256 == document.sha256(file.read_bytes())
    assert Snapshot.objects.count() == 1


def test_a_rendering_that_had_failed_is_tried_again(small_pdf: None, tmp_path: Path):
    job = factories.failed()
    run("render_report", job.snapshot.account_id, "--output", tmp_path / "report.pdf")
    assert RenderJob.objects.get().state == JobState.DONE


def test_what_keeps_a_report_from_being_written_has_each_its_code(small_pdf: None, tmp_path: Path, monkeypatch, caplog):
    account, file = factories.account(), tmp_path / "report.pdf"
    assert refused("render_report", uuid4(), "--output", file)[0] == 4
    unworkable = factories.account(factories.unworkable_facts())
    assert refused("render_report", unworkable.id, "--output", file)[0] == 3
    assert refused("render_report", account.id, "--output", tmp_path / "nowhere" / "report.pdf")[0] == 6

    def fail(*_given: Any) -> None:
        raise ValueError

    monkeypatch.setattr(pdf, "make", fail)
    monkeypatch.setattr(worker.time, "sleep", lambda _seconds: None)
    with caplog.at_level("CRITICAL", logger="reports"):
        assert refused("render_report", factories.account().id, "--output", file)[0] == 5
    assert not file.exists()


# --- load_demonstration --------------------------------------------------------------------------------------------


def counts() -> list[int]:
    return [model.objects.count() for model in (Person, Organisation, Membership, Account, Snapshot, Report)]


def test_the_demonstration_has_a_person_for_each_role_three_accounts_and_a_published_report(small_pdf: None):
    run("load_demonstration")
    assert {each.email for each in Person.objects.all()} == {each.email for each in demonstration.PEOPLE}
    assert all(person.check_password(demonstration.PASSWORD) for person in Person.objects.all())
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    slugs = Account.objects.values_list("organisation__slug", flat=True)
    assert sorted(slugs) == ["cinio-ogwen", "gweithdy-peblig", "timebank"]
    funder = Person.objects.get(memberships__role=Role.FUNDER)
    (report,) = access.published_for(funder)
    assert report.snapshot.account.organisation.slug == "cinio-ogwen"


def test_the_demonstration_shows_an_assured_report_and_an_account_in_the_midst_of_its_assurance(small_pdf: None):
    run("load_demonstration")
    report = Report.objects.get()
    assert report.statement is not None
    assert report.statement.signed_by.email == "assurer@assurance.example"
    assurer = Person.objects.get(memberships__role=Role.ASSURER)
    assert not Membership.objects.filter(person=assurer, organisation__isnull=False).exists()
    (running,) = [each for each in queries.engagements_of(assurer) if each.ended_at is None]
    assert running.submission.account.organisation.slug == "gweithdy-peblig"
    assert 0 < len(queries.judgements(running)) < 7
    assert {each.result for each in queries.traces(running)} == {"agrees", ""}
    (asked,) = queries.questions(running)
    assert (asked.answers.count(), asked.closed_at) == (1, None)


def test_nothing_is_left_to_be_mended_in_the_account_that_the_demonstration_has_in_assurance():
    content = (Path(demonstration.__file__).parent / "repair_shed.json").read_bytes()
    findings = appraise(account_format.loads(content)).findings
    assert [each.check for each in findings if each.stops or queries.wants_reason(each)] == []


def test_loading_the_demonstration_again_changes_nothing(small_pdf: None):
    run("load_demonstration")
    before = counts()
    run("load_demonstration")
    assert counts() == before


def test_a_load_that_was_cut_short_is_made_good_by_the_next(small_pdf: None, monkeypatch):
    def cut(*_given: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr(services, "ask_for_report", cut)
        with pytest.raises(KeyboardInterrupt):
            run("load_demonstration")
    assert (Account.objects.count(), Report.objects.count()) == (3, 0)
    run("load_demonstration")
    assert Report.objects.get().published_at is not None


def test_the_demonstration_is_refused_where_real_people_work(settings):
    settings.DEMONSTRATION = False
    assert refused("load_demonstration")[0] == 3
    assert not Person.objects.exists()


# --- All of them ---------------------------------------------------------------------------------------------------

COMMANDS = {
    "import_account": ("FILE", "--organisation", "--marked"),
    "show_account": ("ID", "--format"),
    "render_report": ("ID", "--output", "--language"),
    "load_demonstration": (),
    "make_signing_key": ("--output", "--name", "--years", "--rotate"),
    "verify_report": ("FILE.pdf",),
    "verify_published": (),
    "work": (),
    "up": ("--port", "--host", "--no-demonstration"),
}
# Django's own, which ours only steers.
OF_DJANGO = {"makemessages"}


def test_every_command_of_ours_is_tested_here_or_in_its_own_file():
    found = (Path(django_settings.BASE_DIR) / "socialvalue/management/commands").glob("[a-z]*.py")
    assert {file.stem for file in found} - OF_DJANGO == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_what_it_takes_and_how_it_ends(name: str):
    said = " ".join(load_command_class("socialvalue", name).create_parser("manage.py", name).format_help().split())
    assert all(argument in said for argument in COMMANDS[name])
    assert name == "up" or "Exit code" in said


@pytest.mark.django_db(transaction=True)
def test_the_code_of_a_process_is_the_one_that_is_promised_and_nobody_sees_a_trace(tmp_path: Path):
    file = tmp_path / "bad.json"
    file.write_bytes(bad_json())
    ended = subprocess.run(
        [sys.executable, "manage.py", "import_account", str(file), "--organisation", factories.organisation().slug],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "Nothing was imported." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not Account.objects.exists()

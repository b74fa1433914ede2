"""A marked workbook holds somebody's figures: it is kept for a day, whether or not anybody comes again."""

import datetime as dt
import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from accounts.roles import Role
from outcomes import services
from outcomes.models import RefusedWorkbook
from reports import tasks, worker
from tests import factories
from tests.doors.bad_workbooks import CELLS
from tests.doors.door import XLSX, asked, browser, marked_at, start_at, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Person:
    """Return somebody who sends workbooks."""
    return factories.member(Role.EDITOR, factories.organisation())


def kept(person: Person, age: dt.timedelta) -> RefusedWorkbook:
    """Return a workbook that was kept so long ago."""
    return services.keep_refused(person=person, name="a.xlsx", marked=b"PK", now=timezone.now() - age)


def test_the_sweep_removes_after_a_day_what_nobody_asked_for_again(editor: Person) -> None:
    young, old = kept(editor, dt.timedelta(hours=23)), kept(editor, dt.timedelta(hours=25))
    tasks.sweep()
    assert list(RefusedWorkbook.objects.all()) == [young]
    assert default_storage.exists(young.file.name)
    assert not default_storage.exists(old.file.name)


def test_the_embedded_worker_sweeps_too(editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(editor, dt.timedelta(hours=25))
    monkeypatch.setattr(worker, "PAUSE", 0)
    rounds = iter([False, True])
    worker.work(stopping=lambda: next(rounds))
    assert not RefusedWorkbook.objects.exists()


def test_whoever_uploads_for_ever_does_not_fill_the_disk(editor: Person) -> None:
    others = kept(factories.person(), dt.timedelta(hours=9))
    every = [kept(editor, dt.timedelta(hours=9) - dt.timedelta(minutes=number)) for number in range(25)]
    last = every[-services.REFUSED_EACH :]
    assert set(RefusedWorkbook.objects.all()) == {*last, others}
    assert [each for each in every if default_storage.exists(each.file.name)] == last


def test_a_file_that_is_gone_is_not_found(editor: Person) -> None:
    one = kept(editor, dt.timedelta())
    default_storage.delete(one.file.name)
    assert asked(browser(editor), "get", reverse("outcomes:marked_workbook", args=[one.id])).status_code == 404


# --- The marked workbook belongs to its sender ------------------------------------------------------------------------


@pytest.fixture
def marked(editor: Person) -> str:
    """Return the address of a marked workbook that the editor was given."""
    bad, place = CELLS["130 % deadweight"].make(), editor.memberships.get().organisation
    return marked_at(upload(browser(editor), start_at(place), bad, name="Ein cyfrif “Môn”.xlsx"))


def test_nobody_else_gets_a_marked_workbook(marked: str, editor: Person) -> None:
    place = editor.memberships.get().organisation
    others = [factories.member(role, place) for role in (Role.EDITOR, Role.ADMIN, Role.APPROVER, Role.VIEWER)]
    others.append(factories.operator())
    never = reverse("outcomes:marked_workbook", args=[uuid.uuid4()])
    for other in map(browser, others):
        assert asked(other, "get", marked).status_code == asked(other, "get", never).status_code == 404
    assert asked(browser(), "get", marked).status_code == 302
    assert asked(browser(editor), "get", marked).status_code == 200


def test_a_marked_workbook_is_a_file_to_keep_and_not_a_page(marked: str, editor: Person) -> None:
    answer = asked(browser(editor), "get", marked)
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "M%C3%B4n" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]

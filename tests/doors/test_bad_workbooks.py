"""A bad workbook at the doors of the web: a sentence names the cell, nothing is taken in, and it comes back marked."""

import re
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import Account, Organisation
from outcomes.models import RefusedWorkbook
from outcomes.workbook._layout import TO_MEND
from tests import factories
from tests.core.intake.made_up import small
from tests.core.workbook.filled import opened
from tests.doors.bad_workbooks import CELLS, FILES, good, with_cells
from tests.doors.door import (
    editor_of,
    held,
    marked_at,
    replace_at,
    shows_no_trace,
    start_at,
    told,
    upload,
)

pytestmark = pytest.mark.django_db

DOORS = ("start", "replace")
MOST_SECONDS = 20


@pytest.fixture
def place() -> Organisation:
    """Return an organisation that keeps an account."""
    return factories.organisation("Cinio Môn")


@pytest.fixture
def account(place: Organisation) -> Account:
    """Return an account that must stay as it is."""
    return factories.account(small(), keeper=place)


@pytest.fixture
def editor(place: Organisation) -> Client:
    """Return the browser of somebody who may bring in workbooks."""
    return editor_of(place)


@pytest.fixture
def address(request: pytest.FixtureRequest, place: Organisation, account: Account) -> str:
    """Return the address of one of the two doors."""
    return start_at(place) if request.param == "start" else replace_at(account)


@pytest.fixture(autouse=True)
def nothing_is_taken_in_and_nobody_waits_long(account: Account, editor: Client) -> Iterator[None]:
    """Hold every test of this module to what was there before, and to the time that a person waits."""
    before, began = held(), time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS
    assert held() == before


@pytest.mark.parametrize("address", DOORS, indirect=True)
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused_at_its_field(kind: str, address: str, editor: Client) -> None:
    answer = upload(editor, address, FILES[kind].make())
    assert answer.status_code == 422
    assert FILES[kind].says in told(answer)
    assert 'href="#id_workbook"' in answer.text
    assert "Nothing was brought in" in told(answer)
    assert shows_no_trace(answer)
    assert not RefusedWorkbook.objects.exists()


@pytest.mark.parametrize("kind", CELLS)
def test_a_bad_cell_is_named_with_its_address_and_marked(kind: str, place: Organisation, editor: Client) -> None:
    bad = CELLS[kind]
    answer = upload(editor, start_at(place), bad.make())
    assert answer.status_code == 422
    assert bad.cell in told(answer)
    assert bad.says in told(answer)
    assert "Nothing was brought in" in told(answer)
    assert shows_no_trace(answer)
    marked = opened(b"".join(editor.get(marked_at(answer)).streaming_content))
    sheet, _, cell = bad.cell.rpartition(" ")
    marks = {each.coordinate: each.comment.text for row in marked[sheet].iter_rows() for each in row if each.comment}
    assert marked.sheetnames[0] == TO_MEND
    assert any(address.startswith(cell) and bad.says in mark for address, mark in marks.items()), marks


@pytest.mark.parametrize("kind", ["130 % deadweight", "a circle"])
def test_a_bad_cell_leaves_an_account_that_is_there_as_it_is(kind: str, account: Account, editor: Client) -> None:
    answer = upload(editor, replace_at(account), CELLS[kind].make())
    assert answer.status_code == 422
    assert CELLS[kind].says in told(answer)
    assert marked_at(answer)


def test_every_bad_cell_is_told_and_what_was_asked_is_asked_again(place: Organisation, editor: Client) -> None:
    worst = with_cells(Outcomes={"J3": "ten", "J4": -1}, Valuations={"D3": "#REF!"}, Account={"B2": "\u202e"})
    answer = upload(editor, start_at(place), worst, attribution="share_retained")
    assert [
        cell for cell in ("Account B2", "Outcomes J3", "Outcomes J4", "Valuations D3") if cell not in told(answer)
    ] == []
    again = upload(editor, start_at(place), b"no workbook", attribution="share_retained")
    assert re.search(r'value="share_retained"[^>]*checked', again.text)


def test_a_dialect_that_nobody_knows_is_refused_at_its_field(place: Organisation, editor: Client) -> None:
    answer = upload(editor, start_at(place), good(), attribution="whatever")
    assert answer.status_code == 422
    assert 'href="#id_attribution"' in answer.text


@pytest.mark.parametrize("sent", [{}, {"workbook": "C:\\account.xlsx"}, {"workbook": ""}])
def test_a_form_without_a_file_is_told_to_choose_one(sent: dict[str, str], place: Organisation, editor: Client) -> None:
    answer = editor.post(start_at(place), sent)
    assert answer.status_code == 422
    assert "Choose the workbook" in told(answer)


def test_an_empty_file_is_told_to_be_empty(place: Organisation, editor: Client) -> None:
    answer = upload(editor, start_at(place), b"")
    assert answer.status_code == 422
    assert "This file is empty" in told(answer)

"""A bad file at the operator's door: every reason in a sentence, an exit code, and nothing taken in."""

import copy
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from outcomes.format import dumps, to_plain
from tests import factories
from tests.core.intake.made_up import small
from tests.core.workbook.filled import opened
from tests.doors.bad_workbooks import CELLS, FILES
from tests.doors.door import held

pytestmark = pytest.mark.django_db

REFUSED, NO_FILE, NO_ORGANISATION = 3, 4, 5
MOST_SECONDS = 20


@pytest.fixture
def place() -> Organisation:
    """Return an organisation with an account that must stay as it is."""
    keeper = factories.organisation("Cinio Môn")
    factories.account(small(), keeper=keeper)
    return keeper


@pytest.fixture(autouse=True)
def nothing_is_taken_in_and_nobody_waits_long(place: Organisation) -> Iterator[None]:
    """Hold every test of this module to what was there before, and to the time that an operator waits."""
    before, began = held(), time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS
    assert held() == before


@pytest.fixture
def refusal(tmp_path: Path, place: Organisation) -> Callable[..., tuple[int, str]]:
    """Return a function that imports a file and returns the exit code and what was said."""

    def send(content: bytes | str, name: str = "account.json", **options: Any) -> tuple[int, str]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(CommandError) as refused:
            call_command("import_account", file, organisation=place.slug, **options)
        return refused.value.returncode, str(refused.value)

    return send


def document(**changes: Any) -> dict[str, Any]:
    """Return the JSON form of a small account, with parts replaced."""
    return {**copy.deepcopy(to_plain(small())), **changes}


def changed(noun: str, row: int, **fields: Any) -> str:
    """Return the JSON form of a small account with fields of one row replaced."""
    made = document()
    made[noun][row].update(fields)
    return json.dumps(made)


GOOD = dumps(small()).decode()
ADJUSTED = GOOD.replace('"figure":"0.2"', '"figure":%s', 1)

BAD: dict[str, tuple[Callable[[], bytes | str], str]] = {
    "nothing": (lambda: "", "line 1, column 1 cannot be read"),
    "cut short": (lambda: GOOD[:-40], "cannot be read"),
    "a list": (lambda: "[]", "starts with { and ends with }"),
    "a number": (lambda: "17", "starts with { and ends with }"),
    "not UTF-8": (lambda: b'{"account": "Clwb \xe9"}', "not UTF-8"),
    "another encoding": (lambda: GOOD.encode("utf-16"), "not UTF-8"),
    "brackets without end": (lambda: "[" * 1_000_000, "nested too deeply"),
    "objects without end": (lambda: '{"account":' * 1_000_000, "nested too deeply"),
    "deep where it might be missed": (
        lambda: json.dumps(document(account={"name": [[[0] * 2] * 2] * 2})).replace("0", "[" * 100 + "]" * 100),
        "nested too deeply",
    ),
    "a name twice": (lambda: GOOD.replace('"account":', '"account":{},"account":', 1), "stands twice"),
    "a field twice": (lambda: GOOD.replace('"figure":"0.2"', '"figure":"0.2","figure":"0.9"', 1), "stands twice"),
    "NaN": (lambda: ADJUSTED % "NaN", "NaN is not a number that JSON has"),
    "Infinity": (lambda: ADJUSTED % "-Infinity", "-Infinity is not a number that JSON has"),
    "NaN in words": (lambda: ADJUSTED % '"NaN"', "Adjustments, row 1 (A1), Figure: This must be a decimal number"),
    "a binary number": (lambda: ADJUSTED % "0.2", "Adjustments, row 1 (A1), Figure: This must be a decimal number"),
    "a number of a million digits": (lambda: ADJUSTED % ("9" * 1_000_000), "too many digits"),
    "a long number in words": (lambda: ADJUSTED % f'"{"9" * 100_000}"', "Adjustments, row 1 (A1), Figure"),
    "a number with an exponent": (lambda: ADJUSTED % '"1e400"', "Adjustments, row 1 (A1), Figure"),
    "figures of another alphabet": (lambda: ADJUSTED % '"\u0661"', "Adjustments, row 1 (A1), Figure"),
    "130 % deadweight": (lambda: ADJUSTED % '"1.3"', "outside 0% to 100%"),
    "a negative quantity": (
        lambda: changed("outcomes", 0, quantity="-5"),
        "Outcomes, row 1 (O1), How many, or how much: Enter a number that is 0 or more",
    ),
    "a date as people write it": (
        lambda: changed("observations", 0, observed_on="31/03/26"),
        "Observations, row 1 (B1), Date: This must be a date such as 2026-03-31",
    ),
    "a quantity that is an object": (lambda: changed("outcomes", 0, quantity={"": ""}), "Outcomes, row 1 (O1)"),
    "words where yes or no belongs": (
        lambda: changed("outcomes", 0, intended="maybe"),
        "Was it intended?: This must be true or false",
    ),
    "another version of the form": (lambda: json.dumps(document(schema_version=2)), "schema_version: This must be 1"),
    "a version that is not a number": (lambda: json.dumps(document(schema_version=True)), "schema_version"),
    "no version": (lambda: GOOD.replace('"schema_version":1', '"schema":1'), "schema_version"),
    "a dialect that nobody knows": (
        lambda: json.dumps(document(attribution_is="a bit of both")),
        "attribution_is: State what the figures mean",
    ),
    "no dialect": (lambda: json.dumps(document(duration_counts=None)), "duration_counts: State what"),
    "a part that there is not": (lambda: json.dumps(document(ratios=[])), "ratios: An account has no part"),
    "a field that there is not": (
        lambda: changed("outcomes", 0, id="1"),
        "Outcomes, row 1 (O1), id: There is no field",
    ),
    "a field of ours that is not theirs": (
        lambda: json.dumps(document(account={**document()["account"], "organisation": "x", "state": "published"})),
        "Account, organisation: There is no field",
    ),
    "rows that are no list": (lambda: json.dumps(document(outcomes={})), "outcomes: This must be a list"),
    "a row that is no object": (lambda: json.dumps(document(outcomes=["O1"])), "Outcomes, row 1: Each row must be"),
    "no account": (lambda: json.dumps(document(account=None)), "This must be there, as an object"),
    "two rows with a ref": (lambda: changed("stakeholders", 1, ref="S1"), "Another row has the ref “S1”"),
    "two rows with a ref but for capitals": (lambda: changed("stakeholders", 1, ref="s1"), "Another row has the ref"),
    "a ref that leads nowhere": (lambda: changed("outcomes", 0, stakeholder="S9"), "There is no row “S9”"),
    "a circle": (
        lambda: json.dumps(
            document(
                chain_of_events=[
                    {"ref": "L1", "cause": "O1", "effect": "O2"},
                    {"ref": "L2", "cause": "O2", "effect": "O1"},
                ]
            )
        ),
        "lead in a circle",
    ),
    "a change that leads to itself": (
        lambda: json.dumps(document(chain_of_events=[{"ref": "L1", "cause": "O1", "effect": "O1"}])),
        "lead to itself",
    ),
    "the name of a figure for a ref": (lambda: changed("outcomes", 1, ref="ratio"), "the name of one of the account"),
    "a ref that is an address": (lambda: changed("stakeholders", 1, ref="../S2"), "This must be a ref"),
    "text that reads backwards": (lambda: changed("outcomes", 0, name="a\u202eb"), "hidden character"),
    "text that cannot be seen": (lambda: changed("outcomes", 0, name="\u200b"), "invisible"),
    "a broken character": (lambda: changed("outcomes", 0, name="a\ud800"), "broken character"),
    "a character of nothing": (lambda: changed("outcomes", 0, name="a\u0000b"), "hidden control character"),
    "more words than there is room for": (
        lambda: changed("outcomes", 0, description="w" * 5_001),
        "5001 characters long; there is room for 5000",
    ),
    "a link that is a program": (lambda: changed("valuations", 0, link="javascript:alert(1)"), "https://"),
    "a day that there is not": (
        lambda: json.dumps(document(account={**document()["account"], "period_start": "2025-02-30"})),
        "no such day",
    ),
    "a year that ends before it starts": (
        lambda: json.dumps(
            document(account={**document()["account"], "period_start": "2025-02-01", "period_end": "2025-01-01"})
        ),
        "Account, Period ends",
    ),
    "more rows than an account has": (lambda: json.dumps(document(outcomes=[{}] * 100_001)), "more than 100000 rows"),
    "50 MB": (lambda: b" " * 50_000_000, "larger than 20 megabytes"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_document_is_refused_in_words_that_name_the_field(kind: str, refusal: Callable[..., Any]) -> None:
    make, says = BAD[kind]
    code, said = refusal(make())
    assert code == REFUSED
    assert says in said
    assert said.startswith("Nothing was imported.")
    assert len(said) < 4_000


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_workbook_of_ours_is_refused_in_words(kind: str, refusal: Callable[..., Any]) -> None:
    code, said = refusal(FILES[kind].make(), "account.xlsx")
    assert code == REFUSED
    assert FILES[kind].says in said
    assert said.startswith("Nothing was imported.")


@pytest.mark.parametrize("kind", ["130 % deadweight", "a negative quantity", "a circle"])
def test_a_bad_cell_is_named_and_the_copy_is_marked(kind: str, refusal: Callable[..., Any], tmp_path: Path) -> None:
    copy_of_it = tmp_path / "marked.xlsx"
    code, said = refusal(CELLS[kind].make(), "account.xlsx", marked=copy_of_it)
    assert code == REFUSED
    assert any(line.startswith(CELLS[kind].cell) and CELLS[kind].says in line for line in said.splitlines())
    assert str(copy_of_it) in said
    assert opened(copy_of_it.read_bytes()).sheetnames[0] == "What to mend"


def test_a_copy_that_cannot_be_written_hides_no_reason(refusal: Callable[..., Any], tmp_path: Path) -> None:
    code, said = refusal(CELLS["a circle"].make(), "account.xlsx", marked=tmp_path / "nowhere" / "marked.xlsx")
    assert code == REFUSED
    assert "lead in a circle" in said
    assert "cannot be written" in said


@pytest.mark.parametrize("name", ["nothing.json", "nothing.xlsx", "."])
def test_a_file_that_is_not_there_is_told(name: str, place: Organisation, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refused:
        call_command("import_account", tmp_path / name, organisation=place.slug)
    assert refused.value.returncode == NO_FILE


def test_an_organisation_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no organisation “nobody”") as refused:
        call_command("import_account", tmp_path / "account.json", organisation="nobody")
    assert refused.value.returncode == NO_ORGANISATION

"""What the manual says of the workbook is so."""

import re
from pathlib import Path

import pytest

from outcomes.workbook import _find as find, _package as package
from outcomes.workbook._layout import DIALECTS, NOUNS

MANUAL = (Path(__file__).parents[3] / "docs" / "howto" / "workbook.md").read_text(encoding="utf-8")


def test_the_manual_lists_the_sheets_in_their_order():
    table = MANUAL.partition("| sheet | one row for each |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([A-Z][^|]*?) \|", table, re.MULTILINE) == [noun.title for noun in NOUNS]


@pytest.mark.parametrize("question", DIALECTS, ids=lambda question: question.name)
def test_the_manual_names_the_questions_that_are_never_guessed(question):
    assert f"| {question.label} |" in MANUAL


def test_the_manual_states_the_limits():
    said = f"{package.MOST_BYTES // 1_000_000} MB, {find.MOST_ROWS:,} rows and {find.MOST_COLUMNS} columns"
    assert said in MANUAL

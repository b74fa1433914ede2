"""The blank workbook, and what is asked in it."""

import io
import zipfile
from functools import cache

import pytest

from accounts.columns import Kind, columns
from accounts.nouns import AccountDetails
from outcomes.nouns import ROWS
from outcomes.reference import all_price_series, rate_schedules
from outcomes.workbook import BadCells, read, template
from outcomes.workbook._layout import ANSWER_COLUMN, FIRST_QUESTION_ROW, NOUNS, key, question_row, questions
from tests.core.workbook.filled import opened, typed


@cache
def sheets():
    return opened(template())


def first_range(rule):
    return next(iter(rule.sqref.ranges))


def test_there_is_a_sheet_to_read_one_for_the_account_one_for_each_noun_and_hidden_lists():
    workbook = sheets()
    assert workbook.sheetnames == ["Read me", "Account", *(noun.title for noun in ROWS), "Lists"]
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == ["Lists"]


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_a_sheet_of_rows_names_and_explains_its_columns(noun):
    sheet = sheets()[noun.title]
    assert [cell.value for cell in sheet[1]] == [column.label for column in columns(noun)]
    for cell, column in zip(sheet[2], columns(noun), strict=True):
        assert column.help in (cell.value or "")
        assert ("Needed." in (cell.value or "")) is column.required
        assert cell.font.italic
    assert sheet.max_row == 2
    assert sheet.freeze_panes == "B3"


def test_the_account_sheet_asks_one_question_in_each_row_with_help_and_an_example():
    sheet = sheets()["Account"]
    rows = list(sheet.iter_rows(min_row=FIRST_QUESTION_ROW, values_only=True))
    asked = questions()
    assert [row[0] for row in rows] == [column.label for column in asked]
    assert all(row[1] is None for row in rows)
    assert [row[3] or "" for row in rows] == [column.example for column in asked]


def test_names_of_sheets_and_columns_can_be_told_apart_when_they_come_back():
    titles = [key(noun.title) for noun in NOUNS]
    assert len(set(titles)) == len(titles)
    assert all(len(noun.title) <= 31 and not set(noun.title) & set("[]:*?/\\'") for noun in NOUNS)
    for noun in NOUNS:
        labels = [key(column.label) for column in (questions() if noun is AccountDetails else columns(noun))]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("noun", ROWS, ids=lambda noun: noun.slug)
def test_every_cell_to_fill_in_has_its_drop_down_or_limit_and_a_word_of_help(noun):
    rules = {first_range(rule).min_col: rule for rule in sheets()[noun.title].data_validations.dataValidation}
    for position, column in enumerate(columns(noun), start=1):
        rule = rules[position]
        assert first_range(rule).min_row == 3
        assert rule.promptTitle == column.label[:32]
        assert len(rule.prompt or "") <= 255
        is_list = column.kind in {Kind.CHOICE, Kind.YES_NO} or len(column.refers_to) == 1
        assert (rule.type == "list") is is_list
        if column.kind is Kind.SHARE:
            assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "1")


def test_a_drop_down_offers_what_a_column_takes():
    workbook = sheets()
    sheet = workbook["Adjustments"]
    factor = [column.name for column in columns(next(noun for noun in ROWS if noun.slug == "adjustments"))].index(
        "factor"
    )
    rule = next(rule for rule in sheet.data_validations.dataValidation if first_range(rule).min_col == factor + 1)
    title, cells = rule.formula1.replace("'", "").split("!")
    offered = [row[0].value for row in workbook[title][cells.replace("$", "")]]
    assert len(offered) == 4
    assert offered[0].startswith("Deadweight")


@pytest.mark.parametrize(("name", "tables"), [("rate_schedule", rate_schedules), ("price_series", all_price_series)])
def test_the_names_of_published_tables_are_offered(name, tables):
    workbook = sheets()
    rules = workbook["Account"].data_validations.dataValidation
    rule = next(rule for rule in rules if first_range(rule).min_row == question_row(name))
    title, cells = rule.formula1.replace("'", "").split("!")
    assert [row[0].value for row in workbook[title][cells.replace("$", "")]] == list(tables())


def test_words_are_typed_into_text_cells_so_that_no_program_makes_a_date_or_a_formula_of_them():
    sheet = sheets()["Valuations"]
    formats = {
        column.name: sheet.column_dimensions[cell.column_letter].number_format
        for cell, column in zip(sheet[1], columns(next(n for n in ROWS if n.slug == "valuations")), strict=True)
    }
    assert formats["price_period"] == formats["ref"] == formats["source"] == "@"
    assert formats["value"] == "#,##0.00"


@pytest.mark.parametrize("title", ["Read me", "Account", *(noun.title for noun in ROWS)])
def test_every_sheet_prints_on_a4_with_its_head_repeated_and_its_pages_numbered(title):
    sheet = sheets()[title]
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert "&P" in sheet.oddFooter.right.text
    if title != "Read me":
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows.startswith("$1:")


def test_the_first_sheet_leads_to_every_other():
    sheet = sheets()["Read me"]
    places = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert {place.rpartition("!")[0].strip("'") for place in places} == {noun.title for noun in NOUNS}


def test_two_templates_are_the_same_bytes_and_name_no_moment():
    assert template() == template()
    with zipfile.ZipFile(io.BytesIO(template())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_template_says_what_is_needed_and_asks_nothing_else():
    with pytest.raises(BadCells) as bad:
        read(template())
    needed = [column for column in columns(AccountDetails) if column.required]
    assert {mend.label for mend in bad.value.mends} == {column.label for column in needed}
    assert {mend.cell for mend in bad.value.mends} == {f"B{question_row(column.name)}" for column in needed}


def test_a_template_with_only_what_is_needed_is_an_account():
    answers = {"name": "Club", "kind": "forecast", "currency": "gbp", "year_one_is_discounted": "Yes"}
    cells = {f"{'ABCD'[ANSWER_COLUMN - 1]}{question_row(name)}": answer for name, answer in answers.items()}
    account = read(typed(template(), {"Account": cells})).account
    assert (account.name, account.currency, account.year_one_is_discounted) == ("Club", "GBP", True)

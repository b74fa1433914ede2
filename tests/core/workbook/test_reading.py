"""A workbook that a person filled in: what is understood, and what is asked about."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

import pytest

from accounts.columns import columns
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import Adjustment, Evidence, Factor, Facts, Outcome, ScenarioChange, Valuation
from outcomes.workbook import BadCells, UnreadableWorkbook, read, reading, write
from outcomes.workbook._layout import ATTRIBUTION, DURATION, letter, position, question_row
from stakeholders.nouns import Involvement, Stakeholder
from tests.core.intake.made_up import small
from tests.core.workbook import filled
from tests.core.workbook.filled import changed, details, typed

ATTRIBUTION_CELL, DURATION_CELL = f"B{question_row(ATTRIBUTION.name)}", f"B{question_row(DURATION.name)}"


MIDNIGHT = dt.datetime.fromisoformat("2025-03-31")
"""A day, as a spreadsheet program keeps it."""


def at(noun, field, row=3):
    """Return the address of a cell on the sheet of a noun."""
    return f"{letter(position(noun, field))}{row}"


def bad(content, **how):
    """Return the cells to mend of a workbook that is refused, by sheet and address."""
    with pytest.raises(BadCells) as refused:
        read(content, **how)
    return {(mend.sheet, mend.cell): mend for mend in refused.value.mends}


def sentences(mends):
    return [mend.reason.message % mend.reason.params for mend in mends.values()]


def unreadable(content):
    with pytest.raises(UnreadableWorkbook) as refused:
        read(content)
    return str(refused.value)


@cache
def book(**parts):
    return write(small(**parts), None)


# --- What a person types ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "figure"),
    [("1,000", "1000"), (" £12.50 ", "12.50"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), (7, "7"), ("€1,234.56", "1234.56")],
)
def test_a_figure_is_understood_as_people_write_it(value, figure):
    assert read(typed(book(), {"Inputs": {at(filled.Input, "amount"): value}})).inputs[0].amount == Decimal(figure)


@pytest.mark.parametrize(
    ("value", "number_format", "share"),
    [
        ("12%", "General", "0.12"),
        (12, "General", "0.12"),
        (0.12, "0%", "0.12"),
        (0.125, "0.0#####%", "0.125"),
        (1, "0.00%", "1"),
        (0, "General", "0"),
        ("3.5 %", "@", "0.035"),
    ],
)
def test_a_share_is_read_as_its_cell_shows_it(value, number_format, share):
    def type_in(workbook):
        cell = workbook["Adjustments"][at(Adjustment, "figure")]
        cell.value, cell.number_format = value, number_format

    assert read(changed(book(), type_in)).adjustments[0].figure == Decimal(share)


def test_a_bare_tenth_for_a_share_is_asked_about_and_not_guessed():
    def type_in(workbook):
        cell = workbook["Adjustments"][at(Adjustment, "figure")]
        cell.value, cell.number_format = 0.1, "General"

    assert "could mean 0.1% or 10%" in sentences(bad(changed(book(), type_in)))[0]


def test_the_figure_of_a_scenario_may_be_in_a_cell_of_percentages():
    def type_in(workbook):
        cell = workbook["Scenarios"][at(ScenarioChange, "figure")]
        cell.value, cell.number_format = 0.35, "0%"

    assert read(changed(book(), type_in)).scenarios[0].figure == Decimal("0.35")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "1"),
        (1.0, "1"),
        (2.50, "2.5"),
        (True, "yes"),
        (MIDNIGHT, "31/03/2025"),
        (" two  ", "two"),
    ],
)
def test_what_is_not_words_is_taken_as_its_sheet_shows_it(value, words):
    assert read(typed(book(), {"Stakeholders": {at(Stakeholder, "name"): value}})).stakeholders[0].name == words


def test_a_ref_that_is_a_number_is_the_same_ref_wherever_it_stands():
    parts = {"subgroups": (), "inputs": (), "evidence": ()}
    content = typed(book(**parts), {"Stakeholders": {"A3": 1, "A4": "2"}, "Outcomes": {"B3": "1", "B4": 2, "C3": None}})
    assert [outcome.stakeholder for outcome in read(content).outcomes] == ["1", "2"]


@pytest.mark.parametrize("answer", ["Yes", "y", True, "TRUE", " yes "])
def test_yes_is_understood_however_it_is_written(answer):
    occasion = Involvement(ref="V1", stakeholder="S1", method="Talk")
    content = typed(book(involvement=(occasion,)), {"Involvement": {at(Involvement, "informed_how"): answer}})
    assert read(content).involvement[0].informed_how is True


@pytest.mark.parametrize("day", [MIDNIGHT, dt.date(2025, 3, 31), "31/03/2025", "31/03/25", "31 March 2025"])
def test_a_day_is_understood_however_it_is_written(day):
    assert read(typed(book(), {"Evidence": {at(Evidence, "dated"): day}})).evidence[0].dated == dt.date(2025, 3, 31)


def test_a_choice_may_be_written_in_our_words_or_in_the_machine_s():
    content = typed(book(), {"Adjustments": {at(Adjustment, "factor", 4): "deadweight"}})
    assert read(content).adjustments[1].factor is Factor.DEADWEIGHT


def test_a_row_without_a_ref_gets_one_and_a_name_will_do_for_a_ref():
    content = typed(book(), {"Stakeholders": {"B6": "The council"}, "Outcomes": {"B4": "the COUNCIL"}})
    account = read(content)
    assert account.stakeholders[2].ref == "S3"
    assert account.outcomes[1].stakeholder == "S3"


def test_line_ends_of_another_system_are_line_ends():
    content = typed(book(), {"Stakeholders": {at(Stakeholder, "reason"): "one_x000D_\ntwo"}})
    assert read(content).stakeholders[0].reason == "one\ntwo"


# --- Bad cells --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("noun", "field", "value", "said"),
    [
        (Outcome, "quantity", "12 people", "not a number that we can read"),
        (Outcome, "quantity", -3, "0 or more"),
        (Outcome, "quantity", "#REF!", "shows the error #REF!"),
        (Outcome, "quantity", "#DIV/0!", "shows the error #DIV/0!"),
        (Outcome, "quantity", "=1+1", "a formula without a result"),
        (Outcome, "quantity", MIDNIGHT, "number"),
        (Outcome, "quantity", "NaN", "not a number that we can read"),
        (Outcome, "quantity", True, "number"),
        (Outcome, "quantity", 1e300, "too large"),
        (Outcome, "duration", 1.5, "whole number"),
        (Adjustment, "figure", "130%", "130% is outside 0% to 100%"),
        (Adjustment, "factor", "Dead weight", "Choose one of"),
        (Valuation, "price_period", "2024-26", "2024-26"),
        (Valuation, "price_period", dt.datetime.fromisoformat("2011-12-01"), "like 2024-25"),
        (Stakeholder, "name", "a\u202eb", "hidden character"),
        (Stakeholder, "name", "#N/A", "shows the error #N/A"),
        (Stakeholder, "ref", "S 1", "letters, digits"),
        (Outcome, "stakeholder", "S99", "There is no row “S99”"),
        (Evidence, "dated", "in spring", "not a date"),
        (Evidence, "dated", 99_999_999, "shows the error #VALUE!"),
        (Evidence, "link", "javascript:alert(1)", "https://"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_with_what_was_typed_and_a_reason(noun, field, value, said):
    content = typed(book(), {noun.title: {at(noun, field): value}})
    mends = bad(content)
    mend = mends[noun.title, at(noun, field)]
    assert said in mend.reason.message % mend.reason.params
    assert mend.label == next(column.label for column in columns(noun) if column.name == field)
    assert mend.typed


def test_every_bad_cell_is_named_at_once_in_the_order_of_the_sheets():
    content = typed(
        book(),
        {
            "Adjustments": {at(Adjustment, "figure"): "130%"},
            "Outcomes": {at(Outcome, "quantity"): "ten", at(Outcome, "duration", 4): 0},
            "Stakeholders": {at(Stakeholder, "size", 4): "many"},
        },
    )
    assert [key[0] for key in bad(content)] == ["Stakeholders", "Outcomes", "Outcomes", "Adjustments"]


def test_a_blank_that_is_needed_is_marked_where_the_answer_belongs():
    content = typed(book(), {"Outcomes": {at(Outcome, "name"): None}, "Account": {"B2": None}})
    assert set(bad(content)) == {("Account", "B2"), ("Outcomes", at(Outcome, "name"))}


def test_a_formula_with_a_result_is_read_as_its_result():
    content = filled.with_parts(
        typed(book(), {"Outcomes": {at(Outcome, "quantity"): "=5+5"}}),
        lambda _name, part: part.replace(b"<f>5+5</f><v></v>", b"<f>5+5</f><v>10</v>").replace(
            b"<f>5+5</f><v/>", b"<f>5+5</f><v>10</v>"
        ),
    )
    assert read(content).outcomes[0].quantity == 10


def test_a_formula_that_comes_to_no_words_is_a_blank():
    def result(name, part):
        cell = at(Outcome, "description").encode()
        for empty in (b"<v></v>", b"<v/>", b"<v />"):
            part = part.replace(b'"><f>IF(1=1,"","x")</f>' + empty, b'" t="str"><f>IF(1=1,"","x")</f><v></v>')
        assert b'"","x"' not in part or b't="str"><f>IF' in part, cell
        return part

    content = typed(book(), {"Outcomes": {at(Outcome, "description"): '=IF(1=1,"","x")'}})
    assert read(filled.with_parts(content, result)) == small()


def test_a_bad_cell_below_blank_rows_is_named_by_the_row_that_the_sheet_gives_it():
    content = typed(book(), {"Stakeholders": {"A40": "S9", "B40": "Far below", "D40": "lots"}})
    assert set(bad(content)) == {("Stakeholders", "D40")}


# --- Dialects: asked, never guessed -----------------------------------------------------------------------------------


def without_dialects(account: Facts) -> bytes:
    return typed(write(account, None), {"Account": {ATTRIBUTION_CELL: None, DURATION_CELL: None}})


def test_what_attribution_and_duration_mean_is_asked_where_it_matters():
    assert set(bad(without_dialects(small()))) == {("Account", ATTRIBUTION_CELL), ("Account", DURATION_CELL)}


def test_nothing_is_asked_where_no_such_figure_is_stated():
    account = Facts(account=details(), stakeholders=(Stakeholder(ref="S1", name="Members"),))
    assert read(without_dialects(account)) == account


def test_a_scenario_that_changes_attribution_asks_too():
    change = ScenarioChange(ref="X1", scenario="Less", outcome="O1", assumption="attribution", figure=Decimal("0.5"))
    account = small(adjustments=(), outcomes=(filled.counted("O1"), filled.counted("O2")), subgroups=(), scenarios=())
    content = typed(
        without_dialects(account),
        {"Scenarios": {at(ScenarioChange, each.name): getattr(change, each.name) for each in columns(ScenarioChange)}},
    )
    content = typed(content, {"Scenarios": {at(ScenarioChange, "figure"): "50%"}})
    assert set(bad(content)) == {("Account", ATTRIBUTION_CELL)}


def test_the_dialects_may_be_told_from_outside_and_then_go_before_the_workbook():
    account = read(
        without_dialects(small()),
        attribution=AttributionDialect.RETAINED,
        duration=DurationDialect.YEARS_AFTER_ACTIVITY,
    )
    assert account.adjustments[0].figure == Decimal("0.8")
    assert account.outcomes[0].duration == 3
    told = read(book(), attribution=AttributionDialect.RETAINED)
    assert told.adjustments[0].figure == Decimal("0.8")


def test_the_dialects_are_taken_from_the_account_sheet():
    content = typed(
        book(),
        {
            "Account": {
                ATTRIBUTION_CELL: AttributionDialect.RETAINED.label,
                DURATION_CELL: DurationDialect.YEARS_AFTER_ACTIVITY.label,
            }
        },
    )
    account = read(content)
    assert (account.adjustments[0].figure, account.outcomes[0].duration) == (Decimal("0.8"), 3)


def test_a_dialect_that_is_none_of_ours_is_refused_at_its_cell():
    assert set(bad(typed(book(), {"Account": {ATTRIBUTION_CELL: "both"}}))) == {("Account", ATTRIBUTION_CELL)}


def test_while_a_dialect_is_still_asked_the_other_bad_cells_are_named_too():
    content = typed(
        without_dialects(small()), {"Outcomes": {at(Outcome, "quantity"): "ten", at(Outcome, "duration"): 0}}
    )
    assert set(bad(content)) == {
        ("Account", ATTRIBUTION_CELL),
        ("Account", DURATION_CELL),
        ("Outcomes", at(Outcome, "quantity")),
    }


# --- Sheets and columns that moved, or are gone -----------------------------------------------------------------------


def test_columns_may_be_moved_and_have_neighbours_of_the_person_s_own():
    def rearrange(workbook):
        sheet = workbook["Outcomes"]
        sheet.insert_cols(2)
        sheet["B1"] = "My notes"
        sheet["B3"] = "=NOW()"
        workbook.move_sheet("Outcomes", -4)
        workbook.create_sheet("My own sheet", 0)["A1"] = "=1/0"

    found = reading(changed(book(), rearrange))
    assert found.facts == small()
    assert [note.message % note.params for note in found.notes] == [
        "“My notes” on the sheet “Outcomes” is not one of our questions: it was passed over."
    ]


def test_names_are_found_in_other_capitals_and_with_other_spaces():
    def rename(workbook):
        workbook["Chain of events"].title = "CHAIN  of Events "
        workbook["Outcomes"]["D1"] = "what  Changes *"

    assert read(changed(book(), rename)) == small()


def test_rows_may_be_put_above_the_headings_and_the_help_taken_out():
    def rearrange(workbook):
        workbook["Outcomes"].delete_rows(2)
        workbook["Stakeholders"].insert_rows(1, 3)
        workbook["Account"].insert_rows(1)

    assert read(changed(book(), rearrange)) == small()


def test_an_optional_column_that_was_taken_out_is_blank():
    column = position(Outcome, "overlap_reason")
    assert read(changed(book(), lambda workbook: workbook["Outcomes"].delete_cols(column))) == small()


def test_a_sheet_that_is_gone_is_asked_about():
    assert "no sheet called “Inputs”" in unreadable(
        changed(book(), lambda workbook: workbook.remove(workbook["Inputs"]))
    )


@pytest.mark.parametrize(
    ("cell", "name", "said"),
    [
        (at(Outcome, "name"), "Change", "no column “What changes”"),
        (at(Outcome, "quantity"), "Number", "no column “How many, or how much”, but one called “Number”"),
        (at(Outcome, "description"), "What changes", "two columns called “What changes”"),
    ],
)
def test_a_column_that_is_gone_or_there_twice_is_asked_about(cell, name, said):
    heading = f"{cell.rstrip('0123456789')}1"
    assert said in unreadable(typed(book(), {"Outcomes": {heading: name}}))


def test_a_question_that_is_gone_is_asked_about():
    assert "no row “Currency”" in unreadable(typed(book(), {"Account": {f"A{question_row('currency')}": "Money"}}))


def test_a_sheet_without_headings_is_asked_about():
    assert "“Your answer”" in unreadable(typed(book(), {"Account": {"B1": None}}))


def test_a_sheet_with_more_rows_or_columns_than_can_be_read_is_refused_in_words():
    assert "more than 20000 rows" in unreadable(typed(book(), {"Outcomes": {"D20500": "Far below"}}))
    assert "more than 100 columns" in unreadable(typed(book(), {"Outcomes": {"CZ1": "Far right"}}))


def test_blank_rows_far_below_are_passed_over():
    def colour(workbook):
        workbook["Outcomes"]["A1048576"].number_format = "0%"

    assert read(changed(book(), colour)) == small()


def test_a_sheet_that_understates_its_own_size_loses_no_row():
    def understate(name, part):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', part)

    assert read(filled.with_parts(book(), understate)) == small()


def test_reasons_are_told_in_the_reader_s_language():
    with pytest.raises(BadCells) as refused:
        read(typed(book(), {"Outcomes": {at(Outcome, "quantity"): "deg"}}), translate=lambda words: f"cy:{words}")
    sheet = filled.opened(refused.value.marked)["What to mend"]
    assert sheet["E5"].value.startswith("cy:")
    assert refused.value.mends[0].reason.message.startswith("“%(typed)s”")

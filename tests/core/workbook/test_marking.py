"""The person's own workbook, given back with the cells to mend marked."""

import io
import zipfile
from copy import copy
from functools import cache

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from PIL import Image as Picture

from outcomes.intake import Reason
from outcomes.workbook import BadCells, _mark as marking, mark, read, told, write
from outcomes.workbook._look import WARNING
from tests.core.intake.made_up import small
from tests.core.workbook.filled import changed, opened, typed, with_parts

NEGATIVE = Reason(
    noun="outcomes", row=0, field="quantity", message="Enter a number that is %(low)s or more.", params={"low": 0}
)


@cache
def book():
    return write(small(), None)


def refused(content):
    with pytest.raises(BadCells) as bad:
        read(content)
    return bad.value


@cache
def bad_book():
    return typed(book(), {"Outcomes": {"J3": "ten people", "B4": "S9"}, "Adjustments": {"D3": 1.3}})


def marked_cells(workbook):
    return {
        (sheet.title, cell.coordinate)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None and cell.comment.author == "What to mend"
    }


def test_each_bad_cell_is_coloured_and_says_why_and_no_other_is_touched():
    found = refused(bad_book())
    workbook = opened(found.marked)
    assert marked_cells(workbook) == {(mend.sheet, mend.cell) for mend in found.mends}
    for mend in found.mends:
        cell = workbook[mend.sheet][mend.cell]
        assert cell.fill.fgColor.rgb == WARNING
        assert cell.comment.text == mend.reason.message % mend.reason.params
    coloured = [
        cell
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == WARNING
    ]
    assert len(coloured) == len(found.mends)


def test_the_first_sheet_lists_what_to_mend_with_a_link_to_each_cell():
    found = refused(bad_book())
    workbook = opened(found.marked)
    assert workbook.sheetnames[0] == "What to mend"
    assert workbook.active.title == "What to mend"
    assert [sheet.title for sheet in workbook.worksheets if sheet.sheet_view.tabSelected] == ["What to mend"]
    rows = [row for row in workbook["What to mend"].iter_rows(min_row=5) if row[0].value]
    assert [row[0].value for row in rows] == [mend.sheet for mend in found.mends]
    assert [row[1].hyperlink.location for row in rows] == [f"'{mend.sheet}'!{mend.cell}" for mend in found.mends]
    assert [row[3].value for row in rows] == ["ten people", "S9", "130%"]
    assert all(row[4].value for row in rows)


def test_what_was_typed_is_kept_as_it_was():
    content = bad_book()
    before, after = opened(content), opened(refused(content).marked)
    for sheet in before.worksheets:
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            [cell.value for cell in row] for row in after[sheet.title].iter_rows()
        ]
        assert sheet.data_validations.count == after[sheet.title].data_validations.count


def test_sheets_formulas_formats_charts_and_pictures_of_the_person_s_own_are_kept():
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(picture, "PNG")

    def make_own(workbook):
        sheet = workbook.create_sheet("My sums")
        sheet["A1"], sheet["A2"] = 5, "=A1*2"
        sheet["A1"].font = Font(bold=True, color="FF00AA00")
        chart = BarChart()
        chart.add_data(Reference(sheet, range_string="'My sums'!$A$1:$A$2"))
        sheet.add_chart(chart, "C3")
        sheet.add_image(Image(picture), "F3")
        workbook["Outcomes"]["J3"] = "ten"
        workbook["Outcomes"]["J4"] = "='My sums'!A2"

    found = refused(changed(book(), make_own))
    own = opened(found.marked)["My sums"]
    assert (own["A2"].value, own["A1"].font.b, own["A1"].font.color.rgb) == ("=A1*2", True, "FF00AA00")
    with zipfile.ZipFile(io.BytesIO(found.marked)) as archive:
        names = archive.namelist()
    assert any(name.startswith("xl/charts/") for name in names)
    assert any(name.startswith("xl/media/") for name in names)


def test_a_picture_that_would_have_to_be_unpacked_and_converted_is_left_out():
    as_png, as_bmp = io.BytesIO(), io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(as_png, "PNG")
    Picture.new("RGB", (4, 4), "red").save(as_bmp, "BMP")
    drawn = changed(bad_book(), lambda workbook: workbook["Read me"].add_image(Image(as_png), "F3"))
    swapped = with_parts(drawn, lambda name, part: as_bmp.getvalue() if name.startswith("xl/media/") else part)
    for content, kept in ((drawn, 1), (swapped, 0)):
        with zipfile.ZipFile(io.BytesIO(refused(content).marked)) as archive:
            assert sum(name.startswith("xl/media/") for name in archive.namelist()) == kept


def test_marks_are_taken_off_when_the_workbook_is_marked_again():
    first = refused(bad_book()).marked
    second = refused(typed(first, {"Outcomes": {"J3": 10, "B4": "S1"}}))
    assert marked_cells(opened(second.marked)) == {("Adjustments", "D3")}
    assert opened(second.marked).sheetnames.count("What to mend") == 1
    assert opened(second.marked)["Outcomes"]["J3"].fill.fill_type is None


def test_a_mended_workbook_is_read_with_its_marks_still_on():
    mended = typed(refused(bad_book()).marked, {"Outcomes": {"J3": 10, "B4": "S2"}, "Adjustments": {"D3": 0.2}})
    assert read(mended) == small()


def test_marking_twice_gives_the_same_as_marking_once():
    once = refused(bad_book()).marked
    assert refused(once).marked == once


@pytest.mark.parametrize(
    "colour", [Color(rgb="FFFFEE00"), Color(theme=4, tint=0.5), Color(indexed=13)], ids=["rgb", "theme", "indexed"]
)
def test_the_colour_and_the_comment_that_a_cell_had_come_back(colour):
    def decorate(workbook):
        cell = workbook["Outcomes"]["J3"]
        cell.value = "ten"
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.comment = Comment("Ask Mair.\nShe counted.", "Gwen")

    first = refused(changed(book(), decorate)).marked
    held = opened(first)["Outcomes"]["J3"].comment.text
    assert "Ask Mair.\nShe counted." in held
    cell = opened(mark(typed(first, {"Outcomes": {"J3": 10}}), []))["Outcomes"]["J3"]
    assert (cell.fill.fill_type, cell.fill.fgColor.type) == ("solid", colour.type)
    assert (cell.fill.fgColor.value, cell.fill.fgColor.tint) == (colour.value, colour.tint)
    assert (cell.comment.text, cell.comment.author) == ("Ask Mair.\nShe counted.", "Gwen")


def test_a_mark_moves_with_its_row_and_is_found_there():
    first = refused(bad_book()).marked

    def move_row(workbook):
        sheet = workbook["Outcomes"]
        cell, below = sheet["J3"], sheet["J9"]
        below.fill, below.comment = copy(cell.fill), Comment(cell.comment.text, cell.comment.author)
        cell.value = 10

    again = opened(mark(changed(first, move_row), []))["Outcomes"]
    assert again["J9"].comment is None
    assert again["J9"].fill.fill_type is None


def test_a_cell_to_mend_is_told_in_one_line():
    found = refused(bad_book())
    assert told(found.mends[0]).startswith("Outcomes J3, How many, or how much: “ten people” is not a number")
    assert str(found).splitlines()[0] == told(found.mends[0])
    assert told(found.mends[0], lambda words: f"({words})").startswith("Outcomes J3, (How many, or how much): (“")


def test_any_reason_can_be_marked_also_one_found_later():
    workbook = opened(mark(book(), [NEGATIVE]))
    assert workbook["Outcomes"]["J3"].comment.text == "Enter a number that is 0 or more."


@pytest.mark.parametrize(
    "reason",
    [
        Reason(noun="", row=0, message="The account is too large."),
        Reason(noun="nowhere", row=3, field="x", message="No such thing."),
        Reason(noun="outcomes", row=500, field="quantity", message="There is no such row."),
        Reason(noun="account", row=0, message="This account exists already."),
    ],
)
def test_a_reason_without_a_cell_is_listed_without_a_link(reason):
    row = opened(mark(book(), [reason]))["What to mend"][5]
    assert row[4].value == reason.message
    assert row[1].hyperlink is None


def test_a_reason_against_a_row_is_marked_at_its_ref():
    reason = Reason(noun="outcomes", row=1, ref="O2", message="This row is one too many.")
    assert opened(mark(book(), [reason]))["Outcomes"]["A4"].comment.text == reason.message


def test_two_reasons_for_one_cell_stand_in_one_comment():
    other = Reason(noun="outcomes", row=0, field="quantity", message="Or leave it blank.")
    assert opened(mark(book(), [NEGATIVE, other]))["Outcomes"]["J3"].comment.text.splitlines() == [
        "Enter a number that is 0 or more.",
        "Or leave it blank.",
    ]


def test_a_cell_that_was_merged_away_is_marked_where_it_went():
    merged = changed(book(), lambda workbook: workbook["Outcomes"].merge_cells("I3:J3"))
    assert opened(mark(merged, [NEGATIVE]))["Outcomes"]["I3"].comment is not None


def test_what_was_typed_is_never_a_formula_in_the_list():
    sheet = opened(refused(typed(book(), {"Account": {"B12": "@SUM(1)"}})).marked)["What to mend"]
    assert (sheet["D5"].data_type, sheet["D5"].value, sheet["D5"].quotePrefix) == ("s", "@SUM(1)", True)


def test_more_marks_than_help_are_counted_and_not_drawn(monkeypatch):
    monkeypatch.setattr(marking, "MOST_MARKS", 2)
    found = refused(bad_book())
    workbook = opened(found.marked)
    assert len(marked_cells(workbook)) == 2
    assert workbook["What to mend"]["A7"].value == "There are 1 more. Mend these first."


def test_if_the_workbook_cannot_be_loaded_whole_the_list_comes_alone():
    def merge_everything(name, part):
        whole = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return part.replace(b"</sheetData>", b"</sheetData>" + whole) if name == "xl/worksheets/sheet20.xml" else part

    with_own = changed(bad_book(), lambda workbook: [workbook.create_sheet(f"Own {n}") for n in range(3)])
    found = refused(with_parts(with_own, merge_everything))
    workbook = opened(found.marked)
    assert workbook.sheetnames == ["What to mend"]
    assert workbook["What to mend"]["A5"].value == found.mends[0].sheet
    assert workbook["What to mend"]["B5"].hyperlink is None

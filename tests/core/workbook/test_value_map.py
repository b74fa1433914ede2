"""The value map of an exported workbook: formulas alone, and what LibreOffice makes of them."""

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from outcomes.valuation import to_pence
from outcomes.workbook import BadCells, _formulas as formulas, read, write
from outcomes.workbook._value_map import TOTAL
from tests.core.workbook import filled
from tests.core.workbook.filled import counted, exported, opened, typed, worked
from tests.machine import require
from tests.worked_examples import expected, facts

ACCOUNTS = {
    "timebank": lambda: facts("timebank_ireland_2023"),
    "wheels": lambda: facts("wheels_to_meals"),
    "employment": lambda: facts("employment_programme"),
    "uprated": filled.uprated,
    "anchored": filled.anchored,
    "declining": filled.declining,
    "time_given": filled.time_given,
    "nothing_put_in": filled.nothing_put_in,
}
FORMULAS_IN_WORDS = "=SUM(1,2)"


def convert(folder: Path, files: list[Path]) -> None:
    """Let LibreOffice open each workbook, work it out and save it, all in one go."""
    soffice = require("soffice", "the value map against LibreOffice's own arithmetic")
    command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Return each workbook as LibreOffice saves it, by name."""
    folder = tmp_path_factory.mktemp("workbooks")
    contents = {name: exported(make()) for name, make in ACCOUNTS.items()}
    contents["words"] = typed_words()
    contents["marked"] = marked()
    files = []
    for name, content in contents.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(content)
    convert(folder, files)
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in contents}


def typed_words() -> bytes:
    account = filled.details(name=FORMULAS_IN_WORDS, purpose="@SUM(1)", scope="+1+1", decision="-1+1")
    return write(filled.Facts(account=account), None)


def marked() -> bytes:
    with pytest.raises(BadCells) as bad:
        read(typed(exported(filled.anchored()), {"Outcomes": {"J3": "about ten"}}))
    return bad.value.marked


def results(sheet) -> dict[str, object]:
    """Return the results at the top of a value map, by their labels."""
    first, last = formulas.FIRST_TOP_ROW, formulas.FIRST_TOP_ROW + len(formulas.TOP) - 1
    rows = sheet.iter_rows(min_row=first, max_row=last, max_col=formulas.TOP_COLUMN, values_only=True)
    return {row[0]: row[-1] for row in rows}


def table(sheet) -> list[dict[object, object]]:
    """Return the rows of outcomes of a value map, by the labels of its columns."""
    rows = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == formulas.STEPS["ref"].label and "Impact" in row)
    end = next(at for at in range(head, len(rows)) if rows[at][0] == TOTAL)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 : end]]


def penny(figure: object) -> Decimal:
    return to_pence(Decimal(repr(figure)))


@pytest.mark.parametrize("name", ACCOUNTS)
def test_libreoffice_works_out_the_same_totals_to_the_penny(name, recalculated):
    workings = worked(ACCOUNTS[name]())
    found = results(opened(recalculated[name], data_only=True)["Value map"])
    assert {
        label: penny(found[label])
        for label in (formulas.GROSS, formulas.IMPACT, formulas.PRESENT_VALUE, formulas.INPUTS, formulas.NET)
    } == {
        formulas.GROSS: to_pence(workings.gross_value),
        formulas.IMPACT: to_pence(workings.impact),
        formulas.PRESENT_VALUE: to_pence(workings.total_present_value),
        formulas.INPUTS: to_pence(workings.total_inputs),
        formulas.NET: to_pence(workings.net_present_value),
    }
    assert found[formulas.FITS] == "yes"


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "nothing_put_in"])
def test_libreoffice_works_out_the_same_ratios(name, recalculated):
    workings = worked(ACCOUNTS[name]())
    found = results(opened(recalculated[name], data_only=True)["Value map"])
    assert found[formulas.RATIO] == pytest.approx(float(workings.ratio), rel=1e-12)
    assert found[formulas.NET_RATIO] == pytest.approx(float(workings.net_ratio), rel=1e-12)


def test_where_nothing_was_put_in_the_ratio_says_so_in_words(recalculated):
    found = results(opened(recalculated["nothing_put_in"], data_only=True)["Value map"])
    assert found[formulas.RATIO] == found[formulas.NET_RATIO] == formulas.NO_MONEY


@pytest.mark.parametrize("name", ACCOUNTS)
def test_libreoffice_works_out_every_line_and_every_year_to_the_penny(name, recalculated):
    workings = worked(ACCOUNTS[name]())
    lines = [each for each in workings.lines if each.value_each is not None]
    found = table(opened(recalculated[name], data_only=True)["Value map"])
    found = [row for row in found if row["Ref"]]
    assert [row["Ref"] for row in found] == [each.line.key for each in lines]
    for row, each in zip(found, lines, strict=True):
        assert penny(row["Value of one"]) == to_pence(each.value_each)
        assert penny(row["Gross value"]) == to_pence(each.gross)
        assert penny(row["Impact"]) == to_pence(each.impact)
        assert penny(row["Present value"]) == to_pence(each.present_value)
        by_year = [penny(row[year]) for year in range(1, workings.years + 1)]
        assert by_year == [to_pence(impact) for impact in each.by_year]


def test_the_published_figures_of_the_time_bank_come_out_of_libreoffice(recalculated):
    found = results(opened(recalculated["timebank"], data_only=True)["Value map"])
    published = expected("timebank_ireland_2023")
    assert str(penny(found[formulas.PRESENT_VALUE])) == published["total_present_value"] == "803184.47"
    assert str(penny(found[formulas.RATIO])) == published["ratio"] == "16.06"


@pytest.mark.parametrize("name", ACCOUNTS)
def test_what_libreoffice_saves_is_read_as_the_same_account(name, recalculated):
    assert read(recalculated[name]) == ACCOUNTS[name]()


def test_libreoffice_takes_no_words_for_a_formula(recalculated):
    cells = {row[0].value: row[1] for row in opened(recalculated["words"])["Account"].iter_rows()}
    assert [(cells[label].value, cells[label].data_type) for label in ("Title", "Purpose", "Scope")] == [
        (FORMULAS_IN_WORDS, "s"),
        ("@SUM(1)", "s"),
        ("+1+1", "s"),
    ]


def test_marks_are_taken_off_after_libreoffice_saved_them_without_their_author(recalculated):
    saved = opened(recalculated["marked"])
    assert saved["Outcomes"]["J3"].comment.author != "What to mend"
    with pytest.raises(BadCells) as bad:
        read(typed(recalculated["marked"], {"Outcomes": {"J3": 10, "J4": "a few"}}))
    again = opened(bad.value.marked)["Outcomes"]
    assert again["J3"].comment is None
    assert again["J3"].fill.fill_type is None
    assert again["J4"].comment is not None


# --- Without LibreOffice ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACCOUNTS)
def test_no_figure_in_the_value_map_is_a_number_but_years_and_published_tables(name):
    make = ACCOUNTS[name]
    workings = worked(make())
    sheet = opened(exported(make()))["Value map"]
    published = {float(band.rate) for band in workings.inputs.rates.bands}
    published |= {float(band.from_year) for band in workings.inputs.rates.bands}
    if workings.inputs.price_series:
        published |= {float(index) for index in workings.inputs.price_series.values.values()}
    years = set(range(1, 101))
    numbers = {
        cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None
    }
    assert numbers <= published | years
    assert sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row) >= len(formulas.TOP)


def test_an_outcome_that_does_not_count_or_has_no_value_is_not_in_the_value_map():
    account = filled.uprated()
    with_more = filled.Facts(
        **{
            **{name: getattr(account, name) for name in account.__dataclass_fields__},
            "outcomes": (*account.outcomes, counted("O9")),
        }
    )
    sheet = opened(exported(with_more))["Value map"]
    names = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert "='Outcomes'!$A$5" in names
    assert not {"='Outcomes'!$A$6", "='Outcomes'!$A$7"} & names


def test_the_index_figures_and_their_source_stand_beside_an_uprated_value():
    account = filled.uprated()
    series = worked(account).inputs.price_series
    sheet = opened(exported(account))["Value map"]
    words = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    numbers = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"}
    assert {series.title, series.source, series.base} <= words
    assert {float(series.values["2019-20"]), float(series.values["2024-25"])} <= numbers


def test_a_schedule_of_rates_stands_there_with_its_source():
    account = filled.declining()
    rates = worked(account).inputs.rates
    sheet = opened(exported(account))["Value map"]
    words = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert {rates.title, rates.source} <= words


def test_without_workings_there_is_no_value_map():
    assert "Value map" not in opened(write(filled.uprated(), None)).sheetnames

"""The value map: a sheet of live formulas on the cells of the account's own sheets.

Nothing on it is a number that the application worked out. A spreadsheet program works the whole sheet out anew, so that
anyone can follow each step, change a figure on another sheet and see what that does. Only discount rates and the price
index are data; they name their sources.
"""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.columns import Kind
from accounts.words import gettext_noop as _n
from outcomes.nouns import Facts
from outcomes.valuation import WorkedLine, Workings
from outcomes.workbook import _formulas as formulas, _layout as layout, _look as look
from outcomes.workbook._formulas import Plan
from outcomes.workbook._words import put_words

ABOUT = _n(
    "Every figure on this sheet is a live formula on the figures of the other sheets: change a figure there, and what "
    "follows from it changes here. Outcomes that do not count, or have no value in money, are not in it."
)
TOTAL = _n("Total")
PRESENT_VALUE_OF_YEAR = _n("Present value of the year")

_YEAR_WIDTH = 16
_YEAR_FORMAT = '"Year "0'
_FACTOR_FORMAT = "0.000000"
_WIDTH_OF_ABOUT = 8
_TOP_FORMATS = dict.fromkeys((formulas.RATIO, formulas.NET_RATIO), look.RATIO_FORMAT) | dict.fromkeys(
    (formulas.CURRENCY, formulas.FIRST_YEAR, formulas.PRICE_BASE, formulas.FITS), look.TEXT_FORMAT
)
_YEAR_FORMATS = {
    formulas.ELAPSED: (Kind.WHOLE, "0"),
    formulas.RATE: (Kind.SHARE, look.SHARE_FORMAT),
    formulas.FACTOR: (Kind.NUMBER, _FACTOR_FORMAT),
    formulas.INPUT_FACTOR: (Kind.NUMBER, _FACTOR_FORMAT),
}


def add(workbook: Workbook, facts: Facts, workings: Workings) -> None:
    """Add the sheet of the value map, after the account's own."""
    sheet = workbook.create_sheet(layout.VALUE_MAP, workbook.sheetnames.index(layout.ACCOUNT) + 1)
    plan = Plan(facts, workings)
    widths = [formulas.STEPS[name].width for name in plan.letters] + [_YEAR_WIDTH] * plan.years
    look.set_widths(sheet, widths)
    _results(sheet, plan)
    _years(sheet, plan)
    _outcomes(sheet, plan)
    _totals(sheet, plan)
    _inputs(sheet, plan)
    _rates(sheet, plan, is_own=not facts.account.rate_schedule and facts.account.discount_rate is not None)
    _prices(sheet, plan)
    sheet.freeze_panes = "D1"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = look.ACCENT
    look.for_paper(sheet)


def _results(sheet: Worksheet, plan: Plan) -> None:
    _words(sheet, 1, 1, layout.VALUE_MAP, look.TITLE)
    sheet.row_dimensions[1].height = 32
    _words(sheet, 2, 1, ABOUT, look.PROSE)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=_WIDTH_OF_ABOUT)
    sheet.row_dimensions[2].height = 32
    for row, label in enumerate(formulas.TOP, start=formulas.FIRST_TOP_ROW):
        _words(sheet, row, 1, label, look.LABEL)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=formulas.TOP_COLUMN - 1)
        shown = _TOP_FORMATS.get(label, look.MONEY_FORMAT)
        _formula(sheet, row, formulas.TOP_COLUMN, plan.result(label), look.TOTAL, shown)


def _years(sheet: Worksheet, plan: Plan) -> None:
    for label in formulas.YEAR_ROWS:
        _words(sheet, plan.year_row(label), len(plan.letters), label, look.RIGHT)
    for year in range(1, plan.years + 1):
        column = plan.year_position(year)
        sheet.cell(row=plan.year_row(formulas.YEAR), column=column, value=year).style = look.HEADER_OF_FIGURES
        for label, (kind, shown) in _YEAR_FORMATS.items():
            row = plan.year_row(label)
            _formula(sheet, row, column, plan.of_year(label, year), look.style_of(kind), shown)


def _outcomes(sheet: Worksheet, plan: Plan) -> None:
    head = plan.first_line - 1
    _words(sheet, head - 1, 1, _n("What each outcome is worth"), look.SECTION)
    for position, name in enumerate(plan.letters, start=1):
        step = formulas.STEPS[name]
        _words(sheet, head, position, step.label, look.header_of(step.kind))
    for year in range(1, plan.years + 1):
        cell = sheet.cell(row=head, column=plan.year_position(year), value=year)
        cell.style = look.HEADER_OF_FIGURES
        cell.number_format = _YEAR_FORMAT
    sheet.row_dimensions[head].height = 34
    for row, worked in enumerate(plan.lines, start=plan.first_line):
        _outcome(sheet, plan, row, worked)


def _outcome(sheet: Worksheet, plan: Plan, row: int, worked: WorkedLine) -> None:
    for name, formula in plan.steps_of(row, worked):
        kind = formulas.STEPS[name].kind
        _formula(sheet, row, plan.step_position(name), formula, look.style_of(kind), look.number_format(kind))
    for year in range(1, plan.years + 1):
        column, formula = plan.year_position(year), plan.in_year(row, year)
        _formula(sheet, row, column, formula, look.style_of(Kind.MONEY), look.MONEY_FORMAT)
    look.set_height_for(sheet, row, {plan.step_position("name"): worked.line.label})


def _totals(sheet: Worksheet, plan: Plan) -> None:
    row = plan.total_row
    _total_row(sheet, row, len(plan.letters))
    for name in ("gross", "impact", "present_value"):
        _formula(sheet, row, plan.step_position(name), plan.total(name), look.TOTAL, look.MONEY_FORMAT)
    _words(sheet, row + 1, len(plan.letters), PRESENT_VALUE_OF_YEAR, look.RIGHT)
    for year in range(1, plan.years + 1):
        column = plan.year_position(year)
        _formula(sheet, row, column, plan.total_in_year(year), look.TOTAL, look.MONEY_FORMAT)
        _formula(sheet, row + 1, column, plan.present_value_in_year(year), look.TOTAL, look.MONEY_FORMAT)


def _inputs(sheet: Worksheet, plan: Plan) -> None:
    steps = formulas.INPUT_STEPS
    _words(sheet, plan.first_input - 2, 1, _n("What was put in"), look.SECTION)
    for position, step in enumerate(steps, start=1):
        _words(sheet, plan.first_input - 1, position, step.label, look.header_of(step.kind))
    look.set_height_for(sheet, plan.first_input - 1, {at: step.label for at, step in enumerate(steps, start=1)})
    for row, investment in enumerate(plan.inputs.investments, start=plan.first_input):
        for position, formula in enumerate(plan.steps_of_input(row, investment), start=1):
            kind = steps[position - 1].kind
            _formula(sheet, row, position, formula, look.style_of(kind), look.number_format(kind))
        look.set_height_for(sheet, row, {3: investment.label})
    _total_row(sheet, plan.input_total_row, len(steps))
    _formula(sheet, plan.input_total_row, len(steps), plan.total_of_inputs(), look.TOTAL, look.MONEY_FORMAT)


def _rates(sheet: Worksheet, plan: Plan, *, is_own: bool) -> None:
    """Write the discount rates: the account's own as a formula on its cell, those of a schedule as published."""
    rates = plan.inputs.rates
    _table(sheet, plan.first_rate - 1, _n("Discount rates"), (_n("From year"), _n("Rate"), rates.title))
    for row, band in enumerate(rates.bands, start=plan.first_rate):
        sheet.cell(row=row, column=1, value=band.from_year).style = look.style_of(Kind.WHOLE)
        rate = f"={plan.sources.account('discount_rate')}" if is_own else band.rate
        sheet.cell(row=row, column=2, value=rate).style = look.style_of(Kind.SHARE)
        _words(sheet, row, 3, band.source or rates.source, look.ASIDE)


def _prices(sheet: Worksheet, plan: Plan) -> None:
    """Write the whole price index, if the account names one."""
    series = plan.inputs.price_series
    if series is None:
        return
    _table(sheet, plan.first_index - 1, _n("Price index"), (_n("Period"), _n("Index"), series.title))
    for row, (period, index) in enumerate(series.values.items(), start=plan.first_index):
        _words(sheet, row, 1, period, look.style_of(Kind.PERIOD))
        sheet.cell(row=row, column=2, value=index).style = look.style_of(Kind.NUMBER)
    _words(sheet, plan.first_index, 3, series.source, look.ASIDE)
    _words(sheet, plan.first_index + 1, 3, series.base, look.ASIDE)


def _table(sheet: Worksheet, row: int, title: str, labels: Sequence[str]) -> None:
    """Write the head of a table, with its title above."""
    _words(sheet, row - 1, 1, title, look.SECTION)
    for position, label in enumerate(labels, start=1):
        _words(sheet, row, position, label, look.HEADER)
    look.set_height_for(sheet, row, dict(enumerate(labels, start=1)))


def _total_row(sheet: Worksheet, row: int, columns: int) -> None:
    for position in range(1, columns + 1):
        sheet.cell(row=row, column=position).style = look.TOTAL
    put_words(sheet.cell(row=row, column=1), TOTAL)


def _words(sheet: Worksheet, row: int, column: int, words: str, style: str) -> None:
    cell = sheet.cell(row=row, column=column)
    cell.style = style
    put_words(cell, words)


def _formula(sheet: Worksheet, row: int, column: int, formula: str, style: str, number_format: str) -> None:
    cell = sheet.cell(row=row, column=column, value=f"={formula}")
    cell.style = style
    # A formula in a cell of the text format would be shown as its own text.
    cell.number_format = "General" if number_format == look.TEXT_FORMAT else number_format

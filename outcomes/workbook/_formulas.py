"""The formulas of the value map, and where on its sheet each table stands.

From the top: the results; the rate and the discount factor of each year; what each outcome is worth, year by year; what
was put in; the discount rates; the price index.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts.columns import Kind
from accounts.words import gettext_noop as _n
from outcomes.nouns import Direction, Factor, Facts
from outcomes.valuation import Investment, ValueSource, WorkedLine, Workings
from outcomes.workbook._layout import letter
from outcomes.workbook._sources import Sources

GROSS = _n("Gross value")
IMPACT = _n("Impact, each outcome in its first year")
PRESENT_VALUE = _n("Total present value")
INPUTS = _n("Inputs, at present value")
NET = _n("Net present value")
RATIO = _n("Ratio")
NET_RATIO = _n("Net ratio")
FITS = _n("Do all years fit into this table?")
CURRENCY = _n("Currency")
FIRST_YEAR = _n("Is the first year discounted?")
PRICE_BASE = _n("Price base")
TOP = (GROSS, IMPACT, PRESENT_VALUE, INPUTS, NET, RATIO, NET_RATIO, CURRENCY, FIRST_YEAR, PRICE_BASE, FITS)
TOP_COLUMN = 4
"""Results stand beside their labels, which reach over the three columns before."""
FIRST_TOP_ROW = 4
NO_INPUTS = _n("Undefined: nothing was put in")
NO_MONEY = _n("Undefined: no outcome is valued in money")


@dataclass(frozen=True, slots=True)
class Step:
    """One column of the table of outcomes."""

    label: str
    kind: Kind
    width: int = 13


STEPS: Mapping[str, Step] = {
    "ref": Step(_n("Ref"), Kind.REF, 10),
    "stakeholder": Step(_n("For whom"), Kind.TEXT, 26),
    "name": Step(_n("What changes"), Kind.TEXT, 34),
    "quantity": Step(_n("Quantity"), Kind.NUMBER, 16),
    "entered": Step(_n("Value of one, as entered"), Kind.MONEY),
    "period": Step(_n("In the prices of"), Kind.PERIOD, 11),
    "index_now": Step(_n("Index of the price base"), Kind.NUMBER),
    "index_then": Step(_n("Index of those prices"), Kind.NUMBER),
    "value": Step(_n("Value of one"), Kind.MONEY),
    "gross": Step(_n("Gross value"), Kind.MONEY, 16),
    "deadweight": Step(_n("Deadweight"), Kind.SHARE, 12),
    "displacement": Step(_n("Displacement"), Kind.SHARE, 14),
    "attribution": Step(_n("Attribution to others"), Kind.SHARE, 12),
    "impact": Step(_n("Impact"), Kind.MONEY, 16),
    "drop_off": Step(_n("Drop-off"), Kind.SHARE, 11),
    "duration": Step(_n("Years it lasts"), Kind.WHOLE, 9),
    "first_year": Step(_n("Starts in year"), Kind.WHOLE, 9),
    "present_value": Step(_n("Present value"), Kind.MONEY, 16),
}
_ONLY_WITH_PRICES = ("period", "index_now", "index_then")

YEAR_ROWS = (
    YEAR := _n("Year"),
    ELAPSED := _n("Years over which a benefit is discounted"),
    RATE := _n("Discount rate of the last of them"),
    FACTOR := _n("What a benefit is divided by"),
    INPUT_FACTOR := _n("What an input is divided by"),
)
INPUT_STEPS = (
    Step(_n("Ref"), Kind.REF),
    Step(_n("Who puts it in"), Kind.TEXT),
    Step(_n("What is put in"), Kind.TEXT),
    Step(_n("Worth"), Kind.MONEY),
    Step(_n("In year"), Kind.WHOLE),
    Step(_n("Present value"), Kind.MONEY),
)


class Plan:
    """Where each table of a value map stands, and the formula of each of its cells (without the leading "=")."""

    def __init__(self, facts: Facts, workings: Workings) -> None:
        self.sources = Sources(facts)
        self.workings = workings
        self.inputs = workings.inputs
        self.lines = tuple(worked for worked in workings.lines if worked.value_each is not None)
        steps = [name for name in STEPS if self.inputs.price_series or name not in _ONLY_WITH_PRICES]
        self.letters = {name: letter(position) for position, name in enumerate(steps, start=1)}
        self.years = max(workings.years, *(each.year for each in self.inputs.investments), 1, 1)
        self.first_year_row = FIRST_TOP_ROW + len(TOP) + 2
        self.first_line = self.first_year_row + len(YEAR_ROWS) + 2
        self.total_row = self.first_line + max(len(self.lines), 1)
        self.first_input = self.total_row + 5
        self.input_total_row = self.first_input + max(len(self.inputs.investments), 1)
        self.first_rate = self.input_total_row + 4
        self.first_index = self.first_rate + len(self.inputs.rates.bands) + 3

    def year_letter(self, year: int) -> str:
        """Return the column of a year of the account."""
        return letter(len(self.letters) + year)

    def year_row(self, label: str) -> int:
        """Return the row of one of the rows above the outcomes that say something of each year."""
        return self.first_year_row + YEAR_ROWS.index(label)

    def top(self, label: str) -> str:
        """Return the address of a result or a convention."""
        return f"${letter(TOP_COLUMN)}${FIRST_TOP_ROW + TOP.index(label)}"

    def over_years(self, row: int | str) -> str:
        """Return the range of all years in a row; "$5" pins the row."""
        return f"${self.year_letter(1)}{row}:${self.year_letter(self.years)}{row}"

    def over_lines(self, step: str) -> str:
        """Return the range of all outcomes in a column."""
        column = self.letters[step]
        return f"{column}{self.first_line}:{column}{self.total_row - 1}"

    def step_position(self, name: str) -> int:
        """Return the number of the column of a step, counted from 1."""
        return list(self.letters).index(name) + 1

    def year_position(self, year: int) -> int:
        """Return the number of the column of a year of the account, counted from 1."""
        return len(self.letters) + year

    def result(self, label: str) -> str:
        """Return the formula of a result, or of a convention that it rests on."""
        return {
            GROSS: f"{self.letters['gross']}{self.total_row}",
            IMPACT: f"{self.letters['impact']}{self.total_row}",
            PRESENT_VALUE: f"{self.letters['present_value']}{self.total_row}",
            INPUTS: f"{letter(len(INPUT_STEPS))}{self.input_total_row}",
            NET: f"{self.top(PRESENT_VALUE)}-{self.top(INPUTS)}",
            RATIO: self._for_each_put_in(PRESENT_VALUE),
            NET_RATIO: self._for_each_put_in(NET),
            CURRENCY: self.sources.account("currency"),
            FIRST_YEAR: self.sources.account("year_one_is_discounted"),
            PRICE_BASE: _or_blank(self.sources.account("price_base")),
            FITS: self._do_all_years_fit(),
        }[label]

    def _for_each_put_in(self, label: str) -> str:
        if self.workings.lines and not self.lines:
            return f'"{NO_MONEY}"'
        return f'IF({self.top(INPUTS)}=0,"{NO_INPUTS}",{self.top(label)}/{self.top(INPUTS)})'

    def _do_all_years_fit(self) -> str:
        last_years = f"{self.over_lines('duration')}+{self.over_lines('first_year')}-1"
        return f'IF(SUMPRODUCT(--({last_years}>{self.years}))=0,"yes","no")'

    def of_year(self, label: str, year: int) -> str:
        """Return the formula of what is said of a year above the outcomes."""
        formulas = {ELAPSED: self._elapsed, RATE: self._rate_of, FACTOR: self._factor, INPUT_FACTOR: self._input_factor}
        return formulas[label](year)

    def _elapsed(self, year: int) -> str:
        return f'{self.year_letter(year)}${self.year_row(YEAR)}-IF({self.top(FIRST_YEAR)}="yes",0,1)'

    def _rate_of(self, year: int) -> str:
        elapsed = f"{self.year_letter(year)}{self.year_row(ELAPSED)}"
        return f"IF({elapsed}<1,0,{self._rate_in(elapsed)})"

    def _rate_in(self, elapsed_year: str) -> str:
        """Return the formula for the rate in force in the so-manieth elapsed year."""
        first, last = self.first_rate, self.first_rate + len(self.inputs.rates.bands) - 1
        return f"LOOKUP({elapsed_year},$A${first}:$A${last},$B${first}:$B${last})"

    def _factor(self, year: int) -> str:
        step = f"(1+{self.year_letter(year)}{self.year_row(RATE)})"
        return step if year == 1 else f"{self.year_letter(year - 1)}{self.year_row(FACTOR)}*{step}"

    def _input_factor(self, year: int) -> str:
        if year == 1:
            return "1"
        before = self.year_letter(year - 1)
        rate = self._rate_in(f"{before}{self.year_row(YEAR)}")
        return f"{before}{self.year_row(INPUT_FACTOR)}*(1+{rate})"

    def steps_of(self, row: int, worked: WorkedLine) -> Iterator[tuple[str, str]]:
        """Yield the formula of each step of one outcome."""
        at = {name: f"{letter}{row}" for name, letter in self.letters.items()}
        ref, sources = worked.line.key, self.sources
        yield "ref", sources.outcome(ref, "ref")
        yield "stakeholder", sources.stakeholder(worked.line.stakeholder)
        yield "name", sources.outcome(ref, "name")
        yield "quantity", sources.outcome(ref, "quantity")
        yield from self._value_of(at, worked)
        yield "gross", f"{at['quantity']}*{at['value']}"
        yield "deadweight", sources.factor(ref, Factor.DEADWEIGHT)
        yield "displacement", sources.factor(ref, Factor.DISPLACEMENT)
        yield "attribution", sources.factor(ref, Factor.ATTRIBUTION)
        yield "impact", f"{at['gross']}*(1-{at['deadweight']})*(1-{at['displacement']})*(1-{at['attribution']})"
        yield "drop_off", sources.factor(ref, Factor.DROP_OFF)
        yield "duration", _or_one(sources.outcome(ref, "duration"))
        yield "first_year", _or_one(sources.outcome(ref, "first_year"))
        factors = self.over_years(f"${self.year_row(FACTOR)}")
        yield "present_value", f"SUMPRODUCT({self.over_years(row)}/{factors})"

    def _value_of(self, at: Mapping[str, str], worked: WorkedLine) -> Iterator[tuple[str, str]]:
        """Yield the steps to the value of one: as entered, carried to the price base, or held against the anchor."""
        ref = worked.line.key
        if worked.value_from is ValueSource.ANCHOR:
            yield "value", self._against_anchor(ref)
            return
        yield "entered", self.sources.valuation(ref, "value")
        if self.inputs.price_series is None:
            yield "value", at["entered"]
            return
        base, period = self.top(PRICE_BASE), at["period"]
        yield "period", _or_blank(self.sources.valuation(ref, "price_period"))
        same = f'OR({period}="",{base}="",{period}={base})'
        yield "index_now", f'IF({same},"",{self._index_of(base)})'
        yield "index_then", f'IF({same},"",{self._index_of(period)})'
        yield "value", f"IF({same},{at['entered']},{at['entered']}*{at['index_now']}/{at['index_then']})"

    def _against_anchor(self, ref: str) -> str:
        """Return the value that follows from the weight: with the anchor's sign if both are gains or both are harms."""
        row, anchor_ref = next(
            (row, worked.line.key) for row, worked in enumerate(self.lines, self.first_line) if worked.line.is_anchor
        )
        anchor = f"{self.letters['value']}{row}"
        weights = f"{self.sources.valuation(ref, 'weight')}/{self.sources.valuation(anchor_ref, 'weight')}"
        is_harm = f'{self.sources.outcome(ref, "direction")}="{Direction.NEGATIVE.label}"'
        return f"{anchor}*{weights}*IF(({is_harm})=({anchor}<0),1,-1)"

    def _index_of(self, period: str) -> str:
        last = self.first_index + len(self.inputs.price_series.values if self.inputs.price_series else ()) - 1
        return f"VLOOKUP({period},$A${self.first_index}:$B${last},2,FALSE)"

    def in_year(self, row: int, year: int) -> str:
        """Return the impact of one year. The first is not raised to the power of 0: some programs refuse 0 to that."""
        head = f"{self.year_letter(year)}${self.year_row(YEAR)}"
        at = {name: f"${self.letters[name]}{row}" for name in ("impact", "drop_off", "duration", "first_year")}
        since = f"({head}-{at['first_year']})"
        is_outside = f"OR({since}<0,{since}>={at['duration']})"
        later = f"{at['impact']}*(1-{at['drop_off']})^{since}"
        return f"IF({is_outside},0,IF({since}=0,{at['impact']},{later}))"

    def total(self, name: str) -> str:
        """Return the formula of the total of a step over all outcomes."""
        return f"SUM({self.over_lines(name)})"

    def total_in_year(self, year: int) -> str:
        """Return the formula of the impact of all outcomes in a year."""
        column = self.year_letter(year)
        return f"SUM({column}{self.first_line}:{column}{self.total_row - 1})"

    def present_value_in_year(self, year: int) -> str:
        """Return the formula of the present value of a year's impact."""
        column = self.year_letter(year)
        return f"{column}{self.total_row}/{column}{self.year_row(FACTOR)}"

    def steps_of_input(self, row: int, investment: Investment) -> tuple[str, ...]:
        """Return the formula of each column of an input."""
        factors = self.over_years(f"${self.year_row(INPUT_FACTOR)}")
        return (
            self.sources.input(investment.key, "ref"),
            self.sources.stakeholder(investment.stakeholder),
            self.sources.input(investment.key, "description"),
            self._worth(investment.key),
            _or_one(self.sources.input(investment.key, "year")),
            f"D{row}/INDEX({factors},1,E{row})",
        )

    def _worth(self, key: str) -> str:
        """Return the formula of what an input is worth: as stated, or else its hours times the worth of an hour."""
        amount, hours, rate = (self.sources.input(key, field) for field in ("amount", "hours", "hourly_rate"))
        return f'IF({amount}="",{hours}*{rate},{amount})'

    def total_of_inputs(self) -> str:
        """Return the formula of the present value of all inputs."""
        column = letter(len(INPUT_STEPS))
        return f"SUM({column}{self.first_input}:{column}{self.input_total_row - 1})"


def _or_one(address: str) -> str:
    return f'IF({address}="",1,{address})'


def _or_blank(address: str) -> str:
    return f'IF({address}="","",{address})'

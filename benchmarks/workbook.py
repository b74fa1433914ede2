"""How long it takes to import a workbook of 5,000 observations, next to openpyxl's own reading of the same file.

Run as `python -m benchmarks.workbook`. Both are run in turn in one process, and their medians compared: the ratio is
what counts, since absolute times depend on the machine. To reach: at most 3. Then what the worst workbook costs that
the limits let in: 9 MB, a bad cell wherever there can be one, read and marked. To reach: at most 20 s and 512 MB.

What is measured: `outcomes.workbook.read`: the limits on the archive, finding sheets and columns, every cell read and
checked, every row held against the others. What it is held against: openpyxl's read-only mode, going once through
every cell of the same file and doing nothing with it.
"""

import datetime as dt
import io
import resource
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from openpyxl import load_workbook

from accounts.nouns import AccountDetails, AccountKind
from benchmarks._measure import Figure, Unit, medians, show, times
from outcomes.nouns import Facts, Indicator, Measure, Moment, Observation, Outcome, State
from outcomes.workbook import BadCells, read, write
from stakeholders.nouns import Stakeholder

OBSERVATIONS = 5_000
LARGEST_ROWS = 14_000
"""How many full rows of observations the limits let in."""
RUNS = 7
TO_REACH = 3.0
LONGEST = 20.0
LARGEST = 512e6


def account(observations: int = OBSERVATIONS) -> Facts:
    """Return an account with that many observations of ten indicators."""
    indicators = [
        Indicator(ref=f"I{number}", outcome="O1", name=f"Meets friends, {number} times a month", measure=Measure.COUNT)
        for number in range(1, 11)
    ]
    return Facts(
        account=AccountDetails(
            name="A year of surveys", kind=AccountKind.EVALUATIVE, currency="GBP", year_one_is_discounted=True
        ),
        stakeholders=(Stakeholder(ref="S1", name="Members"),),
        outcomes=(Outcome(ref="O1", stakeholder="S1", name="More social contact"),),
        indicators=tuple(indicators),
        observations=tuple(_observation(number, indicators) for number in range(1, observations + 1)),
    )


def _observation(number: int, indicators: list[Indicator]) -> Observation:
    return Observation(
        ref=f"B{number}",
        indicator=indicators[number % len(indicators)].ref,
        moment=Moment.BEFORE if number % 2 else Moment.AFTER,
        observed_on=dt.date(2024, 4, 1) + dt.timedelta(days=number % 365),
        state=State.MEASURED,
        numerator=Decimal(number % 80),
        denominator=Decimal(80),
        source=f"Members' survey, wave {number % 12}",
    )


def bare(content: bytes) -> int:
    """Go through every cell with openpyxl alone; return how many hold something."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    filled = 0
    for sheet in workbook:
        # A file may say that it is smaller than it is.
        sheet.reset_dimensions()
        filled += sum(cell.value is not None for row in sheet.iter_rows() for cell in row)
    workbook.close()
    return filled


def full_of_bad_cells(rows: int, length: int = 116) -> bytes:
    """Return a workbook with that many rows of observations, in every cell as many characters that say nothing."""
    cells = "".join(
        f'<c r="{column}{{0}}" t="inlineStr"><is><t>{{{at}}}</t></is></c>' for at, column in enumerate("ABCDEFGHI", 1)
    )
    words = iter(np.random.default_rng(1).bytes(rows * 9 * length // 2).hex())
    made = "".join(
        f'<row r="{number}">{cells.format(number, *("".join(islice(words, length)) for _column in range(9)))}</row>'
        for number in range(10, rows + 10)
    )
    return _with_rows(write(account(observations=1), None), made.encode())


def _with_rows(content: bytes, rows: bytes) -> bytes:
    """Return a workbook of one observation with these rows below it."""
    altered = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(altered, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if b"wave 1" in part:
                part = part.replace(b"</sheetData>", rows + b"</sheetData>")
            target.writestr(name, part)
    return altered.getvalue()


def _marked(content: bytes) -> bytes:
    try:
        read(content)
    except BadCells as bad:
        return bad.marked
    raise AssertionError("a workbook full of bad cells was taken")


def figures() -> Iterator[Figure]:
    """Yield what importing takes beside openpyxl alone, then what the worst workbook costs."""
    content = write(account(), None)
    alone, ours = medians([partial(bare, content), partial(read, content)], turns=RUNS)
    yield Figure(
        what=f"read, {OBSERVATIONS:,} observations",
        took=ours.clock,
        bare=alone.clock,
        beside="openpyxl alone, read-only",
        most_times=TO_REACH,
    )
    yield from cost_of_the_largest()


def cost_of_the_largest() -> Iterator[Figure]:
    """Yield the processor's seconds and the megabytes in all that the worst workbook costs that is let in."""
    content = full_of_bad_cells(LARGEST_ROWS)
    took = times(partial(_marked, content)).processor
    # Before openpyxl goes through it alone: what counts is the most that this process ever held.
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield Figure(
        what="the worst that is let in, read and marked",
        took=took,
        bare=times(partial(bare, content)).processor,
        beside="openpyxl alone, read-only",
        most=LONGEST,
    )
    yield Figure(
        what="the most memory by then",
        took=held,
        bare=len(content),
        beside="the file",
        unit=Unit.MEGABYTES,
        most=LARGEST,
    )


def main() -> None:
    """Print the table."""
    show("Workbook", figures())


if __name__ == "__main__":
    main()

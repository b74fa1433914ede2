"""Which sheet holds which noun, and which cell holds which answer.

A sheet of rows: its first row names the columns, its second explains them, the rows follow.
The account's own sheet: one question in each row, with the answer beside it.
"""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter, quote_sheetname

from accounts import columns as c
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.intake import AttributionDialect, DurationDialect
from outcomes.nouns import BY_SLUG, ROWS

ACCOUNT = AccountDetails.title
READ_ME = _n("Read me")
VALUE_MAP = _n("Value map")
LISTS = _n("Lists")
TO_MEND = _n("What to mend")

HEADER_ROW = 1
HELP_ROW = 2
FIRST_ROW = 3

QUESTION = _n("Question")
ANSWER = _n("Your answer")
QUESTION_COLUMN = 1
ANSWER_COLUMN = 2
FIRST_QUESTION_ROW = 2

NEEDED = _n("Needed.")

ATTRIBUTION = c.Column(
    name="attribution_dialect",
    label=_n("What attribution says here"),
    kind=c.Kind.CHOICE,
    choices=AttributionDialect,
    help=_n(
        "Spreadsheets differ, so choose what your figures for attribution mean. Needed once you have entered one: "
        "we ask, because a guess would turn 10% into 90%."
    ),
)
DURATION = c.Column(
    name="duration_dialect",
    label=_n("How years are counted here"),
    kind=c.Kind.CHOICE,
    choices=DurationDialect,
    help=_n(
        "Choose how you count the years that an outcome lasts. Needed once you have entered one: we ask, because a "
        "guess could be a year out."
    ),
)
DIALECTS = (ATTRIBUTION, DURATION)

NOUNS: tuple[type[c.Noun], ...] = (AccountDetails, *ROWS)
"""Every noun that has a sheet, in the order of the sheets."""


def questions() -> tuple[c.Column, ...]:
    """Return what the account's own sheet asks, from the top."""
    return (*c.columns(AccountDetails), *DIALECTS)


def question_row(name: str) -> int:
    """Return the row of one question on the account's own sheet."""
    return FIRST_QUESTION_ROW + [each.name for each in questions()].index(name)


def position(noun: type[c.Noun], name: str) -> int:
    """Return the number of a column on a noun's sheet, counted from 1."""
    return [each.name for each in c.columns(noun)].index(name) + 1


def address(noun: type[c.Noun], name: str, row: int = 0) -> str:
    """Return the absolute address of a cell of a workbook that we wrote, from any sheet: 'Outcomes!$J$5'.

    `row` is the 0-based position of the row among the rows of its noun.
    """
    if noun is AccountDetails:
        return at(noun.title, question_row(name), ANSWER_COLUMN)
    return at(noun.title, FIRST_ROW + row, position(noun, name))


def letter(position: int) -> str:
    """Return the letters by which a sheet calls a column, counted from 1."""
    return str(get_column_letter(position))


def at(title: str, row: int, column: int) -> str:
    """Return the absolute address of a cell, with its sheet."""
    return f"{quote_sheetname(title)}!${letter(column)}${row}"


def explained(column: c.Column) -> str:
    """Return the words that stand under the name of a column: whether it is needed, and what it means."""
    return " ".join(_explanation(column))


def _explanation(column: c.Column) -> Iterator[str]:
    if column.required:
        yield NEEDED
    if column.refers_to and len(column.refers_to) <= 2:
        yield f"The ref of a row on {' or '.join(f'“{BY_SLUG[slug].title}”' for slug in column.refers_to)}."
    if column.help:
        yield column.help
    if column.example and column.name != "ref":
        yield f"For example {column.example}."


def key(title: object) -> str:
    """Return a title or label in the form in which it is looked up: without capitals, outer or double spaces."""
    return " ".join(str(title).split()).casefold().rstrip(" *:")

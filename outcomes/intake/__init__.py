"""Rows come in, `Facts` go out, or a reason for every cell that cannot be taken (pure).

A door hands over `given`: noun slug → rows, each row field name → raw value, with exactly one row under "account".
A raw value may be anything that the door's own reader understands (a string, a cell of a workbook with its format):
only `reader` looks at it.

Which reader: `parsing.exact` is the machine's. With it every ref must be there, and pointers hold refs, letter by
letter. Any other reader is a person's: wholly blank rows are passed over, a blank ref is numbered (the next after the
highest "S" number), and a pointer may hold the ref, or the name of the row where only one row has it; capitals make no
difference.

Dialects: spreadsheets differ in what "attribution" and "duration" mean. `assemble` is told in which dialect the rows
are and turns them into ours (share due to others; years counted from the first year of benefit). It does so on the
rows, because 0 years "after the activity" is a good answer there and an impossible duration here.
`docs/account-format.md` has the two conversions.
"""

from collections.abc import Callable, Iterable

from accounts import parsing
from outcomes.coherence import Reason, incoherences
from outcomes.intake._dialects import (
    AttributionDialect,
    DurationDialect,
    count_from_the_first_year,
    turned_to_the_share_of_others,
)
from outcomes.intake._names import find_what_names_mean, number_blank_refs
from outcomes.intake._rows import Given, Reader, Rows
from outcomes.intake._said import Unacceptable, in_order, said, sentence
from outcomes.nouns import Facts

__all__ = [
    "AttributionDialect",
    "DurationDialect",
    "Given",
    "Reader",
    "Reason",
    "Unacceptable",
    "assemble",
    "said",
    "sentence",
]


def assemble(
    given: Given,
    reader: Reader,
    *,
    attribution: AttributionDialect = AttributionDialect.DUE_TO_OTHERS,
    duration: DurationDialect = DurationDialect.FIRST_YEAR_OF_BENEFIT,
    rules: Callable[[Facts], Iterable[Reason]] = incoherences,
) -> Facts:
    """Return the account that the rows make. Raises Unacceptable with every reason, not only the first.

    `rules` say what does not go together across cells; what was frozen once is not judged by the rules of today.
    """
    rows = Rows(reader=reader, years_after_activity=duration is DurationDialect.YEARS_AFTER_ACTIVITY)
    rows.read(given)
    if reader is not parsing.exact:
        number_blank_refs(rows)
        find_what_names_mean(rows)
    if rows.years_after_activity:
        count_from_the_first_year(rows)
    facts = rows.facts()
    reasons = [*rows.reasons, *rows.placed(rules(facts))]
    if reasons:
        raise Unacceptable(in_order(reasons))
    return turned_to_the_share_of_others(facts) if attribution is AttributionDialect.RETAINED else facts

"""What "attribution" and "duration" mean where the rows come from, and how they become ours."""

from dataclasses import replace
from decimal import Decimal

from accounts.columns import Choice, column
from accounts.words import gettext_noop as _n
from outcomes.intake._rows import Row, Rows
from outcomes.nouns import Adjustment, Factor, Facts, Moved, Outcome, ScenarioChange

_LONGEST = int(column(Outcome, "duration").maximum or 1)


class AttributionDialect(Choice):
    """What the figures for attribution say."""

    DUE_TO_OTHERS = "share_due_to_others", _n("The share that others brought about: it is taken off")
    RETAINED = "share_retained", _n("The share that is kept as ours: the rest is taken off")


class DurationDialect(Choice):
    """From when the years of a duration are counted."""

    FIRST_YEAR_OF_BENEFIT = "first_year_of_benefit", _n("All years of benefit, the first one counted")
    YEARS_AFTER_ACTIVITY = "years_after_activity", _n("Only the years after the activity has ended")


def count_from_the_first_year(rows: Rows) -> None:
    """Turn years after the activity into years of benefit, one more for what starts in the year of the activity."""
    for row in rows.of[Outcome.slug]:
        if row.cells["duration"] is not None:
            row.cells["duration"] += _starts_at_once(row)
            if not 1 <= row.cells["duration"] <= _LONGEST:
                message = _n("This makes %(years)s years of benefit in all. It must be from 1 to %(longest)s.")
                rows.refuse(row, "duration", message, years=row.cells["duration"], longest=_LONGEST)
    starts = {row.cells["ref"]: _starts_at_once(row) for row in rows.of[Outcome.slug]}
    for row in rows.of[ScenarioChange.slug]:
        if row.cells["assumption"] is Moved.DURATION and row.cells["figure"] is not None:
            _count_in_scenario(rows, row, starts)


def _starts_at_once(outcome: Row) -> bool:
    return outcome.cells["first_year"] in {None, 1}


def _count_in_scenario(rows: Rows, row: Row, starts: dict[str, bool]) -> None:
    outcome = row.cells["outcome"]
    meant = {starts.get(outcome, True)} if outcome else set(starts.values())
    if len(meant) > 1:
        message = _n(
            "Name the outcome: some start in the first year and some later, and their years count differently."
        )
        rows.refuse(row, "outcome", message)
    row.cells["figure"] += True in meant


def turned_to_the_share_of_others(facts: Facts) -> Facts:
    """Return the facts with every share of attribution that was retained turned into the share due to others."""
    return replace(
        facts,
        adjustments=tuple(_adjustment(each) for each in facts.adjustments),
        scenarios=tuple(_scenario(each) for each in facts.scenarios),
    )


def _adjustment(row: Adjustment) -> Adjustment:
    if row.factor is not Factor.ATTRIBUTION:
        return row
    return replace(row, figure=_rest(row.figure), low=_rest(row.high), high=_rest(row.low))


def _scenario(row: ScenarioChange) -> ScenarioChange:
    return replace(row, figure=_rest(row.figure)) if row.assumption is Moved.ATTRIBUTION else row


def _rest(share: Decimal | None) -> Decimal | None:
    return None if share is None else 1 - share

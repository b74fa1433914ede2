"""An indicator over time: its baseline, its target and what was observed, as a chart and as rows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.columns import Noun
from outcomes import shown
from outcomes.charts import Figure, Frame, over_time
from outcomes.nouns import Facts, Indicator, Measure, Moment, Observation, State
from outcomes.views.pages import entry_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """A time at which there is no figure, and why."""

    when: str
    state: str
    note: str
    url: str


def above(account_id: UUID) -> tuple[str, str]:
    """Return the step of the way back up that is the list of indicators."""
    return _(Indicator.title), reverse("outcomes:entries", args=[account_id, Indicator.slug])


def indicator_of(facts: Facts, ref: str) -> Indicator | None:
    """Return an indicator of an account."""
    return next((each for each in facts.indicators if each.ref == ref), None)


def of_row(noun: type[Noun], ref: str, facts: Facts, account: Any) -> dict[str, Any] | None:
    """Return what the page of a row shows of its indicator over time; None for a row of another noun."""
    row = indicator_of(facts, ref) if noun is Indicator else None
    if row is None:
        return None
    address = reverse("outcomes:indicator", args=[account.id, ref])
    return {"chart": over_time_shown(row, facts, account)["chart"], "url": address}


def over_time_shown(row: Indicator, facts: Facts, account: Any) -> dict[str, Any]:
    """Return what was observed of an indicator: as a chart by date, and apart the times without a figure."""
    seen = observations(row, facts)
    with_figure = [each for each in seen if _is_measured(each)]
    return {
        "chart": _chart(row, with_figure, facts, account),
        "unmeasured": [_unmeasured(each, account) for each in seen if not _is_measured(each)],
        "has_baseline": any(each.moment is Moment.BEFORE for each in with_figure),
        "target": shown.number(row.target),
        "unit": row.unit,
    }


def observations(row: Indicator, facts: Facts) -> list[Observation]:
    """Return the observations of an indicator by their date; a baseline without a date comes first, the rest last."""
    return sorted((each for each in facts.observations if each.indicator == row.ref), key=_place)


def _place(seen: Observation) -> dt.date:
    if seen.observed_on is not None:
        return seen.observed_on
    return dt.date.min if seen.moment is Moment.BEFORE else dt.date.max


def _is_measured(seen: Observation) -> bool:
    return seen.state is State.MEASURED and seen.numerator is not None and bool(seen.denominator)


def _chart(row: Indicator, seen: list[Observation], facts: Facts, account: Any) -> Figure:
    readings = tuple(
        over_time.Seen(
            when=_when(each),
            numerator=each.numerator,
            denominator=each.denominator,
            is_baseline=each.moment is Moment.BEFORE,
        )
        for each in seen
        if each.numerator is not None and each.denominator is not None
    )
    measured = over_time.Measured(
        label=row.name, seen=readings, is_share=row.measure in {None, Measure.COUNT}, target=row.target
    )
    frame = Frame(id="over-time", caption=row.name, source=_source(seen))
    return over_time.figure(measured, frame, shown.voice(account.currency))


def _when(seen: Observation) -> str:
    day = date_format(seen.observed_on, "DATE_FORMAT") if seen.observed_on else _("no date")
    return f"{day} · {_(seen.moment.label)}" if seen.moment else day


def _source(seen: list[Observation]) -> str:
    """Return where the figures come from, each source once."""
    sources = list(dict.fromkeys(each.source for each in seen if each.source))
    return _("Source: %(sources)s.") % {"sources": "; ".join(sources).rstrip(".")} if sources else ""


def _unmeasured(seen: Observation, account: Any) -> Unmeasured:
    return Unmeasured(
        when=_when(seen),
        state=_(seen.state.label),
        note=seen.note,
        url=entry_url(account.id, Observation.slug, seen.ref),
    )

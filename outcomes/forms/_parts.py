"""The parts of the longer forms, in the order in which a person would tell it."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.columns import Noun
from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.nouns import Adjustment, Observation, Outcome, Valuation
from stakeholders.nouns import Input, Involvement


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of a long form under a heading; those in one tuple stand side by side."""

    title: str
    fields: tuple[str | tuple[str, ...], ...]


PARTS: Mapping[type[Noun], tuple[Part, ...]] = {
    AccountDetails: (
        Part(
            _n("What it covers"),
            ("name", "activity", "kind", ("period_start", "period_end"), "scope", "language"),
        ),
        Part(_n("What it is for"), ("purpose", "audience", "decision")),
        Part(
            _n("How it is worked out"),
            (
                "currency",
                "discount_rate",
                "rate_schedule",
                "year_one_is_discounted",
                "price_base",
                "price_series",
                "significance_threshold",
                "importance_by",
            ),
        ),
        Part(_n("Being open about it"), ("limitations", "reporting_plan", "reporting_date", "edition")),
    ),
    Involvement: (
        Part(_n("Who was asked, and how"), ("stakeholder", "method", "held_on", ("took_part", "out_of"))),
        Part(_n("What it shaped"), ("informed_what", "informed_how", "informed_value", "informed_cause")),
        Part(_n("What came of it"), ("asked_negative", "said_negative", "saw_results", "learned")),
    ),
    Input: (Part("", ("stakeholder", "description", "kind", ("hours", "hourly_rate"), "amount", "year", "source")),),
    Outcome: (
        Part(
            _n("The change"),
            ("stakeholder", "subgroup", "name", "description", "direction", "intended", "dimension", "level"),
        ),
        Part(
            _n("How much"),
            ("quantity", ("quantity_low", "quantity_high"), "quantity_unit", "quantity_source"),
        ),
        Part(_n("How long"), (("duration", "first_year"), "duration_evidence")),
        Part(_n("Would it have happened anyway?"), ("counterfactual", "overlap_reason")),
        Part(
            _n("Does it matter?"),
            (
                "relevant",
                "relevance_reason",
                "significant",
                "significance_reason",
                "decision",
                "decision_reason",
            ),
        ),
    ),
    Observation: (
        Part(
            "",
            ("indicator", "moment", "observed_on", "state", ("numerator", "denominator"), "source", "note"),
        ),
    ),
    Valuation: (
        Part(
            _n("What it is worth"),
            ("outcome", "proxy", "value", ("value_low", "value_high"), "price_period"),
        ),
        Part(_n("How important it is"), (("weight", "rank"), "anchor")),
        Part(_n("Where that comes from"), ("source", "link", "licence", "asked_stakeholders", "reason")),
    ),
    Adjustment: (
        Part("", ("outcome", "factor", "figure", "sentence", ("low", "high"), "reason", "source", "judged_by")),
    ),
}
"""The parts of the longer forms. A noun that is not here has one part without a heading."""

"""For every check, accounts that break it and no more than it must: what the rule book has to say of each."""

import datetime as dt
from decimal import Decimal

from accounts.nouns import AccountKind
from outcomes.nouns import (
    Link,
    State,
)
from outcomes.principles import Status
from stakeholders.nouns import Consideration, Stakeholder
from tests.core.principles.cases import (
    Fault,
    add,
    drop,
    edit,
    edit_all,
    empty_account,
    particulars,
    sound_account,
)

MISSING, NEEDS_REASON = Status.MISSING, Status.NEEDS_REASON
SOUND = sound_account()
EMPTY = empty_account()

PRINCIPLE_1 = (
    Fault("groups-are-listed", MISSING, EMPTY, [("stakeholders", "", "name")]),
    Fault(
        "more-than-one-group-was-considered",
        NEEDS_REASON,
        add(EMPTY, "stakeholders", Stakeholder(ref="S1", name="Members")),
        [("stakeholders", "", "name")],
    ),
    Fault(
        "every-group-is-decided",
        MISSING,
        edit(SOUND, "stakeholders", "S1", decision=None),
        [("stakeholders", "S1", "decision")],
    ),
    Fault(
        "every-decision-on-a-group-has-a-reason",
        MISSING,
        edit(SOUND, "stakeholders", "S3", reason=" "),
        [("stakeholders", "S3", "reason")],
    ),
    Fault(
        "every-decision-on-a-group-has-a-reason",
        MISSING,
        edit(SOUND, "stakeholders", "S1", reason=""),
        [("stakeholders", "S1", "reason")],
    ),
    Fault(
        "no-change-counts-for-a-group-left-out",
        MISSING,
        edit(SOUND, "outcomes", "O2", stakeholder="S3"),
        [("outcomes", "O2", "stakeholder")],
    ),
    Fault(
        "every-included-group-was-asked",
        MISSING,
        drop(SOUND, "involvement", "V2"),
        [("involvement", "", "method")],
    ),
    Fault(
        "every-included-group-was-asked",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", took_part=0),
        [("involvement", "V2", "took_part")],
    ),
    Fault(
        "how-many-took-part-is-stated",
        MISSING,
        edit(edit(SOUND, "involvement", "V1", took_part=None), "involvement", "V2", out_of=None),
        [("involvement", "V1", "took_part"), ("involvement", "V2", "out_of")],
    ),
    Fault(
        "no-more-took-part-than-could",
        MISSING,
        edit(SOUND, "involvement", "V2", took_part=13),
        [("involvement", "V2", "out_of")],
    ),
    Fault(
        "stakeholders-shaped-what-is-counted",
        MISSING,
        edit(SOUND, "involvement", "V1", informed_what=None),
        [("involvement", "V1", "informed_what")],
    ),
    Fault(
        "stakeholders-shaped-what-is-counted",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V1", informed_what=False),
        [("involvement", "V1", "informed_what")],
    ),
    Fault(
        "stakeholders-shaped-how-change-is-measured",
        MISSING,
        edit(SOUND, "involvement", "V2", informed_how=None),
        [("involvement", "V2", "informed_how")],
    ),
    Fault(
        "stakeholders-shaped-how-change-is-measured",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", informed_how=False),
        [("involvement", "V2", "informed_how")],
    ),
    Fault(
        "stakeholders-shaped-what-changes-are-worth",
        MISSING,
        edit(SOUND, "involvement", "V2", informed_value=None),
        [("involvement", "V2", "informed_value")],
    ),
    Fault(
        "stakeholders-shaped-what-changes-are-worth",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", informed_value=False),
        [("involvement", "V2", "informed_value")],
    ),
    Fault(
        "what-was-learned-is-written-down",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V1", learned=""),
        [("involvement", "V1", "learned")],
    ),
    Fault(
        "subgroups-were-considered",
        NEEDS_REASON,
        drop(SOUND, "subgroups", "SG2"),
        [("subgroups", "", "name")],
    ),
)

PRINCIPLE_2 = (
    Fault("changes-are-listed", MISSING, EMPTY, [("outcomes", "", "name")]),
    Fault(
        "every-included-group-has-a-change",
        NEEDS_REASON,
        edit(SOUND, "stakeholders", "S3", decision=Consideration.INCLUDED),
        [("outcomes", "", "name")],
    ),
    Fault(
        "every-change-is-described",
        MISSING,
        edit(edit(SOUND, "outcomes", "O1", level=None), "outcomes", "O2", direction=None, dimension=None),
        [("outcomes", "O1", "level"), ("outcomes", "O2", "direction")],
    ),
    Fault(
        "every-outcome-has-a-chain-of-events",
        MISSING,
        drop(SOUND, "chain_of_events", "L2"),
        [("chain-of-events", "", "cause")],
    ),
    Fault(
        "every-chain-starts-with-what-you-do",
        NEEDS_REASON,
        edit(SOUND, "chain_of_events", "L2", cause="O4"),
        [("chain-of-events", "", "cause")],
    ),
    Fault(
        "no-chain-goes-round",
        MISSING,
        add(SOUND, "chain_of_events", Link(ref="L8", cause="O1", effect="O2"), Link(ref="L9", cause="O2", effect="O1")),
        [("chain-of-events", "L8", "effect"), ("chain-of-events", "L9", "effect")],
    ),
    Fault(
        "every-outcome-has-an-indicator",
        MISSING,
        drop(SOUND, "indicators", "I1"),
        [("indicators", "", "name")],
    ),
    Fault(
        "every-outcome-was-observed",
        MISSING,
        drop(SOUND, "observations", "B3"),
        [("observations", "", "numerator")],
    ),
    Fault(
        "every-outcome-was-observed",
        NEEDS_REASON,
        particulars(drop(SOUND, "observations", "B3"), kind=AccountKind.FORECAST),
        [("observations", "", "numerator")],
    ),
    Fault(
        "every-outcome-was-observed",
        NEEDS_REASON,
        edit(SOUND, "observations", "B3", state=State.NOT_YET, numerator=None, denominator=None),
        [("observations", "B3", "note")],
    ),
    Fault(
        "every-observation-has-a-source",
        MISSING,
        edit(SOUND, "observations", "B2", source=""),
        [("observations", "B2", "source")],
    ),
    Fault(
        "every-outcome-has-a-baseline-or-counterfactual",
        MISSING,
        edit_all(SOUND, "outcomes", counterfactual=""),
        [("outcomes", "O2", "counterfactual"), ("outcomes", "O3", "counterfactual")],
    ),
    Fault(
        "every-outcome-has-a-quantity",
        MISSING,
        edit(SOUND, "outcomes", "O1", quantity=None),
        [("outcomes", "O1", "quantity")],
    ),
    Fault(
        "bad-and-unexpected-changes-were-asked-for",
        MISSING,
        edit(SOUND, "involvement", "V2", asked_negative=None),
        [("involvement", "V2", "asked_negative")],
    ),
    Fault(
        "bad-and-unexpected-changes-were-asked-for",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", asked_negative=False),
        [("involvement", "V2", "asked_negative")],
    ),
    Fault(
        "what-was-said-about-bad-changes-is-written-down",
        MISSING,
        edit(SOUND, "involvement", "V2", said_negative=""),
        [("involvement", "V2", "said_negative")],
    ),
    Fault(
        "what-was-said-about-bad-changes-is-followed-up",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", said_negative="Two are too tired to help at home."),
        [("involvement", "V2", "said_negative")],
    ),
)

IN_POINTS_ONLY = edit(SOUND, "valuations", "W2", value=None, proxy="", price_period="")

PRINCIPLE_3 = (
    Fault("every-outcome-has-a-value", MISSING, EMPTY, [("outcomes", "", "name")]),
    Fault(
        "every-outcome-has-a-value",
        MISSING,
        edit(drop(SOUND, "valuations", "W1"), "valuations", "W2", value=None, weight=None),
        [("valuations", "", "value"), ("valuations", "W2", "value")],
    ),
    Fault(
        "every-value-names-its-proxy",
        MISSING,
        edit(SOUND, "valuations", "W1", proxy=""),
        [("valuations", "W1", "proxy")],
    ),
    Fault(
        "every-value-has-a-source",
        MISSING,
        edit(SOUND, "valuations", "W1", source=""),
        [("valuations", "W1", "source")],
    ),
    Fault(
        "every-value-has-a-price-year",
        MISSING,
        edit(SOUND, "valuations", "W3", price_period=""),
        [("valuations", "W3", "price_period")],
    ),
    Fault(
        "stakeholders-informed-every-value",
        MISSING,
        edit(SOUND, "valuations", "W1", asked_stakeholders=None),
        [("valuations", "W1", "asked_stakeholders")],
    ),
    Fault(
        "stakeholders-informed-every-value",
        NEEDS_REASON,
        edit(SOUND, "valuations", "W1", asked_stakeholders=False),
        [("valuations", "W1", "asked_stakeholders")],
    ),
    Fault(
        "every-value-says-why",
        NEEDS_REASON,
        edit(SOUND, "valuations", "W1", reason=""),
        [("valuations", "W1", "reason")],
    ),
    Fault(
        "values-have-the-sign-of-the-change",
        MISSING,
        edit(SOUND, "valuations", "W3", value=Decimal(150)),
        [("valuations", "W3", "value")],
    ),
    Fault(
        "values-have-the-sign-of-the-change",
        MISSING,
        edit(SOUND, "valuations", "W2", value=Decimal(-300)),
        [("valuations", "W2", "value")],
    ),
    Fault(
        "importance-was-asked-for",
        NEEDS_REASON,
        edit_all(SOUND, "valuations", weight=None),
        [("valuations", "W1", "weight")],
    ),
    Fault(
        "importance-can-be-set-against-money",
        NEEDS_REASON,
        IN_POINTS_ONLY,
        [("valuations", "W2", "anchor")],
    ),
    Fault(
        "values-agree-with-importance",
        NEEDS_REASON,
        edit(SOUND, "valuations", "W3", weight=Decimal(9)),
        [("valuations", "W3", "value")],
    ),
)

PRINCIPLE_4 = (
    Fault("relevance-is-judged", MISSING, EMPTY, [("outcomes", "", "name")]),
    Fault(
        "relevance-is-judged",
        MISSING,
        edit(edit(SOUND, "outcomes", "O1", relevant=None), "outcomes", "O4", relevance_reason=""),
        [("outcomes", "O1", "relevant"), ("outcomes", "O4", "relevance_reason")],
    ),
    Fault(
        "significance-is-judged",
        MISSING,
        edit(edit(SOUND, "outcomes", "O1", significant=None), "outcomes", "O4", significance_reason=""),
        [("outcomes", "O1", "significant"), ("outcomes", "O4", "significance_reason")],
    ),
    Fault(
        "every-outcome-is-decided",
        MISSING,
        edit(edit(SOUND, "outcomes", "O1", decision=None), "outcomes", "O4", decision_reason=""),
        [("outcomes", "O1", "decision"), ("outcomes", "O4", "decision_reason")],
    ),
    Fault(
        "decisions-follow-from-the-judgements",
        MISSING,
        edit(SOUND, "outcomes", "O1", relevant=False),
        [("outcomes", "O1", "decision")],
    ),
    Fault(
        "decisions-follow-from-the-judgements",
        NEEDS_REASON,
        edit(SOUND, "outcomes", "O4", significant=True),
        [("outcomes", "O4", "decision_reason")],
    ),
    Fault(
        "significance-threshold-is-stated",
        MISSING,
        particulars(SOUND, significance_threshold=None),
        [("account", "", "significance_threshold")],
    ),
    Fault(
        "what-is-included-is-above-the-threshold",
        NEEDS_REASON,
        edit(SOUND, "outcomes", "O2", quantity=Decimal(1), quantity_low=None, quantity_high=None),
        [("outcomes", "O2", "decision_reason")],
    ),
    Fault(
        "what-is-left-out-is-below-the-threshold",
        NEEDS_REASON,
        edit(SOUND, "outcomes", "O4", quantity=Decimal(900), quantity_low=None, quantity_high=None),
        [("outcomes", "O4", "decision_reason")],
    ),
)

ALL_ALIKE = edit_all(SOUND, "adjustments", figure=Decimal("0.1"))
ALL_ZERO = edit_all(SOUND, "adjustments", figure=Decimal(0))
ONE_DEADWEIGHT = edit(
    edit(SOUND, "adjustments", "A1", figure=Decimal("0.25")), "adjustments", "A9", figure=Decimal("0.25")
)
NO_ATTRIBUTION = edit(edit(SOUND, "adjustments", "A3", figure=Decimal(0)), "adjustments", "A7", figure=Decimal(0))
NO_RANGES = edit_all(SOUND, "outcomes", quantity_low=None, quantity_high=None)
SAME_PEOPLE = edit(SOUND, "outcomes", "O2", stakeholder="S1")

PRINCIPLE_5 = (
    Fault("every-factor-has-a-figure", MISSING, EMPTY, [("outcomes", "", "name")]),
    Fault(
        "every-factor-has-a-figure",
        MISSING,
        edit(drop(SOUND, "adjustments", "A1"), "adjustments", "A6", figure=None),
        [("adjustments", "", "figure"), ("adjustments", "A6", "figure")],
    ),
    Fault(
        "every-factor-has-a-reason",
        MISSING,
        edit(SOUND, "adjustments", "A12", reason=""),
        [("adjustments", "A12", "reason")],
    ),
    Fault(
        "every-factor-has-a-source",
        MISSING,
        edit(SOUND, "adjustments", "A12", source=""),
        [("adjustments", "A12", "source")],
    ),
    Fault(
        "every-duration-is-stated",
        MISSING,
        edit(SOUND, "outcomes", "O1", duration=None),
        [("outcomes", "O1", "duration")],
    ),
    Fault(
        "long-durations-have-evidence",
        MISSING,
        edit(SOUND, "outcomes", "O1", duration_evidence=""),
        [("outcomes", "O1", "duration_evidence")],
    ),
    Fault(
        "pessimistic-case-is-stated",
        MISSING,
        NO_RANGES,
        [("outcomes", "O1", "quantity_low"), ("outcomes", "O2", "quantity_low"), ("outcomes", "O3", "quantity_low")],
    ),
    Fault(
        "pessimistic-case-is-stated",
        NEEDS_REASON,
        edit(NO_RANGES, "adjustments", "A1", low=Decimal("0.05"), high=Decimal("0.3")),
        [("outcomes", "O2", "quantity_low"), ("outcomes", "O3", "quantity_low")],
    ),
    Fault(
        "percentages-differ-by-outcome",
        NEEDS_REASON,
        ALL_ALIKE,
        [("adjustments", "A1", "figure"), ("adjustments", "A5", "figure"), ("adjustments", "A9", "figure")],
    ),
    Fault("no-factor-is-a-blanket-figure", NEEDS_REASON, ONE_DEADWEIGHT, [("adjustments", "A1", "figure")]),
    Fault(
        "something-is-taken-off",
        NEEDS_REASON,
        ALL_ZERO,
        [("adjustments", "A1", "figure"), ("adjustments", "A5", "figure"), ("adjustments", "A9", "figure")],
    ),
    Fault(
        "others-had-a-part",
        NEEDS_REASON,
        NO_ATTRIBUTION,
        [("adjustments", "A3", "figure"), ("adjustments", "A7", "figure"), ("adjustments", "A11", "figure")],
    ),
    Fault(
        "values-do-not-overlap",
        NEEDS_REASON,
        SAME_PEOPLE,
        [("outcomes", "O1", "overlap_reason"), ("outcomes", "O2", "overlap_reason")],
    ),
    Fault(
        "chains-are-valued-once",
        NEEDS_REASON,
        edit(SAME_PEOPLE, "chain_of_events", "L2", cause="O1"),
        [("outcomes", "O1", "overlap_reason"), ("outcomes", "O2", "overlap_reason")],
    ),
    Fault(
        "no-change-is-claimed-twice",
        NEEDS_REASON,
        edit(SAME_PEOPLE, "outcomes", "O2", name="more  social CONTACT!"),
        [("outcomes", "O1", "overlap_reason"), ("outcomes", "O2", "overlap_reason")],
    ),
    Fault(
        "no-change-is-for-more-people-than-there-are",
        NEEDS_REASON,
        edit(SOUND, "stakeholders", "S2", size=9),
        [("outcomes", "O2", "quantity")],
    ),
    Fault(
        "quantities-follow-from-what-was-observed",
        NEEDS_REASON,
        edit(SOUND, "observations", "B3", numerator=Decimal(5)),
        [("outcomes", "O2", "quantity")],
    ),
    Fault(
        "people-were-asked-what-would-have-happened-anyway",
        MISSING,
        edit(SOUND, "involvement", "V1", informed_cause=None),
        [("involvement", "V1", "informed_cause")],
    ),
    Fault(
        "people-were-asked-what-would-have-happened-anyway",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V1", informed_cause=False),
        [("involvement", "V1", "informed_cause")],
    ),
)

PRINCIPLE_6 = (
    Fault(
        "purpose-scope-and-audience-are-stated",
        MISSING,
        particulars(SOUND, purpose="", audience=" "),
        [("account", "", "purpose"), ("account", "", "audience")],
    ),
    Fault("the-decision-is-stated", NEEDS_REASON, particulars(SOUND, decision=""), [("account", "", "decision")]),
    Fault("the-period-is-stated", MISSING, particulars(SOUND, period_end=None), [("account", "", "period_end")]),
    Fault(
        "the-period-is-stated",
        MISSING,
        particulars(SOUND, period_end=dt.date(2024, 3, 31)),
        [("account", "", "period_end")],
    ),
    Fault(
        "the-discount-rate-is-stated",
        MISSING,
        particulars(SOUND, discount_rate=None),
        [("account", "", "discount_rate")],
    ),
    Fault("the-price-base-is-stated", MISSING, particulars(SOUND, price_base=""), [("account", "", "price_base")]),
    Fault("inputs-are-listed", MISSING, drop(SOUND, "inputs"), [("inputs", "", "description")]),
    Fault("inputs-are-listed", MISSING, edit(SOUND, "inputs", "N1", amount=None), [("inputs", "N1", "amount")]),
    Fault(
        "inputs-at-zero-are-explained",
        NEEDS_REASON,
        edit(SOUND, "inputs", "N1", amount=Decimal(0), source=""),
        [("inputs", "N1", "source")],
    ),
    Fault(
        "time-given-was-considered",
        NEEDS_REASON,
        drop(SOUND, "inputs", "N2"),
        [("inputs", "", "description")],
    ),
    Fault(
        "every-figure-has-a-source",
        MISSING,
        edit_all(
            edit_all(
                edit_all(edit(SOUND, "outcomes", "O1", quantity_source=""), "inputs", source=""), "outputs", source=""
            ),
            "valuations",
            source="",
            link="https://example.org/prices",
        ),
        [
            ("outcomes", "O1", "quantity_source"),
            ("inputs", "N1", "source"),
            ("inputs", "N2", "source"),
            ("outputs", "P1", "source"),
        ],
    ),
    Fault(
        "every-figure-has-a-source",
        MISSING,
        edit(
            edit(edit(SOUND, "observations", "B1", source=""), "valuations", "W1", source=""),
            "adjustments",
            "A1",
            source="",
        ),
        [("observations", "B1", "source"), ("valuations", "W1", "source"), ("adjustments", "A1", "source")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        particulars(SOUND, price_series=""),
        [("valuations", "W1", "price_period")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        particulars(SOUND, price_series="no-such-series"),
        [("account", "", "price_series")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        particulars(SOUND, rate_schedule="no-such-schedule"),
        [("account", "", "rate_schedule")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        edit(SOUND, "valuations", "W1", weight=None, anchor=True),
        [("valuations", "W1", "anchor")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        edit(SOUND, "adjustments", "A6", figure=Decimal(2)),
        [("adjustments", "A6", "figure")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        edit(SOUND, "outcomes", "O1", quantity=Decimal(-1)),
        [("outcomes", "O1", "quantity")],
    ),
    Fault(
        "the-account-can-be-worked-out",
        MISSING,
        edit(SOUND, "inputs", "N2", amount=Decimal(-1)),
        [("inputs", "N2", "amount")],
    ),
    Fault("limitations-are-stated", MISSING, particulars(SOUND, limitations=""), [("account", "", "limitations")]),
    Fault(
        "there-is-a-dated-plan-to-report",
        MISSING,
        particulars(SOUND, reporting_plan="", reporting_date=None),
        [("account", "", "reporting_plan"), ("account", "", "reporting_date")],
    ),
)

PRINCIPLE_7 = (
    Fault("stakeholders-saw-the-result", MISSING, EMPTY, [("involvement", "", "saw_results")]),
    Fault(
        "stakeholders-saw-the-result",
        MISSING,
        drop(SOUND, "involvement", "V2"),
        [("involvement", "", "saw_results")],
    ),
    Fault(
        "stakeholders-saw-the-result",
        MISSING,
        edit(SOUND, "involvement", "V1", saw_results=None),
        [("involvement", "V1", "saw_results")],
    ),
    Fault(
        "stakeholders-saw-the-result",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V1", saw_results=False),
        [("involvement", "V1", "saw_results")],
    ),
    Fault("evidence-is-listed", NEEDS_REASON, drop(SOUND, "evidence"), [("evidence", "", "name")]),
    Fault("an-independent-assurer-judged-it", MISSING, SOUND, []),
)

FAULTS = (*PRINCIPLE_1, *PRINCIPLE_2, *PRINCIPLE_3, *PRINCIPLE_4, *PRINCIPLE_5, *PRINCIPLE_6, *PRINCIPLE_7)

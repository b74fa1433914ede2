"""For every check of principles 5 to 7, accounts that break it: what the rule book has to say of each."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from outcomes.principles import Status
from tests.core.principles.cases import (
    Fault,
    drop,
    edit,
    edit_all,
    empty_account,
    particulars,
    replied,
    sound_account,
)

MISSING, NEEDS_REASON = Status.MISSING, Status.NEEDS_REASON
SOUND = sound_account()
EMPTY = empty_account()

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
    Fault(
        "those-it-is-about-could-reply",
        NEEDS_REASON,
        replace(SOUND, replies=SOUND.replies[:1]),
        [("stakeholders", "S2", "name")],
    ),
    Fault(
        "those-it-is-about-could-reply",
        NEEDS_REASON,
        edit(SOUND, "involvement", "V2", learned="Something else."),
        [("stakeholders", "S2", "name")],
    ),
    Fault(
        "those-it-is-about-could-reply",
        NEEDS_REASON,
        replace(SOUND, replies=(SOUND.replies[0], replied(SOUND, "S2", agreed=3, objected=2, unanswered=1))),
        [("stakeholders", "S2", "name")],
    ),
    Fault("evidence-is-listed", NEEDS_REASON, drop(SOUND, "evidence"), [("evidence", "", "name")]),
    Fault("an-independent-assurer-judged-it", MISSING, SOUND, []),
)

"""For every check of principles 1 to 4, accounts that break it: what the rule book has to say of each."""

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

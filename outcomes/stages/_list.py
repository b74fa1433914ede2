"""The nine stages, with all that belongs to each."""

from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.nouns import (
    Adjustment,
    Evidence,
    Explanation,
    Indicator,
    Link,
    Observation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
)
from outcomes.stages._stage import Door, Stage
from stakeholders.nouns import CoProduction, Input, Involvement, Output, Stakeholder, Subgroup

SCOPE = Stage(
    slug="scope",
    title=_n("What is this account about?"),
    term=_n("scope"),
    help=_n(
        "Say what you do, for which months, who will read this and what they will decide with it. That tells you how "
        "exact the rest needs to be."
    ),
    example=_n(
        "“The weekly lunches from April 2024 to March 2025, for our trustees, who will decide whether to open a third "
        "day. The Christmas outing is not covered.”"
    ),
    answers={
        AccountDetails: (
            "name",
            "activity",
            "kind",
            "period_start",
            "period_end",
            "scope",
            "purpose",
            "audience",
            "decision",
            "language",
            "edition",
        )
    },
    checks=("purpose-scope-and-audience-are-stated", "the-decision-is-stated", "the-period-is-stated"),
    terms=("account", "forecast", "evaluative"),
)

WHO = Stage(
    slug="who",
    title=_n("Who is affected?"),
    term=_n("stakeholders and their involvement"),
    help=_n(
        "List everyone whose life is touched by what you do, also those whom you leave out, and say why. Then write "
        "down each time that you asked them: how, when, and how many of how many came."
    ),
    example=_n("“62 members, 14 volunteers and their families. 38 of the 62 members talked it over in May.”"),
    nouns=(Stakeholder, Subgroup, Involvement),
    checks=(
        "groups-are-listed",
        "more-than-one-group-was-considered",
        "every-group-is-decided",
        "every-decision-on-a-group-has-a-reason",
        "subgroups-were-considered",
        "every-included-group-was-asked",
        "how-many-took-part-is-stated",
        "no-more-took-part-than-could",
        "stakeholders-shaped-what-is-counted",
        "stakeholders-shaped-how-change-is-measured",
        "stakeholders-shaped-what-changes-are-worth",
        "people-were-asked-what-would-have-happened-anyway",
        "bad-and-unexpected-changes-were-asked-for",
        "what-was-said-about-bad-changes-is-written-down",
        "what-was-learned-is-written-down",
    ),
    terms=("stakeholder", "subgroup", "involvement"),
)

CHANGES = Stage(
    slug="changes",
    title=_n("What changes?"),
    term=_n("inputs, outputs, outcomes and the chain of events"),
    help=_n(
        "Write down what goes in, what you do with it, and what changes in people’s lives because of it, for better "
        "and for worse. Then say what leads to what."
    ),
    example=_n(
        "“A grant of £18,500 and 620 hours go in. 3,410 lunches are cooked and shared. 20 people are less lonely; "
        "three are more tired.”"
    ),
    nouns=(Input, Output, Outcome, Link),
    optional=(WellBeingGoal, SdgTarget),
    checks=(
        "inputs-are-listed",
        "inputs-at-zero-are-explained",
        "time-given-was-considered",
        "changes-are-listed",
        "every-included-group-has-a-change",
        "every-change-is-described",
        "what-was-said-about-bad-changes-is-followed-up",
        "every-outcome-has-a-chain-of-events",
        "every-chain-starts-with-what-you-do",
        "no-chain-goes-round",
        "no-change-is-claimed-twice",
    ),
    doors=(
        Door("outcomes:theory_of_change", _n("See how one change leads to the next")),
        Door("outcomes:goals", _n("Choose the well-being goals of Wales")),
    ),
    terms=("input", "output", "outcome", "chain-of-events", "well-being-goal", "sdg-target"),
)

MEASURED = Stage(
    slug="measured",
    title=_n("How can you tell, and for how many?"),
    term=_n("indicators, observations and quantities"),
    help=_n(
        "For each change, say what you look at to see that it happened, what that showed before and after, and to how "
        "many people it happened. Always write how many of how many, and where the figure comes from."
    ),
    example=_n("“Feels lonely never or hardly ever: 9 of 41 people on joining, 29 of 41 a year on. Our own survey.”"),
    nouns=(Indicator, Observation),
    answers={Outcome: ("quantity", "quantity_low", "quantity_high", "quantity_unit", "quantity_source")},
    checks=(
        "every-outcome-has-an-indicator",
        "every-outcome-was-observed",
        "every-observation-has-a-source",
        "every-outcome-has-a-baseline-or-counterfactual",
        "every-outcome-has-a-quantity",
        "no-change-is-for-more-people-than-there-are",
        "quantities-follow-from-what-was-observed",
        "every-figure-has-a-source",
    ),
    terms=("indicator", "observation", "baseline", "quantity"),
)

WORTH = Stage(
    slug="worth",
    title=_n("What is it worth to them?"),
    term=_n("valuation"),
    help=_n(
        "Ask people how much each change matters to them next to the others. You may leave it at that, or give a price "
        "that stands in for it. An account without any money in it can be complete."
    ),
    example=_n("“£1,040: a befriending visit each week for a year. Members said that this would come close.”"),
    nouns=(Valuation,),
    answers={
        AccountDetails: (
            "importance_by",
            "currency",
            "price_base",
            "price_series",
            "discount_rate",
            "rate_schedule",
            "year_one_is_discounted",
        )
    },
    checks=(
        "every-outcome-has-a-value",
        "every-value-names-its-proxy",
        "every-value-has-a-source",
        "every-value-has-a-price-year",
        "stakeholders-informed-every-value",
        "every-value-says-why",
        "values-have-the-sign-of-the-change",
        "importance-was-asked-for",
        "importance-can-be-set-against-money",
        "values-agree-with-importance",
        "values-do-not-overlap",
        "chains-are-valued-once",
        "the-price-base-is-stated",
        "the-discount-rate-is-stated",
    ),
    doors=(
        Door("outcomes:importance", _n("Share out points, or put the changes in order")),
        Door("outcomes:value_map", _n("See what it comes to, step by step")),
    ),
    terms=("valuation", "proxy", "relative-importance", "anchor", "discount-rate", "price-base", "price-index"),
)

ANYWAY = Stage(
    slug="anyway",
    title=_n("What would have happened anyway?"),
    term=_n("deadweight, displacement, attribution and drop-off"),
    help=_n(
        "Claim only what would not have happened without you. For each change, say which part would have come anyway, "
        "which part only moved from somewhere else, which part others brought about, how long it lasts and how fast it "
        "wears off. 0 % is an answer, if you say why."
    ),
    example=_n("“Eight of the 41 people would have found company elsewhere, so 20 % comes off. It lasts two years.”"),
    nouns=(Adjustment,),
    answers={Outcome: ("duration", "first_year", "duration_evidence", "counterfactual", "overlap_reason")},
    checks=(
        "every-factor-has-a-figure",
        "every-factor-has-a-reason",
        "every-factor-has-a-source",
        "every-duration-is-stated",
        "long-durations-have-evidence",
        "percentages-differ-by-outcome",
        "no-factor-is-a-blanket-figure",
        "something-is-taken-off",
        "others-had-a-part",
    ),
    doors=(Door("outcomes:factors", _n("Judge all four, change by change")),),
    terms=("counterfactual", "deadweight", "displacement", "attribution", "drop-off", "duration"),
)

LEFT_OUT = Stage(
    slug="left-out",
    title=_n("What is left out, and why?"),
    term=_n("materiality: relevance and significance"),
    help=_n(
        "For each change, say whether it matters to those affected, and whether it is large enough to influence a "
        "decision. Then include it or leave it out, and say why. What is left out stays on the list."
    ),
    example=_n("“Better table manners: nobody whom we asked thought that it mattered. Left out.”"),
    answers={
        Outcome: (
            "relevant",
            "relevance_reason",
            "significant",
            "significance_reason",
            "decision",
            "decision_reason",
        ),
        AccountDetails: ("significance_threshold",),
    },
    checks=(
        "relevance-is-judged",
        "significance-is-judged",
        "every-outcome-is-decided",
        "decisions-follow-from-the-judgements",
        "no-change-counts-for-a-group-left-out",
        "significance-threshold-is-stated",
        "what-is-included-is-above-the-threshold",
        "what-is-left-out-is-below-the-threshold",
    ),
    doors=(Door("outcomes:ledger", _n("See everything that was ever raised")),),
    terms=("relevance", "significance", "material"),
)

TOGETHER = Stage(
    slug="co-production",
    title=_n("Was it done with people, or for them?"),
    term=_n("co-production"),
    help=_n(
        "Answer five statements on how far people took part in what you do. “Not yet” is an answer, if you say why. "
        "They stand beside the seven principles in the report."
    ),
    example=_n("“Yes: nine members cook, lay tables and choose the menu. The rota and the menu book show it.”"),
    nouns=(CoProduction,),
    doors=(Door("outcomes:co_production", _n("Answer all five on one page")),),
    terms=("co-production",),
)

SUBMIT = Stage(
    slug="submit",
    title=_n("Is it ready?"),
    term=_n("check and submit"),
    help=_n(
        "Say what a reader should know before relying on it, list what they could look at, and plan when you will "
        "talk the result over with those it is about. Where a check wants a reason, give one: it goes into the report."
    ),
    example=_n("“Half of what we know about health comes from what people told us. We read it out on 24 June.”"),
    nouns=(Evidence, Explanation),
    optional=(ScenarioChange,),
    answers={AccountDetails: ("limitations", "reporting_plan", "reporting_date")},
    checks=(
        "pessimistic-case-is-stated",
        "the-account-can-be-worked-out",
        "limitations-are-stated",
        "there-is-a-dated-plan-to-report",
        "stakeholders-saw-the-result",
        "those-it-is-about-could-reply",
        "evidence-is-listed",
        "an-independent-assurer-judged-it",
    ),
    doors=(
        Door("outcomes:replies", _n("Let those it is about reply")),
        Door("outcomes:sensitivity", _n("See how sure it is")),
        Door("outcomes:principles", _n("See how it stands with the seven principles")),
        Door("reports:submit", _n("Submit it")),
    ),
    terms=("evidence", "sensitivity", "scenario", "ratio", "value-map", "assurance"),
)

STAGES: tuple[Stage, ...] = (SCOPE, WHO, CHANGES, MEASURED, WORTH, ANYWAY, LEFT_OUT, TOGETHER, SUBMIT)
"""In the order in which a person would tell it."""

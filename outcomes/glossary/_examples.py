"""Examples for fields that are declared without help or example: forms show them, a workbook has no room."""

from collections.abc import Mapping

from accounts.columns import Noun
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
from stakeholders.nouns import CoProduction, Input, Involvement, Output, Subgroup

EXAMPLES: Mapping[type[Noun], Mapping[str, str]] = {
    Subgroup: {
        "reason": _n("Loneliness changes far more for them than for couples."),
    },
    Involvement: {
        "informed_what": _n("yes, if a change is on the list because they named it"),
        "informed_how": _n("yes, if they said how one can see that they are less lonely"),
        "informed_value": _n("yes, if they shared out points, or said which price comes close"),
        "informed_cause": _n("yes, if they said who else had a part in it"),
        "saw_results": _n("yes, if you read the figures out and talked them over"),
        "learned": _n("Members put “somebody knows me” before the meal itself. We count belonging now."),
    },
    Input: {
        "kind": _n("a grant is money, 620 hours are time, a free room is in kind"),
    },
    Output: {
        "source": _n("Till book"),
    },
    Outcome: {
        "description": _n("“Tuesday used to be the longest day. Now I get up for it.”"),
        "dimension": _n("company is social, less food thrown away is environmental, a job is economic"),
        "level": _n("“I know my neighbours” is in individual lives, a safer street is across a community"),
        "intended": _n("no, if nobody had planned that volunteers become tired"),
        "direction": _n("“More tired” is for the worse"),
        "quantity_source": _n("Survey of February 2025, 51 of 62 members"),
        "duration_evidence": _n(
            "Members who stopped coming were rung a year later: half still met somebody from the club."
        ),
        "relevance_reason": _n("Members raised it themselves, and it is in the county’s ageing well plan."),
        "significance_reason": _n("Without it a funder would decide otherwise."),
        "decision_reason": _n("It matters to members, and it is a fifth of all value."),
    },
    Link: {
        "why": _n("Said by nine people in the talk of May 2024"),
    },
    Indicator: {
        "measure": _n("29 of 41 people is a count, 7 out of 10 points is an average"),
        "target": _n("35"),
    },
    Observation: {
        "state": _n("measured, if you have the figure"),
    },
    Valuation: {
        "value_low": _n("450.00"),
        "value_high": _n("750.00"),
        "source": _n("Price list of a befriending service in Gwynedd, 2022-23"),
        "link": _n("https://www.example.org/prices"),
        "asked_stakeholders": _n("yes, if members said that this price comes close"),
        "reason": _n("Members said that a visit each week would come close to what the club does for them."),
    },
    Adjustment: {
        "reason": _n("Eight of 41 said that they would have found company elsewhere."),
        "source": _n("Survey of February 2025"),
    },
    ScenarioChange: {
        "assumption": _n("how many years it lasts"),
        "reason": _n("If nobody kept in touch"),
    },
    CoProduction: {
        "extent": _n("partly, if members choose the menu and not the days"),
        "explanation": _n("Nine members cook, lay tables and teach the recipes; the menu is theirs."),
        "evidence": _n("Rota and menu book"),
    },
    WellBeingGoal: {
        "how": _n("Members who live alone know one another, and ring each other between Tuesdays."),
    },
    SdgTarget: {
        "how": _n("Enough good food all year round for people who are at risk of going without."),
    },
    Evidence: {
        "name": _n("Notes of the four groups"),
        "link": _n("https://www.example.org/survey"),
        "dated": _n("14/05/2024"),
        "note": _n("Names were taken out before it was filed."),
    },
    Explanation: {
        "reason": _n("Fourteen volunteers are too few to look at apart without telling who is who."),
    },
}

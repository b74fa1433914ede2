"""Words for what a change is worth, how much of it may be claimed, and how an account is checked."""

from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.glossary._term import Term
from outcomes.nouns import (
    Adjustment,
    Evidence,
    Explanation,
    Outcome,
    ScenarioChange,
    SdgTarget,
    Valuation,
    WellBeingGoal,
)
from stakeholders.nouns import CoProduction

OF_WORTH: tuple[Term, ...] = (
    Term(
        slug="valuation",
        name=_n("valuation"),
        question=_n("What is a valuation?"),
        words=_n("how much a change matters to those who live with it, in money or in points"),
        example=_n("£1,040 a year, or 8 points where “Eats better” was given 4."),
        noun=Valuation,
    ),
    Term(
        slug="proxy",
        name=_n("proxy"),
        question=_n("What is a proxy?"),
        words=_n("a price or cost that stands in for what it is worth"),
        example=_n("£1,040: what a befriending visit of £20 costs, each week for a year."),
        beside={Valuation: ("proxy",)},
    ),
    Term(
        slug="relative-importance",
        name=_n("relative importance"),
        question=_n("What is relative importance?"),
        words=_n("how much one change matters to people next to the others"),
        example=_n(
            "Of 20 counters, members put 8 on “Less lonely” and 4 on “Eats better”: it matters twice as much to them."
        ),
        beside={Valuation: ("weight",), AccountDetails: ("importance_by",)},
    ),
    Term(
        slug="anchor",
        name=_n("anchor"),
        question=_n("What is an anchor?"),
        words=_n("the one change with a price, from which the worth of the others follows by their importance"),
        example=_n("“Eats better” has 4 points and a price of £300. “Less lonely” has 8 points, so it comes to £600."),
        beside={Valuation: ("anchor",)},
    ),
    Term(
        slug="adjustment",
        name=_n("the four factors"),
        question=_n("What are the four factors?"),
        words=_n(
            "the four ways in which a change is less yours than it seems: deadweight, displacement, "
            "attribution and drop-off"
        ),
        example=_n(
            "Of 20 people, 20 % would have changed anyway: 16 are left. A quarter of that is due to others: "
            "12 are left."
        ),
        noun=Adjustment,
        beside={Adjustment: ("factor",)},
    ),
    Term(
        slug="deadweight",
        name=_n("deadweight"),
        question=_n("What is deadweight?"),
        words=_n("the part that would have happened anyway"),
        example=_n("Eight of 41 people would have found company elsewhere: about 20 %. Of 20 people, 16 are left."),
    ),
    Term(
        slug="displacement",
        name=_n("displacement"),
        question=_n("What is displacement?"),
        words=_n("the part that only moved from somewhere else"),
        example=_n("Two of 20 people left another club to come to yours: 10 %. Of 20 people, 18 are left."),
    ),
    Term(
        slug="attribution",
        name=_n("attribution"),
        question=_n("What is attribution?"),
        words=_n("the part that others brought about"),
        example=_n("A befriending scheme did a quarter of it: 25 %. Of 20 people, 15 are left for you."),
    ),
    Term(
        slug="drop-off",
        name=_n("drop-off"),
        question=_n("What is drop-off?"),
        words=_n("how much of it wears off each year"),
        example=_n("With a drop-off of 50 %, £1,000 in the first year is £500 in the second."),
    ),
    Term(
        slug="duration",
        name=_n("duration"),
        question=_n("What is duration?"),
        words=_n("how many years it lasts, counting the first"),
        example=_n("2: the year of the lunches, and one more in which people still meet."),
        beside={Outcome: ("duration",)},
    ),
    Term(
        slug="discount-rate",
        name=_n("discount rate"),
        question=_n("What is a discount rate?"),
        words=_n("how much less something is worth for each year that one has to wait for it"),
        example=_n("At 3.5 %, £1,000 a year from now counts as £966 today."),
        beside={AccountDetails: ("discount_rate",)},
    ),
    Term(
        slug="price-base",
        name=_n("price base"),
        question=_n("What is a price base?"),
        words=_n("the year in whose prices an account is told, so that pounds of different years are not mixed"),
        example=_n("In the prices of 2024-25, all of them: also the visit whose price is of 2022-23."),
        beside={AccountDetails: ("price_base",), Valuation: ("price_period",)},
    ),
    Term(
        slug="price-index",
        name=_n("price index"),
        question=_n("What is a price index?"),
        words=_n(
            "the published series that says how prices rose, which brings an older price to the year of the account"
        ),
        example=_n("If prices rose by 10 % since, a price of £100 becomes £110."),
        beside={AccountDetails: ("price_series",)},
    ),
    Term(
        slug="relevance",
        name=_n("relevance"),
        question=_n("What is relevant?"),
        words=_n("it matters to those affected, or a policy or a common norm says that it should"),
        example=_n("Members spoke of company before we asked, and the county’s plan names it: relevant."),
        beside={Outcome: ("relevant",)},
    ),
    Term(
        slug="significance",
        name=_n("significance"),
        question=_n("What is significant?"),
        words=_n("it is large enough to influence what somebody decides"),
        example=_n("With a threshold of 5 %, a change worth £400 of £10,000 (4 %) is too small to matter by itself."),
        beside={Outcome: ("significant",), AccountDetails: ("significance_threshold",)},
    ),
    Term(
        slug="material",
        name=_n("material"),
        question=_n("What is material?"),
        words=_n("matters enough that leaving it out would mislead"),
        example=_n(
            "Three volunteers are more tired. It is small, but leaving it out would hide the only harm: included."
        ),
        beside={Outcome: ("decision",)},
    ),
    Term(
        slug="value-map",
        name=_n("value map"),
        question=_n("What is a value map?"),
        words=_n("the table that works it all out, one change to a line"),
        example=_n("20 people × £1,040, less 20 % and 25 %, is £12,480 in the first year."),
    ),
    Term(
        slug="sensitivity",
        name=_n("sensitivity"),
        question=_n("What is sensitivity?"),
        words=_n("how far the result would move if a figure were otherwise"),
        example=_n("If 40 % would have happened anyway instead of 20 %, £1.93 for each £1 becomes £1.45."),
    ),
    Term(
        slug="scenario",
        name=_n("scenario"),
        question=_n("What is a scenario?"),
        words=_n("a “what if”: some figures changed together, under a name"),
        example=_n("“Benefits last for one year only”: every duration of 2 becomes 1."),
        noun=ScenarioChange,
        beside={ScenarioChange: ("scenario",)},
    ),
    Term(
        slug="ratio",
        name=_n("ratio"),
        question=_n("What is the ratio?"),
        words=_n("what is worth how much for each £1 put in; it belongs to one account and compares no organisations"),
        example=_n("£48,000 of value from £25,000 put in: £1.92 for each £1."),
    ),
    Term(
        slug="evidence",
        name=_n("evidence"),
        question=_n("What is evidence?"),
        words=_n("what somebody could look at to check what you say"),
        example=_n("The survey of February 2025, 51 answers, in the grey folder."),
        noun=Evidence,
        beside={Evidence: ("kind",)},
    ),
    Term(
        slug="explanation",
        name=_n("reason given"),
        question=_n("What is a reason for?"),
        words=_n("your answer where a check of the principles asks why; it goes into the report"),
        example=_n("“Fourteen volunteers are too few to look at apart without telling who is who.”"),
        noun=Explanation,
    ),
    Term(
        slug="assurance",
        name=_n("assurance"),
        question=_n("What is assurance?"),
        words=_n("someone independent has checked how it was done"),
        example=_n("An assurer looked at all seven principles, and at 12 of the 51 survey answers."),
    ),
    Term(
        slug="co-production",
        name=_n("co-production"),
        question=_n("What is co-production?"),
        words=_n("doing things with people rather than for them"),
        example=_n("Nine of 62 members cook, lay tables and choose the menu."),
        noun=CoProduction,
        beside={CoProduction: ("statement",)},
    ),
    Term(
        slug="well-being-goal",
        name=_n("well-being goal of Wales"),
        question=_n("What are the well-being goals?"),
        words=_n(
            "one of the seven goals that public bodies in Wales work towards; an account says which a change relates to"
        ),
        example=_n("“Less lonely”, for 20 people, relates to a Wales of cohesive communities."),
        noun=WellBeingGoal,
        beside={WellBeingGoal: ("goal",)},
    ),
    Term(
        slug="sdg-target",
        name=_n("target of the Sustainable Development Goals"),
        question=_n("What are the Sustainable Development Goals?"),
        words=_n("one of the aims that the members of the United Nations agreed on, by its number"),
        example=_n("“Eats better”, for 35 people, relates to 2.1: enough good food all year round."),
        noun=SdgTarget,
        beside={SdgTarget: ("target",)},
    ),
)

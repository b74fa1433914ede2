"""Words for who is affected, what changes, and how one can tell."""

from accounts.nouns import AccountDetails
from accounts.words import gettext_noop as _n
from outcomes.glossary._term import Term
from outcomes.nouns import Indicator, Link, Observation, Outcome
from stakeholders.nouns import Input, Involvement, Output, Stakeholder, Subgroup

OF_CHANGE: tuple[Term, ...] = (
    Term(
        slug="account",
        name=_n("account of social value"),
        question=_n("What is an account of social value?"),
        words=_n(
            "what changed in people’s lives because of what you do, how you know, and what it is worth, for "
            "one activity in one period"
        ),
        example=_n("“Luncheon club, 2024-25”: 62 members, eight changes, seven principles."),
        noun=AccountDetails,
    ),
    Term(
        slug="forecast",
        name=_n("forecast"),
        question=_n("Forecast or evaluative?"),
        words=_n(
            "an account of what you expect: a plan or a bid, before it happens; an evaluative account says "
            "what has happened"
        ),
        example=_n(
            "“We expect 40 of 60 people to be less lonely by next March” is a forecast. “29 of 41 were” is evaluative."
        ),
        beside={AccountDetails: ("kind",)},
    ),
    Term(
        slug="evaluative",
        name=_n("evaluative"),
        question=_n("What is an evaluative account?"),
        words=_n("an account of what has happened, from what you observed"),
        example=_n("“29 of 41 people who live alone hardly ever feel lonely now; on joining it was 9 of 41.”"),
    ),
    Term(
        slug="principles",
        name=_n("the seven principles"),
        question=_n("Which principles?"),
        words=_n(
            "what a good account keeps to: involve people, understand what changes, value what matters, leave"
            " out what does not, claim no more than is yours, be open, have it checked"
        ),
        example=_n("An account whose 62 members were never asked misses the first of the seven."),
        beside={AccountDetails: ("edition",)},
    ),
    Term(
        slug="stakeholder",
        name=_n("stakeholder"),
        question=_n("What is a stakeholder group?"),
        words=_n("everyone who is affected by what you do, or who affects it, in groups"),
        example=_n("62 members, 14 volunteers, 30 families, the county that gives £18,500."),
        noun=Stakeholder,
    ),
    Term(
        slug="subgroup",
        name=_n("subgroup"),
        question=_n("What is a subgroup?"),
        words=_n("a part of a group for whom things change in another way than for the rest"),
        example=_n("41 of the 62 members live alone: company means more to them."),
        noun=Subgroup,
    ),
    Term(
        slug="involvement",
        name=_n("involvement"),
        question=_n("What counts as involving people?"),
        words=_n("an occasion on which the people themselves shaped this account"),
        example=_n("38 of 62 members talked it over at four tables on 14 May 2024."),
        noun=Involvement,
    ),
    Term(
        slug="input",
        name=_n("input"),
        question=_n("What is an input?"),
        words=_n("what somebody puts in so that it can happen: money, time, rooms, goods"),
        example=_n("A grant of £18,500, and 620 hours of volunteers’ time at £12.60 an hour, which is £7,812."),
        noun=Input,
    ),
    Term(
        slug="output",
        name=_n("output"),
        question=_n("What is an output?"),
        words=_n("what you did, counted: sessions, meals; never a value in itself"),
        example=_n("3,410 lunches cooked and shared."),
        noun=Output,
    ),
    Term(
        slug="outcome",
        name=_n("outcome"),
        question=_n("What is an outcome?"),
        words=_n("a change in somebody’s life, for better or worse"),
        example=_n("“Less lonely”, for 20 of the 41 members who live alone."),
        noun=Outcome,
        beside={Outcome: ("name",)},
    ),
    Term(
        slug="chain-of-events",
        name=_n("chain of events"),
        question=_n("What is a chain of events?"),
        words=_n("what leads to what: from what you do, by one change to the next"),
        example=_n("3,410 lunches lead to “Eats better”, and that leads to “Fewer falls”."),
        noun=Link,
        beside={Link: ("cause",)},
    ),
    Term(
        slug="indicator",
        name=_n("indicator"),
        question=_n("What is an indicator?"),
        words=_n("how you can tell that the change happened"),
        example=_n("“Feels lonely never or hardly ever”: 9 of 41 people on joining, 29 of 41 a year later."),
        noun=Indicator,
        beside={Indicator: ("name",)},
    ),
    Term(
        slug="observation",
        name=_n("observation"),
        question=_n("What is an observation?"),
        words=_n("what an indicator showed on one day: always how many of how many"),
        example=_n("29 of 41 people in February 2025, from our own survey."),
        noun=Observation,
    ),
    Term(
        slug="baseline",
        name=_n("baseline"),
        question=_n("What is a baseline?"),
        words=_n("how things were before you began, to compare with"),
        example=_n(
            "On joining, 9 of 41 people hardly ever felt lonely. That is the baseline for the 29 of 41 a year later."
        ),
        beside={Observation: ("moment",)},
    ),
    Term(
        slug="counterfactual",
        name=_n("counterfactual"),
        question=_n("How could anybody know?"),
        words=_n("how things would be now if you had done nothing"),
        example=_n("Eight of 41 people said that they would have found company elsewhere."),
        beside={Outcome: ("counterfactual",)},
    ),
    Term(
        slug="quantity",
        name=_n("quantity"),
        question=_n("What is a quantity?"),
        words=_n("how many people, or how much, it happened to"),
        example=_n("20 people: the 29 who hardly ever feel lonely now, less the 9 who did not before."),
        beside={Outcome: ("quantity",)},
    ),
)

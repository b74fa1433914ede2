"""What the people of the demonstration have done: one account assured to the end, and one in the middle of it.

Everything is done through the services, as people do it, and by whoever may do it.
"""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Account, Person
from accounts.roles import Role
from reports import queries, services, statement
from reports.models import Conclusion, Engagement, Level, Traced, Verdict
from socialvalue import demonstration

YEARS = dt.timedelta(days=730)

INDEPENDENT = "I have never worked for them, and nobody close to me has. I met the people on the day of my visit."
INTERESTS = "I once gave a talk at the forum, for which I was not paid."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the assurer says of one principle."""

    finding: str
    advice: str = ""


OF_THE_CLUB = {
    1: Said(finding="Members, volunteers and families were asked, most of them twice. The notes bear it out."),
    2: Said(finding="Each change was named by those who live with it, the tiredness too. Before and after are there."),
    3: Said(
        finding="Members chose the comparisons and shared out points. Where the two disagree, the account says so."
    ),
    4: Said(finding="What was left out is listed with reasons that hold."),
    5: Said(
        finding="All four shares are judged for each change, most of them from one survey.",
        advice="Next year, ask a second source of what would have happened anyway.",
    ),
    6: Said(finding="I could work every figure out again. Limits are said plainly, and early."),
    7: Said(
        finding="The result was read out and talked over. Nobody could object without being seen to.",
        advice="Give everybody a code to reply with, before the next account.",
    ),
}
"""The luncheon club, judged to the end."""

OF_THE_SHED = {
    1: Said(finding="Makers, volunteers and households were asked, and the committee is half makers."),
    2: Said(finding="The changes are the makers’ own. The worn-out Saturdays were found by asking for them."),
    4: Said(
        finding="The reasons hold for what counts. What the market stall does is left out, and only named.",
        advice="Say in the scope why the market stall keeps records of its own.",
    ),
}
"""The repair shed, as far as it is judged."""

SEED = 20_260


class Cast:
    """Those who take part, by what they are."""

    def __init__(self) -> None:
        """Find them."""
        emails = {each.role: each.email for each in demonstration.PEOPLE}
        found = {each.email: each for each in Person.objects.filter(email__in=emails.values())}
        self.approver = found[emails[Role.APPROVER]]
        self.editor = found[emails[Role.EDITOR]]
        self.coordinator = found[emails[Role.COORDINATOR]]
        self.assurer = found[emails[Role.ASSURER]]


def assure_to_the_end(account: Account, now: dt.datetime) -> None:
    """Have what was submitted of an account judged, followed to its sources, concluded and signed."""
    cast = Cast()
    held = _engaged(cast, account, now)
    _judge(cast, held, OF_THE_CLUB, now)
    for drawn in services.sample(actor=cast.assurer, engagement=held, seed=SEED, now=now):
        _follow(cast, held, drawn.number, "Seen at the club, and compared with what the account says.", now)
    draft = services.conclude(
        actor=cast.assurer,
        engagement=held,
        conclusion=Conclusion.RECOMMENDATIONS,
        summary="A careful account, kept with those it is about. What would have happened anyway rests on one survey.",
        valid_until=(now + YEARS).date(),
        now=now,
    )
    read = statement.fingerprint(draft.snapshot_sha256, draft.sha256)
    services.sign_statement(actor=cast.assurer, engagement=held, read=read, now=now)


def assure_in_part(account: Account, now: dt.datetime) -> None:
    """Have what was submitted of an account assured as far as an assurer has come on a Tuesday afternoon."""
    cast = Cast()
    held = _engaged(cast, account, now)
    _judge(cast, held, OF_THE_SHED, now)
    services.sample(actor=cast.assurer, engagement=held, seed=SEED, now=now)
    _follow(cast, held, 1, "The book itself, at the shed: I counted three months of it.", now)
    asked = services.ask(
        actor=cast.assurer,
        engagement=held,
        about="valuations:W1",
        text="How many makers said that they would go to a class instead?",
        now=now,
    )
    services.answer(
        actor=cast.editor,
        question=asked,
        text="Eleven of the 29 in March named a class. The others named the library, the pub, or nothing at all.",
        now=now,
    )


def submit(account: Account, now: dt.datetime) -> None:
    """Submit an account in the name of its organisation, unless it is submitted already."""
    if queries.open_submission(account) is None:
        read = queries.reading(account).fingerprint
        services.submit(actor=Cast().approver, account=account, read=read, now=now)


def _engaged(cast: Cast, account: Account, now: dt.datetime) -> Engagement:
    submit(account, now)
    held = services.assign(
        actor=cast.coordinator, account=account, assurer=cast.assurer, level=Level.INDEPENDENT, now=now
    )
    return services.declare(
        actor=cast.assurer, engagement=held, independence=INDEPENDENT, interests=INTERESTS, conflict=False, now=now
    )


def _judge(cast: Cast, held: Engagement, said: dict[int, Said], now: dt.datetime) -> None:
    for principle, each in said.items():
        services.judge(
            actor=cast.assurer,
            engagement=held,
            principle=principle,
            verdict=Verdict.RECOMMENDATION if each.advice else Verdict.MET,
            finding=each.finding,
            recommendation=each.advice,
            version=0,
            now=now,
        )


def _follow(cast: Cast, held: Engagement, number: int, how: str, now: dt.datetime) -> None:
    services.trace(actor=cast.assurer, engagement=held, number=number, result=Traced.AGREES, traced=how, now=now)

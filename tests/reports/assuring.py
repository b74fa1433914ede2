"""An account in assurance, and those who take part in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import Account, Forum, Organisation, Person
from accounts.roles import Role
from reports import queries, services, statement
from reports.models import Conclusion, Engagement, Level, Statement, Traced, Verdict
from tests import factories
from tests.reports import submitting

NOW = submitting.LATER_STILL
VALID_UNTIL = dt.date(2027, 11, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """A submitted account, the forum of its organisation, and an assurer engaged for it."""

    forum: Forum
    keeper: Organisation
    account: Account
    coordinator: Person
    engagement: Engagement

    @property
    def assurer(self) -> Person:
        """Return who is engaged."""
        return self.engagement.assurer


def assigned(
    keeper: Organisation | None = None, forum: Forum | None = None, assurer: Person | None = None
) -> Assurance:
    """Return an account to which an assurer was assigned just now."""
    network = forum or factories.forum()
    keeper = keeper or factories.organisation(forum=network)
    account = submitting.ready(keeper)
    submitting.submit(account, factories.member(Role.APPROVER, keeper))
    account.refresh_from_db()
    coordinator = factories.member(Role.COORDINATOR, network)
    assurer = assurer or factories.member(Role.ASSURER, network)
    engagement = services.assign(actor=coordinator, account=account, assurer=assurer, level=Level.INDEPENDENT, now=NOW)
    return Assurance(forum=network, keeper=keeper, account=account, coordinator=coordinator, engagement=engagement)


def declared(held: Assurance | None = None) -> Assurance:
    """Return an account whose assurer said that they are independent."""
    held = held or assigned()
    declare(held)
    held.engagement.refresh_from_db()
    return held


def declare(held: Assurance, **given: Any) -> Engagement:
    """Declare independence."""
    said = {"independence": "I never worked with them", "interests": "", "conflict": False, "now": NOW}
    return services.declare(**{"actor": held.assurer, "engagement": held.engagement} | said | given)


def judge(held: Assurance, principle: int = 1, **given: Any) -> Any:
    """Judge a principle as met, for the first time."""
    said = {"verdict": Verdict.MET, "finding": "It is told well", "recommendation": "", "version": 0, "now": NOW}
    return services.judge(
        **{"actor": held.assurer, "engagement": held.engagement, "principle": principle} | said | given
    )


def judged(held: Assurance | None = None) -> Assurance:
    """Return an account that can be concluded: all judged, all traced, nothing asked."""
    held = declared(held)
    for principle in range(1, 8):
        judge(held, principle)
    for drawn in services.sample(actor=held.assurer, engagement=held.engagement, seed=7, now=NOW):
        trace(held, drawn.number)
    return held


def trace(held: Assurance, number: int, **given: Any) -> None:
    """Follow a drawn piece of evidence to its source."""
    said = {"result": Traced.AGREES, "traced": "The register of the club", "now": NOW}
    services.trace(**{"actor": held.assurer, "engagement": held.engagement, "number": number} | said | given)


def conclude(held: Assurance, **given: Any) -> Statement:
    """Draft the statement."""
    said = {"conclusion": Conclusion.ASSURED, "summary": "Well kept", "valid_until": VALID_UNTIL, "now": NOW}
    return services.conclude(**{"actor": held.assurer, "engagement": held.engagement} | said | given)


def read_of(held: Assurance) -> str:
    """Return the fingerprint of the statement as it is now."""
    draft: Any = queries.statement_of(held.engagement)
    return statement.fingerprint(draft.snapshot_sha256, draft.sha256)


def sign(held: Assurance, **given: Any) -> Statement:
    """Sign the statement that was read just now."""
    read = given.pop("read", None) or read_of(held)
    return services.sign_statement(
        **{"actor": held.assurer, "engagement": held.engagement, "read": read, "now": NOW} | given
    )


def concluded(held: Assurance | None = None) -> Assurance:
    """Return an account whose statement is signed."""
    held = judged(held)
    conclude(held)
    sign(held)
    return held

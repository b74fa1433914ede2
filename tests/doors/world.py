"""One organisation with something behind every address, and the people who stand before it."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.urls import reverse

from accounts import services as account_services
from accounts.models import Account, Forum, Invitation, Organisation, Person
from accounts.roles import OF_A_FORUM, OF_AN_ORGANISATION, Role
from outcomes import services
from outcomes.models import RefusedWorkbook
from reports import services as report_services
from reports.models import Grant, Question, RenderJob, Report
from stakeholders.nouns import Involvement, Stakeholder
from tests import factories
from tests.architecture import gate
from tests.core.intake.made_up import small
from tests.doors.pages import routes
from tests.outcomes import replying

SECRET = "Clwb cinio cudd"
"""The name of the organisation's accounts."""
FUNDER = "Cronfa Môn"
"""Who funds the first of them."""
FILE = b"%PDF-1.7"
"""A file that is kept with its first account."""
OF_ONESELF = {"key", "uidb36", "pk", "token", "code", "reply_code"}
"""What the addresses are made from that lead to how somebody comes in: links in letters, and passkeys.

And the code on a report, which is everybody's; and that on a slip of paper, which is nobody's in particular.
"""
ASKED = Involvement(ref="V1", stakeholder="S1", method="Group talk", took_part=12)
"""How the first group of each account was asked."""
NEVER = "never"
"""A ref, a slug and a name that there are not."""
REF_OF = {"outcomes:factor": "O1"}
"""The doors to a row of one certain noun, whichever the slug, and the row that there is."""


@dataclass(frozen=True)
class World:
    """An organisation in a forum, its account with a published report, a failed rendering, and a refused workbook."""

    forum: Forum
    keeper: Organisation
    account: Account
    report: Report
    job: RenderJob
    refused: RefusedWorkbook
    member: Person
    invitation: Invitation
    question: Question
    grant: Grant
    round: replying.Round

    @cached_property
    def known(self) -> dict[str, str]:
        """Return what addresses are made from, where there is something behind them."""
        return {
            "account_id": str(self.account.id),
            "engagement_id": str(self.question.engagement_id),
            "question_id": str(self.question.id),
            "principle": "1",
            "number": "1",
            "earlier": "1",
            "later": "2",
            "report_id": str(self.report.id),
            "job_id": str(self.job.id),
            "refused_id": str(self.refused.id),
            "indicator_ref": "I1",
            "sha256": hashlib.sha256(FILE).hexdigest(),
            "organisation": self.keeper.slug,
            "slug": "stakeholders",
            "ref": "S1",
            "name": "ratio",
            "stage": "scope",
            "record_id": str(self.account.audit_records.filter(verb="removed").latest("id").id),
            "person_id": str(self.member.id),
            "invitation_id": str(self.invitation.id),
            "grant_id": str(self.grant.id),
            "code": self.report.code,
            "group_ref": self.round.group,
            "reply_id": str(self.round.objection.id),
            "reply_code": self.round.unused,
            "token": "a-token",
            "key": "a-key",
            "uidb36": "1",
            "pk": "1",
        }

    @cached_property
    def doors(self) -> dict[str, str]:
        """Return the address of every door, by its name."""
        return {
            name: reverse(name, kwargs={each: self._behind(name, each) for each in needs}) for name, needs in routes()
        }

    @cached_property
    def doors_of_something(self) -> dict[str, tuple[str, str]]:
        """Return each door that leads to something of the organisation, and its like with nothing behind it."""
        return {
            name: (self.doors[name], reverse(name, kwargs={each: self._never(name, each) for each in needs}))
            for name, needs in routes()
            if needs - OF_ONESELF
        }

    def _behind(self, door: str, each: str) -> str:
        return REF_OF[door] if each == "ref" and door in REF_OF else self.known[each]

    def _never(self, door: str, each: str) -> str:
        if each == "record_id":
            return "0"
        if each == "organisation":
            return NEVER
        return str(uuid4()) if each.endswith("_id") else self._behind(door, each)


def made() -> World:
    """Return the world."""
    forum = factories.forum()
    keeper = factories.organisation("Cinio Môn", forum=forum)
    facts = small(account=replace(small().account, name=SECRET), involvement=(ASKED,))
    account = factories.account(facts, keeper=keeper)
    report = factories.published(account)
    other = factories.account(facts, keeper=keeper)
    editor = factories.member(Role.EDITOR, keeper)
    refused = services.keep_refused(person=editor, name="a.xlsx", marked=b"PK", now=factories.NOW)
    extra: Any = services.add_row(
        actor=editor, account=account, noun=Stakeholder, typed={"name": "Raised once"}, now=factories.NOW
    )
    services.remove_row(actor=editor, account=account, noun=Stakeholder, ref=extra.ref, version=1, now=factories.NOW)
    services.keep_file(actor=editor, account=account, typed={}, content=FILE, name="minutes.pdf", now=factories.NOW)
    report_services.take_snapshot(actor=None, account=account, now=factories.NOW)
    invitation, _token = account_services.invite(
        actor=factories.member(Role.ADMIN, keeper),
        organisation=keeper,
        email="new@example.org",
        role=Role.VIEWER,
        now=factories.NOW,
    )
    member = factories.member(Role.VIEWER, keeper)
    return World(
        member=member,
        invitation=invitation,
        question=gate.assured(keeper, forum, None),
        grant=factories.grant(factories.funder(FUNDER), account),
        round=replying.objected(account),
        forum=forum,
        keeper=keeper,
        account=account,
        report=report,
        job=factories.failed(other),
        refused=refused,
    )


def person_of(role: Role, world: World) -> Person:
    """Return somebody with this role in the world."""
    return factories.member(role, world.forum if role in OF_A_FORUM else world.keeper)


def strangers() -> dict[str, Person]:
    """Return people who have signed in and have nothing to do with the world, though much with another."""
    elsewhere, forum = factories.organisation("Elsewhere"), factories.forum()
    factories.account(small(), keeper=elsewhere)
    roles = {role: factories.member(role, forum if role in OF_A_FORUM else elsewhere) for role in OF_AN_ORGANISATION}
    return {
        "nobody anywhere": factories.person(),
        **{f"the {role.value} of another": person for role, person in roles.items()},
        "an operator": factories.operator(),
    }

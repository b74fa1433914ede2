"""A factory for each state that a test may start from: people with their roles, accounts, renderings, reports."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from accounts.models import Account, AccountState, Forum, Membership, Organisation, OrganisationType, Person
from accounts.nouns import AccountDetails, AccountKind
from accounts.roles import NEED_A_SECOND_FACTOR, Role
from accounts.services import set_state
from outcomes import format as account_format, services
from outcomes.nouns import Adjustment, Factor, Facts, Outcome, Valuation
from outcomes.queries import standing
from reports import document, services as report_services
from reports.models import Edition, Grant, RenderJob, Report, Submission
from reports.services._freezing import content_of, freeze
from socialvalue import demonstration
from stakeholders.nouns import Consideration, Input, Stakeholder
from tests import worked_examples

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
PASSWORD = "a long enough password"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def person(name: str = "Somebody", *, is_active: bool = True) -> Person:
    """Return somebody with no role anywhere."""
    email = f"person{next(_numbers)}@example.org"
    return Person.objects.create_user(email, PASSWORD, name=name, is_active=is_active)


def organisation(name: str = "Some group", *, forum: Forum | None = None) -> Organisation:
    """Return an organisation, in a forum if one is given."""
    made = Organisation.objects.create(
        name=name, slug=f"organisation-{next(_numbers)}", type=OrganisationType.VOLUNTARY
    )
    if forum is not None:
        forum.organisations.add(made)
    return made


def forum(name: str = "Some forum") -> Forum:
    """Return a forum without members."""
    return Forum.objects.create(name=name, slug=f"forum-{next(_numbers)}")


def member(role: Role, place: Organisation | Forum, *, is_active: bool = True) -> Person:
    """Return somebody with this role in this organisation or forum."""
    made = person(f"The {role.value}", is_active=is_active)
    where = {"forum": place} if isinstance(place, Forum) else {"organisation": place}
    Membership.objects.create(person=made, role=role.value, **where)
    if role in NEED_A_SECOND_FACTOR:
        second_factor(made)
    return made


def second_factor(owner: Person) -> Authenticator:
    """Give somebody an app that shows codes."""
    return TOTP.activate(owner, APP_SECRET).instance


def operator() -> Person:
    """Return somebody who may use the administration site, with a second factor."""
    made = Person.objects.create_superuser(f"operator{next(_numbers)}@example.org", PASSWORD, name="An operator")
    second_factor(made)
    return made


def small_facts(name: str = "Some account") -> Facts:
    """Return an account with one counted outcome: 10 people, 100 each, a tenth of it not ours; 500 put in."""
    return Facts(
        account=AccountDetails(
            name=name,
            kind=AccountKind.FORECAST,
            currency="GBP",
            discount_rate=Decimal("0.035"),
            year_one_is_discounted=False,
        ),
        stakeholders=(Stakeholder(ref="S1", name="Members", size=10),),
        inputs=(Input(ref="N1", description="Grant", amount=Decimal(500)),),
        outcomes=(
            Outcome(
                ref="O1",
                stakeholder="S1",
                name="Less lonely",
                quantity=Decimal(10),
                duration=1,
                decision=Consideration.INCLUDED,
            ),
        ),
        valuations=(Valuation(ref="W1", outcome="O1", proxy="A visit", value=Decimal(100)),),
        adjustments=(Adjustment(ref="A1", outcome="O1", factor=Factor.DEADWEIGHT, figure=Decimal("0.1")),),
    )


def wide_facts(outcomes: int = 60) -> Facts:
    """Return an account with many outcomes, each valued and adjusted."""
    small = small_facts("A wide account")
    refs = [f"O{number}" for number in range(1, outcomes + 1)]
    return Facts(
        account=small.account,
        stakeholders=small.stakeholders,
        inputs=small.inputs,
        outcomes=tuple(
            Outcome(
                ref=ref,
                stakeholder="S1",
                name=f"Change number {ref}",
                quantity=Decimal(number),
                duration=1 + number % 5,
                decision=Consideration.INCLUDED,
            )
            for number, ref in enumerate(refs, start=1)
        ),
        valuations=tuple(
            Valuation(ref=f"W{ref}", outcome=ref, value=Decimal(10 * number))
            for number, ref in enumerate(refs, start=1)
        ),
        adjustments=tuple(
            Adjustment(ref=f"A{ref}{factor.value}", outcome=ref, factor=factor, figure=Decimal("0.1"))
            for ref in refs
            for factor in Factor
        ),
    )


def unworkable_facts() -> Facts:
    """Return an account that cannot be worked out: a value in other prices, and no index that brings it to ours.

    No door lets it in; but a rule may come after the account, and tables outlive rules.
    """
    small = small_facts()
    return replace(
        small,
        account=replace(small.account, price_base="2024-25"),
        valuations=(replace(small.valuations[0], price_period="2019-20"),),
    )


def complete_facts() -> Facts:
    """Return the demonstration's luncheon club: every noun filled in, every check answered."""
    return account_format.loads((Path(demonstration.__file__).parent / "luncheon_club.json").read_bytes())


def timebank_facts() -> Facts:
    """Return the published figures of the Timebank study."""
    return worked_examples.facts("timebank_ireland_2023")


def account(facts: Facts | None = None, *, keeper: Organisation | None = None, actor: Person | None = None) -> Account:
    """Return an account that holds these facts."""
    return services.open_account(
        actor=actor, organisation=keeper or organisation(), facts=facts or small_facts(), now=NOW, source="a test"
    )


def queued(of: Account | None = None, *, language: str = "en-gb", edition: Edition = Edition.FULL) -> RenderJob:
    """Return a rendering that waits for a worker."""
    return report_services.ask_for_report(
        actor=None, account=of or account(), language=language, edition=edition, now=NOW
    )


def leased(
    of: Account | None = None, *, now: dt.datetime = NOW, language: str = "en-gb", edition: Edition = Edition.FULL
) -> tuple[RenderJob, UUID]:
    """Return a rendering that a worker is at, and the fence that only this worker knows."""
    job = queued(of, language=language, edition=edition)
    fence = report_services.lease(job.id, now=now)
    assert fence is not None
    job.refresh_from_db()
    return job, fence


def failed(of: Account | None = None, *, language: str = "en-gb") -> RenderJob:
    """Return a rendering that failed at its last attempt."""
    job = queued(of, language=language)
    for _attempt in range(report_services.ATTEMPTS):
        fence = report_services.lease(job.id, now=NOW)
        assert fence is not None
        report_services.release(job.id, fence, now=NOW, failure="a test")
    job.refresh_from_db()
    return job


SIGNER = "5" * 64
"""The fingerprint of a certificate that nobody has: for reports whose signature does not matter."""


def report(of: Account | None = None, *, content: bytes = b"%PDF-1.7 a test", **shape: Any) -> Report:
    """Return a report that is ready, with a file that only looks like a PDF; in a language and an edition."""
    job, fence = leased(of, **shape)
    rendering = report_services.Rendering(content=content, pages=1, signed_by=SIGNER)
    return report_services.finish(job.id, fence, rendering, now=NOW)


def unsigned(of: Account | None = None, *, content: bytes = b"%PDF-1.7 a test", why: str = "A test.") -> Report:
    """Return a report that is ready, and could not be signed."""
    job, fence = leased(of)
    rendering = report_services.Rendering(content=content, pages=1, unsigned_because=why)
    return report_services.finish(job.id, fence, rendering, now=NOW)


@transaction.atomic
def submitted(of: Account | None = None, *, now: dt.datetime = NOW) -> Submission:
    """Submit an account, whatever it lacks: what a check would stop is not what these tests are about."""
    mine = of or account()
    approver = member(Role.APPROVER, mine.organisation)
    mine.refresh_from_db()
    number, name = mine.submissions.count() + 1, mine.organisation.name
    told = {"number": number, "by": str(approver), "in_the_name_of": name, "alone": False}
    content = content_of(mine, standing(mine))
    snapshot = freeze(actor=approver, account=mine, content=content, now=now, submission=told)
    made = Submission.objects.create(
        account=mine,
        snapshot=snapshot,
        number=number,
        submitted_at=now,
        submitted_by=approver,
        in_the_name_of=name,
        alone=False,
        read_sha256=document.fingerprint(content),
    )
    set_state(account=mine, state=AccountState.SUBMITTED, now=now)
    return made


def submitted_report(of: Account | None = None) -> Report:
    """Return a report on what was submitted of an account, not published yet."""
    return report(submitted(of).account)


def publish(made: Report, *, now: dt.datetime = NOW, because: str = "A test.") -> Report:
    """Publish a report of what was submitted, as an approver of its organisation."""
    approver = member(Role.APPROVER, made.snapshot.account.organisation)
    report_services.publish(actor=approver, report=made, now=now, because=because)
    made.refresh_from_db()
    return made


def published(of: Account | None = None) -> Report:
    """Return a published report."""
    return publish(submitted_report(of))


def funder(name: str = "Sylfaen") -> Organisation:
    """Return an organisation that funds others."""
    return Organisation.objects.create(name=name, slug=f"organisation-{next(_numbers)}", type=OrganisationType.FUNDER)


def grant(funder: Organisation, funded: Account, *, title: str = "A grant", identifier: str = "") -> Grant:
    """Return a funder's grant to what an account covers."""
    return Grant.objects.create(funder=funder, account=funded, title=title, identifier=identifier)

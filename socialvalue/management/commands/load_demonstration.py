"""Fill a new installation with people, organisations and three accounts, to try everything on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, Forum, Membership, Organisation, OrganisationType, Person
from accounts.roles import OF_A_FORUM, Role
from outcomes import format as account_format, services as outcome_services
from reports import queries, services, worker
from reports.models import Grant, Report
from socialvalue import demonstration
from socialvalue.demonstration import story

DATA = Path(demonstration.__file__).parent
FUNDER = "sylfaen"
REFUSED = 3


class Command(BaseCommand):
    help = (
        "Load the demonstration: people, one for each role; a luncheon club whose account is complete, assured and "
        "published; a repair shed whose account is in assurance; and the published figures of a real study, to be "
        "mended. Does nothing where it is loaded already. "
        "Exit codes: 0 loaded, or there already; 3 refused, because this is no place for people with a known password."
    )

    def handle(self, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(_("The demonstration is never loaded into a real installation."), returncode=REFUSED)
        with _no_letters():
            if not Person.objects.filter(email=demonstration.PEOPLE[0].email).exists():
                with transaction.atomic():
                    _load()
            # Apart from the rest, so that a start that was cut short is made good by the next.
            for grant in Grant.objects.filter(funder__slug=FUNDER).select_related("account"):
                if not Report.objects.filter(snapshot__account=grant.account, published_at__isnull=False).exists():
                    _publish(grant.account)


@contextmanager
def _no_letters() -> Iterator[None]:
    """Keep letters back: nobody reads those of people who do not exist."""
    before, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before


def _load() -> None:
    forum = Forum.objects.create(name="North Wales Social Value Forum (demonstration)", slug="north-wales")
    club = Organisation.objects.create(
        name="Cinio Ogwen",
        slug="cinio-ogwen",
        type=OrganisationType.VOLUNTARY,
        purpose="More company, better food and a longer independent life for older people in the valley.",
    )
    shed = Organisation.objects.create(
        name="Gweithdy Peblig",
        slug="gweithdy-peblig",
        type=OrganisationType.VOLUNTARY,
        purpose="Company and pride for those who mend, and a longer life for what is mended.",
    )
    study = Organisation.objects.create(name="Timebank study", slug="timebank", type=OrganisationType.CHARITY)
    funder = Organisation.objects.create(name="Sylfaen Foundation", slug=FUNDER, type=OrganisationType.FUNDER)
    forum.organisations.add(club, shed, study)
    for each in demonstration.PEOPLE:
        _enrol(each, forum, [funder] if each.role is Role.FUNDER else [club, shed, study])
    account = _open(club, "luncheon_club.json")
    mending = _open(shed, "repair_shed.json")
    _open(study, "timebank_ireland_2023.json")
    Grant.objects.create(funder=funder, account=account, title="Two lunches a week, 2024-25")
    story.assure_to_the_end(account, timezone.now())
    story.assure_in_part(mending, timezone.now())


def _enrol(each: demonstration.Demonstrator, forum: Forum, organisations: list[Organisation]) -> None:
    person = Person.objects.create_user(each.email, demonstration.PASSWORD, name=each.name)
    if each.role in OF_A_FORUM:
        Membership.objects.create(person=person, forum=forum, role=each.role)
        return
    for organisation in organisations:
        Membership.objects.create(person=person, organisation=organisation, role=each.role)


def _open(organisation: Organisation, name: str) -> Account:
    facts = account_format.loads((DATA / name).read_bytes())
    return outcome_services.open_account(
        actor=None, organisation=organisation, facts=facts, now=timezone.now(), source=name
    )


def _publish(account: Account) -> None:
    """Make the report of the club's account and publish it, so that the funder finds something."""
    story.submit(account, timezone.now())
    approver = story.Cast().approver
    job = services.ask_for_report(actor=approver, account=account, language="en-gb", now=timezone.now())
    worker.render_here(job.id)
    report = queries.report_of(job)
    if report is not None:
        services.publish(actor=approver, report=report, now=timezone.now())

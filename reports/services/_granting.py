"""Say who funds an account, and end that; note what was taken for a funder, when they looked, who wants letters."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import audit
from accounts.models import Account, Organisation, OrganisationType, Person
from reports import access
from reports.errors import AlreadyFunded, NotAFunder
from reports.models import Grant, Report, Subscription, Visit

A_VISIT_LASTS = dt.timedelta(minutes=30)
"""Whoever looks again within this time is still at the same visit: what was new to them stays marked."""


@transaction.atomic
def add_grant(
    *, actor: Person, account: Account, funder: Organisation, title: str, identifier: str = "", now: dt.datetime
) -> Grant:
    """Say that a funder funds what an account covers: while the grant runs they read what is published of it.

    The same again gives the grant that runs. Raises NotAFunder, or AlreadyFunded where it runs under another title.
    """
    if funder.type != OrganisationType.FUNDER:
        raise NotAFunder(name=funder.name)
    grant = Grant(funder=funder, account=account, title=title, identifier=identifier, added_at=now, added_by=actor)
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as taken:
        standing = account.grants.filter(funder=funder, identifier=identifier, ended_at__isnull=True).first()
        if standing is None or standing.title != title:
            raise AlreadyFunded(name=funder.name) from taken
        return standing
    _record(actor, grant, now, "added grant")
    return grant


@transaction.atomic
def end_grant(*, actor: Person, grant: Grant, now: dt.datetime) -> None:
    """End a grant: from now on its funder reads nothing of the account by it. Ending twice changes nothing."""
    if Grant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(ended_at=now, ended_by=actor):
        _record(actor, grant, now, "ended grant")


@transaction.atomic
def record_download(
    *, actor: Person, report: Report, funders: Sequence[Organisation], what: str, now: dt.datetime
) -> None:
    """Write down that somebody took a published report for funders, where its organisation sees it."""
    audit.record(
        actor=actor,
        now=now,
        account=report.snapshot.account,
        verb="downloaded",
        ref=str(report.snapshot.number),
        after={"funder": ", ".join(each.name for each in funders), "what": what},
    )


def _record(actor: Person, grant: Grant, now: dt.datetime, verb: str) -> None:
    said = {"funder": grant.funder.name, "title": grant.title, "identifier": grant.identifier}
    audit.record(actor=actor, now=now, account=grant.account, verb=verb, after=said)


@transaction.atomic
def note_visit(*, actor: Person, funders: Iterable[UUID], now: dt.datetime) -> dict[UUID, dt.datetime | None]:
    """Note that somebody looks at what these funders fund, and return when the visit before ended, for each.

    None stands for a first visit.
    """
    held = {each.funder_id: each for each in Visit.objects.filter(person=actor, funder__in=list(funders))}
    return {funder: _visited(actor, funder, held.get(funder), now) for funder in funders}


def _visited(actor: Person, funder: UUID, held: Visit | None, now: dt.datetime) -> dt.datetime | None:
    if held is None:
        made, _new = Visit.objects.get_or_create(person=actor, funder_id=funder, defaults={"seen_at": now})
        return made.since
    same = Visit.objects.filter(pk=held.pk, seen_at=held.seen_at)
    if now - held.seen_at > A_VISIT_LASTS:
        same.update(since=F("seen_at"), seen_at=now)
        return held.seen_at
    if now > held.seen_at:
        same.update(seen_at=now)
    return held.since


@transaction.atomic
def subscribe(*, actor: Person, funder: Organisation, now: dt.datetime) -> None:
    """Send somebody a letter whenever something is published of what a funder funds. Raises NotAFunder for others."""
    if not access.funders_for(actor).filter(pk=funder.pk).exists():
        raise NotAFunder(name=funder.name)
    Subscription.objects.get_or_create(person=actor, funder=funder, defaults={"since": now})


@transaction.atomic
def unsubscribe(*, person: UUID, funder: UUID) -> None:
    """Send somebody no more letters about what a funder funds. Whoever gets none stays as they are."""
    Subscription.objects.filter(person=person, funder=funder).delete()

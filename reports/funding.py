"""What the doors read for funders and about them: who funds what, what was published of it, who took it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import cached_property

from accounts.models import Account, AuditRecord, Organisation, OrganisationType, Person
from reports import access
from reports.models import Conclusion, Edition, Grant, Level, Listing, Report, Subscription

Since = Mapping[UUID, dt.datetime | None]
"""For each funder the end of the visit before; None at the first visit, when everything is new."""

CURRENT, SUPERSEDED, WITHDRAWN = "current", "superseded", "withdrawn"
SELF_ASSESSED = "self-assessed"
LEVELS = (SELF_ASSESSED, *Level.values)
"""Who may stand behind a report: its organisation alone, or who assured it."""
CONCLUSIONS = tuple(Conclusion.values)
DOWNLOADED = "downloaded"

# --- What was published of what somebody's funders fund ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Funded:
    """A published version as a funder sees it: what it is about, by which grants, and what became of it."""

    report: Report
    """The full report."""
    others: tuple[Report, ...]
    """The shorter editions that are published of it."""
    listing: Listing
    grants: tuple[Grant, ...]
    is_new: bool
    newer_id: UUID | None
    newer_number: int | None
    newer_because: str | None

    @cached_property
    def state(self) -> str:
        """Return whether it stands, was superseded or was withdrawn."""
        if self.report.withdrawn_at is not None:
            return WITHDRAWN
        return SUPERSEDED if self.newer_id else CURRENT


def funders_of(person: Person) -> Sequence[Organisation]:
    """Return the funders for whom this person reads what is published, by name."""
    return list(access.funders_for(person).order_by("name"))


def grants_of(person: Person) -> Sequence[Grant]:
    """Return the running grants of this person's funders."""
    return list(access.grants_for(person).select_related("funder").order_by("funder__name", "title", "id"))


def offered(person: Person) -> dict[str, list[Any]]:
    """Return what a list of published reports can be narrowed to: organisations, years and kinds. One query."""
    found = access.published_for(person).filter(edition=Edition.FULL).select_related(None).order_by()
    names = ("organisation", "kind", "period_start", "period_end")
    said = list(found.values_list(*(f"listing__{name}" for name in names)).distinct())
    years = {year for *_rest, start, end in said for year in _years(start, end)}
    return {
        "organisations": sorted({organisation for organisation, *_rest in said if organisation}),
        "kinds": sorted({kind for _organisation, kind, *_rest in said if kind}),
        "years": sorted(years, reverse=True),
    }


def _years(start: dt.date | None, end: dt.date | None) -> range:
    first, last = start or end, end or start
    return range(first.year, last.year + 1) if first and last else range(0)


def published(
    person: Person,
    since: Since,
    *,
    words: str = "",
    organisation: str = "",
    year: int | None = None,
    kind: str = "",
    state: str = "",
    level: str = "",
    conclusion: str = "",
    changed: bool = False,
) -> QuerySet[Report]:
    """Return the published full reports of what this person's funders fund, the latest first; a blank narrows nothing.

    Each stands for its version, whatever other editions are published of it. It knows whether it is new since the visit
    before, and the latest report that took its place.
    """
    found = _annotated(access.published_for(person).filter(edition=Edition.FULL), since)
    same = {"listing__organisation": organisation, "listing__kind": kind}
    found = found.filter(**{name: value for name, value in same.items() if value})
    if year is not None:
        found = found.filter(_covers(year))
    if state:
        found = found.filter(_STATES[state])
    if level:
        found = found.filter(_stands_behind(level))
    if conclusion:
        found = found.filter(statement__conclusion=conclusion)
    if changed:
        found = found.filter(Q(is_new=True))
    if words:
        found = found.filter(_says(person, words))
    return found.order_by("-published_at", "id")


def shown(reports: Sequence[Any], grants: Sequence[Grant]) -> list[Funded]:
    """Return these reports as a funder sees them, each with its grants and its shorter editions. One query."""
    others = _short_editions(reports)
    return [
        Funded(
            report=report,
            others=tuple(each for each in others if (each.drawn_from, each.language) == _drawn(report)),
            listing=report.listing,
            grants=tuple(each for each in grants if each.account_id == report.snapshot.account_id),
            is_new=report.is_new,
            newer_id=report.newer_id,
            newer_number=report.newer_number,
            newer_because=report.newer_because,
        )
        for report in reports
    ]


def _drawn(report: Report) -> tuple[str, str]:
    return report.drawn_from, report.language


def _short_editions(reports: Sequence[Report]) -> list[Report]:
    """Return the shorter editions of these reports that are published and were not withdrawn."""
    drawn = {report.drawn_from for report in reports}
    out = Report.objects.filter(drawn_from__in=drawn, published_at__isnull=False, withdrawn_at__isnull=True)
    return list(out.exclude(edition=Edition.FULL).order_by("-edition"))


def _stands_behind(level: str) -> Q:
    """Return whether this is who stands behind a report."""
    return Q(statement__isnull=True) if level == SELF_ASSESSED else Q(statement__engagement__level=level)


def _annotated(found: QuerySet[Report], since: Since) -> QuerySet[Report]:
    newer = Report.objects.filter(
        edition=Edition.FULL,
        published_at__isnull=False,
        withdrawn_at__isnull=True,
        snapshot__account=OuterRef("snapshot__account"),
        snapshot__number__gt=OuterRef("snapshot__number"),
        language=OuterRef("language"),
    ).order_by("-snapshot__number")
    found = found.select_related(None).select_related("snapshot", "listing", "statement__engagement")
    found = found.defer("snapshot__document", "statement__document")
    return found.annotate(
        newer_id=Subquery(newer.values("id")[:1]),
        newer_number=Subquery(newer.values("snapshot__number")[:1]),
        newer_because=Subquery(newer.values("supersedes_because")[:1]),
        is_new=_new(since),
    )


def _new(since: Since) -> Q:
    """Return what came after the visit before, for any of these: a publication, a withdrawal, the grant itself."""
    return reduce(or_, (_new_for(funder, moment) for funder, moment in since.items()))


def _new_for(funder: UUID, moment: dt.datetime | None) -> Q:
    running = Grant.objects.filter(funder=funder, ended_at__isnull=True, account=OuterRef("snapshot__account"))
    if moment is None:
        return Q(Exists(running))
    moved = Q(published_at__gt=moment) | Q(withdrawn_at__gt=moment)
    return (Q(Exists(running)) & moved) | Q(Exists(running.filter(added_at__gt=moment)))


def _covers(year: int) -> Q:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    begins = Q(listing__period_start__lte=last) | Q(listing__period_start__isnull=True, listing__period_end__lte=last)
    ends = Q(listing__period_end__gte=first) | Q(listing__period_end__isnull=True, listing__period_start__gte=first)
    return begins & ends


_STATES: Mapping[str, Q] = {
    CURRENT: Q(withdrawn_at__isnull=True, newer_id__isnull=True),
    SUPERSEDED: Q(withdrawn_at__isnull=True, newer_id__isnull=False),
    WITHDRAWN: Q(withdrawn_at__isnull=False),
}


def _says(person: Person, words: str) -> Q:
    """Return whether a report is about these words: an organisation, an account, or one of their grants."""
    by_grant = access.grants_for(person).filter(Q(title__icontains=words) | Q(identifier__icontains=words))
    said = Q(listing__organisation__icontains=words) | Q(listing__account__icontains=words)
    return said | Q(snapshot__account__in=by_grant.values("account"))


# --- Who funds an account, and who took its reports -------------------------------------------------------------------


def grants_to(account: Account) -> Sequence[Grant]:
    """Return the grants to what an account covers: those that run first, then by funder."""
    found = account.grants.select_related("funder", "ended_by")
    return list(found.order_by(F("ended_at").desc(nulls_first=True), "funder__name", "title"))


def funders_by(person: Person, account: Account) -> Sequence[Organisation]:
    """Return the funders for whom this person reads what is published of an account, by name."""
    funders = access.grants_for(person).filter(account=account).values("funder")
    return list(Organisation.objects.filter(id__in=funders).order_by("name"))


def funders_called(name: str) -> Sequence[Organisation]:
    """Return the funders with just this name, in whatever capitals: two at most."""
    return list(Organisation.objects.filter(type=OrganisationType.FUNDER, name__iexact=name)[:2])


def downloads_of(account: Account) -> QuerySet[AuditRecord]:
    """Return who took a published report of an account for a funder, the latest first."""
    return account.audit_records.filter(verb=DOWNLOADED).select_related("person").order_by("-id")


def downloads_counted(account: Account) -> dict[str, Any]:
    """Return how often reports of an account were taken for funders, and when last."""
    return account.audit_records.filter(verb=DOWNLOADED).aggregate(times=Count("id"), last=Max("at"))


# --- Letters ----------------------------------------------------------------------------------------------------------


def subscribed(person: Person) -> set[UUID]:
    """Return the funders of whose reports somebody wants letters."""
    return set(Subscription.objects.filter(person=person).values_list("funder_id", flat=True))


def readers_of(report: Report) -> Sequence[Subscription]:
    """Return who wants a letter about a report: who may read it for a funder that they get letters for."""
    running = Grant.objects.filter(account=report.snapshot.account_id, ended_at__isnull=True)
    found = Subscription.objects.filter(
        Exists(running.filter(funder=OuterRef("funder"))),
        person__is_active=True,
        person__memberships__organisation=F("funder"),
        person__memberships__role="funder",
    )
    return list(found.select_related("person", "funder").order_by("funder__name", "id"))

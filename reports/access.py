"""The gate to reports: the organisation's own people and its coordinators, and a funder once it is published."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts import access
from accounts.models import Account, Person
from accounts.roles import Action, may
from reports.models import RenderJob, Report


def report_for(person: Person, report_id: UUID, action: Action) -> Report:
    """Return the report if this person may do this to it.

    Raises Http404 if they may not know that it exists, PermissionDenied if they may read it but not do this.
    """
    found = Report.objects.select_related("snapshot__account__organisation").filter(id=report_id).first()
    if found is None:
        raise Http404
    held = access.roles_for(person, found.snapshot.account.organisation)
    inside = may(held, Action.READ_REPORT)
    if not inside and not published_for(person).filter(id=found.id).exists():
        raise Http404
    if may(held, action) if inside else action is Action.READ_PUBLISHED:
        return found
    raise PermissionDenied


def published_for(person: Person) -> QuerySet[Report]:
    """Return the published reports of what this person's funders fund."""
    funders = access.organisations_for(person, Action.READ_PUBLISHED).filter(
        memberships__person=person, memberships__role="funder"
    )
    funded = Account.objects.filter(grants__funder__in=funders)
    return Report.objects.filter(published_at__isnull=False, snapshot__account__in=funded).select_related(
        "snapshot__account__organisation"
    )


def job_for(person: Person, job_id: UUID) -> RenderJob:
    """Return the rendering if this person may read the reports of its account; Http404 otherwise."""
    found = RenderJob.objects.select_related("snapshot__account__organisation").filter(id=job_id).first()
    if found is None:
        raise Http404
    access.account_for(person, found.snapshot.account_id, Action.READ_REPORT)
    return found

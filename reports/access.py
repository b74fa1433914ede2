"""The gate to reports: the organisation's own people and its coordinators, and a funder once it is published."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404

from accounts import access
from accounts.models import Organisation, Person
from accounts.roles import Action, Role, may
from reports.models import Engagement, EngagementEnding, Grant, Question, RenderJob, Report


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
    """Return the published reports of what this person's funders fund, while their grants run."""
    funded = grants_for(person).values("account")
    return Report.objects.filter(published_at__isnull=False, snapshot__account__in=funded).select_related(
        "snapshot__account__organisation"
    )


def funders_for(person: Person) -> QuerySet[Organisation]:
    """Return the funders for whom this person reads what is published."""
    if not person.is_active:
        return Organisation.objects.none()
    held = person.memberships.filter(role=Role.FUNDER.value, organisation__isnull=False)
    return Organisation.objects.filter(id__in=held.values("organisation"))


def grants_for(person: Person) -> QuerySet[Grant]:
    """Return the running grants of this person's funders."""
    return Grant.objects.filter(funder__in=funders_for(person), ended_at__isnull=True)


def grant_for(person: Person, grant_id: UUID, action: Action) -> Grant:
    """Return the grant if this person may do this to its account. Raises Http404 or PermissionDenied."""
    found = Grant.objects.select_related("account", "funder").filter(id=grant_id).first()
    if found is None:
        raise Http404
    access.account_for(person, found.account_id, action)
    return found


def job_for(person: Person, job_id: UUID) -> RenderJob:
    """Return the rendering if this person may read the reports of its account; Http404 otherwise."""
    found = RenderJob.objects.select_related("snapshot__account__organisation").filter(id=job_id).first()
    if found is None:
        raise Http404
    access.account_for(person, found.snapshot.account_id, Action.READ_REPORT)
    return found


def engagements_of(person: Person) -> QuerySet[Engagement]:
    """Return what somebody is engaged for: as an assurer of a forum of the organisation, and no member of it.

    Who stepped aside for a conflict of interest, or was relieved, sees it no more.
    """
    lost = [EngagementEnding.CONFLICT, EngagementEnding.RELIEVED]
    if not person.is_active:
        return Engagement.objects.none()
    mine = Engagement.objects.filter(
        assurer=person,
        assurer__memberships__role=Role.ASSURER.value,
        assurer__memberships__forum__organisations=F("submission__account__organisation"),
    )
    inside = person.memberships.filter(organisation__isnull=False).values("organisation")
    reached = mine.exclude(ended_as__in=lost).exclude(submission__account__organisation__in=inside).distinct()
    return reached.select_related("submission__snapshot", "submission__account__organisation")


def engagement_for(person: Person, engagement_id: UUID) -> Engagement:
    """Return the engagement if this person is its assurer; Http404 otherwise."""
    found = engagements_of(person).filter(id=engagement_id).first()
    if found is None:
        raise Http404
    return found


def lost_by(person: Person, engagement_id: UUID) -> Engagement | None:
    """Return an engagement of this person that they reach no more: so that what they typed can be given back."""
    held = Engagement.objects.select_related("submission__account__organisation")
    found = held.filter(id=engagement_id, assurer_id=person.id).first()
    return None if found is None or engagements_of(person).filter(id=found.id).exists() else found


def belongs_to(person: Person, engagement: Engagement) -> bool:
    """Return whether somebody has a role in the organisation whose account they were engaged for."""
    return person.memberships.filter(organisation=engagement.submission.account.organisation_id).exists()


def question_for(person: Person, question_id: UUID, action: Action) -> Question:
    """Return a question that was asked of this person's organisation.

    Raises Http404 if they may not know of the account, PermissionDenied if they may see it but not do this.
    """
    found = (
        Question.objects.select_related("engagement__assurer", "engagement__submission__account__organisation")
        .filter(id=question_id)
        .first()
    )
    if found is None:
        raise Http404
    access.account_for(person, found.engagement.submission.account_id, action)
    return found

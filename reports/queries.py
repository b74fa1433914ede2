"""What the doors read about snapshots, renderings and reports."""

from collections.abc import Sequence

from accounts.models import Account, Person
from reports import access
from reports.models import RenderJob, Report, Snapshot


def renderings(account: Account) -> Sequence[RenderJob]:
    """Return every rendering that was asked for of an account, the latest first."""
    return list(
        RenderJob.objects.filter(snapshot__account=account).select_related("snapshot", "asked_by").order_by("-asked_at")
    )


def reports_of(account: Account) -> dict[tuple[object, str], Report]:
    """Return the reports of an account, by snapshot and language."""
    found = Report.objects.filter(snapshot__account=account).select_related("snapshot", "published_by")
    return {(report.snapshot_id, report.language): report for report in found}


def report_of(job: RenderJob) -> Report | None:
    """Return what a rendering made, or None while there is nothing yet."""
    return Report.objects.filter(snapshot=job.snapshot, language=job.language).select_related("snapshot").first()


def content_of(job: RenderJob) -> bytes | None:
    """Return the bytes of the PDF that a rendering made, or None while there is nothing yet."""
    report = report_of(job)
    if report is None:
        return None
    with report.file.open("rb") as file:
        return bytes(file.read())


def published_for(person: Person) -> Sequence[Report]:
    """Return the published reports of what this person's funders fund, the latest first."""
    return list(access.published_for(person).order_by("-published_at"))


def latest_snapshot(account: Account) -> Snapshot | None:
    """Return the last snapshot that was taken of an account."""
    return account.snapshots.order_by("-number").first()

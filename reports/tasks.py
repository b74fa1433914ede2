"""What a worker does: load by id, call one service. The state of the row, not the message, is the truth."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from outcomes import services as outcome_services
from reports import pdf, queue, services
from reports.errors import NotReady

log = logging.getLogger(__name__)


@shared_task(name=queue.RENDER)
def render_report(job_id: str, fence: str | None = None) -> None:
    """Render one report, if nobody else is at it. Safe to run any number of times."""
    job = UUID(job_id)
    held = services.lease(job, fence=UUID(fence) if fence else None, now=timezone.now())
    if held is None:
        return
    try:
        _render(job, held)
    except NotReady:
        log.warning("Another worker has taken the job over.", extra={"job": job_id})
    except Exception as fault:
        log.exception("A report could not be rendered.", extra={"job": job_id})
        services.release(job, held, now=timezone.now(), failure=type(fault).__name__)


def _render(job: UUID, fence: UUID) -> None:
    frozen, language = services.read_document(job)
    services.report_stage(job, fence, "typesetting", now=timezone.now())
    made = pdf.make(frozen, language)
    services.report_stage(job, fence, "keeping", now=timezone.now())
    rendering = services.Rendering(content=made.content, pages=made.pages)
    services.finish(job, fence, rendering, now=timezone.now())


@shared_task(name="reports.tasks.sweep")
def sweep() -> None:
    """Ring again for every job that nobody is at: bell unheard, or worker lost. Remove what was kept for a day."""
    for job_id in services.waiting(timezone.now()):
        queue.ring(job_id)
    forgotten = outcome_services.forget_refused(now=timezone.now())
    if forgotten:
        log.info("Marked workbooks were removed after a day.", extra={"removed": forgotten})

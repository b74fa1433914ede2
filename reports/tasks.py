"""What a worker does: load by id, call one service. The state of the row, not the message, is the truth."""

import datetime as dt
import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from outcomes import services as outcome_services
from reports import keys, pdf, queue, services, signing
from reports.errors import NotReady
from reports.typesetting import Typeset

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
    drawing = services.read_drawing(job)
    services.report_stage(job, fence, "typesetting", now=timezone.now())
    made = pdf.make(drawing.frozen, drawing.language, statement=drawing.statement, edition=drawing.edition)
    services.report_stage(job, fence, "keeping", now=timezone.now())
    services.finish(job, fence, _signed(made, timezone.now()), now=timezone.now())


def _signed(made: Typeset, now: dt.datetime) -> services.Rendering:
    """Return the report signed; or as it is, and why it is not signed: then it cannot be published."""
    try:
        key = keys.current(now)
        content = signing.sign(made.content, key, now=now, stamper=signing.time_stamper())
    except keys.Unusable as refused:
        log.warning("A report was not signed.", extra={"why": type(refused).__name__})
        why = refused.message % refused.params
        return services.Rendering(content=made.content, pages=made.pages, unsigned_because=why)
    return services.Rendering(content=content, pages=made.pages, signed_by=keys.fingerprint(key.certificate))


@shared_task(name="reports.tasks.sweep")
def sweep() -> None:
    """Ring again for every job that nobody is at: bell unheard, or worker lost. Remove what was kept for a day."""
    for job_id in services.waiting(timezone.now()):
        queue.ring(job_id)
    forgotten = outcome_services.forget_refused(now=timezone.now())
    if forgotten:
        log.info("Marked workbooks were removed after a day.", extra={"removed": forgotten})

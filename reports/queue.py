"""Wake a worker. The row in the table is the truth: if nobody hears the bell, a sweep finds the row."""

import logging
from uuid import UUID

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

RENDER = "reports.tasks.render_report"
log = logging.getLogger(__name__)


def ring(job_id: UUID) -> None:
    """Tell a Celery worker about a job that is committed; the embedded worker polls and needs no bell."""
    if settings.JOBS != "celery":
        return
    try:
        current_app.send_task(RENDER, args=[str(job_id)])
    except OperationalError:
        log.warning("The queue cannot be reached; the sweep will find the job.", extra={"job": str(job_id)})

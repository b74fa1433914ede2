"""Puts the apps together; nothing below imports it.

Celery's app is made whenever Django starts, so that `@shared_task` finds it in the web process as well as in a worker.
"""

from socialvalue.celery import app as celery_app

__all__ = ["celery_app"]

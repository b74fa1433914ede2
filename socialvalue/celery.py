"""The queue's process: `celery -A socialvalue worker` and `celery -A socialvalue beat`.

A message only wakes a worker. What there is to do, and who is doing it, stands in the table of jobs.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialvalue.settings.production")

app = Celery("socialvalue")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

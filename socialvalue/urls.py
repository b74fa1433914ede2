"""The doors for people and for machines; each app's own doors are in its own `urls`."""

from django.contrib import admin
from django.urls import path

from socialvalue import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

"""The doors for people and for machines; each app's own doors are in its own `urls`."""

from django.contrib import admin
from django.urls import include, path

from socialvalue import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("outcomes.urls")),
    path("", include("reports.urls")),
]

handler400 = "socialvalue.views.bad_request"
handler500 = "socialvalue.views.server_error"

"""The doors for people and for machines; each app's own doors are in its own `urls`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from socialvalue import health

# Whoever goes to the administration site comes in as everybody does, with their second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("accounts.coming_in")),
    path("", include("outcomes.urls")),
    path("", include("reports.urls")),
]

handler400 = "socialvalue.views.bad_request"
handler500 = "socialvalue.views.server_error"

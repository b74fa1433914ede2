from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See models.py for what this app holds."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

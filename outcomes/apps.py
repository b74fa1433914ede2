from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """See models.py for what this app holds."""

    name = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """See models.py for what this app holds."""

    name = "stakeholders"
    default_auto_field = "django.db.models.BigAutoField"

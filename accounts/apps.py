from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See models.py for what this app holds."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

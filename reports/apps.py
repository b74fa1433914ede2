from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from reports import checks, fonts


class ReportsConfig(AppConfig):
    """See models.py for what this app holds."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Point the typesetter at our own fonts before it is first used, and check that paper can be made here."""
        fonts.use_our_fonts(settings.VAR_DIR / "fonts")
        register(checks.paper_can_be_made)
        register(checks.the_key_can_sign)

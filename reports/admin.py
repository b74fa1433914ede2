"""For operators: which funder funds which account. Reports themselves are not edited here, nor anywhere."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from reports import services
from reports.models import Grant


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Grants: each lets a funder read what is published of an account, until it is ended on the account's own page."""

    list_display = ("title", "funder", "account", "identifier", "ended_at")
    autocomplete_fields: ClassVar = ["funder"]
    raw_id_fields = ("account",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Keep whom a grant lets in, and to what, as it was written down."""
        return ("funder", "account") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a grant is ended, and stays on record."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Add a grant as the account's administrator would, so that its history says who did; or mend its words."""
        if change:
            obj.save(update_fields=["title", "identifier"])
            return
        operator: Any = request.user
        given = {"title": obj.title, "identifier": obj.identifier, "now": timezone.now()}
        obj.pk = services.add_grant(actor=operator, account=obj.account, funder=obj.funder, **given).pk

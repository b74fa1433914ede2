"""For operators: which funder funds which account. Reports themselves are not edited here, nor anywhere."""

from typing import ClassVar

from django.contrib import admin

from reports.models import Grant


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Grants: each lets a funder read what is published of an account."""

    list_display = ("title", "funder", "account", "identifier")
    autocomplete_fields: ClassVar = ["funder"]
    raw_id_fields = ("account",)

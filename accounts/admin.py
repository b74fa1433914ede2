"""For operators: people, organisations, forums and who is what in them. Facts of an account are not edited here.

What an organisation says of itself, its numbers and its invitations are changed on its own pages, by its own people,
with a record; here they can be read.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Forum, Invitation, Membership, Organisation, Person, RegisteredNumber


class MembershipInline(admin.TabularInline):
    """The roles of a person, beside the person."""

    model = Membership
    extra = 1
    autocomplete_fields: ClassVar = ["organisation", "forum"]


class NewPerson(AdminUserCreationForm):
    """A person to be made: address, name and a first password."""

    class Meta:
        model = Person
        fields = ("email", "name")


class ChangedPerson(UserChangeForm):
    """A person as they are."""

    class Meta:
        model = Person
        fields = "__all__"


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """People, and their roles."""

    form = ChangedPerson
    add_form = NewPerson
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    inlines: ClassVar = [MembershipInline]
    filter_horizontal = ()
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("What they may do on this site"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets: Any = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)


class OnlyToRead:
    """Goes in front of an entry of the administration site in which nothing can be changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


class RegisteredNumberInline(OnlyToRead, admin.TabularInline):
    """The numbers of an organisation, beside it."""

    model = RegisteredNumber
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Organisations, and the forums that they belong to. An operator makes one, and its first administrator."""

    list_display = ("name", "slug", "type")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    filter_horizontal = ("forums",)
    inlines: ClassVar = [RegisteredNumberInline]
    _said = ("name", "type", "purpose", "language", "well_being_is_core", "reinvested_share")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for as little as it takes to make one."""
        return ("slug", *self._said, "forums") if obj else ("name", "slug", "type", "forums")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave what an organisation says of itself to its own people, once there is one."""
        return self._said if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the address from the name only where both are typed."""
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Write what was asked for and nothing else: somebody may be saving the rest at the same time."""
        if change:
            obj.save(update_fields=["slug"])
        else:
            super().save_model(request, obj, form, change)


@admin.register(Invitation)
class InvitationAdmin(OnlyToRead, admin.ModelAdmin):
    """Who was invited where, by whom, and what became of it."""

    list_display = ("email", "organisation", "role", "sent_at", "expires_at", "accepted_at", "withdrawn_at")
    list_filter = ("role",)
    list_select_related = ("organisation",)
    search_fields = ("email", "organisation__name")
    exclude = ("token_hash",)


@admin.register(Forum)
class ForumAdmin(admin.ModelAdmin):
    """Forums."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}

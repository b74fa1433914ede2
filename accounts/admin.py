"""For operators: people, organisations, forums and who is what in them. Facts of an account are not edited here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Forum, Membership, Organisation, Person


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


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Organisations, and the forums that they belong to."""

    list_display = ("name", "slug", "type")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    filter_horizontal = ("forums",)


@admin.register(Forum)
class ForumAdmin(admin.ModelAdmin):
    """Forums."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}

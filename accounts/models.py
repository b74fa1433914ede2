"""People, organisations, forums, and the account of social value, which is the tenant boundary.

`accounts` means accounts of social value, never log-ins: those are people.
"""

import uuid
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts import identifiers, nouns, roles
from accounts.columns import Choice, Noun
from accounts.fields import guards, stored


class PersonManager(BaseUserManager["Person"]):
    """Make people; their e-mail address is what they sign in with."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        """Make a person; without a password they cannot sign in until they set one."""
        person = self.model(email=self.normalize_email(email).lower(), **extra)
        person.set_password(password)
        person.save(using=self._db)
        self.confirm_address(person)
        return person

    def confirm_address(self, person: "Person") -> None:
        """Take the address that somebody signs in with as confirmed: whoever made the person vouches for it."""
        address = person.email.lower()
        if EmailAddress.objects.filter(user_id=person.pk, email=address, verified=True).exists():
            return
        if not EmailAddress.objects.filter(email=address, verified=True).exists():
            EmailAddress.objects.filter(user_id=person.pk).update(primary=False)
            EmailAddress.objects.update_or_create(
                user_id=person.pk, email=address, defaults={"verified": True, "primary": True}
            )

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return who signs in with this address, in whatever capitals it was once written down."""
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        """Make an operator, who may use the administration site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who may sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, blank=True, default="")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may use the administration site"), default=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="accounts_person_one_address")]

    def __str__(self) -> str:
        return self.name or self.email


def _choices(answers: type[Choice]) -> list[tuple[str, Any]]:
    return [(answer.value, _(answer.label)) for answer in answers]


class Forum(models.Model):
    """A network of organisations, such as a regional social value forum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), unique=True)

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self) -> str:
        return self.name


class OrganisationType(models.TextChoices):
    """Who is in the social value sector, by the definition of 2017; and who funds it."""

    VOLUNTARY = "voluntary", _("Voluntary organisation")
    CHARITY = "charity", _("Charity")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure body")
    NETWORK = "network", _("Network or forum")
    FUNDER = "funder", _("Funder")


class Organisation(models.Model):
    """A body that keeps accounts of social value, or that funds such bodies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    type = models.CharField(_("type"), max_length=20, choices=OrganisationType.choices)
    purpose = models.TextField(_("purpose"), blank=True, default="")
    reinvested_share = models.DecimalField(
        _("share of profit re-invested"), max_digits=9, decimal_places=8, null=True, blank=True
    )
    language = models.CharField(
        _("language of its own words"), max_length=2, blank=True, default="", choices=_choices(nouns.Language)
    )
    well_being_is_core = models.BooleanField(_("more well-being is its core purpose"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    forums = models.ManyToManyField(Forum, verbose_name=_("forums"), related_name="organisations", blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reinvested_share__gte=0, reinvested_share__lte=1), name="accounts_organisation_reinvested"
            ),
            models.CheckConstraint(condition=Q(type__in=OrganisationType.values), name="accounts_organisation_type"),
        ]

    def __str__(self) -> str:
        return self.name


class RegisteredNumber(models.Model):
    """The number under which a register knows an organisation: its org-id identifier is the two together."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="registered_numbers", verbose_name=_("organisation")
    )
    scheme = models.CharField(_("register"), max_length=20, choices=_choices(identifiers.Scheme))
    number = models.CharField(_("number"), max_length=40)

    class Meta:
        verbose_name = _("registered number")
        verbose_name_plural = _("registered numbers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "scheme"], name="accounts_registered_once_in_a_register"),
            models.UniqueConstraint(fields=["scheme", "number"], name="accounts_registered_number_once"),
            models.CheckConstraint(
                condition=Q(scheme__in=[scheme.value for scheme in identifiers.Scheme]),
                name="accounts_registered_scheme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.number}"


def _values(some: frozenset[roles.Role]) -> list[str]:
    return sorted(role.value for role in some)


class Membership(models.Model):
    """A person's role in one organisation or in one forum."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )
    forum = models.ForeignKey(
        Forum, on_delete=models.CASCADE, related_name="memberships", null=True, blank=True, verbose_name=_("forum")
    )
    role = models.CharField(_("role"), max_length=20, choices=_choices(roles.Role))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, forum__isnull=True, role__in=_values(roles.OF_AN_ORGANISATION))
                | Q(organisation__isnull=True, forum__isnull=False, role__in=_values(roles.OF_A_FORUM)),
                name="accounts_membership_place_and_role",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], name="accounts_membership_once_in_organisation"
            ),
            models.UniqueConstraint(fields=["person", "forum", "role"], name="accounts_membership_once_in_forum"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Invitation(models.Model):
    """A place in an organisation, offered to an e-mail address. Of the token in the link only the hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=_choices(roles.Role))
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by"))
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("accepted by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=_values(roles.OF_AN_ORGANISATION)), name="accounts_invitation_role"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accounts_invitation_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class AccountState(models.TextChoices):
    """Where an account is in its life."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_ASSURANCE = "in_assurance", _("In assurance")
    CONCLUDED = "concluded", _("Assurance concluded")
    PUBLISHED = "published", _("Published")


class Account(models.Model):
    """An account of social value: an organisation, an activity, a period. Everything in it belongs to one tenant."""

    noun: ClassVar[type[Noun]] = nouns.AccountDetails

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("organisation")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=AccountState.choices, default=AccountState.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)

    name = stored(nouns.AccountDetails, "name")
    activity = stored(nouns.AccountDetails, "activity")
    kind = stored(nouns.AccountDetails, "kind")
    language = stored(nouns.AccountDetails, "language")
    period_start = stored(nouns.AccountDetails, "period_start")
    period_end = stored(nouns.AccountDetails, "period_end")
    purpose = stored(nouns.AccountDetails, "purpose")
    audience = stored(nouns.AccountDetails, "audience")
    decision = stored(nouns.AccountDetails, "decision")
    scope = stored(nouns.AccountDetails, "scope")
    currency = stored(nouns.AccountDetails, "currency")
    discount_rate = stored(nouns.AccountDetails, "discount_rate")
    rate_schedule = stored(nouns.AccountDetails, "rate_schedule")
    year_one_is_discounted = stored(nouns.AccountDetails, "year_one_is_discounted")
    price_series = stored(nouns.AccountDetails, "price_series")
    price_base = stored(nouns.AccountDetails, "price_base")
    significance_threshold = stored(nouns.AccountDetails, "significance_threshold")
    importance_by = stored(nouns.AccountDetails, "importance_by")
    limitations = stored(nouns.AccountDetails, "limitations")
    reporting_plan = stored(nouns.AccountDetails, "reporting_plan")
    reporting_date = stored(nouns.AccountDetails, "reporting_date")
    edition = stored(nouns.AccountDetails, "edition")

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            *guards(nouns.AccountDetails, "accounts_account"),
            models.CheckConstraint(condition=Q(state__in=AccountState.values), name="accounts_account_state"),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")), name="accounts_account_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(discount_rate__isnull=True) | Q(rate_schedule=""), name="accounts_account_one_kind_of_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccountOwned(models.Model):
    """A row of an account: found by its ref, kept in order, versioned against lost updates."""

    noun: ClassVar[type[Noun]]
    objects: ClassVar[models.Manager[Any]]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    ref = models.CharField(_("ref"), max_length=40)
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "ref"]

    def __str__(self) -> str:
        return self.ref


def one_ref_each(table: str) -> models.BaseConstraint:
    """Return the constraint by which a ref names one row of a noun in an account."""
    return models.UniqueConstraint(fields=["account", "ref"], name=f"{table}_ref_once")


class AuditRecord(models.Model):
    """Who did what to what, and why. Written in the transaction of the change, never changed or removed (trigger)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("organisation")
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="audit_records", null=True, verbose_name=_("account")
    )
    verb = models.CharField(_("what was done"), max_length=60)
    noun = models.CharField(_("to what"), max_length=40, blank=True)
    ref = models.CharField(_("ref"), max_length=40, blank=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")
        indexes: ClassVar = [models.Index(fields=["account", "noun", "ref"], name="accounts_audit_of_row")]

    def __str__(self) -> str:
        return f"{self.verb} {self.noun} {self.ref}".strip()

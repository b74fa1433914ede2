"""Who funds what, what published reports say they are about, and what those who read them for a funder have seen."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Organisation, Person
from reports.models._publication import Report


class Grant(models.Model):
    """A funder's grant to what an account covers: while it runs, the funder reads what is published of that account.

    Who gave which account a grant, and how it ended, is never changed or removed (trigger).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="grants_given", verbose_name=_("funder")
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants", verbose_name=_("account"))
    title = models.CharField(_("title"), max_length=200)
    identifier = models.CharField(_("360Giving identifier"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added at"), null=True, editable=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["funder", "account", "identifier"], condition=Q(ended_at__isnull=True), name="grant_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="grant_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Listing(models.Model):
    """What a published report says it is about, as it was frozen: lists are made of it. Never changed (trigger)."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="listing", primary_key=True)
    account = models.CharField(_("account"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200)
    kind = models.CharField(_("forecast or evaluative"), max_length=20)
    period_start = models.DateField(_("period starts"), null=True)
    period_end = models.DateField(_("period ends"), null=True)

    class Meta:
        verbose_name = _("published report in lists")
        verbose_name_plural = _("published reports in lists")

    def __str__(self) -> str:
        return self.account


class Visit(models.Model):
    """When somebody last looked at what a funder funds. What came after `since`, the visit before, is new to them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    funder = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("end of the visit before"), null=True)
    seen_at = models.DateTimeField(_("last looked at"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "funder"], name="visit_one_each"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=models.F("seen_at")), name="visit_after_the_one_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.funder}"


class Subscription(models.Model):
    """Somebody's wish for a letter whenever something is published of what a funder funds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    funder = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="subscriptions")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "funder"], name="subscription_one_each")]

    def __str__(self) -> str:
        return f"{self.person}: {self.funder}"

"""What is frozen, rendered and published. None of it is changed once written."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Person


class Snapshot(models.Model):
    """An account frozen: the canonical JSON of what it says, and its SHA-256. Never changed or removed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField(_("number"))
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    schema_version = models.PositiveIntegerField(_("schema version"))
    document = models.TextField(_("canonical JSON"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.account}: {self.number}"


class Ending(models.TextChoices):
    """How a submission ended."""

    TAKEN_BACK = "taken back", _("Taken back")
    RETURNED = "returned", _("Returned with findings")
    PUBLISHED = "published", _("Published")


class Submission(models.Model):
    """An account submitted in its organisation's name. Never changed or removed, but for how it ended (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="submissions")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="submission")
    number = models.PositiveIntegerField(_("number"))
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_the_name_of = models.CharField(_("in the name of"), max_length=200)
    alone = models.BooleanField(_("changed and submitted by one person, for there is no other approver"))
    read_sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    ended_as = models.CharField(_("ended as"), max_length=20, choices=Ending.choices, blank=True, default="")
    ended_because = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at__isnull=True), name="submission_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_as="", ended_because="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_as__in=Ending.values),
                name="submission_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(ended_as=Ending.TAKEN_BACK) | ~Q(ended_because=""),
                name="submission_taken_back_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(ended_as=Ending.RETURNED) | ~Q(ended_because=""), name="submission_returned_with_reason"
            ),
            models.CheckConstraint(condition=~Q(in_the_name_of=""), name="submission_in_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.number}"


class JobState(models.TextChoices):
    """Where a rendering is. The row is the truth; a message only wakes a worker."""

    QUEUED = "queued", _("Waiting")
    LEASED = "leased", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class Edition(models.TextChoices):
    """The shapes in which a snapshot is set on paper."""

    FULL = "full", _("Full report")
    SUMMARY = "summary", _("Two-page summary")
    EASY_READ = "easy_read", _("Easy-read sheet")


class RenderJob(models.Model):
    """The rendering of a snapshot as a PDF, with the statement of its assurer once there is one.

    A worker leases it until a time, with a fence that only it knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="jobs")
    statement = models.ForeignKey("reports.Statement", on_delete=models.PROTECT, related_name="jobs", null=True)
    edition = models.CharField(_("edition"), max_length=10, choices=Edition.choices, default=Edition.FULL)
    drawn_from = models.CharField(_("SHA-256 of what it is drawn from"), max_length=64)
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True)
    fence = models.UUIDField(_("fence"), null=True)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    failure = models.TextField(_("failure"), blank=True)

    class Meta:
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="job_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawn_from", "language", "edition"], name="job_one_an_edition"),
            models.CheckConstraint(condition=Q(edition__in=Edition.values), name="job_edition"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state"),
            models.CheckConstraint(
                condition=Q(state=JobState.LEASED, leased_until__isnull=False, fence__isnull=False)
                | (~Q(state=JobState.LEASED) & Q(leased_until__isnull=True, fence__isnull=True)),
                name="job_lease_when_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | Q(state__in=[JobState.QUEUED, JobState.LEASED], finished_at__isnull=True),
                name="job_finished_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}: {self.state}"


class Report(models.Model):
    """A snapshot as a PDF in an edition and a language. Once signed or published, file and hash never change (trigger).

    What it is drawn from is the snapshot, and the assurer's statement once there is one. Publishing adds when and by
    whom, and why it takes the place of the one before; withdrawing, when, by whom and why. Neither is ever taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports")
    statement = models.ForeignKey("reports.Statement", on_delete=models.PROTECT, related_name="reports", null=True)
    edition = models.CharField(_("edition"), max_length=10, choices=Edition.choices, default=Edition.FULL)
    drawn_from = models.CharField(_("SHA-256 of what it is drawn from"), max_length=64)
    language = models.CharField(_("language"), max_length=5)
    file = models.FileField(_("file"), upload_to="reports/")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made at"))
    code = models.CharField(_("code"), max_length=12, unique=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_by = models.CharField(_("fingerprint of the certificate"), max_length=64, blank=True, default="")
    unsigned_because = models.TextField(_("why it is not signed"), blank=True, default="")
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    supersedes_because = models.TextField(_("why it takes the place of the one before"), blank=True, default="")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, default="")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawn_from", "language", "edition"], name="report_one_an_edition"),
            models.CheckConstraint(condition=Q(edition__in=Edition.values), name="report_edition"),
            models.CheckConstraint(
                condition=Q(supersedes_because="") | Q(published_at__isnull=False),
                name="report_supersedes_once_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="report_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="") | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="report_signed_with_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, published_at__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="report_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.snapshot)

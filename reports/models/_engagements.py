"""The assurance of a submission: who is engaged, what they judge, trace and ask, and the statement that they sign."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from reports.models._publication import Submission


class Level(models.TextChoices):
    """Who stands behind an assurance. A report without one is self-assessed."""

    PEER_PANEL = "peer panel", _("Peer panel of forum members")
    INDEPENDENT = "independent", _("Independent assurer")


class EngagementEnding(models.TextChoices):
    """How an engagement ended."""

    CONFLICT = "conflict", _("The assurer has a conflict of interest")
    RELIEVED = "relieved", _("The assurer was relieved")
    RETURNED = "returned", _("Returned with findings")
    CONCLUDED = "concluded", _("Concluded")


class Engagement(models.Model):
    """An assurer engaged for one submission. Who, for what and what they declared never change (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="engagements")
    assurer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="engagements")
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    assigned_at = models.DateTimeField(_("assigned at"))
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared at"), null=True)
    independence = models.TextField(_("independence"), blank=True, default="")
    interests = models.TextField(_("interests"), blank=True, default="")
    conflict = models.BooleanField(_("conflict of interest"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_as = models.CharField(_("ended as"), max_length=20, choices=EngagementEnding.choices, blank=True, default="")
    ended_because = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(ended_at__isnull=True), name="engagement_one_open"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="engagement_level"),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True, conflict__isnull=True, independence="", interests="")
                | (Q(declared_at__isnull=False, conflict__isnull=False) & ~Q(independence="")),
                name="engagement_declared_in_words",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_as="", ended_because="")
                | Q(ended_at__isnull=False, ended_as__in=EngagementEnding.values),
                name="engagement_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(conflict__isnull=False, conflict=True, ended_as=EngagementEnding.CONFLICT)
                | ((Q(conflict__isnull=True) | Q(conflict=False)) & ~Q(ended_as=EngagementEnding.CONFLICT)),
                name="engagement_ends_with_a_conflict",
            ),
            models.CheckConstraint(
                condition=Q(conflict__isnull=False, conflict=False)
                | ~Q(ended_as__in=[EngagementEnding.RETURNED, EngagementEnding.CONCLUDED]),
                name="engagement_judged_only_without_conflict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.assurer}"


class Verdict(models.TextChoices):
    """What an assurer says of a principle."""

    MET = "met", _("Met")
    RECOMMENDATION = "recommendation", _("Met, with a recommendation")
    NOT_MET = "not met", _("Not met")


class Judgement(models.Model):
    """One version of what an assurer says of a principle. The last counts; none is changed or removed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="judgements")
    principle = models.PositiveSmallIntegerField(_("principle"))
    version = models.PositiveIntegerField(_("version"))
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices)
    finding = models.TextField(_("what was found"))
    recommendation = models.TextField(_("recommendation"), blank=True, default="")
    judged_at = models.DateTimeField(_("judged at"))

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "principle", "version"], name="judgement_version_once"),
            models.CheckConstraint(condition=Q(principle__gte=1, principle__lte=8), name="judgement_of_a_principle"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="judgement_verdict"),
            models.CheckConstraint(condition=~Q(finding=""), name="judgement_with_a_finding"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.MET, recommendation="") | (~Q(verdict=Verdict.MET) & ~Q(recommendation="")),
                name="judgement_recommends_unless_met",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.principle}"


class Traced(models.TextChoices):
    """What came of following a piece of evidence to its source."""

    AGREES = "agrees", _("It says what the account says")
    DIFFERS = "differs", _("It says something else")
    NOT_SEEN = "not seen", _("It could not be seen")


class Trace(models.Model):
    """A piece of evidence that a random sample drew, by the seed that anybody can draw it with again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="traces")
    number = models.PositiveIntegerField(_("number"))
    seed = models.BigIntegerField(_("seed"))
    ref = models.CharField(_("piece of evidence"), max_length=40)
    result = models.CharField(_("result"), max_length=20, choices=Traced.choices, blank=True, default="")
    traced = models.TextField(_("what was traced, and how"), blank=True, default="")
    traced_at = models.DateTimeField(_("traced at"), null=True)

    class Meta:
        verbose_name = _("sampled evidence")
        verbose_name_plural = _("sampled evidence")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "number"], name="trace_number_once"),
            models.UniqueConstraint(fields=["engagement", "ref"], name="trace_ref_once"),
            models.CheckConstraint(
                condition=Q(traced_at__isnull=True, result="", traced="")
                | (Q(traced_at__isnull=False, result__in=Traced.values) & ~Q(traced="")),
                name="trace_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.ref}"


class Question(models.Model):
    """What an assurer asks about something in a submission. Its words never change (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField(_("number"))
    about = models.CharField(_("about"), max_length=200)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "number"], name="question_number_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(about=""), name="question_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.number}"


class Answer(models.Model):
    """What the organisation answers. Never changed or removed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"))
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="answer_in_words")]

    def __str__(self) -> str:
        return str(self.question)


class Conclusion(models.TextChoices):
    """What an assurance comes to."""

    ASSURED = "assured", _("Assured")
    RECOMMENDATIONS = "assured_with_recommendations", _("Assured with recommendations")
    NOT_ASSURED = "not_assured", _("Not assured")


class Statement(models.Model):
    """The statement of an engagement, as canonical JSON. A draft until it is signed, never changed after (trigger)."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="statement", primary_key=True)
    conclusion = models.CharField(_("conclusion"), max_length=40, choices=Conclusion.choices)
    summary = models.TextField(_("in a sentence or two"))
    valid_until = models.DateField(_("valid until"))
    document = models.TextField(_("canonical JSON"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    snapshot_sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64)
    drafted_at = models.DateTimeField(_("drafted at"))
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("assurance statement")
        verbose_name_plural = _("assurance statements")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(conclusion__in=Conclusion.values), name="statement_conclusion"),
            models.CheckConstraint(condition=~Q(summary=""), name="statement_in_words"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="statement_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement}: {self.conclusion}"

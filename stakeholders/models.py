"""Who is affected, how those people were asked, and what everyone puts in and does."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import guards, stored
from accounts.models import Account, AccountOwned, Person, one_ref_each
from stakeholders import nouns


class Stakeholder(AccountOwned):
    """A group that the activity affects, or that affects it."""

    noun = nouns.Stakeholder

    name = stored(nouns.Stakeholder, "name")
    description = stored(nouns.Stakeholder, "description")
    size = stored(nouns.Stakeholder, "size")
    decision = stored(nouns.Stakeholder, "decision")
    reason = stored(nouns.Stakeholder, "reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("stakeholder group")
        verbose_name_plural = _("stakeholder groups")
        constraints: ClassVar = [one_ref_each("stakeholders_stakeholder"), *guards(nouns.Stakeholder, "stakeholder")]


def _of_a_group(*, required: bool) -> "models.ForeignKey[Stakeholder | None, Stakeholder | None]":
    return models.ForeignKey(
        Stakeholder,
        on_delete=models.PROTECT,
        related_name="+",
        null=not required,
        blank=not required,
        verbose_name=_("stakeholder group"),
    )


class Subgroup(AccountOwned):
    """Part of a group, whose experience differs."""

    noun = nouns.Subgroup

    stakeholder = _of_a_group(required=True)
    name = stored(nouns.Subgroup, "name")
    size = stored(nouns.Subgroup, "size")
    reason = stored(nouns.Subgroup, "reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("subgroup")
        verbose_name_plural = _("subgroups")
        constraints: ClassVar = [one_ref_each("stakeholders_subgroup"), *guards(nouns.Subgroup, "subgroup")]


class Involvement(AccountOwned):
    """An occasion on which stakeholders informed the account."""

    noun = nouns.Involvement

    stakeholder = _of_a_group(required=True)
    method = stored(nouns.Involvement, "method")
    held_on = stored(nouns.Involvement, "held_on")
    took_part = stored(nouns.Involvement, "took_part")
    out_of = stored(nouns.Involvement, "out_of")
    informed_what = stored(nouns.Involvement, "informed_what")
    informed_how = stored(nouns.Involvement, "informed_how")
    informed_value = stored(nouns.Involvement, "informed_value")
    informed_cause = stored(nouns.Involvement, "informed_cause")
    saw_results = stored(nouns.Involvement, "saw_results")
    asked_negative = stored(nouns.Involvement, "asked_negative")
    said_negative = stored(nouns.Involvement, "said_negative")
    learned = stored(nouns.Involvement, "learned")

    class Meta(AccountOwned.Meta):
        verbose_name = _("involvement")
        verbose_name_plural = _("involvement")
        constraints: ClassVar = [
            one_ref_each("stakeholders_involvement"),
            *guards(nouns.Involvement, "involvement"),
            models.CheckConstraint(condition=Q(took_part__lte=F("out_of")), name="involvement_some_of_all"),
        ]


class Input(AccountOwned):
    """What somebody puts in."""

    noun = nouns.Input

    stakeholder = _of_a_group(required=False)
    description = stored(nouns.Input, "description")
    kind = stored(nouns.Input, "kind")
    hours = stored(nouns.Input, "hours")
    hourly_rate = stored(nouns.Input, "hourly_rate")
    amount = stored(nouns.Input, "amount")
    year = stored(nouns.Input, "year")
    source = stored(nouns.Input, "source")

    class Meta(AccountOwned.Meta):
        verbose_name = _("input")
        verbose_name_plural = _("inputs")
        constraints: ClassVar = [one_ref_each("stakeholders_input"), *guards(nouns.Input, "input")]


class Output(AccountOwned):
    """What was done, counted."""

    noun = nouns.Output

    stakeholder = _of_a_group(required=False)
    description = stored(nouns.Output, "description")
    quantity = stored(nouns.Output, "quantity")
    unit = stored(nouns.Output, "unit")
    source = stored(nouns.Output, "source")

    class Meta(AccountOwned.Meta):
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints: ClassVar = [one_ref_each("stakeholders_output"), *guards(nouns.Output, "output")]


class CoProduction(AccountOwned):
    """How far one of the five statements of co-production holds."""

    noun = nouns.CoProduction

    statement = stored(nouns.CoProduction, "statement")
    extent = stored(nouns.CoProduction, "extent")
    explanation = stored(nouns.CoProduction, "explanation")
    evidence = stored(nouns.CoProduction, "evidence")

    class Meta(AccountOwned.Meta):
        verbose_name = _("statement of co-production")
        verbose_name_plural = _("statements of co-production")
        constraints: ClassVar = [
            one_ref_each("stakeholders_coproduction"),
            *guards(nouns.CoProduction, "coproduction"),
            models.UniqueConstraint(fields=["account", "statement"], name="coproduction_statement_once"),
        ]


# --- The right of reply. Nothing here says who replied: a code knows no person, and a reply knows no code. -----------


class ReplyRound(models.Model):
    """What a group was shown of the account, until when, and how many codes were made. Never changed (trigger).

    The group is kept by its ref: rows of an account are written anew when a workbook takes their place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    group = models.CharField(_("ref of the group"), max_length=40)
    number = models.PositiveIntegerField(_("number"))
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closes_on = models.DateField(_("last day"))
    codes_made = models.PositiveIntegerField(_("codes made"))
    shown = models.TextField(_("what the group is shown, as canonical JSON"))
    told_sha256 = models.CharField(_("SHA-256 of what the account says of the group"), max_length=64)

    class Meta:
        verbose_name = _("round of replies")
        verbose_name_plural = _("rounds of replies")
        ordering: ClassVar = ["group", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "group", "number"], name="replyround_numbered"),
            models.CheckConstraint(
                condition=Q(codes_made__gte=nouns.FEWEST_CODES, codes_made__lte=nouns.MOST_CODES),
                name="replyround_codes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.number}"


class ReplyCode(models.Model):
    """A code that lets somebody reply once. Only its hash is kept, and whether it was used, not when."""

    code_hash = models.CharField(_("hash of the code"), max_length=64, primary_key=True)
    round = models.ForeignKey(ReplyRound, on_delete=models.PROTECT, related_name="codes", verbose_name=_("round"))
    spent = models.BooleanField(_("used"), null=True, editable=False)
    """None until it is used; then nothing can make it fresh again (trigger)."""

    class Meta:
        verbose_name = _("code to reply with")
        verbose_name_plural = _("codes to reply with")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(spent__isnull=True) | Q(spent=True), name="replycode_spent_or_not"),
        ]

    def __str__(self) -> str:
        return self.code_hash[:8]


class Reply(models.Model):
    """What somebody replied, and the day. No way leads from here to a code or to a person. Never changed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReplyRound, on_delete=models.PROTECT, related_name="replies", verbose_name=_("round"))
    agrees = models.BooleanField(_("this is what they said"), null=True)
    words = models.TextField(_("in their words"), blank=True, default="")
    replied_on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        # Their keys are random, so their order tells nothing of who was first.
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agrees__isnull=False) | ~Q(words=""), name="reply_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ReplyAnswer(models.Model):
    """What the organisation did about an objection, in its words. Never changed: another can be added (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers", verbose_name=_("reply"))
    text = models.TextField(_("what was done about it"))
    answered_at = models.DateTimeField(_("when"))
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))

    class Meta:
        verbose_name = _("answer to a reply")
        verbose_name_plural = _("answers to replies")
        ordering: ClassVar = ["answered_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="replyanswer_says_something")]

    def __str__(self) -> str:
        return self.text

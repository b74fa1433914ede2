"""Who is affected, how those people were asked, and what everyone puts in and does."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import guards, stored
from accounts.models import AccountOwned, one_ref_each
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

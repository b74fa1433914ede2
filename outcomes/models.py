"""What changed, how much, what it is worth, and how much of it may be claimed."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import guards, stored
from accounts.models import Account, AccountOwned, Person, one_ref_each
from outcomes import nouns
from stakeholders.models import Output, Stakeholder, Subgroup


def _runs_up(low: str, central: str, high: str, name: str) -> list[models.BaseConstraint]:
    """Return the constraints by which low ≤ central ≤ high; a figure that is unknown breaks neither."""
    return [
        models.CheckConstraint(condition=Q(**{f"{low}__lte": F(central)}), name=f"{name}_low_below"),
        models.CheckConstraint(condition=Q(**{f"{high}__gte": F(central)}), name=f"{name}_high_above"),
    ]


class Outcome(AccountOwned):
    """A change in somebody's life, for better or worse."""

    noun = nouns.Outcome

    stakeholder = models.ForeignKey(
        Stakeholder, on_delete=models.PROTECT, related_name="+", verbose_name=_("stakeholder group")
    )
    subgroup = models.ForeignKey(
        Subgroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("subgroup")
    )
    name = stored(nouns.Outcome, "name")
    description = stored(nouns.Outcome, "description")
    dimension = stored(nouns.Outcome, "dimension")
    level = stored(nouns.Outcome, "level")
    intended = stored(nouns.Outcome, "intended")
    direction = stored(nouns.Outcome, "direction")
    quantity = stored(nouns.Outcome, "quantity")
    quantity_low = stored(nouns.Outcome, "quantity_low")
    quantity_high = stored(nouns.Outcome, "quantity_high")
    quantity_unit = stored(nouns.Outcome, "quantity_unit")
    quantity_source = stored(nouns.Outcome, "quantity_source")
    duration = stored(nouns.Outcome, "duration")
    first_year = stored(nouns.Outcome, "first_year")
    duration_evidence = stored(nouns.Outcome, "duration_evidence")
    relevant = stored(nouns.Outcome, "relevant")
    relevance_reason = stored(nouns.Outcome, "relevance_reason")
    significant = stored(nouns.Outcome, "significant")
    significance_reason = stored(nouns.Outcome, "significance_reason")
    decision = stored(nouns.Outcome, "decision")
    decision_reason = stored(nouns.Outcome, "decision_reason")
    counterfactual = stored(nouns.Outcome, "counterfactual")
    overlap_reason = stored(nouns.Outcome, "overlap_reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            one_ref_each("outcomes_outcome"),
            *guards(nouns.Outcome, "outcome"),
            *_runs_up("quantity_low", "quantity", "quantity_high", "outcome_quantity"),
        ]


def _of_an_outcome() -> "models.ForeignKey[Outcome, Outcome]":
    return models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+", verbose_name=_("outcome"))


class Link(AccountOwned):
    """One step of a chain of events. Its cause is an output or an outcome: exactly one of the two."""

    noun = nouns.Link

    cause_output = models.ForeignKey(
        Output, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("output")
    )
    cause_outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("outcome")
    )
    effect = _of_an_outcome()
    why = stored(nouns.Link, "why")

    class Meta(AccountOwned.Meta):
        verbose_name = _("step of a chain of events")
        verbose_name_plural = _("chain of events")
        constraints: ClassVar = [
            one_ref_each("outcomes_link"),
            models.CheckConstraint(
                condition=Q(cause_output__isnull=True, cause_outcome__isnull=False)
                | Q(cause_output__isnull=False, cause_outcome__isnull=True),
                name="link_one_cause",
            ),
            models.CheckConstraint(
                condition=Q(cause_outcome__isnull=True) | ~Q(cause_outcome=F("effect")), name="link_not_to_itself"
            ),
            models.UniqueConstraint(fields=["account", "cause_output", "effect"], name="link_from_output_once"),
            models.UniqueConstraint(fields=["account", "cause_outcome", "effect"], name="link_from_outcome_once"),
        ]


class Indicator(AccountOwned):
    """How one can tell that a change happened."""

    noun = nouns.Indicator

    outcome = _of_an_outcome()
    name = stored(nouns.Indicator, "name")
    measure = stored(nouns.Indicator, "measure")
    unit = stored(nouns.Indicator, "unit")
    target = stored(nouns.Indicator, "target")

    class Meta(AccountOwned.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints: ClassVar = [one_ref_each("outcomes_indicator"), *guards(nouns.Indicator, "indicator")]


class Observation(AccountOwned):
    """What an indicator showed: a numerator and a denominator, or why there is no figure."""

    noun = nouns.Observation

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicator"))
    moment = stored(nouns.Observation, "moment")
    observed_on = stored(nouns.Observation, "observed_on")
    state = stored(nouns.Observation, "state")
    numerator = stored(nouns.Observation, "numerator")
    denominator = stored(nouns.Observation, "denominator")
    source = stored(nouns.Observation, "source")
    note = stored(nouns.Observation, "note")

    class Meta(AccountOwned.Meta):
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints: ClassVar = [
            one_ref_each("outcomes_observation"),
            *guards(nouns.Observation, "observation"),
            models.CheckConstraint(
                # Said outright: what is unknown is neither above 0 nor not, and a check takes it.
                condition=Q(state="measured", numerator__isnull=False, denominator__isnull=False, denominator__gt=0)
                | (~Q(state="measured") & Q(numerator__isnull=True, denominator__isnull=True)),
                name="observation_figure_when_measured",
            ),
        ]


class Valuation(AccountOwned):
    """What one unit of an outcome is worth, in money or in points of importance."""

    noun = nouns.Valuation

    outcome = _of_an_outcome()
    proxy = stored(nouns.Valuation, "proxy")
    value = stored(nouns.Valuation, "value")
    value_low = stored(nouns.Valuation, "value_low")
    value_high = stored(nouns.Valuation, "value_high")
    price_period = stored(nouns.Valuation, "price_period")
    weight = stored(nouns.Valuation, "weight")
    rank = stored(nouns.Valuation, "rank")
    anchor = stored(nouns.Valuation, "anchor")
    source = stored(nouns.Valuation, "source")
    link = stored(nouns.Valuation, "link")
    licence = stored(nouns.Valuation, "licence")
    asked_stakeholders = stored(nouns.Valuation, "asked_stakeholders")
    reason = stored(nouns.Valuation, "reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        constraints: ClassVar = [
            one_ref_each("outcomes_valuation"),
            *guards(nouns.Valuation, "valuation"),
            *_runs_up("value_low", "value", "value_high", "valuation_value"),
            models.UniqueConstraint(fields=["account", "outcome"], name="valuation_one_an_outcome"),
            models.UniqueConstraint(fields=["account"], condition=Q(anchor=True), name="valuation_one_anchor"),
        ]


class Adjustment(AccountOwned):
    """One of the four factors, judged for one outcome."""

    noun = nouns.Adjustment

    outcome = _of_an_outcome()
    factor = stored(nouns.Adjustment, "factor")
    figure = stored(nouns.Adjustment, "figure")
    sentence = stored(nouns.Adjustment, "sentence")
    low = stored(nouns.Adjustment, "low")
    high = stored(nouns.Adjustment, "high")
    reason = stored(nouns.Adjustment, "reason")
    source = stored(nouns.Adjustment, "source")
    judged_by = stored(nouns.Adjustment, "judged_by")

    class Meta(AccountOwned.Meta):
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        constraints: ClassVar = [
            one_ref_each("outcomes_adjustment"),
            *guards(nouns.Adjustment, "adjustment"),
            *_runs_up("low", "figure", "high", "adjustment_figure"),
            models.UniqueConstraint(fields=["account", "outcome", "factor"], name="adjustment_one_a_factor"),
        ]


class ScenarioChange(AccountOwned):
    """One assumption set to another figure in a named scenario."""

    noun = nouns.ScenarioChange

    scenario = stored(nouns.ScenarioChange, "scenario")
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("outcome")
    )
    assumption = stored(nouns.ScenarioChange, "assumption")
    figure = stored(nouns.ScenarioChange, "figure")
    reason = stored(nouns.ScenarioChange, "reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("change in a scenario")
        verbose_name_plural = _("changes in scenarios")
        constraints: ClassVar = [one_ref_each("outcomes_scenariochange"), *guards(nouns.ScenarioChange, "scenario")]


class WellBeingGoal(AccountOwned):
    """A well-being goal of Wales that an outcome relates to."""

    noun = nouns.WellBeingGoal

    outcome = _of_an_outcome()
    goal = stored(nouns.WellBeingGoal, "goal")
    how = stored(nouns.WellBeingGoal, "how")

    class Meta(AccountOwned.Meta):
        verbose_name = _("well-being goal")
        verbose_name_plural = _("well-being goals")
        constraints: ClassVar = [
            one_ref_each("outcomes_wellbeinggoal"),
            *guards(nouns.WellBeingGoal, "wellbeinggoal"),
            models.UniqueConstraint(fields=["account", "outcome", "goal"], name="wellbeinggoal_once"),
        ]


class SdgTarget(AccountOwned):
    """A target of the Sustainable Development Goals that an outcome relates to."""

    noun = nouns.SdgTarget

    outcome = _of_an_outcome()
    target = stored(nouns.SdgTarget, "target")
    how = stored(nouns.SdgTarget, "how")

    class Meta(AccountOwned.Meta):
        verbose_name = _("target of the Sustainable Development Goals")
        verbose_name_plural = _("targets of the Sustainable Development Goals")
        constraints: ClassVar = [
            one_ref_each("outcomes_sdgtarget"),
            models.UniqueConstraint(fields=["account", "outcome", "target"], name="sdgtarget_once"),
        ]


class Evidence(AccountOwned):
    """What somebody could look at to check a statement. `about_row` is the ref of that row, in the same account."""

    noun = nouns.Evidence

    about_row = models.CharField(_("what it is about"), max_length=40, blank=True)
    kind = stored(nouns.Evidence, "kind")
    name = stored(nouns.Evidence, "name")
    link = stored(nouns.Evidence, "link")
    dated = stored(nouns.Evidence, "dated")
    note = stored(nouns.Evidence, "note")
    file_name = stored(nouns.Evidence, "file_name")
    file_sha256 = stored(nouns.Evidence, "file_sha256")

    class Meta(AccountOwned.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints: ClassVar = [one_ref_each("outcomes_evidence"), *guards(nouns.Evidence, "evidence")]


class Explanation(AccountOwned):
    """The written reason that a check of the principles asks for."""

    noun = nouns.Explanation

    check_name = stored(nouns.Explanation, "check_name")
    item = stored(nouns.Explanation, "item")
    reason = stored(nouns.Explanation, "reason")

    class Meta(AccountOwned.Meta):
        verbose_name = _("reason given")
        verbose_name_plural = _("reasons given")
        constraints: ClassVar = [one_ref_each("outcomes_explanation")]


class EvidenceFile(models.Model):
    """A file that bears something out, kept once for an account under its SHA-256; never changed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("account"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("name of the file"), max_length=200)
    file = models.FileField(_("file"), upload_to="evidence/")
    size = models.PositiveBigIntegerField(_("bytes"))
    kept_at = models.DateTimeField(_("kept since"))
    kept_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("kept by")
    )

    class Meta:
        verbose_name = _("file of evidence")
        verbose_name_plural = _("files of evidence")
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "sha256"], name="evidencefile_once")]

    def __str__(self) -> str:
        return self.name


class RefusedWorkbook(models.Model):
    """A workbook that could not be brought in, with its bad cells marked: kept for a day for the one who sent it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("name of the file"), max_length=200)
    file = models.FileField(_("file"), upload_to="refused/")
    kept_at = models.DateTimeField(_("kept since"))

    class Meta:
        verbose_name = _("refused workbook")
        verbose_name_plural = _("refused workbooks")

    def __str__(self) -> str:
        return self.name

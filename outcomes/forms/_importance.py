"""The form by which the importance of all outcomes is said at once: points shared out, or a ranking, and an anchor."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import Column, column
from accounts.nouns import ImportanceBy
from outcomes import intake, shown
from outcomes.forms._fields import Answer, field, shown_value
from outcomes.forms._row import version_of
from outcomes.nouns import Facts, Outcome, Valuation
from outcomes.services import CHANGE_REASON, Shares

USUAL_TOTAL = Decimal(100)
SAID = ("source", "asked_stakeholders", "reason")
_TYPED_AS = {ImportanceBy.POINTS: "weight", ImportanceBy.RANKING: "rank"}
_GIVEN, _SEEN = "given-", "seen-"


class ImportanceForm(forms.Form):
    """What each outcome matters, next to the others."""

    marks_optional = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        by: ImportanceBy,
        outcomes: Sequence[Outcome],
        facts: Facts,
        *,
        seen: Mapping[str, int],
        version: int,
        typed: Mapping[str, Any] | None = None,
        asks_why: bool = False,
        pool: str = "",
    ) -> None:
        """Show what was said so far; `seen` are the versions of the valuations by outcome, `version` the account's.

        `pool` is how many points there were to share out when the form was sent; no account keeps that.
        """
        self.by, self.outcomes, self.facts = by, outcomes, facts
        self.rows = {each.outcome: each for each in reversed(facts.valuations)}
        super().__init__(data=typed, initial={"version": version})
        if by is ImportanceBy.POINTS:
            self.fields["total"] = _total()
        for outcome in outcomes:
            self._ask_of(outcome, seen.get(outcome.ref, 0))
        self.fields["anchor"] = self._anchor()
        for name in SAID:
            self.fields[name] = _without_example(field(column(Valuation, name), facts, None, "", noun=Valuation))
            self.initial[name] = self._said_of_all(name)
        self._in_words()
        if asks_why:
            self.fields[CHANGE_REASON] = _why()
        there_are = _read(column(Valuation, "weight"), pool) or self.shared or USUAL_TOTAL
        self.initial.setdefault("total", parsing.plain(there_are))

    @property
    def column(self) -> Column:
        """Return the column that the figures of the outcomes go to: points, or places."""
        return column(Valuation, _TYPED_AS[self.by])

    @property
    def given(self) -> list[tuple[Outcome, forms.BoundField]]:
        """Return each outcome with the field of its points or its place."""
        return [(each, self[f"{_GIVEN}{each.ref}"]) for each in self.outcomes]

    @property
    def shared(self) -> Decimal:
        """Return how many points are shared out, as far as they can be read."""
        typed = [_read(self.column, self[f"{_GIVEN}{each.ref}"].value()) for each in self.outcomes]
        return sum((each for each in typed if each is not None), Decimal(0))

    @property
    def to_share(self) -> Decimal:
        """Return the points that there are to share out."""
        found = _read(column(Valuation, "weight"), self["total"].value())
        return USUAL_TOTAL if found is None else found

    @property
    def shares(self) -> Shares:
        """Return what was typed, for the service."""
        given = {each.ref: self._sent(f"{_GIVEN}{each.ref}") for each in self.outcomes}
        said = {name: self._sent(name) for name in SAID}
        return Shares(by=self.by, given=given, anchor=self._sent("anchor"), said=said)

    @property
    def seen(self) -> dict[str, int]:
        """Return the versions that the form was opened on."""
        return {each.ref: version_of({"version": self._sent(f"{_SEEN}{each.ref}")}) for each in self.outcomes}

    @property
    def why(self) -> str:
        """Return the reason for the change, where one is asked for."""
        return self._sent(CHANGE_REASON)

    def differences(self) -> list[dict[str, str]]:
        """Return each outcome of which something else was typed than is saved now."""
        found = []
        for each in self.outcomes:
            typed = self._sent(f"{_GIVEN}{each.ref}").strip()
            saved = shown_value(self.column, self.rows.get(each.ref))
            if _read(self.column, typed) != _read(self.column, saved):
                found.append({"label": each.name, "mine": typed, "theirs": saved})
        return found

    def over(self, seen: Mapping[str, int], version: int) -> None:
        """Let what was typed be saved over the versions that are there now, if the person still wants it."""
        fresh = {f"{_SEEN}{each.ref}": str(seen.get(each.ref, 0)) for each in self.outcomes}
        self.data = {**{name: self.data.get(name) for name in self.data}, **fresh, "version": str(version)}

    def explain(self, reasons: Iterable[intake.Reason]) -> None:
        """Put each reason at its field; what is about none of them stands at the top."""
        self.is_valid()
        outcome_of = {row.ref: row.outcome for row in self.rows.values()}
        for reason in reasons:
            self.add_error(self._place(reason, outcome_of), intake.said(reason, _))

    def _place(self, reason: intake.Reason, outcome_of: Mapping[str, str]) -> str | None:
        given = f"{_GIVEN}{outcome_of.get(reason.ref, reason.ref)}"
        if reason.field in {"weight", "rank"} and given in self.fields:
            return given
        if reason.field in {"anchor", "value"}:
            return "anchor"
        return reason.field if reason.field in self.fields else None

    def _ask_of(self, outcome: Outcome, seen: int) -> None:
        row, name = self.rows.get(outcome.ref), f"{_GIVEN}{outcome.ref}"
        made: Any = field(self.column, self.facts, row, shown_value(self.column, row), noun=Valuation)
        made.label, made.help_text, made.example, made.term = outcome.name, self._about(outcome, row), "", None
        if self.by is ImportanceBy.POINTS:
            made.widget.attrs["data-points"] = ""
        self.fields[name] = made
        self.initial[name] = shown_value(self.column, row)
        self.fields[f"{_SEEN}{outcome.ref}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[f"{_SEEN}{outcome.ref}"] = seen

    def _about(self, outcome: Outcome, row: Valuation | None) -> str:
        """Return what helps to judge an outcome: for whom it is, which way it points, its value in money if any."""
        group = next((each.name for each in self.facts.stakeholders if each.ref == outcome.stakeholder), "")
        way = _(outcome.direction.label).lower() if outcome.direction else ""
        worth = ""
        if row is not None and row.value is not None:
            worth = _("%(value)s in money") % {"value": shown.money(row.value, self.facts.account.currency)}
        return " · ".join(filter(None, [outcome.ref, group, way, worth]))

    def _anchor(self) -> forms.Field:
        in_money = [each for each in self.outcomes if (row := self.rows.get(each.ref)) and row.value is not None]
        choices = [("", _("None: leave the points as points")), *((each.ref, each.name) for each in in_money)]
        self.initial["anchor"] = next((each.outcome for each in self.rows.values() if each.anchor), "")
        made = Answer(choices=choices, required=False, label=_("Hold the others against one value in money?"))
        made.help_text = _(
            "The outcome that you choose is the anchor. Others without a value in money then follow from it in"
            " proportion to their points, and the account says so."
        )
        return made

    def _said_of_all(self, name: str) -> str:
        """Return what those outcomes say that have points and no price, if they all say the same."""
        told = {
            shown_value(column(Valuation, name), row)
            for each in self.outcomes
            if (row := self.rows.get(each.ref)) and row.weight is not None and row.value is None
        }
        return told.pop() if len(told) == 1 else ""

    def _in_words(self) -> None:
        self.fields["source"].label = _("Who said so, and when")
        self.fields["source"].help_text = _("Where the points or the order come from.")
        self.fields["asked_stakeholders"].label = _("Did those whom it happens to say so themselves?")
        self.fields["reason"].label = _("Why these, and how you went about it")

    def _sent(self, name: str) -> str:
        return str(self.data.get(name) or "")


def _without_example(made: Any) -> forms.Field:
    """Return a field without the example and the term that go with the value of one outcome."""
    made.example, made.term = "", None
    field_made: forms.Field = made
    return field_made


def _total() -> forms.Field:
    made: Any = forms.CharField(
        required=False,
        label=_("Points to share out"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "data-total": ""}),
    )
    made.help_text = _("Any number will do: 100, or a pile of 20 beans. Only how the points compare counts.")
    return made


def _why() -> forms.Field:
    return forms.CharField(
        required=False,
        strip=False,
        label=_("Why it changes"),
        help_text=_("This account was submitted before: whoever moves a figure says why. It goes into the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _read(declared: Column, typed: Any) -> Decimal | None:
    """Return a figure as far as it can be read: for adding up, and to tell whether two are the same."""
    try:
        found = parsing.read(declared, typed)
    except parsing.Refused:
        return None
    return None if found is None else Decimal(found)

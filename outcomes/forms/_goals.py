"""The form of the well-being goals of Wales that one outcome relates to: seven boxes, and how it relates to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts import parsing
from accounts.columns import column
from outcomes.nouns import Facts, Goal, WellBeingGoal
from outcomes.services import goals_of
from outcomes.wales import ENGLISH, WELSH

_HOW = column(WellBeingGoal, "how")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A goal by both its names: the box to tick, and where one says how the outcome relates to it."""

    english: str
    welsh: str
    tick: forms.BoundField
    how: forms.BoundField


class GoalsForm(forms.Form):
    """The goals that one outcome relates to."""

    marks_optional = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, facts: Facts, outcome: str, versions: Mapping[str, int], *, typed: Mapping[str, Any] | None = None
    ) -> None:
        """Show what the outcome relates to; with `typed`, what a person chose over it."""
        self._held = goals_of(facts, outcome)
        seen = " ".join(f"{row.ref}:{versions.get(row.ref, 0)}" for row in self._held.values())
        super().__init__(data=typed, initial={"seen": seen})
        for goal in Goal:
            row = self._held.get(goal)
            self.fields[f"goal_{goal.value}"] = forms.BooleanField(
                required=False, initial=row is not None, label=ENGLISH[goal]
            )
            self.fields[f"how_{goal.value}"] = forms.CharField(
                required=False,
                strip=False,
                initial=row.how if row else "",
                label=_(_HOW.label),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def boxes(self) -> list[Box]:
        """Return the seven goals in the order of the Act."""
        return [
            Box(
                english=ENGLISH[goal],
                welsh=WELSH[goal],
                tick=self[f"goal_{goal.value}"],
                how=self[f"how_{goal.value}"],
            )
            for goal in Goal
        ]

    def clean(self) -> dict[str, Any]:
        """Judge the words, and that none stand at a goal that is not ticked: saving would lose them."""
        said = dict(super().clean() or {})
        for goal in Goal:
            name = f"how_{goal.value}"
            try:
                words = parsing.read(_HOW, said.get(name))
            except parsing.Refused as refused:
                self.add_error(name, _(refused.message) % refused.params)
                continue
            if words and not said.get(f"goal_{goal.value}") and goal not in self._held:
                self.add_error(name, _("Tick the goal that this is about, or clear these words."))
        return said

    def chosen(self) -> dict[Goal, str]:
        """Return the goals that are ticked, each with how the outcome relates to it."""
        said = self.cleaned_data
        return {goal: parsing.read(_HOW, said[f"how_{goal.value}"]) for goal in Goal if said[f"goal_{goal.value}"]}

    def versions_seen(self) -> dict[str, int]:
        """Return the versions that the page showed; what is no version is none that any row has."""
        pairs = (each.rpartition(":") for each in str(self.data.get("seen", "")).split())
        return {
            ref: int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
            for ref, _colon, version in pairs
        }

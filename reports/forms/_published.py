"""Which of the published reports a funder asks for."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts.nouns import AccountKind
from reports.forms._fields import Line


class _AnyOf(forms.ChoiceField):
    """One of some answers; an address with another one finds nothing, and is no fault."""

    def valid_value(self, value: Any) -> bool:
        """Take any answer."""
        return isinstance(value, str)


class Published(forms.Form):
    """Which of the published reports are asked for. It is sent by GET, so that what was found has an address."""

    marks_optional = False
    words = Line(
        label=_("Search"),
        required=False,
        help_text=_("Part of the name of an organisation, an account or a grant, or of a grant’s identifier."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    organisation = _AnyOf(label=_("Organisation"), required=False)
    year = _AnyOf(label=_("Year that it covers"), required=False)
    kind = _AnyOf(label=_("Forecast or evaluative"), required=False)
    state = _AnyOf(label=_("Does it stand?"), required=False)
    level = _AnyOf(label=_("Who stands behind it?"), required=False)
    conclusion = _AnyOf(label=_("What did the assurer conclude?"), required=False)
    changed = forms.BooleanField(label=_("Only what is new since my last visit"), required=False)

    def __init__(
        self,
        typed: Any,
        *,
        organisations: list[str],
        years: list[int],
        kinds: list[str],
        levels: Mapping[str, str],
        conclusions: Mapping[str, str],
    ) -> None:
        """Offer what there is among the reports that somebody may read."""
        super().__init__(typed)
        labels = {each.value: __(each.label) for each in AccountKind}
        states = [("current", __("Current")), ("superseded", __("Superseded")), ("withdrawn", __("Withdrawn"))]
        self._offer("organisation", __("Any"), [(each, each) for each in organisations])
        self._offer("year", __("Any"), [(str(each), str(each)) for each in years])
        self._offer("kind", __("Either"), [(each, labels.get(each, each)) for each in kinds])
        self._offer("state", __("Any"), states)
        self._offer("level", __("Anybody"), levels.items())
        self._offer("conclusion", __("Anything"), conclusions.items())
        self.levels, self.conclusions = levels, conclusions

    def _offer(self, name: str, everything: str, answers: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *answers]

    @property
    def is_narrow(self) -> bool:
        """Return whether something narrower than everything was asked for."""
        return any(str(self.data.get(name, "")).strip() for name in self.fields)

    @property
    def is_filtered(self) -> bool:
        """Return whether more was asked for than words."""
        return any(str(self.data.get(name, "")).strip() for name in self.fields if name != "words")

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for, for `funding.published`; what cannot be understood narrows nothing."""
        self.is_valid()
        said = dict(self.cleaned_data)
        year, state = said.get("year", ""), said.get("state", "")
        return said | {
            "year": int(year) if re.fullmatch("[0-9]{4}", year) and int(year) else None,
            "state": state if state in {"current", "superseded", "withdrawn"} else "",
            "level": said["level"] if said.get("level") in self.levels else "",
            "conclusion": said["conclusion"] if said.get("conclusion") in self.conclusions else "",
        }

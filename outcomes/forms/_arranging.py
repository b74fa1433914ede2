"""What is asked before a row is removed or copied."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.columns import Noun
from outcomes import intake
from outcomes.nouns import BY_SLUG
from outcomes.services import BELONGINGS, CHANGE_REASON


class _Asked(forms.Form):
    """A form of few questions, to which the service says no in its own words."""

    marks_optional = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def why(self) -> str:
        """Return the reason as typed."""
        return str(self.data.get(CHANGE_REASON, ""))

    def explain(self, reasons: Iterable[intake.Reason]) -> None:
        """Put each reason at its field; one about something else stands at the top."""
        self.is_valid()
        for reason in reasons:
            at = reason.field if reason.field in self.fields else None
            self.add_error(at, intake.said(reason, _))

    def _ask_why(self, label: str, help_text: str) -> None:
        self.fields[CHANGE_REASON] = forms.CharField(
            required=False, strip=False, label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3})
        )


class RemoveForm(_Asked):
    """Why a row is removed, where somebody will want to know."""

    going = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        """Ask why if `asks`. `going` is the fingerprint of what was shown as going with the row."""
        super().__init__(*args, **kwargs)
        if asks:
            self._ask_why(_("Why is it removed?"), _("The list of everything that was ever raised says so."))


class CopyForm(_Asked):
    """What is copied along with a row."""

    def __init__(self, *args: Any, belongings: Iterable[type[Noun]], asks_why: bool, **kwargs: Any) -> None:
        """Offer what belongs to the row, all of it chosen from the start."""
        super().__init__(*args, **kwargs)
        choices = [(noun.slug, _(noun.title)) for noun in belongings]
        if choices:
            self.fields["along"] = forms.MultipleChoiceField(
                label=_("Copy along with it"),
                choices=choices,
                required=False,
                initial=[slug for slug, _title in choices],
                widget=forms.CheckboxSelectMultiple,
            )
        if asks_why:
            self._ask_why(_("Why are you adding these figures?"), _("Your reason goes into the history."))

    def along(self) -> list[type[Noun]]:
        """Return the nouns that were chosen; what cannot be copied along is not among them."""
        chosen = self.data.getlist("along") if hasattr(self.data, "getlist") else self.data.get("along", [])
        return [BY_SLUG[slug] for slug in chosen if slug in BY_SLUG and BY_SLUG[slug] in BELONGINGS]

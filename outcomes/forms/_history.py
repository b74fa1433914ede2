"""What of a history is asked for."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.nouns import AccountDetails
from outcomes.nouns import BY_SLUG

_DAY = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"]
_BAD_DAY = gettext_lazy("Write the day as 31/03/2025.")


class _Choice(forms.ChoiceField):
    """One of some answers; an address with another one finds nothing, and is no fault."""

    def valid_value(self, value: Any) -> bool:
        """Take any answer."""
        return isinstance(value, str)


class HistoryForm(forms.Form):
    """By whom, what, to what, and when. It is sent by GET, so that what was found has an address."""

    marks_optional = False
    person = _Choice(label=gettext_lazy("By whom"), required=False)
    verb = _Choice(label=gettext_lazy("What was done"), required=False)
    noun = _Choice(label=gettext_lazy("To what"), required=False)
    ref = forms.CharField(label=gettext_lazy("Ref"), required=False, max_length=40)
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        input_formats=_DAY,
        error_messages={"invalid": _BAD_DAY},
        widget=forms.TextInput(attrs={"placeholder": "", "inputmode": "numeric", "autocomplete": "off"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        input_formats=_DAY,
        error_messages={"invalid": _BAD_DAY},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, typed: Any, *, kinds: Iterable[Any], verbs: Callable[[str], str]) -> None:
        """Offer the people, the verbs and the nouns that the history knows. `verbs` says a verb in words."""
        super().__init__(typed)
        known = list(kinds)
        people = {str(each.person_id or ""): each.name for each in known if each.person_id}
        by_hand = [("operator", _("An operator"))] if any(each.person_id is None for each in known) else []
        done = {each.verb: verbs(each.verb) for each in known}
        nouns = {each.noun: _noun_called(each.noun) for each in known if each.noun}
        self._offer("person", _("Anybody"), [*sorted(people.items(), key=lambda each: each[1]), *by_hand])
        self._offer("verb", _("Anything"), sorted(done.items(), key=lambda each: each[1]))
        self._offer("noun", _("Anything"), sorted(nouns.items(), key=lambda each: each[1]))
        for name in ("since", "until"):
            days: Any = self.fields[name]
            days.example = "31/03/2025"

    def _offer(self, name: str, everything: str, answers: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *answers]

    @property
    def is_narrow(self) -> bool:
        """Return whether something narrower than everything was asked for."""
        return any(str(self.data.get(name, "")).strip() for name in self.fields)

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for, for `records.filtered`; what cannot be understood narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        since, until = said.get("since"), said.get("until")
        return {
            **{name: said.get(name, "") for name in ("person", "verb", "noun", "ref")},
            "since": _midnight(since) if since else None,
            "before": _midnight(until + dt.timedelta(days=1)) if until and until < dt.date.max else None,
        }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=get_current_timezone())


def _noun_called(slug: str) -> str:
    noun = AccountDetails if slug == AccountDetails.slug else BY_SLUG.get(slug)
    return _(noun.title) if noun else slug

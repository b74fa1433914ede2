"""The few questions with which an account is started; all else has a default or can wait."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms

from accounts.columns import Choice, column
from accounts.nouns import AccountDetails, Edition, Language
from outcomes import intake
from outcomes.forms._fields import field
from outcomes.nouns import Facts

ASKED = ("name", "activity", "kind", "period_start", "period_end")

DEFAULTS: Mapping[str, str] = {
    "currency": "GBP",
    "discount_rate": "3.5%",
    "year_one_is_discounted": "yes",
    "significance_threshold": "5%",
    "edition": Edition.SEVEN.value,
}
"""What an account starts with unless somebody says otherwise: the page says so, and each can be changed later."""


class StartForm(forms.Form):
    """What an account is called, what it is about, of which kind, and for which months."""

    marks_optional = False
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, typed: Mapping[str, Any] | None = None) -> None:
        """Ask, with what was typed if anything was; each form that is shown has a key of its own."""
        super().__init__(data=typed, initial={"key": uuid4()})
        nothing = Facts(account=AccountDetails(**_NOTHING))
        for name in ASKED:
            self.fields[name] = field(column(AccountDetails, name), nothing, None, "", noun=AccountDetails)
        kind: Any = self.fields["kind"]
        kind.choices = [answer for answer in kind.choices if answer[0]]  # "not answered" is no way to start

    @property
    def rows(self) -> tuple[tuple[forms.BoundField, ...], ...]:
        """Return the fields row by row: those in one row stand side by side."""
        return (
            (self["name"],),
            (self["activity"],),
            (self["kind"],),
            (self["period_start"], self["period_end"]),
        )

    def typed(self, language: Choice) -> dict[str, Any]:
        """Return what was typed, with the defaults for what is not asked."""
        said = {name: self.data.get(name, "") for name in ASKED}
        return {**DEFAULTS, "language": language.value, **said}

    def key_sent(self) -> UUID:
        """Return the key that came with the form; a new one if none did, or none that could be."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return uuid4()

    def explain(self, reasons: Iterable[intake.Reason], translate: Any) -> None:
        """Put each reason at its field; one about a field that is not asked stands at the top."""
        self.is_valid()
        for reason in reasons:
            self.add_error(reason.field if reason.field in ASKED else None, intake.said(reason, translate))


def language_of(code: str) -> Language:
    """Return the language that an account is written in by somebody who reads this site in the language of a code."""
    return Language.WELSH if code.startswith(Language.WELSH.value) else Language.ENGLISH


_NOTHING: dict[str, Any] = {"name": "", "kind": None, "currency": "GBP", "year_one_is_discounted": True}

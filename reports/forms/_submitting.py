"""Reasons and somebody’s word, to submit an account; and why it is taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as __, gettext_lazy as _

from reports.forms._fields import Words

_REASON = "reason-"


class Reasons(forms.Form):
    """A reason for each check that wants one; any of them can be left for later."""

    marks_optional = False
    all_wanted = False

    def __init__(
        self,
        asked: Mapping[str, str],
        typed: Mapping[str, Any] | None = None,
        initially: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for a reason for each of these checks: the question of each, by its slug."""
        super().__init__(data=typed, initial=dict(initially or {}))
        self.asked = dict(asked)
        for slug, question in asked.items():
            self.fields[_REASON + slug] = Words(
                label=format_html('{}<span class="visually-hidden">: {}</span>', __("Your reason"), question),
                required=self.all_wanted,
                error_messages={"required": __("“%(check)s” needs a reason here.") % {"check": question}},
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def field_of(self, slug: str) -> forms.BoundField:
        """Return where the reason for a check is typed."""
        return self[_REASON + slug]

    @property
    def reasons(self) -> dict[str, str]:
        """Return the reasons that were given, by the slug of their check."""
        given = {slug: self.cleaned_data.get(_REASON + slug, "") for slug in self.asked}
        return {slug: reason for slug, reason in given.items() if reason}


class Submission(Reasons):
    """Submit: every reason that is wanted, and the word that it is done in the organisation's name."""

    all_wanted = True
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    in_our_name = forms.BooleanField(
        error_messages={"required": _("Tick this if you submit it in your organisation’s name.")}
    )

    def __init__(
        self,
        asked: Mapping[str, str],
        typed: Mapping[str, Any] | None = None,
        initially: Mapping[str, Any] | None = None,
        *,
        read: str,
        organisation: str,
    ) -> None:
        """Ask in the name of this organisation; `read` is the fingerprint of what the page shows."""
        super().__init__(asked, typed, initially)
        self.initial["read"] = read
        self.order_fields([name for name in self.fields if name != "in_our_name"])
        self.fields["in_our_name"].label = __(
            "I have read this account, and submit it in the name of %(organisation)s. It says what we know and how we"
            " know it, also where it does not speak for us."
        ) % {"organisation": organisation}


class TakingBack(forms.Form):
    """Why a submitted account is taken back."""

    reason = Words(
        label=_("Why do you take it back?"),
        help_text=_("A sentence or two. It goes into the history of the account."),
        error_messages={"required": _("Say in a sentence or two why you take it back.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def typed_reasons(typed: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Return what was typed as reasons for these checks, as it was typed."""
    return {slug: text for slug in known if (text := str(typed.get(_REASON + slug, ""))).strip()}

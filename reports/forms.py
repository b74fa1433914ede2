"""What people hand over: reasons and their word, to submit an account; a code or a file, to see if it is ours."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts import parsing
from accounts.columns import column
from outcomes.nouns import Explanation
from reports import codes


class CodeToCheck(forms.Form):
    """The code that stands on the last page of a report."""

    marks_optional = False

    code = forms.CharField(
        label=_("The code on the last page"),
        max_length=40,
        error_messages={"required": _("Type the code of the report.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-typed"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what a code looks like."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.example = "7K3M-9QXD-2R4F"

    def clean_code(self) -> str:
        """Return the code as we write it, however it was typed."""
        try:
            return codes.read(self.cleaned_data["code"])
        except codes.NotACode as refused:
            raise forms.ValidationError(__(refused.message)) from refused


class FileToCheck(forms.Form):
    """The file itself."""

    marks_optional = False

    file = forms.FileField(
        label=_("The PDF file"),
        help_text=_("The file is looked at and forgotten. It is not kept."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the PDF file of the report.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


# --- Submitting -----------------------------------------------------------------------------------------------------

_REASON = "reason-"


class _Words(forms.CharField):
    """Words as every other door reads them: what cannot be taken is refused in the same sentence."""

    def clean(self, value: Any) -> Any:
        """Return the words that were typed."""
        try:
            words = parsing.read(column(Explanation, "reason"), value)
        except parsing.Refused as refused:
            raise ValidationError(__(refused.message) % refused.params) from refused
        if self.required and not words:
            raise ValidationError(self.error_messages["required"])
        return words


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
            self.fields[_REASON + slug] = _Words(
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

    reason = _Words(
        label=_("Why do you take it back?"),
        help_text=_("A sentence or two. It goes into the history of the account."),
        error_messages={"required": _("Say in a sentence or two why you take it back.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Withdrawing(forms.Form):
    """Why a published report is withdrawn."""

    reason = _Words(
        label=_("Why do you withdraw it?"),
        help_text=_("A sentence or two, without anybody’s name. Everybody who checks the report reads it."),
        error_messages={"required": _("Say in a sentence or two why you withdraw it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def typed_reasons(typed: Mapping[str, Any], known: Iterable[str]) -> dict[str, str]:
    """Return what was typed as reasons for these checks, as it was typed."""
    return {slug: text for slug in known if (text := str(typed.get(_REASON + slug, ""))).strip()}

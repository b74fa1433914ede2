"""What is asked before codes are made, of those who reply, and about an objection."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts import parsing
from accounts.columns import Column, column
from accounts.nouns import AccountDetails
from outcomes.nouns import Explanation
from stakeholders.nouns import FEWEST_CODES, MOST_CODES, Involvement

YES, NO = "yes", "no"
LONGEST_REPLY = 2_000


def _read(declared: Column, typed: Any) -> Any:
    """Return what was typed, as every other door reads it."""
    try:
        return parsing.read(declared, typed)
    except parsing.Refused as refused:
        raise ValidationError(__(refused.message) % refused.params) from refused


class RoundForm(forms.Form):
    """How many codes are made, and until when they are good."""

    marks_optional = False
    codes = forms.CharField(
        label=_("How many codes?"),
        error_messages={"required": _("Say how many codes you want.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    closes_on = forms.CharField(
        label=_("Until which day can people reply?"),
        help_text=_("Give them two weeks or more."),
        error_messages={"required": _("Say until which day people can reply.")},
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, wanted: int, day: str, typed: Mapping[str, Any] | None = None) -> None:
        """Offer as many codes as people took part; each form that is shown has a key of its own."""
        super().__init__(typed, initial={"codes": str(wanted), "closes_on": day, "key": uuid4()})
        self.fields["codes"].help_text = __(
            "One for each person who may reply, from %(fewest)s to %(most)s. At first it is how many took part."
        ) % {"fewest": FEWEST_CODES, "most": MOST_CODES}
        field: Any = self.fields["closes_on"]
        field.example = day

    def clean_codes(self) -> int:
        """Return the number of codes, which the service holds to its limits."""
        wanted = _read(column(Involvement, "took_part"), self.cleaned_data["codes"])
        if not FEWEST_CODES <= wanted <= MOST_CODES:
            said = __("Make from %(fewest)s to %(most)s codes. With fewer, it would be plain who said what.")
            raise ValidationError(said % {"fewest": FEWEST_CODES, "most": MOST_CODES})
        return int(wanted)

    def clean_closes_on(self) -> Any:
        """Return the last day."""
        return _read(column(AccountDetails, "reporting_date"), self.cleaned_data["closes_on"])

    def key_sent(self) -> UUID:
        """Return the key that came with the form; a new one if none did, or none that could be."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return uuid4()


class CodeForm(forms.Form):
    """The code on a slip of paper."""

    marks_optional = False
    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        error_messages={
            "required": _("Type the code on your paper."),
            "max_length": _("This is too long for a code. Look at your paper and type it again."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-typed"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what a code looks like."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.example = "7K3M-9QXD-2R4F"


class ReplyForm(forms.Form):
    """Whether this is what they said, and anything more. Either may be left out."""

    marks_optional = False
    agrees = forms.ChoiceField(
        label=_("Is this right?"),
        required=False,
        choices=[(YES, _("Yes, this is what we said")), (NO, _("No, something is wrong"))],
        widget=forms.RadioSelect(attrs={"class": "big-choices"}),
    )
    words = forms.CharField(
        label=_("Do you want to say more?"),
        required=False,
        strip=False,
        help_text=_("If something is wrong, say what. You can leave this empty. Write no names."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        """Return what was written."""
        words = str(_read(column(Explanation, "reason"), self.cleaned_data["words"]))
        if len(words) > LONGEST_REPLY:
            raise ValidationError(__("This is too long. Write %(most)s letters or fewer.") % {"most": LONGEST_REPLY})
        return words

    def clean(self) -> dict[str, Any]:
        """Ask once what is wrong; whoever does not want to say it sends the same again."""
        read: dict[str, Any] = super().clean() or {}
        if read.get("agrees") == NO and not read.get("words") and "words" not in self.errors and not read.get("asked"):
            self.add_error("words", __("What is wrong? If you do not want to say, press “Send” again."))
            self.data = {**{name: self.data.get(name, "") for name in self.fields}, "asked": "yes"}
        return read

    @property
    def choice(self) -> bool | None:
        """Return whether they agree; None if they did not say."""
        return {YES: True, NO: False}.get(self.cleaned_data["agrees"])


class AnswerForm(forms.Form):
    """What was done about an objection."""

    text = forms.CharField(
        label=_("What did you do about it?"),
        strip=False,
        help_text=_("Say what you changed, or why you did not. It stays as you send it."),
        error_messages={"required": _("Say in a sentence or two what you did.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """Return what was written."""
        words = str(_read(column(Explanation, "reason"), self.cleaned_data["text"]))
        if not words:
            raise ValidationError(self.fields["text"].error_messages["required"])
        return words

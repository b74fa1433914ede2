"""What an assurer declares, asks, judges and concludes; and what they are answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts.words import gettext_noop
from reports import statement
from reports.forms._fields import one_of, said


class Declaration(forms.Form):
    """How independent an assurer is."""

    independence = said(
        _("How are you independent of this organisation?"),
        _("Say in a sentence or two how independent you are."),
        help_text=_("It goes into the statement. For example: I never worked for them, and nobody close to me does."),
    )
    interests = said(
        _("What interests do you have that a reader should know of?"),
        "",
        help_text=_("Work, money, family, friends, a place on a board. Leave it empty if there are none."),
        required=False,
    )
    conflict = one_of(
        _("Does any of this stop you from judging freely?"),
        {"no": gettext_noop("No, I can judge freely"), "yes": gettext_noop("Yes, there is a conflict of interest")},
        _("Answer yes or no."),
    )


class Judging(forms.Form):
    """What an assurer says of a principle."""

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    verdict = one_of(_("How does the account stand with it?"), statement.VERDICTS, _("Choose one."))
    finding = said(_("What did you find?"), _("Say in a sentence or two what you found."))
    recommendation = said(
        _("What should the organisation do?"),
        "",
        help_text=_("Wanted unless the principle is plainly met."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a recommendation unless the principle is met."""
        given = super().clean() or {}
        if given.get("verdict") not in {None, "met"} and not given.get("recommendation"):
            self.add_error("recommendation", __("Say what the organisation should do."))
        return given


class Tracing(forms.Form):
    """What came of following a piece of evidence to its source."""

    result = one_of(_("What did you see?"), statement.TRACED, _("Choose one."))
    traced = said(_("What did you look at, and how?"), _("Say in a sentence or two what you looked at."))


class Asking(forms.Form):
    """A question to the organisation."""

    about = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Say what the question is about.")},
    )
    text = said(_("Your question"), _("Type the question."))


class Answering(forms.Form):
    """An answer to an assurer."""

    text = said(_("Your answer"), _("Type the answer."))


class Returning(forms.Form):
    """Why an account is returned."""

    reason = said(
        _("What has to be mended?"),
        _("Say what has to be mended."),
        help_text=_("The organisation reads this, and what you found under each principle."),
        rows=6,
    )


class Concluding(forms.Form):
    """What an assurance comes to."""

    conclusion = one_of(_("What do you conclude?"), statement.CONCLUSIONS, _("Choose one."))
    summary = said(_("In a sentence or two"), _("Say it in a sentence or two."))
    years = one_of(
        _("How long does it hold?"),
        {"1": gettext_noop("One year"), "2": gettext_noop("Two years"), "3": gettext_noop("Three years")},
        _("Choose how long it holds."),
    )

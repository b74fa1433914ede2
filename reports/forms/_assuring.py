"""What an assurer declares, asks, judges and concludes; and what they are answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts.words import gettext_noop
from reports import statement
from reports.forms._fields import Line, one_of, said


class Declaration(forms.Form):
    """How independent an assurer is; of a panel, also who sits on it."""

    panel = said(
        _("Who sits on the panel?"),
        _("Name everybody who sits on the panel, you among them."),
        help_text=_(
            "Each by name, with the organisation that they come from. The names go into the statement. Ask them first."
        ),
    )
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

    def __init__(self, typed: Any = None, *, is_panel: bool = False) -> None:
        """Ask for the members where the assurance is that of a panel."""
        super().__init__(typed)
        if not is_panel:
            del self.fields["panel"]
        elif typed is not None and typed.get("conflict") == "yes":
            self.fields["panel"].required = False


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
    """A question to the organisation, about an item of what it submitted."""

    marks_optional = False
    about = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        help_text=_("Beside each item that you read there is a link that chooses it for you."),
        error_messages={"invalid_choice": _("Choose one of these, or “Something else”.")},
    )
    other = Line(
        label=_("If it is something else, what?"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = said(_("Your question"), _("Type the question."))

    def __init__(self, offered: Any, typed: Any = None, initial: Any = None) -> None:
        """Offer these items, in groups."""
        super().__init__(typed, initial=initial)
        field: Any = self.fields["about"]
        field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Ask in words what it is about where none of the items is chosen."""
        given = super().clean() or {}
        if "about" in given and not given["about"] and not given.get("other") and "other" not in self.errors:
            self.add_error("other", __("Say what the question is about, or choose it above."))
        return given

    @property
    def asked(self) -> dict[str, Any]:
        """Return what the question is about, and its words."""
        return {"about": self.cleaned_data["about"] or self.cleaned_data["other"], "text": self.cleaned_data["text"]}


class FollowingUp(forms.Form):
    """What an assurer asks further in a thread."""

    text = said(_("Write again"), _("Type what you want to know further."), rows=3)


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

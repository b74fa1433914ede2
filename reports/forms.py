"""What people hand over: reasons and their word, to submit an account; a code or a file, to see if it is ours."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as __, gettext_lazy as _

from accounts import parsing
from accounts.columns import column
from accounts.nouns import AccountKind
from accounts.words import gettext_noop
from outcomes.nouns import Explanation
from reports import codes, statement


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


# --- Assuring -------------------------------------------------------------------------------------------------------


def _said(label: Any, wanted: Any, *, rows: int = 4, help_text: Any = "", required: bool = True) -> _Words:
    """Return a field for a few sentences."""
    return _Words(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": wanted},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _one_of(label: Any, codes: Mapping[str, str], wanted: Any) -> forms.ChoiceField:
    """Return a field for one of a few answers."""
    return forms.ChoiceField(
        label=label,
        choices=lambda: [(code, __(words)) for code, words in codes.items()],
        widget=forms.RadioSelect,
        error_messages={"required": wanted, "invalid_choice": wanted},
    )


class Assignment(forms.Form):
    """Whom a coordinator assigns, and at which level."""

    marks_optional = False
    assurer = forms.ChoiceField(
        label=_("Who assures it?"),
        error_messages={"required": _("Choose an assurer."), "invalid_choice": _("Choose one of these assurers.")},
    )
    level = _one_of(_("At which level?"), statement.LEVELS, _("Choose a level."))

    def __init__(self, people: Iterable[Any], typed: Mapping[str, Any] | None = None) -> None:
        """Offer these people."""
        super().__init__(typed)
        field: Any = self.fields["assurer"]
        field.choices = [(str(each.pk), f"{each} ({each.email})") for each in people]


class Relief(forms.Form):
    """Why an assurer is relieved."""

    reason = _said(_("Why does the assurer not go on?"), _("Say in a sentence or two why."), rows=2)


class Declaration(forms.Form):
    """How independent an assurer is."""

    independence = _said(
        _("How are you independent of this organisation?"),
        _("Say in a sentence or two how independent you are."),
        help_text=_("It goes into the statement. For example: I never worked for them, and nobody close to me does."),
    )
    interests = _said(
        _("What interests do you have that a reader should know of?"),
        "",
        help_text=_("Work, money, family, friends, a place on a board. Leave it empty if there are none."),
        required=False,
    )
    conflict = _one_of(
        _("Does any of this stop you from judging freely?"),
        {"no": gettext_noop("No, I can judge freely"), "yes": gettext_noop("Yes, there is a conflict of interest")},
        _("Answer yes or no."),
    )


class Judging(forms.Form):
    """What an assurer says of a principle."""

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    verdict = _one_of(_("How does the account stand with it?"), statement.VERDICTS, _("Choose one."))
    finding = _said(_("What did you find?"), _("Say in a sentence or two what you found."))
    recommendation = _said(
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

    result = _one_of(_("What did you see?"), statement.TRACED, _("Choose one."))
    traced = _said(_("What did you look at, and how?"), _("Say in a sentence or two what you looked at."))


class Asking(forms.Form):
    """A question to the organisation."""

    about = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        error_messages={"required": _("Say what the question is about.")},
    )
    text = _said(_("Your question"), _("Type the question."))


class Answering(forms.Form):
    """An answer to an assurer."""

    text = _said(_("Your answer"), _("Type the answer."))


class Returning(forms.Form):
    """Why an account is returned."""

    reason = _said(
        _("What has to be mended?"),
        _("Say what has to be mended."),
        help_text=_("The organisation reads this, and what you found under each principle."),
        rows=6,
    )


class Concluding(forms.Form):
    """What an assurance comes to."""

    conclusion = _one_of(_("What do you conclude?"), statement.CONCLUSIONS, _("Choose one."))
    summary = _said(_("In a sentence or two"), _("Say it in a sentence or two."))
    years = _one_of(
        _("How long does it hold?"),
        {"1": gettext_noop("One year"), "2": gettext_noop("Two years"), "3": gettext_noop("Three years")},
        _("Choose how long it holds."),
    )


# --- Funders --------------------------------------------------------------------------------------------------------

_IDENTIFIER = re.compile(r"360G-[^\s-]+-\S(.*\S)?", re.IGNORECASE)
_LONGEST = 200


class _Line(forms.CharField):
    """One line of words, as every other door reads it."""

    def clean(self, value: Any) -> Any:
        """Return the words that were typed."""
        try:
            line = parsing.words(value or "", longest=_LONGEST)
        except parsing.Refused as refused:
            raise ValidationError(__(refused.message) % refused.params) from refused
        if self.required and not line:
            raise ValidationError(self.error_messages["required"])
        return line


class Funding(forms.Form):
    """Who funds what an account covers, and by which grant."""

    marks_optional = False
    funder = _Line(
        label=_("Name of the funder"),
        help_text=_("Exactly as the funder goes by on this site. If you are not sure, ask them."),
        error_messages={"required": _("Type the name of the funder.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title = _Line(
        label=_("What the grant is called"),
        error_messages={"required": _("Say what the grant is called. Its letter of award does.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identifier = _Line(
        label=_("360Giving identifier"),
        required=False,
        help_text=_("If the funder publishes its grants, each has one. Leave it blank if you do not know it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, typed: Mapping[str, Any] | None = None) -> None:
        """Show an example of each answer."""
        super().__init__(data=typed)
        examples = {
            "funder": "Sylfaen Foundation",
            "title": __("Two lunches a week, 2024-25"),
            "identifier": "360G-sylfaen-2024-017",
        }
        for name, example in examples.items():
            field: Any = self.fields[name]
            field.example = example

    def clean_identifier(self) -> str:
        """Return the identifier as 360Giving writes it: 360G, the funder's prefix, and what the funder calls it."""
        typed = str(self.cleaned_data["identifier"])
        if typed and not _IDENTIFIER.fullmatch(typed):
            raise ValidationError(
                __("“%(typed)s” is no 360Giving identifier: those look like 360G-prefix-number.") % {"typed": typed}
            )
        return f"360G{typed[4:]}" if typed else ""


class _AnyOf(forms.ChoiceField):
    """One of some answers; an address with another one finds nothing, and is no fault."""

    def valid_value(self, value: Any) -> bool:
        """Take any answer."""
        return isinstance(value, str)


class Published(forms.Form):
    """Which of the published reports are asked for. It is sent by GET, so that what was found has an address."""

    marks_optional = False
    words = _Line(
        label=_("Search"),
        required=False,
        help_text=_("Part of the name of an organisation, an account or a grant, or of a grant’s identifier."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    organisation = _AnyOf(label=_("Organisation"), required=False)
    year = _AnyOf(label=_("Year that it covers"), required=False)
    kind = _AnyOf(label=_("Forecast or evaluative"), required=False)
    state = _AnyOf(label=_("Does it stand?"), required=False)
    changed = forms.BooleanField(label=_("Only what is new since my last visit"), required=False)

    def __init__(self, typed: Any, *, organisations: list[str], years: list[int], kinds: list[str]) -> None:
        """Offer what there is among the reports that somebody may read."""
        super().__init__(typed)
        labels = {each.value: __(each.label) for each in AccountKind}
        states = [("current", __("Current")), ("superseded", __("Superseded")), ("withdrawn", __("Withdrawn"))]
        self._offer("organisation", __("Any"), [(each, each) for each in organisations])
        self._offer("year", __("Any"), [(str(each), str(each)) for each in years])
        self._offer("kind", __("Either"), [(each, labels.get(each, each)) for each in kinds])
        self._offer("state", __("Any"), states)

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
        }

"""Inviting somebody, and saying what they may do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop as _n

from accounts.parsing import Refused, words
from accounts.roles import Role

_DOES: Mapping[Role, str] = {
    Role.VIEWER: _n("Viewer: reads the accounts and takes copies of them"),
    Role.EDITOR: _n("Editor: types and changes the accounts"),
    Role.APPROVER: _n("Approver: submits and publishes accounts in the organisation’s name"),
    Role.ADMIN: _n("Administrator: does what an editor does, and looks after the organisation and its people"),
    Role.FUNDER: _n("Funder: reads the published reports of what the organisation funds"),
}
_LONGEST_ADDRESS = 254
_NO_ADDRESS = gettext_lazy("This is no e-mail address that we can write to. Write it like name@example.org.")


def role_words(role: Role) -> str:
    """Return what a role is called, and what whoever has it does."""
    return _(_DOES[role])


def _offered(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, role_words(role)) for role in roles]


class Invite(forms.Form):
    """An address to write to, and what they may do once they come."""

    marks_optional = False
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=_LONGEST_ADDRESS,
        help_text=gettext_lazy("We send a link to it. The invitation is for this address alone."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "required": gettext_lazy("Enter the e-mail address of whoever you invite."),
            "invalid": _NO_ADDRESS,
            "max_length": gettext_lazy("This is too long for an e-mail address: those have 254 characters at most."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What may they do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what they may do."),
            "invalid_choice": gettext_lazy("Nobody can have that role in this organisation. Choose one of these."),
        },
    )

    def __init__(self, offered: Iterable[Role], *, typed: Mapping[str, Any] | None = None) -> None:
        super().__init__(data=typed, initial={"role": Role.EDITOR.value})
        role: Any = self.fields["role"]
        role.choices = _offered(offered)
        email: Any = self.fields["email"]
        email.example = "sian@example.org"

    def clean_email(self) -> str:
        """Refuse what hides in an address: two that look the same would be two people."""
        address = str(self.cleaned_data["email"])
        try:
            words(address, longest=_LONGEST_ADDRESS)
        except Refused as refused:
            raise forms.ValidationError(_(refused.message) % refused.params) from refused
        if not address.isprintable():
            raise forms.ValidationError(_NO_ADDRESS)
        return address.lower()


class Roles(forms.Form):
    """Everything that somebody may do in an organisation: what is ticked takes the place of what was."""

    marks_optional = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What may they do?"),
        help_text=gettext_lazy("Tick as many as you need. It holds from the next page that they open."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Nobody can have that role in this organisation. Choose from these.")
        },
    )

    def __init__(
        self, offered: Iterable[Role], held: Iterable[Role], *, typed: Mapping[str, Any] | None = None
    ) -> None:
        held = list(held)
        initial = {"roles": [role.value for role in held], "seen": in_one_word(held)}
        super().__init__(data=typed, initial=initial)
        roles: Any = self.fields["roles"]
        roles.choices = _offered(role for role in Role if role in {*offered, *held})

    @property
    def chosen(self) -> frozenset[Role]:
        """Return the roles that are ticked."""
        return frozenset(Role(value) for value in self.cleaned_data["roles"])

    @property
    def were_seen(self) -> frozenset[Role]:
        """Return the roles that whoever sent the form had before their eyes."""
        sent = str(self.data.get("seen", "")).split("+")
        return frozenset(role for role in Role if role.value in sent)


def in_one_word(roles: Iterable[Role]) -> str:
    """Return some roles as one hidden field carries them."""
    return "+".join(role.value for role in roles)

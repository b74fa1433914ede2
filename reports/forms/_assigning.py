"""Who assures an account, and why somebody does not go on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import statement
from reports.forms._fields import one_of, said


class Assignment(forms.Form):
    """Whom a coordinator assigns, and at which level."""

    marks_optional = False
    assurer = forms.ChoiceField(
        label=_("Who assures it?"),
        error_messages={
            "required": _("Choose an assurer."),
            "invalid_choice": _(
                "Choose one of these assurers. Whoever has a role in the organisation cannot assure its account."
            ),
        },
    )
    level = one_of(_("At which level?"), statement.LEVELS, _("Choose a level."))

    def __init__(self, people: Iterable[Any], typed: Mapping[str, Any] | None = None) -> None:
        """Offer these people."""
        super().__init__(typed)
        field: Any = self.fields["assurer"]
        field.choices = [(str(each.pk), f"{each} ({each.email})") for each in people]


class Relief(forms.Form):
    """Why an assurer is relieved."""

    reason = said(_("Why does the assurer not go on?"), _("Say in a sentence or two why."), rows=2)

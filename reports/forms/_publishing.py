"""Why a report takes the place of the published one before it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms._fields import said


class Publishing(forms.Form):
    """Why a report takes the place of the published one before it: asked for only where there is one."""

    because = said(
        _("Why does it take the place of the one before?"),
        _("Say in a sentence or two why it takes the place of the one before."),
        help_text=_(
            "A sentence or two, such as “The second year is in it now.” Whoever looks up the report before reads it."
        ),
    )

    def __init__(self, typed: Any = None, *, supersedes: bool, because: str = "") -> None:
        """Ask why only if it takes the place of another; `because` is what was said before, for a later edition."""
        super().__init__(typed, initial={"because": because})
        if not supersedes:
            del self.fields["because"]

    @property
    def reason(self) -> str:
        """Return why, once the form is valid; nothing where nobody was asked."""
        return str(self.cleaned_data.get("because", ""))
